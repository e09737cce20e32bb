#include "refine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "area.h"
#include "expr.h"
#include "fo_messages.h"
#include "prov.h"

#define FOX_NS "http://xmlgraphics.apache.org/fop/extensions"
#define CX_NS "urn:certpress:fo"
#define DIRECT_RANK 9
#define ALIAS_RANK 8

/* What an element gives for a property: the text, by the most precise way of writing it. */
struct given {
    const char *text;
    int rank;
    unsigned stamp;         /* of the element this belongs to */
};

struct component {          /* name.component="text" */
    int property;
    const char *name, *text;
};

struct fo_refine {
    struct fo_document *doc;
    int lenient;
    struct fo_style initial;
    struct given *given;    /* by property */
    unsigned stamp;
    int *order;             /* properties given, in the order of writing */
    int order_n;
    struct component *components;
    size_t components_n, components_cap;

    /* of the element being refined */
    const struct fo_node *node;
    const struct fo_style *parent;
    struct fo_style *style;
    void *own[FO_G_COUNT];  /* groups this element has to itself */
    struct diag *d;
};

static void place_of(const struct fo_document *doc, const struct fo_node *node,
                     struct prov_space *space, struct diag_place *place)
{
    memset(place, 0, sizeof *place);
    if (node && node->xml)
        prov_place(node->xml, space, place);
    if (!place->file || (node && node->xml && node->xml->doc->URL &&
                         !strcmp(place->file, (const char *)node->xml->doc->URL)))
        place->file = doc->name;
    if (node && !place->line)
        place->line = node->line;
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

static const void **group_of(struct fo_style *style, enum fo_group g)
{
    return (const void **)style + g;
}

static const void *group_in(const struct fo_style *style, enum fo_group g)
{
    return ((const void *const *)style)[g];
}

/* The group for writing: this element's own copy. */
static void *own_group(struct fo_refine *r, enum fo_group g)
{
    if (!r->own[g]) {
        size_t size = fo_group_size(g);
        const void *from = group_in(r->style, g);

        r->own[g] = arena_alloc(&r->doc->arena, size);
        if (from)
            memcpy(r->own[g], from, size);
        *group_of(r->style, g) = r->own[g];
    }
    return r->own[g];
}

static int bad_value(struct fo_refine *r, const struct fo_property *p, const char *text,
                     const char *why)
{
    return fo_complain(r->d, r->doc, r->node, r->lenient, FO_VALUE, text, p->name, why);
}

static int bad_keyword(struct fo_refine *r, const struct fo_property *p, const char *text)
{
    if (!*p->keywords || !p->keywords[2])
        return bad_value(r, p, text, "of the wrong kind");
    return fo_complain(r->d, r->doc, r->node, r->lenient, FO_KEYWORD, text, p->name, p->keywords);
}

static int is(const char *s, size_t n, const char *what)
{
    return strlen(what) == n && !memcmp(s, what, n);
}

/* How many bytes of a component lie where in a compound value: the length it is, or NULL. */
static struct fo_length *length_at(struct fo_style *style, const struct fo_property *p)
{
    return (struct fo_length *)((char *)group_in(style, p->group) + p->offset);
}

/* Functions of the recommendation that look at other properties. */
static const char *call(void *arg, const char *f, size_t f_len, const char *a, size_t a_len,
                        struct fo_value *out)
{
    struct fo_refine *r = arg;
    const struct style_flow *flow = r->style->flow;
    int n;

