#include "breaker.h"

#include <stdlib.h>

#include "alloc.h"
#include "notes.h"

/* Costs. A page costs as a line does with Knuth and Plass, from 1 to 10,201 as its spaces go from
 * their optimum to their least or most; room that is left over costs more than ten such pages. So a
 * page is not crammed where the next one ends as well, but rather crammed than left short. */
#define COST_SPACE 100         /* badness of a page whose spaces are at their least or most */
#define COST_SHORT 1e5         /* of a page that is not the last and not full */
#define COST_FILL 1000         /* ... and the more the emptier it is */
#define COST_NOTE 20           /* of a footnote that goes on on the next page */
#define COST_KEEP 1e9          /* of a keep of strength 1 that is broken */
#define COST_NEVER 1e16
#define COST_OVERFLOW 1e18
#define COST_EQUAL 0.01        /* a difference that is none: the earlier pages hold more */
#define EMPTY_MAX 3            /* parts that stay empty for the sake of a higher one */

struct best {
    double cost;               /* -1: cannot be reached */
    int prev, parts;
    int empty;                 /* parts without content before the last one */
    int noted;                 /* place: footnotes that are set by then */
};

struct search {
    const struct breaker *b;
    const struct flow_list *list;
    int from, to;
    long *sum, *least, *most;  /* by item: natural, least and greatest height from FROM to its top */
    struct best *best;         /* by item: parting before it */
    int desperate;             /* anything goes */
    long tallest;
};

static long part_height(const struct search *s, const long *sum, int a, int b)
{
    const struct flow_item *items = s->list->items;
    long h = sum[b - 1 - s->from] + items[b - 1].length - sum[a - s->from];

    h += flow_excess(s->list, a, b);
    h += a == 0 ? s->list->lead : items[a - 1].start_space + items[a - 1].start_edges;
    return h + (b == s->list->items_n ? s->list->trail
                : items[b - 1].end_space + items[b - 1].end_edges);
}

static int may_part(const struct search *s, int b)
{
    return b == s->to || s->list->items[b - 1].penalty < FLOW_NEVER;
}

/* Footnotes beside content of HEIGHT, items A to B, in ROOM: they get all of *ROOM that they need, or
 * as much as is left when they may go on on the next page: when the last piece of the content cites
 * one, or it is the least that could follow notes which did so already. Sets *NOTED; -1: no room. */
static double notes_cost(const struct search *s, int a, int b, mpt *room, long height, int *noted)
{
    const struct breaker *br = s->b;
    int old = s->best[a - s->from].noted, all = br->cited[b], last = b - 1, fits;
    int first = a == s->from ? br->page_notes : old;
    long need = notes_height(br->notes, first, all), left = *room - height;

    *noted = all > old ? all : old;
    if (first >= all)
        return 0;
    if (need <= left + 20) {
        *room -= (mpt)need;
        return 0;
    }
    while (last > a && !may_part(s, last))
        last--;
    fits = notes_fit(br->notes, first, all, left);
    if (fits < old)
        fits = old;
    *noted = fits;
    *room -= (mpt)notes_height(br->notes, first, fits);
    if (s->desperate)
        return COST_NOTE;
    if (fits == old || (br->cited[last] == all && (old >= br->cited[a] || last > a)))
        return -1;
    return COST_NOTE * (2 - br->notes->pieces[fits - 1].legal);
}

/* The cost of spaces that are OFF their optimum where ALL can be had. */
static double space_cost(long off, long all)
{
    double r = off < all ? (double)off / all : 1, cost = 1 + COST_SPACE * r * r * r;

    return cost * cost;
}

/* The cost of a part with items A to B, EMPTY parts after those before A; -1: they do not fit. */
static double part_cost(const struct search *s, int a, int b, int empty, int *noted)
{
    const struct flow_item *last = &s->list->items[b - 1];
    long natural = part_height(s, s->sum, a, b), least = part_height(s, s->least, a, b);
    mpt room = s->b->height(s->b->arg, s->best[a - s->from].parts + empty);
    double cost = empty * (COST_SHORT + COST_FILL);

    *noted = s->best[a - s->from].noted;
    if (room >= 0 && least <= room + 20 && s->b->notes) {
        double more = notes_cost(s, a, b, &room, least, noted);

        if (more < 0)
            return -1;
        cost += more;
        if (b == s->to && *noted < s->b->cited[b])
            cost += COST_SHORT;
    }
    if (room < 0) {
        if (!s->desperate)
            return -1;
        room = 0;
        cost += COST_OVERFLOW;
    } else if (least > room + 20) {
        if (!s->desperate || b - a > 1)
            return -1;
        cost += COST_OVERFLOW;
    }
    if (natural > room + 20) {
        cost += space_cost(natural - room, natural - least);
    } else if (b < s->to && natural < room) {
        long most = part_height(s, s->most, a, b);

        cost += most < room - 20 ? COST_SHORT + COST_FILL * (double)(room - most) / room
                                 : space_cost(room - natural, most - natural);
    } else {
        cost += 1;
    }
    if (b < s->to) {
        if (last->penalty == FLOW_NEVER)
            cost += COST_NEVER;
        else
            cost += COST_KEEP * last->penalty;
    }
    return cost;
}

