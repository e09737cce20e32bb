#include "parse.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "prov.h"
#include "refine.h"
#include "share.h"
#include "strbuf.h"
#include "xmlx.h"

#define FO_NS "http://www.w3.org/1999/XSL/Format"
#define FOX_NS "http://xmlgraphics.apache.org/fop/extensions"
#define DC_NS "http://purl.org/dc/elements/1.1/"
#define MAX_DEPTH 200

struct reference {
    const struct fo_node *node;
    const char *id;
};

enum { NAMES = 64 };

struct known_name {
    const xmlChar *name;
    enum fo_kind kind;           /* 0: none of XSL-FO's that is known here */
    int is_unsupported;
};

struct fo_parse {
    struct fo_document *doc;
    struct fo_refine *refine;
    struct diag *d;              /* of the call under way */
    struct fo_node *open;        /* what is being read; NULL before the root and after it */
    struct strbuf text;          /* the text in it, till something follows it */
    int text_line, text_blank;
    int lenient, depth, again;   /* again: the content of a marker, whose ids are known already */
    parse_seen seen;             /* may be NULL */
    void *seen_arg;
    GHashTable *ids;             /* id, in the arena -> struct fo_node * */
    struct reference *references;
    size_t references_n, references_cap;
    const struct fo_facts *facts[4]; /* said last */
    unsigned facts_n;
    struct known_name names[NAMES];
};

const struct fo_facts fo_no_facts = { .columns_spanned = 1, .rows_spanned = 1 };

/* What the object NAME is; names are found again by their pointer, which libxml2 gives equal ones. */
static const struct known_name *name_of(struct fo_parse *p, const xmlChar *name)
{
    struct known_name *n = &p->names[((uintptr_t)name >> 3 ^ (uintptr_t)name >> 9) % NAMES];

    if (n->name != name) {
        n->name = name;
        n->kind = kinds_find((const char *)name);
        n->is_unsupported = kinds_is_refused((const char *)name);
    }
    return n;
}

static void append(struct fo_node *parent, struct fo_node *node)
{
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
}

static int blank(const char *s, size_t n)
{
    while (n && strchr(" \t\r\n", *s))
        s++, n--;
    return n == 0;
}

/* What ELEMENT itself says of where it comes from; NULL when it says nothing. */
static const struct prov_said *origin_of(struct fo_parse *p, const xmlNode *element)
{
    struct arena *a = &p->doc->arena;
    struct prov_said said;
    struct prov_said *origin;

    if (!prov_said(element, &said))
        return NULL;
    origin = arena_alloc(a, sizeof *origin);
    origin->at = arena_strdup(a, said.at);
    origin->row = said.row ? arena_strdup(a, said.row) : NULL;
    origin->field = said.field ? arena_strdup(a, said.field) : NULL;
    return origin;
}

static void refer(struct fo_parse *p, const struct fo_node *node, const char *id)
{
    if (!id || p->again)
        return;
    ALLOC_GROW(p->references, p->references_n, p->references_cap);
    p->references[p->references_n].node = node;
    p->references[p->references_n++].id = id;
}

static void register_id(struct fo_parse *p, struct fo_node *node)
{
    const char *id = node->facts->id;
    const struct fo_node *other;

    if (!id || p->again)
        return;
    other = g_hash_table_lookup(p->ids, id);
    if (other)
        fo_complain(p->d, p->doc, node, p->lenient, FO_DUPLICATE_ID, id, (long)other->line);
    else
        g_hash_table_insert(p->ids, (void *)id, node);
}

/* The language tag of the values; the parent's string when it is the same group. */
static const char *language(struct fo_parse *p, const struct fo_node *node)
{
    const struct style_font *f = node->style->font;
    char tag[64];

    if (node->parent && node->parent->style && node->parent->style->font->language == f->language &&
        node->parent->style->font->country == f->country)
        return node->parent->facts->lang;
    if (!f->language)
        return NULL;
    snprintf(tag, sizeof tag, "%s%s%s", f->language, f->country ? "-" : "", f->country ? f->country
             : "");
    return arena_strdup(&p->doc->arena, tag);
}

