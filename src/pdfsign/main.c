/* pdfsign: options and files; the work is in pdfsign.c. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common_messages.h"
#include "alloc.h"
#include "args.h"
#include "diag.h"
#include "outfile.h"
#include "pdfsign.h"
#include "strbuf.h"
#include "xmlx.h"

enum { FILE_LIMIT = 1 << 30 };

struct task {
    struct pdfsign *sign;
    int renew;
    time_t date;
    const char *output, *into, *name;
};

/* Seals the file PATH; its faults keep only it from being written. */
static void work(const struct task *t, const char *path, struct diag *d)
{
    const char *name = strcmp(path, "-") ? path : t->name ? t->name : "standard input";
    const char *slash = strrchr(name, '/');
    char *target = t->into ? xasprintf("%s/%s", t->into, slash ? slash + 1 : name) : NULL;
    struct diag own = *d;
    struct strbuf pdf = STRBUF_INIT;

    own.errors = own.warnings = own.cannots = 0;
    if (strbuf_read_file(&pdf, path, FILE_LIMIT))
        diag(&own, ENV_CANNOT_READ, name, strerror(errno));
    else if (!(t->renew ? pdfsign_renew(t->sign, &pdf, name, &own)
                        : pdfsign(t->sign, &pdf, name, t->date, &own)) &&
             !diag_failed(&own))
        outfile_write(target ? target : t->output, pdf.buf, pdf.len,
                      target ? OUTFILE_KEEP : OUTFILE_BINARY, &own);
    d->errors += own.errors;
    d->warnings += own.warnings;
    d->cannots += own.cannots;
    strbuf_release(&pdf);
    free(target);
}

int main(int argc, char **argv)
{
    struct args_common common = { 0 };
    struct pdfsign_options o = { 0 };
    time_t date = ARGS_NO_DATE;
    const char *into = NULL;
    struct args_list crls = { 0 }, ocsps = { 0 };
    int renew = 0;
    const struct args_option options[] = {
        { "key", 'k', ARGS_STRING, &o.key, "file", "private key, PEM or PKCS#12; with --module its label" },
        { "module", 'm', ARGS_STRING, &o.module, "file", "PKCS#11 module of the token with the key" },
        { "token", 0, ARGS_STRING, &o.token, "label", "the token, if there is more than one" },
        { "cert", 'c', ARGS_STRING, &o.cert, "file", "certificate in PEM, if not beside the key" },
        { "chain", 0, ARGS_STRING, &o.chain, "file", "certificates of the issuers in PEM" },
        { "passphrase-file", 'p', ARGS_STRING, &o.passphrase_file, "file",
          "file whose first line opens the key (or is the PIN)" },
        { "pss", 0, ARGS_FLAG, &o.pss, NULL, "sign with RSASSA-PSS" },
        { "reason", 'r', ARGS_STRING, &o.reason, "text", "why it is sealed" },
        { "location", 'l', ARGS_STRING, &o.location, "text", "where it is sealed" },
        { "level", 0, ARGS_STRING, &o.level, "level", "b-b (the default), b-t, b-lt or b-lta" },
        { "tsa", 0, ARGS_STRING, &o.tsa, "url", "time-stamp service (RFC 3161)" },
        { "tsa-policy", 0, ARGS_STRING, &o.tsa_policy, "oid", "policy that time stamps must be under" },
        { "trust", 't', ARGS_STRING, &o.trust, "file", "anchors that time stamps must lead to, PEM" },
        { "crl", 0, ARGS_LIST, &crls, "file", "list of revocations (may be given again)" },
        { "ocsp", 0, ARGS_LIST, &ocsps, "file", "OCSP response in DER (may be given again)" },
        { "certify", 0, ARGS_FLAG, &o.certify, NULL, "allow no change but archive time stamps" },
        { "visible", 0, ARGS_FLAG, &o.visible, NULL, "put the field where the page shows the seal" },
        { "renew", 0, ARGS_FLAG, &renew, NULL, "add an archive time stamp to what is sealed" },
        { "into", 0, ARGS_STRING, &into, "folder", "write each file of several there, by its name" },
        { "date", 'd', ARGS_DATE, &date, "date", "claimed time of the seal" },
        ARGS_OUTPUT(common),
        ARGS_NAME(common),
        ARGS_WARNINGS(common),
        ARGS_END,
    };
    const struct args_program program = {
        "pdfsign", "seal a PDF/A certificate with PAdES", "[file.a3.pdf ...]",
        "pdfsign --key seal.p12 --passphrase-file seal.pass -o c.signed.pdf c.a3.pdf", options,
    };
    struct task task = { .output = NULL };
    struct diag d;
    int first;

    diag_init(&d, program.name);
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0)
        return diag_status(&d);
    if (args_apply(&common, &d))
        return diag_status(&d);
    if (renew == (o.key != NULL)) {
        diag(&d, ENV_USAGE, renew ? "--renew takes no --key" : "--key FILE is missing");
    } else if (!into && argc - first > 1) {
        diag(&d, ENV_USAGE, "give one file, or --into FOLDER");
    } else {
        o.ask = isatty(STDERR_FILENO);
        o.now = time(NULL);
        o.crls = (struct pdfsign_files){ crls.items, crls.n };
        o.ocsps = (struct pdfsign_files){ ocsps.items, ocsps.n };
        task = (struct task){ NULL, renew, args_moment(date), common.output, into, common.name };
        xmlx_init();
        task.sign = pdfsign_open(&o, &d);
        if (task.sign && !diag_failed(&d))
            do
                work(&task, first < argc ? argv[first] : "-", &d);
            while (++first < argc);
        pdfsign_close(task.sign);
    }
    free(crls.items);
    free(ocsps.items);
    return diag_status(&d);
}
