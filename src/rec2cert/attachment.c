#include "attachment.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "sha256.h"
#include "strbuf.h"
#include "xmlx.h"

/* 64 MiB: more than a printed page can use. */
#define MOST_BYTES ((size_t)64 << 20)

/* True when PATH has a part "..", is absolute or empty. */
static int leaves(const char *path)
{
    const char *p = path;

    if (!*path || *path == '/')
        return 1;
    while (*p) {
        size_t len = strcspn(p, "/");

        if (len == 2 && p[0] == '.' && p[1] == '.')
            return 1;
        p += len;
        p += strspn(p, "/");
    }
    return 0;
}

/* 0 for a plain file, else why PATH is none. Others are never read: they may not end. */
static int file_error(const char *path)
{
    struct stat st;

    if (stat(path, &st))
        return errno;
    return S_ISREG(st.st_mode) ? 0 : S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
}

/* Where FULL lies, links followed. */
static enum attachment_fault look_at(const char *folder, const char *full)
{
    char *base = realpath(folder, NULL), *real = realpath(full, NULL);
    size_t len = base ? strlen(base) : 0;
    enum attachment_fault fault = ATTACHMENT_FINE;
    int error = errno;

    if (!base || !real)
        fault = ATTACHMENT_UNREADABLE;
    else if (strncmp(base, real, len) || (real[len] != '/' && strcmp(base, "/")))
        fault = ATTACHMENT_OUTSIDE;
    else if ((error = file_error(real)))
        fault = ATTACHMENT_UNREADABLE;
    free(base);
    free(real);
    errno = error;
    return fault;
}

static enum attachment_fault read_inside(const char *job, const char *path, struct strbuf *bytes)
{
    enum attachment_fault fault;
    char *full;
    int error;

    if (leaves(path))
        return ATTACHMENT_OUTSIDE;
    full = xasprintf("%s/%s", job, path);
    fault = look_at(job, full);
    if (fault == ATTACHMENT_FINE && strbuf_read_file(bytes, full, MOST_BYTES))
        fault = ATTACHMENT_UNREADABLE;
    error = errno;
    free(full);
    errno = error;
    return fault;
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* True when BYTES are a whole PNG: chunks from IHDR to IEND with picture data between. */
static int is_png(const struct strbuf *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes->buf;
    size_t at = 8, left, n;
    int data = 0;

    if (bytes->len < 8 + 25 || memcmp(p, "\x89PNG\r\n\x1a\n", 8) || memcmp(p + 12, "IHDR", 4))
        return 0;
    while (bytes->len - at >= 12) {
        n = big_endian(p + at);
        left = bytes->len - at - 12;
        if (n > left)
            return 0;
        data |= !memcmp(p + at + 4, "IDAT", 4);
        if (!memcmp(p + at + 4, "IEND", 4))
            return data;
        at += n + 12;
    }
    return 0;
}

static int is_svg(const struct strbuf *bytes, const char *job, const char *path, struct diag *d)
{
    const char *begin = bytes->buf + (strncmp(bytes->buf, "\xef\xbb\xbf", 3) ? 0 : 3);
    char *full;
    xmlDoc *doc;
    int svg;

    if (begin[strspn(begin, " \t\r\n")] != '<')
        return 0;
    full = xasprintf("%s/%s", job, path);
    doc = xmlx_parse(bytes->buf, bytes->len, full, d);
    svg = doc && xmlx_is(xmlDocGetRootElement(doc), "http://www.w3.org/2000/svg", "svg");
    xmlFreeDoc(doc);
    free(full);
    return svg;
}

static int is_known(const struct attachment_known *known, const char *sha256)
{
    size_t i;

    for (i = 0; i < sizeof known->sha256 / sizeof *known->sha256; i++)
        if (!strcmp(known->sha256[i], sha256))
            return 1;
    return 0;
}

static void remember(struct attachment_known *known, const char *sha256)
{
    memcpy(known->sha256[known->next], sha256, sizeof *known->sha256);
    known->next = (known->next + 1) % (sizeof known->sha256 / sizeof *known->sha256);
}

enum attachment_fault attachment_picture(const char *job, const char *path,
                                         struct attachment_known *known, const char **type,
                                         char sha256[65], struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    enum attachment_fault fault = read_inside(job, path, &bytes);
    int error;

    if (fault == ATTACHMENT_FINE) {
        sha256_hex(bytes.buf, bytes.len, sha256);
        if (is_png(&bytes)) {
            *type = "image/png";
        } else if (known && is_known(known, sha256)) {
            *type = "image/svg+xml";
        } else if (is_svg(&bytes, job, path, d)) {
            *type = "image/svg+xml";
            if (known)
                remember(known, sha256);
        } else {
            fault = ATTACHMENT_OTHER_TYPE;
        }
    }
    error = errno;
    strbuf_release(&bytes);
    errno = error;
    return fault;
}

enum attachment_fault attachment_pdf(const char *job, const char *path, char sha256[65])
{
    struct strbuf bytes = STRBUF_INIT;
    enum attachment_fault fault = read_inside(job, path, &bytes);
    int error;

    if (fault == ATTACHMENT_FINE) {
        sha256_hex(bytes.buf, bytes.len, sha256);
        if (bytes.len < 20 || strncmp(bytes.buf, "%PDF-", 5))
            fault = ATTACHMENT_OTHER_TYPE;
    }
    error = errno;
    strbuf_release(&bytes);
    errno = error;
    return fault;
}
