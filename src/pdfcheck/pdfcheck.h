/* pdfcheck: looks into a PDF of ours and says whether it can be relied on: its seals, its archive
 * form (ISO 19005-3), its tags (ISO 14289-1) and the certificate data inside it.
 *
 * Trusts nothing in the file. Used by main.c and certpress. */
#ifndef PDFCHECK_H
#define PDFCHECK_H

#include <stddef.h>
#include <time.h>

#include "diag.h"
#include "strbuf.h"

#define PDFCHECK_NO_DATE ((time_t)-1)

struct pdfcheck_options {
    const char *trust;   /* PEM file of trust anchors; NULL: chains are shown, not judged */
    time_t at;           /* moment for which certificates must be valid; PDFCHECK_NO_DATE: the one
                          * that time stamps prove, or else that each seal claims */
    int allow_revisions; /* changes after the seal are warned of, not refused */
    const char *schema;  /* cert.rng, which the certificate inside must fit; NULL: it isn't asked */
    int unsealed;        /* a file without seal, or a specimen, may conform */
    const char *programs; /* the folder of cert2fo, fo2pdf and pdf2pdfa: print the certificate again
                           * and compare the pages; NULL: don't */
};

struct pdfcheck_finding {
    char *id;
    enum diag_level level;
    char *clause; /* "ISO 19005-3, 6.1.3"; NULL when it is none of a standard's */
    char *text;
};

/* A seal, or a document time stamp. */
struct pdfcheck_seal {
    int time_stamp;              /* it is a document time stamp */
    char *signer, *issuer;       /* common names; NULL when unknown */
    char *algorithm;             /* "ecdsa-with-SHA256" */
    char *field;                 /* name of the form field; NULL: of none */
    char *reason, *location;     /* NULL: not given */
    time_t claimed;              /* PDFCHECK_NO_DATE when it claims none */
    int intact;                  /* what it covers is what was sealed */
    int trusted;                 /* 1 yes, 0 no, -1 not judged */
    int revoked;                 /* 0 no, 1 yes, -1 the file does not tell */
    time_t stamped;              /* of a time stamp: its time; of a seal: the time by which time
                                  * stamps prove it was there, or PDFCHECK_NO_DATE */
    char *stamper;               /* who made the seal's own time stamp; NULL: none */
    int level;                   /* PAdES: 0 none, 1 B-B, 2 B-T, 3 B-LT, 4 B-LTA */
    size_t revision;             /* the revision it covers, from 1; 0 when that is not clear */
    size_t covers;               /* bytes from the start of the file */
    char *cms;                   /* the signature in DER, without padding */
    size_t cms_len;
};

struct pdfcheck_file {
    char *name, *mime, *relationship;
    char *bytes;
    size_t len;
    char sha256[65];
};

enum pdfcheck_reprint {
    PDFCHECK_NOT_REPRINTED, /* not asked for, or it differs, which was reported */
    PDFCHECK_SAME_PAGES,    /* every page draws the same */
    PDFCHECK_SAME_BYTES,    /* the first revision is the same, byte for byte */
};

struct pdfcheck_report {
    char *name;
    size_t size, pages, revisions;
    char *part, *conformance, *ua; /* as the file claims: "3", "A", "1"; NULL */
    char *kind, *reference, *status; /* of the certificate inside; NULL */
    enum pdfcheck_reprint reprinted;
    int changed_later;             /* more than seals are proved with was appended to them */
    int checks;                    /* how many questions were asked */
    struct pdfcheck_finding *findings;
    size_t findings_n, findings_cap;
    struct pdfcheck_seal *seals;
    size_t seals_n, seals_cap;
    struct pdfcheck_file *files;
    size_t files_n, files_cap;
};

/* Checks the N bytes of the file called NAME. REPORT is initialised here, release it with
 * pdfcheck_release in any case. Every finding also goes to D. Returns 0 when no error was found,
 * else -1. */
int pdfcheck(const void *bytes, size_t n, const char *name, const struct pdfcheck_options *options,
             struct pdfcheck_report *report, struct diag *d);
void pdfcheck_release(struct pdfcheck_report *report);

/* Append the verdict: for people, and as one JSON object on one line. */
void pdfcheck_print(const struct pdfcheck_report *report, struct strbuf *out);
void pdfcheck_print_json(const struct pdfcheck_report *report, struct strbuf *out);

/* The verdict in one word: "conforms", "does not conform", "not checked" (the set-up was at
 * fault). */
const char *pdfcheck_verdict(const struct pdfcheck_report *report);

/* Writes every attachment and signature (seal-1.p7s ...) into FOLDER, which it makes if need be;
 * never over a file. Returns 0, or -1 after reporting. */
int pdfcheck_extract(const struct pdfcheck_report *report, const char *folder, struct diag *d);

#endif