/* FACTS, or the same as they were said before; with an id they are nobody else's. */
static const struct fo_facts *share_facts(struct fo_parse *p, const struct fo_facts *facts)
{
    struct fo_facts *own;

    for (unsigned i = 0; i < 4 && p->facts[i] && !facts->id; i++)
        if (!memcmp(p->facts[i], facts, sizeof *facts))
            return p->facts[i];
    own = arena_alloc(&p->doc->arena, sizeof *own);
    memcpy(own, facts, sizeof *own);
    return facts->id ? own : (p->facts[p->facts_n++ % 4] = own);
}

static const struct {
    enum fo_kind kind;
    const char *property;
    size_t offset;
} required[] = {
    { FO_SIMPLE_PAGE_MASTER, "master-name", offsetof(struct style_page, master_name) },
    { FO_PAGE_SEQUENCE_MASTER, "master-name", offsetof(struct style_page, master_name) },
    { FO_SINGLE_PAGE_MASTER_REFERENCE, "master-reference",
      offsetof(struct style_page, master_reference) },
    { FO_REPEATABLE_PAGE_MASTER_REFERENCE, "master-reference",
      offsetof(struct style_page, master_reference) },
    { FO_CONDITIONAL_PAGE_MASTER_REFERENCE, "master-reference",
      offsetof(struct style_page, master_reference) },
    { FO_PAGE_SEQUENCE, "master-reference", offsetof(struct style_page, master_reference) },
    { FO_FLOW, "flow-name", offsetof(struct style_page, flow_name) },
    { FO_STATIC_CONTENT, "flow-name", offsetof(struct style_page, flow_name) },
    { FO_PAGE_NUMBER_CITATION, "ref-id", offsetof(struct style_page, ref_id) },
    { FO_PAGE_NUMBER_CITATION_LAST, "ref-id", offsetof(struct style_page, ref_id) },
    { FO_MARKER, "marker-class-name", offsetof(struct style_page, marker_class) },
    { FO_RETRIEVE_MARKER, "retrieve-class-name", offsetof(struct style_page, retrieve_class) },
    { FO_EXTERNAL_GRAPHIC, "src", offsetof(struct style_page, src) },
    { FO_CHARACTER, "character", offsetof(struct style_page, character) },
};

static const char *id_of(struct fo_parse *p, const xmlNode *element)
{
    const xmlAttr *a = element->properties;
    const char *id;

    while (a && !share_is_own(a))
        a = a->next;
    id = a ? fo_attribute_text(&p->doc->arena, a) : NULL;
    return id && *id ? id : NULL;
}

/* XML: the node's element; KEEP: it stays. */
static void fill(struct fo_parse *p, struct fo_node *node, xmlNode *xml, int keep)
{
    const struct style_page *page = node->style->page;
    struct fo_facts facts;
    size_t i;

    memset(&facts, 0, sizeof facts); /* with what lies between, for memcmp */
    facts.id = id_of(p, xml);
    facts.role = page->role;
    facts.alt = page->alt;
    facts.lang = language(p, node);
    facts.src = page->src;
    facts.internal_destination = page->internal_destination;
    facts.external_destination = page->external_destination;
    facts.columns_spanned = node->style->table->columns_spanned;
    facts.rows_spanned = node->style->table->rows_spanned;
    facts.xml = keep ? xml : NULL;
    facts.origin = node->facts->origin;
    node->facts = share_facts(p, &facts);
    for (i = 0; i < sizeof required / sizeof *required; i++)
        if (required[i].kind == node->kind &&
            !*(const char *const *)((const char *)page + required[i].offset))
            fo_complain(p->d, p->doc, node, 0, FO_MISSING_PROPERTY, fo_kind_name(node->kind),
                        required[i].property);
    register_id(p, node);
    refer(p, node, page->internal_destination);
    refer(p, node, page->ref_id);
}

/* ---- text ---------------------------------------------------------------------------------- */

