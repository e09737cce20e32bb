#include "parse.h"

#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "refine.h"

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
    int lenient, depth, again;   /* again: the content of a marker, whose ids are known already */
    xmlHashTable *ids;           /* id -> struct fo_node * */
    struct reference *references;
    size_t references_n, references_cap;
    const struct fo_facts *facts[4]; /* said last */
    unsigned facts_n;
    struct known_name names[NAMES];
};

static const char *const kind_names[] = {
    "", "text",
#define X(id, name) name,
    FO_KINDS(X)
#undef X
};

const struct fo_facts fo_no_facts = { .columns_spanned = 1, .rows_spanned = 1 };

#define KINDS_N ((int)(sizeof kind_names / sizeof *kind_names))

const char *fo_kind_name(enum fo_kind kind)
{
    return kind_names[kind];
}

/* What may stand in each object. B: block-level objects, I: inline-level objects and character
 * data, T: character data. Objects without an entry are empty. */
static const struct model {
    enum fo_kind kind;
    const char *any;
    enum fo_kind kinds[12];
} models[] = {
    { FO_ROOT, "", { FO_LAYOUT_MASTER_SET, FO_DECLARATIONS, FO_BOOKMARK_TREE, FO_PAGE_SEQUENCE } },
    { FO_LAYOUT_MASTER_SET, "", { FO_SIMPLE_PAGE_MASTER, FO_PAGE_SEQUENCE_MASTER } },
    { FO_SIMPLE_PAGE_MASTER, "", { FO_REGION_BODY, FO_REGION_BEFORE, FO_REGION_AFTER,
                                   FO_REGION_START, FO_REGION_END } },
    { FO_PAGE_SEQUENCE_MASTER, "", { FO_SINGLE_PAGE_MASTER_REFERENCE,
                                     FO_REPEATABLE_PAGE_MASTER_REFERENCE,
                                     FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES } },
    { FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES, "", { FO_CONDITIONAL_PAGE_MASTER_REFERENCE } },
    { FO_BOOKMARK_TREE, "", { FO_BOOKMARK } },
    { FO_BOOKMARK, "", { FO_BOOKMARK_TITLE, FO_BOOKMARK } },
    { FO_BOOKMARK_TITLE, "T", { 0 } },
    { FO_PAGE_SEQUENCE, "", { FO_TITLE, FO_STATIC_CONTENT, FO_FLOW } },
    { FO_TITLE, "I", { 0 } },
    { FO_STATIC_CONTENT, "B", { 0 } },
    { FO_FLOW, "B", { FO_MARKER } },
    { FO_BLOCK, "BI", { FO_MARKER } },
    { FO_BLOCK_CONTAINER, "B", { FO_MARKER } },
    { FO_INLINE, "BI", { FO_MARKER } },
    { FO_WRAPPER, "BI", { FO_MARKER } },
    { FO_BIDI_OVERRIDE, "BI", { FO_MARKER } },
    { FO_BASIC_LINK, "BI", { FO_MARKER } },
    { FO_LEADER, "I", { 0 } },
    { FO_TABLE, "", { FO_TABLE_COLUMN, FO_TABLE_HEADER, FO_TABLE_FOOTER, FO_TABLE_BODY,
                      FO_MARKER } },
    { FO_TABLE_AND_CAPTION, "", { FO_MARKER, FO_TABLE_CAPTION, FO_TABLE } },
    { FO_TABLE_CAPTION, "B", { FO_MARKER } },
    { FO_TABLE_HEADER, "", { FO_TABLE_ROW, FO_TABLE_CELL, FO_MARKER } },
    { FO_TABLE_FOOTER, "", { FO_TABLE_ROW, FO_TABLE_CELL, FO_MARKER } },
    { FO_TABLE_BODY, "", { FO_TABLE_ROW, FO_TABLE_CELL, FO_MARKER } },
    { FO_TABLE_ROW, "", { FO_TABLE_CELL } },
    { FO_TABLE_CELL, "B", { FO_MARKER } },
    { FO_LIST_BLOCK, "", { FO_LIST_ITEM, FO_MARKER } },
    { FO_LIST_ITEM, "", { FO_LIST_ITEM_LABEL, FO_LIST_ITEM_BODY, FO_MARKER } },
    { FO_LIST_ITEM_LABEL, "B", { FO_MARKER } },
    { FO_LIST_ITEM_BODY, "B", { FO_MARKER } },
    { FO_FOOTNOTE, "", { FO_INLINE, FO_FOOTNOTE_BODY } },
    { FO_FOOTNOTE_BODY, "B", { FO_MARKER } },
    { FO_MARKER, "BI", { 0 } },
    { FO_RETRIEVE_MARKER, "BI", { 0 } },
};

