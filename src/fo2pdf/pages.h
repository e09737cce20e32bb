/* The document's pages: flows, static content, markers, page numbers. */
#ifndef PAGES_H
#define PAGES_H

#include "setting.h"

/* Sets all page-sequences into AREAS. Faults are reported. */
void pages_set(struct setting *s, struct area_document *areas);

#endif
