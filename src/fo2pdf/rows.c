#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "again.h"
#include "alloc.h"

#define MOST 1000000000        /* no length is greater */

struct rows *rows_new(struct setting *s, int n)
{
    struct rows *r = arena_alloc(s->arena, sizeof *r);
    size_t size = (size_t)n;

    r->n = n;
    r->fo = arena_alloc(s->arena, size * sizeof *r->fo);
    r->least = arena_alloc(s->arena, 2 * size * sizeof *r->least);
    r->most = r->least + n;
    r->together = arena_alloc(s->arena, 5 * size * sizeof *r->together);
    r->row_penalty = r->together + n;
    r->row_force = r->row_penalty + n;
    r->from_step = r->row_force + n;
    r->to_step = r->from_step + n;
    r->y = arena_alloc(s->arena, (size + 1) * sizeof *r->y);
    return r;
}

struct rows_cell *rows_cell(struct setting *s, struct rows *r)
{
    if (r->cells_n == r->cells_cap) {
        int cap = r->cells_cap ? r->cells_cap * 2 : 4;
        struct rows_cell *more = arena_alloc(s->arena, (size_t)cap * sizeof *more);

        if (r->cells_n)
            memcpy(more, r->cells, (size_t)r->cells_n * sizeof *more);
        r->cells = more;
        r->cells_cap = cap;
    }
    memset(&r->cells[r->cells_n], 0, sizeof *r->cells);
    return &r->cells[r->cells_n++];
}

