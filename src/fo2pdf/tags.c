/* Making the structure tree from formatting objects, and noting what is painted for it. */
#include "tags.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "messages.h"
#include "parse.h"
#include "property.h"
#include "style.h"
#include "tags_tree.h"

/* ---- types --------------------------------------------------------------------------------- */

static const struct tag_type types[] = {
    { "Document", TAG_GROUP, NULL, NULL }, { "Part", TAG_GROUP, NULL, NULL },
    { "Art", TAG_GROUP, NULL, NULL }, { "Sect", TAG_GROUP, NULL, NULL },
    { "Div", TAG_GROUP, NULL, NULL }, { "BlockQuote", TAG_GROUP, NULL, NULL },
    { "Caption", TAG_CELL, NULL, NULL }, { "NonStruct", TAG_GROUP, NULL, NULL },
    { "Private", TAG_GROUP, NULL, NULL }, { "Index", TAG_GROUP, NULL, NULL },
    { "TOC", TAG_PART, NULL, " TOC TOCI Caption " },
    { "TOCI", TAG_CELL, " TOC ", NULL },
    { "P", TAG_BLOCK, NULL, NULL }, { "H", TAG_BLOCK, NULL, NULL },
    { "H1", TAG_BLOCK, NULL, NULL }, { "H2", TAG_BLOCK, NULL, NULL },
    { "H3", TAG_BLOCK, NULL, NULL }, { "H4", TAG_BLOCK, NULL, NULL },
    { "H5", TAG_BLOCK, NULL, NULL }, { "H6", TAG_BLOCK, NULL, NULL },
    { "L", TAG_PART, NULL, " L LI Caption " },
    { "LI", TAG_PART, " L ", " Lbl LBody " },
    { "Lbl", TAG_CELL, " LI ", NULL }, { "LBody", TAG_CELL, " LI ", NULL },
    { "Table", TAG_PART, NULL, " TR THead TBody TFoot Caption " },
    { "THead", TAG_PART, " Table ", " TR " }, { "TBody", TAG_PART, " Table ", " TR " },
    { "TFoot", TAG_PART, " Table ", " TR " },
    { "TR", TAG_PART, " Table THead TBody TFoot ", " TH TD " },
    { "TH", TAG_CELL, " TR ", NULL }, { "TD", TAG_CELL, " TR ", NULL },
    { "Span", TAG_INLINE, NULL, NULL }, { "Quote", TAG_INLINE, NULL, NULL },
    { "Note", TAG_CELL, NULL, NULL }, { "Reference", TAG_INLINE, NULL, NULL },
    { "BibEntry", TAG_INLINE, NULL, NULL }, { "Code", TAG_INLINE, NULL, NULL },
    { "Link", TAG_INLINE, NULL, NULL }, { "Figure", TAG_INLINE, NULL, NULL },
    { "Formula", TAG_INLINE, NULL, NULL },
};

const struct tag_type *tag_type_find(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strlen(types[i].name) == n && !memcmp(types[i].name, name, n))
            return &types[i];
    return NULL;
}

static const struct tag_type *type_named(const char *name)
{
    return tag_type_find(name, strlen(name));
}

static int type_is(const struct tag_element *e, const char *name)
{
    return !strcmp(e->type->name, name);
}

static int listed(const char *list, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = list; (at = strstr(at, name)); at += n)
        if (at > list && at[-1] == ' ' && at[n] == ' ')
            return 1;
    return 0;
}

void tags_fault(struct tags *t, const struct fo_node *node, const char *id, enum diag_level level,
                const char *format, ...)
{
    struct diag_place place = { .file = t->fo->name, .line = node ? node->line : 0 };
    va_list ap;

    if (level == DIAG_ERROR && t->lenient)
        level = DIAG_WARNING;
    va_start(ap, format);
    diag_vat(t->d, &place, id, level, format, ap);
    va_end(ap);
}

/* ---- elements ------------------------------------------------------------------------------ */

struct tag_element *tag_element_new(struct tags *t, const struct tag_type *type,
                                    const struct fo_node *fo)
{
    struct tag_element *e = arena_alloc(&t->arena, sizeof *e);

    e->type = type;
    e->fo = fo;
    e->figure_page = -1;
    return e;
}

