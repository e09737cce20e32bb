/* Lists: the label and body of an item stand side by side as the cells of a row do (rows.c). */
#include "flow.h"
#include "fo_messages.h"
#include "rows.h"

static void list_part(struct flow_builder *b, struct rows *r, const struct fo_node *part)
{
    struct rows_cell *cell = rows_cell(b->s, r);
    long height;

    cell->fo = part;
    cell->box = NULL;
    cell->x = 0;
    cell->width = b->width;
    cell->row_end = 1;
    cell->list = flow_build(b->s, part, b->width, b->may_overflow);
    height = flow_height(cell->list, 0, cell->list->items_n);
    cell->height = height > 1000000000 ? 1000000000 : (mpt)height;
    cell->keep_next = cell->list->last_keep;
}

static void list_item(struct flow_builder *b, const struct fo_node *item)
{
    const struct area_box *box = setting_box(b->s, item, b->width);
    struct rows *r = rows_new(b->s, 1);
    const struct fo_node *n;
    struct flow_node *node;
    int seen = 0, force_before = FO_KW_AUTO, force_after = FO_KW_AUTO, i;

    flow_block_start(b, item);
    node = flow_open(b, FLOW_BLOCK, item);
    flow_frame(b, item, &node->x, &node->width);
    flow_edges(b, node, box);
    for (n = item->first; n; n = n->next)
        if (n->kind == FO_LIST_ITEM_LABEL || n->kind == FO_LIST_ITEM_BODY) {
            list_part(b, r, n);
            seen |= n->kind == FO_LIST_ITEM_LABEL ? 1 : 2;
        }
    if (seen != 3)
        fo_complain(b->s->d, b->s->fo, item, b->s->options->lenient, FO_MISSING_CHILD, "list-item",
                    seen & 1 ? "fo:list-item-body" : "fo:list-item-label");
    for (i = 0; i < r->cells_n; i++) {
        if (r->cells[i].list->first_force)
            force_before = r->cells[i].list->first_force;
        if (r->cells[i].list->last_force)
            force_after = r->cells[i].list->last_force;
    }
    flow_break(b, force_before);
    r->together[0] = flow_strength(&item->style->flow->keep_together);
    rows_measure(b->s, r);
    rows_add(b, r, item, 0, b->width);
    flow_edge_after(b, node);
    flow_close(b);
    flow_break(b, force_after);
    flow_block_end(b, item);
}

void list_build(struct flow_builder *b, const struct fo_node *list)
{
    const struct area_box *box = setting_box(b->s, list, b->width);
    struct flow_node *node;
    const struct fo_node *n;
    int items = 0;

    flow_block_start(b, list);
    node = flow_open(b, FLOW_BLOCK, list);
    flow_frame(b, list, &node->x, &node->width);
    flow_edges(b, node, box);
    for (n = list->first; n; n = n->next)
        if (n->kind == FO_LIST_ITEM) {
            list_item(b, n);
            items++;
        }
    if (!items)
        fo_complain(b->s->d, b->s->fo, list, b->s->options->lenient, FO_MISSING_CHILD, "list-block",
                    "fo:list-item");
    flow_edge_after(b, node);
    flow_close(b);
    flow_block_end(b, list);
}
