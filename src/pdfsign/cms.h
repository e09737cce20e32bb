/* The CMS of a PDF seal: a detached CAdES signature as PAdES baseline wants it (ETSI EN 319 122-1,
 * EN 319 142-1 clause 6): contentType, messageDigest and signing-certificate-v2 are signed, a
 * signingTime is not there. Used by pdfsign.c; knows nothing of PDF. */
#ifndef PDFSIGN_CMS_H
#define PDFSIGN_CMS_H

#include <stddef.h>

#include "diag.h"
#include "key.h"
#include "strbuf.h"
#include "tsa.h"

/* A digest of what is sealed, computed piecewise with the key's algorithm. */
struct seal_digest {
    unsigned char bytes[64];
    size_t len;
};

/* The digest of the N bytes at FILE without the HOLE_LEN bytes at HOLE_AT. Returns 0, or -1 after
 * reporting. */
int seal_digest_around(const struct seal_key *key, const char *file, size_t n, size_t hole_at,
                       size_t hole_len, struct seal_digest *digest, struct diag *d);

/* Appends the DER of a ContentInfo that signs DIGEST. With TSA (NULL: none) the signature is stamped
 * (B-T). Returns 0, or -1 after reporting. */
int seal_cms(const struct seal_key *key, const struct tsa *tsa, const struct seal_digest *digest,
             struct strbuf *der, struct diag *d);

/* The size that seal_cms without stamp cannot exceed (an ECDSA value may be a few bytes shorter); 0
 * after reporting. Signs nothing. */
size_t seal_cms_size(const struct seal_key *key, struct diag *d);

#endif
