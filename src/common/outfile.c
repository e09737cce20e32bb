#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"

static int write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t w = write(fd, p, n);

        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return -1;
        p += w;
        n -= (size_t)w;
    }
    return 0;
}

static int write_stdout(const void *bytes, size_t n, unsigned flags, struct diag *d)
{
    if ((flags & OUTFILE_BINARY) && isatty(STDOUT_FILENO))
        return diag(d, ENV_TERMINAL);
    if (write_all(STDOUT_FILENO, bytes, n))
        return diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
    return 0;
}

/* Makes the rename itself durable; a file system that cannot sync a folder is not an error. */
static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int outfile_write(const char *path, const void *bytes, size_t n, unsigned flags, struct diag *d)
{
    struct stat st;
    char *temp;
    mode_t mask;
    int fd, error = 0;

    if (!path || !strcmp(path, "-"))
        return write_stdout(bytes, n, flags, d);
    if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
        /* A device or pipe cannot be renamed over. */
        fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || write_all(fd, bytes, n))
            error = errno;
        if (fd >= 0 && close(fd) && !error)
            error = errno;
        return error ? diag(d, ENV_CANNOT_WRITE, path, strerror(error)) : 0;
    }

    temp = xasprintf("%s.XXXXXX", path);
    fd = mkstemp(temp);
    if (fd < 0) {
        free(temp);
        return diag(d, ENV_CANNOT_WRITE, path, strerror(errno));
    }
    mask = umask(0);
    umask(mask);
    if (write_all(fd, bytes, n) || fchmod(fd, 0666 & ~mask) || fsync(fd))
        error = errno;
    if (close(fd) && !error)
        error = errno;
    if (!error && (flags & OUTFILE_KEEP)) {
        /* link() refuses an existing target in one step; rename() would replace it. */
        if (link(temp, path))
            error = errno;
        else
            unlink(temp);
    } else if (!error && rename(temp, path)) {
        error = errno;
    }
    if (error) {
        unlink(temp);
        if (error == EEXIST)
            diag(d, ENV_EXISTS, path);
        else
            diag(d, ENV_CANNOT_WRITE, path, strerror(error));
    } else {
        sync_folder_of(path);
    }
    free(temp);
    return error ? -1 : 0;
}
