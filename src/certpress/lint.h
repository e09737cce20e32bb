/* The rules over a job, and the list of them. */
#ifndef LINT_H
#define LINT_H

#include <time.h>

#include "args.h"
#include "diag.h"

/* Reports what the records of the job in FOLDER break, and nothing else: one by one, then against each
 * other. NOW: dates of deeds may not lie after it. ONLY: names or references; empty: all. Returns 0 or
 * -1. */
int lint_job(const char *folder, const char *data, time_t now, const struct args_list *only,
             struct diag *d);

/* Writes the list of rules to OUTPUT (NULL: standard output), with those of the job in FOLDER unless
 * NULL. FORMAT is text, csv or manual; NULL: text. Returns 0 or -1. */
int lint_rules(const char *folder, const char *data, const char *format, const char *output,
               struct diag *d);

#endif
