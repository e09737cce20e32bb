/* Provenance: which cell of the caller's data an element came from.
 *
 * Carried as attributes of the namespace urn:certpress:provenance (prefix p): p:at="file:line:column",
 * p:row="12", p:field="standard". Elements without it inherit from their nearest ancestor.
 * Stripped from what is embedded and sealed. */
#ifndef PROV_H
#define PROV_H

#include <libxml/tree.h>

#include "diag.h"

#define PROV_NS "urn:certpress:provenance"

void prov_set(xmlNode *node, const struct diag_place *place);

/* Copies the provenance of FROM (or its nearest ancestor that has one) to TO. Returns whether there
 * was any. */
int prov_copy(xmlNode *to, const xmlNode *from);

/* Where NODE came from: nearest provenance, else the line of the node in its own document. The
 * strings of PLACE are borrowed from SPACE. */
struct prov_space {
    char file[4096];
    char field[256];
};
void prov_place(const xmlNode *node, struct prov_space *space, struct diag_place *place);

/* The same in two steps, for who keeps no nodes: what NODE itself says, borrowed from it; returns
 * whether it does. */
struct prov_said {
    const char *at, *row, *field; /* NULL: not said */
};
int prov_said(const xmlNode *node, struct prov_said *said);
void prov_said_place(const struct prov_said *said, struct prov_space *space, struct diag_place *place);

/* Reports at the provenance of NODE. Returns -1. */
int prov_diag(struct diag *d, const xmlNode *node, const char *id, enum diag_level level,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Takes all provenance out of DOC for a while, and puts it back where it was; between the two, the
 * other elements and attributes of DOC must stay as they are. */
struct prov_hidden {
    xmlAttr **attributes;
    size_t n, cap;
};
void prov_hide(xmlDoc *doc, struct prov_hidden *hidden);
void prov_show(struct prov_hidden *hidden);

/* Removes all provenance attributes and the namespace declaration below DOC. */
void prov_strip(xmlDoc *doc);

#endif
