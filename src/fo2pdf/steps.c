/* Where rows may be parted. Going down the rows, the next boundary is the nearest place at which one
 * of the cells may be parted, and each cell stands above it with as much as has room there. Three
 * things bend that: a row begins with some content of each of its cells; it ends with all of them;
 * and cells that span the end of a row may go on by themselves until the next row fits. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "rows.h"

struct active {
    struct rows_cell *cell;
    int next, after;           /* items up to the next place for a break, and to the one after that */
    int in;                    /* items that stand before the boundary in hand; -1: not even none */
    int ended;                 /* its last row is complete */
};

struct walk {
    struct setting *s;
    struct rows *r;
    struct active *active;     /* cells in hand, then those that wait for the next row */
    int active_n, waiting_n, cap, next_cell;
    int row;
    int finished;              /* the row is complete */
    int delaying;              /* the next row waits while cells that span its top go on */
    int cut_off;               /* the row ends before its first step: no break */
    long first;                /* boundary that the next row, or this, needs to begin */
};

static int forced(const struct rows_cell *c, int k)
{
    return k > 0 && k < c->list->items_n ? c->list->items[k - 1].force : 0;
}

/* The place for a break that follows K items. */
static int legal(const struct rows_cell *c, int k)
{
    for (k++; k < c->list->items_n; k++)
        if (c->list->items[k - 1].penalty < FLOW_NEVER || c->list->items[k - 1].force)
            return k;
    return c->list->items_n;
}

/* How far down the cell reaches with K items. */
static long reach(const struct walk *w, const struct active *a, int k)
{
    const struct rows_cell *c = a->cell;

    return w->r->y[c->row] + c->top[ROWS_WHOLE] + rows_prefix(c, k) + rows_tail(c, k) +
        c->bottom[a->ended ? ROWS_WHOLE : ROWS_CUT];
}

static int is_over(const struct active *a)
{
    return a->next >= a->cell->list->items_n;
}

static void go_on(struct active *a)
{
    a->next = a->after;
    a->after = is_over(a) ? a->next : legal(a->cell, a->next);
}

/* The cells that begin in ROW, after those in hand. */
static void prepare(struct walk *w, int row)
{
    for (; w->next_cell < w->r->cells_n && w->r->cells[w->next_cell].row <= row; w->next_cell++) {
        struct active *a;
        int n = w->active_n + w->waiting_n++;

        ALLOC_GROW(w->active, n, w->cap);
        a = &w->active[n];
        a->cell = &w->r->cells[w->next_cell];
        a->in = -1;
        a->ended = 0;
        a->after = legal(a->cell, 0);
        go_on(a);
        if (reach(w, a, a->next) > w->first)
            w->first = reach(w, a, a->next);
    }
}

/* Lets cells have more before a boundary that is at LIMIT in any case. */
static void increase(struct walk *w, struct active *a, long limit)
{
    while (!is_over(a) && !forced(a->cell, a->next) && reach(w, a, a->after) <= limit)
        go_on(a);
}

static void increase_all(struct walk *w, long limit)
{
    int i;

    for (i = 0; i < w->active_n; i++)
        increase(w, &w->active[i], limit);
}

/* When the row is complete at Y, its end is the boundary. */
static long last_of_row(struct walk *w, long y)
{
    struct rows *r = w->r;
    int i;

    w->finished = 1;
    for (i = 0; i < w->active_n; i++) {
        const struct active *a = &w->active[i];

        if (a->cell->row_end - 1 == w->row && (!is_over(a) || reach(w, a, a->next) > y))
            w->finished = 0;
    }
    if (!w->finished)
        return y;
    for (i = 0; i < w->active_n; i++) {
        struct active *a = &w->active[i];

        if (a->cell->row_end - 1 == w->row)
            a->ended = 1;
        else
            increase(w, a, r->y[w->row + 1]);
    }
    w->cut_off = r->y[w->row + 1] < y;
    if (w->row + 1 < r->n)
        prepare(w, w->row + 1);
    return r->y[w->row + 1];
}

/* The nearest boundary that a cell in hand would have next; -1: they are all over. */
static long nearest(struct walk *w)
{
    long y = -1;
    int i;

    for (i = 0; i < w->active_n; i++) {
        struct active *a = &w->active[i];

        if (a->in == a->next) {
            if (is_over(a))
                continue;
            go_on(a);
        }
        if (y < 0 || reach(w, a, a->next) < y)
            y = reach(w, a, a->next);
    }
    return y;
}

/* Takes out the cells that ended; those that wait move up. */
static void drop_ended(struct walk *w)
{
    int i, n = 0, all = w->active_n + w->waiting_n;

    for (i = 0; i < all; i++)
        if (!w->active[i].ended)
            w->active[n++] = w->active[i];
    w->active_n = n - w->waiting_n;
}