static mpt bounded(long length)
{
    return length > MOST ? MOST : length < -MOST ? -MOST : (mpt)length;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void measure_cell(struct setting *s, struct rows_cell *c)
{
    const struct flow_list *list = c->list;
    long h = list->lead;
    int k;

    c->ends = arena_alloc(s->arena, ((size_t)list->items_n + 1) * sizeof *c->ends);
    for (k = 0; k < list->items_n; k++) {
        h += list->items[k].length;
        c->ends[k + 1] = bounded(h);
        h += list->items[k].gap;
    }
    c->ends[list->items_n] = c->height > c->fixed ? c->height : c->fixed;
}

long rows_prefix(const struct rows_cell *c, int k)
{
    return c->ends[k];
}

long rows_tail(const struct rows_cell *c, int k)
{
    const struct flow_item *item;
    long tail;

    if (k <= 0 || k >= c->list->items_n)
        return 0;
    item = &c->list->items[k - 1];
    tail = item->end_space + item->end_edges;
    return c->ends[k] + tail < c->least ? c->least - c->ends[k] : tail;
}

/* How many of C's items stand before boundary I. */
static int position(const struct rows_cell *c, int i)
{
    return i < c->from_step ? 0 : i - c->from_step < c->pos_n ? c->pos[i - c->from_step]
        : c->list->items_n;
}

static int has_begun(const struct rows_cell *c, int i)
{
    return c->from_step <= i;
}

static int has_ended(const struct rows_cell *c, int i)
{
    return c->from_step + c->pos_n - 1 <= i;
}

/* Whether there is some of C, be it empty, between boundaries A and B. */
static int is_between(const struct rows_cell *c, int a, int b)
{
    return has_begun(c, b) && !has_ended(c, a);
}

/* Height of the content that C has between boundaries A and B. */
static long content(const struct rows_cell *c, int a, int b)
{
    int from = position(c, a), to = position(c, b), n = c->list->items_n;
    long h;

    if (from >= to)
        return n == 0 && !has_begun(c, a) ? c->ends[0] : 0;
    h = c->ends[to] + rows_tail(c, to) + flow_excess(c->list, from, to);
    if (from > 0) {
        const struct flow_item *item = &c->list->items[from - 1];

        h += item->start_space + item->start_edges - c->ends[from] - item->gap;
    }
    return h;
}

struct part {
    int a, b;                  /* boundaries */
    int edges;                 /* ROWS_FIRST, ROWS_LAST */
    int first, last;           /* rows */
    long few[8], *y;           /* by row from the first on: its top; one more */
    mpt x, width;              /* of its rows */
};

static enum rows_edge edge_top(const struct rows_cell *c, const struct part *p)
{
    return has_begun(c, p->a) ? ROWS_CUT
        : p->edges & ROWS_FIRST && c->row == p->first ? ROWS_EDGE : ROWS_WHOLE;
}

static enum rows_edge edge_bottom(const struct rows_cell *c, const struct part *p)
{
    return !has_ended(c, p->b) ? ROWS_CUT
        : p->edges & ROWS_LAST && c->row_end - 1 == p->last ? ROWS_EDGE : ROWS_WHOLE;
}

/* ---- heights --------------------------------------------------------------------------------- */

/* Which cells are in which row. */
static void find_cover(struct setting *s, struct rows *r)
{
    int i, k, n = 0;

    r->cover_at = arena_alloc(s->arena, ((size_t)r->n + 1) * sizeof *r->cover_at);
    for (i = 0; i < r->cells_n; i++) {
        n += r->cells[i].row_end - r->cells[i].row;
        for (k = r->cells[i].row; k < r->cells[i].row_end; k++)
            r->cover_at[k]++;
    }
    r->cover = arena_alloc(s->arena, ((size_t)n + 1) * sizeof *r->cover);
    for (k = 0; k < r->n; k++)
        r->cover_at[k + 1] += r->cover_at[k];
    for (i = r->cells_n - 1; i >= 0; i--)
        for (k = r->cells[i].row; k < r->cells[i].row_end; k++)
            r->cover[--r->cover_at[k]] = i;
    r->cover_at[r->n] = n;
}

/* Rows as high as their cells; what a spanning cell needs more goes to its last row. */
static void find_heights(struct rows *r)
{
    int i, k;

    for (k = 0; k < r->n; k++) {
        long end = r->y[k] + r->least[k] + r->gap_top + r->gap_bottom;

        for (i = r->cover_at[k]; i < r->cover_at[k + 1]; i++) {
            const struct rows_cell *c = &r->cells[r->cover[i]];
            long need = r->y[c->row] + c->top[ROWS_WHOLE] + c->ends[c->list->items_n] +
                c->bottom[ROWS_WHOLE];

            if (c->row_end - 1 == k && need > end)
                end = need;
        }
        r->y[k + 1] = end;
    }
}

/* Rows and their heights in the part from A to B; release with free_part. */
static void measure_part(const struct rows *r, int a, int b, int edges, struct part *p)
{
    int i, k;

    p->a = a;
    p->b = b;
    p->edges = edges | (a > 0 ? ROWS_FIRST : 0) | (b < r->steps_n ? ROWS_LAST : 0);
    p->first = a == 0 ? 0 : r->steps[a + 1].first;
    p->last = r->steps[b].row > p->first ? r->steps[b].row : p->first;
    p->y = p->last - p->first < 7 ? p->few
        : xmalloc(((size_t)(p->last - p->first) + 2) * sizeof *p->y);
    p->y[0] = 0;
    for (k = p->first; k <= p->last; k++) {
        long end = p->y[k - p->first];

        if (r->from_step[k] > a && r->to_step[k] && r->to_step[k] <= b)
            end += r->least[k] + r->gap_top + r->gap_bottom;
        for (i = r->cover_at[k]; i < r->cover_at[k + 1]; i++) {
            const struct rows_cell *c = &r->cells[r->cover[i]];
            long need;

            if ((c->row_end - 1 != k && k != p->last) || !is_between(c, a, b))
                continue;
            need = p->y[c->row > p->first ? c->row - p->first : 0] + c->top[edge_top(c, p)] +
                content(c, a, b) + c->bottom[edge_bottom(c, p)];
            if (need > end)
                end = need;
        }
        p->y[k + 1 - p->first] = end;
    }
}

static void free_part(struct part *p)
{
    if (p->y != p->few)
        free(p->y);
}

static long part_height(const struct rows *r, int a, int b, int edges)
{
    struct part p;
    long h;

    measure_part(r, a, b, edges, &p);
    h = p.y[p.last + 1 - p.first];
    free_part(&p);
    return h;
}

mpt rows_edge_excess(const struct rows *r, int edges)
{
    if (!r->edged || !r->steps_n)
        return 0;
    return bounded(part_height(r, 0, r->steps_n, edges) - part_height(r, 0, r->steps_n, 0));
}

/* Rows_excess of R itself. */
static long excess_of(const struct rows *r, int a, int b)
{
    return b < r->steps_n ? part_height(r, a, b, 0) - (r->steps[b].y - r->steps[a].done) : 0;
}

long rows_excess(const struct rows_group *g, int a, int b)
{
    if (g->rows)
        return excess_of(g->rows, a, b);
    return g->excess && b < g->steps_n ? g->excess[a * g->steps_n + b] : 0;
}

int rows_forget(struct setting *s, struct rows_group *g)
{
    const struct rows *r = g->rows;
    int n = r->steps_n, a, b, any = 0;
    int *excess;

    g->rows = NULL;
    if (n > ROWS_STEPS_MAX)
        return -1;
    for (a = 1; a < n && !any; a++)
        for (b = a + 1; b < n && !any; b++)
            any = excess_of(r, a, b) != 0;
    if (!any)
        return 0;
    g->excess = excess = arena_alloc(s->lasting, (size_t)n * (size_t)n * sizeof *excess);
    for (a = 1; a < n; a++)
        for (b = a + 1; b < n; b++)
            excess[a * n + b] = bounded(excess_of(r, a, b));
    return 0;
}

/* ---- items ----------------------------------------------------------------------------------- */

/* An item a step. Up to a break the rows take what the step says; what is left of their natural
 * height is what the part after the break takes. */
static void add_items(struct flow_builder *b, struct rows *r, const struct rows_group *g,
                      const struct fo_node *fo)
{
    long done = 0;
    int i, k;

    for (i = 1; i <= r->steps_n; i++) {
        const struct rows_step *step = &r->steps[i];
        long rest = i == r->steps_n ? r->y[r->n] : step->done > done ? step->done : done;
        long length;
        struct flow_item *item;

        length = (step->y < rest && i < r->steps_n ? step->y : rest) - done;
        flow_item(b, bounded(length), r->fo[step->row] ? r->fo[step->row] : fo);
        for (k = r->cover_at[step->row]; k < r->cover_at[step->row + 1]; k++) {
            const struct rows_cell *c = &r->cells[r->cover[k]];

            flow_notes(b, b->list->items_n - 1, c->list, position(c, i - 1), position(c, i));
        }
        item = &b->list->items[b->list->items_n - 1];
        item->group = g;
        item->step = i;
        if (i == r->steps_n)
            break;
        item->gap = bounded(rest - done - length);
        item->gap_min = item->gap_max = item->gap;
        if (step->y > rest)
            item->end_edges = bounded(step->y - rest);
        item->start_edges = bounded(rest - step->done);
        done = rest;
        if (step->penalty > b->keep)
            b->keep = step->penalty;
        flow_break(b, step->force);
    }
}

/* No part ends above where one that began with the step before would begin. */
static void order_steps(struct rows *r)
{
    long done = 0;
    int i;

    for (i = 1; i <= r->steps_n; i++) {
        struct rows_step *step = &r->steps[i];

        if (step->y < done)
            step->y = done;
        if (step->done > done)
            done = step->done;
    }
}

void rows_measure(struct setting *s, struct rows *r)
{
    int i;

    for (i = 0; i < r->cells_n; i++)
        measure_cell(s, &r->cells[i]);
    find_cover(s, r);
    find_heights(r);
    steps_find(s, r);
    order_steps(r);
}

struct rows_group *rows_add(struct flow_builder *b, struct rows *r, const struct fo_node *fo, mpt x,
                            mpt width)
{
    struct flow_node *node = flow_open(b, FLOW_ROWS, fo);
    struct rows_group *g = arena_alloc(b->s->arena, sizeof *g);

    g->rows = r;
    g->steps_n = r->steps_n;
    node->group = g;
    node->x = x;
    node->width = width;
    add_items(b, r, g, fo);
    flow_close(b);
    return g;
}

/* ---- areas ----------------------------------------------------------------------------------- */

static void set_box_side(struct area_box *box, struct area_shared *shared, int side,
                         const struct area_box *from)
{
    box->border[side] = from->border[side];
    box->padding[side] = from->padding[side];
    box->border_style[side] = from->border_style[side];
    box->border_color[side] = from->border_color[side];
    if (from->shared) {
        shared->width[side] = from->shared->width[side];
        shared->outside[side] = from->shared->outside[side];
    }
}

/* WHOLE with BEFORE above and AFTER below. */
static const struct area_box *joined(struct setting *s, const struct area_box *whole,
                                     const struct area_box *before, const struct area_box *after)
{
    struct area_box *box;
    struct area_shared *shared = NULL;

    if (!whole || (before == whole && after == whole))
        return whole;
    if (before == after && before->shared)
        return before;
    box = arena_alloc(s->arena, sizeof *box);
    *box = *whole;
    if (whole->shared) {
        box->shared = shared = arena_alloc(s->arena, sizeof *shared);
        *shared = *whole->shared;
    }
    set_box_side(box, shared, AREA_TOP, before);
    set_box_side(box, shared, AREA_BOTTOM, after);
    return box;
}

static const struct area_box *box_at(const struct rows_cell *c, enum rows_edge edge)
{
    return edge == ROWS_CUT ? c->cut : edge == ROWS_EDGE && c->edge ? c->edge : c->box;
}

static mpt outside(const struct area_box *box, int side)
{
    return box && box->shared ? box->shared->outside[side] : 0;
}

/* An area without an object that is drawn for the cell that comes next. Its border rectangle has its
 * corner at X, Y. */
static void attach(struct setting *s, const struct area_box *box, struct area *parent,
                   const struct flow_target *target, mpt x, mpt y, mpt width, mpt height)
{
    struct area *area = setting_area(s, AREA_BLOCK, NULL, parent);

    area->flags |= AREA_ATTACHED | target->flags;
    area->box = box;
    area->x = x;
    area->y = y;
    area->width = width - setting_edges(box, AREA_LEFT) - setting_edges(box, AREA_RIGHT);
    area->height = height - setting_edges(box, AREA_TOP) - setting_edges(box, AREA_BOTTOM);
}

/* What lies below C, whose area will be AREA. */
static void emit_below(struct setting *s, const struct rows_cell *c, const struct area *area,
                       struct area *parent, const struct flow_target *target)
{
    const struct area_box *box = area->box;
    int i;

    for (i = 0; i < c->below_n; i++)
        attach(s, c->below[i], parent, target, area->x + (box ? box->border[AREA_LEFT] : 0),
               area->y + (box ? box->border[AREA_TOP] : 0),
               area->width + (box ? box->padding[AREA_LEFT] + box->padding[AREA_RIGHT] : 0),
               area->height + (box ? box->padding[AREA_TOP] + box->padding[AREA_BOTTOM] : 0));
}

/* What C, whose area will be AREA, shows of its row's image: the row from TOP to BOTTOM, cut to it. */
static void emit_row_image(struct setting *s, const struct rows_cell *c, const struct part *p,
                           const struct area *area, struct area *parent, mpt px, mpt top,
                           mpt bottom, const struct flow_target *target)
{
    static const struct area_box nothing;
    const struct area_box *box = area->box ? area->box : &nothing;
    mpt x = area->x + box->border[AREA_LEFT], y = area->y + box->border[AREA_TOP];
    struct area *cut, *row;

    attach(s, NULL, parent, target, x, y,
           area->width + box->padding[AREA_LEFT] + box->padding[AREA_RIGHT],
           area->height + box->padding[AREA_TOP] + box->padding[AREA_BOTTOM]);
    cut = parent->last;
    cut->flags |= AREA_CLIP;
    row = setting_area(s, AREA_BLOCK, NULL, cut);
    row->flags |= target->flags;
    row->box = c->row_image;
    row->x = p->x - px - x;
    row->y = top - y;
    row->width = p->width;
    row->height = bottom - top;
}

static int has_borders(const struct area_box *box)
{
    return box->border[0] || box->border[1] || box->border[2] || box->border[3];
}

/* The borders of the places that C spans in rows FIRST to END of the part. */
static void emit_places(struct setting *s, const struct rows_cell *c, const struct part *p,
                        int first, int end, struct area *parent, mpt px, mpt y,
                        const struct flow_target *target)
{
    static const struct area_shared no_border;
    static const struct area_box none = { .shared = &no_border };
    enum rows_edge before = edge_top(c, p), after = edge_bottom(c, p);
    int k, i;

    for (k = first; k < end; k++)
        for (i = 0; i < c->columns; i++) {
            const struct rows_place *place = &c->places[(k - c->row) * c->columns + i];
            const struct area_box *box = joined(s, place->at[ROWS_WHOLE],
                                                k == first ? place->at[before] : &none,
                                                k == end - 1 ? place->at[after] : &none);
            mpt top = bounded(p->y[k - p->first]), bottom = bounded(p->y[k + 1 - p->first]);

            if (has_borders(box))
                attach(s, box, parent, target, place->x - outside(box, AREA_LEFT) - px,
                       y + top - outside(box, AREA_TOP),
                       place->width + outside(box, AREA_LEFT) + outside(box, AREA_RIGHT),
                       bottom - top + outside(box, AREA_TOP) + outside(box, AREA_BOTTOM));
        }
}

/* One cell's areas in the part P, which begins at Y. */
static void emit_cell(struct setting *s, const struct rows_cell *c, const struct part *p,
                      struct area *parent, mpt px, mpt py, mpt y, const struct flow_target *target)
{
    enum rows_edge before = edge_top(c, p), after = edge_bottom(c, p);
    int first = c->row > p->first ? c->row : p->first;
    int end = c->row_end < p->last + 1 ? c->row_end : p->last + 1;
    mpt from = bounded(p->y[first - p->first]) + c->gap_top[before];
    mpt to = bounded(p->y[end - p->first]) - c->gap_bottom[after];
    int a = position(c, p->a), b = position(c, p->b);
    struct area *area = setting_area(s, AREA_BLOCK, c->fo, NULL);
    struct flow_target inner = *target;

    area->flags |= target->flags;
    area->box = joined(s, c->box, box_at(c, before), box_at(c, after));
    area->x = c->x - setting_edges(area->box, AREA_LEFT) - px;
    area->y = y + from - outside(area->box, AREA_TOP) - py;
    area->width = c->width;
    area->height = to - from - setting_edges(area->box, AREA_TOP) -
        setting_edges(area->box, AREA_BOTTOM) + outside(area->box, AREA_TOP) +
        outside(area->box, AREA_BOTTOM);
    if (area->height < 0)
        area->height = 0;
    if (!c->fo && !has_borders(area->box))
        return;
    emit_below(s, c, area, parent, target);
    if (c->row_image)
        emit_row_image(s, c, p, area, parent, px, y - py + bounded(p->y[first - p->first]),
                       y - py + bounded(p->y[end - p->first]), target);
    if (c->places)
        emit_places(s, c, p, first, end, parent, px, y - py, target);
    setting_link(parent, area);
    if (!c->fo || (a == b && has_begun(c, p->a)))
        return;
    inner.reference = area;
    inner.stretch = 0; /* the breaker counted with none in here */
    flow_emit(c->list, a, b, area,
              flow_align(c->fo, area->height - bounded(flow_height(c->list, a, b))) +
                  (a == 0 ? c->list->lead : 0), &inner);
}

mpt rows_emit(struct setting *s, struct rows_group *g, int a, int b, int edges,
              struct area *parent, mpt px, mpt py, mpt row_x, mpt row_width, mpt y,
              const struct flow_target *target)
{
    const struct rows *r = again_rows(s, g);
    struct part p;
    int i, k;

    measure_part(r, a, b, edges, &p);
    p.x = row_x;
    p.width = row_width;
    for (k = p.first; k <= p.last; k++) {
        struct area *row = parent;
        mpt from = bounded(p.y[k - p.first]), to = bounded(p.y[k + 1 - p.first]);
        mpt rx = px, ry = py;

        from += r->from_step[k] > a ? r->gap_top : 0;
        to -= r->to_step[k] && r->to_step[k] <= b ? r->gap_bottom : 0;
        if (r->fo[k]) {
            row = setting_area(s, AREA_BLOCK, r->fo[k], parent);
            row->flags |= target->flags;
            row->x = row_x - px;
            row->y = y + from - py;
            row->width = row_width;
            row->height = to - from > 0 ? to - from : 0;
            rx = row_x;
            ry = y + from;
        }
        for (i = r->cover_at[k]; i < r->cover_at[k + 1]; i++) {
            const struct rows_cell *c = &r->cells[r->cover[i]];

            if ((c->row == k || k == p.first) && is_between(c, a, b))
                emit_cell(s, c, &p, row, rx, ry, y, target);
        }
    }
    y += bounded(p.y[p.last + 1 - p.first]);
    free_part(&p);
    return y;
}
