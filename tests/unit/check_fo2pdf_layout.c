/* Breaking of lines and pages, on small documents. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fonts.h"
#include "layout.h"
#include "parse.h"
#include "xmlx.h"

#define HEAD "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' font-family='Source Sans 3' " \
    "font-size='10pt' line-height='10pt'><fo:layout-master-set><fo:simple-page-master master-name='p' " \
    "page-width='200pt' page-height='100pt'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>" \
    "<fo:page-sequence master-reference='p' format='%s'><fo:flow flow-name='xsl-region-body'>"
#define FOOT "</fo:flow></fo:page-sequence></fo:root>"

static struct fonts *fonts;
static struct diag d;
static const char *last_id = "", *format = "1";
static xmlDoc *xml;
static struct fo_document *fo;
static struct area_document *areas;

static int no_measure(void *arg, const struct fo_node *node, mpt *width, mpt *height, struct diag *diag)
{
    (void)arg, (void)node, (void)diag;
    *width = *height = 10000;
    return 0;
}

static void take(void *arg, const struct diag_place *place, enum diag_level level, const char *id, const char *text)
{
    (void)arg, (void)place, (void)level, (void)text;
    last_id = id;
}

static void start_diag(void)
{
    diag_init(&d, "check");
    d.sink = take;
    last_id = "";
}

/* Sets CONTENT on pages of 200 by 100 points, ten lines each. */
static int set(const char *content)
{
    struct strbuf text = STRBUF_INIT;
    struct layout_options options = { NULL, no_measure, NULL, NULL, 0, LAYOUT_KEEP };
    int bad;

    start_diag();
    if (!fonts)
        fonts = fonts_open("fonts/fonts.conf", &d);
    ck_assert_ptr_nonnull(fonts);
    options.fonts = fonts;
    strbuf_addf(&text, HEAD "%s%s", format, content, FOOT);
    xml = xmlx_parse(text.buf, text.len, "t", &d);
    strbuf_release(&text);
    ck_assert_ptr_nonnull(xml);
    ck_assert(!fo_parse(xml, "t", NULL, 0, &fo, &d));
    bad = layout(fo, &options, &areas, &d);
    return bad;
}

static void done(void)
{
    layout_free(areas);
    fo_free(fo);
    xmlFreeDoc(xml);
    fonts_close(fonts);
    fonts = NULL;
    areas = NULL;
}

static int lines(const struct area *a)
{
    int n = a->kind == AREA_LINE;
    const struct area *c;

    for (c = a->first; c; c = c->next)
        n += lines(c);
    return n;
}

/* "3 2 5": the lines on each page. */
static const char *profile(void)
{
    static char text[256];
    const struct area_page *p;

    *text = '\0';
    for (p = areas->first; p; p = p->next) {
        const struct area *a;
        int n = 0;

        for (a = p->first; a; a = a->next)
            n += lines(a);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%d", *text ? " " : "", n);
    }
    return text;
}

#define L1 "<fo:block>line</fo:block>"
#define L4 L1 L1 L1 L1
#define L8 L4 L4
#define K2 "<fo:block keep-with-next='2'>line</fo:block>"
/* A paragraph whose linefeeds are kept. */
#define PARA(attributes, text) "<fo:block linefeed-treatment='preserve' " attributes ">" text "</fo:block>"

