#include "requirements.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "capability.h"
#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

/* ---- reading ---- */

static const struct {
    const char *text;
    enum verdict verdict;
} verdicts[] = {
    { "pass", VERDICT_PASS },
    { "passed", VERDICT_PASS },
    { "n/a", VERDICT_NOT_APPLICABLE },
    { "na", VERDICT_NOT_APPLICABLE },
    { "not applicable", VERDICT_NOT_APPLICABLE },
    { "not-applicable", VERDICT_NOT_APPLICABLE },
    { "n/e", VERDICT_NOT_EVALUATED },
    { "ne", VERDICT_NOT_EVALUATED },
    { "not evaluated", VERDICT_NOT_EVALUATED },
    { "not-evaluated", VERDICT_NOT_EVALUATED },
    { "fail", VERDICT_FAIL },
    { "failed", VERDICT_FAIL },
};

static enum verdict read_verdict(struct draft *dr, const xmlNode *node)
{
    const char *text = draft_value(dr, node, "verdict");
    size_t i;

    if (!text)
        return VERDICT_NONE;
    text = draft_one_line(dr, text);
    for (i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (!strcasecmp(verdicts[i].text, text))
            return verdicts[i].verdict;
    prov_diag(dr->d, draft_place(node, "verdict"), REC_VERDICT, text);
    return VERDICT_NOT_EVALUATED;
}

static int read_maturity(struct draft *dr, const xmlNode *node)
{
    const char *text = draft_value(dr, node, "maturity-level");
    int level;

    if (!text || !strcasecmp(text, "n/a") || !strcmp(text, "-"))
        return 0;
    level = capability_maturity(text);
    if (!level)
        prov_diag(dr->d, draft_place(node, "maturity-level"), IECEE_MATURITY, text);
    return level;
}

/* The standard meant by ROW: dated, or by its number alone when one edition is listed, or none when
 * one standard is. NULL after reporting. */
static const struct standards_edition *read_standard(struct draft *dr, const xmlNode *row,
                                                     const struct standards_edition *const *editions,
                                                     size_t n, int incomplete)
{
    const xmlNode *place = draft_place(row, "standard");
    const char *text = draft_value(dr, row, "standard");
    const struct standards_edition *found = NULL;
    size_t i, matches = 0;

    for (i = 0; i < n; i++)
        if (!text || standards_is_number(editions[i], text)) {
            found = editions[i];
            matches++;
        }
    if (matches == 1 && !(incomplete && !text))
        return found;
    if (!text || matches) {
        if (!incomplete)
            prov_diag(dr->d, place, REC_REQUIREMENT_STANDARD, n);
        return NULL;
    }
    found = draft_standard(dr, place, text);
    for (i = 0; found && i < n; i++)
        if (editions[i] == found)
            return found;
    if (found && !incomplete)
        prov_diag(dr->d, place, REC_REQUIREMENT_FOREIGN, found->dated);
    return NULL;
}

/* The requirement that ROW names, also one that only the form has; NULL after reporting. */
static const struct catalogue_requirement *read_requirement(struct draft *dr, const xmlNode *row,
                                                            const struct standards_edition *edition)
{
    const char *id = draft_value(dr, row, "id"), *level = draft_value(dr, row, "level");
    const struct catalogue *c = edition->catalogue;
    const struct catalogue_group *group = NULL, *named;
    const struct catalogue_requirement *r;

    if (!id)
        return NULL;
    r = catalogue_requirement(c, id, &group);
    if (!r && c->form) {
        c = c->form;
        r = catalogue_requirement(c, id, &group);
    }
    if (!r) {
        prov_diag(dr->d, draft_place(row, "id"), REC_REQUIREMENT, id, edition->dated);
        return NULL;
    }
    /* Worksheets spell levels in their own way: only another level's name contradicts. */
    named = level ? catalogue_group(c, draft_one_line(dr, level)) : NULL;
    if (named && named != group)
        prov_diag(dr->d, draft_place(row, "level"), REC_REQUIREMENT_LEVEL, r->id,
                  catalogue_group_label(group), level);
    return r;
}

/* A fail bars the certificate unless the body leaves the requirement out, in so many words. */
static void apply_decision(struct draft *dr, struct requirement_row *row)
{
    const char *decision = draft_value(dr, row->node, "decision");
    const xmlNode *place = draft_place(row->node, "decision");

    if (decision && row->verdict != VERDICT_FAIL)
        prov_diag(dr->d, place, REC_DECISION_UNUSED);
    else if (decision && strncasecmp(decision, "N/E", 3))
        prov_diag(dr->d, place, REC_DECISION, decision);
    if (row->verdict != VERDICT_FAIL)
        return;
    if (!decision)
        prov_diag(dr->d, draft_place(row->node, "verdict"), REC_FAILED,
                  row->requirement ? row->requirement->id : "");
    row->verdict = VERDICT_NOT_EVALUATED;
}

struct key {
    const struct requirement_row *row;
    const char *role, *component;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order;

