/* Allocation that cannot fail: out of memory ends the program with status 2.
 * Our programs never ship a half-made document, so there is nothing to save. */
#ifndef ALLOC_H
#define ALLOC_H

#include <stddef.h>

/* Each returns new memory, release with free(). Sizes in bytes; products are checked for overflow. */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Makes room for one more element in the array P of N elements, *CAP of them allocated. */
#define ALLOC_GROW(p, n, cap) \
    do { \
        if ((n) >= (cap)) { \
            (cap) = (cap) ? (cap) * 2 : 16; \
            (p) = xrealloc((p), (size_t)(cap), sizeof *(p)); \
        } \
    } while (0)

/* An arena: many small blocks with one life. Blocks are aligned for any type and start as zeros;
 * arena_clear frees all blocks but the first chunk, arena_release frees everything. */
struct arena {
    struct arena_chunk *chunk;
    size_t size; /* of its chunks, in bytes */
};

void arena_init(struct arena *a);
void *arena_alloc(struct arena *a, size_t size);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
