#include "levels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "capability.h"
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

/* The groups in which the subject is counted: the body's choice for its own certificates; for
 * another's, the form's where the record names a level that only the form has. */
static const struct catalogue *choose_view(struct draft *dr, const struct levels *levels,
                                           const struct levels_subject *subject)
{
    const struct catalogue *c = subject->edition->catalogue;
    size_t i;

    if (!c->form)
        return c;
    if (!*subject->certificate)
        return issuer_counts_by_form(dr->sources->issuer) ? c->form : c;
    for (i = 0; i < levels->n; i++) {
        const char *name = is_for(&levels->rows[i], subject->edition, subject->certificate)
                               ? draft_value(dr, levels->rows[i].node, "level") : NULL;

        if (name && !catalogue_group(c, name) && catalogue_group(c->form, name))
            return c->form;
    }
    return c;
}

static void report_unknown_level(struct draft *dr, const xmlNode *row, const char *name,
                                 const struct standards_edition *edition,
                                 const struct catalogue *view)
{
    struct strbuf known = STRBUF_INIT;
    size_t i;

    for (i = 0; i < view->n; i++)
        strbuf_addf(&known, "%s%s", i ? ", " : "", catalogue_group_label(&view->groups[i]));
    prov_diag(dr->d, draft_place(row, "level"), REC_LEVEL, name, edition->dated, known.buf);
    strbuf_release(&known);
}

/* The group that NAME means: a name of the catalogue, or the body's own. */
static const struct catalogue_group *find_group(struct draft *dr, const struct catalogue *view,
                                                const struct standards_edition *edition,
                                                const char *name)
{
    const struct catalogue_group *group = catalogue_group(view, name);
    size_t i;

    for (i = 0; !group && i < view->n; i++) {
        const struct own_level *own =
            own_level(issuer_levels(dr->sources->issuer), edition, &view->groups[i]);

        if (own && own->name && !strcasecmp(own->name, name))
            group = &view->groups[i];
    }
    return group;
}

/* The row of each group of the view, NULL where there is none; in the draft's memory. */
static const xmlNode **sort_rows(struct draft *dr, struct levels *levels,
                                 const struct levels_subject *subject, const struct catalogue *view)
{
    const xmlNode **by_group = arena_alloc(&dr->memory, (view->n + 1) * sizeof *by_group);
    const struct standards_edition *edition = subject->edition;
    size_t i;

    for (i = 0; i < levels->n; i++) {
        struct levels_row *row = &levels->rows[i];
        const struct catalogue_group *group;
        const char *name;

        if (!is_for(row, edition, subject->certificate))
            continue;
        row->used = 1;
        name = draft_value(dr, row->node, "level");
        if (!name)
            continue;
        group = find_group(dr, view, edition, name);
        if (!group)
            report_unknown_level(dr, row->node, name, edition, view);
        else if (by_group[group - view->groups])
            prov_diag(dr->d, draft_place(row->node, "level"), REC_LEVEL_TWICE, name,
                      edition->dated);
        else
            by_group[group - view->groups] = row->node;
    }
    return by_group;
}

static void report_missing(struct draft *dr, const xmlNode **by_group, const struct catalogue *c,
                           const struct levels_subject *subject)
{
    struct strbuf missing = STRBUF_INIT;
    size_t i;

    for (i = 0; i < c->n; i++)
        if (!by_group[i])
            strbuf_addf(&missing, "%s'%s'", missing.len ? ", " : "",
                        catalogue_group_label(&c->groups[i]));
    if (missing.len)
        prov_diag(dr->d, subject->blame, REC_LEVELS_MISSING, subject->edition->dated, missing.buf);
    strbuf_release(&missing);
}

