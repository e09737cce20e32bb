/* From a hand-made area tree to a tagged PDF, without the formatter. */
#include <cairo.h>
#include <check.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "alloc.h"
#include "bookmarks.h"
#include "image.h"
#include "links.h"
#include "pdf.h"
#include "press.h"
#include "strbuf.h"
#include "style.h"
#include "tags.h"
#include "xmlx.h"

#define A4_WIDTH 595276
#define A4_HEIGHT 841890

/* ---- a document made by hand --------------------------------------------------------------- */

struct hand {
    struct fo_document fo;
    struct area_document areas;
    struct area_page *page;
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    struct images *images;
    struct diag d;
    struct strbuf said;
    struct pdf *pdf;
};

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    strbuf_addf(arg, "%ld:%s:%s:%s\n", place ? place->line : 0, diag_level_name(level), id, text);
}

/* Every node here has facts of its own. */
static struct fo_facts *facts(const struct fo_node *node)
{
    return (struct fo_facts *)(uintptr_t)node->facts;
}

static struct fo_node *add_node(struct hand *h, struct fo_node *parent, enum fo_kind kind,
                                const char *role, size_t size)
{
    struct fo_node *n = arena_alloc(&h->fo.arena, size);
    struct fo_facts *f = arena_alloc(&h->fo.arena, sizeof *f);

    *f = fo_no_facts;
    f->role = role;
    f->lang = "en";
    n->kind = kind;
    n->facts = f;
    n->parent = parent;
    n->line = 7;
    if (parent && parent->last)
        parent->last->next = n;
    else if (parent)
        parent->first = n;
    if (parent)
        parent->last = n;
    return n;
}

static struct fo_node *node(struct hand *h, struct fo_node *parent, enum fo_kind kind,
                            const char *role)
{
    return add_node(h, parent, kind, role, sizeof(struct fo_node));
}

static struct fo_node *words(struct hand *h, struct fo_node *parent, const char *text)
{
    size_t n = strlen(text);
    struct fo_node *node_of = add_node(h, parent, FO_TEXT, NULL, sizeof(struct fo_text) + n + 1);

    ((struct fo_text *)node_of)->len = n;
    memcpy(((struct fo_text *)node_of)->text, text, n);
    return node_of;
}

static struct area *area(struct hand *h, struct area *parent, enum area_kind kind,
                         const struct fo_node *fo, mpt x, mpt y)
{
    struct area *a = arena_alloc(&h->fo.arena, sizeof *a);
    struct area **first = parent ? &parent->first : &h->page->first;
    struct area **last = parent ? &parent->last : &h->page->last;

    a->kind = kind;
    a->fo = fo;
    a->x = x;
    a->y = y;
    a->width = 200000;
    a->height = 12000;
    if (*last)
        (*last)->next = a;
    else
        *first = a;
    *last = a;
    return a;
}

/* One line of text at 12 points. */
static struct area *line(struct hand *h, struct area *parent, const struct fo_node *fo,
                         const char *text, mpt y)
{
    struct area *l = area(h, parent, AREA_LINE, NULL, 0, y), *a;
    struct area_text *t = arena_alloc(&h->fo.arena, sizeof *t);
    PangoFontDescription *desc = pango_font_description_from_string("Source Sans 3 12");
    PangoItem *item;
    GList *items;

    pango_context_set_font_description(h->context, desc);
    pango_font_description_free(desc);
    items = pango_itemize(h->context, text, 0, (int)strlen(text), NULL, NULL);
    ck_assert_int_eq(g_list_length(items), 1);
    item = items->data;
    t->glyphs = pango_glyph_string_new();
    pango_shape(text, (int)strlen(text), &item->analysis, t->glyphs);
    t->font = g_object_ref(item->analysis.font);
    t->utf8 = text;
    t->utf8_len = (int)strlen(text);
    t->color = 0x12355bff;
    a = area(h, l, AREA_TEXT, fo, 0, 0);
    a->baseline = 10000;
    a->text = t;
    a->width = pango_glyph_string_get_width(t->glyphs) * 1000 / PANGO_SCALE;
    pango_item_free(item);
    g_list_free(items);
    return a;
}

static void add_page(struct hand *h)
{
    struct area_page *page = arena_alloc(&h->fo.arena, sizeof *page);

    page->width = A4_WIDTH;
    page->height = A4_HEIGHT;
    page->number = ++h->areas.pages_n;
    page->label = page->number == 1 ? "1" : "2";
    if (h->areas.last)
        h->areas.last->next = page;
    else
        h->areas.first = page;
    h->areas.last = page;
    h->page = page;
}

