/* SVG drawings through librsvg: checked first, drawn as vectors with the closed fonts only.
 *
 * Refused are filters and masks (librsvg draws them as pixels), scripts, foreign objects and links,
 * references out of the drawing, families that are not installed and characters that no installed
 * font has. Not detected: a family that only some of several installed ones stand in for, since
 * librsvg does not say which face it took. */
#ifndef SVG_H
#define SVG_H

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <libxml/tree.h>

#include "diag.h"

typedef struct _PangoFontMap PangoFontMap;
typedef struct _FcConfig FcConfig;

struct svg {
    RsvgHandle *handle;
    double width, height; /* natural size in px, which is points */
};

/* What a drawing is loaded for. */
struct svg_use {
    FcConfig *config;     /* NULL: any text is refused */
    int lenient;          /* families and characters that no font has are warnings */
    double width, height; /* of its viewport, in points, which is the size of a drawing that names
                             none (SVG 1.1, 7.2); 0: not known */
};

/* Loads BYTES, the text of DOC's (sub)tree ROOT. LABEL is the drawing's name, which messages at
 * PLACE begin with. Returns 0, SVG to be released with svg_release, or -1 after reporting every
 * fault. */
int svg_load(struct svg *svg, const void *bytes, size_t n, const xmlNode *root, const char *label,
             const struct svg_use *use, const struct diag_place *place, struct diag *d);
void svg_release(struct svg *svg);

/* Draws into the rectangle, text with MAP. Returns 0, or -1 after reporting at PLACE. */
int svg_draw(const struct svg *svg, cairo_t *cr, double x, double y, double width, double height,
             PangoFontMap *map, const char *label, const struct diag_place *place, struct diag *d);

#endif
