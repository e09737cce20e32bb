/* The cross-reference of a job as data, beside its PDF. */
#ifndef XREFTABLES_H
#define XREFTABLES_H

#include <libxml/tree.h>

#include "diag.h"
#include "job.h"

/* Writes the cross-reference XREF as out/NAME.csv and out/NAME.json. Returns 0, or -1 after reporting. */
int xreftables_write(const struct job *job, const char *name, const xmlDoc *xref, struct diag *d);

#endif
