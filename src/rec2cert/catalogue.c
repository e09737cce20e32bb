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

/* What the groups of a standard are called; templates have words for each. */
static const char *const kinds_of_levels[] = {
    "element", "security-program-element", "summary-level", "practice", "foundational-requirement",
    "certificate-form",
};

/* The id as it is compared: capitals without blanks and hyphens, "RE1" for every way to write an
 * enhancement. In MEMORY. */
static const char *key_of(struct arena *memory, const char *id)
{
    char *key = arena_alloc(memory, 3 * strlen(id) + 1), *to = key;

    for (; *id; id++) {
        if (*id == '(' && (to - key < 2 || strncmp(to - 2, "RE", 2))) {
            *to++ = 'R';
            *to++ = 'E';
        } else if (!strncmp(id, "\xc2\xa0", 2)) {
            id++;
        } else if (!strchr(" \t\n\r-_()", *id)) {
            *to++ = *id >= 'a' && *id <= 'z' ? (char)(*id - 'a' + 'A') : *id;
        }
    }
    *to = '\0';
    return key;
}

static const struct catalogue_requirement *with_key(const struct catalogue *c, const char *key,
                                                    const struct catalogue_group **group)
{
    size_t i, k;

    for (i = 0; i < c->n; i++)
        for (k = 0; k < c->groups[i].n; k++)
            if (!strcmp(c->groups[i].requirements[k].key, key)) {
                if (group)
                    *group = &c->groups[i];
                return &c->groups[i].requirements[k];
            }
    return NULL;
}

static size_t count(const xmlNode *parent, const char *name)
{
    const xmlNode *node;
    size_t n = 0;

    for (node = xmlx_first(parent, name); node; node = xmlx_next(node, name))
        n++;
    return n;
}

/* A security level of IEC 62443: every requirement of foundational requirements has one. */
static int read_sl(const struct catalogue *c, const xmlNode *node, struct diag *d)
{
    const char *sl = xmlx_attr(node, "sl");

    if (!sl && strcmp(c->levels, "foundational-requirement"))
        return 0;
    sl = datafile_attr(node, "sl", d);
    if (*sl && (*sl < '1' || *sl > '4' || sl[1]))
        prov_diag(d, node, CAT_VALUE, sl, "sl");
    return *sl - '0';
}

static void read_requirement(struct catalogue *c, struct catalogue_group *group,
                             const xmlNode *node, struct diag *d)
{
    struct catalogue_requirement *r = &group->requirements[group->n];
    const char *component = xmlx_attr(node, "component"), *parent = xmlx_attr(node, "parent");

    datafile_check(node, "", "id name parent component sl area certainty placeholder", d);
    r->id = arena_strdup(c->memory, datafile_attr(node, "id", d));
    r->name = arena_strdup(c->memory, datafile_attr(node, "name", d));
    r->key = key_of(c->memory, r->id);
    r->is_placeholder = xmlx_attr(node, "placeholder") != NULL;
    r->sl = read_sl(c, node, d);
    r->index = c->indices++;
    if (component) {
        r->component = catalogue_component(component);
        c->by_component = 1;
        if (!r->component)
            prov_diag(d, node, CAT_VALUE, component, "component");
    }
    if (with_key(c, r->key, NULL))
        prov_diag(d, node, CAT_TWICE, r->id);
    if (parent && !catalogue_requirement(c, parent, NULL))
        prov_diag(d, node, CAT_PARENT, parent, r->id);
    group->n++;
    c->requirements++;
}

/* The group of NODE with room for N requirements. */
static struct catalogue_group *add_group(struct catalogue *c, const xmlNode *node, size_t n,
                                         struct diag *d)
{
    struct catalogue_group *group = &c->groups[c->n];
    const char *code = xmlx_attr(node, "code");

    group->code = arena_strdup(c->memory, code ? code : "");
    group->name = arena_strdup(c->memory, datafile_attr(node, "name", d));
    if (catalogue_group(c, catalogue_group_label(group)))
        prov_diag(d, node, CAT_TWICE, catalogue_group_label(group));
    group->requirements = arena_alloc(c->memory, (n + 1) * sizeof *group->requirements);
    c->n++;
    return group;
}

