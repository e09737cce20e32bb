/* PNG and JPEG pictures as cairo surfaces. A JPEG keeps its own bytes, which a PDF takes as they
 * are. */
#ifndef RASTER_H
#define RASTER_H

#include <cairo.h>
#include <stddef.h>

#include "diag.h"

enum raster_kind { RASTER_NONE, RASTER_PNG, RASTER_JPEG };

struct raster {
    cairo_surface_t *surface;
    double width, height; /* natural size in points */
};

enum raster_kind raster_kind(const void *bytes, size_t n);

/* Decodes BYTES; SRC names the file in messages at PLACE. Returns 0, the surface to be destroyed by
 * the caller, or -1 after reporting. */
int raster_load(struct raster *r, const void *bytes, size_t n, const char *src,
                const struct diag_place *place, struct diag *d);

#endif
