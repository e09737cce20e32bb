/* What PDF/A-3 asks of the objects that cairo wrote (ISO 19005-3, clause 6). Used by pdf2pdfa.c. */
#ifndef PDF2PDFA_CONFORM_H
#define PDF2PDFA_CONFORM_H

#include "diag.h"
#include "pdf.h"

/* Mends what can be mended without a change to the picture (CIDToGIDMap, Interpolate, annotation
 * flags) and reports the rest. Returns 0 or -1. */
int conform(struct pdf *pdf, struct diag *d);

#endif
