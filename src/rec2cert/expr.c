#include "expr.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>

#include "isodate.h"
#include "messages.h"
#include "prov.h"

/* More steps than sensible rules take over the largest record: a few seconds. */
#define MOST_STEPS 50000000UL

#define BLANKS " \t\r\n"

void expr_names_release(struct expr_names *names)
{
    free(names->prefixes);
    free(names->uris);
    free(names->variables);
    memset(names, 0, sizeof *names);
}

static int has(const char *const *list, size_t n, const char *name, size_t len)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (strlen(list[i]) == len && !strncmp(list[i], name, len))
            return 1;
    return 0;
}

int expr_has_variable(const struct expr_names *names, const char *name)
{
    return has(names->variables, names->variables_n, name, strlen(name));
}

/* ---- names: libxml2 looks them up when it meets them, which may be never in a test and once in a
 * thousand records ---- */

static int is_name_start(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (c & 0x80);
}

static size_t name_len(const char *p)
{
    size_t n = 0;

    while (is_name_start(p[n]) || (n && ((p[n] >= '0' && p[n] <= '9') || p[n] == '-' || p[n] == '.')))
        n++;
    return n;
}

static int unknown(const xmlNode *from, const char *text, const char *what, const char *name,
                   size_t len, struct diag *d)
{
    char *shown = xstrndup(name, len);

    prov_diag(d, from, RULES_NAME, text, what, shown);
    free(shown);
    return -1;
}

static int is_function(const char *name, size_t len)
{
    static const char *const known[] = {
        "boolean", "ceiling", "comment", "concat", "contains", "count", "false", "floor", "id", "lang",
        "last", "local-name", "name", "namespace-uri", "node", "normalize-space", "not", "number",
        "position", "processing-instruction", "round", "starts-with", "string", "string-length",
        "substring", "substring-after", "substring-before", "sum", "text", "translate", "true",
    };

    return has(known, sizeof known / sizeof *known, name, len);
}

static int is_operator(const char *name, size_t len)
{
    static const char *const known[] = { "and", "or", "mod", "div" };

    return has(known, sizeof known / sizeof *known, name, len);
}

struct scan {
    const char *text, *p;
    const xmlNode *from;
    const struct expr_names *names;
    struct diag *d;
    int after_operand; /* where "and" and its like are operators: XPath 3.7 */
};

static int scan_prefix(struct scan *s, size_t len)
{
    if (has(s->names->prefixes, s->names->prefixes_n, s->p, len))
        return 0;
    return unknown(s->from, s->text, "prefix", s->p, len, s->d);
}

/* True of our own function date(). */
static int is_date(const struct scan *s, const char *prefix, size_t prefix_len, const char *name,
                   size_t len)
{
    size_t i;

    for (i = 0; i < s->names->prefixes_n; i++)
        if (!strcmp(s->names->uris[i], EXPR_NS) && strlen(s->names->prefixes[i]) == prefix_len &&
            !strncmp(s->names->prefixes[i], prefix, prefix_len))
            return len == 4 && !strncmp(name, "date", 4);
    return 0;
}

/* A name at S->p: of an operator, an axis, a function or nodes. */
static int scan_name(struct scan *s)
{
    size_t len = name_len(s->p);
    const char *name = s->p, *next;

    if (s->after_operand && is_operator(name, len)) {
        s->p += len;
        s->after_operand = 0;
        return 0;
    }
    if (name[len] == ':' && name[len + 1] != ':') {
        const char *prefix = name;
        size_t prefix_len = len;

        if (scan_prefix(s, len))
            return -1;
        name = s->p + len + 1;
        len = *name == '*' ? 1 : name_len(name);
        s->p = name;
        s->p += len;
        s->after_operand = 1;
        if (name[len + strspn(name + len, BLANKS)] != '(')
            return 0;
        s->after_operand = 0;
        return is_date(s, prefix, prefix_len, name, len) ? 0
                   : unknown(s->from, s->text, "function", name, len, s->d);
    }
    s->p += len;
    next = s->p + strspn(s->p, BLANKS);
    s->after_operand = strncmp(next, "::", 2) && *next != '(';
    if (*next == '(' && !is_function(name, len))
        return unknown(s->from, s->text, "function", name, len, s->d);
    return 0;
}

static int scan_variable(struct scan *s)
{
    size_t len;

    s->p++;
    len = name_len(s->p);
    if (!has(s->names->variables, s->names->variables_n, s->p, len))
        return unknown(s->from, s->text, "variable", s->p, len, s->d);
    s->p += len;
    s->after_operand = 1;
    return 0;
}

static int scan_names(const char *text, const xmlNode *from, const struct expr_names *names,
                      struct diag *d)
{
    struct scan s = { text, text, from, names, d, 0 };

    while (*s.p) {
        if (*s.p == '\'' || *s.p == '"') {
            const char *end = strchr(s.p + 1, *s.p);

            s.p = end ? end + 1 : s.p + strlen(s.p);
            s.after_operand = 1;
        } else if (*s.p == '$') {
            if (scan_variable(&s))
                return -1;
        } else if (is_name_start(*s.p)) {
            if (scan_name(&s))
                return -1;
        } else {
            if (!strchr(BLANKS, *s.p))
                s.after_operand = strchr(")].0123456789", *s.p) || (*s.p == '*' && !s.after_operand);
            s.p++;
        }
    }
    return 0;
}

/* ---- compiling ---- */

#if LIBXML_VERSION >= 21200
typedef const xmlError *expr_error;
#else
typedef xmlError *expr_error;
#endif

