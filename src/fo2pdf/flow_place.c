/* Places in a flow that are found again when it is set anew in another width. */
#include "again.h"

#include <string.h>

#include "parse.h"

struct finder {
    const struct flow_place *place;
    const struct fo_node *top;
    int ordinal;
    const struct flow_node *found;
};

/* Walks nodes in the order in which they were opened. */
static void find_place(struct finder *f, const struct flow_node *n)
{
    for (; n && !f->found; n = n->next) {
        if (n->top != f->top) {
            f->top = n->top;
            f->ordinal = 0;
        }
        if (n->top == f->place->top && f->ordinal == f->place->ordinal)
            f->found = n;
        f->ordinal++;
        find_place(f, n->first);
    }
}

/* The first node from N on that begins with ITEM, also one that has none of its own and goes onto the
 * page of that; or the innermost that ITEM is in. */
static const struct flow_node *node_of(const struct flow_node *n, int item)
{
    const struct flow_node *inner;

    for (; n; n = n->next) {
        if (n->from == item)
            return n;
        if (n->from < item && n->to > item) {
            inner = node_of(n->first, item);
            return inner ? inner : n;
        }
    }
    return NULL;
}

static int is_around(const struct fo_node *top, const struct fo_node *fo)
{
    while (fo && fo != top)
        fo = fo->parent;
    return fo != NULL;
}

/* Counts the nodes of TOP from N on that were opened before NODE. Returns true when that came. */
static int count_nodes(const struct flow_node *n, const struct flow_node *node,
                       const struct fo_node *top, int *count)
{
    for (; n; n = n->next) {
        if (n == node)
            return 1;
        *count += is_around(top, n->fo);
        if (count_nodes(n->first, node, top, count))
            return 1;
    }
    return 0;
}

/* A block whose children can be set without what stands before them. */
static int has_blocks_only(const struct fo_node *fo)
{
    const struct fo_node *c;

    if (fo->kind != FO_BLOCK)
        return 0;
    for (c = fo->first; c; c = c->next)
        if (!fo_is_block_level(c->kind) && !flow_is_blank(c))
            return 0;
    return 1;
}

/* The innermost object that FO is in, or is, that can be set without what stands before it. */
static const struct fo_node *top_of(const struct fo_node *fo)
{
    const struct fo_node *top = fo, *p;

    for (p = fo->parent; p && p->kind != FO_FLOW; p = p->parent)
        if (!has_blocks_only(p))
            top = p;
    return top;
}

void flow_find(const struct flow_list *list, int i, struct flow_place *place)
{
    const struct flow_node *n = node_of(list->first, i), *awake;

    memset(place, 0, sizeof *place);
    if (!n)
        return;
    place->top = top_of(n->fo);
    count_nodes(list->first, n, place->top, &place->ordinal);
    if (n->kind == FLOW_ROWS)
        place->at = i - n->from;
    if (n->kind != FLOW_LINES || n->to == n->from)
        return;
    place->para = again_para(list->s, (struct flow_node *)n);
    place->at = place->para->lines[i - n->from].start;
    /* What was made again for the page in hand goes with it. */
    for (awake = list->s->awake_lines; awake; awake = awake->next_awake)
        if (awake == n)
            place->para = NULL;
}

int flow_kept(const struct flow_list *list, int i, const struct fo_node **fo)
{
    const struct flow_node *n;
    int end = i;

    for (n = node_of(list->first, i); n; n = n->parent)
        if (n->from < i && n->to > end &&
            (n->kind == FLOW_ROWS || (n->fo && n->fo->kind == FO_TABLE))) {
            end = n->to;
            *fo = n->fo;
        }
    return end;
}

int flow_item_at(const struct flow_list *list, const struct flow_place *place)
{
    struct finder f = { .place = place };
    const struct flow_node *n;

    find_place(&f, list->first);
    n = f.found;
    if (!n || n->from >= list->items_n)
        return 0;
    if (n->kind == FLOW_LINES)
        return n->from + (place->at > 0 && n->to - n->from > 1);
    if (n->kind == FLOW_ROWS)
        return n->from + (place->at < n->to - n->from ? place->at : n->to - n->from - 1);
    return n->from;
}
