#include "namemap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void namemap_init(struct namemap *map)
{
    memset(map, 0, sizeof *map);
    arena_init(&map->strings);
}

void namemap_release(struct namemap *map)
{
    arena_release(&map->strings);
    free(map->slots);
    namemap_init(map);
}

/* FNV-1a. */
static size_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* The slot of NAME, or the free one where it belongs. SLOTS_N is a power of two. */
static struct namemap_slot *slot(const struct namemap *map, const char *name)
{
    size_t i = hash(name) & (map->slots_n - 1);

    while (map->slots[i].name && strcmp(map->slots[i].name, name))
        i = (i + 1) & (map->slots_n - 1);
    return &map->slots[i];
}

static void grow(struct namemap *map)
{
    struct namemap_slot *old = map->slots;
    size_t n = map->slots_n, i;

    map->slots_n = n ? n * 2 : 64;
    map->slots = xcalloc(map->slots_n, sizeof *map->slots);
    for (i = 0; i < n; i++)
        if (old[i].name)
            *slot(map, old[i].name) = old[i];
    free(old);
}

void namemap_put(struct namemap *map, const char *name, long long value)
{
    struct namemap_slot *s;

    if (map->n * 4 >= map->slots_n * 3)
        grow(map);
    s = slot(map, name);
    if (!s->name) {
        s->name = arena_strdup(&map->strings, name);
        map->n++;
    }
    s->value = value;
}

long long namemap_get(const struct namemap *map, const char *name)
{
    const struct namemap_slot *s = map->n ? slot(map, name) : NULL;

    return s && s->name ? s->value : -1;
}
