/* Blocks, regions, pages. */
#include "areaxml.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "alloc.h"
#include "areaxml_parts.h"
#include "layout.h"
#include "masters.h"
#include "parse.h"
#include "style.h"

static int has_indents(const struct area *a)
{
    switch (a->fo ? a->fo->kind : FO_TEXT) {
    case FO_BLOCK: case FO_BLOCK_CONTAINER: case FO_TABLE: case FO_LIST_BLOCK: case FO_LIST_ITEM:
        return 1;
    default:
        return 0;
    }
}

/* 5.3.2: indents, and the margins that go with them. LEFT: the content's, in its reference area. */
static void indents(struct areaxml *w, const struct area *a, mpt left)
{
    mpt start = left, end = fo_length_of(&a->fo->style->flow->end_indent, w->width, 0);
    mpt space_start, space_end;
    int rtl = a->fo->style->flow->writing_mode == FO_KW_RL_TB;

    if (rtl)
        start = fo_length_of(&a->fo->style->flow->start_indent, w->width, 0);
    if (!a->width && start + end > w->width) /* 5.3.4: overconstrained, the end gives way */
        end = w->width - start;
    space_start = start - areaxml_edge(a, rtl ? AREA_RIGHT : AREA_LEFT);
    space_end = end - areaxml_edge(a, rtl ? AREA_LEFT : AREA_RIGHT);
    if (start)
        areaxml_number(w, "start-indent", start);
    if (end)
        areaxml_number(w, "end-indent", end);
    if (space_start)
        areaxml_number(w, "space-start", space_start);
    if (space_end)
        areaxml_number(w, "space-end", space_end);
}

/* AREA's children, whose reference area AREA is. */
static void inside(struct areaxml *w, const struct area *a)
{
    int turned = a->rotation == 90 || a->rotation == 270;
    mpt left = w->left, width = w->width;

    w->left = 0;
    w->width = turned ? a->height : a->width;
    areaxml_areas(w, a->first);
    w->left = left;
    w->width = width;
}

static int is_positioned(const struct area *a)
{
    return a->fo && a->fo->kind == FO_BLOCK_CONTAINER &&
           a->fo->style->size->absolute_position != FO_KW_AUTO;
}

/* How far down the content of AREA comes. */
static mpt content_height(const struct area *a)
{
    const struct area *c;
    mpt height = 0;

    for (c = a->first; c; c = c->next) {
        mpt end = c->y + areaxml_edge(c, AREA_TOP) + c->height + areaxml_edge(c, AREA_BOTTOM) +
                  c->space_after;

        if (!is_positioned(c) && !(c->flags & AREA_NOTES) && end > height)
            height = end;
    }
    return height;
}

/* The room that display-align leaves before the content of A, as a block of its own. */
static void spacer(struct areaxml *w, const struct area *a, mpt ipd)
{
    const struct area *c = a->first;
    int align = a->fo ? a->fo->style->flow->display_align : FO_KW_AUTO;

    while (c && is_positioned(c))
        c = c->next;
    if (!c || c->y <= c->space_before || (align != FO_KW_CENTER && align != FO_KW_AFTER))
        return;
    areaxml_begin(w, "block");
    areaxml_sizes(w, ipd, c->y - c->space_before);
    areaxml_empty(w);
}

