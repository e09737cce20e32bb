#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "isodate.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define R RECORD_REQUIRED
#define O RECORD_OPTIONAL
#define G RECORD_IN_GROUP
#define END { NULL, RECORD_LINE, O }

/* An address: five columns with one prefix. */
#define ADDRESS(prefix, need, street) \
    { prefix "name", RECORD_LINE, need }, \
    { prefix "street", RECORD_TEXT, street }, \
    { prefix "postcode", RECORD_LINE, O }, \
    { prefix "city", RECORD_LINE, need }, \
    { prefix "country", RECORD_COUNTRY, need }

static const struct record_field iecee_fields[] = {
    { "reference", RECORD_LINE, R },
    { "type", RECORD_LINE, R },
    { "standards", RECORD_LIST, R },
    ADDRESS("applicant-", R, R),
    ADDRESS("manufacturer-", G, G),
    { "item", RECORD_LINE, R },
    { "version", RECORD_LINE, O },
    { "coverage", RECORD_TEXT, R },
    { "trademark", RECORD_LINE, O },
    { "model", RECORD_LINE, O },
    { "description", RECORD_TEXT, O },
    { "diagram", RECORD_LINE, O },
    { "diagram-alt", RECORD_LINE, O },
    { "component-types", RECORD_LIST, O },
    { "maturity-level", RECORD_LINE, O },
    { "security-level", RECORD_LINE, O },
    { "referenced-certificates", RECORD_LIST, O },
    { "additional-information", RECORD_TEXT, O },
    { "excluded", RECORD_TEXT, O },
    { "report", RECORD_LINE, R },
    { "report-date", RECORD_DATE, R },
    { "report-form", RECORD_LINE, O },
    ADDRESS("laboratory-", G, O),
    { "decision-date", RECORD_DATE, R },
    { "issue-date", RECORD_DATE, R },
    { "original-issue-date", RECORD_DATE, O },
    { "replaces", RECORD_LINE, O },
    { "replaces-date", RECORD_DATE, O },
    { "expiry-date", RECORD_DATE, O },
    { "lang", RECORD_LINE, O },
    END,
};

static const struct record_field iecex_fields[] = {
    { "reference", RECORD_LINE, R },
    { "issue", RECORD_COUNT, R },
    { "variant", RECORD_LINE, O },
    { "status", RECORD_LINE, R },
    { "issue-date", RECORD_DATE, R },
    ADDRESS("applicant-", R, R),
    ADDRESS("manufacturer-", R, R),
    { "equipment", RECORD_LINE, R },
    { "accessory", RECORD_LINE, O },
    { "protection", RECORD_LINE, R },
    { "marking", RECORD_TEXT, R },
    { "techniques", RECORD_LIST, O },
    { "description", RECORD_TEXT, R },
    { "serials", RECORD_LIST, O },
    { "conditions", RECORD_TEXT, O },
    { "changes", RECORD_TEXT, O },
    { "annex", RECORD_LIST, O },
    { "signatory", RECORD_LINE, O },
    { "signatory-position", RECORD_LINE, O },
    { "lang", RECORD_LINE, O },
    END,
};

static const struct record_field csms_fields[] = {
    { "reference", RECORD_LINE, R },
    ADDRESS("applicant-", R, R),
    { "scope", RECORD_TEXT, R },
    { "criteria", RECORD_LINE, R },
    { "soa-version", RECORD_LINE, R },
    { "soa-date", RECORD_DATE, R },
    { "audit-date", RECORD_DATE, O },
    { "decision-date", RECORD_DATE, R },
    { "first-issue-date", RECORD_DATE, R },
    { "issue-date", RECORD_DATE, R },
    { "expiry-date", RECORD_DATE, R },
    { "lang", RECORD_LINE, O },
    END,
};

static const struct record_field level_fields[] = {
    { "certificate", RECORD_LINE, O },
    { "standard", RECORD_LINE, R },
    { "level", RECORD_LINE, R },
    { "assessed", RECORD_COUNT, R },
    { "not-applicable", RECORD_COUNT, O },
    { "total", RECORD_COUNT, O },
    { "total-reason", RECORD_LINE, O },
    END,
};

static const struct record_field requirement_fields[] = {
    { "standard", RECORD_LINE, O },
    { "level", RECORD_LINE, O },
    { "id", RECORD_LINE, R },
    { "role", RECORD_LINE, O },
    { "component", RECORD_LINE, O },
    { "verdict", RECORD_LINE, O },
    { "maturity-level", RECORD_LINE, O },
    { "evidence", RECORD_TEXT, O },
    { "remark", RECORD_TEXT, O },
    { "decision", RECORD_LINE, O },
    END,
};

static const struct record_field component_fields[] = {
    { "label", RECORD_LINE, R },
    { "name", RECORD_LINE, R },
    { "version", RECORD_LINE, O },
    { "type", RECORD_LINE, O },
    { "description", RECORD_TEXT, R },
    END,
};

static const struct record_field site_fields[] = {
    { "role", RECORD_LINE, O },
    ADDRESS("", R, O),
    END,
};

