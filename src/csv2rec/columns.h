/* The tables of a job and their columns: one table of data that the reader, the templates and the
 * tests of the schema and the man page share. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stddef.h>

#include "strbuf.h"

enum kinds { KIND_IECEE = 1, KIND_IECEX = 2, KIND_CSMS = 4, KIND_ALL = 7 };

enum column_type {
    COLUMN_TEXT,    /* paragraphs, separated by newlines */
    COLUMN_LINE,    /* text without newlines */
    COLUMN_LIST,    /* items separated by '|' */
    COLUMN_DATE,    /* YYYY-MM-DD */
    COLUMN_INTEGER, /* 0 or more */
    COLUMN_YES_NO,
    COLUMN_COUNTRY, /* two letters */
};

struct column {
    const char *name;
    enum column_type type;
    unsigned kinds;     /* that have the column */
    unsigned required;  /* kinds in which every row fills it */
    const char *group;  /* of an address that may be left out: when any column of the group is */
    int group_required; /* filled, those with this mark must be */
};

struct table {
    const char *name; /* of the file, without .csv */
    const char *row;  /* element name of a row in the record */
    unsigned kinds;
    const struct column *columns; /* ends with a name of NULL; the first is the reference */
    int is_worksheet;             /* without reference; lines may stand above the header */
};

/* The tables, certificates first; ends with a name of NULL. */
extern const struct table columns_tables[];

/* requirements.csv as an assessor's worksheet has it. */
extern const struct table columns_worksheet;

/* A column that is known and left out: the words of the standard, and what is not printed. */
extern const struct column columns_ignored;

/* The standard without its date that a header names, "IEC 62443-2-4" of "IEC 62443-2-4 ID"; new, or
 * NULL. */
char *columns_standard(const char *header);

/* The kind named NAME, or 0. KINDS in words for messages: columns_kind_names. */
unsigned columns_kind(const char *name);
extern const char columns_kind_names[];

/* The column of TABLE called NAME in a job of KIND, or by one of its other names: case, white
 * space, underscores, hyphens, slashes are equal; full stops, colons, parentheses do not count.
 * Borrowed, or NULL. */
const struct column *columns_find(const struct table *table, unsigned kind, const char *name);

/* The column whose name is most like NAME, or NULL when none is like it. */
const struct column *columns_nearest(const struct table *table, unsigned kind, const char *name);

/* The number of bytes to insert, delete or replace that make A of B, or LIMIT + 1 when it is more
 * than LIMIT. */
size_t columns_distance(const char *a, const char *b, size_t limit);

#endif