static void read_group(struct catalogue *c, const xmlNode *node, struct diag *d)
{
    struct catalogue_group *group = add_group(c, node, count(node, "requirement"), d);
    const xmlNode *child;

    datafile_check(node, "requirement", "code name clause certainty", d);
    for (child = xmlx_first(node, "requirement"); child; child = xmlx_next(child, "requirement"))
        read_requirement(c, group, child, d);
    if (!group->n)
        prov_diag(d, node, CAT_EMPTY, group->name);
}

/* A group of the form: the standard's requirements whose ids begin with IDS, and its own. */
static void read_form_group(const struct catalogue *c, struct catalogue *form, const xmlNode *node,
                            struct diag *d)
{
    struct catalogue_group *group =
        add_group(form, node, c->requirements + count(node, "requirement"), d);
    const char *ids = xmlx_attr(node, "ids");
    const xmlNode *child;
    size_t i, k;

    datafile_check(node, "requirement", "code name ids", d);
    for (i = 0; ids && i < c->n; i++)
        for (k = 0; k < c->groups[i].n; k++) {
            const struct catalogue_requirement *r = &c->groups[i].requirements[k];

            if (strncmp(r->id, ids, strlen(ids)))
                continue;
            if (with_key(form, r->key, NULL))
                prov_diag(d, node, CAT_TWICE, r->id);
            group->requirements[group->n++] = *r;
        }
    form->requirements += group->n;
    for (child = xmlx_first(node, "requirement"); child; child = xmlx_next(child, "requirement"))
        read_requirement(form, group, child, d);
    if (!group->n)
        prov_diag(d, node, CAT_EMPTY, group->name);
}

static const char *read_levels(struct catalogue *c, const xmlNode *node, struct diag *d)
{
    const char *levels = datafile_attr(node, "levels", d);
    size_t i, n = sizeof kinds_of_levels / sizeof *kinds_of_levels;

    for (i = 0; i < n && strcmp(kinds_of_levels[i], levels); i++)
        ;
    if (*levels && i == n)
        prov_diag(d, node, CAT_VALUE, levels, "levels");
    return arena_strdup(c->memory, levels);
}

static void read_form(struct catalogue *c, const xmlNode *node, struct diag *d)
{
    struct catalogue *form = arena_alloc(c->memory, sizeof *form);
    const xmlNode *child;
    size_t i, k;

    datafile_check(node, "group", "levels", d);
    form->memory = c->memory;
    form->levels = read_levels(form, node, d);
    form->groups = arena_alloc(c->memory, (count(node, "group") + 1) * sizeof *form->groups);
    form->indices = c->indices;
    for (child = xmlx_first(node, "group"); child; child = xmlx_next(child, "group"))
        read_form_group(c, form, child, d);
    if (!form->n)
        prov_diag(d, node, CAT_EMPTY, "form");
    for (i = 0; i < c->n; i++)
        for (k = 0; k < c->groups[i].n; k++)
            if (!with_key(form, c->groups[i].requirements[k].key, NULL))
                prov_diag(d, node, CAT_FORM_LACKS, c->groups[i].requirements[k].id);
    c->indices = form->indices;
    c->form = form;
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
    datafile_check(root, "group form", "levels", d);
    c->levels = read_levels(c, root, d);
    c->groups = arena_alloc(c->memory, (count(root, "group") + 1) * sizeof *c->groups);
    for (node = xmlx_first(root, "group"); node; node = xmlx_next(node, "group"))
        read_group(c, node, d);
    if ((node = xmlx_first(root, "form")))
        read_form(c, node, d);
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
    const struct catalogue_requirement *found;
    struct arena scratch;
    char *base;

    arena_init(&scratch);
    found = with_key(c, key_of(&scratch, id), group);
    if (!found) {
        base = xasprintf("%sBR", key_of(&scratch, id));
        found = with_key(c, base, group);
        free(base);
    }
    arena_release(&scratch);
    return found;
}
