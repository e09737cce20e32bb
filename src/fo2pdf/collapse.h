/* What is drawn around a table's cells: collapsed borders (XSL-FO 1.1, 6.7.10; CSS 2.1, 17.6.2),
 * and the background that a cell shows of what it lies in. */
#ifndef COLLAPSE_H
#define COLLAPSE_H

#include "grid.h"

struct collapse_border {
    int style;                 /* keyword */
    mpt width;
    fo_color color;
    int rank;                  /* of what it comes from: cell 5, row 4, part 3, column 2, table 1 */
};

/* The box of cell C of T's grid number GRID, shared or in the arena. OUTER, by side: the widest
 * border of the table's edge so far. */
const struct area_box *collapse_cell_box(const struct table *t, int grid, const struct grid_cell *c,
                                         struct collapse_border outer[4]);

#endif
