/* From parts of a flow's list to areas. */
#include <string.h>

#include "again.h"
#include "alloc.h"
#include "amend.h"
#include "rows.h"

struct emitter {
    struct setting *s;
    const struct flow_list *list;
    int from, to;              /* the part */
    int done;                  /* the gap before this item was added */
    mpt y;
    const struct flow_target *target;
    struct area *reference;    /* innermost, of absolutely positioned content */
};

const struct area_box *flow_part_box(struct setting *s, const struct area_box *box, int top,
                                     int bottom)
{
    struct area_box *part;

    if (!box || (top && bottom))
        return box;
    part = arena_alloc(s->arena, sizeof *part);
    *part = *box;
    if (!top) {
        part->border[AREA_TOP] = part->padding[AREA_TOP] = 0;
        part->border_style[AREA_TOP] = AREA_BORDER_NONE;
    }
    if (!bottom) {
        part->border[AREA_BOTTOM] = part->padding[AREA_BOTTOM] = 0;
        part->border_style[AREA_BOTTOM] = AREA_BORDER_NONE;
    }
    return part;
}

/* N's box in a part of it, with what it has instead at breaks. */
static const struct area_box *cut_box(struct setting *s, const struct flow_node *n, int starts,
                                      int ends)
{
    struct area_box *part;

    if (starts && ends)
        return n->box;
    part = arena_alloc(s->arena, sizeof *part);
    *part = *n->box;
    if (!starts)
        part->border[AREA_TOP] = n->cut->border[AREA_TOP];
    if (!ends)
        part->border[AREA_BOTTOM] = n->cut->border[AREA_BOTTOM];
    return part;
}

/* How much more than its gap is after ITEM in this part. */
static mpt stretched(const struct emitter *e, const struct flow_item *item)
{
    double stretch = e->target->stretch;

    return (mpt)(stretch * (stretch > 0 ? item->gap_max - item->gap : item->gap - item->gap_min));
}

/* Moves down over the gap before item I. */
static void advance(struct emitter *e, int i)
{
    const struct flow_item *before;

    if (i <= e->from || e->done >= i)
        return;
    before = &e->list->items[i - 1];
    e->y += before->gap + stretched(e, before);
    e->done = i;
}

static void take(struct emitter *e, int i)
{
    advance(e, i);
    e->y += e->list->items[i].length;
}

static void emit_nodes(struct emitter *e, struct flow_node *first, struct flow_reached *reached,
                       struct area *parent, mpt px, mpt py);

/* A list set as a whole in its own reference area. */
static void emit_inside(struct emitter *e, const struct flow_node *n, struct area *area)
{
    struct flow_target inner = *e->target;
    int turned = n->rotation == 90 || n->rotation == 270;
    mpt room = turned ? n->width : n->height;
    mpt content = (mpt)flow_height(n->list, 0, n->list->items_n);

    inner.reference = area;
    inner.stretch = n->stretch;
    flow_emit(n->list, 0, n->list->items_n, area, n->list->lead + flow_align(n->fo, room - content),
              &inner);
}

/* The spaces around NODE's AREA in this part. */
static void add_spaces(const struct emitter *e, const struct flow_node *n, struct area *area)
{
    const struct flow_item *gap = n->from > e->from ? &e->list->items[n->from - 1] : NULL;

    if (n->from >= e->from)
        area->space_before = (n->from > e->from ? n->space : n->retained)[0];
    if (gap && gap->gap == area->space_before && e->target->stretch != 0)
        area->space_before += stretched(e, gap);
    if (n->to <= e->to)
        area->space_after = (n->to < e->to ? n->space : n->retained)[1];
}

static struct area *leaf_area(struct emitter *e, const struct flow_node *n, struct area *parent)
{
    struct area *area = setting_area(e->s, AREA_BLOCK, n->fo, parent);

    area->flags |= e->target->flags | n->flags;
    area->box = n->box;
    area->width = n->width;
    area->height = n->height;
    area->rotation = n->rotation;
    return area;
}

