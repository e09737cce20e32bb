/* From the lines of a paragraph to areas: runs in visual order, open inlines, objects, leaders. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "leaders.h"

struct open_inline {
    int inl;
    struct area *area;
    mpt x, y;                  /* of its content rectangle, in the line */
};

struct setter {
    struct para *p;
    const struct para_line *line;
    struct area *area;         /* the line's */
    mpt from_left;             /* of its parent's content, from the reference area's edge */
    long x;                    /* Pango units from the line's start */
    double space_extra;        /* Pango units for each adjustable space */
    double spread_extra;       /* ... and for each place without one where the line may be spread */
    double leader_stretch;     /* -1 to 1 between least and most */
    struct open_inline open[64];
    int depth;
    int level;                 /* of the run in hand */
};

/* Adds what a spread line needs after the characters from A to B, whose GLYPHS run from the left. */
static void spread(const struct setter *t, PangoGlyphString *glyphs, int a, int b, double *carry)
{
    const struct para *p = t->p;
    int i, c = a, add;

    for (i = 0; i < glyphs->num_glyphs; i++) {
        int last = i + 1 == glyphs->num_glyphs;
        int next = last ? p->bytes[b] : p->bytes[a] + glyphs->log_clusters[i + 1];

        while (c + 1 < b && p->bytes[c + 1] < next)
            c++;
        if ((!last && glyphs->log_clusters[i + 1] == glyphs->log_clusters[i]) ||
            c + 1 >= t->line->end || !para_spreads_after(p, c))
            continue;
        *carry += t->spread_extra;
        add = (int)(*carry + 0.5);
        glyphs->glyphs[i].geometry.width += add;
        *carry -= add;
    }
}

/* The glyphs of RUN for the characters from A to B; RUN's own where they stay as they are. */
static PangoGlyphString *slice(struct para *p, const struct para_run *run, int a, int b,
                               const struct setter *t, double *carry)
{
    double space_extra = t->space_extra;
    const PangoGlyphString *all = run->glyphs;
    int from = p->bytes[a] - p->bytes[run->start], to = p->bytes[b] - p->bytes[run->start];
    int lo, hi, i, n;
    PangoGlyphString *out;

    if (run->level % 2 == 0) {
        int l = 0, h = all->num_glyphs;

        while (l < h) {
            int mid = (l + h) / 2;

            if (all->log_clusters[mid] < from)
                l = mid + 1;
            else
                h = mid;
        }
        for (lo = hi = l; hi < all->num_glyphs && all->log_clusters[hi] < to; hi++)
            ;
    } else {
        for (lo = 0; lo < all->num_glyphs && all->log_clusters[lo] >= to; lo++)
            ;
        for (hi = lo; hi < all->num_glyphs && all->log_clusters[hi] >= from; hi++)
            ;
    }
    n = hi - lo;
    out = arena_alloc(p->s->arena, sizeof *out);
    out->num_glyphs = n;
    out->glyphs = all->glyphs + lo;
    out->log_clusters = all->log_clusters + lo;
    if (n && (space_extra != 0 || t->spread_extra != 0 || p->letter_spaced)) { /* they will be changed */
        out->glyphs = arena_alloc(p->s->arena, (size_t)n * sizeof *out->glyphs);
        memcpy(out->glyphs, all->glyphs + lo, (size_t)n * sizeof *out->glyphs);
    }
    if (n && from) {
        out->log_clusters = arena_alloc(p->s->arena, (size_t)n * sizeof *out->log_clusters);
        for (i = 0; i < n; i++)
            out->log_clusters[i] = all->log_clusters[lo + i] - from;
    }
    if (space_extra != 0)
        for (i = 0; i < n; i++)
            if (p->text[p->bytes[a] + out->log_clusters[i]] == ' ') {
                int add;

                *carry += space_extra;
                add = (int)(*carry < 0 ? *carry - 0.5 : *carry + 0.5);
                out->glyphs[i].geometry.width += add;
                *carry -= add;
            }
    if (t->spread_extra != 0 && run->level % 2 == 0)
        spread(t, out, a, b, carry);
    return out;
}

