/* Applies the stylesheet of a certificate's kind. libxslt is touched here alone: its messages
 * become ours, and it may neither write, nor reach the network, nor read outside the data. */
#include "cert2fo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libexslt/exslt.h>
#include <libxml/uri.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include "alloc.h"
#include "kept.h"
#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "words.h"
#include "xmlx.h"

#define CERT_NS "urn:certpress:cert"

/* The kinds of document that have pages: one entry stylesheet each. */
static const char *const kinds[] = { "iecee", "iecex", "csms", "xref", "proof" };
enum { KINDS = sizeof kinds / sizeof *kinds };

struct cert2fo {
    char *data;
    xsltStylesheet *styles[KINDS]; /* NULL until first used */
    xsltSecurityPrefs *security;
    struct kept kept;
};

/* What libxslt says while one stylesheet is compiled or applied. */
struct listener {
    struct diag *d;
    const xmlDoc *cert;          /* NULL while compiling */
    xsltTransformContext *ctxt;  /* NULL while compiling */
    struct strbuf line;          /* the line that is being received */
    struct strbuf fault;         /* the last line of libxslt's own */
    struct strbuf words;         /* the texts found missing, each ended by a line end */
    int reported;
};

/* ---- messages ---------------------------------------------------------------------------------- */

/* The levels of the messages that the stylesheets word. */
static const struct {
    const char *id;
    enum diag_level level;
    const char *format;
    int once; /* the same text again is the same fault */
} worded[] = {
    { XSL_UNHANDLED, 0 }, { XSL_NO_WORD, 1 }, { XSL_NO_WORDING, 1 }, { XSL_MISSING, 0 }, { XSL_NO_SUCH_WORD, 0 },
};

/* The element of the certificate that is being printed, or its root. */
static const xmlNode *current_element(const struct listener *l)
{
    const xmlNode *node = l->ctxt->node;

    if (node && node->doc == l->cert && node->type == XML_ELEMENT_NODE)
        return node;
    if (node && node->doc == l->cert && (node->type == XML_ATTRIBUTE_NODE || node->type == XML_TEXT_NODE))
        return node->parent;
    return xmlDocGetRootElement(l->cert);
}

/* A text that many elements show is missing once, however often it is asked for. */
static int said_before(struct listener *l, const char *text)
{
    char *line = xasprintf("%s\n", text);
    int known = strstr(l->words.buf, line) != NULL;

    if (!known)
        strbuf_addstr(&l->words, line);
    free(line);
    return known;
}

/* Takes apart "PLACE: error: TEXT [ID]". The place is left to provenance, which knows more. */
static int report_worded(struct listener *l, char *line)
{
    char *text = strstr(line, "error: "), *id = strrchr(line, '[');
    size_t i;

    if (!text || !id || id <= text + strlen("error: "))
        return 0;
    text += strlen("error: ");
    for (i = 0; i < sizeof worded / sizeof *worded; i++) {
        size_t n = strlen(worded[i].id);

        if (strncmp(id + 1, worded[i].id, n) || strcmp(id + 1 + n, "]"))
            continue;
        id[-1] = '\0';
        l->reported = 1;
        if (worded[i].once && said_before(l, text))
            return 1;
        prov_diag(l->d, current_element(l), worded[i].id, worded[i].level, "%s", text);
        return 1;
    }
    return 0;
}

static void end_line(struct listener *l)
{
    /* libxslt says first where ("runtime error: file ... line ..."), then what. */
    if (l->line.len && !(l->ctxt && report_worded(l, l->line.buf))) {
        if (l->fault.len)
            strbuf_addstr(&l->fault, ": ");
        strbuf_addstr(&l->fault, l->line.buf);
    }
    strbuf_clear(&l->line);
}