START_TEST(pages)
{
    static const struct { const char *content, *profile; } rows[] = {
        { L8 L1 L1, "10" },
        { L8 L1 L1 L1, "10 1" },
        /* orphans and widows, two each unless told otherwise */
        { L8 L1 PARA("", "a\nb\nc\nd"), "9 4" },
        { L8 PARA("", "a\nb\nc"), "8 3" },
        { L8 PARA("", "a\nb\nc\nd"), "10 2" },
        { L4 L1 L1 L1 PARA("", "a\nb\nc\nd"), "9 2" },
        { L8 L1 PARA("orphans='1' widows='1'", "a\nb"), "10 1" },
        { L4 PARA("orphans='3' widows='4'", "a\nb\nc\nd\ne\nf\ng\nh\ni"), "9 4" },
        /* keeps */
        { L8 L1 "<fo:block keep-with-next='always'>h</fo:block>" L1, "9 2" },
        { L8 L1 "<fo:block>h</fo:block><fo:block keep-with-previous='always'>x</fo:block>", "9 2" },
        { L8 "<fo:block keep-together='always'>" L4 "</fo:block>", "8 4" },
        { L8 "<fo:block keep-together.within-page='1'>" L4 "</fo:block>", "8 4" },
        /* more than a page cannot be kept together */
        { "<fo:block keep-together='always'>" L8 L4 "</fo:block>", "10 2" },
        /* of two keeps that cannot both hold the weaker gives way */
        { K2 K2 K2 K2 K2 "<fo:block keep-with-next='1'>x</fo:block>" K2 K2 K2 K2 K2 L1, "6 6" },
        /* breaks */
        { L1 "<fo:block break-before='page'>x</fo:block>" L1, "1 2" },
        { L1 "<fo:block break-after='page'>x</fo:block>" L1, "2 1" },
        { L1 "<fo:block break-before='odd-page'>x</fo:block>", "1 0 1" },
        { L1 "<fo:block break-before='even-page'>x</fo:block>", "1 1" },
        { "<fo:block break-before='page'>x</fo:block>", "1" },
        { L1 "<fo:block break-after='page'/><fo:block break-before='page'>x</fo:block>", "1 1" },
        { L1 "<fo:block break-before='page'/>", "1 0" },
        { L1 "<fo:table><fo:table-body><fo:table-row><fo:table-cell>" L1 "<fo:block break-before='page'>x</fo:block>"
          "</fo:table-cell><fo:table-cell>" L1 "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "3 1" },
        /* spaces vanish at a break, unless they are to stay */
        { L8 L1 "<fo:block space-before='10pt'>x</fo:block>" L8, "9 9" },
        { L8 L1 "<fo:block space-before='10pt' space-before.conditionality='retain'>x</fo:block>" L8 L1, "9 9 1" },
        { L8 "<fo:block space-after='15pt' space-after.minimum='0pt'>x</fo:block>" L1, "10" },
        /* the least is nothing where only the optimum is named, and else the length itself */
        { L8 "<fo:block space-after.optimum='15pt'>x</fo:block>" L1, "10" },
        { L8 "<fo:block space-after='15pt'>x</fo:block>" L1, "9 1" },
        /* spaces give way rather than leave a page short, but not to save one */
        { L4 "<fo:block space-after.optimum='25pt'>x</fo:block>" L4 L1 L1, "8 3" },
        { L4 "<fo:block space-after.optimum='12pt'>x</fo:block>" L4 L1, "9 1" },
        /* a table row is parted where all its cells can be, unless it is kept together */
        { L8 "<fo:table><fo:table-body><fo:table-row><fo:table-cell>" L4 "</fo:table-cell><fo:table-cell>" L1
          "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "11 2" },
        { L8 "<fo:table><fo:table-body><fo:table-row keep-together.within-page='always'><fo:table-cell>" L4
          "</fo:table-cell><fo:table-cell>" L1 "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "8 5" },
        /* ... and what is kept together in one of them is high */
        { L8 "<fo:table><fo:table-body><fo:table-row><fo:table-cell>" L4 "</fo:table-cell><fo:table-cell>"
          "<fo:block keep-together='always'>" L1 L1 L1 "</fo:block></fo:table-cell></fo:table-row></fo:table-body>"
          "</fo:table>", "8 7" },
        /* its first content with a break begins a page with the table's header */
        { L1 "<fo:table><fo:table-header><fo:table-row><fo:table-cell>" L1 "</fo:table-cell></fo:table-row>"
          "</fo:table-header><fo:table-body><fo:table-row><fo:table-cell><fo:block break-before='page'>x</fo:block>"
          "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "1 2" },
        { "<fo:table><fo:table-body><fo:table-row><fo:table-cell>" L8 L4 "</fo:table-cell><fo:table-cell>" L1
          "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "11 2" },
        /* its header comes again */
        { L4 "<fo:table><fo:table-header><fo:table-row><fo:table-cell>" L1 "</fo:table-cell></fo:table-row>"
          "</fo:table-header><fo:table-body><fo:table-row><fo:table-cell>" L4 "</fo:table-cell></fo:table-row>"
          "<fo:table-row><fo:table-cell>" L4 "</fo:table-cell></fo:table-row></fo:table-body></fo:table>", "10 4" },
        { L4 "<fo:table table-omit-header-at-break='true'><fo:table-header><fo:table-row><fo:table-cell>" L1
          "</fo:table-cell></fo:table-row></fo:table-header><fo:table-body><fo:table-row><fo:table-cell>" L4
          "</fo:table-cell></fo:table-row><fo:table-row><fo:table-cell>" L4 "</fo:table-cell></fo:table-row>"
          "</fo:table-body></fo:table>", "10 3" },
        /* list items break as their bodies do */
        { L8 "<fo:list-block><fo:list-item><fo:list-item-label end-indent='label-end()'><fo:block>1</fo:block>"
          "</fo:list-item-label><fo:list-item-body start-indent='body-start()'>" L4 "</fo:list-item-body>"
          "</fo:list-item></fo:list-block>", "11 2" },
        { L1 "<fo:list-block><fo:list-item><fo:list-item-label end-indent='label-end()'><fo:block>1</fo:block>"
          "</fo:list-item-label><fo:list-item-body start-indent='body-start()'>" L1
          "<fo:block break-before='page'>x</fo:block></fo:list-item-body></fo:list-item></fo:list-block>", "3 1" },
    };

    ck_assert_uint_lt((size_t)_i, sizeof rows / sizeof *rows);
    ck_assert(!set(rows[_i].content));
    ck_assert_msg(!strcmp(profile(), rows[_i].profile), "%s\n gave %s, not %s", rows[_i].content, profile(), rows[_i].profile);
    done();
}
END_TEST
#define PAGES_ROWS 34

static const struct area *find(const struct area *a, enum area_kind kind, int *nth)
{
    const struct area *c, *found = NULL;

    if (a->kind == kind && (*nth)-- == 0)
        return a;
    for (c = a->first; c && !found; c = c->next)
        found = find(c, kind, nth);
    return found;
}

static const struct area *nth_line(int n)
{
    return find(areas->first->first, AREA_LINE, &n);
}

static void text_of(const struct area *a, struct strbuf *out)
{
    const struct area *c;

    if (a->kind == AREA_TEXT)
        strbuf_add(out, a->text->utf8, (size_t)a->text->utf8_len);
    for (c = a->first; c; c = c->next)
        text_of(c, out);
}

static int ends_with(const struct area *line, const char *end)
{
    struct strbuf text = STRBUF_INIT;
    int yes;

    text_of(line, &text);
    yes = text.len >= strlen(end) && !strcmp(text.buf + text.len - strlen(end), end);
    strbuf_release(&text);
    return yes;
}

/* Where the last glyph of a line ends, in mpt from the line's start edge. */
static mpt line_end(const struct area *line)
{
    mpt end = 0;
    const struct area *c;

    for (c = line->first; c; c = c->next)
        if (c->x + c->width > end)
            end = c->x + c->width;
    return end;
}

#define WORDS "Many words of unequal widths are wanted here so that a line has something to be adjusted in, " \
    "and then some more of them so that there are several lines to look at in the end."

START_TEST(justified_lines_are_full)
{
    int i, n;

    ck_assert(!set("<fo:block text-align='justify'>" WORDS "</fo:block>"));
    n = lines(areas->first->first);
    ck_assert_int_gt(n, 3);
    for (i = 0; i + 1 < n; i++)
        ck_assert_int_le(abs(line_end(nth_line(i)) - 200000), 5);
    ck_assert_int_lt(line_end(nth_line(n - 1)), 200000);
    done();
}
END_TEST

START_TEST(lines_stay_inside)
{
    static const char *const aligns[] = { "start", "center", "end", "justify" };
    char content[1024];
    int i, n;

    snprintf(content, sizeof content, "<fo:block text-align='%s' text-indent='13pt'>" WORDS "</fo:block>", aligns[_i]);
    ck_assert(!set(content));
    n = lines(areas->first->first);
    for (i = 0; i < n; i++)
        ck_assert_int_le(line_end(nth_line(i)), nth_line(i)->width + 20);
    ck_assert_int_ge(nth_line(0)->first->x, 13000);
    if (!strcmp(aligns[_i], "start") || !strcmp(aligns[_i], "justify")) {
        ck_assert_int_eq(nth_line(0)->first->x, 13000);
        ck_assert_int_eq(nth_line(1)->first->x, 0);
    }
    done();
}
END_TEST

START_TEST(soft_hyphens_show_at_the_end_only)
{
    ck_assert(!set("<fo:block>a&#xad;b</fo:block><fo:block start-indent='160pt'>cer&#xad;tifi&#xad;cate</fo:block>"));
    ck_assert(ends_with(nth_line(0), "ab"));
    ck_assert(ends_with(nth_line(1), "\302\255"));
    done();
}
END_TEST

START_TEST(white_space)
{
    ck_assert(!set("<fo:block>  a \n\t b  <fo:inline> c </fo:inline> </fo:block>"
                   "<fo:block white-space-collapse='false'>a   b</fo:block>"));
    ck_assert(ends_with(nth_line(0), "a b  c"));
    ck_assert(ends_with(nth_line(1), "a   b"));
    done();
}
END_TEST

/* No glyph is pango's empty one: every space of the page can be found again in the document. */
START_TEST(spaces_are_glyphs)
{
    const struct area *text;
    int i, n = 0;

    ck_assert(!set("<fo:block>a b &#x5d;&#x4e00; c</fo:block>"));
    text = find(areas->first->first, AREA_TEXT, &n);
    ck_assert_ptr_nonnull(text);
    for (i = 0; i < text->text->glyphs->num_glyphs; i++)
        ck_assert_uint_ne(text->text->glyphs->glyphs[i].glyph, PANGO_GLYPH_EMPTY);
    done();
}
END_TEST

/* A guess of the first round that changes the pages is set right in the next. */
START_TEST(page_numbers_settle)
{
    ck_assert(!set("<fo:block>see <fo:page-number-citation ref-id='x'/></fo:block>" L8 L1 L1
                   "<fo:block id='x'>here</fo:block>"));
    ck_assert_str_eq(profile(), "10 2");
    ck_assert(ends_with(nth_line(0), "see 2"));
    done();
}
END_TEST

/* A number that moves the page away when it is long, and back when it is short, never settles. */
START_TEST(page_numbers_that_do_not_settle)
{
    char content[4096] = "<fo:block>x</fo:block>";
    int i;

    for (i = 0; i < 6; i++)
        strcat(content, "<fo:block break-before='page'>x</fo:block>");
    strcat(content, "<fo:block break-before='page' start-indent='177pt'>aa <fo:page-number-citation ref-id='x'/></fo:block>"
           L8 "<fo:block id='x'>x</fo:block>");
    format = "i";
    ck_assert(!set(content));
    format = "1";
    ck_assert_str_eq(last_id, "FO-029");
    ck_assert_int_eq(d.warnings, 1);
    done();
}
END_TEST

/* The place of an id is on the page, however what has it is turned: its highest and leftmost point. */
START_TEST(turned_places)
{
    static const struct { const char *attributes; mpt x, y; } rows[] = {
        { "", 20, 20 },
        { "reference-orientation='90'", 30, 10 },
        { "reference-orientation='180'", 20, 40 },
        { "reference-orientation='270'", 50, 10 },
        { "fox:transform='rotate(90)'", 0, 10 },
        { "fox:transform='translate(3,4)' reference-orientation='90'", 33, 14 },
    };
    size_t i, k;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char content[600];

        snprintf(content, sizeof content, "<fo:block-container xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
                 "absolute-position='absolute' left='20pt' top='10pt' width='50pt' height='50pt' %s>" L1
                 "<fo:block id='b'>x</fo:block></fo:block-container><fo:block id='after'>x</fo:block>",
                 rows[i].attributes);
        ck_assert(!set(content));
        ck_assert_uint_eq(areas->destinations_n, 2);
        for (k = 0; k < 2; k++) {
            const struct area_destination *to = &areas->destinations[k];
            int is_b = !strcmp(to->id, "b");

            ck_assert_msg(to->x == (is_b ? 1000 * rows[i].x : 0) && to->y == (is_b ? 1000 * rows[i].y : 0),
                          "%s: %s lies at %d %d", rows[i].attributes, to->id, to->x, to->y);
        }
        done();
    }
}
END_TEST

START_TEST(faults_are_counted)
{
    static const struct { const char *content; int errors; const char *id; } rows[] = {
        { "<fo:block>Donaudampfschifffahrtselektrizit&#xe4;tenhauptbetriebswerkbau</fo:block>", 1, "FO-022" },
        { "<fo:block-container height='150pt'><fo:block/></fo:block-container>", 1, "FO-023" },
        { "<fo:block>&#x1F408;</fo:block><fo:block font-family='Nowhere'>a</fo:block>", 2, "FO-020" },
        { "<fo:block-container height='5pt'><fo:block>a</fo:block></fo:block-container>", 1, "FO-023" },
        { "<fo:block start-indent='150pt' end-indent='60pt'/>", 1, "FO-024" },
        { "<fo:block-container width='50pt'><fo:block-container reference-orientation='90'><fo:block/></fo:block-container>"
          "</fo:block-container>", 1, "FO-025" },
        { "<fo:block>&#xfffc;</fo:block>", 1, "FO-034" },
        { "<fo:block><fo:leader leader-pattern='use-content'><fo:leader leader-length='3pt'/>x</fo:leader></fo:block>", 1, "FO-039" },
    };

    ck_assert(set(rows[_i].content));
    ck_assert_ptr_null(areas);
    ck_assert_int_eq(d.errors, rows[_i].errors);
    ck_assert_str_eq(last_id, rows[_i].id);
    done();
}
END_TEST

/* Deeper than anything a stylesheet makes, and deeper than the stack should bear. */
START_TEST(nesting_has_an_end)
{
    struct strbuf text = STRBUF_INIT;
    int i;

    strbuf_addf(&text, HEAD, "1");
    for (i = 0; i < 220; i++)
        strbuf_addstr(&text, "<fo:block>");
    for (i = 0; i < 220; i++)
        strbuf_addstr(&text, "</fo:block>");
    strbuf_addstr(&text, FOOT);
    start_diag();
    xml = xmlx_parse(text.buf, text.len, "t", &d);
    ck_assert_ptr_nonnull(xml);
    ck_assert(fo_parse(xml, "t", NULL, 0, &fo, &d));
    ck_assert_str_eq(last_id, "FO-009");
    strbuf_release(&text);
    xmlFreeDoc(xml);
}
END_TEST

START_TEST(pages_have_an_end)
{
    struct strbuf text = STRBUF_INIT;
    int i;

    for (i = 0; i < 10002; i++)
        strbuf_addstr(&text, "<fo:block break-after='page'/>");
    ck_assert(set(text.buf));
    ck_assert_str_eq(last_id, "FO-030");
    strbuf_release(&text);
    done();
}
END_TEST

START_TEST(font_configurations)
{
    char path[] = "/tmp/check_fo2pdf_XXXXXX";
    int file = mkstemp(path);

    start_diag();
    ck_assert_ptr_null(fonts_open("no/such/fonts.conf", &d));
    ck_assert_str_eq(last_id, "FO-032");
    ck_assert_int_ge(file, 0);
    ck_assert_int_gt(write(file, "<fontconfig/>", 13), 0);
    close(file);
    ck_assert_ptr_null(fonts_open(path, &d));
    ck_assert_str_eq(last_id, "FO-033");
    ck_assert_int_eq(d.cannots, 2);
    remove(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf_layout");
    TCase *c = tcase_create("layout");
    SRunner *runner = srunner_create(suite);
    int failed;

    xmlx_init();
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, pages, 0, PAGES_ROWS);
    tcase_add_test(c, justified_lines_are_full);
    tcase_add_loop_test(c, lines_stay_inside, 0, 4);
    tcase_add_test(c, soft_hyphens_show_at_the_end_only);
    tcase_add_test(c, white_space);
    tcase_add_test(c, spaces_are_glyphs);
    tcase_add_test(c, page_numbers_settle);
    tcase_add_test(c, page_numbers_that_do_not_settle);
    tcase_add_test(c, turned_places);
    tcase_add_loop_test(c, faults_are_counted, 0, 8);
    tcase_add_test(c, nesting_has_an_end);
    tcase_add_test(c, pages_have_an_end);
    tcase_add_test(c, font_configurations);
    suite_add_tcase(suite, c);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
