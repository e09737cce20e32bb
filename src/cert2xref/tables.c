#include "tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/hash.h>

#include "xmlx.h"

static const xmlNode *view(const xmlDoc *xref, const char *name)
{
    return xmlx_first(xmlDocGetRootElement(xref), name);
}

/* ---- CSV --------------------------------------------------------------------------------------- */

/* A row's columns, as they are printed. Borrowed but for LIST and FLAGS. */
struct row {
    const char *view;
    const xmlNode *coc;      /* NULL: no certificate */
    const char *kind;
    const char *document;
    const xmlNode *report;   /* date, bodies and validity of the document; NULL: none */
    struct strbuf standards;
    const char *cls, *support;
    struct strbuf flags;     /* codes of findings */
    const xmlNode *finding;  /* subject and what is expected; NULL: none */
};

static const char header[] = "view,certificate,issue,status,date,kind,document,document-date,excb,extl,"
                             "valid-until,latest,standards,class,support,flags,subject,expected\n";

static void add_cell(struct strbuf *out, const char *text, char end)
{
    const char *p;

    if (text && strpbrk(text, ",\"\r\n")) {
        strbuf_addch(out, '"');
        for (p = text; *p; p++) {
            if (*p == '"')
                strbuf_addch(out, '"');
            strbuf_addch(out, *p);
        }
        strbuf_addch(out, '"');
    } else if (text) {
        strbuf_addstr(out, text);
    }
    strbuf_addch(out, end);
}

static const char *attr(const xmlNode *node, const char *name)
{
    return node ? xmlx_attr(node, name) : NULL;
}

/* Writes the row and empties its lists. */
static void add_row(struct strbuf *out, struct row *row)
{
    add_cell(out, row->view, ',');
    add_cell(out, attr(row->coc, "reference"), ',');
    add_cell(out, attr(row->coc, "issue"), ',');
    add_cell(out, attr(row->coc, "certificate-status"), ',');
    add_cell(out, attr(row->coc, "date"), ',');
    add_cell(out, row->kind, ',');
    add_cell(out, row->document, ',');
    add_cell(out, attr(row->report, "date"), ',');
    add_cell(out, attr(row->report, "excb"), ',');
    add_cell(out, attr(row->report, "extl"), ',');
    add_cell(out, attr(row->report, "valid-until"), ',');
    add_cell(out, attr(row->report, "latest"), ',');
    add_cell(out, row->standards.buf, ',');
    add_cell(out, row->cls, ',');
    add_cell(out, row->support, ',');
    add_cell(out, row->flags.buf, ',');
    add_cell(out, attr(row->finding, "subject"), ',');
    add_cell(out, attr(row->finding, "expected"), '\n');
    strbuf_release(&row->standards);
    strbuf_release(&row->flags);
}

static void add_item(struct strbuf *list, const char *item)
{
    if (list->len)
        strbuf_addch(list, '|');
    strbuf_addstr(list, item);
}

static void add_standards(struct row *row, const xmlNode *parent)
{
    const xmlNode *node;

    for (node = xmlx_first(parent, "standard"); node; node = xmlx_next(node, "standard"))
        add_item(&row->standards, xmlx_attr(node, "dated"));
}

/* The codes of COC's findings on DOCUMENT, or without one, on STANDARD; each once. */
static void add_flags(struct row *row, const xmlNode *coc, const char *document, const char *standard)
{
    const xmlNode *node;
    const char *last = "";

    for (node = xmlx_first(coc, "finding"); node; node = xmlx_next(node, "finding")) {
        const char *on = xmlx_attr(node, "document"), *subject = xmlx_attr(node, "subject");
        const char *code = xmlx_attr(node, "code");
        int is_meant = document ? on && !strcmp(on, document)
                                : !on && subject && standard && !strcmp(subject, standard);

        if (!is_meant || !strcmp(code, last))
            continue;
        add_item(&row->flags, code);
        last = code;
    }
}

/* A document that a certificate cites: KIND is its element. */
static void add_documents(struct strbuf *out, const xmlNode *coc, const char *kind, const char *name)
{
    const xmlNode *node;

    for (node = xmlx_first(coc, kind); node; node = xmlx_next(node, kind)) {
        struct row row = { "A", coc, kind, xmlx_attr(node, name), node, STRBUF_INIT, NULL, NULL, STRBUF_INIT, NULL };

        add_standards(&row, node);
        if (xmlx_attr(node, "dated"))
            add_item(&row.standards, xmlx_attr(node, "dated"));
        add_flags(&row, coc, row.document, NULL);
        add_row(out, &row);
    }
}

