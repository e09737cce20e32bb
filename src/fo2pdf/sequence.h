/* One page-sequence: its flow in sections and columns onto pages. */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include "made.h"

struct pages {
    struct setting *s;
    struct diag *d;            /* for faults of areas that are made after layout */
    struct area_document *areas;
    struct made *made;
    int made_n, made_cap;
    int next_number;
};

/* Adds the pages of the page-sequence FO, without their static content. Faults are reported. */
void sequence_set(struct pages *p, const struct fo_node *fo);

#endif
