/* Where the documents of a job lie. Paths are new, release with free. */
#ifndef PATHS_H
#define PATHS_H

#include "diag.h"
#include "job.h"
#include "strbuf.h"

char *paths_out(const struct job *job);
char *paths_document(const struct job *job, const char *name);  /* out/NAME.pdf */
char *paths_temporary(const struct job *job, const char *name); /* out/.NAME.pdf.new */

/* NAME of a temporary so named, new; NULL when FILE_NAME is none. */
char *paths_name_of_temporary(const char *file_name);

/* What stands at a document's path. Our files carry the fingerprint of the certificate inside,
 * uncompressed, in their metadata, and a seal's byte range. */
enum paths_found {
    FOUND_NOTHING,
    FOUND_DRAFT,   /* ours, not sealed */
    FOUND_ISSUED,  /* ours, sealed, of another certificate */
    FOUND_SAME,    /* ours, sealed, of the certificate with this fingerprint */
    FOUND_FOREIGN, /* not ours, or cannot be read */
};
enum paths_found paths_look(const char *path, const char *fingerprint);

/* Writes the temporary of NAME; it is not synced. Returns 0, or -1 after reporting, with nothing left
 * behind. */
int paths_write_temporary(const struct job *job, const char *name, const struct strbuf *bytes,
                          struct diag *d);

/* Brings the finished temporary of NAME to its place. An issued document that stands there is kept
 * as out/superseded/NAME-DIGITS.pdf, the first digits of its SHA-256, and that is reported. Returns
 * 0, or -1 after reporting, with both files as they were. */
int paths_deliver(const struct job *job, const char *name, struct diag *d);

/* The SHA-256 of a file, in hexadecimal. Returns 0, or -1 with errno set. */
int paths_hash(const char *path, char hex[65]);

/* Makes a folder that need not be there yet. Returns 0, or -1 after reporting. */
int paths_make_folder(const char *path, struct diag *d);

#endif
