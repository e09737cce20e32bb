/* From an XML document to the tree of formatting objects: content models, ids, values refined. */
#ifndef PARSE_H
#define PARSE_H

#include <libxml/tree.h>

#include "diag.h"
#include "fo.h"
#include "kinds.h"

/* Reads XML (borrowed; markers and foreign objects point into it) as XSL-FO. NAME is the document's
 * name in messages, BASE the folder of relative addresses; both may be NULL. Returns 0 and sets *DOC
 * (new, release with fo_free), or -1 after reporting every fault. With LENIENT unknown objects and
 * properties are warnings. */
int fo_parse(xmlDoc *xml, const char *name, const char *base, int lenient,
             struct fo_document **doc, struct diag *d);

/* The same of the file PATH ("-": standard input), which is set free as it is read; NAME may not be
 * NULL. SEEN (may be NULL) is shown every element, also when there are faults. */
typedef void (*parse_seen)(void *arg, const xmlNode *element);
int fo_parse_file(const char *path, const char *name, const char *base, int lenient, parse_seen seen,
                  void *seen_arg, struct fo_document **doc, struct diag *d);

void fo_free(struct fo_document *doc);

/* Makes the content of MARKER anew as children of RETRIEVE (a retrieve-marker without children),
 * with values inherited there (6.13.6). Returns 0 or -1. */
int fo_parse_marker(struct fo_document *doc, const struct fo_node *marker, struct fo_node *retrieve,
                    struct diag *d);

#endif
