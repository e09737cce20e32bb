/* What became of each document, for whom the batch is handed on to: out/results.csv, and lines of
 * JSON while it runs. */
#ifndef RESULTS_H
#define RESULTS_H

#include "diag.h"
#include "strbuf.h"

struct result {
    long row;            /* of certificates.csv; 0: none */
    const char *name;    /* NULL: unknown */
    const char *outcome; /* a word */
    const char *why;     /* a phrase or NULL */
    const char *file;    /* NULL: there is no document */
    const char *sha256;  /* of it; NULL or "": unknown */
    double seconds;
    const struct strbuf *messages; /* see wire.h */
};

struct results;

/* Begins the table that shall become PATH; it replaces an older one when it is finished. Returns new,
 * release with results_close, or NULL after reporting. */
struct results *results_open(const char *path, struct diag *d);
void results_add(struct results *r, const struct result *result);

/* Returns 0, or -1 after reporting. */
int results_close(struct results *r, struct diag *d);

/* Appends the result as one line of JSON. */
void results_json(const struct result *result, struct strbuf *out);

#endif
