#include <stdlib.h>

#include "args.h"
#include "cert2xref.h"
#include "common_messages.h"
#include "outfile.h"
#include "tables.h"
#include "xmlx.h"

static void add_file(struct cert2xref *x, const char *path, const char *name, struct diag *d)
{
    xmlDoc *cert = xmlx_read(path, name, d);

    if (cert)
        cert2xref_add(x, cert, d);
    xmlFreeDoc(cert);
}

/* Writes the document, or what TABLES makes of it. */
static void write_product(const xmlDoc *doc, void (*tables)(const xmlDoc *, struct strbuf *), const char *path,
                          struct diag *d)
{
    struct strbuf text = STRBUF_INIT;

    if (!tables) {
        xmlx_write(doc, path, d);
        return;
    }
    tables(doc, &text);
    outfile_write(path, text.buf, text.len, 0, d);
    strbuf_release(&text);
}

int main(int argc, char **argv)
{
    struct args_common common = { 0 };
    struct cert2xref_options xref = { .date = ARGS_NO_DATE };
    const char *stdin_name = NULL;
    int csv = 0, json = 0;
    const struct args_option options[] = {
        { "title", 0, ARGS_STRING, &xref.name, "reference", "reference of the cross-reference" },
        { "date", 0, ARGS_DATE, &xref.date, "date", "its date of issue; default: today" },
        { "csv", 0, ARGS_FLAG, &csv, NULL, "write it as one table" },
        { "json", 0, ARGS_FLAG, &json, NULL, "write it as JSON" },
        ARGS_OUTPUT(common),
        ARGS_NAME(common),
        ARGS_WARNINGS(common),
        ARGS_END,
    };
    const struct args_program program = {
        "cert2xref", "make the cross-reference of IECEx certificates and reports", "[file ...]",
        "cert2xref --title extr-cross-reference stages/*.cert.xml", options,
    };
    struct cert2xref *x;
    xmlDoc *doc = NULL;
    struct diag d;
    int i;

    diag_init(&d, "cert2xref");
    xmlx_init();
    i = args_parse(&program, argc, argv, &d);
    if (i <= 0)
        return i ? diag_status(&d) : 0;
    if (args_apply(&common, &d))
        return diag_status(&d);
    if (csv && json) {
        diag(&d, ENV_USAGE, "--csv or --json, not both");
        return diag_status(&d);
    }
    stdin_name = common.name ? common.name : "standard input";
    xref.date = args_moment(xref.date);
    x = cert2xref_open(&xref, &d);
    if (i == argc)
        add_file(x, "-", stdin_name, &d);
    for (; i < argc; i++)
        add_file(x, argv[i], argv[i][0] == '-' && !argv[i][1] ? stdin_name : NULL, &d);
    if (!diag_failed(&d) && !cert2xref_finish(x, &doc, &d) && !diag_failed(&d))
        write_product(doc, csv ? tables_csv : json ? tables_json : NULL, common.output, &d);
    xmlFreeDoc(doc);
    cert2xref_close(x);
    return diag_status(&d);
}
