/* Reading piece by piece: the same tree of objects as of a whole document, whatever the pieces; what is
 * kept; what happens when the rest is missing. */
#include <check.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "parse.h"
#include "strbuf.h"
#include "style.h"
#include "xmlx.h"

/* Everything that may lie across two pieces. */
static const char document[] =
    "<?xml version='1.0'?><!-- before -->\n"
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xml:lang='de' "
    "xmlns:fox='http://xmlgraphics.apache.org/fop/extensions'>\r\n"
    "<fo:layout-master-set><fo:simple-page-master master-name='p' page-width='10cm'>"
    "<fo:region-body margin='1cm'/></fo:simple-page-master></fo:layout-master-set>\n"
    "<fo:declarations><x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:title "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'>A <![CDATA[&]]> B</dc:title></x:xmpmeta></fo:declarations>"
    "<fo:page-sequence master-reference='p'><fo:title>other</fo:title>\n"
    "<fo:static-content flow-name='xsl-region-before'><fo:block>"
    "<fo:retrieve-marker retrieve-class-name='m'/></fo:block></fo:static-content>"
    "<fo:flow flow-name='xsl-region-body'>\n"
    "<fo:block id='one' color='#123456'>\n  <fo:marker marker-class-name='m'>head "
    "<fo:inline font-weight='bold'>er</fo:inline></fo:marker>Gr\xc3\xbc\xc3\x9f"
    "e &amp; <![CDATA[<b> & ]]]]><![CDATA[>]]>a<!-- a comment -->b<?an instruction?>c&#228;&#x20AC;\n\n"
    " tail<fox:destination internal-destination='one'/>s</fo:block>\n"
    "<fo:block xmlns:p='urn:certpress:provenance' p:at='cells.csv:17:3' p:row='3' p:field='name' role='H1' "
    "text-indent=' 2&#x65;m\n - 1em '>\xe4\xb8\x8a\xe6\xb5\xb7 <fo:basic-link internal-destination='one'>"
    "&#x1F600;</fo:basic-link></fo:block>\n"
    "<fo:table><fo:table-body><fo:table-row><fo:table-cell number-columns-spanned='2'><fo:block>x</fo:block>"
    "</fo:table-cell></fo:table-row></fo:table-body></fo:table>\n"
    "<s:g xmlns:s='urn:s'/>"
    "<fo:block><fo:instream-foreign-object><q:code xmlns:q='urn:certpress:qr'>https://example.org/?a&amp;b"
    "<!-- kept --></q:code></fo:instream-foreign-object></fo:block>\n"
    "</fo:flow></fo:page-sequence>\n</fo:root>\n<!-- after -->\n";

static char path[64]; /* of a file in memory */
static int file;
static struct strbuf said;

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    (void)text;
    strbuf_addf(arg, "%s:%ld:%s:%s ", place ? place->file : "-", place ? place->line : 0,
                diag_level_name(level), id);
}

static void start_diag(struct diag *d)
{
    diag_init(d, "check");
    d->sink = hear;
    d->sink_arg = &said;
    strbuf_clear(&said);
}

static void write_path(const void *bytes, size_t n)
{
    ck_assert_int_eq(ftruncate(file, 0), 0);
    ck_assert_int_eq(pwrite(file, bytes, n, 0), (ssize_t)n);
}

static const char *or_none(const char *s)
{
    return s ? s : "-";
}

static void add_node(const struct fo_node *node, int depth, struct strbuf *out)
{
    const struct fo_facts *f = node->facts;

    strbuf_addf(out, "%*s%s %d", depth, "", fo_kind_name(node->kind), node->line);
    if (node->kind == FO_TEXT)
        strbuf_addf(out, " '%s' %zu", fo_text(node), fo_text_len(node));
    else
        strbuf_addf(out, " %d %08x %d", node->style->font->weight, node->style->text->color,
                    node->style->text->text_indent.v);
    strbuf_addf(out, " %s %s %s %s %d %s %s\n", or_none(f->id), or_none(f->role), or_none(f->lang),
                or_none(f->internal_destination), f->columns_spanned,
                f->foreign ? (const char *)f->foreign->name : "-",
                f->xml ? (const char *)f->xml->name : "-");
    for (const struct fo_node *c = node->first; c; c = c->next)
        add_node(c, depth + 1, out);
}

