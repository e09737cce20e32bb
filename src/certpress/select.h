/* Which documents of a job a run is about. */
#ifndef SELECT_H
#define SELECT_H

#include "print.h"

struct selection {
    const struct print_options *options;
    unsigned char *found; /* by index in options->only: the job has it */
};

/* *Keeps* OPTIONS. Returns 0, or -1 after reporting a kind that there is not. Release either way. */
int select_open(struct selection *s, const struct print_options *options, struct diag *d);
void select_release(struct selection *s);

/* Whether the document with this name (NULL: unknown), reference (may be ""), kind and date of issue
 * (YYYY-MM-DD; one that is no date counts as wanted, so that its fault is reported) is wanted. */
int select_wants(struct selection *s, const char *name, const char *reference, const char *kind,
                 const char *issue_date);

/* Whether the document NAME belongs to the part of the job that the run prints: by a hash of its name,
 * so that a record stays in its part whatever is added, taken away or changed. */
int select_in_shard(const struct print_options *options, const char *name);

/* Reports names that were asked for and did not come. */
void select_report_missing(const struct selection *s, struct diag *d);

#endif
