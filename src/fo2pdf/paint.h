/* From areas to marks on a cairo surface whose user unit is the point. */
#ifndef PAINT_H
#define PAINT_H

#include <cairo.h>

#include "area.h"
#include "diag.h"
#include "image.h"
#include "tags.h"

/* What outlasts a page: buffers and what is set in the context. Initialise with paint_init, release
 * with paint_release. CR, IMAGES and TAGS (NULL: no structure is recorded) are kept. */
struct paint {
    cairo_t *cr;
    struct images *images;
    struct tags *tags;
    int pixels;               /* the target is made of pixels */
    const char *name;         /* of the document in messages */
    struct diag *d;
    /* what CR has now, so that it is not set again */
    fo_color color;
    int color_known;
    PangoFont *font;          /* NULL: unknown */
    cairo_glyph_t *glyphs;
    int glyphs_cap;
    cairo_text_cluster_t *clusters;
    int clusters_cap;
    char *text;               /* for runs that hold characters without a mark */
    size_t text_cap;
    const struct area_page *page;
};

void paint_init(struct paint *p, cairo_t *cr, struct images *images, struct tags *tags,
                const char *name, struct diag *d);
void paint_release(struct paint *p);

/* Draws PAGE and leaves cairo_show_page to the caller. Faults are reported; cairo's own lie in the
 * context's status. */
void paint_page(struct paint *p, const struct area_page *page);

/* Sets the colour of CR unless it has it. */
void paint_color(struct paint *p, fo_color color);
/* To be called when others have changed CR: nothing is known of it. */
void paint_forget(struct paint *p);

#endif
