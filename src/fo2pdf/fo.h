/* The formatting object tree: what parse.c makes of XSL-FO and refine.c fills with property values.
 * Nodes live in the document's arena. Layout reads it; paint and tags read only what stands under
 * "for everyone". */
#ifndef FO_H
#define FO_H

#include <stddef.h>

#include "alloc.h"

/* A length in millipoints: 1/1000 of 1/72 inch. 72,000 is an inch; A4 is 595,276 by 841,890. */
typedef int mpt;

/* sRGB with alpha, 0xRRGGBBAA; alpha 0 is transparent (draw nothing). */
typedef unsigned int fo_color;
#define FO_TRANSPARENT 0u

/* The formatting objects, by their local names in the namespace http://www.w3.org/1999/XSL/Format. */
#define FO_KINDS(X) \
    X(ROOT, "root") X(LAYOUT_MASTER_SET, "layout-master-set") \
    X(SIMPLE_PAGE_MASTER, "simple-page-master") X(PAGE_SEQUENCE_MASTER, "page-sequence-master") \
    X(SINGLE_PAGE_MASTER_REFERENCE, "single-page-master-reference") \
    X(REPEATABLE_PAGE_MASTER_REFERENCE, "repeatable-page-master-reference") \
    X(REPEATABLE_PAGE_MASTER_ALTERNATIVES, "repeatable-page-master-alternatives") \
    X(CONDITIONAL_PAGE_MASTER_REFERENCE, "conditional-page-master-reference") \
    X(REGION_BODY, "region-body") X(REGION_BEFORE, "region-before") \
    X(REGION_AFTER, "region-after") X(REGION_START, "region-start") X(REGION_END, "region-end") \
    X(DECLARATIONS, "declarations") X(BOOKMARK_TREE, "bookmark-tree") X(BOOKMARK, "bookmark") \
    X(BOOKMARK_TITLE, "bookmark-title") X(PAGE_SEQUENCE, "page-sequence") X(TITLE, "title") \
    X(STATIC_CONTENT, "static-content") X(FLOW, "flow") X(BLOCK, "block") \
    X(BLOCK_CONTAINER, "block-container") X(INLINE, "inline") X(WRAPPER, "wrapper") \
    X(CHARACTER, "character") X(BIDI_OVERRIDE, "bidi-override") X(LEADER, "leader") \
    X(PAGE_NUMBER, "page-number") X(PAGE_NUMBER_CITATION, "page-number-citation") \
    X(PAGE_NUMBER_CITATION_LAST, "page-number-citation-last") X(BASIC_LINK, "basic-link") \
    X(EXTERNAL_GRAPHIC, "external-graphic") \
    X(INSTREAM_FOREIGN_OBJECT, "instream-foreign-object") X(TABLE, "table") \
    X(TABLE_COLUMN, "table-column") X(TABLE_HEADER, "table-header") \
    X(TABLE_FOOTER, "table-footer") X(TABLE_BODY, "table-body") X(TABLE_ROW, "table-row") \
    X(TABLE_CELL, "table-cell") X(TABLE_CAPTION, "table-caption") \
    X(TABLE_AND_CAPTION, "table-and-caption") X(LIST_BLOCK, "list-block") \
    X(LIST_ITEM, "list-item") X(LIST_ITEM_LABEL, "list-item-label") \
    X(LIST_ITEM_BODY, "list-item-body") X(FOOTNOTE, "footnote") \
    X(FOOTNOTE_BODY, "footnote-body") X(MARKER, "marker") X(RETRIEVE_MARKER, "retrieve-marker")

enum fo_kind {
    FO_TEXT = 1, /* character data; no object of XSL-FO */
#define X(id, name) FO_##id,
    FO_KINDS(X)
#undef X
};

struct fo_style; /* refined property values; style.h */
struct _xmlNode;
struct _xmlDoc;

struct prov_said; /* common/prov.h */

/* What few objects have; those that say none of it share fo_no_facts but for the language. */
struct fo_facts {
    const char *id;           /* NULL when it has none */
    const char *role;         /* the role property as given; NULL when it has none */
    const char *alt;          /* fox:alt-text; NULL when it has none */
    const char *lang;         /* xml:lang or language[-country], inherited, as a BCP 47 tag; or NULL */
    const char *src;          /* graphics: the address without url(); bookmarks and links below */
    const char *internal_destination, *external_destination;
    int columns_spanned, rows_spanned;  /* table-cell; 1 otherwise */
    struct _xmlNode *foreign; /* instream-foreign-object: the element inside, borrowed */
    struct _xmlNode *xml;     /* marker, page masters: the element, borrowed; else NULL */
    const struct prov_said *origin; /* where the caller has it from; NULL: as its parent */
};

extern const struct fo_facts fo_no_facts;

/* A large table has a million of these. */
struct fo_node {
    /* for everyone */
    enum fo_kind kind;
    int line;                 /* in the FO document */
    struct fo_node *parent, *first, *last, *next;
    const struct fo_facts *facts; /* never NULL */
    void *tag;                /* for tags.c alone; starts as NULL */

    /* for layout */
    const struct fo_style *style;
};

/* A node of kind FO_TEXT, which has no children: UTF-8, NUL-terminated. */
struct fo_text {
    struct fo_node node;
    size_t len;
    char text[];
};

static inline const char *fo_text(const struct fo_node *node)
{
    return ((const struct fo_text *)node)->text;
}

static inline size_t fo_text_len(const struct fo_node *node)
{
    return ((const struct fo_text *)node)->len;
}

/* A name that other documents may lead to: fox:destination. */
struct fo_destination {
    const char *id;
    long line;
    struct fo_destination *next;
};

struct fo_document {
    struct arena arena;
    struct fo_node *root;
    const char *title;        /* dc:title in fo:declarations' x:xmpmeta, else fo:title; or NULL */
    const char *lang;         /* of fo:root; or NULL */
    const char *base;         /* folder that relative addresses count from; "" for the working folder */
    const char *name;         /* the document's name in messages */
    int has_markers;
    struct fo_destination *first_destination, *last_destination;
    struct _xmlDoc *xml;      /* what is kept of a document that was read piece by piece; or NULL */
    struct fo_parse *parse;   /* for retrieve-marker, whose content is refined when it is set */
};

#endif
