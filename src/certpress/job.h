/* A job: the folder with records, and job.xml that says how they are printed. */
#ifndef JOB_H
#define JOB_H

#include "diag.h"

/* How the documents are sealed; see pdfsign_options. Files are paths. */
struct job_seal {
    char *key;             /* a path, or with MODULE a label; NULL: not sealed */
    char *cert, *chain, *passphrase_file, *module, *trust;
    char *token, *level, *tsa, *tsa_policy;
    int pss, certify, visible;
};

struct job {
    char *folder;          /* as given, without a final slash */
    char *kind;            /* iecee, iecex, csms */
    char *lang;            /* BCP 47; "en" when job.xml says nothing */
    char *profile;         /* path, or NULL: specimens */
    struct job_seal seal;
    char *rules;           /* path of the body's own rules, or NULL */
    char *cross_reference; /* name of the cross-reference document, or NULL */
};

/* Reads FOLDER/job.xml. Returns new (release with job_free) or NULL after reporting. */
struct job *job_read(const char *folder, struct diag *d);
void job_free(struct job *job);

/* FOLDER/PATH, or PATH when it is absolute; new. */
char *job_path(const struct job *job, const char *path);

#endif
