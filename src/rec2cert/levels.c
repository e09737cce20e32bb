#include "levels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

struct figures {
    long assessed, not_applicable, total;
};

void levels_collect(struct draft *dr, struct levels *levels)
{
    const xmlNode *node;

    levels->rows = arena_alloc(&dr->memory, (draft_rows(dr, "level") + 1) * sizeof *levels->rows);
    levels->n = 0;
    for (node = xmlx_first(dr->record, "level"); node; node = xmlx_next(node, "level")) {
        struct levels_row *row = &levels->rows[levels->n++];
        const char *standard = draft_value(dr, node, "standard");
        const char *certificate = draft_value(dr, node, "certificate");

        row->node = node;
        row->certificate = certificate ? draft_one_line(dr, certificate) : "";
        if (standard)
            row->edition = draft_standard(dr, draft_place(node, "standard"), standard);
    }
}

static int is_for(const struct levels_row *row, const struct standards_edition *edition,
                  const char *certificate)
{
    return row->edition == edition && !strcmp(row->certificate, certificate);
}

int levels_any(const struct levels *levels, const struct standards_edition *edition,
               const char *certificate)
{
    size_t i;

    for (i = 0; i < levels->n; i++)
        if (is_for(&levels->rows[i], edition, certificate))
            return 1;
    return 0;
}

static void report_unknown_level(struct draft *dr, const xmlNode *row, const char *name,
                                 const struct standards_edition *edition)
{
    struct strbuf known = STRBUF_INIT;
    size_t i;

    for (i = 0; i < edition->catalogue->n; i++)
        strbuf_addf(&known, "%s%s", i ? ", " : "", catalogue_group_label(&edition->catalogue->groups[i]));
    prov_diag(dr->d, draft_place(row, "level"), REC_LEVEL, name, edition->dated, known.buf);
    strbuf_release(&known);
}

/* The row of each group of the standard, NULL where there is none; in the draft's memory. */
static const xmlNode **sort_rows(struct draft *dr, struct levels *levels,
                                 const struct standards_edition *edition, const char *certificate)
{
    const struct catalogue *c = edition->catalogue;
    const xmlNode **by_group = arena_alloc(&dr->memory, (c->n + 1) * sizeof *by_group);
    size_t i;

    for (i = 0; i < levels->n; i++) {
        struct levels_row *row = &levels->rows[i];
        const struct catalogue_group *group;
        const char *name;

        if (!is_for(row, edition, certificate))
            continue;
        row->used = 1;
        name = draft_value(dr, row->node, "level");
        if (!name)
            continue;
        group = catalogue_group(c, name);
        if (!group)
            report_unknown_level(dr, row->node, name, edition);
        else if (by_group[group - c->groups])
            prov_diag(dr->d, draft_place(row->node, "level"), REC_LEVEL_TWICE, name, edition->dated);
        else
            by_group[group - c->groups] = row->node;
    }
    return by_group;
}

static void report_missing(struct draft *dr, const xmlNode **by_group,
                           const struct standards_edition *edition, const xmlNode *blame)
{
    const struct catalogue *c = edition->catalogue;
    struct strbuf missing = STRBUF_INIT;
    size_t i;

    for (i = 0; i < c->n; i++)
        if (!by_group[i])
            strbuf_addf(&missing, "%s'%s'", missing.len ? ", " : "",
                        catalogue_group_label(&c->groups[i]));
    if (missing.len)
        prov_diag(dr->d, blame, REC_LEVELS_MISSING, edition->dated, missing.buf);
    strbuf_release(&missing);
}

/* The set of component types whose totals are those of the record, or 0. */
static unsigned types_of_totals(struct draft *dr, const xmlNode **by_group, const struct catalogue *c)
{
    unsigned types;
    size_t i;

    for (types = 1; types <= CATALOGUE_ALL_COMPONENTS; types++) {
        for (i = 0; i < c->n; i++)
            if (!by_group[i] ||
                draft_number(dr, by_group[i], "total") != catalogue_total(&c->groups[i], types))
                break;
        if (i == c->n)
            return types;
    }
    return 0;
}

