#include "refine.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "area.h"
#include "fo_messages.h"
#include "prov.h"
#include "refine_state.h"

#define DIRECT_RANK 9
#define ALIAS_RANK 8

static void place_of(const struct fo_document *doc, const struct fo_node *node,
                     struct prov_space *space, struct diag_place *place)
{
    const struct fo_node *n = node;

    memset(place, 0, sizeof *place);
    while (n && !n->facts->origin)
        n = n->parent;
    if (n)
        prov_said_place(n->facts->origin, space, place);
    if (!place->file)
        place->file = doc->name;
    if (node && !place->line)
        place->line = node->kind == FO_TEXT ? node->parent->line : node->line;
}

int fo_report(struct diag *d, const struct fo_document *doc, const struct fo_node *node,
              const char *id, enum diag_level level, const char *format, ...)
{
    struct prov_space space;
    struct diag_place place;
    va_list ap;

    place_of(doc, node, &space, &place);
    va_start(ap, format);
    diag_vat(d, &place, id, level, format, ap);
    va_end(ap);
    return -1;
}

int fo_complain(struct diag *d, const struct fo_document *doc, const struct fo_node *node,
                int lenient, const char *id, enum diag_level level, const char *format, ...)
{
    struct prov_space space;
    struct diag_place place;
    va_list ap;

    place_of(doc, node, &space, &place);
    va_start(ap, format);
    diag_vat(d, &place, id, lenient ? DIAG_WARNING : level, format, ap);
    va_end(ap);
    return lenient ? 0 : -1;
}

/* Makes min <= opt <= max where only some were given. */
static void complete_range(struct fo_refine *r, int number, const int seen[3])
{
    const struct fo_property *p = fo_property_get(number);
    struct fo_range *range = (struct fo_range *)((char *)fo_own_group(r, p->group) + p->offset);

    /* A space's least is 0 then, its initial value. */
    if (seen[1] && !seen[0] && p->type != FO_T_SPACE)
        range->min = range->opt;
    if (seen[1] && !seen[2])
        range->max = range->opt;
}

static const char *copy(struct fo_refine *r, const char *s, size_t n)
{
    return arena_strndup(&r->doc->arena, s, n);
}

const char *fo_attribute_text(struct arena *arena, const xmlAttr *a)
{
    const char *s = "";
    xmlChar *all = NULL;
    size_t n;

    if (a->children && !a->children->next && a->children->type == XML_TEXT_NODE)
        s = a->children->content ? (const char *)a->children->content : "";
    else if (a->children)
        s = (const char *)(all = xmlNodeListGetString(a->doc, a->children, 1));
    s = s ? s : "";
    n = strlen(s);
    if (strcmp((const char *)a->name, "character")) {
        s += strspn(s, " \t\r\n");
        for (n = strlen(s); n && strchr(" \t\r\n", s[n - 1]); n--)
            ;
    }
    s = arena_strndup(arena, s, n);
    xmlFree(all);
    return s;
}

static int add_component(struct fo_refine *r, const char *name, const char *dot, const char *text)
{
    int n = fo_property_find(name, (size_t)(dot - name));

    if (n < 0)
        return -1;
    ALLOC_GROW(r->components, r->components_n, r->components_cap);
    r->components[r->components_n].property = n;
    r->components[r->components_n].name = copy(r, dot + 1, strlen(dot + 1));
    r->components[r->components_n++].text = text;
    return 0;
}

/* Records an attribute for a component of a property: NAME.component. */
static void take_component(struct fo_refine *r, const char *name, const char *text)
{
    const char *dot = strchr(name, '.'), *alias;
    char full[96];

    alias = dot ? fo_property_alias(name, (size_t)(dot - name),
                                    r->style->flow->writing_mode == FO_KW_RL_TB) : NULL;
    if (alias) {
        snprintf(full, sizeof full, "%s%s", alias, dot);
        name = full;
        dot = strchr(name, '.');
    }
    if (!dot || add_component(r, name, dot, text))
        fo_complain(r->d, r->doc, r->node, r->lenient, FO_UNKNOWN_PROPERTY, name);
}

/* Records one attribute that is no shorthand. */
static void take_property(struct fo_refine *r, const struct share_name *name, const char *text)
{
    int n = name->property[r->style->flow->writing_mode == FO_KW_RL_TB];

    if (n >= 0)
        fo_give(r, n, text, name->is_alias ? ALIAS_RANK : DIRECT_RANK);
    else
        take_component(r, name->full, text);
}

