/* The content of each kind of certificate, after the head: made and checked in one go. Each adds to
 * DR->cert what it can and reports every fault. */
#ifndef KINDS_H
#define KINDS_H

#include "draft.h"

void iecee_add(struct draft *dr); /* OD-2037 clause 11 */
void iecex_add(struct draft *dr); /* IECEx certificate of conformity with its cyber-security annex */
void csms_add(struct draft *dr);  /* IEC 62443-2-1; ISO/IEC 17021-1 8.2.2 */

/* The code of the assessment type TEXT ("process-capability"), which may be the code or the name of
 * OD-2037 11.1 ("Process Application of Capabilities Assessment"), any case; borrowed, or NULL. */
const char *iecee_type(const char *text);

/* True for the standards that IECEE certificates are issued to. */
int iecee_has_standard(const struct standards_edition *edition);

#endif
