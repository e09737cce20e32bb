/* Verdicts by requirement: the rows of requirements.csv and of an assessor's worksheet, several a
 * requirement when it is assessed by role and component. OD-2037 clause 11. */
#ifndef REQUIREMENTS_H
#define REQUIREMENTS_H

#include <stddef.h>

#include "draft.h"

enum verdict {
    VERDICT_NONE, /* there is no row, or none with a verdict */
    VERDICT_PASS,
    VERDICT_NOT_APPLICABLE,
    VERDICT_NOT_EVALUATED,
    VERDICT_FAIL,
};

struct requirement_row {
    const xmlNode *node;
    const struct standards_edition *edition;              /* NULL: not understood, reported */
    const struct catalogue_requirement *requirement;      /* NULL: the same */
    enum verdict verdict;
    int maturity;                                         /* 1 to 4; 0: none */
};

struct requirements {
    struct requirement_row *rows; /* in the draft's memory */
    size_t n;
};

/* What the rows of one requirement come to. */
struct assessment {
    enum verdict verdict;  /* never a fail: it is reported, or moved to not evaluated by decision */
    int maturity;          /* the least of its rows; 0: none */
    const xmlNode *row;    /* its first row; NULL: none */
};

/* Collects the <requirement> rows of the record, which lists the N standards EDITIONS; INCOMPLETE:
 * and others that were not understood, which may be theirs. Reports every row that is not
 * understood, is twice, contradicts the catalogue, or failed without decision. */
void requirements_collect(struct draft *dr, const struct standards_edition *const *editions,
                          size_t n, int incomplete, struct requirements *rq);

/* True when a row is for EDITION. */
int requirements_any(const struct requirements *rq, const struct standards_edition *edition);

/* What the rows for EDITION come to, by the index of the requirement; in the draft's memory. VIEW
 * is its catalogue or its form, COMPONENTS the types that the certificate names (0: of a standard
 * without). A requirement passes when a row does and all others pass or are not applicable; it is
 * not applicable when all rows are. Warns of requirements without row or verdict, which are not
 * evaluated. */
const struct assessment *requirements_assess(struct draft *dr, const struct requirements *rq,
                                             const struct standards_edition *edition,
                                             const struct catalogue *view, unsigned components);

/* True when R counts on a certificate that names COMPONENTS. */
int requirements_selects(const struct catalogue_requirement *r, unsigned components);

/* Adds <requirements>, the annex, to PARENT. */
void requirements_add_annex(struct draft *dr, xmlNode *parent, const struct requirements *rq,
                            const struct standards_edition *edition, const struct catalogue *view,
                            unsigned components, const struct assessment *assessments);

#endif
