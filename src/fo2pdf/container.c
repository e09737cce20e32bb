/* Block-containers: in the flow as a whole or broken, and out of it. */
#include "flow.h"
#include "fo_messages.h"

static mpt needed(const struct flow_list *list)
{
    long h = flow_height(list, 0, list->items_n);

    return h > 2000000000L ? 2000000000 : (mpt)h;
}

static void check_height(struct flow_builder *b, const struct fo_node *fo, mpt content, mpt room)
{
    int overflow = fo->style->size->overflow;

    if (content > room + 20 && overflow != FO_KW_HIDDEN && overflow != FO_KW_VISIBLE)
        fo_complain(b->s->d, b->s->fo, fo, b->s->options->lenient, FO_TOO_HIGH, content / 1000.,
                    (content - room) / 1000.);
}

mpt flow_align(const struct fo_node *fo, mpt room)
{
    int align = fo->style->flow->display_align;

    if (room <= 0)
        return 0;
    return align == FO_KW_CENTER ? room / 2 : align == FO_KW_AFTER ? room : 0;
}

static int is_turned(const struct fo_node *fo)
{
    return fo->style->size->reference_orientation % 180 == 90;
}

/* The list of a container whose lines are IPD long and which is BPD high, both as seen from inside
 * (BPD -1: by its content), and the size of its content rectangle as seen from outside. */
static void fill_container(struct flow_builder *b, struct flow_node *node, const struct fo_node *fo,
                           mpt ipd, mpt bpd)
{
    int overflow = fo->style->size->overflow;
    mpt content, outer = b->s->height;

    node->rotation = fo->style->size->reference_orientation;
    b->s->height = bpd;
    node->list = flow_build(b->s, fo, ipd,
                            overflow == FO_KW_HIDDEN || overflow == FO_KW_VISIBLE ||
                                b->may_overflow);
    b->s->height = outer;
    content = needed(node->list);
    if (bpd < 0)
        bpd = content;
    node->stretch = flow_shrink(node->list, bpd, &content);
    check_height(b, fo, content, bpd);
    node->width = is_turned(fo) ? bpd : ipd;
    node->height = is_turned(fo) ? ipd : bpd;
    if (setting_clips(fo))
        node->flags |= AREA_CLIP;
}

/* The length of the lines of a turned container that doesn't say it: they may be as long as the
 * area that it stands in is high. */
static mpt turned_length(struct flow_builder *b, const struct fo_node *fo, mpt taken)
{
    mpt length = b->s->height - taken;

    if (b->s->height >= 0)
        return length > 0 ? length : 0;
    fo_complain(b->s->d, b->s->fo, fo, b->s->options->lenient, FO_NO_SIZE, "block-container",
                "width");
    return b->width;
}

/* What is left of ROOM between two offsets, of which either may be auto. */
static mpt between(const struct fo_length *start, const struct fo_length *end, mpt room, mpt edges)
{
    mpt left = room - fo_length_of(start, room, 0) - fo_length_of(end, room, 0) - edges;

    return left > 0 ? left : 0;
}

static void positioned(struct flow_builder *b, const struct fo_node *fo)
{
    struct flow_node *node = flow_open(b, FLOW_OUT, fo);
    const struct style_size *z = fo->style->size;
    const struct style_flow *f = fo->style->flow;
    mpt ipd = fo_length_of(&z->ipd.opt, b->width, -1), bpd = setting_height(b->s, &z->bpd.opt);
    mpt indents = fo_length_of(&f->start_indent, b->width, 0) +
                  fo_length_of(&f->end_indent, b->width, 0), edges;
    int sides = !z->left.keyword && !z->right.keyword;
    int ends = !z->top.keyword && !z->bottom.keyword && b->s->height >= 0;

    node->box = setting_box(b->s, fo, b->width);
    edges = setting_edges(node->box, AREA_TOP) + setting_edges(node->box, AREA_BOTTOM);
    if (is_turned(fo)) {
        if (ipd < 0 && ends)
            ipd = between(&z->top, &z->bottom, b->s->height, edges);
        else if (ipd < 0)
            ipd = turned_length(b, fo, fo_length_of(&z->top, b->s->height, 0) + edges);
        if (bpd < 0 && sides)
            bpd = between(&z->left, &z->right, b->width, indents);
    } else {
        if (ipd < 0)
            ipd = between(&z->left, &z->right, b->width, indents);
        if (bpd < 0 && z->bpd.opt.keyword && ends)
            bpd = between(&z->top, &z->bottom, b->s->height, edges);
    }
    fill_container(b, node, fo, ipd, bpd);
    flow_close(b);
}

/* A container that is set as a whole. */
static void whole_container(struct flow_builder *b, const struct fo_node *fo, mpt bpd)
{
    struct flow_node *node = flow_open(b, FLOW_LEAF, fo);
    mpt edges;

    node->box = setting_box(b->s, fo, b->width);
    edges = setting_edges(node->box, AREA_TOP) + setting_edges(node->box, AREA_BOTTOM);
    if (is_turned(fo)) {
        const struct style_flow *f = fo->style->flow;
        mpt ipd = fo_length_of(&fo->style->size->ipd.opt, b->width, -1);
        mpt start = fo_length_of(&f->start_indent, b->width, 0);

        fill_container(b, node, fo, ipd >= 0 ? ipd : turned_length(b, fo, edges), bpd);
        node->x = f->writing_mode == FO_KW_RL_TB ? b->width - start - node->width : start;
    } else {
        flow_frame(b, fo, &node->x, &node->width);
        fill_container(b, node, fo, node->width, bpd);
    }
    flow_item(b, node->height + edges, fo);
    flow_notes(b, b->list->items_n - 1, node->list, 0, node->list->items_n);
    flow_close(b);
}

/* A container without a height, which may break as a block does; its content has its own reference
 * area. */
static void open_container(struct flow_builder *b, const struct fo_node *fo)
{
    struct flow_node *node = flow_open(b, FLOW_BLOCK, fo);
    mpt width = b->width, height = b->s->height, left = b->inset[0], right = b->inset[1];
    const struct fo_node *c;

    flow_frame(b, fo, &node->x, &node->width);
    b->inset[0] = b->inset[1] = 0;
    flow_edges(b, node, setting_box(b->s, fo, b->width));
    node->flags = setting_clips(fo) ? AREA_CLIP : 0;
    node->rotation = -1; /* a new reference area */
    b->width = node->width;
    b->s->height = -1;
    for (c = fo->first; c; c = c->next)
        flow_children(b, c);
    b->width = width;
    b->s->height = height;
    b->inset[0] = left;
    b->inset[1] = right;
    flow_edge_after(b, node);
    flow_place_breaks(b, node);
    flow_close(b);
}

void flow_container(struct flow_builder *b, const struct fo_node *fo)
{
    const struct style_size *z = fo->style->size;
    mpt bpd = setting_height(b->s, &z->bpd.opt);

    if (z->absolute_position == FO_KW_ABSOLUTE || z->absolute_position == FO_KW_FIXED) {
        positioned(b, fo);
        return;
    }
    if (setting_transform(b->s, fo))
        fo_complain(b->s->d, b->s->fo, fo, b->s->options->lenient, FO_SETTING,
                    "fox:transform of what stands in the flow");
    flow_block_start(b, fo);
    if (z->reference_orientation || bpd >= 0)
        whole_container(b, fo, bpd);
    else
        open_container(b, fo);
    flow_block_end(b, fo);
}
