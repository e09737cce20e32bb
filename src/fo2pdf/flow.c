/* Building the list of items: blocks, spaces, keeps, breaks. */
#include "again.h"

#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "places.h"
#include "parse.h"
#include "rows.h"

static void *grown(struct arena *a, void *p, int n, int *cap, size_t size)
{
    int more;
    void *q;

    if (n < *cap)
        return p;
    more = *cap ? *cap * 2 : 2;
    q = arena_alloc(a, (size_t)more * size);
    if (n)
        memcpy(q, p, (size_t)n * size);
    *cap = more;
    return q;
}

int flow_strength(const struct fo_keep *keep)
{
    return keep->column > keep->page ? keep->column : keep->page;
}

void flow_keep(struct flow_builder *b, const struct fo_keep *keep)
{
    int k = flow_strength(keep);

    if (k > b->keep)
        b->keep = k;
}

/* Of two breaks at one place the stronger: 4.8. */
int flow_stronger(int force, int other)
{
    if (other == FO_KW_AUTO || !other || (force && force != FO_KW_COLUMN && other == FO_KW_COLUMN) ||
        (force && force != FO_KW_COLUMN && force != FO_KW_PAGE))
        return force;
    return other;
}

void flow_break(struct flow_builder *b, int force)
{
    b->force = flow_stronger(b->force, force);
}

void flow_space(struct flow_builder *b, const struct fo_space *space, int after)
{
    struct fo_space_value *v;

    if (!space->opt.v && !space->opt.pct && !space->max.v && !space->max.pct)
        return;
    b->spaces = grown(b->s->arena, b->spaces, b->spaces_n, &b->spaces_cap, sizeof *b->spaces);
    v = &b->spaces[b->spaces_n++];
    v->min = fo_length_of(&space->min, b->width, 0);
    v->opt = fo_length_of(&space->opt, b->width, 0);
    v->max = fo_length_of(&space->max, b->width, 0);
    v->precedence = space->precedence;
    v->retain = space->retain == FO_KW_RETAIN;
    v->after = after;
    v->node = after ? b->closed : NULL;
}

/* A distance that nothing resolves away: border-separation. */
void flow_gap(struct flow_builder *b, mpt length)
{
    struct fo_space space = { { length, 0, 0, 0, 0 }, { length, 0, 0, 0, 0 },
                              { length, 0, 0, 0, 0 },
                              FO_FORCE, FO_KW_DISCARD };

    flow_space(b, &space, 0);
}

struct resolved {
    mpt min, opt, max;
};

/* Space resolution (4.3.1) over those of the pending spaces that are wanted: AFTER 1 the ones
 * before a break, 0 those after it, 2 all; RETAINED: only those that stay at a break. */
static struct resolved resolve(const struct flow_builder *b, int after, int retained)
{
    struct resolved r = { 0, 0, 0 };
    int i, high = -FO_FORCE, forced = 0, any = 0;

#define WANTED(v) ((after == 2 || (v)->after == after) && (!retained || (v)->retain))
    for (i = 0; i < b->spaces_n; i++)
        if (WANTED(&b->spaces[i])) {
            any = 1;
            forced |= b->spaces[i].precedence == FO_FORCE;
            if (b->spaces[i].precedence > high)
                high = b->spaces[i].precedence;
        }
    if (!any)
        return r;
    if (!forced) {
        mpt best = -FO_FORCE;

        for (i = 0; i < b->spaces_n; i++)
            if (WANTED(&b->spaces[i]) && b->spaces[i].precedence == high && b->spaces[i].opt > best)
                best = b->spaces[i].opt;
        r.opt = best;
        r.min = -FO_FORCE;
        r.max = FO_FORCE;
    }
    for (i = 0; i < b->spaces_n; i++) {
        const struct fo_space_value *v = &b->spaces[i];

        if (!WANTED(v) || v->precedence != high)
            continue;
        if (forced) {
            r.min += v->min;
            r.opt += v->opt;
            r.max += v->max;
        } else if (v->opt == r.opt) {
            r.min = v->min > r.min ? v->min : r.min;
            r.max = v->max < r.max ? v->max : r.max;
        }
    }
#undef WANTED
    if (r.min > r.opt)
        r.min = r.opt;
    if (r.max < r.opt)
        r.max = r.opt;
    return r;
}

