/* A record's form: which fields and rows each kind has, and what their cells may hold. The same
 * columns as rec.5 describes; what they mean is the business of the kinds. */
#ifndef RECORD_H
#define RECORD_H

#include <libxml/tree.h>

#include "diag.h"
#include "lists.h"

#define RECORD_NS "urn:certpress:rec"

enum record_form {
    RECORD_LINE,    /* printed in one run; blanks and newlines count as one blank */
    RECORD_TEXT,    /* paragraphs, one a line */
    RECORD_LIST,    /* lines with '|' between */
    RECORD_DATE,
    RECORD_COUNT,   /* 0 to 999999 */
    RECORD_YES_NO,
    RECORD_COUNTRY, /* ISO 3166-1 alpha-2 */
};

struct record_field {
    const char *name;
    enum record_form form;
    enum { RECORD_OPTIONAL, RECORD_REQUIRED, RECORD_IN_GROUP } need; /* in group: when any field with
                                                                      the same prefix is given */
};

struct record_table {
    const char *name;                  /* of the rows: "level" */
    const struct record_field *fields; /* ends with a name of NULL */
};

struct record_kind {
    const char *name;
    const struct record_field *fields;
    const struct record_table *tables; /* ends with a name of NULL */
};

/* The kind called NAME; borrowed, or NULL. */
const struct record_kind *record_kind(const char *name);

/* More than any certificate could print. */
enum { RECORD_MOST_ROWS = 20000 };

/* Reports all faults of form in RECORD. Countries are looked up in LISTS. Returns -1 when the record is
 * too large to look further, else 0. */
int record_check(const xmlNode *record, const struct record_kind *kind, const struct lists *lists,
                 struct diag *d);

/* The text of the field NAME of ROW without blanks around; new; NULL when absent or empty. */
char *record_text(const xmlNode *row, const char *name);

/* The number TEXT says, 0 to 999999 without leading zeros, or -1. */
long record_number(const char *text);

#endif
