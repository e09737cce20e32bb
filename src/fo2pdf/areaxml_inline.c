/* Lines, and what stands in them. */
#include "areaxml_parts.h"

#include <stdio.h>
#include <string.h>

#include <hb.h>

#include "para.h"
#include "style.h"

#define ROUNDED 20 /* mpt: sums of glyphs' rounded widths */

/* The family of the list that was found, and what it is. */
static void font(struct areaxml *w, const struct area_text *t)
{
    static const char *const styles[] = { "normal", "oblique", "italic" };
    PangoFontDescription *description = pango_font_describe(t->font);

    areaxml_string(w, "font-name", t->family ? t->family
                   : pango_font_description_get_family(description));
    areaxml_string(w, "font-face", pango_font_description_get_family(description));
    areaxml_string(w, "font-style", styles[pango_font_description_get_style(description)]);
    areaxml_number(w, "font-weight", (mpt)pango_font_description_get_weight(description));
    areaxml_number(w, "font-size", para_mpt(pango_font_description_get_size(description)));
    pango_font_description_free(description);
}

static void score(struct areaxml *w, const struct area *a, unsigned flag, const char *name)
{
    char colored[32];

    if (!(a->flags & flag))
        return;
    areaxml_string(w, name, "true");
    snprintf(colored, sizeof colored, "%s-color", name);
    areaxml_color(w, colored, a->text->color);
}

/* The bytes of the space that S begins with, 0 when it is none; more than 2: one of fixed width. */
static int space_length(const char *s, const char *end)
{
    if (*s == ' ')
        return 1;
    if (end - s >= 2 && !memcmp(s, "\302\240", 2))
        return 2;
    if (end - s >= 3 && ((!memcmp(s, "\342\200", 2) && (unsigned char)s[2] <= 0x8b) ||
                         !memcmp(s, "\343\200\200", 3)))
        return 3;
    return 0;
}

/* Where the word or the space that begins at S ends. */
static const char *piece_end(const char *s, const char *end)
{
    int blank = space_length(s, end);

    if (blank)
        return s + blank;
    while (s < end && !space_length(s, end))
        s = g_utf8_next_char(s);
    return s;
}

/* From the right: characters in the order in which they stand, marks behind what they mark. */
static void reversed(struct areaxml *w, const char *from, const char *end)
{
    while (end > from) {
        const char *s = g_utf8_prev_char(end), *next;
        gunichar mirror;
        char utf8[6];

        while (s > from && g_unichar_ismark(g_utf8_get_char(s)))
            s = g_utf8_prev_char(s);
        next = g_utf8_next_char(s);
        if (g_unichar_get_mirror_char(g_utf8_get_char(s), &mirror))
            areaxml_escaped(w->out, utf8, (size_t)g_unichar_to_utf8(mirror, utf8));
        else
            areaxml_escaped(w->out, s, (size_t)(next - s));
        areaxml_escaped(w->out, next, (size_t)(end - next));
        end = s;
    }
}

/* A word or a space; LEVEL: of embedding, or -1; HYPHEN: what is shown after it, or NULL. */
static void piece(struct areaxml *w, const char *from, const char *end, int level,
                  const char *hyphen)
{
    int blank = from < end ? space_length(from, end) : 0, rtl = level > 0 && level % 2;

    areaxml_begin(w, blank ? "space" : "word");
    if (level >= 0)
        areaxml_number(w, "level", level);
    if (blank > 2)
        areaxml_string(w, "adj", "false");
    strbuf_addch(w->out, '>');
    if (hyphen && rtl)
        areaxml_escaped(w->out, hyphen, strlen(hyphen));
    if (rtl)
        reversed(w, from, end);
    else
        areaxml_escaped(w->out, from, (size_t)(end - from));
    if (hyphen && !rtl)
        areaxml_escaped(w->out, hyphen, strlen(hyphen));
    areaxml_finish(w, blank ? "space" : "word");
}

void areaxml_words(struct areaxml *w, const char *s, const char *end, int level,
                   const char *hyphen)
{
    const char **at = NULL, *start = s, *next;
    size_t n = 0, cap = 0;

    for (; s < end; s = next) {
        next = piece_end(s, end);
        if (level > 0 && level % 2) {
            ALLOC_GROW(at, n, cap);
            at[n++] = s;
        } else {
            piece(w, s, next, level, next == end ? hyphen : NULL);
        }
    }
    if (hyphen && start == end)
        piece(w, end, end, level, hyphen);
    for (next = end; n-- > 0; next = at[n])
        piece(w, at[n], next, level, next == end ? hyphen : NULL);
    free(at);
}

