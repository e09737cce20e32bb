/* Records of a job that are given as XML, records/NAME.xml: rec.xml(5), any number a file. One file at
 * a time is in memory. */
#ifndef XMLRECORDS_H
#define XMLRECORDS_H

#include <stddef.h>

#include <libxml/tree.h>

#include "diag.h"

struct xmlrecord {
    size_t file, at;         /* the AT-th element of that file */
    char *reference, *issue; /* as they stand there, without blanks around */
    long line;               /* of the reference */
};

struct xmlrecords {
    struct xmlrecord *records; /* files by name, in each the order of the file */
    size_t n, cap;
    char **files;
    size_t files_n, files_cap;
    xmlDoc *open;        /* of the file read last */
    size_t open_file;
    const xmlNode *node; /* the element looked at last, */
    size_t at;           /* its number */
};

/* Reads FOLDER/records/, which may be missing. Every record must be of KIND and have a reference.
 * Returns 0, or -1 after reporting every fault; *R is to be released either way. */
int xmlrecords_read(struct xmlrecords *r, const char *folder, const char *kind, struct diag *d);
void xmlrecords_release(struct xmlrecords *r);

/* Where RECORD's reference stands. Strings borrowed. */
struct diag_place xmlrecords_place(const struct xmlrecords *r, const struct xmlrecord *record);

/* Copies attributes, fields and rows of RECORD into TO, each with the place where it stands. Quickest
 * in the order of the records. Returns 0, or -1 after reporting that the file is another by now. */
int xmlrecords_append(struct xmlrecords *r, const struct xmlrecord *record, xmlNode *to,
                      struct diag *d);

#endif
