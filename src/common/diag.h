/* Messages, their counts, and the exit status that follows from them.
 *
 * A message is declared once, in its stage's messages.h, as the three arguments that diag takes:
 *
 *     #define CSV_NO_COLUMN "CSV-003", DIAG_ERROR, "column '%s' is missing"
 *     ...
 *     diag_at(d, &place, CSV_NO_COLUMN, name);
 *
 * so that the compiler checks every use against its format, and `grep CSV-003` finds the text, the
 * man page and the test. Ids are never reused.
 *
 * Wording: lower case, no full stop, the fault first, subjects in single quotes, the value seen and
 * the values allowed; one fact a message. Printed as compilers write:
 *
 *     certificates.csv:17:9: error: text (row 12, column 'standard') [IECEE-007]
 *
 * Library text is quoted after a colon, one line of it, never printed raw.
 * This module alone writes to standard error. */
#ifndef DIAG_H
#define DIAG_H

#include <stdarg.h>
#include <stdio.h>

enum diag_level {
    DIAG_NOTE,    /* belongs to the message before it */
    DIAG_WARNING, /* counts as an error only under -W error */
    DIAG_ERROR,   /* the data are at fault: exit status 1 */
    DIAG_CANNOT,  /* the set-up is at fault (usage, file, font, key, space): exit status 2 */
};

/* Where a fault lies. Zero or NULL members are unknown and left out. */
struct diag_place {
    const char *file;   /* as the user named it */
    long line, column;  /* in that file, from 1; column in characters */
    long row;           /* of a spreadsheet, header row = 1 */
    const char *field;  /* the column's header */
};

struct diag {
    const char *program;      /* stands in for a missing file name; borrowed */
    FILE *out;                /* standard error unless told otherwise; NULL: count, print nothing */
    int warnings_are_errors;  /* -W error */
    long errors, warnings, cannots;
    /* When set, receives every message instead of OUT. TEXT is without level and id. */
    void (*sink)(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text);
    void *sink_arg;
};

void diag_init(struct diag *d, const char *program);

/* Reports one message. PLACE may be NULL. Always returns -1, so that a caller can write
 * `return diag_at(...)`. */
int diag_at(struct diag *d, const struct diag_place *place, const char *id, enum diag_level level,
            const char *format, ...) __attribute__((format(printf, 5, 6)));
int diag_vat(struct diag *d, const struct diag_place *place, const char *id, enum diag_level level,
             const char *format, va_list ap) __attribute__((format(printf, 5, 0)));

/* The same without a place: the program's name stands there. */
int diag(struct diag *d, const char *id, enum diag_level level, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* How many messages so far must keep a product from being delivered: compare before and after. */
long diag_faults(const struct diag *d);

/* True when something was reported that must keep the product from being delivered. */
int diag_failed(const struct diag *d);

/* The exit status of the family: 0 done, 1 the data are at fault, 2 the set-up is. */
int diag_status(const struct diag *d);

const char *diag_level_name(enum diag_level level);

#endif
