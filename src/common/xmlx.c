#include "xmlx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/xmlsave.h>

#include "alloc.h"
#include "common_messages.h"
#include "outfile.h"
#include "prov.h"

/* Our parse: no network, no DTD, no entities, no size switch; lines past 65535 kept. */
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOCDATA | XML_PARSE_COMPACT)

static void say_nothing(void *arg, const char *format, ...)
{
    (void)arg;
    (void)format;
}

void xmlx_init(void)
{
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, say_nothing);
}

struct listener {
    struct diag *d;
    const char *name;
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *xmlx_error;
#else
typedef xmlError *xmlx_error;
#endif

static void on_parse_error(void *arg, xmlx_error e)
{
    struct listener *l = arg;
    struct diag_place place = { .file = l->name, .line = e->line, .column = e->int2 };

    if (e->level == XML_ERR_WARNING)
        return;
    diag_at(l->d, &place, XML_SYNTAX, e->message ? e->message : "unknown fault");
}

xmlDoc *xmlx_parse(const void *bytes, size_t n, const char *name, struct diag *d)
{
    struct listener l = { d, name };
    xmlParserCtxt *ctxt;
    xmlDoc *doc;
    long errors = d->errors;

    if (n > XMLX_MAX_SIZE) {
        diag(d, ENV_CANNOT_READ, name, strerror(EFBIG));
        return NULL;
    }
    ctxt = xmlNewParserCtxt();
    if (!ctxt) {
        diag(d, ENV_NO_MEMORY);
        return NULL;
    }
    xmlSetStructuredErrorFunc(&l, on_parse_error);
    doc = xmlCtxtReadMemory(ctxt, bytes, (int)n, name, NULL, PARSE_OPTIONS);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (doc && doc->intSubset) {
        struct diag_place place = { .file = name, .line = 1 };
        diag_at(d, &place, XML_DOCTYPE);
    }
    if (!doc && d->errors == errors) {
        struct diag_place place = { .file = name, .line = 1 };
        diag_at(d, &place, XML_SYNTAX, "the document is empty");
    }
    xmlFreeParserCtxt(ctxt);
    if (d->errors != errors) {
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

xmlDoc *xmlx_read(const char *path, const char *name, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *doc = NULL;

    if (!name)
        name = strcmp(path, "-") ? path : "standard input";
    if (strbuf_read_file(&bytes, path, XMLX_MAX_SIZE))
        diag(d, ENV_CANNOT_READ, name, strerror(errno));
    else
        doc = xmlx_parse(bytes.buf, bytes.len, name, d);
    strbuf_release(&bytes);
    return doc;
}

/* ---- piece by piece ------------------------------------------------------------------------ */

struct stream {
    struct listener listener;
    const struct xmlx_events *events;
    void *arg;
    int fd, error;          /* of reading: an errno */
    size_t bytes;
    xmlNode *begun;         /* began last, and is not told yet: its tag may be faulty */
    int line;               /* of that */
    int unheard, kept;      /* elements open that are not entered, or kept */
    int faults, has_doctype;
};

/* The parser looks some bytes ahead, so it is given less than N only at the end. */
static int read_some(void *arg, char *buffer, int n)
{
    struct stream *s = arg;
    size_t got = 0, wanted = (size_t)n;

    while (got < wanted && !s->error) {
        ssize_t more = read(s->fd, buffer + got, wanted - got);

        if (more < 0 && errno != EINTR)
            s->error = errno;
        if (!more)
            break;
        got += more > 0 ? (size_t)more : 0;
    }
    s->bytes += got;
    if (s->bytes > XMLX_MAX_SIZE)
        s->error = EFBIG;
    return s->error ? -1 : (int)got;
}

/* What could not be read is no fault of the document. */
static void on_stream_error(void *arg, xmlx_error e)
{
    struct stream *s = arg;

    if (s->error || s->has_doctype || e->level == XML_ERR_WARNING)
        return;
    s->faults++;
    on_parse_error(&s->listener, e);
}

/* Of a document that is at fault nothing more is told. */
static void tell_begun(struct stream *s)
{
    int wish = 0;

    if (!s->begun)
        return;
    if (!s->unheard && !s->faults)
        wish = s->events->start(s->arg, s->begun, s->line);
    if (s->unheard || !(wish & XMLX_ENTER))
        s->unheard++;
    if (s->kept || (wish & XMLX_KEEP))
        s->kept++;
    s->begun = NULL;
}

static void stream_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                         int ns_n, const xmlChar **ns, int attributes_n, int defaulted_n,
                         const xmlChar **attributes)
{
    xmlParserCtxt *ctxt = ctx;
    struct stream *s = ctxt->_private;
    xmlNode *outer = ctxt->node;

    tell_begun(s);
    xmlSAX2StartElementNs(ctx, name, prefix, uri, ns_n, ns, attributes_n, defaulted_n, attributes);
    if (ctxt->node == outer)
        return; /* too deep: no element, and nothing follows */
    s->begun = ctxt->node;
    s->line = ctxt->input->line;
}

static void stream_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxt *ctxt = ctx;
    struct stream *s = ctxt->_private;
    xmlNode *element = ctxt->node;

    tell_begun(s);
    xmlSAX2EndElementNs(ctx, name, prefix, uri);
    if (s->unheard)
        s->unheard--;
    else if (!s->faults)
        s->events->end(s->arg, element);
    if (s->kept) {
        s->kept--;
    } else if (element && !element->children && element->parent &&
               element->parent->type == XML_ELEMENT_NODE) {
        xmlUnlinkNode(element); /* with children, something in it was kept */
        xmlFreeNode(element);
    }
}

static void stream_text(void *ctx, const xmlChar *bytes, int n)
{
    xmlParserCtxt *ctxt = ctx;
    struct stream *s = ctxt->_private;
    int line = ctxt->input->line, i = 0;

    tell_begun(s);
    if (s->kept)
        xmlSAX2Characters(ctx, bytes, n);
    if (s->unheard || s->faults || !ctxt->node)
        return;
    while (i < n && strchr(" \t\r\n", bytes[i]))
        i++;
    for (; i < n; i++)
        line -= bytes[i] == '\n'; /* the parser stands behind the text */
    s->events->text(s->arg, (const char *)bytes, (size_t)n, line);
}

static void stream_comment(void *ctx, const xmlChar *text)
{
    struct stream *s = ((xmlParserCtxt *)ctx)->_private;

    tell_begun(s);
    if (s->kept)
        xmlSAX2Comment(ctx, text);
}

static void stream_instruction(void *ctx, const xmlChar *target, const xmlChar *data)
{
    struct stream *s = ((xmlParserCtxt *)ctx)->_private;

    tell_begun(s);
    if (s->kept)
        xmlSAX2ProcessingInstruction(ctx, target, data);
}

/* Nothing behind it is read. */
static void stream_doctype(void *ctx, const xmlChar *name, const xmlChar *public_id,
                           const xmlChar *system_id)
{
    struct stream *s = ((xmlParserCtxt *)ctx)->_private;
    struct diag_place place = { .file = s->listener.name, .line = 1 };

    (void)name;
    (void)public_id;
    (void)system_id;
    diag_at(s->listener.d, &place, XML_DOCTYPE);
    s->has_doctype = 1;
    xmlStopParser(ctx);
}

static xmlDoc *parse_stream(struct stream *s)
{
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    xmlDoc *doc;

    if (!ctxt) {
        diag(s->listener.d, ENV_NO_MEMORY);
        return NULL;
    }
    ctxt->_private = s;
    ctxt->sax->startElementNs = stream_start;
    ctxt->sax->endElementNs = stream_end;
    ctxt->sax->characters = ctxt->sax->ignorableWhitespace = stream_text;
    ctxt->sax->comment = stream_comment;
    ctxt->sax->processingInstruction = stream_instruction;
    ctxt->sax->internalSubset = stream_doctype;
    xmlSetStructuredErrorFunc(s, on_stream_error);
    doc = xmlCtxtReadIO(ctxt, read_some, NULL, s, s->listener.name, NULL, PARSE_OPTIONS);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlFreeParserCtxt(ctxt);
    return doc;
}

int xmlx_stream(const char *path, const char *name, const struct xmlx_events *events, void *arg, xmlDoc **kept,
                struct diag *d)
{
    int is_stdin = !strcmp(path, "-");
    struct stream s = { .events = events, .arg = arg };
    struct stat st;