void areaxml_text(struct areaxml *w, const struct area *a)
{
    const struct area_text *t = a->text;

    areaxml_begin(w, "text");
    areaxml_common(w, a);
    areaxml_number(w, "offset", a->y + w->up + areaxml_edge(a, AREA_TOP));
    areaxml_number(w, "left-offset", a->x);
    areaxml_number(w, "baseline", a->baseline);
    font(w, t);
    if (t->word_space)
        areaxml_number(w, "twsadjust", t->word_space);
    if (t->letter_space)
        areaxml_number(w, "tlsadjust", t->letter_space);
    areaxml_color(w, "color", t->color);
    score(w, a, AREA_UNDERLINE, "underline-score");
    score(w, a, AREA_OVERLINE, "overline-score");
    score(w, a, AREA_LINE_THROUGH, "through-score");
    if (a->flags & AREA_BLINK)
        areaxml_string(w, "blink", "true");
    areaxml_open(w);
    areaxml_words(w, t->utf8, t->utf8 + t->utf8_len - (t->hyphen ? 2 : 0), a->bidi - 1, t->hyphen);
    areaxml_finish(w, "text");
}

/* Adds up the texts of FIRST and its siblings; *LAST is the last with justified spaces. */
static void measure(const struct area *first, struct areaxml_text *sum, const struct area **last)
{
    const struct area *c;
    struct areaxml_text m;

    for (c = first; c; c = c->next) {
        if (c->kind == AREA_TEXT && c->text->glyphs->num_glyphs) {
            areaxml_measure(c, &m);
            sum->natural += m.natural;
            sum->rounded += m.rounded;
            sum->added += m.added;
            sum->spaces += m.spaces;
            if (m.spaces)
                *last = c;
        }
        if (c->kind == AREA_INLINE)
            measure(c->first, sum, last);
    }
}

static int is_about(mpt a, mpt b)
{
    return a - b >= -ROUNDED && a - b <= ROUNDED;
}

/* What the line A leaves empty at its start and its end. What is rounding only goes where text-align has
 * left it. */
static void room(struct areaxml *w, const struct area *a, mpt *start, mpt *end)
{
    const struct fo_style *style = a->fo ? a->fo->style : NULL;
    int rtl = style && style->flow->writing_mode == FO_KW_RL_TB;
    mpt last = style ? fo_length_of(&style->text->last_line_end_indent, a->width, 0) : 0;
    mpt left = a->first ? a->first->x : 0, used = 0, right;
    const struct area *c;

    for (c = a->first; c; c = c->next) {
        mpt width = c->width + setting_edges(c->box, AREA_LEFT) + setting_edges(c->box, AREA_RIGHT);
        mpt gap = c->next ? c->next->x - c->x - width : 0;

        used += areaxml_width(w, c) - c->width + width + (is_about(gap, 0) ? 0 : gap);
    }
    right = a->width - left - used;
    if (rtl || !is_about(right, last))
        last = 0;
    if (is_about(right, last)) {
        right = last;
        left = left > ROUNDED ? a->width - used - right : left;
    } else if (is_about(left, right)) {
        left = (a->width - used) / 2;
        right = a->width - used - left;
    }
    *start = rtl ? right : left;
    *end = rtl ? left : right;
}

void areaxml_line(struct areaxml *w, const struct area *a)
{
    struct areaxml_text sum = { 0, 0, 0, 0 };
    double added;
    mpt start, end;

    measure(a->first, &sum, &w->last);
    /* Justified spaces take up what exact widths leave them. */
    added = sum.added + sum.rounded - sum.natural;
    w->added = sum.spaces ? (mpt)(added / sum.spaces) : 0;
    w->rest = sum.spaces ? (mpt)(added + (added < 0 ? -0.5 : 0.5)) - sum.spaces * w->added : 0;
    room(w, a, &start, &end);
    areaxml_begin(w, "lineArea");
    areaxml_common(w, a);
    if (a->x + start)
        areaxml_number(w, "start-indent", a->x + start);
    if (end)
        areaxml_number(w, "end-indent", end);
    areaxml_offsets(w, a->x, a->y);
    areaxml_number(w, "baseline", a->baseline);
    areaxml_open(w);
    areaxml_areas(w, a->first);
    areaxml_finish(w, "lineArea");
}

static void image(struct areaxml *w, const struct area *a)
{
    const char *name = a->image->src ? "image" : "foreignObject";

    strbuf_addf(w->out, " pos=\"%d %d %d %d\"", areaxml_edge(a, AREA_LEFT) + a->image->x,
                areaxml_edge(a, AREA_TOP) + a->image->y, a->image->width, a->image->height);
    if (a->flags & AREA_CLIP)
        areaxml_string(w, "clip", "true");
    areaxml_open(w);
    areaxml_begin(w, name);
    areaxml_string(w, "prod-id", a->fo->facts->id);
    areaxml_string(w, "url", a->image->src);
    if (a->fo->facts->foreign) {
        areaxml_open(w);
        areaxml_foreign(w, a->fo->facts->foreign);
        areaxml_finish(w, name);
    } else {
        areaxml_empty(w);
    }
}

