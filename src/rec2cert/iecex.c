#include "iecex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "messages.h"
#include "prov.h"
#include "record.h"
#include "strbuf.h"
#include "xmlx.h"

struct iecex_standard *iecex_find_standard(struct iecex *x, const struct standards_edition *edition)
{
    size_t i;

    for (i = 0; i < x->n; i++)
        if (x->standards[i].edition == edition)
            return &x->standards[i];
    return NULL;
}

int iecex_has_ex_standard(const struct iecex *x)
{
    size_t i;

    for (i = 0; i < x->n; i++)
        if (!x->standards[i].edition->is_cyber)
            return 1;
    return 0;
}

void iecex_check_body(struct iecex *x, const xmlNode *place, const char *body, const char *text)
{
    const struct issuer *issuer = x->dr->sources->issuer;

    if (!lists_excb(x->dr->sources->lists, body) && (!issuer || strcmp(issuer_id(issuer), body)))
        prov_diag(x->dr->d, place, IECEX_BODY, body, text);
}

/* The number: its form and its body. */
static void read_number(struct iecex *x)
{
    const xmlNode *place = draft_place(x->dr->record, "reference");
    const char *text = draft_value(x->dr, x->dr->record, "reference"), *family;
    char *repaired;

    x->reference = text ? draft_one_line(x->dr, text) : "";
    if (!text)
        return;
    if (!exnumber_certificate(x->reference, &x->number)) {
        x->has_number = 1;
        iecex_check_body(x, place, x->number.body, x->reference);
        return;
    }
    family = exnumber_other_family(x->reference);
    repaired = family ? NULL : exnumber_repaired(x->reference);
    if (family)
        prov_diag(x->dr->d, place, IECEX_OTHER_FAMILY, x->reference, family);
    else if (repaired)
        prov_diag(x->dr->d, place, IECEX_NUMBER_NEAR, x->reference, repaired);
    else
        prov_diag(x->dr->d, place, IECEX_NUMBER, x->reference);
    free(repaired);
}

static void read_variant(struct iecex *x)
{
    const char *variant = draft_value(x->dr, x->dr->record, "variant");

    x->variant = variant ? variant : "normal";
    xmlx_set(x->dr->cert, "variant", x->variant);
}

/* Specific conditions of use; a component's text is its schedule of limitations. */
static void add_has_conditions(struct iecex *x)
{
    const xmlNode *place = draft_place(x->dr->record, "conditions");
    int has = draft_value(x->dr, x->dr->record, "conditions") != NULL;

    draft_add_text(x->dr->cert, "has-conditions", place, has ? "yes" : "no");
}

static void add_issue_and_status(struct iecex *x)
{
    const xmlNode *place = draft_place(x->dr->record, "status");
    const char *status = draft_value(x->dr, x->dr->record, "status");
    char issue[32];

    x->issue = draft_number(x->dr, x->dr->record, "issue");
    snprintf(issue, sizeof issue, "%ld", x->issue);
    draft_add_text(x->dr->cert, "issue", draft_place(x->dr->record, "issue"), issue);
    if (status)
        draft_add_text(x->dr->cert, "certificate-status", place, status);
}

/* ---- history and changes ---- */

/* The history row of ISSUE, or NULL. */
static const xmlNode *history_row(const struct iecex *x, long issue)
{
    return issue >= 0 && issue < x->history_n ? x->history[issue] : NULL;
}

/* Reports the issues without a row in one message: "1, 3 to 5". */
static void report_gaps(struct iecex *x)
{
    struct strbuf gaps = STRBUF_INIT;
    long issue, first;

    for (issue = 0; issue <= x->issue; issue++) {
        if (history_row(x, issue))
            continue;
        first = issue;
        if (issue >= x->history_n)
            issue = x->issue;
        while (issue < x->issue && !history_row(x, issue + 1))
            issue++;
        strbuf_addf(&gaps, "%s%ld", gaps.len ? ", " : "", first);
        if (issue > first)
            strbuf_addf(&gaps, "%s%ld", issue == first + 1 ? ", " : " to ", issue);
    }
    if (gaps.len)
        prov_diag(x->dr->d, draft_place(x->dr->record, "issue"), IECEX_HISTORY_GAP, gaps.buf);
    strbuf_release(&gaps);
}

/* Sorts the rows by issue: every row once and none of a later issue, every issue from 0 to this one.
 * Returns -1 after reporting what is not so. */