/* Notes what resolution leaves of each pending space: of the WANTED ones as resolve() has them. */
static void attribute(const struct flow_builder *b, int after, int retained, int at_break)
{
    int i, high = -FO_FORCE, best = -1;

    for (i = 0; i < b->spaces_n; i++) {
        const struct fo_space_value *v = &b->spaces[i];

        if ((after != 2 && v->after != after) || (retained && !v->retain))
            continue;
        if (v->precedence > high || (v->precedence == high && v->opt >= b->spaces[best].opt))
            best = i;
        if (v->precedence > high)
            high = v->precedence;
    }
    for (i = 0; i < b->spaces_n; i++) {
        const struct fo_space_value *v = &b->spaces[i];
        int wins = (after == 2 || v->after == after) && (!retained || v->retain) &&
                   (i == best || (high == FO_FORCE && v->precedence == high));

        if (v->node && wins)
            (at_break ? v->node->retained : v->node->space)[v->after] = v->opt;
    }
}

/* A break before which there is nothing but edges of what begins with it is a break before those: an
 * area with an edge alone would be left behind. */
static void raise_break(struct flow_builder *b)
{
    struct flow_list *list = b->list;
    int i = list->items_n - 1, k = b->depth;
    int *at;

    while (k-- > 0 && b->levels[k].node->from >= i)
        if (b->levels[k].node->from == i && b->levels[k].node->edge_before)
            i--;
    if (i == list->items_n - 1)
        return;
    at = i < 0 ? &list->first_force : &list->items[i].force;
    *at = flow_stronger(*at, b->force);
    b->force = 0;
}

/* Describes the gap before the item that comes now, from all that was said since the last one. */
static void finish_gap(struct flow_builder *b)
{
    struct flow_list *list = b->list;
    struct flow_item *item;
    struct resolved all;

    if (b->force && list->items_n)
        raise_break(b);
    if (!list->items_n) {
        list->lead = resolve(b, 2, 1).opt;
        attribute(b, 2, 1, 1);
        list->first_force = b->force;
        list->first_keep = b->keep;
    } else {
        const struct flow_level *level = b->low > 0 ? &b->levels[b->low - 1] : NULL;

        item = &list->items[list->items_n - 1];
        all = resolve(b, 2, 0);
        attribute(b, 2, 0, 0);
        attribute(b, 1, 1, 1);
        attribute(b, 0, 1, 1);
        item->gap += all.opt;
        item->gap_min += all.min;
        item->gap_max += all.max;
        item->end_space = resolve(b, 1, 1).opt;
        item->start_space = resolve(b, 0, 1).opt;
        item->force = b->force;
        item->penalty = b->keep;
        if (level && level->keep > item->penalty)
            item->penalty = level->keep;
        if (b->never)
            item->penalty = FLOW_NEVER;
        item->end_edges += level ? level->end_edges : 0;
        item->start_edges += level ? level->start_edges : 0;
    }
    b->spaces_n = 0;
    b->keep = b->force = b->never = 0;
    b->low = b->depth;
}

void flow_item(struct flow_builder *b, mpt length, const struct fo_node *fo)
{
    struct flow_list *list = b->list;

    finish_gap(b);
    list->items = grown(b->s->arena, list->items, list->items_n, &list->items_cap,
                        sizeof *list->items);
    memset(&list->items[list->items_n], 0, sizeof *list->items);
    list->items[list->items_n].length = length;
    list->items[list->items_n++].fo = fo;
}

void flow_note(struct flow_builder *b, int item, const struct fo_node *body)
{
    struct flow_list *list = b->list;

    list->notes = grown(b->s->arena, list->notes, list->notes_n, &list->notes_cap,
                        sizeof *list->notes);
    list->notes[list->notes_n].item = item;
    list->notes[list->notes_n++].body = body;
}

