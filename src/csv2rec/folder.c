#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int folder_read(struct folder *f, const char *path, const char *ending)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    size_t end = strlen(ending);

    memset(f, 0, sizeof *f);
    if (!dir)
        return errno == ENOENT ? 0 : -1;
    while ((entry = readdir(dir))) {
        size_t len = strlen(entry->d_name);

        if (*entry->d_name == '.' || len <= end || strcasecmp(entry->d_name + len - end, ending))
            continue;
        ALLOC_GROW(f->names, f->n, f->cap);
        f->names[f->n++] = xstrdup(entry->d_name);
    }
    closedir(dir);
    if (f->n)
        qsort(f->names, f->n, sizeof *f->names, by_name);
    return 0;
}

void folder_release(struct folder *f)
{
    size_t i;

    for (i = 0; i < f->n; i++)
        free(f->names[i]);
    free(f->names);
    memset(f, 0, sizeof *f);
}
