/* Unit tests of src/common. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "args.h"
#include "diag.h"
#include "isodate.h"
#include "outfile.h"
#include "prov.h"
#include "sha256.h"
#include "strbuf.h"
#include "xmlx.h"

struct heard {
    struct strbuf text;
    long line, column, row;
};

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    struct heard *h = arg;

    strbuf_addf(&h->text, "%s %s %s %s\n", place && place->file ? place->file : "-",
                diag_level_name(level), id, text);
    h->line = place ? place->line : 0;
    h->column = place ? place->column : 0;
    h->row = place ? place->row : 0;
}

static void listen(struct diag *d, struct heard *h)
{
    memset(h, 0, sizeof *h);
    strbuf_init(&h->text);
    diag_init(d, "test");
    d->sink = hear;
    d->sink_arg = h;
}

START_TEST(strbuf_grows_and_detaches)
{
    struct strbuf sb = STRBUF_INIT;
    char *s;
    size_t len;
    int i;

    for (i = 0; i < 1000; i++)
        strbuf_addf(&sb, "%d,", i);
    ck_assert_uint_eq(sb.len, 3890);
    ck_assert_uint_eq(strlen(sb.buf), sb.len);
    s = strbuf_detach(&sb, &len);
    ck_assert_uint_eq(len, 3890);
    ck_assert_str_eq(sb.buf, "");
    free(s);
    strbuf_release(&sb);
}
END_TEST

START_TEST(strbuf_refuses_a_folder_and_too_much)
{
    struct strbuf sb = STRBUF_INIT;

    ck_assert_int_eq(strbuf_read_file(&sb, "/", 100), -1);
    ck_assert_int_eq(strbuf_read_file(&sb, "/nonexistent", 100), -1);
    ck_assert_int_eq(strbuf_read_file(&sb, "/proc/self/exe", 100), -1);
    strbuf_release(&sb);
}
END_TEST

static const struct {
    const char *text;
    int valid;
} dates[] = {
    { "2026-11-16", 1 }, { "2024-02-29", 1 }, { "2023-02-29", 0 }, { "1900-02-29", 0 },
    { "2000-02-29", 1 }, { "2026-13-01", 0 }, { "2026-00-10", 0 }, { "2026-04-31", 0 },
    { "2026-4-3", 0 },   { "20261116", 0 },   { "2026-11-16 ", 0 }, { "", 0 },
    { "1899-12-31", 0 }, { "3000-01-01", 0 }, { "2026/11/16", 0 },
};

START_TEST(isodate_accepts_days_that_exist)
{
    struct isodate d;
    char back[11];

    ck_assert_int_eq(isodate_parse(dates[_i].text, &d) == 0, dates[_i].valid);
    if (dates[_i].valid) {
        isodate_print(&d, back);
        ck_assert_str_eq(back, dates[_i].text);
    }
}
END_TEST

START_TEST(isodate_moments_agree_with_the_calendar)
{
    time_t t;
    char s[21];
    struct isodate d;

    ck_assert_int_eq(isodate_parse_moment("1970-01-01", &t), 0);
    ck_assert_int_eq(t, 0);
    ck_assert_int_eq(isodate_parse_moment("2026-11-16T08:30:59Z", &t), 0);
    ck_assert_int_eq(t, 1794817859);
    isodate_print_moment(t, s);
    ck_assert_str_eq(s, "2026-11-16T08:30:59Z");
    isodate_of_moment(t, &d);
    ck_assert_int_eq(d.day, 16);
    ck_assert_int_eq(isodate_parse_moment("2026-11-16T24:00:00Z", &t), -1);
    ck_assert_int_eq(isodate_parse_moment("2026-11-16T08:30:59", &t), -1);
}
END_TEST

START_TEST(sha256_of_the_standard_vectors)
{
    char hex[65];
    char *million = xmalloc(1000000);

    sha256_hex("", 0, hex);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    memset(million, 'a', 1000000);
    sha256_hex(million, 1000000, hex);
    ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}
END_TEST

START_TEST(diag_counts_and_gives_the_exit_status)
{
    struct diag d;
    struct heard h;

    listen(&d, &h);
    ck_assert_int_eq(diag_status(&d), 0);
    diag(&d, "T-001", DIAG_WARNING, "one\ttab\n");
    ck_assert_str_eq(h.text.buf, "- warning T-001 one tab\n");
    ck_assert_int_eq(diag_status(&d), 0);
    d.warnings_are_errors = 1;
    ck_assert_int_eq(diag_status(&d), 1);
    ck_assert_int_eq(diag(&d, "T-002", DIAG_CANNOT, "%d", 7), -1);
    ck_assert_int_eq(diag_status(&d), 2);
    strbuf_release(&h.text);
}
END_TEST

START_TEST(xmlx_names_every_fault_with_its_line)
{
    static const char bad[] = "<a>\n<b></c>\n</a>";
    static const char doctype[] = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>";
    struct diag d;
    struct heard h;

    listen(&d, &h);
    ck_assert_ptr_null(xmlx_parse(bad, strlen(bad), "bad.xml", &d));
    ck_assert_ptr_nonnull(strstr(h.text.buf, "bad.xml error XML-001"));
    strbuf_clear(&h.text);
    ck_assert_ptr_null(xmlx_parse(doctype, strlen(doctype), "d.xml", &d));
    ck_assert_ptr_nonnull(strstr(h.text.buf, "XML-002"));
    strbuf_clear(&h.text);
    ck_assert_ptr_null(xmlx_parse("", 0, "empty.xml", &d));
    ck_assert_ptr_nonnull(strstr(h.text.buf, "empty.xml error XML-001"));
    strbuf_release(&h.text);
}
END_TEST

START_TEST(xmlx_keeps_text_with_markup_characters)
{
    xmlDoc *doc = xmlx_new("urn:test", "a");
    xmlNode *root = xmlDocGetRootElement(doc);
    struct strbuf out = STRBUF_INIT;
    char *text;

    xmlx_add_text(root, "b", "Smith & Sons <Ltd>");
    text = xmlx_child_text(root, "b");
    ck_assert_str_eq(text, "Smith & Sons <Ltd>");
    free(text);
    xmlx_serialize(doc, 0, &out);
    ck_assert_ptr_nonnull(strstr(out.buf, "<b>Smith &amp; Sons &lt;Ltd&gt;</b>"));
    strbuf_release(&out);
    xmlFreeDoc(doc);
}
END_TEST

START_TEST(provenance_hides_and_comes_back_in_its_place)
{
    static const char xml[] = "<a xmlns:p=\"urn:certpress:provenance\" p:at=\"f:1\" k=\"1\" p:row=\"2\">"
                              "<b p:at=\"f:2\" p:row=\"2\" p:field=\"b\">t<c m=\"1\" p:at=\"f:3\"/></b><d/>"
                              "<e n=\"1\" p:at=\"f:4\" p:field=\"e\" o=\"2\"/></a>";
    struct strbuf before = STRBUF_INIT, between = STRBUF_INIT, after = STRBUF_INIT;
    struct prov_hidden hidden;
    struct diag d;
    struct heard h;
    xmlDoc *doc;

    listen(&d, &h);
    doc = xmlx_parse(xml, strlen(xml), "x", &d);
    xmlx_serialize(doc, 0, &before);
    prov_hide(doc, &hidden);
    xmlx_serialize(doc, 0, &between);
    prov_show(&hidden);
    xmlx_serialize(doc, 0, &after);
    ck_assert_ptr_null(strstr(between.buf, "p:at"));
    ck_assert_ptr_null(strstr(between.buf, "p:field"));
    ck_assert_ptr_nonnull(strstr(between.buf, "<e n=\"1\" o=\"2\"/>"));
    ck_assert_str_eq(before.buf, after.buf);
    strbuf_release(&before);
    strbuf_release(&between);
    strbuf_release(&after);
    xmlFreeDoc(doc);
    strbuf_release(&h.text);
}
END_TEST

START_TEST(provenance_travels_and_is_stripped)
{
    xmlDoc *doc = xmlx_new("urn:test", "a"), *other = xmlx_new("urn:test", "z");
    xmlNode *b = xmlx_add_text(xmlDocGetRootElement(doc), "b", "x");
    xmlNode *c = xmlx_add(b, "c"), *y = xmlx_add(xmlDocGetRootElement(other), "y");
    struct diag_place place = { "odd:name.csv", 17, 9, 12, "standard" };
    struct strbuf out = STRBUF_INIT;
    struct diag d;
    struct heard h;

    listen(&d, &h);
    prov_set(b, &place);
    prov_copy(y, c);
    prov_diag(&d, y, "T-003", DIAG_ERROR, "no");
    ck_assert_str_eq(h.text.buf, "odd:name.csv error T-003 no\n");
    ck_assert_int_eq(h.line, 17);
    ck_assert_int_eq(h.column, 9);
    ck_assert_int_eq(h.row, 12);
    prov_strip(other);
    xmlx_serialize(other, 0, &out);
    ck_assert_ptr_null(strstr(out.buf, "provenance"));
    ck_assert_ptr_null(strstr(out.buf, "row"));
    strbuf_release(&out);
    strbuf_release(&h.text);
    xmlFreeDoc(doc);
    xmlFreeDoc(other);
}
END_TEST

START_TEST(outfile_is_whole_or_absent)
{
    struct diag d;
    struct heard h;
    char folder[] = "/tmp/check_common.XXXXXX";
    char *path;
    struct strbuf back = STRBUF_INIT;

    listen(&d, &h);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    path = xasprintf("%s/x", folder);
    ck_assert_int_eq(outfile_write(path, "one", 3, 0, &d), 0);
    ck_assert_int_eq(outfile_write(path, "two", 3, OUTFILE_KEEP, &d), -1);
    ck_assert_ptr_nonnull(strstr(h.text.buf, "ENV-005"));
    ck_assert_int_eq(strbuf_read_file(&back, path, 100), 0);
    ck_assert_str_eq(back.buf, "one");
    ck_assert_int_eq(outfile_write("/dev/full", "x", 1, 0, &d), -1);
    ck_assert_int_eq(outfile_write("/nonexistent/x", "x", 1, 0, &d), -1);
    ck_assert_int_eq(diag_status(&d), 2);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0); /* fails when a temporary was left behind */
    free(path);
    strbuf_release(&back);
    strbuf_release(&h.text);
}
END_TEST