/* 7.6: the offsets are those of the content rectangle. */
static void emit_out(struct emitter *e, const struct flow_node *n)
{
    const struct style_size *z = n->fo->style->size;
    int fixed = z->absolute_position == FO_KW_FIXED;
    struct area *parent = fixed ? e->target->region : e->reference;
    int turned = !fixed && (parent->rotation == 90 || parent->rotation == 270);
    mpt w = fixed ? e->target->page_width : turned ? parent->height : parent->width;
    mpt h = fixed ? e->target->page_height : turned ? parent->width : parent->height;
    struct area *area = leaf_area(e, n, parent);

    area->transform = setting_transform(e->s, n->fo);
    area->x = z->left.keyword && !z->right.keyword ? w - fo_length_of(&z->right, w, 0) - n->width
                                                   : fo_length_of(&z->left, w, 0);
    area->y = z->top.keyword && !z->bottom.keyword ? h - fo_length_of(&z->bottom, h, 0) - n->height
                                                   : fo_length_of(&z->top, h, 0);
    area->x -= setting_edges(n->box, AREA_LEFT);
    area->y -= setting_edges(n->box, AREA_TOP);
    if (fixed) {
        area->x -= e->target->region_x;
        area->y -= e->target->region_y;
    }
    emit_inside(e, n, area);
}

static void emit_leaf(struct emitter *e, const struct flow_node *n, struct area *parent, mpt px,
                      mpt py)
{
    struct area *area;

    advance(e, n->from);
    area = leaf_area(e, n, parent);
    add_spaces(e, n, area);
    area->x = n->x - setting_edges(n->box, AREA_LEFT) - px;
    area->y = e->y - py;
    take(e, n->from);
    emit_inside(e, n, area);
}

/* A table part repeated at a break. */
static void emit_repeated(struct emitter *e, const struct flow_node *n, struct area *parent, mpt px,
                          mpt py)
{
    struct flow_target copy = *e->target;
    struct area *area = setting_area(e->s, AREA_BLOCK, n->fo, parent);
    struct flow_list *list;

    copy.flags |= AREA_ARTIFACT;
    copy.stretch = 0;
    copy.reference = area;
    area->flags |= copy.flags;
    area->box = n->box;
    area->x = n->x - px;
    area->y = e->y - py;
    area->width = n->width;
    area->height = n->height;
    list = table_repeat(e->s, n, e->target->page);
    flow_emit(list, 0, list->items_n, area, 0, &copy);
    e->y += n->height;
}

static void emit_lines(struct emitter *e, struct flow_node *n, struct area *parent, mpt px,
                       mpt py, int a, int b)
{
    const struct flow_node *block = n->parent;
    struct para *p = again_para(e->s, n);
    mpt x = block ? block->x : 0;
    int i;

    p->reference.x = x;
    p->reference.width = e->list->width;
    p->reference.from_start = p->rtl ? e->target->page_width - e->target->region_x -
        e->list->width : e->target->region_x;
    for (i = a; i < b; i++) {
        struct area *line;

        advance(e, i);
        line = para_line_area(p, i - n->from, parent, x - px, e->y - py);
        if (p->guesses)
            amend_note(p, i - n->from, line, x - px, e->y - py);
        line->flags |= e->target->flags;
        take(e, i);
    }
    for (i = 0; i < p->anchors_n; i++) {
        /* Objects without content are points, at the paragraph's start. */
        const struct para_anchor *anchor = &p->anchors[i];
        int line = 0;

        if (!anchor->node->facts->id)
            continue;
        while (line + 1 < p->lines_n && p->lines[line].next <= anchor->at)
            line++;
        if (p->lines_n && (n->from + line < a || n->from + line >= b))
            continue;
        setting_area(e->s, AREA_INLINE, anchor->node, parent)->y = e->y - py;
    }
}

/* Whether the space before N is that of an object in it, and lies in N too (4.2.5). */
static int space_is_inside(const struct flow_node *n)
{
    const struct flow_node *c = n->first;

    while (c && c->from == n->from) {
        if (c->to > c->from && c->space[0])
            return 1;
        c = c->to > c->from ? c->first : c->next;
    }
    return 0;
}

