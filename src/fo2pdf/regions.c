/* Regions of a page as areas. */
#include "regions.h"

#include <string.h>

#include "alloc.h"

int regions_turned(const struct masters_region *r)
{
    return r->rotation % 180 == 90;
}

mpt regions_height(const struct masters_region *r)
{
    return regions_turned(r) ? r->width : r->height;
}

mpt regions_width(const struct masters_region *r)
{
    return regions_turned(r) ? r->height : r->width;
}

/* What is drawn around a region, when its page is turned: the region's top is on another side. */
static const struct area_box *turned_box(struct setting *s, const struct masters_region *r)
{
    const struct area_box *box = setting_box(s, r->fo, r->page_rotation % 180 ? r->height : r->width);
    struct area_box *turned;
    mpt *clip = NULL;
    int steps = r->page_rotation / 90, i;

    if (!box || !steps)
        return box;
    turned = arena_alloc(s->arena, sizeof *turned);
    *turned = *box;
    if (box->clip)
        turned->clip = clip = arena_alloc(s->arena, 4 * sizeof *clip);
    for (i = 0; i < 4; i++) {
        /* Sides are numbered clockwise, pages are turned the other way round. */
        int to = (i + 4 - steps) % 4;

        turned->border[to] = box->border[i];
        turned->padding[to] = box->padding[i];
        turned->border_color[to] = box->border_color[i];
        turned->border_style[to] = box->border_style[i];
        turned->radius[to] = box->radius[i];
        if (clip)
            clip[to] = box->clip[i];
    }
    return turned;
}

struct area *regions_area(struct setting *s, struct area_page *page,
                          const struct masters_region *r, const struct fo_node *flow, int first)
{
    struct area *area = setting_area(s, AREA_REGION, flow, NULL);

    area->box = turned_box(s, r);
    area->x = r->x - (r->fo->kind == FO_REGION_BODY ? setting_edges(area->box, AREA_LEFT) : 0);
    area->y = r->y - (r->fo->kind == FO_REGION_BODY ? setting_edges(area->box, AREA_TOP) : 0);
    area->width = r->width;
    area->height = r->height;
    area->rotation = r->rotation;
    if (setting_clips(r->fo))
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
    target->page = page;
}

int regions_overflow(const struct fo_node *region)
{
    int o = region->style->size->overflow;

    return o == FO_KW_HIDDEN || o == FO_KW_VISIBLE;
}
