/* Printing and listing a job. */
#ifndef PRINT_H
#define PRINT_H

#include <time.h>

#include "args.h"
#include "diag.h"

struct print_options {
    const char *data;
    time_t date;                  /* stamped into documents and seals */
    time_t now;                   /* by the clock */
    const struct args_list *only; /* references or names; empty: all */
    int again;                    /* print also what is unchanged */
    int names;                    /* list: names only */
};

/* Prints the certificates of the job in FOLDER to FOLDER/out/NAME.pdf, and its cross-reference;
 * tells on standard output each file that was written. A faulty record stops itself only. An issued
 * file whose data changed is kept under out/superseded/. Returns 0, or -1 when anything failed. */
int print_job(const char *folder, const struct print_options *options, struct diag *d);

/* Lists the certificates of the job on standard output: name, reference, state. Returns 0 or -1. */
int list_job(const char *folder, const struct print_options *options, struct diag *d);

#endif
