/* XPath 1.0 expressions of a rules file, with one function more: compiled once, evaluated for every
 * record. */
#ifndef EXPR_H
#define EXPR_H

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "alloc.h"
#include "diag.h"
#include "strbuf.h"

/* Of our own function, date(). */
#define EXPR_NS "urn:certpress:rules"

/* What expressions of one file may name. */
struct expr_names {
    const char **prefixes;  /* of namespaces, and their URIs */
    const char **uris;
    size_t prefixes_n, prefixes_cap;
    const char **variables; /* in scope */
    size_t variables_n, variables_cap;
};

void expr_names_release(struct expr_names *names);

/* True when NAMES has the variable. */
int expr_has_variable(const struct expr_names *names, const char *name);

struct expr {
    const xmlNode *from;         /* the element that has it, where to report */
    xmlXPathCompExpr *compiled;  /* NULL: faulty, or none */
    const char *ns;              /* of a context: all it matches is of this namespace or below an
                                    element of it; borrowed from the names; NULL: unknown */
};

/* Compiles TEXT, an attribute of FROM. Names that would only be missed on evaluation are faults
 * too. Returns 0, or -1 after reporting at FROM. */
int expr_compile(struct expr *e, const char *text, const xmlNode *from,
                 const struct expr_names *names, struct diag *d);
/* The same of a rule's context, a pattern as in XSLT: nodes that it would match, wherever they are. */
int expr_compile_context(struct expr *e, const char *text, const xmlNode *from,
                         const struct expr_names *names, struct diag *d);
void expr_release(struct expr *e);

/* Where expressions of one file are evaluated; DOC any document. Release with xmlXPathFreeContext. */
xmlXPathContext *expr_context(const struct expr_names *names, xmlDoc *doc);

/* Evaluates E at NODE, a node of any document. Returns new (release with xmlXPathFreeObject), or
 * NULL after reporting, at the rules file, a fault of types, or that CONTEXT took too many steps in
 * all; from then on it returns NULL and says nothing. */
xmlXPathObject *expr_evaluate(const struct expr *e, xmlXPathContext *context, const xmlNode *node,
                              struct diag *d);

/* Appends the value: of a node set, those of all its nodes with commas between. */
void expr_print(xmlXPathObject *value, struct strbuf *out);

#endif
