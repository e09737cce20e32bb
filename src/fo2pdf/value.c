/* From the text of a property to its value. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "area.h"
#include "expr.h"
#include "fo_messages.h"
#include "refine.h"
#include "refine_state.h"

const void **fo_group_of(struct fo_style *style, enum fo_group g)
{
    return (const void **)style + g;
}

const void *fo_group_in(const struct fo_style *style, enum fo_group g)
{
    return ((const void *const *)style)[g];
}

/* The group for writing: this element's own copy. */
void *fo_own_group(struct fo_refine *r, enum fo_group g)
{
    if (!r->own[g]) {
        size_t size = fo_group_size(g);
        const void *from = fo_group_in(r->style, g);

        r->own[g] = arena_alloc(&r->doc->arena, size);
        if (from)
            memcpy(r->own[g], from, size);
        *fo_group_of(r->style, g) = r->own[g];
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

/* The value of P, which is a length or begins with one. */
static const struct fo_length *length_at(const struct fo_style *style, const struct fo_property *p)
{
    return (const struct fo_length *)((const char *)fo_group_in(style, p->group) + p->offset);
}

/* 5.10.4: body-start() and label-end(), counted from the list-item's own start-indent. */
static const char *list_edge(struct fo_refine *r, int label, struct fo_value *out)
{
    const struct style_flow *list = r->style->flow, *item = list;
    const struct fo_node *up = r->node->parent;

    while (up && up->kind != FO_LIST_ITEM)
        up = up->parent;
    if (up && up->style)
        item = up->style->flow;
    if (up && up->parent && up->parent->style)
        list = up->parent->style->flow;
    out->n = item->start_indent.v + (double)list->provisional_distance.v;
    out->pct = item->start_indent.pct + list->provisional_distance.pct;
    if (label) {
        /* The end edge of the label lies before the body's start by the separation. */
        out->n = list->provisional_separation.v - out->n;
        out->pct = 1 - (out->pct - list->provisional_separation.pct);
    }
    return NULL;
}

/* Functions of the recommendation that look at other properties. */
static const char *call(void *arg, const char *f, size_t f_len, const char *a, size_t a_len,
                        struct fo_value *out)
{
    struct fo_refine *r = arg;
    int n;

    memset(out, 0, sizeof *out);
    out->kind = FO_V_LENGTH;
    if (is(f, f_len, "body-start") || is(f, f_len, "label-end"))
        return list_edge(r, f[0] == 'l', out);
    if (is(f, f_len, "inherited-property-value") || is(f, f_len, "from-parent") ||
        is(f, f_len, "from-nearest-specified-value")) {
        const struct fo_property *p;
        const char *alias = fo_property_alias(a, a_len, 0);
        const struct fo_style *parent = r->parent ? r->parent : &r->initial;

        n = alias ? fo_property_find(alias, strlen(alias)) : fo_property_find(a, a_len);
        if (n < 0)
            return "the function needs a property's name";
        p = fo_property_get(n);
        if (p->type == FO_T_LENGTH || p->type == FO_T_FONT_SIZE || p->type == FO_T_EDGE ||
            p->type == FO_T_NUMLEN) {
            const struct fo_length *l = length_at(parent, p);

            if (l->keyword)
                return "the inherited value is a keyword";
            out->n = l->v;
            out->pct = l->pct;
            return NULL;
        }
        if (p->type == FO_T_COLOR) {
            out->kind = FO_V_COLOR;
            out->color = *(fo_color *)((char *)fo_group_in(parent, p->group) + p->offset);
            return NULL;
        }
        return "the function can be used for lengths and colours only";
    }
    return "unknown function";
}

/* Whole millipoints; what is beyond is cut, so that parts never come to more than the whole. */
static mpt whole_mpt(double v)
{
    return (mpt)(v < 0 ? ceil(v - 1e-6) : floor(v + 1e-6));
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
    if (p->type == FO_T_NUMLEN && v->kind != FO_V_NUMBER)
        return bad_value(r, p, text, "a number is wanted");
    if (v->kind > FO_V_LENGTH)
        return bad_value(r, p, text, "a length is wanted");
    if (v->kind == FO_V_NUMBER) {
        if (p->type == FO_T_NUMLEN || (p->type == FO_T_SPACE && p->percent == FO_PCT_FONT)) {
            if (fabs(v->n) > 1000000)
                return bad_value(r, p, text, "out of range");
            out.v = whole_mpt(p->type == FO_T_NUMLEN ? v->n : v->n * 1000);
            out.is_number = 1;
            *l = out;
            return 0;
        }
        if (v->n != 0) {
            /* Other formatters take pixels. */
            if (bad_value(r, p, text, "a length needs a unit") || fabs(v->n) > 1000000)
                return -1;
            out.v = whole_mpt(v->n * 1000);
            *l = out;
            return 0;
        }
    }
    if (v->pct != 0 && p->percent == FO_PCT_NONE)
        return bad_value(r, p, text, "a percentage cannot be used here");
    out.v = whole_mpt(v->n);
    out.units = (float)v->units;
    if (p->percent == FO_PCT_FONT)
        out.v += whole_mpt(v->pct * r->style->font->size.v);
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
        if (v->kind != FO_V_NUMBER || (v->n != 0 && bad_value(r, p, text, "a length needs a unit")))
            return v->kind == FO_V_NUMBER ? -1 : bad_value(r, p, text, "a length is wanted");
        size = v->n * 1000;
    }
    if (!(size >= 0 && size <= 5000000))
        return bad_value(r, p, text, "out of range");
    memset(l, 0, sizeof *l);
    l->v = whole_mpt(size);
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
        FO_KW_NORMAL, FO_KW_SEMI_EXPANDED, FO_KW_EXPANDED, FO_KW_EXTRA_EXPANDED,
            FO_KW_ULTRA_EXPANDED,
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
        else if (is(part, n, "blink"))
            *flags |= AREA_BLINK;
        else if (!is(part, n, "none") && strncmp(part, "no-", 3))
            return bad_value(r, p, text, "not one of none, underline, overline, line-through, blink");
        part += n;
    }
    return 0;
}

