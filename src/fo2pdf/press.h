/* All pages of a document into a PDF. */
#ifndef PRESS_H
#define PRESS_H

#include "area.h"
#include "diag.h"
#include "image.h"
#include "tags.h"

struct pdf;

/* Draws AREAS, of the document NAME, with marks for TAGS. Returns 0 and sets *PDF (new, release with
 * pdf_free), or -1 after reporting. */
int press(const struct area_document *areas, const char *name, struct images *images,
          struct tags *tags, struct pdf **pdf, struct diag *d);

#endif
