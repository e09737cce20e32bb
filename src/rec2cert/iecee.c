#include "kinds.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "attachment.h"
#include "capability.h"
#include "levels.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

static const struct type {
    const char *code, *name;
    const char *standards; /* that it goes with: OD-2061 */
    int is_process;
} types[] = {
    { "product-capability", "Product Capability Assessment", "2-4 4-2 3-3", 0 },
    { "process-capability", "Process Capability Assessment", "2-4 4-1", 1 },
    { "solution-capability", "Solution Capability Assessment", "", 0 },
    { "product-application", "Product Application of Capabilities Assessment", "4-1", 0 },
    { "process-application", "Process Application of Capabilities Assessment", "", 1 },
    { "solution-application", "Solution Application of Capabilities Assessment", "2-4", 0 },
};

static const struct type *find_type(const char *text)
{
    size_t i;

    for (i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcasecmp(types[i].code, text) || !strcasecmp(types[i].name, text))
            return &types[i];
    return NULL;
}

const char *iecee_type(const char *text)
{
    const struct type *type = find_type(text);

    return type ? type->code : NULL;
}

/* The part of IEC 62443 that EDITION is, "4-2", or "". */
static const char *part_of(const struct standards_edition *edition)
{
    return strncmp(edition->number, "IEC 62443-", 10) ? "" : edition->number + 10;
}

int iecee_has_standard(const struct standards_edition *edition)
{
    const char *part = part_of(edition);

    return !strcmp(part, "2-4") || !strcmp(part, "3-3") || !strcmp(part, "4-1") || !strcmp(part, "4-2");
}

/* What the parts of one certificate share. */
struct iecee {
    struct draft *dr;
    const struct type *type;                 /* NULL: not known, reported */
    const struct standards_edition **editions; /* the certificate's, without faulty ones */
    size_t n;
    int has_faulty_standard;
    unsigned components;
    struct levels levels;
    struct requirements requirements;
};

static int lists_part(const struct iecee *c, const char *part)
{
    size_t i;

    for (i = 0; i < c->n; i++)
        if (!strcmp(part_of(c->editions[i]), part))
            return 1;
    return 0;
}

static void read_type(struct iecee *c)
{
    const char *text = draft_value(c->dr, c->dr->record, "type");

    if (!text)
        return;
    c->type = find_type(draft_one_line(c->dr, text));
    if (c->type)
        draft_add_text(c->dr->cert, "type", draft_place(c->dr->record, "type"), c->type->code);
    else
        prov_diag(c->dr->d, draft_place(c->dr->record, "type"), IECEE_TYPE, text);
}

static int listed(const struct iecee *c, const struct standards_edition *edition)
{
    size_t i;

    for (i = 0; i < c->n; i++)
        if (c->editions[i] == edition)
            return 1;
    return 0;
}

static void read_standards(struct iecee *c)
{
    const xmlNode *place = draft_place(c->dr->record, "standards");
    const char **list;
    size_t i, n;

    list = draft_list(c->dr, c->dr->record, "standards", &n);
    c->editions = arena_alloc(&c->dr->memory, (n + 1) * sizeof *c->editions);
    for (i = 0; i < n; i++) {
        const struct standards_edition *edition = draft_standard(c->dr, place, list[i]);

        c->has_faulty_standard |= !edition || !iecee_has_standard(edition);
        if (!edition)
            continue;
        if (!iecee_has_standard(edition))
            prov_diag(c->dr->d, place, IECEE_STANDARD, edition->dated);
        else if (listed(c, edition))
            prov_diag(c->dr->d, place, REC_STANDARD_TWICE, edition->dated);
        else
            c->editions[c->n++] = edition;
    }
    for (i = 0; c->type && i < c->n; i++)
        if (!strstr(c->type->standards, part_of(c->editions[i])))
            prov_diag(c->dr->d, draft_place(c->dr->record, "type"), IECEE_PAIR, c->type->code,
                      c->editions[i]->dated);
}

static void read_component_types(struct iecee *c)
{
    const xmlNode *place = draft_place(c->dr->record, "component-types");
    const char **list;
    size_t i, n;

    list = draft_list(c->dr, c->dr->record, "component-types", &n);
    for (i = 0; i < n; i++) {
        unsigned type = catalogue_component(list[i]);

        if (!type)
            prov_diag(c->dr->d, place, IECEE_COMPONENT_TYPE, list[i]);
        else if (c->components & type)
            prov_diag(c->dr->d, place, REC_TWICE, list[i]);
        c->components |= type;
    }
    if (!n && lists_part(c, "4-2"))
        prov_diag(c->dr->d, c->dr->record, IECEE_NO_COMPONENT_TYPE);
    if (n && c->n && !lists_part(c, "4-2"))
        prov_diag(c->dr->d, place, IECEE_COMPONENT_TYPE_UNUSED);
}