static const struct record_field csms_site_fields[] = {
    { "role", RECORD_LINE, O },
    ADDRESS("", R, O),
    { "scope", RECORD_TEXT, R },
    END,
};

static const struct record_field standard_fields[] = {
    { "standard", RECORD_LINE, R },
    { "edition", RECORD_LINE, O },
    { "title", RECORD_LINE, O },
    END,
};

static const struct record_field report_fields[] = {
    { "kind", RECORD_LINE, R },
    { "number", RECORD_LINE, R },
    { "date", RECORD_DATE, O },
    { "excb", RECORD_LINE, O },
    { "extl", RECORD_LINE, O },
    { "standards", RECORD_LIST, O },
    { "valid-until", RECORD_DATE, O },
    { "sites", RECORD_LIST, O },
    { "first-issue", RECORD_COUNT, O },
    END,
};

static const struct record_field history_fields[] = {
    { "issue", RECORD_COUNT, R },
    { "date", RECORD_DATE, R },
    { "changes", RECORD_TEXT, O },
    END,
};

static const struct record_field evidence_fields[] = {
    { "certificate", RECORD_LINE, R },
    { "date", RECORD_DATE, R },
    { "issuer", RECORD_LINE, R },
    { "type", RECORD_LINE, R },
    { "standard", RECORD_LINE, R },
    { "item", RECORD_LINE, R },
    { "component-types", RECORD_LIST, O },
    { "holder", RECORD_LINE, O },
    { "valid-until", RECORD_DATE, O },
    { "report", RECORD_LINE, O },
    { "file", RECORD_LINE, O },
    END,
};

static const struct record_field control_fields[] = {
    { "id", RECORD_LINE, R },
    { "applicable", RECORD_YES_NO, R },
    { "justification", RECORD_TEXT, R },
    END,
};

static const struct record_table iecee_tables[] = {
    { "level", level_fields }, { "requirement", requirement_fields },
    { "component", component_fields }, { "site", site_fields }, { NULL, NULL },
};
static const struct record_table iecex_tables[] = {
    { "standard", standard_fields }, { "report", report_fields },     { "history", history_fields },
    { "site", site_fields },         { "evidence", evidence_fields }, { "level", level_fields },
    { NULL, NULL },
};
static const struct record_table csms_tables[] = {
    { "site", csms_site_fields }, { "control", control_fields }, { NULL, NULL },
};

static const struct record_kind kinds[] = {
    { "iecee", iecee_fields, iecee_tables },
    { "iecex", iecex_fields, iecex_tables },
    { "csms", csms_fields, csms_tables },
};

const struct record_kind *record_kind(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Cuts the blanks off both ends of TEXT. */
static char *trim(char *text)
{
    char *begin = text;
    size_t len;

    while (is_blank(*begin))
        begin++;
    len = strlen(begin);
    while (len && is_blank(begin[len - 1]))
        len--;
    memmove(text, begin, len);
    text[len] = '\0';
    return text;
}

char *record_text(const xmlNode *row, const char *name)
{
    const xmlNode *node = xmlx_first(row, name);
    char *text;

    if (!node)
        return NULL;
    text = trim(xmlx_text(node));
    if (*text)
        return text;
    free(text);
    return NULL;
}

long record_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (!digits || text[digits] || digits > 6 || (*text == '0' && digits > 1))
        return -1;
    return strtol(text, NULL, 10);
}

/* The code point at *P, which holds valid UTF-8; moves *P past it. */
static unsigned long next_character(const unsigned char **p)
{
    unsigned long c = *(*p)++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;

    if (more)
        c &= 0x3fUL >> more;
    while (more-- && **p)
        c = c << 6 | (*(*p)++ & 0x3f);
    return c;
}

/* Control characters, and those that make text read otherwise than it is stored. */
static int is_never_printed(unsigned long c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c <= 0x9f) ||
           (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xfeff || c == 0xfffd || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

static void check_characters(const xmlNode *node, const char *name, const char *text, size_t most,
                             struct diag *d)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t n = 0;

    for (; *p; n++) {
        unsigned long c = next_character(&p);

        if (is_never_printed(c)) {
            prov_diag(d, node, REC_CHARACTER, name, c);
            return;
        }
    }
    if (n > most)
        prov_diag(d, node, REC_TOO_LONG, name, n, most);
}

static void check_value(const xmlNode *node, const struct record_field *field, const char *text,
                        const struct lists *lists, struct diag *d)
{
    struct isodate date;

    check_characters(node, field->name, text,
                     field->form == RECORD_TEXT || field->form == RECORD_LIST ? 50000 : 2000, d);
    switch (field->form) {
    case RECORD_LINE:
    case RECORD_TEXT:
    case RECORD_LIST:
        break;
    case RECORD_DATE:
        if (isodate_parse(text, &date))
            prov_diag(d, node, REC_NOT_DATE, text);
        break;
    case RECORD_COUNT:
        if (record_number(text) < 0)
            prov_diag(d, node, REC_NOT_NUMBER, text);
        break;
    case RECORD_YES_NO:
        if (strcmp(text, "yes") && strcmp(text, "no"))
            prov_diag(d, node, REC_NOT_YES_NO, text);
        break;
    case RECORD_COUNTRY:
        if (!lists_country(lists, text, "en"))
            prov_diag(d, node, REC_COUNTRY, text);
        break;
    }
}

