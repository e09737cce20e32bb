/* The pages that are made, and their areas: kept with the document, or, once layout has taken much
 * memory, made to see what lies where, given up, and made again when the page is wanted. */
#ifndef MADE_H
#define MADE_H

#include "flow.h"
#include "masters.h"

/* A part of a flow's list on a page, or in a column of it. */
struct made_piece {
    struct made_piece *next;
    struct flow_list *list;
    int from, to;              /* items; none: the column alone */
    double stretch;
    int is_column;             /* x to height: of the column's area */
    mpt x, top, width, height;
    mpt y;                     /* where the content begins in the column, or else in the body */
};

struct made {
    struct area_page *page;
    struct masters_page geometry;
    const struct fo_node *sequence;
    mpt tallest;               /* of the setting, when its flow was set */
    const struct fo_node *body;/* what its body's area is for; NULL: it has none */
    int is_lazy;               /* its areas are in ARENA, and not there but between fill and drop */
    int has_notes;             /* footnotes, which are not made again: it is not given up */
    int is_new;                /* what is of the flow on it was not made yet */
    struct arena arena;
    struct made_piece *first, *last; /* in the setting's lasting arena; of lazy ones only */
};

/* From here on areas are made for M; returns what made_leave is to be called with. */
struct arena *made_enter(struct setting *s, struct made *m);
void made_leave(struct setting *s, struct arena *before);

/* The area of M's body, when it has one, and of PIECE in it. Returns the piece's area: the column,
 * or BODY. */
struct area *made_body(struct setting *s, struct made *m);
struct area *made_draw(struct setting *s, const struct made *m, struct area *body,
                       const struct made_piece *piece);

/* Keeps a copy of PIECE with M when M is lazy. */
void made_keep(struct setting *s, struct made *m, const struct made_piece *piece);

/* Gives up M's areas when they can be made again. */
void made_drop(struct setting *s, struct made *m);

#endif
