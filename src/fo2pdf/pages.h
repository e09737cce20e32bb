/* The document's pages: flows, static content, markers, page numbers. */
#ifndef PAGES_H
#define PAGES_H

#include "sequence.h"

/* Sets all page-sequences into AREAS and notes in P, which is empty, how; to be released. Faults are
 * reported. */
void pages_set(struct pages *p, struct setting *s, struct area_document *areas);
void pages_release(struct pages *p);

/* Makes the areas of the page with INDEX, when they are not there; and gives them up. The setting's
 * diag is for faults that were reported before, P's for others. */
void pages_fill(struct pages *p, int index);
void pages_drop(struct pages *p, int index);

/* Reports what faults the areas would show that were not made yet. */
void pages_check(struct pages *p);

#endif