/* What items FROM to TO of an inner LIST cite, ITEM does. */
void flow_notes(struct flow_builder *b, int item, const struct flow_list *list, int from, int to)
{
    int i;

    for (i = 0; i < list->notes_n; i++)
        if (list->notes[i].item >= from && list->notes[i].item < to)
            flow_note(b, item, list->notes[i].body);
}

struct flow_node *flow_open(struct flow_builder *b, enum flow_kind kind, const struct fo_node *fo)
{
    struct flow_node *n = arena_alloc(b->s->arena, sizeof *n), *parent;
    struct flow_level *level, *outer;

    n->kind = kind;
    n->fo = fo;
    n->top = b->top;
    b->ordinal++;
    parent = b->depth ? b->levels[b->depth - 1].node : NULL;
    n->parent = parent;
    if (b->spaces_n && !b->spaces[b->spaces_n - 1].after && !b->spaces[b->spaces_n - 1].node)
        b->spaces[b->spaces_n - 1].node = n;
    if (parent) {
        if (parent->last)
            parent->last->next = n;
        else
            parent->first = n;
        parent->last = n;
    } else {
        if (b->list->last)
            b->list->last->next = n;
        else
            b->list->first = n;
        b->list->last = n;
    }
    n->from = n->to = b->list->items_n;
    b->levels = grown(b->s->arena, b->levels, b->depth, &b->depth_cap, sizeof *b->levels);
    outer = b->depth ? &b->levels[b->depth - 1] : NULL;
    level = &b->levels[b->depth++];
    memset(level, 0, sizeof *level);
    level->node = n;
    if (outer) {
        level->keep = outer->keep;
        level->start_edges = outer->start_edges;
        level->end_edges = outer->end_edges;
    }
    return n;
}

void flow_close(struct flow_builder *b)
{
    struct flow_node *n = b->levels[b->depth - 1].node;

    n->to = b->list->items_n;
    if (n->to == n->from) /* stays with what follows it */
        n->from = n->to;
    b->closed = n;
    b->depth--;
    if (b->depth < b->low)
        b->low = b->depth;
}

/* Content rectangle of a block in the reference area: 5.3.2. */
void flow_frame(struct flow_builder *b, const struct fo_node *fo, mpt *x, mpt *width)
{
    const struct style_flow *f = fo->style->flow;
    mpt start = fo_length_of(&f->start_indent, b->width, 0), end =
        fo_length_of(&f->end_indent, b->width, 0);
    mpt w = fo_length_of(&fo->style->size->ipd.opt, b->width, -1);
    int rtl = f->writing_mode == FO_KW_RL_TB;

    if (w >= 0 && (fo->kind == FO_BLOCK_CONTAINER || fo->kind == FO_TABLE)) {
        *width = w;
        *x = rtl ? b->width - start - w - b->inset[1] : start + b->inset[0];
        return;
    }
    *width = b->width - start - end - b->inset[0] - b->inset[1];
    *x = (rtl ? end : start) + b->inset[0];
    if (*width < 0) {
        fo_complain(b->s->d, b->s->fo, fo, b->s->options->lenient, FO_NO_ROOM, *width / 1000.);
        *width = 0;
    }
}

void flow_block_start(struct flow_builder *b, const struct fo_node *fo)
{
    const struct style_block *s = fo->style->block;

    flow_break(b, s->break_before);
    flow_keep(b, &s->keep_with_previous);
    flow_space(b, &s->space_before, 0);
}

void flow_block_end(struct flow_builder *b, const struct fo_node *fo)
{
    const struct style_block *s = fo->style->block;

    flow_break(b, s->break_after);
    flow_keep(b, &s->keep_with_next);
    flow_space(b, &s->space_after, 1);
}

