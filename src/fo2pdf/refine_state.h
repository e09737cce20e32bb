/* What refine.c, value.c and shorthand.c share; for nobody else. */
#ifndef REFINE_STATE_H
#define REFINE_STATE_H

#include <stddef.h>

#include "diag.h"
#include "fo.h"
#include "property.h"
#include "share.h"
#include "style.h"

/* What an element gives for a property: the text, by the most precise way of writing it. */
struct given {
    const char *text;
    int rank;
    unsigned stamp;         /* of the element this belongs to */
};

struct component {          /* name.component="text" */
    int property;
    const char *name, *text;
};

struct fo_refine {
    struct fo_document *doc;
    int lenient;
    struct fo_style initial;
    struct given *given;    /* by property */
    unsigned stamp;
    int *order;             /* properties given, in the order of writing */
    int order_n;
    struct component *components;
    size_t components_n, components_cap;
    struct share *share;
    int font_size, color;   /* the properties */

    /* of the element being refined */
    const struct fo_node *node;
    const struct fo_style *parent;
    struct fo_style *style;
    void *own[FO_G_COUNT];  /* groups this element has to itself */
    struct diag *d;
};

/* The group of the element's values for writing: a copy of its own. Borrowed from the arena. */
void *fo_own_group(struct fo_refine *r, enum fo_group g);
const void **fo_group_of(struct fo_style *style, enum fo_group g);
const void *fo_group_in(const struct fo_style *style, enum fo_group g);

/* Write TEXT as the value of P (set_or_inherit: also "inherit"), or of one of its components.
 * Return 0, or not 0 after reporting. */
int fo_value_set(struct fo_refine *r, const struct fo_property *p, const char *text);
int fo_value_set_or_inherit(struct fo_refine *r, const struct fo_property *p, const char *text);
int fo_value_set_component(struct fo_refine *r, const struct component *c);

/* Records that the element gives TEXT for a property, written with the precision RANK. */
void fo_give(struct fo_refine *r, int property, const char *text, int rank);

/* Gives what the shorthand's TEXT stands for. Returns 0, or not 0 after reporting. */
int fo_shorthand_expand(struct fo_refine *r, const struct fo_shorthand *s, const char *text);

#endif
