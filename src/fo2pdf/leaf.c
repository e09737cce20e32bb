/* Pages of a page-sequence, with parts of its flow and footnotes on them. */
#include "leaf.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "folio.h"
#include "places.h"
#include "regions.h"

#define MAX_PAGES 10000

/* ---- rooms ----------------------------------------------------------------------------------- */

static void measure(struct sequence *q, const struct fo_node *master, struct leaf_room *room)
{
    struct masters_page page;
    const struct fo_node *body;

    room->master = master;
    room->columns = 1;
    if (!master)
        return;
    masters_measure(q->p->s, master, &page);
    body = page.body.fo;
    room->width = regions_width(&page.body);
    room->height = regions_height(&page.body);
    if (!body)
        return;
    room->usable = q->any_body || !strcmp(masters_region_name(body),
                                          q->flow->style->page->flow_name);
    room->may_overflow = regions_overflow(body);
    room->columns = body->style->page->column_count > 1 ? body->style->page->column_count : 1;
    if (room->columns > 1)
        room->gap = fo_length_of(&body->style->page->column_gap, room->width, 0);
}

const struct leaf_room *leaf_room(struct sequence *q, int n, int last)
{
    int at = 2 * n + (last != 0);
    struct leaf_room *room;

    if (at >= q->rooms_n) {
        int more = 2 * at + 16;

        q->rooms = xrealloc(q->rooms, (size_t)more, sizeof *q->rooms);
        memset(q->rooms + q->rooms_n, 0, (size_t)(more - q->rooms_n) * sizeof *q->rooms);
        q->rooms_n = more;
    }
    room = &q->rooms[at];
    if (!room->known) {
        const struct fo_node *master = masters_find(&q->masters, n, q->first_number + n, last, 0);

        /* A page that there is only as the last one. */
        if (!master && !last)
            master = masters_find(&q->masters, n, q->first_number + n, 1, 0);
        if (at > 1 && master && room[-2].known && room[-2].master == master)
            *room = room[-2];
        else
            measure(q, master, room);
        room->known = 1;
    }
    return room;
}

mpt leaf_tallest(struct sequence *q)
{
    return q->tallest;
}

void leaf_init(struct sequence *q)
{
    const struct fo_node *n;

    for (n = q->masters.set->first; n; n = n->next) {
        struct leaf_room room = { 0 };

        if (n->kind != FO_SIMPLE_PAGE_MASTER ||
            (q->masters.single && q->masters.single != n))
            continue;
        measure(q, n, &room);
        if (room.height > q->tallest)
            q->tallest = room.height;
        q->is_divided |= room.columns > 1 && (q->masters.single || masters_uses(&q->masters, n));
    }
}

void leaf_release(struct sequence *q)
{
    free(q->rooms);
}

/* ---- pages ----------------------------------------------------------------------------------- */

static int is_plain(const struct fo_node *fo)
{
    const struct fo_node *c;

    if (fo->facts->id || fo->kind == FO_PAGE_NUMBER || fo->kind == FO_FOOTNOTE)
        return 0;
    for (c = fo->first; c; c = c->next)
        if (!is_plain(c))
            return 0;
    return 1;
}

static struct made *page_in_hand(const struct sequence *q)
{
    return &q->p->made[q->p->made_n - 1];
}

static struct made *add_page(struct sequence *q, const struct fo_node *master, int number)
{
    struct pages *p = q->p;
    struct area_page *page = arena_alloc(p->s->lasting, sizeof *page);
    struct made *m;

    if (p->made_n == MAX_PAGES) {
        if (!q->failed)
            fo_report(p->s->d, p->s->fo, q->fo, FO_TOO_MANY_PAGES, MAX_PAGES);
        q->failed = 1;
    }
    ALLOC_GROW(p->made, p->made_n, p->made_cap);
    m = &p->made[p->made_n++];
    memset(m, 0, sizeof *m);
    arena_init(&m->arena);
    m->page = page;
    m->sequence = q->fo;
    m->tallest = p->s->tallest;
    m->is_lazy = p->s->lasting->size > p->s->options->keep;
    if (m->is_lazy && !q->plain)
        q->plain = !p->s->fo->has_markers && is_plain(q->flow) ? 1 : -1;
    m->is_new = m->is_lazy && q->plain > 0;
    p->s->is_lazy |= m->is_lazy;
    page->index = p->made_n - 1;
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
        struct places v = { .s = p->s, .page = page, .index = p->made_n - 1, .sequence = q->fo };

        places_add(&v, p->s->fo->root->facts->id, 0, 0);
        places_add(&v, q->fo->facts->id, 0, 0);
    }
    return m;
}

/* The area of the body of M, which is for FO. */
static struct area *open_body(struct sequence *q, struct made *m, const struct fo_node *fo)
{
    struct arena *before;
    struct area *body;

    m->body = m->geometry.body.fo ? fo : NULL;
    before = made_enter(q->p->s, m);
    body = made_body(q->p->s, m);
    made_leave(q->p->s, before);
    return body;
}

