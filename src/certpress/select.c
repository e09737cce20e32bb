#include "select.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "isodate.h"
#include "messages.h"
#include "sha256.h"

int select_open(struct selection *s, const struct print_options *options, struct diag *d)
{
    static const char *const kinds[] = { "iecee", "iecex", "csms", "xref" };
    size_t i;

    s->options = options;
    s->found = xcalloc(options->only->n + 1, 1);
    for (i = 0; options->kind && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(options->kind, kinds[i]))
            return 0;
    return options->kind ? diag(d, PRESS_NO_SUCH_KIND, options->kind) : 0;
}

void select_release(struct selection *s)
{
    free(s->found);
}

static int is_named(struct selection *s, const char *name, const char *reference)
{
    const struct args_list *only = s->options->only;
    int is_wanted = !only->n;
    size_t i;

    for (i = 0; i < only->n; i++)
        if ((name && !strcmp(only->items[i], name)) || !strcmp(only->items[i], reference))
            is_wanted = s->found[i] = 1;
    return is_wanted;
}

int select_in_shard(const struct print_options *o, const char *name)
{
    unsigned long n = 0;
    char hex[65];
    int i;

    if (!o->shards)
        return 1;
    sha256_hex(name, strlen(name), hex);
    for (i = 0; i < 8; i++)
        n = n * 16 + (unsigned long)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return (long)(n % (unsigned long)o->shards) == o->shard - 1;
}

int select_wants(struct selection *s, const char *name, const char *reference, const char *kind,
                 const char *issue_date)
{
    time_t issued;

    if (!is_named(s, name, reference))
        return 0;
    if (s->options->kind && strcmp(s->options->kind, kind))
        return 0;
    return s->options->since == ARGS_NO_DATE || isodate_parse_moment(issue_date, &issued) ||
           issued >= s->options->since;
}

void select_report_missing(const struct selection *s, struct diag *d)
{
    size_t i;

    for (i = 0; i < s->options->only->n; i++)
        if (!s->found[i])
            diag(d, PRESS_NO_RECORD, s->options->only->items[i]);
}
