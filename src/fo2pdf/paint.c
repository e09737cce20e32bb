/* The walk over the areas of a page. Coordinates come in as millipoints and leave as points. */
#include "paint.h"

#include <hb.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "alloc.h"
#include "background.h"
#include "border.h"
#include "messages.h"
#include "property.h"
#include "style.h"

/* Where an area stands: its parent's content corner, and what it inherits. */
struct place {
    int64_t x, y;
    const struct fo_node *fo;
    int artifact;
};

static void paint_area(struct paint *p, const struct area *a, const struct place *parent);

static double points(int64_t length)
{
    return (double)length / 1000.0;
}

void paint_init(struct paint *p, struct canvas *canvas, struct images *images, struct tags *tags,
                const char *name, struct diag *d)
{
    memset(p, 0, sizeof *p);
    p->canvas = canvas;
    p->images = images;
    p->tags = tags;
    p->name = name;
    p->d = d;
}

void paint_release(struct paint *p)
{
    free(p->glyphs);
    free(p->clusters);
    free(p->text);
    memset(p, 0, sizeof *p);
}

/* ---- structure ----------------------------------------------------------------------------- */

static void decoration(struct paint *p)
{
    if (p->tags)
        tags_artifact(p->tags, p->canvas);
}

/* Ends the open mark: what comes is neither content nor decoration. */
static void unmark(struct paint *p)
{
    if (p->tags)
        tags_close(p->tags, p->canvas);
}

static void content(struct paint *p, const struct place *at)
{
    if (!p->tags)
        return;
    if (at->artifact || !at->fo)
        tags_artifact(p->tags, p->canvas);
    else
        tags_content(p->tags, p->canvas, at->fo);
}

/* The rectangle on the page, whatever turns lie between. */
static struct tags_box page_box(const struct paint *p, double x, double y, double width, double height)
{
    struct tags_box box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

    for (int i = 0; i < 4; i++) {
        double cx = x + (i & 1 ? width : 0), cy = y + (i & 2 ? height : 0);

        cairo_matrix_transform_point(&p->matrix, &cx, &cy);
        box = (struct tags_box){ fmin(box.x0, cx), fmin(box.y0, cy), fmax(box.x1, cx),
                                 fmax(box.y1, cy) };
    }
    return box;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void reserve(struct paint *p, int glyphs_n, int text_len)
{
    if (p->glyphs_cap < glyphs_n) {
        p->glyphs_cap = glyphs_n * 2;
        p->glyphs = xrealloc(p->glyphs, (size_t)p->glyphs_cap, sizeof *p->glyphs);
    }
    /* a cluster has at least one glyph before those without marks are dropped */
    if (p->clusters_cap < glyphs_n) {
        p->clusters_cap = glyphs_n * 2;
        p->clusters = xrealloc(p->clusters, (size_t)p->clusters_cap, sizeof *p->clusters);
    }
    if (p->text_cap < (size_t)text_len) {
        p->text_cap = (size_t)text_len * 2;
        p->text = xrealloc(p->text, p->text_cap, 1);
    }
}

/* The glyph for U+0020 of FONT in p->space; 0 when it has none. */
static unsigned long space_glyph(struct paint *p, PangoFont *font)
{
    hb_codepoint_t glyph;

    if (p->space_font != font) {
        p->space_font = font;
        p->space = hb_font_get_nominal_glyph(pango_font_get_hb_font(font), ' ', &glyph) ? glyph : 0;
    }
    return p->space;
}

/* The glyphs with marks, at their places; counts how many there are in each cluster. Characters
 * that leave no mark and take no glyph (joiners, direction marks) are dropped from the text, since
 * each of them would need a replacement text. A space that the end of the line swallowed is put
 * there again, outside of the line: without it words would run together for who listens. */
static int make_run(struct paint *p, const struct area_text *t, double x, double y,
                    struct canvas_run *run)
{
    const PangoGlyphString *g = t->glyphs;
    int n = g->num_glyphs, step = t->rtl ? -1 : 1, first = t->rtl ? n - 1 : 0;
    int pos = 0, kept = 0, clusters_n = 0, text_len = 0, unknown = 0;

