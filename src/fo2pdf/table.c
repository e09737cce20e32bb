/* Tables: row groups, headers and footers; grid.c has the grid, rows.c what is side by side. */
#include <stdlib.h>
#include <string.h>

#include "again.h"
#include "alloc.h"
#include "collapse.h"
#include "fo_messages.h"
#include "grid.h"
#include "rows.h"

#define MAX_EMPTY 100000 /* places of a table without a cell that have borders */

/* The number of rows from FIRST on that spanning cells tie together. */
static int group_size(const struct grid *g, int first, int *cell)
{
    int end = first + 1, i;

    for (i = *cell; i < g->cells_n && g->cells[i].row < end; i++)
        if (g->cells[i].row + g->cells[i].rows > end)
            end = g->cells[i].row + g->cells[i].rows;
    return (end > g->rows_n ? g->rows_n : end) - first;
}

static mpt absolute(const struct fo_length *l)
{
    return l->keyword || l->pct != 0 ? 0 : l->v;
}

/* A height that RANGE asks for: what is never undercut, and what is to be had when there is room. */
static void read_range(const struct fo_range *range, mpt *min, mpt *opt)
{
    *min = absolute(&range->min);
    *opt = absolute(&range->opt);
    if (*opt < *min)
        *opt = *min;
}

static int stronger(int strength, int other)
{
    return strength > other ? strength : other;
}

/* What C draws where it is continued: the edges that are not to be discarded there (4.3.2). */
static void set_cut(const struct table *t, struct rows_cell *c)
{
    static const struct area_box nothing;
    const struct style_box *s = c->fo->style->box;
    struct area_box *cut = NULL;
    int k;

    c->cut = &nothing;
    for (k = 0; k < 2 && c->box; k++) {
        int side = k ? AREA_BOTTOM : AREA_TOP;
        int border = s->border_width[side].retain == FO_KW_RETAIN;
        int padding = s->padding[side].retain == FO_KW_RETAIN;

        if (!border && !padding)
            continue;
        if (!cut)
            c->cut = cut = arena_alloc(t->b->s->arena, sizeof *cut);
        if (border) {
            cut->border[side] = c->box->border[side];
            cut->border_style[side] = c->box->border_style[side];
            cut->border_color[side] = c->box->border_color[side];
        }
        if (padding)
            cut->padding[side] = c->box->padding[side];
    }
}

/* What of BOX lies on this side of the grid's line. */
static mpt inside(const struct area_box *box, int side)
{
    return setting_edges(box, side) - (box && box->shared ? box->shared->outside[side] : 0);
}

static void set_edges(const struct table *t, struct rows *r, struct rows_cell *c)
{
    const struct style_box *s = c->fo->style->box;
    const struct area_box *edge = c->edge ? c->edge : c->box;

    if (!t->bordered)
        set_cut(t, c);
    r->edged |= edge != c->box;
    c->gap_top[ROWS_WHOLE] = c->gap_top[ROWS_EDGE] = r->gap_top;
    c->gap_bottom[ROWS_WHOLE] = c->gap_bottom[ROWS_EDGE] = r->gap_bottom;
    if (s->border_width[AREA_TOP].retain == FO_KW_RETAIN)
        c->gap_top[ROWS_CUT] = r->gap_top;
    if (s->border_width[AREA_BOTTOM].retain == FO_KW_RETAIN)
        c->gap_bottom[ROWS_CUT] = r->gap_bottom;
    c->top[ROWS_WHOLE] = r->gap_top + inside(c->box, AREA_TOP);
    c->top[ROWS_EDGE] = r->gap_top + inside(edge, AREA_TOP);
    c->top[ROWS_CUT] = c->gap_top[ROWS_CUT] + inside(c->cut, AREA_TOP);
    c->bottom[ROWS_WHOLE] = r->gap_bottom + inside(c->box, AREA_BOTTOM);
    c->bottom[ROWS_EDGE] = r->gap_bottom + inside(edge, AREA_BOTTOM);
    c->bottom[ROWS_CUT] = c->gap_bottom[ROWS_CUT] + inside(c->cut, AREA_BOTTOM);
}

