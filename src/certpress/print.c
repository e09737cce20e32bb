#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "cert2xref/cert2xref.h"
#include "common_messages.h"
#include "csv2rec/csv2rec.h"
#include "job.h"
#include "messages.h"
#include "outfile.h"
#include "press.h"
#include "sha256.h"
#include "strbuf.h"
#include "xmlx.h"

#define ISSUED_LIMIT ((size_t)256 << 20)

/* What became of the documents of one run. */
struct tally {
    long printed, unchanged, failed;
};

struct run {
    const struct print_options *options;
    struct job *job;
    struct press *press;
    struct cert2xref *xref; /* NULL: the job has no cross-reference */
    struct tally tally;
    unsigned char *found;   /* by index in options->only: the job has it */
    struct diag *d;
};

static long faults(const struct diag *d)
{
    return d->errors + d->cannots + (d->warnings_are_errors ? d->warnings : 0);
}

/* Whether the certificate is wanted by --only, by its name or reference. */
static int wanted(struct run *run, const char *name, const char *reference)
{
    const struct args_list *only = run->options->only;
    int is_wanted = !only->n;
    size_t i;

    for (i = 0; i < only->n; i++)
        if (!strcmp(only->items[i], name) || !strcmp(only->items[i], reference))
            is_wanted = run->found[i] = 1;
    return is_wanted;
}

enum state { STATE_ABSENT, STATE_UNCHANGED, STATE_OTHER_SPECIMEN, STATE_OTHER_ISSUED };

/* What stands at PATH, beside a certificate with this fingerprint. Our files carry the fingerprint
 * of the certificate inside, uncompressed, in their metadata. Any other file counts as issued. */
static enum state state_of(const char *path, const char *fingerprint)
{
    struct strbuf bytes = STRBUF_INIT;
    enum state state = STATE_OTHER_ISSUED;

    if (access(path, F_OK) && errno == ENOENT)
        return STATE_ABSENT;
    if (!strbuf_read_file(&bytes, path, ISSUED_LIMIT)) {
        if (memmem(bytes.buf, bytes.len, fingerprint, strlen(fingerprint)))
            state = STATE_UNCHANGED;
        else if (!memmem(bytes.buf, bytes.len, "/ByteRange", 10))
            state = STATE_OTHER_SPECIMEN;
    }
    strbuf_release(&bytes);
    return state;
}

static int make_folder(const char *path, struct diag *d)
{
    if (mkdir(path, 0777) && errno != EEXIST)
        return diag(d, ENV_CANNOT_WRITE, path, strerror(errno));
    return 0;
}

/* Keeps the issued file at PATH under superseded/, named by its own content, before another takes its place. */
static int keep_issued(const struct run *run, const char *name, const char *path)
{
    struct strbuf bytes = STRBUF_INIT;
    char *folder = xasprintf("%s/out/superseded", run->job->folder), *kept = NULL;
    char hex[65];
    int result = -1;

    if (strbuf_read_file(&bytes, path, ISSUED_LIMIT)) {
        diag(run->d, ENV_CANNOT_READ, path, strerror(errno));
    } else if (!make_folder(folder, run->d)) {
        sha256_hex(bytes.buf, bytes.len, hex);
        kept = xasprintf("%s/%s-%.12s.pdf", folder, name, hex);
        if (rename(path, kept))
            diag(run->d, ENV_CANNOT_WRITE, kept, strerror(errno));
        else
            result = 0;
    }
    if (!result)
        diag(run->d, PRESS_SUPERSEDED, path, kept);
    strbuf_release(&bytes);
    free(folder);
    free(kept);
    return result;
}