    if (x->row->edition != y->row->edition)
        return x->row->edition < y->row->edition ? -1 : 1;
    if (x->row->requirement->index != y->row->requirement->index)
        return x->row->requirement->index < y->row->requirement->index ? -1 : 1;
    if ((order = strcasecmp(x->role, y->role)) || (order = strcasecmp(x->component, y->component)))
        return order;
    return x->row < y->row ? -1 : x->row > y->row;
}

static const char *word(struct draft *dr, const xmlNode *row, const char *field)
{
    const char *text = draft_value(dr, row, field);

    return text ? draft_one_line(dr, text) : "";
}

static void report_repeated(struct draft *dr, const struct requirements *rq)
{
    struct key *keys = xcalloc(rq->n + 1, sizeof *keys);
    size_t i, n = 0;

    for (i = 0; i < rq->n; i++)
        if (rq->rows[i].requirement)
            keys[n++] = (struct key){ &rq->rows[i], word(dr, rq->rows[i].node, "role"),
                                      word(dr, rq->rows[i].node, "component") };
    qsort(keys, n, sizeof *keys, compare_keys);
    for (i = 1; i < n; i++)
        if (keys[i].row->edition == keys[i - 1].row->edition &&
            keys[i].row->requirement->index == keys[i - 1].row->requirement->index &&
            !strcasecmp(keys[i].role, keys[i - 1].role) &&
            !strcasecmp(keys[i].component, keys[i - 1].component))
            prov_diag(dr->d, draft_place(keys[i].row->node, "id"), REC_REQUIREMENT_TWICE,
                      keys[i].row->requirement->id);
    free(keys);
}

void requirements_collect(struct draft *dr, const struct standards_edition *const *editions,
                          size_t n, int incomplete, struct requirements *rq)
{
    const xmlNode *node;

    rq->rows = arena_alloc(&dr->memory, (draft_rows(dr, "requirement") + 1) * sizeof *rq->rows);
    rq->n = 0;
    for (node = xmlx_first(dr->record, "requirement"); node;
         node = xmlx_next(node, "requirement")) {
        struct requirement_row *row = &rq->rows[rq->n++];

        row->node = node;
        row->edition = read_standard(dr, node, editions, n, incomplete);
        row->requirement = row->edition ? read_requirement(dr, node, row->edition) : NULL;
        row->verdict = read_verdict(dr, node);
        row->maturity = read_maturity(dr, node);
        apply_decision(dr, row);
    }
    report_repeated(dr, rq);
}

int requirements_any(const struct requirements *rq, const struct standards_edition *edition)
{
    size_t i;

    for (i = 0; i < rq->n; i++)
        if (rq->rows[i].edition == edition)
            return 1;
    return 0;
}

/* ---- what rows come to ---- */

int requirements_selects(const struct catalogue_requirement *r, unsigned components)
{
    return !r->component || (r->component & components);
}

/* The verdict on a requirement whose rows so far come to SO_FAR, with one more. What does not apply
 * to one role or component leaves the verdict to the others. */
static enum verdict combine(enum verdict so_far, enum verdict next)
{
    if (so_far == VERDICT_NOT_EVALUATED || next == VERDICT_NOT_EVALUATED)
        return VERDICT_NOT_EVALUATED;
    return so_far == VERDICT_PASS || next == VERDICT_PASS ? VERDICT_PASS : VERDICT_NOT_APPLICABLE;
}

static void add_to_list(struct strbuf *list, size_t *n, const char *id)
{
    strbuf_addf(list, "%s%s", (*n)++ ? ", " : "", id);
}

static void report_list(struct draft *dr, const xmlNode *place, struct strbuf *list, size_t n,
                        const char *dated, const char *id, enum diag_level level,
                            const char *format)
    __attribute__((format(printf, 8, 0)));
static void report_list(struct draft *dr, const xmlNode *place, struct strbuf *list, size_t n,
                        const char *dated, const char *id, enum diag_level level,
                            const char *format)
{
    if (n)
        prov_diag(dr->d, place, id, level, format, n, dated, list->buf);
    strbuf_release(list);
}

static void add_row(struct draft *dr, const struct requirement_row *row, unsigned components,
                    struct assessment *a)
{
    enum verdict verdict = row->verdict == VERDICT_NONE ? VERDICT_NOT_EVALUATED : row->verdict;

