/* Footnotes (XSL-FO 1.1, 6.12): their bodies in the order in which they are cited, as pieces between
 * which a page may end.
 *
 * A place counts pieces from the sequence's first. */
#ifndef NOTES_H
#define NOTES_H

#include "flow.h"

struct notes_piece {
    struct flow_list *list;
    const struct fo_node *body;
    int item;                  /* of LIST */
    long top, bottom;          /* when all pieces stand below one another */
    mpt head, tail;            /* what stays above and below at a break */
    int legal;                 /* a page may end after it */
};

struct notes {
    struct setting *s;
    struct notes_piece *pieces;
    int n, cap;
    const struct fo_node *separator; /* the static content, or NULL */
    mpt separator_height;
};

/* Release with notes_release. SEQUENCE is the page-sequence. */
void notes_init(struct notes *n, struct setting *s, const struct fo_node *sequence);
void notes_release(struct notes *n);

/* Sets the footnotes that items of LIST from FROM on cite, in WIDTH, as the pieces from PLACE on.
 * Returns, new, by item the place of what is cited before it; NULL when none is and none is
 * waiting. Release with free. */
int *notes_read(struct notes *n, const struct flow_list *list, int from, mpt width,
                int may_overflow, int place);

/* Height of the pieces from A to B (excluded) with the separator; 0 when there are none. */
long notes_height(const struct notes *n, int a, int b);

/* The last place after A, up to B, where a page may end that has ROOM; A: there is none. */
int notes_fit(const struct notes *n, int a, int b, long room);

/* Adds an area with the pieces from A to B at the foot of REGION, which has HEIGHT for content. */
struct area *notes_area(const struct notes *n, int a, int b, struct area *region, mpt width,
                        mpt height, const struct flow_target *target);

#endif
