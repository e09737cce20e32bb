#include "rulesfile.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define BLANKS " \t\r\n"

/* What is read of a file so far. */
struct reader {
    struct rules_file *file;
    struct rules_test **last; /* where the next test is hung in */
    struct diag *d;
};

static char *keep(struct reader *r, const char *text)
{
    return text ? arena_strdup(&r->file->memory, text) : NULL;
}

/* ---- what an element may have ---- */

static const struct element {
    const char *name, *children, *attributes, *own_attributes; /* with blanks around each */
    int has_text;
} elements[] = {
    { "schema", " title p ns let pattern diagnostics ", " queryBinding id schemaVersion ", " kind ", 0 },
    { "title", " ", " ", " ", 1 },
    { "p", " emph ", " ", " ", 1 },
    { "emph", " ", " ", " ", 1 },
    { "ns", " ", " prefix uri ", " ", 0 },
    { "let", " ", " name value ", " ", 0 },
    { "pattern", " title p let rule ", " id ", " ", 0 },
    { "rule", " p let assert report ", " id context ", " ", 0 },
    { "assert", " value-of emph ", " id test role diagnostics ", " source at ", 1 },
    { "report", " value-of emph ", " id test role diagnostics ", " source at ", 1 },
    { "value-of", " ", " select ", " ", 0 },
    { "diagnostics", " diagnostic ", " ", " ", 0 },
    { "diagnostic", " value-of emph ", " id ", " ", 1 },
};

static int lists(const char *list, const char *name)
{
    size_t len = strlen(name);
    const char *at = strchr(name, ' ') ? NULL : strstr(list, name);

    for (; at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[len] == ' ')
            return 1;
    return 0;
}

static const struct element *element_of(const xmlNode *node)
{
    size_t i;

    for (i = 0; i < sizeof elements / sizeof *elements; i++)
        if (xmlx_is(node, RULES_NS, elements[i].name))
            return &elements[i];
    return NULL;
}

static void check_attributes(const xmlNode *node, const struct element *e, struct diag *d)
{
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next) {
        const char *ns = a->ns ? (const char *)a->ns->href : NULL, *name = (const char *)a->name;

        if (ns && !strcmp(ns, (const char *)XML_XML_NAMESPACE))
            continue;
        if (ns && strcmp(ns, EXPR_NS))
            prov_diag(d, node, RULES_UNKNOWN_ATTRIBUTE, name, e->name);
        else if (!lists(ns ? e->own_attributes : e->attributes, name))
            prov_diag(d, node, RULES_UNKNOWN_ATTRIBUTE, name, e->name);
    }
}

/* Reports, below NODE, everything that has no place where it stands. A rule that was passed over
 * would be one that nothing keeps. */
static void check_form(const xmlNode *node, struct diag *d)
{
    const struct element *e = element_of(node);
    const xmlNode *child;

    check_attributes(node, e, d);
    for (child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            if (element_of(child) && lists(e->children, (const char *)child->name))
                check_form(child, d);
            else
                prov_diag(d, child, RULES_ELEMENT, (const char *)child->name, e->name);
        } else if (child->type == XML_TEXT_NODE && !e->has_text &&
                   child->content[strspn((const char *)child->content, BLANKS)]) {
            prov_diag(d, node, RULES_ELEMENT, "text", e->name);
        }
    }
}

/* An attribute that must be there and not empty; NULL after reporting. */
static const char *need(const xmlNode *node, const char *name, struct diag *d)
{
    const char *value = xmlx_attr(node, name);

    if (value && value[strspn(value, BLANKS)])
        return value;
    prov_diag(d, node, RULES_ATTRIBUTE, (const char *)node->name, name);
    return NULL;
}

/* An attribute of our own namespace, or NULL. */
static const char *own(const xmlNode *node, const char *name)
{
    const xmlAttr *a = xmlHasNsProp((xmlNode *)(size_t)node, BAD_CAST name, BAD_CAST EXPR_NS);

    return a && a->children && a->children->content ? (const char *)a->children->content : NULL;
}

/* ---- let: in scope from where it stands to the end of what it stands in ---- */

static struct rules_let *read_lets(struct reader *r, const xmlNode *parent)
{
    struct expr_names *names = &r->file->names;
    struct rules_let *first = NULL, **last = &first;
    const xmlNode *node;

    for (node = xmlx_first(parent, "let"); node; node = xmlx_next(node, "let")) {
        const char *name = need(node, "name", r->d), *value = need(node, "value", r->d);
        struct rules_let *let = arena_alloc(&r->file->memory, sizeof *let);

        if (!name || !value)
            continue;
        if (xmlValidateNCName(BAD_CAST name, 0) || expr_has_variable(names, name)) {
            prov_diag(r->d, node, RULES_LET, name);
            continue;
        }
        expr_compile(&let->value, value, node, names, r->d);
        let->name = keep(r, name);
        *last = let;
        last = &let->next;
        ALLOC_GROW(names->variables, names->variables_n, names->variables_cap);
        names->variables[names->variables_n++] = let->name;
    }
    return first;
}

/* ---- texts ---- */

