/* QR codes (ISO/IEC 18004) as one-bit masks. */
#ifndef QR_H
#define QR_H

#include <cairo.h>
#include <libxml/tree.h>

#include "diag.h"
#include "strbuf.h"

/* <qr:code level="M">text</qr:code>; level L, M (unless given), Q or H. */
#define QR_NS "urn:certpress:qr"

/* Appends the pixels of a mask by qr_make as the rows of an image of one bit a pixel: ISO 32000-1,
 * 8.9.5.2. */
void qr_rows(cairo_surface_t *mask, struct strbuf *out);

/* The modules and the quiet zone of 4 modules around them as an A1 surface, one pixel a module; new,
 * release with cairo_surface_destroy; NULL after reporting at PLACE. */
cairo_surface_t *qr_make(const xmlNode *code, const struct diag_place *place, struct diag *d);

#endif
