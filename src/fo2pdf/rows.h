/* Cells side by side: the rows of a table that spanning cells tie together, or the label and body
 * of a list item. steps.c says where the rows may be parted, rows.c how high a part of them is. */
#ifndef ROWS_H
#define ROWS_H

#include "flow.h"

/* A cell's edge: border, padding and its share of border-separation. */
enum rows_edge {
    ROWS_WHOLE,                /* where the cell begins or ends */
    ROWS_CUT,                  /* where it is continued on or from another page */
    ROWS_EDGE,                 /* where it begins or ends and the table is continued */
    ROWS_EDGES,
};

/* A place in the grid that a cell spans, with the borders that are there. */
struct rows_place {
    const struct area_box *at[ROWS_EDGES];
    mpt x, width;              /* of the grid's column in the reference area */
};

struct rows_cell {
    const struct fo_node *fo;  /* NULL: a place without a cell, which has borders */
    const struct area_box *box;
    const struct area_box *cut;/* what of the box is drawn before and after where it is continued */
    const struct area_box *edge;   /* ... and where the table is; NULL: the box itself */
    const struct area_box *below[3]; /* backgrounds of what it lies in, lowest first */
    int below_n;
    const struct area_box *row_image; /* the row's background image, in its place in the row; or NULL */
    struct rows_place *places; /* row by row, or NULL */
    int columns;
    mpt top[ROWS_EDGES], bottom[ROWS_EDGES]; /* by enum rows_edge */
    mpt gap_top[ROWS_EDGES], gap_bottom[ROWS_EDGES]; /* what of that is border-separation */
    struct flow_list *list;
    mpt x, width;              /* content rectangle in the reference area */
    mpt height;                /* of the content, unbroken */
    mpt fixed;                 /* content height asked for, or 0 */
    mpt least;                 /* ... that a part is filled up to, or 0 */
    int row, row_end;          /* rows it is in: row to row_end - 1 */
    int keep_next;             /* strength that keeps its last item with what follows the cell */
    mpt *ends;                 /* by number of items: height of so many */
    int from_step;             /* the first boundary before which there is some of it */
    int *pos;                  /* by boundary from that on: its items before that */
    int pos_n, pos_cap;
};

/* A boundary between two parts of the rows, or their end. */
struct rows_step {
    long y;                    /* what stands before it, as a part of its own */
    long done;                 /* natural height less what a part that starts here would take */
    int row;                   /* the last row before it */
    int first;                 /* the row that a part shows which ends here and holds nothing else */
    int penalty, force;
};

struct rows {
    const struct fo_node **fo; /* by row: its object, or NULL */
    mpt *least;                /* by row: the height asked for */
    mpt *most;                 /* by row: the greatest height asked for, or 0 */
    int *together;             /* by row: strength of keep-together */
    int *row_penalty, *row_force; /* by row: of a break after it */
    long *y;                   /* by row: its top, unbroken; one more: all their height */
    int *from_step, *to_step;  /* by row: boundaries before which it begins and ends */
    int n;
    struct rows_cell *cells;
    int cells_n, cells_cap;
    int edged;                 /* a cell's box differs at the edge of a page */
    int *cover, *cover_at;     /* indices of the cells that are in a row, by row */
    mpt gap_top, gap_bottom;   /* of border-separation above and below every row */
    struct rows_step *steps;   /* [0]: the beginning; [steps_n]: the end */
    int steps_n, steps_cap;
};

/* Rows in a flow. Those of a long table are given up once they are measured, and made again when they
 * are on the page that is being made. */
struct rows_group {
    struct rows *rows;         /* NULL: given up */
    int steps_n;
    const int *excess;         /* of rows that are given up: rows_excess() by boundaries; NULL: 0 */
    struct table *table;       /* whose rows they are; NULL: they are never given up */
    int grid, first, n, cell;  /* ... there */
    struct rows_group *next_awake;
};

/* A group of N rows, in the setting's arena. */
struct rows *rows_new(struct setting *s, int n);
struct rows_cell *rows_cell(struct setting *s, struct rows *r);

/* Heights and steps of R are settled. */
void rows_measure(struct setting *s, struct rows *r);

/* A FLOW_ROWS node of FO with R's items is added to B. Returns the group, which lives as long as B's
 * list and has R. */
struct rows_group *rows_add(struct flow_builder *b, struct rows *r, const struct fo_node *fo, mpt x,
                            mpt width);

/* G gives up its rows, which TABLE can make again. Returns 0, or -1 when they have too many parts for
 * that and are to be made again at once. */
#define ROWS_STEPS_MAX 40
int rows_forget(struct setting *s, struct rows_group *g);

/* What the height of the part from boundary A to B, both of them inside G, differs by from the sum of
 * its items. */
long rows_excess(const struct rows_group *g, int a, int b);

/* What R is higher for when nothing of its table stands before (ROWS_FIRST) or after it (ROWS_LAST) on
 * a page though the table is continued. */
enum { ROWS_FIRST = 1, ROWS_LAST = 2 };
mpt rows_edge_excess(const struct rows *r, int edges);

/* Areas of steps A to B of G below PARENT (content origin PX, PY); the part begins at Y. EDGES: as above.
 * Returns its end. */
mpt rows_emit(struct setting *s, struct rows_group *g, int a, int b, int edges,
              struct area *parent, mpt px, mpt py, mpt row_x, mpt row_width, mpt y,
              const struct flow_target *target);

/* Finds the boundaries at which every cell of R can be parted; heights are settled. */
void steps_find(struct setting *s, struct rows *r);

/* Height of the first K items of C, as long as it is not parted there. */
long rows_prefix(const struct rows_cell *c, int k);

/* What parting C after K of its items takes below them. */
long rows_tail(const struct rows_cell *c, int k);

#endif
