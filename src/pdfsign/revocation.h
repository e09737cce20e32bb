/* The proof that certificates were not revoked: OCSP responses (RFC 6960) and CRLs (RFC 5280 5),
 * given as files or fetched from where the certificates say. What is collected was checked: signed by
 * the issuer or its delegate, for the certificate, good, and current. Used by pdfsign.c, which puts
 * it into the document (longterm.c). */
#ifndef PDFSIGN_REVOCATION_H
#define PDFSIGN_REVOCATION_H

#include <stddef.h>

#include <openssl/x509.h>

#include "diag.h"
#include "strbuf.h"

/* What one signature needs to be checked for ever, without doubles. */
struct evidence {
    struct evidence_item {
        struct strbuf der;
    } *certs, *crls, *ocsps;
    size_t certs_n, certs_cap, crls_n, crls_cap, ocsps_n, ocsps_cap;
};

void evidence_release(struct evidence *e);

/* Responses and lists known, and those fetched, which are kept for the certificates that come again.
 * Not for several threads. */
struct revocation;

/* ISSUERS (borrowed) are certificates that issuers are looked for in, beside what each document
 * brings. CRLS and OCSPS are the names of N files in DER or PEM. Returns new, release with
 * revocation_close; or NULL after reporting. */
struct revocation *revocation_open(const STACK_OF(X509) *issuers, const char *const *crls,
                                   size_t crls_n, const char *const *ocsps, size_t ocsps_n,
                                   struct diag *d);
void revocation_close(struct revocation *r);

/* Adds to E the certificates of a signature's signer and of his issuers, with the proof for each but
 * a self-signed one, the signer's own fetched anew if that is possible; and the same for the time
 * stamp that hangs on it. SIGNATURE begins with a ContentInfo in DER, padding may follow. Returns 0,
 * or -1 after reporting what is missing or revoked. */
int revocation_collect_signature(struct revocation *r, const void *signature, size_t n,
                                 struct evidence *e, struct diag *d);

#endif