static struct tag_kid *add_kid(struct tags *t, struct tag_element *parent)
{
    struct tag_kid *kid = arena_alloc(&t->arena, sizeof *kid);

    if (parent->last)
        parent->last->next = kid;
    else
        parent->first = kid;
    parent->last = kid;
    return kid;
}

void tag_element_add(struct tags *t, struct tag_element *parent, struct tag_element *element)
{
    element->parent = parent;
    add_kid(t, parent)->element = element;
    if (!element->lang)
        element->lang = parent->lang;
}

/* The paragraph that what comes next in GROUP goes into, when it is no block itself. */
static struct tag_element *paragraph_in(struct tags *t, struct tag_element *group)
{
    struct tag_element *last = group->last ? group->last->element : NULL;

    if (!last || !last->anonymous) {
        last = tag_element_new(t, type_named("P"), NULL);
        last->anonymous = 1;
        tag_element_add(t, group, last);
    }
    return last;
}

/* What comes next in GROUP is no more of the paragraph before. */
static void end_paragraph(struct tag_element *group)
{
    if (group->last && group->last->element)
        group->last->element->anonymous = 0;
}

/* Where content of ELEMENT that comes next in the document goes. Text that stands directly in a
 * group gets a paragraph around it. */
static struct tag_slot *slot_of(struct tags *t, struct tag_element *element)
{
    struct tag_slot *slot;

    if (element->type->class == TAG_GROUP)
        element = paragraph_in(t, element);
    if (element->last && element->last->slot)
        return element->last->slot;
    slot = arena_alloc(&t->arena, sizeof *slot);
    slot->element = element;
    add_kid(t, element)->slot = slot;
    ALLOC_GROW(t->slots, t->slots_n, t->slots_cap);
    t->slots[t->slots_n++] = slot;
    return slot;
}

/* ---- from formatting objects to elements --------------------------------------------------- */

struct context {
    struct tag_element *element; /* the nearest one */
    int table, list;             /* inside a table (list) that is a Table (L) */
    int head;                    /* inside a table-header */
    int artifact;
};

static int is_block_level(enum fo_kind kind)
{
    return kind == FO_BLOCK || kind == FO_BLOCK_CONTAINER || kind == FO_TABLE
        || kind == FO_TABLE_AND_CAPTION || kind == FO_LIST_BLOCK;
}

static int is_graphic(const struct fo_node *node)
{
    return node->kind == FO_EXTERNAL_GRAPHIC || node->kind == FO_INSTREAM_FOREIGN_OBJECT;
}

static int is_artifact(const struct fo_node *node)
{
    return node->facts->role && !strcasecmp(node->facts->role, "artifact");
}

static int is_blank(const struct fo_node *node)
{
    return strspn(fo_text(node), " \t\r\n") == fo_text_len(node);
}

static int holds_blocks(const struct fo_node *node)
{
    for (const struct fo_node *kid = node->first; kid; kid = kid->next) {
        if (is_block_level(kid->kind))
            return 1;
        if ((kid->kind == FO_WRAPPER || kid->kind == FO_INLINE || kid->kind == FO_BASIC_LINK)
            && holds_blocks(kid))
            return 1;
    }
    return 0;
}

/* True when NODE holds, at whatever depth, something else than graphics to be read. */
static int holds_words(const struct fo_node *node)
{
    for (const struct fo_node *kid = node->first; kid; kid = kid->next) {
        if (kid->kind == FO_TEXT ? !is_blank(kid)
                                 : !is_graphic(kid) && (!kid->first ? kid->kind != FO_LEADER
                                                                    : holds_words(kid)))
            return 1;
    }
    return 0;
}

static int same_lang(const char *a, const char *b)
{
    return a == b || !a || (b && !strcmp(a, b));
}

static int only_block_of(const struct fo_node *node)
{
    for (const struct fo_node *n = node->parent->first; n; n = n->next)
        if (n != node && !(n->kind == FO_TEXT && is_blank(n)))
            return 0;
    return 1;
}

