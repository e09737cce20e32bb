#include "pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "breaker.h"
#include "fo_messages.h"
#include "masters.h"
#include "parse.h"

#define MAX_PAGES 10000

/* A page and what is needed to add its static content later. */
struct made {
    struct area_page *page;
    struct masters_page geometry;
    const struct fo_node *sequence;
};

struct pages {
    struct setting *s;
    struct area_document *areas;
    struct made *made;
    int made_n, made_cap;
    int next_number;
};

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

/* ---- page numbers ---------------------------------------------------------------------------- */

static void roman(int n, int upper, char *out, size_t size)
{
    static const struct { int value; const char *digits; } parts[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
        { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
    };
    size_t i, at = 0;

    for (i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value && at + 3 < size; n -= parts[i].value) {
            const char *d;

            for (d = parts[i].digits; *d; d++)
                out[at++] = upper ? (char)(*d - 'a' + 'A') : *d;
        }
    out[at] = '\0';
}

static void letters(int n, char first, char *out, size_t size)
{
    char reversed[16];
    size_t k = 0, at = 0;

    for (; n > 0 && k < sizeof reversed; n = (n - 1) / 26)
        reversed[k++] = (char)(first + (n - 1) % 26);
    while (k > 0 && at + 1 < size)
        out[at++] = reversed[--k];
    out[at] = '\0';
}

const char *pages_label(struct setting *s, const struct fo_node *page_sequence, int number)
{
    const char *format = page_sequence->style->page->format;
    char text[64];
    size_t zeros = format ? strspn(format, "0") : 0;

    if (!format)
        format = "1";
    if (number > 0 && number < 4000 && (!strcmp(format, "i") || !strcmp(format, "I")))
        roman(number, *format == 'I', text, sizeof text);
    else if (number > 0 && (!strcmp(format, "a") || !strcmp(format, "A")))
        letters(number, *format, text, sizeof text);
    else
        snprintf(text, sizeof text, "%0*d", (int)(zeros > 20 ? 20 : zeros) + 1, number);
    return arena_strdup(s->arena, text);
}

static void check_format(struct setting *s, const struct fo_node *page_sequence)
{
    const char *f = page_sequence->style->page->format;

    if (f && strcmp(f + strspn(f, "0"), "1") && strcmp(f, "a") && strcmp(f, "A") &&
        strcmp(f, "i") && strcmp(f, "I"))
        fo_complain(s->d, s->fo, page_sequence, s->options->lenient, FO_FORMAT, f);
}

/* ---- what lies where ------------------------------------------------------------------------- */

struct visit {
    struct setting *s;
    const struct area_page *page;
    int index;
    const struct fo_node *sequence;
    int is_static;
};

static void add_destination(struct visit *v, const char *id, mpt x, mpt y)
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

static void add_markers(struct visit *v, const struct fo_node *parent)
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

/* Walks AREA, whose parent's content corner lies at X, Y: ids, markers, page numbers that
 * are set. */
static void visit(struct visit *v, const struct area *area, mpt x, mpt y)
{
    const struct area *c;
    mpt left = x + area->x, up = y + area->y;

    if (area->fo) {
        add_destination(v, area->fo->id, left, up);
        if (area->fo->first && area->fo->first->kind == FO_MARKER && !v->is_static)
            add_markers(v, area->fo);
        if (area->kind == AREA_TEXT && area->fo->kind == FO_PAGE_NUMBER && !v->is_static)
            g_hash_table_insert(v->s->shown, (void *)area->fo, (void *)v->page->label);
    }
    left += setting_edges(area->box, AREA_LEFT);
    up += setting_edges(area->box, AREA_TOP);
    for (c = area->first; c; c = c->next)
        visit(v, c, left, up);
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

void pages_retrieve(struct setting *s, struct fo_node *retrieve)
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

/* ---- pages ----------------------------------------------------------------------------------- */

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
    page->label = pages_label(p->s, q->fo, number);
    page->page_sequence = q->fo;
    page->page_master = master;
    if (p->areas->last)
        p->areas->last->next = page;
    else
        p->areas->first = page;
    p->areas->last = page;
    p->areas->pages_n++;
    {
        struct visit v = { p->s, page, p->made_n - 1, q->fo, 0 };

        add_destination(&v, p->s->fo->root->id, 0, 0);
        add_destination(&v, q->fo->id, 0, 0);
    }
    return page;
}

static int number_of(const struct sequence *q, int n)
{
    return q->first_number + n;
}

static int turned(const struct masters_region *r)
{
    return r->fo && r->fo->style->size->reference_orientation % 180 == 90;
}

static mpt measured_height(struct setting *s, const struct fo_node *master)
{
    struct masters_page page;

    masters_measure(s, master, &page);
    return turned(&page.body) ? page.body.width : page.body.height;
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

static mpt line_width(const struct masters_region *r)
{
    return turned(r) ? r->height : r->width;
}

/* The region's area: its content rectangle where the master says. */
static struct area *region_area(struct setting *s, struct area_page *page,
                                const struct masters_region *r,
                                const struct fo_node *flow, int first)
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

static void init_target(struct flow_target *target, struct area *area, const struct area_page *page,
                        const struct masters_region *r)
{
    memset(target, 0, sizeof *target);
    target->reference = target->region = area;
    target->region_x = r->x;
    target->region_y = r->y;
    target->page_width = page->width;
    target->page_height = page->height;
}

static int overflow_is_allowed(const struct fo_node *region)
{
    int o = region->style->size->overflow;

    return o == FO_KW_HIDDEN || o == FO_KW_VISIBLE;
}

static void check_part(struct sequence *q, const struct breaker_part *part,
                       const struct fo_node *region)
{
    long room = part->height, need = part->needed;
    const struct flow_item *item;

    if (part->stretch <= -1 || part->stretch == 0) {
        if (need <= room + 20 || overflow_is_allowed(region))
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
        q->body = region_area(q->p->s, page, body, q->flow, 0);
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
    struct visit v;
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
    init_target(&target, area, page, body);
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
        add_destination(&v, area->fo->id, area->x, area->y);
        x = area->x + setting_edges(area->box, AREA_LEFT);
        y = area->y + setting_edges(area->box, AREA_TOP);
    } else {
        room = (turned(body) ? body->width : body->height) - (mpt)part->needed;
        top += flow_align(body->fo, room);
    }
    flow_emit(q->list, part->from, part->to, parent, top, &target);
    visit(&v, parent, x, y);
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
    width = line_width(&page.body);
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

static int first_number(struct pages *p, const struct fo_node *sequence)
{
    const struct fo_length *l = &sequence->style->page->initial_page_number;
    int n = p->next_number;

    if (l->keyword == FO_KW_AUTO_ODD)
        return n + (n % 2 == 0);
    if (l->keyword == FO_KW_AUTO_EVEN)
        return n + (n % 2);
    return l->keyword ? n : l->v < 1 ? 1 : l->v;
}

/* How many blank pages make the count, or the last number, what force-page-count asks: 7.27.? */
static int pages_to_add(const struct fo_node *sequence, int count, int first)
{
    const struct fo_node *next;
    int last = first + count - 1;

    switch (sequence->style->page->force_page_count) {
    case FO_KW_EVEN: return count % 2;
    case FO_KW_ODD: return count % 2 == 0;
    case FO_KW_END_ON_EVEN: return last % 2;
    case FO_KW_END_ON_ODD: return last % 2 == 0;
    case FO_KW_AUTO: {
        const struct fo_length *l;

        for (next = sequence->next; next && next->kind != FO_PAGE_SEQUENCE; next = next->next)
            ;
        if (!next)
            return 0;
        l = &next->style->page->initial_page_number;
        if (l->keyword == FO_KW_AUTO_ODD || (!l->keyword && l->v % 2))
            return last % 2;
        if (l->keyword == FO_KW_AUTO_EVEN || (!l->keyword && l->v % 2 == 0))
            return last % 2 == 0;
        return 0;
    }
    default:
        return 0;
    }
}

static void set_sequence(struct pages *p, const struct fo_node *fo)
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
    check_format(p->s, fo);
    if (masters_init(&q.masters, p->s, fo))
        return;
    for (n = fo->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->page->flow_name &&
            !masters_have_region(q.masters.set, n->style->page->flow_name))
            fo_complain(p->s->d, p->s->fo, n, p->s->options->lenient, FO_NOWHERE,
                        n->style->page->flow_name);
    q.first_page = p->made_n;
    q.first_number = first_number(p, fo);
    q.width_master = masters_find(&q.masters, 0, q.first_number, 0, 0);
    if (!q.width_master)
        q.width_master = masters_choose(&q.masters, 0, q.first_number, 1, 0);
    if (!q.width_master)
        return;
    masters_measure(p->s, q.width_master, &page);
    if (page.body.fo && strcmp(masters_region_name(page.body.fo), q.flow->style->page->flow_name))
        fo_complain(p->s->d, p->s->fo, q.flow, p->s->options->lenient, FO_NO_REGION,
                    q.width_master->style->page->master_name, q.flow->style->page->flow_name);
    p->s->height = turned(&page.body) ? page.body.width : page.body.height;
    q.may_overflow = page.body.fo && overflow_is_allowed(page.body.fo);
    q.width_columns = page.body.fo ? page.body.fo->style->page->column_count : 1;
    q.is_divided = q.width_columns > 1;
    count = set_flow(&q);
    add = pages_to_add(fo, count, q.first_number);
    for (i = 0; i < add && !q.failed; i++)
        blank_page(&q, count + i, 1);
    p->next_number = q.first_number + count + add;
    free(q.heights);
}

/* ---- static content -------------------------------------------------------------------------- */

static const struct fo_node *static_for(const struct fo_node *sequence,
                                        const struct fo_node *region)
{
    const struct fo_node *n;

    for (n = sequence->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->page->flow_name &&
            !strcmp(n->style->page->flow_name, masters_region_name(region)))
            return n;
    return NULL;
}

static void set_static(struct pages *p, const struct made *m, const struct masters_region *r,
                       int first)
{
    struct setting *s = p->s;
    const struct fo_node *content;
    struct flow_list *list;
    struct flow_target target;
    struct area *area;
    long height;
    mpt room;

    if (!r->fo)
        return;
    content = static_for(m->sequence, r->fo);
    if (!content && !setting_box(s, r->fo, r->width))
        return;
    area = region_area(s, m->page, r, content, first);
    area->flags |= AREA_ARTIFACT;
    if (!content)
        return;
    s->height = turned(r) ? r->width : r->height;
    list = flow_build(s, content, line_width(r), overflow_is_allowed(r->fo));
    height = flow_height(list, 0, list->items_n);
    room = turned(r) ? r->width : r->height;
    if (height > room + 20 && !overflow_is_allowed(r->fo))
        fo_complain(s->d, s->fo, content, s->options->lenient, FO_TOO_HIGH, height / 1000.,
                    (height - room) / 1000.);
    init_target(&target, area, m->page, r);
    target.flags = AREA_ARTIFACT;
    flow_emit(list, 0, list->items_n, area, list->lead + flow_align(r->fo, room - (mpt)height),
              &target);
}

void pages_set(struct setting *s, struct area_document *areas)
{
    struct pages p;
    const struct fo_node *n;
    int i, sequences = 0;

    memset(&p, 0, sizeof p);
    p.s = s;
    p.areas = areas;
    p.next_number = 1;
    for (n = s->fo->root->first; n; n = n->next)
        if (n->kind == FO_LAYOUT_MASTER_SET)
            masters_check(s, n);
    if (!diag_failed(s->d))
        for (n = s->fo->root->first; n; n = n->next)
            if (n->kind == FO_PAGE_SEQUENCE) {
                set_sequence(&p, n);
                sequences++;
            }
    if (!sequences && !diag_failed(s->d))
        fo_report(s->d, s->fo, s->fo->root, FO_MISSING_CHILD, "root", "fo:page-sequence");
    s->final = 1;
    for (i = 0; i < p.made_n; i++) {
        s->page = p.made[i].page;
        s->page_index = i;
        set_static(&p, &p.made[i], &p.made[i].geometry.start, 1);
        set_static(&p, &p.made[i], &p.made[i].geometry.before, 1);
        set_static(&p, &p.made[i], &p.made[i].geometry.end, 0);
        set_static(&p, &p.made[i], &p.made[i].geometry.after, 0);
    }
    s->page = NULL;
    free(p.made);
}
