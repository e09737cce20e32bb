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

const struct tag_type *tag_type(const struct tag_element *e)
{
    return &types[e->kid.type];
}

int tag_is(const struct tag_element *e, const char *type)
{
    return !strcmp(types[e->kid.type].name, type);
}

void tag_become(struct tag_element *e, const char *type)
{
    e->kid.type = (unsigned char)(type_named(type) - types);
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

    e->kid.type = (unsigned char)(type - types);
    e->fo = fo;
    return e;
}

static void add_kid(struct tag_element *parent, struct tag_kid *kid)
{
    kid->parent = parent;
    if (parent->last)
        parent->last->next = kid;
    else
        parent->first = kid;
    parent->last = kid;
}

void tag_element_add(struct tag_element *parent, struct tag_element *element)
{
    add_kid(parent, &element->kid);
}

const char *tag_lang(const struct tag_element *e)
{
    for (; e; e = e->kid.parent)
        if (e->fo && e->fo->facts->lang && !(e->kid.flags & TAG_FURNITURE))
            return e->fo->facts->lang;
    return NULL;
}

/* The paragraph that what comes next in GROUP goes into, when it is no block itself. */
static struct tag_element *paragraph_in(struct tags *t, struct tag_element *group)
{
    struct tag_element *last = tag_element_of(group->last);

    if (!last || !(last->kid.flags & TAG_ANONYMOUS)) {
        last = tag_element_new(t, type_named("P"), NULL);
        last->kid.flags = TAG_ANONYMOUS;
        tag_element_add(group, last);
    }
    return last;
}

/* What comes next in GROUP is no more of the paragraph before. */
static void end_paragraph(struct tag_element *group)
{
    struct tag_element *last = tag_element_of(group->last);

    if (last)
        last->kid.flags &= (unsigned char)~TAG_ANONYMOUS;
}

/* Where content of ELEMENT that comes next in the document goes. Text that stands directly in a
 * group gets a paragraph around it. */
static struct tag_slot *slot_of(struct tags *t, struct tag_element *element)
{
    struct tag_slot *slot;

    if (tag_type(element)->class == TAG_GROUP)
        element = paragraph_in(t, element);
    slot = tag_slot_of(element->last);
    if (slot)
        return slot;
    slot = arena_alloc(&t->arena, sizeof *slot);
    slot->kid.kind = TAG_TEXT;
    add_kid(element, &slot->kid);
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
    int in_lang = same_lang(node->facts->lang, tag_lang(e)), class = tag_type(e)->class;

    if (class == TAG_BLOCK || class == TAG_INLINE)
        return in_lang ? NULL : "Span";
    if (holds_blocks(node) || !holds_words(node))
        return NULL;
    if (class == TAG_CELL && in_lang && only_block_of(node))
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
        return same_lang(node->facts->lang, tag_lang(c->element)) || holds_blocks(node) ? NULL : "Span";
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
    const struct tag_type *outer = tag_type(parent);

    if ((type->parents && !listed(type->parents, outer->name))
        || (outer->kids && !listed(outer->kids, type->name)))
        tags_fault(t, node, FO_NESTING, type->name, outer->name);
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
            tag_element_add(c->element, in_row.element);
        }
        open = !(s && s->ends_row == FO_KW_TRUE);
        walk(t, kid, in_row);
    }
}

static void walk_kids(struct tags *t, struct fo_node *node, const struct context *c)
{
    if (c->table && listed(" THead TBody TFoot ", tag_type(c->element)->name)) {
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
    e->kid.flags = TAG_FURNITURE;
    node->tag = slot_of(t, e);
}

static struct tag_element *begin_element(struct tags *t, struct fo_node *node,
                                         const struct tag_type *type, const struct context *c)
{
    struct tag_element *e = tag_element_new(t, type, node), *parent = c->element;

    check_nesting(t, node, type, c->element);
    if (type->class == TAG_INLINE && tag_type(parent)->class == TAG_GROUP && strcmp(type->name, "Figure")
        && strcmp(type->name, "Formula"))
        parent = paragraph_in(t, parent);
    tag_element_add(parent, e);
    if (!strcmp(type->name, "TH"))
        e->kid.flags |= c->head ? TAG_HEADS_COLUMN : TAG_HEADS_ROW;
    if ((!strcmp(type->name, "Figure") || !strcmp(type->name, "Formula"))
        && !(node->facts->alt && *node->facts->alt))
        tags_fault(t, node, FO_NO_ALT);
    return e;
}

static void walk(struct tags *t, struct fo_node *node, struct context c)
{
    const struct tag_type *type;
    enum tag_class class;

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
            c.table = tag_is(c.element, "Table");
        else if (node->kind == FO_TABLE_CELL)
            c.table = 0;
        if (node->kind == FO_LIST_BLOCK)
            c.list = tag_is(c.element, "L");
    }
    class = tag_type(c.element)->class;
    if (node->kind != FO_ROOT && class != TAG_PART
        && !(node->kind == FO_TEXT && is_blank(node) && class == TAG_GROUP))
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
        struct tag_element *cell = tag_element_of(kid);
        int columns = 1, rows = 1;

        if (!cell)
            continue;
        if (cell->fo && cell->fo->kind == FO_TABLE_CELL) {
            columns = bounded(cell->fo->facts->columns_spanned);
            rows = bounded(cell->fo->facts->rows_spanned);
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
        struct tag_element *row = tag_element_of(kid);
        int columns;

        if (!row)
            continue;
        if (!tag_is(row, "TR")) {
            if (listed(" THead TBody TFoot ", tag_type(row)->name))
                each_row(t, row, g, widest, pad);
            continue;
        }
        columns = row_columns(row, g, 1);
        if (columns > *widest)
            *widest = columns;
        if (pad)
            for (; columns < *widest; columns++)
                tag_element_add(row, tag_element_new(t, type_named("TD"), NULL));
        for (int i = 0; i < g->columns; i++)
            if (g->covered[i])
                g->covered[i]--;
    }
}

