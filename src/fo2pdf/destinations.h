/* Where ids came to lie, found by id: a long document has as many links as places. */
#ifndef DESTINATIONS_H
#define DESTINATIONS_H

#include "area.h"

/* Puts the places of AREAS into the order that destinations_find needs. */
void destinations_sort(struct area_document *areas);

/* The place of ID, which may be on a page that was left out; borrowed from AREAS. NULL when there is
 * none. */
const struct area_destination *destinations_find(const struct area_document *areas, const char *id);

#endif