static void begin(struct hand *h)
{
    char *conf;

    memset(h, 0, sizeof *h);
    diag_init(&h->d, "check");
    strbuf_init(&h->said);
    h->d.sink = hear;
    h->d.sink_arg = &h->said;
    arena_init(&h->fo.arena);
    h->fo.name = "hand.fo";
    h->fo.title = "By hand";
    h->fo.lang = "en";
    h->fo.root = node(h, NULL, FO_ROOT, NULL);
    h->config = FcConfigCreate();
    conf = realpath("fonts/fonts.conf", NULL);
    ck_assert_ptr_nonnull(conf);
    ck_assert(FcConfigParseAndLoad(h->config, (const FcChar8 *)conf, FcTrue));
    free(conf);
    FcConfigBuildFonts(h->config);
    FcConfigSetCurrent(h->config); /* see fonts.c */
    h->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(h->map), h->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(h->map), 72);
    h->context = pango_font_map_create_context(h->map);
    pango_context_set_round_glyph_positions(h->context, FALSE);
    h->images = images_new(h->map, h->config);
    images_begin_document(h->images, "tests/data", "hand.fo", 0);
    add_page(h);
}

static cairo_status_t collect(void *arg, const unsigned char *bytes, unsigned int n)
{
    strbuf_add(arg, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static int print(struct hand *h)
{
    struct tags *tags = tags_new(&h->fo, 0, &h->d);
    int bad;

    ck_assert_msg(!press(&h->areas, "hand.fo", h->images, tags, NULL, &h->pdf, &h->d), "%s", h->said.buf);
    bad = tags_write(tags, h->pdf, &h->areas, &h->d);
    bad |= bookmarks_write(h->pdf, &h->fo, &h->areas, &h->d);
    tags_free(tags);
    return bad;
}

static void release_text(struct area *a)
{
    for (; a; a = a->next) {
        release_text(a->first);
        if (a->text) {
            g_object_unref(a->text->font);
            pango_glyph_string_free(a->text->glyphs);
        }
    }
}

static void end(struct hand *h)
{
    for (struct area_page *page = h->areas.first; page; page = page->next)
        release_text(page->first);
    images_free(h->images);
    pdf_free(h->pdf);
    g_object_unref(h->context);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(h->map), NULL); /* and it is left, as in fonts_close */
    FcConfigDestroy(h->config);
    strbuf_release(&h->said);
    arena_release(&h->fo.arena);
}

/* ---- reading it back ----------------------------------------------------------------------- */

/* Prints the tree below ELEMENT as "Type(kid kid)"; content as its MCID, other pages' as page:MCID. */
static void show(struct pdf *pdf, struct pdf_obj *element, struct strbuf *out)
{
    struct pdf_obj *kids = pdf_get(pdf, element, "K");
    size_t n = pdf_kind(kids) == PDF_ARRAY ? pdf_len(kids) : kids ? 1 : 0;

    if (pdf_get(pdf, element, "S"))
        strbuf_addstr(out, pdf_name(pdf_get(pdf, element, "S")));
    if (n)
        strbuf_addch(out, '(');
    for (size_t i = 0; i < n; i++) {
        struct pdf_obj *kid = pdf_kind(kids) == PDF_ARRAY ? pdf_at(pdf, kids, i) : kids;

        if (i)
            strbuf_addch(out, ' ');
        if (pdf_kind(kid) == PDF_INT)
            strbuf_addf(out, "%lld", pdf_int(kid));
        else if (pdf_is_name(pdf_get(pdf, kid, "Type"), "MCR"))
            strbuf_addf(out, "+%lld", pdf_int(pdf_get(pdf, kid, "MCID")));
        else if (pdf_is_name(pdf_get(pdf, kid, "Type"), "OBJR"))
            strbuf_addstr(out, "OBJR");
        else
            show(pdf, kid, out);
    }
    if (n)
        strbuf_addch(out, ')');
}

static void assert_tree(struct hand *h, const char *expected)
{
    struct strbuf got = STRBUF_INIT;

    show(h->pdf, pdf_get(h->pdf, pdf_catalog(h->pdf), "StructTreeRoot"), &got);
    ck_assert_str_eq(got.buf, expected);
    strbuf_release(&got);
}

static void page_content(struct hand *h, size_t page, struct strbuf *out)
{
    ck_assert_int_eq(pdf_stream_data(h->pdf, pdf_get(h->pdf, pdf_page(h->pdf, page), "Contents"),
                                     out, &h->d), 0);
}

START_TEST(paragraphs_on_two_pages)
{
    struct hand h;
    struct fo_node *flow, *one, *two;
    struct strbuf content = STRBUF_INIT;
    struct pdf_obj *tree;

    begin(&h);
    flow = node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL);
    one = words(&h, node(&h, flow, FO_BLOCK, "H1"), "Title");
    two = words(&h, node(&h, flow, FO_BLOCK, NULL), "long text");
    line(&h, NULL, one, "Title", 50000);
    line(&h, NULL, two, "long", 70000);
    line(&h, NULL, two, "long", 90000);
    add_page(&h);
    line(&h, NULL, two, "text", 50000);
    ck_assert_int_eq(print(&h), 0);
    ck_assert_str_eq(h.said.buf, "");
    assert_tree(&h, "(Document(H1(0) P(1 +0)))");
    ck_assert(pdf_bool(pdf_get(h.pdf, pdf_get(h.pdf, pdf_catalog(h.pdf), "MarkInfo"), "Marked")));
    tree = pdf_get(h.pdf, pdf_get(h.pdf, pdf_catalog(h.pdf), "StructTreeRoot"), "ParentTree");
    tree = pdf_get(h.pdf, tree, "Nums");
    ck_assert_uint_eq(pdf_len(tree), 4);
    ck_assert_uint_eq(pdf_len(pdf_at(h.pdf, tree, 1)), 2);
    ck_assert_uint_eq(pdf_len(pdf_at(h.pdf, tree, 3)), 1);
    page_content(&h, 0, &content);
    ck_assert_ptr_nonnull(strstr(content.buf, "/H1 <</MCID 0>> BDC"));
    ck_assert_ptr_nonnull(strstr(content.buf, "/P <</MCID 1>> BDC"));
    ck_assert_ptr_null(strstr(content.buf, "/Span"));
    strbuf_release(&content);
    end(&h);
}
END_TEST