static int given(const struct fo_refine *r, const char *name)
{
    int n = fo_property_find(name, strlen(name));

    return r->given[n].stamp == r->stamp;
}

/* True when any component of the property NAME was written. */
static int given_component(const struct fo_refine *r, const char *name)
{
    int n = fo_property_find(name, strlen(name));
    size_t i;

    for (i = 0; i < r->components_n; i++)
        if (r->components[i].property == n)
            return 1;
    return 0;
}

static void add_length(struct fo_length *to, const struct fo_length *l)
{
    if (l->keyword)
        return;
    to->v += l->v;
    to->pct += l->pct;
}

static void indent_from_margin(struct fo_refine *r, int start)
{
    int left = start == (r->style->flow->writing_mode != FO_KW_RL_TB);
    int side = left ? AREA_LEFT : AREA_RIGHT;
    const struct style_box *box = r->style->box;
    struct style_flow *flow;
    struct fo_length indent, *target;

    if (given(r, start ? "start-indent" : "end-indent") ||
        !given(r, left ? "margin-left" : "margin-right"))
        return;
    flow = fo_own_group(r, FO_G_FLOW);
    target = start ? &flow->start_indent : &flow->end_indent;
    indent = r->parent ? (start ? r->parent->flow->start_indent : r->parent->flow->end_indent)
                       : (struct fo_length){ 0, 0, 0, 0, 0 };
    add_length(&indent, &r->style->block->margin[side]);
    add_length(&indent, &box->padding[side].length);
    if (box->border_style[side] != FO_KW_NONE && box->border_style[side] != FO_KW_HIDDEN)
        add_length(&indent, &box->border_width[side].length);
    *target = indent;
}

static void space_from_margin(struct fo_refine *r, int before)
{
    struct style_block *block;
    struct fo_space *space;
    const char *name = before ? "space-before" : "space-after";

    if (given(r, name) || given_component(r, name) ||
        !given(r, before ? "margin-top" : "margin-bottom"))
        return;
    block = fo_own_group(r, FO_G_BLOCK);
    space = before ? &block->space_before : &block->space_after;
    space->opt = block->margin[before ? AREA_TOP : AREA_BOTTOM];
    space->min = space->max = space->opt;
    space->retain = FO_KW_RETAIN;
}

/* Section 5.3: margins of blocks are indents and spaces. */
static void correspond(struct fo_refine *r)
{
    enum fo_kind k = r->node->kind;

    if (k != FO_BLOCK && k != FO_BLOCK_CONTAINER && k != FO_TABLE && k != FO_LIST_BLOCK &&
        k != FO_LIST_ITEM && k != FO_TABLE_AND_CAPTION)
        return;
    indent_from_margin(r, 1);
    indent_from_margin(r, 0);
    space_from_margin(r, 1);
    space_from_margin(r, 0);
}

static void apply_components(struct fo_refine *r)
{
    size_t i, j;

    for (i = 0; i < r->components_n; i++) {
        const struct component *c = &r->components[i];
        const struct fo_property *p = fo_property_get(c->property);

        fo_value_set_component(r, c);
        if ((p->type == FO_T_SPACE || p->type == FO_T_RANGE) && !strcmp(c->name, "optimum") &&
            r->given[c->property].stamp != r->stamp) {
            int seen[3] = { 0, 1, 0 };

            for (j = 0; j < r->components_n; j++)
                if (r->components[j].property == c->property) {
                    seen[0] |= !strcmp(r->components[j].name, "minimum");
                    seen[2] |= !strcmp(r->components[j].name, "maximum");
                }
            if (p->offset != offsetof(struct style_flow, leader_length) || p->group != FO_G_FLOW)
                complete_range(r, c->property, seen);
        }
    }
}

