#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define CERT_NS "urn:certpress:cert"

/* ---- comparing --------------------------------------------------------------------------------- */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares the runs of digits at *A and *B by value and moves behind them. */
static int compare_digits(const char **a, const char **b)
{
    size_t n, m;
    int order;

    while (**a == '0' && is_digit((*a)[1]))
        ++*a;
    while (**b == '0' && is_digit((*b)[1]))
        ++*b;
    n = strspn(*a, "0123456789");
    m = strspn(*b, "0123456789");
    order = n != m ? (n < m ? -1 : 1) : memcmp(*a, *b, n);
    *a += n;
    *b += m;
    return order;
}

int facts_compare(const char *a, const char *b)
{
    const char *whole_a = a, *whole_b = b;

    while (*a && *b) {
        int order;

        if (is_digit(*a) && is_digit(*b)) {
            order = compare_digits(&a, &b);
            if (order)
                return order;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    if (*a || *b)
        return *a ? 1 : -1;
    return strcmp(whole_a, whole_b);
}

/* The length of DATED up to and with the year: a month may follow. */
static size_t year_end(const char *dated)
{
    const char *colon = strrchr(dated, ':');
    size_t year;

    if (!colon)
        return strlen(dated);
    year = strspn(colon + 1, "0123456789");
    if (year == 4 && colon[5] == '-' && is_digit(colon[6]) && is_digit(colon[7]) && !colon[8])
        return (size_t)(colon - dated) + 5;
    return strlen(dated);
}

int facts_same_edition(const char *a, const char *b)
{
    size_t n = year_end(a);

    /* Two months of one year are two publications. */
    if (a[n] && b[year_end(b)])
        return !strcmp(a, b);
    return n == year_end(b) && !strncmp(a, b, n);
}

int facts_same_standard(const char *a, const char *b)
{
    size_t n = strcspn(a, ":");

    return n == strcspn(b, ":") && !strncmp(a, b, n);
}

/* ---- reading ----------------------------------------------------------------------------------- */

struct reader {
    struct arena *strings;
    struct diag *d;
    int faulty;
};

static const char *keep(struct reader *r, char *text)
{
    const char *kept = arena_strdup(r->strings, text);

    free(text);
    return kept;
}

static const char *child(struct reader *r, const xmlNode *parent, const char *name)
{
    return keep(r, xmlx_child_text(parent, name));
}

static const char *attribute(struct reader *r, const xmlNode *node, const char *name)
{
    const char *value = xmlx_attr(node, name);

    return value ? arena_strdup(r->strings, value) : "";
}

/* VALUE, reported when it is empty. */
static const char *need(struct reader *r, const xmlNode *node, const char *name, const char *value)
{
    if (!*value)
        r->faulty |= prov_diag(r->d, node, XREF_MISSING, (const char *)node->name, name);
    return value;
}

static void read_standards(struct reader *r, struct facts_coc *coc, const xmlNode *parent)
{
    const xmlNode *node;

    for (node = xmlx_first(parent, "standard"); node; node = xmlx_next(node, "standard")) {
        struct facts_standard *s;
        const char *class = xmlx_attr(node, "class");

        ALLOC_GROW(coc->standards, coc->standards_n, coc->standards_cap);
        s = &coc->standards[coc->standards_n++];
        s->number = attribute(r, node, "number");
        s->edition = attribute(r, node, "edition");
        s->dated = need(r, node, "dated", attribute(r, node, "dated"));
        s->title = child(r, node, "title");
        s->cyber = class && !strcmp(class, "cyber");
    }
}

static void read_number(struct reader *r, struct facts_report *report, const xmlNode *node)
{
    const char *slash;

    report->number = need(r, node, "number", attribute(r, node, "number"));
    report->series = report->number;
    slash = strrchr(report->number, '/');
    if (slash && is_digit(slash[1]) && is_digit(slash[2]) && !slash[3]) {
        report->series = arena_strndup(r->strings, report->number, (size_t)(slash - report->number));
        report->issue = (slash[1] - '0') * 10 + slash[2] - '0';
    } else if (*report->number) {
        r->faulty |= prov_diag(r->d, node, XREF_REPORT_NUMBER, report->number);
    }
}

static void read_report(struct reader *r, struct facts_report *report, const xmlNode *node)
{
    const xmlNode *standard;

    memset(report, 0, sizeof *report);
    read_number(r, report, node);
    report->date = attribute(r, node, "date");
    report->excb = attribute(r, node, "excb");
    report->extl = attribute(r, node, "extl");
    report->valid_until = attribute(r, node, "valid-until");
    for (standard = xmlx_first(node, "standard"); standard; standard = xmlx_next(standard, "standard")) {
        ALLOC_GROW(report->standards, report->standards_n, report->standards_cap);
        report->standards[report->standards_n++] = keep(r, xmlx_text(standard));
    }
}

static void read_reports(struct reader *r, struct facts_coc *coc, const xmlNode *parent)
{
    const xmlNode *node;

    for (node = xmlx_first(parent, "test-report"); node; node = xmlx_next(node, "test-report")) {
        ALLOC_GROW(coc->tests, coc->tests_n, coc->tests_cap);
        read_report(r, &coc->tests[coc->tests_n++], node);
    }
    for (node = xmlx_first(parent, "quality-report"); node; node = xmlx_next(node, "quality-report")) {
        ALLOC_GROW(coc->qualities, coc->qualities_n, coc->qualities_cap);
        read_report(r, &coc->qualities[coc->qualities_n++], node);
    }
}

static void read_evidence(struct reader *r, struct facts_coc *coc, const xmlNode *parent)
{
    const xmlNode *node;

    for (node = xmlx_first(parent, "evidence"); node; node = xmlx_next(node, "evidence")) {
        struct facts_evidence *e;

        ALLOC_GROW(coc->evidence, coc->evidence_n, coc->evidence_cap);
        e = &coc->evidence[coc->evidence_n++];
        e->reference = need(r, node, "reference", attribute(r, node, "reference"));
        e->date = attribute(r, node, "date");
        e->issuer = attribute(r, node, "issuer");
        e->type = attribute(r, node, "type");
        e->dated = need(r, node, "dated", attribute(r, node, "dated"));
        e->item = attribute(r, node, "item");
        e->holder = attribute(r, node, "holder");
        e->report = attribute(r, node, "report");
        e->file = attribute(r, node, "file");
        e->sha256 = attribute(r, node, "sha256");
    }
}

static void read_annexes(struct reader *r, struct facts_coc *coc, const xmlNode *parent)
{
    const xmlNode *node;

    for (node = xmlx_first(parent, "annex"); node; node = xmlx_next(node, "annex")) {
        ALLOC_GROW(coc->annexes, coc->annexes_n, coc->annexes_cap);
        coc->annexes[coc->annexes_n++] = attribute(r, node, "name");
    }
}

static void read_head(struct reader *r, struct facts_coc *coc, const xmlNode *root)
{
    const char *status = xmlx_attr(root, "status");
    char *end;

    coc->specimen = !status || strcmp(status, "issued");
    coc->variant = attribute(r, root, "variant");
    coc->name = need(r, root, "name", child(r, root, "name"));
    coc->reference = need(r, root, "reference", child(r, root, "reference"));
    coc->date = need(r, root, "issue-date", child(r, root, "issue-date"));
    coc->issue = need(r, root, "issue", child(r, root, "issue"));
    coc->status = child(r, root, "certificate-status");
    coc->holder = child(r, xmlx_first(root, "applicant"), "name");
    coc->equipment = child(r, xmlx_first(root, "equipment"), "name");
    coc->issue_number = strtol(coc->issue, &end, 10);
    if (*coc->issue && (*end || !is_digit(*coc->issue)))
        r->faulty |= prov_diag(r->d, root, XREF_ISSUE, coc->issue);
}

/* What the cross-reference copies from its first certificate. */
static xmlNode *keep_source(const xmlNode *root)
{
    static const char *const names[] = { "issuer", "form" };
    xmlDoc *doc = xmlx_new(CERT_NS, "certificate");
    xmlNode *copy = xmlDocGetRootElement(doc);
    const char *lang = xmlx_attr(root, "lang");
    size_t i;

    /* messages name the file when there is no provenance */
    if (root->doc->URL)
        doc->URL = xmlStrdup(root->doc->URL);
    xmlx_set(copy, "lang", lang ? lang : "en");
    prov_copy(copy, root);
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        xmlNode *node = xmlx_first(root, names[i]);

        if (node)
            xmlAddChild(copy, xmlDocCopyNode(node, doc, 1));
    }
    return copy;
}

int facts_read(struct facts_coc *coc, const xmlDoc *cert, struct arena *strings, struct diag *d)
{
    struct reader r = { strings, d, 0 };
    const xmlNode *root = xmlDocGetRootElement(cert);
    const char *kind;

    if (!root || !xmlx_is(root, CERT_NS, "certificate"))
        return prov_diag(d, root, XREF_NOT_CERTIFICATE, root ? (const char *)root->name : "");
    kind = xmlx_attr(root, "kind");
    if (!kind || strcmp(kind, "iecex"))
        return prov_diag(d, root, XREF_KIND, kind ? kind : "");
    coc->source = keep_source(root);
    read_head(&r, coc, root);
    read_standards(&r, coc, xmlx_first(root, "standards"));
    read_reports(&r, coc, xmlx_first(root, "reports"));
    read_evidence(&r, coc, xmlx_first(root, "cyber"));
    read_annexes(&r, coc, xmlx_first(root, "annexes"));
    return r.faulty;
}

void facts_release(struct facts_coc *coc)
{
    size_t i;

    for (i = 0; i < coc->tests_n; i++)
        free(coc->tests[i].standards);
    for (i = 0; i < coc->qualities_n; i++)
        free(coc->qualities[i].standards);
    free(coc->standards);
    free(coc->tests);
    free(coc->qualities);
    free(coc->evidence);
    free(coc->annexes);
    if (coc->source)
        xmlFreeDoc(coc->source->doc);
}
