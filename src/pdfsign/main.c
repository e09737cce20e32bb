/* pdfsign: options and files; the work is in pdfsign.c. */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common_messages.h"
#include "args.h"
#include "diag.h"
#include "outfile.h"
#include "pdfsign.h"
#include "strbuf.h"
#include "xmlx.h"

enum { FILE_LIMIT = 1 << 30 };

int main(int argc, char **argv)
{
    struct args_common common = { 0 };
    struct pdfsign_options o = { 0 };
    time_t date = ARGS_NO_DATE;
    const struct args_option options[] = {
        { "key", 'k', ARGS_STRING, &o.key, "file", "private key, PEM or PKCS#12" },
        { "cert", 'c', ARGS_STRING, &o.cert, "file", "certificate in PEM, if not beside the key" },
        { "chain", 0, ARGS_STRING, &o.chain, "file", "certificates of the issuers in PEM" },
        { "passphrase-file", 'p', ARGS_STRING, &o.passphrase_file, "file",
          "file whose first line opens the key" },
        { "pss", 0, ARGS_FLAG, &o.pss, NULL, "sign with RSASSA-PSS" },
        { "reason", 'r', ARGS_STRING, &o.reason, "text", "why it is sealed" },
        { "location", 'l', ARGS_STRING, &o.location, "text", "where it is sealed" },
        { "date", 'd', ARGS_DATE, &date, "date", "claimed time of the seal" },
        ARGS_OUTPUT(common),
        ARGS_NAME(common),
        ARGS_WARNINGS(common),
        ARGS_END,
    };
    const struct args_program program = {
        "pdfsign", "seal a PDF/A certificate with PAdES", "[file.a3.pdf]",
        "pdfsign --key seal.p12 --passphrase-file seal.pass -o c.signed.pdf c.a3.pdf", options,
    };
    struct strbuf pdf = STRBUF_INIT;
    struct pdfsign *sign = NULL;
    const char *path, *name;
    struct diag d;
    int first;

    diag_init(&d, program.name);
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0)
        return diag_status(&d);
    if (args_apply(&common, &d))
        goto done;
    if (!o.key || argc - first > 1) {
        diag(&d, ENV_USAGE, o.key ? "give one file" : "--key FILE is missing");
        goto done;
    }
    path = first < argc ? argv[first] : "-";
    name = strcmp(path, "-") ? path : common.name ? common.name : "standard input";
    o.ask = isatty(STDERR_FILENO);
    o.now = time(NULL);

    xmlx_init();
    sign = pdfsign_open(&o, &d);
    if (!sign)
        goto done;
    if (strbuf_read_file(&pdf, path, FILE_LIMIT))
        diag(&d, ENV_CANNOT_READ, name, strerror(errno));
    else if (!pdfsign(sign, &pdf, name, args_moment(date), &d) && !diag_failed(&d))
        outfile_write(common.output, pdf.buf, pdf.len, OUTFILE_BINARY, &d);
done:
    pdfsign_close(sign);
    strbuf_release(&pdf);
    return diag_status(&d);
}
