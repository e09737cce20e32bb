/* pdf2pdfa: options and files; the work is in pdf2pdfa.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "args.h"
#include "common_messages.h"
#include "diag.h"
#include "outfile.h"
#include "pdf.h"
#include "pdf2pdfa.h"
#include "strbuf.h"
#include "xmlx.h"

enum { FILE_LIMIT = 256 << 20 };

/* Reads the files of LIST into *FILES and BYTES (one each). Faults were reported. */
static void read_attachments(const struct args_list *list, struct pdf2pdfa_attachment *files,
                             struct strbuf *bytes, struct diag *d)
{
    size_t i;

    for (i = 0; i < list->n; i++) {
        const char *slash = strrchr(list->items[i], '/');

        files[i].name = slash ? slash + 1 : list->items[i];
        strbuf_init(&bytes[i]);
        if (strbuf_read_file(&bytes[i], list->items[i], FILE_LIMIT))
            diag(d, ENV_CANNOT_READ, list->items[i], strerror(errno));
        files[i].bytes = bytes[i].buf;
        files[i].n = bytes[i].len;
    }
}

/* Archives the PDF at PATH and writes it. Faults were reported. */
static void archive(const char *path, const char *name, const char *cert_path,
                    const struct pdf2pdfa_options *options, const char *output, struct diag *d)
{
    struct strbuf in = STRBUF_INIT, out = STRBUF_INIT;
    xmlDoc *cert = xmlx_read(cert_path, NULL, d);
    struct pdf *pdf = NULL;

    if (strbuf_read_file(&in, path, FILE_LIMIT))
        diag(d, ENV_CANNOT_READ, name, strerror(errno));
    else
        pdf = pdf_parse_take(&in, name, d);
    if (cert && pdf && !pdf2pdfa(pdf, cert, options, d) && !pdf_write(pdf, NULL, &out, d) &&
        !diag_failed(d))
        outfile_write(output, out.buf, out.len, OUTFILE_BINARY, d);
    pdf_free(pdf);
    xmlFreeDoc(cert);
    strbuf_release(&in);
    strbuf_release(&out);
}

int main(int argc, char **argv)
{
    struct args_common common = { 0 };
    struct pdf2pdfa_options o = { 0 };
    struct args_list attach = { 0 };
    const char *cert = NULL, *path;
    time_t date = ARGS_NO_DATE;
    const struct args_option options[] = {
        { "cert", 'c', ARGS_STRING, &cert, "file", "the certificate that the PDF shows" },
        { "attach", 'a', ARGS_LIST, &attach, "file", "a further file to carry; may be given again" },
        { "date", 'd', ARGS_DATE, &date, "date", "creation date to write" },
        { "untagged", 0, ARGS_FLAG, &o.untagged, NULL, "accept a PDF without structure, as PDF/A-3u" },
        ARGS_OUTPUT(common),
        ARGS_NAME(common),
        ARGS_WARNINGS(common),
        ARGS_END,
    };
    const struct args_program program = {
        "pdf2pdfa", "archive a certificate as PDF/A-3 with its data", "[file.pdf]",
        "pdf2pdfa --cert c.cert.xml -o c.a3.pdf c.pdf", options,
    };
    struct pdf2pdfa_attachment *files;
    struct strbuf *bytes;
    struct diag d;
    size_t i;
    int first;

    diag_init(&d, program.name);
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0 || args_apply(&common, &d))
        goto done;
    if (!cert || argc - first > 1) {
        diag(&d, ENV_USAGE, cert ? "give one file" : "--cert FILE is missing");
        goto done;
    }
    xmlx_init();
    path = first < argc ? argv[first] : "-";
    files = xcalloc(attach.n, sizeof *files);
    bytes = xcalloc(attach.n, sizeof *bytes);
    read_attachments(&attach, files, bytes, &d);
    o.date = args_moment(date);
    o.attachments = files;
    o.attachments_n = attach.n;
    archive(path, strcmp(path, "-") ? path : common.name ? common.name : "standard input", cert, &o,
            common.output, &d);
    for (i = 0; i < attach.n; i++)
        strbuf_release(&bytes[i]);
    free(files);
    free(bytes);
done:
    free(attach.items);
    return diag_status(&d);
}
