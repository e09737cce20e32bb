/* Shorthands: 5.2 and 7.31 of the recommendation. */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "expr.h"
#include "fo_messages.h"
#include "refine.h"
#include "refine_state.h"

static int is(const char *s, size_t n, const char *what)
{
    return strlen(what) == n && !memcmp(s, what, n);
}

void fo_give(struct fo_refine *r, int property, const char *text, int rank)
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
    const char *alias = fo_property_alias(name, strlen(name),
                                          r->style->flow->writing_mode == FO_KW_RL_TB);
    int n = fo_property_find(alias ? alias : name, strlen(alias ? alias : name));

    if (n >= 0)
        fo_give(r, n, text, rank);
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

        snprintf(name, sizeof name, "%.*s%s%s", (int)(hole - s->targets), s->targets, sides[i],
                 hole + 2);
        give_named(r, name, values[from[count][i]], s->rank);
    }
    return 0;
}

static int expand_border(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
{
    const char *part = text, *width = "medium", *style = "none", *color = "black", *side =
        s->targets;
    size_t n;
    struct fo_expr_context context = { 12000, NULL, NULL };
    const struct fo_property *styles = fo_property_get(fo_property_find("border-top-style", 16));

    if (!strcmp(text, "inherit")) {
        width = style = color = text;
        part = "";
    }
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
        { "text-top", "text-before-edge", "baseline" },
            { "text-bottom", "text-after-edge", "baseline" },
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

int fo_shorthand_expand(struct fo_refine *r, const struct fo_shorthand *s, const char *text)
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
                fo_property_find("border-separation", 17), "block-progression-direction",
                    copy(r, second, m) };
        }
        return 0;
    }
    return 0;
}
