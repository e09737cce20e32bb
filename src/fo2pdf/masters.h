/* Page masters: which one a page has, and where its regions lie (XSL-FO 1.1, 6.4). */
#ifndef MASTERS_H
#define MASTERS_H

#include "setting.h"

/* A page-sequence's choice of masters. Repeats are counted from the sequence's first page. */
struct masters {
    struct setting *s;
    const struct fo_node *set;       /* layout-master-set */
    const struct fo_node *sequence;  /* page-sequence, for messages */
    const struct fo_node *single;    /* simple-page-master, or NULL */
    const struct fo_node *master;    /* page-sequence-master, or NULL */
    long pages_max;                  /* that its repeats are enough for */
    int is_short;                    /* it was said that they are not */
};

/* Returns 0, or -1 after reporting that there is no such master. */
int masters_init(struct masters *m, struct setting *s, const struct fo_node *page_sequence);

/* The master of the Nth page (from 0) with page NUMBER; NULL when there is none: find says nothing,
 * choose has reported it. LAST: the page-sequence ends on it; BLANK: nothing of the flow
 * is on it. */
const struct fo_node *masters_find(const struct masters *m, int n, int number, int last, int blank);
const struct fo_node *masters_choose(struct masters *m, int n, int number, int last, int blank);

struct masters_region {
    const struct fo_node *fo;        /* NULL: there is none */
    mpt x, y, width, height;         /* of the content rectangle on the page */
    int page_rotation, rotation;     /* degrees counter-clockwise: of the page's content, of its own */
};

struct masters_page {
    const struct fo_node *master;
    mpt width, height;
    struct masters_region body, before, after, start, end;
};

/* True when the master of the Nth page with NUMBER, if it is the last, is one for the only page. */
int masters_is_only(const struct masters *m, int n, int number);

/* True when the sequence may use the simple-page-master SIMPLE; a master with a body called NAME. */
int masters_uses(const struct masters *m, const struct fo_node *simple);
int masters_have_body(const struct masters *m, const char *name);

/* Geometry of MASTER's page. */
void masters_measure(struct setting *s, const struct fo_node *master, struct masters_page *page);

/* Reports masters that are defined twice, and page sizes that cannot be. */
void masters_check(struct setting *s, const struct fo_node *set);

/* True when a page master of SET has a region called NAME. */
int masters_have_region(const struct fo_node *set, const char *name);

const char *masters_region_name(const struct fo_node *region);

#endif