/* Finds the component types where they are not told. Returns -1 after reporting a missing total. */
static int infer_types(struct draft *dr, const xmlNode **by_group,
                       const struct standards_edition *edition, const xmlNode *blame, unsigned *types)
{
    const struct catalogue *c = edition->catalogue;
    int missing = 0;
    size_t i;

    for (i = 0; i < c->n; i++)
        if (by_group[i] && draft_number(dr, by_group[i], "total") < 0) {
            prov_diag(dr->d, by_group[i], REC_TOTAL_NEEDED, edition->dated);
            missing = 1;
        }
    if (missing)
        return -1;
    *types = types_of_totals(dr, by_group, c);
    if (!*types)
        prov_diag(dr->d, blame, REC_TOTALS_FIT_NO_TYPE, edition->dated);
    return 0;
}

/* The figures of one row. KNOWN is the catalogue's total, or -1. Returns -1 after reporting. */
static int read_figures(struct draft *dr, const xmlNode *row, const struct catalogue_group *group,
                        const struct standards_edition *edition, long known, struct figures *f)
{
    const char *label = catalogue_group_label(group);
    long given = draft_number(dr, row, "total");

    f->assessed = draft_number(dr, row, "assessed");
    f->not_applicable = draft_number(dr, row, "not-applicable");
    if (f->not_applicable < 0)
        f->not_applicable = 0;
    f->total = given >= 0 ? given : known;
    if (f->assessed < 0 || f->total < 0)
        return -1; /* record_check has reported it */
    if (given >= 0 && known >= 0 && given != known)
        prov_diag(dr->d, draft_place(row, "total"), REC_TOTAL_DIFFERS, label, given, edition->dated, known);
    if (f->assessed > f->total)
        return prov_diag(dr->d, draft_place(row, "assessed"), REC_ABOVE_TOTAL, f->assessed, label, f->total);
    if (f->assessed + f->not_applicable > f->total)
        return prov_diag(dr->d, draft_place(row, "not-applicable"), REC_SUM_ABOVE_TOTAL, f->assessed,
                         f->not_applicable, label, f->total);
    if (!f->assessed && f->not_applicable < f->total)
        prov_diag(dr->d, draft_place(row, "assessed"), IECEE_NOTHING_ASSESSED, label, edition->dated);
    return 0;
}

static void set_number(xmlNode *node, const char *name, long value)
{
    char text[32];

    snprintf(text, sizeof text, "%ld", value);
    xmlx_set(node, name, text);
}

static void set_figures(xmlNode *node, const struct figures *f)
{
    set_number(node, "assessed", f->assessed);
    set_number(node, "not-applicable", f->not_applicable);
    set_number(node, "not-evaluated", f->total - f->assessed - f->not_applicable);
    set_number(node, "total", f->total);
}

void levels_add(struct draft *dr, xmlNode *parent, struct levels *levels,
                const struct standards_edition *edition, const char *certificate, unsigned components,
                const xmlNode *blame)
{
    const struct catalogue *c = edition->catalogue;
    struct figures sum = { 0, 0, 0 };
    const xmlNode **by_group;
    xmlNode *added, *node;
    int guess;
    size_t i;

    by_group = sort_rows(dr, levels, edition, certificate);
    report_missing(dr, by_group, edition, blame);
    guess = c->by_component && !components;
    if (guess && infer_types(dr, by_group, edition, blame, &components))
        return;
    added = draft_add(parent, "levels", blame);
    xmlx_set(added, "kind", c->levels);
    for (i = 0; i < c->n; i++) {
        long known = guess && !components ? -1 : catalogue_total(&c->groups[i], components);
        struct figures f;

        if (!by_group[i] || read_figures(dr, by_group[i], &c->groups[i], edition, known, &f))
            continue;
        node = draft_add(added, "level", by_group[i]);
        xmlx_set(node, "code", c->groups[i].code);
        xmlx_set(node, "name", c->groups[i].name);
        set_figures(node, &f);
        sum.assessed += f.assessed;
        sum.not_applicable += f.not_applicable;
        sum.total += f.total;
    }
    set_figures(draft_add(added, "sum", blame), &sum);
}
