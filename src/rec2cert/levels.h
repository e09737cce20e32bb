/* Requirements assessed and total, by organizational level: OD-2037 clause 11. */
#ifndef LEVELS_H
#define LEVELS_H

#include <stddef.h>

#include "draft.h"

/* The rows of levels.csv, their standards looked up. */
struct levels_row {
    const xmlNode *node;
    const struct standards_edition *edition; /* NULL: not known, reported */
    const char *certificate;                 /* "" when the row names none */
    int used;
};

struct levels {
    struct levels_row *rows; /* in the draft's memory */
    size_t n;
};

/* Collects the <level> rows of the record; reports standards that are not known. */
void levels_collect(struct draft *dr, struct levels *levels);

/* True when a row is for EDITION and CERTIFICATE (""). */
int levels_any(const struct levels *levels, const struct standards_edition *edition,
               const char *certificate);

/* Adds <levels> of EDITION, which has a catalogue, to PARENT: every level in the standard's order, with sums. Totals are those
 * of the catalogue for COMPONENTS (0: by what the record's totals say, where they depend on it). A
 * record's total that differs is printed, with a warning. Reports rows that are missing, not known,
 * twice, or above their total; what lacks is reported at BLAME. */
void levels_add(struct draft *dr, xmlNode *parent, struct levels *levels,
                const struct standards_edition *edition, const char *certificate, unsigned components,
                const xmlNode *blame);

#endif
