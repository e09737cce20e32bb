#include "paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "messages.h"
#include "sha256.h"
#include "strbuf.h"

#define DOCUMENT_LIMIT ((size_t)256 << 20)

static const char temporary_end[] = ".pdf.new";

char *paths_out(const struct job *job)
{
    return xasprintf("%s/out", job->folder);
}

char *paths_document(const struct job *job, const char *name)
{
    return xasprintf("%s/out/%s.pdf", job->folder, name);
}

char *paths_temporary(const struct job *job, const char *name)
{
    return xasprintf("%s/out/.%s%s", job->folder, name, temporary_end);
}

char *paths_name_of_temporary(const char *file_name)
{
    size_t len = strlen(file_name), end = sizeof temporary_end - 1;

    if (*file_name != '.' || len < end + 2 || strcmp(file_name + len - end, temporary_end))
        return NULL;
    return xstrndup(file_name + 1, len - end - 1);
}

static int has(const struct strbuf *bytes, const char *word)
{
    return memmem(bytes->buf, bytes->len, word, strlen(word)) != NULL;
}

enum paths_found paths_look(const char *path, const char *fingerprint)
{
    struct strbuf bytes = STRBUF_INIT;
    enum paths_found found = FOUND_FOREIGN;

    if (access(path, F_OK) && errno == ENOENT)
        return FOUND_NOTHING;
    if (!strbuf_read_file(&bytes, path, DOCUMENT_LIMIT) && has(&bytes, "CertificateSHA256")) {
        if (!has(&bytes, "/ByteRange"))
            found = FOUND_DRAFT;
        else
            found = has(&bytes, fingerprint) ? FOUND_SAME : FOUND_ISSUED;
    }
    strbuf_release(&bytes);
    return found;
}

int paths_hash(const char *path, char hex[65])
{
    struct strbuf bytes = STRBUF_INIT;
    int result = strbuf_read_file(&bytes, path, DOCUMENT_LIMIT);

    if (!result)
        sha256_hex(bytes.buf, bytes.len, hex);
    strbuf_release(&bytes);
    return result;
}

int paths_write_temporary(const struct job *job, const char *name, const struct strbuf *bytes,
                          struct diag *d)
{
    char *path = paths_temporary(job, name);
    FILE *file = fopen(path, "we");
    int failed = !file || fwrite(bytes->buf, 1, bytes->len, file) != bytes->len ||
                 fflush(file);
    int error = failed ? errno : 0;

    if (file && fclose(file) && !error)
        error = errno;
    if (error) {
        unlink(path);
        diag(d, ENV_CANNOT_WRITE, path, strerror(error));
    }
    free(path);
    return error ? -1 : 0;
}

int paths_make_folder(const char *path, struct diag *d)
{
    struct stat st;
    int error = mkdir(path, 0777) ? errno : 0;

    if (error == EEXIST && !stat(path, &st))
        error = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    return error ? diag(d, ENV_CANNOT_WRITE, path, strerror(error)) : 0;
}

static int keep_issued(const struct job *job, const char *name, const char *path, struct diag *d)
{
    char *folder = xasprintf("%s/out/superseded", job->folder), *kept = NULL;
    char hex[65];
    int result = -1;

    if (paths_hash(path, hex)) {
        diag(d, ENV_CANNOT_READ, path, strerror(errno));
    } else if (!paths_make_folder(folder, d)) {
        kept = xasprintf("%s/%s-%.12s.pdf", folder, name, hex);
        /* A second name first, so that there is no moment without the document. */
        if (link(path, kept) && errno != EEXIST) {
            diag(d, ENV_CANNOT_WRITE, kept, strerror(errno));
        } else {
            diag(d, PRESS_SUPERSEDED, path, kept);
            result = 0;
        }
    }
    free(folder);
    free(kept);
    return result;
}

int paths_deliver(const struct job *job, const char *name, struct diag *d)
{
    char *path = paths_document(job, name), *temporary = paths_temporary(job, name);
    enum paths_found found = paths_look(path, "-");
    int result = 0;

    if (found != FOUND_NOTHING && found != FOUND_DRAFT)
        result = keep_issued(job, name, path, d);
    if (!result && rename(temporary, path))
        result = diag(d, ENV_CANNOT_WRITE, path, strerror(errno));
    free(path);
    free(temporary);
    return result;
}