    if (!requirements_selects(row->requirement, components)) {
        if (verdict == VERDICT_PASS)
            prov_diag(dr->d, draft_place(row->node, "verdict"), REC_OTHER_TYPE,
                      row->requirement->id, catalogue_component_name(row->requirement->component));
        return;
    }
    a->verdict = a->row ? combine(a->verdict, verdict) : verdict;
    if (!a->row)
        a->row = row->node;
    if (row->maturity && verdict == VERDICT_PASS && (!a->maturity || row->maturity < a->maturity))
        a->maturity = row->maturity;
}

/* Warns, once a standard each: rows without verdict, requirements without row, and maturity levels
 * that are given for some of the requirements that passed. */
static void report_gaps(struct draft *dr, const struct requirements *rq,
                        const struct standards_edition *edition, const struct catalogue *view,
                        unsigned components, const struct assessment *assessments)
{
    struct strbuf unjudged = STRBUF_INIT, absent = STRBUF_INIT, immature = STRBUF_INIT;
    const xmlNode *first = NULL, *first_unjudged = NULL;
    size_t i, k, unjudged_n = 0, absent_n = 0, immature_n = 0, mature_n = 0;

    for (i = 0; i < rq->n; i++) {
        const struct requirement_row *row = &rq->rows[i];

        if (row->edition != edition || !row->requirement)
            continue;
        first = first ? first : row->node;
        if (row->verdict != VERDICT_NONE || !requirements_selects(row->requirement, components))
            continue;
        first_unjudged = first_unjudged ? first_unjudged : row->node;
        add_to_list(&unjudged, &unjudged_n, row->requirement->id);
    }
    for (i = 0; i < view->n; i++)
        for (k = 0; k < view->groups[i].n; k++) {
            const struct catalogue_requirement *r = &view->groups[i].requirements[k];
            const struct assessment *a = &assessments[r->index];

            if (!a->row && !r->is_placeholder && requirements_selects(r, components))
                add_to_list(&absent, &absent_n, r->id);
            mature_n += a->maturity > 0;
            if (a->verdict == VERDICT_PASS && !a->maturity)
                add_to_list(&immature, &immature_n, r->id);
        }
    report_list(dr, first_unjudged, &unjudged, unjudged_n, edition->dated, REC_NO_VERDICT);
    report_list(dr, first, &absent, absent_n, edition->dated, REC_NO_ROW);
    report_list(dr, first, &immature, mature_n ? immature_n : 0, edition->dated, REC_NO_MATURITY);
}

const struct assessment *requirements_assess(struct draft *dr, const struct requirements *rq,
                                             const struct standards_edition *edition,
                                             const struct catalogue *view, unsigned components)
{
    struct assessment *assessments =
        arena_alloc(&dr->memory, (edition->catalogue->indices + 1) * sizeof *assessments);
    size_t i, k;

    for (i = 0; i < rq->n; i++)
        if (rq->rows[i].edition == edition && rq->rows[i].requirement)
            add_row(dr, &rq->rows[i], components, &assessments[rq->rows[i].requirement->index]);
    report_gaps(dr, rq, edition, view, components, assessments);
    for (i = 0; i < view->n; i++)
        for (k = 0; k < view->groups[i].n; k++) {
            const struct catalogue_requirement *r = &view->groups[i].requirements[k];
            struct assessment *a = &assessments[r->index];

            if (!a->row)
                a->verdict = r->is_placeholder ? VERDICT_NOT_APPLICABLE : VERDICT_NOT_EVALUATED;
            if (a->verdict != VERDICT_PASS)
                a->maturity = 0;
        }
    return assessments;
}

/* ---- annex ---- */

static void set_verdict(xmlNode *node, enum verdict verdict, int maturity)
{
    char digit[2] = { (char)('0' + maturity), '\0' };

    xmlx_set(node, "verdict",
             verdict == VERDICT_PASS             ? "pass"
             : verdict == VERDICT_NOT_APPLICABLE ? "not-applicable"
                                                 : "not-evaluated");
    if (maturity)
        xmlx_set(node, "maturity", digit);
}

static void add_annex_rows(struct draft *dr, xmlNode *parent, const struct requirements *rq,
                           const struct standards_edition *edition, size_t index)
{
    size_t i;

    for (i = 0; i < rq->n; i++) {
        const struct requirement_row *row = &rq->rows[i];
        xmlNode *node;

        if (row->edition != edition || !row->requirement || row->requirement->index != index)
            continue;
        node = draft_add(parent, "row", row->node);
        draft_attribute(dr, node, "role", row->node, "role");
        draft_attribute(dr, node, "component", row->node, "component");
        set_verdict(node, row->verdict, row->verdict == VERDICT_PASS ? row->maturity : 0);
        draft_text(dr, node, "evidence", row->node, "evidence");
        draft_text(dr, node, "remark", row->node, "remark");
    }
}

static void add_annex_requirement(struct draft *dr, xmlNode *group, const struct requirements *rq,
                                  const struct standards_edition *edition,
                                  const struct catalogue_requirement *r, const struct assessment *a)
{
    xmlNode *node = draft_add(group, "requirement", a->row ? a->row : dr->record);
    char digit[2] = { (char)('0' + r->sl), '\0' };

    xmlx_set(node, "id", r->id);
    xmlx_set(node, "name", r->name);
    set_verdict(node, a->verdict, a->maturity);
    if (r->sl)
        xmlx_set(node, "sl", digit);
    add_annex_rows(dr, node, rq, edition, r->index);
}

void requirements_add_annex(struct draft *dr, xmlNode *parent, const struct requirements *rq,
                            const struct standards_edition *edition, const struct catalogue *view,
                            unsigned components, const struct assessment *assessments)
{
    xmlNode *annex = draft_add(parent, "requirements", dr->record), *group;
    size_t i, k;

    for (i = 0; i < view->n; i++) {
        group = NULL;
        for (k = 0; k < view->groups[i].n; k++) {
            const struct catalogue_requirement *r = &view->groups[i].requirements[k];
            const struct assessment *a = &assessments[r->index];

            if (!requirements_selects(r, components) || (r->is_placeholder && !a->row))
                continue;
            if (!group) {
                group = draft_add(annex, "group", dr->record);
                xmlx_set(group, "code", view->groups[i].code);
                xmlx_set(group, "name", view->groups[i].name);
            }
            add_annex_requirement(dr, group, rq, edition, r, a);
        }
    }
}
