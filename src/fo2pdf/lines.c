/* From a shaped paragraph to lines. What they look like is line_areas.c's. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "para.h"

/* White space of which something stays at the edges of a line. */
static int is_kept(unsigned flags)
{
    return (flags & PARA_BLANK) && (flags & PARA_TRIM) != PARA_TRIM;
}

static int may_break(const struct para *p, int c)
{
    unsigned here = p->flags[c], before;

    if (c == 0 || (here & PARA_NO_BREAK))
        return 0;
    before = p->flags[c - 1];
    if (before & PARA_FORCE)
        return 1;
    if (here & (PARA_BREAK | PARA_PARTED))
        return 1;
    if ((here & PARA_NO_WRAP) && (before & PARA_NO_WRAP))
        return 0;
    if (is_kept(here) || is_kept(before)) {
        /* Preserved, white space may be parted anywhere; kept on one side of a break, it all lies
         * on that of the line that follows. */
        if (is_kept(here) && is_kept(before))
            return !(here & PARA_TRIM);
        return is_kept(here) ? (here & PARA_TRIM) != 0 : !(before & PARA_TRIM) && p->log[c].is_line_break;
    }
    return p->log[c].is_line_break;
}

/* The end of what a line from START that breaks before C shows: without the blanks at its end. */
static int visible_end(const struct para *p, int start, int c)
{
    while (c > start && (p->flags[c - 1] & (PARA_TRIM_END | PARA_FORCE)))
        c--;
    return c;
}

static int visible_start(const struct para *p, int c)
{
    while (c < p->chars_n && (p->flags[c] & PARA_TRIM_START))
        c++;
    return c;
}

/* True when a line that ends before C ends with a hyphen. */
static int hyphen_at(const struct para *p, int c)
{
    return c > 0 && c < p->chars_n && (p->flags[c] & PARA_PARTED) &&
           !(p->flags[c - 1] & PARA_FORCE);
}

gunichar para_hyphen(const struct para *p, int c, PangoGlyph *glyph, int *width)
{
    const struct para_span *span = &p->spans[para_first_span(p, c - 1)];
    const char *asked = span->style->text->hyphenation_character;
    gunichar hyphen = asked && *asked ? g_utf8_get_char(asked) : 0x2010;
    hb_font_t *font = span->face->font ? pango_font_get_hb_font(span->face->font) : NULL;
    hb_codepoint_t found;

    if (hyphen != '-' && font && hb_font_get_nominal_glyph(font, hyphen, &found)) {
        *glyph = found;
        *width = hb_font_get_glyph_h_advance(font, found);
        return hyphen;
    }
    *glyph = span->face->metrics.hyphen;
    *width = span->face->metrics.hyphen_width;
    return '-';
}

/* The edges of inlines that are drawn again at the edges of a line from START to END. */
static mpt retained(const struct para *p, int start, int end)
{
    mpt w = 0;
    int i;

    for (i = 0; i < p->inlines_n; i++) {
        const struct para_inline *in = &p->inlines[i];

        if (in->first < start && in->last >= start)
            w += in->break_start;
        if (in->first < end && in->last >= end)
            w += in->break_end;
    }
    return w;
}

mpt para_line_width(const struct para *p, int start, int c)
{
    int end = visible_end(p, start, c);
    mpt w = para_width(p, start, end) + (p->has_retained ? retained(p, start, end) : 0);

    if (hyphen_at(p, c)) {
        PangoGlyph glyph;
        int width;

        para_hyphen(p, c, &glyph, &width);
        w += para_mpt(width);
    } else if (p->letter_spaced && end > start) {
        w -= para_mpt(para_letter_space(p, end - 1));
    }
    return w;
}

static struct para_line *line_new(struct para *p)
{
    struct para_line *line;