    memset(out, 0, sizeof *out);
    out->kind = FO_V_LENGTH;
    if (is(f, f_len, "body-start")) {
        const struct style_flow *list = flow;

        if (r->node->parent && r->node->parent->parent && r->node->parent->parent->style)
            list = r->node->parent->parent->style->flow;
        out->n = list->start_indent.v + (double)list->provisional_distance.v;
        out->pct = list->start_indent.pct + list->provisional_distance.pct;
        return NULL;
    }
    if (is(f, f_len, "label-end")) {
        const struct style_flow *list = flow;

        if (r->node->parent && r->node->parent->parent && r->node->parent->parent->style)
            list = r->node->parent->parent->style->flow;
        /* The end edge of the label lies before the body's start by the separation. */
        out->pct = 1 - (list->provisional_distance.pct + list->start_indent.pct -
                        list->provisional_separation.pct);
        out->n = -((double)list->provisional_distance.v + list->start_indent.v -
                   list->provisional_separation.v);
        return NULL;
    }
    if (is(f, f_len, "inherited-property-value") || is(f, f_len, "from-parent") ||
        is(f, f_len, "from-nearest-specified-value")) {
        const struct fo_property *p;
        const char *alias = fo_property_alias(a, a_len, 0);

        n = alias ? fo_property_find(alias, strlen(alias)) : fo_property_find(a, a_len);
        if (n < 0)
            return "the function needs a property's name";
        p = fo_property_get(n);
        if (p->type == FO_T_LENGTH || p->type == FO_T_FONT_SIZE || p->type == FO_T_EDGE ||
            p->type == FO_T_NUMLEN) {
            const struct fo_length *l = length_at((struct fo_style *)r->parent, p);

            if (l->keyword)
                return "the inherited value is a keyword";
            out->n = l->v;
            out->pct = l->pct;
            return NULL;
        }
        if (p->type == FO_T_COLOR) {
            out->kind = FO_V_COLOR;
            out->color = *(fo_color *)((char *)group_in(r->parent, p->group) + p->offset);
            return NULL;
        }
        return "the function can be used for lengths and colours only";
    }
    return "unknown function";
}

static mpt round_mpt(double v)
{
    return (mpt)floor(v + 0.5);
}

/* Sets L to what V is. Returns 0, or -1 after reporting. */
static int to_length(struct fo_refine *r, const struct fo_property *p, const char *text,
                     const struct fo_value *v, struct fo_length *l)
{
    struct fo_length out = { 0, 0, 0, 0, 0 };

    if (v->kind == FO_V_NAME) {
        if (!fo_property_takes(p, v->text, v->len))
            return bad_keyword(r, p, text);
        out.keyword = (short)fo_keyword_find(v->text, v->len);
        *l = out;
        return 0;
    }
    if (v->kind > FO_V_LENGTH)
        return bad_value(r, p, text, "a length is wanted");
    if (v->kind == FO_V_NUMBER) {
        if (p->type == FO_T_NUMLEN || (p->type == FO_T_SPACE && p->percent == FO_PCT_FONT)) {
            if (fabs(v->n) > 1000000)
                return bad_value(r, p, text, "out of range");
            out.v = round_mpt(p->type == FO_T_NUMLEN ? v->n : v->n * 1000);
            out.is_number = 1;
            *l = out;
            return 0;
        }
        if (v->n != 0)
            return bad_value(r, p, text, "a length needs a unit");
    }
    if (v->pct != 0 && p->percent == FO_PCT_NONE)
        return bad_value(r, p, text, "a percentage cannot be used here");
    out.v = round_mpt(v->n);
    out.units = (float)v->units;
    if (p->percent == FO_PCT_FONT)
        out.v += round_mpt(v->pct * r->style->font->size.v);
    else
        out.pct = (float)v->pct;
    *l = out;
    return 0;
}

static int to_size(struct fo_refine *r, const struct fo_property *p, const char *text,
                   const struct fo_value *v, struct fo_length *l)
{
    static const struct {
        const char *name;
        int percent;
    } sizes[] = {
        { "xx-small", 58 }, { "x-small", 69 }, { "small", 83 }, { "medium", 100 },
        { "large", 120 }, { "x-large", 144 }, { "xx-large", 173 },
    };
    mpt parent = r->parent ? r->parent->font->size.v : 12000;
    double size = -1;
    size_t i;

    if (v->kind == FO_V_NAME) {
        for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
            if (is(v->text, v->len, sizes[i].name))
                size = 12000 * sizes[i].percent / 100.;
        if (is(v->text, v->len, "larger"))
            size = parent * 1.2;
        if (is(v->text, v->len, "smaller"))
            size = parent / 1.2;
        if (size < 0)
            return bad_value(r, p, text, "not a font size");
    } else if (v->kind == FO_V_LENGTH) {
        size = v->n + v->pct * parent;
    } else {
        return bad_value(r, p, text, "a length needs a unit");
    }
    if (!(size >= 0 && size <= 5000000))
        return bad_value(r, p, text, "out of range");
    memset(l, 0, sizeof *l);
    l->v = round_mpt(size);
    return 0;
}

static int to_weight(struct fo_refine *r, const struct fo_property *p, const char *text,
                     const struct fo_value *v, int *weight)
{
    int parent = r->parent ? r->parent->font->weight : 400;

    if (v->kind == FO_V_NUMBER && v->n >= 100 && v->n <= 900 && fmod(v->n, 100) == 0)
        *weight = (int)v->n;
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "normal"))
        *weight = 400;
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "bold"))
        *weight = 700;
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "bolder"))
        *weight = parent >= 600 ? 900 : parent >= 400 ? 700 : 400;
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "lighter"))
        *weight = parent <= 500 ? 100 : parent <= 700 ? 400 : 700;
    else
        return bad_value(r, p, text, "not one of normal, bold, bolder, lighter, 100 to 900");
    return 0;
}

static int to_edge(struct fo_refine *r, const struct fo_property *p, const char *text,
                   const struct fo_value *v, struct fo_length *l)
{
    if (v->kind == FO_V_NAME && p->percent == FO_PCT_NONE) {
        mpt w = is(v->text, v->len, "thin") ? 500 : is(v->text, v->len, "medium") ? 1000
              : is(v->text, v->len, "thick") ? 2000 : -1;

        if (w < 0)
            return bad_value(r, p, text, "not one of thin, medium, thick");
        memset(l, 0, sizeof *l);
        l->v = w;
        return 0;
    }
    if (to_length(r, p, text, v, l))
        return -1;
    if (l->v < 0 || l->pct < 0)
        return bad_value(r, p, text, "less than nothing");
    return 0;
}

