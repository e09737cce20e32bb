/* Properties of an XMP packet (ISO 16684-1), whichever of its RDF spellings they are in. */
#ifndef XMP_H
#define XMP_H

#include <libxml/tree.h>

/* The text of property NAME of namespace NS, white space around it removed: of an element, an
 * attribute, or all items of an array run together. New, release with free; NULL when absent. */
char *xmp_get(const xmlDoc *xmp, const char *ns, const char *name);

#endif
