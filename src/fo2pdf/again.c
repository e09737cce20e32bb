#include "again.h"

#include "parse.h"
#include "rows.h"

int again_is_constant(const struct fo_node *fo)
{
    const struct fo_node *c;

    switch (fo->kind) {
    case FO_TEXT:
        return 1;
    case FO_PAGE_NUMBER: case FO_PAGE_NUMBER_CITATION: case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_RETRIEVE_MARKER:
        return 0;
    default:
        break;
    }
    for (c = fo->first; c; c = c->next)
        if (!again_is_constant(c))
            return 0;
    return 1;
}

int again_is_paragraph(const struct fo_node *fo)
{
    const struct fo_node *c;

    for (c = fo->first; c; c = c->next)
        if (fo_has_block(c))
            return 0;
    return fo->kind == FO_BLOCK;
}

void again_begin(struct setting *s, struct again *a)
{
    diag_init(&a->mute, s->d->program);
    a->mute.out = NULL;
    a->d = s->d;
    s->d = &a->mute;
    a->height = s->height;
    s->height = -1; /* as in all blocks and cells */
}

void again_end(struct setting *s, struct again *a)
{
    s->d = a->d;
    s->height = a->height;
}

struct para *again_para(struct setting *s, struct flow_node *n)
{
    struct again a;

    if (n->para)
        return n->para;
    again_begin(s, &a);
    n->para = para_whole(s, n->fo, n->width);
    n->para->may_overflow = n->may_overflow;
    para_set(n->para, 1);
    again_end(s, &a);
    if (s->arena != s->lasting) {
        n->next_awake = s->awake_lines;
        s->awake_lines = n;
    }
    return n->para;
}

const struct rows *again_rows(struct setting *s, struct rows_group *g)
{
    struct again a;

    if (g->rows)
        return g->rows;
    again_begin(s, &a);
    g->rows = table_rows(s, g);
    again_end(s, &a);
    if (s->arena != s->lasting) {
        g->next_awake = s->awake_rows;
        s->awake_rows = g;
    }
    return g->rows;
}

void again_sleep(struct setting *s)
{
    for (; s->awake_rows; s->awake_rows = s->awake_rows->next_awake)
        s->awake_rows->rows = NULL;
    for (; s->awake_lines; s->awake_lines = s->awake_lines->next_awake)
        s->awake_lines->para = NULL;
}
