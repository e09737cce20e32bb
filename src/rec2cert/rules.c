#include "rules.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>

#include "messages.h"
#include "prov.h"
#include "rulebook.h"
#include "rulesfile.h"
#include "xmlx.h"

struct rules {
    struct rules_file *files;
};

/* ---- loading ---- */

/* The length of the family of ID: "IECEE" of "IECEE-004". */
static size_t family_len(const char *id)
{
    return (size_t)(strrchr(id, '-') - id);
}

static int is_installed_family(const char *id)
{
    static const char *const families[] = {
        "CAT",  "CHECK", "CSMS", "CSV",     "ENV",   "FO",  "IECEE", "IECEX", "PDF",
        "PDFA", "PRESS", "PROFILE", "REC", "RULES", "SEAL", "XML",   "XREF",  "XSL",
    };
    size_t i;

    for (i = 0; i < sizeof families / sizeof *families; i++)
        if (strlen(families[i]) == family_len(id) && !strncmp(families[i], id, family_len(id)))
            return 1;
    return 0;
}

/* True when another test, of FILE or one before it, or the program itself, has the id of TEST. */
static int is_taken(const struct rules *rules, const struct rules_file *file,
                    const struct rules_test *test)
{
    const struct rules_file *f;
    const struct rules_test *t;

    if (rulebook_find(test->id))
        return 1;
    for (f = rules->files; f; f = f->next) {
        for (t = f->tests; t && t != test; t = t->following)
            if (!strcmp(t->id, test->id))
                return 1;
        if (f == file)
            return 0;
    }
    return 0;
}

static void check_ids(const struct rules *rules, const struct rules_file *file, struct diag *d)
{
    const struct rules_test *test;

    for (test = file->tests; test; test = test->following) {
        if (file->is_own && is_installed_family(test->id))
            prov_diag(d, test->test.from, RULES_ID_FOREIGN, test->id);
        else if (is_taken(rules, file, test))
            prov_diag(d, test->test.from, RULES_ID_TWICE, test->id);
    }
}

struct rules *rules_load(const char *folder, const char *own, struct diag *d)
{
    static const char *const installed[] = { "common", "iecee", "iecex", "csms" };
    struct rules *rules = xcalloc(1, sizeof *rules);
    struct rules_file **last = &rules->files;
    size_t i, n = sizeof installed / sizeof *installed;
    long faults = d->errors + d->cannots;

    for (i = 0; i < n + (own != NULL); i++) {
        char *path = i < n ? xasprintf("%s/%s.sch", folder, installed[i]) : xstrdup(own);

        *last = rulesfile_load(path, i == n, d);
        if (*last) {
            check_ids(rules, *last, d);
            last = &(*last)->next;
        }
        free(path);
    }
    if (d->errors + d->cannots != faults) {
        rules_free(rules);
        return NULL;
    }
    return rules;
}

void rules_free(struct rules *rules)
{
    struct rules_file *file, *next;

    if (!rules)
        return;
    for (file = rules->files; file; file = next) {
        next = file->next;
        rulesfile_free(file);
    }
    free(rules);
}

/* ---- checking ---- */

struct check {
    xmlXPathContext *context;
    const xmlNode *documents[2]; /* document nodes of record and certificate */
    struct diag *d;
};

static void set_lets(struct check *c, const struct rules_let *let, const xmlNode *node)
{
    for (; let; let = let->next) {
        xmlXPathObject *value = expr_evaluate(&let->value, c->context, node, c->d);

        xmlXPathRegisterVariable(c->context, BAD_CAST let->name,
                                 value ? value : xmlXPathNewCString(""));
    }
}

/* Appends TEXT with every run of blanks as one, none at its ends. */
static void add_words(const char *text, struct strbuf *out)
{
    const char *p;

    for (p = text; *(p += strspn(p, " \t\r\n")); p += strcspn(p, " \t\r\n"))
        strbuf_addf(out, "%s%.*s", out->len ? " " : "", (int)strcspn(p, " \t\r\n"), p);
}

/* The words of TEXT at NODE. */
static void compose(struct check *c, const struct rules_piece *text, const xmlNode *node,
                    struct strbuf *out)
{
    struct strbuf raw = STRBUF_INIT;
    xmlXPathObject *value;

    for (; text; text = text->next) {
        if (text->words) {
            strbuf_addstr(&raw, text->words);
        } else if ((value = expr_evaluate(&text->value, c->context, node, c->d))) {
            expr_print(value, &raw);
            xmlXPathFreeObject(value);
        }
    }
    add_words(raw.buf, out);
    strbuf_release(&raw);
}

/* Where TEST wants its breach at NODE to be reported. */
static const xmlNode *place_of(struct check *c, const struct rules_test *test, const xmlNode *node)
{
    const struct expr *e = &test->at;
    xmlXPathObject *at = e->compiled ? expr_evaluate(e, c->context, node, c->d) : NULL;

    if (at && at->type == XPATH_NODESET && at->nodesetval && at->nodesetval->nodeNr &&
        at->nodesetval->nodeTab[0]->type != XML_NAMESPACE_DECL)
        node = at->nodesetval->nodeTab[0];
    xmlXPathFreeObject(at);
    return node;
}

