/* Leaders: 6.6.9 and 7.22 of the recommendation. */
#ifndef LEADERS_H
#define LEADERS_H

#include "para.h"

/* The length, height and content of the leader O of P. */
void leader_measure(struct para *p, struct para_object *o);

/* Makes the children of A, the area of the leader O; its width is what the line has left for it.
 * X: how far its start edge is from that of what its pattern is aligned with; -1: with nothing. */
void leader_fill(struct para *p, const struct para_span *span, const struct para_object *o,
                 struct area *a, mpt x);

#endif
