/* A set of strings, each with a number counted from 0 in the order of their coming. */
#ifndef KEYMAP_H
#define KEYMAP_H

#include <stddef.h>

#include "alloc.h"

#define KEYMAP_NONE ((size_t)-1)

struct keymap {
    const char **keys; /* by number; borrowed from the map */
    size_t n, cap;
    size_t *slots; /* number + 1; 0 is free */
    size_t slots_n;
    struct arena strings;
};

void keymap_init(struct keymap *map);
void keymap_release(struct keymap *map);

/* The number of KEY; KEYMAP_NONE when it is absent. */
size_t keymap_find(const struct keymap *map, const char *key);

/* The number of KEY, which is copied into the map when it is new. */
size_t keymap_add(struct keymap *map, const char *key);

#endif