static struct open_inline *top(struct setter *t)
{
    return t->depth ? &t->open[t->depth - 1] : NULL;
}

static struct area *parent_area(struct setter *t, mpt *x, mpt *y)
{
    struct open_inline *o = top(t);

    *x = o ? o->x : 0;
    *y = o ? o->y : 0;
    return o ? o->area : t->area;
}

/* True when the left (RIGHT: the right) edge of the inline IN is in the line: nothing of IN but blanks
 * that vanish stands beyond. Areas are made from the left whichever way the text runs. */
static int is_whole(const struct setter *t, const struct para_inline *in, int right)
{
    return right == t->p->rtl ? in->first >= t->line->start : in->last < t->line->end;
}

/* The area and what it lies in are of this embedding level, or a lower one that they had. */
static void note_level(struct setter *t, struct area *a, int level)
{
    int i;

    if (!t->p->bidi)
        return;
    a->bidi = level + 1;
    for (i = 0; i < t->depth; i++)
        if (!t->open[i].area->bidi || t->open[i].area->bidi > level + 1)
            t->open[i].area->bidi = level + 1;
}

static void close_inline(struct setter *t)
{
    struct open_inline *o = top(t);
    const struct para_inline *in = &t->p->inlines[o->inl];

    o->area->width = para_mpt(t->x) - o->x;
    t->x += para_units(setting_edges(o->area->box, AREA_RIGHT));
    if (is_whole(t, in, 1))
        t->x += para_units(t->p->rtl ? in->space_start : in->space_end);
    t->depth--;
}

/* How far below the line's top PLACE is. */
static mpt from_top(const struct setter *t, struct baseline_place place)
{
    return t->line->ascent - baseline_up(place, t->line->ascent, t->line->descent);
}

static void open_inline(struct setter *t, int inl)
{
    const struct para_inline *in = &t->p->inlines[inl];
    const struct fonts_metrics *m = &in->face->metrics;
    mpt px, py, top = from_top(t, in->baseline.top);
    struct area *parent = parent_area(t, &px, &py), *a;
    int left = is_whole(t, in, 0), right = is_whole(t, in, 1);
    const struct area_box *box = para_part_box(t->p->s, in->node, in->box,
                                               t->p->rtl ? right : left, t->p->rtl ? left : right);
    struct open_inline *o;

    a = setting_area(t->p->s, AREA_INLINE, in->node, parent);
    a->box = box;
    if (left)
        t->x += para_units(t->p->rtl ? in->space_end : in->space_start);
    a->x = para_mpt(t->x) - px;
    a->y = top - setting_edges(box, AREA_TOP) - py;
    a->height = m->altitude + m->depth;
    a->baseline = m->altitude;
    t->x += para_units(setting_edges(box, AREA_LEFT));
    o = &t->open[t->depth++];
    o->inl = inl;
    o->area = a;
    o->x = para_mpt(t->x);
    o->y = top;
}

/* Text of which the borders are: no area but that. */
static int is_glyphs(const struct fo_node *fo)
{
    return fo->kind == FO_CHARACTER || fo->kind == FO_PAGE_NUMBER ||
           fo->kind == FO_PAGE_NUMBER_CITATION || fo->kind == FO_PAGE_NUMBER_CITATION_LAST;
}

/* Opens and closes until INL is the innermost open inline. */
static void enter_inline(struct setter *t, int inl)
{
    int chain[64], n = 0, i, common = 0;

    for (i = inl; i >= 0 && n < 64; i = t->p->inlines[i].parent) {
        const struct fo_node *fo = t->p->inlines[i].node;

        /* A wrapper has no area, unless there is something to be found by it. */
        if (is_glyphs(fo))
            continue;
        if (fo->kind != FO_RETRIEVE_MARKER &&
            (fo->kind != FO_WRAPPER || fo->facts->id || fo->facts->role))
            chain[n++] = i;
    }
    while (common < n && common < t->depth && t->open[common].inl == chain[n - 1 - common])
        common++;
    while (t->depth > common)
        close_inline(t);
    for (i = n - 1 - common; i >= 0 && t->depth < 64; i--)
        open_inline(t, chain[i]);
}

