/* The requirements of one standard, in its organizational levels and order. Totals on certificates
 * are counted from here and typed nowhere. */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stddef.h>

#include "diag.h"

/* Component types of IEC 62443-4-2; a set of them is their sum. */
enum catalogue_component {
    CATALOGUE_SOFTWARE = 1, CATALOGUE_EMBEDDED = 2, CATALOGUE_HOST = 4, CATALOGUE_NETWORK = 8,
    CATALOGUE_ALL_COMPONENTS = 15,
};

struct catalogue_requirement {
    const char *id, *name;
    const char *key;    /* the id as it is compared */
    unsigned component; /* 0: every component; else the one type it is for */
    int sl;             /* the lowest capability security level that selects it; 0: has none */
    int is_placeholder; /* a heading that only points elsewhere */
    size_t index;       /* of all requirements, those of a form too */
};

struct catalogue_group {
    const char *code;   /* "SM", "FR 1"; "" where the standard has names only */
    const char *name;
    struct catalogue_requirement *requirements;
    size_t n;
};

struct catalogue {
    const char *levels; /* what the groups are: "practice", "summary-level", … */
    int by_component;   /* the totals depend on component types */
    struct catalogue_group *groups;
    size_t n, requirements;
    size_t indices;         /* more than any index: for tables by requirement */
    struct catalogue *form; /* the groups in which the form of the certificate counts; NULL: these */
    struct arena *memory;   /* NULL: a form, its memory is the catalogue's */
};

/* Reads FOLDER/NAME (certpress-catalogue.5). Returns new (release with catalogue_free) or NULL
 * after reporting. */
struct catalogue *catalogue_load(const char *folder, const char *name, struct diag *d);
void catalogue_free(struct catalogue *c);

/* The requirements of GROUP for a component of the given types (0: of a standard without them):
 * those for every component and the types' own. */
long catalogue_total(const struct catalogue_group *group, unsigned components);

/* The group meant by TEXT: its code or name, any case, blanks and hyphens alike ("FR-1", "fr 1"), a
 * blank before a number may be missing. Borrowed, or NULL. */
const struct catalogue_group *catalogue_group(const struct catalogue *c, const char *text);

/* What a group is called in messages: its code, or its name. Borrowed. */
const char *catalogue_group_label(const struct catalogue_group *group);

/* The requirement with this id, and (GROUP may be NULL) its group; borrowed, or NULL. Case, blanks
 * and hyphens do not count; "RE 1", "(1)" and "RE(1)" are the same, and so are "SP.01.01 BR" and
 * "SP.01.01". */
const struct catalogue_requirement *catalogue_requirement(const struct catalogue *c, const char *id,
                                                          const struct catalogue_group **group);

/* The component type called NAME ("embedded device", any case), or 0. */
unsigned catalogue_component(const char *name);
/* The name of one component type; borrowed. */
const char *catalogue_component_name(unsigned component);

#endif
