/* The area tree as XML, in the vocabulary of Apache FOP's intermediate area tree, so that
 * its public
 * layout tests can be asked of ours: lengths in millipoints. */
#ifndef AREAXML_H
#define AREAXML_H

#include "area.h"
#include "strbuf.h"

/* Appends AREAS as a document to OUT. */
void areaxml_write(const struct area_document *areas, struct strbuf *out);

#endif
