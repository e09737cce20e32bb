/* Messages of the PDF object layer. */
#ifndef PDF_MESSAGES_H
#define PDF_MESSAGES_H

#define PDF_NOT_PDF "PDF-001", DIAG_ERROR, "not a PDF of version 1.4 to 1.7"
#define PDF_NO_END "PDF-002", DIAG_ERROR, "does not end with 'startxref', an offset and '%%%%EOF': cut short, or something follows"
#define PDF_SYNTAX "PDF-003", DIAG_ERROR, "byte %zu: %s"
#define PDF_IN_STREAM "PDF-004", DIAG_ERROR, "object stream %d, byte %zu: %s"
#define PDF_XREF "PDF-005", DIAG_ERROR, "byte %zu: cross-reference section: %s"
#define PDF_ENCRYPTED "PDF-006", DIAG_ERROR, "is encrypted"
#define PDF_TOO_BIG "PDF-007", DIAG_ERROR, "is larger than %zu bytes"
#define PDF_BAD_OBJECT "PDF-008", DIAG_ERROR, "object %d: %s"
#define PDF_STREAM_DATA "PDF-009", DIAG_ERROR, "object %d: stream data: %s"
#define PDF_PAGE_TREE "PDF-010", DIAG_ERROR, "object %d: page tree: %s"
#define PDF_DANGLING "PDF-011", DIAG_ERROR, "object %d refers to object %d, which does not exist"
#define PDF_CONTENT "PDF-012", DIAG_ERROR, "page content, byte %zu: %s"
#define PDF_TOO_MANY "PDF-013", DIAG_ERROR, "too many faults; further ones not shown"

#endif
