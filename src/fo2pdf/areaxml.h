/* The area tree as XML, in the vocabulary of Apache FOP's intermediate area tree, so that its public
 * layout tests can be asked of ours: lengths in millipoints. */
#ifndef AREAXML_H
#define AREAXML_H

#include "area.h"
#include "strbuf.h"

struct diag;
struct images;

/* Appends AREAS of FO as a document to OUT. IMAGES have the sizes of background images, of which it
 * reports those that cannot be had, and goes on. */
void areaxml_write(struct area_document *areas, const struct fo_document *fo,
                   struct images *images, struct strbuf *out, struct diag *d);

#endif