/* A block is a paragraph when it holds words itself and does not stand in one already; in a cell or
 * list body that has no other block the cell itself will do. */
static const char *block_type(const struct fo_node *node, const struct context *c)
{
    const struct tag_element *e = c->element;
    int in_lang = same_lang(node->facts->lang, e->lang);

    if (e->type->class == TAG_BLOCK || e->type->class == TAG_INLINE)
        return in_lang ? NULL : "Span";
    if (holds_blocks(node) || !holds_words(node))
        return NULL;
    if (e->type->class == TAG_CELL && in_lang && only_block_of(node))
        return NULL;
    return "P";
}

/* The structure type that NODE has without a role; NULL: none, its content is its parent's. */
static const char *default_type(const struct fo_node *node, const struct context *c)
{
    switch (node->kind) {
    case FO_BLOCK:
        return block_type(node, c);
    case FO_INLINE:
        if (node->parent->kind == FO_FOOTNOTE)
            return "Reference";
        /* fall through */
    case FO_WRAPPER:
    case FO_BIDI_OVERRIDE:
        return same_lang(node->facts->lang, c->element->lang) || holds_blocks(node) ? NULL : "Span";
    case FO_TABLE:
        return "Table";
    case FO_TABLE_HEADER:
        return c->table ? "THead" : NULL;
    case FO_TABLE_FOOTER:
        return c->table ? "TFoot" : NULL;
    case FO_TABLE_BODY:
        return c->table ? "TBody" : NULL;
    case FO_TABLE_ROW:
        return c->table ? "TR" : NULL;
    case FO_TABLE_CELL:
        return !c->table ? NULL : c->head ? "TH" : "TD";
    case FO_LIST_BLOCK:
        return "L";
    case FO_LIST_ITEM:
        return c->list ? "LI" : NULL;
    case FO_LIST_ITEM_LABEL:
        return c->list ? "Lbl" : NULL;
    case FO_LIST_ITEM_BODY:
        return c->list ? "LBody" : NULL;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        return "Figure";
    case FO_BASIC_LINK:
        return "Link";
    case FO_FOOTNOTE_BODY:
        return "Note";
    default:
        return NULL;
    }
}

static const struct tag_type *type_of(struct tags *t, const struct fo_node *node,
                                      const struct context *c)
{
    const char *name = default_type(node, c);

    if (node->facts->role && *node->facts->role) {
        const struct tag_type *type = type_named(node->facts->role);

        if (type)
            return type;
        tags_fault(t, node, FO_ROLE, node->facts->role);
    }
    return name ? type_named(name) : NULL;
}

static void check_nesting(struct tags *t, const struct fo_node *node, const struct tag_type *type,
                          const struct tag_element *parent)
{
    if ((type->parents && !listed(type->parents, parent->type->name))
        || (parent->type->kids && !listed(parent->type->kids, type->name)))
        tags_fault(t, node, FO_NESTING, type->name, parent->type->name);
    if (type->name[0] == 'H' && type->name[1]) {
        int level = type->name[1] - '0';

        if (level > t->heading + 1) {
            static const char *const names[] = { "nothing", "H1", "H2", "H3", "H4", "H5", "H6" };

            tags_fault(t, node, FO_HEADING, type->name, names[t->heading]);
        }
        t->heading = level;
    }
}

static void walk(struct tags *t, struct fo_node *node, struct context c);

/* Cells that stand in a table's body themselves are put into rows where starts-row and ends-row say
 * (6.7.10). */
static void walk_loose_cells(struct tags *t, struct fo_node *part, const struct context *c)
{
    struct context in_row = *c;
    int open = 0;

    for (struct fo_node *kid = part->first; kid; kid = kid->next) {
        const struct style_table *s = kid->style ? kid->style->table : NULL;

        if (kid->kind != FO_TABLE_CELL) {
            open = 0;
            walk(t, kid, *c);
            continue;
        }
        if (!open || (s && s->starts_row == FO_KW_TRUE)) {
            in_row.element = tag_element_new(t, type_named("TR"), NULL);
            tag_element_add(t, c->element, in_row.element);
        }
        open = !(s && s->ends_row == FO_KW_TRUE);
        walk(t, kid, in_row);
    }
}

