/* Tables and lists: columns, the grid, collapsed borders; rows.c does what is side by side. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "flow.h"
#include "rows.h"

#define MAX_COLUMNS 1000

struct column {
    const struct fo_node *fo;  /* table-column, or NULL */
    const struct fo_node *cell;/* without table-columns: a cell of the first row */
    mpt x, width;
};

struct cell {
    const struct fo_node *fo;
    int row, column, rows, columns;
};

struct row {
    const struct fo_node *fo;  /* table-row, or NULL */
    const struct fo_node *part;/* header, footer, body */
    int *slots;                /* by column: 1 + index of the cell, 0: empty */
};

struct grid {                  /* of one table part */
    const struct fo_node *part;
    int slots_n, limit;        /* bounds of columns and rows */
    struct row *rows;
    int rows_n, rows_cap;
    struct cell *cells;
    int cells_n, cells_cap;
};

struct table {
    struct flow_builder *b;
    const struct fo_node *fo;
    struct column *columns;
    int columns_n, columns_cap;
    struct grid *grids;        /* header, bodies, footer, in the order of the page */
    int grids_n;
    int collapse, rtl;
    mpt x, width;              /* content rectangle */
    mpt gap_x, gap_y;          /* border-separation */
};

/* ---- columns --------------------------------------------------------------------------------- */

static int column_at(struct table *t, int number)
{
    while (t->columns_n < number) {
        ALLOC_GROW(t->columns, t->columns_n, t->columns_cap);
        memset(&t->columns[t->columns_n++], 0, sizeof *t->columns);
    }
    return number - 1;
}

static void read_columns(struct table *t)
{
    const struct fo_node *n;
    int next = 1;

    for (n = t->fo->first; n; n = n->next) {
        const struct style_table *s = n->style->table;
        int i;

        if (n->kind != FO_TABLE_COLUMN)
            continue;
        if (!s->column_number.keyword)
            next = s->column_number.v;
        if (next < 1 || s->columns_repeated > MAX_COLUMNS ||
            next + s->columns_repeated > MAX_COLUMNS + 1) {
            fo_complain(t->b->s->d, t->b->s->fo, n, 0, FO_BAD_COLUMN, next);
            continue;
        }
        for (i = 0; i < s->columns_repeated; i++) {
            int c = column_at(t, next + i);

            t->columns[c].fo = n;
        }
        next += s->columns_repeated;
    }
}

/* The width that column I asks for, or NULL. */
static const struct fo_length *asked_width(const struct table *t, int i)
{
    const struct column *c = &t->columns[i];

    return c->fo ? &c->fo->style->table->column_width : c->cell ? &c->cell->style->size->ipd.opt
        : NULL;
}

/* Widths: absolute ones and percentages as they are, the rest in proportion. */
static void set_widths(struct table *t)
{
    double units = 0, fixed = 0, x = 0;
    mpt asked = fo_length_of(&t->fo->style->size->ipd.opt, t->b->width, -1);
    int i;

    for (i = 0; i < t->columns_n; i++) {
        const struct fo_length *w = asked_width(t, i);

        if (!w || w->keyword)
            units += 1;
        else {
            units += w->units;
            fixed += w->v + (double)w->pct * t->width;
        }
    }
    if (asked < 0 && units == 0 && fixed < t->width)
        t->width = (mpt)fixed;
    if (fixed > t->width + 20 || (units > 0 && fixed > t->width)) {
        if (!t->b->may_overflow)
            fo_complain(t->b->s->d, t->b->s->fo, t->fo, t->b->s->options->lenient,
                        FO_TABLE_TOO_WIDE,
                        fixed / 1000., (fixed - t->width) / 1000.);
        fixed = fixed > t->width ? t->width : fixed;
    }
    for (i = 0; i < t->columns_n; i++) {
        const struct fo_length *w = asked_width(t, i);
        double width = !w || w->keyword ? (t->width - fixed) / units
                     : w->v + (double)w->pct * t->width + (w->units > 0
                                                           ? w->units * (t->width - fixed) / units
                                                               : 0);

        /* Edges are rounded, not widths, so that the columns fill the table. */
        t->columns[i].x = (mpt)(x + 0.5);
        x += width;
        t->columns[i].width = (mpt)(x + 0.5) - t->columns[i].x;
    }
    if (t->rtl)
        for (i = 0; i < t->columns_n; i++)
            t->columns[i].x = t->width - t->columns[i].x - t->columns[i].width;
}

