/* Time stamps of a third party, RFC 3161. A stamp that comes out of here is over the digest that was
 * sent, carries the nonce and the policy asked for, is signed by a certificate for time-stamping
 * (leading to the trust anchors, if there are any), and tells about the time it is. Used by cms.c
 * and longterm.c. */
#ifndef PDFSIGN_TSA_H
#define PDFSIGN_TSA_H

#include <stddef.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/x509_vfy.h>

#include "diag.h"
#include "strbuf.h"

/* The parts of EVP and X509 are borrowed while it is used. */
struct tsa {
    const char *url;
    const char *policy;   /* object identifier that the stamp must be under; NULL: any */
    X509_STORE *trust;    /* NULL: any service's word is taken */
    time_t now;           /* the clock when the batch began */
};

/* Has DIGEST (of the algorithm MD) stamped and appends the token, a ContentInfo in DER, to TOKEN.
 * Returns 0, or -1 after reporting. */
int tsa_stamp(const struct tsa *tsa, const EVP_MD *md, const unsigned char *digest,
              struct strbuf *token, struct diag *d);

#endif
