/* Embedded files as PDF/A-3 wants them (ISO 19005-3, 6.8 and annex E). Used by pdf2pdfa.c. */
#ifndef PDF2PDFA_ATTACH_H
#define PDF2PDFA_ATTACH_H

#include "diag.h"
#include "pdf.h"
#include "pdf2pdfa.h"

/* Embeds the N FILES, whose members are all set, in their order in the catalog's AF and sorted in its
 * name tree. The document has no attachments yet. Returns 0, or -1 after reporting. */
int attach_files(struct pdf *pdf, const struct pdf2pdfa_attachment *files, size_t n, time_t date,
                 struct diag *d);

/* The media type that NAME's suffix stands for. */
const char *attach_mime(const char *name);

#endif
