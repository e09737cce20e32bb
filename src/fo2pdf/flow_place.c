/* Places in a flow that are found again when it is set anew in another width. */
#include "again.h"

#include <string.h>

struct finder {
    int item;                  /* looked for, or -1: by place */
    struct flow_place place;
    const struct fo_node *top;
    int ordinal;
    const struct flow_node *best;
    int best_ordinal;
};

/* Walks nodes in the order in which they were opened. */
static void find_node(struct finder *f, const struct flow_node *n)
{
    for (; n; n = n->next) {
        if (n->top != f->top) {
            f->top = n->top;
            f->ordinal = 0;
        }
        if (f->item < 0 ? n->top == f->place.top && f->ordinal == f->place.ordinal
                        : n->from <= f->item && n->to > f->item &&
                          (!f->best || f->best->from != f->item)) {
            f->best = n;
            f->best_ordinal = f->ordinal;
        }
        f->ordinal++;
        find_node(f, n->first);
    }
}

void flow_find(const struct flow_list *list, int i, struct flow_place *place)
{
    struct finder f = { .item = i };
    const struct flow_node *n, *awake;

    memset(place, 0, sizeof *place);
    find_node(&f, list->first);
    n = f.best;
    if (!n)
        return;
    place->top = n->top;
    place->ordinal = f.best_ordinal;
    if (n->kind == FLOW_ROWS)
        place->at = i - n->from;
    if (n->kind != FLOW_LINES)
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
    struct finder f = { .item = i };
    const struct flow_node *n;
    int end = i;

    find_node(&f, list->first);
    for (n = f.best; n; n = n->parent)
        if (n->from < i && n->to > end &&
            (n->kind == FLOW_ROWS || (n->fo && n->fo->kind == FO_TABLE))) {
            end = n->to;
            *fo = n->fo;
        }
    return end;
}

int flow_item_at(const struct flow_list *list, const struct flow_place *place)
{
    struct finder f = { .item = -1, .place = *place };
    const struct flow_node *n;

    find_node(&f, list->first);
    n = f.best;
    if (!n || n->from >= list->items_n)
        return 0;
    if (n->kind == FLOW_LINES)
        return n->from + (place->at > 0 && n->to - n->from > 1);
    if (n->kind == FLOW_ROWS)
        return n->from + (place->at < n->to - n->from ? place->at : n->to - n->from - 1);
    return n->from;
}