static const struct fo_facts *facts_of_text(struct fo_parse *p, const struct fo_node *parent)
{
    struct fo_facts facts;

    memset(&facts, 0, sizeof facts);
    facts.lang = parent->facts->lang;
    facts.columns_spanned = facts.rows_spanned = 1;
    return share_facts(p, &facts);
}

/* Complains of text where none may stand. */
static void refuse_text(struct fo_parse *p)
{
    const struct fo_node *parent = p->open;

    if (!p->text.len || kinds_may_stand(parent, FO_TEXT))
        return;
    if (!p->text_blank && parent->kind != FO_DECLARATIONS)
        fo_complain(p->d, p->doc, parent, p->lenient, FO_TEXT_HERE, fo_kind_name(parent->kind),
                    p->text.buf + strspn(p->text.buf, " \t\r\n"));
    strbuf_clear(&p->text);
}

/* The text before what comes now. A tree from XSLT holds in pieces what a file of it holds as one text, and
 * both hold comments: all must set alike. */
static void take_text(struct fo_parse *p)
{
    struct fo_node *parent = p->open;
    struct fo_text *text;

    refuse_text(p);
    if (!p->text.len)
        return;
    text = arena_alloc(&p->doc->arena, sizeof *text + p->text.len + 1);
    memcpy(text->text, p->text.buf, p->text.len);
    text->len = p->text.len;
    text->node.kind = FO_TEXT;
    text->node.line = p->text_line;
    text->node.facts = facts_of_text(p, parent);
    text->node.style = parent->style;
    append(parent, &text->node);
    strbuf_clear(&p->text);
}

static void on_text(void *arg, const char *bytes, size_t n, int line)
{
    struct fo_parse *p = arg;

    if (!p->text.len || p->text_blank) {
        p->text_line = line;
        p->text_blank = blank(bytes, n);
    }
    strbuf_add(&p->text, bytes, n);
}

/* ---- elements ------------------------------------------------------------------------------ */

/* Where a marker may be retrieved: in static content, but not in what was retrieved there, which
 * could be the same marker without end. */
static int in_static(const struct fo_node *node)
{
    while (node && node->kind != FO_STATIC_CONTENT && node->kind != FO_RETRIEVE_MARKER)
        node = node->parent;
    return node && node->kind == FO_STATIC_CONTENT;
}

static int is_destination(const xmlNode *xml)
{
    return xml->ns && !strcmp((const char *)xml->ns->href, FOX_NS) &&
           !strcmp((const char *)xml->name, "destination");
}

/* fox:destination may stand anywhere; it is no part of what it stands in. HERE stands for it. */
static void take_destination(struct fo_parse *p, const struct fo_node *here, const xmlNode *xml)
{
    struct fo_document *doc = p->doc;
    struct fo_destination *to;
    struct fo_node *node;
    xmlChar *id = xmlGetNoNsProp(xml, BAD_CAST "internal-destination");

    if (p->again) {
        xmlFree(id);
        return;
    }
    to = arena_alloc(&doc->arena, sizeof *to);
    to->id = arena_strdup(&doc->arena, id ? (const char *)id : "");
    to->line = here->line;
    if (doc->last_destination)
        doc->last_destination->next = to;
    else
        doc->first_destination = to;
    doc->last_destination = to;
    node = arena_alloc(&doc->arena, sizeof *node);
    *node = *here;
    node->facts = share_facts(p, here->facts);
    refer(p, node, to->id);
    xmlFree(id);
}

/* Markers are the first children: white space before one is none of the content. Returns 0 when there
 * is content before it. */
static int clear_for_marker(struct fo_node *parent)
{
    struct fo_node *before = NULL, *n;

    for (n = parent->first; n && n->kind == FO_MARKER; n = n->next)
        before = n;
    if (!n)
        return 1;
    if (n->next || n->kind != FO_TEXT || !blank(fo_text(n), fo_text_len(n)))
        return 0;
    parent->last = before;
    if (before)
        before->next = NULL;
    else
        parent->first = NULL;
    return 1;
}