static struct fo_node *find(struct fo_node *node, enum fo_kind kind)
{
    struct fo_node *found = node->kind == kind ? node : NULL;

    for (struct fo_node *c = node->first; c && !found; c = c->next)
        found = find(c, kind);
    return found;
}

/* All that is known of FO, with what a marker gives when it is retrieved. Takes FO. */
static char *describe(struct fo_document *fo, struct diag *d)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_addf(&out, "%s %s %s\n", or_none(fo->title), or_none(fo->lang),
                fo->first_destination ? fo->first_destination->id : "-");
    if (find(fo->root, FO_MARKER))
        ck_assert_int_eq(fo_parse_marker(fo, find(fo->root, FO_MARKER),
                                         find(fo->root, FO_RETRIEVE_MARKER), d), 0);
    add_node(fo->root, 0, &out);
    fo_free(fo);
    return strbuf_detach(&out, NULL);
}

static char *read_whole(const char *text, size_t n)
{
    struct fo_document *fo;
    struct diag d;
    char *description;
    xmlDoc *xml;

    start_diag(&d);
    xml = xmlx_parse(text, n, "t", &d);
    ck_assert_ptr_nonnull(xml);
    ck_assert_msg(!fo_parse(xml, "t", NULL, 1, &fo, &d), "%s", said.buf);
    description = describe(fo, &d);
    xmlFreeDoc(xml);
    return description;
}

static char *read_pieces(const void *bytes, size_t n)
{
    struct fo_document *fo;
    struct diag d;

    start_diag(&d);
    write_path(bytes, n);
    ck_assert_msg(!fo_parse_file(path, "t", NULL, 1, NULL, NULL, &fo, &d), "%s", said.buf);
    return describe(fo, &d);
}

/* Takes both. The lines of texts may differ: of a whole document it is the line of their ends. */
static void assert_alike(char *whole, char *pieces, size_t at)
{
    ck_assert_msg(!strcmp(whole, pieces), "moved by %zu:\n%s--\n%s", at, whole, pieces);
    free(whole);
    free(pieces);
}

/* Blanks before the document's element move the ends of the pieces over it, byte by byte. */
START_TEST(pieces_may_end_anywhere)
{
    enum { PIECE = 4096 };
    struct strbuf moved = STRBUF_INIT;
    size_t n = strlen(document), from = PIECE - n - 200, head = strcspn(document, "\n");
    char *first = NULL;

    ck_assert_uint_lt(n, PIECE - 200);
    for (size_t blanks = from; blanks < PIECE; blanks++) {
        char *pieces;

        strbuf_clear(&moved);
        strbuf_add(&moved, document, head);
        while (moved.len < head + blanks)
            strbuf_addch(&moved, ' ');
        strbuf_add(&moved, document + head, n - head);
        pieces = read_pieces(moved.buf, moved.len);
        if (!first)
            first = strdup(pieces);
        ck_assert_msg(!strcmp(first, pieces), "moved by %zu:\n%s--\n%s", blanks, first, pieces);
        free(pieces);
    }
    free(first);
    strbuf_release(&moved);
}
END_TEST

START_TEST(as_when_read_whole)
{
    struct strbuf one_line = STRBUF_INIT;
    size_t n = strlen(document);
    char *tree;

    tree = read_pieces(document, n);
    ck_assert_ptr_nonnull(strstr(tree, "A & B de one\n"));
    ck_assert_ptr_nonnull(strstr(tree, "'Gr\xc3\xbc\xc3\x9f"
                                 "e & <b> & ]]>abc\xc3\xa4\xe2\x82\xac\n\n tails'"));
    ck_assert_ptr_nonnull(strstr(tree, " 12000 - H1 de - 1 - -\n"));
    ck_assert_ptr_nonnull(strstr(tree, "     text 7 'head ' 5"));
    ck_assert_ptr_nonnull(strstr(tree, "1 code -\n"));
    ck_assert_ptr_nonnull(strstr(said.buf, "t:13:warning:FO-004"));
    free(tree);
    strbuf_add(&one_line, document, n);
    for (size_t i = 0; i < n; i++)
        if (strchr("\r\n", document[i]))
            one_line.buf[i] = ' ';
    assert_alike(read_whole(one_line.buf, n), read_pieces(one_line.buf, n), 0);
    strbuf_release(&one_line);
}
END_TEST