static void add_sites(struct iecee *c)
{
    const xmlNode *row = xmlx_first(c->dr->record, "site");
    xmlNode *sites = row ? draft_add(c->dr->cert, "sites", row) : NULL;

    for (; row; row = xmlx_next(row, "site")) {
        xmlNode *site = draft_organization(c->dr, sites, "site", row, "");

        if (site)
            draft_attribute(c->dr, site, "role", row, "role");
    }
}

static void add_diagram(struct iecee *c, xmlNode *item)
{
    struct draft *dr = c->dr;
    const xmlNode *place = draft_place(dr->record, "diagram");
    const char *href = draft_value(dr, dr->record, "diagram"), *type = NULL;
    char sha256[65] = "";
    xmlNode *node;

    if (!href)
        return;
    switch (attachment_picture(dr->sources->job, href, dr->sources->pictures, &type, sha256, dr->d)) {
    case ATTACHMENT_FINE:
        break;
    case ATTACHMENT_OUTSIDE:
        prov_diag(dr->d, place, REC_FILE_OUTSIDE, href);
        return;
    case ATTACHMENT_UNREADABLE:
        prov_diag(dr->d, place, REC_FILE, href, strerror(errno));
        return;
    case ATTACHMENT_OTHER_TYPE:
        prov_diag(dr->d, place, REC_NOT_PICTURE, href);
        return;
    }
    node = draft_add(item, "diagram", place);
    xmlx_set(node, "href", href);
    xmlx_set(node, "type", type);
    xmlx_set(node, "sha256", sha256);
    draft_line(dr, node, "alt", dr->record, "diagram-alt");
}

static void add_components(struct iecee *c, xmlNode *item)
{
    const xmlNode *row = xmlx_first(c->dr->record, "component");
    xmlNode *components = row ? draft_add(item, "components", row) : NULL, *node;

    draft_report_repeated(c->dr, "component", "label", IECEE_LABEL_TWICE);
    for (; row; row = xmlx_next(row, "component")) {
        node = draft_add(components, "component", row);
        draft_line(c->dr, node, "label", row, "label");
        draft_line(c->dr, node, "name", row, "name");
        draft_line(c->dr, node, "version", row, "version");
        draft_line(c->dr, node, "type", row, "type");
        draft_text(c->dr, node, "description", row, "description");
    }
}

static void add_item(struct iecee *c)
{
    struct draft *dr = c->dr;
    xmlNode *item = draft_add(dr->cert, "item", draft_place(dr->record, "item"));
    unsigned type;

    draft_line(dr, item, "name", dr->record, "item");
    draft_line(dr, item, "version", dr->record, "version");
    draft_text(dr, item, "coverage", dr->record, "coverage");
    draft_line(dr, item, "trademark", dr->record, "trademark");
    draft_line(dr, item, "model", dr->record, "model");
    for (type = 1; type < CATALOGUE_ALL_COMPONENTS; type <<= 1)
        if (c->components & type)
            draft_add_text(item, "component-type", draft_place(dr->record, "component-types"),
                           catalogue_component_name(type));
    draft_text(dr, item, "description", dr->record, "description");
    add_diagram(c, item);
    add_components(c, item);
    draft_text(dr, item, "excluded", dr->record, "excluded");
}

/* Rows of levels.csv for a standard that the certificate does not list: one message a standard, and
 * none when the list has a standard that was not understood, which may be theirs. */
static void check_foreign_levels(struct iecee *c)
{
    size_t i, k;

    for (i = 0; i < c->levels.n; i++) {
        const struct levels_row *row = &c->levels.rows[i];

        if (*row->certificate)
            prov_diag(c->dr->d, draft_place(row->node, "certificate"), REC_UNKNOWN_FIELD, "certificate",
                      "levels of kind iecee");
        if (!row->edition || row->used || listed(c, row->edition) || c->has_faulty_standard)
            continue;
        prov_diag(c->dr->d, draft_place(row->node, "standard"), REC_LEVEL_FOREIGN, row->edition->dated);
        for (k = i; k < c->levels.n; k++)
            c->levels.rows[k].used |= c->levels.rows[k].edition == row->edition;
    }
}

