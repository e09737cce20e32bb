/* What one document says again and again: values of elements that are alike, and the meaning of
 * names. All of it is found by the pointers that libxml2 gives equal names. */
#ifndef SHARE_H
#define SHARE_H

#include <libxml/tree.h>

#include "fo.h"
#include "property.h"

struct share;

struct share *share_new(void); /* release with share_free */
void share_free(struct share *s);

/* What an attribute's name means, in both inline progression directions. */
struct share_name {
    const xmlChar *name;
    const char *prefix;        /* one string each, whatever the document writes */
    const char *full;          /* as the tables have it; NULL: none of ours; kept by its share */
    const struct fo_shorthand *shorthand;
    int is_own;                /* says nothing of the style: an id */
    int property[2], is_alias; /* -1: unknown, or a component; by right to left */
};

/* Borrowed until the next call. */
const struct share_name *share_name_of(struct share *s, const xmlAttr *a);

/* VALUES, or a group of the same SIZE and values that was given before. *Keeps* VALUES. */
const void *share_group(struct share *s, const void *values, size_t size);

/* Whether the attribute is the element's own, and no part of what it looks like. */
int share_is_own(const xmlAttr *a);

/* The style that an element of the same KIND below PARENT with the same attributes was given; NULL
 * when none is known. */
const struct fo_style *share_find(struct share *s, enum fo_kind kind, const struct fo_style *parent,
                                  const xmlNode *element);

/* Keeps STYLE for the elements like the one last looked for, unless it hangs on more than the
 * attributes and the parent. */
void share_keep(struct share *s, const struct fo_style *style);

#endif