/* ---- the grid -------------------------------------------------------------------------------- */

static struct row *row_at(struct grid *g, int r)
{
    while (g->rows_n <= r) {
        ALLOC_GROW(g->rows, g->rows_n, g->rows_cap);
        memset(&g->rows[g->rows_n], 0, sizeof *g->rows);
        g->rows[g->rows_n].slots = xcalloc((size_t)g->slots_n + 1, sizeof(int));
        g->rows[g->rows_n++].part = g->part;
    }
    return &g->rows[r];
}

static void place_cell(struct table *t, struct grid *g, const struct fo_node *fo, int r,
                       int *column, int explicit_columns)
{
    const struct style_table *s = fo->style->table;
    struct row *row = row_at(g, r);
    int c = *column, i, k;

    if (!s->column_number.keyword) {
        c = s->column_number.v - 1;
    } else {
        while (c < g->slots_n && row->slots[c])
            c++;
    }
    if (c < 0 || c + s->columns_spanned > g->slots_n) {
        fo_complain(t->b->s->d, t->b->s->fo, fo, 0, FO_BAD_COLUMN, c + s->columns_spanned);
        return;
    }
    if (!explicit_columns) {
        column_at(t, c + s->columns_spanned);
        if (s->columns_spanned == 1 && !t->columns[c].cell)
            t->columns[c].cell = fo;
    }
    ALLOC_GROW(g->cells, g->cells_n, g->cells_cap);
    g->cells[g->cells_n++] = (struct cell){ fo, r, c, s->rows_spanned, s->columns_spanned };
    for (k = 0; k < s->rows_spanned && r + k < g->limit; k++) {
        row = row_at(g, r + k);
        for (i = c; i < c + s->columns_spanned; i++) {
            if (row->slots[i]) {
                fo_complain(t->b->s->d, t->b->s->fo, fo, 0, FO_TABLE_OVERLAP, r + k + 1, i + 1);
                return;
            }
            row->slots[i] = g->cells_n;
        }
    }
    *column = c + s->columns_spanned;
}

/* No row of PART can have more columns than all its cells together, and their numbers, say. */
static int count_columns(const struct fo_node *part)
{
    const struct fo_node *row, *cell;
    long n = 0;

    for (row = part->first; row && n < MAX_COLUMNS; row = row->next)
        for (cell = row->kind == FO_TABLE_ROW ? row->first : row; cell && n < MAX_COLUMNS;
             cell = row->kind == FO_TABLE_ROW ? cell->next : NULL)
            if (cell->kind == FO_TABLE_CELL) {
                n += cell->style->table->columns_spanned;
                if (!cell->style->table->column_number.keyword)
                    n += cell->style->table->column_number.v;
            }
    return n > MAX_COLUMNS ? MAX_COLUMNS : (int)n;
}

static void read_part(struct table *t, struct grid *g, const struct fo_node *part,
                      int explicit_columns)
{
    const struct fo_node *n, *c;
    int r = 0, column = 0, open = 0, i;

    g->part = part;
    g->slots_n = explicit_columns ? t->columns_n : count_columns(part);
    for (n = part->first; n; n = n->next)
        g->limit++;
    for (n = part->first; n; n = n->next) {
        if (n->kind == FO_TABLE_ROW) {
            r += open;
            open = 0;
            row_at(g, r)->fo = n;
            column = 0;
            for (c = n->first; c; c = c->next)
                if (c->kind == FO_TABLE_CELL)
                    place_cell(t, g, c, r, &column, explicit_columns);
            r++;
        } else if (n->kind == FO_TABLE_CELL) {
            const struct style_table *s = n->style->table;

            if (open && s->starts_row == FO_KW_TRUE) {
                r++;
                column = 0;
            }
            if (!open)
                column = 0;
            open = 1;
            place_cell(t, g, n, r, &column, explicit_columns);
            if (s->ends_row == FO_KW_TRUE) {
                r++;
                open = 0;
            }
        }
    }
    r += open;
    for (i = 0; i < g->cells_n; i++)
        if (g->cells[i].row + g->cells[i].rows > r) {
            fo_complain(t->b->s->d, t->b->s->fo, g->cells[i].fo, t->b->s->options->lenient,
                        FO_ROW_SPAN,
                        g->cells[i].rows, r - g->cells[i].row);
            g->cells[i].rows = r - g->cells[i].row;
        }
    for (i = r; i < g->rows_n; i++)
        free(g->rows[i].slots);
    if (g->rows_n > r)
        g->rows_n = r;
}

