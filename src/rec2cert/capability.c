#include "capability.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "messages.h"
#include "prov.h"
#include "xmlx.h"

enum { HIGHEST = 4, NOT_APPLICABLE = 5 /* above every level, so that it lowers none */ };

static const char *skip(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);

    text += strspn(text, " -");
    return strncasecmp(text, prefix, len) ? text : text + len + strspn(text + len, " -");
}

static int digit(const char *text)
{
    return *text >= '1' && *text <= '0' + HIGHEST && !text[1] ? *text - '0' : 0;
}

int capability_maturity(const char *text)
{
    return digit(skip(text, "ML"));
}

int capability_security(const char *text)
{
    return digit(skip(skip(text, "SL"), "C"));
}

int capability_is_other_kind(const char *text)
{
    const char *kind = skip(text, "SL");

    return kind != text && *kind && strchr("TtAa", *kind);
}

void capability_add_maturity(struct draft *dr, xmlNode *levels, const struct catalogue *view,
                             const struct assessment *assessments)
{
    const char *text = draft_value(dr, dr->record, "maturity-level");
    const struct catalogue_requirement *least = NULL;
    long counts[HIGHEST + 1] = { 0 };
    xmlNode *maturity, *node;
    char number[32];
    size_t i, k;
    int level;

    for (i = 0; i < view->n; i++)
        for (k = 0; k < view->groups[i].n; k++) {
            const struct catalogue_requirement *r = &view->groups[i].requirements[k];

            level = assessments[r->index].maturity;
            counts[level]++;
            if (level && (!least || level < assessments[least->index].maturity))
                least = r;
        }
    if (!least)
        return;
    maturity = draft_add(levels, "maturity", assessments[least->index].row);
    for (level = 1; level <= HIGHEST; level++) {
        node = draft_add(maturity, "count", assessments[least->index].row);
        snprintf(number, sizeof number, "%d", level);
        xmlx_set(node, "level", number);
        snprintf(number, sizeof number, "%ld", counts[level]);
        xmlx_set(node, "requirements", number);
    }
    level = text ? capability_maturity(text) : 0;
    if (level > assessments[least->index].maturity)
        prov_diag(dr->d, draft_place(dr->record, "maturity-level"), REC_MATURITY_ABOVE, level,
                  least->id, assessments[least->index].maturity);
}

/* The level of one foundational requirement; *MISSED is set to a requirement that bars the next. */
static int level_of(const struct catalogue_group *group, unsigned components,
                    const struct assessment *assessments,
                    const struct catalogue_requirement **missed)
{
    int level = HIGHEST, applies = 0;
    size_t i;

    *missed = NULL;
    for (i = 0; i < group->n; i++) {
        const struct catalogue_requirement *r = &group->requirements[i];
        enum verdict verdict = assessments[r->index].verdict;

        if (!requirements_selects(r, components) || verdict == VERDICT_NOT_APPLICABLE)
            continue;
        applies = 1;
        if (verdict == VERDICT_PASS || r->sl > level)
            continue;
        level = r->sl - 1;
        *missed = r;
    }
    return applies ? level : NOT_APPLICABLE;
}

static void set_level(xmlNode *node, const char *name, int level)
{
    char text[2] = { (char)('0' + level), '\0' };

    xmlx_set(node, name, level == NOT_APPLICABLE ? "not-applicable" : text);
}

void capability_add_security(struct draft *dr, xmlNode *levels, const struct catalogue *catalogue,
                             unsigned components, const struct assessment *assessments)
{
    const char *text = draft_value(dr, dr->record, "security-level");
    const xmlNode *place = draft_place(dr->record, "security-level");
    const struct catalogue_requirement *missed, *barrier = NULL;
    int overall = NOT_APPLICABLE, level;
    xmlNode *capability, *node;
    size_t i;

    if (strcmp(catalogue->levels, "foundational-requirement"))
        return;
    capability = draft_add(levels, "security-level-capability", place);
    for (i = 0; i < catalogue->n; i++) {
        level = level_of(&catalogue->groups[i], components, assessments, &missed);
        node = draft_add(capability, "fr", place);
        xmlx_set(node, "code", catalogue->groups[i].code);
        xmlx_set(node, "name", catalogue->groups[i].name);
        set_level(node, "sl", level);
        if (level < overall) {
            overall = level;
            barrier = missed;
        }
    }
    set_level(capability, "overall", overall);
    level = text ? capability_security(text) : 0;
    if (level > overall && barrier)
        prov_diag(dr->d, place, REC_SECURITY_ABOVE, level, barrier->id, barrier->sl);
}
