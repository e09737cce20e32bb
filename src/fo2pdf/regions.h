/* Regions of a page as areas. */
#ifndef REGIONS_H
#define REGIONS_H

#include "flow.h"
#include "masters.h"

/* True when lines run along the region's height. */
int regions_turned(const struct masters_region *r);

/* The room for lines, and for what they are stacked to. */
mpt regions_width(const struct masters_region *r);
mpt regions_height(const struct masters_region *r);

/* True when content may go beyond REGION without a fault. */
int regions_overflow(const struct fo_node *region);

/* The area of R with the content of FLOW, its content rectangle where the master says. FIRST: it
 * comes before the page's other areas. */
struct area *regions_area(struct setting *s, struct area_page *page,
                          const struct masters_region *r, const struct fo_node *flow, int first);

/* Sets TARGET for content of AREA, which is R's on PAGE. */
void regions_target(struct flow_target *target, struct area *area, const struct area_page *page,
                    const struct masters_region *r);

#endif
