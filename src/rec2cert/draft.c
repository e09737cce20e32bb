#include "draft.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "prov.h"
#include "record.h"
#include "strbuf.h"
#include "xmlx.h"

const char *draft_value(struct draft *dr, const xmlNode *row, const char *field)
{
    char *text = record_text(row, field);
    const char *kept = text ? arena_strdup(&dr->memory, text) : NULL;

    free(text);
    return kept;
}

const xmlNode *draft_place(const xmlNode *row, const char *field)
{
    const xmlNode *node = xmlx_first(row, field);

    return node ? node : row;
}

int draft_date_value(struct draft *dr, const xmlNode *row, const char *field, struct isodate *date)
{
    const char *text = draft_value(dr, row, field);

    return text ? isodate_parse(text, date) : -1;
}

long draft_number(struct draft *dr, const xmlNode *row, const char *field)
{
    const char *text = draft_value(dr, row, field);

    return text ? record_number(text) : -1;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *one_line(struct draft *dr, const char *text, size_t len)
{
    struct strbuf line = STRBUF_INIT;
    const char *kept;
    size_t i;

    for (i = 0; i < len; i++)
        if (!is_blank(text[i]))
            strbuf_addch(&line, text[i]);
        else if (line.len && i + 1 < len && !is_blank(text[i + 1]))
            strbuf_addch(&line, ' ');
    kept = arena_strndup(&dr->memory, line.buf, line.len);
    strbuf_release(&line);
    return kept;
}

const char *draft_one_line(struct draft *dr, const char *text)
{
    return one_line(dr, text, strlen(text));
}

const char **draft_list(struct draft *dr, const xmlNode *row, const char *field, size_t *n)
{
    const char *text = draft_value(dr, row, field), *p;
    const char **list;
    size_t most = 1;

    *n = 0;
    if (!text)
        return NULL;
    for (p = text; *p; p++)
        most += *p == '|';
    list = arena_alloc(&dr->memory, most * sizeof *list);
    for (p = text;; p++) {
        size_t len = strcspn(p, "|");
        const char *item = one_line(dr, p, len);

        if (*item)
            list[(*n)++] = item;
        else
            prov_diag(dr->d, draft_place(row, field), REC_EMPTY_ITEM, field);
        p += len;
        if (!*p)
            return list;
    }
}

size_t draft_rows(const struct draft *dr, const char *table)
{
    const xmlNode *row;
    size_t n = 0;

    for (row = xmlx_first(dr->record, table); row; row = xmlx_next(row, table))
        n++;
    return n;
}

struct cell {
    const char *text;
    const xmlNode *row;
    size_t at; /* place among the rows */
};

static int compare_cells(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = strcmp(x->text, y->text);

    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

void draft_report_repeated(struct draft *dr, const char *table, const char *field, const char *id,
                           enum diag_level level, const char *format)
{
    struct cell *cells = NULL;
    size_t n = 0, cap = 0, i;
    const xmlNode *row;

    for (row = xmlx_first(dr->record, table); row; row = xmlx_next(row, table)) {
        const char *text = draft_value(dr, row, field);

        if (!text)
            continue;
        ALLOC_GROW(cells, n, cap);
        cells[n].text = draft_one_line(dr, text);
        cells[n].row = row;
        cells[n].at = n;
        n++;
    }
    if (n)
        qsort(cells, n, sizeof *cells, compare_cells);
    for (i = 1; i < n; i++)
        if (!strcmp(cells[i].text, cells[i - 1].text))
            prov_diag(dr->d, draft_place(cells[i].row, field), id, level, format, cells[i].text);
    free(cells);
}

void draft_remember(xmlNode *to, const xmlNode *from)
{
    struct prov_space space;
    struct diag_place place;

    if (prov_copy(to, from))
        return;
    prov_place(from, &space, &place);
    prov_set(to, &place);
}

xmlNode *draft_add(xmlNode *parent, const char *name, const xmlNode *from)
{
    xmlNode *node = xmlx_add(parent, name);

    draft_remember(node, from);
    return node;
}

xmlNode *draft_add_text(xmlNode *parent, const char *name, const xmlNode *from, const char *text)
{
    xmlNode *node = xmlx_add_text(parent, name, text);
    xmlChar *lang = xmlGetNsProp((xmlNode *)(uintptr_t)from, BAD_CAST "lang", XML_XML_NAMESPACE);

    draft_remember(node, from);
    /* A field's own language goes with its words; a code's words are the certificate's. */
    if (lang && strcmp(name, "country"))
        xmlNodeSetLang(node, lang);
    xmlFree(lang);
    return node;
}

xmlNode *draft_line(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field)
{
    const char *text = draft_value(dr, row, field);

    return text ? draft_add_text(parent, name, draft_place(row, field), draft_one_line(dr, text)) : NULL;
}

void draft_paragraphs(struct draft *dr, xmlNode *parent, const xmlNode *from, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        const char *line = one_line(dr, text, len);

        if (*line)
            draft_add_text(parent, "p", from, line);
        text += len;
        text += *text == '\n';
    }
}

xmlNode *draft_text(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field)
{
    const char *text = draft_value(dr, row, field);
    xmlNode *node;

    if (!text)
        return NULL;
    node = draft_add(parent, name, draft_place(row, field));
    draft_paragraphs(dr, node, draft_place(row, field), text);
    return node;
}

/* Dates of deeds done lie in the past; an expiry does not. */
static void check_not_in_future(struct draft *dr, const xmlNode *row, const char *field,
                                const struct isodate *date)
{
    char shown[11], today[11];

    if (!dr->sources->today || isodate_compare(date, dr->sources->today) <= 0)
        return;
    isodate_print(date, shown);
    isodate_print(dr->sources->today, today);
    prov_diag(dr->d, draft_place(row, field), REC_IN_FUTURE, field, shown, today);
}

xmlNode *draft_date(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field)
{
    struct isodate date;
    char text[11];

    if (draft_date_value(dr, row, field, &date))
        return NULL;
    if (strcmp(field, "expiry-date"))
        check_not_in_future(dr, row, field, &date);
    isodate_print(&date, text);
    return draft_add_text(parent, name, draft_place(row, field), text);
}

static const char *part(struct draft *dr, const char *prefix, const char *name)
{
    char *joined = xasprintf("%s%s", prefix, name);
    const char *kept = arena_strdup(&dr->memory, joined);

    free(joined);
    return kept;
}

xmlNode *draft_organization(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                            const char *prefix)
{
    const char *name_field = part(dr, prefix, "name"), *street = part(dr, prefix, "street");
    const char *country = part(dr, prefix, "country");
    const char *code = draft_value(dr, row, country), *text = draft_value(dr, row, street);
    const char *country_name = code ? lists_country(dr->sources->lists, code, dr->lang) : NULL;
    xmlNode *node, *added;

    if (!draft_value(dr, row, name_field))
        return NULL;
    node = draft_add(parent, name, *prefix ? draft_place(row, name_field) : row);
    draft_line(dr, node, "name", row, name_field);
    while (text && *text) {
        size_t len = strcspn(text, "\n");
        const char *line = one_line(dr, text, len);

        if (*line)
            draft_add_text(node, "street", draft_place(row, street), line);
        text += len;
        text += *text == '\n';
    }
    draft_line(dr, node, "postcode", row, part(dr, prefix, "postcode"));
    draft_line(dr, node, "city", row, part(dr, prefix, "city"));
    if (country_name) {
        added = draft_add_text(node, "country", draft_place(row, country), country_name);
        xmlx_set(added, "code", code);
    }
    return node;
}

void draft_attribute(struct draft *dr, xmlNode *node, const char *attribute, const xmlNode *row,
                     const char *field)
{
    const char *text = draft_value(dr, row, field);

    if (text)
        xmlx_set(node, attribute, draft_one_line(dr, text));
}

const struct standards_edition *draft_standard(struct draft *dr, const xmlNode *from, const char *text)
{
    const struct standards_edition *edition = standards_find(dr->sources->standards, text);
    char *nearest;

    if (edition)
        return edition;
    nearest = standards_nearest(dr->sources->standards, text);
    prov_diag(dr->d, from, REC_STANDARD, text, nearest);
    free(nearest);
    return NULL;
}

xmlNode *draft_add_standard(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *from,
                            const struct standards_edition *edition)
{
    xmlNode *node = draft_add(parent, name, from);
    struct isodate issued;
    char since[11];

    xmlx_set(node, "number", edition->number);
    xmlx_set(node, "edition", edition->edition);
    xmlx_set(node, "dated", edition->dated);
    if (!draft_date_value(dr, dr->record, "issue-date", &issued) && standards_withdrawn(edition, &issued)) {
        xmlx_set(node, "withdrawn", "yes");
        isodate_print(&edition->withdrawn, since);
        prov_diag(dr->d, from, REC_WITHDRAWN, edition->dated, since);
    }
    draft_add_text(node, "title", from, edition->title);
    return node;
}