START_TEST(decoration_is_artifact)
{
    static const struct area_box box = {
        .border = { 1000, 0, 1000, 0 }, .border_color = { 0xff, 0, 0xff, 0 },
        .border_style = { AREA_BORDER_SOLID, 0, AREA_BORDER_DASHED, 0 }, .background = 0xeeeeeeff,
    };
    struct hand h;
    struct fo_node *sequence, *flow, *fixed, *text, *foot;
    struct strbuf content = STRBUF_INIT;
    struct area *a;

    begin(&h);
    sequence = node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL);
    fixed = node(&h, sequence, FO_STATIC_CONTENT, NULL);
    foot = words(&h, node(&h, fixed, FO_BLOCK, NULL), "page 1");
    flow = node(&h, sequence, FO_FLOW, NULL);
    text = words(&h, node(&h, flow, FO_BLOCK, NULL), "in a box");
    a = area(&h, NULL, AREA_BLOCK, text->parent, 50000, 50000);
    a->box = &box;
    line(&h, a, text, "in a box", 0);
    a = area(&h, NULL, AREA_REGION, fixed, 50000, 800000);
    line(&h, a, foot, "page 1", 0);
    ck_assert_int_eq(print(&h), 0);
    assert_tree(&h, "(Document(P(0)))");
    page_content(&h, 0, &content);
    ck_assert_ptr_nonnull(strstr(content.buf, "/Artifact BMC"));
    ck_assert_ptr_nonnull(strstr(content.buf, "/Artifact <</Type/Pagination/Subtype/Footer>> BDC"));
    ck_assert(strstr(content.buf, "/Artifact BMC") < strstr(content.buf, "/P <</MCID 0>> BDC"));
    strbuf_release(&content);
    end(&h);
}
END_TEST

START_TEST(link_inside_paragraph)
{
    struct hand h;
    struct fo_node *flow, *block, *link, *before, *in, *after;
    struct pdf_obj *annots, *annot;
    struct area *a;
    size_t n;

    begin(&h);
    flow = node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL);
    block = node(&h, flow, FO_BLOCK, NULL);
    before = words(&h, block, "see");
    link = node(&h, block, FO_BASIC_LINK, NULL);
    facts(link)->external_destination = "https://example.org/a?b=)>>/Evil(1";
    in = words(&h, link, "there");
    after = words(&h, block, "now");
    line(&h, NULL, before, "see", 50000);
    a = area(&h, NULL, AREA_INLINE, link, 50000, 70000);
    line(&h, a, in, "there", 0);
    line(&h, NULL, after, "now", 90000);
    ck_assert_int_eq(print(&h), -1); /* ">" has no place in a URI */
    ck_assert_str_eq(h.said.buf, "7:error:FO-249:the link's address "
                     "'https://example.org/a?b=)>>/Evil(1' is not one that a link can have\n");
    strbuf_clear(&h.said);
    pdf_free(h.pdf);
    facts(link)->external_destination = "https://example.org/a?b=(1)&c=\xc3\xa9";
    ck_assert_int_eq(print(&h), 0);
    assert_tree(&h, "(Document(P(0 Link(1 OBJR) 2)))");
    annots = pdf_get(h.pdf, pdf_page(h.pdf, 0), "Annots");
    ck_assert_uint_eq(pdf_len(annots), 1);
    annot = pdf_at(h.pdf, annots, 0);
    ck_assert_str_eq(pdf_string(pdf_get(h.pdf, pdf_get(h.pdf, annot, "A"), "URI"), &n),
                     "https://example.org/a?b=(1)&c=%C3%A9");
    ck_assert_str_eq(pdf_string(pdf_get(h.pdf, annot, "Contents"), &n), "there");
    ck_assert_int_eq(pdf_int(pdf_get(h.pdf, annot, "F")), 4);
    end(&h);
}
END_TEST

/* Words that stand in a group, with what is inside of them, are a paragraph. */
START_TEST(words_in_groups)
{
    struct hand h;
    struct fo_node *flow, *quote, *inner;

    begin(&h);
    flow = node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL);
    quote = node(&h, flow, FO_BLOCK, "BlockQuote");
    line(&h, NULL, words(&h, quote, "he said"), "he said", 50000);
    inner = words(&h, node(&h, quote, FO_INLINE, "Quote"), "yes");
    line(&h, NULL, inner, "yes", 70000);
    line(&h, NULL, words(&h, node(&h, quote, FO_BLOCK, NULL), "and"), "and", 90000);
    line(&h, NULL, words(&h, quote, "went"), "went", 110000);
    ck_assert_int_eq(print(&h), 0);
    assert_tree(&h, "(Document(BlockQuote(P(0 Quote(1)) P(2) P(3))))");
    end(&h);
}
END_TEST

