#include <stdlib.h>

#include "args.h"
#include "common_messages.h"
#include "csv2rec.h"
#include "xmlx.h"

struct cli {
    struct args_common common;
    struct csv2rec_options job;
    const char *template;
    int keep_going;
};

static int convert(const char *job, const struct cli *cli, struct diag *d)
{
    struct csv2rec *c = csv2rec_open(job, &cli->job, d);
    xmlDoc *doc;
    int got;

    if (!c)
        return -1;
    doc = csv2rec_new();
    do
        got = csv2rec_append(c, xmlDocGetRootElement(doc));
    while (got);
    if (!diag_failed(d) || (cli->keep_going && !d->cannots))
        xmlx_write(doc, cli->common.output, d);
    xmlFreeDoc(doc);
    csv2rec_close(c);
    return 0;
}

int main(int argc, char **argv)
{
    struct cli cli = { .job.values = 1 };
    const struct args_option options[] = {
        { "kind", 0, ARGS_STRING, &cli.job.kind, "kind", "iecee, iecex or csms, instead of job.xml's" },
        { "only", 0, ARGS_STRING, &cli.job.only, "reference", "this certificate only; also its file name" },
        { "keep-going", 0, ARGS_FLAG, &cli.keep_going, NULL, "write the good records even if others fail" },
        { "template", 0, ARGS_STRING, &cli.template, "kind", "write the headers of empty tables (-o: a folder)" },
        ARGS_OUTPUT(cli.common),
        ARGS_WARNINGS(cli.common),
        ARGS_END,
    };
    const struct args_program program = {
        "csv2rec", "turn the tables and files of a job into records", "job",
        "csv2rec --only NO-EXA-0417/M1 samples/iecee", options,
    };
    struct diag d;
    int operand;

    diag_init(&d, "csv2rec");
    xmlx_init();
    operand = args_parse(&program, argc, argv, &d);
    if (operand <= 0)
        return operand ? diag_status(&d) : 0;
    if (args_apply(&cli.common, &d))
        return diag_status(&d);
    if (cli.template && operand == argc)
        csv2rec_template(cli.template, cli.common.output, &d);
    else if (!cli.template && operand == argc - 1)
        convert(argv[operand], &cli, &d);
    else
        diag(&d, ENV_USAGE, cli.template ? "--template takes no job" : "give one job folder");
    return diag_status(&d);
}
