/* Waiting for files to be saved, for who tries things out: a product is made again on every save. */
#ifndef WATCH_H
#define WATCH_H

#include "diag.h"

struct watch;

/* New (release with watch_close), or NULL after reporting. From here on SIGINT and SIGTERM wait until
 * watch_wait, so that they end nothing half-made. PRODUCT (kept; NULL: none) is the file that is made:
 * its own writing is no save. */
struct watch *watch_open(const char *product, struct diag *d);
void watch_close(struct watch *w);

/* Watches one file, also while it does not exist, or every file below a folder, but not in subfolders
 * of the names in SKIP (ends with NULL). Hidden files and backups do not count. What is watched already
 * is not watched twice. Returns 0, or -1 after reporting. */
int watch_file(struct watch *w, const char *path, struct diag *d);
int watch_folder(struct watch *w, const char *path, const char *const *skip, struct diag *d);

/* Waits until something is saved and everything has been quiet for a moment. Returns 1, or 0 when the
 * user wants to end (Ctrl-C). */
int watch_wait(struct watch *w);

#endif
