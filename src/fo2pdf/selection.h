/* Some of a document's pages: those that --pages names. */
#ifndef SELECTION_H
#define SELECTION_H

#include "area.h"
#include "diag.h"

/* Keeps of AREAS the pages that LIST names ("1,3-5", counted from 1, in the document's order). Places
 * on the others get a page_index of -1. Returns 0, or -1 after reporting that LIST is none or names a
 * page that is not there. */
int selection_keep(struct area_document *areas, const char *list, struct diag *d);

/* True when the place of ID is on a page that was left out. */
int selection_lacks(const struct area_document *areas, const char *id);

#endif
