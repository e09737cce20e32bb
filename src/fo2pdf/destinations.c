#include "destinations.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    const struct area_destination *x = a, *y = b;

    return strcmp(x->id, y->id);
}

void destinations_sort(struct area_document *areas)
{
    if (areas->destinations_n > 1)
        qsort(areas->destinations, areas->destinations_n, sizeof *areas->destinations, by_id);
}

const struct area_destination *destinations_find(const struct area_document *areas, const char *id)
{
    struct area_destination wanted = { .id = id };

    if (!areas->destinations_n)
        return NULL;
    return bsearch(&wanted, areas->destinations, areas->destinations_n,
                   sizeof *areas->destinations, by_id);
}
