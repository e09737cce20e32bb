#ifndef INIT_H
#define INIT_H

#include "diag.h"

/* Makes FOLDER a new job: a copy of DATA/templates/job. FOLDER must not exist or be empty.
 * Returns 0 or -1. */
int init_job(const char *data, const char *folder, struct diag *d);

#endif
