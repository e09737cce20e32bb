/* Page numbers that are known only when all pages are set. Layout guesses them; where what it should
 * have been takes the same lines, it is put in, and the document need not be set again. */
#ifndef AMEND_H
#define AMEND_H

#include "para.h"

/* Line I of P, which shows a guess, has become AREA, set at X and Y. AREA is *kept*. */
void amend_note(struct para *p, int i, struct area *area, mpt x, mpt y);

/* Sets the noted paragraphs anew, with the labels that S has now. Returns 0, or -1 when that needs
 * other pages: then the whole round is void. */
int amend_pages(struct setting *s);

#endif
