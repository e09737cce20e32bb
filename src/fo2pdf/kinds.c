#include "kinds.h"

#include <string.h>

static const char *const kind_names[] = {
    "", "text",
#define X(id, name) name,
    FO_KINDS(X)
#undef X
};

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

int kinds_may_stand(const struct fo_node *parent, enum fo_kind child)
{
    const struct model *m = model_in(parent);
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

enum fo_kind kinds_find(const char *name)
{
    int i;

    for (i = 2; i < KINDS_N; i++)
        if (!strcmp(kind_names[i], name))
            return (enum fo_kind)i;
    return (enum fo_kind)0;
}

int kinds_is_refused(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof unsupported / sizeof *unsupported; i++)
        if (!strcmp(unsupported[i], name))
            return 1;
    return 0;
}
