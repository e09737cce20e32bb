#include "amend.h"

#include "again.h"
#include "alloc.h"

/* A line with a guess, and where it was set. */
struct setting_guess {
    struct para *para;
    int line;
    struct area *area;
    mpt x, y;          /* as para_line_area had them */
    mpt area_x;        /* of the area then: it may have been moved since */
};

void amend_note(struct para *p, int i, struct area *area, mpt x, mpt y)
{
    struct setting *s = p->s;

    if (s->guesses_n == s->guesses_cap) {
        size_t cap = s->guesses_cap ? s->guesses_cap * 2 : 16, k;
        struct setting_guess *more = arena_alloc(s->lasting, cap * sizeof *more);

        for (k = 0; k < s->guesses_n; k++)
            more[k] = s->guesses[k];
        s->guesses = more;
        s->guesses_cap = cap;
    }
    s->guesses[s->guesses_n++] = (struct setting_guess){ p, i, area, x, y, area->x };
}

/* Whether P is all that its block holds, on any page, and nothing in it is looked for by its id. */
static int is_whole(const struct para *p)
{
    int i;

    if (p->resume || p->of_page || !again_is_paragraph(p->block))
        return 0;
    for (i = 0; i < p->spans_n; i++)
        if (p->spans[i].node->facts->id)
            return 0;
    for (i = 0; i < p->inlines_n; i++)
        if (p->inlines[i].node->facts->id)
            return 0;
    return 1;
}

/* P with the labels of now; NULL when its lines are others. */
static struct para *set_anew(const struct para *p)
{
    struct para *q = para_whole(p->s, p->block, p->width);
    int i;

    q->may_overflow = p->may_overflow;
    q->reference.x = p->reference.x;
    q->reference.width = p->reference.width;
    q->reference.from_start = p->reference.from_start;
    para_set(q, 1);
    if (q->lines_n != p->lines_n || q->anchors_n != p->anchors_n)
        return NULL;
    for (i = 0; i < p->lines_n; i++) {
        const struct para_line *was = &p->lines[i], *is = &q->lines[i];

        if (is->height != was->height || is->leading != was->leading || is->ascent != was->ascent)
            return NULL;
    }
    return q;
}

int amend_pages(struct setting *s)
{
    struct para *was = NULL, *is = NULL;
    size_t i, paras = 0, guessing = s->guessing; /* setting anew guesses too */

    for (i = 0; i < s->guesses_n; i++) {
        struct setting_guess *g = &s->guesses[i];
        struct area *next = g->area->next, *line;
        unsigned flags = g->area->flags;
        mpt x, y = g->area->y;

        if (g->para != was) {
            was = g->para;
            paras++;
            is = is_whole(was) ? set_anew(was) : NULL;
            if (!is)
                return -1;
        }
        line = para_line_area(is, g->line, NULL, g->x, g->y);
        x = line->x + (g->area->x - g->area_x);
        *g->area = *line;
        g->area->next = next;
        g->area->flags |= flags;
        g->area->x = x;
        g->area->y = y;
    }
    /* One that was measured only, or set on no page or twice: what hung on it is not known. */
    return paras == guessing ? 0 : -1;
}
