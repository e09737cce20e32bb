/* What a cross-reference is for: where certificates and the reports they rest on do not agree. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include <stddef.h>

#include "facts.h"

/* A certificate's citation of a report. */
struct findings_cite {
    const struct facts_coc *coc;
    const struct facts_report *report;
    size_t coc_at; /* place of the certificate in the order of the cross-reference */
};

/* Sorted by number, naturally, then by certificate. */
struct findings_cites {
    struct findings_cite *items;
    size_t n, cap;
};

struct findings_finding {
    const char *code;     /* see cert2xref(1) */
    const char *subject;  /* what it is about: a standard, a certificate; or NULL */
    const char *document; /* the report it is about; or NULL */
    const char *expected; /* what would be right; or NULL */
};

struct findings {
    struct findings_finding *items;
    size_t n, cap;
};

/* All citations by the N certificates COCS; TESTS: of test reports, else of quality reports. The
 * items are new, release with free. */
void findings_collect(struct findings_cites *cites, const struct facts_coc *cocs, size_t n, int tests);

/* The citation with the highest issue of the series that REPORT belongs to. */
const struct facts_report *findings_latest(const struct findings_cites *cites,
                                           const struct facts_report *report);

/* What supports STANDARD on COC: "test-report", "certificate" (IEC 62443), "unknown" (a report does
 * not tell its standards) or "none". */
const char *findings_support(const struct facts_coc *coc, const struct facts_standard *standard);

/* Whether REPORT covers the standard DATED. */
int findings_covers(const struct facts_report *report, const char *dated);

/* The standard of COC's list that is the same edition as DATED, or NULL. */
const struct facts_standard *findings_listed(const struct facts_coc *coc, const char *dated);

/* Appends the findings about COC to LIST. */
void findings_check(struct findings *list, const struct facts_coc *coc,
                    const struct findings_cites *tests, const struct findings_cites *qualities);

#endif
