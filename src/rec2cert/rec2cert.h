/* One record to one certificate: complete, counted, checked. */
#ifndef REC2CERT_H
#define REC2CERT_H

#include <libxml/tree.h>

#include "diag.h"
#include "isodate.h"

struct rec2cert;

struct rec2cert_options {
    const char *data;            /* folder with templates/, xsl/rules/, cert.rng (src/formats/ or formats/) */
    const char *job;             /* folder that diagrams, evidence and the mark count from; NULL: "." */
    const char *profile;         /* path of the issuing body's profile.xml; NULL: specimens */
    const char *rules;           /* path of the body's own rules; NULL: none */
    const char *lang;            /* of records that name none; NULL: "en" */
    const struct isodate *today; /* later dates of deeds are faults; NULL: not looked for; kept */
};

/* Reads the installed lists and the profile. Strings are copied. Returns new (release with
 * rec2cert_close) or NULL after reporting every fault. */
struct rec2cert *rec2cert_open(const struct rec2cert_options *options, struct diag *d);
void rec2cert_close(struct rec2cert *r);

/* Makes *CERT (new, release with xmlFreeDoc) from REC, a <records> with one <record>. Returns 0, or -1
 * after reporting every fault, each at its cell; *CERT is NULL then. Nothing of R changes: calls may
 * run at the same time. */
int rec2cert(struct rec2cert *r, const xmlDoc *rec, xmlDoc **cert, struct diag *d);

#endif