START_TEST(encodings)
{
    static const char *const names[] = {
        "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-8", "ISO-8859-1", "WINDOWS-1252"
    };
    static const char *const marks[] = { "", "\xff\xfe", "\xfe\xff", "\xef\xbb\xbf", "", "" };
    static const char body[] = "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:page-sequence "
        "master-reference='p'><fo:flow flow-name='f'>%s</fo:flow></fo:page-sequence></fo:root>";
    struct strbuf blocks = STRBUF_INIT, text = STRBUF_INIT;
    char *expected;

    for (int i = 0; i < 400; i++) /* over some pieces */
        strbuf_addf(&blocks, "<fo:block>%d: Gr\xc3\xbc\xc3\x9f" "e \xc3\xa0 tous</fo:block>", i);
    strbuf_addf(&text, body, blocks.buf);
    expected = read_whole(text.buf, text.len);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct strbuf in = STRBUF_INIT, out = STRBUF_INIT;
        iconv_t to = iconv_open(names[i], "UTF-8");
        char *from, *at;
        size_t from_n, n;

        ck_assert_ptr_ne(to, (iconv_t)-1);
        strbuf_addf(&in, "<?xml version='1.0' encoding='%.*s'?>%s",
                    !strncmp(names[i], "UTF-16", 6) ? 6 : 20, names[i], text.buf);
        strbuf_addstr(&out, marks[i]);
        strbuf_grow(&out, in.len * 4);
        from = in.buf, from_n = in.len, at = out.buf + out.len, n = in.len * 4;
        ck_assert_uint_eq(iconv(to, &from, &from_n, &at, &n), 0);
        out.len = (size_t)(at - out.buf);
        iconv_close(to);
        assert_alike(strdup(expected), read_pieces(out.buf, out.len), i);
        strbuf_release(&in);
        strbuf_release(&out);
    }
    free(expected);
    strbuf_release(&blocks);
    strbuf_release(&text);
}
END_TEST

/* A document that ends early is a fault of the document, and nothing comes of it. */
START_TEST(cut_anywhere)
{
    size_t end = (size_t)(strstr(document, "</fo:root>") - document) + strlen("</fo:root>");
    struct fo_document *fo;
    struct diag d;

    for (size_t n = 0; n < end; n++) {
        start_diag(&d);
        write_path(document, n);
        ck_assert_int_eq(fo_parse_file(path, "t", NULL, 1, NULL, NULL, &fo, &d), -1);
        ck_assert_ptr_null(fo);
        ck_assert_msg(strstr(said.buf, ":error:XML-001") != NULL, "cut at %zu: %s", n, said.buf);
        ck_assert_msg(!strstr(said.buf, ":FO-002") && !strstr(said.buf, ":FO-013"),
                      "cut at %zu: %s", n, said.buf);
        ck_assert_int_eq(diag_status(&d), 1);
    }
}
END_TEST

