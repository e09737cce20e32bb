/* libxml2 with owners: parsing without network, DTD or entities; building with text that cannot be
 * lost; reading as plain strings; one place where its messages become ours.
 *
 * Strings are UTF-8 char *. "borrowed" strings live as long as the node and its content. */
#ifndef XMLX_H
#define XMLX_H

#include <libxml/tree.h>

#include "diag.h"
#include "strbuf.h"

/* Sizes past this are refused, not read: 64 MiB. */
#define XMLX_MAX_SIZE ((size_t)64 << 20)

/* Call once in main() before anything else of libxml2: silences its own printing. */
void xmlx_init(void);

/* Return a new document (release with xmlFreeDoc) or NULL after reporting every fault with its
 * line. A document type declaration is a fault. PATH "-" is standard input; NAME (may be NULL) is
 * shown in messages instead of PATH. */
xmlDoc *xmlx_read(const char *path, const char *name, struct diag *d);
xmlDoc *xmlx_parse(const void *bytes, size_t n, const char *name, struct diag *d);

/* A document read piece by piece, of which nothing is kept but what its reader wants. */
enum { XMLX_ENTER = 1, XMLX_KEEP = 2 };

struct xmlx_events {
    /* ELEMENT has its attributes and ancestors, and begins on LINE. XMLX_ENTER: tell what is in it;
     * XMLX_KEEP: it and all below it stay for *KEPT. Any other is gone after its end. */
    int (*start)(void *arg, xmlNode *element, int line);
    /* Part of what stands as text in the element entered last; LINE is where its first character
     * is that is no white space. */
    void (*text)(void *arg, const char *bytes, size_t n, int line);
    void (*end)(void *arg, xmlNode *element); /* of what was entered */
};

/* Reads PATH as xmlx_read does. Returns 0, or -1 after reporting every fault, which may be after
 * events. *KEPT is new (release with xmlFreeDoc) and holds what was kept, in its ancestors: NULL on failure. */
int xmlx_stream(const char *path, const char *name, const struct xmlx_events *events, void *arg, xmlDoc **kept,
                struct diag *d);

/* Append DOC as UTF-8 with an XML declaration. FORMAT adds indentation where it changes no text. */
void xmlx_serialize(const xmlDoc *doc, int format, struct strbuf *out);

/* Serializes to PATH ("-" or NULL: standard output), whole or not at all. Returns 0 or -1. */
int xmlx_write(const xmlDoc *doc, const char *path, struct diag *d);

/* Elements by local name and namespace URI (NULL: any namespace). Return borrowed nodes or NULL. */
int xmlx_is(const xmlNode *node, const char *ns, const char *name);
xmlNode *xmlx_first(const xmlNode *parent, const char *name); /* first child element so named */
xmlNode *xmlx_next(const xmlNode *node, const char *name);    /* next sibling so named */
xmlNode *xmlx_first_element(const xmlNode *parent);
xmlNode *xmlx_next_element(const xmlNode *node);

/* The attribute without namespace; borrowed; NULL when absent, "" when empty. */
const char *xmlx_attr(const xmlNode *node, const char *name);

/* All text below NODE; new, release with free. "" when NODE is NULL or has none. */
char *xmlx_text(const xmlNode *node);
/* The same of the first child element NAME of PARENT. */
char *xmlx_child_text(const xmlNode *parent, const char *name);

/* Build. Each returns the new element, owned by its document; the namespace is the parent's. */
xmlDoc *xmlx_new(const char *ns, const char *root_name);
xmlNode *xmlx_add(xmlNode *parent, const char *name);
xmlNode *xmlx_add_text(xmlNode *parent, const char *name, const char *text);
void xmlx_set(xmlNode *node, const char *attribute, const char *value);

/* RELAX NG. Load returns new (release with xmlx_schema_free) or NULL after reporting. Validate
 * returns 0, or -1 after reporting every fault at its line, or where provenance says. */
struct xmlx_schema;
struct xmlx_schema *xmlx_schema_load(const char *path, struct diag *d);
int xmlx_validate(struct xmlx_schema *schema, xmlDoc *doc, const char *name, struct diag *d);
/* Whether DOC is valid; reports nothing. */
int xmlx_is_valid(struct xmlx_schema *schema, xmlDoc *doc);
void xmlx_schema_free(struct xmlx_schema *schema);

#endif
