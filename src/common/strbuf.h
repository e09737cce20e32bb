/* A growable string of bytes.
 *
 * Invariants: buf is never NULL and buf[len] is always '\0', so buf can be used as a C string when
 * it holds text; len counts the bytes before that NUL and may include NULs that were added.
 * Initialise with STRBUF_INIT or strbuf_init; release with strbuf_release. */
#ifndef STRBUF_H
#define STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
    char *buf;
    size_t len;
    size_t cap; /* bytes allocated; 0 while buf is the shared empty string */
};

extern char strbuf_empty[1];
#define STRBUF_INIT { strbuf_empty, 0, 0 }

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb); /* frees and leaves an empty, usable buffer */
void strbuf_clear(struct strbuf *sb);   /* empties, keeps the memory */

/* Returns the content as new memory (release with free) and leaves the buffer empty. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

void strbuf_grow(struct strbuf *sb, size_t extra); /* room for EXTRA more bytes */
void strbuf_add(struct strbuf *sb, const void *bytes, size_t n);
void strbuf_addstr(struct strbuf *sb, const char *s);
void strbuf_addf(struct strbuf *sb, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Inline: texts are made of single characters in the innermost loops. */
static inline void strbuf_addch(struct strbuf *sb, char c)
{
    if (sb->cap - sb->len < 2)
        strbuf_grow(sb, 1);
    sb->buf[sb->len++] = c;
    sb->buf[sb->len] = '\0';
}

/* Reads all of FILE named PATH ("-": standard input) into SB. Returns 0, or -1 with errno set;
 * reports nothing. Refuses (EFBIG) more than LIMIT bytes. */
int strbuf_read_file(struct strbuf *sb, const char *path, size_t limit);

#endif
