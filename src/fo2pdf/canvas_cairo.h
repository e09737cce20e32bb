/* A canvas on a cairo context, for PNG and SVG pages. */
#ifndef CANVAS_CAIRO_H
#define CANVAS_CAIRO_H

#include "canvas.h"
#include "diag.h"
#include "image.h"

struct canvas_cairo {
    struct canvas canvas;     /* first */
    cairo_t *cr;
    struct images *images;
    int pixels;               /* the target is made of pixels */
    struct diag *d;
    /* what the context has now */
    fo_color color;
    int color_known;
    PangoFont *font;          /* NULL: unknown */
};

/* CR and IMAGES are kept. Nothing is to be released. */
void canvas_cairo_init(struct canvas_cairo *c, cairo_t *cr, struct images *images, int pixels,
                       struct diag *d);

#endif
