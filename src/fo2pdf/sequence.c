/* One page-sequence: its flow in sections and columns onto pages. */
#include "sequence.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "breaker.h"
#include "fo_messages.h"
#include "folio.h"
#include "places.h"
#include "regions.h"

#define MAX_PAGES 10000

/* One page-sequence while it is set. */
struct sequence {
    struct pages *p;
    const struct fo_node *fo, *flow;
    struct masters masters;
    int first_page;            /* index in made */
    int first_number;
    mpt width;                 /* of the flow */
    const struct fo_node *width_master;
    struct flow_list *list;
    mpt *heights;              /* of bodies, by page and "is last"; -2: not known yet */
    int heights_n;
    int failed, may_overflow;

    /* The section in hand: children of the flow that stand in columns, or span all of them. */
    const struct fo_node *end; /* the child after it, or NULL */
    int columns;               /* that it stands in */
    int is_divided, width_columns; /* pages have columns; how many */
    mpt gap;
    int page;                  /* the page that its first part stands on */
    mpt top;                   /* where it begins on that page, below other sections */
    mpt deepest;               /* of its columns on the open page */
    mpt balanced;              /* height of columns, or 0: as high as there is room */
    struct area *body;         /* of the open page, NULL: none is */
    int body_page;
};

static struct area_page *add_page(struct sequence *q, const struct fo_node *master, int number)
{
    struct pages *p = q->p;
    struct area_page *page = arena_alloc(p->s->arena, sizeof *page);
    struct made *m;

    if (p->made_n == MAX_PAGES) {
        if (!q->failed)
            fo_report(p->s->d, p->s->fo, q->fo, FO_TOO_MANY_PAGES, MAX_PAGES);
        q->failed = 1;
    }
    ALLOC_GROW(p->made, p->made_n, p->made_cap);
    m = &p->made[p->made_n++];
    m->page = page;
    m->sequence = q->fo;
    masters_measure(p->s, master, &m->geometry);
    page->width = m->geometry.width;
    page->height = m->geometry.height;
    page->number = number;
    page->label = folio_label(p->s, q->fo, number);
    page->page_sequence = q->fo;
    page->page_master = master;
    if (p->areas->last)
        p->areas->last->next = page;
    else
        p->areas->first = page;
    p->areas->last = page;
    p->areas->pages_n++;
    {
        struct places v = { p->s, page, p->made_n - 1, q->fo, 0 };

        places_add(&v, p->s->fo->root->id, 0, 0);
        places_add(&v, q->fo->id, 0, 0);
    }
    return page;
}

static int number_of(const struct sequence *q, int n)
{
    return q->first_number + n;
}

static mpt measured_height(struct setting *s, const struct fo_node *master)
{
    struct masters_page page;

    masters_measure(s, master, &page);
    return regions_height(&page.body);
}

static mpt tallest(const struct sequence *q)
{
    const struct fo_node *n;
    mpt most = 0;

    for (n = q->masters.set->first; n; n = n->next)
        if (n->kind == FO_SIMPLE_PAGE_MASTER && measured_height(q->p->s, n) > most)
            most = measured_height(q->p->s, n);
    return most;
}

/* The room for the Kth part of the section in hand. */
static mpt body_height(void *arg, int k, int last)
{
    struct sequence *q = arg;
    const struct fo_node *master;
    int n = q->page + k / q->columns, at = 2 * n + (last != 0);

    if (k < 0)
        return tallest(q);
    if (q->balanced)
        return q->balanced;
    if (at >= q->heights_n) {
        int i = q->heights_n;

        q->heights_n = 2 * at + 16;
        q->heights = xrealloc(q->heights, (size_t)q->heights_n, sizeof *q->heights);
        for (; i < q->heights_n; i++)
            q->heights[i] = -2;
    }
    if (q->heights[at] == -2) {
        master = masters_find(&q->masters, n, number_of(q, n), last, 0);
        q->heights[at] = master ? measured_height(q->p->s, master) : -1;
    }
    return q->heights[at] < 0 || n > q->page ? q->heights[at] : q->heights[at] - q->top;
}

