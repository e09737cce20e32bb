/* What all parts of layout share while one document is set. */
#ifndef SETTING_H
#define SETTING_H

#include <glib.h>

#include "area.h"
#include "fonts.h"
#include "layout.h"
#include "refine.h"
#include "style.h"

struct setting {
    struct fo_document *fo;
    const struct layout_options *options;
    struct diag *d;
    struct arena *lasting;          /* of the area document */
    struct arena *arena;            /* of what is being made: that, or one that is soon given up */
    struct arena scratch;           /* of what is given up when it is measured */
    struct rows_group *awake_rows;  /* made again for the page that is being made; again.h */
    struct flow_node *awake_lines;
    int is_lazy;                    /* some page's areas are made again when it is wanted */
    struct fonts *fonts;
    GHashTable *faces;              /* struct style_font * -> struct fonts_face * */
    GHashTable *boxes;              /* struct style_box * -> struct area_box *, absolute ones */
    int is_even;                    /* the page that areas are made for: bound on its right */
    GHashTable *told;               /* what is told once a document: its keys; or NULL */
    mpt tallest;                    /* room for a flow that a page has at most; 0: not known */
    mpt height;                     /* of the reference area being filled, -1: by its content */
    const struct area_page *page;   /* the page whose static content is being set; NULL in flows */
    int page_index;                 /* of it, from 0 */
    GHashTable *retrieved;          /* retrieve-marker -> the page it has its content for */

    /* Page numbers: what was set for a node, and what it should have been. */
    GHashTable *labels;             /* struct fo_node * -> const char *, from the round before */
    GHashTable *used;               /* struct fo_node * -> const char *, what this round shows */
    GHashTable *shown;              /* page-number -> the label of the page it came to lie on */
    GHashTable *first_pages;        /* id -> struct area_page * of the round, first and last area */
    GHashTable *last_pages;
    struct setting_guess *guesses;  /* lines that show one; amend.c */
    size_t guesses_n, guesses_cap;
    size_t guessing;                /* paragraphs with one that were filled */
    struct table *tables;           /* kept for what is not the same on all pages; owned */
    int final;                      /* flows are set: first_pages and last_pages are complete */

    struct area_destination *destinations;
    size_t destinations_n, destinations_cap;
    struct setting_marker *markers; /* in the order of pages, and there as they begin */
    size_t markers_n, markers_cap;
    GHashTable *marker_latest;      /* marker -> 1 + its latest index in markers */
    long marker_ends;               /* how often one's parent ended */
};

/* A marker whose parent has an area on a page. */
struct setting_marker {
    const struct fo_node *node;     /* the marker */
    int page_index;
    int starts, ends;               /* the parent's first, last area is on that page */
    long end;                       /* its place in the order in which they end */
    const struct fo_node *page_sequence;
};

/* True for the first that asks with KEY. */
int setting_once(struct setting *s, const char *key);

/* The face of values, reporting once when the set lacks it. */
const struct fonts_face *setting_face(struct setting *s, const struct fo_node *node);

/* True when NODE's overflow and clip cut off what does not fit. */
int setting_clips(const struct fo_node *node);

/* Border, padding and background for NODE with percentages of BASE; NULL when there is none. */
const struct area_box *setting_box(struct setting *s, const struct fo_node *node, mpt base);

/* The height L asks for, -1 when that is up to the content: also for a percentage of an unknown. */
mpt setting_height(const struct setting *s, const struct fo_length *l);

/* The six numbers of NODE's fox:transform, NULL when it has none. */
const double *setting_transform(struct setting *s, const struct fo_node *node);

/* The text that a page number object shows now: a guess (noted in used) while pages are not known. */
const char *setting_page_text(struct setting *s, const struct fo_node *node);

/* A new area, linked as the last child of PARENT when there is one. */
struct area *setting_area(struct setting *s, enum area_kind kind, const struct fo_node *fo,
                          struct area *parent);
void setting_link(struct area *parent, struct area *child);

/* An int for the borders' style. */
enum area_border_style setting_border_style(int keyword);

static inline mpt setting_edges(const struct area_box *box, int a)
{
    return box ? box->border[a] + box->padding[a] : 0;
}

#endif