START_TEST(args_takes_options_between_operands)
{
    struct args_common common = { 0 };
    struct args_list list = { 0 };
    time_t date = ARGS_NO_DATE;
    int flag = 0;
    const struct args_option options[] = {
        ARGS_OUTPUT(common),
        { "flag", 'f', ARGS_FLAG, &flag, NULL, "a flag" },
        { "item", 0, ARGS_LIST, &list, "x", "an item" },
        { "date", 0, ARGS_DATE, &date, "date", "a date" },
        ARGS_END,
    };
    const struct args_program program = { "p", "tests", "[file]", "p x", options };
    char *argv[] = { (char[]){ "p" },      (char[]){ "a" },   (char[]){ "-f" },
                     (char[]){ "--item" }, (char[]){ "1" },   (char[]){ "--item=2" },
                     (char[]){ "b" },      (char[]){ "-oq" }, (char[]){ "--date" },
                     (char[]){ "1970-01-02" }, NULL };
    char *wrong[] = { (char[]){ "p" }, (char[]){ "--nope" }, NULL };
    struct diag d;
    struct heard h;
    int first;

    listen(&d, &h);
    d.out = NULL;
    first = args_parse(&program, 10, argv, &d);
    ck_assert_int_eq(first, 8);
    ck_assert_str_eq(argv[8], "a");
    ck_assert_str_eq(argv[9], "b");
    ck_assert_int_eq(flag, 1);
    ck_assert_uint_eq(list.n, 2);
    ck_assert_str_eq(common.output, "q");
    ck_assert_int_eq(date, 86400);
    ck_assert_int_eq(args_parse(&program, 2, wrong, &d), -1);
    ck_assert_ptr_nonnull(strstr(h.text.buf, "unknown option '--nope'"));
    free(list.items);
    strbuf_release(&h.text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("common");
    TCase *t = tcase_create("common");
    SRunner *runner;
    int failed;

    xmlx_init();
    tcase_add_test(t, strbuf_grows_and_detaches);
    tcase_add_test(t, strbuf_refuses_a_folder_and_too_much);
    tcase_add_loop_test(t, isodate_accepts_days_that_exist, 0, sizeof dates / sizeof *dates);
    tcase_add_test(t, isodate_moments_agree_with_the_calendar);
    tcase_add_test(t, sha256_of_the_standard_vectors);
    tcase_add_test(t, diag_counts_and_gives_the_exit_status);
    tcase_add_test(t, xmlx_names_every_fault_with_its_line);
    tcase_add_test(t, xmlx_keeps_text_with_markup_characters);
    tcase_add_test(t, provenance_hides_and_comes_back_in_its_place);
    tcase_add_test(t, provenance_travels_and_is_stripped);
    tcase_add_test(t, outfile_is_whole_or_absent);
    tcase_add_test(t, args_takes_options_between_operands);
    suite_add_tcase(s, t);
    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
