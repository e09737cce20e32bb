/* What is appended to a sealed document so that its seal can be checked for ever (EN 319 142-1 5.4,
 * 5.5): the validation data in the document security store, and document time stamps. */
#ifndef PDFSIGN_LONGTERM_H
#define PDFSIGN_LONGTERM_H

#include "diag.h"
#include "pdf.h"
#include "revocation.h"
#include "strbuf.h"
#include "tsa.h"

/* Appends what changed in PDF to FILE, which holds its bytes, and advances PDF. SIGNATURE and SIZE
 * are those of pdf_append_options; HOLE may be NULL without. Returns 0, or -1 after reporting. */
int longterm_revise(struct pdf *pdf, struct strbuf *file, int signature, size_t size,
                    struct pdf_hole *hole, struct diag *d);

/* The certificates, CRLs and OCSP responses of E, as the proof for the signature whose Contents are
 * the N bytes at CONTENTS. */
struct longterm_proof {
    const struct evidence *e;
    const char *contents;
    size_t n;
};

/* Appends a revision with a security store (added to the one that is there) that holds PROOF.
 * Returns 0, or -1 after reporting. */
int longterm_store(struct pdf *pdf, struct strbuf *file, const struct longterm_proof *proof,
                   struct diag *d);

/* Appends a revision with a time stamp over all that FILE holds, for which SIZE bytes are kept free.
 * Returns 0, or -1 after reporting. */
int longterm_stamp(struct pdf *pdf, struct strbuf *file, const struct tsa *tsa, size_t size,
                   struct diag *d);

#endif
