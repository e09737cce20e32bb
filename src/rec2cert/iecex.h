/* What the parts of an IECEx certificate share. */
#ifndef IECEX_H
#define IECEX_H

#include "draft.h"
#include "exnumber.h"
#include "levels.h"

struct iecex_standard {
    const struct standards_edition *edition;
    const xmlNode *row;
    int is_covered; /* by a test report, or by an IECEE certificate */
};

struct iecex_evidence {
    const char *certificate;
    const struct standards_edition *edition; /* NULL: faulty, reported */
};

struct iecex {
    struct draft *dr;
    const char *reference;    /* "" when absent */
    struct exnumber number;
    int has_number;           /* the reference follows the grammar */
    const char *variant;      /* "normal", "unit-verification", "component" */
    long issue;               /* -1 when absent */
    struct iecex_standard *standards;
    size_t n;
    int has_faulty_standard;  /* a row that was not understood: what lacks may be that */
    const xmlNode **history;  /* the row of issue i; some NULL */
    long history_n;           /* issues it has room for */
    struct levels levels;
    struct iecex_evidence *evidence; /* read so far */
    size_t evidence_n;
};

/* The certificate's standard EDITION, or NULL. */
struct iecex_standard *iecex_find_standard(struct iecex *x, const struct standards_edition *edition);

/* True when a standard for explosive atmospheres is listed. */
int iecex_has_ex_standard(const struct iecex *x);
/* True when IEC TS 60079-46 is listed. */
int iecex_is_assembly(const struct iecex *x);

/* Warns when BODY in the number TEXT is not known. */
void iecex_check_body(struct iecex *x, const xmlNode *place, const char *body, const char *text);

void iecex_check_marking(struct iecex *x);
void iecex_add_reports(struct iecex *x); /* test and quality assessment reports */
void iecex_add_annexes(struct iecex *x);
void iecex_add_cyber(struct iecex *x);   /* IECEE certificates and exposure */

#endif