static void emit_block(struct emitter *e, struct flow_node *n, struct area *parent, mpt px,
                       mpt py)
{
    int starts = n->from >= e->from, ends = n->to <= e->to;
    int top = starts || n->retain_before, bottom = ends || n->retain_after;
    int a = starts ? n->from : e->from;
    struct area *area, *reference = e->reference;
    mpt y;

    if ((n->from < n->to || n->from < e->to) && !(starts && space_is_inside(n)))
        advance(e, a);
    area = setting_area(e->s, AREA_BLOCK, n->fo, parent);
    area->flags |= e->target->flags | n->flags;
    area->box = n->cut ? cut_box(e->s, n, starts, ends) : flow_part_box(e->s, n->box, top, bottom);
    add_spaces(e, n, area);
    area->width = n->width;
    area->x = n->x - setting_edges(n->box, AREA_LEFT) - px;
    area->y = e->y - py;
    if (starts && n->edge_before)
        take(e, n->from);
    else if (!starts && n->retain_before)
        e->y += setting_edges(area->box, AREA_TOP);
    y = e->y;
    if (!starts && n->head)
        emit_repeated(e, n->head, area, n->x, y);
    if (n->rotation == -1) {
        /* A container: its own reference area, though it breaks as a block does. */
        e->reference = area;
        emit_nodes(e, n->first, &n->reached, area, 0, y);
    } else {
        emit_nodes(e, n->first, &n->reached, area, n->x, y);
    }
    e->reference = reference;
    if (!ends && n->foot)
        emit_repeated(e, n->foot, area, n->x, y);
    if (ends && n->edge_after)
        advance(e, n->to - 1);
    area->height = e->y - y;
    if (ends && n->edge_after)
        take(e, n->to - 1);
    else if (!ends && n->retain_after)
        e->y += setting_edges(area->box, AREA_BOTTOM);
    if (ends && n->from < n->to && n->to < e->to && n->space[1])
        advance(e, n->to);
}

/* Whether N, in a node that is, belongs to the part: what is empty goes with what comes next, unless
 * its parent ends there. */
static int wanted(const struct emitter *e, const struct flow_node *n)
{
    if (n->from == n->to)
        return n->from >= e->from &&
            (n->from < e->to || (n->from == e->to && (e->to == e->list->items_n ||
                                                      (n->parent && n->parent->to == n->to))));
    return n->from < e->to && n->to > e->from;
}

/* FIRST and those that follow it, of which REACHED tells more. */
static void emit_nodes(struct emitter *e, struct flow_node *first, struct flow_reached *reached,
                       struct area *parent, mpt px, mpt py)
{
    struct flow_node *n = reached->node && reached->from <= e->from ? reached->node : first;

    reached->node = NULL;
    reached->from = e->from;
    for (; n && n->from <= e->to; n = n->next) {
        int a = n->from > e->from ? n->from : e->from, b = n->to < e->to ? n->to : e->to;

        if (!wanted(e, n))
            continue;
        if (!reached->node)
            reached->node = n;
        switch (n->kind) {
        case FLOW_BLOCK:
            emit_block(e, n, parent, px, py);
            break;
        case FLOW_LINES:
            emit_lines(e, n, parent, px, py, a, b);
            break;
        case FLOW_LEAF:
            emit_leaf(e, n, parent, px, py);
            break;
        case FLOW_ROWS:
            advance(e, a);
            if (n->begins && a == n->from && n->fo->facts->id) /* it has no area of its own */
                setting_area(e->s, AREA_INLINE, n->fo, parent)->y = e->y - py;
            e->y = rows_emit(e->s, n->group, a - n->from, b - n->from,
                             (a == e->from && a > 0 ? ROWS_FIRST : 0) |
                             (b == e->to && b < e->list->items_n ? ROWS_LAST : 0),
                             parent, px, py, n->x, n->width, e->y, e->target);
            break;
        case FLOW_OUT:
            emit_out(e, n);
            break;
        }
    }
}

mpt flow_emit(struct flow_list *list, int from, int to, struct area *parent, mpt y,
              const struct flow_target *target)
{
    struct emitter e = { list->s, list, from, to, from, y, target, target->reference };

    if (from > 0 && from <= list->items_n)
        e.y += list->items[from - 1].start_space;
    emit_nodes(&e, list->first, &list->reached, parent, 0, 0);
    return e.y;
}
