/* What rec2cert takes from a job's job.xml. */
#ifndef JOBFILE_H
#define JOBFILE_H

#include "diag.h"

/* Reads FOLDER/job.xml: *PROFILE is the path of the profile, *RULES that of the body's own rules, *LANG the
 * language; each new, or NULL. Returns 0, or -1 after reporting. */
int jobfile_read(const char *folder, char **profile, char **rules, char **lang, struct diag *d);

#endif