/* A container is a viewport and the reference area in it. */
static void container(struct areaxml *w, const struct area *a, mpt left)
{
    int place = a->fo->style->size->absolute_position;
    int turned = a->rotation == 90 || a->rotation == 270;
    mpt ipd = turned ? a->height : a->width;

    areaxml_string(w, "is-viewport-area", "true");
    if (is_positioned(a)) {
        areaxml_string(w, "positioning", place == FO_KW_FIXED ? "fixed" : "absolute");
        areaxml_number(w, "left-position", a->x + areaxml_edge(a, AREA_LEFT));
        areaxml_number(w, "top-position", a->y + areaxml_edge(a, AREA_TOP));
        areaxml_matrix(w, a->rotation, 0, 0, a->width, a->height);
    } else {
        areaxml_matrix(w, a->rotation, left, areaxml_edge(a, AREA_TOP), a->width, a->height);
    }
    if (a->transform) {
        areaxml_string(w, "xmlns:fox", "http://xmlgraphics.apache.org/fop/extensions");
        areaxml_string(w, "fox:transform", a->fo->style->page->transform);
    }
    areaxml_open(w);
    areaxml_begin(w, "block");
    areaxml_sizes(w, ipd, content_height(a));
    strbuf_addstr(w->out, " bap=\"0 0 0 0\"");
    areaxml_string(w, "prod-id", a->fo->facts->id);
    areaxml_string(w, "is-reference-area", "true");
    areaxml_open(w);
    spacer(w, a, ipd);
    inside(w, a);
    areaxml_finish(w, "block");
}

static void block(struct areaxml *w, const struct area *a, mpt x, mpt y);

/* A cell, what is drawn for it before, and where its row lies in the table. */
struct placed {
    const struct area *attached, *area;
    mpt x, y;
    mpt end;
};

static mpt placed_bottom(const struct placed *p)
{
    const struct area_box *box = p->area->box;

    return p->y + p->area->y + p->area->height + setting_edges(box, AREA_TOP) +
           setting_edges(box, AREA_BOTTOM) -
           (box && box->shared ? box->shared->outside[AREA_BOTTOM] : 0);
}

/* In the order of the rows that they end in, and of columns from the left. */
static int by_end(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    mpt p_x = p->x + p->area->x, q_x = q->x + q->area->x;

    if (p->end != q->end)
        return p->end < q->end ? -1 : 1;
    return (p_x > q_x) - (p_x < q_x);
}

static int by_end_from_right(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;

    return p->end != q->end ? by_end(a, b) : by_end(b, a);
}

/* Finds where cells end; sorted. Those that are continued end with their row though they lack the
 * border-separation below, GAP, that others keep. */
static void sort_cells(struct placed *cells, size_t n, mpt gap, int rtl)
{
    size_t i;

    for (i = 0; i < n; i++)
        cells[i].end = placed_bottom(&cells[i]);
    qsort(cells, n, sizeof *cells, rtl ? by_end_from_right : by_end);
    if (!gap)
        return;
    for (i = 1; i < n; i++)
        if (cells[i].end <= cells[i - 1].end + gap)
            cells[i].end = cells[i - 1].end;
    qsort(cells, n, sizeof *cells, rtl ? by_end_from_right : by_end);
}

static void collect(struct placed **cells, size_t *n, size_t *cap, const struct area *first, mpt x,
                    mpt y)
{
    const struct area *a, *attached = NULL;

    for (a = first; a; a = a->next) {
        if (!attached)
            attached = a;
        if (a->flags & AREA_ATTACHED)
            continue;
        if (!a->fo || a->fo->kind == FO_TABLE_CELL) {
            ALLOC_GROW(*cells, *n, *cap);
            (*cells)[(*n)++] = (struct placed){ attached, a, x, y, 0 };
        } else {
            collect(cells, n, cap, a->first, x + a->x, y + a->y);
        }
        attached = NULL;
    }
}

static void table_cells(struct areaxml *w, const struct area *table)
{
    const struct area *outer = w->table, *a;
    struct placed *cells = NULL;
    size_t n = 0, cap = 0, i;
    const struct style_flow *f = table->fo->style->flow;

    w->table = table;
    collect(&cells, &n, &cap, table->first, 0, 0);
    if (n)
        sort_cells(cells, n, f->border_collapse == FO_KW_SEPARATE
                   ? (f->border_separation.bpd.v + 1) / 2 : 0, f->writing_mode == FO_KW_RL_TB);
    for (i = 0; i < n; i++) {
        for (a = cells[i].attached; a != cells[i].area; a = a->next)
            block(w, a, cells[i].x, cells[i].y);
        block(w, cells[i].area, cells[i].x, cells[i].y);
    }
    free(cells);
    w->table = outer;
}