/* The length of the prefix of NAME that its group shares, "applicant-" of "applicant-city". */
static size_t prefix_len(const char *name)
{
    const char *dash = strrchr(name, '-');

    return dash ? (size_t)(dash - name) + 1 : 0;
}

/* A filled field of ROW in the group of FIELD, or NULL. */
static const xmlNode *group_member(const xmlNode *row, const struct record_field *field)
{
    size_t len = prefix_len(field->name);
    const xmlNode *node;

    for (node = xmlx_first_element(row); node; node = xmlx_next_element(node)) {
        char *text;

        if (strncmp((const char *)node->name, field->name, len))
            continue;
        text = record_text(row, (const char *)node->name);
        free(text);
        if (text)
            return node;
    }
    return NULL;
}

static void check_needed(const xmlNode *row, const struct record_field *field, struct diag *d)
{
    char *text = record_text(row, field->name);
    const xmlNode *member;

    if (!text && field->need == RECORD_REQUIRED) {
        member = xmlx_first(row, field->name);
        prov_diag(d, member ? member : row, REC_MISSING, field->name);
    }
    if (!text && field->need == RECORD_IN_GROUP && (member = group_member(row, field)))
        prov_diag(d, member, REC_GROUP, field->name, (const char *)member->name);
    free(text);
}

static const struct record_field *find_field(const struct record_field *fields, const char *name)
{
    for (; fields->name; fields++)
        if (!strcmp(fields->name, name))
            return fields;
    return NULL;
}

static void check_attributes(const xmlNode *node, const char *allowed, struct diag *d)
{
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next)
        if (!a->ns && strcmp((const char *)a->name, allowed))
            prov_diag(d, node, REC_ATTRIBUTE, (const char *)a->name, (const char *)node->name);
}

/* Reports what the format does not know and what would be lost: attributes but ALLOWED, and text of ROW
 * between its fields. */
static void check_around(const xmlNode *row, const char *allowed, struct diag *d)
{
    const xmlNode *node;

    check_attributes(row, allowed, d);
    for (node = row->children; node; node = node->next) {
        const char *text = (const char *)node->content;

        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && text &&
            text[strspn(text, " \t\r\n")])
            prov_diag(d, node, REC_STRAY_TEXT, (const char *)row->name);
    }
}

static int is_of_format(const xmlNode *node)
{
    return node->ns && !strcmp((const char *)node->ns->href, RECORD_NS);
}

static void check_field(const xmlNode *row, const xmlNode *node, const struct record_field *field,
                        const struct lists *lists, struct diag *d)
{
    char *text;

    if (xmlx_first(row, field->name) != node) {
        prov_diag(d, node, REC_TWICE, field->name);
        return;
    }
    if (xmlx_first_element(node)) {
        prov_diag(d, node, REC_NOT_TEXT, field->name);
        return;
    }
    check_attributes(node, "", d);
    text = record_text(row, field->name);
    if (text)
        check_value(node, field, text, lists, d);
    free(text);
}

static void check_row(const xmlNode *row, const struct record_table *table, const struct lists *lists,
                      struct diag *d)
{
    const struct record_field *field;
    const xmlNode *node;

    check_around(row, "", d);
    for (node = xmlx_first_element(row); node; node = xmlx_next_element(node)) {
        field = find_field(table->fields, (const char *)node->name);
        if (field && is_of_format(node))
            check_field(row, node, field, lists, d);
        else
            prov_diag(d, node, REC_UNKNOWN_FIELD, (const char *)node->name, table->name);
    }
    for (field = table->fields; field->name; field++)
        check_needed(row, field, d);
}

int record_check(const xmlNode *record, const struct record_kind *kind, const struct lists *lists,
                  struct diag *d)
{
    const struct record_field *field;
    const struct record_table *table;
    const xmlNode *node;
    int rows = 0;

    check_around(record, "kind", d);
    for (node = xmlx_first_element(record); node; node = xmlx_next_element(node)) {
        const char *name = (const char *)node->name;

        if (++rows > RECORD_MOST_ROWS)
            return prov_diag(d, node, REC_TOO_MANY, RECORD_MOST_ROWS);

        for (table = kind->tables; table->name && strcmp(table->name, name); table++)
            ;
        field = find_field(kind->fields, name);
        if (table->name && is_of_format(node))
            check_row(node, table, lists, d);
        else if (field && is_of_format(node))
            check_field(record, node, field, lists, d);
        else
            prov_diag(d, node, REC_UNKNOWN_FIELD, name, kind->name);
    }
    for (field = kind->fields; field->name; field++)
        check_needed(record, field, d);
    return 0;
}
