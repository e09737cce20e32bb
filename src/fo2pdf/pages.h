/* The document's pages: flows, static content, markers, page numbers. */
#ifndef PAGES_H
#define PAGES_H

#include "sequence.h"

/* Sets all page-sequences into AREAS and notes in P, which is empty, how; to be released. Faults are
 * reported. */
void pages_set(struct pages *p, struct setting *s, struct area_document *areas);
void pages_release(struct pages *p);

/* Makes the areas of the page with INDEX again, when they are not there, without reporting faults a
 * second time; and gives them up. */
void pages_fill(struct pages *p, int index);
void pages_drop(struct pages *p, int index);

#endif