    reserve(p, n + 1, t->utf8_len + 1);
    for (int i = 0; i < n; i++) {
        const PangoGlyphInfo *info = &g->glyphs[i];

        if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
            unknown = 1;
        } else if (info->glyph != PANGO_GLYPH_EMPTY) {
            p->glyphs[kept].index = info->glyph;
            p->glyphs[kept].x = x + (double)(pos + info->geometry.x_offset) / PANGO_SCALE;
            p->glyphs[kept].y = y + (double)info->geometry.y_offset / PANGO_SCALE;
            kept++;
        }
        pos += info->geometry.width;
    }
    for (int i = first; i >= 0 && i < n;) {
        int start = g->log_clusters[i], end = t->utf8_len, glyphs_n = 0;

        while (i >= 0 && i < n && g->log_clusters[i] == start) {
            if (g->glyphs[i].glyph != PANGO_GLYPH_EMPTY
                && !(g->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG))
                glyphs_n++;
            i += step;
        }
        if (i >= 0 && i < n)
            end = g->log_clusters[i];
        if (start < 0 || end > t->utf8_len || end <= start)
            return -1;
        if (!glyphs_n)
            continue;
        memcpy(p->text + text_len, t->utf8 + start, (size_t)(end - start));
        text_len += end - start;
        p->clusters[clusters_n].num_bytes = end - start;
        p->clusters[clusters_n].num_glyphs = glyphs_n;
        clusters_n++;
    }
    if (t->space_after && !t->rtl && space_glyph(p, t->font)) {
        p->glyphs[kept++] = (cairo_glyph_t){ p->space, x + (double)pos / PANGO_SCALE, y };
        p->clusters[clusters_n].num_bytes = p->clusters[clusters_n].num_glyphs = 1;
        clusters_n++;
        p->text[text_len++] = ' ';
    }
    *run = (struct canvas_run){
        .font = t->font, .glyphs = p->glyphs, .clusters = p->clusters, .text = p->text,
        .glyphs_n = kept, .clusters_n = clusters_n, .text_len = text_len, .backward = t->rtl,
    };
    return unknown ? -1 : 0;
}

/* The first character of the private use areas, which mean nothing outside of one font
 * (ISO 19005-3, 6.2.11.7.3); 0 when there is none. */
static gunichar private_character(const char *text, int n)
{
    for (int i = 0; i < n; i++) {
        gunichar c;

        /* all of them, and not much else, begin with a byte from 0xEE on */
        if ((unsigned char)text[i] < 0xee)
            continue;
        c = g_utf8_get_char_validated(text + i, n - i);
        if ((c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0x10ffff))
            return c;
    }
    return 0;
}

static void rect(struct paint *p, double x, double y, double width, double height)
{
    p->canvas->ops->rect(p->canvas, x, y, width, height);
}

/* Lines under, over and through the run. Part of the text's tag: they mean something with it. */
static void decorate(struct paint *p, const struct area *a, double x, double y, double width)
{
    PangoFontMetrics *m = pango_font_get_metrics(a->text->font, NULL);
    double ascent = pango_font_metrics_get_ascent(m) / (double)PANGO_SCALE;

    if (a->flags & (AREA_UNDERLINE | AREA_OVERLINE)) {
        double thick = pango_font_metrics_get_underline_thickness(m) / (double)PANGO_SCALE;
        double at = pango_font_metrics_get_underline_position(m) / (double)PANGO_SCALE;

        if (a->flags & AREA_UNDERLINE)
            rect(p, x, y - at, width, thick);
        if (a->flags & AREA_OVERLINE)
            rect(p, x, y - ascent, width, thick);
    }
    if (a->flags & AREA_LINE_THROUGH)
        rect(p, x,
                        y - pango_font_metrics_get_strikethrough_position(m) / (double)PANGO_SCALE,
                        width, pango_font_metrics_get_strikethrough_thickness(m) / (double)PANGO_SCALE);
    p->canvas->ops->fill(p->canvas, 0);
    pango_font_metrics_unref(m);
}

