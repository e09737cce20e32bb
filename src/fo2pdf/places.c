/* What came to lie where: ids, markers, page numbers that were set. */
#include "places.h"

#include <limits.h>
#include <math.h>
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
        struct area_destination *more = arena_alloc(s->lasting, cap * sizeof *more);

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

/* The entry of MARKER on the page, made anew when its parent has no area there yet. */
static struct setting_marker *entry_of(struct places *v, const struct fo_node *marker)
{
    struct setting *s = v->s;
    size_t latest = GPOINTER_TO_SIZE(g_hash_table_lookup(s->marker_latest, marker));
    struct setting_marker *m;

    if (latest && s->markers[latest - 1].page_index == v->index)
        return &s->markers[latest - 1];
    if (latest)
        s->markers[latest - 1].ends = 0;
    ALLOC_GROW(s->markers, s->markers_n, s->markers_cap);
    m = &s->markers[s->markers_n++];
    m->node = marker;
    m->page_index = v->index;
    m->starts = !latest;
    m->ends = 1;
    m->page_sequence = v->sequence;
    g_hash_table_insert(s->marker_latest, (void *)marker, GSIZE_TO_POINTER(s->markers_n));
    return m;
}

/* An area of NODE begins or ends: also one of its ancestors below OUTER, which have no area of
 * their own. */
static void pass_markers(struct places *v, const struct fo_node *node, const struct fo_node *outer,
                         int ends)
{
    const struct fo_node *n;

    if (!node || node == outer || node->kind == FO_PAGE_SEQUENCE)
        return;
    if (!ends)
        pass_markers(v, node->parent, outer, ends);
    for (n = node->first; n && n->kind == FO_MARKER; n = n->next) {
        struct setting_marker *m = entry_of(v, n);

        if (ends)
            m->end = ++v->s->marker_ends;
    }
    if (ends)
        pass_markers(v, node->parent, outer, ends);
}

/* ---- turned areas ---------------------------------------------------------------------------- */

/* What is walked from here on is turned by M, and then as it was. */
static void turn_by(struct places *v, const double m[6])
{
    static const double upright[6] = { 1, 0, 0, 1, 0, 0 };
    double o[6];
    int i;

    memcpy(o, v->is_turned ? v->turn : upright, sizeof o);
    for (i = 0; i < 6; i += 2) {
        v->turn[i] = m[i] * o[0] + m[i + 1] * o[2] + (i == 4 ? o[4] : 0);
        v->turn[i + 1] = m[i] * o[1] + m[i + 1] * o[3] + (i == 4 ? o[5] : 0);
    }
    v->is_turned = 1;
}

/* Fox:transform, around the corner of the border rectangle at X, Y. */
static void transform(struct places *v, const double t[6], mpt x, mpt y)
{
    const double m[6] = { t[0], t[1], t[2], t[3], x + 1000 * t[4] - t[0] * x - t[2] * y,
                          y + 1000 * t[5] - t[1] * x - t[3] * y };

    turn_by(v, m);
}

/* The content of AREA, whose content rectangle lies at *X, *Y: what is in it counts from 0, 0 then. */
static void turn_content(struct places *v, const struct area *area, mpt *x, mpt *y)
{
    double left = *x, top = *y, right = left + area->width, bottom = top + area->height;
    const double m[3][6] = { { 0, -1, 1, 0, left, bottom }, { -1, 0, 0, -1, right, bottom },
                             { 0, 1, -1, 0, right, top } };

    turn_by(v, m[area->rotation / 90 - 1]);
    *x = *y = 0;
}

/* The highest and leftmost of AREA, whose border rectangle begins at X, Y, is where its id lies. */
static void add_area(struct places *v, const struct area *area, mpt x, mpt y)
{
    double width = area->width + setting_edges(area->box, AREA_LEFT) +
        setting_edges(area->box, AREA_RIGHT);
    double height = area->height + setting_edges(area->box, AREA_TOP) +
        setting_edges(area->box, AREA_BOTTOM);
    const double *t = v->turn;

    if (v->is_turned && area->fo->facts->id) {
        double left = t[0] * x + t[2] * y + t[4], top = t[1] * x + t[3] * y + t[5];

        left += fmin(t[0] * width, 0) + fmin(t[2] * height, 0);
        top += fmin(t[1] * width, 0) + fmin(t[3] * height, 0);
        x = (mpt)fmax(fmin(left, INT_MAX), INT_MIN);
        y = (mpt)fmax(fmin(top, INT_MAX), INT_MIN);
    }
    places_add(v, area->fo->facts->id, x, y);
}