static void on_message(void *arg, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void on_message(void *arg, const char *format, ...)
{
    struct listener *l = arg;
    struct strbuf text = STRBUF_INIT;
    va_list ap;
    size_t i;

    va_start(ap, format);
    strbuf_vaddf(&text, format, ap);
    va_end(ap);
    for (i = 0; i < text.len; i++)
        if (text.buf[i] == '\n')
            end_line(l);
        else
            strbuf_addch(&l->line, text.buf[i]);
    strbuf_release(&text);
}

static void say_nothing(void *arg, const char *format, ...)
{
    (void)arg;
    (void)format;
}

static void listener_release(struct listener *l)
{
    strbuf_release(&l->line);
    strbuf_release(&l->fault);
    strbuf_release(&l->words);
}

/* ---- stylesheets ------------------------------------------------------------------------------- */

/* Stylesheets read themselves, other stylesheets and templates; a certificate cannot name a file. */
static int may_read(xsltSecurityPrefs *security, xsltTransformContext *ctxt, const char *address)
{
    const struct words *words = ctxt->_private;
    char *path = xmlURIUnescapeString(address, 0, NULL);
    size_t n = strlen(words->folder);
    int inside = path && !strncmp(path, words->folder, n) && path[n] == '/' && !strstr(path, "/../");

    (void)security;
    xmlFree(path);
    return inside;
}

struct cert2fo *cert2fo_open(const char *data, struct diag *d)
{
    struct cert2fo *c = xcalloc(1, sizeof *c);

    exsltFuncRegister();
    exsltCommonRegister();
    exsltStrRegister();
    /* Addresses arrive in full and without dots, so the folder they must lie in has to as well. */
    c->data = realpath(data, NULL);
    if (!c->data)
        c->data = xstrdup(data);
    c->security = xsltNewSecurityPrefs();
    if (!c->security ||
        xsltSetSecurityPrefs(c->security, XSLT_SECPREF_READ_FILE, may_read) ||
        xsltSetSecurityPrefs(c->security, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid) ||
        xsltSetSecurityPrefs(c->security, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid) ||
        xsltSetSecurityPrefs(c->security, XSLT_SECPREF_READ_NETWORK, xsltSecurityForbid) ||
        xsltSetSecurityPrefs(c->security, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid)) {
        diag(d, XSL_FAILED, "no security preferences");
        cert2fo_close(c);
        return NULL;
    }
    return c;
}

void cert2fo_close(struct cert2fo *c)
{
    int i;

    if (!c)
        return;
    kept_release(&c->kept);
    for (i = 0; i < KINDS; i++)
        xsltFreeStylesheet(c->styles[i]);
    xsltFreeSecurityPrefs(c->security);
    free(c->data);
    free(c);
}

/* The compiled stylesheet of a kind; borrowed; NULL after reporting. */
static xsltStylesheet *stylesheet(struct cert2fo *c, int kind, struct diag *d)
{
    struct listener l = { d, NULL, NULL, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, 0 };
    char *path;

    if (c->styles[kind])
        return c->styles[kind];
    path = xasprintf("%s/xsl/%s.xsl", c->data, kinds[kind]);
    xsltSetGenericErrorFunc(&l, on_message);
    c->styles[kind] = xsltParseStylesheetFile(BAD_CAST path);
    end_line(&l);
    if (!c->styles[kind] || c->styles[kind]->errors || l.fault.len) {
        diag(d, XSL_STYLESHEET, path, l.fault.len ? l.fault.buf : "it cannot be read");
        xsltFreeStylesheet(c->styles[kind]);
        c->styles[kind] = NULL;
    }
    /* From here on contexts speak, each to its own listener; what goes round them is chatter. */
    xsltSetGenericErrorFunc(NULL, say_nothing);
    listener_release(&l);
    free(path);
    return c->styles[kind];
}

/* ---- one certificate --------------------------------------------------------------------------- */

/* The kind of CERT as an index, or -1 after reporting what keeps it from being printed. */
static int kind_of(const xmlDoc *cert, struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(cert);
    const char *kind = xmlx_attr(root, "kind"), *version = xmlx_attr(root, "version");
    int i;

    if (!root)
        return diag(d, XSL_NOT_A_CERTIFICATE, "");
    if (!xmlx_is(root, CERT_NS, "certificate"))
        return prov_diag(d, root, XSL_NOT_A_CERTIFICATE, (const char *)root->name);
    if (!version || strcmp(version, "1"))
        return prov_diag(d, root, XSL_VERSION, version ? version : "");
    for (i = 0; kind && i < KINDS; i++)
        if (!strcmp(kind, kinds[i]))
            return i;
    return prov_diag(d, root, XSL_KIND, kind ? kind : "", "iecee, iecex, csms and xref");
}

int cert2fo(struct cert2fo *c, const xmlDoc *cert, xmlDoc **fo, struct diag *d)
{
    static const char *const params[] = { "stop-at-first", "'no'", NULL };
    struct listener l = { d, cert, NULL, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, 0 };
    struct words words = { .folder = c->data, .kept = &c->kept };
    xmlDoc *source = (xmlDoc *)(uintptr_t)cert; /* libxslt reads it, but is not const-correct */
    xsltStylesheet *style;
    int kind = kind_of(cert, d), failed;

    *fo = NULL;
    style = kind < 0 ? NULL : stylesheet(c, kind, d);
    if (!style)
        return -1;
    l.ctxt = xsltNewTransformContext(style, source);
    if (!l.ctxt)
        return diag(d, XSL_FAILED, "no context");
    l.ctxt->_private = &words;
    words_register(&words, l.ctxt);
    kept_lend(&c->kept, l.ctxt);
    xsltSetTransformErrorFunc(l.ctxt, &l, on_message);
    failed = xsltSetCtxtSecurityPrefs(c->security, l.ctxt) != 0;
    if (!failed)
        *fo = xsltApplyStylesheetUser(style, source, (const char **)(uintptr_t)params, NULL, NULL,
                                      l.ctxt);
    end_line(&l);
    failed = !*fo || l.ctxt->state != XSLT_STATE_OK;
    if (l.fault.len || (failed && !l.reported)) {
        prov_diag(d, current_element(&l), XSL_FAILED, l.fault.len ? l.fault.buf : "no reason was given");
        failed = 1;
    }
    kept_take(&c->kept, l.ctxt);
    xsltFreeTransformContext(l.ctxt);
    words_release(&words);
    listener_release(&l);
    if (failed || l.reported) {
        xmlFreeDoc(*fo);
        *fo = NULL;
        return -1;
    }
    return 0;
}