static int to_keep(struct fo_refine *r, const struct fo_property *p, const char *text,
                   const struct fo_value *v, int *keep)
{
    if (v->kind == FO_V_NUMBER && v->n >= 0 && v->n <= 1000000 && v->n == floor(v->n))
        *keep = (int)v->n + 2; /* 1 is what keeps a table row whole, less than any keep */
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "always"))
        *keep = FO_FORCE;
    else if (v->kind == FO_V_NAME && is(v->text, v->len, "auto"))
        *keep = 0;
    else
        return bad_value(r, p, text, "not one of auto, always, an integer");
    return 0;
}

static int to_stretch(struct fo_refine *r, const struct fo_property *p, const char *text,
                      const struct fo_value *v, int *stretch)
{
    static const short steps[] = {
        FO_KW_ULTRA_CONDENSED, FO_KW_EXTRA_CONDENSED, FO_KW_CONDENSED, FO_KW_SEMI_CONDENSED,
        FO_KW_NORMAL, FO_KW_SEMI_EXPANDED, FO_KW_EXPANDED, FO_KW_EXTRA_EXPANDED, FO_KW_ULTRA_EXPANDED,
    };
    int i, by;

    if (v->kind != FO_V_NAME || !fo_property_takes(p, v->text, v->len))
        return bad_keyword(r, p, text);
    *stretch = fo_keyword_find(v->text, v->len);
    if (*stretch != FO_KW_WIDER && *stretch != FO_KW_NARROWER)
        return 0;
    by = *stretch == FO_KW_WIDER ? 1 : -1;
    for (i = 0; i < 8 && r->parent && steps[i] != r->parent->font->stretch; i++)
        ;
    i += by;
    *stretch = steps[i < 0 ? 0 : i > 8 ? 8 : i];
    return 0;
}

static int to_decoration(struct fo_refine *r, const struct fo_property *p, const char *text,
                         int *flags)
{
    const char *part = text;
    size_t n;

    *flags = 0;
    while ((n = fo_expr_part(part, &part))) {
        if (is(part, n, "underline"))
            *flags |= AREA_UNDERLINE;
        else if (is(part, n, "overline"))
            *flags |= AREA_OVERLINE;
        else if (is(part, n, "line-through"))
            *flags |= AREA_LINE_THROUGH;
        else if (!is(part, n, "none") && !is(part, n, "blink") && strncmp(part, "no-", 3))
            return bad_value(r, p, text, "not one of none, underline, overline, line-through");
        part += n;
    }
    return 0;
}

/* The address in url(...), with or without quotes; or the text itself. */
static const char *uri(struct fo_refine *r, const char *text)
{
    const char *s = text + strspn(text, " \t\r\n");
    size_t n = strlen(s);

    while (n && strchr(" \t\r\n", s[n - 1]))
        n--;
    if (n > 5 && !strncmp(s, "url(", 4) && s[n - 1] == ')') {
        s += 4;
        n -= 5;
        while (n && *s == ' ')
            s++, n--;
        while (n && s[n - 1] == ' ')
            n--;
        if (n > 1 && (*s == '"' || *s == '\'') && s[n - 1] == *s) {
            s++;
            n -= 2;
        }
    }
    return arena_strndup(&r->doc->arena, s, n);
}

/* Evaluates TEXT for the property. Returns 0 or -1 after reporting. */
static int evaluate(struct fo_refine *r, const struct fo_property *p, const char *text,
                    struct fo_value *v)
{
    struct fo_expr_context context = { r->style->font ? r->style->font->size.v : 12000, call, r };
    const char *why;

    if (p->type == FO_T_FONT_SIZE)
        context.em = r->parent ? r->parent->font->size.v : 12000;
    why = fo_expr_eval(text, strlen(text), &context, v);
    return why ? bad_value(r, p, text, why) - 1 : 0;
}