/* A wrapper is a point, and what it holds stands after it. */
static void wrapper(struct areaxml *w, const struct area *a)
{
    const struct area *c;

    areaxml_begin(w, "inline");
    areaxml_sizes(w, 0, 0);
    areaxml_string(w, "prod-id", a->fo->facts->id);
    areaxml_number(w, "left-offset", a->x);
    areaxml_number(w, "offset", a->y + w->up);
    areaxml_empty(w);
    for (c = a->first; c; c = c->next) {
        struct area moved = *c;

        moved.x += a->x;
        moved.y += a->y;
        moved.next = NULL;
        areaxml_areas(w, &moved);
    }
}

/* A link is as high as all that it holds. Returns how far down its content lies in it. */
static mpt enclose(struct area *a)
{
    const struct area *c;
    mpt top = a->first->y, bottom = top;

    for (c = a->first; c; c = c->next) {
        if (c->y < top)
            top = c->y;
        if (c->y + c->height > bottom)
            bottom = c->y + c->height;
    }
    a->y += top;
    a->height = bottom - top;
    return -top;
}

static int is_leader(const struct area *a)
{
    return a->fo && a->fo->kind == FO_LEADER;
}

static void gap(struct areaxml *w, const struct area *leader, mpt width)
{
    if (width <= 0)
        return;
    areaxml_begin(w, "space");
    areaxml_number(w, "ipd", width);
    areaxml_number(w, "bpd", leader->height);
    areaxml_number(w, "offset", 0);
    areaxml_empty(w);
}

/* Each dot of C and the space after it. */
static void dots(struct areaxml *w, const struct area *leader, const struct area *c)
{
    int i;

    for (i = 0; i < c->text->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *all = c->text->glyphs->glyphs;
        struct area_text dot = *c->text;
        PangoGlyphInfo info = all[i];
        int log = 0, natural;
        PangoGlyphString glyph = { .num_glyphs = 1, .glyphs = &info, .log_clusters = &log };
        struct area one = *c;

        natural = hb_font_get_glyph_h_advance(pango_font_get_hb_font(dot.font), info.glyph);
        if (natural < info.geometry.width)
            info.geometry.width = natural;
        dot.glyphs = &glyph;
        dot.utf8_len = 1;
        one.text = &dot;
        one.x = c->x + para_mpt((long)i * all[i].geometry.width);
        one.width = para_mpt(info.geometry.width);
        areaxml_text(w, &one);
        gap(w, leader, para_mpt(all[i].geometry.width - info.geometry.width));
    }
}

/* What a leader repeats, once for each time. */
static void leader(struct areaxml *w, const struct area *a)
{
    const struct area *c;
    mpt step = a->first->next ? a->first->next->x - a->first->x : 0;

    for (c = a->first; c; c = c->next)
        if (c->kind == AREA_TEXT) {
            dots(w, a, c);
        } else {
            areaxml_inline(w, c);
            gap(w, a, step - c->width);
        }
}

void areaxml_inline(struct areaxml *w, const struct area *a)
{
    struct area around;
    mpt shift = 0, up = w->up;
    const char *name = a->kind == AREA_IMAGE ? "viewport" : a->kind == AREA_RULE ? "leader"
                     : is_leader(a) && !a->first ? "space" : "inlineparent";

    if (a->fo && a->fo->kind == FO_WRAPPER) {
        wrapper(w, a);
        return;
    }
    if (a->fo && a->fo->kind == FO_BASIC_LINK && a->first) {
        around = *a;
        shift = enclose(&around);
        a = &around;
    }
    areaxml_begin(w, name);
    areaxml_common(w, a);
    areaxml_number(w, "left-offset", a->x);
    areaxml_number(w, "offset", a->y + w->up +
                   (a->kind == AREA_INLINE ? areaxml_edge(a, AREA_TOP) : 0));
    w->up = shift;
    if (a->fo && a->fo->kind == FO_BASIC_LINK)
        areaxml_link(w, a->fo);
    if (a->kind == AREA_RULE) {
        areaxml_string(w, "ruleStyle", areaxml_style_name(a->rule_style));
        areaxml_number(w, "ruleThickness", a->height);
    }
    if (a->kind == AREA_IMAGE) {
        image(w, a);
    } else {
        areaxml_open(w);
        if (is_leader(a) && a->first && is_leader(a->first))
            leader(w, a);
        else
            areaxml_areas(w, a->first);
    }
    w->up = up;
    areaxml_finish(w, name);
}
