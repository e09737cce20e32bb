#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"

struct rows *rows_new(struct setting *s, int n)
{
    struct rows *r = arena_alloc(s->arena, sizeof *r);

    r->n = n;
    r->fo = arena_alloc(s->arena, (size_t)n * sizeof *r->fo);
    r->least = arena_alloc(s->arena, (size_t)n * sizeof *r->least);
    r->y = arena_alloc(s->arena, (size_t)(n + 1) * sizeof *r->y);
    r->row_penalty = arena_alloc(s->arena, (size_t)n * sizeof *r->row_penalty);
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

static mpt edges(const struct rows_cell *c)
{
    return setting_edges(c->box, AREA_TOP) + setting_edges(c->box, AREA_BOTTOM);
}

static mpt cell_height(const struct rows_cell *c)
{
    return (c->height > c->fixed ? c->height : c->fixed) + edges(c);
}

/* Rows as high as their cells; what a spanning cell needs more goes to its last row. */
static void heights(struct rows *r)
{
    int i, k, span;

    for (i = 0; i < r->n; i++)
        r->y[i + 1] = r->least[i] + r->spacing;
    for (span = 1; span <= r->n; span++)
        for (i = 0; i < r->cells_n; i++) {
            const struct rows_cell *c = &r->cells[i];
            long have = -r->spacing, need = cell_height(c);

            if (c->row_end - c->row != span)
                continue;
            for (k = c->row; k < c->row_end; k++)
                have += r->y[k + 1];
            if (need > have)
                r->y[c->row_end] += (mpt)(need - have);
        }
    for (i = 0; i < r->n; i++)
        r->y[i + 1] += r->y[i];
}

static mpt top(const struct rows *r, const struct rows_cell *c)
{
    return r->y[c->row];
}

static mpt bottom(const struct rows *r, const struct rows_cell *c)
{
    return r->y[c->row_end] - r->spacing;
}

/* Height of the cell's first K items, from the top of its content. */
static mpt prefix(const struct rows_cell *c, int k)
{
    return (mpt)flow_height(c->list, 0, k);
}

struct step {
    mpt y;
    int penalty, force, row_end;
};

static int by_height(const void *a, const void *b)
{
    const struct step *x = a, *y = b;

    return x->y != y->y ? (x->y < y->y ? -1 : 1) : y->row_end - x->row_end;
}

/* Where the rows may be parted: below rows, and where a cell's content may be. */
static int candidates(const struct rows *r, struct step **steps)
{
    int n = 0, cap = 0, i, k;
    struct step *s = NULL;

    for (i = 1; i < r->n; i++) {
        ALLOC_GROW(s, n, cap);
        s[n++] = (struct step){ r->y[i], r->row_penalty[i - 1], 0, 1 };
    }
    for (i = 0; i < r->cells_n; i++) {
        const struct rows_cell *c = &r->cells[i];
        mpt y = top(r, c) + setting_edges(c->box, AREA_TOP) + c->list->lead;

        for (k = 0; k + 1 < c->list->items_n; k++) {
            const struct flow_item *item = &c->list->items[k];

            y += item->length;
            if (item->penalty < FLOW_NEVER || item->force) {
                ALLOC_GROW(s, n, cap);
                s[n++] = (struct step){ y, item->penalty || r->list ? item->penalty : ROWS_INNER,
                                        item->force, 0 };
                if (r->keep > s[n - 1].penalty)
                    s[n - 1].penalty = r->keep;
            }
            y += item->gap;
        }
    }
    if (n)
        qsort(s, (size_t)n, sizeof *s, by_height);
    *steps = s;
    return n;
}

/* How many items of C may stand above Y; -1: Y is no place for a break. FROM: stood before already.
 * FORCED: there will be a break, whatever keeps say. */
static int fits(const struct rows *r, const struct rows_cell *c, mpt y, int from, int forced)
{
    mpt room = y - top(r, c) - setting_edges(c->box, AREA_TOP), h = c->list->lead;
    int k, legal = from;

    for (k = 0; k < c->list->items_n; k++) {
        const struct flow_item *item = &c->list->items[k];

        h += item->length;
        if (h > room)
            break;
        if (k + 1 == c->list->items_n || item->penalty < FLOW_NEVER || item->force || forced)
            legal = k + 1 > legal ? k + 1 : legal;
        h += item->gap;
    }
    return legal == 0 && c->list->items_n && !forced ? -1 : legal;
}

/* Records a boundary at S when every cell can be parted there. */
static void add_step(struct rows *r, const struct step *at, const int *last)
{
    int i, n = r->steps_n;
    int *pos = xmalloc((size_t)r->cells_n * sizeof *pos);
    mpt extra = 0;

    for (i = 0; i < r->cells_n; i++) {
        const struct rows_cell *c = &r->cells[i];
        mpt rest;

        if (at->y <= top(r, c)) {
            pos[i] = 0;
            continue;
        }
        if (at->y >= bottom(r, c)) {
            pos[i] = c->list->items_n;
            continue;
        }
        pos[i] = fits(r, c, at->y, last[i], at->force);
        if (pos[i] < 0) {
            free(pos);
            return;
        }
        rest = c->height - prefix(c, pos[i]) - (bottom(r, c) - at->y - setting_edges(c->box,
                AREA_BOTTOM));
        if (pos[i] < c->list->items_n && rest > extra)
            extra = rest;
    }
    for (i = 0; i < r->cells_n; i++)
        r->cells[i].pos[n + 1] = pos[i];
    r->steps_n++;
    r->step_y[n + 1] = at->y;
    r->step_extra[n + 1] = extra;
    free(pos);
}

void rows_finish(struct flow_builder *b, struct rows *r, const struct fo_node *fo, mpt x, mpt width)
{
    struct flow_node *node;
    struct step *steps, *kept;
    int n, i, k;
    int *last = xcalloc((size_t)r->cells_n + 1, sizeof *last);

    heights(r);
    n = candidates(r, &steps);
    r->step_y = arena_alloc(b->s->arena, (size_t)(n + 2) * sizeof *r->step_y);
    r->step_extra = arena_alloc(b->s->arena, (size_t)(n + 2) * sizeof *r->step_extra);
    kept = xcalloc((size_t)n + 2, sizeof *kept);
    for (i = 0; i < r->cells_n; i++)
        r->cells[i].pos = arena_alloc(b->s->arena, (size_t)(n + 2) * sizeof *r->cells[i].pos);
    for (i = 0; i < n; i++) {
        int before = r->steps_n;

        if (steps[i].y <= r->step_y[before] || steps[i].y >= r->y[r->n]) {
            if (steps[i].force && before && steps[i].y == r->step_y[before])
                kept[before].force = steps[i].force;
            continue;
        }
        for (k = 0; k < r->cells_n; k++)
            last[k] = r->cells[k].pos[before];
        add_step(r, &steps[i], last);
        if (r->steps_n > before)
            kept[r->steps_n] = steps[i];
    }
    r->steps_n++;
    r->step_y[r->steps_n] = r->y[r->n] - r->spacing;
    for (i = 0; i < r->cells_n; i++)
        r->cells[i].pos[r->steps_n] = r->cells[i].list->items_n;
    node = flow_open(b, FLOW_ROWS, fo);
    node->rows = r;
    node->x = x;
    node->width = width;
    for (i = 0; i < r->steps_n; i++) {
        flow_item(b, r->step_y[i + 1] - r->step_y[i], r->fo[0] ? r->fo[0] : fo);
        if (i + 1 < r->steps_n) {
            struct flow_item *item = &b->list->items[b->list->items_n - 1];

            item->start_edges = r->step_extra[i + 1];
            if (kept[i + 1].penalty > b->keep)
                b->keep = kept[i + 1].penalty;
            b->never |= kept[i + 1].penalty == FLOW_NEVER;
            flow_break(b, kept[i + 1].force ? kept[i + 1].force : FO_KW_AUTO);
        }
    }
    flow_close(b);
    free(last);
    free(kept);
    free(steps);
}

/* One cell's areas in the part from H0 to H1. */
static void emit_cell(struct setting *s, const struct rows *r, const struct rows_cell *c, int a,
                      int b, struct area *parent,
                      mpt px, mpt py, mpt y, mpt extra, const struct flow_target *target)
{
    mpt h0 = r->step_y[a], h1 = r->step_y[b];
    int starts = top(r, c) >= h0, ends = bottom(r, c) <= h1;
    mpt from = starts ? top(r, c) : h0, to = ends ? bottom(r, c) : h1;
    const struct area_box *box = flow_part_box(s, c->box, starts, ends);
    struct area *area = setting_area(s, AREA_BLOCK, c->fo, parent);
    struct flow_target inner = *target;
    mpt shift = 0, height;

    if (!starts || from > h0)
        from += starts ? extra : 0;
    to += extra;
    area->flags |= target->flags;
    area->box = box;
    area->x = c->x - setting_edges(box, AREA_LEFT) - px;
    area->y = y + (from - h0) - py;
    area->width = c->width;
    area->height = to - from - setting_edges(box, AREA_TOP) - setting_edges(box, AREA_BOTTOM);
    if (area->height < 0)
        area->height = 0;
    inner.reference = area;
    height = (mpt)flow_height(c->list, c->pos[a], c->pos[b]);
    shift = flow_align(c->fo, area->height - height);
    flow_emit(c->list, c->pos[a], c->pos[b], area, shift + (c->pos[a] == 0 ? c->list->lead : 0),
              &inner);
}

mpt rows_emit(struct setting *s, const struct rows *r, int a, int b, struct area *parent, mpt px,
              mpt py, mpt row_x,
              mpt row_width, mpt y, const struct flow_target *target)
{
    mpt h0 = r->step_y[a], h1 = r->step_y[b], extra = a ? r->step_extra[a] : 0;
    int i, k, first = -1;

    for (k = 0; k < r->n; k++) {
        struct area *row = parent;
        mpt from = r->y[k] > h0 ? r->y[k] + extra : h0, to = r->y[k + 1] - r->spacing;
        mpt rx = px, ry = py;

        if (r->y[k] >= h1 || to <= h0) {
            if (!(r->y[k] == to && r->y[k] >= h0 && r->y[k] <= h1))
                continue;
        }
        to = (to > h1 ? h1 : to) + extra;
        if (r->fo[k]) {
            row = setting_area(s, AREA_BLOCK, r->fo[k], parent);
            row->flags |= target->flags;
            row->x = row_x - px;
            row->y = y + (from - h0) - py;
            row->width = row_width;
            row->height = to - from > 0 ? to - from : 0;
            rx = row_x;
            ry = y + (from - h0);
        }
        for (i = 0; i < r->cells_n; i++) {
            const struct rows_cell *c = &r->cells[i];

            if (c->row == k || (first < 0 && c->row < k && c->row_end > k))
                emit_cell(s, r, c, a, b, row, rx, ry, y, extra, target);
        }
        first = k;
    }
    return y + h1 - h0 + extra;
}
