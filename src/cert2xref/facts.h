/* What a cross-reference remembers of each certificate. Strings live in an arena; a string that was
 * not given is "". */
#ifndef FACTS_H
#define FACTS_H

#include <libxml/tree.h>
#include <stddef.h>

#include "alloc.h"
#include "diag.h"

struct facts_standard {
    const char *number, *edition, *dated, *title;
    int cyber;
};

/* A test report or quality assessment report as one certificate cites it. SERIES is NUMBER without
 * its final "/nn", ISSUE those digits. */
struct facts_report {
    const char *number, *series, *date, *excb, *extl, *valid_until;
    int issue;
    const char **standards; /* dated */
    size_t standards_n, standards_cap;
};

struct facts_evidence {
    const char *reference, *date, *issuer, *type, *dated, *item, *holder, *report, *file, *sha256;
};

struct facts_coc {
    const char *name, *reference, *issue, *status, *date, *variant, *holder, *equipment;
    long issue_number;
    int specimen;
    struct facts_standard *standards;
    size_t standards_n, standards_cap;
    struct facts_report *tests, *qualities;
    size_t tests_n, tests_cap, qualities_n, qualities_cap;
    struct facts_evidence *evidence;
    size_t evidence_n, evidence_cap;
    const char **annexes;
    size_t annexes_n, annexes_cap;
    xmlNode *source; /* the root of an own document: provenance, issuer, form; owned */
};

/* Reads CERT into COC, which is zeros. Returns 0, or -1 after reporting every fault; COC is to be
 * released in both cases. */
int facts_read(struct facts_coc *coc, const xmlDoc *cert, struct arena *strings, struct diag *d);
void facts_release(struct facts_coc *coc);

/* Compares as people sort: runs of digits by their number, the rest by bytes. <0, 0, >0. */
int facts_compare(const char *a, const char *b);

/* Whether A and B name one edition of a standard: "IEC 60079-1:2014-06" and "IEC 60079-1:2014" do. */
int facts_same_edition(const char *a, const char *b);

/* Whether they name one standard, of whatever edition. */
int facts_same_standard(const char *a, const char *b);

#endif
