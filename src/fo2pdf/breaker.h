/* Page breaking: which gaps of a flow's list to part at, over the whole list at once. */
#ifndef BREAKER_H
#define BREAKER_H

#include "flow.h"

/* The height of the body of the page that is Nth (from 0) in the sequence, LAST: the flow
 * ends on it;
 * less than 0: there can be no such page. N -1: of the tallest page there can be. */
typedef mpt breaker_height(void *arg, int n, int last);

struct breaker_part {
    int from, to;              /* items */
    mpt height;                /* of the page */
    long needed;               /* by the content, spaces at their optimum */
    double stretch;            /* of the gaps, -1 to 0, for content that needs its spaces shrunk */
};

/* Parts items FROM to TO, between which there is no forced break, on pages from the
 * FIRSTth on. FINAL: the flow
 * ends at TO. Sets *PARTS (new, release with free); returns how many. A part that is
 * higher than its page holds
 * a single item. Never parts where the penalty forbids it as long as anything else is possible. */
int breaker_run(const struct flow_list *list, int from, int to, int first, int final,
                breaker_height *height, void *arg, struct breaker_part **parts);

#endif