static void add_standards(struct iecee *c)
{
    const xmlNode *place = draft_place(c->dr->record, "standards");
    xmlNode *standards = draft_add(c->dr->cert, "standards", place), *node;
    size_t i;

    for (i = 0; i < c->n; i++) {
        node = draft_add_standard(c->dr, standards, "standard", place, c->editions[i]);
        if (!c->editions[i]->catalogue->by_component || c->components)
            levels_add(c->dr, node, &c->levels,
                       &(struct levels_subject){ c->editions[i], "", c->components, &c->requirements, place });
    }
    check_foreign_levels(c);
}

static void add_referenced(struct iecee *c)
{
    struct draft *dr = c->dr;
    const xmlNode *place = draft_place(dr->record, "referenced-certificates");
    const char **list;
    size_t i, n;

    list = draft_list(dr, dr->record, "referenced-certificates", &n);
    for (i = 0; i < n; i++)
        draft_add_text(dr->cert, "referenced-certificate", place, list[i]);
}

static void add_maturity(struct iecee *c)
{
    const xmlNode *place = draft_place(c->dr->record, "maturity-level");
    const char *text = draft_value(c->dr, c->dr->record, "maturity-level");
    char level[2] = { (char)('0' + (text ? capability_maturity(text) : 0)), '\0' };

    if (!text)
        return;
    if (*level > '0')
        draft_add_text(c->dr->cert, "maturity-level", place, level);
    else
        prov_diag(c->dr->d, place, IECEE_MATURITY, text);
}

static void add_security(struct iecee *c)
{
    const xmlNode *place = draft_place(c->dr->record, "security-level");
    const char *text = draft_value(c->dr, c->dr->record, "security-level");
    char level[] = "SL-C 0";

    if (!text)
        return;
    level[5] = (char)('0' + capability_security(text));
    if (level[5] > '0')
        draft_add_text(c->dr->cert, "security-level", place, level);
    else if (capability_is_other_kind(text))
        prov_diag(c->dr->d, place, IECEE_SECURITY_KIND, text);
    else
        prov_diag(c->dr->d, place, IECEE_SECURITY, text);
}

static void add_report(struct iecee *c)
{
    xmlNode *node = draft_add(c->dr->cert, "report", draft_place(c->dr->record, "report"));

    draft_attribute(c->dr, node, "number", c->dr->record, "report");
    draft_attribute(c->dr, node, "date", c->dr->record, "report-date");
    draft_attribute(c->dr, node, "form", c->dr->record, "report-form");
}

/* The length of REFERENCE without the suffix of a re-issue, as in "-A1", "/M12". */
static size_t base_len(const char *reference)
{
    static const char *const marks[] = { "MOD", "AMD", "REV", "M", "A", "R" };
    size_t len = strlen(reference), digits = 0, i, k;

    while (digits < len && reference[len - 1 - digits] >= '0' && reference[len - 1 - digits] <= '9')
        digits++;
    for (i = 0; digits && digits <= 3 && i < sizeof marks / sizeof *marks; i++) {
        k = strlen(marks[i]);
        if (len > digits + k + 1 && !strncmp(reference + len - digits - k, marks[i], k) &&
            strchr("-/_ ", reference[len - digits - k - 1]))
            return len - digits - k - 1;
    }
    return len;
}

static void check_reissue(struct draft *dr)
{
    const xmlNode *record = dr->record;
    const char *reference = draft_value(dr, record, "reference"), *replaces = draft_value(dr, record, "replaces");
    size_t base = reference ? base_len(reference) : 0;

    if (!reference)
        return;
    if (!replaces && reference[base])
        prov_diag(dr->d, draft_place(record, "reference"), IECEE_SUFFIX, reference);
    if (replaces && (base != base_len(replaces) || strncmp(reference, replaces, base)))
        prov_diag(dr->d, draft_place(record, "replaces"), IECEE_OTHER_BASE, reference, replaces);
}

void iecee_add(struct draft *dr)
{
    struct iecee c = { .dr = dr };

    check_reissue(dr);
    read_type(&c);
    read_standards(&c);
    read_component_types(&c);
    levels_collect(dr, &c.levels);
    requirements_collect(dr, c.editions, c.n, c.has_faulty_standard, &c.requirements);
    draft_organization(dr, dr->cert, "applicant", dr->record, "applicant-");
    draft_organization(dr, dr->cert, "manufacturer", dr->record, "manufacturer-");
    draft_organization(dr, dr->cert, "laboratory", dr->record, "laboratory-");
    add_sites(&c);
    add_item(&c);
    add_standards(&c);
    add_referenced(&c);
    add_maturity(&c);
    add_security(&c);
    draft_text(dr, dr->cert, "additional-information", dr->record, "additional-information");
    add_report(&c);
}
