/* All pages of a document into a PDF. */
#ifndef PRESS_H
#define PRESS_H

#include "area.h"
#include "diag.h"
#include "image.h"
#include "tags.h"

struct pdf;
struct pdf_deflater;

/* Draws AREAS, of the document NAME, with marks for TAGS. Returns 0 and sets *PDF (new, release with
 * pdf_free; it *keeps* DEFLATER, which may be NULL), or -1 after reporting. */
int press(struct area_document *areas, const char *name, struct images *images,
          struct tags *tags, struct pdf_deflater *deflater, struct pdf **pdf, struct diag *d);

#endif