static void build_cell(struct table *t, struct rows *r, int grid, const struct grid_cell *c,
                       int first)
{
    struct setting *s = t->b->s;
    struct rows_cell *rc = rows_cell(s, r);
    const struct grid_column *a = &t->columns[c->column], *z = a + c->columns - 1;
    mpt left = a->x < z->x ? a->x : z->x, right = a->x < z->x ? z->x + z->width : a->x + a->width;
    const struct fo_node *row = r->fo[c->row - first];
    long height;
    mpt around = s->height;

    rc->fo = c->fo;
    collapse_cell(t, grid, c, rc);
    collapse_below(t, grid, c, rc);
    rc->x = t->x + left + t->gap_x / 2 + inside(rc->box, AREA_LEFT);
    rc->width = right - left - t->gap_x - inside(rc->box, AREA_LEFT) - inside(rc->box, AREA_RIGHT);
    if (rc->width < 0) {
        fo_complain(s->d, s->fo, c->fo, s->options->lenient, FO_NO_ROOM, rc->width / 1000.);
        rc->width = 0;
    }
    rc->row = c->row - first;
    rc->row_end = rc->row + c->rows;
    set_edges(t, r, rc);
    s->height = -1;
    rc->list = flow_build(s, c->fo, rc->width, t->b->may_overflow);
    s->height = around;
    height = flow_height(rc->list, 0, rc->list->items_n);
    rc->height = height > 1000000000 ? 1000000000 : (mpt)height;
    rc->keep_next = rc->list->last_keep;
    read_range(&c->fo->style->size->bpd, &rc->least, &rc->fixed);
    if (row && c->rows == 1) {
        mpt least, fixed;

        read_range(&row->style->size->bpd, &least, &fixed);
        rc->least = rc->least > least ? rc->least : least;
        rc->fixed = rc->fixed > fixed ? rc->fixed : fixed;
    }
}

/* Places of row K of the group without a cell, where there are borders all the same. */
static void build_empty(struct table *t, struct rows *r, int grid, int first, int k)
{
    const struct grid *g = &t->grids[grid];
    int column;

    for (column = 0; column < t->columns_n; column++) {
        struct rows_cell c;
        struct flow_list *list;

        if (grid_cell_at(g, first + k, column))
            continue;
        memset(&c, 0, sizeof c);
        if (!collapse_empty(t, grid, first + k, column, &c))
            continue;
        if (++t->empty_n > MAX_EMPTY) {
            if (t->empty_n == MAX_EMPTY + 1)
                fo_complain(t->b->s->d, t->b->s->fo, t->fo, t->b->s->options->lenient, FO_NO_CELLS,
                            MAX_EMPTY);
            return;
        }
        list = arena_alloc(t->b->s->arena, sizeof *list);
        list->s = t->b->s;
        c.list = list;
        c.x = t->x + t->columns[column].x + inside(c.box, AREA_LEFT);
        c.width = t->columns[column].width - inside(c.box, AREA_LEFT) -
            inside(c.box, AREA_RIGHT);
        c.row = k;
        c.row_end = k + 1;
        *rows_cell(t->b->s, r) = c;
    }
}

