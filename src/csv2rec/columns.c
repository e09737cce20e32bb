#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#define C KIND_CSMS
#define E KIND_IECEE
#define X KIND_IECEX

/* An address that every row gives, and one that may be left out. */
#define ADDRESS(p, kinds) \
    { p "-name", COLUMN_TEXT, kinds, kinds, NULL, 0 }, \
    { p "-street", COLUMN_TEXT, kinds, kinds, NULL, 0 }, \
    { p "-postcode", COLUMN_LINE, kinds, 0, NULL, 0 }, \
    { p "-city", COLUMN_LINE, kinds, kinds, NULL, 0 }, \
    { p "-country", COLUMN_COUNTRY, kinds, kinds, NULL, 0 }
#define ADDRESS_IF_ANY(p, kinds, required, street) \
    { p "-name", COLUMN_TEXT, kinds, required, p, 1 }, \
    { p "-street", COLUMN_TEXT, kinds, (street) ? (required) : 0, p, street }, \
    { p "-postcode", COLUMN_LINE, kinds, 0, p, 0 }, \
    { p "-city", COLUMN_LINE, kinds, required, p, 1 }, \
    { p "-country", COLUMN_COUNTRY, kinds, required, p, 1 }
#define COLUMN(name, type, kinds, required) { name, COLUMN_##type, kinds, required, NULL, 0 }
#define END { NULL, COLUMN_TEXT, 0, 0, NULL, 0 }

static const struct column certificates[] = {
    COLUMN("reference", LINE, E | X | C, E | X | C),
    COLUMN("issue", INTEGER, X, X),
    COLUMN("variant", LINE, X, 0),
    COLUMN("status", LINE, X, X),
    COLUMN("type", LINE, E, E),
    COLUMN("standards", LIST, E, E),
    ADDRESS("applicant", E | X | C),
    ADDRESS_IF_ANY("manufacturer", E | X, X, 1),
    COLUMN("item", TEXT, E, E),
    COLUMN("version", LINE, E, 0),
    COLUMN("coverage", TEXT, E, E),
    COLUMN("trademark", TEXT, E, 0),
    COLUMN("model", TEXT, E, 0),
    COLUMN("description", TEXT, E | X, X),
    COLUMN("diagram", LINE, E, 0),
    COLUMN("diagram-alt", TEXT, E, 0),
    COLUMN("component-types", LIST, E, 0),
    COLUMN("maturity-level", LINE, E, 0),
    COLUMN("security-level", LINE, E, 0),
    COLUMN("referenced-certificates", LIST, E, 0),
    COLUMN("additional-information", TEXT, E, 0),
    COLUMN("excluded", TEXT, E, 0),
    COLUMN("report", LINE, E, E),
    COLUMN("report-date", DATE, E, E),
    COLUMN("report-form", LINE, E, 0),
    ADDRESS_IF_ANY("laboratory", E, 0, 0),
    COLUMN("equipment", TEXT, X, X),
    COLUMN("accessory", TEXT, X, 0),
    COLUMN("protection", TEXT, X, X),
    COLUMN("marking", TEXT, X, X),
    COLUMN("techniques", LIST, X, 0),
    COLUMN("serials", LIST, X, 0),
    COLUMN("conditions", TEXT, X, 0),
    COLUMN("changes", TEXT, X, 0),
    COLUMN("annex", LIST, X, 0),
    COLUMN("signatory", LINE, X, 0),
    COLUMN("signatory-position", LINE, X, 0),
    COLUMN("scope", TEXT, C, C),
    COLUMN("criteria", LINE, C, C),
    COLUMN("soa-version", LINE, C, C),
    COLUMN("soa-date", DATE, C, C),
    COLUMN("audit-date", DATE, C, 0),
    COLUMN("decision-date", DATE, E | C, E | C),
    COLUMN("first-issue-date", DATE, C, C),
    COLUMN("issue-date", DATE, E | X | C, E | X | C),
    COLUMN("original-issue-date", DATE, E, 0),
    COLUMN("replaces", LINE, E, 0),
    COLUMN("replaces-date", DATE, E, 0),
    COLUMN("expiry-date", DATE, E | C, C),
    COLUMN("lang", LINE, E | X | C, 0),
    END
};

static const struct column levels[] = {
    COLUMN("reference", LINE, E | X, E | X),
    COLUMN("certificate", LINE, X, X),
    COLUMN("standard", LINE, E | X, E | X),
    COLUMN("level", LINE, E | X, E | X),
    COLUMN("assessed", INTEGER, E | X, E | X),
    COLUMN("not-applicable", INTEGER, E | X, 0),
    COLUMN("total", INTEGER, E | X, 0),
    COLUMN("total-reason", LINE, E | X, 0),
    END
};

