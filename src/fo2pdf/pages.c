/* The document's pages: page-sequences one after the other, then static content. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "fo_messages.h"
#include "regions.h"
#include "sequence.h"

static const struct fo_node *static_for(const struct fo_node *sequence,
                                        const struct fo_node *region)
{
    const struct fo_node *n;

    for (n = sequence->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->page->flow_name &&
            !strcmp(n->style->page->flow_name, masters_region_name(region)))
            return n;
    return NULL;
}

static void set_static(struct pages *p, const struct made *m, const struct masters_region *r,
                       int first)
{
    struct setting *s = p->s;
    const struct fo_node *content;
    struct flow_list *list;
    struct flow_target target;
    struct area *area;
    long height;
    mpt room;

    if (!r->fo)
        return;
    content = static_for(m->sequence, r->fo);
    if (!content && !setting_box(s, r->fo, r->width))
        return;
    area = regions_area(s, m->page, r, content ? content : r->fo, first);
    area->flags |= AREA_ARTIFACT;
    if (!content)
        return;
    s->height = regions_height(r);
    s->is_even = m->page->number % 2 == 0;
    list = flow_build(s, content, regions_width(r), regions_overflow(r->fo));
    height = flow_height(list, 0, list->items_n);
    room = regions_height(r);
    if (height > room + 20 && !regions_overflow(r->fo))
        fo_complain(s->d, s->fo, content, s->options->lenient, FO_TOO_HIGH, height / 1000.,
                    (height - room) / 1000.);
    regions_target(&target, area, m->page, r);
    target.flags = AREA_ARTIFACT;
    flow_emit(list, 0, list->items_n, area, list->lead + flow_align(r->fo, room - (mpt)height),
              &target);
}

/* Static content of the page with INDEX; all flows are set. */
static void furnish(struct pages *p, int index)
{
    struct made *m = &p->made[index];
    struct setting *s = p->s;
    struct arena *before = made_enter(s, m);

    s->page = m->page;
    s->page_index = index;
    s->tallest = 0;
    set_static(p, m, &m->geometry.start, 1);
    set_static(p, m, &m->geometry.before, 1);
    set_static(p, m, &m->geometry.end, 0);
    set_static(p, m, &m->geometry.after, 0);
    s->page = NULL;
    made_leave(s, before);
}

void pages_fill(struct pages *p, int index)
{
    struct made *m = &p->made[index];
    struct diag *mute = p->s->d;
    const struct made_piece *piece;
    struct arena *before;
    struct area *body;

    if (!m->is_lazy || m->page->first)
        return;
    before = made_enter(p->s, m);
    if (m->is_new)
        p->s->d = p->d;
    m->is_new = 0;
    p->s->tallest = m->tallest;
    body = made_body(p->s, m);
    for (piece = m->first; piece; piece = piece->next)
        made_draw(p->s, m, body, piece);
    made_leave(p->s, before);
    p->s->d = mute;
    furnish(p, index);
}

void pages_drop(struct pages *p, int index)
{
    made_drop(p->s, &p->made[index]);
}

void pages_check(struct pages *p)
{
    int i;

    for (i = 0; i < p->made_n; i++)
        if (p->made[i].is_new) {
            pages_fill(p, i);
            pages_drop(p, i);
        }
}

void pages_release(struct pages *p)
{
    int i;

    for (i = 0; i < p->made_n; i++)
        arena_release(&p->made[i].arena);
    free(p->made);
}

void pages_set(struct pages *p, struct setting *s, struct area_document *areas)
{
    const struct fo_node *n;
    int i, sequences = 0;

    p->s = s;
    p->areas = areas;
    p->next_number = 1;
    for (n = s->fo->root->first; n; n = n->next)
        if (n->kind == FO_LAYOUT_MASTER_SET)
            masters_check(s, n);
    if (!diag_failed(s->d))
        for (n = s->fo->root->first; n; n = n->next)
            if (n->kind == FO_PAGE_SEQUENCE) {
                sequence_set(p, n);
                sequences++;
            }
    if (!sequences && !diag_failed(s->d))
        fo_report(s->d, s->fo, s->fo->root, FO_MISSING_CHILD, "root", "fo:page-sequence");
    s->final = 1;
    for (i = 0; i < p->made_n; i++) {
        furnish(p, i);
        pages_drop(p, i);
    }
}