static void block(struct areaxml *w, const struct area *a, mpt x, mpt y)
{
    mpt left = w->left + x + a->x + setting_edges(a->box, AREA_LEFT), outer = w->left;
    const char *kind = a->fo ? fo_kind_name(a->fo->kind) : NULL;
    mpt item = w->item;
    struct area part;

    if (a->fo && (a->fo->kind == FO_LIST_ITEM_LABEL || a->fo->kind == FO_LIST_ITEM_BODY)) {
        part = *a;
        part.width = item;
        a = &part;
    }
    if (a->fo && a->fo->kind == FO_LIST_ITEM)
        w->item = a->width;
    areaxml_begin(w, "block");
    areaxml_common(w, a);
    areaxml_string(w, "fo", kind);
    if (a->flags & AREA_CLIP)
        areaxml_string(w, "clipped", "true");
    if (has_indents(a))
        indents(w, a, is_positioned(a) ? fo_length_of(&a->fo->style->flow->start_indent, w->width,
                                                       0) : left);
    if (a->fo && a->fo->kind == FO_BLOCK_CONTAINER) {
        container(w, a, left);
        areaxml_finish(w, "block");
        return;
    }
    if (w->table && (!a->fo || a->fo->kind == FO_TABLE_CELL)) {
        /* Cells, and what is drawn for them, are placed in the table's reference area. */
        areaxml_offsets(w, a->x + x + setting_edges(a->box, AREA_LEFT) +
                           (w->table->fo->style->flow->writing_mode == FO_KW_RL_TB ? 0 : w->left),
                        a->y + y + setting_edges(a->box, AREA_TOP) - areaxml_edge(a, AREA_TOP));
        if (!(a->flags & AREA_ATTACHED) || (a->box && a->box->shared))
            areaxml_string(w, "is-reference-area", "true");
        areaxml_open(w);
        spacer(w, a, a->width);
        inside(w, a);
    } else {
        areaxml_offsets(w, a->x + x, a->y + y);
        areaxml_open(w);
        w->left = left;
        if (a->fo && a->fo->kind == FO_TABLE)
            table_cells(w, a);
        else
            areaxml_areas(w, a->first);
        w->left = outer;
    }
    w->item = item;
    areaxml_finish(w, "block");
}

/* An area of an inline around a block. */
static int is_around(const struct area *a)
{
    return a->kind == AREA_BLOCK && a->fo && (a->fo->kind == FO_INLINE ||
           a->fo->kind == FO_BASIC_LINK || a->fo->kind == FO_BIDI_OVERRIDE);
}

static void around(struct areaxml *w, const struct area *a)
{
    int inner = a->first && is_around(a->first);
    const char *name = inner ? "inlineparent" : "inlineblockparent";
    mpt left = w->left;

    w->left += a->x + areaxml_edge(a, AREA_LEFT);
    areaxml_begin(w, name);
    areaxml_common(w, a);
    areaxml_number(w, "offset", a->y + areaxml_edge(a, AREA_TOP));
    if (a->fo->kind == FO_BASIC_LINK)
        areaxml_link(w, a->fo);
    areaxml_open(w);
    if (inner)
        around(w, a->first);
    else
        areaxml_areas(w, a->first);
    areaxml_finish(w, name);
    w->left = left;
}

/* A copy of areas from the outermost inline's down to one line, each with the next as its only
 * child, and as high as that. */
struct piece {
    struct area area;
    struct piece *outer;
};

static void write_piece(struct areaxml *w, struct piece *innermost)
{
    struct area line = { .kind = AREA_LINE };
    struct piece *p;

    for (p = innermost; p->outer; p = p->outer) {
        p->area.y = 0;
        p->outer->area.first = &p->area;
        p->outer->area.height = p->area.height + areaxml_edge(&p->area, AREA_TOP) +
                                areaxml_edge(&p->area, AREA_BOTTOM);
    }
    p->area.y = 0;
    line.width = p->area.width + areaxml_edge(&p->area, AREA_LEFT) +
                 areaxml_edge(&p->area, AREA_RIGHT);
    line.height = p->area.height + areaxml_edge(&p->area, AREA_TOP) +
                  areaxml_edge(&p->area, AREA_BOTTOM);
    areaxml_begin(w, "lineArea");
    areaxml_common(w, &line);
    areaxml_open(w);
    around(w, &p->area);
    areaxml_finish(w, "lineArea");
}

