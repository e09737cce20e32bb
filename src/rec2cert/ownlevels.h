/* What an issuing body's profile says of the levels of standards: a name of its own, and a total
 * that is not the catalogue's, with the reason that is printed. */
#ifndef OWNLEVELS_H
#define OWNLEVELS_H

#include <libxml/tree.h>

#include "diag.h"
#include "standards.h"

struct own_level {
    const struct standards_edition *edition;
    const struct catalogue_group *group; /* of its catalogue, or of its form */
    const char *name;                    /* NULL: the catalogue's */
    long total;                          /* -1: the catalogue's */
    const char *reason;                  /* of the total */
};

struct own_levels;

/* Reads the <level> elements of PROFILE. Returns new (release with own_levels_free); reports every
 * fault. STANDARDS are kept. */
struct own_levels *own_levels_load(const xmlNode *profile, const struct standards *standards,
                                   struct diag *d);
void own_levels_free(struct own_levels *levels);

/* What is said of GROUP; borrowed, or NULL. LEVELS may be NULL. */
const struct own_level *own_level(const struct own_levels *levels,
                                  const struct standards_edition *edition,
                                  const struct catalogue_group *group);

#endif