/* Notes what of NODE's edges is drawn at breaks, sets its box, and lays down the edge before. */
void flow_edges(struct flow_builder *b, struct flow_node *node, const struct area_box *box)
{
    struct flow_level *level = &b->levels[b->depth - 1];
    const struct style_box *s = node->fo->style->box;
    int keep = flow_strength(&node->fo->style->flow->keep_together);

    if (keep > level->keep)
        level->keep = keep;
    node->box = box;
    if (!box)
        return;
    node->retain_before = s->border_width[AREA_TOP].retain == FO_KW_RETAIN ||
                          s->padding[AREA_TOP].retain == FO_KW_RETAIN;
    node->retain_after = s->border_width[AREA_BOTTOM].retain == FO_KW_RETAIN ||
                         s->padding[AREA_BOTTOM].retain == FO_KW_RETAIN;
    if (node->retain_before)
        level->start_edges += setting_edges(box, AREA_TOP);
    if (node->retain_after)
        level->end_edges += setting_edges(box, AREA_BOTTOM);
    if (setting_edges(box, AREA_TOP) > 0) {
        flow_item(b, setting_edges(box, AREA_TOP), node->fo);
        node->edge_before = 1;
        b->never = 1;
    }
}

void flow_edge_after(struct flow_builder *b, struct flow_node *node)
{
    if (setting_edges(node->box, AREA_BOTTOM) > 0) {
        b->never = 1;
        flow_item(b, setting_edges(node->box, AREA_BOTTOM), node->fo);
        node->edge_after = 1;
    }
}

/* NODE, which ends here, is without content, but on a page of its own when breaks say so. */
void flow_place_breaks(struct flow_builder *b, const struct flow_node *node)
{
    if (node->from == b->list->items_n &&
        (b->force || node->fo->style->block->break_after != FO_KW_AUTO))
        flow_item(b, 0, node->fo);
}

static void block(struct flow_builder *b, const struct fo_node *fo)
{
    const struct area_box *box = setting_box(b->s, fo, b->width);
    struct para *outer_para = b->para;
    const struct fo_node *outer_block = b->para_block;
    int outer_first = b->para_first;
    struct flow_node *node;
    mpt x, width, height = b->s->height;

    flow_block_start(b, fo);
    node = flow_open(b, FLOW_BLOCK, fo);
    flow_frame(b, fo, &x, &width);
    node->x = x;
    node->width = width;
    flow_edges(b, node, box);
    b->para = NULL;
    b->para_first = 1;
    b->s->height = -1; /* a block is as high as its content: no base for percentages */
    if (again_is_due(b->s) && (b->passed || (!b->resume.at && !b->enough)) &&
        again_is_constant(fo) && again_is_paragraph(fo)) {
        b->gives_up = 1;
        b->s->arena = &b->s->scratch;
    }
    flow_inlines(b, fo, fo, width);
    flow_flush_para(b);
    if (b->gives_up) {
        b->gives_up = 0;
        b->s->arena = b->s->lasting;
        arena_clear(&b->s->scratch);
    }
    b->s->height = height;
    flow_edge_after(b, node);
    flow_place_breaks(b, node);
    flow_close(b);
    flow_block_end(b, fo);
    b->para = outer_para;
    b->para_block = outer_block;
    b->para_first = outer_first;
}

/* One block-level object, or what may stand in its place. */
static void object(struct flow_builder *b, const struct fo_node *fo)
{
    const struct fo_node *c;

    switch (fo->kind) {
    case FO_BLOCK:
        block(b, fo);
        break;
    case FO_BLOCK_CONTAINER:
        flow_container(b, fo);
        break;
    case FO_TABLE:
        table_build(b, fo);
        break;
    case FO_TABLE_AND_CAPTION:
        table_captioned(b, fo);
        break;
    case FO_LIST_BLOCK:
        list_build(b, fo);
        break;
    case FO_RETRIEVE_MARKER:
        places_retrieve(b->s, (struct fo_node *)fo);
        /* fall through */
    case FO_WRAPPER:
        if (fo->facts->id || (fo->first && fo->first->kind == FO_MARKER)) {
            struct flow_node *node = flow_open(b, FLOW_BLOCK, fo);

            flow_frame(b, fo, &node->x, &node->width);
            for (c = fo->first; c; c = c->next)
                flow_children(b, c);
            flow_close(b);
        } else {
            for (c = fo->first; c; c = c->next)
                flow_children(b, c);
        }
        break;
    default:
        break;
    }
}