/* Where a footnote has a page to stand on (6.12.1): in the flow, outside of another footnote and of what
 * is absolutely positioned. */
static int in_flow(const struct fo_node *node)
{
    while (node && node->kind != FO_FLOW && node->kind != FO_FOOTNOTE && node->kind != FO_MARKER &&
           !(node->kind == FO_BLOCK_CONTAINER &&
             node->style->size->absolute_position != FO_KW_AUTO))
        node = node->parent;
    return node && node->kind == FO_FLOW;
}

/* The element in an instream-foreign-object is another's. Returns whether it may stand. */
static int take_foreign(struct fo_parse *p, struct fo_node *parent, xmlNode *xml)
{
    struct fo_facts facts = *parent->facts;

    if (parent->kind != FO_INSTREAM_FOREIGN_OBJECT || facts.foreign)
        return 0;
    facts.foreign = xml;
    parent->facts = share_facts(p, &facts);
    return 1;
}

/* What the element XML of XSL-FO is below the open node; 0 after saying that it is nothing. */
static enum fo_kind admit(struct fo_parse *p, const struct fo_node *here, const xmlNode *xml)
{
    const struct fo_node *parent = p->open;
    const struct known_name *known = name_of(p, xml->name);
    enum fo_kind kind = known->kind;
    char full[96];

    if (known->is_unsupported) {
        fo_complain(p->d, p->doc, here, p->lenient, FO_UNSUPPORTED_OBJECT, (const char *)xml->name);
        return (enum fo_kind)0;
    }
    if (!kind) {
        fo_complain(p->d, p->doc, here, p->lenient, FO_UNKNOWN_OBJECT, (const char *)xml->name);
        return (enum fo_kind)0;
    }
    if (kinds_may_stand(parent, kind) && (kind != FO_RETRIEVE_MARKER || in_static(parent)) &&
        (kind != FO_FOOTNOTE || in_flow(parent)))
        return kind;
    snprintf(full, sizeof full, "fo:%s", (const char *)xml->name);
    if (!p->again || kind != FO_RETRIEVE_MARKER) /* which was said where the marker stands */
        fo_complain(p->d, p->doc, here, p->lenient, FO_CONTENT, full, fo_kind_name(parent->kind));
    return (enum fo_kind)0;
}

/* What NODE is by its element XML; KEEP: the element stays. Returns whether to read what is in it. */
static int enter(struct fo_parse *p, struct fo_node *node, xmlNode *xml, int keep)
{
    const struct fo_style *outer = node->parent ? node->parent->style : NULL;

    node->style = fo_refine(p->refine, node, xml, outer, p->d);
    fill(p, node, xml, keep);
    if (p->depth >= MAX_DEPTH) {
        fo_report(p->d, p->doc, node, FO_TOO_DEEP, MAX_DEPTH);
        return 0;
    }
    p->depth++;
    p->open = node;
    return keep ? XMLX_ENTER | XMLX_KEEP : XMLX_ENTER;
}

static int start_root(struct fo_parse *p, const struct fo_facts *facts, xmlNode *xml, int line)
{
    struct fo_node *root = p->doc->root;

    root->line = line;
    root->facts = facts;
    if (xmlx_is(xml, FO_NS, "root"))
        return enter(p, root, xml, 0);
    fo_report(p->d, p->doc, root, FO_NOT_FO);
    root->facts = &fo_no_facts;
    return 0;
}