/* Puts a finished document in its place and says so on standard output. */
static int deliver(struct run *run, const char *name, const char *path, enum state state,
                   const struct strbuf *pdf)
{
    if (state == STATE_OTHER_ISSUED && keep_issued(run, name, path))
        return -1;
    if (outfile_write(path, pdf->buf, pdf->len, 0, run->d))
        return -1;
    if (puts(path) < 0 || fflush(stdout))
        return diag(run->d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
    return 0;
}

static void print_certificate(struct run *run, const xmlDoc *cert)
{
    char *name = xmlx_child_text(xmlDocGetRootElement(cert), "name");
    char *path = xasprintf("%s/out/%s.pdf", run->job->folder, name);
    struct strbuf pdf = STRBUF_INIT;
    char fingerprint[65];
    enum state state;

    press_fingerprint(cert, fingerprint);
    state = state_of(path, fingerprint);
    if (state == STATE_UNCHANGED && !run->options->again) {
        run->tally.unchanged++;
    } else {
        long before = faults(run->d);
        int failed = press_document(run->press, cert, &pdf, run->d) || faults(run->d) != before;

        if (state == STATE_UNCHANGED)
            state = memmem(pdf.buf, pdf.len, "/ByteRange", 10) ? STATE_OTHER_ISSUED
                                                               : STATE_OTHER_SPECIMEN;
        if (!failed)
            failed = deliver(run, name, path, state, &pdf);
        if (failed)
            run->tally.failed++;
        else
            run->tally.printed++;
    }
    strbuf_release(&pdf);
    free(path);
    free(name);
}

static void take_record(struct run *run, const xmlDoc *rec)
{
    const xmlNode *record = xmlx_first(xmlDocGetRootElement(rec), "record");
    char *reference = xmlx_child_text(record, "reference");
    long before = faults(run->d);
    xmlDoc *cert = NULL;
    char *name;

    if (press_certificate(run->press, rec, &cert, run->d) || faults(run->d) != before) {
        run->tally.failed++;
        goto done;
    }
    name = xmlx_child_text(xmlDocGetRootElement(cert), "name");
    if (run->xref)
        cert2xref_add(run->xref, cert, run->d);
    if (wanted(run, name, reference))
        print_certificate(run, cert);
    free(name);
done:
    xmlFreeDoc(cert);
    free(reference);
}

static void print_cross_reference(struct run *run)
{
    const char *name = run->job->cross_reference;
    xmlDoc *xref = NULL;

    if (!run->xref || !wanted(run, name, name))
        return;
    if (run->tally.failed) {
        diag(run->d, PRESS_XREF_INCOMPLETE, name);
        return;
    }
    if (cert2xref_finish(run->xref, &xref, run->d))
        run->tally.failed++;
    else
        print_certificate(run, xref);
    xmlFreeDoc(xref);
}

static void report_unknown_names(const struct run *run)
{
    size_t i;

    for (i = 0; i < run->options->only->n; i++)
        if (!run->found[i] && !run->tally.failed)
            diag(run->d, PRESS_NO_RECORD, run->options->only->items[i]);
}

static void run_records(struct run *run, void (*take)(struct run *, const xmlDoc *))
{
    struct csv2rec_options options = { .kind = run->job->kind };
    struct csv2rec *reader = csv2rec_open(run->job->folder, &options, run->d);
    xmlDoc *rec = NULL;
    int got;

    if (!reader)
        return;
    while ((got = csv2rec_next(reader, &rec))) {
        if (got < 0)
            run->tally.failed++;
        else
            take(run, rec);
        xmlFreeDoc(rec);
        rec = NULL;
    }
    csv2rec_close(reader);
}

static int open_run(struct run *run, const char *folder, const struct print_options *options,
                    int certificates_only, struct diag *d)
{
    memset(run, 0, sizeof *run);
    run->options = options;
    run->d = d;
    run->found = xcalloc(options->only->n + 1, 1);
    run->job = job_read(folder, d);
    if (!run->job)
        return -1;
    run->press = press_open(run->job, options->data, options->date, options->now,
                            certificates_only, d);
    return run->press ? 0 : -1;
}

static void close_run(struct run *run)
{
    cert2xref_close(run->xref);
    press_close(run->press);
    job_free(run->job);
    free(run->found);
}

int print_job(const char *folder, const struct print_options *options, struct diag *d)
{
    struct run run;
    char *out;

    if (!open_run(&run, folder, options, 0, d)) {
        out = xasprintf("%s/out", run.job->folder);
        if (run.job->cross_reference) {
            struct cert2xref_options xref_options = { .name = run.job->cross_reference,
                                                      .date = options->date };
            run.xref = cert2xref_open(&xref_options, d);
        }
        if (!make_folder(out, d)) {
            run_records(&run, take_record);
            print_cross_reference(&run);
            report_unknown_names(&run);
            diag(d, PRESS_SUMMARY, run.tally.printed, run.tally.unchanged, run.tally.failed);
        }
        free(out);
    }
    close_run(&run);
    return diag_failed(d) ? -1 : 0;
}

static void list_record(struct run *run, const xmlDoc *rec)
{
    static const char *const states[] = { "not printed", "printed", "changed", "changed" };
    const xmlNode *record = xmlx_first(xmlDocGetRootElement(rec), "record");
    char *reference = xmlx_child_text(record, "reference");
    xmlDoc *cert = NULL;
    char *name, *path;
    char fingerprint[65];

    if (press_certificate(run->press, rec, &cert, run->d)) {
        run->tally.failed++;
    } else {
        name = xmlx_child_text(xmlDocGetRootElement(cert), "name");
        path = xasprintf("%s/out/%s.pdf", run->job->folder, name);
        press_fingerprint(cert, fingerprint);
        if (run->options->names)
            printf("%s\n", name);
        else
            printf("%-36s %-30s %s\n", name, reference, states[state_of(path, fingerprint)]);
        free(path);
        free(name);
    }
    xmlFreeDoc(cert);
    free(reference);
}

int list_job(const char *folder, const struct print_options *options, struct diag *d)
{
    struct run run;

    if (!open_run(&run, folder, options, 1, d))
        run_records(&run, list_record);
    close_run(&run);
    if (fflush(stdout) || ferror(stdout))
        diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
    return diag_failed(d) ? -1 : 0;
}