/* Writes TEXT's value for P. Returns 0, or -1 after reporting. */
static int set_value(struct fo_refine *r, const struct fo_property *p, const char *text)
{
    char *at;
    struct fo_value v;
    struct fo_length l;

    if (p->type == FO_T_IGNORED)
        return 0;
    at = (char *)own_group(r, p->group) + p->offset;
    if (p->type == FO_T_STRING || p->type == FO_T_URI) {
        int none = !*text || (p->initial && !strcmp(p->initial, "none") && !strcmp(text, "none"));

        *(const char **)at = none ? NULL : p->type == FO_T_URI ? uri(r, text)
                                         : arena_strdup(&r->doc->arena, text);
        return 0;
    }
    if (p->type == FO_T_DECORATION)
        return to_decoration(r, p, text, (int *)at);
    if (!*text && p->type != FO_T_RANGE)
        return bad_value(r, p, text, "empty");
    if (!*text) { /* leader-length's initial value: 0pt, 12pt, 100% */
        memset(&l, 0, sizeof l);
        ((struct fo_range *)at)->min = l;
        l.v = 12000;
        ((struct fo_range *)at)->opt = l;
        l.v = 0;
        l.pct = 1;
        ((struct fo_range *)at)->max = l;
        return 0;
    }
    if (evaluate(r, p, text, &v))
        return -1;
    switch (p->type) {
    case FO_T_ENUM:
        if (v.kind != FO_V_NAME || !fo_property_takes(p, v.text, v.len))
            return bad_keyword(r, p, text);
        *(int *)at = fo_keyword_find(v.text, v.len);
        return 0;
    case FO_T_LENGTH:
    case FO_T_NUMLEN:
        return to_length(r, p, text, &v, (struct fo_length *)at);
    case FO_T_RANGE:
        if (to_length(r, p, text, &v, &l))
            return -1;
        ((struct fo_range *)at)->min = ((struct fo_range *)at)->opt = ((struct fo_range *)at)->max = l;
        return 0;
    case FO_T_SPACE:
        if (to_length(r, p, text, &v, &l))
            return -1;
        ((struct fo_space *)at)->min = ((struct fo_space *)at)->opt = ((struct fo_space *)at)->max = l;
        ((struct fo_space *)at)->precedence = 0;
        ((struct fo_space *)at)->retain = FO_KW_DISCARD;
        return 0;
    case FO_T_EDGE:
        if (to_edge(r, p, text, &v, &((struct fo_edge *)at)->length))
            return -1;
        if (!((struct fo_edge *)at)->retain)
            ((struct fo_edge *)at)->retain = FO_KW_DISCARD;
        return 0;
    case FO_T_KEEP: {
        struct fo_keep *k = (struct fo_keep *)at;

        if (to_keep(r, p, text, &v, &k->page))
            return -1;
        /* keep-together="always" on a paragraph is not meant to keep it on one line. */
        k->column = k->page;
        k->line = 0;
        return 0;
    }
    case FO_T_PAIR:
        if (to_length(r, p, text, &v, &l))
            return -1;
        ((struct fo_pair *)at)->ipd = ((struct fo_pair *)at)->bpd = l;
        return 0;
    case FO_T_COLOR:
        if (v.kind == FO_V_NAME && is(v.text, v.len, "currentColor"))
            v.color = r->style->text->color, v.kind = FO_V_COLOR;
        if ((v.kind != FO_V_COLOR && v.kind != FO_V_NAME) || (v.kind == FO_V_NAME && v.color == 1))
            return bad_value(r, p, text, "not a colour");
        *(fo_color *)at = v.color;
        return 0;
    case FO_T_INT:
        if (v.kind != FO_V_NUMBER || v.n < 0.5 || v.n > 1000000)
            return bad_value(r, p, text, "not an integer of 1 or more");
        *(int *)at = (int)floor(v.n + 0.5);
        return 0;
    case FO_T_FONT_SIZE:
        return to_size(r, p, text, &v, (struct fo_length *)at);
    case FO_T_WEIGHT:
        return to_weight(r, p, text, &v, (int *)at);
    case FO_T_STRETCH:
        return to_stretch(r, p, text, &v, (int *)at);
    case FO_T_ANGLE:
        if (v.kind != FO_V_NUMBER || fabs(v.n) > 270 || fmod(v.n, 90) != 0)
            return bad_value(r, p, text, "not a multiple of 90 from -270 to 270");
        *(int *)at = ((int)v.n + 360) % 360;
        return 0;
    default:
        return 0;
    }
}

static int set_or_inherit(struct fo_refine *r, const struct fo_property *p, const char *text)
{
    static const size_t sizes[] = {
        [FO_T_ENUM] = sizeof(int), [FO_T_LENGTH] = sizeof(struct fo_length),
        [FO_T_NUMLEN] = sizeof(struct fo_length), [FO_T_RANGE] = sizeof(struct fo_range),
        [FO_T_SPACE] = sizeof(struct fo_space), [FO_T_EDGE] = sizeof(struct fo_edge),
        [FO_T_KEEP] = sizeof(struct fo_keep), [FO_T_PAIR] = sizeof(struct fo_pair),
        [FO_T_COLOR] = sizeof(fo_color), [FO_T_INT] = sizeof(int),
        [FO_T_STRING] = sizeof(char *), [FO_T_URI] = sizeof(char *),
        [FO_T_FONT_SIZE] = sizeof(struct fo_length), [FO_T_WEIGHT] = sizeof(int),
        [FO_T_STRETCH] = sizeof(int), [FO_T_DECORATION] = sizeof(int), [FO_T_ANGLE] = sizeof(int),
        [FO_T_IGNORED] = 0,
    };

    if (p->type != FO_T_IGNORED && p->type != FO_T_STRING &&
        (!strcmp(text, "inherit") || !strcmp(text, "from-parent()") ||
         !strcmp(text, "inherited-property-value()"))) {
        memcpy((char *)own_group(r, p->group) + p->offset,
               (const char *)group_in(r->parent ? r->parent : &r->initial, p->group) + p->offset,
               sizes[p->type]);
        return 0;
    }
    return set_value(r, p, text);
}

