#include "cert2xref.h"

#include <stdlib.h>
#include <string.h>

#include "docname.h"
#include "facts.h"
#include "findings.h"
#include "isodate.h"
#include "messages.h"
#include "prov.h"
#include "views.h"
#include "xmlx.h"

struct cert2xref {
    const char *name;
    time_t date;
    struct arena strings;
    struct facts_coc *cocs;
    size_t n, cap;
};

struct cert2xref *cert2xref_open(const struct cert2xref_options *options, struct diag *d)
{
    struct cert2xref *x = xcalloc(1, sizeof *x);

    (void)d;
    x->name = options->name ? options->name : "cross-reference";
    x->date = options->date;
    arena_init(&x->strings);
    return x;
}

void cert2xref_close(struct cert2xref *x)
{
    size_t i;

    if (!x)
        return;
    for (i = 0; i < x->n; i++)
        facts_release(&x->cocs[i]);
    free(x->cocs);
    arena_release(&x->strings);
    free(x);
}

int cert2xref_add(struct cert2xref *x, const xmlDoc *cert, struct diag *d)
{
    struct facts_coc coc;

    memset(&coc, 0, sizeof coc);
    if (facts_read(&coc, cert, &x->strings, d)) {
        facts_release(&coc);
        return -1;
    }
    ALLOC_GROW(x->cocs, x->n, x->cap);
    x->cocs[x->n++] = coc;
    return 0;
}

static int compare_cocs(const void *a, const void *b)
{
    const struct facts_coc *x = a, *y = b;
    int order = facts_compare(x->reference, y->reference);

    if (!order && x->issue_number != y->issue_number)
        order = x->issue_number < y->issue_number ? -1 : 1;
    return order;
}

static int check_twice(const struct cert2xref *x, struct diag *d)
{
    int faulty = 0;
    size_t i;

    for (i = 1; i < x->n; i++)
        if (!compare_cocs(&x->cocs[i], &x->cocs[i - 1]))
            faulty |= prov_diag(d, x->cocs[i].source, XREF_TWICE, x->cocs[i].reference,
                                x->cocs[i].issue);
    return faulty;
}

static const char *issuer_id(const struct facts_coc *coc)
{
    const char *id = xmlx_attr(xmlx_first(coc->source, "issuer"), "id");

    return id ? id : "";
}

static void warn_issuers(const struct cert2xref *x, struct diag *d)
{
    const char *issuer = issuer_id(&x->cocs[0]);
    size_t i;

    /* A specimen has no issuer. */
    for (i = 1; *issuer && i < x->n; i++)
        if (!x->cocs[i].specimen && strcmp(issuer_id(&x->cocs[i]), issuer))
            prov_diag(d, x->cocs[i].source, XREF_ISSUERS, x->cocs[i].reference,
                      issuer_id(&x->cocs[i]), issuer);
}

/* The address to verify at carries the name of the certificate it was copied from. */
static void rename_verify(const xmlNode *issuer, const char *from, const char *to)
{
    xmlNode *node = xmlx_first(issuer, "verify");
    char *url = xmlx_text(node), *at = strstr(url, from);

    if (node && at) {
        char *renamed = xasprintf("%.*s%s%s", (int)(at - url), url, to, at + strlen(from));

        xmlNodeSetContent(node, NULL);
        xmlNodeAddContent(node, BAD_CAST renamed);
        free(renamed);
    }
    free(url);
}

/* What every certificate document begins with, after the first certificate's. */
static xmlNode *add_head(const struct cert2xref *x, xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    const xmlNode *source = x->cocs[0].source, *node;
    char *name = docname(x->name, NULL);
    struct isodate date;
    char day[11];
    size_t i, specimens = 0;

    for (i = 0; i < x->n; i++)
        specimens += (size_t)x->cocs[i].specimen;
    isodate_of_moment(x->date, &date);
    isodate_print(&date, day);
    xmlx_set(root, "version", "1");
    xmlx_set(root, "kind", "xref");
    xmlx_set(root, "lang", xmlx_attr(source, "lang"));
    xmlx_set(root, "status", specimens ? "specimen" : "issued");
    xmlx_add_text(root, "name", name);
    xmlx_add_text(root, "reference", x->name);
    xmlx_add_text(root, "issue-date", day);
    for (node = xmlx_first_element(source); node; node = xmlx_next_element(node))
        if (!specimens || !xmlx_is(node, NULL, "issuer"))
            views_copy(root, node);
    rename_verify(xmlx_first(root, "issuer"), x->cocs[0].name, name);
    free(name);
    return root;
}

static void add_views(const struct cert2xref *x, xmlNode *root)
{
    struct views v = { .cocs = x->cocs, .n = x->n };
    size_t i;

    findings_collect(&v.tests, x->cocs, x->n, 1);
    findings_collect(&v.qualities, x->cocs, x->n, 0);
    v.findings = xcalloc(x->n, sizeof *v.findings);
    for (i = 0; i < x->n; i++)
        findings_check(&v.findings[i], &x->cocs[i], &v.tests, &v.qualities);
    views_add_counts(&v, root);
    views_add_findings(&v, root);
    views_add_cocs(&v, root);
    views_add_test_reports(&v, root);
    views_add_standards(&v, root);
    views_add_quality_reports(&v, root);
    for (i = 0; i < x->n; i++)
        free(v.findings[i].items);
    free(v.findings);
    free(v.tests.items);
    free(v.qualities.items);
}

int cert2xref_finish(struct cert2xref *x, xmlDoc **xref, struct diag *d)
{
    *xref = NULL;
    if (!x->n)
        return diag(d, XREF_NONE);
    qsort(x->cocs, x->n, sizeof *x->cocs, compare_cocs);
    if (check_twice(x, d))
        return -1;
    warn_issuers(x, d);
    *xref = xmlx_new("urn:certpress:cert", "certificate");
    add_views(x, add_head(x, *xref));
    return 0;
}
