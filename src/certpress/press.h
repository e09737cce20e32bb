/* The press: every stage loaded once, and one document after the other through all of them without
 * leaving memory. */
#ifndef PRESS_H
#define PRESS_H

#include <libxml/tree.h>
#include <time.h>

#include "diag.h"
#include "job.h"
#include "strbuf.h"

struct press;

enum press_extent {
    PRESS_ALL,
    PRESS_NO_SEAL,      /* documents are not sealed, whatever seal the job names */
    PRESS_CERTIFICATES, /* what sets and seals is not loaded: press_document may not be called */
};

/* *Keeps* JOB. DATA is the folder with xsl, templates and fonts. DATE is stamped into documents and
 * seals; NOW is the time by the clock, when the key must be valid. Returns new (release with
 * press_close) or NULL after reporting. */
struct press *press_open(const struct job *job, const char *data, time_t date, time_t now,
                         enum press_extent extent, struct diag *d);
void press_close(struct press *press);

/* A record's certificate; *CERT is new. Returns 0, or -1 after reporting. */
int press_certificate(struct press *press, const xmlDoc *record, xmlDoc **cert, struct diag *d);

/* Sets, archives and (when the job names a seal and the certificate is no specimen) seals CERT into
 * OUT, which is emptied first. Returns 0, or -1 after reporting. */
int press_document(struct press *press, const xmlDoc *cert, struct strbuf *out, struct diag *d);

/* Seals FILE, an archive that press_document made of the certificate NAME without a seal; as if it had
 * been sealed then. The job must name a seal. Returns 0, or -1 after reporting. */
int press_seal_archive(struct press *press, const char *name, struct strbuf *file, struct diag *d);

/* What a press is at, for who watches it from outside. */
enum press_stage {
    PRESS_READING,
    PRESS_REC2CERT,
    PRESS_CERT2FO,
    PRESS_FO2PDF,
    PRESS_PDF2PDFA,
    PRESS_PDFSIGN,
    PRESS_WRITING,
};
extern const char *const press_stage_names[];

/* From now on *STAGE (*kept*) tells the stage. */
void press_watch(struct press *press, volatile int *stage);
void press_note(struct press *press, enum press_stage stage);

/* The SHA-256, in hexadecimal, of the certificate that seals; NULL when the job is not sealed. */
const char *press_seal(const struct press *press);

/* The SHA-256, in hexadecimal, of the certificate as it is embedded. */
void press_fingerprint(const xmlDoc *cert, char hex[65]);

#endif
