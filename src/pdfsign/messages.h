/* Messages of pdfsign: SEAL-001 up about the key and its certificate, 020 up about
 * tokens, 040 up about documents, 060 up about time stamps and revocation. */
#ifndef PDFSIGN_MESSAGES_H
#define PDFSIGN_MESSAGES_H

#define SEAL_NO_KEY "SEAL-001", DIAG_CANNOT, "no private key in '%s'"
#define SEAL_NO_CERT "SEAL-002", DIAG_CANNOT, "no certificate in '%s'; give --cert FILE"
#define SEAL_LOCKED "SEAL-003", DIAG_CANNOT, \
    "the key '%s' is locked; give its passphrase with --passphrase-file FILE"
#define SEAL_WRONG_PASSPHRASE "SEAL-004", DIAG_CANNOT, "the passphrase does not open the key '%s'"
#define SEAL_NOT_A_KEY_FILE "SEAL-005", DIAG_CANNOT, "'%s' is neither PEM nor PKCS#12: %s"
#define SEAL_MISMATCH "SEAL-006", DIAG_CANNOT, \
    "the key '%s' does not belong to the certificate of '%s'"
#define SEAL_ALGORITHM "SEAL-007", DIAG_CANNOT, \
    "cannot seal with a key of type %s; RSA, RSA-PSS and ECDSA P-256 or P-384 can be verified " \
    "widely"
#define SEAL_WEAK "SEAL-008", DIAG_CANNOT, "an RSA key of %d bits is too weak; 2048 is the least"
#define SEAL_IS_CA "SEAL-009", DIAG_CANNOT, \
    "the certificate of '%s' is an authority's own, which must not seal documents"
#define SEAL_USAGE "SEAL-010", DIAG_CANNOT, \
    "the certificate of '%s' is not for signatures: its key usage has neither digitalSignature " \
    "nor " \
    "nonRepudiation"
#define SEAL_NO_USAGE "SEAL-011", DIAG_WARNING, \
    "the certificate of '%s' does not say what its key is for"
#define SEAL_EXTENDED_USAGE "SEAL-012", DIAG_WARNING, \
    "the extended key usage of the certificate of '%s' does not name documents; readers may " \
    "not accept " \
    "its seals"
#define SEAL_EXPIRED "SEAL-013", DIAG_CANNOT, "the certificate of '%s' expired on %s, before %s"
#define SEAL_NOT_YET "SEAL-014", DIAG_CANNOT, \
    "the certificate of '%s' is not valid before %s; it is %s"
#define SEAL_STRAY_CHAIN "SEAL-015", DIAG_WARNING, \
    "the certificate of '%s' in '%s' is not an issuer of the seal's and is left out"
#define SEAL_CRYPTO "SEAL-016", DIAG_CANNOT, "cannot compute the signature: %s"
#define SEAL_CRITICAL "SEAL-017", DIAG_CANNOT, \
    "the certificate of '%s' has a critical extension that is not understood"
#define SEAL_PSS_EC "SEAL-018", DIAG_CANNOT, "--pss needs an RSA key; '%s' is of type %s"
#define SEAL_OLD_PKCS12 "SEAL-019", DIAG_CANNOT, \
    "the encryption inside '%s' is not offered by OpenSSL's default provider (%s); export it anew"

#define SEAL_MODULE "SEAL-020", DIAG_CANNOT, "cannot use the PKCS#11 module '%s': %s"
#define SEAL_TOKEN "SEAL-021", DIAG_CANNOT, "the token behind '%s' fails: %s gives 0x%lx"
#define SEAL_NO_TOKEN "SEAL-022", DIAG_CANNOT, "there is no token '%s' behind '%s'"
#define SEAL_TOKENS "SEAL-023", DIAG_CANNOT, \
    "more than one token fits '%s' behind '%s'; say which with --token LABEL"
#define SEAL_WRONG_PIN "SEAL-024", DIAG_CANNOT, "the PIN does not open the token behind '%s'"
#define SEAL_PIN_LOCKED "SEAL-025", DIAG_CANNOT, \
    "the token behind '%s' is locked after wrong PINs; its maker's tools unlock it"
#define SEAL_NO_TOKEN_KEY "SEAL-026", DIAG_CANNOT, "there is no private key '%s' in the token behind '%s'"
#define SEAL_TOKEN_KEYS "SEAL-027", DIAG_CANNOT, "more than one private key '%s' in the token behind '%s'"

#define SEAL_SEALED "SEAL-040", DIAG_ERROR, "is sealed already"
#define SEAL_SPECIMEN "SEAL-041", DIAG_ERROR, "is a specimen and must not be sealed"
#define SEAL_NOT_ARCHIVE "SEAL-042", DIAG_ERROR, \
    "is not PDF/A; make it one with pdf2pdfa before it is sealed"
#define SEAL_FIELD "SEAL-043", DIAG_ERROR, "the form is not as expected: %s"
#define SEAL_PAGE "SEAL-044", DIAG_ERROR, "has no page to put the signature field on"
#define SEAL_SIZE "SEAL-045", DIAG_CANNOT, \
    "the signature has %zu bytes, more than the %zu that were kept free"
#define SEAL_DATA "SEAL-046", DIAG_ERROR, \
    "carries no certificate data; only what pdf2pdfa made is sealed"
#define SEAL_UNSEALED "SEAL-047", DIAG_ERROR, "bears no seal or time stamp that could be renewed"
#define SEAL_CHANGED "SEAL-048", DIAG_ERROR, \
    "its last seal or time stamp does not fit the file; nothing is added to it"

#define SEAL_TSA_SILENT "SEAL-060", DIAG_CANNOT, "the time-stamp service '%s' does not answer: %s"
#define SEAL_TSA_REFUSED "SEAL-061", DIAG_CANNOT, \
    "the time-stamp service '%s' gives no stamp (status %ld) %.*s"
#define SEAL_TSA_LIES "SEAL-062", DIAG_CANNOT, \
    "what the time-stamp service '%s' answers cannot be accepted: %s"
#define SEAL_TSA_TIME "SEAL-063", DIAG_CANNOT, \
    "the time-stamp service '%s' says it is %s, but here it is %s"
#define SEAL_NO_TSA "SEAL-064", DIAG_CANNOT, "a time stamp is wanted; give its service with --tsa URL"
#define SEAL_POLICY "SEAL-065", DIAG_CANNOT, "'%s' is no object identifier for --tsa-policy"
#define SEAL_NOT_EVIDENCE "SEAL-066", DIAG_CANNOT, "'%s' holds no %s"
#define SEAL_REVOKED "SEAL-067", DIAG_CANNOT, "the certificate of '%s' is revoked, says %s"
#define SEAL_NO_EVIDENCE "SEAL-068", DIAG_CANNOT, \
    "nothing proves that the certificate of '%s' is not revoked; give --ocsp FILE or --crl FILE"
#define SEAL_NO_ISSUER "SEAL-069", DIAG_CANNOT, \
    "the issuer of the certificate of '%s' is not known; give it with --chain or --trust"
#define SEAL_OCSP_SILENT "SEAL-070", DIAG_WARNING, "the OCSP responder '%s' is of no use: %s"
#define SEAL_CRL_SILENT "SEAL-071", DIAG_WARNING, "the list of revocations '%s' cannot be had: %s"
#define SEAL_LEVEL "SEAL-072", DIAG_CANNOT, "'%s' is none of the levels b-b, b-t, b-lt, b-lta"

#endif
