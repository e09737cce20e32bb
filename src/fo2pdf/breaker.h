/* Page breaking: which gaps of a flow's list to part at, over the whole list at once. */
#ifndef BREAKER_H
#define BREAKER_H

#include "flow.h"

struct notes;

/* The room for the Kth part (from 0) that is made; less than 0: there can be no such part. K -1: the
 * most that there can be. */
typedef mpt breaker_height(void *arg, int k);

/* What is to be parted: items FROM to TO, between which there is no forced break. */
struct breaker {
    const struct flow_list *list;
    int from, to;
    breaker_height *height;
    void *arg;
    /* Footnotes, which take their room from the parts; NULL when there are none. */
    const struct notes *notes;
    const int *cited;          /* by item of the list: place of the notes cited before it */
    int page_notes, noted;     /* places: where the first part's page begins, what it has already */
};

struct breaker_part {
    int from, to;              /* items */
    mpt height;                /* that there is room for */
    long needed;               /* by the content, spaces at their optimum */
    long filled;               /* ... with spaces as they are set */
    double stretch;            /* of the gaps: -1 (least) to 1 (most) */
    int noted;                 /* the place up to which footnotes stand on it or before it */
};

/* Sets *PARTS (new, release with free); returns how many. A part that is higher than its room holds a
 * single item. Never parts where the penalty forbids it as long as anything else is possible: then a
 * part may be empty, because what follows has room in the next one only. */
int breaker_run(const struct breaker *b, struct breaker_part **parts);

#endif