/* What the rows' objects say of the Nth row, from the group's FIRST on, and of the break after it. */
static void read_row(const struct table *t, const struct grid *g, struct rows *r, int first, int k)
{
    const struct fo_node *fo = g->rows[first + k].fo;
    const struct fo_node *next = k + 1 < r->n ? g->rows[first + k + 1].fo : NULL;
    mpt least;

    r->fo[k] = fo;
    if (fo) {
        read_range(&fo->style->size->bpd, &least, &r->least[k]);
        r->most[k] = absolute(&fo->style->size->bpd.max);
        r->together[k] = flow_strength(&fo->style->flow->keep_together);
        r->row_penalty[k] = flow_strength(&fo->style->block->keep_with_next);
        /* 7.20.1, 7.20.2: not while row spanning is in progress. */
        if (k > 0 && fo->style->block->break_before != FO_KW_AUTO)
            fo_report(t->b->s->d, t->b->s->fo, fo, FO_ROW_BREAK, "before");
        if (k + 1 < r->n && fo->style->block->break_after != FO_KW_AUTO)
            fo_report(t->b->s->d, t->b->s->fo, fo, FO_ROW_BREAK, "after");
    }
    if (next)
        r->row_penalty[k] = stronger(r->row_penalty[k],
                                     flow_strength(&next->style->block->keep_with_previous));
}

/* Breaks and keeps at the very start and end of cells are those of their rows. What is at the start
 * of the group: *FORCE and *KEEP; what is at its end is noted at its last row. */
static void promote_cells(struct rows *r, int *force, int *keep)
{
    int i;

    for (i = 0; i < r->cells_n; i++) {
        const struct rows_cell *c = &r->cells[i];
        int *f = c->row ? &r->row_force[c->row - 1] : force;
        int *k = c->row ? &r->row_penalty[c->row - 1] : keep;
        int last = c->row_end - 1;

        *f = flow_stronger(*f, c->list->first_force);
        *k = stronger(*k, c->list->first_keep);
        r->row_force[last] = flow_stronger(r->row_force[last], c->list->last_force);
        r->row_penalty[last] = stronger(r->row_penalty[last], c->list->last_keep);
    }
}

/* The breaks and keeps that are pending at the first row, or after the last, are the table's own: its
 * border, header and footer do not stand alone. */
static void promote_start(struct table *t, struct flow_builder *b)
{
    struct flow_list *list = b->list;
    int first = t->first_item;
    int *force = first > 0 ? &list->items[first - 1].force : &list->first_force;
    int *keep = first > 0 ? &list->items[first - 1].penalty : &list->first_keep;

    t->first_item = -1;
    if (first < 0 || list->items_n == first)
        return;
    *force = flow_stronger(*force, b->force);
    *keep = stronger(*keep, b->keep);
    b->force = b->keep = 0;
}

static void promote_end(struct table *t, struct flow_builder *b)
{
    t->last_force = b->force;
    t->last_keep = b->keep;
    b->force = b->keep = 0;
}

/* Where the table is continued before or after the group, its own height is another. */
static void edge_excess(struct flow_builder *b, const struct rows *r)
{
    struct flow_item *items = b->list->items;
    int end = b->list->items_n, from = b->closed->from;

    if (from > 0)
        items[from - 1].start_edges += rows_edge_excess(r, ROWS_FIRST);
    items[end - 1].end_edges += rows_edge_excess(r, ROWS_LAST);
}

/* Rows share collapsed borders and backgrounds with those before them, unless these are in another
 * arena. */
static void forget_shared(struct table *t)
{
    int i;

    for (i = 0; i < t->columns_n; i++) {
        memset(t->columns[i].last, 0, sizeof t->columns[i].last);
        t->columns[i].below = NULL;
    }
    t->below[0] = t->below[1] = t->row_image = NULL;
}

/* N rows from FIRST on, and their cells, of which *CELL is the first and becomes the next. */
static struct rows *make_rows(struct table *t, int grid, int first, int n, int *cell)
{
    const struct grid *g = &t->grids[grid];
    struct rows *r = rows_new(t->b->s, n);
    int k;

    r->gap_top = t->gap_y / 2;
    r->gap_bottom = t->gap_y - r->gap_top;
    for (k = 0; k < n; k++)
        read_row(t, g, r, first, k);
    for (k = 0; k < n; k++) {
        for (; *cell < g->cells_n && g->cells[*cell].row == first + k; (*cell)++)
            build_cell(t, r, grid, &g->cells[*cell], first);
        if (t->bordered)
            build_empty(t, r, grid, first, k);
    }
    return r;
}

