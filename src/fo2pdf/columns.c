/* Columns of equal height: first the break next to each fraction of the whole, then lines moved
 * back until no column is higher than one before it. */
#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* A column may be this much higher than the next: without it ends are ragged for nothing. */
#define RELAX 4000

struct balance {
    const struct flow_list *list;
    int from, to, columns;
    long *y;                   /* by item from FROM on: of its top */
    int *at;                   /* by column: its first item; one more: TO */
};

static int legal(const struct balance *b, int i)
{
    return i == b->to || b->list->items[i - 1].penalty < FLOW_NEVER;
}

/* As flow_height(). */
static long height(const struct balance *b, int from, int to)
{
    const struct flow_item *items = b->list->items;
    long h;

    if (from >= to)
        return 0;
    h = b->y[to - 1 - b->from] + items[to - 1].length - b->y[from - b->from] +
        flow_excess(b->list, from, to);
    h += from ? items[from - 1].start_space + items[from - 1].start_edges : b->list->lead;
    return h + (to == b->list->items_n ? b->list->trail
                : items[to - 1].end_space + items[to - 1].end_edges);
}

/* Breaks nearest to multiples of AVERAGE. */
static void divide(const struct balance *b, long average)
{
    int i, before = b->from, column = 1;
    long total = 0, last = 0;

    for (i = b->from + 1; i <= b->to && column < b->columns; i++) {
        long end;

        if (!legal(b, i))
            continue;
        end = total + height(b, b->at[column - 1], i);
        if (end > average * column) {
            long ideal = average * column;

            b->at[column] = end - ideal > ideal - last && before > b->at[column - 1] ? before : i;
            total += height(b, b->at[column - 1], b->at[column]);
            last = total;
            before = i = b->at[column++];
        } else {
            last = end;
            before = i;
        }
    }
    for (; column <= b->columns; column++)
        b->at[column] = b->to;
}

/* Moves what can be parted off a column's start to the one before it, as long as that one is the
 * lower of the two and does not come out higher than the other was. True when anything moved. */
static int level(const struct balance *b)
{
    int k, moved = 0;

    for (k = b->columns - 1; k > 0; k--) {
        long own = height(b, b->at[k], b->at[k + 1]);
        int i = b->at[k] + 1;

        if (height(b, b->at[k - 1], b->at[k]) >= own)
            continue;
        while (i < b->at[k + 1] && !legal(b, i))
            i++;
        if (i < b->at[k + 1] && height(b, b->at[k - 1], i) <= own + RELAX) {
            b->at[k] = i;
            moved = 1;
        }
    }
    return moved;
}

static int parts_of(const struct balance *b, mpt room, struct breaker_part **parts)
{
    int n = 0, k;

    *parts = xcalloc((size_t)b->columns, sizeof **parts);
    for (k = 0; k < b->columns; k++) {
        struct breaker_part *p = &(*parts)[n];

        if (b->at[k] == b->at[k + 1])
            continue;
        p->from = b->at[k];
        p->to = b->at[k + 1];
        p->height = room;
        p->needed = p->filled = flow_height(b->list, p->from, p->to);
        if (p->needed > room + 20)
            break;
        n++;
    }
    if (k == b->columns)
        return n;
    free(*parts);
    *parts = NULL;
    return 0;
}

int columns_balance(const struct breaker *task, int columns, mpt room, struct breaker_part **parts)
{
    struct balance b = { task->list, task->from, task->to, columns, NULL, NULL };
    int i, n, rounds;
    long average, before = -1;

    *parts = NULL;
    if (b.from >= b.to || columns < 1)
        return 0;
    b.y = xcalloc((size_t)(b.to - b.from) + 1, sizeof *b.y);
    b.at = xcalloc((size_t)columns + 1, sizeof *b.at);
    for (i = b.from; i < b.to; i++)
        b.y[i + 1 - b.from] = b.y[i - b.from] + b.list->items[i].length + b.list->items[i].gap;
    for (i = 0; i < columns; i++)
        b.at[i] = b.from;
    b.at[columns] = b.to;
    average = height(&b, b.from, b.to) / columns;
    for (rounds = 0; average != before && rounds < 8; rounds++) {
        long sum = 0;

        before = average;
        divide(&b, average);
        for (i = 0; i < columns; i++)
            sum += height(&b, b.at[i], b.at[i + 1]);
        average = sum / columns;
    }
    for (rounds = b.to - b.from; rounds > 0 && level(&b); rounds--)
        ;
    n = parts_of(&b, room, parts);
    free(b.y);
    free(b.at);
    return n;
}
