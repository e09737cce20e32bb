/* The tokenizer of page content. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "content.h"
#include "strbuf.h"

/* Every fault has the one id of this module. */
static void expect_id(void *arg, const struct diag_place *place, enum diag_level level,
                      const char *id, const char *text)
{
    (void)arg;
    (void)place;
    (void)text;
    ck_assert_int_eq(level, DIAG_ERROR);
    ck_assert_str_eq(id, "PDF-012");
}

/* Operators of CONTENT as "name:class " each; "!" when it is refused. */
static void digest(const char *content, size_t n, struct strbuf *out)
{
    struct pdf_content c;
    struct pdf_op op;
    struct diag d;
    int result;

    diag_init(&d, "check_pdf_content");
    d.sink = expect_id;
    pdf_content_init(&c, content, n, "x.pdf");
    while ((result = pdf_content_next(&c, &op, &d)) > 0) {
        ck_assert_uint_le(op.start, op.operator_at);
        ck_assert_uint_lt(op.operator_at, op.end);
        ck_assert_uint_le(op.end, n);
        ck_assert(!memcmp(content + op.operator_at, op.name, op.end - op.operator_at));
        strbuf_addf(out, "%s/%d ", op.name, op.operands_n);
        if (op.tag)
            strbuf_addf(out, "[%.*s %ld %.*s] ", (int)op.tag_len, op.tag, op.mcid,
                        (int)op.resource_len, op.resource ? op.resource : "");
    }
    ck_assert((result < 0) == (d.errors > 0));
    if (result < 0)
        strbuf_addch(out, '!');
}

static const struct {
    const char *content, *want;
} rows[] = {
    { "", "" },
    { "q 1 0 0 -1 0 842 cm Q", "q/0 cm/6 Q/0 " },
    { "q\n0 0 1 rg BT 9 0 0 9 50 50 Tm /f-0-0 1 Tf [(a\\)b)-5<4142>]TJ ET Q",
      "q/0 rg/3 BT/0 Tm/6 Tf/2 TJ/1 ET/0 Q/0 " },
    { "/Span <</MCID 12>> BDC EMC", "BDC/2 [Span 12 ] EMC/0 " },
    { "/Span <</Lang (de) /MCID 3 >> BDC EMC", "BDC/2 [Span 3 ] EMC/0 " },
    { "/Span<</ActualText<FEFF0041>>>BDC EMC", "BDC/2 [Span -1 ] EMC/0 " },
    { "/Span <</A <</MCID 9>>>> BDC EMC", "BDC/2 [Span -1 ] EMC/0 " },
    { "/OC /Layer1 BDC EMC", "BDC/2 [OC -1 Layer1] EMC/0 " },
    { "/Artifact BMC EMC", "BMC/1 [Artifact -1 ] EMC/0 " },
    { "/x5 Do", "Do/1 " },
    { "0 0 m 1 1 l S 1 2 3 4 re W n", "m/2 l/2 S/0 re/4 W/0 n/0 " },
    { "BI /W 1 ID x EI", "!" },
    { "q", "q/0 !" },
    { "Q", "!" },
    { "BT", "BT/0 !" },
    { "BT BT", "BT/0 !" },
    { "ET", "!" },
    { "EMC", "!" },
    { "/P BMC", "BMC/1 [P -1 ] !" },
    { "1 2 3", "!" },
    { "1 0 0 1 0 cm", "!" },
    { "xx", "!" },
    { "(open", "!" },
    { "[1 2", "!" },
    { "[1 q] TJ", "!" },
    { "<4x> Tj", "!" },
    { "1.2.3 w", "!" },
    { "1e3 w", "!" },
    { "}", "!" },
    { "3 <</MCID 1>> BDC", "!" },
    { "true false null", "!" },
};

START_TEST(gives_operators)
{
    struct strbuf out = STRBUF_INIT;

    digest(rows[_i].content, strlen(rows[_i].content), &out);
    ck_assert_str_eq(out.buf, rows[_i].want);
    strbuf_release(&out);
}
END_TEST

START_TEST(knows_the_state)
{
    static const char content[] = "q BT /P BMC (x)Tj EMC ET 0 0 1 1 re f Q";
    static const struct {
        int saves, in_text, marks, in_path, paints;
    } want[] = {
        { 1, 0, 0, 0, 0 }, { 1, 1, 0, 0, 0 }, { 1, 1, 1, 0, 0 }, { 1, 1, 1, 0, 1 },
        { 1, 1, 0, 0, 0 }, { 1, 0, 0, 0, 0 }, { 1, 0, 0, 1, 0 }, { 1, 0, 0, 0, 1 },
        { 0, 0, 0, 0, 0 },
    };
    struct pdf_content c;
    struct pdf_op op;
    struct diag d;
    size_t i;

    diag_init(&d, "check_pdf_content");
    pdf_content_init(&c, content, strlen(content), "x.pdf");
    for (i = 0; i < sizeof want / sizeof *want; i++) {
        ck_assert_int_eq(pdf_content_next(&c, &op, &d), 1);
        ck_assert_int_eq(c.saves, want[i].saves);
        ck_assert_int_eq(c.in_text, want[i].in_text);
        ck_assert_int_eq(c.marks, want[i].marks);
        ck_assert_int_eq(c.in_path, want[i].in_path);
        ck_assert_int_eq(op.class == PDF_OP_PAINT, want[i].paints);
    }
    ck_assert_int_eq(pdf_content_next(&c, &op, &d), 0);
}
END_TEST

/* Every beginning of every row, from memory that ends where it ends: nothing is read beyond it (run
 * it under the sanitizers). */
START_TEST(reads_within_its_bytes)
{
    size_t n = strlen(rows[_i].content), k;

    for (k = 0; k <= n; k++) {
        struct strbuf out = STRBUF_INIT;
        char *exact = malloc(k ? k : 1);

        ck_assert_ptr_nonnull(exact);
        memcpy(exact, rows[_i].content, k);
        digest(exact, k, &out);
        strbuf_release(&out);
        free(exact);
    }
}
END_TEST

int main(void)
{
    const int n = sizeof rows / sizeof *rows;
    Suite *suite = suite_create("pdf_content");
    TCase *tc = tcase_create("content");
    SRunner *sr = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, gives_operators, 0, n);
    tcase_add_test(tc, knows_the_state);
    tcase_add_loop_test(tc, reads_within_its_bytes, 0, n);
    suite_add_tcase(suite, tc);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
