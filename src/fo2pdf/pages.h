/* Pages: flows onto pages, static content, markers, page numbers. */
#ifndef PAGES_H
#define PAGES_H

#include "setting.h"

/* Sets all page-sequences into AREAS. Faults are reported. */
void pages_set(struct setting *s, struct area_document *areas);

/* Gives RETRIEVE (a retrieve-marker in the static content of the current page) the content of the
 * marker that 6.13.6 chooses; nothing when there is none, or when it has its content already. */
void pages_retrieve(struct setting *s, struct fo_node *retrieve);

/* NUMBER as FORMAT shows it ("1", "01", "a", "A", "i", "I"); in the arena. */
const char *pages_label(struct setting *s, const struct fo_node *page_sequence, int number);

#endif
