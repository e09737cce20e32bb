/* Where the installed data (xsl, templates, fonts) lie. */
#ifndef DATADIR_H
#define DATADIR_H

#include "diag.h"

/* Looks at CERTPRESS_DATA, then beside the running program: ../share/certpress when installed, a
 * folder above it in a source tree. Returns a new absolute or given path without a final slash
 * (release with free), or NULL after reporting. */
char *datadir_find(struct diag *d);

#endif
