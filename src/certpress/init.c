#include "init.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "messages.h"
#include "outfile.h"
#include "strbuf.h"

#define FILE_LIMIT ((size_t)16 << 20)

static int is_empty(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    int n = 0;

    if (!dir)
        return errno == ENOENT;
    while ((e = readdir(dir)))
        if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
            n++;
    closedir(dir);
    return n == 0;
}

static int copy_file(const char *from, const char *to, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    int result = -1;

    if (strbuf_read_file(&bytes, from, FILE_LIMIT))
        diag(d, ENV_CANNOT_READ, from, strerror(errno));
    else
        result = outfile_write(to, bytes.buf, bytes.len, OUTFILE_KEEP, d);
    strbuf_release(&bytes);
    return result;
}

/* DEPTH guards against a folder that links into itself. */
static int copy_folder(const char *from, const char *to, int depth, struct diag *d)
{
    DIR *dir = depth < 8 ? opendir(from) : NULL;
    struct dirent *e;
    int result = 0;

    if (!dir)
        return diag(d, ENV_CANNOT_READ, from, strerror(errno));
    if (mkdir(to, 0777) && errno != EEXIST) {
        diag(d, ENV_CANNOT_WRITE, to, strerror(errno));
        closedir(dir);
        return -1;
    }
    while (!result && (e = readdir(dir))) {
        char *source, *target;
        struct stat st;

        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
            continue;
        source = xasprintf("%s/%s", from, e->d_name);
        target = xasprintf("%s/%s", to, e->d_name);
        if (stat(source, &st))
            result = diag(d, ENV_CANNOT_READ, source, strerror(errno));
        else if (S_ISDIR(st.st_mode))
            result = copy_folder(source, target, depth + 1, d);
        else
            result = copy_file(source, target, d);
        free(source);
        free(target);
    }
    closedir(dir);
    return result;
}

int init_job(const char *data, const char *folder, struct diag *d)
{
    char *from;
    int result;

    if (!is_empty(folder))
        return diag(d, PRESS_NOT_EMPTY, folder);
    from = xasprintf("%s/templates/job", data);
    result = copy_folder(from, folder, 0, d);
    free(from);
    return result;
}
