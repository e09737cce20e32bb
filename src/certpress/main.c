/* certpress: the whole batch of a job folder in one process. Commands and options only. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "common_messages.h"
#include "datadir.h"
#include "design.h"
#include "diag.h"
#include "init.h"
#include "lint.h"
#include "messages.h"
#include "paper.h"
#include "print.h"
#include "xmlx.h"

enum { WORKERS_MOST = 1024 };

static struct args_common common;
static struct print_options print_options = {
    .date = ARGS_NO_DATE, .since = ARGS_NO_DATE, .seconds = 60, .megabytes = 1024, .progress = 10,
};
static struct args_list only;
static const char *rules_format, *shard;
static int data_dir;

#define OPTION_DATE { "date", 0, ARGS_DATE, &print_options.date, "date", "the date of printing and sealing" }
#define OPTION_ONLY { "only", 0, ARGS_LIST, &only, "name", "this certificate only; may be repeated" }

static const struct args_option global_options[] = {
    { "data-dir", 0, ARGS_FLAG, &data_dir, NULL, "show the folder of xsl, templates and fonts" },
    ARGS_END,
};

static const struct args_option print_job_options[] = {
    OPTION_ONLY,
    { "kind", 0, ARGS_STRING, &print_options.kind, "kind", "documents of this kind only: iecee, iecex, csms, xref" },
    { "since", 0, ARGS_DATE, &print_options.since, "date", "only what has this date of issue or a later one" },
    { "again", 0, ARGS_FLAG, &print_options.again, NULL, "print also what is unchanged, unless it is issued" },
    { "dry-run", 0, ARGS_FLAG, &print_options.dry_run, NULL, "say what would be printed and why; write nothing" },
    { "jobs", 'j', ARGS_NUMBER, &print_options.workers, "number", "worker processes; else one a processor" },
    { "timeout", 0, ARGS_NUMBER, &print_options.seconds, "seconds", "the most a document may take (60; 0: any)" },
    { "memory", 0, ARGS_NUMBER, &print_options.megabytes, "MiB", "the most memory of a worker (1024; 0: any)" },
    { "progress", 0, ARGS_NUMBER, &print_options.progress, "seconds", "between two lines of progress (10; 0: none)" },
    { "shard", 0, ARGS_STRING, &shard, "k/n", "part k of n only, with a ledger of its own" },
    { "unsealed", 0, ARGS_FLAG, &print_options.unsealed, NULL, "do not seal; a later run seals what is printed" },
    { "json", 0, ARGS_FLAG, &print_options.json, NULL, "one line of JSON a document on standard output" },
    OPTION_DATE,
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_option list_job_options[] = {
    { "names", 0, ARGS_FLAG, &print_options.names, NULL, "file names without ending, nothing else" },
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_option lint_options[] = {
    OPTION_ONLY,
    { "date", 0, ARGS_DATE, &print_options.date, "date", "refuse dates of deeds after this day, not today" },
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_option rules_options[] = {
    { "format", 0, ARGS_STRING, &rules_format, "format", "text, csv, or manual (mdoc)" },
    ARGS_OUTPUT(common),
    ARGS_END,
};

static const struct args_option paper_options[] = {
    OPTION_ONLY,
    { "since", 0, ARGS_DATE, &print_options.since, "date", "only what has this date of issue or a later one" },
    OPTION_DATE,
    ARGS_OUTPUT(common),
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_option watch_options[] = {
    OPTION_DATE,
    ARGS_OUTPUT(common),
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_option no_options[] = { ARGS_END };

static const struct args_program global = {
    "certpress", "print conformity certificates in batches", "print|list|proof|merge|lint|rules|watch|init folder",
    "certpress print samples/iecee", global_options,
};

static const struct command {
    const char *name;
    struct args_program args;
} commands[] = {
    { "print", { "certpress print", "print the certificates of a job", "job",
                 "certpress print --date 2026-11-16 samples/iecee", print_job_options } },
    { "list", { "certpress list", "list the certificates of a job", "job",
                "certpress list samples/iecee", list_job_options } },
    { "lint", { "certpress lint", "check a job against all rules", "job",
                "certpress lint samples/iecee", lint_options } },
    { "rules", { "certpress rules", "list all rules with their sources", "[job]",
                 "certpress rules --format csv", rules_options } },
    { "proof", { "certpress proof", "make contact sheets of a job's documents", "job",
                 "certpress proof -o proof.pdf samples/iecee", paper_options } },
    { "merge", { "certpress merge", "make one file of a job's documents, to be printed", "job",
                 "certpress merge -o all.pdf samples/iecee", paper_options } },
    { "watch", { "certpress watch", "print one certificate again on every save, until Ctrl-C", "job name",
                 "certpress watch -o page.pdf samples/iecee NO-EXA-0417-M1", watch_options } },
    { "init", { "certpress init", "make a new job", "folder", "certpress init my-job", no_options } },
};

static const struct command *find_command(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* As many as asked for, else one for each processor that this process may use. */
static long workers(long asked)
{
    cpu_set_t set;

    if (!asked && !sched_getaffinity(0, sizeof set, &set))
        asked = CPU_COUNT(&set);
    return asked < 1 ? 1 : asked > WORKERS_MOST ? WORKERS_MOST : asked;
}

