/* What the modules of pdfcheck that know OpenSSL share: cms.c reads signatures, stamp.c the times in
 * time stamps, signer.c judges who signed. */
#ifndef PDFCHECK_CMS_H
#define PDFCHECK_CMS_H

#include <time.h>

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "examine.h"

/* The signature of a seal or of a time stamp on its way through the checks. */
struct cms {
    struct check *c;
    struct pdfcheck_seal *seal;
    char *label;                   /* in messages */
    const struct check_hole *hole; /* NULL: the token inside a seal's signature */
    CMS_ContentInfo *info;
    CMS_SignerInfo *signer;
    X509 *cert;                    /* the signer's; borrowed from CERTS */
    STACK_OF(X509) *certs;         /* all that the signature brings */
    STACK_OF(X509) *chain;         /* from CERT to an anchor or as far as it is known */
    const EVP_MD *md;
    char *name;                    /* common name of CERT */
    time_t stamped;                /* of a time stamp: its time */
    int is_stamp, intact;
    int sound;                     /* intact, and nothing was found wrong with its form */
    int trusted;                   /* 1 yes, 0 no, -1 not judged */
    int revoked;                   /* 0 no, 1 yes, -1 not known */
};

/* Reads and verifies CONTENTS (padded). HOLE is what it leaves out of the file, NULL for a token that
 * stamps something else. Returns new, release with cms_free; faults are reported. */
struct cms *cms_open(struct check *c, struct pdfcheck_seal *seal, const char *label, int is_stamp,
                     const char *contents, size_t contents_len, const struct check_hole *hole);
void cms_free(struct cms *m);

/* The digest of the file around the hole. Returns 0, or -1 after reporting. */
int cms_digest(struct check *c, const struct check_hole *h, const EVP_MD *md,
               unsigned char digest[EVP_MAX_MD_SIZE], unsigned *len);

char *check_common_name(const X509_NAME *name); /* new; release with free */
const char *check_openssl_reason(void);         /* of the last failure, which is forgotten */

/* stamp.c: whether the time stamp M is of the file around its hole, or, when it has none, of the N
 * bytes at STAMPED; its time goes to M->stamped. What is wrong is reported and makes it unsound. */
void stamp_read(struct cms *m, const void *stamped, size_t n);

/* The time stamp that hangs on the seal M; NULL without one, which is no fault. */
struct cms *stamp_of(const struct cms *m);

/* The anchors that the caller trusts and what the file brings to prove certificates with. */
struct proofs {
    X509_STORE *anchors;          /* NULL: trust is not judged */
    STACK_OF(X509) *certs;        /* of the security store */
    STACK_OF(X509_CRL) *crls;
    OCSP_BASICRESP **ocsps;
    size_t ocsps_n, ocsps_cap;
    int stored;                   /* the file has a security store */
};

void proofs_read(struct check *c, struct proofs *p);
void proofs_release(struct proofs *p);

/* signer.c: judges the signer of M as of AT: usage, validity, chain, revocation. */
void signer_judge(struct cms *m, const struct proofs *p, time_t at);

#endif
