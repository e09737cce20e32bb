/* Regions of a page as areas. */
#include "regions.h"

#include <string.h>

int regions_turned(const struct masters_region *r)
{
    return r->fo && r->fo->style->size->reference_orientation % 180 == 90;
}

mpt regions_height(const struct masters_region *r)
{
    return regions_turned(r) ? r->width : r->height;
}

mpt regions_width(const struct masters_region *r)
{
    return regions_turned(r) ? r->height : r->width;
}

struct area *regions_area(struct setting *s, struct area_page *page,
                          const struct masters_region *r, const struct fo_node *flow, int first)
{
    struct area *area = setting_area(s, AREA_REGION, flow, NULL);

    area->box = setting_box(s, r->fo, r->width);
    area->x = r->x - (r->fo->kind == FO_REGION_BODY ? setting_edges(area->box, AREA_LEFT) : 0);
    area->y = r->y - (r->fo->kind == FO_REGION_BODY ? setting_edges(area->box, AREA_TOP) : 0);
    area->width = r->width;
    area->height = r->height;
    area->rotation = r->fo->style->size->reference_orientation;
    if (r->fo->style->size->overflow == FO_KW_HIDDEN)
        area->flags |= AREA_CLIP;
    if (first) {
        area->next = page->first;
        page->first = area;
        if (!page->last)
            page->last = area;
    } else {
        if (page->last)
            page->last->next = area;
        else
            page->first = area;
        page->last = area;
    }
    return area;
}

void regions_target(struct flow_target *target, struct area *area, const struct area_page *page,
                    const struct masters_region *r)
{
    memset(target, 0, sizeof *target);
    target->reference = target->region = area;
    target->region_x = r->x;
    target->region_y = r->y;
    target->page_width = page->width;
    target->page_height = page->height;
}

int regions_overflow(const struct fo_node *region)
{
    int o = region->style->size->overflow;

    return o == FO_KW_HIDDEN || o == FO_KW_VISIBLE;
}