static void walk_kids(struct tags *t, struct fo_node *node, const struct context *c)
{
    if (c->table && listed(" THead TBody TFoot ", c->element->type->name)) {
        walk_loose_cells(t, node, c);
        return;
    }
    /* footers stand before the bodies in XSL-FO and are read after them */
    for (struct fo_node *kid = node->first; kid; kid = kid->next)
        if (kid->kind != FO_TABLE_FOOTER)
            walk(t, kid, *c);
    for (struct fo_node *kid = node->first; kid; kid = kid->next)
        if (kid->kind == FO_TABLE_FOOTER)
            walk(t, kid, *c);
}

/* A link in page furniture keeps an element of its own: an annotation must have one. */
static void keep_link(struct tags *t, struct fo_node *node)
{
    struct tag_element *e = tag_element_new(t, type_named("Link"), node);

    ALLOC_GROW(t->links, t->links_n, t->links_cap);
    t->links[t->links_n++] = e;
    node->tag = slot_of(t, e);
}

static struct tag_element *begin_element(struct tags *t, struct fo_node *node,
                                         const struct tag_type *type, const struct context *c)
{
    struct tag_element *e = tag_element_new(t, type, node), *parent = c->element;

    check_nesting(t, node, type, c->element);
    e->lang = node->facts->lang;
    if (type->class == TAG_INLINE && parent->type->class == TAG_GROUP && strcmp(type->name, "Figure")
        && strcmp(type->name, "Formula"))
        parent = paragraph_in(t, parent);
    tag_element_add(t, parent, e);
    if (!strcmp(type->name, "TH"))
        e->scope = c->head ? "Column" : "Row";
    if ((!strcmp(type->name, "Figure") || !strcmp(type->name, "Formula"))
        && !(node->facts->alt && *node->facts->alt))
        tags_fault(t, node, FO_NO_ALT);
    return e;
}

static void walk(struct tags *t, struct fo_node *node, struct context c)
{
    const struct tag_type *type;

    switch (node->kind) {
    case FO_STATIC_CONTENT:
    case FO_MARKER:
    case FO_RETRIEVE_MARKER:
        c.artifact = 1;
        break;
    case FO_LAYOUT_MASTER_SET:
    case FO_DECLARATIONS:
    case FO_BOOKMARK_TREE:
    case FO_TITLE:
    case FO_TABLE_COLUMN:
    case FO_LEADER:
        return;
    default:
        break;
    }
    if (c.artifact || is_artifact(node)) {
        c.artifact = 1;
        if (node->kind == FO_BASIC_LINK)
            keep_link(t, node);
        walk_kids(t, node, &c);
        return;
    }
    if (node->kind == FO_TABLE_HEADER)
        c.head = 1;
    else if (node->kind == FO_TABLE_BODY || node->kind == FO_TABLE_FOOTER)
        c.head = 0;
    type = type_of(t, node, &c);
    if (type) {
        c.element = begin_element(t, node, type, &c);
        if (node->kind == FO_TABLE)
            c.table = type_is(c.element, "Table");
        else if (node->kind == FO_TABLE_CELL)
            c.table = 0;
        if (node->kind == FO_LIST_BLOCK)
            c.list = type_is(c.element, "L");
    }
    if (node->kind != FO_ROOT && c.element->type->class != TAG_PART
        && !(node->kind == FO_TEXT && is_blank(node) && c.element->type->class == TAG_GROUP))
        node->tag = slot_of(t, c.element);
    if (!type && fo_is_block_level(node->kind))
        end_paragraph(c.element);
    walk_kids(t, node, &c);
    if (!type && fo_is_block_level(node->kind))
        end_paragraph(c.element);
}

/* ---- tables -------------------------------------------------------------------------------- */

/* Rows must reach over the same number of columns (ISO 14289-1, 7.5); rows that end early get
 * empty cells. COVERED counts, for each column, the rows that a cell above still reaches over. */
struct grid {
    int *covered;
    int columns;
};

