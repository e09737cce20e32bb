#include "findings.h"

#include <stdlib.h>
#include <string.h>

static int compare_cites(const void *a, const void *b)
{
    const struct findings_cite *x = a, *y = b;
    int order = facts_compare(x->report->series, y->report->series);

    if (!order)
        order = x->report->issue - y->report->issue;
    if (!order)
        order = facts_compare(x->report->number, y->report->number);
    if (!order)
        order = x->coc_at < y->coc_at ? -1 : x->coc_at > y->coc_at;
    return order;
}

void findings_collect(struct findings_cites *cites, const struct facts_coc *cocs, size_t n, int tests)
{
    size_t i, j;

    memset(cites, 0, sizeof *cites);
    for (i = 0; i < n; i++) {
        const struct facts_report *reports = tests ? cocs[i].tests : cocs[i].qualities;
        size_t reports_n = tests ? cocs[i].tests_n : cocs[i].qualities_n;

        for (j = 0; j < reports_n; j++) {
            ALLOC_GROW(cites->items, cites->n, cites->cap);
            cites->items[cites->n++] = (struct findings_cite){ &cocs[i], &reports[j], i };
        }
    }
    if (cites->n)
        qsort(cites->items, cites->n, sizeof *cites->items, compare_cites);
}

const struct facts_report *findings_latest(const struct findings_cites *cites,
                                           const struct facts_report *report)
{
    size_t low = 0, high = cites->n;

    /* Looks for the end of the series: the first citation behind it. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (facts_compare(cites->items[middle].report->series, report->series) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? cites->items[low - 1].report : report;
}

int findings_covers(const struct facts_report *report, const char *dated)
{
    size_t i;

    for (i = 0; i < report->standards_n; i++)
        if (facts_same_edition(report->standards[i], dated))
            return 1;
    return 0;
}

static int any_report_covers(const struct facts_coc *coc, const char *dated)
{
    size_t i;

    for (i = 0; i < coc->tests_n; i++)
        if (findings_covers(&coc->tests[i], dated))
            return 1;
    return 0;
}

const char *findings_support(const struct facts_coc *coc, const struct facts_standard *standard)
{
    size_t i;

    if (any_report_covers(coc, standard->dated))
        return "test-report";
    for (i = 0; i < coc->evidence_n; i++)
        if (facts_same_edition(coc->evidence[i].dated, standard->dated))
            return "certificate";
    for (i = 0; i < coc->tests_n && !standard->cyber; i++)
        if (!coc->tests[i].standards_n)
            return "unknown";
    return "none";
}

const struct facts_standard *findings_listed(const struct facts_coc *coc, const char *dated)
{
    size_t i;

    for (i = 0; i < coc->standards_n; i++)
        if (facts_same_edition(coc->standards[i].dated, dated))
            return &coc->standards[i];
    return NULL;
}

static void add(struct findings *list, const char *code, const char *subject, const char *document,
                const char *expected)
{
    ALLOC_GROW(list->items, list->n, list->cap);
    list->items[list->n++] = (struct findings_finding){ code, subject, document, expected };
}

static void check_standards(struct findings *list, const struct facts_coc *coc)
{
    size_t i;

    for (i = 0; i < coc->standards_n; i++) {
        const struct facts_standard *s = &coc->standards[i];

        if (!strcmp(findings_support(coc, s), "none"))
            add(list, s->cyber ? "cyber-standard-without-evidence" : "standard-without-report",
                s->dated, NULL, NULL);
    }
}

/* A standard of a report that the certificate does not list: of another edition, or not at all. */
static void check_covered(struct findings *list, const struct facts_coc *coc,
                          const struct facts_report *report, const char *dated)
{
    size_t i;

    if (findings_listed(coc, dated))
        return;
    for (i = 0; i < coc->standards_n; i++) {
        if (facts_same_standard(coc->standards[i].dated, dated)) {
            add(list, "report-standard-edition-differs", dated, report->number,
                coc->standards[i].dated);
            return;
        }
    }
    add(list, "report-standard-not-listed", dated, report->number, NULL);
}

/* A newer issue is known of a report of which COC cites none so new. */
static void check_latest(struct findings *list, const struct facts_report *reports, size_t n, size_t i,
                         const struct findings_cites *cites, const char *code)
{
    const struct facts_report *latest = findings_latest(cites, &reports[i]);
    size_t j;

    for (j = 0; j < n; j++)
        if (!strcmp(reports[j].series, reports[i].series) &&
            (reports[j].issue > reports[i].issue || (reports[j].issue == reports[i].issue && j < i)))
            return; /* said of the newest cited only */
    if (latest->issue > reports[i].issue)
        add(list, code, NULL, reports[i].number, latest->number);
}

static int same_details(const struct facts_report *a, const struct facts_report *b)
{
    size_t i;

    if (strcmp(a->date, b->date) || strcmp(a->excb, b->excb) || strcmp(a->extl, b->extl) ||
        strcmp(a->valid_until, b->valid_until))
        return 0;
    for (i = 0; i < a->standards_n; i++)
        if (!findings_covers(b, a->standards[i]))
            return 0;
    for (i = 0; i < b->standards_n; i++)
        if (!findings_covers(a, b->standards[i]))
            return 0;
    return 1;
}

/* The first certificate's citation of a report is the measure of all others. */
static void check_details(struct findings *list, const struct facts_coc *coc,
                          const struct facts_report *report, const struct findings_cites *cites)
{
    size_t low = 0, high = cites->n;
    const struct findings_cite *first;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct facts_report *other = cites->items[middle].report;
        int order = facts_compare(other->series, report->series);

        if (order < 0 || (!order && (other->issue < report->issue ||
                                     (other->issue == report->issue &&
                                      facts_compare(other->number, report->number) < 0))))
            low = middle + 1;
        else
            high = middle;
    }
    first = &cites->items[low];
    if (first->coc != coc && !same_details(first->report, report))
        add(list, "report-details-differ", first->coc->reference, report->number, NULL);
}