static int on_start(void *arg, xmlNode *xml, int line)
{
    struct fo_parse *p = arg;
    struct fo_node *parent = p->open, *node;
    struct fo_facts facts = fo_no_facts;
    struct fo_node here = { .line = line, .parent = parent, .facts = &facts };
    enum fo_kind kind;

    if (p->seen)
        p->seen(p->seen_arg, xml);
    facts.origin = origin_of(p, xml);
    if (!parent)
        return start_root(p, &facts, xml, line);
    refuse_text(p);
    if (is_destination(xml)) {
        take_destination(p, &here, xml);
        return 0;
    }
    if (!xml->ns || strcmp((const char *)xml->ns->href, FO_NS)) {
        if (take_foreign(p, parent, xml))
            return XMLX_KEEP;
        if (parent->kind != FO_DECLARATIONS)
            fo_complain(p->d, p->doc, &here, p->lenient, FO_CONTENT, (const char *)xml->name,
                        fo_kind_name(parent->kind));
        return 0;
    }
    kind = admit(p, &here, xml);
    if (!kind)
        return 0;
    take_text(p);
    if (kind == FO_MARKER && !clear_for_marker(parent))
        fo_complain(p->d, p->doc, &here, p->lenient, FO_MARKER_LATE, fo_kind_name(parent->kind));
    p->doc->has_markers |= kind == FO_MARKER;
    node = arena_alloc(&p->doc->arena, sizeof *node);
    node->kind = kind;
    node->line = line;
    node->facts = &facts;
    append(parent, node);
    return enter(p, node, xml, kind == FO_MARKER || kind == FO_SIMPLE_PAGE_MASTER ||
                 kind == FO_DECLARATIONS);
}

/* ---- the title ----------------------------------------------------------------------------- */

/* The text of the first element NAME of namespace NS below NODE. */
static char *find_text(const xmlNode *node, const char *ns, const char *name, int depth)
{
    const xmlNode *n;
    char *found = NULL;

    for (n = node->children; n && !found && depth < 20; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (n->ns && !strcmp((const char *)n->ns->href, ns) && !strcmp((const char *)n->name, name))
            return (char *)xmlNodeGetContent(n);
        found = find_text(n, ns, name, depth + 1);
    }
    return found;
}