static void add_cocs(struct strbuf *out, const xmlNode *cocs)
{
    const xmlNode *coc, *node;

    for (coc = xmlx_first(cocs, "coc"); coc; coc = xmlx_next(coc, "coc")) {
        for (node = xmlx_first(coc, "standard"); node; node = xmlx_next(node, "standard")) {
            struct row row = { "A", coc, "standard", NULL, NULL, STRBUF_INIT, xmlx_attr(node, "class"),
                               xmlx_attr(node, "support"), STRBUF_INIT, NULL };

            add_item(&row.standards, xmlx_attr(node, "dated"));
            add_flags(&row, coc, NULL, xmlx_attr(node, "dated"));
            add_row(out, &row);
        }
        add_documents(out, coc, "test-report", "number");
        add_documents(out, coc, "quality-report", "number");
        add_documents(out, coc, "evidence", "reference");
        add_documents(out, coc, "annex", "name");
    }
}

/* Views B and D: a report with the certificates that cite it. */
static void add_reports(struct strbuf *out, const char *name, const xmlNode *reports, const char *kind,
                        xmlHashTable *cocs)
{
    const xmlNode *report, *coc;

    for (report = xmlx_first(reports, kind); report; report = xmlx_next(report, kind))
        for (coc = xmlx_first(report, "coc"); coc; coc = xmlx_next(coc, "coc")) {
            struct row row = { name, coc, kind, xmlx_attr(report, "number"), report, STRBUF_INIT, NULL, NULL,
                               STRBUF_INIT, NULL };

            add_standards(&row, report);
            add_flags(&row, xmlHashLookup(cocs, BAD_CAST xmlx_attr(coc, "name")), row.document, NULL);
            add_row(out, &row);
        }
}

/* View C: a standard with the certificates that list it and the documents that support it there. */
static void add_by_standard(struct strbuf *out, const xmlNode *standards, xmlHashTable *cocs)
{
    const xmlNode *standard, *coc, *node;

    for (standard = xmlx_first(standards, "standard"); standard; standard = xmlx_next(standard, "standard"))
        for (coc = xmlx_first(standard, "coc"); coc; coc = xmlx_next(coc, "coc")) {
            struct row row = { "C", coc, "standard", NULL, NULL, STRBUF_INIT, xmlx_attr(standard, "class"),
                               xmlx_attr(coc, "support"), STRBUF_INIT, NULL };
            struct strbuf documents = STRBUF_INIT;

            for (node = xmlx_first(coc, "document"); node; node = xmlx_next(node, "document"))
                add_item(&documents, xmlx_attr(node, "number"));
            row.document = documents.buf;
            add_item(&row.standards, xmlx_attr(standard, "dated"));
            add_flags(&row, xmlHashLookup(cocs, BAD_CAST xmlx_attr(coc, "name")), NULL, xmlx_attr(standard, "dated"));
            add_row(out, &row);
            strbuf_release(&documents);
        }
}

static void add_findings(struct strbuf *out, const xmlNode *findings)
{
    const xmlNode *coc, *node;

    for (coc = xmlx_first(findings, "coc"); coc; coc = xmlx_next(coc, "coc"))
        for (node = xmlx_first(coc, "finding"); node; node = xmlx_next(node, "finding")) {
            struct row row = { "findings", coc, "finding", xmlx_attr(node, "document"), NULL, STRBUF_INIT, NULL,
                               NULL, STRBUF_INIT, node };

            add_item(&row.flags, xmlx_attr(node, "code"));
            add_row(out, &row);
        }
}

void tables_csv(const xmlDoc *xref, struct strbuf *out)
{
    const xmlNode *cocs = view(xref, "cocs"), *coc;
    xmlHashTable *names = xmlHashCreate(64);

    for (coc = xmlx_first(cocs, "coc"); coc; coc = xmlx_next(coc, "coc"))
        xmlHashAddEntry(names, BAD_CAST xmlx_attr(coc, "name"), (void *)(uintptr_t)coc);
    strbuf_addstr(out, header);
    add_cocs(out, cocs);
    add_reports(out, "B", view(xref, "test-reports"), "test-report", names);
    add_by_standard(out, view(xref, "by-standard"), names);
    add_reports(out, "D", view(xref, "by-quality-report"), "quality-report", names);
    add_findings(out, view(xref, "findings"));
    xmlHashFree(names, NULL);
}