static void add_words(struct reader *r, struct rules_piece ***last, const xmlChar *words)
{
    struct rules_piece *piece = arena_alloc(&r->file->memory, sizeof *piece);

    piece->words = keep(r, (const char *)words);
    **last = piece;
    *last = &piece->next;
}

static struct rules_piece *read_text(struct reader *r, const xmlNode *parent)
{
    struct rules_piece *first = NULL, **last = &first;
    const xmlNode *node;
    int says_something = 0;

    for (node = parent->children; node; node = node->next) {
        const char *select;
        xmlChar *words;

        if (xmlx_is(node, RULES_NS, "value-of")) {
            struct rules_piece *piece = arena_alloc(&r->file->memory, sizeof *piece);

            select = need(node, "select", r->d);
            if (select)
                expr_compile(&piece->value, select, node, &r->file->names, r->d);
            *last = piece;
            last = &piece->next;
            says_something = 1;
        } else if (node->type == XML_TEXT_NODE || node->type == XML_ELEMENT_NODE) {
            words = xmlNodeGetContent(node);
            says_something |= words[strspn((const char *)words, BLANKS)] != 0;
            add_words(r, &last, words);
            xmlFree(words);
        }
    }
    if (!says_something)
        prov_diag(r->d, parent, RULES_NO_TEXT, (const char *)parent->name);
    return first;
}

/* ---- tests ---- */

/* "IECEE-004": a family in capitals, a hyphen, three figures. */
static int is_id(const char *id)
{
    const char *number = strrchr(id, '-');
    size_t len = strlen(id);

    return number && number > id && *id >= 'A' && *id <= 'Z' && len < 32 && strlen(number) == 4 &&
           strspn(number + 1, "0123456789") == 3 &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len;
}

static enum diag_level read_level(struct reader *r, const xmlNode *node)
{
    const char *role = need(node, "role", r->d);

    if (role && !strcmp(role, "warning"))
        return DIAG_WARNING;
    if (role && strcmp(role, "error"))
        prov_diag(r->d, node, RULES_VALUE, "role", (const char *)node->name, role, "error, warning");
    return DIAG_ERROR;
}

static const struct rules_diagnostic *find_diagnostic(const struct rules_file *file, const char *id,
                                                      size_t len)
{
    const struct rules_diagnostic *found;

    for (found = file->diagnostics; found; found = found->next)
        if (found->id && strlen(found->id) == len && !strncmp(found->id, id, len))
            return found;
    return NULL;
}

static void read_notes(struct reader *r, const xmlNode *node, struct rules_test *test)
{
    const char *ids = xmlx_attr(node, "diagnostics");
    size_t n = 0, len;

    test->notes = arena_alloc(&r->file->memory, (strlen(ids ? ids : "") / 2 + 2) * sizeof *test->notes);
    for (; ids && *(ids += strspn(ids, BLANKS)); ids += len) {
        len = strcspn(ids, BLANKS);
        test->notes[n] = find_diagnostic(r->file, ids, len);
        if (test->notes[n]) {
            n++;
        } else {
            char *id = xstrndup(ids, len);

            prov_diag(r->d, node, RULES_DIAGNOSTIC, id);
            free(id);
        }
    }
}

static struct rules_test *read_test(struct reader *r, const xmlNode *node)
{
    struct rules_test *test = arena_alloc(&r->file->memory, sizeof *test);
    const char *id = need(node, "id", r->d), *expression = need(node, "test", r->d);
    const char *at = own(node, "at");

    if (id && !is_id(id))
        prov_diag(r->d, node, RULES_ID, id);
    test->id = keep(r, id ? id : "");
    test->level = read_level(r, node);
    test->source = keep(r, own(node, "source"));
    if (!test->source)
        prov_diag(r->d, node, RULES_ATTRIBUTE, (const char *)node->name, "source");
    test->breaks_when = xmlx_is(node, RULES_NS, "report");
    test->test.from = node;
    if (expression)
        expr_compile(&test->test, expression, node, &r->file->names, r->d);
    if (at)
        expr_compile(&test->at, at, node, &r->file->names, r->d);
    test->text = read_text(r, node);
    read_notes(r, node, test);
    *r->last = test;
    r->last = &test->following;
    return test;
}

static struct rules_context *read_rule(struct reader *r, const xmlNode *node)
{
    struct rules_context *rule = arena_alloc(&r->file->memory, sizeof *rule);
    struct rules_test **last = &rule->tests;
    const char *context = need(node, "context", r->d);
    size_t outer = r->file->names.variables_n;
    const xmlNode *child;

    if (context)
        expr_compile_context(&rule->nodes, context, node, &r->file->names, r->d);
    rule->lets = read_lets(r, node);
    for (child = xmlx_first_element(node); child; child = xmlx_next_element(child))
        if (xmlx_is(child, RULES_NS, "assert") || xmlx_is(child, RULES_NS, "report")) {
            *last = read_test(r, child);
            last = &(*last)->next;
        }
    r->file->names.variables_n = outer;
    return rule;
}

