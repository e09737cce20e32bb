/* Shaping a paragraph: characters to glyphs, once, with harfbuzz alone where the text is simple and
 * through pango's itemization where scripts, directions or fonts change. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "para.h"

/* Characters that need no itemization: Latin with its diacritics, and punctuation common to all. */
static int is_simple(gunichar c)
{
    return (c >= 0x20 && c < 0x250) || (c >= 0x2010 && c <= 0x2027) ||
        (c >= 0x2030 && c <= 0x203a) ||
           c == 0x20ac || c == 0x2122 || c == '\n';
}

static struct para_run *run_new(struct para *p, int start, int end, PangoFont *font, int level)
{
    struct para_run *run;

    if (p->runs_n == p->runs_cap) {
        int cap = p->runs_cap ? p->runs_cap * 2 : 1;
        struct para_run *more = arena_alloc(p->s->arena, (size_t)cap * sizeof *more);

        if (p->runs_n)
            memcpy(more, p->runs, (size_t)p->runs_n * sizeof *more);
        p->runs = more;
        p->runs_cap = cap;
    }
    run = &p->runs[p->runs_n++];
    memset(run, 0, sizeof *run);
    run->start = start;
    run->end = end;
    run->font = font;
    run->level = level;
    return run;
}

static PangoGlyphString *glyphs_new(struct arena *a, int n)
{
    PangoGlyphString *g = arena_alloc(a, sizeof *g);

    g->num_glyphs = n;
    g->glyphs = arena_alloc(a, (size_t)(n ? n : 1) * sizeof *g->glyphs);
    g->log_clusters = arena_alloc(a, (size_t)(n ? n : 1) * sizeof *g->log_clusters);
    return g;
}