/* ---- JSON -------------------------------------------------------------------------------------- */

static void add_string(struct strbuf *out, const char *text)
{
    strbuf_addch(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_addf(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            strbuf_addf(out, "\\u%04x", (unsigned)*text);
        else
            strbuf_addch(out, *text);
    }
    strbuf_addch(out, '"');
}

static void new_line(struct strbuf *out, int depth)
{
    strbuf_addf(out, "\n%*s", 2 * depth, "");
}

/* Numbers and truths of the format are those of JSON. */
static void add_attribute(struct strbuf *out, const xmlNode *node, const char *name)
{
    const char *value = xmlx_attr(node, name);
    int is_count = xmlx_is(node, (const char *)node->ns->href, "counts") || !strcmp(name, "issue");

    if (is_count && *value && strspn(value, "0123456789") == strlen(value))
        strbuf_addstr(out, value);
    else if (!strcmp(name, "latest") || !strcmp(name, "listed"))
        strbuf_addstr(out, strcmp(value, "yes") ? "false" : "true");
    else
        add_string(out, value);
}

static void add_value(struct strbuf *out, const xmlNode *node, int depth);

/* The children called NAME, as an array. */
static void add_array(struct strbuf *out, const xmlNode *parent, const char *name, int depth)
{
    const xmlNode *node = xmlx_first(parent, name);

    strbuf_addch(out, '[');
    for (; node; node = xmlx_next(node, name)) {
        new_line(out, depth + 1);
        add_value(out, node, depth + 1);
        if (xmlx_next(node, name))
            strbuf_addch(out, ',');
    }
    if (out->buf[out->len - 1] != '[')
        new_line(out, depth);
    strbuf_addch(out, ']');
}

/* An element: its text, or an object of its attributes and children. The depth is that of the format. */
static void add_value(struct strbuf *out, const xmlNode *node, int depth)
{
    const xmlNode *child;
    const xmlAttr *a;
    char *text;
    int n = 0;

    if (!node->properties && !xmlx_first_element(node)) {
        text = xmlx_text(node);
        add_string(out, text);
        free(text);
        return;
    }
    strbuf_addch(out, '{');
    for (a = node->properties; a; a = a->next) {
        if (a->ns)
            continue;
        if (n++)
            strbuf_addstr(out, ", ");
        add_string(out, (const char *)a->name);
        strbuf_addstr(out, ": ");
        add_attribute(out, node, (const char *)a->name);
    }
    for (child = xmlx_first_element(node); child; child = xmlx_next_element(child)) {
        if (xmlx_first(node, (const char *)child->name) != child)
            continue;
        if (n++)
            strbuf_addch(out, ',');
        new_line(out, depth + 1);
        add_string(out, (const char *)child->name);
        strbuf_addstr(out, ": ");
        add_array(out, node, (const char *)child->name, depth + 1);
    }
    if (xmlx_first_element(node))
        new_line(out, depth);
    strbuf_addch(out, '}');
}

void tables_json(const xmlDoc *xref, struct strbuf *out)
{
    static const struct {
        const char *name, *of;
    } views[] = {
        { "findings", "coc" }, { "cocs", "coc" }, { "test-reports", "test-report" },
        { "by-standard", "standard" }, { "by-quality-report", "quality-report" },
    };
    const xmlNode *root = xmlDocGetRootElement(xref);
    size_t i;

    strbuf_addstr(out, "{\n  \"reference\": ");
    add_value(out, xmlx_first(root, "reference"), 1);
    strbuf_addstr(out, ",\n  \"issue-date\": ");
    add_value(out, xmlx_first(root, "issue-date"), 1);
    strbuf_addstr(out, ",\n  \"status\": ");
    add_string(out, xmlx_attr(root, "status"));
    strbuf_addstr(out, ",\n  \"counts\": ");
    add_value(out, view(xref, "counts"), 1);
    for (i = 0; i < sizeof views / sizeof *views; i++) {
        strbuf_addstr(out, ",\n  ");
        add_string(out, views[i].name);
        strbuf_addstr(out, ": ");
        add_array(out, view(xref, views[i].name), views[i].of, 1);
    }
    strbuf_addstr(out, "\n}\n");
}