/* A span as given, within what a table can have (layout refuses more). */
static int bounded(int span)
{
    return span < 1 ? 1 : span > 1000 ? 1000 : span;
}

static int row_columns(struct tag_element *row, struct grid *g, int add)
{
    int at = 0;

    for (struct tag_kid *kid = row->first; kid; kid = kid->next) {
        int columns = 1, rows = 1;

        if (!kid->element)
            continue;
        if (kid->element->fo && kid->element->fo->kind == FO_TABLE_CELL) {
            columns = bounded(kid->element->fo->facts->columns_spanned);
            rows = bounded(kid->element->fo->facts->rows_spanned);
        }
        while (at < g->columns && g->covered[at])
            at++;
        for (int i = 0; i < columns; i++, at++)
            if (add && at < g->columns)
                g->covered[at] = rows;
    }
    while (at < g->columns && g->covered[at])
        at++;
    return at;
}

static void each_row(struct tags *t, struct tag_element *part, struct grid *g, int *widest, int pad)
{
    for (struct tag_kid *kid = part->first; kid; kid = kid->next) {
        struct tag_element *row = kid->element;
        int columns;

        if (!row)
            continue;
        if (!type_is(row, "TR")) {
            if (listed(" THead TBody TFoot ", row->type->name))
                each_row(t, row, g, widest, pad);
            continue;
        }
        columns = row_columns(row, g, 1);
        if (columns > *widest)
            *widest = columns;
        if (pad)
            for (; columns < *widest; columns++)
                tag_element_add(t, row, tag_element_new(t, type_named("TD"), NULL));
        for (int i = 0; i < g->columns; i++)
            if (g->covered[i])
                g->covered[i]--;
    }
}

/* The most columns that TABLE can have, for the grid. */
static int columns_bound(const struct tag_element *part)
{
    int most = 0;

    for (const struct tag_kid *kid = part->first; kid; kid = kid->next) {
        int n = 0;

        if (!kid->element)
            continue;
        if (type_is(kid->element, "TR")) {
            for (const struct tag_kid *cell = kid->element->first; cell; cell = cell->next)
                if (cell->element && cell->element->fo && n < 100000)
                    n += bounded(cell->element->fo->facts->columns_spanned);
        } else {
            n = columns_bound(kid->element);
        }
        most = n > most ? n : most;
    }
    return most;
}

static void even_rows(struct tags *t, struct tag_element *e)
{
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (kid->element)
            even_rows(t, kid->element);
    if (type_is(e, "Table")) {
        /* cells pushed aside by spans from above can reach past the widest row's own sum */
        struct grid g = { NULL, columns_bound(e) * 2 };
        int widest = 0;

        if (g.columns < 1 || g.columns > 100000)
            return;
        g.covered = xcalloc((size_t)g.columns, sizeof *g.covered);
        each_row(t, e, &g, &widest, 0);
        memset(g.covered, 0, (size_t)g.columns * sizeof *g.covered);
        each_row(t, e, &g, &widest, 1);
        free(g.covered);
    }
}

/* ---- life ---------------------------------------------------------------------------------- */

struct tags *tags_new(struct fo_document *fo, int lenient, struct diag *d)
{
    struct tags *t = xcalloc(1, sizeof *t);
    struct context c = { 0 };

    arena_init(&t->arena);
    t->fo = fo;
    t->lenient = lenient;
    t->d = d;
    if (!fo->title || !*fo->title)
        tags_fault(t, fo->root, FO_NO_TITLE);
    if (!fo->lang || !*fo->lang)
        tags_fault(t, fo->root, FO_NO_LANG);
    t->document = tag_element_new(t, type_named("Document"), fo->root);
    t->document->lang = fo->lang;
    c.element = t->document;
    if (fo->root)
        walk_kids(t, fo->root, &c);
    even_rows(t, t->document);
    return t;
}

void tags_free(struct tags *t)
{
    if (!t)
        return;
    for (int i = 0; i < t->slots_n; i++)
        free(t->slots[i]->marks);
    for (int i = 0; i < t->pages_n; i++)
        free(t->pages[i].elements);
    free(t->slots);
    free(t->links);
    free(t->pages);
    arena_release(&t->arena);
    free(t);
}

