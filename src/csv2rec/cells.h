/* What may stand in one cell: its characters, and the form of its value. */
#ifndef CELLS_H
#define CELLS_H

#include <stddef.h>

#include "columns.h"
#include "diag.h"

struct cell_fault {
    unsigned code;    /* the byte or the character */
    size_t before;    /* characters in front of it */
    const char *what; /* why the character is not allowed; NULL: a byte that is not UTF-8 */
};

/* Looks for the first byte that is not UTF-8, or character that a certificate cannot show: controls,
 * non-characters, marks that change the direction of reading, the sign of text damaged before.
 * Returns 0, or -1 with *FAULT filled; reports nothing. */
int cell_scan(const char *text, size_t len, struct cell_fault *fault);

/* Checks the form of a filled cell; TEXT is clean UTF-8. Returns 0, or -1 after reporting at PLACE. */
int cell_check(const char *text, const struct column *column, const struct diag_place *place,
               struct diag *d);

/* The value to deliver: TEXT, LEN bytes, with 'yes', 'no' and country codes in their one spelling, and
 * '?' for what cell_scan objects to. New, release with free. */
char *cell_value(const char *text, size_t len, const struct column *column);

/* TEXT cut to a length fit for a message; new, release with free. */
char *cell_shown(const char *text);

/* References longer than this are no file names: bytes. */
enum { CELL_REFERENCE_MAX = 120 };

#endif