static void paint_text(struct paint *p, const struct area *a, const struct place *at)
{
    const struct area_text *t = a->text;
    double x = points(at->x), y = points(at->y + a->baseline);
    struct diag_place where = { .file = p->name, .line = at->fo ? at->fo->line : 0 };
    gunichar private;
    struct canvas_run run;

    if (!t || !t->glyphs || t->glyphs->num_glyphs <= 0 || !t->font)
        return;
    if (make_run(p, t, x, y, &run)) {
        diag_at(p->d, &where, FO_GLYPH_MISSING, t->utf8_len < 40 ? t->utf8_len : 40, t->utf8);
        return;
    }
    private = private_character(run.text, run.text_len);
    if (private && !at->artifact)
        diag_at(p->d, &where, FO_PRIVATE_CHARACTER, (unsigned)private);
    if (!(t->color & 255))
        return;
    content(p, at);
    p->canvas->ops->color(p->canvas, t->color);
    if (run.glyphs_n)
        p->canvas->ops->glyphs(p->canvas, &run);
    if (a->flags & (AREA_UNDERLINE | AREA_OVERLINE | AREA_LINE_THROUGH))
        decorate(p, a, x, y, points(a->width));
}

/* ---- graphics ------------------------------------------------------------------------------ */

static void paint_image(struct paint *p, const struct area *a, const struct place *at)
{
    const struct area_image *i = a->image;
    const struct image *image;
    double x, y, width, height;

    if (!i || !at->fo || i->width <= 0 || i->height <= 0)
        return;
    image = images_of(p->images, at->fo, p->d);
    if (!image)
        return;
    x = points(at->x + i->x);
    y = points(at->y + i->y);
    width = points(i->width);
    height = points(i->height);
    content(p, at);
    if (p->tags && !at->artifact) {
        struct tags_box box = page_box(p, x, y, width, height);

        tags_figure(p->tags, at->fo, &box);
    }
    p->canvas->ops->image(p->canvas, image, x, y, width, height, at->fo);
}

/* The background image over the padding rectangle, as often as background-repeat says. */
static void paint_background_image(struct paint *p, const struct area *a, const struct place *at,
                                   double x, double y, double width, double height)
{
    enum { TILES_MAX = 10000 };
    const struct area_box *box = a->box;
    static const struct style_box everywhere = { .background_repeat = FO_KW_REPEAT };
    const struct style_box *style = box->placing ? box->placing : &everywhere;
    double left = x + points(box->border[AREA_LEFT]), top = y + points(box->border[AREA_TOP]);
    double room_x = x + width - points(box->border[AREA_RIGHT]) - left;
    double room_y = y + height - points(box->border[AREA_BOTTOM]) - top;
    struct background_row across, down;
    const struct image *image;
    mpt w, h;

    image = at->fo ? images_at(p->images, box->background_image, at->fo, p->d) : NULL;
    if (!image || !(room_x > 0) || !(room_y > 0))
        return;
    image_size(image, &w, &h);
    across = background_row(&style->background_x, background_repeats_x(style->background_repeat),
                            room_x, points(w), 1000);
    down = background_row(&style->background_y, background_repeats_y(style->background_repeat),
                          room_y, points(h), 1000);
    if (across.n * down.n > TILES_MAX) {
        struct diag_place where = { .file = p->name, .line = at->fo->line };

        diag_at(p->d, &where, FO_TILES, box->background_image, across.n * down.n, (int)TILES_MAX);
        return;
    }
    p->canvas->ops->save(p->canvas);
    border_padding_path(p->canvas, box, x, y, width, height);
    p->canvas->ops->clip(p->canvas, 0);
    for (int j = 0; j < down.n; j++)
        for (int i = 0; i < across.n; i++)
            p->canvas->ops->image(p->canvas, image, left + across.first + i * points(w),
                                  top + down.first + j * points(h), points(w), points(h), at->fo);
    p->canvas->ops->restore(p->canvas);
}