/* name.component="text" */
static int set_component(struct fo_refine *r, const struct component *c)
{
    const struct fo_property *p = fo_property_get(c->property);
    struct fo_property part = *p;
    char *at;
    struct fo_value v;
    struct fo_length *l = NULL;
    int *keep = NULL;

    if (p->type == FO_T_IGNORED)
        return 0;
    at = (char *)own_group(r, p->group) + p->offset;
    if (p->type == FO_T_SPACE && !strcmp(c->name, "precedence")) {
        int *precedence = &((struct fo_space *)at)->precedence;

        if (!strcmp(c->text, "force")) {
            *precedence = FO_FORCE;
            return 0;
        }
        if (evaluate(r, p, c->text, &v))
            return -1;
        if (v.kind != FO_V_NUMBER || fabs(v.n) > 1000000)
            return bad_value(r, p, c->text, "precedence is 'force' or an integer");
        *precedence = (int)v.n;
        return 0;
    }
    if ((p->type == FO_T_SPACE || p->type == FO_T_EDGE) && !strcmp(c->name, "conditionality")) {
        short *retain = p->type == FO_T_SPACE ? &((struct fo_space *)at)->retain
                                              : &((struct fo_edge *)at)->retain;

        if (strcmp(c->text, "retain") && strcmp(c->text, "discard"))
            return bad_value(r, p, c->text, "conditionality is 'retain' or 'discard'");
        *retain = *c->text == 'r' ? FO_KW_RETAIN : FO_KW_DISCARD;
        return 0;
    }
    if (p->type == FO_T_SPACE || p->type == FO_T_RANGE) {
        struct fo_space *s = (struct fo_space *)at;
        int i = !strcmp(c->name, "minimum") ? 0 : !strcmp(c->name, "optimum") ? 1
              : !strcmp(c->name, "maximum") ? 2 : -1;

        l = i == 0 ? &s->min : i == 1 ? &s->opt : i == 2 ? &s->max : NULL;
    } else if (p->type == FO_T_EDGE && !strcmp(c->name, "length")) {
        l = &((struct fo_edge *)at)->length;
    } else if (p->type == FO_T_PAIR) {
        struct fo_pair *pair = (struct fo_pair *)at;

        l = !strcmp(c->name, "inline-progression-direction") ? &pair->ipd
          : !strcmp(c->name, "block-progression-direction") ? &pair->bpd : NULL;
    } else if (p->type == FO_T_KEEP) {
        struct fo_keep *k = (struct fo_keep *)at;

        keep = !strcmp(c->name, "within-line") ? &k->line
             : !strcmp(c->name, "within-column") ? &k->column
             : !strcmp(c->name, "within-page") ? &k->page : NULL;
    }
    if (!l && !keep)
        return bad_value(r, p, c->name, "the property has no such component");
    if (evaluate(r, &part, c->text, &v))
        return -1;
    if (keep)
        return to_keep(r, p, c->text, &v, keep);
    if (p->type == FO_T_EDGE)
        return to_edge(r, p, c->text, &v, l);
    part.keywords = " auto normal ";
    return to_length(r, &part, c->text, &v, l);
}

/* Makes min <= opt <= max where only some were given. */
static void complete_range(struct fo_refine *r, int number, const int seen[3])
{
    const struct fo_property *p = fo_property_get(number);
    struct fo_range *range = (struct fo_range *)((char *)own_group(r, p->group) + p->offset);

    if (seen[1] && !seen[0])
        range->min = range->opt;
    if (seen[1] && !seen[2])
        range->max = range->opt;
}

static void give(struct fo_refine *r, int property, const char *text, int rank)
{
    struct given *g = &r->given[property];

    if (g->stamp == r->stamp && g->rank > rank)
        return;
    if (g->stamp != r->stamp)
        r->order[r->order_n++] = property;
    g->stamp = r->stamp;
    g->text = text;
    g->rank = rank;
}

static void give_named(struct fo_refine *r, const char *name, const char *text, int rank)
{
    const char *alias = fo_property_alias(name, strlen(name), r->style->flow->writing_mode == FO_KW_RL_TB);
    int n = fo_property_find(alias ? alias : name, strlen(alias ? alias : name));

    if (n >= 0)
        give(r, n, text, rank);
}

static const char *copy(struct fo_refine *r, const char *s, size_t n)
{
    return arena_strndup(&r->doc->arena, s, n);
}

static int bad_shorthand(struct fo_refine *r, const char *name, const char *text)
{
    return fo_complain(r->d, r->doc, r->node, r->lenient, FO_VALUE, text, name,
                       "not what the shorthand takes");
}

