#include "made.h"

#include "again.h"
#include "alloc.h"
#include "regions.h"

struct arena *made_enter(struct setting *s, struct made *m)
{
    struct arena *before = s->arena;

    if (m->is_lazy)
        s->arena = &m->arena;
    return before;
}

void made_leave(struct setting *s, struct arena *before)
{
    s->arena = before;
}

struct area *made_body(struct setting *s, struct made *m)
{
    return m->body ? regions_area(s, m->page, &m->geometry.body, m->body, 0) : NULL;
}

struct area *made_draw(struct setting *s, const struct made *m, struct area *body,
                       const struct made_piece *piece)
{
    struct area *parent = body;
    struct flow_target target;

    regions_target(&target, body, m->page, &m->geometry.body);
    target.stretch = piece->stretch;
    if (piece->is_column) {
        parent = setting_area(s, AREA_BLOCK, NULL, body);
        parent->x = piece->x;
        parent->y = piece->top;
        parent->width = piece->width;
        parent->height = piece->height;
        target.reference = parent;
    }
    s->is_even = m->page->number % 2 == 0;
    if (piece->to > piece->from || !piece->list->items_n)
        flow_emit(piece->list, piece->from, piece->to, parent, piece->y, &target);
    return parent;
}

void made_keep(struct setting *s, struct made *m, const struct made_piece *piece)
{
    struct made_piece *copy;

    if (!m->is_lazy)
        return;
    copy = arena_alloc(s->lasting, sizeof *copy);
    *copy = *piece;
    if (m->last)
        m->last->next = copy;
    else
        m->first = copy;
    m->last = copy;
}

void made_drop(struct setting *s, struct made *m)
{
    if (!m->is_lazy)
        return;
    again_sleep(s);
    if (m->has_notes)
        return;
    arena_release(&m->arena);
    m->page->first = m->page->last = NULL;
}
