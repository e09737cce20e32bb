/* The pages of a certificate: faults and where they are reported, wording, and what stays untouched. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "cert2fo.h"
#include "diag.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

#define CASES "tests/cases/cert2fo/"

static struct diag d;
static struct strbuf said; /* one line a message: "file:line:row field ID text" */
static struct cert2fo *stage;

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    (void)arg;
    (void)level;
    strbuf_addf(&said, "%s:%ld:%ld %s %s %s\n", place && place->file ? place->file : "-",
                place ? place->line : 0, place ? place->row : 0,
                place && place->field ? place->field : "-", id, text);
}

static void setup(void)
{
    xmlx_init();
    diag_init(&d, "check_cert2fo");
    d.sink = hear;
    strbuf_init(&said);
    stage = cert2fo_open(".", &d);
    ck_assert_ptr_nonnull(stage);
}

static void teardown(void)
{
    cert2fo_close(stage);
    strbuf_release(&said);
}

static xmlDoc *read_case(const char *name)
{
    char *path = xasprintf(CASES "%s.cert.xml", name);
    xmlDoc *doc = xmlx_read(path, NULL, &d);

    free(path);
    ck_assert_ptr_nonnull(doc);
    return doc;
}

/* The FO of CERT as text; released by the caller. */
static char *pages(const xmlDoc *cert)
{
    struct strbuf out = STRBUF_INIT;
    xmlDoc *fo;

    ck_assert_int_eq(cert2fo(stage, cert, &fo, &d), 0);
    ck_assert_str_eq(said.buf, "");
    xmlx_serialize(fo, 0, &out);
    xmlFreeDoc(fo);
    return strbuf_detach(&out, NULL);
}

