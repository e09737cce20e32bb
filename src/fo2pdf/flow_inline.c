/* Paragraphs in a flow, and the blocks that stand inside of inlines: there the paragraph ends, and
 * each such block lies in areas of the inlines around it, which have the width of the line (4.7.2,
 * 6.6.7: a line area holds inline areas, or a single block area). */
#include "again.h"

#include <string.h>

#include "parse.h"
#include "places.h"

/* The next paragraph is the one in which the flow is taken up. */
static int is_resumed(const struct flow_builder *b)
{
    return b->resume.top && b->top == b->resume.top && b->ordinal == b->resume.ordinal;
}

void flow_flush_para(struct flow_builder *b)
{
    struct para *p = b->para;
    const struct fo_node *block = b->para_block;
    struct flow_node *node;
    int i, orphans, widows, hyphens_stay, note = 0;

    b->para = NULL;
    if (!p)
        return;
    para_suspend(p);
    if (is_resumed(b)) {
        p->resume = b->resume.at;
        p->enough = b->enough;
    }
    para_set(p, b->para_first);
    if (b->gives_up)
        b->s->arena = b->s->lasting;
    for (i = 0; i < p->notes_n && !p->lines_n; i++)
        flow_note(b, b->list->items_n, p->notes[i].node);
    if (!p->lines_n && !p->anchors_n)
        return;
    b->list->is_cut |= p->is_cut;
    b->para_first = 0;
    node = flow_open(b, FLOW_LINES, block);
    node->para = p;
    node->width = p->width;
    node->may_overflow = p->may_overflow;
    orphans = block->style->flow->orphans;
    widows = block->style->flow->widows;
    hyphens_stay = block->style->text->hyphenation_keep != FO_KW_AUTO;
    for (i = 0; i < p->lines_n; i++) {
        if (i > 0 && (i < orphans || (p->lines_n - i < widows && !p->is_cut) ||
                      (p->lines[i - 1].hyphen && hyphens_stay)))
            b->never = 1;
        flow_item(b, p->lines[i].height, block);
        while (note < p->notes_n && (p->notes[note].at < p->lines[i].next ||
                                     (i + 1 == p->lines_n && !p->is_cut)))
            flow_note(b, b->list->items_n - 1, p->notes[note++].node);
    }
    if (b->gives_up)
        node->para = NULL;
    flow_close(b);
}

int flow_is_blank(const struct fo_node *node)
{
    const struct fo_node *c;
    size_t i;

    if (node->kind == FO_MARKER)
        return 1;
    if (node->kind != FO_TEXT && node->kind != FO_WRAPPER)
        return 0;
    for (i = 0; node->kind == FO_TEXT && i < fo_text_len(node); i++)
        if (!strchr(" \t\r\n", fo_text(node)[i]))
            return 0;
    for (c = node->first; c; c = c->next)
        if (!flow_is_blank(c))
            return 0;
    return 1;
}

/* Nothing stands in INLINE before NODE, which is below it; or after it. */
static int is_at_start(const struct fo_node *in, const struct fo_node *node)
{
    const struct fo_node *c;

    for (; node != in; node = node->parent)
        for (c = node->parent->first; c != node; c = c->next)
            if (!flow_is_blank(c))
                return 0;
    return 1;
}

static int is_at_end(const struct fo_node *in, const struct fo_node *node)
{
    const struct fo_node *c;

    for (; node != in; node = node->parent)
        for (c = node->next; c; c = c->next)
            if (!flow_is_blank(c))
                return 0;
    return 1;
}

/* The area of the inline IN around a block in it: its borders before and after are whole, those at
 * its start and end only where it starts and ends, or when they are to be retained. */
static void open_around(struct flow_builder *b, const struct fo_node *in,
                        const struct fo_node *block, mpt x, mpt width)
{
    struct flow_level *level;
    struct flow_node *node = flow_open(b, FLOW_BLOCK, in);
    const struct area_box *box = para_part_box(b->s, in, setting_box(b->s, in, b->width),
                                               is_at_start(in, block), is_at_end(in, block));

    b->inset[0] += setting_edges(box, AREA_LEFT);
    b->inset[1] += setting_edges(box, AREA_RIGHT);
    node->x = x + b->inset[0];
    node->width = width - b->inset[0] - b->inset[1];
    if (node->width < 0)
        node->width = 0;
    flow_edges(b, node, box);
    level = &b->levels[b->depth - 1];
    if (!node->retain_before)
        level->start_edges += setting_edges(box, AREA_TOP);
    if (!node->retain_after)
        level->end_edges += setting_edges(box, AREA_BOTTOM);
    node->retain_before = node->retain_after = 1;
}

/* IN and what lies around it, as far as OUTER, from the outermost. */
static void open_all(struct flow_builder *b, const struct fo_node *outer, const struct fo_node *in,
                     const struct fo_node *block, mpt x, mpt width)
{
    if (in == outer)
        return;
    open_all(b, outer, in->parent, block, x, width);
    if (in->kind != FO_WRAPPER && in->kind != FO_RETRIEVE_MARKER)
        open_around(b, in, block, x, width);
}

static void enter_all(struct para *p, const struct fo_node *outer, const struct fo_node *in,
                      const struct fo_node *next)
{
    if (in == outer)
        return;
    enter_all(p, outer, in->parent, next);
    para_enter(p, in, !is_at_start(in, next));
}

static void block_in_inline(struct flow_builder *b, const struct fo_node *outer,
                            const struct fo_node *block, mpt width)
{
    mpt left = b->inset[0], right = b->inset[1], x, ignored;
    int depth = b->depth;

    flow_frame(b, outer, &x, &ignored);
    open_all(b, outer, block->parent, block, x - left, width + left + right);
    flow_children(b, block);
    while (b->depth > depth) {
        flow_edge_after(b, b->levels[b->depth - 1].node);
        flow_close(b);
    }
    b->inset[0] = left;
    b->inset[1] = right;
}

/* The first child of BLOCK that is set: when the flow is taken up further on in it, the one where that
 * is. An item without length then stands for what is before. */
static const struct fo_node *way(struct flow_builder *b, const struct fo_node *block)
{
    const struct fo_node *c = b->resume.top;

    while (c && c->parent != block)
        c = c->parent;
    if (!c || c == block->first)
        return block->first;
    flow_item(b, 0, block);
    return c;
}

void flow_inlines(struct flow_builder *b, const struct fo_node *block, const struct fo_node *node,
                  mpt width)
{
    const struct fo_node *c = node->first;

    if (node == block && b->resume.top && !b->passed)
        c = way(b, block);
    if (node == block && !b->para && is_resumed(b) && b->resume.para &&
        b->resume.para->block == block && again_is_paragraph(block)) {
        b->para = para_resumed(b->resume.para, width);
        b->para_block = block;
        c = b->para ? NULL : c;
    }
    for (; c && !b->list->is_cut; c = c->next) {
        if (c->kind == FO_RETRIEVE_MARKER)
            places_retrieve(b->s, (struct fo_node *)c);
        if (fo_is_block_level(c->kind)) {
            flow_flush_para(b);
            block_in_inline(b, block, c, width);
            continue;
        }
        if (!b->para) {
            b->para = para_new(b->s, block, width);
            b->para->may_overflow = b->may_overflow;
            b->para_block = block;
            enter_all(b->para, block, node, c);
        }
        if (c->kind != FO_TEXT && fo_has_block(c)) {
            para_enter(b->para, c, 0);
            flow_inlines(b, block, c, width);
            if (b->para)
                para_leave(b->para);
        } else {
            para_add(b->para, c);
        }
    }
}
