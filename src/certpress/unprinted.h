/* The documents of a run that were not printed, told once more at its end: among a thousand lines of
 * progress and warnings they are what somebody has to do something about. */
#ifndef UNPRINTED_H
#define UNPRINTED_H

#include <stdio.h>

#include "results.h"

struct unprinted {
    struct strbuf lines; /* of the first of them */
    long n;
};

void unprinted_init(struct unprinted *u);
void unprinted_release(struct unprinted *u);

/* Keeps row, name, outcome and first fault of RESULT; of the twentieth on, that there are more. */
void unprinted_add(struct unprinted *u, const struct result *result);

/* Writes the table to OUT when there is anything in it; NULL: nowhere. FOLDER is the job's. */
void unprinted_tell(const struct unprinted *u, FILE *out, const char *folder);

#endif
