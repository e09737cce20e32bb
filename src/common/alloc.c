#include "alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(void)
{
    fputs("error: out of memory [ENV-001]\n", stderr);
    exit(2);
}

void *xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *xrealloc(void *p, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        out_of_memory();
    p = realloc(p, n && size ? n * size : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *xstrndup(const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = xmalloc(len + 1);
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *xasprintf(const char *format, ...)
{
    va_list ap;
    char *s;

    va_start(ap, format);
    if (vasprintf(&s, format, ap) < 0)
        out_of_memory();
    va_end(ap);
    return s;
}

/* A chunk's bytes follow its header; the newest chunk is first in the list. */
struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    _Alignas(max_align_t) unsigned char bytes[];
};

#define ARENA_CHUNK_SIZE ((size_t)64 * 1024)

static struct arena_chunk *chunk_new(size_t size, struct arena_chunk *next)
{
    struct arena_chunk *c = xmalloc(sizeof *c + size);
    c->next = next;
    c->used = 0;
    c->size = size;
    return c;
}

void arena_init(struct arena *a)
{
    a->chunk = NULL;
    a->size = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    void *p;

    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + align - 1) / align * align;
    if (!a->chunk || a->chunk->size - a->chunk->used < size) {
        a->chunk = chunk_new(size > ARENA_CHUNK_SIZE ? size : ARENA_CHUNK_SIZE, a->chunk);
        a->size += a->chunk->size;
    }
    p = a->chunk->bytes + a->chunk->used;
    a->chunk->used += size;
    return memset(p, 0, size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

void arena_clear(struct arena *a)
{
    while (a->chunk && a->chunk->next) {
        struct arena_chunk *next = a->chunk->next;
        a->size -= a->chunk->size;
        free(a->chunk);
        a->chunk = next;
    }
    if (a->chunk)
        a->chunk->used = 0;
}

void arena_release(struct arena *a)
{
    arena_clear(a);
    free(a->chunk);
    arena_init(a);
}
