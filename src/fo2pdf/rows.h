/* Cells side by side: the rows of a table that spanning cells tie together, or the label and body
 * of a list item. Their lists are broken in step. */
#ifndef ROWS_H
#define ROWS_H

#include "flow.h"

#define ROWS_INNER 1 /* penalty of a break inside a row: less than any keep, more than none */

struct rows_cell {
    const struct fo_node *fo;
    const struct area_box *box;
    struct flow_list *list;
    mpt x, width;              /* content rectangle in the reference area */
    mpt height;                /* of the content, unbroken */
    mpt fixed;                 /* content height asked for, or 0 */
    int row, row_end;          /* rows it is in: row to row_end - 1 */
    int *pos;                  /* by step boundary: its items before that */
};

struct rows {
    const struct fo_node **fo; /* by row: its object, or NULL */
    mpt *least;                /* by row: the height asked for */
    mpt *y;                    /* by row: its top; one more: all their height */
    int n;
    struct rows_cell *cells;
    int cells_n, cells_cap;
    mpt spacing;               /* below every row */
    int keep;                  /* strength that keeps every row together; 0: ROWS_INNER does */
    int list;                  /* a list item: broken as readily as its content is */
    int *row_penalty;          /* by row: of a break after it, inside the group */
    mpt *step_y, *step_extra;  /* by step boundary; extra: what a part that starts here grows */
    int steps_n;
};

/* A group of N rows. */
struct rows *rows_new(struct setting *s, int n);
struct rows_cell *rows_cell(struct setting *s, struct rows *r);

/* Heights and steps of R are settled, and a FLOW_ROWS node of FO with its items is added to B. */
void rows_finish(struct flow_builder *b, struct rows *r, const struct fo_node *fo, mpt x,
                 mpt width);

/* Areas of steps A to B below PARENT (content origin PX, PY); the part begins at Y.
 * Returns its end. */
mpt rows_emit(struct setting *s, const struct rows *r, int a, int b, struct area *parent, mpt px,
              mpt py, mpt row_x,
              mpt row_width, mpt y, const struct flow_target *target);

#endif
