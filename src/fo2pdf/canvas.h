/* What pages are drawn on. The painter knows this interface only; behind it stands a cairo context
 * (canvas_cairo.h, for pictures), a PDF content stream (sheet.h), or a list of what a document needs
 * (stock.h).
 *
 * Lengths are points, y grows downwards. A path is made by rect, move, line, curve and close, and
 * used up by fill, stroke or clip. */
#ifndef CANVAS_H
#define CANVAS_H

#include <cairo.h>
#include <pango/pango.h>

#include "fo.h"

struct canvas;
struct image;

/* Glyphs in visual order at their places; clusters and text in logical order, as for
 * cairo_show_text_glyphs. */
struct canvas_run {
    PangoFont *font;
    const cairo_glyph_t *glyphs;
    const cairo_text_cluster_t *clusters;
    const char *text;
    int glyphs_n, clusters_n, text_len;
    int backward;
};

struct canvas_ops {
    void (*color)(struct canvas *c, fo_color color);
    void (*rect)(struct canvas *c, double x, double y, double width, double height);
    void (*move)(struct canvas *c, double x, double y);
    void (*line)(struct canvas *c, double x, double y);
    void (*curve)(struct canvas *c, const double xy[6]);
    void (*close)(struct canvas *c);
    void (*fill)(struct canvas *c, int even_odd);
    /* Dashes of ON and gaps of OFF points; OFF 0: none. */
    void (*stroke)(struct canvas *c, double width, int round_caps, double on, double off);
    void (*clip)(struct canvas *c, int even_odd);
    void (*save)(struct canvas *c);
    void (*restore)(struct canvas *c);
    void (*transform)(struct canvas *c, const cairo_matrix_t *m);
    void (*glyphs)(struct canvas *c, const struct canvas_run *run);
    void (*image)(struct canvas *c, const struct image *image, double x, double y, double width,
                  double height, const struct fo_node *node);
    /* Marked content: BEGIN is the operator with its operands. NULL where there is none. */
    void (*mark)(struct canvas *c, const char *begin);
    void (*unmark)(struct canvas *c);
};

struct canvas {
    const struct canvas_ops *ops;
};

#endif
