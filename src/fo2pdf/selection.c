#include "selection.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "destinations.h"
#include "messages.h"

/* Reads a page number at *AT. Returns it, or 0 when there is none. */
static int read_number(const char **at)
{
    long n = 0;

    for (; **at >= '0' && **at <= '9' && n < 100000000; ++*at)
        n = n * 10 + **at - '0';
    return (int)n;
}

/* Sets KEPT, by page, to what LIST names. */
static int read_list(const char *list, int pages_n, char *kept, struct diag *d)
{
    const char *at = list;

    do {
        int from = read_number(&at), to = from;

        if (*at == '-') {
            at++;
            to = read_number(&at);
        }
        if (!from || to < from || (*at && *at != ','))
            return diag(d, FO_PAGES_OPTION, list);
        if (to > pages_n)
            return diag(d, FO_NO_PAGE, to, pages_n);
        memset(kept + from - 1, 1, (size_t)(to - from) + 1);
    } while (*at++ == ',');
    return 0;
}

int selection_keep(struct area_document *areas, const char *list, struct diag *d)
{
    char *kept = xcalloc((size_t)areas->pages_n + 1, 1);
    int *index = xcalloc((size_t)areas->pages_n + 1, sizeof *index);
    struct area_page *page = areas->first;
    int bad = read_list(list, areas->pages_n, kept, d), i, n = 0;

    if (!bad) {
        areas->first = areas->last = NULL;
        for (i = 0; page; i++, page = page->next) {
            index[i] = kept[i] ? n++ : -1;
            if (!kept[i])
                continue;
            if (areas->last)
                areas->last->next = page;
            else
                areas->first = page;
            areas->last = page;
        }
        areas->last->next = NULL;
        areas->pages_n = n;
        for (size_t k = 0; k < areas->destinations_n; k++)
            areas->destinations[k].page_index = index[areas->destinations[k].page_index];
    }
    free(index);
    free(kept);
    return bad;
}

int selection_lacks(const struct area_document *areas, const char *id)
{
    const struct area_destination *to = destinations_find(areas, id);

    return to && to->page_index < 0;
}