static struct area_text *text_area(struct setter *t, const struct para_span *span, PangoFont *font,
                                   PangoGlyphString *glyphs, const char *utf8, int utf8_len,
                                   int rtl, struct area **area)
{
    mpt px, py, baseline = from_top(t, span->top) + span->face->metrics.altitude;
    struct area *parent = parent_area(t, &px, &py);
    struct area *a = setting_area(t->p->s, AREA_TEXT, span->node, parent);
    struct area_text *text = arena_alloc(t->p->s->arena, sizeof *text);
    const struct fonts_metrics *m = font && font != span->face->font
        ? fonts_measure(t->p->s->fonts, font) : &span->face->metrics;
    long width = 0;
    int i;

    for (i = 0; i < glyphs->num_glyphs; i++)
        width += glyphs->glyphs[i].geometry.width;
    text->font = font ? font : span->face->font;
    text->family = !font || font == span->face->font ? span->face->family : NULL;
    text->glyphs = glyphs;
    text->utf8 = utf8;
    text->utf8_len = utf8_len;
    text->rtl = rtl;
    text->color = span->style->text->color;
    text->word_space = para_mpt((long)t->space_extra);
    if (t->p->letter_spaced)
        text->letter_space = fo_length_of(&span->style->text->letter_spacing.opt, 0, 0);
    a->text = text;
    a->flags = span->decoration;
    a->x = para_mpt(t->x) - px;
    a->y = baseline - m->altitude - py;
    a->height = m->altitude + m->depth;
    a->baseline = m->altitude;
    a->width = para_mpt(t->x + width) - para_mpt(t->x);
    t->x += width;
    if (area)
        *area = a;
    note_level(t, a, t->level);
    return text;
}

static void leader_area(struct setter *t, const struct para_span *span, const struct para_object *o)
{
    const struct style_flow *f = span->style->flow;
    enum area_border_style style = setting_border_style(f->rule_style);
    mpt width = o->width, px, py, x = -1;
    struct area *parent = parent_area(t, &px, &py), *a;

    if (t->leader_stretch > 0)
        width += (mpt)(t->leader_stretch * (o->leader_max - o->width));
    else if (t->leader_stretch < 0)
        width += (mpt)(t->leader_stretch * (o->width - o->leader_min));
    a = setting_area(t->p->s, f->leader_pattern == FO_KW_RULE && style != AREA_BORDER_NONE
                     ? AREA_RULE : AREA_INLINE, span->node, parent);
    a->box = o->box;
    a->flags = span->decoration & AREA_HIDDEN;
    a->x = para_mpt(t->x) - px;
    a->width = width;
    a->height = o->height;
    a->y = from_top(t, span->top) - py;
    a->rule_color = span->style->text->color;
    a->rule_style = style;
    note_level(t, a, t->level);
    t->x += para_units(setting_edges(o->box, AREA_LEFT));
    if (f->leader_alignment != FO_KW_NONE) {
        x = t->area->x + t->from_left + para_mpt(t->x);
        if (t->p->rtl)
            x = t->p->reference.width - x - width;
        if (f->leader_alignment == FO_KW_PAGE)
            x += t->p->reference.from_start;
        if (x < 0)
            x = 0;
    }
    if (f->leader_pattern == FO_KW_DOTS || f->leader_pattern == FO_KW_USE_CONTENT)
        leader_fill(t->p, span, o, a, x);
    t->x += para_units(width + setting_edges(o->box, AREA_RIGHT));
}

