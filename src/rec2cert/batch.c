#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

/* A place that outlives its document. */
struct place {
    char *file, *field;
    long line, column, row;
};

/* A report, or a certificate, that a certificate cites. */
struct cite {
    char *number;      /* of a report: with its issue, "/01" */
    size_t series;     /* length of the number without its issue */
    const char *from;  /* reference of the certificate that cites */
    const char *date;  /* its date of issue */
    int is_quality;    /* a QAR */
    struct place place;
    size_t at;         /* in order of the job */
};

struct issued {
    char *reference, *date, *expiry; /* expiry "": none */
    int is_to_4_1;
};

struct batch {
    struct issued **issued;
    size_t issued_n, issued_cap;
    struct cite *reports, *certificates;
    size_t reports_n, reports_cap, certificates_n, certificates_cap;
};

struct batch *batch_new(void)
{
    return xcalloc(1, sizeof(struct batch));
}

static void free_cites(struct cite *cites, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        free(cites[i].number);
        free(cites[i].place.file);
        free(cites[i].place.field);
    }
    free(cites);
}

void batch_free(struct batch *batch)
{
    size_t i;

    if (!batch)
        return;
    for (i = 0; i < batch->issued_n; i++) {
        free(batch->issued[i]->reference);
        free(batch->issued[i]->date);
        free(batch->issued[i]->expiry);
        free(batch->issued[i]);
    }
    free(batch->issued);
    free_cites(batch->reports, batch->reports_n);
    free_cites(batch->certificates, batch->certificates_n);
    free(batch);
}

static struct cite make_cite(const struct issued *from, const char *number, const xmlNode *node,
                             size_t at)
{
    struct cite cite = { .number = xstrdup(number), .from = from->reference, .date = from->date,
                         .at = at };
    struct prov_space space;
    struct diag_place place;
    const char *slash = strrchr(number, '/');

    prov_place(node, &space, &place);
    cite.series = slash ? (size_t)(slash - number) : strlen(number);
    cite.place.file = place.file ? xstrdup(place.file) : NULL;
    cite.place.field = place.field ? xstrdup(place.field) : NULL;
    cite.place.line = place.line;
    cite.place.column = place.column;
    cite.place.row = place.row;
    return cite;
}

static void add_cite(struct cite **list, size_t *n, size_t *cap, struct cite cite)
{
    ALLOC_GROW(*list, *n, *cap);
    (*list)[(*n)++] = cite;
}

static void add_reports(struct batch *b, const struct issued *from, const xmlNode *reports)
{
    const xmlNode *node;

    for (node = xmlx_first_element(reports); node; node = xmlx_next_element(node)) {
        struct cite cite = make_cite(from, xmlx_attr(node, "number"), node, b->reports_n);

        cite.is_quality = !strcmp((const char *)node->name, "quality-report");
        add_cite(&b->reports, &b->reports_n, &b->reports_cap, cite);
    }
}

static void add_certificates(struct batch *b, const struct issued *from, const xmlNode *root)
{
    const xmlNode *node;

    for (node = xmlx_first(root, "referenced-certificate"); node;
         node = xmlx_next(node, "referenced-certificate")) {
        char *number = xmlx_text(node);

        add_cite(&b->certificates, &b->certificates_n, &b->certificates_cap,
                 make_cite(from, number, node, b->certificates_n));
        free(number);
    }
}

void batch_add(struct batch *b, const xmlDoc *cert)
{
    const xmlNode *root = xmlDocGetRootElement(cert), *standard;
    struct issued *issued = xcalloc(1, sizeof *issued);

    issued->reference = xmlx_child_text(root, "reference");
    issued->date = xmlx_child_text(root, "issue-date");
    issued->expiry = xmlx_child_text(root, "expiry-date");
    standard = xmlx_first(xmlx_first(root, "standards"), "standard");
    for (; standard; standard = xmlx_next(standard, "standard"))
        issued->is_to_4_1 |= !strcmp(xmlx_attr(standard, "number"), "IEC 62443-4-1");
    ALLOC_GROW(b->issued, b->issued_n, b->issued_cap);
    b->issued[b->issued_n++] = issued;
    add_reports(b, issued, xmlx_first(root, "reports"));
    add_certificates(b, issued, root);
}

