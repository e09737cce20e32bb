#include "pdfcheck.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "examine.h"
#include "messages.h"
#include "pdf.h"
#include "strbuf.h"

enum { FINDINGS_LIMIT = 200 };
static const long long work_limit = 20000000;

/* Every message, whichever module gave it, becomes a finding and goes on to the caller. */
static void on_message(void *arg, const struct diag_place *place, enum diag_level level,
                       const char *id, const char *text)
{
    struct check *c = arg;
    struct pdfcheck_report *r = c->report;
    struct pdfcheck_finding *f;
    long line = place ? place->line : 0;

    if (r->findings_n > FINDINGS_LIMIT)
        return;
    if (r->findings_n == FINDINGS_LIMIT && !c->full) {
        c->full = 1;
        check_find(c, CHECK_MANY_FINDINGS, FINDINGS_LIMIT);
        return;
    }
    ALLOC_GROW(r->findings, r->findings_n, r->findings_cap);
    f = &r->findings[r->findings_n++];
    f->id = xstrdup(id);
    f->level = level;
    f->clause = c->clause ? xstrdup(c->clause) : NULL;
    f->text = line ? xasprintf("line %ld: %s", line, text) : xstrdup(text);
    if (c->clause)
        diag_at(c->outer, place, id, level, "%s (%s)", text, c->clause);
    else
        diag_at(c->outer, place, id, level, "%s", text);
}

int check_find(struct check *c, const char *id, enum diag_level level, const char *clause,
               const char *format, ...)
{
    va_list ap;

    c->clause = clause;
    va_start(ap, format);
    diag_vat(&c->d, &c->place, id, level, format, ap);
    va_end(ap);
    c->clause = NULL;
    return -1;
}

int check_work(struct check *c, size_t units)
{
    int was_left = c->work > 0;

    c->work -= (long long)units;
    if (c->work > 0)
        return 0;
    return was_left ? check_find(c, CHECK_INTRICATE) : -1;
}

void check_ask(struct check *c)
{
    c->report->checks++;
}

int pdfcheck(const void *bytes, size_t n, const char *name, const struct pdfcheck_options *options,
             struct pdfcheck_report *report, struct diag *d)
{
    struct check c = {
        .bytes = bytes, .n = n, .options = options, .report = report, .outer = d,
        .place = { .file = name }, .work = work_limit,
    };

    memset(report, 0, sizeof *report);
    report->name = xstrdup(name);
    report->size = n;
    diag_init(&c.d, d->program);
    c.d.warnings_are_errors = d->warnings_are_errors;
    c.d.sink = on_message;
    c.d.sink_arg = &c;

    c.pdf = pdf_parse(bytes, n, name, &c.d);
    if (c.pdf) {
        report->pages = pdf_pages(c.pdf);
        report->revisions = pdf_revisions(c.pdf);
        check_archive(&c);
        check_objects(&c);
        check_tags(&c);
        check_data(&c);
        if (options->programs)
            check_reprint(&c);
        check_seals(&c);
    }
    xmlFreeDoc(c.xmp);
    pdf_free(c.pdf);
    return diag_failed(&c.d) ? -1 : 0;
}

void pdfcheck_release(struct pdfcheck_report *r)
{
    size_t i;

    for (i = 0; i < r->findings_n; i++) {
        free(r->findings[i].id);
        free(r->findings[i].clause);
        free(r->findings[i].text);
    }
    for (i = 0; i < r->seals_n; i++) {
        struct pdfcheck_seal *s = &r->seals[i];

        free(s->signer);
        free(s->issuer);
        free(s->algorithm);
        free(s->field);
        free(s->reason);
        free(s->location);
        free(s->stamper);
        free(s->cms);
    }
    for (i = 0; i < r->files_n; i++) {
        free(r->files[i].name);
        free(r->files[i].mime);
        free(r->files[i].relationship);
        free(r->files[i].bytes);
    }
    free(r->findings);
    free(r->seals);
    free(r->files);
    free(r->name);
    free(r->part);
    free(r->conformance);
    free(r->ua);
    free(r->kind);
    free(r->reference);
    free(r->status);
    memset(r, 0, sizeof *r);
}
