/* The documents of a job on paper: contact sheets for who looks them over, one file for who prints. */
#ifndef PAPER_H
#define PAPER_H

#include "diag.h"
#include "print.h"

/* Writes to OUTPUT (NULL: standard output) one PDF with the documents of the job in FOLDER that OPTIONS
 * selects, in the order of the records. What has no seal is marked as a draft on every page. Memory: the
 * size of the documents. Return 0, or -1 after reporting.
 *
 * paper_merge: every page as it is, the outline of each document below its name, and a blank page after
 * an odd number of pages, so that each begins on a new leaf. Nothing is written unless all are printed.
 *
 * paper_proof: nine pages on a sheet, each with its document's name. What is not printed is left out
 * with a warning. */
int paper_merge(const char *folder, const struct print_options *options, const char *output,
                struct diag *d);
int paper_proof(const char *folder, const struct print_options *options, const char *output,
                struct diag *d);

#endif