START_TEST(certificate_stays_as_it_was)
{
    static const char *const names[] = { "iecee", "iecex", "csms", "xref" };
    struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
    xmlDoc *cert = read_case(names[_i]);

    xmlx_serialize(cert, 0, &before);
    free(pages(cert));
    xmlx_serialize(cert, 0, &after);
    ck_assert_str_eq(before.buf, after.buf);
    strbuf_release(&before);
    strbuf_release(&after);
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(same_pages_again)
{
    xmlDoc *cert = read_case("iecex");
    char *first = pages(cert), *second = pages(cert);

    ck_assert_str_eq(first, second);
    free(first);
    free(second);
    xmlFreeDoc(cert);
}
END_TEST

static xmlNode *add_to_root(xmlDoc *cert, const char *name, const char *text)
{
    return xmlx_add_text(xmlDocGetRootElement(cert), name, text);
}

START_TEST(own_wording_goes_first)
{
    xmlDoc *cert = read_case("iecee");
    xmlNode *wording = xmlx_add(xmlDocGetRootElement(cert), "wording");
    char *fo;

    xmlx_set(xmlx_add_text(wording, "text", "Name & address of the \"holder\""), "key", "applicant");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, "Name &amp; address of the \"holder\""));
    ck_assert_ptr_null(strstr(fo, "Name and address of the applicant"));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(era_chooses_the_words)
{
    static const struct {
        const char *era, *has, *has_not;
    } eras[] = {
        { "2010", "IEC Certification Scheme", "Certification System" },
        { "2016", ">Electrical Apparatus<", ">Equipment<" },
        { "2019", "IEC Certification System", "Electrical Apparatus" },
    };
    xmlDoc *cert = read_case("iecex");
    char *fo;

    xmlx_set(xmlx_first(xmlDocGetRootElement(cert), "form"), "era", eras[_i].era);
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, eras[_i].has));
    ck_assert_ptr_null(strstr(fo, eras[_i].has_not));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(unknown_element_names_its_cell)
{
    xmlDoc *cert = read_case("iecee");
    xmlNode *node = add_to_root(cert, "grade", "A");
    struct diag_place place = { "certificates.csv", 17, 9, 12, "grade" };
    xmlDoc *fo = NULL;

    prov_set(node, &place);
    ck_assert_int_eq(cert2fo(stage, cert, &fo, &d), -1);
    ck_assert_ptr_null(fo);
    ck_assert_str_eq(said.buf, "certificates.csv:17:12 grade XSL-001 "
                               "no template prints the element 'grade' here\n");
    ck_assert_int_eq(d.errors, 1);
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(missing_parts_are_all_reported)
{
    static const char *const gone[] = { "applicant", "report", "standards", "issuer" };
    xmlDoc *cert = read_case("iecee");
    xmlDoc *fo = NULL;
    size_t i;

    for (i = 0; i < sizeof gone / sizeof *gone; i++) {
        xmlNode *node = xmlx_first(xmlDocGetRootElement(cert), gone[i]);

        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    ck_assert_int_eq(cert2fo(stage, cert, &fo, &d), -1);
    ck_assert_ptr_null(fo);
    for (i = 0; i < sizeof gone / sizeof *gone; i++) {
        char *text = xasprintf("XSL-004 the certificate has no '%s'\n", gone[i]);

        ck_assert_ptr_nonnull(strstr(said.buf, text));
        free(text);
    }
    xmlFreeDoc(cert);
}
END_TEST

/* A language is a part of a file name: one that leads elsewhere finds nothing. */
START_TEST(language_names_no_file)
{
    static const char *const langs[] = { "../../iecee/wording.en", "e/../n", "xx", "", "en.xml" };
    xmlDoc *cert = read_case("iecee");
    xmlDoc *fo = NULL;

    xmlx_set(xmlDocGetRootElement(cert), "lang", langs[_i]);
    ck_assert_int_eq(cert2fo(stage, cert, &fo, &d), -1);
    ck_assert_ptr_null(fo);
    ck_assert_ptr_nonnull(strstr(said.buf, "XSL-003"));
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(unknown_kinds_are_refused)
{
    static const char *const kinds[] = { "", "IECEE", "../iecee", "iecee.xsl" };
    xmlDoc *cert = read_case("iecee");
    xmlDoc *fo = NULL;

    xmlx_set(xmlDocGetRootElement(cert), "kind", kinds[_i]);
    ck_assert_int_eq(cert2fo(stage, cert, &fo, &d), -1);
    ck_assert_ptr_null(fo);
    ck_assert_ptr_nonnull(strstr(said.buf, "XSL-011"));
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(missing_stylesheet_is_the_set_up)
{
    xmlDoc *cert = read_case("iecee");
    struct cert2fo *other = cert2fo_open("tests/unit", &d);
    xmlDoc *fo = NULL;

    ck_assert_int_eq(cert2fo(other, cert, &fo, &d), -1);
    ck_assert_ptr_nonnull(strstr(said.buf, "XSL-020"));
    ck_assert_int_eq(diag_status(&d), 2);
    cert2fo_close(other);
    xmlFreeDoc(cert);
}
END_TEST

/* What CERT2FO says of a stylesheet with this body, in a folder of its own. */
static void try_stylesheet(const char *body, const char *expected)
{
    const char *build = getenv("B");
    char *folder = xasprintf("%s/check_cert2fo_XXXXXX", build ? build : "build");
    xmlDoc *cert = read_case("iecee");
    struct cert2fo *other;
    xmlDoc *fo = NULL;
    char *xsl, *path;
    FILE *f;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    xsl = xasprintf("%s/xsl", folder);
    path = xasprintf("%s/iecee.xsl", xsl);
    ck_assert_int_eq(mkdir(xsl, 0700), 0);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fprintf(f, "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "
               "xmlns:exsl='http://exslt.org/common' extension-element-prefixes='exsl'>"
               "<xsl:template match='/' name='all'>%s</xsl:template></xsl:stylesheet>", body);
    ck_assert_int_eq(fclose(f), 0);
    other = cert2fo_open(folder, &d);
    ck_assert_int_eq(cert2fo(other, cert, &fo, &d), -1);
    ck_assert_ptr_null(fo);
    ck_assert_msg(strstr(said.buf, expected) != NULL, "'%s' is not in '%s'", expected, said.buf);
    ck_assert_int_eq(diag_status(&d), 2);
    cert2fo_close(other);
    xmlFreeDoc(cert);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(xsl), 0);
    ck_assert_int_eq(rmdir(folder), 0); /* and so nothing else was written there */
    free(path);
    free(xsl);
    free(folder);
}

START_TEST(stylesheets_are_kept_in)
{
    static const struct {
        const char *body, *expected;
    } tries[] = {
        { "<a><xsl:copy-of select='document(\"/etc/hostname\")'/></a>", "XSL-021" },
        { "<a><xsl:copy-of select='document(\"../../../etc/fonts/fonts.conf\")'/></a>", "XSL-021" },
        { "<a><xsl:copy-of select='document(\"http://127.0.0.1:9/x.xml\")'/></a>", "XSL-021" },
        { "<exsl:document href='made.xml'><a/></exsl:document><a/>", "XSL-021" },
        { "<a><xsl:call-template name='all'/></a>", "XSL-021" },
        { "<xsl:value-of select='1 + '/>", "XSL-020" },
        { "<xsl:nonsense/>", "XSL-020" },
        { "<a>", "XSL-020" },
    };

    try_stylesheet(tries[_i].body, tries[_i].expected);
}
END_TEST

/* Braces in a record are text, wherever they are put. */
START_TEST(braces_in_records_are_text)
{
    xmlDoc *cert = read_case("iecee");
    xmlNode *reference = xmlx_first(xmlDocGetRootElement(cert), "reference");
    char *fo;

    xmlNodeSetContent(reference, BAD_CAST "A{reference}{page}B");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, "Ref. Certif. No. A{reference}{page}B"));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

/* A word wider than its column gets places to part, and keeps all its characters. */
START_TEST(long_words_can_part)
{
    static const char part[] = "\xE2\x80\x8B"; /* U+200B */
    xmlDoc *cert = read_case("iecee");
    xmlNode *item = xmlx_first(xmlDocGetRootElement(cert), "item");
    char word[201], *fo, *at;
    int parts = 0, letters = 0;

    memset(word, 'Q', 200);
    word[200] = '\0';
    xmlNodeSetContent(xmlx_first(item, "trademark"), BAD_CAST word);
    fo = pages(cert);
    at = strchr(strstr(fo, "Trade mark"), 'Q');
    for (; *at != '<'; at++) {
        if (*at == 'Q')
            letters++;
        else if (!strncmp(at, part, 3))
            parts++;
    }
    ck_assert_int_eq(letters, 200);
    ck_assert_int_ge(parts, 4);
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

static void set_applicant(xmlDoc *cert, const char *name, const char *code, const char *city)
{
    xmlNode *applicant = xmlx_first(xmlDocGetRootElement(cert), "applicant");

    xmlNodeSetContent(xmlx_first(applicant, "name"), BAD_CAST name);
    xmlNodeSetContent(xmlx_first(applicant, "city"), BAD_CAST city);
    xmlx_set(xmlx_first(applicant, "country"), "code", code);
}

START_TEST(names_in_han_characters_say_their_language)
{
    static const struct {
        const char *name, *code, *has, *has_not;
    } names[] = {
        { "\xE6\xB8\xAF\xE9\x95\x87\xE4\xBB\xAA\xE5\x99\xA8", "CN", "xml:lang=\"zh-CN\"", "xml:lang=\"ja\"" },
        { "\xE6\xB8\xAF\xE9\x95\x87\xE4\xBB\xAA\xE5\x99\xA8", "JP", "xml:lang=\"ja\"", "xml:lang=\"zh-CN\"" },
        { "Gangzhen Instruments Co., Ltd.", "CN", "Gangzhen", "xml:lang=\"zh-CN\"" },
        { "\xCE\x91\xCE\xB9\xCE\xB3", "GR", "\xCE\x91\xCE\xB9\xCE\xB3", "xml:lang=\"el\"" },
    };
    xmlDoc *cert = read_case("iecee");
    char *fo;

    set_applicant(cert, names[_i].name, names[_i].code, "Haven");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, names[_i].has));
    ck_assert_ptr_null(strstr(fo, names[_i].has_not));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

#define GAP "</fo:wrapper>\xC2\xA0<fo:wrapper>"

START_TEST(postcodes_stand_as_the_country_writes)
{
    static const struct {
        const char *code, *expected;
    } countries[] = { { "NO", "5013" GAP "Haven" }, { "GB", "Haven" GAP "5013" }, { "XX", "5013" GAP "Haven" } };
    xmlDoc *cert = read_case("iecee");
    char *fo;

    set_applicant(cert, "Somebody", countries[_i].code, "Haven");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, countries[_i].expected));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

/* The number and its unit on one line; the same letters elsewhere are words. */
START_TEST(numbers_stay_with_their_units)
{
    xmlDoc *cert = read_case("iecee");
    xmlNode *coverage = xmlx_first(xmlx_first(xmlDocGetRootElement(cert), "item"), "coverage");
    char *fo;

    xmlNodeSetContent(xmlx_first(coverage, "p"),
                      BAD_CAST "Supply of at most 24 V, 93 mA (10 %), for the series V and for every A of it");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, "most 24\xC2\xA0V, 93\xC2\xA0mA (10\xC2\xA0%), for the series V and for every A of it"));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

