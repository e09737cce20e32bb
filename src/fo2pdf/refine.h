/* Refinement: from the attributes of an FO element to its property values (XSL-FO 1.1
 * section 5). */
#ifndef REFINE_H
#define REFINE_H

#include <libxml/tree.h>

#include "diag.h"
#include "fo.h"
#include "style.h"

struct fo_refine;

/* New, for the nodes of DOC (release with fo_refine_free); values live in the document's arena. */
struct fo_refine *fo_refine_new(struct fo_document *doc, int lenient);
void fo_refine_free(struct fo_refine *r);

/* The values of NODE, whose element is ELEMENT, under a parent with PARENT's values (NULL: the
 * root's, initial ones). Borrowed from the arena. Every fault is reported to D. */
const struct fo_style *fo_refine(struct fo_refine *r, const struct fo_node *node,
                                 const xmlNode *element, const struct fo_style *parent,
                                 struct diag *d);

/* The value of an attribute, in ARENA; blanks at its ends are dropped, unless it is a character. */
const char *fo_attribute_text(struct arena *arena, const xmlAttr *a);

/* Reports at NODE, or where its element's provenance says. Returns -1. With lenient documents
 * use fo_complain for what can be passed over: it is a warning there, and returns 0. */
int fo_report(struct diag *d, const struct fo_document *doc, const struct fo_node *node,
              const char *id, enum diag_level level, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
int fo_complain(struct diag *d, const struct fo_document *doc, const struct fo_node *node,
                int lenient, const char *id, enum diag_level level, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

#endif