    if (!name)
        name = is_stdin ? "standard input" : path;
    s.listener = (struct listener){ d, name };
    s.fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s.fd < 0)
        s.error = errno;
    else if (!fstat(s.fd, &st) && S_ISDIR(st.st_mode))
        s.error = EISDIR;
    else if (!fstat(s.fd, &st) && S_ISREG(st.st_mode) && (size_t)st.st_size > XMLX_MAX_SIZE)
        s.error = EFBIG;
    *kept = s.error ? NULL : parse_stream(&s);
    if (s.fd >= 0 && !is_stdin)
        close(s.fd);
    if (s.error) {
        diag(d, ENV_CANNOT_READ, name, strerror(s.error));
    } else if (!*kept && !s.faults && !s.has_doctype) {
        struct diag_place place = { .file = name, .line = 1 };
        diag_at(d, &place, XML_SYNTAX, "the document is empty");
    }
    if (*kept && (s.error || s.faults || s.has_doctype)) {
        xmlFreeDoc(*kept);
        *kept = NULL;
    }
    return *kept ? 0 : -1;
}

/* ---- building and writing ------------------------------------------------------------------ */

static int save_write(void *arg, const char *bytes, int n)
{
    strbuf_add(arg, bytes, (size_t)n);
    return n;
}

void xmlx_serialize(const xmlDoc *doc, int format, struct strbuf *out)
{
    xmlSaveCtxt *save = xmlSaveToIO(save_write, NULL, out, "UTF-8", format ? XML_SAVE_FORMAT : 0);

    if (!save || xmlSaveDoc(save, (xmlDoc *)(uintptr_t)doc) < 0 || xmlSaveClose(save) < 0)
        abort(); /* writing a tree to memory as UTF-8 has no way to fail but lack of memory */
}

