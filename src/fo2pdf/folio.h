/* Page numbers: how they are written, where they begin, how many pages a sequence must have
 * (XSL-FO 1.1, 7.27.2, 7.26, 5.9 of XSLT 1.0 for formats). */
#ifndef FOLIO_H
#define FOLIO_H

#include "setting.h"

/* NUMBER as the format of PAGE_SEQUENCE shows it ("1", "01", "a", "A", "i", "I"); in the arena. */
const char *folio_label(struct setting *s, const struct fo_node *page_sequence, int number);

/* Reports a format that is none of those. */
void folio_check(struct setting *s, const struct fo_node *page_sequence);

/* The number of the first page of SEQUENCE when NEXT follows the last one's. */
int folio_first(const struct fo_node *sequence, int next);

/* How many blank pages make the COUNT pages from FIRST on what force-page-count asks for. */
int folio_missing(const struct fo_node *sequence, int count, int first);

#endif