/* ---- borders --------------------------------------------------------------------------------- */

struct border {
    int style;                 /* keyword */
    mpt width;
    fo_color color;
    int rank;                  /* of what it comes from: cell 5, row 4, part 3, column 2, table 1 */
};

static int style_rank(int style)
{
    static const short order[] = { FO_KW_INSET, FO_KW_GROOVE, FO_KW_OUTSET, FO_KW_RIDGE,
                                   FO_KW_DOTTED,
                                   FO_KW_DASHED, FO_KW_SOLID, FO_KW_DOUBLE };
    int i;

    for (i = 0; i < 8; i++)
        if (order[i] == style)
            return i + 1;
    return 0;
}

/* 6.7.10 with CSS 2.1, 17.6.2.1: hidden wins, none loses, then width, style, and whose it is. */
static void compete(struct border *best, const struct fo_node *fo, int side, int rank)
{
    const struct style_box *s;
    mpt width;
    int style;

    if (!fo)
        return;
    s = fo->style->box;
    style = s->border_style[side];
    if (best->style == FO_KW_HIDDEN || style == FO_KW_NONE)
        return;
    width = s->border_width[side].length.v;
    if (style == FO_KW_HIDDEN || best->style == FO_KW_NONE || width > best->width ||
        (width == best->width && (style_rank(style) > style_rank(best->style) ||
                                  (style == best->style && rank > best->rank)))) {
        best->style = style;
        best->width = style == FO_KW_HIDDEN ? 0 : width;
        best->color = s->border_color[side];
        best->rank = rank;
    }
}

static const struct cell *cell_at(const struct grid *g, int row, int column)
{
    int n = row >= 0 && row < g->rows_n && column < g->slots_n ? g->rows[row].slots[column] : 0;

    return n ? &g->cells[n - 1] : NULL;
}

/* The border along one side of a cell, and what of it lies in the cell. */
static struct border collapsed(const struct table *t, int grid, const struct cell *c, int side)
{
    const struct grid *g = &t->grids[grid];
    struct border best = { FO_KW_NONE, 0, 0, 0 };
    int opposite = (side + 2) % 4, i;
    int start = side == (t->rtl ? AREA_RIGHT : AREA_LEFT);

    compete(&best, c->fo, side, 5);
    if (side == AREA_LEFT || side == AREA_RIGHT) {
        int beside = start ? c->column - 1 : c->column + c->columns;
        int mine = start ? c->column : c->column + c->columns - 1;

        compete(&best, t->columns[mine].fo, side, 2);
        if (beside >= 0 && beside < t->columns_n) {
            compete(&best, t->columns[beside].fo, opposite, 2);
            for (i = c->row; i < c->row + c->rows; i++) {
                const struct cell *other = cell_at(g, i, beside);

                compete(&best, other ? other->fo : NULL, opposite, 5);
            }
        } else {
            for (i = c->row; i < c->row + c->rows; i++)
                compete(&best, g->rows[i].fo, side, 4);
            compete(&best, g->part, side, 3);
            compete(&best, t->fo, side, 1);
        }
        return best;
    }
    {
        int top = side == AREA_TOP, last = c->row + c->rows - 1;
        int beside = top ? c->row - 1 : last + 1;

        compete(&best, g->rows[top ? c->row : last].fo, side, 4);
        if (beside < 0 || beside >= g->rows_n) {
            compete(&best, g->part, side, 3);
            grid += top ? -1 : 1;
            g = grid >= 0 && grid < t->grids_n ? &t->grids[grid] : NULL;
            if (g)
                compete(&best, g->part, opposite, 3);
            beside = !g ? 0 : top ? g->rows_n - 1 : 0;
        }
        if (!g) {
            compete(&best, t->fo, side, 1);
            for (i = c->column; i < c->column + c->columns; i++)
                compete(&best, t->columns[i].fo, side, 2);
            return best;
        }
        if (beside < g->rows_n)
            compete(&best, g->rows[beside].fo, opposite, 4);
        for (i = c->column; i < c->column + c->columns; i++) {
            const struct cell *other = cell_at(g, beside, i);

            compete(&best, other ? other->fo : NULL, opposite, 5);
        }
    }
    return best;
}