/* Of the value rect(...), 7.21.1: the next offset in TEXT, and its length; 0 at the end. */
static size_t offset_part(const char *text, const char **part)
{
    int depth = 0;
    size_t n;

    *part = text += strspn(text, " \t\r\n,");
    for (n = 0; text[n] && (depth || !strchr(" \t\r\n,)", text[n])); n++)
        depth += (text[n] == '(') - (text[n] == ')');
    return n;
}

static int to_clip(struct fo_refine *r, const struct fo_property *p, const char *text,
                   const struct fo_length **clip)
{
    struct fo_expr_context context = { r->style->font ? r->style->font->size.v : 12000, call, r };
    struct fo_length *sides;
    const char *part = text + 5;
    size_t n;
    int i;

    *clip = NULL;
    if (!strcmp(text, "auto"))
        return 0;
    if (strncmp(text, "rect(", 5))
        return bad_value(r, p, text, "neither auto nor rect(...)");
    sides = arena_alloc(&r->doc->arena, 4 * sizeof *sides);
    for (i = 0; i < 4; i++, part += n) {
        struct fo_value v;
        const char *why = "four offsets are wanted";

        n = offset_part(part, &part);
        if (n)
            why = fo_expr_eval(part, n, &context, &v);
        if (why)
            return bad_value(r, p, text, why);
        if (to_length(r, p, text, &v, &sides[i]))
            return -1;
    }
    part += strspn(part, " \t\r\n");
    if (strcmp(part, ")"))
        return bad_value(r, p, text, "four offsets are wanted");
    *clip = sides;
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
int fo_value_set(struct fo_refine *r, const struct fo_property *p, const char *text)
{
    char *at;
    struct fo_value v;
    struct fo_length l;

    if (p->type == FO_T_IGNORED)
        return 0;
    if (p->type == FO_T_ONLY)
        return fo_property_takes(p, text, strlen(text)) ? 0 : bad_keyword(r, p, text);
    at = (char *)fo_own_group(r, p->group) + p->offset;
    if (p->type == FO_T_STRING || p->type == FO_T_URI) {
        int none = !*text || (p->initial && !strcmp(p->initial, "none") && !strcmp(text, "none"));

        *(const char **)at = none ? NULL : p->type == FO_T_URI ? uri(r, text)
                                         : arena_strdup(&r->doc->arena, text);
        return 0;
    }
    if (p->type == FO_T_DECORATION)
        return to_decoration(r, p, text, (int *)at);
    if (p->type == FO_T_CLIP)
        return to_clip(r, p, text, (const struct fo_length **)at);
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
        /* 7.29.7: the short forms of writing-mode. */
        if (*(int *)at == FO_KW_LR || *(int *)at == FO_KW_RL)
            *(int *)at = *(int *)at == FO_KW_LR ? FO_KW_LR_TB : FO_KW_RL_TB;
        return 0;
    case FO_T_LENGTH:
    case FO_T_NUMLEN:
        return to_length(r, p, text, &v, (struct fo_length *)at);
    case FO_T_RANGE:
        if (to_length(r, p, text, &v, &l))
            return -1;
        ((struct fo_range *)at)->min = ((struct fo_range *)at)->opt = ((struct fo_range *)at)->max =
            l;
        return 0;
    case FO_T_SPACE:
        if (to_length(r, p, text, &v, &l))
            return -1;
        ((struct fo_space *)at)->min = ((struct fo_space *)at)->opt = ((struct fo_space *)at)->max =
            l;
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
        if (v.kind != FO_V_NUMBER || fabs(v.n) > 1000000)
            return bad_value(r, p, text, "not an integer of 1 or more");
        /* What is less, or no integer, is rounded to the nearest that is allowed: 7.20.6
         * and others. */
        *(int *)at = v.n < 1 ? 1 : (int)floor(v.n + 0.5);
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

int fo_value_set_or_inherit(struct fo_refine *r, const struct fo_property *p, const char *text)
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
        [FO_T_CLIP] = sizeof(char *),
        [FO_T_IGNORED] = 0, [FO_T_ONLY] = 0,
    };

    if (p->group != FO_G_NONE && p->type != FO_T_STRING &&
        (!strcmp(text, "inherit") || !strcmp(text, "from-parent()") ||
         !strcmp(text, "inherited-property-value()"))) {
        memcpy((char *)fo_own_group(r, p->group) + p->offset,
               (const char *)fo_group_in(r->parent ? r->parent : &r->initial, p->group) + p->offset,
               sizes[p->type]);
        return 0;
    }
    return fo_value_set(r, p, text);
}

/* name.component="text" */
int fo_value_set_component(struct fo_refine *r, const struct component *c)
{
    const struct fo_property *p = fo_property_get(c->property);
    struct fo_property part = *p;
    char *at;
    struct fo_value v;
    struct fo_length *l = NULL;
    int *keep = NULL;

    if (p->group == FO_G_NONE)
        return 0;
    at = (char *)fo_own_group(r, p->group) + p->offset;
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
