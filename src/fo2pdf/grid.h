/* The grid of a table: its columns, and which cell stands where (XSL-FO 1.1, 6.7). */
#ifndef GRID_H
#define GRID_H

#include "flow.h"

struct grid_column {
    const struct fo_node *fo;  /* table-column, or NULL */
    const struct fo_node *cell;/* without table-columns: a cell of the first row */
    mpt x, width;
    const struct area_box *last[3], *below; /* what collapse.c made for the row before */
};

struct grid_cell {
    const struct fo_node *fo;
    int row, column, rows, columns;
};

struct grid_row {
    const struct fo_node *fo;  /* table-row, or NULL */
    const struct fo_node *part;/* header, footer, body */
    int *slots;                /* by column: 1 + index of the cell, 0: empty, as all beyond slots_n */
    int slots_n;
};

struct grid {                  /* of one table part */
    const struct fo_node *part;
    int columns_max, limit;    /* bounds of columns and rows */
    struct grid_row *rows;
    int rows_n, rows_cap;
    struct grid_cell *cells;
    int cells_n, cells_cap;
};

struct table {
    struct table *next;        /* of those kept in the setting */
    struct flow_builder *b;
    const struct fo_node *fo;
    struct grid_column *columns;
    int columns_n, columns_cap;
    struct grid *grids;        /* header, bodies, footer, in the order of the page */
    int grids_n;
    int collapse, rtl, may_overflow;
    int bordered;              /* collapse, and something has a border */
    mpt outside[4], outside_cut[4]; /* what borders take beyond the grid: whole, and at breaks */
    const struct area_box *below[2], *row_image;
    int empty_n;               /* places without a cell that have borders */
    mpt x, width;              /* content rectangle */
    mpt gap_x, gap_y;          /* border-separation */
    int first_item;            /* of the table, until there is a row of its body; then -1 */
    int last_force, last_keep; /* after the last row of the body */
    int is_wanted;             /* rows were given up, or a header or footer is not the same on all pages */
};

/* Columns as the table-column objects say; without any, grid_read_part makes them. */
void grid_read_columns(struct table *t);

/* Places and widths of the columns, when all parts have been read; narrows or widens the table. */
void grid_set_widths(struct table *t);

/* Places the cells of PART in G, which is zeroed. */
void grid_read_part(struct table *t, struct grid *g, const struct fo_node *part,
                    int explicit_columns);

/* The cell that lies over ROW and COLUMN, or NULL. */
const struct grid_cell *grid_cell_at(const struct grid *g, int row, int column);

/* Frees what the grids of T and its columns own. */
void grid_release(struct table *t);

#endif
