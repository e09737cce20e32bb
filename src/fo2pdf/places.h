/* What came to lie where: ids, markers, page numbers that were set; and which marker a page's
 * furniture retrieves (XSL-FO 1.1, 6.13.6). */
#ifndef PLACES_H
#define PLACES_H

#include "setting.h"

/* The page whose areas are visited. */
struct places {
    struct setting *s;
    const struct area_page *page;
    int index;                       /* of it, from 0 */
    const struct fo_node *sequence;
    int is_static;                   /* nothing there is a place, but its page numbers */
    int in_repeated;                 /* table header or footer: its page numbers are right */
    int is_turned;                   /* what is walked lies turned on the page: by a b c d e f, so that */
    double turn[6];                  /* its x, y is a x + c y + e, b x + d y + f there, in mpt */
};

/* Notes that ID (or NULL) lies at X, Y of the page. */
void places_add(struct places *v, const char *id, mpt x, mpt y);

/* Walks AREA, which is a region or lies in the content rectangle of REGION. */
void places_visit(struct places *v, const struct area *area, const struct area *region);

/* Gives RETRIEVE (a retrieve-marker in the static content of the current page) the content of the
 * marker that 6.13.6 chooses; nothing when there is none, or when it has its content already. */
void places_retrieve(struct setting *s, struct fo_node *retrieve);

#endif