static const struct column requirements[] = {
    COLUMN("reference", LINE, E, E),
    COLUMN("standard", LINE, E, 0),
    COLUMN("level", LINE, E, 0),
    COLUMN("id", LINE, E, E),
    COLUMN("role", LINE, E, 0),
    COLUMN("component", LINE, E, 0),
    COLUMN("verdict", LINE, E, 0),
    COLUMN("maturity-level", LINE, E, 0),
    COLUMN("evidence", TEXT, E, 0),
    COLUMN("remark", TEXT, E, 0),
    COLUMN("decision", LINE, E, 0),
    END
};

static const struct column components[] = {
    COLUMN("reference", LINE, E, E),
    COLUMN("label", LINE, E, E),
    COLUMN("name", TEXT, E, E),
    COLUMN("version", LINE, E, 0),
    COLUMN("type", LINE, E, 0),
    COLUMN("description", TEXT, E, E),
    END
};

static const struct column sites[] = {
    COLUMN("reference", LINE, E | X | C, E | X | C),
    COLUMN("role", LINE, E | X | C, E | X),
    COLUMN("name", TEXT, E | X | C, E | X | C),
    COLUMN("street", TEXT, E | X | C, 0),
    COLUMN("postcode", LINE, E | X | C, 0),
    COLUMN("city", LINE, E | X | C, E | X | C),
    COLUMN("country", COUNTRY, E | X | C, E | X | C),
    COLUMN("scope", TEXT, C, C),
    END
};

static const struct column standards[] = {
    COLUMN("reference", LINE, X, X),
    COLUMN("standard", LINE, X, X),
    COLUMN("edition", LINE, X, 0),
    COLUMN("title", TEXT, X, 0),
    END
};

static const struct column reports[] = {
    COLUMN("reference", LINE, X, X),
    COLUMN("kind", LINE, X, X),
    COLUMN("number", LINE, X, X),
    COLUMN("date", DATE, X, 0),
    COLUMN("excb", TEXT, X, 0),
    COLUMN("extl", TEXT, X, 0),
    COLUMN("standards", LIST, X, 0),
    COLUMN("valid-until", DATE, X, 0),
    COLUMN("sites", LIST, X, 0),
    COLUMN("first-issue", INTEGER, X, 0),
    END
};

static const struct column history[] = {
    COLUMN("reference", LINE, X, X),
    COLUMN("issue", INTEGER, X, X),
    COLUMN("date", DATE, X, X),
    COLUMN("changes", TEXT, X, 0),
    END
};

static const struct column evidence[] = {
    COLUMN("reference", LINE, X, X),
    COLUMN("certificate", LINE, X, X),
    COLUMN("date", DATE, X, X),
    COLUMN("issuer", TEXT, X, X),
    COLUMN("type", LINE, X, X),
    COLUMN("standard", LINE, X, X),
    COLUMN("item", TEXT, X, X),
    COLUMN("component-types", LIST, X, 0),
    COLUMN("holder", TEXT, X, 0),
    COLUMN("valid-until", DATE, X, 0),
    COLUMN("report", LINE, X, 0),
    COLUMN("file", LINE, X, 0),
    END
};

static const struct column controls[] = {
    COLUMN("reference", LINE, C, C),
    COLUMN("id", LINE, C, C),
    COLUMN("applicable", YES_NO, C, C),
    COLUMN("justification", TEXT, C, C),
    END
};

const struct table columns_tables[] = {
    { "certificates", "record", E | X | C, certificates, 0 },
    { "levels", "level", E | X, levels, 0 },
    { "requirements", "requirement", E, requirements, 0 },
    { "components", "component", E, components, 0 },
    { "sites", "site", E | X | C, sites, 0 },
    { "standards", "standard", X, standards, 0 },
    { "reports", "report", X, reports, 0 },
    { "history", "history", X, history, 0 },
    { "evidence", "evidence", X, evidence, 0 },
    { "controls", "control", C, controls, 0 },
    { NULL, NULL, 0, NULL, 0 },
};

const struct table columns_worksheet = { "worksheet", "requirement", E, requirements + 1, 1 };

const struct column columns_ignored = COLUMN("", TEXT, E | X | C, 0);

/* Other names of columns: those of the certificates' own forms, and of the worksheet of the
 * scheme's test report forms. Without COLUMN what stands there is left out. */
