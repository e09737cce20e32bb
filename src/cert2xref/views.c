#include "views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prov.h"
#include "xmlx.h"

/* ---- small parts ------------------------------------------------------------------------------- */

static void set(xmlNode *node, const char *name, const char *value)
{
    if (value && *value)
        xmlx_set(node, name, value);
}

static void set_count(xmlNode *node, const char *name, size_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", value);
    xmlx_set(node, name, text);
}

void views_copy(xmlNode *parent, const xmlNode *node)
{
    const xmlNode *child = xmlx_first_element(node);
    const xmlAttr *a;
    xmlNode *copy;

    if (child) {
        copy = xmlx_add(parent, (const char *)node->name);
    } else {
        char *text = xmlx_text(node);

        copy = *text ? xmlx_add_text(parent, (const char *)node->name, text)
                     : xmlx_add(parent, (const char *)node->name);
        free(text);
    }
    for (a = node->properties; a; a = a->next)
        if (!a->ns)
            set(copy, (const char *)a->name, xmlx_attr(node, (const char *)a->name));
    for (; child; child = xmlx_next_element(child))
        views_copy(copy, child);
}

static void add_finding(xmlNode *parent, const struct findings_finding *f)
{
    xmlNode *node = xmlx_add(parent, "finding");

    set(node, "code", f->code);
    set(node, "subject", f->subject);
    set(node, "document", f->document);
    set(node, "expected", f->expected);
}

/* The attributes that name a certificate wherever it is referred to. */
static void name_coc(xmlNode *node, const struct facts_coc *coc)
{
    set(node, "name", coc->name);
    set(node, "reference", coc->reference);
    set(node, "issue", coc->issue);
    set(node, "certificate-status", coc->status);
    set(node, "date", coc->date);
}

static void describe_report(xmlNode *node, const struct facts_report *report,
                            const struct findings_cites *cites)
{
    const struct facts_report *latest = findings_latest(cites, report);

    set(node, "number", report->number);
    set(node, "date", report->date);
    set(node, "excb", report->excb);
    set(node, "extl", report->extl);
    set(node, "valid-until", report->valid_until);
    xmlx_set(node, "latest", latest->issue > report->issue ? "no" : "yes");
}

/* ---- totals ------------------------------------------------------------------------------------ */

static size_t count_numbers(const struct findings_cites *cites)
{
    size_t i, n = 0;

    for (i = 0; i < cites->n; i++)
        if (!i || strcmp(cites->items[i].report->number, cites->items[i - 1].report->number))
            n++;
    return n;
}

void views_add_counts(const struct views *v, xmlNode *root)
{
    xmlNode *node = xmlx_add(root, "counts");
    size_t links = v->tests.n + v->qualities.n, findings = 0, evidence = 0, i;

    for (i = 0; i < v->n; i++) {
        evidence += v->cocs[i].evidence_n;
        findings += v->findings[i].n;
    }
    set_count(node, "cocs", v->n);
    set_count(node, "test-reports", count_numbers(&v->tests));
    set_count(node, "quality-reports", count_numbers(&v->qualities));
    set_count(node, "evidence", evidence);
    set_count(node, "links", links + evidence);
    set_count(node, "findings", findings);
}

void views_add_findings(const struct views *v, xmlNode *root)
{
    xmlNode *list = xmlx_add(root, "findings");
    size_t i, j;

    for (i = 0; i < v->n; i++) {
        xmlNode *coc;

        if (!v->findings[i].n)
            continue;
        coc = xmlx_add(list, "coc");
        name_coc(coc, &v->cocs[i]);
        for (j = 0; j < v->findings[i].n; j++)
            add_finding(coc, &v->findings[i].items[j]);
    }
}

/* ---- A: by certificate ------------------------------------------------------------------------- */

static void add_coc_test(xmlNode *parent, const struct views *v, const struct facts_coc *coc,
                         const struct facts_report *report)
{
    xmlNode *node = xmlx_add(parent, "test-report");
    size_t i;

    describe_report(node, report, &v->tests);
    for (i = 0; i < report->standards_n; i++) {
        xmlNode *standard = xmlx_add(node, "standard");

        set(standard, "dated", report->standards[i]);
        xmlx_set(standard, "listed", findings_listed(coc, report->standards[i]) ? "yes" : "no");
    }
}

static void add_evidence(xmlNode *parent, const struct facts_evidence *e)
{
    xmlNode *node = xmlx_add(parent, "evidence");

    set(node, "reference", e->reference);
    set(node, "date", e->date);
    set(node, "issuer", e->issuer);
    set(node, "type", e->type);
    set(node, "dated", e->dated);
    set(node, "item", e->item);
    set(node, "holder", e->holder);
    set(node, "report", e->report);
    set(node, "file", e->file);
    set(node, "sha256", e->sha256);
}