static void check_part(struct sequence *q, const struct breaker_part *part,
                       const struct fo_node *region)
{
    long room = part->height, need = part->needed;
    const struct flow_item *item;

    if (part->stretch <= -1 || part->stretch == 0) {
        if (need <= room + 20 || regions_overflow(region))
            return;
        if (part->stretch <= -1 && part->to - part->from > 1)
            return;
        item = &q->list->items[part->from];
        fo_complain(q->p->s->d, q->p->s->fo, item->fo ? item->fo : q->flow,
                    q->p->s->options->lenient, FO_TOO_HIGH,
                    need / 1000., (need - room) / 1000.);
    }
}

/* Begins page N. Returns the area of its body, or NULL when there is none to be had. */
static struct area *open_page(struct sequence *q, int n, int last)
{
    const struct fo_node *master = masters_choose(&q->masters, n, number_of(q, n), last, 0);
    const struct masters_region *body;
    struct area_page *page;

    q->body = NULL;
    q->body_page = n;
    if (!master || q->failed) {
        q->failed = 1;
        return NULL;
    }
    page = add_page(q, master, number_of(q, n));
    body = &q->p->made[q->p->made_n - 1].geometry.body;
    if (body->fo)
        q->body = regions_area(q->p->s, page, body, q->flow, 0);
    return q->body;
}

/* The Kth part of the section in hand; LAST: it is on the flow's last page. */
static void set_part(struct sequence *q, const struct breaker_part *part, int k, int last)
{
    struct setting *s = q->p->s;
    const struct masters_region *body;
    const struct area_page *page;
    struct area *area = q->body, *parent;
    struct flow_target target;
    struct places v;
    mpt room, x = 0, y = 0, top;
    int n = q->page + k / q->columns, column = k % q->columns;

    if (!area || q->body_page != n) {
        area = open_page(q, n, last);
        q->deepest = 0;
    }
    if (!area)
        return;
    page = q->p->made[q->p->made_n - 1].page;
    body = &q->p->made[q->p->made_n - 1].geometry.body;
    memset(&v, 0, sizeof v);
    v.s = s;
    v.page = page;
    v.index = q->p->made_n - 1;
    v.sequence = q->fo;
    regions_target(&target, area, page, body);
    target.stretch = part->stretch;
    top = part->from == 0 ? q->list->lead : 0;
    parent = area;
    if (part->to > part->from)
        check_part(q, part, body->fo);
    if (q->is_divided) {
        int place = q->flow->style->flow->writing_mode == FO_KW_RL_TB ? q->columns - 1 - column
                  : column;

        parent = setting_area(s, AREA_BLOCK, NULL, area);
        parent->x = place * (q->width + q->gap);
        parent->y = n == q->page ? q->top : 0;
        parent->width = q->width;
        parent->height = (mpt)part->needed;
        target.reference = parent;
        if (part->needed > q->deepest)
            q->deepest = (mpt)part->needed;
        places_add(&v, area->fo->id, area->x, area->y);
        x = area->x + setting_edges(area->box, AREA_LEFT);
        y = area->y + setting_edges(area->box, AREA_TOP);
    } else {
        room = regions_height(body) - (mpt)part->needed;
        top += flow_align(body->fo, room);
    }
    flow_emit(q->list, part->from, part->to, parent, top, &target);
    places_visit(&v, parent, x, y);
}

static void blank_page(struct sequence *q, int n, int last)
{
    const struct fo_node *master = masters_choose(&q->masters, n, number_of(q, n), last, 1);

    if (master)
        add_page(q, master, number_of(q, n));
    else
        q->failed = 1;
}

/* Adds a blank page when the next page, the Nth, has not the parity that BREAK asks for. */
static int make_parity(struct sequence *q, int n, int force)
{
    int odd = number_of(q, n) % 2;

    if ((force == FO_KW_EVEN_PAGE && odd) || (force == FO_KW_ODD_PAGE && !odd)) {
        blank_page(q, n, 0);
        return n + 1;
    }
    return n;
}

/* The width for lines of the section in hand on page N, and the gap between its columns. */
static mpt width_of(const struct sequence *q, int n, int last, mpt *gap)
{
    const struct fo_node *master = masters_find(&q->masters, n, number_of(q, n), last, 0);
    struct masters_page page;
    mpt width;

    *gap = q->gap;
    if (!master && q->width < 0)
        master = q->width_master;
    if (!master)
        return q->width;
    masters_measure(q->p->s, master, &page);
    width = regions_width(&page.body);
    if (q->columns == 1 || !page.body.fo)
        return width;
    *gap = fo_length_of(&page.body.fo->style->page->column_gap, width, 0);
    width = (width - (q->columns - 1) * *gap) / q->columns;
    return width > 0 ? width : 0;
}

