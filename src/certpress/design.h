/* One document of a job, made again on every save: for who designs a page. */
#ifndef DESIGN_H
#define DESIGN_H

#include "print.h"

/* Prints the certificate NAME (or its reference) of the job in FOLDER to OUTPUT (NULL: NAME.pdf in the
 * working folder) without a seal, and again whenever the job, a stylesheet, a template or a font is
 * saved, until the user interrupts. Faults are reported each time, and leave the last good file as it
 * is; a line on standard output tells what came of it. Returns 0, or -1 after reporting what makes
 * watching impossible. */
int design_watch(const char *folder, const char *name, const struct print_options *options,
                 const char *output, struct diag *d);

#endif
