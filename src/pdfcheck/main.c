/* pdfcheck: options and files; the work is in pdfcheck.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "args.h"
#include "common_messages.h"
#include "datadir.h"
#include "diag.h"
#include "outfile.h"
#include "pdfcheck.h"
#include "strbuf.h"
#include "xmlx.h"

enum { FILE_LIMIT = 1 << 30 };

struct wanted {
    struct pdfcheck_options options;
    const char *extract;
    int json, reprint;
};

/* The folder that this program lies in, where its sisters are; new, NULL when the system does not tell. */
static char *own_folder(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;

    if (n <= 0)
        return NULL;
    path[n] = '\0';
    slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path)) : NULL;
}

/* cert.rng lies in src/formats of a source tree, in formats once installed; new, NULL when the
 * installation is incomplete, which was reported. */
static char *find_schema(struct diag *d)
{
    char *data = datadir_find(d), *path;

    if (!data)
        return NULL;
    path = xasprintf("%s/src/formats/cert.rng", data);
    if (access(path, R_OK)) {
        free(path);
        path = xasprintf("%s/formats/cert.rng", data);
    }
    free(data);
    return path;
}

static void check_one(const char *path, const char *name, const struct wanted *w,
                      struct strbuf *out, struct diag *d)
{
    struct pdfcheck_report report;
    struct strbuf bytes = STRBUF_INIT;

    if (strbuf_read_file(&bytes, path, FILE_LIMIT)) {
        diag(d, ENV_CANNOT_READ, name, strerror(errno));
        strbuf_release(&bytes);
        return;
    }
    pdfcheck(bytes.buf, bytes.len, name, &w->options, &report, d);
    if (w->json)
        pdfcheck_print_json(&report, out);
    else
        pdfcheck_print(&report, out);
    if (w->extract)
        pdfcheck_extract(&report, w->extract, d);
    pdfcheck_release(&report);
    strbuf_release(&bytes);
}

int main(int argc, char **argv)
{
    struct args_common common = { 0 };
    struct wanted w = { .options.at = PDFCHECK_NO_DATE };
    const struct args_option options[] = {
        { "trust", 't', ARGS_STRING, &w.options.trust, "file", "trust anchors in PEM" },
        { "at", 'd', ARGS_DATE, &w.options.at, "date", "judge certificates as of then" },
        { "allow-revisions", 0, ARGS_FLAG, &w.options.allow_revisions, NULL,
          "only warn of changes after the seal" },
        { "unsealed", 'u', ARGS_FLAG, &w.options.unsealed, NULL,
          "files without seal, and specimens, may conform" },
        { "reprint", 'r', ARGS_FLAG, &w.reprint, NULL,
          "print the certificate again and compare the pages" },
        { "json", 'j', ARGS_FLAG, &w.json, NULL, "print one JSON object a file" },
        { "extract", 'x', ARGS_STRING, &w.extract, "folder",
          "write attachments and signatures there" },
        ARGS_OUTPUT(common),
        ARGS_NAME(common),
        ARGS_WARNINGS(common),
        ARGS_END,
    };
    const struct args_program program = {
        "pdfcheck", "check seals, archive form and data of a certificate", "[file ...]",
        "pdfcheck --trust root.pem c.signed.pdf", options,
    };
    struct strbuf out = STRBUF_INIT;
    char *folder = NULL, *schema;
    struct diag d;
    int i, first;

    diag_init(&d, program.name);
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0 || args_apply(&common, &d))
        return diag_status(&d);
    xmlx_init();
    w.options.schema = schema = find_schema(&d);
    if (w.reprint)
        w.options.programs = folder = own_folder();
    for (i = first; i < argc || i == first; i++) {
        const char *path = i < argc ? argv[i] : "-";
        const char *name = strcmp(path, "-") ? path : common.name ? common.name : "standard input";

        check_one(path, name, &w, &out, &d);
    }
    outfile_write(common.output, out.buf, out.len, 0, &d);
    strbuf_release(&out);
    free(folder);
    free(schema);
    return diag_status(&d);
}
