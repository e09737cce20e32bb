/* Unit tests of src/cert2xref. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cert2xref.h"
#include "facts.h"
#include "strbuf.h"
#include "xmlx.h"

START_TEST(test_compare)
{
    ck_assert_int_lt(facts_compare("IEC 60079-2", "IEC 60079-11"), 0);
    ck_assert_int_gt(facts_compare("IEC 60079-11", "IEC 60079-2"), 0);
    ck_assert_int_eq(facts_compare("IEC 60079-2", "IEC 60079-2"), 0);
    ck_assert_int_lt(facts_compare("IEC 60079-1", "IEC 60079-1:2014"), 0);
    ck_assert_int_lt(facts_compare("a9b", "a10a"), 0);
    ck_assert_int_ne(facts_compare("a01", "a1"), 0); /* two strings, one order */
    ck_assert_int_eq(facts_compare("a01", "a1"), -facts_compare("a1", "a01"));
    ck_assert_int_lt(facts_compare("99999999999999999999998", "99999999999999999999999"), 0);
    ck_assert_int_lt(facts_compare("", "a"), 0);
}
END_TEST

START_TEST(test_editions)
{
    ck_assert(facts_same_edition("IEC 60079-1:2014", "IEC 60079-1:2014"));
    ck_assert(facts_same_edition("IEC 60079-1:2014-06", "IEC 60079-1:2014"));
    ck_assert(facts_same_edition("IEC 60079-1:2014", "IEC 60079-1:2014-06"));
    ck_assert(!facts_same_edition("IEC 60079-1:2014-06", "IEC 60079-1:2014-07"));
    ck_assert(!facts_same_edition("IEC 60079-1:2014", "IEC 60079-11:2014"));
    ck_assert(!facts_same_edition("IEC 60079-1:2014", "IEC 60079-1:2007"));
    ck_assert(!facts_same_edition("IEC 62443-2-4:2015", "IEC 62443-2-4:2015+A1:2017"));
    ck_assert(facts_same_standard("IEC 60079-1:2014", "IEC 60079-1:2007"));
    ck_assert(!facts_same_standard("IEC 60079-1:2014", "IEC 60079-11:2014"));
}
END_TEST

/* The cross-reference of the named files, as text. */
static char *cross_reference(const char *const *files, struct diag *d)
{
    struct cert2xref_options options = { .name = "x", .date = 1763251200 };
    struct cert2xref *x = cert2xref_open(&options, d);
    struct strbuf text = STRBUF_INIT;
    xmlDoc *xref = NULL;

    for (; *files; files++) {
        char *path = xasprintf("tests/cases/cert2xref/data/%s.cert.xml", *files);
        xmlDoc *cert = xmlx_read(path, "cert", d);

        ck_assert_ptr_nonnull(cert);
        cert2xref_add(x, cert, d);
        xmlFreeDoc(cert);
        free(path);
    }
    if (!cert2xref_finish(x, &xref, d))
        xmlx_serialize(xref, 1, &text);
    else
        ck_assert_ptr_null(xref);
    xmlFreeDoc(xref);
    cert2xref_close(x);
    return strbuf_detach(&text, NULL);
}

START_TEST(test_order_of_input)
{
    static const char *const one[] = { "barrier", "gateway", "controller", "retrofit", NULL };
    static const char *const other[] = { "retrofit", "controller", "gateway", "barrier", NULL };
    struct diag d;
    char *a, *b;

    diag_init(&d, "test");
    a = cross_reference(one, &d);
    b = cross_reference(other, &d);
    ck_assert_int_eq(d.errors + d.warnings + d.cannots, 0);
    ck_assert_uint_gt(strlen(a), 1000);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
}
END_TEST

START_TEST(test_no_certificate)
{
    static const char *const none[] = { NULL };
    struct diag d;
    char *text;

    diag_init(&d, "test");
    d.out = NULL;
    text = cross_reference(none, &d);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(d.errors, 1); /* XREF-005 */
    free(text);
}
END_TEST

/* All that it writes fits the format. */
START_TEST(test_schema)
{
    static const char *const files[] = { "barrier", "gateway", "controller", "retrofit", "issuer", NULL };
    static const char *const specimens[] = { "specimen", NULL };
    struct diag d;
    struct xmlx_schema *schema;
    char *text[2];
    size_t i;

    diag_init(&d, "test");
    schema = xmlx_schema_load("src/formats/cert.rng", &d);
    ck_assert_ptr_nonnull(schema);
    text[0] = cross_reference(files, &d);
    text[1] = cross_reference(specimens, &d);
    for (i = 0; i < 2; i++) {
        xmlDoc *doc = xmlx_parse(text[i], strlen(text[i]), "xref", &d);

        ck_assert_ptr_nonnull(doc);
        ck_assert_int_eq(xmlx_validate(schema, doc, "xref", &d), 0);
        xmlFreeDoc(doc);
        free(text[i]);
    }
    xmlx_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cert2xref");
    TCase *t = tcase_create("core");
    SRunner *sr = srunner_create(s);
    int failed;

    suite_add_tcase(s, t);
    tcase_add_test(t, test_compare);
    tcase_add_test(t, test_editions);
    tcase_add_test(t, test_order_of_input);
    tcase_add_test(t, test_no_certificate);
    tcase_add_test(t, test_schema);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
