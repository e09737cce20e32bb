/* libcsv behind rows, cells and their places.
 *
 * One physical line is fed at a time, cut at the delimiters, so that every cell knows the line and
 * the character column where it starts. A row is a spreadsheet's row: the header is row 1, blank
 * lines count, a line "sep=;" does not. */
#ifndef CSVTABLE_H
#define CSVTABLE_H

#include "diag.h"

struct csvtable;

struct csvcell {
    const char *text; /* trimmed, ends with NUL; may hold NULs and bytes that are not UTF-8 */
    size_t len;
    long line, column; /* where the cell starts, its quote included */
};

enum csvrow_fault {
    CSVROW_GOOD,
    CSVROW_OPEN_QUOTE,  /* a quote opens in the last cell and never closes */
    CSVROW_STRAY_QUOTE, /* a quote stands inside the last cell */
    CSVROW_HUGE,        /* the row is longer than CSVTABLE_ROW_MAX bytes */
};

#define CSVTABLE_ROW_MAX ((size_t)16 << 20)

struct csvrow {
    struct csvcell *cells;
    size_t n;
    long row, line;    /* of the row's first line */
    long long offset;  /* for csvtable_seek */
    enum csvrow_fault fault; /* not GOOD: the cells up to the faulty one, whose text is cut off */
};

/* Opens the file PATH and finds its encoding and delimiter (comma, semicolon or tab, or what a first
 * line "sep=" says). Returns new, release with csvtable_close, or NULL after reporting. */
struct csvtable *csvtable_open(const char *path, struct diag *d);
void csvtable_close(struct csvtable *t);

/* Reads the next row that is not blank. Returns it, borrowed until the next call, or NULL at the end
 * or after reporting a read error. Faults of the row are told in it and not reported; reading goes
 * on behind a faulty row: after its first line when an open quote ran over several. */
const struct csvrow *csvtable_next(struct csvtable *t, struct diag *d);

/* Goes to the row that began at OFFSET, with its numbers. Returns 0, or -1 after reporting. */
int csvtable_seek(struct csvtable *t, long long offset, long row, long line, struct diag *d);

int csvtable_is_windows_1252(const struct csvtable *t);

#endif