struct rows *table_rows(struct setting *s, const struct rows_group *g)
{
    struct table *t = g->table;
    struct flow_builder b = { .s = s, .width = t->width, .may_overflow = t->may_overflow };
    int cell = g->cell, empty_n = t->empty_n, force = 0, keep = 0;
    struct flow_builder *outer = t->b;
    struct rows *r;

    forget_shared(t);
    t->b = &b;
    r = make_rows(t, g->grid, g->first, g->n, &cell);
    promote_cells(r, &force, &keep);
    rows_measure(s, r);
    forget_shared(t);
    t->b = outer;
    t->empty_n = empty_n;
    return r;
}

/* Whether the rows of GRID from FIRST on, with cells from CELL on, are to be given up once they are
 * measured. */
static int may_forget(const struct table *t, int grid, int first, int n, int cell)
{
    const struct setting *s = t->b->s;
    const struct grid *g = &t->grids[grid];

    if (!again_is_due(s) || g->part->kind != FO_TABLE_BODY)
        return 0;
    for (; cell < g->cells_n && g->cells[cell].row < first + n; cell++)
        if (!again_is_constant(g->cells[cell].fo))
            return 0;
    return 1;
}

static void build_group(struct table *t, struct flow_builder *b, int grid, int first, int n,
                        int *cell)
{
    const struct grid *g = &t->grids[grid];
    struct setting *s = b->s;
    struct arena *arena = s->arena;
    int forget = may_forget(t, grid, first, n, *cell), begun = *cell;
    int force = 0, keep = 0;
    struct rows_group *group;
    struct rows *r;

    if (forget) {
        forget_shared(t);
        s->arena = &s->scratch;
    }
    r = make_rows(t, grid, first, n, cell);
    promote_cells(r, &force, &keep);
    rows_measure(s, r);
    s->arena = arena;
    if (r->fo[0]) {
        flow_break(b, r->fo[0]->style->block->break_before);
        flow_keep(b, &r->fo[0]->style->block->keep_with_previous);
    }
    flow_break(b, force);
    b->keep = stronger(b->keep, keep);
    if (g->part->kind == FO_TABLE_BODY)
        promote_start(t, b);
    group = rows_add(b, r, g->part, t->x, t->width);
    b->closed->begins = first == 0 && g->part->kind == FO_TABLE_BODY;
    if (r->edged)
        edge_excess(b, r);
    if (r->fo[n - 1]) {
        flow_break(b, r->fo[n - 1]->style->block->break_after);
        flow_keep(b, &r->fo[n - 1]->style->block->keep_with_next);
    }
    flow_break(b, r->row_force[n - 1]);
    b->keep = stronger(b->keep, r->row_penalty[n - 1]);
    if (forget) {
        group->table = t;
        group->grid = grid;
        group->first = first;
        group->n = n;
        group->cell = begun;
        t->is_wanted = 1;
        if (rows_forget(s, group))
            again_rows(s, group);
        forget_shared(t);
        arena_clear(&s->scratch);
    }
}

static void build_rows(struct table *t, struct flow_builder *b, int grid)
{
    const struct grid *g = &t->grids[grid];
    int first = 0, cell = 0;

    while (first < g->rows_n) {
        int n = group_size(g, first, &cell);

        build_group(t, b, grid, first, n, &cell);
        first += n;
    }
}

static struct flow_list *part_list(struct table *t, int grid)
{
    struct flow_builder inner;
    struct flow_list *list = arena_alloc(t->b->s->arena, sizeof *list);
    mpt x = t->x;

    memset(&inner, 0, sizeof inner);
    inner.s = t->b->s;
    inner.width = t->width;
    inner.may_overflow = t->b->may_overflow;
    inner.list = list;
    list->s = t->b->s;
    list->width = t->width;
    t->x = 0;
    build_rows(t, &inner, grid);
    t->x = x;
    return list;
}

