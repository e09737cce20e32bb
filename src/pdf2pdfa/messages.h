/* Messages of pdf2pdfa. PDFA-001..019 are about the PDF, 020..029 about the certificate, 030 up about
 * attachments. */
#ifndef PDF2PDFA_MESSAGES_H
#define PDF2PDFA_MESSAGES_H

#define PDFA_ALREADY "PDFA-001", DIAG_ERROR, "is PDF/A already"
#define PDFA_HAS_FILES "PDFA-002", DIAG_ERROR, "has attachments already"
#define PDFA_HAS_FORM "PDFA-003", DIAG_ERROR, "has a form or a seal already"
#define PDFA_UNTAGGED "PDFA-004", DIAG_ERROR, \
    "has no structure tree, so it cannot be PDF/A-3a and PDF/UA; --untagged makes it PDF/A-3u"
#define PDFA_NO_PAGE "PDFA-005", DIAG_ERROR, "has no page"
#define PDFA_FONT "PDFA-006", DIAG_ERROR, "object %d: the font '%s' is not embedded"
#define PDFA_TO_UNICODE "PDFA-007", DIAG_ERROR, "object %d: the font '%s' does not say which characters it shows"
#define PDFA_ACTION "PDFA-008", DIAG_ERROR, "object %d: an action of type '%s' is not allowed"
#define PDFA_FILTER "PDFA-009", DIAG_ERROR, "object %d: the filter '%s' is not allowed"
#define PDFA_COLOUR "PDFA-010", DIAG_ERROR, "object %d: colours are '%s', which needs another output intent than sRGB"
#define PDFA_FORBIDDEN "PDFA-011", DIAG_ERROR, "object %d: the entry '%s' is not allowed"
#define PDFA_STRUCTURE "PDFA-012", DIAG_ERROR, "the structure tree is not as fo2pdf writes it: %s"
#define PDFA_NO_LANG "PDFA-013", DIAG_ERROR, "neither the PDF nor the certificate says its language"

#define PDFA_NOT_CERT "PDFA-020", DIAG_ERROR, "is not a certificate of format 'urn:certpress:cert'"
#define PDFA_CERT_FIELD "PDFA-021", DIAG_ERROR, "the certificate has no '%s'"
#define PDFA_CERT_NAME "PDFA-022", DIAG_ERROR, \
    "the name '%s' may hold letters, digits, '.', '-' and '_' only, and not begin with '.'"
#define PDFA_CERT_STATUS "PDFA-023", DIAG_ERROR, "the status '%s' is neither 'issued' nor 'specimen'"

#define PDFA_FILE_NAME "PDFA-030", DIAG_ERROR, \
    "an attachment's name is empty, not UTF-8, or holds '/' or control characters"
#define PDFA_FILE_TWICE "PDFA-031", DIAG_ERROR, "two attachments have the name '%s'"

#endif
