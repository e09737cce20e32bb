/* The cyber-security annex of an IECEx certificate: the IECEE certificates it rests on, and the exposure
 * of its techniques of protection. */
#include "iecex.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attachment.h"
#include "kinds.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

/* The number K of an annex named "STEM Annex K Issue ISSUE", which is the name of the annex that is
 * printed with the certificate; 0 when NAME is another. */
static long annex_number(const struct iecex *x, const char *stem, const char *name)
{
    size_t len = strlen(stem);
    long number, issue;
    char rest;

    if (strncmp(name, stem, len) || sscanf(name + len, " Annex %4ld Issue %9ld%c", &number, &issue, &rest) != 2)
        return 0;
    return issue == x->issue ? number : 0;
}

/* True when an annex is printed with the certificate: there is evidence, or there are techniques and
 * the body wants their exposure. */
static int has_cyber(const struct iecex *x)
{
    return xmlx_first(x->dr->record, "evidence") ||
           (xmlx_first(x->dr->record, "techniques") && issuer_wants_exposure(x->dr->sources->issuer));
}

/* The annexes the record names; the cyber-security annex has its number, and follows them when the
 * record does not name it. */
void iecex_add_annexes(struct iecex *x)
{
    const xmlNode *record = x->dr->record, *place = draft_place(record, "annex");
    xmlNode *annexes, *annex;
    const char **list;
    char *stem, *name;
    size_t i, n;
    long number = 0;

    list = draft_list(x->dr, record, "annex", &n);
    if (!n && !has_cyber(x))
        return;
    if (!n)
        place = xmlx_first(record, "evidence") ? xmlx_first(record, "evidence") : draft_place(record, "techniques");
    annexes = draft_add(x->dr->cert, "annexes", place);
    stem = xasprintf("%.*s", (int)strlen(x->reference) - (x->number.suffix != 0), x->reference);
    for (i = 0; i < n; i++) {
        annex = draft_add(annexes, "annex", place);
        xmlx_set(annex, "name", list[i]);
        if (number || !has_cyber(x) || !(number = annex_number(x, stem, list[i])))
            continue;
        name = xasprintf("%ld", number);
        xmlx_set(annex, "number", name);
        free(name);
    }
    if (has_cyber(x) && !number) {
        annex = draft_add(annexes, "annex", place);
        name = xasprintf("%s Annex %zu Issue %ld", stem, n + 1, x->issue);
        xmlx_set(annex, "name", name);
        free(name);
        name = xasprintf("%zu", n + 1);
        xmlx_set(annex, "number", name);
        free(name);
    }
    free(stem);
}

static void add_file(struct iecex *x, xmlNode *node, const xmlNode *row)
{
    const xmlNode *place = draft_place(row, "file");
    const char *path = draft_value(x->dr, row, "file");
    char sha256[65];

    if (!path)
        return;
    switch (attachment_pdf(x->dr->sources->job, path, sha256)) {
    case ATTACHMENT_FINE:
        xmlx_set(node, "file", path);
        xmlx_set(node, "sha256", sha256);
        break;
    case ATTACHMENT_OUTSIDE:
        prov_diag(x->dr->d, place, REC_FILE_OUTSIDE, path);
        break;
    case ATTACHMENT_UNREADABLE:
        prov_diag(x->dr->d, place, REC_FILE, path, strerror(errno));
        break;
    case ATTACHMENT_OTHER_TYPE:
        prov_diag(x->dr->d, place, REC_NOT_PDF, path);
        break;
    }
}

static unsigned component_types(struct iecex *x, const xmlNode *row)
{
    const char **list;
    unsigned types = 0;
    size_t i, n;

    list = draft_list(x->dr, row, "component-types", &n);
    for (i = 0; i < n; i++) {
        unsigned type = catalogue_component(list[i]);

        if (!type)
            prov_diag(x->dr->d, draft_place(row, "component-types"), IECEX_COMPONENT_TYPE, list[i]);
        types |= type;
    }
    return types;
}

/* True when an earlier row has the same certificate and standard. */
static int is_repeated(const struct iecex *x, const char *certificate,
                       const struct standards_edition *edition)
{
    size_t i;

    for (i = 0; i < x->evidence_n; i++)
        if (x->evidence[i].edition == edition && !strcmp(x->evidence[i].certificate, certificate))
            return 1;
    return 0;
}

static void add_type(struct iecex *x, xmlNode *node, const xmlNode *row)
{
    const char *text = draft_value(x->dr, row, "type");
    const char *type = text ? iecee_type(draft_one_line(x->dr, text)) : NULL;

    if (type)
        xmlx_set(node, "type", type);
    else if (text)
        prov_diag(x->dr->d, draft_place(row, "type"), IECEX_EVIDENCE_TYPE, text);
}

/* The standard of the evidence, which the certificate lists, unless it is one of an assembly, where IEC
 * TS 60079-46 leaves it no room; NULL after reporting. */
static const struct standards_edition *evidence_standard(struct iecex *x, const xmlNode *row)
{
    const xmlNode *place = draft_place(row, "standard");
    const char *text = draft_value(x->dr, row, "standard");
    const struct standards_edition *edition = text ? draft_standard(x->dr, place, text) : NULL;
    struct iecex_standard *listed;

    if (!edition)
        return NULL;
    if (!iecee_has_standard(edition)) {
        prov_diag(x->dr->d, place, IECEX_EVIDENCE_STANDARD, edition->dated);
        return NULL;
    }
    listed = iecex_find_standard(x, edition);
    if (listed)
        listed->is_covered = 1;
    else if (!x->has_faulty_standard && !iecex_is_assembly(x))
        prov_diag(x->dr->d, place, IECEX_EVIDENCE_WITHOUT_CYBER, edition->dated);
    return edition;
}

