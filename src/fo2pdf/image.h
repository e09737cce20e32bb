/* Graphics: SVG, PNG, JPEG and QR codes, loaded once and drawn often.
 *
 * Natural sizes: a pixel without a stated resolution and an SVG px are 1/72 inch, as in Apache FOP;
 * a QR code's module is 1 mm.
 *
 * A struct images is a cache for the life of the process: files are known by address, time and
 * size. Foreign objects are known by their element and forgotten with images_end_document. */
#ifndef IMAGE_H
#define IMAGE_H

#include <cairo.h>

#include "diag.h"
#include "fo.h"

struct images;
struct image;
struct pdf; /* src/pdf/pdf.h */
typedef struct _PangoFontMap PangoFontMap;
typedef struct _FcConfig FcConfig;

/* MAP and CONFIG, both kept, are the closed font set that text in SVG is drawn with; NULL: text in
 * SVG is refused. Returns new, release with images_free. */
struct images *images_new(PangoFontMap *map, FcConfig *config);
void images_free(struct images *images);

/* Relative addresses count from BASE (kept until images_end_document; "": the working folder);
 * FO_NAME stands in messages. LENIENT: fonts that text in SVG lacks are warnings. */
void images_begin_document(struct images *images, const char *base, const char *fo_name,
                           int lenient);
void images_end_document(struct images *images);

/* The graphic that NODE (external-graphic or instream-foreign-object) shows, or NULL after
 * reporting; one that could not be loaded is reported once for each place it is used. Borrowed. */
const struct image *images_of(struct images *images, const struct fo_node *node, struct diag *d);

/* The graphic at ADDRESS, for backgrounds; NODE is who asks. */
const struct image *images_at(struct images *images, const char *address,
                              const struct fo_node *node, struct diag *d);

/* Where a document with IMAGE on its only page may be kept as long as IMAGE is, so that it is drawn once
 * for many documents: NULL until the caller puts one there, which is then owned here. NULL for foreign
 * objects, which belong to one document. */
struct pdf **images_drawn(struct images *images, const struct image *image);

/* The one-bit mask that IMAGE is, in cairo's A1 format, to be drawn in black; NULL for other kinds.
 * Borrowed. */
cairo_surface_t *image_mask(const struct image *image);

void image_size(const struct image *image, mpt *width, mpt *height);

/* layout_options.measure; ARG is the struct images. */
int images_measure(void *arg, const struct fo_node *node, mpt *width, mpt *height, struct diag *d);

/* Draws IMAGE into the rectangle given in points. PIXELS says that CR's target is made of pixels.
 * Returns 0, or -1 after reporting at NODE. The source of CR is changed. */
int image_draw(struct images *images, const struct image *image, cairo_t *cr, double x, double y,
               double width, double height, int pixels, const struct fo_node *node,
               struct diag *d);

#endif
