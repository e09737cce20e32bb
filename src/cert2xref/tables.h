/* The cross-reference as data: one flat table, or JSON. */
#ifndef TABLES_H
#define TABLES_H

#include <libxml/tree.h>

#include "strbuf.h"

/* Adds the four views and the findings of the cross-reference XREF to OUT, a line each link (RFC 4180,
 * with a header). Rows are in the order of the document. */
void tables_csv(const xmlDoc *xref, struct strbuf *out);

/* The same as one JSON object: the views as arrays, elements as objects of their attributes and, by
 * name, arrays of their children. */
void tables_json(const xmlDoc *xref, struct strbuf *out);

#endif