static void object_area(struct setter *t, const struct para_span *span)
{
    const struct para_object *o = para_object_at(t->p, span->start);
    mpt px, py;
    struct area *parent, *a;

    t->x += para_units(t->p->rtl ? o->space_end : o->space_start);
    if (o->node->kind == FO_LEADER) {
        leader_area(t, span, o);
        t->x += para_units(t->p->rtl ? o->space_start : o->space_end);
        return;
    }
    parent = parent_area(t, &px, &py);
    a = setting_area(t->p->s, AREA_IMAGE, o->node, parent);
    a->box = o->box;
    a->image = o->image;
    a->flags = span->decoration & AREA_HIDDEN;
    note_level(t, a, t->level);
    a->x = para_mpt(t->x) - px;
    a->y = from_top(t, span->top) - py;
    a->width = o->width;
    a->height = o->height;
    if ((o->box && o->box->clip && setting_clips(o->node)) ||
        o->image->width > o->width + PARA_TOLERANCE || o->image->height > o->height + PARA_TOLERANCE)
        a->flags |= AREA_CLIP;
    t->x += para_units(o->width + setting_edges(o->box, AREA_LEFT) +
                       setting_edges(o->box, AREA_RIGHT) +
                       (t->p->rtl ? o->space_start : o->space_end));
}

