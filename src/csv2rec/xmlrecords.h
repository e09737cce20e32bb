/* Records of a job that are given as XML, records/NAME.xml: rec.xml(5), any number a file. */
#ifndef XMLRECORDS_H
#define XMLRECORDS_H

#include <stddef.h>

#include <libxml/tree.h>

#include "diag.h"

struct xmlrecord {
    const xmlNode *node;
    const char *path; /* of its file */
};

struct xmlrecords {
    struct xmlrecord *records; /* files by name, in each the order of the file */
    size_t n, cap;
    struct { xmlDoc *doc; char *path; } *files;
    size_t files_n, files_cap;
};

/* Reads FOLDER/records/, which may be missing. Every record must be of KIND and have a reference.
 * Returns 0, or -1 after reporting every fault; *R is to be released either way. */
int xmlrecords_read(struct xmlrecords *r, const char *folder, const char *kind, struct diag *d);
void xmlrecords_release(struct xmlrecords *r);

/* Where NODE of the record stands: its own provenance, else its line. Strings borrowed. */
struct diag_place xmlrecords_place(const struct xmlrecord *r, const xmlNode *node);

/* Copies fields and rows into RECORD, each with the place where it stands. */
void xmlrecords_append(const struct xmlrecord *r, xmlNode *record);

#endif
