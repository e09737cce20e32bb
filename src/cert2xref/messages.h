/* The messages of cert2xref. */
#ifndef CERT2XREF_MESSAGES_H
#define CERT2XREF_MESSAGES_H

#define XREF_NOT_CERTIFICATE "XREF-001", DIAG_ERROR, \
    "the root element is '%s', not 'certificate' in urn:certpress:cert"
#define XREF_KIND "XREF-002", DIAG_ERROR, "a certificate of kind '%s' has no place in a cross-reference of 'iecex'"
#define XREF_MISSING "XREF-003", DIAG_ERROR, "'%s' has no '%s'"
#define XREF_TWICE "XREF-004", DIAG_ERROR, "'%s' issue %s was given before"
#define XREF_NONE "XREF-005", DIAG_ERROR, "there is no certificate to refer to"
#define XREF_ISSUERS "XREF-006", DIAG_WARNING, \
    "'%s' is of the body '%s'; the cross-reference is issued in the name of '%s'"
#define XREF_REPORT_NUMBER "XREF-007", DIAG_ERROR, \
    "'%s' does not end in '/' and a two-digit issue, so its issues cannot be told apart"
#define XREF_ISSUE "XREF-008", DIAG_ERROR, "the issue '%s' is not a whole number"

#endif
