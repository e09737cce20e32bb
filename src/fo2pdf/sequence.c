/* One page-sequence: which part of the flow goes onto which page. */
#include "sequence.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "columns.h"
#include "fo_messages.h"
#include "folio.h"
#include "leaf.h"
#include "parse.h"

#define SKIPPED_MAX 1000
#define ENOUGH_PAGES 3 /* to find breaks that what comes later does not change */

/* ---- where a section goes on ----------------------------------------------------------------- */

static int column_count(const struct sequence *q, const struct leaf_room *room)
{
    return q->spans ? 1 : room->columns;
}

static mpt column_width(const struct sequence *q, const struct leaf_room *room)
{
    int n = column_count(q, room);
    mpt width = n == 1 ? room->width : (room->width - (n - 1) * room->gap) / n;

    return width > 0 ? width : 0;
}

static int is_open(const struct sequence *q)
{
    return q->body && q->body_page == q->page;
}

/* True when the list in hand was not made for pages like ROOM. */
static int differs(const struct sequence *q, const struct leaf_room *room)
{
    if (!room->master) /* a fault, which opening the page will tell */
        return 0;
    if (q->keeping && room->usable && column_count(q, room) == q->columns)
        return 0;
    return !room->usable || column_count(q, room) != q->columns ||
           column_width(q, room) != q->width || (q->columns > 1 && room->gap != q->gap);
}

static void next_page(struct sequence *q)
{
    q->page++;
    q->column = 0;
    q->top = 0;
}

/* The room for the Kth part from the place in hand on. */
static mpt part_room(void *arg, int k)
{
    struct sequence *q = arg;
    const struct leaf_room *room;
    int n;

    if (k < 0)
        return leaf_tallest(q);
    n = q->page + (q->column + k) / q->columns;
    room = leaf_room(q, n, q->trying_last && n == q->page);
    if (!room->master)
        return -1;
    if (n > q->page)
        return room->usable ? room->height : leaf_room(q, q->page, 0)->height;
    return room->height - q->top - q->reserved;
}

/* Reads LIST as the one in hand, from item FROM on, for pages like ROOM. */
static void take_list(struct sequence *q, struct flow_list *list, int from,
                      const struct leaf_room *room)
{
    q->list = list;
    q->columns = column_count(q, room);
    q->width = column_width(q, room);
    q->gap = room->gap;
    free(q->cited);
    q->notes_width = room->width;
    q->cited = notes_read(&q->notes, list, from, room->width, q->may_overflow, q->noted);
}

/* Sets the flow from item FROM on for pages like ROOM. Returns the item in the new list. */
static int set_anew(struct sequence *q, int from, const struct leaf_room *room)
{
    struct flow_place place;
    struct flow_list *list;

    flow_find(q->list, from, &place);
    list = flow_build_from(q->p->s, q->flow, q->end, column_width(q, room), q->may_overflow, &place,
                           q->unbounded > 1 ? 0 : ENOUGH_PAGES * (long)leaf_tallest(q) *
                               column_count(q, room), &from);
    take_list(q, list, from, room);
    return from;
}

/* Pages whose body is not the flow's have nothing of it on them. */
static void skip_pages(struct sequence *q)
{
    int skipped = 0;

    while (!q->failed && !is_open(q) && leaf_room(q, q->page, 0)->master &&
           !leaf_room(q, q->page, 0)->usable) {
        leaf_open(q, q->page, 0);
        next_page(q);
        if (++skipped > SKIPPED_MAX) {
            fo_report(q->p->s->d, q->p->s->fo, q->flow, FO_NOWHERE,
                      q->flow->style->page->flow_name);
            q->failed = 1;
        }
    }
}

static struct breaker task_of(struct sequence *q, int from, int to)
{
    struct breaker b = { .list = q->list, .from = from, .to = to, .height = part_room, .arg = q };

    if (q->cited && q->noted < q->cited[to]) {
        b.notes = &q->notes;
        b.cited = q->cited;
        b.page_notes = is_open(q) ? q->page_notes : q->noted;
        b.noted = q->noted;
    }
    return b;
}

/* ---- footnotes ------------------------------------------------------------------------------- */