static int read_history(struct iecex *x)
{
    long faults = x->dr->d->errors, issue;
    const xmlNode *row;

    x->history_n = x->issue < RECORD_MOST_ROWS ? x->issue + 1 : RECORD_MOST_ROWS;
    x->history = arena_alloc(&x->dr->memory, (size_t)x->history_n * sizeof *x->history);
    for (row = xmlx_first(x->dr->record, "history"); row; row = xmlx_next(row, "history")) {
        issue = draft_number(x->dr, row, "issue");
        if (issue > x->issue)
            prov_diag(x->dr->d, draft_place(row, "issue"), IECEX_HISTORY_LATER, issue, x->issue);
        else if (history_row(x, issue))
            prov_diag(x->dr->d, draft_place(row, "issue"), IECEX_HISTORY_TWICE, issue);
        else if (issue >= 0 && issue < x->history_n)
            x->history[issue] = row;
    }
    report_gaps(x);
    return x->dr->d->errors == faults ? 0 : -1;
}

static void check_history_dates(struct iecex *x, const xmlNode *row, long issue)
{
    struct isodate date, other;
    char text[11], other_text[11];

    if (draft_date_value(x->dr, row, "date", &date))
        return;
    isodate_print(&date, text);
    if (issue && !draft_date_value(x->dr, history_row(x, issue - 1), "date", &other) &&
        isodate_compare(&date, &other) < 0) {
        isodate_print(&other, other_text);
        prov_diag(x->dr->d, draft_place(row, "date"), IECEX_HISTORY_DATES, issue, text, issue - 1,
                  other_text);
    }
    if (issue == x->issue && !draft_date_value(x->dr, x->dr->record, "issue-date", &other) &&
        isodate_compare(&date, &other)) {
        isodate_print(&other, other_text);
        prov_diag(x->dr->d, draft_place(row, "date"), IECEX_HISTORY_NEWEST, issue, text, other_text);
    }
    if (!issue && x->has_number && x->number.year > date.year)
        prov_diag(x->dr->d, draft_place(x->dr->record, "reference"), IECEX_YEAR, x->reference, text);
}

static void add_history(struct iecex *x)
{
    xmlNode *history, *entry;
    long issue;

    if (x->issue < 0 || read_history(x))
        return;
    history = draft_add(x->dr->cert, "history", xmlx_first(x->dr->record, "history"));
    for (issue = x->issue; issue >= 0; issue--) {
        const xmlNode *row = history_row(x, issue);
        char number[32];

        check_history_dates(x, row, issue);
        snprintf(number, sizeof number, "%ld", issue);
        entry = draft_add(history, "entry", row);
        xmlx_set(entry, "issue", number);
        draft_attribute(x->dr, entry, "date", row, "date");
    }
}

/* The changes of ISSUE: in its row of the history, or in the certificate's own for the newest. */
static const char *changes_of(struct iecex *x, long issue, const xmlNode **place)
{
    const xmlNode *row = history_row(x, issue);
    const char *text = row ? draft_value(x->dr, row, "changes") : NULL;
    const char *own = issue == x->issue ? draft_value(x->dr, x->dr->record, "changes") : NULL;

    if (text && own)
        prov_diag(x->dr->d, draft_place(row, "changes"), REC_TWICE, "changes");
    *place = own ? draft_place(x->dr->record, "changes") : draft_place(row, "changes");
    return own ? own : text;
}

static void add_changes(struct iecex *x)
{
    xmlNode *changes = NULL, *change;
    const xmlNode *place, *row;
    const char *text;
    long issue;

    if (x->issue == 0 && draft_value(x->dr, x->dr->record, "changes") &&
        strcmp(x->variant, "unit-verification"))
        prov_diag(x->dr->d, draft_place(x->dr->record, "changes"), IECEX_CHANGES_OF_0);
    for (issue = x->issue; issue > 0 && (row = history_row(x, issue)); issue--) {
        char number[32];

        text = changes_of(x, issue, &place);
        if (!text && issue == x->issue)
            prov_diag(x->dr->d, x->dr->record, IECEX_NO_CHANGES, issue);
        if (!text)
            continue;
        if (!changes)
            changes = draft_add(x->dr->cert, "changes", place);
        snprintf(number, sizeof number, "%ld", issue);
        change = draft_add(changes, "change", place);
        xmlx_set(change, "issue", number);
        draft_attribute(x->dr, change, "date", row, "date");
        draft_paragraphs(x->dr, change, place, text);
    }
}

/* ---- what it is ---- */

static void add_locations(struct iecex *x)
{
    const xmlNode *row = xmlx_first(x->dr->record, "site");
    xmlNode *locations = row ? draft_add(x->dr->cert, "locations", row) : NULL, *location;

    for (; row; row = xmlx_next(row, "site")) {
        location = draft_organization(x->dr, locations, "location", row, "");
        if (location)
            draft_attribute(x->dr, location, "role", row, "role");
    }
}

static void add_equipment(struct iecex *x)
{
    const xmlNode *record = x->dr->record;
    xmlNode *node = draft_add(x->dr->cert, "equipment", draft_place(record, "equipment"));
    const char **serials;
    size_t i, n;

    draft_line(x->dr, node, "name", record, "equipment");
    draft_line(x->dr, node, "accessory", record, "accessory");
    draft_text(x->dr, node, "description", record, "description");
    serials = draft_list(x->dr, record, "serials", &n);
    for (i = 0; i < n; i++)
        draft_add_text(node, "serial", draft_place(record, "serials"), serials[i]);
}

