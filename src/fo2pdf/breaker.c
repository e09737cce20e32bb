#include "breaker.h"

#include <stdlib.h>

#include "alloc.h"

/* Costs, each class far above the sum of those below it. */
#define COST_PAGE 1e5          /* of every page */
#define COST_KEEP 1e9          /* of a keep of strength 1 that is broken */
#define COST_NEVER 1e16
#define COST_OVERFLOW 1e18
#define COST_FILL 1000         /* of an empty page that is not the last */
#define COST_EQUAL 0.01        /* a difference that is none: the earlier pages hold more */

struct best {
    double cost;               /* -1: cannot be reached */
    int prev, pages;
};

struct search {
    const struct flow_list *list;
    int from, to, first, final;
    breaker_height *height;
    void *arg;
    long *sum, *least;         /* by item: natural and least height from FROM to its top */
    struct best *best;         /* by item: parting before it */
    int desperate;             /* anything goes */
    long tallest;
};

static long part_height(const struct search *s, const long *sum, int a, int b)
{
    const struct flow_item *items = s->list->items;
    long h = sum[b - 1 - s->from] + items[b - 1].length - sum[a - s->from];

    h += flow_excess(s->list, a, b);
    h += a == 0 ? s->list->lead : a == s->from ? items[a - 1].start_space + items[a - 1].start_edges
                                : items[a - 1].start_space + items[a - 1].start_edges;
    return h + (b == s->list->items_n ? s->list->trail
                : items[b - 1].end_space + items[b - 1].end_edges);
}

/* The cost of a page with items A to B, or -1 when they do not fit. */
static double page_cost(const struct search *s, int a, int b, mpt room)
{
    const struct flow_item *last = &s->list->items[b - 1];
    long natural = part_height(s, s->sum, a, b), least = part_height(s, s->least, a, b);
    double cost = COST_PAGE, r;

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
    if (natural > room) {
        r = natural > least ? (double)(natural - room) / (natural - least) : 1;
        cost += 500 * (r < 1 ? r * r * r : 1);
    } else if (b < s->to) {
        r = room > 0 ? (double)(room - natural) / room : 0;
        cost += COST_FILL * r;
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

    for (b = s->from + 1; b <= s->to; b++) {
        struct best *best = &s->best[b - s->from];

        best->cost = -1;
        if (b < s->to && s->list->items[b - 1].penalty == FLOW_NEVER && !s->desperate)
            continue;
        for (a = b - 1; a >= s->from; a--) {
            const struct best *before = &s->best[a - s->from];
            double cost;
            int last = s->final && b == s->to;

            if (before->cost < 0)
                continue;
            cost = page_cost(s, a, b, s->height(s->arg, s->first + before->pages, last));
            if (cost < 0) {
                if (part_height(s, s->least, a, b) > s->tallest + 20)
                    break;
                continue;
            }
            cost += before->cost;
            if (best->cost < 0 || cost < best->cost - COST_EQUAL) {
                best->cost = cost;
                best->prev = a;
                best->pages = before->pages + 1;
            }
        }
    }
}

int breaker_run(const struct flow_list *list, int from, int to, int first, int final,
                breaker_height *height, void *arg, struct breaker_part **parts)
{
    struct search s = { list, from, to, first, final, height, arg, NULL, NULL, NULL, 0, 0 };
    int i, n, b;

    *parts = NULL;
    if (to <= from)
        return 0;
    s.tallest = height(arg, -1, 0);
    s.sum = xcalloc((size_t)(to - from) + 1, sizeof *s.sum);
    s.least = xcalloc((size_t)(to - from) + 1, sizeof *s.least);
    s.best = xcalloc((size_t)(to - from) + 1, sizeof *s.best);
    for (i = from; i < to; i++) {
        s.sum[i - from + 1] = s.sum[i - from] + list->items[i].length + list->items[i].gap;
        s.least[i - from + 1] = s.least[i - from] + list->items[i].length + list->items[i].gap_min;
    }
    search(&s);
    if (s.best[to - from].cost < 0) {
        s.desperate = 1;
        search(&s);
    }
    n = s.best[to - from].pages;
    *parts = xcalloc((size_t)n + 1, sizeof **parts);
    for (b = to, i = n - 1; i >= 0; i--) {
        struct breaker_part *p = &(*parts)[i];
        long least;

        p->from = s.best[b - from].prev;
        p->to = b;
        p->height = height(arg, first + i, final && b == to);
        p->needed = part_height(&s, s.sum, p->from, b);
        least = part_height(&s, s.least, p->from, b);
        if (p->needed > p->height && p->needed > least) {
            p->stretch = -(double)(p->needed - p->height) / (p->needed - least);
            if (p->stretch < -1)
                p->stretch = -1;
        }
        b = p->from;
    }
    free(s.sum);
    free(s.least);
    free(s.best);
    return n;
}
