#include "design.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "common_messages.h"
#include "csv2rec/csv2rec.h"
#include "docname.h"
#include "job.h"
#include "messages.h"
#include "outfile.h"
#include "press.h"
#include "watch.h"

/* What a job writes itself. */
static const char *const written[] = { "out", "ledger", "stages", NULL };

static int print_record(struct press *press, const xmlDoc *rec, const char *output, struct diag *d)
{
    struct strbuf pdf = STRBUF_INIT;
    xmlDoc *cert = NULL;
    int failed = press_certificate(press, rec, &cert, d) || press_document(press, cert, &pdf, d);

    if (!failed && !diag_failed(d))
        failed = outfile_write(output, pdf.buf, pdf.len, 0, d);
    xmlFreeDoc(cert);
    strbuf_release(&pdf);
    return failed;
}

/* Once, with everything read anew. */
static void print_once(const char *folder, const char *name, const struct print_options *o,
                       const char *output, struct diag *d)
{
    struct csv2rec_options options = { .only = name };
    struct job *job = job_read(folder, d);
    struct press *press = job ? press_open(job, o->data, o->date, o->now, PRESS_NO_SEAL, d) : NULL;
    struct csv2rec *reader = press ? csv2rec_open(folder, &options, d) : NULL;
    xmlDoc *rec = NULL;
    int got = reader ? csv2rec_next(reader, &rec) : -1;

    if (got > 0)
        print_record(press, rec, output, d);
    else if (!got)
        diag(d, PRESS_NO_RECORD, name);
    xmlFreeDoc(rec);
    csv2rec_close(reader);
    press_close(press);
    job_free(job);
}

/* All that a document is made of: the job, the installed data, and what job.xml names elsewhere. */
static int watch_all(struct watch *w, const char *folder, const char *data, struct diag *d)
{
    static const char *const folders[] = { "xsl", "templates", "fonts" };
    struct diag silent = { 0 };
    struct job *job = job_read(folder, &silent);
    int failed = watch_folder(w, folder, written, d);
    size_t i;

    for (i = 0; i < sizeof folders / sizeof *folders && !failed; i++) {
        char *path = xasprintf("%s/%s", data, folders[i]);

        failed = watch_folder(w, path, NULL, d);
        free(path);
    }
    if (job && job->profile)
        watch_file(w, job->profile, &silent);
    if (job && job->rules)
        watch_file(w, job->rules, &silent);
    job_free(job);
    return failed;
}

int design_watch(const char *folder, const char *name, const struct print_options *options,
                 const char *output, struct diag *d)
{
    char *file = docname(name, NULL), *own = output ? xstrdup(output) : xasprintf("%s.pdf", file);
    struct watch *w = watch_open(own, d);
    int failed = !w || watch_all(w, folder, options->data, d), goes_on = !failed;

    while (goes_on) {
        struct diag round = *d;

        print_once(folder, name, options, own, &round);
        printf("%s %s\n", diag_failed(&round) ? "not printed:" : "printed:", own);
        if (fflush(stdout))
            failed = diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
        goes_on = !failed && watch_wait(w);
        if (goes_on)
            watch_all(w, folder, options->data, &round);
    }
    watch_close(w);
    free(file);
    free(own);
    return failed ? -1 : 0;
}
