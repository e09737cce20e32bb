/* Footnotes: bodies as pieces, and their area at the foot of a page's body. */
#include "notes.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "masters.h"

void notes_init(struct notes *n, struct setting *s, const struct fo_node *sequence)
{
    const struct fo_node *c;

    memset(n, 0, sizeof *n);
    n->s = s;
    for (c = sequence->first; c; c = c->next)
        if (c->kind == FO_STATIC_CONTENT && c->style->page->flow_name &&
            !strcmp(c->style->page->flow_name, "xsl-footnote-separator"))
            n->separator = c;
}

void notes_release(struct notes *n)
{
    free(n->pieces);
}

static struct flow_list *separator(const struct notes *n, mpt width)
{
    return flow_build(n->s, n->separator, width, 0);
}

static void add_body(struct notes *n, const struct fo_node *body, mpt width, int may_overflow)
{
    struct flow_list *list = flow_build(n->s, body, width, may_overflow);
    long y = n->n ? n->pieces[n->n - 1].bottom + n->pieces[n->n - 1].tail : 0;
    int i;

    for (i = 0; i < list->items_n; i++) {
        const struct flow_item *item = &list->items[i];
        struct notes_piece *p;

        ALLOC_GROW(n->pieces, n->n, n->cap);
        p = &n->pieces[n->n++];
        p->list = list;
        p->body = body;
        p->item = i;
        p->head = i ? item[-1].start_space + item[-1].start_edges : list->lead;
        p->tail = i + 1 < list->items_n ? item->end_space + item->end_edges : list->trail;
        p->legal = i + 1 == list->items_n || item->penalty < FLOW_NEVER || item->force;
        p->top = y += i ? item[-1].gap : list->lead;
        p->bottom = y += item->length;
    }
}

int *notes_read(struct notes *n, const struct flow_list *list, int from, mpt width,
                int may_overflow, int place)
{
    mpt around = n->s->height;
    int *cited, item = 0, i;

    n->n = place < n->n ? place : n->n;
    if (!list->notes_n && !n->n)
        return NULL;
    cited = xcalloc((size_t)list->items_n + 1, sizeof *cited);
    if (n->separator && !n->separator_height) {
        struct flow_list *line = separator(n, width);

        n->separator_height = (mpt)flow_height(line, 0, line->items_n);
    }
    n->s->height = -1;
    for (i = 0; i < list->notes_n; i++) {
        for (; item <= list->notes[i].item; item++)
            cited[item] = n->n;
        if (list->notes[i].item >= from)
            add_body(n, list->notes[i].body, width, may_overflow);
    }
    for (; item <= list->items_n; item++)
        cited[item] = n->n;
    n->s->height = around;
    return cited;
}

long notes_height(const struct notes *n, int a, int b)
{
    const struct notes_piece *p = n->pieces;

    if (a >= b)
        return 0;
    return n->separator_height + p[a].head + p[b - 1].bottom - p[a].top + p[b - 1].tail;
}

int notes_fit(const struct notes *n, int a, int b, long room)
{
    int at, best = a;

    for (at = a + 1; at <= b; at++) {
        if (n->separator_height + n->pieces[a].head + n->pieces[at - 1].bottom - n->pieces[a].top >
            room + 20)
            break;
        if (n->pieces[at - 1].legal && notes_height(n, a, at) <= room + 20)
            best = at;
    }
    return best;
}

struct area *notes_area(const struct notes *n, int a, int b, struct area *region, mpt width,
                        mpt height, const struct flow_target *target)
{
    struct area *area = setting_area(n->s, AREA_BLOCK, NULL, region);
    struct flow_target inner = *target;
    mpt y = 0, high;

    area->flags |= AREA_NOTES;
    area->width = width;
    area->height = (mpt)notes_height(n, a, b);
    area->y = height - area->height;
    inner.reference = area;
    inner.stretch = 0;
    if (n->separator) {
        struct flow_target furniture = inner;
        struct flow_list *line = separator(n, width);

        furniture.flags |= AREA_ARTIFACT;
        flow_emit(line, 0, line->items_n, area, line->lead, &furniture);
        y = n->separator_height;
    }
    while (a < b) {
        const struct notes_piece *p = &n->pieces[a];
        int k = 1;

        while (a + k < b && n->pieces[a + k].list == p->list)
            k++;
        high = (mpt)flow_height(p->list, p->item, p->item + k);
        if (p->body->facts->id || (p->body->first && p->body->first->kind == FO_MARKER)) {
            /* It is found by an area of its own. */
            struct area *own = setting_area(n->s, AREA_BLOCK, p->body, area);

            own->y = y;
            own->width = width;
            own->height = high;
            flow_emit(p->list, p->item, p->item + k, own, p->item ? 0 : p->list->lead, &inner);
        } else {
            flow_emit(p->list, p->item, p->item + k, area, y + (p->item ? 0 : p->list->lead),
                      &inner);
        }
        y += high;
        a += k;
    }
    return area;
}