/* Runs of the line in visual order (UAX #9, L2): ORDER gets indices of runs; returns how many. */
static int visual_order(const struct para *p, const struct para_line *line, int *order)
{
    int n = 0, i, level, high = 0, lo = 0, hi = p->runs_n;

    while (lo < hi) {
        int mid = (lo + hi) / 2;

        if (p->runs[mid].end <= line->start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (i = lo; i < p->runs_n && p->runs[i].start < line->end; i++) {
        order[n++] = i;
        if (p->runs[i].level > high)
            high = p->runs[i].level;
    }
    for (level = high; level > 0; level--)
        for (i = 0; i < n; i++) {
            int a = i, b, k;

            if (p->runs[order[i]].level < level)
                continue;
            while (i < n && p->runs[order[i]].level >= level)
                i++;
            for (b = i - 1, k = a; k < b; k++, b--) {
                int swap = order[k];

                order[k] = order[b];
                order[b] = swap;
            }
        }
    return n;
}

/* Puts the hyphen that a line ending before C has behind its last glyph, and a soft hyphen behind its
 * text, since the word has none. Returns what is shown. */
static const char *add_hyphen(struct para *p, int c, int rtl, PangoGlyphString *g,
                              const char **utf8, int *len)
{
    int n = g->num_glyphs, at = rtl ? 0 : n, width;
    PangoGlyphInfo *glyphs = arena_alloc(p->s->arena, (size_t)(n + 1) * sizeof *glyphs);
    int *clusters = arena_alloc(p->s->arena, (size_t)(n + 1) * sizeof *clusters);
    char *text = arena_alloc(p->s->arena, (size_t)*len + 2), *shown;
    PangoGlyph glyph;
    gunichar hyphen = para_hyphen(p, c, &glyph, &width);

    if (n) {
        memcpy(glyphs + rtl, g->glyphs, (size_t)n * sizeof *glyphs);
        memcpy(clusters + rtl, g->log_clusters, (size_t)n * sizeof *clusters);
    }
    memset(&glyphs[at], 0, sizeof glyphs[at]);
    glyphs[at].glyph = glyph;
    glyphs[at].geometry.width = width;
    glyphs[at].attr.is_cluster_start = 1;
    clusters[at] = *len;
    g->glyphs = glyphs;
    g->log_clusters = clusters;
    g->num_glyphs = n + 1;
    memcpy(text, *utf8, (size_t)*len);
    memcpy(text + *len, "\302\255", 2);
    *utf8 = text;
    *len += 2;
    shown = arena_alloc(p->s->arena, 7);
    shown[g_unichar_to_utf8(hyphen, shown)] = '\0';
    return shown;
}

/* For a word in a font that was found for its script: the hyphen is of the font that was asked for. */
static void lone_hyphen(struct setter *t, const struct para_span *span, int c)
{
    PangoGlyphString *g = arena_alloc(t->p->s->arena, sizeof *g);
    const char *utf8 = "", *hyphen;
    int len = 0;

    hyphen = add_hyphen(t->p, c, 0, g, &utf8, &len);
    text_area(t, span, span->face->font, g, utf8, len, 0, NULL)->hyphen = hyphen;
}

/* Letter-spacing after the last character, C, of a line is discarded. */
static void drop_letter_space(const struct para *p, int c, int rtl, PangoGlyphString *g)
{
    int space = (int)para_letter_space(p, c), at = rtl ? 0 : g->num_glyphs - 1;

    if (at < 0 || at >= g->num_glyphs)
        return;
    g->glyphs[at].geometry.width -= space;
    if (rtl)
        g->glyphs[at].geometry.x_offset -= space;
}

/* One text area; around it the borders and spaces of the object that it is. */
static void glyph_area(struct setter *t, const struct para_span *span, const struct para_run *run,
                       int a, int b, double *carry)
{
    struct para *p = t->p;
    const struct para_inline *in = span->inl >= 0 ? &p->inlines[span->inl] : NULL;
    const struct area_box *box = NULL;
    int rtl = run->level % 2, ends = b == t->line->end && t->line->hyphen;
    int own = ends && run->font == span->face->font, len = p->bytes[b] - p->bytes[a];
    PangoGlyphString *glyphs = slice(p, run, a, b, t, carry);
    const char *utf8 = p->text + p->bytes[a], *hyphen = NULL;
    struct area_text *text;
    mpt before = 0, after = 0;
    struct area *area;

    if (in && is_glyphs(in->node)) {
        int first = a <= in->start, last = b >= in->end;

        before = first ? in->space_start : 0;
        after = last ? in->space_end : 0;
        box = para_part_box(p->s, in->node, in->box, first, last);
    }
    if (p->letter_spaced && b == t->line->end && !t->line->hyphen)
        drop_letter_space(p, b - 1, rtl, glyphs);
    if (ends && !own && rtl)
        lone_hyphen(t, span, b);
    if (own)
        hyphen = add_hyphen(p, b, rtl, glyphs, &utf8, &len);
    t->x += para_units((rtl ? after : before) + setting_edges(box, AREA_LEFT));
    text = text_area(t, span, run->font, glyphs, utf8, len, rtl, &area);
    text->hyphen = hyphen;
    text->space_after = b == t->line->end && b < t->line->next
        && (p->text[p->bytes[b]] == ' ' || p->text[p->bytes[b]] == '\n');
    if (box) {
        area->box = box;
        area->x -= setting_edges(box, AREA_LEFT);
        area->y -= setting_edges(box, AREA_TOP);
    }
    t->x += para_units((rtl ? before : after) + setting_edges(box, AREA_RIGHT));
    if (ends && !own && !rtl)
        lone_hyphen(t, span, b);
}

static void run_areas(struct setter *t, const struct para_run *run, double *carry)
{
    struct para *p = t->p;
    int a = run->start > t->line->start ? run->start : t->line->start;
    int b = run->end < t->line->end ? run->end : t->line->end;
    int rtl = run->level % 2, i, from = para_first_span(p, a), to = from, step = rtl ? -1 : 1;

    t->level = run->level;
    while (to + 1 < p->spans_n && p->spans[to + 1].start < b)
        to++;
    for (i = rtl ? to : from; i >= from && i <= to; i += step) {
        const struct para_span *span = &p->spans[i];
        int x = span->start > a ? span->start : a, y = span->end < b ? span->end : b;

        if (x >= y)
            continue;
        enter_inline(t, span->inl);
        if ((p->flags[x] & PARA_TRIM) && !(p->flags[x] & PARA_BLANK))
            continue; /* a control character, which has done its work */
        if (!run->glyphs) {
            object_area(t, span);
            continue;
        }
        glyph_area(t, span, run, x, y, carry);
    }
}

/* Gives SLACK to the line's SPACES; what would make them wider than twice their width goes between the
 * characters of scripts that write none, too. */
static void justify(struct setter *t, mpt slack, int spaces)
{
    const struct para *p = t->p;
    int c, places = 0;
    long natural = 0;

    if (p->spreads && slack > 0) {
        for (c = t->line->start; c < t->line->end; c++)
            if (p->flags[c] & PARA_SPACE)
                natural += p->pos[c + 1] - p->pos[c];
            else if (c + 1 < t->line->end)
                places += para_spreads_after(p, c);
        if (slack > para_mpt(natural) && places > 0) {
            t->spread_extra = t->space_extra = (double)slack * 1.024 / (spaces + places);
            return;
        }
    }
    if (spaces)
        t->space_extra = (double)slack * 1.024 / spaces;
}

/* Where the line starts, and how its spaces and leaders fill it. */
static void adjust(struct setter *t)
{
    struct para *p = t->p;
    const struct para_line *line = t->line;
    int align = para_alignment(p, line->forced), c, spaces = 0, i;
    mpt width = para_line_width(p, line->start, line->next);
    mpt slack = line->available - width, stretch = 0, shrink = 0;
    mpt end_indent = line->end_indent;

    slack -= end_indent;
    for (i = 0; i < p->objects_n && p->has_leaders; i++)
        if (p->objects[i].node->kind == FO_LEADER && p->objects[i].at >= line->start &&
            p->objects[i].at < line->end) {
            stretch += p->objects[i].leader_max - p->objects[i].width;
            shrink += p->objects[i].width - p->objects[i].leader_min;
        }
    if (slack < 0 && shrink > 0) {
        t->leader_stretch = -(double)-slack / shrink;
        if (t->leader_stretch < -1)
            t->leader_stretch = -1;
        slack = 0;
    } else if (slack > 0 && stretch > 0 && align == FO_KW_JUSTIFY) {
        t->leader_stretch = slack < stretch ? (double)slack / stretch : 1;
        slack = 0;
    }
    if (slack < -PARA_TOLERANCE && para_alignment(p, 0) == FO_KW_JUSTIFY)
        align = FO_KW_JUSTIFY; /* a last line that was fitted by shrinking */
    if (align == FO_KW_JUSTIFY && slack != 0) {
        for (c = line->start; c < line->end; c++)
            spaces += p->flags[c] & PARA_SPACE;
        justify(t, slack, spaces);
        slack = 0;
    }
    slack = align == FO_KW_CENTER ? slack / 2 : (align == FO_KW_END) == !p->rtl ? slack : 0;
    /* The line is set from its left end, which may be the end of its text. */
    t->x = para_units(slack + (p->rtl ? end_indent : line->indent));
}

struct area *para_line_area(struct para *p, int i, struct area *parent, mpt x, mpt y)
{
    const struct para_line *line = &p->lines[i];
    struct setter t;
    double carry = 0;
    int *order, n, k, few[16];

    memset(&t, 0, sizeof t);
    t.p = p;
    t.line = line;
    t.area = setting_area(p->s, AREA_LINE, p->block, parent);
    t.area->x = x;
    t.from_left = p->reference.x - x;
    t.area->y = y + line->leading;
    t.area->width = line->available + line->indent;
    t.area->height = line->ascent + line->descent;
    t.area->baseline = line->ascent;
    t.area->bidi = p->bidi ? 1 + p->rtl : 0;
    t.area->space_before = line->leading;
    t.area->space_after = line->height - line->leading - t.area->height;
    adjust(&t);
    order = p->runs_n <= 16 ? few : xmalloc((size_t)p->runs_n * sizeof *order);
    n = visual_order(p, line, order);
    for (k = 0; k < n; k++)
        run_areas(&t, &p->runs[order[k]], &carry);
    while (t.depth)
        close_inline(&t);
    if (order != few)
        free(order);
    return t.area;
}