START_TEST(bookmark_to_nowhere)
{
    struct hand h;
    struct fo_node *tree, *mark;

    begin(&h);
    tree = node(&h, h.fo.root, FO_BOOKMARK_TREE, NULL);
    mark = node(&h, tree, FO_BOOKMARK, NULL);
    facts(mark)->internal_destination = "nowhere";
    words(&h, node(&h, mark, FO_BOOKMARK_TITLE, NULL), "Nowhere");
    line(&h, NULL, words(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_BLOCK, NULL),
                         "x"), "x", 50000);
    ck_assert_int_eq(print(&h), -1);
    ck_assert_str_eq(h.said.buf,
                     "7:error:FO-246:no object of the document has the id 'nowhere'\n");
    end(&h);
}
END_TEST

START_TEST(tables_are_regular)
{
    struct hand h;
    struct fo_node *flow, *table, *head, *body, *row, *cell, *last = NULL;

    begin(&h);
    flow = node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL);
    table = node(&h, flow, FO_TABLE, NULL);
    head = node(&h, table, FO_TABLE_HEADER, NULL);
    row = node(&h, head, FO_TABLE_ROW, NULL);
    for (int i = 0; i < 3; i++) {
        cell = node(&h, row, FO_TABLE_CELL, NULL);
        line(&h, NULL, words(&h, node(&h, cell, FO_BLOCK, NULL), "head"), "head", 50000 + i * 20000);
    }
    body = node(&h, table, FO_TABLE_BODY, NULL);
    row = node(&h, body, FO_TABLE_ROW, NULL);
    cell = node(&h, row, FO_TABLE_CELL, "TH");
    facts(cell)->rows_spanned = 2;
    line(&h, NULL, words(&h, node(&h, cell, FO_BLOCK, NULL), "row"), "row", 150000);
    cell = node(&h, row, FO_TABLE_CELL, NULL);
    facts(cell)->columns_spanned = 2;
    line(&h, NULL, words(&h, node(&h, cell, FO_BLOCK, NULL), "wide"), "wide", 170000);
    row = node(&h, body, FO_TABLE_ROW, NULL);
    cell = node(&h, row, FO_TABLE_CELL, NULL);
    last = words(&h, node(&h, cell, FO_BLOCK, NULL), "short");
    line(&h, NULL, last, "short", 190000);
    ck_assert_int_eq(print(&h), 0);
    assert_tree(&h, "(Document(Table(THead(TR(TH(0) TH(1) TH(2)))"
                    " TBody(TR(TH(3) TD(4)) TR(TD(5) TD)))))");
    end(&h);
}
END_TEST

static void assert_has(const struct strbuf *content, const char *what, int has)
{
    ck_assert_msg((strstr(content->buf, what) != NULL) == has, "%s%s in %s", has ? "no " : "",
                  what, content->buf);
}

START_TEST(text_says_what_it_is)
{
    struct hand h;
    struct fo_node *block;
    struct strbuf content = STRBUF_INIT;
    struct area *a;

    begin(&h);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    line(&h, NULL, words(&h, block, "x"), "a b\xc2\xa0" "c-d\xe2\x80\x91" "e", 50000);
    ck_assert_int_eq(print(&h), 0);
    page_content(&h, 0, &content);
    assert_has(&content, "ActualText", 0);
    assert_has(&content, "BT\n1 0 0 -1 0 60 Tm\n/F0 12 Tf\n[<", 1);
    assert_has(&content, ".071 .208 .357 rg", 1);
    end(&h);

    /* several glyphs that stand for several characters together */
    begin(&h);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    a = line(&h, NULL, words(&h, block, "x"), "q\xcc\x87\xcc\x88", 50000);
    for (int i = 0; i < a->text->glyphs->num_glyphs; i++)
        a->text->glyphs->log_clusters[i] = 0;
    ck_assert_int_eq(print(&h), 0);
    strbuf_clear(&content);
    page_content(&h, 0, &content);
    assert_has(&content, "/Span <</ActualText <FEFF007103070308>>> BDC", 1);
    end(&h);

    /* a space that the line's end took is there for readers */
    begin(&h);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    a = line(&h, NULL, words(&h, block, "x"), "aaaa", 50000);
    ((struct area_text *)a->text)->space_after = 1;
    ck_assert_int_eq(print(&h), 0);
    strbuf_clear(&content);
    page_content(&h, 0, &content);
    ck_assert_int_eq((int)(strstr(content.buf, ">]TJ") - strstr(content.buf, "[<")), 2 + 5 * 4);
    strbuf_release(&content);
    end(&h);
}
END_TEST