static int is_enough(struct flow_builder *b)
{
    if (!b->enough || !b->passed)
        return 0;
    for (; b->seen < b->list->items_n; b->seen++)
        b->high += b->list->items[b->seen].length;
    return b->high > b->enough;
}

void flow_children(struct flow_builder *b, const struct fo_node *fo)
{
    const struct fo_node *top = b->top;

    b->list->is_cut |= is_enough(b);
    if (b->list->is_cut)
        return;
    if (fo != b->resume.top) {
        object(b, fo);
        return;
    }
    b->top = fo;
    b->ordinal = 0;
    object(b, fo);
    b->top = top;
    b->passed = 1;
    b->seen = b->enough ? flow_item_at(b->list, &b->resume) : 0;
}

struct flow_list *flow_build_from(struct setting *s, const struct fo_node *node,
                                  const struct fo_node *end, mpt width, int may_overflow,
                                  const struct flow_place *resume, long enough, int *from)
{
    struct flow_builder b;
    const struct fo_node *c = node->first;
    int i;

    memset(&b, 0, sizeof b);
    b.s = s;
    b.width = width;
    b.may_overflow = may_overflow;
    b.resume = *resume;
    b.enough = enough;
    b.list = arena_alloc(s->arena, sizeof *b.list);
    b.list->s = s;
    b.list->width = width;
    if (resume->top)
        for (c = resume->top; c->parent != node; c = c->parent)
            ;
    for (; c && c != end && !b.list->is_cut; c = c->next) {
        b.top = c;
        b.ordinal = 0;
        flow_children(&b, c);
    }
    if (!b.list->items_n && b.list->notes_n)
        flow_item(&b, 0, node);
    for (i = b.list->notes_n - 1; i >= 0 && b.list->notes[i].item >= b.list->items_n; i--)
        b.list->notes[i].item = b.list->items_n - 1;
    if (b.list->items_n) {
        b.list->trail = resolve(&b, 2, 1).opt;
        attribute(&b, 2, 1, 1);
        b.list->last_force = b.force;
        b.list->last_keep = b.keep;
    } else {
        b.list->first_force = b.force;
    }
    *from = resume->top ? flow_item_at(b.list, resume) : 0;
    return b.list;
}

struct flow_list *flow_build(struct setting *s, const struct fo_node *node, mpt width,
                             int may_overflow)
{
    struct flow_place start = { .top = NULL };
    int from;

    return flow_build_from(s, node, NULL, width, may_overflow, &start, 0, &from);
}

long flow_excess(const struct flow_list *list, int from, int to)
{
    const struct flow_item *a, *b;

    if (from <= 0 || to >= list->items_n || from >= to)
        return 0;
    a = &list->items[from - 1];
    b = &list->items[to - 1];
    return a->group && a->group == b->group ? rows_excess(a->group, a->step, b->step) : 0;
}

long flow_height(const struct flow_list *list, int from, int to)
{
    long h = from == 0 ? list->lead
        : list->items[from - 1].start_space + list->items[from - 1].start_edges;
    int i;

    if (from >= to)
        return to == 0 ? 0 : h;
    for (i = from; i < to; i++) {
        h += list->items[i].length;
        if (i + 1 < to)
            h += list->items[i].gap;
    }
    h += flow_excess(list, from, to);
    return h + (to == list->items_n ? list->trail
                : list->items[to - 1].end_space + list->items[to - 1].end_edges);
}

double flow_shrink(const struct flow_list *list, mpt room, mpt *height)
{
    long over = (long)*height - room, most = 0;
    int i;

    if (over <= 0)
        return 0;
    for (i = 0; i + 1 < list->items_n; i++)
        most += list->items[i].gap - list->items[i].gap_min;
    *height -= (mpt)(over < most ? over : most);
    return most <= 0 ? 0 : over < most ? -(double)over / most : -1;
}