/* ---- checking ---- */

static struct diag_place place_of(const struct cite *cite)
{
    const struct place *p = &cite->place;

    return (struct diag_place){ p->file, p->line, p->column, p->row, p->field };
}

static int compare_series(const struct cite *x, const struct cite *y)
{
    int order = strncmp(x->number, y->number, x->series < y->series ? x->series : y->series);

    return order ? order : x->series < y->series ? -1 : x->series > y->series;
}

/* By series, the latest issue first. */
static int compare_reports(const void *a, const void *b)
{
    const struct cite *x = a, *y = b;
    int order = compare_series(x, y);

    if (!order)
        order = -strcmp(x->number, y->number);
    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

/* In the order of the job. */
static int compare_at(const void *a, const void *b)
{
    const struct cite *const *x = a, *const *y = b;

    return (*x)->at < (*y)->at ? -1 : (*x)->at > (*y)->at;
}

/* A certificate that cites an older issue beside the latest one has both on purpose. */
static int cites_too(const struct cite *from, const struct cite *latest, const struct cite *end)
{
    const struct cite *c;

    for (c = latest; c < end && !strcmp(c->number, latest->number); c++)
        if (c->from == from->from)
            return 1;
    return 0;
}

static void check_reports(struct batch *b, struct diag *d)
{
    const struct cite **late = xcalloc(b->reports_n + 1, sizeof *late), **latest;
    struct cite *c, *first = b->reports, *end = b->reports + b->reports_n;
    size_t n = 0, i;

    latest = xcalloc(b->reports_n + 1, sizeof *latest);
    if (b->reports_n)
        qsort(b->reports, b->reports_n, sizeof *b->reports, compare_reports);
    for (c = b->reports; c < end; c++) {
        if (compare_series(c, first))
            first = c;
        latest[c->at] = first;
        if (strcmp(c->number, first->number) && !cites_too(c, first, end))
            late[n++] = c;
    }
    if (n)
        qsort(late, n, sizeof *late, compare_at);
    for (i = 0; i < n; i++) {
        struct diag_place place = place_of(late[i]);

        if (late[i]->is_quality)
            diag_at(d, &place, IECEX_NEWER_QAR, late[i]->number, latest[late[i]->at]->number,
                    latest[late[i]->at]->from);
        else
            diag_at(d, &place, IECEX_NEWER_EXTR, late[i]->number, latest[late[i]->at]->number,
                    latest[late[i]->at]->from);
    }
    free(late);
    free(latest);
}

static int compare_issued(const void *a, const void *b)
{
    const struct issued *const *x = a, *const *y = b;

    return strcmp((*x)->reference, (*y)->reference);
}

/* Dates of the form YYYY-MM-DD compare as text. */
static void check_certificates(struct batch *b, struct diag *d)
{
    size_t i;

    if (b->issued_n)
        qsort(b->issued, b->issued_n, sizeof *b->issued, compare_issued);
    for (i = 0; i < b->certificates_n; i++) {
        const struct cite *cite = &b->certificates[i];
        struct diag_place place = place_of(cite);
        struct issued key = { .reference = cite->number }, *keyp = &key, **found;

        found = !b->issued_n ? NULL
                : bsearch(&keyp, b->issued, b->issued_n, sizeof *b->issued, compare_issued);
        if (!found)
            continue;
        if (!(*found)->is_to_4_1)
            diag_at(d, &place, IECEE_REFERENCED_STANDARD, cite->number);
        if (*(*found)->expiry && strcmp((*found)->expiry, cite->date) < 0)
            diag_at(d, &place, IECEE_REFERENCED_EXPIRED, cite->number, (*found)->expiry, cite->date);
    }
}

void batch_check(struct batch *b, struct diag *d)
{
    check_certificates(b, d);
    check_reports(b, d);
}