static char *trimmed(struct arena *a, const char *s)
{
    char *out = arena_strdup(a, s), *to = out;
    const char *from;

    for (from = out; *from; from++) {
        int space = strchr(" \t\r\n", *from) != NULL;

        if (!space)
            *to++ = *from;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return out;
}

/* The title in the declarations comes first, also when it is empty. */
static void take_title(struct fo_parse *p, const xmlNode *declarations)
{
    char *text = p->doc->title ? NULL : find_text(declarations, DC_NS, "title", 0);

    if (text)
        p->doc->title = trimmed(&p->doc->arena, text);
    xmlFree(text);
}

static void add_words(const struct fo_node *node, struct strbuf *out)
{
    const struct fo_node *c;

    if (node->kind == FO_TEXT)
        strbuf_add(out, fo_text(node), fo_text_len(node));
    for (c = node->first; c; c = c->next)
        add_words(c, out);
}

static void find_title(struct fo_document *doc)
{
    const struct fo_node *n, *sequence;

    for (sequence = doc->root->first; sequence && !doc->title; sequence = sequence->next)
        for (n = sequence->first; n && sequence->kind == FO_PAGE_SEQUENCE; n = n->next)
            if (n->kind == FO_TITLE && !doc->title) {
                struct strbuf words = STRBUF_INIT;

                add_words(n, &words);
                doc->title = trimmed(&doc->arena, words.buf);
                strbuf_release(&words);
            }
    if (doc->title && !*doc->title)
        doc->title = NULL;
}

/* ---- the document -------------------------------------------------------------------------- */

static void on_end(void *arg, xmlNode *xml)
{
    struct fo_parse *p = arg;

    take_text(p);
    if (p->open->kind == FO_DECLARATIONS)
        take_title(p, xml);
    p->open = p->open->parent;
    p->depth--;
}

/* What ELEMENT, a tree, has in it. */
static void read_tree(struct fo_parse *p, xmlNode *element)
{
    xmlNode *xml;

    for (xml = element->children; xml; xml = xml->next) {
        if (xml->type == XML_ELEMENT_NODE && (on_start(p, xml, (int)xmlGetLineNo(xml)) & XMLX_ENTER)) {
            read_tree(p, xml);
            on_end(p, xml);
        } else if ((xml->type == XML_TEXT_NODE || xml->type == XML_CDATA_SECTION_NODE) && xml->content) {
            const char *text = (const char *)xml->content;

            on_text(p, text, strlen(text), (int)xmlGetLineNo(xml));
        }
    }
}

static void check_references(struct fo_parse *p)
{
    size_t i;

    for (i = 0; i < p->references_n; i++)
        if (!g_hash_table_contains(p->ids, p->references[i].id))
            fo_complain(p->d, p->doc, p->references[i].node, p->lenient, FO_UNKNOWN_ID,
                        p->references[i].id);
}

static struct fo_parse *begin(const char *name, const char *base, int lenient, struct diag *d)
{
    struct fo_document *doc = xcalloc(1, sizeof *doc);
    struct fo_parse *p = xcalloc(1, sizeof *p);

    arena_init(&doc->arena);
    doc->parse = p;
    doc->name = arena_strdup(&doc->arena, name);
    doc->base = arena_strdup(&doc->arena, base ? base : "");
    doc->root = arena_alloc(&doc->arena, sizeof *doc->root);
    doc->root->kind = FO_ROOT;
    doc->root->facts = &fo_no_facts;
    p->doc = doc;
    p->d = d;
    p->lenient = lenient;
    p->ids = g_hash_table_new(g_str_hash, g_str_equal);
    p->refine = fo_refine_new(doc, lenient);
    strbuf_init(&p->text);
    return p;
}

/* BAD: what was read is not all of the document. FAULTS: D's before it. */
static int finish(struct fo_parse *p, int bad, long faults, struct fo_document **out)
{
    struct diag *d = p->d;

    if (!bad && p->doc->root->style) {
        p->doc->lang = p->doc->root->facts->lang;
        find_title(p->doc);
        check_references(p);
    }
    if (bad || d->errors + d->cannots > faults) {
        fo_free(p->doc);
        *out = NULL;
        return -1;
    }
    strbuf_release(&p->text);
    *out = p->doc;
    return 0;
}

int fo_parse(xmlDoc *xml, const char *name, const char *base, int lenient,
             struct fo_document **out, struct diag *d)
{
    long faults = d->errors + d->cannots;
    struct fo_parse *p = begin(name ? name : xml->URL ? (const char *)xml->URL : "fo", base, lenient, d);
    xmlNode *root = xmlDocGetRootElement(xml);

    if (root ? on_start(p, root, (int)xmlGetLineNo(root)) : start_root(p, &fo_no_facts, NULL, 0)) {
        read_tree(p, root);
        on_end(p, root);
    }
    return finish(p, 0, faults, out);
}

int fo_parse_file(const char *path, const char *name, const char *base, int lenient, parse_seen seen,
                  void *seen_arg, struct fo_document **out, struct diag *d)
{
    static const struct xmlx_events events = { on_start, on_text, on_end };
    long faults = d->errors + d->cannots;
    struct fo_parse *p = begin(name, base, lenient, d);
    int bad;

    p->seen = seen;
    p->seen_arg = seen_arg;
    bad = xmlx_stream(path, name, &events, p, &p->doc->xml, d);
    p->seen = NULL;
    return finish(p, bad, faults, out);
}

int fo_parse_marker(struct fo_document *doc, const struct fo_node *marker, struct fo_node *retrieve,
                    struct diag *d)
{
    struct fo_parse *p = doc->parse;
    long errors = d->errors;

    p->again = 1;
    p->d = d;
    p->depth = 1;
    p->open = retrieve;
    retrieve->first = retrieve->last = NULL;
    read_tree(p, marker->facts->xml);
    take_text(p);
    p->open = NULL;
    p->depth = 0;
    p->again = 0;
    strbuf_release(&p->text);
    return d->errors > errors ? -1 : 0;
}

void fo_free(struct fo_document *doc)
{
    if (!doc)
        return;
    fo_refine_free(doc->parse->refine);
    g_hash_table_destroy(doc->parse->ids);
    free(doc->parse->references);
    strbuf_release(&doc->parse->text);
    free(doc->parse);
    xmlFreeDoc(doc->xml);
    arena_release(&doc->arena);
    free(doc);
}
