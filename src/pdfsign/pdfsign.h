/* pdfsign: PDF/A -> PDF/A with a PAdES B-B seal (ETSI EN 319 142-1 clause 6.3).
 *
 * A seal is appended: the bytes that were there stay as they are, so everything proved about the
 * archive file still holds for it. Seals nothing that pdf2pdfa has not made ready, no specimen, and
 * nothing twice. Used by main.c and certpress. */
#ifndef PDFSIGN_H
#define PDFSIGN_H

#include <time.h>

#include "diag.h"
#include "strbuf.h"

/* Strings are borrowed during pdfsign_open, those marked "kept" until pdfsign_close. NULL: not
 * given. */
struct pdfsign_options {
    const char *key;             /* file: PEM or PKCS#12 */
    const char *cert;            /* PEM file; NULL: in the key's file */
    const char *chain;           /* PEM file of issuers */
    const char *passphrase_file; /* its first line opens the key */
    int ask;                     /* a person at the terminal may be asked for the passphrase */
    int pss;                     /* RSASSA-PSS instead of RSASSA-PKCS1-v1_5 */
    const char *reason;          /* kept; UTF-8 */
    const char *location;        /* kept; UTF-8 */
    time_t now;                  /* key and certificates must be valid then: a seal is made now,
                                  * whatever date it claims */
};

/* A seal ready for many documents. Not changed by use: threads may share one. */
struct pdfsign;

/* Reads key and certificates and checks that they may seal. Returns new, release with
 * pdfsign_close; or NULL after reporting. */
struct pdfsign *pdfsign_open(const struct pdfsign_options *options, struct diag *d);

/* Seals the document in PDF (in: the archive file; out: the same bytes and the update that holds
 * the seal), which claims to be made at DATE, called NAME in messages. Returns 0, or -1 after
 * reporting, with PDF as it was. */
int pdfsign(const struct pdfsign *sign, struct strbuf *pdf, const char *name, time_t date,
            struct diag *d);

/* The SHA-256 of the certificate that seals (of its DER form), in hexadecimal. */
void pdfsign_fingerprint(const struct pdfsign *sign, char hex[65]);

void pdfsign_close(struct pdfsign *sign);

#endif