/* The set of component types whose totals are those of the record, or 0. */
static unsigned types_of_totals(struct draft *dr, const xmlNode **by_group,
                                const struct catalogue *c)
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
                       const struct levels_subject *subject, unsigned *types)
{
    const struct catalogue *c = subject->edition->catalogue;
    int missing = 0;
    size_t i;

    for (i = 0; i < c->n; i++)
        if (by_group[i] && draft_number(dr, by_group[i], "total") < 0) {
            prov_diag(dr->d, by_group[i], REC_TOTAL_NEEDED, subject->edition->dated);
            missing = 1;
        }
    if (missing)
        return -1;
    *types = types_of_totals(dr, by_group, c);
    if (!*types)
        prov_diag(dr->d, subject->blame, REC_TOTALS_FIT_NO_TYPE, subject->edition->dated);
    return 0;
}

/* One level while its figures are found. */
struct level {
    const struct catalogue_group *group;
    const char *dated;
    const xmlNode *row;          /* of the record; NULL: none, its requirements are counted */
    const struct own_level *own; /* what the profile says of it; NULL: nothing */
    long known;                  /* the catalogue's total, or -1 */
    int may_be_unused;           /* has requirements for component types only that are not given */
    int is_of_other_type;        /* and others are given */
    int maturity;                /* the least of its requirements; 0: none */
    const char *reason;          /* of another total, or NULL */
};

/* Counts the requirements of a level. */
static void count(struct level *level, const struct assessment *assessments, struct figures *f)
{
    size_t i;

    f->assessed = f->not_applicable = 0;
    for (i = 0; i < level->group->n; i++) {
        const struct assessment *a = &assessments[level->group->requirements[i].index];

        f->assessed += a->verdict == VERDICT_PASS;
        f->not_applicable += a->verdict == VERDICT_NOT_APPLICABLE;
        if (a->maturity && (!level->maturity || a->maturity < level->maturity))
            level->maturity = a->maturity;
    }
}

static void compare(struct draft *dr, const struct level *level, const char *field, long given,
                    long counted)
{
    if (given >= 0 && given != counted)
        prov_diag(dr->d, draft_place(level->row, field), REC_COUNT_DIFFERS, field,
                  catalogue_group_label(level->group), given, counted);
}

/* The total to print: the record's, the profile's, or the catalogue's; -1 when there is none. Warns
 * of another than the catalogue's. */
static long find_total(struct draft *dr, struct level *level)
{
    const char *label = catalogue_group_label(level->group);
    const char *reason = level->row ? draft_value(dr, level->row, "total-reason") : NULL;
    long given = level->row ? draft_number(dr, level->row, "total") : -1;
    long own = level->own ? level->own->total : -1;
    long total = given >= 0 ? given : own >= 0 ? own : level->known;

    if (level->known < 0 || total == level->known) {
        if (reason && level->known >= 0)
            prov_diag(dr->d, draft_place(level->row, "total-reason"), REC_REASON_UNUSED, label,
                      total);
        return total;
    }
    if (given >= 0 && given != own)
        prov_diag(dr->d, draft_place(level->row, "total"), REC_TOTAL_DIFFERS, label, given,
                  level->dated, level->known);
    else
        prov_diag(dr->d, level->row ? level->row : dr->record, REC_TOTAL_PINNED, label, total,
                  level->dated, level->known);
    if (reason)
        level->reason = draft_one_line(dr, reason);
    else if (total == own)
        level->reason = level->own->reason;
    return total;
}

/* The figures of one level. Returns -1 after reporting. */
static int find_figures(struct draft *dr, struct level *level, const struct assessment *assessments,
                        struct figures *f)
{
    const char *label = catalogue_group_label(level->group);
    const xmlNode *place = level->row ? level->row : dr->record;
    long assessed = level->row ? draft_number(dr, level->row, "assessed") : -1;
    long not_applicable = level->row ? draft_number(dr, level->row, "not-applicable") : -1;