static void check_tests(struct findings *list, const struct facts_coc *coc,
                        const struct findings_cites *cites)
{
    size_t i, j;

    for (i = 0; i < coc->tests_n; i++) {
        const struct facts_report *report = &coc->tests[i];

        if (!report->standards_n)
            add(list, "report-standards-unknown", NULL, report->number, NULL);
        for (j = 0; j < report->standards_n; j++)
            check_covered(list, coc, report, report->standards[j]);
        check_latest(list, coc->tests, coc->tests_n, i, cites, "report-superseded");
        check_details(list, coc, report, cites);
    }
}

static void check_qualities(struct findings *list, const struct facts_coc *coc,
                            const struct findings_cites *cites)
{
    size_t i;

    /* Unit verification rests on no quality assessment. */
    if (!coc->qualities_n && strcmp(coc->variant, "unit-verification"))
        add(list, "quality-report-missing", NULL, NULL, NULL);
    for (i = 0; i < coc->qualities_n; i++) {
        const struct facts_report *report = &coc->qualities[i];

        if (*report->valid_until && strcmp(report->valid_until, coc->date) < 0)
            add(list, "quality-report-expired", report->valid_until, report->number, coc->date);
        check_latest(list, coc->qualities, coc->qualities_n, i, cites, "quality-report-superseded");
        check_details(list, coc, report, cites);
    }
}

void findings_check(struct findings *list, const struct facts_coc *coc,
                    const struct findings_cites *tests, const struct findings_cites *qualities)
{
    size_t i;

    check_standards(list, coc);
    check_tests(list, coc, tests);
    check_qualities(list, coc, qualities);
    for (i = 0; i < coc->evidence_n; i++)
        if (!findings_listed(coc, coc->evidence[i].dated))
            add(list, "evidence-standard-not-listed", coc->evidence[i].dated,
                coc->evidence[i].reference, NULL);
}