/* A header or footer: a list of its own, set as a whole, and again at breaks. */
static struct flow_node *build_repeated(struct table *t, int grid)
{
    struct flow_node *node;
    const struct fo_node *fo = t->grids[grid].part;
    struct flow_list *list = part_list(t, grid);

    node = flow_open(t->b, FLOW_LEAF, fo);
    node->x = t->x;
    node->width = t->width;
    node->list = list;
    node->height = (mpt)flow_height(list, 0, list->items_n);
    flow_item(t->b, node->height, fo);
    flow_notes(t->b, t->b->list->items_n - 1, list, 0, list->items_n);
    flow_close(t->b);
    return node;
}

static int shows_page_number(const struct fo_node *fo)
{
    const struct fo_node *c;

    for (c = fo->first; c; c = c->next)
        if (c->kind == FO_PAGE_NUMBER || shows_page_number(c))
            return 1;
    return 0;
}

/* Notes whether the header or footer in NODE will be set anew. */
static void find_changing(struct table *t, struct flow_node *node)
{
    struct flow_node *parts[2] = { node->head, node->foot };
    int i;

    for (i = 0; i < 2; i++) {
        if (!parts[i] || !shows_page_number(parts[i]->fo))
            continue;
        parts[i]->anew = t;
        t->is_wanted = 1;
    }
}

/* The table is built: it is kept with the setting when it is wanted later. */
static void end_table(struct table *t, struct setting *s)
{
    t->b = NULL;
    if (t->is_wanted) {
        t->next = s->tables;
        s->tables = t;
    } else {
        grid_release(t);
        free(t);
    }
}

struct flow_list *table_repeat(struct setting *s, const struct flow_node *n,
                               const struct area_page *page)
{
    const struct area_page *outer = s->page;
    struct flow_builder b;
    struct flow_list *list;
    long height;
    int grid = 0;

    if (!n->anew || !page)
        return n->list;
    memset(&b, 0, sizeof b);
    b.s = s;
    b.width = n->anew->width;
    b.may_overflow = n->anew->may_overflow;
    while (n->anew->grids[grid].part != n->fo)
        grid++;
    n->anew->b = &b;
    s->page = page;
    forget_shared(n->anew);
    list = part_list(n->anew, grid);
    forget_shared(n->anew);
    s->page = outer;
    n->anew->b = NULL;
    height = flow_height(list, 0, list->items_n);
    if (height > n->height + 20)
        fo_complain(s->d, s->fo, n->fo, s->options->lenient, FO_TOO_HIGH, height / 1000.,
                    (height - n->height) / 1000.);
    return list;
}

void table_release(struct setting *s)
{
    while (s->tables) {
        struct table *t = s->tables;

        s->tables = t->next;
        grid_release(t);
        free(t);
    }
}

static void order_grids(struct table *t, int explicit_columns)
{
    static const enum fo_kind order[] = { FO_TABLE_HEADER, FO_TABLE_BODY, FO_TABLE_FOOTER };
    const struct fo_node *n;
    int k, count = 0;

    for (n = t->fo->first; n; n = n->next)
        count += n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_BODY ||
            n->kind == FO_TABLE_FOOTER;
    t->grids = xcalloc((size_t)count + 1, sizeof *t->grids);
    for (k = 0; k < 3; k++)
        for (n = t->fo->first; n; n = n->next)
            if (n->kind == order[k])
                grid_read_part(t, &t->grids[t->grids_n++], n, explicit_columns);
    if (!count)
        fo_complain(t->b->s->d, t->b->s->fo, t->fo, t->b->s->options->lenient, FO_MISSING_CHILD,
                    "table",
                    "fo:table-body");
}

static struct area_box *edge_box(struct table *t, const struct area_box *own, const mpt outside[4])
{
    struct area_box *box = arena_alloc(t->b->s->arena, sizeof *box);
    int side;

