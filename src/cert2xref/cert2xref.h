/* The cross-reference of IECEx certificates, the test reports (ExTR) and quality assessment reports
 * (QAR) they rest on, and the evidence for IEC 62443: a certificate document of kind "xref". */
#ifndef CERT2XREF_H
#define CERT2XREF_H

#include <libxml/tree.h>
#include <time.h>

#include "diag.h"

struct cert2xref_options {
    const char *name; /* reference of the cross-reference; NULL: "cross-reference" */
    time_t date;      /* its date of issue */
};

struct cert2xref;

/* *Keeps* OPTIONS' strings. Returns new, release with cert2xref_close; never NULL. */
struct cert2xref *cert2xref_open(const struct cert2xref_options *options, struct diag *d);
void cert2xref_close(struct cert2xref *x);

/* Takes note of one certificate; CERT may be freed afterwards. Returns 0, or -1 after reporting. */
int cert2xref_add(struct cert2xref *x, const xmlDoc *cert, struct diag *d);

/* Makes the cross-reference of what was added, the same whatever order that was in; *XREF is new,
 * release with xmlFreeDoc. Returns 0, or -1 after reporting. */
int cert2xref_finish(struct cert2xref *x, xmlDoc **xref, struct diag *d);

#endif
