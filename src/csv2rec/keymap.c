#include "keymap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void keymap_init(struct keymap *map)
{
    memset(map, 0, sizeof *map);
    arena_init(&map->strings);
}

void keymap_release(struct keymap *map)
{
    free(map->keys);
    free(map->slots);
    arena_release(&map->strings);
    keymap_init(map);
}

/* FNV-1a with a final mix: short keys that differ in a digit spread over all bits. */
static size_t hash(const char *key)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (; *key; key++)
        h = (h ^ (unsigned char)*key) * 0x100000001b3u;
    h ^= h >> 32;
    return (size_t)h;
}

/* The slot of KEY: where it is, or the free one where it belongs. */
static size_t slot_of(const struct keymap *map, const char *key)
{
    size_t i = hash(key) & (map->slots_n - 1);

    while (map->slots[i] && strcmp(map->keys[map->slots[i] - 1], key))
        i = (i + 1) & (map->slots_n - 1);
    return i;
}

static void enlarge(struct keymap *map)
{
    size_t i;

    map->slots_n = map->slots_n ? map->slots_n * 2 : 64;
    free(map->slots);
    map->slots = xcalloc(map->slots_n, sizeof *map->slots);
    for (i = 0; i < map->n; i++)
        map->slots[slot_of(map, map->keys[i])] = i + 1;
}

size_t keymap_find(const struct keymap *map, const char *key)
{
    size_t slot;

    if (!map->n)
        return KEYMAP_NONE;
    slot = slot_of(map, key);
    return map->slots[slot] ? map->slots[slot] - 1 : KEYMAP_NONE;
}

size_t keymap_add(struct keymap *map, const char *key)
{
    size_t slot;

    if ((map->n + 1) * 2 > map->slots_n)
        enlarge(map);
    slot = slot_of(map, key);
    if (map->slots[slot])
        return map->slots[slot] - 1;
    ALLOC_GROW(map->keys, map->n, map->cap);
    map->keys[map->n] = arena_strdup(&map->strings, key);
    map->slots[slot] = ++map->n;
    return map->n - 1;
}
