/* The files of a folder by their ending. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stddef.h>

struct folder {
    char **names; /* sorted; hidden ones are left out */
    size_t n, cap;
};

/* The entries of PATH whose names end in ENDING, any case; "": all. Returns 0 (also when there is
 * no such folder), or -1 with errno set. *F is to be released either way. */
int folder_read(struct folder *f, const char *path, const char *ending);
void folder_release(struct folder *f);

#endif
