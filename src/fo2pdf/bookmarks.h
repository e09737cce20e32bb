/* What a reader shows beside the pages: outlines and page labels. ISO 32000-1, 12.3.3, 12.4.2. */
#ifndef BOOKMARKS_H
#define BOOKMARKS_H

#include "area.h"
#include "diag.h"
#include "fo.h"

struct pdf;

/* Writes /Outlines from FO's bookmark-tree, if it has one, and /PageLabels, if the numbers printed
 * on the pages are not simply 1, 2, 3. Returns 0, or -1 after reporting. */
int bookmarks_write(struct pdf *pdf, const struct fo_document *fo,
                    const struct area_document *areas, struct diag *d);

#endif
