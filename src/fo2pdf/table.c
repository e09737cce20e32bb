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

static void build_cell(struct table *t, struct rows *r, int grid, const struct grid_cell *c,
                       int first, struct collapse_border outer[4])
{
    struct setting *s = t->b->s;
    struct rows_cell *rc = rows_cell(s, r);
    const struct grid_column *a = &t->columns[c->column], *z = a + c->columns - 1;
    mpt left = a->x < z->x ? a->x : z->x, right = a->x < z->x ? z->x + z->width : a->x + a->width;
    const struct style_size *size = c->fo->style->size;
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
    s->height = -1;
    rc->list = flow_build(s, c->fo, rc->width, t->b->may_overflow);
    s->height = around;
    height = flow_height(rc->list, 0, rc->list->items_n);
    rc->height = height > 1000000000 ? 1000000000 : (mpt)height;
    rc->fixed = size->bpd.opt.keyword || size->bpd.opt.pct != 0 ? 0 : size->bpd.opt.v;
    if (!size->bpd.min.keyword && size->bpd.min.pct == 0 && size->bpd.min.v > rc->fixed)
        rc->fixed = size->bpd.min.v;
}

static void build_group(struct table *t, struct flow_builder *b, int grid, int first, int n,
                        int *cell, struct collapse_border outer[4])
{
    const struct grid *g = &t->grids[grid];
    struct rows *r = rows_new(b->s, n);
    int k, i, force_before = FO_KW_AUTO, force_after = FO_KW_AUTO;

    r->spacing = t->gap_y;
    for (k = 0; k < n; k++) {
        const struct fo_node *fo = g->rows[first + k].fo;
        int strength, next;

        r->fo[k] = fo;
        if (!fo)
            continue;
        if (!fo->style->size->bpd.opt.keyword && fo->style->size->bpd.opt.pct == 0)
            r->least[k] = fo->style->size->bpd.opt.v;
        if (!fo->style->size->bpd.min.keyword && fo->style->size->bpd.min.pct == 0 &&
            fo->style->size->bpd.min.v > r->least[k])
            r->least[k] = fo->style->size->bpd.min.v;
        strength = flow_strength(&fo->style->flow->keep_together);
        if (strength > r->keep)
            r->keep = strength;
        strength = flow_strength(&fo->style->block->keep_with_next);
        next = first + k + 1 < g->rows_n && g->rows[first + k + 1].fo
             ? flow_strength(&g->rows[first + k + 1].fo->style->block->keep_with_previous) : 0;
        r->row_penalty[k] = strength > next ? strength : next;
    }
    for (; *cell < g->cells_n && g->cells[*cell].row < first + n; (*cell)++)
        build_cell(t, r, grid, &g->cells[*cell], first, outer);
    for (i = 0; i < r->cells_n; i++) {
        /* Breaks at the very start and end of cells are breaks between rows. */
        if (r->cells[i].row == 0 && r->cells[i].list->first_force)
            force_before = r->cells[i].list->first_force;
        if (r->cells[i].row_end == n && r->cells[i].list->last_force)
            force_after = r->cells[i].list->last_force;
    }
    if (r->fo[0])
        flow_block_start(b, r->fo[0]);
    flow_break(b, force_before);
    rows_finish(b, r, g->part, t->x, t->width);
    if (r->fo[n - 1])
        flow_block_end(b, r->fo[n - 1]);
    flow_break(b, force_after);
}

static void build_rows(struct table *t, struct flow_builder *b, int grid,
                       struct collapse_border outer[4])
{
    const struct grid *g = &t->grids[grid];
    int first = 0, cell = 0;

    while (first < g->rows_n) {
        int n = group_size(g, first, &cell);

        if (first > 0 && t->gap_y)
            flow_gap(b, t->gap_y);
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
    int i, started = 0;

    if (t->gap_y)
        flow_gap(b, t->gap_y / 2);
    for (i = 0; i < t->grids_n; i++) {
        const struct grid *g = &t->grids[i];
        enum fo_kind kind = g->part->kind;
        struct flow_level *level = &b->levels[b->depth - 1];

        if (!g->rows_n)
            continue;
        if (started && t->gap_y)
            flow_gap(b, t->gap_y);
        started = 1;
        if (kind == FO_TABLE_HEADER) {
            head = build_repeated(t, i, outer);
            b->never = 1;
            if (s->omit_header != FO_KW_TRUE) {
                node->head = head;
                level = &b->levels[b->depth - 1];
                level->start_edges += head->height + t->gap_y;
            }
        } else if (kind == FO_TABLE_FOOTER) {
            b->never = 1;
            head = build_repeated(t, i, outer);
            if (s->omit_footer != FO_KW_TRUE)
                node->foot = head;
        } else {
            flow_block_start(b, g->part);
            build_rows(t, b, i, outer);
            flow_block_end(b, g->part);
        }
    }
    if (t->gap_y)
        flow_gap(b, t->gap_y / 2);
    if (node->foot) {
        /* At every break inside the table there must be room for the footer. */
        for (i = node->from; i + 1 < b->list->items_n; i++)
            b->list->items[i].end_edges += node->foot->height + t->gap_y;
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
    flow_block_end(b, fo);
    grid_release(&t);
}
