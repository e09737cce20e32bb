#include "lint.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "csv2rec/csv2rec.h"
#include "docname.h"
#include "isodate.h"
#include "job.h"
#include "messages.h"
#include "outfile.h"
#include "rec2cert/batch.h"
#include "rec2cert/rec2cert.h"
#include "rec2cert/rules.h"
#include "strbuf.h"
#include "xmlx.h"

struct lint {
    struct rec2cert *rec2cert;
    struct batch *batch;
    const struct args_list *only;
    unsigned char *found; /* by index in only */
    struct diag *d;
};

/* Whether REC is asked for. */
static int wanted(struct lint *l, const xmlDoc *rec)
{
    const xmlNode *record = xmlx_first(xmlDocGetRootElement(rec), "record");
    char *reference = xmlx_child_text(record, "reference"), *issue = xmlx_child_text(record, "issue");
    char *name = docname(reference, *issue ? issue : NULL);
    int is_wanted = !l->only->n;
    size_t i;

    for (i = 0; i < l->only->n; i++)
        if (!strcmp(reference, l->only->items[i]) || !strcmp(name, l->only->items[i]))
            is_wanted = l->found[i] = 1;
    free(name);
    free(issue);
    free(reference);
    return is_wanted;
}

static void lint_record(struct lint *l, const xmlDoc *rec)
{
    xmlDoc *cert = NULL;

    if (!rec || !wanted(l, rec))
        return;
    if (!rec2cert(l->rec2cert, rec, &cert, l->d))
        batch_add(l->batch, cert);
    xmlFreeDoc(cert);
}

static void lint_records(struct lint *l, const struct job *job)
{
    struct csv2rec_options options = { .kind = job->kind };
    struct csv2rec *reader = csv2rec_open(job->folder, &options, l->d);
    xmlDoc *rec = NULL;
    size_t i;

    if (!reader)
        return;
    while (csv2rec_next(reader, &rec)) {
        lint_record(l, rec);
        xmlFreeDoc(rec);
        rec = NULL;
    }
    csv2rec_close(reader);
    for (i = 0; i < l->only->n; i++)
        if (!l->found[i])
            diag(l->d, PRESS_NO_RECORD, l->only->items[i]);
    batch_check(l->batch, l->d);
}

int lint_job(const char *folder, const char *data, time_t now, const struct args_list *only,
             struct diag *d)
{
    struct lint l = { .only = only, .d = d };
    struct job *job = job_read(folder, d);
    struct isodate today;

    if (job) {
        struct rec2cert_options options = { .data = data, .job = job->folder,
                                            .profile = job->profile, .rules = job->rules,
                                            .lang = job->lang, .today = &today };

        isodate_of_moment(now, &today);
        l.rec2cert = rec2cert_open(&options, d);
        l.batch = batch_new();
        l.found = xcalloc(only->n + 1, 1);
        if (l.rec2cert)
            lint_records(&l, job);
        rec2cert_close(l.rec2cert);
        batch_free(l.batch);
        free(l.found);
    }
    job_free(job);
    return diag_failed(d) ? -1 : 0;
}

static int find_format(const char *name, enum rules_format *format)
{
    static const char *const names[] = { "text", "csv", "manual" };
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) {
            *format = (enum rules_format)i;
            return 0;
        }
    return -1;
}

int lint_rules(const char *folder, const char *data, const char *format_name, const char *output,
               struct diag *d)
{
    struct job *job = folder ? job_read(folder, d) : NULL;
    char *rules_folder = xasprintf("%s/xsl/rules", data);
    enum rules_format format = RULES_TEXT;
    struct strbuf list = STRBUF_INIT;
    struct rules *rules = NULL;

    if (format_name && find_format(format_name, &format))
        diag(d, PRESS_FORMAT, format_name);
    else if (!folder || job)
        rules = rules_load(rules_folder, job ? job->rules : NULL, d);
    if (rules) {
        rules_list(rules, format, &list);
        outfile_write(output, list.buf, list.len, 0, d);
    }
    rules_free(rules);
    strbuf_release(&list);
    free(rules_folder);
    job_free(job);
    return diag_failed(d) ? -1 : 0;
}
