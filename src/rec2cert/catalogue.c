#include "catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "datafile.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define CATALOGUE_NS "urn:certpress:catalogue"

static const struct {
    unsigned bit;
    const char *name;
} components[] = {
    { CATALOGUE_SOFTWARE, "software application" },
    { CATALOGUE_EMBEDDED, "embedded device" },
    { CATALOGUE_HOST, "host device" },
    { CATALOGUE_NETWORK, "network device" },
};

unsigned catalogue_component(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof components / sizeof *components; i++)
        if (!strcasecmp(components[i].name, name))
            return components[i].bit;
    return 0;
}

const char *catalogue_component_name(unsigned component)
{
    size_t i;

    for (i = 0; i < sizeof components / sizeof *components; i++)
        if (components[i].bit == component)
            return components[i].name;
    return "";
}

static size_t count(const xmlNode *parent, const char *name)
{
    const xmlNode *node;
    size_t n = 0;

    for (node = xmlx_first(parent, name); node; node = xmlx_next(node, name))
        n++;
    return n;
}

static void read_requirement(struct catalogue *c, struct catalogue_group *group, const xmlNode *node,
                             struct diag *d)
{
    struct catalogue_requirement *r = &group->requirements[group->n];
    const char *component = xmlx_attr(node, "component");

    r->id = arena_strdup(c->memory, datafile_attr(node, "id", d));
    r->name = arena_strdup(c->memory, datafile_attr(node, "name", d));
    if (component) {
        r->component = catalogue_component(component);
        c->by_component = 1;
        if (!r->component)
            prov_diag(d, node, CAT_VALUE, component, "component");
    }
    if (catalogue_requirement(c, r->id, NULL))
        prov_diag(d, node, CAT_TWICE, r->id);
    group->n++;
    c->requirements++;
}

static void read_group(struct catalogue *c, const xmlNode *node, struct diag *d)
{
    struct catalogue_group *group = &c->groups[c->n];
    const char *code = xmlx_attr(node, "code");
    const xmlNode *child;
    size_t n = count(node, "requirement");

    group->code = arena_strdup(c->memory, code ? code : "");
    group->name = arena_strdup(c->memory, datafile_attr(node, "name", d));
    if (catalogue_group(c, catalogue_group_label(group)))
        prov_diag(d, node, CAT_TWICE, catalogue_group_label(group));
    if (!n)
        prov_diag(d, node, CAT_EMPTY, group->name);
    group->requirements = arena_alloc(c->memory, (n + 1) * sizeof *group->requirements);
    c->n++;
    for (child = xmlx_first(node, "requirement"); child; child = xmlx_next(child, "requirement"))
        read_requirement(c, group, child, d);
}

struct catalogue *catalogue_load(const char *folder, const char *name, struct diag *d)
{
    long cannots = d->cannots;
    xmlDoc *doc = datafile_read(folder, name, CATALOGUE_NS, "catalogue", d);
    const xmlNode *root, *node;
    struct catalogue *c;

    if (!doc)
        return NULL;
    root = xmlDocGetRootElement(doc);
    c = xcalloc(1, sizeof *c);
    c->memory = xmalloc(sizeof *c->memory);
    arena_init(c->memory);
    c->levels = arena_strdup(c->memory, datafile_attr(root, "levels", d));
    c->groups = arena_alloc(c->memory, (count(root, "group") + 1) * sizeof *c->groups);
    for (node = xmlx_first(root, "group"); node; node = xmlx_next(node, "group"))
        read_group(c, node, d);
    xmlFreeDoc(doc);
    if (d->cannots != cannots) {
        catalogue_free(c);
        return NULL;
    }
    return c;
}

void catalogue_free(struct catalogue *c)
{
    if (!c)
        return;
    arena_release(c->memory);
    free(c->memory);
    free(c);
}

long catalogue_total(const struct catalogue_group *group, unsigned types)
{
    long total = 0;
    size_t i;

    for (i = 0; i < group->n; i++)
        if (!group->requirements[i].component || (group->requirements[i].component & types))
            total++;
    return total;
}

/* The next character that counts in comparing names, lower case; 0 at the end. */
static char significant(const char **s)
{
    while (**s == ' ' || **s == '-' || **s == '_')
        ++*s;
    return **s >= 'A' && **s <= 'Z' ? (char)(*(*s)++ - 'A' + 'a') : **s ? *(*s)++ : '\0';
}

static int same_name(const char *a, const char *b)
{
    char ca, cb;

    do {
        ca = significant(&a);
        cb = significant(&b);
    } while (ca && ca == cb);
    return ca == cb;
}

const struct catalogue_group *catalogue_group(const struct catalogue *c, const char *text)
{
    size_t i;

    for (i = 0; i < c->n; i++)
        if ((*c->groups[i].code && same_name(c->groups[i].code, text)) ||
            same_name(c->groups[i].name, text))
            return &c->groups[i];
    return NULL;
}

const char *catalogue_group_label(const struct catalogue_group *group)
{
    return *group->code ? group->code : group->name;
}

const struct catalogue_requirement *catalogue_requirement(const struct catalogue *c, const char *id,
                                                          const struct catalogue_group **group)
{
    size_t i, k;

    for (i = 0; i < c->n; i++)
        for (k = 0; k < c->groups[i].n; k++)
            if (!strcmp(c->groups[i].requirements[k].id, id)) {
                if (group)
                    *group = &c->groups[i];
                return &c->groups[i].requirements[k];
            }
    return NULL;
}
