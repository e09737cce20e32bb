/* One hash for everything but the records that a document is made from. */
#ifndef DATAHASH_H
#define DATAHASH_H

#include "diag.h"
#include "job.h"

/* SHA-256, in hexadecimal, of the names and contents of the stylesheets, templates and fonts below
 * DATA, of the job's profile and the mark it names, and of the program's version. Where the folders
 * lie and when files were touched does not count. Returns 0, or -1 after reporting. */
int datahash(const char *data, const struct job *job, char hex[65], struct diag *d);

#endif
