/* Keys in tokens, spoken to through PKCS#11 (v2.40) directly: one login a process, whatever number of
 * signatures. The private key never leaves the token. Used by key.c.
 *
 * A process forked after a token was opened logs in again by itself, as PKCS#11 demands (2.40, 2.3):
 * that is one login a worker. */
#ifndef PDFSIGN_TOKEN_H
#define PDFSIGN_TOKEN_H

#include <stddef.h>

#include <openssl/x509.h>

#include "diag.h"

struct token_source {
    const char *module;  /* the PKCS#11 library of the token's maker */
    const char *label;   /* of the token; NULL: the only one */
    const char *key;     /* label of the key; NULL: the only one */
};

struct token;

/* Asks for the PIN: returns it, borrowed, or NULL after reporting. Called at most once, and not
 * when the token has a PIN pad of its own. */
struct token_pin {
    const char *(*get)(void *arg, struct diag *d);
    void *arg;
};

/* Opens the token, logs in and finds the key. *OWN gets the certificate with the identifier of the key,
 * if the token has it, new; CERTS the others that it holds. Returns new, release with token_close; or NULL after reporting. */
struct token *token_open(const struct token_source *source, const struct token_pin *pin,
                         X509 **own, STACK_OF(X509) *certs, struct diag *d);
void token_close(struct token *token);

/* Signs DIGEST (of the algorithm MD) with the key: RSA with PKCS#1 v1.5 or, if PSS, RSASSA-PSS with a
 * salt as long as the digest; ECDSA, whose two numbers come in DER. Returns new memory (release with
 * OPENSSL_free) of *LEN bytes, or NULL after reporting. */
unsigned char *token_sign(struct token *token, const EVP_MD *md, int pss,
                          const unsigned char *digest, size_t *len, struct diag *d);

#endif