/* ---- painting ------------------------------------------------------------------------------ */

void tags_page_begin(struct tags *t, const struct area_page *page)
{
    (void)page;
    ALLOC_GROW(t->pages, t->pages_n, t->pages_cap);
    memset(&t->pages[t->pages_n], 0, sizeof t->pages[0]);
    t->pages_n++;
}

void tags_close(struct tags *t, struct canvas *c)
{
    if (t->open)
        c->ops->unmark(c);
    t->open = NULL;
}

void tags_page_end(struct tags *t, struct canvas *c)
{
    tags_close(t, c);
}

static void open_mark(struct tags *t, struct canvas *c, const void *key, const char *begin)
{
    tags_close(t, c);
    c->ops->mark(c, begin);
    t->open = key;
}

void tags_content(struct tags *t, struct canvas *c, const struct fo_node *fo)
{
    struct tag_page *page = &t->pages[t->pages_n - 1];
    struct tag_slot *slot = fo->tag;
    char begin[64];

    if (t->in_furniture || !slot) {
        tags_artifact(t, c);
        return;
    }
    if (t->open == slot)
        return;
    snprintf(begin, sizeof begin, "/%s <</MCID %d>> BDC", slot->element->type->name,
             page->elements_n);
    open_mark(t, c, slot, begin);
    ALLOC_GROW(slot->marks, slot->marks_n, slot->marks_cap);
    slot->marks[slot->marks_n++] = (struct tag_mark){ t->pages_n - 1, page->elements_n };
    ALLOC_GROW(page->elements, page->elements_n, page->elements_cap);
    page->elements[page->elements_n++] = slot->element;
}

static const char *furniture_mark(enum tags_furniture kind)
{
    switch (kind) {
    case TAGS_HEADER:
        return "/Artifact <</Type/Pagination/Subtype/Header>> BDC";
    case TAGS_FOOTER:
        return "/Artifact <</Type/Pagination/Subtype/Footer>> BDC";
    case TAGS_SIDE:
        break;
    }
    return "/Artifact <</Type/Pagination>> BDC";
}

void tags_artifact(struct tags *t, struct canvas *c)
{
    if (t->open != t)
        open_mark(t, c, t, t->in_furniture ? furniture_mark(t->furniture) : "/Artifact BMC");
}

void tags_furniture_begin(struct tags *t, struct canvas *c, enum tags_furniture kind)
{
    tags_close(t, c);
    t->in_furniture = 1;
    t->furniture = kind;
}

void tags_furniture_end(struct tags *t, struct canvas *c)
{
    tags_close(t, c);
    t->in_furniture = 0;
}

static struct tag_element *element_of(const struct fo_node *fo, const char *type)
{
    struct tag_slot *slot = fo->tag;
    struct tag_element *e = slot ? slot->element : NULL;

    while (e && e->fo != fo)
        e = e->parent;
    return e && (!type || type_is(e, type)) ? e : NULL;
}

void tags_figure(struct tags *t, const struct fo_node *fo, const struct tags_box *box)
{
    struct tag_element *e = element_of(fo, NULL);
    int page = t->pages_n - 1;

    if (!e)
        return;
    if (e->figure_page != page) {
        e->figure_page = page;
        e->figure_box = *box;
        return;
    }
    e->figure_box.x0 = fmin(e->figure_box.x0, box->x0);
    e->figure_box.y0 = fmin(e->figure_box.y0, box->y0);
    e->figure_box.x1 = fmax(e->figure_box.x1, box->x1);
    e->figure_box.y1 = fmax(e->figure_box.y1, box->y1);
}

void tags_link(struct tags *t, const struct fo_node *fo, const struct tags_box *box)
{
    struct tag_element *e = element_of(fo, "Link");
    struct tag_link_box *link;

    if (!e || !(box->x1 > box->x0) || !(box->y1 > box->y0))
        return;
    link = arena_alloc(&t->arena, sizeof *link);
    link->page = t->pages_n - 1;
    link->box = *box;
    if (e->last_link)
        e->last_link->next = link;
    else
        e->first_link = link;
    e->last_link = link;
}
