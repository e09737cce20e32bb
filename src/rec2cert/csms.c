#include "kinds.h"

#include <stdio.h>
#include <string.h>

#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

/* Adds the criteria. Returns their edition, or NULL after reporting. */
static const struct standards_edition *add_criteria(struct draft *dr)
{
    const xmlNode *place = draft_place(dr->record, "criteria");
    const char *text = draft_value(dr, dr->record, "criteria");
    const struct standards_edition *edition = text ? draft_standard(dr, place, text) : NULL;

    if (!edition)
        return NULL;
    if (strcmp(edition->number, "IEC 62443-2-1")) {
        prov_diag(dr->d, place, CSMS_CRITERIA, edition->dated);
        return NULL;
    }
    draft_add_standard(dr, dr->cert, "criteria", place, edition);
    return edition;
}

static void add_soa(struct draft *dr)
{
    xmlNode *node = draft_add(dr->cert, "soa", draft_place(dr->record, "soa-version"));

    draft_attribute(dr, node, "version", dr->record, "soa-version");
    draft_attribute(dr, node, "date", dr->record, "soa-date");
}

static void add_sites(struct draft *dr)
{
    const xmlNode *row = xmlx_first(dr->record, "site");
    xmlNode *sites, *site;

    if (!row)
        return;
    sites = draft_add(dr->cert, "sites", row);
    for (; row; row = xmlx_next(row, "site")) {
        site = draft_organization(dr, sites, "site", row, "");
        if (!site)
            continue;
        draft_attribute(dr, site, "role", row, "role");
        draft_text(dr, site, "scope", row, "scope");
    }
}

/* The row of every requirement in catalogue order, NULL where there is none; reports ids that are not
 * known or come twice. In the draft's memory. */
static const xmlNode **sort_rows(struct draft *dr, const struct standards_edition *edition)
{
    const struct catalogue *c = edition->catalogue;
    const xmlNode **rows = arena_alloc(&dr->memory, (c->requirements + 1) * sizeof *rows), *row;

    for (row = xmlx_first(dr->record, "control"); row; row = xmlx_next(row, "control")) {
        const char *id = draft_value(dr, row, "id");
        const struct catalogue_requirement *requirement;

        if (!id)
            continue;
        requirement = catalogue_requirement(c, id, NULL);
        if (!requirement) {
            prov_diag(dr->d, draft_place(row, "id"), CSMS_CONTROL, id, edition->dated);
            continue;
        }
        if (rows[requirement->index])
            prov_diag(dr->d, draft_place(row, "id"), CSMS_CONTROL_TWICE, id);
        else
            rows[requirement->index] = row;
    }
    return rows;
}

static void report_missing(struct draft *dr, const struct catalogue *c, const xmlNode **rows)
{
    struct strbuf missing = STRBUF_INIT;
    size_t i, k, at = 0, n = 0;

    for (i = 0; i < c->n; i++)
        for (k = 0; k < c->groups[i].n; k++, at++)
            if (!rows[at])
                strbuf_addf(&missing, "%s%s", n++ ? ", " : "", c->groups[i].requirements[k].id);
    if (n)
        prov_diag(dr->d, dr->record, CSMS_CONTROLS_MISSING, n, c->requirements, missing.buf);
    strbuf_release(&missing);
}

static void set_selection(xmlNode *node, size_t selected, size_t excluded)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", selected);
    xmlx_set(node, "selected", text);
    snprintf(text, sizeof text, "%zu", excluded);
    xmlx_set(node, "excluded", text);
    snprintf(text, sizeof text, "%zu", selected + excluded);
    xmlx_set(node, "total", text);
}

/* Adds one requirement. Returns whether it is selected. */
static int add_control(struct draft *dr, xmlNode *group, const struct catalogue_requirement *requirement,
                       const xmlNode *row)
{
    const char *applicable = draft_value(dr, row, "applicable");
    xmlNode *node = draft_add(group, "control", row);

    xmlx_set(node, "id", requirement->id);
    xmlx_set(node, "name", requirement->name);
    xmlx_set(node, "applicable", applicable ? applicable : "no");
    draft_text(dr, node, "justification", row, "justification");
    return applicable && !strcmp(applicable, "yes");
}

/* The Statement of Applicability: every requirement of the criteria once, selected or excluded. */
static void add_controls(struct draft *dr, const struct standards_edition *edition)
{
    const struct catalogue *c = edition->catalogue;
    const xmlNode *first = xmlx_first(dr->record, "control"), **rows = sort_rows(dr, edition);
    xmlNode *controls, *group;
    size_t i, k, at = 0, selected = 0, excluded = 0;

    report_missing(dr, c, rows);
    controls = draft_add(dr->cert, "controls", first ? first : dr->record);
    for (i = 0; i < c->n; i++) {
        size_t yes = 0, no = 0;

        group = draft_add(controls, "group", first ? first : dr->record);
        xmlx_set(group, "code", c->groups[i].code);
        xmlx_set(group, "name", c->groups[i].name);
        for (k = 0; k < c->groups[i].n; k++, at++) {
            if (!rows[at])
                continue;
            if (add_control(dr, group, &c->groups[i].requirements[k], rows[at]))
                yes++;
            else
                no++;
        }
        set_selection(group, yes, no);
        selected += yes;
        excluded += no;
    }
    set_selection(draft_add(controls, "sum", first ? first : dr->record), selected, excluded);
}

void csms_add(struct draft *dr)
{
    const struct standards_edition *edition;

    draft_organization(dr, dr->cert, "applicant", dr->record, "applicant-");
    draft_text(dr, dr->cert, "scope", dr->record, "scope");
    edition = add_criteria(dr);
    add_soa(dr);
    draft_date(dr, dr->cert, "audit-date", dr->record, "audit-date");
    draft_date(dr, dr->cert, "first-issue-date", dr->record, "first-issue-date");
    add_sites(dr);
    if (edition)
        add_controls(dr, edition);
}
