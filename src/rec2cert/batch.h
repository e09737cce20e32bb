/* Certificates of one job against each other. */
#ifndef BATCH_H
#define BATCH_H

#include <libxml/tree.h>

#include "diag.h"

struct batch;

struct batch *batch_new(void); /* release with batch_free */
void batch_free(struct batch *batch);

/* Takes note of what CERT cites; keeps nothing of it. */
void batch_add(struct batch *batch, const xmlDoc *cert);

/* Reports what does not fit together, each at its cell: a report that others cite at a later issue;
 * a certificate that is referred to and has expired, or is not to IEC 62443-4-1. */
void batch_check(struct batch *batch, struct diag *d);

#endif
