#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"

#define MAX_COLUMNS 1000
#define MAX_WIDTH 100000000 /* of a table whose columns ask for more than any paper has */

/* ---- columns --------------------------------------------------------------------------------- */

static int column_at(struct table *t, int number)
{
    while (t->columns_n < number) {
        ALLOC_GROW(t->columns, t->columns_n, t->columns_cap);
        memset(&t->columns[t->columns_n++], 0, sizeof *t->columns);
    }
    return number - 1;
}

void grid_read_columns(struct table *t)
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
    const struct grid_column *c = &t->columns[i];

    return c->fo ? &c->fo->style->table->column_width : c->cell ? &c->cell->style->size->ipd.opt
        : NULL;
}

/* Widths: absolute ones and percentages as they are, the rest in proportion. */
void grid_set_widths(struct table *t)
{
    double units = 0, fixed = 0;
    mpt x = 0, asked = fo_length_of(&t->fo->style->size->ipd.opt, t->b->width, -1);
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
        /* CSS 2.1, 17.5.2.1: the table is as wide as its columns. */
        t->width = fixed > MAX_WIDTH ? MAX_WIDTH : (mpt)fixed;
        fixed = t->width;
    }
    for (i = 0; i < t->columns_n; i++) {
        const struct fo_length *w = asked_width(t, i);
        double width = !w || w->keyword ? (t->width - fixed) / units
                     : w->v + (double)w->pct * t->width + (w->units > 0
                                                           ? w->units * (t->width - fixed) / units
                                                               : 0);

        t->columns[i].x = x;
        t->columns[i].width = (mpt)(width + 0.01);
        x += t->columns[i].width;
    }
    if (t->rtl) {
        /* Some millipoints are lost where widths are shares; the columns fill the table but for these. */
        mpt room = t->width - x < t->columns_n ? x : t->width;

        for (i = 0; i < t->columns_n; i++)
            t->columns[i].x = room - t->columns[i].x - t->columns[i].width;
    }
}

/* ---- the grid -------------------------------------------------------------------------------- */

static struct grid_row *row_at(struct grid *g, int r)
{
    while (g->rows_n <= r) {
        ALLOC_GROW(g->rows, g->rows_n, g->rows_cap);
        memset(&g->rows[g->rows_n], 0, sizeof *g->rows);
        g->rows[g->rows_n++].part = g->part;
    }
    return &g->rows[r];
}

static int slot(const struct grid_row *row, int column)
{
    return column < row->slots_n ? row->slots[column] : 0;
}

static void set_slot(struct grid_row *row, int column, int value)
{
    if (column >= row->slots_n) {
        row->slots = xrealloc(row->slots, (size_t)column + 1, sizeof *row->slots);
        memset(row->slots + row->slots_n, 0,
               (size_t)(column + 1 - row->slots_n) * sizeof *row->slots);
        row->slots_n = column + 1;
    }
    row->slots[column] = value;
}

static void place_cell(struct table *t, struct grid *g, const struct fo_node *fo, int r,
                       int *column, int explicit_columns)
{
    const struct style_table *s = fo->style->table;
    struct grid_row *row = row_at(g, r);
    int c = *column, i, k;

    if (!s->column_number.keyword) {
        c = s->column_number.v - 1;
    } else {
        while (c < g->columns_max && slot(row, c))
            c++;
    }
    if (c < 0 || c + s->columns_spanned > g->columns_max) {
        fo_complain(t->b->s->d, t->b->s->fo, fo, 0, FO_BAD_COLUMN, c + s->columns_spanned);
        return;
    }
    if (!explicit_columns) {
        column_at(t, c + s->columns_spanned);
        if (s->columns_spanned == 1 && !t->columns[c].cell)
            t->columns[c].cell = fo;
    }
    ALLOC_GROW(g->cells, g->cells_n, g->cells_cap);
    g->cells[g->cells_n++] = (struct grid_cell){ fo, r, c, s->rows_spanned, s->columns_spanned };
    for (k = 0; k < s->rows_spanned && r + k < g->limit; k++) {
        row = row_at(g, r + k);
        for (i = c; i < c + s->columns_spanned; i++) {
            if (slot(row, i)) {
                fo_complain(t->b->s->d, t->b->s->fo, fo, 0, FO_TABLE_OVERLAP, r + k + 1, i + 1);
                return;
            }
            set_slot(row, i, g->cells_n);
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

void grid_read_part(struct table *t, struct grid *g, const struct fo_node *part,
                      int explicit_columns)
{
    const struct fo_node *n, *c;
    int r = 0, column = 0, open = 0, i;

    g->part = part;
    g->columns_max = explicit_columns ? t->columns_n : count_columns(part);
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

const struct grid_cell *grid_cell_at(const struct grid *g, int row, int column)
{
    int n = row >= 0 && row < g->rows_n ? slot(&g->rows[row], column) : 0;

    return n ? &g->cells[n - 1] : NULL;
}

void grid_release(struct table *t)
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