/* Sets the flow from item *FROM on in another width; *FROM becomes the item in the new list. */
static void set_anew(struct sequence *q, int *from, mpt width)
{
    struct flow_place place;

    flow_find(q->list, *from, &place);
    q->width = width;
    q->list = flow_build_from(q->p->s, q->flow, q->end, width, q->may_overflow, &place, from);
}

/* The least height of COLUMNS columns that hold items FROM to the end; *PARTS gets them. */
static int balance(struct sequence *q, int from, int columns, mpt room, struct breaker_part **parts)
{
    const struct flow_list *list = q->list;
    mpt low = 1, high = room;
    int count;

    while (low < high) {
        mpt middle = low + (high - low) / 2;
        int i, fits;

        q->balanced = middle;
        count = breaker_run(list, from, list->items_n, 0, 0, body_height, q, parts);
        fits = count <= columns;
        for (i = 0; i < count; i++)
            fits &= (*parts)[i].needed <= middle + 20;
        free(*parts);
        if (fits)
            high = middle;
        else
            low = middle + 1;
    }
    q->balanced = high;
    count = breaker_run(list, from, list->items_n, 0, 0, body_height, q, parts);
    q->balanced = 0;
    return count;
}

/* True when not even the least that can be parted off from item FROM on has ROOM. */
static int nothing_fits(const struct flow_list *list, int from, mpt room)
{
    int to = from + 1;

    while (to < list->items_n && list->items[to - 1].penalty && !list->items[to - 1].force)
        to++;
    return flow_height(list, from, to) > room + 20;
}

/* Parts of the section from item FROM to TO, from its Kth part on. Returns how many there are,
 * or -1 - I when part I stands on a page of another width. *TRIED: that was dealt with already. */
static int set_parts(struct sequence *q, int *from, int to, int k, int final, int *tried)
{
    struct breaker_part *parts, *last_parts;
    int end = to == q->list->items_n, count, i, done = 0;

    count = breaker_run(q->list, *from, to, k, final && end, body_height, q, &parts);
    if (q->columns > 1 && !final && end) {
        /* What stands above another section is spread over the columns. */
        int page = (k + count - 1) / q->columns, first = page * q->columns, n;

        i = first > k ? first - k : 0;
        n = balance(q, parts[i].from, q->columns - (k + i) % q->columns,
                    body_height(q, k + i, 0), &last_parts);
        parts = xrealloc(parts, (size_t)(i + n), sizeof *parts);
        memcpy(parts + i, last_parts, (size_t)n * sizeof *parts);
        free(last_parts);
        count = i + n;
    }
    for (i = 0; i < count && !q->failed; i++) {
        int page = q->page + (k + i) / q->columns;
        int last = final && end && page == q->page + (k + count - 1) / q->columns;
        mpt gap, width = width_of(q, page, last, &gap);

        if (width != q->width && !*tried) {
            q->gap = gap;
            *from = parts[i].from;
            set_anew(q, from, width);
            *tried = 1;
            free(parts);
            return -1 - i;
        }
        /* A last page on which the rest does not fit in its own width is not the last. */
        set_part(q, &parts[i], k + i, last && width == q->width);
        *tried = 0;
        done++;
    }
    free(parts);
    return done;
}

/* The section in hand, from page q->page on. Returns the page that it ends on. */
static int set_section(struct sequence *q, int final)
{
    int from = 0, k = 0, tried = 0, count, force;

    if (q->top && q->list->items_n && nothing_fits(q->list, 0, body_height(q, 0, final))) {
        q->page++;
        q->top = 0;
    }
    while (from < q->list->items_n && !q->failed) {
        int to = from + 1;

        while (to < q->list->items_n && !q->list->items[to - 1].force)
            to++;
        count = set_parts(q, &from, to, k, final, &tried);
        if (count < 0) {
            k += -1 - count;
            continue;
        }
        k += count - 1;
        from = to;
        if (from == q->list->items_n)
            break;
        force = q->list->items[to - 1].force;
        k = force == FO_KW_COLUMN ? k + 1 : (k / q->columns + 1) * q->columns;
        if (force != FO_KW_COLUMN) {
            q->page = make_parity(q, q->page + k / q->columns, force);
            q->top = 0;
            k = 0;
        }
    }
    return q->page + k / q->columns;
}

