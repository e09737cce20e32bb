#include "ownlevels.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "record.h"
#include "xmlx.h"

struct own_levels {
    struct own_level *levels;
    size_t n, cap;
    struct arena memory;
};

/* The text of NODE in one line, in MEMORY. */
static const char *line_of(struct arena *memory, const xmlNode *node)
{
    char *text = xmlx_text(node), *from, *to;

    for (from = to = text; *from; from++)
        if (!strchr(" \t\r\n", *from) || (to > text && to[-1] != ' '))
            *to++ = strchr("\t\r\n", *from) ? ' ' : *from;
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    from = arena_strdup(memory, text);
    free(text);
    return from;
}

/* The attribute, or "" after reporting that it is missing. */
static const char *need(const xmlNode *node, const char *name, struct diag *d)
{
    const char *value = xmlx_attr(node, name);

    if (value && *value)
        return value;
    prov_diag(d, node, PROFILE_MISSING, name, "level");
    return "";
}

static void check_attributes(const xmlNode *node, struct diag *d)
{
    static const char *const known[] = { "standard", "level", "name", "total" };
    const xmlAttr *a;
    size_t i;

    for (a = node->properties; a; a = a->next) {
        for (i = 0; i < 4 && strcmp(known[i], (const char *)a->name); i++)
            ;
        if (!a->ns && i == 4)
            prov_diag(d, node, PROFILE_ATTRIBUTE, (const char *)a->name, "level");
    }
}

/* Finds edition and group of NODE. Returns 0, or -1 after reporting. */
static int find(const xmlNode *node, const struct standards *standards, struct own_level *level,
                struct diag *d)
{
    const char *standard = need(node, "standard", d), *name = need(node, "level", d);
    const struct catalogue *c;

    if (!*standard || !*name)
        return -1;
    level->edition = standards_find(standards, standard);
    if (!level->edition || !level->edition->catalogue)
        return prov_diag(d, node, PROFILE_STANDARD, standard);
    c = level->edition->catalogue;
    level->group = catalogue_group(c, name);
    if (!level->group && c->form)
        level->group = catalogue_group(c->form, name);
    return level->group ? 0 : prov_diag(d, node, PROFILE_LEVEL, name, level->edition->dated);
}

static void read_level(struct own_levels *levels, const xmlNode *node,
                       const struct standards *standards, struct diag *d)
{
    struct own_level level = { .total = -1 };
    const char *total = xmlx_attr(node, "total"), *name = xmlx_attr(node, "name");

    check_attributes(node, d);
    if (find(node, standards, &level, d))
        return;
    if (own_level(levels, level.edition, level.group))
        prov_diag(d, node, PROFILE_TWICE, catalogue_group_label(level.group));
    if (!total && !name)
        prov_diag(d, node, PROFILE_MISSING, "total", "level");
    if (name)
        level.name = arena_strdup(&levels->memory, need(node, "name", d));
    level.reason = line_of(&levels->memory, node);
    if (total) {
        level.total = record_number(total);
        if (level.total < 0)
            prov_diag(d, node, PROFILE_TOTAL, total);
        if (!*level.reason)
            prov_diag(d, node, PROFILE_NO_REASON);
    } else if (*level.reason) {
        prov_diag(d, node, PROFILE_MISSING, "total", "level");
    }
    ALLOC_GROW(levels->levels, levels->n, levels->cap);
    levels->levels[levels->n++] = level;
}

struct own_levels *own_levels_load(const xmlNode *profile, const struct standards *standards,
                                   struct diag *d)
{
    struct own_levels *levels = xcalloc(1, sizeof *levels);
    const xmlNode *node;

    arena_init(&levels->memory);
    for (node = xmlx_first(profile, "level"); node; node = xmlx_next(node, "level"))
        read_level(levels, node, standards, d);
    return levels;
}

void own_levels_free(struct own_levels *levels)
{
    if (!levels)
        return;
    free(levels->levels);
    arena_release(&levels->memory);
    free(levels);
}

const struct own_level *own_level(const struct own_levels *levels,
                                  const struct standards_edition *edition,
                                  const struct catalogue_group *group)
{
    size_t i;

    for (i = 0; levels && i < levels->n; i++)
        if (levels->levels[i].edition == edition && levels->levels[i].group == group)
            return &levels->levels[i];
    return NULL;
}