/* The most columns that TABLE can have, for the grid. */
static int columns_bound(const struct tag_element *part)
{
    int most = 0;

    for (struct tag_kid *kid = part->first; kid; kid = kid->next) {
        struct tag_element *row = tag_element_of(kid);
        int n = 0;

        if (!row)
            continue;
        if (tag_is(row, "TR")) {
            for (struct tag_kid *at = row->first; at; at = at->next) {
                struct tag_element *cell = tag_element_of(at);

                if (cell && cell->fo && n < 100000)
                    n += bounded(cell->fo->facts->columns_spanned);
            }
        } else {
            n = columns_bound(row);
        }
        most = n > most ? n : most;
    }
    return most;
}

static void even_rows(struct tags *t, struct tag_element *e)
{
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (tag_element_of(kid))
            even_rows(t, tag_element_of(kid));
    if (tag_is(e, "Table")) {
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
    for (int i = 0; i < t->pages_n; i++)
        free(t->pages[i].elements);
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

static void add_mark(struct tags *t, struct tag_slot *slot, struct tag_mark mark)
{
    size_t n = (size_t)slot->kid.number++;

    if (!n) {
        slot->marks.one = mark;
        return;
    }
    if (!(n & (n - 1))) {
        struct tag_mark *many = arena_alloc(&t->arena, 2 * n * sizeof *many);

        memcpy(many, n > 1 ? slot->marks.many : &slot->marks.one, n * sizeof *many);
        slot->marks.many = many;
    }
    slot->marks.many[n] = mark;
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
    snprintf(begin, sizeof begin, "/%s <</MCID %d>> BDC", tag_type(slot->kid.parent)->name,
             page->elements_n);
    open_mark(t, c, slot, begin);
    add_mark(t, slot, (struct tag_mark){ t->pages_n - 1, page->elements_n });
    ALLOC_GROW(page->elements, page->elements_n, page->elements_cap);
    page->elements[page->elements_n++] = slot->kid.parent;
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
    struct tag_element *e = slot ? slot->kid.parent : NULL;

    while (e && e->fo != fo)
        e = e->kid.parent;
    return e && (!type || tag_is(e, type)) ? e : NULL;
}

void tags_figure(struct tags *t, const struct fo_node *fo, const struct tags_box *box)
{
    struct tag_element *e = element_of(fo, NULL);
    struct tag_place *place;
    int page = t->pages_n - 1;

    if (!e)
        return;
    place = tag_box_of(e);
    if (!place) {
        place = arena_alloc(&t->arena, sizeof *place);
        place->kid = (struct tag_kid){ .parent = e, .next = e->first, .kind = TAG_BOX };
        place->page = -1;
        e->first = &place->kid;
        if (!e->last)
            e->last = e->first;
    }
    if (place->page != page) {
        place->page = page;
        place->box = *box;
        return;
    }
    place->box.x0 = fmin(place->box.x0, box->x0);
    place->box.y0 = fmin(place->box.y0, box->y0);
    place->box.x1 = fmax(place->box.x1, box->x1);
    place->box.y1 = fmax(place->box.y1, box->y1);
}

void tags_link(struct tags *t, const struct fo_node *fo, const struct tags_box *box)
{
    struct tag_element *e = element_of(fo, "Link");
    struct tag_place *link;

    if (!e || !(box->x1 > box->x0) || !(box->y1 > box->y0))
        return;
    link = arena_alloc(&t->arena, sizeof *link);
    link->page = t->pages_n - 1;
    link->box = *box;
    link->kid.kind = TAG_LINK;
    add_kid(e, &link->kid);
}