static const struct {
    const char *table, *name, *column;
} synonyms[] = {
    { "certificates", "certificate-no", "reference" },
    { "certificates", "certificate-number", "reference" },
    { "certificates", "ref-certif-no", "reference" },
    { "certificates", "standard", "standards" },
    { "certificates", "type-of-certificate", "type" },
    { "certificates", "test-item", "item" },
    { "certificates", "certificate-coverage", "coverage" },
    { "certificates", "test-item-description", "description" },
    { "certificates", "trade-mark", "trademark" },
    { "certificates", "model-type-ref", "model" },
    { "certificates", "test-report-ref-no", "report" },
    { "certificates", "test-report-form-no", "report-form" },
    { "certificates", "date-of-issue", "issue-date" },
    { "certificates", "issue-no", "issue" },
    { "certificates", "type-of-protection", "protection" },
    { "certificates", "soa-version-number", "soa-version" },
    { "levels", "summary-level", "level" },
    { "levels", "practice", "level" },
    { "levels", "foundational-requirement", "level" },
    { "levels", "requirements-assessed", "assessed" },
    { "levels", "total-requirements", "total" },
    { "requirements", "summary-level", "level" },
    { "requirements", "practice", "level" },
    { "requirements", "foundational-requirement", "level" },
    { "requirements", "requirement-id", "id" },
    { "requirements", "applicant-roles", "role" },
    { "requirements", "applicant-role", "role" },
    { "requirements", "applicable-component", "component" },
    { "requirements", "declared-maturity-level", "maturity-level" },
    { "requirements", "conformity-evidence", "evidence" },
    { "requirements", "result-remarks", "remark" },
    { "requirements", "remarks", "remark" },
    { "requirements", "requirement", NULL },
    { "requirements", "conformity-statement", NULL },
};

const char columns_kind_names[] = "iecee, iecex, csms";

unsigned columns_kind(const char *name)
{
    static const struct { const char *name; unsigned kind; } kinds[] = {
        { "iecee", E }, { "iecex", X }, { "csms", C },
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(name, kinds[i].name))
            return kinds[i].kind;
    return 0;
}

/* NAME as the table spells it; new. */
static char *canonical(const char *name)
{
    char *copy = xstrdup(name), *to = copy;

    for (; *name; name++) {
        char c = *name;

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (strchr(" \t\n_-/", c) || !strncmp(name, "\xc2\xa0", 2)) {
            name += c == '\xc2';
            if (to > copy && to[-1] != '-')
                *to++ = '-';
        } else if (!strchr(".:()", c)) {
            *to++ = c;
        }
    }
    if (to > copy && to[-1] == '-')
        to--;
    *to = '\0';
    return copy;
}

static const struct column *find_column(const struct table *table, unsigned kind, const char *name)
{
    const struct column *c;

    for (c = table->columns; c->name; c++)
        if ((c->kinds & kind) && !strcmp(c->name, name))
            return c;
    return NULL;
}

char *columns_standard(const char *header)
{
    char *name = canonical(header), *standard = NULL;
    size_t len = strlen(name);

    if (!strncmp(name, "iec-62443-", 10) && len > 13 && !strcmp(name + len - 3, "-id") &&
        strspn(name + 10, "0123456789-") == len - 12)
        standard = xasprintf("IEC 62443-%.*s", (int)len - 13, name + 10);
    free(name);
    return standard;
}

const struct column *columns_find(const struct table *table, unsigned kind, const char *name)
{
    const char *shared = table->is_worksheet ? "requirements" : table->name;
    char *wanted = canonical(name), *standard = columns_standard(name);
    const struct column *found = find_column(table, kind, wanted);
    size_t i;

    if (!found && standard)
        found = find_column(table, kind, "id");
    for (i = 0; !found && i < sizeof synonyms / sizeof *synonyms; i++)
        if (!strcmp(synonyms[i].table, shared) && !strcmp(synonyms[i].name, wanted))
            found = synonyms[i].column ? find_column(table, kind, synonyms[i].column)
                                       : &columns_ignored;
    free(standard);
    free(wanted);
    return found;
}

size_t columns_distance(const char *a, const char *b, size_t limit)
{
    enum { MAX = 120 };
    size_t row[MAX + 1], n = strlen(a), m = strlen(b), i, j;

    if (n > MAX || m > MAX || (n > m ? n - m : m - n) > limit)
        return limit + 1;
    for (j = 0; j <= m; j++)
        row[j] = j;
    for (i = 1; i <= n; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (j = 1; j <= m; j++) {
            size_t replace = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            if (replace < row[j])
                row[j] = replace;
        }
    }
    return row[m] > limit ? limit + 1 : row[m];
}

const struct column *columns_nearest(const struct table *table, unsigned kind, const char *name)
{
    char *wanted = canonical(name);
    size_t best = 1 + strlen(wanted) / 3;
    const struct column *c, *nearest = NULL;

    for (c = table->columns; c->name; c++) {
        size_t distance = c->kinds & kind ? columns_distance(wanted, c->name, best) : best + 1;

        if (distance <= best && (!nearest || distance < best)) {
            best = distance;
            nearest = c;
        }
    }
    free(wanted);
    return nearest;
}
