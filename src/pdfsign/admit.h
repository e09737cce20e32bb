/* Whether a document may be sealed: an archive file that pdf2pdfa made, no specimen, and bearing no
 * seal yet. */
#ifndef PDFSIGN_ADMIT_H
#define PDFSIGN_ADMIT_H

#include "diag.h"
#include "pdf.h"

/* Returns 0, or -1 after reporting all that stands against it. */
int admit(struct pdf *pdf, struct diag *d);

#endif
