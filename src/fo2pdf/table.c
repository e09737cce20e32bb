/* Tables: row groups, headers and footers; grid.c has the grid, rows.c what is side by side. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collapse.h"
#include "fo_messages.h"
#include "grid.h"
#include "rows.h"

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
    for (k = 0; k < 2 && c->box && !t->collapse; k++) {
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

static void set_edges(const struct table *t, const struct rows *r, struct rows_cell *c)
{
    const struct style_box *s = c->fo->style->box;

    set_cut(t, c);
    c->gap_top[ROWS_WHOLE] = r->gap_top;
    c->gap_bottom[ROWS_WHOLE] = r->gap_bottom;
    if (s->border_width[AREA_TOP].retain == FO_KW_RETAIN)
        c->gap_top[ROWS_CUT] = r->gap_top;
    if (s->border_width[AREA_BOTTOM].retain == FO_KW_RETAIN)
        c->gap_bottom[ROWS_CUT] = r->gap_bottom;
    c->top[ROWS_WHOLE] = r->gap_top + setting_edges(c->box, AREA_TOP);
    c->top[ROWS_CUT] = c->gap_top[ROWS_CUT] + setting_edges(c->cut, AREA_TOP);
    c->bottom[ROWS_WHOLE] = r->gap_bottom + setting_edges(c->box, AREA_BOTTOM);
    c->bottom[ROWS_CUT] = c->gap_bottom[ROWS_CUT] + setting_edges(c->cut, AREA_BOTTOM);
}

static void build_cell(struct table *t, struct rows *r, int grid, const struct grid_cell *c,
                       int first, struct collapse_border outer[4])
{
    struct setting *s = t->b->s;
    struct rows_cell *rc = rows_cell(s, r);
    const struct grid_column *a = &t->columns[c->column], *z = a + c->columns - 1;
    mpt left = a->x < z->x ? a->x : z->x, right = a->x < z->x ? z->x + z->width : a->x + a->width;
    const struct fo_node *row = r->fo[c->row - first];
    long height;
    mpt around = s->height;

    rc->fo = c->fo;
    rc->box = collapse_cell_box(t, grid, c, outer);
    rc->x = t->x + left + t->gap_x / 2 + setting_edges(rc->box, AREA_LEFT);
    rc->width = right - left - t->gap_x - setting_edges(rc->box, AREA_LEFT) - setting_edges(rc->box,
            AREA_RIGHT);
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

static void build_group(struct table *t, struct flow_builder *b, int grid, int first, int n,
                        int *cell, struct collapse_border outer[4])
{
    const struct grid *g = &t->grids[grid];
    struct rows *r = rows_new(b->s, n);
    int k, force = 0, keep = 0;

    r->gap_top = t->gap_y / 2;
    r->gap_bottom = t->gap_y - r->gap_top;
    for (k = 0; k < n; k++)
        read_row(t, g, r, first, k);
    for (; *cell < g->cells_n && g->cells[*cell].row < first + n; (*cell)++)
        build_cell(t, r, grid, &g->cells[*cell], first, outer);
    promote_cells(r, &force, &keep);
    if (r->fo[0]) {
        flow_break(b, r->fo[0]->style->block->break_before);
        flow_keep(b, &r->fo[0]->style->block->keep_with_previous);
    }
    flow_break(b, force);
    b->keep = stronger(b->keep, keep);
    if (g->part->kind == FO_TABLE_BODY)
        promote_start(t, b);
    rows_finish(b, r, g->part, t->x, t->width);
    if (r->fo[n - 1]) {
        flow_break(b, r->fo[n - 1]->style->block->break_after);
        flow_keep(b, &r->fo[n - 1]->style->block->keep_with_next);
    }
    flow_break(b, r->row_force[n - 1]);
    b->keep = stronger(b->keep, r->row_penalty[n - 1]);
}

static void build_rows(struct table *t, struct flow_builder *b, int grid,
                       struct collapse_border outer[4])
{
    const struct grid *g = &t->grids[grid];
    int first = 0, cell = 0;

    while (first < g->rows_n) {
        int n = group_size(g, first, &cell);

        build_group(t, b, grid, first, n, &cell, outer);
        first += n;
    }
}

/* A header or footer: a list of its own, set as a whole, and again at breaks. */
static struct flow_node *build_repeated(struct table *t, int grid, struct collapse_border outer[4])
{
    struct flow_builder inner;
    struct flow_node *node;
    const struct fo_node *fo = t->grids[grid].part;
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
    build_rows(t, &inner, grid, outer);
    t->x = x;
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

static void fill(struct table *t, struct flow_node *node)
{
    struct flow_builder *b = t->b;
    struct collapse_border outer[4] = { { 0 } };
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
            head = build_repeated(t, i, outer);
            b->never = 1;
            if (s->omit_header != FO_KW_TRUE) {
                node->head = head;
                level = &b->levels[b->depth - 1];
                level->start_edges += head->height;
            }
        } else if (kind == FO_TABLE_FOOTER) {
            b->never = 1;
            head = build_repeated(t, i, outer);
            if (s->omit_footer != FO_KW_TRUE)
                node->foot = head;
        } else {
            build_rows(t, b, i, outer);
            if (i + 1 == t->grids_n || t->grids[i + 1].part->kind != FO_TABLE_BODY)
                promote_end(t, b);
        }
    }
    if (node->foot) {
        /* At every break inside the table there must be room for the footer. */
        for (i = node->from; i + 1 < b->list->items_n; i++)
            b->list->items[i].end_edges += node->foot->height;
    }
    if (t->collapse) {
        const struct area_box *own = node->box;
        struct area_box *box = arena_alloc(b->s->arena, sizeof *box);

        if (own)
            *box = *own;
        for (i = 0; i < 4; i++) {
            box->border[i] = i == AREA_TOP || i == AREA_LEFT ? outer[i].width - outer[i].width / 2
                : outer[i].width / 2;
            box->border_style[i] = outer[i].width ? setting_border_style(outer[i].style)
                : AREA_BORDER_NONE;
            box->border_color[i] = outer[i].color;
            box->padding[i] = 0;
        }
        node->box = box;
        /* Every part of the table is closed: the other half of its edge rows' borders is here. */
        node->retain_before = node->retain_after = 1;
        for (i = node->from; i + 1 < b->list->items_n; i++) {
            b->list->items[i].start_edges += box->border[AREA_TOP];
            b->list->items[i].end_edges += box->border[AREA_BOTTOM];
        }
    }
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
    struct table t;
    struct flow_node *node;
    const struct area_box *box;
    mpt x, width;
    int explicit_columns;

    memset(&t, 0, sizeof t);
    t.b = b;
    t.fo = fo;
    t.collapse = fo->style->flow->border_collapse != FO_KW_SEPARATE;
    t.rtl = fo->style->flow->writing_mode == FO_KW_RL_TB;
    if (!t.collapse) {
        t.gap_x = fo->style->flow->border_separation.ipd.v;
        t.gap_y = fo->style->flow->border_separation.bpd.v;
    }
    box = t.collapse ? NULL : setting_box(b->s, fo, b->width);
    flow_block_start(b, fo);
    node = flow_open(b, FLOW_BLOCK, fo);
    flow_frame(b, fo, &x, &width);
    t.x = x;
    t.width = width;
    grid_read_columns(&t);
    explicit_columns = t.columns_n > 0;
    order_grids(&t, explicit_columns);
    grid_set_widths(&t);
    if (t.rtl && t.width < width)
        t.x = x + width - t.width;
    node->x = t.x;
    node->width = t.width;
    if (t.collapse)
        collapsed_edges(b, node);
    else
        flow_edges(b, node, box);
    fill(&t, node);
    if (t.collapse) {
        b->list->items[node->from].length = setting_edges(node->box, AREA_TOP);
        b->never = 1;
        flow_item(b, setting_edges(node->box, AREA_BOTTOM), fo);
        node->edge_after = 1;
    } else if (setting_edges(box, AREA_BOTTOM) > 0) {
        b->never = 1;
        flow_item(b, setting_edges(box, AREA_BOTTOM), fo);
        node->edge_after = 1;
    }
    flow_close(b);
    flow_break(b, t.last_force);
    b->keep = stronger(b->keep, t.last_keep);
    flow_block_end(b, fo);
    grid_release(&t);
}
