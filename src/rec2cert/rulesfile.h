/* One Schematron file, compiled. ISO/IEC 19757-3 with XPath 1.0: schema, ns, let, pattern, rule,
 * assert, report, value-of, diagnostics; certpress-rules(5). */
#ifndef RULESFILE_H
#define RULESFILE_H

#include "alloc.h"
#include "diag.h"
#include "expr.h"

#define RULES_NS "http://purl.oclc.org/dsdl/schematron"

struct rules_let {
    const char *name;
    struct expr value;
    struct rules_let *next;
};

/* A piece of a text: words, or a value. */
struct rules_piece {
    const char *words; /* NULL: the value */
    struct expr value;
    struct rules_piece *next;
};

struct rules_diagnostic {
    const char *id;
    struct rules_piece *text;
    struct rules_diagnostic *next;
};

/* assert or report: one rule with an id, in our words. */
struct rules_test {
    const char *id, *source;
    enum diag_level level;
    int breaks_when;                       /* the value of the test that is a breach */
    struct expr test;
    struct expr at;                        /* where to report; compiled NULL: at the context */
    struct rules_piece *text;
    const struct rules_diagnostic **notes; /* ends with NULL */
    struct rules_test *next;               /* of the context */
    struct rules_test *following;          /* in the file */
};

/* rule: tests of the nodes of one context. */
struct rules_context {
    struct expr nodes;
    struct rules_let *lets;
    struct rules_test *tests;
    struct rules_context *next;
};

/* pattern: a node belongs to the first context that has it. */
struct rules_pattern {
    struct rules_let *lets;
    struct rules_context *contexts;
    struct rules_pattern *next;
};

struct rules_file {
    xmlDoc *doc;
    const char *kind; /* of records; NULL: any */
    int is_own;       /* a body's */
    struct expr_names names;
    struct rules_let *lets;
    struct rules_diagnostic *diagnostics;
    struct rules_pattern *patterns;
    struct rules_test *tests; /* all of them */
    struct arena memory;
    struct rules_file *next;
};

/* Reads PATH. Returns new (release with rulesfile_free), or NULL after reporting every fault. */
struct rules_file *rulesfile_load(const char *path, int is_own, struct diag *d);
void rulesfile_free(struct rules_file *file);

#endif
