/* The lists installed in templates/: read once, faults reported as CAT-nnn at their line. */
#ifndef DATAFILE_H
#define DATAFILE_H

#include <libxml/tree.h>

#include "diag.h"

/* Reads FOLDER/NAME, whose document element must be ROOT of namespace NS and not empty. Returns new
 * (release with xmlFreeDoc) or NULL after reporting. */
xmlDoc *datafile_read(const char *folder, const char *name, const char *ns, const char *root,
                      struct diag *d);

/* The attribute, borrowed from NODE; "" after reporting when it is absent or empty. */
const char *datafile_attr(const xmlNode *node, const char *name, struct diag *d);

/* Reports attributes and children of NODE, in its namespace, that are not in the lists, which have blanks
 * between names: what is mistyped would not be counted. */
void datafile_check(const xmlNode *node, const char *elements, const char *attributes, struct diag *d);

#endif