/* Every line of a block in an inline is in a line of its own, with all areas around it. */
static void pieces(struct areaxml *w, const struct area *a, struct piece *outer)
{
    struct piece piece = { *a, outer };
    const struct area *c;

    piece.area.next = NULL;
    if (!a->first || a->kind != AREA_BLOCK || a->rotation ||
        (a->fo && a->fo->kind == FO_TABLE)) {
        write_piece(w, &piece);
        return;
    }
    for (c = a->first; c; c = c->next)
        pieces(w, c, &piece);
}

static void element(struct areaxml *w, const struct area *a)
{
    if (is_around(a) && a->first) {
        pieces(w, a, NULL);
        return;
    }
    if (a->kind == AREA_TEXT)
        areaxml_text(w, a);
    else if (a->kind == AREA_LINE)
        areaxml_line(w, a);
    else if (a->kind == AREA_BLOCK)
        block(w, a, 0, 0);
    else
        areaxml_inline(w, a);
}

void areaxml_areas(struct areaxml *w, const struct area *first)
{
    const struct area *a;

    for (a = first; a; a = a->next)
        if (!(a->flags & AREA_NOTES))
            element(w, a);
}

/* The region of the page's master whose flow an area is. */
static const struct fo_node *region_of(const struct area_page *page, const struct area *a)
{
    const struct fo_node *n;

    if (a->fo && a->fo->parent == page->page_master)
        return a->fo;
    for (n = page->page_master->first; n; n = n->next)
        if (a->fo && a->fo->style->page->flow_name &&
            !strcmp(masters_region_name(n), a->fo->style->page->flow_name))
            return n;
    for (n = page->page_master->first; a->fo && a->fo->kind == FO_FLOW && n; n = n->next)
        if (n->kind == FO_REGION_BODY)
            return n;
    return NULL;
}

static void sizes(struct areaxml *w, mpt width, mpt height)
{
    areaxml_sizes(w, width, height);
    if (w->level)
        areaxml_number(w, "level", w->level);
    areaxml_string(w, "is-reference-area", "true");
}

static int is_column(const struct area *a)
{
    return a && a->kind == AREA_BLOCK && !a->fo && !(a->flags & AREA_NOTES);
}

/* The columns from FIRST on that lie side by side, or everything when the body has none. Returns
 * what comes after them. */
static const struct area *span(struct areaxml *w, const struct area *body, int count,
                               const struct area *first)
{
    int turned = body->rotation == 90 || body->rotation == 270;
    mpt width = turned ? body->height : body->width, height = 0;
    const struct area *a;
    int n = 0;

    for (a = first; is_column(a) && a->y == first->y; a = a->next)
        if (a->height > height)
            height = a->height;
    areaxml_begin(w, "span");
    sizes(w, width, is_column(first) ? height : content_height(body));
    areaxml_open(w);
    for (a = first; is_column(a) && a->y == first->y; a = a->next) {
        areaxml_begin(w, "flow");
        sizes(w, a->width, a->height);
        areaxml_open(w);
        inside(w, a);
        areaxml_finish(w, "flow");
        n++;
    }
    /* Columns that nothing is left for. */
    for (; is_column(first) && first->width < width && n < count; n++) {
        areaxml_begin(w, "flow");
        sizes(w, first->width, 0);
        areaxml_open(w);
        areaxml_finish(w, "flow");
    }
    if (!is_column(first)) {
        areaxml_begin(w, "flow");
        sizes(w, width, content_height(body));
        areaxml_open(w);
        inside(w, body);
        areaxml_finish(w, "flow");
        a = NULL;
    }
    areaxml_finish(w, "span");
    return a;
}

