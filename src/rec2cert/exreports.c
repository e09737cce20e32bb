/* Test reports and quality assessment reports of an IECEx certificate. */
#include "iecex.h"

#include <string.h>
#include <strings.h>

#include "messages.h"
#include "prov.h"
#include "xmlx.h"

enum kind { NEITHER, TEST, QUALITY };

static enum kind kind_of(struct iecex *x, const xmlNode *row)
{
    const char *text = draft_value(x->dr, row, "kind");

    if (text && !strcasecmp(text, "ExTR"))
        return TEST;
    if (text && !strcasecmp(text, "QAR"))
        return QUALITY;
    return NEITHER;
}

/* The number follows its grammar; its body and country are known. */
static void check_number(struct iecex *x, const xmlNode *row, enum kind kind)
{
    const xmlNode *place = draft_place(row, "number");
    const char *text = draft_value(x->dr, row, "number");
    struct exnumber n;

    if (!text)
        return;
    if (kind == TEST && exnumber_report(text, "ExTR", &n) && exnumber_report(text, "EXTR", &n)) {
        prov_diag(x->dr->d, place, IECEX_EXTR, text);
        return;
    }
    if (kind == QUALITY && exnumber_report(text, "QAR", &n)) {
        prov_diag(x->dr->d, place, IECEX_QAR, text);
        return;
    }
    if (!lists_country(x->dr->sources->lists, n.country, "en"))
        prov_diag(x->dr->d, place, IECEX_REPORT_COUNTRY, n.country, text);
    iecex_check_body(x, place, n.body, text);
}

/* What only the other kind of report has. */
static void check_fields(struct iecex *x, const xmlNode *row, enum kind kind)
{
    static const char *const of_quality[] = { "valid-until", "sites" }, *const of_test[] = { "extl", "standards" };
    const char *const *not_its = kind == TEST ? of_quality : of_test;
    size_t i;

    for (i = 0; i < 2; i++)
        if (draft_value(x->dr, row, not_its[i]))
            prov_diag(x->dr->d, draft_place(row, not_its[i]), REC_UNKNOWN_FIELD, not_its[i],
                      kind == TEST ? "an ExTR" : "a QAR");
}

/* Adds the standards of a report and notes what they cover. Returns their number. */
static size_t add_covered(struct iecex *x, const xmlNode *row, xmlNode *node)
{
    const xmlNode *place = draft_place(row, "standards");
    const char *number = draft_value(x->dr, row, "number"), **list;
    size_t i, n;

    list = draft_list(x->dr, row, "standards", &n);
    for (i = 0; i < n; i++) {
        const struct standards_edition *edition = draft_standard(x->dr, place, list[i]);
        struct iecex_standard *standard;

        if (!edition)
            continue;
        standard = iecex_find_standard(x, edition);
        if (standard)
            standard->is_covered = 1;
        else if (!x->has_faulty_standard)
            prov_diag(x->dr->d, place, IECEX_STANDARD_FOREIGN, number ? number : "", edition->dated);
        draft_add_text(node, "standard", place, edition->dated);
    }
    return n;
}

static size_t add_test_report(struct iecex *x, xmlNode *reports, const xmlNode *row)
{
    xmlNode *node = draft_add(reports, "test-report", draft_place(row, "number"));

    draft_attribute(x->dr, node, "number", row, "number");
    draft_attribute(x->dr, node, "date", row, "date");
    draft_attribute(x->dr, node, "excb", row, "excb");
    draft_attribute(x->dr, node, "extl", row, "extl");
    draft_attribute(x->dr, node, "first-issue", row, "first-issue");
    return add_covered(x, row, node);
}

static void add_quality_report(struct iecex *x, xmlNode *reports, const xmlNode *row)
{
    xmlNode *node = draft_add(reports, "quality-report", draft_place(row, "number"));
    const char **sites;
    size_t i, n;

    draft_attribute(x->dr, node, "number", row, "number");
    draft_attribute(x->dr, node, "date", row, "date");
    draft_attribute(x->dr, node, "valid-until", row, "valid-until");
    draft_attribute(x->dr, node, "excb", row, "excb");
    draft_attribute(x->dr, node, "first-issue", row, "first-issue");
    sites = draft_list(x->dr, row, "sites", &n);
    for (i = 0; i < n; i++)
        draft_add_text(node, "site", draft_place(row, "sites"), sites[i]);
}

/* Every Ex standard is covered by a test report, where the reports say what they cover. */
static void check_covered(struct iecex *x)
{
    size_t i;

    for (i = 0; i < x->n; i++)
        if (!x->standards[i].edition->is_cyber && !x->standards[i].is_covered)
            prov_diag(x->dr->d, draft_place(x->standards[i].row, "standard"), IECEX_UNCOVERED,
                      x->standards[i].edition->dated);
}

void iecex_add_reports(struct iecex *x)
{
    const xmlNode *record = x->dr->record, *row, *first = xmlx_first(record, "report");
    xmlNode *reports = draft_add(x->dr->cert, "reports", first ? first : record);
    size_t covering = 0;

    draft_report_repeated(x->dr, "report", "number", IECEX_REPORT_TWICE);
    for (row = first; row; row = xmlx_next(row, "report")) {
        const char *kind = draft_value(x->dr, row, "kind");

        if (kind && kind_of(x, row) == NEITHER)
            prov_diag(x->dr->d, draft_place(row, "kind"), IECEX_REPORT_KIND, kind);
        if (kind_of(x, row) != NEITHER) {
            check_number(x, row, kind_of(x, row));
            check_fields(x, row, kind_of(x, row));
        }
        if (kind_of(x, row) == TEST)
            covering += add_test_report(x, reports, row);
    }
    for (row = first; row; row = xmlx_next(row, "report"))
        if (kind_of(x, row) == QUALITY)
            add_quality_report(x, reports, row);
    if (covering)
        check_covered(x);
}