static int elements(const xmlNode *node)
{
    int n = 0;

    for (; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            n += 1 + elements(node->children);
    return n;
}

START_TEST(little_is_kept)
{
    struct fo_document *fo;
    struct strbuf text = STRBUF_INIT;
    struct diag d;

    start_diag(&d);
    strbuf_addstr(&text, "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:page-sequence "
                  "master-reference='p'><fo:flow flow-name='f'>");
    for (int i = 0; i < 1000; i++)
        strbuf_addstr(&text, "<fo:block xmlns:q='urn:q'>a<fo:inline>b</fo:inline></fo:block>");
    strbuf_addstr(&text, "<fo:block><fo:marker marker-class-name='m'>a<fo:inline>b</fo:inline></fo:marker>"
                  "</fo:block></fo:flow></fo:page-sequence></fo:root>");
    write_path(text.buf, text.len);
    ck_assert_msg(!fo_parse_file(path, "t", NULL, 0, NULL, NULL, &fo, &d), "%s", said.buf);
    ck_assert_int_eq(elements(xmlDocGetRootElement(fo->xml)), 6); /* root ... block, marker, inline */
    fo_free(fo);
    strbuf_release(&text);
}
END_TEST

/* Elements that look alike share what they look like, whatever their ids and provenance. */
START_TEST(much_is_shared)
{
    static const char text[] = "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "
        "xmlns:p='urn:certpress:provenance'><fo:page-sequence master-reference='p'>"
        "<fo:flow flow-name='f'><fo:block id=' a ' color='red'>1</fo:block>"
        "<fo:block id='b' color='red'>2</fo:block><fo:block color='red' id='' p:at='x.csv:1'/>"
        "<fo:block id='d' color='blue'/></fo:flow></fo:page-sequence></fo:root>";
    const struct fo_node *a, *b, *c, *last;
    struct fo_document *fo;
    struct diag d;

    start_diag(&d);
    write_path(text, strlen(text));
    ck_assert_msg(!fo_parse_file(path, "t", NULL, 0, NULL, NULL, &fo, &d), "%s", said.buf);
    a = find(fo->root, FO_BLOCK), b = a->next, c = b->next, last = c->next;
    ck_assert_str_eq(a->facts->id, "a");
    ck_assert_str_eq(b->facts->id, "b");
    ck_assert_ptr_null(c->facts->id);
    ck_assert_ptr_eq(a->style, b->style);
    ck_assert_ptr_eq(a->style, c->style);
    ck_assert_ptr_eq(a->first->facts, b->first->facts);
    ck_assert_ptr_ne(a->style, last->style);
    fo_free(fo);
}
END_TEST

static void count_seen(void *arg, const xmlNode *element)
{
    *(int *)arg += xmlx_attr(element, "src") != NULL;
}

START_TEST(faults_of_reading)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        { "", "t:1:error:XML-001 " },
        { "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "t:1:error:XML-002 " },
        { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "t:1:error:XML-002 " },
        { "<a/>", "t:1:error:FO-001 " },
        { "<a>&e;</a>", "t:1:error:XML-001 " },
        { "<a>\n<b></a>", "t:1:error:FO-001 t:2:error:XML-001 t:2:error:XML-001 " },
        { "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'>\n<q:x/></fo:root>", "t:2:error:XML-001 " },
        { "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'>\n<fo:x/>\n<fo:external-graphic src='a'/>\n"
          "<fo:external-graphic src='b' id='a' id='a'/></fo:root>",
          "t:2:error:FO-002 t:3:error:FO-004 t:4:error:XML-001 " },
    };
    struct fo_document *fo;
    struct diag d;
    int seen = 0;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start_diag(&d);
        write_path(cases[i].text, strlen(cases[i].text));
        ck_assert_int_eq(fo_parse_file(path, "t", NULL, 0, count_seen, &seen, &fo, &d), -1);
        ck_assert_msg(!strncmp(said.buf, cases[i].said, strlen(cases[i].said)), "%s: %s",
                      cases[i].text, said.buf);
    }
    ck_assert_int_eq(seen, 1);
    start_diag(&d);
    ck_assert_int_eq(fo_parse_file("/nowhere/a.fo", "t", NULL, 0, NULL, NULL, &fo, &d), -1);
    ck_assert_int_eq(fo_parse_file("/", "t", NULL, 0, NULL, NULL, &fo, &d), -1);
    ck_assert_str_eq(said.buf, "-:0:error:ENV-002 -:0:error:ENV-002 ");
    write_path("", 0);
    ck_assert_int_eq(ftruncate(file, (off_t)XMLX_MAX_SIZE + 1), 0);
    start_diag(&d);
    ck_assert_int_eq(fo_parse_file(path, "t", NULL, 0, NULL, NULL, &fo, &d), -1);
    ck_assert_str_eq(said.buf, "-:0:error:ENV-002 ");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf_read");
    TCase *tests = tcase_create("read");
    SRunner *runner = srunner_create(suite);
    int failed;

    file = memfd_create("document", 0);
    if (file < 0)
        return 2;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    xmlx_init();
    strbuf_init(&said);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, pieces_may_end_anywhere);
    tcase_add_test(tests, as_when_read_whole);
    tcase_add_test(tests, encodings);
    tcase_add_test(tests, cut_anywhere);
    tcase_add_test(tests, little_is_kept);
    tcase_add_test(tests, much_is_shared);
    tcase_add_test(tests, faults_of_reading);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    close(file);
    return failed != 0;
}
