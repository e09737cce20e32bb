/* What is drawn around and below a table's cells: collapsed borders (XSL-FO 1.1, 6.7.10; CSS 2.1,
 * 17.6.2), and the backgrounds of what a cell lies in. */
#ifndef COLLAPSE_H
#define COLLAPSE_H

#include "grid.h"
#include "rows.h"

/* Finds out whether anything in T has a border, and refuses images that are not drawn; the grids have
 * been read. */
void collapse_prepare(struct table *t);

/* Sets the boxes of C, which is cell FROM of T's grid number GRID, and the borders of the places that
 * it spans; without borders the box only. */
void collapse_cell(struct table *t, int grid, const struct grid_cell *from, struct rows_cell *c);

/* The same for a place in the grid of a bordered table where no cell is; 0 when it draws nothing. */
int collapse_empty(struct table *t, int grid, int row, int column, struct rows_cell *c);

/* The backgrounds of the column, the part and the row that cell FROM, which is C, lies in: colours,
 * and the row's image. */
void collapse_below(struct table *t, int grid, const struct grid_cell *from, struct rows_cell *c);

#endif
