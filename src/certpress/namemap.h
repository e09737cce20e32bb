/* Names of documents, each with a number, for registers of any length. */
#ifndef NAMEMAP_H
#define NAMEMAP_H

#include <stddef.h>

#include "alloc.h"

struct namemap {
    struct namemap_slot {
        const char *name; /* NULL: free */
        long long value;
    } *slots;
    size_t n, slots_n;
    struct arena strings;
};

void namemap_init(struct namemap *map);
void namemap_release(struct namemap *map);

/* NAME is copied when it is new, its value replaced when not. VALUE is 0 or more. */
void namemap_put(struct namemap *map, const char *name, long long value);

/* -1 when NAME is not in it. */
long long namemap_get(const struct namemap *map, const char *name);

#endif