/* ---- areas --------------------------------------------------------------------------------- */

static void paint_children(struct paint *p, const struct area *a, const struct place *at)
{
    for (const struct area *child = a->first; child; child = child->next)
        paint_area(p, child, at);
}

/* Turns the coordinates of a content rectangle of W by H at X, Y (all as the parent sees them). */
static void turn(struct paint *p, int rotation, double x, double y, double w, double h)
{
    cairo_matrix_t m;

    if (rotation == 90)
        cairo_matrix_init(&m, 0, -1, 1, 0, x, y + h);
    else if (rotation == 180)
        cairo_matrix_init(&m, -1, 0, 0, -1, x + w, y + h);
    else
        cairo_matrix_init(&m, 0, 1, -1, 0, x + w, y);
    p->canvas->ops->transform(p->canvas, &m);
    cairo_matrix_multiply(&p->matrix, &m, &p->matrix);
}

static void paint_boxed(struct paint *p, const struct area *a, const struct place *content_at,
                        double x, double y, double width, double height)
{
    const struct area_box *box = a->box;

    if (a->flags & AREA_HIDDEN || !box)
        return;
    if (border_visible(box)) {
        decoration(p);
        border_paint(p->canvas, box, x, y, width, height);
    }
    if (box->background_image) {
        decoration(p);
        paint_background_image(p, a, content_at, x, y, width, height);
    }
}

/* Links need to know where they lie; so do blocks and inlines that are said to be a figure. */
static void note_box(struct paint *p, const struct area *a, double x, double y, double width,
                     double height)
{
    struct tags_box box;

    if (a->fo->kind == FO_BASIC_LINK && (a->kind == AREA_INLINE || a->kind == AREA_BLOCK)) {
        box = page_box(p, x, y, width, height);
        tags_link(p->tags, a->fo, &box);
    } else if (a->fo->facts->role && (a->kind == AREA_BLOCK || a->kind == AREA_INLINE)
               && (!strcmp(a->fo->facts->role, "Figure") || !strcmp(a->fo->facts->role, "Formula"))) {
        box = page_box(p, x, y, width, height);
        tags_figure(p->tags, a->fo, &box);
    }
}

static void paint_inside(struct paint *p, const struct area *a, const struct place *at)
{
    switch (a->kind) {
    case AREA_TEXT:
        if (!(a->flags & AREA_HIDDEN))
            paint_text(p, a, at);
        break;
    case AREA_IMAGE:
        if (!(a->flags & AREA_HIDDEN))
            paint_image(p, a, at);
        break;
    case AREA_RULE:
        if (!(a->flags & AREA_HIDDEN) && a->rule_color & 255) {
            decoration(p);
            border_rule(p->canvas, a->rule_style, a->rule_color, points(at->x), points(at->y),
                        points(a->width), points(a->height));
        }
        break;
    case AREA_REGION:
    case AREA_BLOCK:
    case AREA_LINE:
    case AREA_INLINE:
        break;
    }
    paint_children(p, a, at);
}

/* What AREA_CLIP clips to, of the border rectangle at X, Y. */
static void clip_path(struct paint *p, const struct area_box *box, double x, double y, double width,
                      double height)
{
    double left, top;

    if (!box->clip) {
        border_padding_path(p->canvas, box, x, y, width, height);
        return;
    }
    left = points((int64_t)box->border[AREA_LEFT] + box->clip[AREA_LEFT]);
    top = points((int64_t)box->border[AREA_TOP] + box->clip[AREA_TOP]);
    width -= left + points((int64_t)box->border[AREA_RIGHT] + box->clip[AREA_RIGHT]);
    height -= top + points((int64_t)box->border[AREA_BOTTOM] + box->clip[AREA_BOTTOM]);
    p->canvas->ops->rect(p->canvas, x + left, y + top, width > 0 ? width : 0,
                         height > 0 ? height : 0);
}