static void add_coc(xmlNode *parent, const struct views *v, size_t at)
{
    const struct facts_coc *coc = &v->cocs[at];
    xmlNode *node = xmlx_add(parent, "coc");
    size_t i;

    name_coc(node, coc);
    set(node, "variant", coc->variant);
    set(node, "holder", coc->holder);
    set(node, "equipment", coc->equipment);
    prov_copy(node, coc->source);
    for (i = 0; i < coc->standards_n; i++) {
        xmlNode *standard = xmlx_add(node, "standard");

        set(standard, "dated", coc->standards[i].dated);
        xmlx_set(standard, "class", coc->standards[i].cyber ? "cyber" : "ex");
        set(standard, "support", findings_support(coc, &coc->standards[i]));
    }
    for (i = 0; i < coc->tests_n; i++)
        add_coc_test(node, v, coc, &coc->tests[i]);
    for (i = 0; i < coc->qualities_n; i++)
        describe_report(xmlx_add(node, "quality-report"), &coc->qualities[i], &v->qualities);
    for (i = 0; i < coc->evidence_n; i++)
        add_evidence(node, &coc->evidence[i]);
    for (i = 0; i < coc->annexes_n; i++)
        set(xmlx_add(node, "annex"), "name", coc->annexes[i]);
    for (i = 0; i < v->findings[at].n; i++)
        add_finding(node, &v->findings[at].items[i]);
}

void views_add_cocs(const struct views *v, xmlNode *root)
{
    xmlNode *list = xmlx_add(root, "cocs");
    size_t i;

    for (i = 0; i < v->n; i++)
        add_coc(list, v, i);
}

/* ---- B and D: by report ------------------------------------------------------------------------ */

static void add_reports(const struct findings_cites *cites, const char *element, xmlNode *list)
{
    xmlNode *node = NULL;
    size_t i, j;

    for (i = 0; i < cites->n; i++) {
        const struct facts_report *report = cites->items[i].report;

        if (!i || strcmp(report->number, cites->items[i - 1].report->number)) {
            node = xmlx_add(list, element);
            describe_report(node, report, cites);
            for (j = 0; j < report->standards_n; j++)
                set(xmlx_add(node, "standard"), "dated", report->standards[j]);
        }
        name_coc(xmlx_add(node, "coc"), cites->items[i].coc);
    }
}

void views_add_test_reports(const struct views *v, xmlNode *root)
{
    add_reports(&v->tests, "test-report", xmlx_add(root, "test-reports"));
}

void views_add_quality_reports(const struct views *v, xmlNode *root)
{
    add_reports(&v->qualities, "quality-report", xmlx_add(root, "by-quality-report"));
}

/* ---- C: by standard ---------------------------------------------------------------------------- */

struct listing {
    const struct facts_standard *standard;
    const struct facts_coc *coc;
    size_t coc_at;
};

static int compare_listings(const void *a, const void *b)
{
    const struct listing *x = a, *y = b;
    int order = facts_compare(x->standard->number, y->standard->number);

    if (!order)
        order = facts_compare(x->standard->dated, y->standard->dated);
    if (!order)
        order = x->coc_at < y->coc_at ? -1 : x->coc_at > y->coc_at;
    return order;
}

static xmlNode *add_standard(xmlNode *list, const struct facts_standard *s)
{
    xmlNode *node = xmlx_add(list, "standard");

    set(node, "dated", s->dated);
    set(node, "number", s->number);
    set(node, "edition", s->edition);
    xmlx_set(node, "class", s->cyber ? "cyber" : "ex");
    if (*s->title)
        xmlx_add_text(node, "title", s->title);
    return node;
}

/* The certificate, with what supports the standard on it. */
static void add_supported(xmlNode *parent, const struct listing *l)
{
    const struct facts_coc *coc = l->coc;
    xmlNode *node = xmlx_add(parent, "coc");
    size_t i;

    name_coc(node, coc);
    xmlx_set(node, "support", findings_support(coc, l->standard));
    for (i = 0; i < coc->tests_n; i++)
        if (findings_covers(&coc->tests[i], l->standard->dated))
            set(xmlx_add(node, "document"), "number", coc->tests[i].number);
    for (i = 0; i < coc->evidence_n; i++)
        if (facts_same_edition(coc->evidence[i].dated, l->standard->dated))
            set(xmlx_add(node, "document"), "number", coc->evidence[i].reference);
}

void views_add_standards(const struct views *v, xmlNode *root)
{
    xmlNode *list = xmlx_add(root, "by-standard"), *node = NULL;
    struct listing *listings = NULL;
    size_t n = 0, cap = 0, i, j;

    for (i = 0; i < v->n; i++) {
        for (j = 0; j < v->cocs[i].standards_n; j++) {
            ALLOC_GROW(listings, n, cap);
            listings[n++] = (struct listing){ &v->cocs[i].standards[j], &v->cocs[i], i };
        }
    }
    if (n)
        qsort(listings, n, sizeof *listings, compare_listings);
    for (i = 0; i < n; i++) {
        if (!i || strcmp(listings[i].standard->dated, listings[i - 1].standard->dated))
            node = add_standard(list, listings[i].standard);
        add_supported(node, &listings[i]);
    }
    free(listings);
}