/* The next boundary; -1: there is none. */
static long next(struct walk *w)
{
    long y;

    if (w->finished) {
        if (w->row == w->r->n - 1)
            return -1;
        w->finished = 0;
        drop_ended(w);
        w->delaying = 1;
    }
    y = nearest(w);
    if (!w->delaying)
        return last_of_row(w, y);
    if (y < 0 || y >= w->first || (w->r->most[w->row] && y - w->r->y[w->row] > w->r->most[w->row])) {
        w->delaying = 0;
        w->row++;
        w->r->from_step[w->row] = w->r->steps_n + 1;
        w->active_n += w->waiting_n;
        w->waiting_n = 0;
        increase_all(w, w->first);
        y = last_of_row(w, w->first);
    }
    return y;
}

/* What the rows after a break here would take: as if the row in hand were stretched for all. */
static long remaining(const struct walk *w)
{
    const struct rows *r = w->r;
    long most = 0;
    int i;

    for (i = 0; i < w->active_n; i++) {
        const struct active *a = &w->active[i];
        const struct rows_cell *c = a->cell;
        long rest;

        if (a->in >= c->list->items_n)
            continue;
        rest = c->top[ROWS_CUT] + c->bottom[ROWS_WHOLE] + rows_prefix(c, c->list->items_n) -
            (r->y[c->row_end] - r->y[w->row + 1]);
        if (a->in > 0) {
            const struct flow_item *item = &c->list->items[a->in - 1];

            rest += item->start_space + item->start_edges - rows_prefix(c, a->in) - item->gap;
        }
        most = rest > most ? rest : most;
    }
    return most + r->y[r->n] - r->y[w->row + 1];
}

static void note_cell(struct walk *w, struct active *a, int step)
{
    struct rows_cell *c = a->cell;

    if (!c->pos_n)
        c->from_step = step;
    if (c->pos_n == c->pos_cap) {
        int cap = c->pos_cap ? 2 * c->pos_cap : 4;
        int *more = arena_alloc(w->s->arena, (size_t)cap * sizeof *more);

        if (c->pos_n)
            memcpy(more, c->pos, (size_t)c->pos_n * sizeof *more);
        c->pos = more;
        c->pos_cap = cap;
    }
    c->pos[c->pos_n++] = a->in < 0 ? 0 : a->in;
}

static struct rows_step *new_step(struct setting *s, struct rows *r)
{
    if (r->steps_n + 1 >= r->steps_cap) {
        int cap = r->steps_cap ? 2 * r->steps_cap : 8;
        struct rows_step *more = arena_alloc(s->arena, (size_t)cap * sizeof *more);

        if (r->steps_n)
            memcpy(more, r->steps, ((size_t)r->steps_n + 1) * sizeof *more);
        r->steps = more;
        r->steps_cap = cap;
    }
    r->steps_n++;
    memset(&r->steps[r->steps_n], 0, sizeof *r->steps);
    return &r->steps[r->steps_n];
}

static void note_keep(struct rows_step *step, int strength)
{
    if (strength > step->penalty)
        step->penalty = strength;
}

/* The boundary at Y: which items stand before it, and what it costs to part there. */
static void note(struct walk *w, long y)
{
    struct rows *r = w->r;
    struct rows_step *step = new_step(w->s, r);
    int i;

    step->y = y;
    step->row = w->row;
    step->first = w->row + (w->delaying != 0);
    for (i = 0; i < w->active_n; i++) {
        struct active *a = &w->active[i];
        const struct rows_cell *c = a->cell;

        if (reach(w, a, a->next) <= y && a->in != a->next) {
            a->in = a->next;
            if (forced(c, a->in))
                step->force = forced(c, a->in);
        }
        if (a->in > 0 && a->in < c->list->items_n && !forced(c, a->in))
            note_keep(step, c->list->items[a->in - 1].penalty);
        if (a->in >= c->list->items_n)
            note_keep(step, c->keep_next);
        note_cell(w, a, r->steps_n);
    }
    if (w->finished) {
        r->to_step[w->row] = r->steps_n;
        if (w->row + 1 < r->n) {
            note_keep(step, r->row_penalty[w->row]);
            if (r->row_force[w->row])
                step->force = r->row_force[w->row];
        }
    } else {
        note_keep(step, r->together[w->row]);
    }
    if (w->cut_off)
        step->penalty = FLOW_NEVER;
    w->cut_off = 0;
    step->done = r->y[r->n] - remaining(w);
}

void steps_find(struct setting *s, struct rows *r)
{
    struct walk w;
    long y;

    memset(&w, 0, sizeof w);
    w.s = s;
    w.r = r;
    r->from_step[0] = 1;
    prepare(&w, 0);
    w.active_n = w.waiting_n;
    w.waiting_n = 0;
    increase_all(&w, w.first);
    for (y = last_of_row(&w, w.first); y >= 0; y = next(&w))
        note(&w, y);
    free(w.active);
}