    if (p->lines_n == p->lines_cap) {
        int cap = p->lines_cap ? p->lines_cap * 2 : 1;
        struct para_line *more = arena_alloc(p->s->arena, (size_t)cap * sizeof *more);

        if (p->lines_n)
            memcpy(more, p->lines, (size_t)p->lines_n * sizeof *more);
        p->lines = more;
        p->lines_cap = cap;
    }
    line = &p->lines[p->lines_n++];
    memset(line, 0, sizeof *line);
    return line;
}

static int overlaps(const struct para_span *span, const struct para_line *line)
{
    return span->start < line->end && span->end > line->start;
}

/* The first span that ends after character C. */
int para_first_span(const struct para *p, int c)
{
    int lo = 0, hi = p->spans_n;

    while (lo < hi) {
        int mid = (lo + hi) / 2;

        if (p->spans[mid].end <= c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

const struct para_object *para_object_at(const struct para *p, int c)
{
    int lo = 0, hi = p->objects_n - 1;

    while (lo <= hi) {
        int mid = (lo + hi) / 2;

        if (p->objects[mid].at == c)
            return &p->objects[mid];
        if (p->objects[mid].at < c)
            lo = mid + 1;
        else
            hi = mid - 1;
    }
    return NULL;
}

/* Half of what line-height adds to the text of FACE, above it. */
static mpt half_leading(const struct fo_style *style, const struct fonts_face *face)
{
    return (para_line_height(style) - face->metrics.altitude - face->metrics.depth) / 2;
}

/* The heights of a line: 4.5, line-stacking-strategy. Its area holds all text and objects; around that
 * is the block's leading, or with line-height what is left of that of each text. */
static void line_heights(struct para *p, struct para_line *line)
{
    const struct style_text *t = p->block->style->text;
    const struct fonts_metrics *m = &p->face->metrics;
    int expanded = t->line_stacking_strategy == FO_KW_LINE_HEIGHT, i;
    mpt height = para_line_height(p->block->style), least = 0, over, under;

    line->ascent = m->altitude;
    line->descent = m->depth;
    line->leading = half_leading(p->block->style, p->face);
    over = m->altitude + line->leading;
    under = height - over;
    if (t->line_stacking_strategy != FO_KW_FONT_HEIGHT) {
        i = para_first_span(p, line->start);
        for (; i < p->spans_n && p->spans[i].start < line->end; i++) {
            const struct para_span *span = &p->spans[i];
            const struct para_object *o;
            mpt up, down;

            if (!overlaps(span, line))
                continue;
            o = p->flags[span->start] & PARA_OBJECT ? para_object_at(p, span->start) : NULL;
            down = o ? o->extent : span->face->metrics.altitude + span->face->metrics.depth;
            if (span->top.edge) {
                /* Aligned with the line's edge, it counts when those are known: 7.14. */
                if (down > least)
                    least = down;
                continue;
            }
            up = span->top.up;
            if (t->line_height_shift_adjustment == FO_KW_DISREGARD_SHIFTS)
                up -= span->shifts;
            down -= up;
            if (o) {
                up += o->above;
                down += o->below;
            }
            if (up > line->ascent)
                line->ascent = up;
            if (down > line->descent)
                line->descent = down;
            if (expanded) {
                mpt half = o ? 0 : half_leading(span->style, span->face);

                over = up + half > over ? up + half : over;
                under = down + half > under ? down + half : under;
            }
        }
        if (line->descent < least - line->ascent)
            line->descent = least - line->ascent;
    }
    line->height = line->ascent + line->descent + (height - m->altitude - m->depth);
    if (expanded) {
        line->leading = over - line->ascent;
        line->height = over + under;
    }
    if (line->height < 0)
        line->height = 0;
}

static void too_wide(struct para *p, const struct para_line *line, mpt width)
{
    char excerpt[64];
    const struct para_span *span;
    int n;

    if (p->may_overflow)
        return;
    n = para_first_span(p, line->start);
    span = &p->spans[n < p->spans_n ? n : 0];
    n = p->bytes[line->end] - p->bytes[line->start];
    snprintf(excerpt, sizeof excerpt, "%.*s", n > 60 ? 60 : n, p->text + p->bytes[line->start]);
    while (*excerpt && !g_utf8_validate(excerpt, -1, NULL))
        excerpt[strlen(excerpt) - 1] = '\0';
    if (p->flags[line->start] & PARA_OBJECT)
        snprintf(excerpt, sizeof excerpt, "fo:%s", span->node->kind == FO_LEADER ? "leader"
                 : "graphic");
    fo_complain(p->s->d, p->s->fo, span->node, p->s->options->lenient, FO_TOO_WIDE, excerpt,
                width / 1000., (width - line->available) / 1000.);
}

static mpt text_indent(const struct para *p, int first)
{
    return first ? fo_length_of(&p->block->style->text->text_indent, p->width, 0) : 0;
}

/* How much narrower than natural the spaces of a justified line may be, in sum: a third. */
static mpt shrinkage(const struct para *p, const struct para_line *line)
{
    long space = 0;
    int c;

    if (para_alignment(p, 0) != FO_KW_JUSTIFY)
        return 0;
    for (c = line->start; c < line->end; c++)
        if (p->flags[c] & PARA_SPACE)
            space += p->pos[c + 1] - p->pos[c];
    return para_mpt(space / 3);
}

static int ends_paragraph(const struct para *p, int next)
{
    return next == p->chars_n || (next > 0 && (p->flags[next - 1] & PARA_FORCE));
}

/* What a line that the next one begins at NEXT has room for: 7.16.3, 7.16.10. */
static mpt room_of(const struct para *p, int first, int next)
{
    const struct fo_length *end = &p->block->style->text->last_line_end_indent;

    return p->width - text_indent(p, first) -
           (ends_paragraph(p, next) ? fo_length_of(end, p->width, 0) : 0);
}

static void add_line(struct para *p, int start, int next, int first)
{
    struct para_line *line = line_new(p);
    mpt width;

    line->start = start;
    line->end = visible_end(p, start, next);
    line->next = next;
    line->indent = text_indent(p, first);
    line->available = p->width - line->indent;
    line->end_indent = line->available - room_of(p, first, next);
    line->hyphen = (short)hyphen_at(p, next);
    line->forced = (short)ends_paragraph(p, next);
    width = para_line_width(p, start, next);
    if (p->has_leaders && width > line->available - line->end_indent) {
        int i;

        for (i = 0; i < p->objects_n; i++)
            if (p->objects[i].node->kind == FO_LEADER && p->objects[i].at >= start &&
                p->objects[i].at < next)
                width -= p->objects[i].width - p->objects[i].leader_min;
    }
    if (width > line->available - line->end_indent + PARA_TOLERANCE &&
        width - shrinkage(p, line) > line->available - line->end_indent + PARA_TOLERANCE)
        too_wide(p, line, width);
    line_heights(p, line);
}

/* How many lines in a row may end with a hyphen. */
static int ladder(const struct para *p)
{
    const struct fo_length *l = &p->block->style->text->hyphenation_ladder;

    return l->keyword || l->v < 1 ? INT_MAX : l->v;
}

/* Ragged lines are left short by an eighth rather than that a word is parted. */
#define SHORT_BY 8

/* As much on every line as fits, until one begins with character TO or later. */
static void break_first_fit(struct para *p, int c, int to, int first)
{
    int most = ladder(p), hyphens = 0;

    while (c < to) {
        int start = visible_start(p, c), best = -1, whole = -1, next;
        mpt room = p->width;

        if (start >= p->chars_n && c > 0)
            break;
        for (next = start + 1; next <= p->chars_n; next++) {
            int forced = p->flags[next - 1] & PARA_FORCE;

            if (next < p->chars_n && !forced && !may_break(p, next))
                continue;
            if (hyphens >= most && hyphen_at(p, next) && best >= 0)
                continue;
            room = room_of(p, first, next);
            if (para_line_width(p, start, next) > room + PARA_TOLERANCE && best >= 0)
                break;
            best = next;
            if (!hyphen_at(p, next))
                whole = next;
            if (forced)
                break;
        }
        if (best < 0)
            best = p->chars_n;
        if (best > whole && whole >= 0 && (p->flags[best] & PARA_HYPHEN) &&
            para_line_width(p, start, whole) > room - room / SHORT_BY)
            best = whole;
        add_line(p, start, best, first);
        hyphens = hyphen_at(p, best) ? hyphens + 1 : 0;
        first = 0;
        c = best;
    }
}

int para_writes_no_spaces(gunichar c)
{
    switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_HAN: case G_UNICODE_SCRIPT_HIRAGANA: case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO: case G_UNICODE_SCRIPT_THAI: case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER: case G_UNICODE_SCRIPT_MYANMAR:
        return 1;
    default:
        return (c > 0x3000 && c < 0x3040) || (c > 0xff00 && c < 0xff66);
    }
}

int para_spreads_after(const struct para *p, int c)
{
    return p->spreads && p->log && c + 1 < p->chars_n && p->log[c + 1].is_cursor_position &&
           para_writes_no_spaces(g_utf8_get_char(p->text + p->bytes[c])) &&
           para_writes_no_spaces(g_utf8_get_char(p->text + p->bytes[c + 1]));
}

/* The demerits of a justified line from START to NEXT, which has room for ROOM: how far its spaces
 * go from their natural width, cubed; beyond what shrinking allows, no line at all (-1). */
static double line_cost(const struct para *p, int start, int next, mpt room)
{
    int end = visible_end(p, start, next), c;
    mpt width = para_line_width(p, start, next);
    double space = 0, spread = 0, r;

    for (c = start; c < end; c++) {
        if (p->flags[c] & PARA_SPACE)
            space += para_mpt(p->pos[c + 1] - p->pos[c]);
        else if (p->spreads && c + 1 < end && para_spreads_after(p, c))
            spread += para_mpt(p->pos[c + 1] - p->pos[c]) / 6.;
    }
    if (width > room + PARA_TOLERANCE) {
        r = space > 0 ? (width - room) / (space / 3) : 2;
        return r > 1 ? -1 : 10 + 100 * r * r * r;
    }
    space += spread;
    r = (room - width) / (space > 0 ? space / 2 : 500.);
    return 10 + 100 * r * r * r + (hyphen_at(p, next) ? 50 : 0);
}

/* The set of breaks with the least sum of squared demerits, between forced breaks FROM and TO. */
static void break_total_fit(struct para *p, int from, int to, int first)
{
    int *at, n = 0, c, i, j, *chosen, most = ladder(p);
    struct { double cost; int prev, hyphens; } *best;

    at = xmalloc((size_t)(to - from + 2) * sizeof *at);
    at[n++] = from;
    for (c = from + 1; c < to; c++)
        if (may_break(p, c))
            at[n++] = c;
    at[n++] = to;
    best = xcalloc((size_t)n, sizeof *best);
    for (j = 1; j < n; j++) {
        best[j].cost = -1;
        for (i = j - 1; i >= 0; i--) {
            int start = visible_start(p, at[i]);
            mpt room = room_of(p, first && i == 0, at[j]);
            double cost;

            if (start >= at[j])
                continue;
            cost = line_cost(p, start, at[j], room);
            if (at[j] == to && cost >= 0 && para_line_width(p, start, to) <= room + PARA_TOLERANCE)
                cost = 10; /* the last line may be short */
            if (cost < 0) {
                if (i < j - 1)
                    break;
                cost = 1e18; /* one piece too wide: nothing can be done */
            }
            cost = cost * cost + best[i].cost;
            if (hyphen_at(p, at[j]) && i > 0 && hyphen_at(p, at[i]))
                cost += best[i].hyphens >= most ? 1e30 : 5000;
            if (best[j].cost < 0 || cost < best[j].cost) {
                best[j].cost = cost;
                best[j].prev = i;
                best[j].hyphens = hyphen_at(p, at[j]) ? best[i].hyphens + 1 : 0;
            }
        }
    }
    chosen = xmalloc((size_t)n * sizeof *chosen);
    for (c = 0, j = n - 1; j > 0; j = best[j].prev)
        chosen[c++] = j;
    for (i = 0; c-- > 0; i = chosen[c]) {
        add_line(p, visible_start(p, at[i]), at[chosen[c]], first && i == 0);
    }
    free(chosen);
    free(best);
    free(at);
}

static int has_flag(const struct para *p, unsigned flag)
{
    int c;

    for (c = 0; c < p->chars_n; c++)
        if (p->flags[c] & flag)
            return 1;
    return 0;
}

int para_alignment(const struct para *p, int last)
{
    const struct style_text *t = p->block->style->text;
    int align = t->text_align;

    if (last && t->text_align_last != FO_KW_RELATIVE)
        align = t->text_align_last;
    else if (last && align == FO_KW_JUSTIFY)
        align = FO_KW_START;
    if (align == FO_KW_INSIDE || align == FO_KW_OUTSIDE)
        align = (align == FO_KW_INSIDE) == p->s->is_even ? FO_KW_RIGHT : FO_KW_LEFT;
    if (align == FO_KW_LEFT)
        return p->rtl ? FO_KW_END : FO_KW_START;
    if (align == FO_KW_RIGHT)
        return p->rtl ? FO_KW_START : FO_KW_END;
    return align;
}

/* Most paragraphs of a certificate are a word or two: no need to know where they could be
 * broken. */
static int fits_one_line(const struct para *p, int first)
{
    return !has_flag(p, PARA_FORCE) &&
           para_line_width(p, visible_start(p, 0), p->chars_n) <= room_of(p, first, p->chars_n);
}

/* The character, from which a line can begin, that the lines to be set end before. */
static int end_of(const struct para *p, int from)
{
    mpt height = para_line_height(p->block->style);
    double units;
    int c = from;

    if (!p->enough)
        return p->chars_n;
    units = (double)para_units(p->width) * (1 + (double)p->enough / (height > 0 ? height : 1));
    while (c < p->chars_n && p->pos[c] - p->pos[from] <= units)
        c++;
    while (c < p->chars_n && !may_break(p, c))
        c++;
    return c;
}

void para_break(struct para *p, int first)
{
    int from = 0, c, to;

    if (p->resume > 0 && p->resume < p->chars_n) {
        struct para_line *line = line_new(p);

        line->end = line->next = from = p->resume;
        line_heights(p, line);
        first = 0;
    } else if (fits_one_line(p, first)) {
        add_line(p, visible_start(p, 0), p->chars_n, first);
        return;
    }
    if (!p->log) {
        if (p->hyphenate)
            para_hyphenate(p);
        p->log = arena_alloc(p->s->arena, (size_t)(p->chars_n + 1) * sizeof *p->log);
        pango_get_log_attrs(p->text, (int)p->text_len, -1, p->face->language, p->log,
                            p->chars_n + 1);
    }
    to = end_of(p, from);
    p->is_cut = visible_start(p, to) < p->chars_n;
    if (para_alignment(p, 0) != FO_KW_JUSTIFY) {
        break_first_fit(p, from, to, first);
        return;
    }
    for (c = from + 1; c <= to; c++)
        if (c == to || (p->flags[c - 1] & PARA_FORCE)) {
            if (visible_start(p, from) < c || (p->flags[c - 1] & PARA_FORCE)) {
                if (para_line_width(p, visible_start(p, from), c) <=
                    room_of(p, first && from == 0, c))
                    add_line(p, visible_start(p, from), c, first && from == 0);
                else
                    break_total_fit(p, from, c, first && from == 0);
            }
            from = c;
        }
}