/* Part K of N. Returns 0, or -1 after reporting. */
static int read_shard(struct diag *d)
{
    int end = 0;

    if (shard && (sscanf(shard, "%6ld/%6ld%n", &print_options.shard, &print_options.shards, &end) != 2 ||
                  shard[end] || print_options.shard < 1 || print_options.shard > print_options.shards))
        return diag(d, ENV_USAGE, "--shard is k/n, k from 1 to n");
    return 0;
}

/* FOLDER, and for watch the NAME of a certificate. */
static int run(const struct command *command, const char *folder, const char *name,
               const char *data, struct diag *d)
{
    if (!strcmp(command->name, "init"))
        return init_job(data, folder, d);
    if (!strcmp(command->name, "rules"))
        return lint_rules(folder, data, rules_format, common.output, d);
    if (!strcmp(command->name, "lint"))
        return lint_job(folder, data, args_moment(print_options.date), &only, d);
    if (read_shard(d))
        return -1;
    print_options.data = data;
    print_options.only = &only;
    print_options.date_given = print_options.date != ARGS_NO_DATE || getenv("SOURCE_DATE_EPOCH");
    print_options.workers = workers(print_options.workers);
    print_options.date = args_moment(print_options.date);
    print_options.now = time(NULL);
    if (!strcmp(command->name, "watch"))
        return design_watch(folder, name, &print_options, common.output, d);
    if (!strcmp(command->name, "proof"))
        return paper_proof(folder, &print_options, common.output, d);
    if (!strcmp(command->name, "merge"))
        return paper_merge(folder, &print_options, common.output, d);
    if (!strcmp(command->name, "list"))
        return list_job(folder, &print_options, d);
    return print_job(folder, &print_options, d);
}

int main(int argc, char **argv)
{
    const struct command *command = NULL;
    struct diag d;
    char *data;
    int first;

    diag_init(&d, "certpress");
    xmlx_init();
    if (argc > 1 && argv[1][0] != '-') {
        command = find_command(argv[1]);
        if (!command) {
            diag(&d, PRESS_COMMAND, argv[1]);
            return diag_status(&d);
        }
        argc--;
        argv++;
    }
    first = args_parse(command ? &command->args : &global, argc, argv, &d);
    if (first <= 0)
        return diag_status(&d);
    if (args_apply(&common, &d))
        return diag_status(&d);
    data = datadir_find(&d);
    if (!data)
        return diag_status(&d);
    if (data_dir) {
        if (puts(data) < 0 || fflush(stdout))
            diag(&d, ENV_CANNOT_WRITE, "standard output", "cannot be written");
    } else if (!command) {
        diag(&d, PRESS_NO_COMMAND);
    } else if (!strcmp(command->name, "watch") && first != argc - 2) {
        diag(&d, ENV_USAGE, "a job and the name of one certificate are wanted");
    } else if (strcmp(command->name, "watch") && first != argc - 1 &&
               (first != argc || strcmp(command->name, "rules"))) {
        diag(&d, ENV_USAGE, first == argc ? "a folder is missing" : "one folder at a time");
    } else {
        run(command, argv[first], first + 1 < argc ? argv[first + 1] : NULL, data, &d);
    }
    free(data);
    free(only.items);
    return diag_status(&d);
}