/* Places_visit below an area of OUTER. */
static void visit(struct places *v, const struct area *area, const struct fo_node *outer, mpt x,
                  mpt y)
{
    const struct area *c;
    const struct fo_node *fo = area->fo;
    int has_markers = fo && v->s->fo->has_markers && !v->is_static;
    int in_repeated = v->in_repeated;
    mpt left = x + area->x, up = y + area->y;
    struct places before;

    if (area->transform || area->rotation > 0)
        before = *v;
    if (area->transform)
        transform(v, area->transform, left, up);
    v->in_repeated |= fo && (fo->kind == FO_TABLE_HEADER || fo->kind == FO_TABLE_FOOTER) &&
        area->flags & AREA_ARTIFACT;
    if (has_markers)
        pass_markers(v, fo, outer, 0);
    if (fo) {
        add_area(v, area, left, up);
        if (area->kind == AREA_TEXT && fo->kind == FO_PAGE_NUMBER && !v->is_static &&
            !v->in_repeated)
            g_hash_table_insert(v->s->shown, (void *)fo, (void *)v->page->label);
    }
    left += setting_edges(area->box, AREA_LEFT);
    up += setting_edges(area->box, AREA_TOP);
    if (area->rotation > 0)
        turn_content(v, area, &left, &up);
    for (c = area->first; c; c = c->next)
        visit(v, c, fo ? fo : outer, left, up);
    if (area->transform || area->rotation > 0)
        *v = before;
    if (has_markers)
        pass_markers(v, fo, outer, 1);
    v->in_repeated = in_repeated;
}

void places_visit(struct places *v, const struct area *area, const struct area *region)
{
    mpt x = 0, y = 0;

    if (region) {
        x = region->x + setting_edges(region->box, AREA_LEFT);
        y = region->y + setting_edges(region->box, AREA_TOP);
        if (region->rotation > 0)
            turn_content(v, region, &x, &y);
    }
    visit(v, area, NULL, x, y);
}

/* ---- markers --------------------------------------------------------------------------------- */

/* Of the markers of one page that R may retrieve the best, NULL when it has none; *END is one more than
 * the last index of that page and becomes its first. */
static const struct setting_marker *best_on_page(const struct setting *s, const struct fo_node *r,
                                                 int position, const struct fo_node *sequence,
                                                 size_t *end)
{
    const char *class = r->style->page->retrieve_class;
    const struct setting_marker *first = NULL, *carried = NULL, *last = NULL, *any = NULL;
    const struct setting_marker *ended = NULL;
    int page = s->markers[*end - 1].page_index;

    for (; *end > 0 && s->markers[*end - 1].page_index == page; --*end) {
        const struct setting_marker *m = &s->markers[*end - 1];

        if (strcmp(m->node->style->page->marker_class, class) ||
            (sequence && m->page_sequence != sequence))
            continue;
        carried = m;
        if (m->starts) {
            first = m;
            last = last ? last : m;
        }
        if (!any || m->end > any->end)
            any = m;
        if (m->ends && (!ended || m->end > ended->end))
            ended = m;
    }
    switch (position) {
    case FO_KW_FIRST_STARTING_WITHIN_PAGE: return first ? first : carried;
    case FO_KW_FIRST_INCLUDING_CARRYOVER: return carried;
    case FO_KW_LAST_STARTING_WITHIN_PAGE: return last ? last : any;
    default: return ended ? ended : any;
    }
}

/* 6.13.6: what is on the page is better than what is before it, and there what is nearer. */
static const struct setting_marker *choose(const struct setting *s, const struct fo_node *r)
{
    const struct style_page *p = r->style->page;
    const struct setting_marker *best = NULL;
    size_t lo = 0, end = s->markers_n;

    while (lo < end) {
        size_t mid = (lo + end) / 2;

        if (s->markers[mid].page_index <= s->page_index)
            lo = mid + 1;
        else
            end = mid;
    }
    while (end > 0 && !best) {
        int here = s->markers[end - 1].page_index == s->page_index;

        if (!here && p->retrieve_boundary == FO_KW_PAGE)
            break;
        if (p->retrieve_boundary != FO_KW_DOCUMENT &&
            s->markers[end - 1].page_sequence != s->page->page_sequence)
            break;
        best = best_on_page(s, r, here ? p->retrieve_position : FO_KW_LAST_ENDING_WITHIN_PAGE,
                            p->retrieve_boundary == FO_KW_DOCUMENT ? NULL : s->page->page_sequence,
                            &end);
    }
    return best;
}

void places_retrieve(struct setting *s, struct fo_node *retrieve)
{
    const struct setting_marker *m;

    if (!s->page || !retrieve->style->page->retrieve_class) {
        retrieve->first = retrieve->last = NULL;
        return;
    }
    /* The content is made anew for every page, once. */
    if (g_hash_table_lookup(s->retrieved, retrieve) == s->page)
        return;
    g_hash_table_insert(s->retrieved, retrieve, (void *)s->page);
    retrieve->first = retrieve->last = NULL;
    m = choose(s, retrieve);
    if (m)
        fo_parse_marker(s->fo, m->node, retrieve, s->d);
}
