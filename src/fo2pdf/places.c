/* What came to lie where: ids, markers, page numbers that were set. */
#include "places.h"

#include <string.h>

#include "alloc.h"
#include "parse.h"

void places_add(struct places *v, const char *id, mpt x, mpt y)
{
    struct setting *s = v->s;
    struct area_destination *d;

    if (!id || v->is_static)
        return;
    g_hash_table_insert(s->last_pages, (void *)id, (void *)v->page);
    if (g_hash_table_contains(s->first_pages, id))
        return;
    g_hash_table_insert(s->first_pages, (void *)id, (void *)v->page);
    if (s->destinations_n == s->destinations_cap) {
        size_t cap = s->destinations_cap ? s->destinations_cap * 2 : 32;
        struct area_destination *more = arena_alloc(s->arena, cap * sizeof *more);

        if (s->destinations_n)
            memcpy(more, s->destinations, s->destinations_n * sizeof *more);
        s->destinations = more;
        s->destinations_cap = cap;
    }
    d = &s->destinations[s->destinations_n++];
    d->id = id;
    d->page = v->page;
    d->page_index = v->index;
    d->x = x;
    d->y = y;
}

static void add_markers(struct places *v, const struct fo_node *parent)
{
    struct setting *s = v->s;
    const struct fo_node *n;
    int k;

    for (n = parent->first; n && n->kind == FO_MARKER; n = n->next) {
        struct setting_marker *m;
        int starts = 1;

        for (k = (int)s->markers_n - 1; k >= 0 && k > (int)s->markers_n - 64; k--)
            if (s->markers[k].node == n) {
                if (s->markers[k].page_index == v->index)
                    starts = -1;
                else
                    starts = 0;
                s->markers[k].ends = starts == -1 ? s->markers[k].ends : 0;
                break;
            }
        if (starts == -1)
            continue;
        ALLOC_GROW(s->markers, s->markers_n, s->markers_cap);
        m = &s->markers[s->markers_n++];
        m->node = n;
        m->page_index = v->index;
        m->starts = starts;
        m->ends = 1;
        m->page_sequence = v->sequence;
    }
}

void places_visit(struct places *v, const struct area *area, mpt x, mpt y)
{
    const struct area *c;
    mpt left = x + area->x, up = y + area->y;

    if (area->fo) {
        places_add(v, area->fo->id, left, up);
        if (area->fo->first && area->fo->first->kind == FO_MARKER && !v->is_static)
            add_markers(v, area->fo);
        if (area->kind == AREA_TEXT && area->fo->kind == FO_PAGE_NUMBER && !v->is_static)
            g_hash_table_insert(v->s->shown, (void *)area->fo, (void *)v->page->label);
    }
    left += setting_edges(area->box, AREA_LEFT);
    up += setting_edges(area->box, AREA_TOP);
    for (c = area->first; c; c = c->next)
        places_visit(v, c, left, up);
}

/* ---- markers --------------------------------------------------------------------------------- */

static const struct setting_marker *choose(const struct setting *s, const struct fo_node *r,
                                           int page,
                                           const struct fo_node *sequence)
{
    const struct style_page *p = r->style->page;
    const struct setting_marker *first = NULL, *last = NULL, *carried = NULL, *best = NULL;
    size_t i;

    for (i = 0; i < s->markers_n; i++) {
        const struct setting_marker *m = &s->markers[i];

        if (strcmp(m->node->style->page->marker_class, p->retrieve_class) || m->page_index > page ||
            (p->retrieve_boundary == FO_KW_PAGE && m->page_index != page) ||
            (p->retrieve_boundary != FO_KW_DOCUMENT && m->page_sequence != sequence))
            continue;
        if (m->page_index < page) {
            best = m;
            continue;
        }
        switch (p->retrieve_position) {
        case FO_KW_FIRST_STARTING_WITHIN_PAGE: if (!first && m->starts) first = m; break;
        case FO_KW_FIRST_INCLUDING_CARRYOVER: if (!first) first = m; break;
        case FO_KW_LAST_STARTING_WITHIN_PAGE: if (m->starts) last = m; break;
        default: if (m->ends) last = m;
        }
        if (!carried)
            carried = m;
    }
    return first ? first : last ? last : carried && !carried->starts ? carried : best ? best : NULL;
}

void places_retrieve(struct setting *s, struct fo_node *retrieve)
{
    const struct setting_marker *m;
    int index;

    if (!s->page || !retrieve->style->page->retrieve_class) {
        retrieve->first = retrieve->last = NULL;
        return;
    }
    index = s->page_index;
    /* The content is made anew for every page, once. */
    if (g_hash_table_lookup(s->retrieved, retrieve) == s->page)
        return;
    g_hash_table_insert(s->retrieved, retrieve, (void *)s->page);
    retrieve->first = retrieve->last = NULL;
    m = choose(s, retrieve, index, s->page->page_sequence);
    if (m)
        fo_parse_marker(s->fo, m->node, retrieve, s->d);
}
