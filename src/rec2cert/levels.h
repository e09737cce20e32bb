/* Requirements assessed and total, by organizational level: OD-2037 clause 11. */
#ifndef LEVELS_H
#define LEVELS_H

#include <stddef.h>

#include "draft.h"
#include "requirements.h"

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

/* Whose levels are added. */
struct levels_subject {
    const struct standards_edition *edition; /* has a catalogue */
    const char *certificate;                 /* "": the certificate's own */
    unsigned components;                     /* that the catalogue's totals are for; 0: by what the
                                                record's totals say, where they depend on it */
    const struct requirements *requirements; /* the rows to count; NULL: there are totals only */
    const xmlNode *blame;                    /* where to report what lacks */
};

/* Adds <levels> to PARENT: every level in the standard's order, with sums, maturity and security
 * level; and <requirements> where the profile asks for them. Figures are counted from the rows by
 * requirement when the subject has any, and totals of the record must agree; else they are the
 * record's. Totals are the catalogue's; others, of record or profile, are printed with a warning.
 * Reports levels that are missing, not known, twice, or above their total. */
void levels_add(struct draft *dr, xmlNode *parent, struct levels *levels,
                const struct levels_subject *subject);

#endif