static int span_at(const struct para *p, int c)
{
    int lo = 0, hi = p->spans_n - 1;

    while (lo < hi) {
        int mid = (lo + hi + 1) / 2;

        if (p->spans[mid].start <= c)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

static void no_glyph(struct para *p, int c)
{
    const struct para_span *span = &p->spans[span_at(p, c)];
    gunichar character = g_utf8_get_char(p->text + p->bytes[c]);
    const char *package = fonts_package(p->s->fonts, character);
    int from = c, to = c + 1;
    char excerpt[64];

    while (from > span->start && c - from < 12)
        from--;
    while (to < span->end && to - c < 12)
        to++;
    snprintf(excerpt, sizeof excerpt, "%.*s", p->bytes[to] - p->bytes[from],
             p->text + p->bytes[from]);
    while (*excerpt && !g_utf8_validate(excerpt, -1, NULL))
        excerpt[strlen(excerpt) - 1] = '\0';
    fo_complain(p->s->d, p->s->fo, span->node, p->s->options->lenient, FO_NO_GLYPH, character,
                span->style->font->family ? span->style->font->family : "sans-serif", excerpt,
                package ? "; its fonts are in the Debian package " : "", package ? package : "");
}

/* Shapes the characters from A to B with one face. Returns 0, or -1 when the font lacks one. */
static int shape_simple(struct para *p, int a, int b, const struct fonts_face *face)
{
    const PangoGlyphString *g = fonts_shape(p->s->fonts, face, p->text + p->bytes[a],
                                            p->bytes[b] - p->bytes[a]);
    struct para_run *run;

    if (!g)
        return -1;
    run = run_new(p, a, b, face->font, 0);
    run->glyphs = glyphs_new(p->s->arena, g->num_glyphs);
    memcpy(run->glyphs->glyphs, g->glyphs, (size_t)g->num_glyphs * sizeof *g->glyphs);
    memcpy(run->glyphs->log_clusters, g->log_clusters,
           (size_t)g->num_glyphs * sizeof *g->log_clusters);
    return 0;
}

/* All simple, without objects between: one run for each stretch of one face. */
static int all_simple(struct para *p)
{
    const char *s;
    int i, a, failed = 0;

    if (p->rtl)
        return 0;
    for (s = p->text; s < p->text + p->text_len; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);

        if (!is_simple(c) && c != 0xfffc)
            return 0;
    }
    for (i = 0; i < p->spans_n; i++)
        if (p->spans[i].style->font->variant != FO_KW_NORMAL || !p->spans[i].face->font)
            return 0;
    for (i = 0; i < p->spans_n && !failed; i = a) {
        int start = p->spans[i].start, c;

        for (a = i + 1; a < p->spans_n && p->spans[a].face == p->spans[i].face; a++)
            ;
        /* Objects and preserved linefeeds have no glyphs. */
        for (c = start; c < p->spans[a - 1].end && !failed; c++)
            if (p->flags[c] & (PARA_OBJECT | PARA_FORCE)) {
                if (c > start)
                    failed = shape_simple(p, start, c, p->spans[i].face);
                if (p->flags[c] & PARA_OBJECT)
                    run_new(p, c, c + 1, NULL, 0);
                start = c + 1;
            }
        if (start < p->spans[a - 1].end && !failed)
            failed = shape_simple(p, start, p->spans[a - 1].end, p->spans[i].face);
    }
    if (failed)
        p->runs_n = 0;
    return !failed;
}

static PangoAttrList *attributes(const struct para *p)
{
    PangoAttrList *list = pango_attr_list_new();
    int i;

    for (i = 0; i < p->spans_n; i++) {
        const struct para_span *span = &p->spans[i];
        PangoAttribute *a[3];
        int k;

        a[0] = pango_attr_font_desc_new(span->face->description);
        a[1] = pango_attr_font_features_new(span->face->features);
        a[2] = pango_attr_language_new(span->face->language);
        for (k = 0; k < 3; k++) {
            a[k]->start_index = (guint)p->bytes[span->start];
            a[k]->end_index = (guint)p->bytes[span->end];
            pango_attr_list_insert(list, a[k]);
        }
        if (p->flags[span->start] & PARA_OBJECT) {
            PangoRectangle none = { 0, 0, 0, 0 };

            a[0] = pango_attr_shape_new(&none, &none);
            a[0]->start_index = (guint)p->bytes[span->start];
            a[0]->end_index = (guint)p->bytes[span->end];
            pango_attr_list_insert(list, a[0]);
        }
    }
    return list;
}

static int char_at(const struct para *p, int byte)
{
    int lo = 0, hi = p->chars_n;

    while (lo < hi) {
        int mid = (lo + hi + 1) / 2;

        if (p->bytes[mid] <= byte)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

static int is_invisible(gunichar c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
        (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xfe00 && c <= 0xfe0f);
}

/* One item of pango's, without objects and linefeeds. */
static void shape_item(struct para *p, PangoItem *item, int a, int b)
{
    PangoGlyphString *out = pango_glyph_string_new();
    const struct fonts_metrics *m;
    const struct para_span *span = &p->spans[span_at(p, a)];
    struct para_run *run;
    int i;

    pango_shape_item(item, p->text, (int)p->text_len, NULL, out, PANGO_SHAPE_NONE);
    run = run_new(p, a, b, item->analysis.font, item->analysis.level);
    m = item->analysis.font ? fonts_measure(p->s->fonts, item->analysis.font)
        : &span->face->metrics;
    run->glyphs = glyphs_new(p->s->arena, out->num_glyphs);
    memcpy(run->glyphs->glyphs, out->glyphs, (size_t)out->num_glyphs * sizeof *out->glyphs);
    memcpy(run->glyphs->log_clusters, out->log_clusters,
           (size_t)out->num_glyphs * sizeof *out->log_clusters);
    for (i = 0; i < out->num_glyphs; i++) {
        PangoGlyphInfo *g = &run->glyphs->glyphs[i];
        int byte = item->offset + out->log_clusters[i];
        gunichar c = g_utf8_get_char(p->text + byte);

        if (g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
            if (!is_invisible(c))
                no_glyph(p, char_at(p, byte));
            g->glyph = PANGO_GLYPH_EMPTY;
        } else if (item->analysis.font != span->face->font && c != ' ' &&
                   !fonts_accepts(item->analysis.font, span->style->font->family, c)) {
            no_glyph(p, char_at(p, byte));
        }
        if (g->glyph == PANGO_GLYPH_EMPTY) {
            /* A glyph that is really there, so that the character can be found in the page. */
            g->glyph = m->space;
            g->geometry.width = c == ' ' && g->geometry.width == 0 ? m->space_width
                : g->geometry.width;
        }
    }
    pango_glyph_string_free(out);
}

static void shape_items(struct para *p)
{
    PangoAttrList *list = attributes(p);
    GList *items, *l;

    items = pango_itemize_with_base_dir(fonts_context(p->s->fonts), p->rtl ? PANGO_DIRECTION_RTL
                                        : PANGO_DIRECTION_LTR,
                                        p->text, 0, (int)p->text_len, list, NULL);
    for (l = items; l; l = l->next) {
        PangoItem *item = l->data;
        int a = char_at(p, item->offset), b = char_at(p, item->offset + item->length), c;

        /* Cut at linefeeds and objects, which become no glyphs; and where the span
         * changes, since an
         * item may go over spans of equal attributes. */
        for (c = a; c < b; c++) {
            if (!(p->flags[c] & (PARA_OBJECT | PARA_FORCE)))
                continue;
            if (c > a) {
                PangoItem *head = pango_item_split(item, p->bytes[c] - p->bytes[a], c - a);

                shape_item(p, head, a, c);
                pango_item_free(head);
                a = c;
            }
            if (p->flags[c] & PARA_OBJECT)
                run_new(p, c, c + 1, NULL, item->analysis.level);
            if (c + 1 < b) {
                PangoItem *head = pango_item_split(item, p->bytes[c + 1] - p->bytes[c], 1);

                pango_item_free(head);
            }
            a = c + 1;
        }
        if (a < b)
            shape_item(p, item, a, b);
        pango_item_free(item);
    }
    g_list_free(items);
    pango_attr_list_unref(list);
}

static mpt spacing(const struct fo_range *r)
{
    return fo_length_of(&r->opt, 0, 0);
}

/* Half of the letter-spacing of character C, on either side of it; a word space has none. */
static long half_letter_space(const struct para *p, int c)
{
    const struct style_text *t = p->spans[span_at(p, c)].style->text;
    gunichar here;

    if (t->letter_spacing.opt.keyword || (p->flags[c] & (PARA_FORCE | PARA_OBJECT)))
        return 0;
    here = g_utf8_get_char(p->text + p->bytes[c]);
    if (g_unichar_get_script(here) == G_UNICODE_SCRIPT_ARABIC)
        return 0; /* its letters are joined */
    return here == ' ' || here == 0xa0 ? 0 : para_units(spacing(&t->letter_spacing)) / 2;
}

long para_letter_space(const struct para *p, int c)
{
    int next = c + 1;

    while (next < p->chars_n && g_unichar_ismark(g_utf8_get_char(p->text + p->bytes[next])))
        next++;
    if (!p->letter_spaced || next >= p->chars_n || (p->flags[next] & PARA_FORCE))
        return 0;
    return half_letter_space(p, c) + half_letter_space(p, next);
}

/* Adds letter- and word-spacing to the glyphs, then the advance of every character to ADVANCE. */
static void add_advances(struct para *p, struct para_run *run, long *advance)
{
    int i, n = run->glyphs ? run->glyphs->num_glyphs : 0, base = p->bytes[run->start];

    for (i = 0; i < n; i++) {
        PangoGlyphInfo *g = &run->glyphs->glyphs[i];
        int c = char_at(p, base + run->glyphs->log_clusters[i]);
        const struct style_text *t = p->spans[span_at(p, c)].style->text;
        int last = i + 1 == n || run->glyphs->log_clusters[i + 1] != run->glyphs->log_clusters[i];

        if (last && p->letter_spaced) {
            int space = (int)para_letter_space(p, c);

            g->geometry.width += space;
            if (run->level % 2)
                g->geometry.x_offset += space;
        }
        if (last && (p->flags[c] & PARA_SPACE) && !t->word_spacing.opt.keyword)
            g->geometry.width += (int)para_units(spacing(&t->word_spacing));
        advance[c] += g->geometry.width;
    }
}

void para_shape(struct para *p)
{
    long *advance = xcalloc((size_t)p->chars_n + 1, sizeof *advance), sum = 0;
    int i;

    if (!all_simple(p))
        shape_items(p);
    p->bidi = p->rtl;
    for (i = 0; i < p->runs_n; i++) {
        add_advances(p, &p->runs[i], advance);
        p->bidi |= p->runs[i].level > 0;
    }
    for (i = 0; i < p->objects_n; i++) {
        const struct para_object *o = &p->objects[i];

        advance[o->at] = para_units(o->width + o->space_start + o->space_end +
                                    setting_edges(o->box, AREA_LEFT) + setting_edges(o->box,
                                            AREA_RIGHT));
    }
    for (i = 0; i < p->inlines_n; i++) {
        struct para_inline *in = &p->inlines[i];
        int first = in->start, last = in->end - 1;

        in->first = first;
        in->last = last;
        if (first > last)
            continue;
        /* Borders stay with what stays when blanks vanish at the edges of a line. */
        while (first < last && (p->flags[first] & PARA_TRIM))
            first++;
        while (last > first && (p->flags[last] & PARA_TRIM))
            last--;
        in->first = first;
        in->last = last;
        advance[first] += para_units(in->before);
        advance[last] += para_units(in->after);
    }
    p->pos = arena_alloc(p->s->arena, (size_t)(p->chars_n + 1) * sizeof *p->pos);
    for (i = 0; i < p->chars_n; i++) {
        p->pos[i] = sum;
        sum += advance[i];
    }
    p->pos[p->chars_n] = sum;
    free(advance);
}
