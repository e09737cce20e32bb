/* The key of a seal: private key, certificate and chain, read once and used for many documents.
 *
 * Invariant: a struct seal_key that was opened fits together (key and certificate match, the
 * certificate is for signatures and not an authority's); only its dates depend on the document.
 * It does not change after opening; processes forked later may use it. Used by pdfsign.c and cms.c. */
#ifndef PDFSIGN_KEY_H
#define PDFSIGN_KEY_H

#include <stddef.h>
#include <time.h>

#include <openssl/x509.h>

#include "diag.h"

struct seal_key_source {
    const char *key;             /* file: PEM or PKCS#12; with MODULE the label of the key */
    const char *cert;            /* PEM file; NULL: beside the key in the same file */
    const char *chain;           /* PEM file of issuers; NULL: only those beside key and cert */
    const char *passphrase_file; /* its first line opens a locked key, or is the PIN; NULL: none */
    int ask;                     /* a person at the terminal may be asked for the passphrase */
    int pss;                     /* RSASSA-PSS instead of PKCS#1 v1.5 */
    const char *module, *token;  /* PKCS#11 library, label of the token; NULL: none, the only one */
};

struct seal_key {
    X509 *cert;
    STACK_OF(X509) *chain;    /* the certificate's issuers in order, without a self-signed root */
    X509 *root;               /* the self-signed end of the chain; NULL: not given */
    const EVP_MD *md;         /* digest of document and attributes */
    char *name;               /* common name of the certificate, UTF-8 */
    unsigned char *algorithm; /* AlgorithmIdentifier of the signature, DER */
    size_t algorithm_len;
    size_t max_signature;     /* bytes of a signature value, at most */

    /* Signs N bytes of TBS. Returns new memory (release with OPENSSL_free) of *LEN bytes, or NULL
     * after reporting. Only this function knows where the private key is, so a token or a service
     * takes its place without a change elsewhere. */
    unsigned char *(*sign)(const struct seal_key *key, const unsigned char *tbs, size_t n,
                           size_t *len, struct diag *d);
    EVP_PKEY *pkey;           /* the public key, and with it the private one unless TOKEN has it */
    struct token *token;      /* of SIGN; NULL: none */
    int pss;                  /* of SIGN */
};

/* Returns new, release with seal_key_close; or NULL after reporting all that is wrong with it. */
struct seal_key *seal_key_open(const struct seal_key_source *source, struct diag *d);
void seal_key_close(struct seal_key *key);

/* Whether the certificate and its chain are valid at MOMENT. Returns 0, or -1 after reporting. */
int seal_key_valid_at(const struct seal_key *key, time_t moment, struct diag *d);

/* The common name of CERT, or all of its subject, in UTF-8; new. */
char *seal_common_name(const X509 *cert);

/* True when ISSUER's name, key identifier and signature fit CERT. */
int seal_issued(X509 *issuer, X509 *cert);

/* Adds the certificates of the PEM file PATH to POOL. Returns 0, or -1 after reporting. */
int seal_read_certs(const char *path, STACK_OF(X509) *pool, struct diag *d);

/* The text of OpenSSL's oldest queued error, in BUF; empties the queue. */
const char *seal_openssl_error(char buf[256]);

#endif