static int expand_four(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
{
    static const char *const sides[4] = { "top", "right", "bottom", "left" };
    static const int from[5][4] = {
        { 0, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 1, 0, 1 }, { 0, 1, 2, 1 }, { 0, 1, 2, 3 },
    };
    const char *values[4], *part = text;
    size_t n;
    int i, count = 0;

    while ((n = fo_expr_part(part, &part))) {
        if (count == 4)
            return bad_shorthand(r, s->name, text);
        values[count++] = copy(r, part, n);
        part += n;
    }
    if (!count)
        return bad_shorthand(r, s->name, text);
    for (i = 0; i < 4; i++) {
        char name[64];
        const char *hole = strstr(s->targets, "%s");

        snprintf(name, sizeof name, "%.*s%s%s", (int)(hole - s->targets), s->targets, sides[i], hole + 2);
        give_named(r, name, values[from[count][i]], s->rank);
    }
    return 0;
}

static int expand_border(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
{
    const char *part = text, *width = "medium", *style = "none", *color = "black", *side = s->targets;
    size_t n;
    struct fo_expr_context context = { 12000, NULL, NULL };
    const struct fo_property *styles = fo_property_get(fo_property_find("border-top-style", 16));

    while ((n = fo_expr_part(part, &part))) {
        struct fo_value v;

        if (fo_property_takes(styles, part, n))
            style = copy(r, part, n);
        else if (!fo_expr_eval(part, n, &context, &v) &&
                 (v.kind == FO_V_COLOR || (v.kind == FO_V_NAME && v.color != 1)))
            color = copy(r, part, n);
        else
            width = copy(r, part, n);
        part += n;
    }
    while ((n = fo_expr_part(side, &side))) {
        char name[64];

        snprintf(name, sizeof name, "border-%.*s-width", (int)n, side);
        give_named(r, name, width, s->rank);
        snprintf(name, sizeof name, "border-%.*s-style", (int)n, side);
        give_named(r, name, style, s->rank);
        snprintf(name, sizeof name, "border-%.*s-color", (int)n, side);
        give_named(r, name, color, s->rank);
        side += n;
    }
    return 0;
}

static int expand_font(struct fo_refine *r, const char *text)
{
    const char *part = text, *slash;
    size_t n;

    give_named(r, "font-style", "normal", 0);
    give_named(r, "font-weight", "normal", 0);
    give_named(r, "font-variant", "normal", 0);
    give_named(r, "line-height", "normal", 0);
    while ((n = fo_expr_part(part, &part))) {
        if (is(part, n, "italic") || is(part, n, "oblique"))
            give_named(r, "font-style", copy(r, part, n), 0);
        else if (is(part, n, "small-caps"))
            give_named(r, "font-variant", "small-caps", 0);
        else if (is(part, n, "bold") || is(part, n, "bolder") || is(part, n, "lighter") ||
                 (n == 3 && part[0] >= '1' && part[0] <= '9' && part[1] == '0' && part[2] == '0'))
            give_named(r, "font-weight", copy(r, part, n), 0);
        else if (!is(part, n, "normal"))
            break;
        part += n;
    }
    if (!n)
        return bad_shorthand(r, "font", text);
    slash = memchr(part, '/', n);
    give_named(r, "font-size", copy(r, part, slash ? (size_t)(slash - part) : n), 0);
    if (slash)
        give_named(r, "line-height", copy(r, slash + 1, (size_t)(part + n - slash - 1)), 0);
    part += n;
    part += strspn(part, " \t\r\n");
    if (!*part)
        return bad_shorthand(r, "font", text);
    give_named(r, "font-family", part, 0);
    return 0;
}

static int expand_position(struct fo_refine *r, const char *text, int rank)
{
    const char *part = text;
    const char *x = NULL, *y = NULL;
    size_t n;

    while ((n = fo_expr_part(part, &part))) {
        const char *value = copy(r, part, n);

        if (is(part, n, "top") || is(part, n, "bottom"))
            y = value;
        else if (is(part, n, "left") || is(part, n, "right") || !x)
            x = value;
        else
            y = value;
        part += n;
    }
    give_named(r, "background-position-horizontal", x ? x : "center", rank);
    give_named(r, "background-position-vertical", y ? y : "center", rank);
    return 0;
}

static int expand_background(struct fo_refine *r, const char *text)
{
    const char *part = text, *color = "transparent", *image = "none", *repeat = "repeat";
    const struct fo_property *repeats = fo_property_get(fo_property_find("background-repeat", 17));
    struct fo_expr_context context = { 12000, NULL, NULL };
    char position[128] = "";
    size_t n;

    while ((n = fo_expr_part(part, &part))) {
        struct fo_value v;

        if (!strncmp(part, "url(", 4))
            image = copy(r, part, n);
        else if (fo_property_takes(repeats, part, n))
            repeat = copy(r, part, n);
        else if (!fo_expr_eval(part, n, &context, &v) &&
                 (v.kind == FO_V_COLOR || (v.kind == FO_V_NAME && v.color != 1)))
            color = copy(r, part, n);
        else if (n + strlen(position) + 2 < sizeof position)
            snprintf(position + strlen(position), sizeof position - strlen(position), "%s%.*s",
                     *position ? " " : "", (int)n, part);
        part += n;
    }
    give_named(r, "background-color", color, 0);
    give_named(r, "background-image", image, 0);
    give_named(r, "background-repeat", repeat, 0);
    return expand_position(r, *position ? copy(r, position, strlen(position)) : "0pt 0pt", 0);
}

static int expand_white_space(struct fo_refine *r, const char *text)
{
    static const struct {
        const char *name, *linefeed, *collapse, *treatment, *wrap;
    } modes[] = {
        { "normal", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "wrap" },
        { "pre", "preserve", "false", "preserve", "no-wrap" },
        { "nowrap", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "no-wrap" },
    };
    size_t i;

    for (i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(text, modes[i].name)) {
            give_named(r, "linefeed-treatment", modes[i].linefeed, 0);
            give_named(r, "white-space-collapse", modes[i].collapse, 0);
            give_named(r, "white-space-treatment", modes[i].treatment, 0);
            give_named(r, "wrap-option", modes[i].wrap, 0);
            return 0;
        }
    return bad_shorthand(r, "white-space", text);
}

static int expand_break(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
{
    const char *space = strchr(s->targets, ' ');
    const char *target = copy(r, s->targets, (size_t)(space - s->targets));
    int inside = !strcmp(target, "inside");

    if (!strcmp(text, "avoid")) {
        give_named(r, space + 1, "always", s->rank);
        return 0;
    }
    if (!strcmp(text, "auto"))
        return 0;
    if (!inside && !strcmp(text, "always"))
        give_named(r, target, "page", s->rank);
    else if (!inside && !strcmp(text, "left"))
        give_named(r, target, "even-page", s->rank);
    else if (!inside && !strcmp(text, "right"))
        give_named(r, target, "odd-page", s->rank);
    else
        return bad_shorthand(r, s->name, text);
    return 0;
}

static int expand_vertical_align(struct fo_refine *r, const char *text)
{
    static const struct {
        const char *name, *baseline, *shift;
    } aligns[] = {
        { "baseline", "baseline", "baseline" }, { "middle", "middle", "baseline" },
        { "sub", "baseline", "sub" }, { "super", "baseline", "super" },
        { "text-top", "text-before-edge", "baseline" }, { "text-bottom", "text-after-edge", "baseline" },
        { "top", "before-edge", "baseline" }, { "bottom", "after-edge", "baseline" },
    };
    size_t i;

    for (i = 0; i < sizeof aligns / sizeof *aligns; i++)
        if (!strcmp(text, aligns[i].name)) {
            give_named(r, "alignment-baseline", aligns[i].baseline, 0);
            give_named(r, "baseline-shift", aligns[i].shift, 0);
            return 0;
        }
    give_named(r, "alignment-baseline", "baseline", 0);
    give_named(r, "baseline-shift", text, 0);
    return 0;
}

static int expand_lang(struct fo_refine *r, const char *text)
{
    const char *dash = strchr(text, '-');

    give_named(r, "language", copy(r, text, dash ? (size_t)(dash - text) : strlen(text)), 0);
    if (dash)
        give_named(r, "country", dash + 1, 0);
    return 0;
}

static int expand(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
{
    const char *first, *second;
    size_t n, m;

    switch (s->expand) {
    case FO_EXPAND_FOUR: return expand_four(r, s, text);
    case FO_EXPAND_BORDER: return expand_border(r, s, text);
    case FO_EXPAND_FONT: return expand_font(r, text);
    case FO_EXPAND_BACKGROUND: return expand_background(r, text);
    case FO_EXPAND_BACKGROUND_POSITION: return expand_position(r, text, s->rank);
    case FO_EXPAND_WHITE_SPACE: return expand_white_space(r, text);
    case FO_EXPAND_BREAK: return expand_break(r, s, text);
    case FO_EXPAND_VERTICAL_ALIGN: return expand_vertical_align(r, text);
    case FO_EXPAND_LANG: return expand_lang(r, text);
    case FO_EXPAND_POSITION:
        if (!strcmp(text, "absolute") || !strcmp(text, "fixed"))
            give_named(r, "absolute-position", text, 0);
        else if (strcmp(text, "static"))
            return bad_shorthand(r, s->name, text);
        return 0;
    case FO_EXPAND_SIZE:
    case FO_EXPAND_PAIR:
        n = fo_expr_part(text, &first);
        m = fo_expr_part(first + n, &second);
        if (!n)
            return bad_shorthand(r, s->name, text);
        if (s->expand == FO_EXPAND_SIZE) {
            give_named(r, "page-width", copy(r, first, n), 0);
            give_named(r, "page-height", m ? copy(r, second, m) : copy(r, first, n), 0);
            return 0;
        }
        give_named(r, "border-separation", copy(r, first, n), 0);
        if (m) {
            ALLOC_GROW(r->components, r->components_n, r->components_cap);
            r->components[r->components_n++] = (struct component){
                fo_property_find("border-separation", 17), "block-progression-direction", copy(r, second, m) };
        }
        return 0;
    }
    return 0;
}

/* The value of an attribute, in the arena; blanks at its ends are dropped, unless it is a character. */
static const char *attribute_text(struct fo_refine *r, const xmlAttr *a)
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
    s = copy(r, s, n);
    xmlFree(all);
    return s;
}

/* The name that the table has for attribute A, in NAME; 0 when it is none of ours. */
static int attribute_name(const xmlAttr *a, char *name, size_t size)
{
    const char *ns = a->ns ? (const char *)a->ns->href : NULL;
    const char *prefix = !ns ? "" : !strcmp(ns, FOX_NS) ? "fox:" : !strcmp(ns, CX_NS) ? "cx:"
                       : !strcmp(ns, (const char *)XML_XML_NAMESPACE) ? "xml:" : NULL;

    if (!prefix)
        return 0;
    snprintf(name, size, "%s%s", prefix, (const char *)a->name);
    return 1;
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

/* Records one attribute whose NAME is no shorthand. */
static void take_property(struct fo_refine *r, const char *name, const char *text)
{
    const char *dot = strchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : strlen(name);
    const char *alias = fo_property_alias(name, len, r->style->flow->writing_mode == FO_KW_RL_TB);
    char full[96];
    int n;

    if (alias && dot) {
        snprintf(full, sizeof full, "%s%s", alias, dot);
        name = full;
    } else if (alias) {
        name = alias;
    }
    dot = strchr(name, '.');
    if (dot) {
        if (add_component(r, name, dot, text))
            fo_complain(r->d, r->doc, r->node, r->lenient, FO_UNKNOWN_PROPERTY, name);
        return;
    }
    n = fo_property_find(name, strlen(name));
    if (n < 0)
        fo_complain(r->d, r->doc, r->node, r->lenient, FO_UNKNOWN_PROPERTY, name);
    else
        give(r, n, text, alias ? ALIAS_RANK : DIRECT_RANK);
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

    if (given(r, start ? "start-indent" : "end-indent") || !given(r, left ? "margin-left" : "margin-right"))
        return;
    flow = own_group(r, FO_G_FLOW);
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

    if (given(r, name) || given_component(r, name) || !given(r, before ? "margin-top" : "margin-bottom"))
        return;
    block = own_group(r, FO_G_BLOCK);
    space = before ? &block->space_before : &block->space_after;
    space->opt = block->margin[before ? AREA_TOP : AREA_BOTTOM];
    space->min = space->max = space->opt;
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

        set_component(r, c);
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
    char name[96];
    int n = 0, rank, i;

    for (a = element->properties; a; a = a->next)
        if (!a->ns && !strcmp((const char *)a->name, "writing-mode"))
            set_or_inherit(r, fo_property_get(fo_property_find("writing-mode", 12)), attribute_text(r, a));
    for (a = element->properties; a; a = a->next) {
        const struct fo_shorthand *s;

        if (!attribute_name(a, name, sizeof name))
            continue;
        s = fo_shorthand_find(name);
        if (!s)
            take_property(r, name, attribute_text(r, a));
        else if (n < 32) {
            used[n] = s;
            texts[n++] = attribute_text(r, a);
        }
    }
    for (rank = 0; rank <= 4 && n; rank++)
        for (i = 0; i < n; i++)
            if (used[i]->rank == rank)
                expand(r, used[i], texts[i]);
}

const struct fo_style *fo_refine(struct fo_refine *r, const struct fo_node *node,
                                 const xmlNode *element, const struct fo_style *parent,
                                 struct diag *d)
{
    int i, g, size = fo_property_find("font-size", 9), color = fo_property_find("color", 5);

    r->node = node;
    r->parent = parent;
    r->d = d;
    r->stamp++;
    r->order_n = 0;
    r->components_n = 0;
    memset(r->own, 0, sizeof r->own);
    r->style = arena_alloc(&r->doc->arena, sizeof *r->style);
    for (g = 0; g < FO_G_COUNT; g++)
        *group_of(r->style, (enum fo_group)g) =
            group_in(parent && fo_group_inherited((enum fo_group)g) ? parent : &r->initial, (enum fo_group)g);
    collect(r, element);
    /* Lengths in em and current colours need these two first. */
    if (r->given[size].stamp == r->stamp)
        set_or_inherit(r, fo_property_get(size), r->given[size].text);
    if (r->given[color].stamp == r->stamp)
        set_or_inherit(r, fo_property_get(color), r->given[color].text);
    for (i = 0; i < r->order_n; i++)
        if (r->order[i] != size && r->order[i] != color)
            set_or_inherit(r, fo_property_get(r->order[i]), r->given[r->order[i]].text);
    apply_components(r);
    correspond(r);
    return r->style;
}

struct fo_refine *fo_refine_new(struct fo_document *doc, int lenient)
{
    struct fo_refine *r = xcalloc(1, sizeof *r);
    static const struct fo_node nobody;
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
    for (g = 0; g < FO_G_COUNT; g++)
        own_group(r, (enum fo_group)g);
    set_value(r, fo_property_get(fo_property_find("font-size", 9)), "12pt");
    for (i = 0; i < n; i++)
        if (fo_property_get(i)->initial)
            set_value(r, fo_property_get(i), fo_property_get(i)->initial);
    return r;
}

void fo_refine_free(struct fo_refine *r)
{
    if (!r)
        return;
    free(r->given);
    free(r->order);
    free(r->components);
    free(r);
}
