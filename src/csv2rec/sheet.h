/* One table of a job: a CSV file whose header has been matched with the known columns, and the
 * checks that each row must pass on its own. */
#ifndef SHEET_H
#define SHEET_H

#include <libxml/tree.h>

#include "columns.h"
#include "csvtable.h"
#include "diag.h"

struct sheet {
    const struct table *table;
    unsigned kind;
    char *path;
    struct csvtable *csv;
    const struct column **columns; /* of the file's cells; NULL: without a known header */
    char **languages;              /* of the cells, "ja" of "applicant-name:ja"; NULL: not said */
    char *named;                   /* whether the header cell is filled */
    size_t n;                      /* cells of the header */
    size_t width;                  /* up to the last one that has a header */
    size_t key;                    /* the cell with the reference; n of a worksheet */
    char *standard;                /* that the header of the identifiers names, or NULL */
    int header_faulty;             /* reported: no record that has rows here can be complete */
    int warned;                    /* about the encoding */
};

/* Opens PATH and matches its header. Returns new, release with sheet_close, or NULL after reporting
 * when no row can be read. Other faults of the header are reported and noted. */
struct sheet *sheet_open(const char *path, const struct table *table, unsigned kind, struct diag *d);
void sheet_close(struct sheet *s);

/* The next row in which a cell is filled; borrowed until the next call; NULL at the end. */
const struct csvrow *sheet_next(struct sheet *s, struct diag *d);

/* The row indexed before; NULL after reporting (the file changed meanwhile). */
const struct csvrow *sheet_at(struct sheet *s, long long offset, long row, long line, struct diag *d);

/* The cell of column NAME (canonical); NULL when the file or the row has no such cell, or the row
 * broke off in it. */
const struct csvcell *sheet_cell(const struct sheet *s, const struct csvrow *row, const char *name);

/* Where a cell stands. The strings are borrowed from the sheet. */
struct diag_place sheet_place(const struct sheet *s, const struct csvrow *row, size_t cell);

/* Whether the row's shape is in order: quotes, number of cells. Reports nothing. */
int sheet_has_shape(const struct sheet *s, const struct csvrow *row);

/* Reports every fault of the row: shape first, then characters, the reference, and when VALUES is set
 * all other values. Returns 0 or -1. */
int sheet_check(const struct sheet *s, const struct csvrow *row, int values, struct diag *d);

/* True when the cell is text that may be printed: UTF-8 without controls. */
int sheet_is_clean(const struct csvcell *cell);

enum sheet_append_flags {
    SHEET_KEY = 1,   /* the reference too */
    SHEET_EMPTY = 2, /* empty required cells too, as empty elements */
};

/* Appends one element a filled cell of a row in order to PARENT, with provenance. */
void sheet_append(const struct sheet *s, const struct csvrow *row, unsigned flags, xmlNode *parent);

#endif
