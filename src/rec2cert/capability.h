/* What verdicts by requirement come to besides counts: maturity, and the security level capability
 * of IEC 62443-3-3 and 4-2. Capability only: what is achieved, an installation shows. */
#ifndef CAPABILITY_H
#define CAPABILITY_H

#include "requirements.h"

/* The maturity level that TEXT says, "3", "ML3" or "ML 3", or 0. */
int capability_maturity(const char *text);
/* The security level that TEXT says, "2", "SL 2", "SL-C 2" or "SL-C2", or 0. */
int capability_security(const char *text);
/* True when TEXT says a target or what was achieved: "SL-T 2", "SL-A 2". */
int capability_is_other_kind(const char *text);

/* Adds <maturity>, of the requirements of VIEW that passed, to LEVELS when any has a maturity
 * level. Reports a level the record claims for the whole that is above one of them. */
void capability_add_maturity(struct draft *dr, xmlNode *levels, const struct catalogue *view,
                             const struct assessment *assessments);

/* Adds <security-level-capability> to LEVELS when CATALOGUE has security levels: by foundational
 * requirement the highest level whose every selected requirement passed or is not applicable.
 * Reports a level the record claims for the whole that is above. */
void capability_add_security(struct draft *dr, xmlNode *levels, const struct catalogue *catalogue,
                             unsigned components, const struct assessment *assessments);

#endif