START_TEST(private_characters_are_refused)
{
    struct hand h;
    struct fo_node *block;
    struct area *a;

    begin(&h);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    a = line(&h, NULL, words(&h, block, "x"), "\xef\xac\x81", 50000); /* fi, beside the private area */
    ck_assert_int_eq(print(&h), 0);
    pdf_free(h.pdf);
    ((struct area_text *)a->text)->utf8 = "\xee\x80\x80";
    ck_assert_int_eq(press(&h.areas, "hand.fo", h.images, NULL, NULL, &h.pdf, &h.d), -1);
    ck_assert_ptr_null(h.pdf);
    ck_assert_ptr_nonnull(strstr(h.said.buf, "error:FO-250:U+E000 is a private character"));
    end(&h);
}
END_TEST

START_TEST(nothing_is_left_out_in_silence)
{
    const char *folder = getenv("B");
    char *file = xasprintf("%s/check_fo2pdf_tile.svg", folder ? folder : ".");
    struct area_box tiled = { .background_image = file };
    struct hand h;
    struct fo_node *block;
    struct area *a;
    FILE *f;

    /* a glyph that layout let through although no font has it */
    begin(&h);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    a = line(&h, NULL, words(&h, block, "x"), "lost", 50000);
    a->text->glyphs->glyphs[2].glyph = PANGO_GET_UNKNOWN_GLYPH(0x767d);
    ck_assert_int_eq(press(&h.areas, "hand.fo", h.images, NULL, NULL, &h.pdf, &h.d), -1);
    ck_assert_ptr_nonnull(strstr(h.said.buf, "7:error:FO-201:no glyph for a character of 'lost'"));
    end(&h);

    /* a tile of a point on an area of 200 by 120 */
    begin(&h);
    images_begin_document(h.images, "", "hand.fo", 0);
    f = fopen(file, "w");
    ck_assert_ptr_nonnull(f);
    fputs("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", f);
    fclose(f);
    block = node(&h, node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL), FO_BLOCK,
                 NULL);
    a = area(&h, NULL, AREA_BLOCK, block, 50000, 50000);
    a->box = &tiled;
    a->height = 120000;
    ck_assert_int_eq(press(&h.areas, "hand.fo", h.images, NULL, NULL, &h.pdf, &h.d), -1);
    ck_assert_ptr_nonnull(strstr(h.said.buf, "7:error:FO-225:"));
    ck_assert_ptr_nonnull(strstr(h.said.buf, "would be repeated 24000 times; 10000 is the most"));
    remove(file);
    free(file);
    end(&h);
}
END_TEST

START_TEST(link_in_page_furniture)
{
    struct hand h;
    struct fo_node *sequence, *fixed, *link, *text;
    struct area *a;

    begin(&h);
    sequence = node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL);
    fixed = node(&h, sequence, FO_STATIC_CONTENT, NULL);
    link = node(&h, node(&h, fixed, FO_BLOCK, NULL), FO_BASIC_LINK, NULL);
    facts(link)->external_destination = "https://example.org/";
    text = words(&h, link, "verify");
    a = area(&h, NULL, AREA_REGION, fixed, 50000, 800000);
    line(&h, area(&h, a, AREA_INLINE, link, 0, 0), text, "verify", 0);
    add_page(&h);
    a = area(&h, NULL, AREA_REGION, fixed, 50000, 800000);
    line(&h, area(&h, a, AREA_INLINE, link, 0, 0), text, "verify", 0);
    ck_assert_int_eq(print(&h), 0);
    assert_tree(&h, "(Document(Link(OBJR OBJR)))");
    ck_assert_uint_eq(pdf_len(pdf_get(h.pdf, pdf_page(h.pdf, 1), "Annots")), 1);
    end(&h);
}
END_TEST

START_TEST(faults_of_structure)
{
    struct hand h;
    struct fo_node *flow, *block;

    begin(&h);
    h.fo.title = NULL;
    h.fo.lang = NULL;
    flow = node(&h, node(&h, h.fo.root, FO_PAGE_SEQUENCE, NULL), FO_FLOW, NULL);
    block = node(&h, flow, FO_BLOCK, "H2");
    words(&h, block, "deep");
    node(&h, node(&h, flow, FO_BLOCK, NULL), FO_EXTERNAL_GRAPHIC, NULL);
    node(&h, node(&h, flow, FO_BLOCK, NULL), FO_EXTERNAL_GRAPHIC, "artifact");
    words(&h, node(&h, flow, FO_BLOCK, "Headline"), "what");
    words(&h, node(&h, flow, FO_BLOCK, "TR"), "where");
    tags_free(tags_new(&h.fo, 0, &h.d));
    ck_assert_str_eq(h.said.buf,
        "7:error:FO-241:the document has no title (dc:title in fo:declarations, or fo:title)\n"
        "7:error:FO-242:the document has no language (xml:lang at fo:root)\n"
        "7:error:FO-245:the heading H2 follows nothing; levels cannot be skipped\n"
        "7:error:FO-240:the graphic has no fox:alt-text and is not marked role=\"artifact\"\n"
        "7:error:FO-243:the role 'Headline' is not a standard structure type\n"
        "7:error:FO-244:the structure type TR cannot stand in Document\n");
    end(&h);
}
END_TEST

