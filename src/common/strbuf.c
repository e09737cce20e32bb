#include "strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
    sb->buf = strbuf_empty;
    sb->len = sb->cap = 0;
}

void strbuf_release(struct strbuf *sb)
{
    if (sb->cap)
        free(sb->buf);
    strbuf_init(sb);
}

void strbuf_clear(struct strbuf *sb)
{
    sb->len = 0;
    if (sb->cap)
        sb->buf[0] = '\0';
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
    char *s;

    strbuf_grow(sb, 0);
    s = sb->buf;
    if (len)
        *len = sb->len;
    strbuf_init(sb);
    return s;
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
    size_t need, cap;
    char *buf;

    if (extra > SIZE_MAX / 2 - sb->len - 1)
        extra = SIZE_MAX / 2; /* xrealloc refuses it */
    need = sb->len + extra + 1;
    if (need <= sb->cap)
        return;
    cap = sb->cap < 32 ? 64 : sb->cap + sb->cap / 2;
    if (cap < need)
        cap = need;
    buf = xrealloc(sb->cap ? sb->buf : NULL, cap, 1);
    if (!sb->cap)
        buf[0] = '\0';
    sb->buf = buf;
    sb->cap = cap;
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t n)
{
    strbuf_grow(sb, n);
    if (n)
        memcpy(sb->buf + sb->len, bytes, n);
    sb->len += n;
    sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *s)
{
    strbuf_add(sb, s, strlen(s));
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list ap)
{
    va_list again;
    int n;

    va_copy(again, ap);
    strbuf_grow(sb, 64);
    n = vsnprintf(sb->buf + sb->len, sb->cap - sb->len, format, ap);
    if (n < 0)
        abort(); /* a format that cannot fail did */
    if ((size_t)n >= sb->cap - sb->len) {
        strbuf_grow(sb, (size_t)n);
        vsnprintf(sb->buf + sb->len, sb->cap - sb->len, format, again);
    }
    sb->len += (size_t)n;
    va_end(again);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    strbuf_vaddf(sb, format, ap);
    va_end(ap);
}

int strbuf_read_file(struct strbuf *sb, const char *path, size_t limit)
{
    int is_stdin = !strcmp(path, "-");
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int error = 0;

    if (fd < 0)
        return -1;
    if (!fstat(fd, &st) && S_ISDIR(st.st_mode)) {
        error = EISDIR;
        goto done;
    }
    for (;;) {
        ssize_t n;

        strbuf_grow(sb, 64 * 1024);
        n = read(fd, sb->buf + sb->len, sb->cap - sb->len - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            error = errno;
        if (n <= 0)
            break;
        sb->len += (size_t)n;
        if (sb->len > limit) {
            error = EFBIG;
            break;
        }
    }
done:
    sb->buf[sb->len] = '\0';
    if (!is_stdin)
        close(fd);
    errno = error;
    return error ? -1 : 0;
}
