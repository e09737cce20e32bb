/* Packed objects: nobody can tell them from others. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "pdf.h"

enum { ELEMENTS = 450 };

static struct diag quiet(void)
{
    struct diag d;

    diag_init(&d, "check_pdf_pack");
    d.out = NULL;
    return d;
}

/* A value of every kind, with names of the list and others, and numbers that take few and many bytes. */
static struct pdf_obj *element(struct pdf *pdf, int i, const int *numbers)
{
    static const long long integers[] = { 0, -1, 63, -64, 64, 8191, -8192, 1LL << 40,
                                          999999999999999999LL, -999999999999999999LL };
    static const char *const names[] = { "A", "Type", "THead", "Unheard", "A b#", "ID", "Tz" };
    struct pdf_obj *dict = pdf_new_dict(pdf), *kids = pdf_new_array(pdf), *inner = pdf_new_dict(pdf);

    pdf_set_name(pdf, dict, "Type", "StructElem");
    pdf_set_name(pdf, dict, "S", names[i % 7]);
    pdf_set_ref(pdf, dict, "P", numbers[i / 3]);
    pdf_set_int(pdf, dict, "Integer", integers[i % 10]);
    pdf_set_bool(pdf, dict, "Flag", i % 2);
    pdf_set(pdf, dict, "Nothing", pdf_new_null(pdf));
    pdf_set(pdf, dict, "Empty", pdf_new_array(pdf));
    pdf_set(pdf, dict, "Real", pdf_new_real(pdf, i * -0.25));
    pdf_set(pdf, dict, "Bytes", pdf_new_string(pdf, "a\0b\xFF", (size_t)(i % 5)));
    pdf_set(pdf, inner, "Page", pdf_new_ref(pdf, pdf_page_number(pdf, 0)));
    pdf_set(pdf, inner, names[i % 7], pdf_new_int(pdf, i));
    for (int k = 3 * i + 1; k <= 3 * i + 3 && k < ELEMENTS; k++)
        pdf_push_ref(pdf, kids, numbers[k]);
    pdf_push(pdf, kids, inner);
    pdf_set(pdf, dict, "K", kids);
    return dict;
}

/* A document with a tree, packed or not. Release with pdf_free. */
static struct pdf *document(int packed, int *numbers)
{
    struct pdf *pdf = pdf_create("x.pdf");

    pdf_add_page(pdf, pdf_new_dict(pdf));
    for (int i = 0; i < ELEMENTS; i++)
        numbers[i] = pdf_reserve(pdf);
    for (int i = 0; i < ELEMENTS; i++) {
        if (packed) {
            pdf_pack_begin(pdf);
            pdf_pack_end(pdf, numbers[i], element(pdf, i, numbers));
        } else {
            pdf_replace(pdf, numbers[i], element(pdf, i, numbers));
        }
    }
    pdf_set_ref(pdf, pdf_catalog(pdf), "Tree", numbers[0]);
    return pdf;
}

static void same(const struct strbuf *a, const struct strbuf *b)
{
    ck_assert_uint_gt(a->len, 1000);
    ck_assert_uint_eq(a->len, b->len);
    ck_assert(!memcmp(a->buf, b->buf, a->len));
}

START_TEST(is_written_as_it_would_be)
{
    struct pdf_write_options options = { .xref = (enum pdf_xref)_i };
    struct strbuf out[2] = { STRBUF_INIT, STRBUF_INIT };
    int numbers[ELEMENTS];
    struct diag d = quiet();

    for (int packed = 0; packed < 2; packed++) {
        struct pdf *pdf = document(packed, numbers);

        ck_assert_int_eq(pdf_write(pdf, &options, &out[packed], &d), 0);
        strbuf_clear(&out[packed]);
        ck_assert_int_eq(pdf_write(pdf, &options, &out[packed], &d), 0); /* and again */
        pdf_free(pdf);
    }
    same(&out[0], &out[1]);
    strbuf_release(&out[0]);
    strbuf_release(&out[1]);
}
END_TEST

START_TEST(is_read_as_it_would_be)
{
    struct strbuf text[2] = { STRBUF_INIT, STRBUF_INIT };
    int numbers[ELEMENTS];

    for (int packed = 0; packed < 2; packed++) {
        struct pdf *pdf = document(packed, numbers);

        for (int i = 1; i < pdf_objects(pdf); i++)
            pdf_print(pdf_object(pdf, i), &text[packed]);
        ck_assert_int_eq(pdf_owner(pdf_get(pdf, pdf_object(pdf, numbers[7]), "K")), numbers[7]);
        ck_assert_ptr_eq(pdf_object(pdf, numbers[7]), pdf_object(pdf, numbers[7]));
        pdf_free(pdf);
    }
    same(&text[0], &text[1]);
    strbuf_release(&text[0]);
    strbuf_release(&text[1]);
}
END_TEST