static void search(struct search *s)
{
    int a, b;

    s->best[0].noted = s->b->noted;
    for (b = s->from + 1; b <= s->to; b++) {
        struct best *best = &s->best[b - s->from];

        best->cost = -1;
        if (!may_part(s, b) && !s->desperate)
            continue;
        for (a = b - 1; a >= s->from; a--) {
            const struct best *before = &s->best[a - s->from];
            double cost;
            int noted, empty = 0;

            if (before->cost < 0)
                continue;
            cost = part_cost(s, a, b, 0, &noted);
            if (cost < 0) {
                if (part_height(s, s->least, a, b) > s->tallest + 20)
                    break;
                /* What cannot be parted waits for a page that is high enough. */
                while (cost < 0 && !s->b->notes && empty < EMPTY_MAX)
                    cost = part_cost(s, a, b, ++empty, &noted);
                if (cost < 0)
                    continue;
            }
            cost += before->cost;
            if (best->cost < 0 || cost < best->cost - COST_EQUAL) {
                best->cost = cost;
                best->prev = a;
                best->parts = before->parts + 1 + empty;
                best->empty = empty;
                best->noted = noted;
            }
        }
    }
}

/* Spaces are shrunk where they must be; they are stretched to fill a part that others follow. */
static void fill(const struct search *s, struct breaker_part *p)
{
    long room = p->height, least = part_height(s, s->least, p->from, p->to), most = 0;
    int i, first = p->from == s->from ? s->b->page_notes : s->best[p->from - s->from].noted;

    if (s->b->notes)
        room -= notes_height(s->b->notes, first, p->noted);
    p->needed = p->filled = part_height(s, s->sum, p->from, p->to);
    if (p->needed > room && p->needed > least) {
        p->stretch = p->needed - room < p->needed - least
            ? -(double)(p->needed - room) / (p->needed - least) : -1;
        p->filled = p->stretch > -1 ? room : least;
    } else if (p->needed < room && p->to < s->to) {
        for (i = p->from; i + 1 < p->to; i++)
            most += s->list->items[i].gap_max - s->list->items[i].gap;
        if (most > 0)
            p->stretch = room - p->needed < most ? (double)(room - p->needed) / most : 1;
        p->filled += p->stretch < 1 ? (long)(p->stretch * most) : most;
    }
}

int breaker_run(const struct breaker *b, struct breaker_part **parts)
{
    struct search s = { b, b->list, b->from, b->to, NULL, NULL, NULL, NULL, 0, 0 };
    int i, k, n, at, from = b->from, to = b->to;

    *parts = NULL;
    if (to <= from)
        return 0;
    s.tallest = b->height(b->arg, -1);
    s.sum = xcalloc((size_t)(to - from) + 1, sizeof *s.sum);
    s.least = xcalloc((size_t)(to - from) + 1, sizeof *s.least);
    s.most = xcalloc((size_t)(to - from) + 1, sizeof *s.most);
    s.best = xcalloc((size_t)(to - from) + 1, sizeof *s.best);
    for (i = from; i < to; i++) {
        const struct flow_item *item = &b->list->items[i];

        s.sum[i - from + 1] = s.sum[i - from] + item->length + item->gap;
        s.least[i - from + 1] = s.least[i - from] + item->length + item->gap_min;
        s.most[i - from + 1] = s.most[i - from] + item->length + item->gap_max;
    }
    search(&s);
    if (s.best[to - from].cost < 0) {
        s.desperate = 1;
        search(&s);
    }
    n = s.best[to - from].parts;
    *parts = xcalloc((size_t)n + 1, sizeof **parts);
    for (at = to, i = n - 1; i >= 0; i--) {
        struct breaker_part *p = &(*parts)[i];

        p->from = s.best[at - from].prev;
        p->to = at;
        p->height = b->height(b->arg, i);
        p->noted = s.best[at - from].noted;
        fill(&s, p);
        for (k = s.best[at - from].empty; k > 0; k--) {
            p = &(*parts)[--i];
            p->from = p->to = s.best[at - from].prev;
            p->height = b->height(b->arg, i);
            p->noted = s.best[p->from - from].noted;
        }
        at = p->from;
    }
    free(s.sum);
    free(s.least);
    free(s.most);
    free(s.best);
    return n;
}
