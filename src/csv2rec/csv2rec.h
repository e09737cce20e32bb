/* The records of a job, from its CSV tables, the files in records/ and its worksheets: rec.xml(5), every
 * value with the cell it came from.
 *
 * Rows are indexed when the job is opened and read again when their record is asked for, so that
 * memory grows with the number of rows, not with what they hold. */
#ifndef CSV2REC_H
#define CSV2REC_H

#include <libxml/tree.h>

#include "diag.h"

#define CSV2REC_NS "urn:certpress:rec"

struct csv2rec_options {
    const char *kind; /* NULL: what job.xml says */
    const char *only; /* a reference, or the name of a certificate's files; NULL: all */
    int values;       /* check required cells and the form of values too; 0: rec2cert, which finds the
                         same faults and more, follows */
};

struct csv2rec;

/* Opens the job folder JOB and indexes its tables. Faults of tables, of rows that no certificate
 * claims, and references given twice are reported here. Keeps D. Returns new, release with
 * csv2rec_close, or NULL after reporting when nothing can be read. */
struct csv2rec *csv2rec_open(const char *job, const struct csv2rec_options *options,
                             struct diag *d);

/* The next certificate, in the order of certificates.csv, then of the files in records/. Returns 1
 * with *REC new (one <records> with one <record>, release with xmlFreeDoc), 0 at the end, or -1
 * when this one is faulty or lacks a row that is: reported, go on with the next. Then *REC is NULL,
 * or new when the record is whole but for the faulty cells, so that rec2cert can look for its
 * further faults in the same pass; it must not be delivered. Without the VALUES option, required
 * cells that are empty are empty elements in it. */
int csv2rec_next(struct csv2rec *c, xmlDoc **rec);

/* The same for delivery: appends the <record>, if it is free of faults, to the root PARENT of a
 * document that csv2rec_new made. */
int csv2rec_append(struct csv2rec *c, xmlNode *parent);

/* The certificates of the job. */
size_t csv2rec_count(const struct csv2rec *c);

/* An empty <records>; new, release with xmlFreeDoc. */
xmlDoc *csv2rec_new(void);

void csv2rec_close(struct csv2rec *c);

/* The headers of the tables of KIND. Written as files NAME.csv into the existing folder DIR (files
 * that exist are left as they are, an error), or to standard output as one text, each table under a
 * line "# NAME.csv". Returns 0, or -1 after reporting. */
int csv2rec_template(const char *kind, const char *dir, struct diag *d);

#endif