/* A specimen carries its mark and nobody's signature, even when an issuer is given. */
START_TEST(specimens_are_not_signed)
{
    xmlDoc *cert = read_case("iecee");
    char *fo;

    xmlx_set(xmlDocGetRootElement(cert), "status", "specimen");
    fo = pages(cert);
    ck_assert_ptr_nonnull(strstr(fo, ">SPECIMEN<"));
    ck_assert_ptr_null(strstr(fo, "Signature"));
    ck_assert_ptr_null(strstr(fo, "<qr:code"));
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

START_TEST(lost_certificates_say_so_on_every_page)
{
    static const char *const status[] = { "Suspended", "Cancelled", "Current" };
    static const char *const notes[] = { "IS SUSPENDED", "IS CANCELLED", "CERTIFICATE IS" };
    xmlDoc *cert = read_case("iecex");
    const char *at;
    char *fo;
    int n = 0;

    xmlNodeSetContent(xmlx_first(xmlDocGetRootElement(cert), "certificate-status"), BAD_CAST status[_i]);
    fo = pages(cert);
    for (at = strstr(fo, notes[_i]); at; at = strstr(at + 1, notes[_i]))
        n++;
    ck_assert_int_eq(n, _i < 2 ? 3 : 0); /* first and other pages of the certificate, the annex */
    free(fo);
    xmlFreeDoc(cert);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cert2fo");
    TCase *t = tcase_create("cert2fo");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, certificate_stays_as_it_was, 0, 4);
    tcase_add_test(t, same_pages_again);
    tcase_add_test(t, own_wording_goes_first);
    tcase_add_loop_test(t, era_chooses_the_words, 0, 3);
    tcase_add_test(t, unknown_element_names_its_cell);
    tcase_add_test(t, missing_parts_are_all_reported);
    tcase_add_loop_test(t, language_names_no_file, 0, 5);
    tcase_add_loop_test(t, unknown_kinds_are_refused, 0, 4);
    tcase_add_test(t, missing_stylesheet_is_the_set_up);
    tcase_add_loop_test(t, stylesheets_are_kept_in, 0, 8);
    tcase_add_test(t, braces_in_records_are_text);
    tcase_add_test(t, long_words_can_part);
    tcase_add_loop_test(t, names_in_han_characters_say_their_language, 0, 4);
    tcase_add_loop_test(t, postcodes_stand_as_the_country_writes, 0, 3);
    tcase_add_test(t, numbers_stay_with_their_units);
    tcase_add_test(t, specimens_are_not_signed);
    tcase_add_loop_test(t, lost_certificates_say_so_on_every_page, 0, 3);
    suite_add_tcase(suite, t);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
