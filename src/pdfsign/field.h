/* Signature fields: where a seal or a document time stamp hangs in the form, on the page and in the
 * structure tree. */
#ifndef PDFSIGN_FIELD_H
#define PDFSIGN_FIELD_H

#include "diag.h"
#include "pdf.h"

/* The field for the seal: the empty one that pdf2pdfa left, or a new one. NULL after reporting. */
struct pdf_obj *field_for_seal(struct pdf *pdf, struct diag *d);

/* A new field for a document time stamp. NULL after reporting. */
struct pdf_obj *field_for_stamp(struct pdf *pdf, struct diag *d);

/* Puts FIELD over the figure called NAME, which is what the seal looks like, and gives it an
 * appearance that adds nothing to it. Returns 0, or -1 after reporting that no page has one. */
int field_show(struct pdf *pdf, struct pdf_obj *field, const char *name, struct diag *d);

#endif
