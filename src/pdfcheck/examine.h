/* What the parts of pdfcheck share: one check of one file. Each part asks about its matter and
 * reports with check_find; none stops the others. */
#ifndef PDFCHECK_EXAMINE_H
#define PDFCHECK_EXAMINE_H

#include <libxml/tree.h>

#include "diag.h"
#include "pdf.h"
#include "pdfcheck.h"

struct check {
    const char *bytes; /* the file; borrowed */
    size_t n;
    struct pdf *pdf;
    xmlDoc *xmp;       /* NULL when there is none or it cannot be read */
    const struct pdfcheck_options *options;
    struct pdfcheck_report *report;
    struct diag d;     /* feeds the report and the caller's diag */
    struct diag *outer;
    struct diag_place place;
    const char *clause; /* of the message being given */
    int full;           /* no more findings are recorded */
    long long work;     /* units left before the file is given up as too intricate */
};

/* Reports one finding, declared in messages.h. Always returns -1. */
int check_find(struct check *c, const char *id, enum diag_level level, const char *clause,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Pays UNITS (objects looked at, 16 bytes read) of the work that one file may cause, so that shared
 * objects cannot make a small file take hours. Returns 0, or -1 when it is used up, which is
 * reported once. */
int check_work(struct check *c, size_t units);

/* Counts one question asked of the file. */
void check_ask(struct check *c);

/* The parts. check_archive also reads the XMP that the later ones ask. */
void check_archive(struct check *c);  /* archive.c: ISO 19005-3 file, metadata, intents */
void check_objects(struct check *c);  /* objects.c: ISO 19005-3 fonts, images, actions ... */
void check_tags(struct check *c);     /* tags.c: ISO 14289-1 */
void check_data(struct check *c);     /* data.c: attachments and the certificate */
void check_seals(struct check *c);    /* seals.c: signatures, revisions */
void check_reprint(struct check *c);  /* reprint.c: data = pages; needs check_data's files */

/* What a seal leaves out of the COVERS bytes at the beginning of the file. */
struct check_hole {
    size_t at, end, covers;
};

/* revisions.c: what was changed after the first COVERS bytes were sealed but by validation data and
 * archive time stamps. Returns the number of changes, which are reported unless revisions are
 * allowed. check_had_store: whether the file had a security store when it had COVERS bytes. */
int check_changes(struct check *c, size_t covers);
int check_had_store(struct check *c, size_t covers);

#endif