/* Objects of XSL-FO 1.1 that are refused by name. */
static const char *const unsupported[] = {
    "change-bar-begin", "change-bar-end", "color-profile", "external-document", "float",
        "flow-assignment", "flow-map",
    "flow-name-specifier", "flow-source-list", "flow-target-list", "folio-prefix", "folio-suffix",
    "index-key-citation", "index-key-reference",
    "index-page-citation-list", "index-page-citation-list-separator",
        "index-page-citation-range-separator",
    "index-page-number-prefix", "index-page-number-suffix", "index-range-begin", "index-range-end",
    "initial-property-set", "multi-case", "multi-properties", "multi-property-set", "multi-switch",
    "multi-toggle", "page-sequence-wrapper", "region-name-specifier", "retrieve-table-marker",
    "scaling-value-citation",
};

const char *fo_kind_refused(int i)
{
    return i < (int)(sizeof unsupported / sizeof *unsupported) ? unsupported[i] : NULL;
}

int fo_is_block_level(enum fo_kind kind)
{
    return kind == FO_BLOCK || kind == FO_BLOCK_CONTAINER || kind == FO_TABLE ||
           kind == FO_TABLE_AND_CAPTION || kind == FO_LIST_BLOCK;
}

int fo_has_block(const struct fo_node *node)
{
    const struct fo_node *c;

    if (fo_is_block_level(node->kind))
        return 1;
    if (node->kind == FO_TEXT || node->kind == FO_INSTREAM_FOREIGN_OBJECT ||
        node->kind == FO_MARKER || node->kind == FO_FOOTNOTE)
        return 0;
    for (c = node->first; c; c = c->next)
        if (fo_has_block(c))
            return 1;
    return 0;
}

static int is_inline_level(enum fo_kind kind)
{
    return kind == FO_INLINE || kind == FO_CHARACTER || kind == FO_BIDI_OVERRIDE ||
           kind == FO_LEADER || kind == FO_PAGE_NUMBER || kind == FO_PAGE_NUMBER_CITATION ||
           kind == FO_PAGE_NUMBER_CITATION_LAST || kind == FO_BASIC_LINK ||
           kind == FO_EXTERNAL_GRAPHIC || kind == FO_INSTREAM_FOREIGN_OBJECT ||
           kind == FO_FOOTNOTE;
}

static const struct model *model_of(enum fo_kind kind)
{
    size_t i;

    for (i = 0; i < sizeof models / sizeof *models; i++)
        if (models[i].kind == kind)
            return &models[i];
    return NULL;
}

/* A wrapper, and what was retrieved from a marker, may hold what could stand in its place. */
static const struct model *model_in(const struct fo_node *parent)
{
    while (parent->parent && (parent->kind == FO_WRAPPER || parent->kind == FO_RETRIEVE_MARKER))
        parent = parent->parent;
    return model_of(parent->kind);
}

static int may_stand(const struct model *m, enum fo_kind child)
{
    int i;

    if (!m)
        return 0;
    for (i = 0; i < 12 && m->kinds[i]; i++)
        if (m->kinds[i] == child)
            return 1;
    if (child == FO_TEXT)
        return strpbrk(m->any, "TI") != NULL;
    if (child == FO_WRAPPER || child == FO_RETRIEVE_MARKER)
        return *m->any != '\0' && *m->any != 'T';
    return (strchr(m->any, 'B') && fo_is_block_level(child)) ||
           (strchr(m->any, 'I') && is_inline_level(child));
}

static enum fo_kind kind_of(const char *name)
{
    int i;

    for (i = 2; i < KINDS_N; i++)
        if (!strcmp(kind_names[i], name))
            return (enum fo_kind)i;
    return (enum fo_kind)0;
}

