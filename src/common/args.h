/* The command line, the same shape in every program. One table declares a program's options; the
 * parser, --help and the usage line all follow from it. */
#ifndef ARGS_H
#define ARGS_H

#include <stddef.h>
#include <time.h>

#include "diag.h"

enum args_kind {
    ARGS_FLAG,   /* int *: set to 1 */
    ARGS_STRING, /* const char **: the last one given counts */
    ARGS_LIST,   /* struct args_list *: may be given again */
    ARGS_NUMBER, /* long *: a decimal number, 0 or more */
    ARGS_DATE,   /* time_t *: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ */
};

struct args_list {
    const char **items;
    size_t n, cap;
};

struct args_option {
    const char *name;       /* long name without dashes */
    char letter;            /* short name or 0 */
    enum args_kind kind;
    void *target;
    const char *value_name; /* shown in --help; NULL for flags */
    const char *help;       /* a phrase; at most 60 characters */
};

struct args_program {
    const char *name;
    const char *purpose;    /* identical to the man page's NAME line */
    const char *operands;   /* "[file]" */
    const char *example;    /* one command line */
    const struct args_option *options; /* ends with a name of NULL */
};

/* What every program takes besides its own options. */
struct args_common {
    const char *output;     /* -o FILE; NULL: standard output */
    const char *name;       /* -n NAME: shown in messages for standard input */
    const char *warnings;   /* -W LEVEL */
};

/* The rows of a table for the common options; COMMON is a struct args_common. */
#define ARGS_OUTPUT(common) \
    { "output", 'o', ARGS_STRING, &(common).output, "file", "write here instead of standard output" }
#define ARGS_NAME(common) \
    { "name", 'n', ARGS_STRING, &(common).name, "name", "name of standard input in messages" }
#define ARGS_WARNINGS(common) \
    { "warnings", 'W', ARGS_STRING, &(common).warnings, "level", "'error': warnings count as errors" }
#define ARGS_END { NULL, 0, ARGS_FLAG, NULL, NULL, NULL }

/* Parses ARGV, options before and between operands, which are moved to the end in their order.
 * Returns the index of the first operand; 0 when --help or --version was answered (exit 0); -1
 * after reporting a usage error (exit 2). */
int args_parse(const struct args_program *program, int argc, char **argv, struct diag *d);

/* Applies -W to D. Returns 0, or -1 after reporting an unknown level. */
int args_apply(const struct args_common *common, struct diag *d);

/* The moment to print into documents: *DATE if it is not ARGS_NO_DATE, else SOURCE_DATE_EPOCH, else
 * now. Called from main() only. */
#define ARGS_NO_DATE ((time_t)-1)
time_t args_moment(time_t date);

#endif
