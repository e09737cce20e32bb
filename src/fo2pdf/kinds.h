/* The formatting objects by name, and what may stand in each. */
#ifndef KINDS_H
#define KINDS_H

#include "fo.h"

/* The local name of a kind of object; "text" for FO_TEXT. */
const char *fo_kind_name(enum fo_kind kind);
/* The Ith of the objects of XSL-FO that are refused, NULL behind the last. */
const char *fo_kind_refused(int i);
int fo_is_block_level(enum fo_kind kind);
int fo_has_block(const struct fo_node *node); /* is one, or something inline in it holds one */

enum fo_kind kinds_find(const char *name); /* 0: none of XSL-FO that is known here */
int kinds_is_refused(const char *name);

/* Whether CHILD may stand in PARENT by XSL-FO's content models: what stands in a wrapper, and what was
 * retrieved from a marker, as in their place. */
int kinds_may_stand(const struct fo_node *parent, enum fo_kind child);

#endif