static struct rules_pattern *read_pattern(struct reader *r, const xmlNode *node)
{
    struct rules_pattern *pattern = arena_alloc(&r->file->memory, sizeof *pattern);
    struct rules_context **last = &pattern->contexts;
    size_t outer = r->file->names.variables_n;
    const xmlNode *child;

    pattern->lets = read_lets(r, node);
    for (child = xmlx_first(node, "rule"); child; child = xmlx_next(child, "rule")) {
        *last = read_rule(r, child);
        last = &(*last)->next;
    }
    r->file->names.variables_n = outer;
    return pattern;
}

/* ---- the whole ---- */

static void read_namespaces(struct reader *r, const xmlNode *root)
{
    struct expr_names *names = &r->file->names;
    const xmlNode *node;

    for (node = xmlx_first(root, "ns"); node; node = xmlx_next(node, "ns")) {
        const char *prefix = need(node, "prefix", r->d), *uri = need(node, "uri", r->d);

        if (!prefix || !uri)
            continue;
        if (names->prefixes_n == names->prefixes_cap) {
            names->prefixes_cap = names->prefixes_cap * 2 + 4;
            names->prefixes = xrealloc(names->prefixes, names->prefixes_cap, sizeof *names->prefixes);
            names->uris = xrealloc(names->uris, names->prefixes_cap, sizeof *names->uris);
        }
        names->prefixes[names->prefixes_n] = keep(r, prefix);
        names->uris[names->prefixes_n++] = keep(r, uri);
    }
}

static void read_diagnostics(struct reader *r, const xmlNode *root)
{
    struct rules_diagnostic **last = &r->file->diagnostics;
    const xmlNode *node = xmlx_first(xmlx_first(root, "diagnostics"), "diagnostic");

    for (; node; node = xmlx_next(node, "diagnostic")) {
        struct rules_diagnostic *diagnostic = arena_alloc(&r->file->memory, sizeof *diagnostic);

        diagnostic->id = keep(r, need(node, "id", r->d));
        diagnostic->text = read_text(r, node);
        *last = diagnostic;
        last = &diagnostic->next;
    }
}

static void read_schema(struct reader *r, const xmlNode *root)
{
    static const char *const given[] = { "record", "certificate" };
    struct expr_names *names = &r->file->names;
    const char *binding = xmlx_attr(root, "queryBinding");
    struct rules_pattern **last = &r->file->patterns;
    const xmlNode *node;
    size_t i;

    if (binding && strcmp(binding, "xpath") && strcmp(binding, "xslt"))
        prov_diag(r->d, root, RULES_VALUE, "queryBinding", "schema", binding, "xpath, xslt");
    r->file->kind = keep(r, own(root, "kind"));
    read_namespaces(r, root);
    for (i = 0; i < sizeof given / sizeof *given; i++) {
        ALLOC_GROW(names->variables, names->variables_n, names->variables_cap);
        names->variables[names->variables_n++] = given[i];
    }
    r->file->lets = read_lets(r, root);
    read_diagnostics(r, root);
    for (node = xmlx_first(root, "pattern"); node; node = xmlx_next(node, "pattern")) {
        *last = read_pattern(r, node);
        last = &(*last)->next;
    }
}

struct rules_file *rulesfile_load(const char *path, int is_own, struct diag *d)
{
    struct rules_file *file = xcalloc(1, sizeof *file);
    struct reader r = { file, &file->tests, d };
    long faults = d->errors + d->cannots;
    const xmlNode *root;

    arena_init(&file->memory);
    file->is_own = is_own;
    file->doc = xmlx_read(path, NULL, d);
    root = file->doc ? xmlDocGetRootElement(file->doc) : NULL;
    if (root && !xmlx_is(root, RULES_NS, "schema"))
        prov_diag(d, root, RULES_ROOT, (const char *)root->name);
    else if (root)
        check_form(root, d);
    if (d->errors + d->cannots == faults)
        read_schema(&r, root);
    if (d->errors + d->cannots != faults) {
        rulesfile_free(file);
        return NULL;
    }
    return file;
}

static void free_lets(struct rules_let *let)
{
    for (; let; let = let->next)
        expr_release(&let->value);
}

static void free_text(struct rules_piece *piece)
{
    for (; piece; piece = piece->next)
        expr_release(&piece->value);
}

void rulesfile_free(struct rules_file *file)
{
    struct rules_diagnostic *diagnostic;
    struct rules_pattern *pattern;
    struct rules_context *rule;
    struct rules_test *test;

    if (!file)
        return;
    free_lets(file->lets);
    for (pattern = file->patterns; pattern; pattern = pattern->next) {
        free_lets(pattern->lets);
        for (rule = pattern->contexts; rule; rule = rule->next) {
            expr_release(&rule->nodes);
            free_lets(rule->lets);
        }
    }
    for (test = file->tests; test; test = test->following) {
        expr_release(&test->test);
        expr_release(&test->at);
        free_text(test->text);
    }
    for (diagnostic = file->diagnostics; diagnostic; diagnostic = diagnostic->next)
        free_text(diagnostic->text);
    expr_names_release(&file->names);
    arena_release(&file->memory);
    xmlFreeDoc(file->doc);
    free(file);
}