static void add_evidence(struct iecex *x, xmlNode *cyber, const xmlNode *row)
{
    xmlNode *node = draft_add(cyber, "evidence", row);
    const char *text = draft_value(x->dr, row, "certificate");
    const char *certificate = text ? draft_one_line(x->dr, text) : "";
    const struct standards_edition *edition = evidence_standard(x, row);
    unsigned types = component_types(x, row);

    xmlx_set(node, "reference", certificate);
    draft_attribute(x->dr, node, "date", row, "date");
    draft_attribute(x->dr, node, "issuer", row, "issuer");
    add_type(x, node, row);
    if (edition)
        xmlx_set(node, "dated", edition->dated);
    draft_attribute(x->dr, node, "item", row, "item");
    draft_attribute(x->dr, node, "holder", row, "holder");
    draft_attribute(x->dr, node, "report", row, "report");
    add_file(x, node, row);
    if (edition && is_repeated(x, certificate, edition))
        prov_diag(x->dr->d, draft_place(row, "certificate"), IECEX_EVIDENCE_TWICE, certificate,
                  edition->dated);
    else if (edition && levels_any(&x->levels, edition, certificate))
        levels_add(x->dr, node, &x->levels,
                   &(struct levels_subject){ edition, certificate, types, NULL,
                                             draft_place(row, "certificate") });
    x->evidence[x->evidence_n].certificate = certificate;
    x->evidence[x->evidence_n++].edition = edition;
}

/* ---- exposure ---- */

static int rank(const char *exposure)
{
    return !strcmp(exposure, "possible") ? 2 : !strcmp(exposure, "not-assessed") ? 1 : 0;
}

static int is_repeated_technique(const char **list, size_t i)
{
    size_t k;

    for (k = 0; k < i; k++)
        if (!strcmp(list[k], list[i]))
            return 1;
    return 0;
}

/* Checks the techniques; adds their exposure to CYBER when there is one. */
static void add_exposure(struct iecex *x, xmlNode *cyber)
{
    const xmlNode *place = draft_place(x->dr->record, "techniques");
    const char **list, *name, *exposure, *most = "no";
    xmlNode *node = NULL, *technique;
    size_t i, n;

    list = draft_list(x->dr, x->dr->record, "techniques", &n);
    for (i = 0; i < n; i++) {
        if (lists_technique(x->dr->sources->lists, list[i], &name, &exposure)) {
            char *codes = lists_technique_codes(x->dr->sources->lists);

            prov_diag(x->dr->d, place, IECEX_TECHNIQUE, list[i], codes);
            free(codes);
            continue;
        }
        if (is_repeated_technique(list, i))
            prov_diag(x->dr->d, place, IECEX_TECHNIQUE_TWICE, list[i]);
        if (rank(exposure) > rank(most))
            most = exposure;
        if (!cyber)
            continue;
        if (!node)
            node = draft_add(cyber, "exposure", place);
        technique = draft_add(node, "technique", place);
        xmlx_set(technique, "code", list[i]);
        xmlx_set(technique, "name", name);
        xmlx_set(technique, "value", exposure);
    }
    if (!xmlx_first(x->dr->record, "evidence") && rank(most) == rank("possible"))
        prov_diag(x->dr->d, place, IECEX_EXPOSED);
    if (node)
        xmlx_set(draft_add(node, "overall", place), "value", most);
}

/* True when a row of evidence for CERTIFICATE has no standard that was understood. */
static int has_faulty_evidence(const struct iecex *x, const char *certificate)
{
    size_t i;

    for (i = 0; i < x->evidence_n; i++)
        if (!x->evidence[i].edition && (!*certificate || !strcmp(x->evidence[i].certificate, certificate)))
            return 1;
    return 0;
}

/* Levels that belong to no evidence: one message a certificate and standard. */
static void check_foreign_levels(struct iecex *x)
{
    size_t i, k;

    for (i = 0; i < x->levels.n; i++) {
        const struct levels_row *row = &x->levels.rows[i], *other;

        if (!*row->certificate)
            prov_diag(x->dr->d, row->node, IECEX_LEVELS_NO_CERTIFICATE);
        if (!*row->certificate || !row->edition || row->used || has_faulty_evidence(x, row->certificate))
            continue;
        prov_diag(x->dr->d, draft_place(row->node, "certificate"), IECEX_LEVELS_FOREIGN,
                  row->edition->dated, row->certificate);
        for (k = i; k < x->levels.n; k++) {
            other = &x->levels.rows[k];
            if (other->edition == row->edition && !strcmp(other->certificate, row->certificate))
                x->levels.rows[k].used = 1;
        }
    }
}

/* Levels without evidence and standards without any. */
static void check_leftovers(struct iecex *x)
{
    size_t i;

    check_foreign_levels(x);
    for (i = 0; i < x->n; i++)
        if (x->standards[i].edition->is_cyber && !x->standards[i].is_covered && !has_faulty_evidence(x, ""))
            prov_diag(x->dr->d, draft_place(x->standards[i].row, "standard"),
                      IECEX_CYBER_WITHOUT_EVIDENCE, x->standards[i].edition->dated);
}

void iecex_add_cyber(struct iecex *x)
{
    const xmlNode *row = xmlx_first(x->dr->record, "evidence");
    const xmlNode *place = row ? row : draft_place(x->dr->record, "techniques");
    xmlNode *cyber = has_cyber(x) ? draft_add(x->dr->cert, "cyber", place) : NULL;

    x->evidence = arena_alloc(&x->dr->memory, (draft_rows(x->dr, "evidence") + 1) * sizeof *x->evidence);
    for (; row; row = xmlx_next(row, "evidence"))
        add_evidence(x, cyber, row);
    add_exposure(x, cyber);
    check_leftovers(x);
}