static void report(struct check *c, const struct rules_test *test, const xmlNode *node)
{
    const xmlNode *place = place_of(c, test, node);
    struct strbuf text = STRBUF_INIT;
    size_t i;

    compose(c, test->text, node, &text);
    prov_diag(c->d, place, test->id, test->level, "%s", text.buf);
    for (i = 0; test->notes[i]; i++) {
        strbuf_clear(&text);
        compose(c, test->notes[i]->text, node, &text);
        prov_diag(c->d, place, "", DIAG_NOTE, "%s", text.buf);
    }
    strbuf_release(&text);
}

static void check_node(struct check *c, const struct rules_context *rule, const xmlNode *node)
{
    const struct rules_test *test;

    set_lets(c, rule->lets, node);
    for (test = rule->tests; test; test = test->next) {
        xmlXPathObject *value = expr_evaluate(&test->test, c->context, node, c->d);

        if (value && xmlXPathCastToBoolean(value) == test->breaks_when)
            report(c, test, node);
        xmlXPathFreeObject(value);
    }
}

/* Nodes of namespaces are none that anything could be said of. */
static int is_node(const xmlNode *node)
{
    return node->type != XML_NAMESPACE_DECL;
}

/* Whether DOCUMENT may have nodes of the context NODES: not when they are of the namespace of the
 * other document. */
static int may_have(const struct expr *nodes, const xmlNode *document, const xmlNode *other)
{
    const xmlNode *root = xmlDocGetRootElement((const xmlDoc *)document);
    const xmlNode *others = xmlDocGetRootElement((const xmlDoc *)other);

    return !nodes->ns || !others->ns || strcmp(nodes->ns, (const char *)others->ns->href) ||
           (root->ns && !strcmp(nodes->ns, (const char *)root->ns->href));
}

static void check_pattern(struct check *c, const struct rules_pattern *pattern)
{
    xmlNodeSet *seen = xmlXPathNodeSetCreate(NULL);
    const struct rules_context *rule;
    int i, k;

    set_lets(c, pattern->lets, c->documents[0]);
    for (rule = pattern->contexts; rule; rule = rule->next)
        for (k = 0; k < 2; k++) {
            xmlXPathObject *found = NULL;
            xmlNodeSet *nodes;

            if (may_have(&rule->nodes, c->documents[k], c->documents[!k]))
                found = expr_evaluate(&rule->nodes, c->context, c->documents[k], c->d);
            nodes = found && found->type == XPATH_NODESET ? found->nodesetval : NULL;
            for (i = 0; nodes && i < nodes->nodeNr; i++) {
                xmlNode *node = nodes->nodeTab[i];

                if (!is_node(node) ||
                    (rule != pattern->contexts && xmlXPathNodeSetContains(seen, node)))
                    continue;
                check_node(c, rule, node);
                if (rule->next)
                    xmlXPathNodeSetAddUnique(seen, node);
            }
            xmlXPathFreeObject(found);
        }
    xmlXPathFreeNodeSet(seen);
}

static void check_file(struct check *c, const struct rules_file *file, const xmlNode *record,
                       const xmlNode *certificate)
{
    const struct rules_pattern *pattern;

    c->context = expr_context(&file->names, record->doc);
    xmlXPathRegisterVariable(c->context, BAD_CAST "record",
                             xmlXPathNewNodeSet((xmlNode *)(uintptr_t)record));
    xmlXPathRegisterVariable(c->context, BAD_CAST "certificate",
                             xmlXPathNewNodeSet((xmlNode *)(uintptr_t)certificate));
    set_lets(c, file->lets, c->documents[0]);
    for (pattern = file->patterns; pattern; pattern = pattern->next)
        check_pattern(c, pattern);
    xmlXPathFreeContext(c->context);
}

void rules_check(const struct rules *rules, const xmlNode *record, const xmlNode *certificate,
                 struct diag *d)
{
    struct check c = { NULL, { (const xmlNode *)record->doc, (const xmlNode *)certificate->doc }, d };
    const char *kind = xmlx_attr(record, "kind");
    const struct rules_file *file;

    for (file = rules->files; file; file = file->next)
        if (!file->kind || (kind && !strcmp(file->kind, kind)))
            check_file(&c, file, record, certificate);
}

/* ---- listing ---- */

/* The words of TEXT, "…" for its values; new. */
static char *words_of(const struct rules_piece *text)
{
    struct strbuf raw = STRBUF_INIT, words = STRBUF_INIT;

    for (; text; text = text->next)
        strbuf_addstr(&raw, text->words ? text->words : "…");
    add_words(raw.buf, &words);
    strbuf_release(&raw);
    return strbuf_detach(&words, NULL);
}

void rules_list(const struct rules *rules, enum rules_format format, struct strbuf *out)
{
    struct rulebook_entry *entries = NULL;
    const struct rules_file *file;
    const struct rules_test *test;
    size_t n = 0, cap = 0, i;

    for (file = rules->files; file; file = file->next)
        for (test = file->tests; test; test = test->following) {
            ALLOC_GROW(entries, n, cap);
            entries[n].id = test->id;
            entries[n].level = test->level;
            entries[n].text = words_of(test->text);
            entries[n++].source = test->source;
        }
    rulebook_write(entries, n, format, out);
    for (i = 0; i < n; i++)
        free((char *)(uintptr_t)entries[i].text);
    free(entries);
}