/* The child of the flow that the section which begins with CHILD ends before. */
static const struct fo_node *section_end(const struct sequence *q, const struct fo_node *child)
{
    int span = child->style->block->span;

    while (child && q->is_divided && child->style->block->span == span)
        child = child->next;
    return q->is_divided ? child : NULL;
}

/* Returns the number of pages. */
static int set_flow(struct sequence *q)
{
    static const struct breaker_part empty = { 0, 0, 0, 0, 0 };
    const struct fo_node *child = q->flow->first;
    struct flow_place start = { NULL, 0, 0 };
    int n = 0, force = 0, ignored, sections = 0;

    do {
        int spans = child && child->style->block->span == FO_KW_ALL, next;

        q->end = child ? section_end(q, child) : NULL;
        q->columns = q->is_divided && !spans ? q->width_columns : 1;
        q->width = -1;
        q->width = width_of(q, n, 0, &q->gap);
        start.top = child;
        q->list = flow_build_from(q->p->s, q->flow, q->end, q->width, q->may_overflow, &start,
                                  &ignored);
        if (!force || force == FO_KW_COLUMN)
            force = q->list->first_force ? q->list->first_force : force;
        if (sections && force && force != FO_KW_COLUMN) {
            n++;
            q->top = 0;
        }
        if (!sections || (force && force != FO_KW_COLUMN))
            n = make_parity(q, n, force);
        q->page = n;
        if (!q->list->items_n && sections && force && force != FO_KW_COLUMN)
            set_part(q, &empty, 0, !q->end); /* nothing, on a page of its own */
        next = set_section(q, !q->end);
        if (q->body)
            q->top = (next == q->page ? q->top : 0) + q->deepest;
        q->deepest = 0;
        n = next;
        force = q->list->last_force;
        child = q->end;
        sections++;
    } while (child && !q->failed);
    if (!q->body && !q->failed)
        set_part(q, &empty, n - q->page, 1);
    return n + 1;
}

void sequence_set(struct pages *p, const struct fo_node *fo)
{
    struct sequence q;
    struct masters_page page;
    const struct fo_node *n;
    int count, add, i;

    memset(&q, 0, sizeof q);
    q.p = p;
    q.fo = fo;
    for (n = fo->first; n; n = n->next)
        if (n->kind == FO_FLOW)
            q.flow = n;
    if (!q.flow) {
        fo_report(p->s->d, p->s->fo, fo, FO_MISSING_CHILD, "page-sequence", "fo:flow");
        return;
    }
    folio_check(p->s, fo);
    if (masters_init(&q.masters, p->s, fo))
        return;
    for (n = fo->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->page->flow_name &&
            !masters_have_region(q.masters.set, n->style->page->flow_name))
            fo_complain(p->s->d, p->s->fo, n, p->s->options->lenient, FO_NOWHERE,
                        n->style->page->flow_name);
    q.first_page = p->made_n;
    q.first_number = folio_first(fo, p->next_number);
    q.width_master = masters_find(&q.masters, 0, q.first_number, 0, 0);
    if (!q.width_master)
        q.width_master = masters_choose(&q.masters, 0, q.first_number, 1, 0);
    if (!q.width_master)
        return;
    masters_measure(p->s, q.width_master, &page);
    if (page.body.fo && strcmp(masters_region_name(page.body.fo), q.flow->style->page->flow_name))
        fo_complain(p->s->d, p->s->fo, q.flow, p->s->options->lenient, FO_NO_REGION,
                    q.width_master->style->page->master_name, q.flow->style->page->flow_name);
    p->s->height = regions_height(&page.body);
    q.may_overflow = page.body.fo && regions_overflow(page.body.fo);
    q.width_columns = page.body.fo ? page.body.fo->style->page->column_count : 1;
    q.is_divided = q.width_columns > 1;
    count = set_flow(&q);
    add = folio_missing(fo, count, q.first_number);
    for (i = 0; i < add && !q.failed; i++)
        blank_page(&q, count + i, 1);
    p->next_number = q.first_number + count + add;
    free(q.heights);
}