/* ---- graphics ------------------------------------------------------------------------------ */

static const char *measure_styled(struct hand *h, const char *svg, const struct fo_style *style,
                                  int lenient, mpt *width)
{
    struct fo_facts said = fo_no_facts;
    struct fo_node n = { .kind = FO_INSTREAM_FOREIGN_OBJECT, .line = 3, .facts = &said,
                         .style = style };
    xmlDoc *doc = xmlx_parse(svg, strlen(svg), "x.svg", &h->d);
    mpt height = 0;

    ck_assert_ptr_nonnull(doc);
    strbuf_clear(&h->said);
    said.foreign = xmlDocGetRootElement(doc);
    *width = 0;
    images_begin_document(h->images, "tests/data", "hand.fo", lenient);
    images_measure(h->images, &n, width, &height, &h->d);
    images_end_document(h->images);
    images_begin_document(h->images, "tests/data", "hand.fo", 0);
    xmlFreeDoc(doc);
    return h->said.buf;
}

static const char *measure_svg(struct hand *h, const char *svg, mpt *width)
{
    return measure_styled(h, svg, NULL, 0, width);
}

#define SVG(attributes, inside) \
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' " \
    attributes ">" inside "</svg>"

START_TEST(svg_is_checked)
{
    static const struct {
        const char *svg, *id; /* NULL: nothing is wrong */
    } cases[] = {
        { SVG("width='100' height='50'", "<rect width='9' height='9'/>"), NULL },
        { SVG("viewBox='0 0 100 50'", "<rect width='9' height='9'/>"), NULL },
        { SVG("width='100' height='50'", "<text font-family='Source Sans 3' y='9'>x</text>"), NULL },
        { SVG("width='100' height='50'", "<text style='font-family:\"Source Sans 3\"'>x</text>"), NULL },
        { SVG("width='100' height='50'", "<text y='9'>x</text>"), "FO-222" },
        { SVG("width='100' height='50' font-family='Arial'", "<text y='9'>x</text>"), "FO-222" },
        { SVG("width='100' height='50'", "<text font-family='Source Sans 3'>&#x13000;</text>"), "FO-223" },
        { SVG("width='100' height='50'", "<filter id='f'/>"), "FO-220" },
        { SVG("width='100' height='50'", "<g><mask id='m'/></g>"), "FO-220" },
        { SVG("width='100' height='50'", "<rect filter='url(#f)'/>"), "FO-220" },
        { SVG("width='100' height='50'", "<rect style='fill:red; mask : url(#m)'/>"), "FO-220" },
        { SVG("width='100' height='50'", "<script>1</script>"), "FO-220" },
        { SVG("width='100' height='50'", "<a xlink:href='#x'><rect/></a>"), "FO-220" },
        { SVG("width='100' height='50'", "<rect onclick='x()'/>"), "FO-220" },
        { SVG("width='100' height='50'", "<image xlink:href='/etc/hostname'/>"), "FO-221" },
        { SVG("width='100' height='50'", "<use href='http://example.org/x#a'/>"), "FO-221" },
        { SVG("width='100' height='50'", "<rect fill='url(other.svg#g)'/>"), "FO-221" },
        { SVG("width='100' height='50'", "<style>@import 'x.css';</style>"), "FO-221" },
        { SVG("width='100' height='50'", "<style>text{font-family:Arial}</style>"), "FO-222" },
        { SVG("", "<rect width='9' height='9'/>"), "FO-224" },
    };
    struct hand h;
    mpt width;

    begin(&h);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *said = measure_svg(&h, cases[i].svg, &width);

        if (cases[i].id)
            ck_assert_msg(strstr(said, cases[i].id) != NULL, "%s gives %s", cases[i].svg, said);
        else
            ck_assert_msg(!*said && width == 100000, "%s gives %d %s", cases[i].svg, width, said);
    }
    end(&h);
}
END_TEST

/* A drawing that names no size is as large as its viewport, when that is known. */
START_TEST(svg_without_size)
{
    struct style_size size = { .content_width = { .v = 20000 }, .bpd.opt = { .v = 10000 } };
    const struct fo_style style = { .size = &size };
    const char *svg = SVG("", "<rect width='9' height='9'/>");
    struct hand h;
    mpt width;

    begin(&h);
    size.content_height.keyword = FO_KW_AUTO;
    ck_assert_str_eq(measure_styled(&h, svg, &style, 0, &width), "");
    ck_assert_int_eq(width, 20000);
    ck_assert_str_eq(measure_styled(&h, SVG("viewBox='0 0 7 5'", ""), &style, 0, &width), "");
    ck_assert_int_eq(width, 7000);
    size.bpd.opt.keyword = FO_KW_AUTO;
    ck_assert_ptr_nonnull(strstr(measure_styled(&h, svg, &style, 0, &width), "FO-224"));
    size.content_height = (struct fo_length){ .pct = 1 };
    ck_assert_ptr_nonnull(strstr(measure_styled(&h, svg, &style, 0, &width), "FO-224"));
    end(&h);
}
END_TEST