void leaf_open(struct sequence *q, int n, int last)
{
    const struct fo_node *master;
    struct made *m;
    int usable;

    leaf_close(q);
    q->body_page = n;
    q->page_notes = q->noted;
    q->deepest = 0;
    if (q->failed)
        return;
    master = masters_choose(&q->masters, n, q->first_number + n, last, 0);
    if (!master) {
        q->failed = 1;
        return;
    }
    m = add_page(q, master, q->first_number + n);
    usable = leaf_room(q, n, last)->usable;
    q->body = open_body(q, m, usable ? q->flow : m->geometry.body.fo);
    if (!usable)
        q->body = NULL;
}

void leaf_blank(struct sequence *q, int n, int last)
{
    const struct fo_node *master = masters_choose(&q->masters, n, q->first_number + n, last, 1);

    leaf_close(q);
    if (master) {
        struct made *m = add_page(q, master, q->first_number + n);

        m->page->is_blank = 1;
        open_body(q, m, m->geometry.body.fo);
        made_drop(q->p->s, m);
    } else {
        q->failed = 1;
    }
}

/* ---- what stands on them --------------------------------------------------------------------- */

static struct places places_of(const struct sequence *q)
{
    struct places v = { .s = q->p->s, .page = page_in_hand(q)->page, .index = q->p->made_n - 1,
                        .sequence = q->fo };

    return v;
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
                    q->p->s->options->lenient, FO_TOO_HIGH, need / 1000., (need - room) / 1000.);
    }
}

/* PART in the column in hand, or in the body of M. */
static struct made_piece piece_of(const struct sequence *q, const struct made *m,
                                  const struct breaker_part *part)
{
    int rtl = q->flow->style->flow->writing_mode == FO_KW_RL_TB;
    struct made_piece piece = { .list = q->list, .from = part->from, .to = part->to,
                                .stretch = part->stretch };

    piece.y = part->from == 0 ? q->list->lead : 0;
    if (q->is_divided) {
        piece.is_column = 1;
        piece.x = (rtl ? q->columns - 1 - q->column : q->column) * (q->width + q->gap);
        piece.top = q->top;
        piece.width = q->width;
        piece.height = (mpt)part->filled;
    } else {
        const struct masters_region *body = &m->geometry.body;

        piece.y += q->top;
        piece.y += flow_align(body->fo, regions_height(body) - q->top - (mpt)part->filled -
                              (mpt)notes_height(&q->notes, q->page_notes, q->noted));
    }
    return piece;
}

void leaf_part(struct sequence *q, const struct breaker_part *part, int last)
{
    struct made *m;
    struct made_piece piece;
    struct arena *before;
    struct places v;

    if (!q->body || q->body_page != q->page)
        leaf_open(q, q->page, last);
    if (!q->body)
        return;
    v = places_of(q);
    m = page_in_hand(q);
    if (part->noted > q->noted)
        q->noted = part->noted;
    if (part->to > part->from)
        check_part(q, part, m->geometry.body.fo);
    if (part->filled > q->deepest)
        q->deepest = (mpt)part->filled;
    piece = piece_of(q, m, part);
    made_keep(q->p->s, m, &piece);
    if (piece.is_column)
        places_add(&v, q->body->fo->facts->id, q->body->x, q->body->y);
    if (m->is_new)
        return;
    before = made_enter(q->p->s, m);
    places_visit(&v, made_draw(q->p->s, m, q->body, &piece), piece.is_column ? q->body : NULL);
    made_leave(q->p->s, before);
}

void leaf_note(struct sequence *q, int to)
{
    const struct masters_region *body;
    long need;

    if (!q->body)
        return;
    body = &page_in_hand(q)->geometry.body;
    need = notes_height(&q->notes, q->page_notes, to);
    if (need > regions_height(body) + 20 && !regions_overflow(body->fo)) {
        const struct notes_piece *piece = &q->notes.pieces[q->noted];
        const struct fo_node *fo = piece->list->items[piece->item].fo;

        fo_complain(q->p->s->d, q->p->s->fo, fo ? fo : q->flow, q->p->s->options->lenient,
                    FO_TOO_HIGH, need / 1000., (need - regions_height(body)) / 1000.);
    }
    q->noted = to;
}

void leaf_close(struct sequence *q)
{
    if (q->body && q->noted > q->page_notes) {
        struct places v = places_of(q);
        struct made *m = page_in_hand(q);
        const struct masters_region *body = &m->geometry.body;
        struct arena *before = made_enter(q->p->s, m);
        struct flow_target target;

        m->has_notes = 1;
        regions_target(&target, q->body, v.page, body);
        places_visit(&v, notes_area(&q->notes, q->page_notes, q->noted, q->body,
                                    regions_width(body), regions_height(body), &target),
                     q->body);
        made_leave(q->p->s, before);
    }
    if (q->p->made_n)
        made_drop(q->p->s, page_in_hand(q));
    q->body = NULL;
}