/* Pages for the footnotes, up to place ALL, that the pages with the flow's content left over. */
static void set_notes(struct sequence *q, int all, int final)
{
    while (q->noted < all && !q->failed) {
        const struct leaf_room *room;
        int to, last;

        if (is_open(q))
            next_page(q);
        skip_pages(q);
        room = leaf_room(q, q->page, 1);
        last = final && room->usable && !folio_missing(q->fo, q->page + 1, q->first_number) &&
               notes_fit(&q->notes, q->noted, all, room->height) == all;
        room = leaf_room(q, q->page, last);
        to = notes_fit(&q->notes, q->noted, all, room->height);
        if (to == q->noted)
            to++;
        leaf_open(q, q->page, last);
        leaf_note(q, to);
    }
}

/* The room that the footnotes of the content up to item TO take from the columns of the page. */
static mpt reserved(const struct sequence *q, int to, mpt most)
{
    long need = notes_height(&q->notes, is_open(q) ? q->page_notes : q->noted, q->cited[to]);

    return need < most ? (mpt)need : most;
}

/* Parts B's items into columns of one page, which leave room for the footnotes that they cite. The
 * room that is left for notes grows until it is enough: content that gave way to its own notes may
 * leave a gap. */
static int run_beside_notes(struct sequence *q, struct breaker *b, struct breaker_part **parts)
{
    mpt most = (leaf_room(q, q->page, 0)->height - q->top) / 4 * 3, need = 0;
    long bound = 4L * q->columns * leaf_room(q, q->page, 0)->height, high = 0;
    int n, i, all = b->to;

    for (i = b->from; i < all && (high < bound || b->list->items[i - 1].penalty); i++)
        high += b->list->items[i].length;
    b->to = i;
    b->notes = NULL;
    do {
        q->reserved = need;
        n = breaker_run(b, parts);
        n = n > q->columns - q->column ? q->columns - q->column : n;
        need = reserved(q, (*parts)[n - 1].to, most);
        if (need <= q->reserved)
            break;
        free(*parts);
    } while (1);
    b->to = (*parts)[n - 1].to;
    i = is_open(q) ? q->page_notes : q->noted;
    (*parts)[n - 1].noted = notes_fit(&q->notes, i, q->cited[b->to], q->reserved);
    return n;
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* A run of parts, and where each of them stands. */
struct run {
    struct breaker_part *parts;
    int n, page, column;       /* of the first */
    int columns;
};

static int page_of(const struct run *r, int i)
{
    return r->page + (r->column + i) / r->columns;
}

static int column_of(const struct run *r, int i)
{
    return (r->column + i) % r->columns;
}

/* The index of the first part that stands on the page of the last one. */
static int first_on_last(const struct run *r)
{
    int i = r->n - 1;

    while (i > 0 && page_of(r, i - 1) == page_of(r, i))
        i--;
    return i;
}

/* Sets parts A to B of R. Returns how many were set: those from a page on that is not like the ones
 * before it are not. LAST: of the last page. */
static int set_parts(struct sequence *q, const struct run *r, int a, int b, int last)
{
    int i;

    for (i = a; i < b && !q->failed; i++) {
        int n = page_of(r, i), moved = n != q->page;

        if (!(q->body && q->body_page == n) && !last && differs(q, leaf_room(q, n, 0)))
            break;
        if (moved) {
            q->page = n;
            q->top = 0;
        }
        q->column = column_of(r, i);
        leaf_part(q, &r->parts[i], last);
    }
    return i - a;
}

/* Sets what begins with item FROM onto the page in hand as the sequence's last, when its master is
 * another for that and everything fits. Returns true when that was done. */
static int set_last_page(struct sequence *q, int from)
{
    const struct leaf_room *room = leaf_room(q, q->page, 1);
    const struct sequence before = *q;
    const struct fo_node *fo;
    struct run r = { NULL, 0, q->page, 0, 1 };
    struct breaker b;
    int at = from, fits, i;

    if (!room->usable || (differs(q, room) && flow_kept(q->list, from, &fo) > from))
        return 0;
    q->trying_last = 1;
    q->column = 0;
    if (differs(q, room))
        at = set_anew(q, from, room);
    b = task_of(q, at, q->list->items_n);
    r.n = breaker_run(&b, &r.parts);
    r.columns = q->columns;
    fits = r.n <= q->columns && !q->list->is_cut;
    for (i = 0; i < r.n; i++)
        fits &= r.parts[i].stretch > -1 && r.parts[i].filled <= r.parts[i].height + 20;
    if (fits && q->cited)
        fits = r.parts[r.n - 1].noted == q->notes.n || q->noted == q->notes.n;
    if (fits) {
        set_parts(q, &r, 0, r.n, 1);
    } else if (q->list != before.list) {
        q->list = before.list;
        q->columns = before.columns;
        q->width = before.width;
        q->gap = before.gap;
        q->notes_width = before.notes_width;
        free(q->cited);
        q->cited = notes_read(&q->notes, q->list, from, q->notes_width, q->may_overflow, q->noted);
    }
    q->trying_last = 0;
    free(r.parts);
    return fits;
}

/* Sets parts of R, the last of the flow. The last page has the master for it when its content fits
 * there; when not, a page without content does for one, where the master could take the content as
 * it is set and is not for a page that is the only one. */
static int set_final(struct sequence *q, const struct run *r)
{
    int first = first_on_last(r), n = page_of(r, first), done, last;
    int missing = folio_missing(q->fo, n + 1, q->first_number);
    int all_noted = !q->cited || r->parts[r->n - 1].noted >= q->notes.n || q->noted >= q->notes.n;

    done = set_parts(q, r, 0, first, 0);
    if (done < first || q->failed)
        return done;
    last = !missing && all_noted && leaf_room(q, n, 1)->master == leaf_room(q, n, 0)->master;
    if (!last && !missing && !(q->body && q->body_page == n)) {
        int from = r->parts[first].from;

        if (n != q->page)
            q->top = 0;
        q->page = n;
        if (all_noted && set_last_page(q, from))
            return r->n;
    }
    if (!(q->body && q->body_page == n) && differs(q, leaf_room(q, n, 0)))
        return done;
    done += set_parts(q, r, first, r->n, last);
    if (done == r->n && !last && !missing && all_noted &&
        leaf_room(q, n, 1)->master != leaf_room(q, n, 0)->master &&
        !differs(q, leaf_room(q, n, 1)) &&
        !masters_is_only(&q->masters, n, q->first_number + n))
        q->blank_last = 1;
    return done;
}

/* Sets items FROM to TO, between which there is no forced break, from the place in hand on. FINAL:
 * the flow ends with them. Returns the item where it stopped: TO, or where a page is of another
 * kind. */
static int set_run(struct sequence *q, int from, int to, int final)
{
    struct run r = { NULL, 0, q->page, q->column, q->columns };
    struct breaker b = task_of(q, from, to);
    int ends = to == q->list->items_n && !q->list->is_cut, done, all;

    if (b.notes && q->columns > 1) {
        r.n = run_beside_notes(q, &b, &r.parts);
        final = final && b.to == to;
        ends = ends && b.to == to;
    } else {
        r.n = breaker_run(&b, &r.parts);
    }
    if (q->columns > 1 && ends && !final && q->balances) {
        /* What stands above another section is spread over the columns. */
        struct breaker_part *more;
        int i = first_on_last(&r), n;

        b.from = r.parts[i].from;
        n = columns_balance(&b, q->columns - column_of(&r, i), part_room(q, i), &more);
        if (n) {
            more[n - 1].noted = r.parts[r.n - 1].noted;
            r.parts = xrealloc(r.parts, (size_t)(i + n), sizeof *r.parts);
            memcpy(r.parts + i, more, (size_t)n * sizeof *more);
            r.n = i + n;
            free(more);
        }
    }
    all = r.n;
    if (b.to == q->list->items_n && q->list->is_cut)
        all = first_on_last(&r); /* where that page ends is not known */
    done = final && ends ? set_final(q, &r) : set_parts(q, &r, 0, all, 0);
    if (!all) {
        q->unbounded++;
        from = set_anew(q, from, leaf_room(q, q->page, 0));
    } else if (done == r.n) {
        from = ends ? q->list->items_n : b.to; /* the last page may have a list of its own */
        if (b.to < to)
            next_page(q);
    } else if (!q->failed) {
        from = r.parts[done].from;
        q->page = page_of(&r, done);
        q->column = 0;
        q->top = 0;
    }
    if (all)
        q->unbounded = 0;
    q->reserved = 0;
    free(r.parts);
    return from;
}

/* ---- sections -------------------------------------------------------------------------------- */

/* True when not even the least that can be parted off from item FROM on has ROOM. */
static int nothing_fits(const struct flow_list *list, int from, mpt room)
{
    int to = from + 1;

    while (to < list->items_n && list->items[to - 1].penalty && !list->items[to - 1].force)
        to++;
    return flow_height(list, from, to) > room + 20;
}

/* Adds a blank page when the next page has not the parity that BREAK asks for. */
static void make_parity(struct sequence *q, int force)
{
    int odd = (q->first_number + q->page) % 2;

    if ((force == FO_KW_EVEN_PAGE && odd) || (force == FO_KW_ODD_PAGE && !odd)) {
        leaf_blank(q, q->page, 0);
        next_page(q);
    }
}

/* Goes on with a list that was made for other pages up to the end of what cannot be set anew. Returns
 * that, or FROM when there is nothing of that kind. */
static int keep_list(struct sequence *q, int from)
{
    const struct leaf_room *room = leaf_room(q, q->page, 0);
    const struct fo_node *fo = q->flow;
    int end = flow_kept(q->list, from, &fo);
    mpt more = q->width - column_width(q, room);

    q->keeping = end > from;
    if (!q->keeping)
        return from;
    q->columns = column_count(q, room);
    q->gap = room->gap;
    if (more > 20 && !room->may_overflow)
        fo_complain(q->p->s->d, q->p->s->fo, fo, q->p->s->options->lenient, FO_TOO_WIDE,
                    fo_kind_name(fo->kind), q->width / 1000., more / 1000.);
    return end;
}

/* After what was kept the rest of the page, or the next column, is for what was not. */
static void end_keeping(struct sequence *q, int to)
{
    q->keeping = 0;
    if (q->columns > 1) {
        if (++q->column == q->columns)
            next_page(q);
    } else if (is_open(q)) {
        q->top += q->deepest + q->list->items[to - 1].gap;
        q->deepest = 0;
    }
}

/* The section in hand, from the place in hand on. */
static void set_section(struct sequence *q, int final)
{
    int from = 0;

    if (q->top && q->list->items_n && nothing_fits(q->list, 0, part_room(q, 0)))
        next_page(q);
    while (from < q->list->items_n && !q->failed) {
        const struct flow_list *list;
        int to, force, kept = q->list->items_n;

        skip_pages(q);
        if (leaf_room(q, q->page, 0)->usable && differs(q, leaf_room(q, q->page, 0))) {
            kept = keep_list(q, from);
            if (kept == from) {
                from = set_anew(q, from, leaf_room(q, q->page, 0));
                kept = q->list->items_n;
                if (q->top && nothing_fits(q->list, from, part_room(q, 0))) {
                    next_page(q);
                    continue;
                }
            }
        }
        for (to = from + 1; to < kept && !q->list->items[to - 1].force; to++)
            ;
        list = q->list;
        from = set_run(q, from, to, final && to == q->list->items_n);
        if (from == kept && q->keeping)
            end_keeping(q, to);
        if (q->list != list || from != to || from == q->list->items_n ||
            !q->list->items[to - 1].force)
            continue;
        force = q->list->items[to - 1].force;
        if (force == FO_KW_COLUMN && q->column + 1 < q->columns) {
            q->column++;
        } else {
            set_notes(q, q->cited ? q->cited[to] : 0, 0);
            next_page(q);
            make_parity(q, force);
        }
    }
    if (final)
        set_notes(q, q->notes.n, 1);
}

/* The child of the flow that the section which begins with CHILD ends before. */
static const struct fo_node *section_end(const struct sequence *q, const struct fo_node *child)
{
    int span = child->style->block->span;

    while (child && q->is_divided && child->style->block->span == span)
        child = child->next;
    return q->is_divided ? child : NULL;
}

/* Begins the section of the flow's children from CHILD to q->end on the page in hand. */
static void begin_section(struct sequence *q, const struct fo_node *child)
{
    struct flow_place start = { .top = NULL };
    const struct leaf_room *room;
    int from;

    if (!is_open(q))
        skip_pages(q);
    room = leaf_room(q, q->page, 0);
    start.top = child;
    q->spans = child && child->style->block->span == FO_KW_ALL;
    q->balances = !q->end || q->end->style->flow->disable_balancing != FO_KW_TRUE;
    q->column = 0;
    take_list(q, flow_build_from(q->p->s, q->flow, q->end, column_width(q, room), q->may_overflow,
                                 &start, 0, &from), 0, room);
}

/* Returns the number of pages. */
static int set_flow(struct sequence *q)
{
    static const struct breaker_part empty = { .from = 0 };
    const struct fo_node *child = q->flow->first;
    int force = 0, sections = 0;

    do {
        q->end = child ? section_end(q, child) : NULL;
        begin_section(q, child);
        if (!force || force == FO_KW_COLUMN)
            force = q->list->first_force ? q->list->first_force : force;
        if (sections && force && force != FO_KW_COLUMN) {
            set_notes(q, q->cited ? q->cited[0] : 0, 0);
            next_page(q);
        }
        if (!sections || (force && force != FO_KW_COLUMN))
            make_parity(q, force);
        if (!q->list->items_n && sections && force && force != FO_KW_COLUMN)
            leaf_part(q, &empty, !q->end); /* nothing, on a page of its own */
        set_section(q, !q->end);
        q->top = is_open(q) ? q->top + q->deepest : 0;
        q->deepest = 0;
        force = q->list->last_force;
        child = q->end;
        sections++;
    } while (child && !q->failed);
    if (!q->body && !q->failed)
        leaf_part(q, &empty, !folio_missing(q->fo, q->page + 1, q->first_number));
    leaf_close(q);
    return q->page + 1;
}

/* Whether the flow goes into a body of a master that the sequence may use. */
static void check_regions(struct sequence *q)
{
    const struct fo_document *fo = q->p->s->fo;
    struct diag *d = q->p->s->d;
    const char *name = q->flow->style->page->flow_name;
    const struct fo_node *n;
    struct masters_page page;

    for (n = q->fo->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->page->flow_name &&
            strcmp(n->style->page->flow_name, "xsl-footnote-separator") &&
            !masters_have_region(q->masters.set, n->style->page->flow_name))
            fo_complain(d, fo, n, q->p->s->options->lenient, FO_NOWHERE,
                        n->style->page->flow_name);
    q->any_body = !masters_have_body(&q->masters, name);
    if (q->any_body) {
        masters_measure(q->p->s, q->first_master, &page);
        if (page.body.fo)
            fo_complain(d, fo, q->flow, q->p->s->options->lenient, FO_NO_REGION,
                        q->first_master->style->page->master_name, name);
    }
}

void sequence_set(struct pages *p, const struct fo_node *fo)
{
    struct sequence q;
    const struct leaf_room *room;
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
    q.first_number = folio_first(fo, p->next_number);
    q.first_master = masters_find(&q.masters, 0, q.first_number, 0, 0);
    if (!q.first_master)
        q.first_master = masters_choose(&q.masters, 0, q.first_number, 1, 0);
    if (!q.first_master)
        return;
    check_regions(&q);
    notes_init(&q.notes, p->s, fo);
    leaf_init(&q);
    room = leaf_room(&q, 0, 0);
    p->s->height = room->height;
    p->s->tallest = leaf_tallest(&q);
    q.may_overflow = room->may_overflow;
    count = set_flow(&q);
    if (q.blank_last && !q.failed)
        leaf_blank(&q, count++, 1);
    add = folio_missing(fo, count, q.first_number);
    for (i = 0; i < add && !q.failed; i++)
        leaf_blank(&q, count + i, i + 1 == add);
    p->next_number = q.first_number + count + add;
    free(q.cited);
    notes_release(&q.notes);
    leaf_release(&q);
}
