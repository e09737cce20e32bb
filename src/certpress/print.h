/* Printing and listing a job. */
#ifndef PRINT_H
#define PRINT_H

#include <time.h>

#include "args.h"
#include "diag.h"

struct print_options {
    const char *data;
    time_t date;                  /* stamped into documents and seals */
    int date_given;               /* it does not come from the clock */
    time_t now;                   /* by the clock */
    const struct args_list *only; /* references or names; empty: all */
    const char *kind;             /* documents of this kind only (a job has its own, and xref) or NULL */
    time_t since;                 /* issued on or after this day only; ARGS_NO_DATE: all */
    int again;                    /* print also what is unchanged, unless it is issued */
    int dry_run;                  /* say what would be printed and why; write nothing */
    int json;                     /* one line of JSON a document on standard output */
    long workers;                 /* 0: one a processor */
    long seconds;                 /* the most a document may take; 0: any */
    long megabytes;               /* the most memory a worker may allocate; 0: any */
    long progress;                /* seconds between two lines of progress; 0: none */
    long shard, shards;           /* only the documents of part SHARD (from 1) of SHARDS; 0: all */
    int unsealed;                 /* whatever seal the job names: a later run seals what is printed */
    int names;                    /* list: names only */
};

/* Prints the certificates of the job in FOLDER to FOLDER/out/NAME.pdf, and its cross-reference; tells
 * on standard output each file that was written, in the order of the records. A faulty record stops
 * itself only. What is issued stays. Returns 0, or -1 when anything failed. */
int print_job(const char *folder, const struct print_options *options, struct diag *d);

/* Lists the certificates of the job on standard output: name, reference, state. Returns 0 or -1. */
int list_job(const char *folder, const struct print_options *options, struct diag *d);

#endif