/* Changes some elements: before writing, and in an update. */
static void change(struct pdf *pdf, int number)
{
    struct pdf_obj *dict = pdf_object(pdf, number);

    pdf_set_text(pdf, dict, "Changed", "yes");
    pdf_push_int(pdf, pdf_get(pdf, dict, "K"), 5);
    pdf_set(pdf, dict, "Nothing", NULL);
}

START_TEST(can_be_changed)
{
    struct strbuf file[2] = { STRBUF_INIT, STRBUF_INIT }, more = STRBUF_INIT;
    struct pdf_append_options none = { 0 };
    int numbers[ELEMENTS];
    struct diag d = quiet();

    for (int packed = 0; packed < 2; packed++) {
        struct pdf *pdf = document(packed, numbers);
        int first;

        change(pdf, numbers[5]);
        pdf_remove(pdf, numbers[ELEMENTS - 1]);
        pdf_replace(pdf, numbers[ELEMENTS - 1], pdf_new_int(pdf, 9));
        ck_assert_int_eq(pdf_write_on(pdf, &file[packed], &d), 0);
        first = pdf_owner(pdf_get(pdf, pdf_catalog(pdf), "Tree"));
        ck_assert_int_gt(first, 0);
        change(pdf, first);
        change(pdf, first + 60);
        strbuf_clear(&more);
        ck_assert_int_eq(pdf_append(pdf, &none, &more, NULL, &d), 0);
        strbuf_add(&file[packed], more.buf, more.len);
        pdf_free(pdf);
    }
    same(&file[0], &file[1]);
    /* and the file is one that we read */
    pdf_free(pdf_parse(file[1].buf, file[1].len, "x.pdf", &d));
    ck_assert_int_eq(d.errors, 0);
    strbuf_release(&file[0]);
    strbuf_release(&file[1]);
    strbuf_release(&more);
}
END_TEST

/* Numbers as they were written in a file. */
START_TEST(keeps_the_text_of_numbers)
{
    struct strbuf file = STRBUF_INIT, out = STRBUF_INIT;
    int numbers[ELEMENTS], number;
    struct diag d = quiet();
    struct pdf *pdf = document(0, numbers);
    char *at;

    pdf_set(pdf, pdf_catalog(pdf), "Real", pdf_new_real(pdf, 12.25));
    ck_assert_int_eq(pdf_write(pdf, NULL, &file, &d), 0);
    pdf_free(pdf);
    at = memmem(file.buf, file.len, "/Real 12.25", 11);
    ck_assert_ptr_nonnull(at);
    memcpy(at, "/Real 012.5", 11);
    pdf = pdf_parse(file.buf, file.len, "x.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    number = pdf_reserve(pdf);
    pdf_pack_begin(pdf);
    pdf_pack_end(pdf, number, pdf_copy(pdf, pdf_get(pdf, pdf_catalog(pdf), "Real")));
    pdf_print(pdf_object(pdf, number), &out);
    ck_assert_str_eq(out.buf, "012.5");
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&out);
}
END_TEST

/* A number that was reserved is no object until there is one. */
START_TEST(reserves_numbers)
{
    struct strbuf out = STRBUF_INIT;
    struct diag d = quiet();
    struct pdf *pdf = pdf_create("x.pdf");
    int number = pdf_reserve(pdf);

    pdf_set_ref(pdf, pdf_catalog(pdf), "Later", number);
    ck_assert_ptr_null(pdf_object(pdf, number));
    ck_assert_int_eq(pdf_write(pdf, NULL, &out, &d), -1);
    ck_assert_int_eq(d.errors, 1);
    pdf_pack_begin(pdf);
    pdf_pack_end(pdf, number, pdf_new_int(pdf, 77));
    ck_assert_int_eq(pdf_write(pdf, NULL, &out, &d), 0);
    ck_assert_int_eq(pdf_int(pdf_get(pdf, pdf_catalog(pdf), "Later")), 77);
    pdf_free(pdf);
    strbuf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pdf_pack");
    TCase *tc = tcase_create("pack");
    SRunner *sr = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, is_written_as_it_would_be, 0, 2);
    tcase_add_test(tc, is_read_as_it_would_be);
    tcase_add_test(tc, can_be_changed);
    tcase_add_test(tc, keeps_the_text_of_numbers);
    tcase_add_test(tc, reserves_numbers);
    suite_add_tcase(suite, tc);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
