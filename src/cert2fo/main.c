/* cert2fo: the pages of a certificate as XSL-FO. Options and files only. */
#include <stdlib.h>

#include "args.h"
#include "cert2fo.h"
#include "common_messages.h"
#include "datadir.h"
#include "diag.h"
#include "lines.h"
#include "xmlx.h"

static struct args_common common;

static const struct args_option options[] = {
    ARGS_NAME(common),
    ARGS_OUTPUT(common),
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_program program = {
    "cert2fo", "lay a certificate out as XSL-FO", "[file]", "cert2fo -o x.fo x.cert.xml", options,
};

static void run(const char *path, struct diag *d)
{
    char *data = datadir_find(d);
    struct cert2fo *c = data ? cert2fo_open(data, d) : NULL;
    xmlDoc *cert = c ? xmlx_read(path, common.name, d) : NULL;
    xmlDoc *fo = NULL;

    if (cert && !cert2fo(c, cert, &fo, d) && !diag_failed(d)) {
        lines_break(fo);
        xmlx_write(fo, common.output, d);
    }
    xmlFreeDoc(fo);
    xmlFreeDoc(cert);
    cert2fo_close(c);
    free(data);
}

int main(int argc, char **argv)
{
    struct diag d;
    int first;

    diag_init(&d, "cert2fo");
    xmlx_init();
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0 || args_apply(&common, &d))
        return diag_status(&d);
    if (first < argc - 1)
        diag(&d, ENV_USAGE, "one file at a time");
    else
        run(first < argc ? argv[first] : "-", &d);
    return diag_status(&d);
}