/* Keeps the first message. */
static void hear(void *arg, expr_error e)
{
    char **heard = arg;

    if (!*heard)
        *heard = xstrdup(e->message ? e->message : "unknown fault");
}

int expr_compile(struct expr *e, const char *text, const xmlNode *from,
                 const struct expr_names *names, struct diag *d)
{
    xmlXPathContext *context = xmlXPathNewContext(NULL);
    char *heard = NULL;
    int result = 0;

    e->from = from;
    context->error = hear;
    context->userData = &heard;
    e->compiled = xmlXPathCtxtCompile(context, BAD_CAST text);
    if (!e->compiled)
        result = prov_diag(d, from, RULES_XPATH, text, heard ? heard : "not understood");
    else
        result = scan_names(text, from, names, d);
    free(heard);
    xmlXPathFreeContext(context);
    return result;
}

/* Length of the alternative at TEXT, up to a '|' outside of brackets and quotes. */
static size_t alternative_len(const char *text)
{
    const char *p = text, *end;
    int depth = 0;

    for (; *p && (depth || *p != '|'); p++) {
        depth += *p == '[' || *p == '(';
        depth -= *p == ']' || *p == ')';
        if (*p == '\'' || *p == '"') {
            end = strchr(p + 1, *p);
            p = end ? end : p + strlen(p) - 1;
        }
    }
    return (size_t)(p - text);
}

/* The namespace of the first step of the path TEXT, or NULL. */
static const char *first_namespace(const char *text, const struct expr_names *names)
{
    size_t len = name_len(text), i;
    const char *name = text + len + 1, *after;

    if (!len || text[len] != ':' || !name_len(name))
        return NULL;
    after = name + name_len(name);
    if (after[strspn(after, BLANKS)] == '(')
        return NULL;
    for (i = 0; i < names->prefixes_n; i++)
        if (strlen(names->prefixes[i]) == len && !strncmp(names->prefixes[i], text, len))
            return names->uris[i];
    return NULL;
}

int expr_compile_context(struct expr *e, const char *text, const xmlNode *from,
                         const struct expr_names *names, struct diag *d)
{
    struct strbuf all = STRBUF_INIT;
    const char *first = NULL, *ns;
    int result;

    for (;;) {
        size_t len;

        text += strspn(text, BLANKS);
        ns = first_namespace(text, names);
        first = !all.len || (first && ns && !strcmp(first, ns)) ? ns : NULL;
        len = alternative_len(text);
        strbuf_addf(&all, "%s%.*s", *text == '/' || !len ? "" : "//", (int)len, text);
        text += len;
        if (!*text)
            break;
        strbuf_addch(&all, *text++);
    }
    result = expr_compile(e, all.buf, from, names, d);
    e->ns = first;
    strbuf_release(&all);
    return result;
}

void expr_release(struct expr *e)
{
    xmlXPathFreeCompExpr(e->compiled);
    e->compiled = NULL;
}

/* ---- evaluating ---- */

/* date(value): the date YYYY-MM-DD that the value is, as the number YYYYMMDD; no number when it is
 * none, so that no comparison with it holds. */
static void date_function(xmlXPathParserContext *ctxt, int nargs)
{
    double number = xmlXPathNAN;
    struct isodate date;
    xmlChar *text;
    char *word;
    size_t len;

    CHECK_ARITY(1);
    text = xmlXPathPopString(ctxt);
    word = text ? (char *)text + strspn((char *)text, BLANKS) : NULL;
    len = word ? strcspn(word, BLANKS) : 0;
    if (len && !word[len + strspn(word + len, BLANKS)]) {
        word[len] = '\0';
        if (!isodate_parse(word, &date))
            number = date.year * 10000 + date.month * 100 + date.day;
    }
    xmlFree(text);
    xmlXPathReturnNumber(ctxt, number);
}

xmlXPathContext *expr_context(const struct expr_names *names, xmlDoc *doc)
{
    xmlXPathContext *context = xmlXPathNewContext(doc);
    size_t i;

    context->opLimit = MOST_STEPS;

    for (i = 0; i < names->prefixes_n; i++)
        xmlXPathRegisterNs(context, BAD_CAST names->prefixes[i], BAD_CAST names->uris[i]);
    xmlXPathRegisterFuncNS(context, BAD_CAST "date", BAD_CAST EXPR_NS, date_function);
    return context;
}

xmlXPathObject *expr_evaluate(const struct expr *e, xmlXPathContext *context, const xmlNode *node,
                              struct diag *d)
{
    char *heard = NULL;
    xmlXPathObject *value;

    if (context->opCount >= MOST_STEPS)
        return NULL;
    context->node = (xmlNode *)(uintptr_t)node;
    context->doc = node->doc;
    context->error = hear;
    context->userData = &heard;
    value = xmlXPathCompiledEval(e->compiled, context);
    if (!value || heard) {
        prov_diag(d, e->from, RULES_RUN, heard ? heard : "too many steps");
        xmlXPathFreeObject(value);
        value = NULL;
        context->opCount = MOST_STEPS;
    }
    free(heard);
    return value;
}

void expr_print(xmlXPathObject *value, struct strbuf *out)
{
    xmlChar *text;
    int i;

    if (value->type != XPATH_NODESET) {
        text = xmlXPathCastToString(value);
        strbuf_addstr(out, (const char *)text);
        xmlFree(text);
        return;
    }
    for (i = 0; value->nodesetval && i < value->nodesetval->nodeNr; i++) {
        text = xmlXPathCastNodeToString(value->nodesetval->nodeTab[i]);
        strbuf_addf(out, "%s%s", i ? ", " : "", (const char *)text);
        xmlFree(text);
    }
}