static void paint_upright(struct paint *p, const struct area *a, const struct place *parent)
{
    static const struct area_box none;
    const struct area_box *box = a->box ? a->box : &none;
    int64_t left = parent->x + a->x, top = parent->y + a->y;
    struct place at = {
        .x = left + box->border[AREA_LEFT] + box->padding[AREA_LEFT],
        .y = top + box->border[AREA_TOP] + box->padding[AREA_TOP],
        .fo = a->fo ? a->fo : parent->fo,
        .artifact = parent->artifact || a->flags & AREA_ARTIFACT,
    };
    double x = points(left), y = points(top);
    double width = points((int64_t)a->width + box->border[AREA_LEFT] + box->padding[AREA_LEFT]
                          + box->border[AREA_RIGHT] + box->padding[AREA_RIGHT]);
    double height = points((int64_t)a->height + box->border[AREA_TOP] + box->padding[AREA_TOP]
                           + box->border[AREA_BOTTOM] + box->padding[AREA_BOTTOM]);
    int saved = a->flags & AREA_CLIP || a->rotation;

    paint_boxed(p, a, &at, x, y, width, height);
    if (p->tags && a->fo && a->fo->tag)
        note_box(p, a, x, y, width, height);
    if (saved) {
        cairo_matrix_t outer = p->matrix;

        unmark(p);
        p->canvas->ops->save(p->canvas);
        if (a->flags & AREA_CLIP) {
            clip_path(p, box, x, y, width, height);
            p->canvas->ops->clip(p->canvas, 0);
        }
        if (a->rotation) {
            turn(p, a->rotation, points(at.x), points(at.y), points(a->width), points(a->height));
            at.x = at.y = 0;
        }
        paint_inside(p, a, &at);
        unmark(p);
        p->canvas->ops->restore(p->canvas);
        p->matrix = outer;
    } else {
        paint_inside(p, a, &at);
    }
}

static void paint_transformed(struct paint *p, const struct area *a, const struct place *parent)
{
    const double *t = a->transform;
    cairo_matrix_t outer = p->matrix, m, back;
    double x = points(parent->x + a->x), y = points(parent->y + a->y);

    unmark(p);
    p->canvas->ops->save(p->canvas);
    cairo_matrix_init(&m, t[0], t[1], t[2], t[3], t[4] + x, t[5] + y);
    cairo_matrix_init_translate(&back, -x, -y);
    cairo_matrix_multiply(&m, &back, &m);
    p->canvas->ops->transform(p->canvas, &m);
    cairo_matrix_multiply(&p->matrix, &m, &p->matrix);
    paint_upright(p, a, parent);
    unmark(p);
    p->canvas->ops->restore(p->canvas);
    p->matrix = outer;
}

static void paint_area(struct paint *p, const struct area *a, const struct place *parent)
{
    if (a->transform)
        paint_transformed(p, a, parent);
    else
        paint_upright(p, a, parent);
}

/* A static-content's region is a header or a footer by where it lies; one that is taller than half
 * the page stands at a side. */
static enum tags_furniture furniture(const struct area_page *page, const struct area *region)
{
    if (region->height > page->height / 2)
        return TAGS_SIDE;
    return region->y + region->height / 2 < page->height / 2 ? TAGS_HEADER : TAGS_FOOTER;
}

void paint_page(struct paint *p, const struct area_page *page)
{
    struct place at = { 0 };

    cairo_matrix_init_identity(&p->matrix);
    if (p->tags)
        tags_page_begin(p->tags, page);
    for (const struct area *a = page->first; a; a = a->next) {
        int fixed = p->tags && a->fo && a->fo->kind == FO_STATIC_CONTENT;

        if (fixed)
            tags_furniture_begin(p->tags, p->canvas, furniture(page, a));
        paint_area(p, a, &at);
        if (fixed)
            tags_furniture_end(p->tags, p->canvas);
    }
    if (p->tags)
        tags_page_end(p->tags, p->canvas);
}