int xmlx_write(const xmlDoc *doc, const char *path, struct diag *d)
{
    struct strbuf out = STRBUF_INIT;
    int result;

    xmlx_serialize(doc, 1, &out);
    result = outfile_write(path, out.buf, out.len, 0, d);
    strbuf_release(&out);
    return result;
}

int xmlx_is(const xmlNode *node, const char *ns, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name) &&
           (!ns || (node->ns && !strcmp((const char *)node->ns->href, ns)));
}

static xmlNode *find(xmlNode *node, const char *name)
{
    for (; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && (!name || !strcmp((const char *)node->name, name)))
            return node;
    return NULL;
}

xmlNode *xmlx_first(const xmlNode *parent, const char *name)
{
    return parent ? find(parent->children, name) : NULL;
}

xmlNode *xmlx_next(const xmlNode *node, const char *name)
{
    return node ? find(node->next, name) : NULL;
}

xmlNode *xmlx_first_element(const xmlNode *parent)
{
    return parent ? find(parent->children, NULL) : NULL;
}

xmlNode *xmlx_next_element(const xmlNode *node)
{
    return node ? find(node->next, NULL) : NULL;
}

const char *xmlx_attr(const xmlNode *node, const char *name)
{
    const xmlAttr *a;

    if (!node || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (a = node->properties; a; a = a->next)
        if (!a->ns && !strcmp((const char *)a->name, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

char *xmlx_text(const xmlNode *node)
{
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
    char *text = xstrdup(content ? (const char *)content : "");

    xmlFree(content);
    return text;
}

char *xmlx_child_text(const xmlNode *parent, const char *name)
{
    return xmlx_text(xmlx_first(parent, name));
}

xmlDoc *xmlx_new(const char *ns, const char *root_name)
{
    xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
    xmlNode *root = xmlNewDocNode(doc, NULL, BAD_CAST root_name, NULL);

    xmlDocSetRootElement(doc, root);
    if (ns)
        xmlSetNs(root, xmlNewNs(root, BAD_CAST ns, NULL));
    return doc;
}

xmlNode *xmlx_add(xmlNode *parent, const char *name)
{
    xmlNode *node = xmlNewDocNode(parent->doc, parent->ns, BAD_CAST name, NULL);

    return xmlAddChild(parent, node);
}

xmlNode *xmlx_add_text(xmlNode *parent, const char *name, const char *text)
{
    return xmlNewTextChild(parent, parent->ns, BAD_CAST name, BAD_CAST text);
}

void xmlx_set(xmlNode *node, const char *attribute, const char *value)
{
    xmlSetProp(node, BAD_CAST attribute, BAD_CAST value);
}

struct xmlx_schema {
    xmlRelaxNG *rng;
};

struct xmlx_schema *xmlx_schema_load(const char *path, struct diag *d)
{
    struct listener l = { d, path };
    xmlRelaxNGParserCtxt *ctxt = xmlRelaxNGNewParserCtxt(path);
    struct xmlx_schema *schema = NULL;
    xmlRelaxNG *rng = NULL;

    xmlSetStructuredErrorFunc(&l, on_parse_error);
    if (ctxt) {
        xmlRelaxNGSetParserStructuredErrors(ctxt, on_parse_error, &l);
        rng = xmlRelaxNGParse(ctxt);
        xmlRelaxNGFreeParserCtxt(ctxt);
    }
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (!rng) {
        diag(d, ENV_CANNOT_READ, path, "not a RELAX NG schema");
        return NULL;
    }
    schema = xmalloc(sizeof *schema);
    schema->rng = rng;
    return schema;
}

static void on_schema_error(void *arg, xmlx_error e)
{
    struct listener *l = arg;

    if (e->node) {
        prov_diag(l->d, e->node, XML_SCHEMA, e->message ? e->message : "unknown fault");
    } else {
        struct diag_place place = { .file = l->name, .line = e->line };
        diag_at(l->d, &place, XML_SCHEMA, e->message ? e->message : "unknown fault");
    }
}

int xmlx_validate(struct xmlx_schema *schema, xmlDoc *doc, const char *name, struct diag *d)
{
    struct listener l = { d, name };
    xmlRelaxNGValidCtxt *ctxt = xmlRelaxNGNewValidCtxt(schema->rng);
    int result;

    xmlRelaxNGSetValidStructuredErrors(ctxt, on_schema_error, &l);
    result = xmlRelaxNGValidateDoc(ctxt, doc);
    xmlRelaxNGFreeValidCtxt(ctxt);
    return result ? -1 : 0;
}

static void on_silent_error(void *arg, xmlx_error e)
{
    (void)arg;
    (void)e;
}

int xmlx_is_valid(struct xmlx_schema *schema, xmlDoc *doc)
{
    xmlRelaxNGValidCtxt *ctxt = xmlRelaxNGNewValidCtxt(schema->rng);
    int result;

    xmlRelaxNGSetValidStructuredErrors(ctxt, on_silent_error, NULL);
    result = xmlRelaxNGValidateDoc(ctxt, doc);
    xmlRelaxNGFreeValidCtxt(ctxt);
    return result == 0;
}

void xmlx_schema_free(struct xmlx_schema *schema)
{
    if (!schema)
        return;
    xmlRelaxNGFree(schema->rng);
    free(schema);
}