    if (own)
        *box = *own;
    for (side = 0; side < 4; side++) {
        box->border[side] = outside[side];
        box->border_style[side] = AREA_BORDER_NONE;
        box->padding[side] = 0;
    }
    return box;
}

/* The outer halves of the borders at the table's edge: the cells draw them, the table leaves room. */
static void leave_room(struct table *t, struct flow_node *node)
{
    struct flow_item *items = t->b->list->items;
    int i, head = node->head != NULL, foot = node->foot != NULL;
    struct area_box *cut;

    t->outside_cut[AREA_TOP] = head ? t->outside[AREA_TOP] : t->outside_cut[AREA_TOP];
    t->outside_cut[AREA_BOTTOM] = foot ? t->outside[AREA_BOTTOM] : t->outside_cut[AREA_BOTTOM];
    node->box = edge_box(t, node->box, t->outside);
    cut = edge_box(t, node->box, t->outside);
    cut->border[AREA_TOP] = t->outside_cut[AREA_TOP];
    cut->border[AREA_BOTTOM] = t->outside_cut[AREA_BOTTOM];
    node->cut = cut;
    node->retain_before = node->retain_after = 1;
    for (i = node->from; i + 1 < t->b->list->items_n; i++) {
        items[i].start_edges += cut->border[AREA_TOP];
        items[i].end_edges += cut->border[AREA_BOTTOM];
    }
}

/* Whether PART, a header or footer, beside what takes BESIDE, leaves room on a page: one that does not
 * is a fault, and stands once. */
static int repeats(struct table *t, const struct flow_node *part, mpt beside)
{
    const struct setting *s = t->b->s;
    mpt over = part->height + beside - s->tallest;

    if (s->tallest <= 0 || over <= 20)
        return 1;
    if (!t->may_overflow)
        fo_complain(s->d, s->fo, part->fo, s->options->lenient, FO_TOO_HIGH, part->height / 1000.,
                    over / 1000.);
    return 0;
}

static void fill(struct table *t, struct flow_node *node)
{
    struct flow_builder *b = t->b;
    const struct style_table *s = t->fo->style->table;
    struct flow_node *head = NULL;
    int i;

    t->first_item = node->from;
    for (i = 0; i < t->grids_n; i++) {
        const struct grid *g = &t->grids[i];
        enum fo_kind kind = g->part->kind;
        struct flow_level *level = &b->levels[b->depth - 1];

        if (!g->rows_n)
            continue;
        if (kind == FO_TABLE_HEADER) {
            head = build_repeated(t, i);
            b->never = 1;
            if (s->omit_header != FO_KW_TRUE && repeats(t, head, 0)) {
                node->head = head;
                level = &b->levels[b->depth - 1];
                level->start_edges += head->height;
            }
        } else if (kind == FO_TABLE_FOOTER) {
            b->never = 1;
            head = build_repeated(t, i);
            if (s->omit_footer != FO_KW_TRUE && repeats(t, head, node->head ? node->head->height : 0))
                node->foot = head;
        } else {
            build_rows(t, b, i);
            if (i + 1 == t->grids_n || t->grids[i + 1].part->kind != FO_TABLE_BODY)
                promote_end(t, b);
        }
    }
    if (node->foot) {
        /* At every break inside the table there must be room for the footer. */
        for (i = node->from; i + 1 < b->list->items_n; i++)
            b->list->items[i].end_edges += node->foot->height;
    }
    if (t->collapse)
        leave_room(t, node);
}

/* In the collapsing model the table's own borders compete with those of the cells; what its edge
 * takes is known only when they did, so the items for it are laid down here. */