    if (assessments) {
        count(level, assessments, f);
        compare(dr, level, "assessed", assessed, f->assessed);
        compare(dr, level, "not-applicable", not_applicable, f->not_applicable);
    } else {
        f->assessed = assessed;
        f->not_applicable = not_applicable < 0 ? 0 : not_applicable;
    }
    f->total = find_total(dr, level);
    if (f->assessed < 0 || f->total < 0)
        return -1; /* record_check has reported it */
    if (f->assessed > f->total)
        return prov_diag(dr->d, draft_place(place, "assessed"), REC_ABOVE_TOTAL, f->assessed, label,
                         f->total);
    if (f->assessed + f->not_applicable > f->total)
        return prov_diag(dr->d, draft_place(place, "not-applicable"), REC_SUM_ABOVE_TOTAL,
                         f->assessed, f->not_applicable, label, f->total);
    if (f->assessed && level->is_of_other_type)
        return prov_diag(dr->d, draft_place(place, "assessed"), REC_LEVEL_OF_OTHER_TYPE,
                         f->assessed, label);
    if (!f->assessed && f->not_applicable < f->total && !level->may_be_unused)
        prov_diag(dr->d, draft_place(place, "assessed"), IECEE_NOTHING_ASSESSED, label,
                  level->dated);
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

static void add_level(struct draft *dr, xmlNode *levels, const struct level *level,
                      const struct figures *f)
{
    const xmlNode *place = level->row ? level->row : dr->record;
    xmlNode *node = draft_add(levels, "level", place);

    xmlx_set(node, "code", level->group->code);
    xmlx_set(node, "name", level->own && level->own->name ? level->own->name : level->group->name);
    set_figures(node, f);
    if (level->maturity)
        set_number(node, "maturity", level->maturity);
    if (level->known >= 0 && f->total != level->known)
        set_number(node, "catalogue-total", level->known);
    if (level->reason)
        draft_add_text(node, "total-reason", place, level->reason);
}

/* What a group comes to in VIEW; COMPONENTS 0: the totals are not known. */
static struct level start_level(struct draft *dr, const struct levels_subject *subject,
                                const struct catalogue *view, size_t i, const xmlNode *row,
                                unsigned components)
{
    const struct catalogue *c = subject->edition->catalogue;
    const struct catalogue_group *group = &view->groups[i];
    struct level level = { .group = group, .dated = subject->edition->dated, .row = row };

    level.own = own_level(issuer_levels(dr->sources->issuer), subject->edition, group);
    if (view == c->form) {
        level.known = catalogue_total(group, CATALOGUE_ALL_COMPONENTS);
        level.may_be_unused = !catalogue_total(group, components);
        level.is_of_other_type = level.may_be_unused && components;
    } else {
        level.known = c->by_component && !components ? -1 : catalogue_total(group, components);
    }
    return level;
}

void levels_add(struct draft *dr, xmlNode *parent, struct levels *levels,
                const struct levels_subject *subject)
{
    const struct catalogue *c = subject->edition->catalogue;
    const struct catalogue *view = choose_view(dr, levels, subject);
    const xmlNode **by_group = sort_rows(dr, levels, subject, view);
    const struct assessment *assessments = NULL;
    unsigned components = subject->components;
    struct figures f, sum = { 0, 0, 0 };
    xmlNode *added;
    size_t i;

    if (subject->requirements && requirements_any(subject->requirements, subject->edition))
        assessments = requirements_assess(dr, subject->requirements, subject->edition, view,
                                          components);
    else
        report_missing(dr, by_group, view, subject);
    if (view == c && c->by_component && !components &&
        infer_types(dr, by_group, subject, &components))
        return;
    added = draft_add(parent, "levels", subject->blame);
    xmlx_set(added, "kind", view->levels);
    for (i = 0; i < view->n; i++) {
        struct level level = start_level(dr, subject, view, i, by_group[i], components);

        if ((!assessments && !level.row) || find_figures(dr, &level, assessments, &f))
            continue;
        add_level(dr, added, &level, &f);
        sum.assessed += f.assessed;
        sum.not_applicable += f.not_applicable;
        sum.total += f.total;
    }
    set_figures(draft_add(added, "sum", subject->blame), &sum);
    if (!assessments)
        return;
    capability_add_maturity(dr, added, view, assessments);
    capability_add_security(dr, added, c, components, assessments);
    if (issuer_wants_requirements(dr->sources->issuer))
        requirements_add_annex(dr, parent, subject->requirements, subject->edition, view,
                               components, assessments);
}