static void body(struct areaxml *w, const struct area *a, int columns)
{
    int turned = a->rotation == 90 || a->rotation == 270;
    const struct area *c = a->first;

    areaxml_begin(w, "mainReference");
    sizes(w, turned ? a->height : a->width, content_height(a));
    areaxml_open(w);
    do
        c = span(w, a, columns, c);
    while (c && !(c->flags & AREA_NOTES));
    areaxml_finish(w, "mainReference");
    for (c = a->first; c; c = c->next)
        if (c->flags & AREA_NOTES) {
            areaxml_begin(w, "footnote");
            areaxml_common(w, c);
            areaxml_number(w, "top-offset", c->y);
            areaxml_open(w);
            inside(w, c);
            areaxml_finish(w, "footnote");
        }
}

/* AREA as it is in coordinates that are turned by ROTATION. */
static struct area turned(const struct area *a, int rotation)
{
    struct area copy = *a;

    if (rotation == 90 || rotation == 270) {
        copy.width = a->height;
        copy.height = a->width;
    }
    return copy;
}

static void region(struct areaxml *w, const struct area_page *page, const struct area *a)
{
    static const char *const names[] = { "regionBody", "regionBefore", "regionAfter", "regionStart",
                                         "regionEnd" };
    const struct fo_node *fo = region_of(page, a);
    const char *name = fo ? names[fo->kind - FO_REGION_BODY] : "regionBefore";
    mpt width = a->width + areaxml_edge(a, AREA_LEFT) + areaxml_edge(a, AREA_RIGHT);
    mpt height = a->height + areaxml_edge(a, AREA_TOP) + areaxml_edge(a, AREA_BOTTOM);
    struct area viewport = turned(a, page->page_master->style->size->reference_orientation);
    struct area reference = turned(a, a->rotation);

    w->level = a->fo && a->fo->style->flow->writing_mode == FO_KW_RL_TB;
    areaxml_begin(w, "regionViewport");
    areaxml_common(w, &viewport);
    strbuf_addf(w->out, " rect=\"%d %d %d %d\"", a->x, a->y, width, height);
    areaxml_string(w, "is-viewport-area", "true");
    areaxml_open(w);
    areaxml_begin(w, name);
    areaxml_common(w, &reference);
    areaxml_string(w, "type", name);
    areaxml_string(w, "name", fo ? masters_region_name(fo) : NULL);
    areaxml_string(w, "is-reference-area", "true");
    areaxml_matrix(w, a->rotation, a->x + areaxml_edge(a, AREA_LEFT),
                   a->y + areaxml_edge(a, AREA_TOP), a->width, a->height);
    areaxml_open(w);
    if (fo && fo->kind == FO_REGION_BODY)
        body(w, a, fo->style->page->column_count);
    else
        inside(w, a);
    areaxml_finish(w, name);
    areaxml_finish(w, "regionViewport");
}

/* What PARENT holds of other namespaces, for other programs. */
static void attachments(struct areaxml *w, const struct fo_node *parent)
{
    const xmlNode *n;
    int any = 0;

    for (n = parent->facts->xml->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || !n->ns ||
            !strcmp((const char *)n->ns->href, "http://www.w3.org/1999/XSL/Format"))
            continue;
        if (!any++) {
            areaxml_begin(w, "extension-attachments");
            areaxml_open(w);
        }
        areaxml_foreign(w, n);
    }
    if (any)
        areaxml_finish(w, "extension-attachments");
}

static void page(struct areaxml *w, const struct area_page *page)
{
    const struct area *a;

    areaxml_begin(w, "pageViewport");
    strbuf_addf(w->out, " bounds=\"0 0 %d %d\" nr=\"%d\"", page->width, page->height, page->number);
    areaxml_string(w, "formatted-nr", page->label);
    areaxml_string(w, "simple-page-master-name", page->page_master->style->page->master_name);
    if (page->is_blank)
        areaxml_string(w, "blank", "true");
    areaxml_foreign_attributes(w, page->page_master);
    areaxml_open(w);
    areaxml_begin(w, "page");
    areaxml_open(w);
    attachments(w, page->page_master);
    for (a = page->first; a; a = a->next)
        region(w, page, a);
    areaxml_finish(w, "page");
    areaxml_finish(w, "pageViewport");
}

