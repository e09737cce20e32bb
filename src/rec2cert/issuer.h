/* The body that issues: its profile.xml, checked whole when it is read. */
#ifndef ISSUER_H
#define ISSUER_H

#include <libxml/tree.h>

#include "diag.h"
#include "lists.h"
#include "ownlevels.h"

struct issuer;

/* Reads the profile PATH; the mark's path counts from the folder JOB. Returns new (release with
 * issuer_free) or NULL after reporting every fault. STANDARDS are kept. */
struct issuer *issuer_load(const char *path, const char *job, const struct standards *standards,
                           const struct lists *lists, struct diag *d);
void issuer_free(struct issuer *issuer);

/* The body's id, which is its code in certificate numbers; borrowed. */
const char *issuer_id(const struct issuer *issuer);

/* What the profile says of levels. All take an ISSUER that may be NULL; borrowed. */
const struct own_levels *issuer_levels(const struct issuer *issuer);
/* True when IEC 62443-4-2 is counted as the form of the certificate does. */
int issuer_counts_by_form(const struct issuer *issuer);
/* True when IECEE certificates have an annex by requirement. */
int issuer_wants_requirements(const struct issuer *issuer);
/* True when IECEx certificates have the annex of exposure without evidence, too. */
int issuer_wants_exposure(const struct issuer *issuer);

/* Adds to CERT what the profile says of certificates of this KIND and LANG: <issuer> (not when ISSUER is
 * NULL), <form>, <wording>. NAME is the document's, for the address of verification. SIGNATORY and
 * POSITION, when not NULL, stand for the profile's. */
void issuer_add(const struct issuer *issuer, xmlNode *cert, const char *kind, const char *lang,
                const char *name, const char *signatory, const char *position,
                const struct lists *lists);

#endif