/* The background of a cell without one: its row's, part's or column's. */
static fo_color inherited_background(const struct table *t, const struct row *row, int column)
{
    const struct fo_node *from[3] = { row->fo, row->part, t->columns[column].fo };
    int i;

    for (i = 0; i < 3; i++)
        if (from[i] && (from[i]->style->box->background_color & 0xff))
            return from[i]->style->box->background_color;
    return FO_TRANSPARENT;
}

static const struct area_box *cell_box(const struct table *t, int grid, const struct cell *c,
                                       struct border outer[4])
{
    const struct grid *g = &t->grids[grid];
    const struct area_box *own = setting_box(t->b->s, c->fo, t->width);
    fo_color background = inherited_background(t, &g->rows[c->row], c->column);
    struct area_box *box;
    int side, last_grid = t->grids_n - 1;

    if (!t->collapse && (!background || (own && (own->background & 0xff))))
        return own;
    box = arena_alloc(t->b->s->arena, sizeof *box);
    if (own)
        *box = *own;
    if (!(box->background & 0xff))
        box->background = background;
    for (side = 0; side < 4 && t->collapse; side++) {
        struct border border = collapsed(t, grid, c, side);
        int start = side == (t->rtl ? AREA_RIGHT : AREA_LEFT);
        int edge = side == AREA_TOP ? grid == 0 && c->row == 0
                 : side == AREA_BOTTOM ? grid == last_grid && c->row + c->rows == g->rows_n
                 : start ? c->column == 0 : c->column + c->columns == t->columns_n;

        box->border_style[side] = setting_border_style(border.style);
        box->border_color[side] = border.color;
        /* Each of two neighbours draws its half; the outer half of the table's edge is the
         * table's. */
        box->border[side] = side == AREA_TOP || side == AREA_LEFT ? border.width / 2
            : border.width - border.width / 2;
        if (edge && border.width > outer[side].width)
            outer[side] = border;
    }
    return box;
}

/* ---- building -------------------------------------------------------------------------------- */

/* The number of rows from FIRST on that spanning cells tie together. */
static int group_size(const struct grid *g, int first, int *cell)
{
    int end = first + 1, i;

    for (i = *cell; i < g->cells_n && g->cells[i].row < end; i++)
        if (g->cells[i].row + g->cells[i].rows > end)
            end = g->cells[i].row + g->cells[i].rows;
    return (end > g->rows_n ? g->rows_n : end) - first;
}

static void build_cell(struct table *t, struct rows *r, int grid, const struct cell *c, int first,
                       struct border outer[4])
{
    struct setting *s = t->b->s;
    struct rows_cell *rc = rows_cell(s, r);
    const struct column *a = &t->columns[c->column], *z = &t->columns[c->column + c->columns - 1];
    mpt left = a->x < z->x ? a->x : z->x, right = a->x < z->x ? z->x + z->width : a->x + a->width;
    const struct style_size *size = c->fo->style->size;
    long height;
    mpt around = s->height;

    rc->fo = c->fo;
    rc->box = cell_box(t, grid, c, outer);
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
                        int *cell, struct border outer[4])
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

static void build_rows(struct table *t, struct flow_builder *b, int grid, struct border outer[4])
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
static struct flow_node *build_repeated(struct table *t, int grid, struct border outer[4])
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
                read_part(t, &t->grids[t->grids_n++], n, explicit_columns);
    if (!count)
        fo_complain(t->b->s->d, t->b->s->fo, t->fo, t->b->s->options->lenient, FO_MISSING_CHILD,
                    "table",
                    "fo:table-body");
}

