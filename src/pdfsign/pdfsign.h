/* pdfsign: PDF/A -> PDF/A with a PAdES seal of level B-B, B-T, B-LT or B-LTA (ETSI EN 319 142-1
 * clause 6), and the next archive time stamp of one sealed before.
 *
 * A seal is appended: the bytes that were there stay as they are, so everything proved about the
 * archive file still holds for it. Seals nothing that pdf2pdfa has not made ready, no specimen, and
 * nothing twice. Used by main.c and certpress. */
#ifndef PDFSIGN_H
#define PDFSIGN_H

#include <stddef.h>
#include <time.h>

#include "diag.h"
#include "strbuf.h"

struct pdf; /* src/pdf/pdf.h */

struct pdfsign_files {
    const char *const *names;
    size_t n;
};

/* Strings are borrowed during pdfsign_open, those marked "kept" until pdfsign_close. NULL: not
 * given. */
struct pdfsign_options {
    const char *key;             /* file: PEM or PKCS#12, or the label of the key in the token; NULL:
                                  * to renew only */
    const char *module, *token;  /* PKCS#11 library with the key; label of the token, NULL: the only
                                  * one */
    const char *cert;            /* PEM file; NULL: in the key's file */
    const char *chain;           /* PEM file of issuers */
    const char *passphrase_file; /* its first line opens the key, or is the PIN */
    int ask;                     /* a person at the terminal may be asked for the passphrase */
    int pss;                     /* RSASSA-PSS instead of RSASSA-PKCS1-v1_5 */
    const char *reason;          /* kept; UTF-8 */
    const char *location;        /* kept; UTF-8 */
    int certify;                 /* DocMDP: nothing but validation data may follow */
    int visible;                 /* the seal's field takes the place that the page keeps for it */
    const char *level;           /* "b-b", "b-t", "b-lt" or "b-lta", in letters of either case; NULL:
                                  * b-b */
    const char *tsa;             /* kept; address of the time-stamp service (RFC 3161) */
    const char *tsa_policy;      /* kept; object identifier that stamps must be under */
    const char *trust;           /* PEM file of anchors that time stamps must lead to */
    struct pdfsign_files crls, ocsps; /* proof of non-revocation in files */
    time_t now;                  /* key and certificates must be valid then: a seal is made now,
                                  * whatever date it claims */
};

/* A seal ready for many documents. Not for several threads at once; processes forked after it was
 * opened may all use it. */
struct pdfsign;

/* Reads key and certificates and checks that they may seal. When time stamps are wanted, the service
 * is asked for one, which tells whether it can be relied on and how large its stamps are. Returns
 * new, release with pdfsign_close; or NULL after reporting. */
struct pdfsign *pdfsign_open(const struct pdfsign_options *options, struct diag *d);

/* Seals the document in PDF (in: the archive file; out: the same bytes and the updates that hold
 * the seal), which claims to be made at DATE, called NAME in messages. Returns 0, or -1 after
 * reporting, with PDF as it was. */
int pdfsign(const struct pdfsign *sign, struct strbuf *pdf, const char *name, time_t date,
            struct diag *d);

/* The same for an archive that is still in memory: PDF, which pdf2pdfa has just made of an issued
 * certificate and pdf_write_on has written to FILE. It is not looked at again whether it may be
 * sealed. PDF is of no further use. */
int pdfsign_made(const struct pdfsign *sign, struct pdf *pdf, struct strbuf *file, time_t date,
                 struct diag *d);

/* Appends the proof that the last seal or archive time stamp can be relied on, and an archive time
 * stamp over all. Returns 0, or -1 after reporting, with PDF as it was. */
int pdfsign_renew(const struct pdfsign *sign, struct strbuf *pdf, const char *name,
                  struct diag *d);

/* The SHA-256 of the certificate that seals (of its DER form), in hexadecimal. */
void pdfsign_fingerprint(const struct pdfsign *sign, char hex[65]);

void pdfsign_close(struct pdfsign *sign);

#endif