/* Of a title, which no page shows, there are no areas, only what it holds. */
static void title(struct areaxml *w, const struct fo_node *node)
{
    const struct fo_node *n;

    if (node->kind == FO_TEXT) {
        areaxml_begin(w, "text");
        areaxml_open(w);
        areaxml_words(w, fo_text(node), fo_text(node) + fo_text_len(node), -1, NULL);
        areaxml_finish(w, "text");
        return;
    }
    areaxml_begin(w, "inlineparent");
    areaxml_open(w);
    for (n = node->first; n; n = n->next)
        title(w, n);
    areaxml_finish(w, "inlineparent");
}

static void page_sequence(struct areaxml *w, const struct fo_node *sequence)
{
    const struct fo_node *n;

    areaxml_begin(w, "pageSequence");
    areaxml_string(w, "prod-id", sequence->facts->id);
    areaxml_string(w, "xml:lang", sequence->facts->lang);
    areaxml_open(w);
    for (n = sequence->first; n; n = n->next)
        if (n->kind == FO_TITLE) {
            areaxml_begin(w, "title");
            areaxml_open(w);
            title(w, n);
            areaxml_finish(w, "title");
        }
}

static void text_of(struct strbuf *out, const struct fo_node *node)
{
    const struct fo_node *n;

    if (node->kind == FO_TEXT)
        strbuf_add(out, fo_text(node), fo_text_len(node));
    for (n = node->first; n; n = n->next)
        text_of(out, n);
}

static void bookmarks(struct areaxml *w, const struct fo_node *parent)
{
    const struct fo_node *n, *c;

    for (n = parent->first; n; n = n->next) {
        struct strbuf title = STRBUF_INIT;

        if (n->kind != FO_BOOKMARK)
            continue;
        for (c = n->first; c; c = c->next)
            if (c->kind == FO_BOOKMARK_TITLE)
                text_of(&title, c);
        areaxml_begin(w, "bookmark");
        areaxml_string(w, "title", title.len ? title.buf : "");
        areaxml_string(w, "show-children",
                       n->style->page->starting_state == FO_KW_HIDE ? "false" : "true");
        areaxml_link(w, n);
        areaxml_open(w);
        bookmarks(w, n);
        areaxml_finish(w, "bookmark");
        strbuf_release(&title);
    }
}

void areaxml_write(struct area_document *document, const struct fo_document *fo,
                   struct images *images, struct strbuf *out, struct diag *d)
{
    struct areaxml w = { .out = out, .document = document, .images = images, .d = d };
    const struct fo_destination *to;
    const struct area_page *p;
    const struct fo_node *sequence = NULL, *n;

    strbuf_addstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    areaxml_begin(&w, "areaTree");
    areaxml_open(&w);
    for (n = document->first ? document->first->page_sequence->parent->first : NULL; n; n = n->next)
        if (n->kind == FO_DECLARATIONS)
            attachments(&w, n);
    for (p = document->first; p; p = p->next) {
        if (p->page_sequence != sequence) {
            if (sequence)
                areaxml_finish(&w, "pageSequence");
            sequence = p->page_sequence;
            page_sequence(&w, sequence);
        }
        layout_page(document, p);
        page(&w, p);
        layout_page_done(document, p);
    }
    if (sequence)
        areaxml_finish(&w, "pageSequence");
    for (n = sequence ? sequence->parent->first : NULL; n; n = n->next)
        if (n->kind == FO_BOOKMARK_TREE) {
            areaxml_begin(&w, "bookmarkTree");
            areaxml_open(&w);
            bookmarks(&w, n);
            areaxml_finish(&w, "bookmarkTree");
        }
    for (to = fo->first_destination; to; to = to->next) {
        areaxml_begin(&w, "destination");
        areaxml_internal_link(&w, to->id);
        areaxml_empty(&w);
    }
    areaxml_finish(&w, "areaTree");
    strbuf_addch(out, '\n');
}