static int is_unsupported(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof unsupported / sizeof *unsupported; i++)
        if (!strcmp(unsupported[i], name))
            return 1;
    return 0;
}

/* What the object NAME is; names are found again by their pointer, which libxml2 gives equal ones. */
static const struct known_name *name_of(struct fo_parse *p, const xmlChar *name)
{
    struct known_name *n = &p->names[((uintptr_t)name >> 3 ^ (uintptr_t)name >> 9) % NAMES];

    if (n->name != name) {
        n->name = name;
        n->kind = kind_of((const char *)name);
        n->is_unsupported = is_unsupported((const char *)name);
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

static void refer(struct fo_parse *p, const struct fo_node *node, const char *id)
{
    if (!id || p->again)
        return;
    ALLOC_GROW(p->references, p->references_n, p->references_cap);
    p->references[p->references_n].node = node;
    p->references[p->references_n++].id = id;
}

static void register_id(struct fo_parse *p, struct fo_node *node, struct diag *d)
{
    const char *id = node->facts->id;
    const struct fo_node *other;

    if (!id || p->again)
        return;
    other = xmlHashLookup(p->ids, BAD_CAST id);
    if (other)
        fo_complain(d, p->doc, node, p->lenient, FO_DUPLICATE_ID, id, (long)other->line);
    else
        xmlHashAddEntry(p->ids, BAD_CAST id, node);
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

/* FACTS, or the same as they were said before. */
static const struct fo_facts *share_facts(struct fo_parse *p, const struct fo_facts *facts)
{
    struct fo_facts *own;

    for (unsigned i = 0; i < 4 && p->facts[i]; i++)
        if (!memcmp(p->facts[i], facts, sizeof *facts))
            return p->facts[i];
    own = arena_alloc(&p->doc->arena, sizeof *own);
    memcpy(own, facts, sizeof *own);
    return p->facts[p->facts_n++ % 4] = own;
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

static void fill(struct fo_parse *p, struct fo_node *node, struct diag *d)
{
    const struct style_page *page = node->style->page;
    struct fo_facts facts;
    size_t i;

    memset(&facts, 0, sizeof facts); /* with what lies between, for memcmp */
    facts.id = page->id;
    facts.role = page->role;
    facts.alt = page->alt;
    facts.lang = language(p, node);
    facts.src = page->src;
    facts.internal_destination = page->internal_destination;
    facts.external_destination = page->external_destination;
    facts.columns_spanned = node->style->table->columns_spanned;
    facts.rows_spanned = node->style->table->rows_spanned;
    node->facts = share_facts(p, &facts);
    for (i = 0; i < sizeof required / sizeof *required; i++)
        if (required[i].kind == node->kind &&
            !*(const char *const *)((const char *)page + required[i].offset))
            fo_complain(d, p->doc, node, 0, FO_MISSING_PROPERTY, fo_kind_name(node->kind),
                        required[i].property);
    register_id(p, node, d);
    refer(p, node, page->internal_destination);
    refer(p, node, page->ref_id);
}

static void parse_children(struct fo_parse *p, struct fo_node *node, const xmlNode *element,
                           struct diag *d);

/* The text node BEFORE (NULL: none yet) with the N bytes at S behind its own. */
static struct fo_text *new_text(struct arena *arena, const struct fo_text *before, const char *s, size_t n)
{
    size_t len = before ? before->len : 0;
    struct fo_text *text = arena_alloc(arena, sizeof *text + len + n + 1);

    if (before)
        memcpy(text, before, sizeof *before + len);
    memcpy(text->text + len, s, n);
    text->len = len + n;
    return text;
}

static void replace_last(struct fo_node *parent, struct fo_node *node)
{
    struct fo_node **at = &parent->first;

    while (*at != parent->last)
        at = &(*at)->next;
    *at = parent->last = node;
}

static const struct fo_facts *facts_of_text(struct fo_parse *p, const struct fo_node *parent)
{
    struct fo_facts facts;

    memset(&facts, 0, sizeof facts);
    facts.lang = parent->facts->lang;
    facts.columns_spanned = facts.rows_spanned = 1;
    return share_facts(p, &facts);
}

static void parse_text(struct fo_parse *p, struct fo_node *parent, const xmlNode *xml,
                       struct diag *d)
{
    const char *s = xml->content ? (const char *)xml->content : "";
    size_t n = strlen(s);
    struct fo_node *node;

    if (!may_stand(model_in(parent), FO_TEXT)) {
        if (!blank(s, n) && parent->kind != FO_DECLARATIONS)
            fo_complain(d, p->doc, parent, p->lenient, FO_TEXT_HERE, fo_kind_name(parent->kind),
                        s + strspn(s, " \t\r\n"));
        return;
    }
    if (!n)
        return;
    if (parent->last && parent->last->kind == FO_TEXT) {
        /* A tree from XSLT holds in pieces what a file of it holds as one text; both must set alike. */
        replace_last(parent, &new_text(&p->doc->arena, (struct fo_text *)parent->last, s, n)->node);
        return;
    }
    node = &new_text(&p->doc->arena, NULL, s, n)->node;
    node->kind = FO_TEXT;
    node->line = (int)xmlGetLineNo((xmlNode *)xml);
    node->facts = facts_of_text(p, parent);
    node->style = parent->style;
    node->xml = parent->xml;
    append(parent, node);
}

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

/* fox:destination may stand anywhere; it is no part of what it stands in. HERE is its element. */
static void take_destination(struct fo_parse *p, const struct fo_node *here)
{
    struct fo_document *doc = p->doc;
    struct fo_destination *to;
    struct fo_node *node;
    xmlChar *id = xmlGetNoNsProp(here->xml, BAD_CAST "internal-destination");

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

static void set_foreign(struct fo_parse *p, struct fo_node *node, xmlNode *xml)
{
    struct fo_facts facts = *node->facts;

    facts.foreign = xml;
    node->facts = share_facts(p, &facts);
}

static void parse_element(struct fo_parse *p, struct fo_node *parent, xmlNode *xml, struct diag *d)
{
    const char *name = (const char *)xml->name;
    struct fo_node here = { .line = (int)xmlGetLineNo(xml), .facts = &fo_no_facts, .xml = xml };
    const struct known_name *known;
    struct fo_node *node;
    enum fo_kind kind;

    if (is_destination(xml)) {
        take_destination(p, &here);
        return;
    }
    if (!xml->ns || strcmp((const char *)xml->ns->href, FO_NS)) {
        if (parent->kind == FO_INSTREAM_FOREIGN_OBJECT && !parent->facts->foreign)
            set_foreign(p, parent, xml);
        else if (parent->kind != FO_DECLARATIONS)
            fo_complain(d, p->doc, &here, p->lenient, FO_CONTENT, name, fo_kind_name(parent->kind));
        return;
    }
    known = name_of(p, xml->name);
    kind = known->kind;
    if (!kind || known->is_unsupported) {
        if (known->is_unsupported)
            fo_complain(d, p->doc, &here, p->lenient, FO_UNSUPPORTED_OBJECT, name);
        else
            fo_complain(d, p->doc, &here, p->lenient, FO_UNKNOWN_OBJECT, name);
        return;
    }
    if (!may_stand(model_in(parent), kind) ||
        (kind == FO_RETRIEVE_MARKER && !in_static(parent)) ||
        (kind == FO_FOOTNOTE && !in_flow(parent))) {
        char full[96];

        if (p->again && kind == FO_RETRIEVE_MARKER)
            return; /* which was said where the marker stands */
        snprintf(full, sizeof full, "fo:%s", name);
        fo_complain(d, p->doc, &here, p->lenient, FO_CONTENT, full, fo_kind_name(parent->kind));
        return;
    }
    if (kind == FO_MARKER && !clear_for_marker(parent))
        fo_complain(d, p->doc, &here, p->lenient, FO_MARKER_LATE, fo_kind_name(parent->kind));
    p->doc->has_markers |= kind == FO_MARKER;
    node = arena_alloc(&p->doc->arena, sizeof *node);
    node->kind = kind;
    node->line = here.line;
    node->facts = &fo_no_facts;
    node->xml = xml;
    append(parent, node);
    node->style = fo_refine(p->refine, node, xml, parent->style, d);
    fill(p, node, d);
    parse_children(p, node, xml, d);
}

static void parse_children(struct fo_parse *p, struct fo_node *node, const xmlNode *element,
                           struct diag *d)
{
    xmlNode *xml;

    if (++p->depth > MAX_DEPTH) {
        fo_report(d, p->doc, node, FO_TOO_DEEP, MAX_DEPTH);
        p->depth--;
        return;
    }
    for (xml = element->children; xml; xml = xml->next) {
        if (xml->type == XML_ELEMENT_NODE)
            parse_element(p, node, xml, d);
        else if (xml->type == XML_TEXT_NODE || xml->type == XML_CDATA_SECTION_NODE)
            parse_text(p, node, xml, d);
    }
    p->depth--;
}

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

static void find_title(struct fo_parse *p)
{
    struct fo_node *n, *sequence;
    char *text = NULL;

    for (n = p->doc->root->first; n && !text; n = n->next)
        if (n->kind == FO_DECLARATIONS)
            text = find_text(n->xml, DC_NS, "title", 0);
    for (sequence = p->doc->root->first; sequence && !text; sequence = sequence->next)
        for (n = sequence->first; n && !text && sequence->kind == FO_PAGE_SEQUENCE; n = n->next)
            if (n->kind == FO_TITLE)
                text = (char *)xmlNodeGetContent(n->xml);
    if (text)
        p->doc->title = trimmed(&p->doc->arena, text);
    if (p->doc->title && !*p->doc->title)
        p->doc->title = NULL;
    xmlFree(text);
}

static void check_references(struct fo_parse *p, struct diag *d)
{
    size_t i;

    for (i = 0; i < p->references_n; i++)
        if (!xmlHashLookup(p->ids, BAD_CAST p->references[i].id))
            fo_complain(d, p->doc, p->references[i].node, p->lenient, FO_UNKNOWN_ID,
                        p->references[i].id);
}

int fo_parse(xmlDoc *xml, const char *name, const char *base, int lenient,
             struct fo_document **out, struct diag *d)
{
    struct fo_document *doc = xcalloc(1, sizeof *doc);
    struct fo_parse *p = xcalloc(1, sizeof *p);
    xmlNode *root = xmlDocGetRootElement(xml);
    struct fo_node *node;
    long errors = d->errors + d->cannots;

    *out = NULL;
    arena_init(&doc->arena);
    doc->parse = p;
    doc->name = arena_strdup(&doc->arena, name ? name : xml->URL ? (const char *)xml->URL : "fo");
    doc->base = arena_strdup(&doc->arena, base ? base : "");
    p->doc = doc;
    p->lenient = lenient;
    p->ids = xmlHashCreate(64);
    p->refine = fo_refine_new(doc, lenient);
    node = doc->root = arena_alloc(&doc->arena, sizeof *node);
    node->kind = FO_ROOT;
    node->facts = &fo_no_facts;
    if (!root || !root->ns || strcmp((const char *)root->ns->href, FO_NS) ||
        strcmp((const char *)root->name, "root")) {
        node->line = root ? (int)xmlGetLineNo(root) : 0;
        fo_report(d, doc, node, FO_NOT_FO);
    } else {
        node->line = (int)xmlGetLineNo(root);
        node->xml = root;
        node->style = fo_refine(p->refine, node, root, NULL, d);
        fill(p, node, d);
        parse_children(p, node, root, d);
        doc->lang = node->facts->lang;
        find_title(p);
        check_references(p, d);
    }
    if (d->errors + d->cannots > errors) {
        fo_free(doc);
        return -1;
    }
    *out = doc;
    return 0;
}

int fo_parse_marker(struct fo_document *doc, const struct fo_node *marker, struct fo_node *retrieve,
                    struct diag *d)
{
    struct fo_parse *p = doc->parse;
    long errors = d->errors;

    p->again = 1;
    retrieve->first = retrieve->last = NULL;
    parse_children(p, retrieve, marker->xml, d);
    p->again = 0;
    return d->errors > errors ? -1 : 0;
}

void fo_free(struct fo_document *doc)
{
    if (!doc)
        return;
    fo_refine_free(doc->parse->refine);
    xmlHashFree(doc->parse->ids, NULL);
    free(doc->parse->references);
    free(doc->parse);
    arena_release(&doc->arena);
    free(doc);
}