/* What the attributes of ELEMENT give, shorthands expanded. */
static void collect(struct fo_refine *r, const xmlNode *element)
{
    const struct fo_shorthand *used[32];
    const char *texts[32];
    const xmlAttr *a;
    int n = 0, rank, i;

    for (a = element->properties; a; a = a->next)
        if (!a->ns && *a->name == 'w' && !strcmp((const char *)a->name, "writing-mode"))
            fo_value_set_or_inherit(r, fo_property_get(fo_property_find("writing-mode", 12)),
                                    fo_attribute_text(&r->doc->arena, a));
    for (a = element->properties; a; a = a->next) {
        const struct share_name *name = share_name_of(r->share, a);

        if (!name->full || name->is_own)
            continue;
        if (!name->shorthand)
            take_property(r, name, fo_attribute_text(&r->doc->arena, a));
        else if (n < 32) {
            used[n] = name->shorthand;
            texts[n++] = fo_attribute_text(&r->doc->arena, a);
        }
    }
    for (rank = 0; rank <= 4 && n; rank++)
        for (i = 0; i < n; i++)
            if (used[i]->rank == rank)
                fo_shorthand_expand(r, used[i], texts[i]);
}

static void refine(struct fo_refine *r, const struct fo_node *node, const xmlNode *element,
                   const struct fo_style *parent, struct diag *d)
{
    int i, g, size = r->font_size, color = r->color;

    r->node = node;
    r->parent = parent;
    r->d = d;
    r->stamp++;
    r->order_n = 0;
    r->components_n = 0;
    memset(r->own, 0, sizeof r->own);
    r->style = arena_alloc(&r->doc->arena, sizeof *r->style);
    for (g = 0; g < FO_G_COUNT; g++)
        *fo_group_of(r->style, (enum fo_group)g) =
            fo_group_in(parent && fo_group_inherited((enum fo_group)g) ? parent : &r->initial,
                        (enum fo_group)g);
    collect(r, element);
    /* Lengths in em and current colours need these two first. */
    if (r->given[size].stamp == r->stamp)
        fo_value_set_or_inherit(r, fo_property_get(size), r->given[size].text);
    if (r->given[color].stamp == r->stamp)
        fo_value_set_or_inherit(r, fo_property_get(color), r->given[color].text);
    for (i = 0; i < r->order_n; i++)
        if (r->order[i] != size && r->order[i] != color)
            fo_value_set_or_inherit(r, fo_property_get(r->order[i]), r->given[r->order[i]].text);
    apply_components(r);
    correspond(r);
    for (g = 0; g < FO_G_COUNT; g++)
        if (r->own[g] && fo_group_inherited((enum fo_group)g))
            *fo_group_of(r->style, (enum fo_group)g) =
                share_group(r->share, r->own[g], fo_group_size((enum fo_group)g));
}

const struct fo_style *fo_refine(struct fo_refine *r, const struct fo_node *node,
                                 const xmlNode *element, const struct fo_style *parent,
                                 struct diag *d)
{
    const struct fo_style *known = share_find(r->share, node->kind, parent, element);
    long before = d->errors + d->warnings + d->cannots;

    if (known)
        return known;
    refine(r, node, element, parent, d);
    if (d->errors + d->warnings + d->cannots == before) /* else each must be told */
        share_keep(r->share, r->style);
    return r->style;
}

struct fo_refine *fo_refine_new(struct fo_document *doc, int lenient)
{
    struct fo_refine *r = xcalloc(1, sizeof *r);
    static const struct fo_node nobody = { .facts = &fo_no_facts };
    struct diag silent;
    int i, g, n = fo_property_count();

    diag_init(&silent, "");
    silent.out = NULL;
    r->doc = doc;
    r->lenient = lenient;
    r->given = xcalloc((size_t)n, sizeof *r->given);
    r->order = xcalloc((size_t)n, sizeof *r->order);
    r->node = &nobody;
    r->d = &silent;
    r->style = &r->initial;
    r->share = share_new();
    r->font_size = fo_property_find("font-size", 9);
    r->color = fo_property_find("color", 5);
    for (g = 0; g < FO_G_COUNT; g++)
        fo_own_group(r, (enum fo_group)g);
    fo_value_set(r, fo_property_get(fo_property_find("font-size", 9)), "12pt");
    for (i = 0; i < n; i++)
        if (fo_property_get(i)->initial)
            fo_value_set(r, fo_property_get(i), fo_property_get(i)->initial);
    return r;
}

void fo_refine_free(struct fo_refine *r)
{
    if (!r)
        return;
    free(r->given);
    free(r->order);
    free(r->components);
    share_free(r->share);
    free(r);
}