static void add_marking(struct iecex *x)
{
    const xmlNode *place = draft_place(x->dr->record, "marking");
    const char *text = draft_value(x->dr, x->dr->record, "marking");
    xmlNode *node = draft_add(x->dr->cert, "marking", place);

    while (text && *text) {
        size_t len = strcspn(text, "\n");
        const char *line = draft_one_line(x->dr, arena_strndup(&x->dr->memory, text, len));

        if (*line)
            draft_add_text(node, "line", place, line);
        text += len;
        text += *text == '\n';
    }
}

/* ---- standards ---- */

static void check_edition_number(struct iecex *x, const xmlNode *row, const struct standards_edition *e)
{
    const char *text = draft_value(x->dr, row, "edition"), *p = text;

    if (!text)
        return;
    p += strncmp(p, "Edition", 7) ? 0 : 7;
    p += strspn(p, " :");
    if (strcmp(p, e->edition_number) &&
        (strchr(p, '.') || strncmp(p, e->edition_number, strlen(p)) || strcmp(e->edition_number + strlen(p), ".0")))
        prov_diag(x->dr->d, draft_place(row, "edition"), IECEX_EDITION_NUMBER, text, e->dated,
                  e->edition_number);
}

static void read_standards(struct iecex *x)
{
    const xmlNode *row;

    x->standards = arena_alloc(&x->dr->memory, (draft_rows(x->dr, "standard") + 1) * sizeof *x->standards);
    for (row = xmlx_first(x->dr->record, "standard"); row; row = xmlx_next(row, "standard")) {
        const char *text = draft_value(x->dr, row, "standard");
        const xmlNode *place = draft_place(row, "standard");
        const struct standards_edition *edition = text ? draft_standard(x->dr, place, text) : NULL;

        x->has_faulty_standard |= !edition;
        if (!edition)
            continue;
        if (iecex_find_standard(x, edition)) {
            prov_diag(x->dr->d, place, REC_STANDARD_TWICE, edition->dated);
            continue;
        }
        check_edition_number(x, row, edition);
        if (!edition->is_cyber && standards_behind(x->dr->sources->standards, edition) > 1)
            prov_diag(x->dr->d, place, IECEX_OLD_EDITION, edition->dated, edition->newest->dated);
        x->standards[x->n].row = row;
        x->standards[x->n++].edition = edition;
    }
}

int iecex_is_assembly(const struct iecex *x)
{
    size_t i;

    for (i = 0; i < x->n; i++)
        if (!strcmp(x->standards[i].edition->number, "IEC TS 60079-46"))
            return 1;
    return 0;
}

/* The Ex standards, then those of cyber security, each in the record's order. */
static void add_standards(struct iecex *x)
{
    const xmlNode *first = xmlx_first(x->dr->record, "standard");
    xmlNode *standards = draft_add(x->dr->cert, "standards", first ? first : x->dr->record), *node;
    int cyber;
    size_t i;

    for (cyber = 0; cyber <= 1; cyber++)
        for (i = 0; i < x->n; i++) {
            const struct standards_edition *e = x->standards[i].edition;
            const xmlNode *row = x->standards[i].row;
            const char *title;

            if (e->is_cyber != cyber)
                continue;
            node = draft_add_standard(x->dr, standards, "standard", draft_place(row, "standard"), e);
            xmlx_set(node, "edition-number", e->edition_number);
            xmlx_set(node, "class", cyber ? "cyber" : "ex");
            title = draft_value(x->dr, row, "title");
            if (title) {
                xmlNode *old = xmlx_first(node, "title");

                xmlUnlinkNode(old);
                xmlFreeNode(old);
                draft_line(x->dr, node, "title", row, "title");
            }
        }
}

void iecex_add(struct draft *dr)
{
    struct iecex x = { .dr = dr };

    read_number(&x);
    read_variant(&x);
    read_standards(&x);
    levels_collect(dr, &x.levels);
    add_issue_and_status(&x);
    add_has_conditions(&x);
    add_history(&x);
    draft_organization(dr, dr->cert, "applicant", dr->record, "applicant-");
    draft_organization(dr, dr->cert, "manufacturer", dr->record, "manufacturer-");
    add_locations(&x);
    add_equipment(&x);
    draft_line(dr, dr->cert, "protection", dr->record, "protection");
    add_marking(&x);
    iecex_check_marking(&x);
    add_standards(&x);
    iecex_add_reports(&x);
    draft_text(dr, dr->cert, "conditions", dr->record, "conditions");
    add_changes(&x);
    iecex_add_annexes(&x);
    iecex_add_cyber(&x);
}