START_TEST(svg_families)
{
    static const char alias[] = "<fontconfig><match target='pattern'><test name='family'><string>Stand In</string>"
        "</test><edit name='family' mode='assign' binding='same'><string>Source Sans 3</string></edit></match>"
        "</fontconfig>";
    struct hand h;
    mpt width;

    begin(&h);
    ck_assert(FcConfigParseAndLoadFromMemory(h.config, (const FcChar8 *)alias, FcTrue));
    ck_assert_str_eq(measure_svg(&h, SVG("width='9' height='5'", "<text font-family='Stand In'>x</text>"), &width),
                     "");
    ck_assert_str_eq(measure_styled(&h, SVG("width='9' height='5'", "<text>x</text>"), NULL, 1, &width),
                     "3:warning:FO-222:hand.fo:1: SVG asks for the font family '(none given)', which is not "
                     "installed\n");
    ck_assert_int_eq(width, 9000);
    ck_assert_ptr_nonnull(strstr(measure_styled(&h, SVG("width='9' height='5'", "<filter id='f'/>"), NULL, 1, &width),
                                 "error:FO-220"));
    end(&h);
}
END_TEST

#define QR(attributes, text) "<q:code xmlns:q='urn:certpress:qr' " attributes ">" text "</q:code>"

START_TEST(qr_codes)
{
    struct hand h;
    struct strbuf long_one = STRBUF_INIT;
    mpt width;

    begin(&h);
    ck_assert_str_eq(measure_svg(&h, QR("", "https://example.org/"), &width), "");
    ck_assert_int_eq(width, (25 + 8) * 2835); /* version 2 at level M */
    ck_assert_str_eq(measure_svg(&h, QR("level='H'", "https://example.org/"), &width), "");
    ck_assert_int_eq(width, (29 + 8) * 2835); /* version 3 */
    ck_assert_ptr_nonnull(strstr(measure_svg(&h, QR("level='X'", "a"), &width), "FO-230"));
    ck_assert_ptr_nonnull(strstr(measure_svg(&h, QR("level='LM'", "a"), &width), "FO-230"));
    ck_assert_ptr_nonnull(strstr(measure_svg(&h, QR("", ""), &width), "FO-231"));
    strbuf_addstr(&long_one, "<q:code xmlns:q='urn:certpress:qr'>");
    for (int i = 0; i < 3000; i++)
        strbuf_addch(&long_one, 'x');
    strbuf_addstr(&long_one, "</q:code>");
    ck_assert_ptr_nonnull(strstr(measure_svg(&h, long_one.buf, &width), "FO-232"));
    ck_assert_ptr_nonnull(strstr(measure_svg(&h, "<other xmlns='urn:x'/>", &width), "FO-217"));
    strbuf_release(&long_one);
    end(&h);
}
END_TEST

START_TEST(image_faults)
{
    static const struct fo_node empty = { .kind = FO_INSTREAM_FOREIGN_OBJECT, .line = 4,
                                          .facts = &fo_no_facts };
    static const struct {
        const char *src, *id;
    } cases[] = {
        { "", "FO-216" }, { "absent.png", "FO-210" }, { "https://example.org/a.png", "FO-215" },
        { "data:image/png;base64,AAAA", "FO-215" }, { "/dev/null", "FO-211" }, { "/", "FO-210" },
    };
    struct hand h;

    begin(&h);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fo_facts said = { .src = cases[i].src };
        struct fo_node n = { .kind = FO_EXTERNAL_GRAPHIC, .line = 3, .facts = &said };
        mpt width, height;

        strbuf_clear(&h.said);
        ck_assert_int_eq(images_measure(h.images, &n, &width, &height, &h.d), -1);
        ck_assert_msg(strstr(h.said.buf, cases[i].id) != NULL, "'%s' gives %s", cases[i].src,
                      h.said.buf);
        ck_assert_int_eq(strncmp(h.said.buf, "3:", 2), 0);
    }
    strbuf_clear(&h.said);
    ck_assert_ptr_null(images_of(h.images, &empty, &h.d));
    ck_assert_str_eq(h.said.buf, "4:error:FO-218:the foreign object is empty\n");
    end(&h);
}
END_TEST

static void measure_bytes(struct hand *h, const char *file, const void *bytes, size_t n, int good,
                          const char *id)
{
    struct fo_facts said = { .src = file };
    struct fo_node node_of = { .kind = FO_EXTERNAL_GRAPHIC, .line = 3, .facts = &said };
    FILE *f = fopen(file, "wb");
    mpt width = 0, height = 0;

    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
    images_end_document(h->images);
    images_begin_document(h->images, "", "hand.fo", 0);
    strbuf_clear(&h->said);
    ck_assert_int_eq(images_measure(h->images, &node_of, &width, &height, &h->d), good ? 0 : -1);
    if (good)
        ck_assert_msg(!h->said.len && width == 40000 && height == 30000, "%s%d", h->said.buf, width);
    else
        ck_assert_msg(strstr(h->said.buf, id) != NULL, "%zu bytes: %s", n, h->said.buf);
}

/* A TIFF with one entry, the orientation 6 (turn right). */
static const unsigned char exif[] = "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0";

