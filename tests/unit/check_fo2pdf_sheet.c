/* Content streams and embedded fonts. */
#include <check.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "border.h"
#include "embed.h"
#include "pdf.h"
#include "sheet.h"

#define CJK "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define LATIN "fonts/SourceSans3/SourceSans3-Regular.ttf"

static struct stock *stock;
static struct sheet sheet;

static void begin(void)
{
    stock = stock_new();
    sheet_init(&sheet, stock);
    sheet_begin(&sheet, 841.89);
}

static void end(void)
{
    sheet_release(&sheet);
    stock_free(stock);
}

static const char *content(void)
{
    static const char head[] = "1 0 0 -1 0 841.89 cm\n";

    sheet_end(&sheet);
    ck_assert_int_eq(strncmp(sheet.out.buf, head, sizeof head - 1), 0);
    return sheet.out.buf + sizeof head - 1;
}

START_TEST(numbers)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        { 0, "0" }, { 1, "1" }, { -1, "-1" }, { 0.5, ".5" }, { -0.5, "-.5" }, { 0.001, ".001" },
        { 0.0004, "0" }, { -0.0004, "0" }, { 10.1, "10.1" }, { 10.01, "10.01" }, { 100, "100" },
        { 1234.5678, "1234.568" }, { -20.05, "-20.05" }, { 14400, "14400" }, { 0.9996, "1" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[64];

        begin();
        sheet.canvas.ops->move(&sheet.canvas, cases[i].value, 0);
        snprintf(expected, sizeof expected, "%s 0 m\nf\n", cases[i].text);
        sheet.canvas.ops->fill(&sheet.canvas, 0);
        ck_assert_str_eq(content(), expected);
        end();
    }
}
END_TEST

/* What meets on the page meets in the file: edges are rounded, not widths. */
START_TEST(rectangles_meet)
{
    begin();
    sheet.canvas.ops->rect(&sheet.canvas, 0.0004, 0, 0.0007, 1);
    sheet.canvas.ops->rect(&sheet.canvas, 0.0011, 0, 0.0007, 1);
    sheet.canvas.ops->fill(&sheet.canvas, 1);
    ck_assert_str_eq(content(), "0 0 .001 1 re\n.001 0 .001 1 re\nf*\n");
    end();
}
END_TEST

START_TEST(state_is_set_once)
{
    struct canvas *c = &sheet.canvas;

    begin();
    c->ops->color(c, 0xff0000ff);
    c->ops->rect(c, 0, 0, 1, 1);
    c->ops->fill(c, 0);
    c->ops->color(c, 0xff0000ff);
    c->ops->rect(c, 0, 0, 2, 2);
    c->ops->fill(c, 0);
    c->ops->save(c);
    c->ops->color(c, 0x00ff0080);
    c->ops->rect(c, 0, 0, 3, 3);
    c->ops->fill(c, 0);
    c->ops->restore(c);
    c->ops->color(c, 0xff0000ff);
    c->ops->rect(c, 0, 0, 4, 4);
    c->ops->fill(c, 0);
    c->ops->move(c, 0, 0);
    c->ops->line(c, 1, 0);
    c->ops->stroke(c, 0.4, 0, 3, 2);
    ck_assert_str_eq(content(),
        "1 0 0 rg\n0 0 1 1 re\nf\n0 0 2 2 re\nf\nq\n/A128 gs\n0 1 0 rg\n0 0 3 3 re\nf\nQ\n"
        "0 0 4 4 re\nf\n1 0 0 RG\n.4 w\n[3 2 ] 0 d\n0 0 m\n1 0 l\nS\n");
    end();
}
END_TEST

/* A border of one side is one rectangle; sides without width leave nothing. */
START_TEST(borders)
{
    struct area_box box = {
        .border = { 1000, 0, 2000, 0 }, .border_color = { 0xff, 0, 0xff, 0 },
        .border_style = { AREA_BORDER_SOLID, AREA_BORDER_SOLID, AREA_BORDER_SOLID, AREA_BORDER_NONE },
    };

    begin();
    border_paint(&sheet.canvas, &box, 10, 10, 100, 50);
    ck_assert_str_eq(content(), "10 10 100 1 re\n10 58 100 2 re\nf\n");
    end();
    box.border[AREA_RIGHT] = 500;
    box.border_color[AREA_RIGHT] = 0xff;
    begin();
    border_paint(&sheet.canvas, &box, 10, 10, 100, 50);
    ck_assert_str_eq(content(), "10 10 100 1 re\n10 58 100 2 re\n109.5 11 .5 47 re\nf\n");
    end();
    box = (struct area_box){ .background = 0xffffff00 };
    begin();
    border_paint(&sheet.canvas, &box, 10, 10, 100, 50);
    ck_assert_str_eq(content(), "");
    end();
}
END_TEST

