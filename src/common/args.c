#include "args.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "isodate.h"
#include "common_messages.h"
#include "strbuf.h"
#include "version.h"

enum { ARGS_MAX = 48, OPT_HELP = 1000, OPT_VERSION, OPT_FIRST };

static void print_option(struct strbuf *out, const struct args_option *o)
{
    struct strbuf left = STRBUF_INIT;

    if (o->letter)
        strbuf_addf(&left, "  -%c, --%s", o->letter, o->name);
    else
        strbuf_addf(&left, "      --%s", o->name);
    if (o->value_name)
        strbuf_addf(&left, " %s", o->value_name);
    strbuf_addf(out, "%-28s  %s\n", left.buf, o->help);
    strbuf_release(&left);
}

static int print_help(const struct args_program *p, struct diag *d)
{
    static const struct args_option always[] = {
        { "help", 'h', ARGS_FLAG, NULL, NULL, "show this" },
        { "version", 'V', ARGS_FLAG, NULL, NULL, "show the version" },
    };
    struct strbuf out = STRBUF_INIT;
    const struct args_option *o;
    int failed;

    strbuf_addf(&out, "%s - %s\n\nusage: %s [options] %s\n\n", p->name, p->purpose, p->name,
                p->operands);
    for (o = p->options; o->name; o++)
        print_option(&out, o);
    print_option(&out, &always[0]);
    print_option(&out, &always[1]);
    strbuf_addf(&out, "\nexample: %s\n", p->example);
    strbuf_addf(&out, "exit status: 0 done, 1 the data are at fault, 2 the set-up is\n");
    strbuf_addf(&out, "see %s(1)\n", p->name);
    failed = fputs(out.buf, stdout) == EOF || fflush(stdout);
    strbuf_release(&out);
    return failed ? diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno)) : 0;
}

static int usage(const struct args_program *p, struct diag *d, char *what)
{
    diag(d, ENV_USAGE, what);
    if (d->out)
        fprintf(d->out, "usage: %s [options] %s\n", p->name, p->operands);
    free(what);
    return -1;
}

static int take_value(const struct args_program *p, const struct args_option *o, const char *value,
                      struct diag *d)
{
    struct args_list *list;
    char *end;

    switch (o->kind) {
    case ARGS_FLAG:
        *(int *)o->target = 1;
        return 0;
    case ARGS_STRING:
        *(const char **)o->target = value;
        return 0;
    case ARGS_LIST:
        list = o->target;
        ALLOC_GROW(list->items, list->n, list->cap);
        list->items[list->n++] = value;
        return 0;
    case ARGS_NUMBER:
        errno = 0;
        *(long *)o->target = strtol(value, &end, 10);
        if (errno || end == value || *end || *(long *)o->target < 0)
            return usage(p, d, xasprintf("--%s takes a number, not '%s'", o->name, value));
        return 0;
    case ARGS_DATE:
        if (isodate_parse_moment(value, o->target))
            return diag(d, ENV_DATE, value);
        return 0;
    }
    return -1;
}

int args_parse(const struct args_program *p, int argc, char **argv, struct diag *d)
{
    struct option longs[ARGS_MAX] = { { "help", no_argument, NULL, OPT_HELP },
                                      { "version", no_argument, NULL, OPT_VERSION } };
    char shorts[3 * ARGS_MAX] = ":hV";
    size_t n, s = strlen(shorts);
    int c;

    for (n = 0; p->options[n].name && n + 3 < ARGS_MAX; n++) {
        const struct args_option *o = &p->options[n];

        longs[n + 2].name = o->name;
        longs[n + 2].has_arg = o->kind == ARGS_FLAG ? no_argument : required_argument;
        longs[n + 2].val = OPT_FIRST + (int)n;
        if (o->letter) {
            shorts[s++] = o->letter;
            if (o->kind != ARGS_FLAG)
                shorts[s++] = ':';
        }
    }
    shorts[s] = '\0';
    opterr = 0;
    optind = 0;
    while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        size_t i;

        if (c == 'h' || c == OPT_HELP)
            return print_help(p, d);
        if (c == 'V' || c == OPT_VERSION) {
            if (printf("%s %s\n", p->name, CERTPRESS_VERSION) < 0 || fflush(stdout))
                return diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
            return 0;
        }
        if (c == ':')
            return usage(p, d, xasprintf("option '%s' needs a value", argv[optind - 1]));
        if (c == '?' && optopt && optopt < OPT_HELP)
            return usage(p, d, xasprintf("unknown option '-%c'", optopt));
        if (c == '?')
            return usage(p, d, xasprintf("unknown option '%s'", argv[optind - 1]));
        for (i = 0; i < n; i++)
            if (c == OPT_FIRST + (int)i || c == p->options[i].letter)
                break;
        if (i < n && take_value(p, &p->options[i], optarg, d))
            return -1;
    }
    return optind;
}

int args_apply(const struct args_common *common, struct diag *d)
{
    if (!common->warnings)
        return 0;
    if (strcmp(common->warnings, "error"))
        return diag(d, ENV_USAGE, "-W takes 'error'");
    d->warnings_are_errors = 1;
    return 0;
}

time_t args_moment(time_t date)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");

    if (date != ARGS_NO_DATE)
        return date;
    if (epoch && *epoch) {
        char *end;
        long long value = strtoll(epoch, &end, 10);

        if (!*end && value >= 0)
            return (time_t)value;
    }
    return time(NULL);
}
