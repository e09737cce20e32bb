/* An output file that is complete or absent.
 *
 * Bytes go to a temporary beside the target; commit syncs it and renames it into place, discard
 * removes it. The target "-" (or NULL) is standard output, which is written on commit in one go
 * and checked to the last byte. */
#ifndef OUTFILE_H
#define OUTFILE_H

#include <stddef.h>

#include "diag.h"

/* Writes N bytes as PATH, whole or not at all. Returns 0, or -1 after reporting. With
 * OUTFILE_BINARY a terminal as standard output is refused; with OUTFILE_KEEP an existing target is
 * refused and left as it is. */
enum outfile_flags { OUTFILE_BINARY = 1, OUTFILE_KEEP = 2 };
int outfile_write(const char *path, const void *bytes, size_t n, unsigned flags, struct diag *d);

#endif
