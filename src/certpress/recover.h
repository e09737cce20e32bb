/* After a run that was cut off: no document lost, none left half-made. */
#ifndef RECOVER_H
#define RECOVER_H

#include "diag.h"
#include "job.h"
#include "ledger.h"
#include "print.h"

/* Looks through the job's out folder for temporaries of the part of the job that is printed. One that the ledger knows gets its name and is
 * reported; the others are removed, their documents are printed again. Returns 0, or -1 after
 * reporting. */
int recover(const struct job *job, const struct print_options *options,
            const struct ledger *ledger, struct diag *d);

#endif
