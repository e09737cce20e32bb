/* The pages of a page-sequence: what room each has, and what is put on it. */
#ifndef LEAF_H
#define LEAF_H

#include "breaker.h"
#include "masters.h"
#include "notes.h"
#include "sequence.h"

/* What a page offers to the flow. */
struct leaf_room {
    int known;
    const struct fo_node *master;   /* NULL: there is no such page */
    int usable;                     /* the flow goes into its body */
    int may_overflow;
    int columns;
    mpt gap, width, height;         /* of the whole body */
};

/* One page-sequence while it is set. Pages are counted from its first, 0. */
struct sequence {
    struct pages *p;
    const struct fo_node *fo, *flow;
    struct masters masters;
    int first_number;
    const struct fo_node *first_master;
    int any_body;              /* no body is named for the flow: it goes into any */
    int is_divided;            /* some page has columns */
    int plain;                 /* 1: nothing in the flow is looked for on pages, and there are no
                                * footnotes; -1: there are; 0: not known */
    int failed, may_overflow;
    int blank_last;            /* a page without content is to be the last one */

    /* The section in hand: children of the flow that stand in columns, or span all of them. */
    const struct fo_node *end; /* the child after it, or NULL */
    int spans, balances;
    struct flow_list *list;
    int columns;               /* that LIST was made for */
    mpt width, gap;            /* of a column, between them */

    /* The place in hand. */
    int page, column;
    mpt top;                   /* where columns begin on it, below other sections */
    mpt reserved;              /* for footnotes, of columns on it */
    int unbounded;             /* a list that was cut was too short, this often */
    int trying_last;           /* it is taken for the last page */
    int keeping;               /* LIST is for pages of another width, but goes on */

    /* The open page. */
    struct area *body;         /* its area for the flow; NULL: none is open */
    int body_page;
    mpt deepest;               /* of its columns, below TOP */
    int page_notes;            /* place: its first footnote */

    struct notes notes;
    int *cited;                /* of LIST, notes_read() */
    mpt notes_width;           /* that they were set in */
    int noted;                 /* place: set up to there */

    struct leaf_room *rooms;   /* by page and "is last" */
    int rooms_n;
    mpt tallest;
};

void leaf_init(struct sequence *q);
void leaf_release(struct sequence *q);

/* The room on page N; LAST: the sequence ends on it. Borrowed, until the next call. */
const struct leaf_room *leaf_room(struct sequence *q, int n, int last);
mpt leaf_tallest(struct sequence *q);

/* Begins page N, after closing the one before. */
void leaf_open(struct sequence *q, int n, int last);
void leaf_blank(struct sequence *q, int n, int last);

/* Sets PART of the list in hand at the place in hand; its page is opened when it is not open. */
void leaf_part(struct sequence *q, const struct breaker_part *part, int last);

/* Sets footnotes up to the place TO onto the open page. */
void leaf_note(struct sequence *q, int to);

/* Ends the open page: its footnotes get their area. */
void leaf_close(struct sequence *q);

#endif