static void release(struct table *t)
{
    int i, k;

    for (i = 0; i < t->grids_n; i++) {
        for (k = 0; k < t->grids[i].rows_n; k++)
            free(t->grids[i].rows[k].slots);
        free(t->grids[i].rows);
        free(t->grids[i].cells);
    }
    free(t->grids);
    free(t->columns);
}

static void fill(struct table *t, struct flow_node *node)
{
    struct flow_builder *b = t->b;
    struct border outer[4] = { { 0 } };
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
    read_columns(&t);
    explicit_columns = t.columns_n > 0;
    order_grids(&t, explicit_columns);
    set_widths(&t);
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
    release(&t);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static void list_part(struct flow_builder *b, struct rows *r, const struct fo_node *part)
{
    struct rows_cell *cell = rows_cell(b->s, r);
    long height;

    cell->fo = part;
    cell->box = NULL;
    cell->x = 0;
    cell->width = b->width;
    cell->row_end = 1;
    cell->list = flow_build(b->s, part, b->width, b->may_overflow);
    height = flow_height(cell->list, 0, cell->list->items_n);
    cell->height = height > 1000000000 ? 1000000000 : (mpt)height;
}

static void list_item(struct flow_builder *b, const struct fo_node *item)
{
    const struct area_box *box = setting_box(b->s, item, b->width);
    struct rows *r = rows_new(b->s, 1);
    const struct fo_node *n;
    struct flow_node *node;
    int seen = 0, force_before = FO_KW_AUTO, force_after = FO_KW_AUTO, i;

    flow_block_start(b, item);
    node = flow_open(b, FLOW_BLOCK, item);
    flow_frame(b, item, &node->x, &node->width);
    flow_edges(b, node, box);
    for (n = item->first; n; n = n->next)
        if (n->kind == FO_LIST_ITEM_LABEL || n->kind == FO_LIST_ITEM_BODY) {
            list_part(b, r, n);
            seen |= n->kind == FO_LIST_ITEM_LABEL ? 1 : 2;
        }
    if (seen != 3)
        fo_complain(b->s->d, b->s->fo, item, b->s->options->lenient, FO_MISSING_CHILD, "list-item",
                    seen & 1 ? "fo:list-item-body" : "fo:list-item-label");
    for (i = 0; i < r->cells_n; i++) {
        if (r->cells[i].list->first_force)
            force_before = r->cells[i].list->first_force;
        if (r->cells[i].list->last_force)
            force_after = r->cells[i].list->last_force;
    }
    flow_break(b, force_before);
    r->keep = flow_strength(&item->style->flow->keep_together);
    r->list = 1;
    rows_finish(b, r, item, 0, b->width);
    if (setting_edges(box, AREA_BOTTOM) > 0) {
        b->never = 1;
        flow_item(b, setting_edges(box, AREA_BOTTOM), item);
        node->edge_after = 1;
    }
    flow_close(b);
    flow_break(b, force_after);
    flow_block_end(b, item);
}

void list_build(struct flow_builder *b, const struct fo_node *list)
{
    const struct area_box *box = setting_box(b->s, list, b->width);
    struct flow_node *node;
    const struct fo_node *n;
    int items = 0;

    flow_block_start(b, list);
    node = flow_open(b, FLOW_BLOCK, list);
    flow_frame(b, list, &node->x, &node->width);
    flow_edges(b, node, box);
    for (n = list->first; n; n = n->next)
        if (n->kind == FO_LIST_ITEM) {
            list_item(b, n);
            items++;
        }
    if (!items)
        fo_complain(b->s->d, b->s->fo, list, b->s->options->lenient, FO_MISSING_CHILD, "list-block",
                    "fo:list-item");
    if (setting_edges(box, AREA_BOTTOM) > 0) {
        b->never = 1;
        flow_item(b, setting_edges(box, AREA_BOTTOM), list);
        node->edge_after = 1;
    }
    flow_close(b);
    flow_block_end(b, list);
}