static void make_jpeg(int channels, int turned, unsigned char **bytes, unsigned long *n)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr faults;
    unsigned char pixels[160];
    unsigned char *row = pixels;

    info.err = jpeg_std_error(&faults);
    jpeg_create_compress(&info);
    *bytes = NULL;
    *n = 0;
    jpeg_mem_dest(&info, bytes, n);
    info.image_width = 40;
    info.image_height = 30;
    info.input_components = channels;
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_start_compress(&info, TRUE);
    if (turned)
        jpeg_write_marker(&info, JPEG_APP0 + 1, exif, sizeof exif - 1);
    for (int y = 0; y < 30; y++) {
        for (int x = 0; x < 40 * channels; x++)
            pixels[x] = (unsigned char)(x * y);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
}

START_TEST(pictures)
{
    const char *folder = getenv("B");
    char *file = xasprintf("%s/check_fo2pdf_paint.tmp", folder ? folder : ".");
    struct hand h;
    struct strbuf png = STRBUF_INIT;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 40, 30);
    unsigned char *jpeg;
    unsigned long n;

    begin(&h);
    cairo_surface_write_to_png_stream(surface, collect, &png);
    cairo_surface_destroy(surface);
    measure_bytes(&h, file, png.buf, png.len, 1, NULL);
    for (size_t cut = 8; cut < png.len - 12; cut += 7)
        measure_bytes(&h, file, png.buf, cut, 0, "FO-212");
    png.buf[18] = 1; /* 65,576 pixels wide */
    png.buf[17] = 1;
    measure_bytes(&h, file, png.buf, png.len, 0, "FO-214");
    for (int channels = 1; channels <= 4; channels++) {
        if (channels == 2)
            continue;
        make_jpeg(channels, 0, &jpeg, &n);
        measure_bytes(&h, file, jpeg, n, channels < 4, "FO-213");
        for (size_t cut = 3; channels == 3 && cut < n - 2; cut += 31)
            measure_bytes(&h, file, jpeg, cut, 0, "FO-212");
        free(jpeg);
    }
    make_jpeg(3, 1, &jpeg, &n);
    measure_bytes(&h, file, jpeg, n, 0, "FO-219");
    free(jpeg);
    measure_bytes(&h, file, "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>", 64, 1, NULL);
    measure_bytes(&h, file, "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'>", 63, 0, "XML-001");
    measure_bytes(&h, file, "<html/>", 7, 0, "FO-211");
    measure_bytes(&h, file, "GIF89a", 6, 0, "FO-211");
    remove(file);
    free(file);
    strbuf_release(&png);
    end(&h);
}
END_TEST

START_TEST(addresses)
{
    static const struct {
        const char *address, *uri; /* NULL: refused */
    } cases[] = {
        { "https://example.org/", "https://example.org/" },
        { "mailto:a@example.org", "mailto:a@example.org" },
        { "https://example.org/\xe2\x82\xac", "https://example.org/%E2%82%AC" },
        { "https://example.org/a b", NULL }, { "https://example.org/<", NULL },
        { "javascript:alert(1)", NULL }, { "JavaScript:alert(1)", NULL }, { "file:///etc", NULL },
        { "", NULL }, { "https://example.org/\n", NULL },
    };
    struct strbuf relative = STRBUF_INIT;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct strbuf uri = STRBUF_INIT;
        int bad = links_uri(cases[i].address, &uri);

        ck_assert_int_eq(bad, cases[i].uri ? 0 : -1);
        if (cases[i].uri)
            ck_assert_str_eq(uri.buf, cases[i].uri);
        strbuf_release(&uri);
    }
    ck_assert_int_eq(links_uri("other.pdf#page=2", &relative), 1);
    ck_assert_str_eq(relative.buf, "other.pdf#page=2");
    strbuf_release(&relative);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf_paint");
    TCase *structure = tcase_create("structure"), *graphics = tcase_create("graphics");
    SRunner *runner = srunner_create(suite);
    int failed;

    xmlx_init();
    tcase_add_test(structure, paragraphs_on_two_pages);
    tcase_add_test(structure, decoration_is_artifact);
    tcase_add_test(structure, link_inside_paragraph);
    tcase_add_test(structure, words_in_groups);
    tcase_add_test(structure, bookmark_to_nowhere);
    tcase_add_test(structure, tables_are_regular);
    tcase_add_test(structure, text_says_what_it_is);
    tcase_add_test(structure, private_characters_are_refused);
    tcase_add_test(structure, nothing_is_left_out_in_silence);
    tcase_add_test(structure, link_in_page_furniture);
    tcase_add_test(structure, faults_of_structure);
    tcase_add_test(structure, addresses);
    tcase_add_test(graphics, svg_is_checked);
    tcase_add_test(graphics, svg_without_size);
    tcase_add_test(graphics, svg_families);
    tcase_add_test(graphics, qr_codes);
    tcase_add_test(graphics, image_faults);
    tcase_add_test(graphics, pictures);
    suite_add_tcase(suite, structure);
    suite_add_tcase(suite, graphics);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