static void collapsed_edges(struct flow_builder *b, struct flow_node *node)
{
    const struct style_box *s = node->fo->style->box;
    int keep = flow_strength(&node->fo->style->flow->keep_together);
    struct flow_level *level = &b->levels[b->depth - 1];

    if (keep > level->keep)
        level->keep = keep;
    node->box = NULL;
    if (s->background_color & 0xff || s->background_image) {
        struct area_box *box = arena_alloc(b->s->arena, sizeof *box);

        box->background = s->background_color;
        box->background_image = s->background_image;
        box->placing = s;
        node->box = box;
    }
    flow_item(b, 0, node->fo);
    node->edge_before = 1;
    b->never = 1;
}

void table_build(struct flow_builder *b, const struct fo_node *fo)
{
    struct table *t = xcalloc(1, sizeof *t);
    struct flow_node *node;
    const struct area_box *box;
    mpt x, width;
    int explicit_columns;

    t->b = b;
    t->may_overflow = b->may_overflow;
    t->fo = fo;
    t->collapse = fo->style->flow->border_collapse != FO_KW_SEPARATE;
    t->rtl = fo->style->flow->writing_mode == FO_KW_RL_TB;
    if (!t->collapse) {
        t->gap_x = fo->style->flow->border_separation.ipd.v;
        t->gap_y = fo->style->flow->border_separation.bpd.v;
    }
    box = t->collapse ? NULL : setting_box(b->s, fo, b->width);
    flow_block_start(b, fo);
    node = flow_open(b, FLOW_BLOCK, fo);
    flow_frame(b, fo, &x, &width);
    t->x = x;
    t->width = width;
    grid_read_columns(t);
    explicit_columns = t->columns_n > 0;
    order_grids(t, explicit_columns);
    grid_set_widths(t);
    collapse_prepare(t);
    if (t->rtl && t->width < width)
        t->x = x + width - t->width;
    node->x = t->x;
    node->width = t->width;
    if (t->collapse)
        collapsed_edges(b, node);
    else
        flow_edges(b, node, box);
    fill(t, node);
    if (t->collapse) {
        b->list->items[node->from].length = setting_edges(node->box, AREA_TOP);
        b->never = 1;
        flow_item(b, setting_edges(node->box, AREA_BOTTOM), fo);
        node->edge_after = 1;
    } else {
        flow_edge_after(b, node);
    }
    flow_close(b);
    flow_break(b, t->last_force);
    b->keep = stronger(b->keep, t->last_keep);
    flow_block_end(b, fo);
    find_changing(t, node);
    end_table(t, b->s);
}

/* 6.7.2: the caption is above or below the table, and stays with it. */
void table_captioned(struct flow_builder *b, const struct fo_node *fo)
{
    static const struct fo_keep together = { FO_FORCE, FO_FORCE, FO_FORCE };
    int side = fo->style->flow->caption_side;
    enum fo_kind first = side == FO_KW_AFTER || side == FO_KW_BOTTOM ? FO_TABLE : FO_TABLE_CAPTION;
    const struct area_box *box = setting_box(b->s, fo, b->width);
    struct flow_node *node, *caption;
    const struct fo_node *c, *d;
    int pass;

    flow_block_start(b, fo);
    node = flow_open(b, FLOW_BLOCK, fo);
    flow_frame(b, fo, &node->x, &node->width);
    flow_edges(b, node, box);
    for (pass = 0; pass < 2; pass++) {
        int before = b->list->items_n;

        for (c = fo->first; c; c = c->next) {
            if ((c->kind == first) != !pass)
                continue;
            if (c->kind == FO_TABLE) {
                table_build(b, c);
                continue;
            }
            caption = flow_open(b, FLOW_BLOCK, c);
            caption->x = node->x;
            caption->width = node->width;
            flow_edges(b, caption, setting_box(b->s, c, b->width));
            for (d = c->first; d; d = d->next)
                flow_children(b, d);
            flow_edge_after(b, caption);
            flow_close(b);
        }
        if (!pass && b->list->items_n > before)
            flow_keep(b, &together);
    }
    flow_edge_after(b, node);
    flow_close(b);
    flow_block_end(b, fo);
}
