/* What long documents give up once it is measured, and make again when it is on the page that is made:
 * the cells of rows and the lines of paragraphs. It must come out the same, so it is of that kind only
 * which does not depend on pages. */
#ifndef AGAIN_H
#define AGAIN_H

#include "flow.h"

/* Whether layout has taken so much that what is measured from now on is to be given up. */
static inline int again_is_due(const struct setting *s)
{
    return s->arena == s->lasting && s->lasting->size > s->options->keep;
}

/* What FO shows does not depend on pages, neither on their numbers nor on what else they have. */
int again_is_constant(const struct fo_node *fo);

/* FO holds nothing but a single paragraph. */
int again_is_paragraph(const struct fo_node *fo);

/* Something is made again, whose faults were told: S reports to MUTE until again_end. */
struct again {
    struct diag *d, mute;
    mpt height;
};
void again_begin(struct setting *s, struct again *a);
void again_end(struct setting *s, struct again *a);

/* The paragraph of N (FLOW_LINES), made again in the arena in hand when it was given up. */
struct para *again_para(struct setting *s, struct flow_node *n);

/* G's rows, likewise. */
const struct rows *again_rows(struct setting *s, struct rows_group *g);

/* What was made again since the last call and must not outlast the page is given up. */
void again_sleep(struct setting *s);

#endif
