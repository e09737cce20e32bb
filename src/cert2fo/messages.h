/* Messages of cert2fo. XSL-001 to XSL-009 are worded in xsl/modules/errors.xsl, where they are
 * found; the text arrives here as it stands there. */
#ifndef CERT2FO_MESSAGES_H
#define CERT2FO_MESSAGES_H

#define XSL_UNHANDLED "XSL-001", DIAG_ERROR, "%s"
#define XSL_NO_WORD "XSL-002", DIAG_ERROR, "%s"
#define XSL_NO_WORDING "XSL-003", DIAG_ERROR, "%s"
#define XSL_MISSING "XSL-004", DIAG_ERROR, "%s"
#define XSL_NO_SUCH_WORD "XSL-005", DIAG_ERROR, "%s"

#define XSL_NOT_A_CERTIFICATE "XSL-010", DIAG_ERROR, \
    "not a certificate: the root element is '%s', not 'certificate' of urn:certpress:cert"
#define XSL_KIND "XSL-011", DIAG_ERROR, \
    "no pages are designed for certificates of the kind '%s'; known are %s"
#define XSL_VERSION "XSL-012", DIAG_ERROR, "the certificate has version '%s'; this program prints version 1"
#define XSL_STYLESHEET "XSL-020", DIAG_CANNOT, "cannot use the stylesheet '%s': %s"
#define XSL_FAILED "XSL-021", DIAG_CANNOT, "the stylesheet failed: %s"

#endif
