/* From areas to marks on a canvas. */
#ifndef PAINT_H
#define PAINT_H

#include "area.h"
#include "canvas.h"
#include "diag.h"
#include "image.h"
#include "tags.h"

/* What outlasts a page. Initialise with paint_init, release with paint_release. CANVAS, IMAGES and
 * TAGS (NULL: no structure is recorded) are kept. */
struct paint {
    struct canvas *canvas;
    struct images *images;
    struct tags *tags;
    const char *name;         /* of the document in messages */
    struct diag *d;
    cairo_matrix_t matrix;    /* from where areas are drawn to the page */
    cairo_glyph_t *glyphs;
    int glyphs_cap;
    cairo_text_cluster_t *clusters;
    int clusters_cap;
    char *text;
    size_t text_cap;
    PangoFont *space_font;    /* whose glyph for U+0020 is in space; 0: none */
    unsigned long space;
};

void paint_init(struct paint *p, struct canvas *canvas, struct images *images, struct tags *tags,
                const char *name, struct diag *d);
void paint_release(struct paint *p);

/* Draws PAGE. Faults are reported. */
void paint_page(struct paint *p, const struct area_page *page);

#endif