/* ---- fonts --------------------------------------------------------------------------------- */

static hb_face_t *face_of(const char *path)
{
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, 0);

    ck_assert_msg(hb_face_get_glyph_count(face) > 0, "no font in %s", path);
    hb_blob_destroy(blob);
    return face;
}

static unsigned glyph_of(hb_face_t *face, unsigned character)
{
    hb_font_t *font = hb_font_create(face);
    hb_codepoint_t glyph = 0;

    ck_assert(hb_font_get_nominal_glyph(font, character, &glyph));
    hb_font_destroy(font);
    return glyph;
}

static void check_font(const char *path, unsigned a, unsigned b, const char *a_text,
                       const char *map, const char *program)
{
    hb_face_t *face = face_of(path);
    struct embed_glyph glyphs[] = {
        { .glyph = glyph_of(face, a), .text = a_text, .text_len = (int)strlen(a_text) },
        { .glyph = glyph_of(face, b), .text = "b", .text_len = 1 },
    };
    struct embed_face *embedded = embed_open(face);
    struct pdf *pdf = pdf_create("fonts");
    struct strbuf to_unicode = STRBUF_INIT;
    struct pdf_obj *font, *cid, *file;
    char line[80];
    struct diag d;
    size_t n;

    diag_init(&d, "check");
    for (int i = 0; i < 2; i++)
        embed_measure(embedded, i, &glyphs[i]);
    font = pdf_object(pdf, embed_font(embedded, glyphs, 2, pdf, &d));
    ck_assert_ptr_nonnull(font);
    ck_assert(pdf_is_name(pdf_get(pdf, font, "Subtype"), "Type0"));
    cid = pdf_at(pdf, pdf_get(pdf, font, "DescendantFonts"), 0);
    file = pdf_get(pdf, pdf_get(pdf, cid, "FontDescriptor"), program);
    ck_assert_int_eq(pdf_kind(file), PDF_STREAM);
    pdf_stream_raw(file, &n);
    ck_assert_msg(n > 300 && n < 10000, "a subset of two glyphs takes %zu bytes", n);
    ck_assert_int_eq(pdf_stream_data(pdf, pdf_get(pdf, font, "ToUnicode"), &to_unicode, &d), 0);
    ck_assert_ptr_nonnull(strstr(to_unicode.buf, "\n2 beginbfchar\n"));
    snprintf(line, sizeof line, "\n<%04X> <%s>\n", glyphs[0].code, map);
    ck_assert_msg(strstr(to_unicode.buf, line) != NULL, "%s not in %s", line, to_unicode.buf);
    ck_assert(glyphs[0].width > 0 && glyphs[1].width > 0);
    strbuf_release(&to_unicode);
    pdf_free(pdf);
    embed_close(embedded);
    hb_face_destroy(face);
}

START_TEST(truetype_font)
{
    check_font(LATIN, 'A', 0x159, "A", "0041", "FontFile2");
}
END_TEST

START_TEST(cid_keyed_font)
{
    check_font(CJK, 0x6f22, 0x5b57, "\xe6\xbc\xa2", "6F22", "FontFile3");
    check_font(CJK, 0x2000b, 0x5b57, "\xf0\xa0\x80\x8b", "D840DC0B", "FontFile3");
}
END_TEST

START_TEST(plain_text)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        { "a", "a" }, { "\xc2\xa0", " " }, { "\xc2\xad", "-" }, { "\xe2\x80\x91", "-" },
        { "\xe2\x80\x90", "-" }, { "\xe2\x80\x93", "\xe2\x80\x93" }, { "\xc3\xa9", "\xc3\xa9" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = cases[i].text;
        int n = (int)strlen(text);

        stock_plain(&text, &n);
        ck_assert_int_eq(n, (int)strlen(cases[i].plain));
        ck_assert_int_eq(memcmp(text, cases[i].plain, (size_t)n), 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf_sheet");
    TCase *streams = tcase_create("streams"), *fonts = tcase_create("fonts");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(streams, numbers);
    tcase_add_test(streams, rectangles_meet);
    tcase_add_test(streams, state_is_set_once);
    tcase_add_test(streams, borders);
    tcase_add_test(fonts, truetype_font);
    tcase_add_test(fonts, cid_keyed_font);
    tcase_add_test(fonts, plain_text);
    suite_add_tcase(suite, streams);
    suite_add_tcase(suite, fonts);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
