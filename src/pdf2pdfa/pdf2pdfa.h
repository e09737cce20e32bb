/* PDF -> PDF/A-3 with the certificate's data inside: the stage's public face.
 *
 * A tagged PDF of fo2pdf becomes PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1). What was drawn
 * is left as it is. An issued certificate gets an empty signature field, so that sealing it
 * changes nothing else; a specimen gets none. */
#ifndef PDF2PDFA_H
#define PDF2PDFA_H

#include <stddef.h>
#include <time.h>

#include <libxml/tree.h>

#include "diag.h"
#include "strbuf.h"

struct pdf; /* src/pdf/pdf.h */

/* A further file to carry. All borrowed during the call. */
struct pdf2pdfa_attachment {
    const char *name;         /* without folders */
    const void *bytes;
    size_t n;
    const char *mime;         /* NULL: by the name's suffix */
    const char *relationship; /* AFRelationship; NULL: Supplement */
    const char *description;  /* NULL: the name */
};

struct pdf2pdfa_options {
    time_t date;              /* of creation, in Info, XMP and the attachments */
    int untagged;             /* accept a PDF without structure, as PDF/A-3u */
    const struct pdf2pdfa_attachment *attachments;
    size_t attachments_n;
};

/* Changes PDF in place; write it afterwards with pdf_write. CERT does not change. Returns 0, or -1
 * after reporting every fault (PDF is then of no further use). */
int pdf2pdfa(struct pdf *pdf, const xmlDoc *cert, const struct pdf2pdfa_options *options,
             struct diag *d);

/* Appends the bytes of CERT that pdf2pdfa embeds: without provenance, indented, the same whether
 * CERT comes from a file or from memory. */
void pdf2pdfa_certificate(const xmlDoc *cert, struct strbuf *xml);

#endif
