/* The modules of rec2cert: lists, catalogues, standards, numbers, attachments, profiles, documents. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "attachment.h"
#include "catalogue.h"
#include "diag.h"
#include "exnumber.h"
#include "issuer.h"
#include "jobfile.h"
#include "kinds.h"
#include "lists.h"
#include "marking.h"
#include "prov.h"
#include "rec2cert.h"
#include "record.h"
#include "standards.h"
#include "strbuf.h"
#include "xmlx.h"

#define JOB "tests/cases/rec2cert/job"
#define N(a) ((int)(sizeof (a) / sizeof *(a)))

struct heard {
    struct diag d;
    struct strbuf ids;
};

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    struct heard *h = arg;

    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(&h->ids, "%s%s", h->ids.len ? "," : "", id);
}

static void listen(struct heard *h)
{
    diag_init(&h->d, "check");
    strbuf_init(&h->ids);
    h->d.sink = hear;
    h->d.sink_arg = h;
}

static void expect(struct heard *h, const char *ids)
{
    ck_assert_str_eq(h->ids.buf, ids);
    strbuf_release(&h->ids);
}

/* A folder of its own, removed at the end. */
static char *folder;

static void make_folder(void)
{
    folder = xstrdup("/tmp/check_rec2cert.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char *command = xasprintf("rm -rf '%s'", folder);

    ck_assert_int_eq(system(command), 0);
    free(command);
    free(folder);
}

static char *write_file(const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", folder, name);
    FILE *f = fopen(path, "w");

    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

/* ---- catalogues ---- */

static const struct {
    const char *dated;
    size_t groups, requirements;
} totals[] = {
    { "IEC 62443-2-1:2010", 19, 126 },        { "IEC 62443-2-1:2024", 8, 87 },
    { "IEC 62443-2-4:2015", 14, 123 },        { "IEC 62443-2-4:2015+A1:2017", 14, 123 },
    { "IEC 62443-2-4:2023", 14, 123 },        { "IEC 62443-3-3:2013", 7, 100 },
    { "IEC 62443-4-1:2018", 8, 47 },          { "IEC 62443-4-2:2019", 7, 122 },
};

START_TEST(catalogues_have_the_standards_totals)
{
    struct heard h;
    struct standards *s;
    const struct standards_edition *e;

    listen(&h);
    s = standards_load("templates", &h.d);
    ck_assert_ptr_nonnull(s);
    e = standards_find(s, totals[_i].dated);
    ck_assert_ptr_nonnull(e);
    ck_assert_ptr_nonnull(e->catalogue);
    ck_assert_uint_eq(e->catalogue->n, totals[_i].groups);
    ck_assert_uint_eq(e->catalogue->requirements, totals[_i].requirements);
    standards_free(s);
    expect(&h, "");
}
END_TEST

static const struct {
    unsigned types;
    long fr[7];
} component_totals[] = {
    { CATALOGUE_SOFTWARE, { 20, 20, 14, 5, 1, 3, 10 } },
    { CATALOGUE_EMBEDDED, { 20, 22, 22, 5, 1, 3, 10 } },
    { CATALOGUE_HOST, { 20, 22, 23, 5, 1, 3, 10 } },
    { CATALOGUE_NETWORK, { 24, 22, 22, 5, 6, 3, 10 } },
    { CATALOGUE_EMBEDDED | CATALOGUE_NETWORK, { 24, 26, 31, 5, 6, 3, 10 } },
    { CATALOGUE_ALL_COMPONENTS, { 24, 32, 42, 5, 6, 3, 10 } },
};

START_TEST(components_count_what_is_for_them)
{
    struct heard h;
    struct catalogue *c;
    size_t i;

    listen(&h);
    c = catalogue_load("templates/catalogue", "iec62443-4-2_2019.xml", &h.d);
    ck_assert_ptr_nonnull(c);
    for (i = 0; i < c->n; i++)
        ck_assert_int_eq(catalogue_total(&c->groups[i], component_totals[_i].types),
                         component_totals[_i].fr[i]);
    catalogue_free(c);
    expect(&h, "");
}
END_TEST

/* The count of the certificate's form: 141 with the headings that point elsewhere. */
START_TEST(the_form_counts_in_its_own_groups)
{
    static const struct { const char *code; size_t n; } groups[] = {
        { "CCSC", 4 }, { "FR 1", 22 }, { "FR 2", 21 }, { "FR 3", 19 }, { "FR 4", 5 }, { "FR 5", 4 },
        { "FR 6", 3 }, { "FR 7", 11 }, { "SAR", 3 }, { "EDR", 13 }, { "HDR", 14 }, { "NDR", 22 },
    };
    struct heard h;
    struct catalogue *c;
    size_t i;

    listen(&h);
    c = catalogue_load("templates/catalogue", "iec62443-4-2_2019.xml", &h.d);
    ck_assert_ptr_nonnull(c);
    ck_assert_ptr_nonnull(c->form);
    ck_assert_uint_eq(c->form->n, (size_t)N(groups));
    for (i = 0; i < (size_t)N(groups); i++) {
        ck_assert_str_eq(c->form->groups[i].code, groups[i].code);
        ck_assert_uint_eq(c->form->groups[i].n, groups[i].n);
        ck_assert_int_eq(catalogue_total(&c->form->groups[i], CATALOGUE_ALL_COMPONENTS), (long)groups[i].n);
    }
    ck_assert_uint_eq(c->form->requirements, 141);
    ck_assert_uint_eq(c->requirements, 122);
    catalogue_free(c);
    expect(&h, "");
}
END_TEST

static const struct {
    const char *text, *id; /* NULL: no requirement */
} id_spellings[] = {
    { "CR 1.1 RE(1)", "CR 1.1 RE(1)" }, { "cr1.1re1", "CR 1.1 RE(1)" }, { "CR 1.1 RE 1", "CR 1.1 RE(1)" },
    { "CR 1.1 (1)", "CR 1.1 RE(1)" },   { "CR-1.1(1)", "CR 1.1 RE(1)" }, { "CR\xc2\xa0" "1.1", "CR 1.1" },
    { "CR 1.11", "CR 1.11" },           { "CR 11", NULL },               { "", NULL },
    { "CR 1.1 RE(11)", NULL },          { "CR 1.1 BR", NULL },
};

START_TEST(requirements_are_found_however_spelt)
{
    struct heard h;
    struct catalogue *c;
    const struct catalogue_requirement *r;
    const struct catalogue_group *group = NULL;

    listen(&h);
    c = catalogue_load("templates/catalogue", "iec62443-4-2_2019.xml", &h.d);
    r = catalogue_requirement(c, id_spellings[_i].text, &group);
    if (id_spellings[_i].id)
        ck_assert_str_eq(r ? r->id : "none", id_spellings[_i].id);
    else
        ck_assert_ptr_null(r);
    catalogue_free(c);
    expect(&h, "");
}
END_TEST

START_TEST(base_requirements_need_no_mark)
{
    struct heard h;
    struct catalogue *c;

    listen(&h);
    c = catalogue_load("templates/catalogue", "iec62443-2-4_2023.xml", &h.d);
    ck_assert_str_eq(catalogue_requirement(c, "SP.01.01", NULL)->id, "SP.01.01 BR");
    ck_assert_str_eq(catalogue_requirement(c, "SP.01.01BR", NULL)->id, "SP.01.01 BR");
    ck_assert_str_eq(catalogue_requirement(c, "SP.01.01RE(1)", NULL)->id, "SP.01.01 RE(1)");
    catalogue_free(c);
    expect(&h, "");
}
END_TEST

START_TEST(levels_are_found_by_code_and_name)
{
    struct heard h;
    struct catalogue *c;

    listen(&h);
    c = catalogue_load("templates/catalogue", "iec62443-3-3_2013.xml", &h.d);
    ck_assert_ptr_eq(catalogue_group(c, "FR 2"), &c->groups[1]);
    ck_assert_ptr_eq(catalogue_group(c, "fr-2"), &c->groups[1]);
    ck_assert_ptr_eq(catalogue_group(c, "FR2"), &c->groups[1]);
    ck_assert_ptr_eq(catalogue_group(c, "Use Control"), &c->groups[1]);
    ck_assert_ptr_null(catalogue_group(c, "FR 21"));
    ck_assert_ptr_null(catalogue_group(c, "FR"));
    ck_assert_ptr_null(catalogue_group(c, ""));
    catalogue_free(c);
    expect(&h, "");
}
END_TEST

static const struct {
    const char *ids, *text;
} bad_catalogues[] = {
    { "CAT-001", "<list/>" },
    { "CAT-005", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'/>" },
    { "CAT-002", "<catalogue xmlns='urn:certpress:catalogue'><group name='a'><requirement id='1' name='x'/></group></catalogue>" },
    { "CAT-003", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1' name='x'/><requirement id='1' name='y'/></group></catalogue>" },
    { "CAT-003", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1' name='x'/></group><group code='A' name='b'><requirement id='2' name='y'/></group></catalogue>" },
    { "CAT-004", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1' name='x' component='toaster'/></group></catalogue>" },
    { "CAT-005", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'/></catalogue>" },
    { "CAT-006", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1' name='x'/><requirment id='2' name='y'/></group></catalogue>" },
    { "CAT-006", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><grp name='a'/><group name='a'><requirement id='1' name='x'/></group></catalogue>" },
    { "CAT-007", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1' name='x' compnent='host device'/></group></catalogue>" },
    { "CAT-008", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='1 RE(1)' name='x' parent='1'/><requirement id='1' name='y'/></group></catalogue>" },
    { "CAT-004", "<catalogue xmlns='urn:certpress:catalogue' levels='practise'><group name='a'><requirement id='1' name='x'/></group></catalogue>" },
    { "CAT-004", "<catalogue xmlns='urn:certpress:catalogue' levels='foundational-requirement'><group name='a'><requirement id='1' name='x' sl='5'/></group></catalogue>" },
    { "CAT-002", "<catalogue xmlns='urn:certpress:catalogue' levels='foundational-requirement'><group name='a'><requirement id='1' name='x'/></group></catalogue>" },
    { "CAT-003", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='A 1 RE(1)' name='x'/><requirement id='a1 (1)' name='y'/></group></catalogue>" },
    { "CAT-009", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='A1' name='x'/><requirement id='B1' name='y'/></group><form levels='certificate-form'><group name='a' ids='A'/></form></catalogue>" },
    { "CAT-003", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='A1' name='x'/></group><form levels='certificate-form'><group name='a' ids='A'/><group name='b' ids='A1'/></form></catalogue>" },
    { "CAT-005", "<catalogue xmlns='urn:certpress:catalogue' levels='practice'><group name='a'><requirement id='A1' name='x'/></group><form levels='certificate-form'><group name='a' ids='A'/><group name='b' ids='C'/></form></catalogue>" },
    { "XML-001", "<catalogue" },
};

START_TEST(faulty_catalogues_are_refused)
{
    struct heard h;
    char *path = write_file("c.xml", bad_catalogues[_i].text);

    listen(&h);
    ck_assert_ptr_null(catalogue_load(folder, "c.xml", &h.d));
    ck_assert_msg(strstr(h.ids.buf, bad_catalogues[_i].ids) == h.ids.buf, "%s", h.ids.buf);
    strbuf_release(&h.ids);
    free(path);
}
END_TEST

/* ---- standards ---- */

static const struct {
    const char *text, *dated;
} spellings[] = {
    { "IEC 62443-4-1:2018", "IEC 62443-4-1:2018" },
    { "iec62443-4-1: 2018", "IEC 62443-4-1:2018" },
    { "IEC\xc2\xa0" "62443-4-1:2018-01", "IEC 62443-4-1:2018" },
    { "IEC 62443-2-4:2015/AMD1:2017", "IEC 62443-2-4:2015+A1:2017" },
    { "IEC 62443-2-4:2015+AMD1:2017 CSV", "IEC 62443-2-4:2015+A1:2017" },
    { "IEC 62443-2-4:2015/A1:2017", "IEC 62443-2-4:2015+A1:2017" },
    { "IEC 62443-2-4:2015-06+A1:2017-08", "IEC 62443-2-4:2015+A1:2017" },
    { "IEC 60079-1:2014-06", "IEC 60079-1:2014" },
    { "IEC TS 60079-46:2017", "IEC TS 60079-46:2017" },
    { "IEC 62443-4-1", NULL },
    { "IEC 62443-4-1:2019", NULL },
    { "EN IEC 62443-4-1:2018", NULL },
    { "62443-4-1:2018", NULL },
    { "", NULL },
};

START_TEST(standards_are_found_however_they_are_written)
{
    struct heard h;
    struct standards *s;
    const struct standards_edition *e;

    listen(&h);
    s = standards_load("templates", &h.d);
    e = standards_find(s, spellings[_i].text);
    if (spellings[_i].dated) {
        ck_assert_msg(e != NULL, "'%s' is not found", spellings[_i].text);
        ck_assert_str_eq(e->dated, spellings[_i].dated);
    } else {
        ck_assert_ptr_null(e);
    }
    standards_free(s);
    expect(&h, "");
}
END_TEST

START_TEST(the_nearest_standards_are_named)
{
    struct heard h;
    struct standards *s;
    char *nearest, *big = xmalloc(100001);

    listen(&h);
    s = standards_load("templates", &h.d);
    nearest = standards_nearest(s, "IEC 62443-4-2:2018");
    ck_assert_ptr_nonnull(strstr(nearest, "'IEC 62443-4-2:2019'"));
    ck_assert_ptr_nonnull(strstr(nearest, "'IEC 62443-4-1:2018'"));
    free(nearest);
    memset(big, 'I', 100000);
    big[100000] = '\0';
    free(standards_nearest(s, big));
    free(standards_nearest(s, ""));
    free(big);
    standards_free(s);
    expect(&h, "");
}
END_TEST

START_TEST(amendments_are_no_new_edition)
{
    struct heard h;
    struct standards *s;

    listen(&h);
    s = standards_load("templates", &h.d);
    ck_assert_int_eq(standards_behind(s, standards_find(s, "IEC 60079-7:2015")), 0);
    ck_assert_int_eq(standards_behind(s, standards_find(s, "IEC 60079-7:2006")), 1);
    ck_assert_int_eq(standards_behind(s, standards_find(s, "IEC 60079-11:2006")), 2);
    ck_assert_int_eq(standards_behind(s, standards_find(s, "IEC 60079-11:2023")), 0);
    standards_free(s);
    expect(&h, "");
}
END_TEST

START_TEST(countries_have_a_name_in_every_language)
{
    struct heard h;
    struct lists *l;

    listen(&h);
    l = lists_load("templates", &h.d);
    ck_assert_ptr_nonnull(l);
    ck_assert_str_eq(lists_country(l, "NO", "en"), "Norway");
    ck_assert_str_eq(lists_country(l, "NO", "fr"), "Norvège");
    ck_assert_str_eq(lists_country(l, "JP", "ja"), "日本");
    ck_assert_ptr_null(lists_country(l, "NO", "code"));
    ck_assert_ptr_null(lists_country(l, "UK", "en"));
    ck_assert_ptr_null(lists_country(l, "", "en"));
    lists_free(l);
    expect(&h, "");
}
END_TEST

START_TEST(faulty_lists_are_refused)
{
    struct heard h;

    listen(&h);
    free(write_file("countries.xml", "<countries xmlns='urn:certpress:countries' languages='en fr'><country code='NO' en='Norway'/><country code='DE' en='Germany' fr='Allemagne'/></countries>"));
    free(write_file("techniques.xml", "<techniques xmlns='urn:certpress:techniques'><technique name='x' exposure='maybe'/></techniques>"));
    free(write_file("excb.xml", "<excb xmlns='urn:certpress:excb'/>"));
    ck_assert_ptr_null(lists_load(folder, &h.d));
    expect(&h, "CAT-005,CAT-002,CAT-003,CAT-004");
    listen(&h);
    free(write_file("standards.xml", "<standards xmlns='urn:certpress:standards'><standard number='IEC 1' class='food'><edition edition='2000' number='1.0' withdrawn='soon'/></standard></standards>"));
    ck_assert_ptr_null(standards_load(folder, &h.d));
    expect(&h, "CAT-004,CAT-005,CAT-004");
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *text, *repaired;
    int is_good;
} numbers[] = {
    { "IECEx BAS 09.0116", NULL, 1 },   { "IECEx FMG 15.0034X", NULL, 1 },
    { "IECEx BAS 20.0034U", NULL, 1 },  { "IECEx UL 21.0112X", NULL, 1 },
    { "IECEx ExTC 26.0002X", NULL, 1 }, { "IEC Ex Bas 04.0053", "IECEx Bas 04.0053", 0 },
    { "IECEx-BAS-09-0116x", "IECEx BAS 09.0116X", 0 }, { "IECEx bas 09.0116", "IECEx BAS 09.0116", 0 },
    { "IECEx BAS 09.0116 X", "IECEx BAS 09.0116X", 0 }, { "IECEx BAS 9.0116", NULL, 0 },
    { "IECEx B 09.0116", NULL, 0 },     { "IECEx BASEEFA 09.0116", NULL, 0 },
    { "IECEx BAS 09.0116XU", NULL, 0 }, { "IECEx BAS 09.01165", NULL, 0 },
    { "IECEx", NULL, 0 },               { "", NULL, 0 },
};

START_TEST(certificate_numbers)
{
    struct exnumber n;
    char *repaired = exnumber_repaired(numbers[_i].text);

    ck_assert_int_eq(exnumber_certificate(numbers[_i].text, &n) == 0, numbers[_i].is_good);
    if (!numbers[_i].is_good)
        ck_assert_pstr_eq(repaired, numbers[_i].repaired);
    free(repaired);
}
END_TEST

static const struct {
    const char *text, *kind;
    int is_good;
} reports[] = {
    { "GB/BAS/ExTR10.0134/00", "ExTR", 1 },  { "CA/QPS/ExTR10.0002/00", "ExTR", 1 },
    { "SE/SP/QAR14.0001/05", "QAR", 1 },     { "CH/SEV/EXTR19.0036/00", "ExTR", 0 },
    { "GB/BAS/ExTR10.0134", "ExTR", 0 },     { "GB/BAS/ExTR10.0134/0", "ExTR", 0 },
    { "GB/BAS/ExTR10.0134/000", "ExTR", 0 }, { "gb/BAS/ExTR10.0134/00", "ExTR", 0 },
    { "GB/BAS/QAR14.0001/05", "ExTR", 0 },   { "G", "ExTR", 0 },
};

START_TEST(report_numbers)
{
    struct exnumber n;

    ck_assert_int_eq(exnumber_report(reports[_i].text, reports[_i].kind, &n) == 0, reports[_i].is_good);
}
END_TEST

/* ---- markings ---- */

static const struct {
    const char *line;
    int result;
    const char *codes, *group, *level;
    int temperature;
    const char *at; /* where it is not understood */
} markings[] = {
    { "Ex ia IIC T4 Ga", 1, "ia", "IIC", "Ga", MARKING_CLASS, NULL },
    { "Ex ia IIC T4 Ga (-20 °C ≤ Ta ≤ +65 °C )", 1, "ia", "IIC", "Ga", MARKING_CLASS, NULL },
    { "Ex db ia IIB+H2 T4...T1 Ta=-40°C to 70°C Ga/Gb", 1, "db ia", "IIB+H2", "Ga/Gb", MARKING_CLASS, NULL },
    { "Ex db [ia IIC Ga] IIB T4 Gb", 1, "db [ia]", "IIB", "Gb", MARKING_CLASS, NULL },
    { "Ex db [ia IIC Ga] [pxb] IIB T4 Gb", 1, "db [ia] [pxb]", "IIB", "Gb", MARKING_CLASS, NULL },
    { "Ex h IIC T4 Ga", 1, "h", "IIC", "Ga", MARKING_CLASS, NULL },
    { "[Ex ia Ga] IIC", 1, "[ia]", "IIC", "", MARKING_NO_TEMPERATURE, NULL },
    { "Ex tb IIIC T135 °C Db", 1, "tb", "IIIC", "Db", MARKING_DEGREES, NULL },
    { "Ex tb IIIC T135°C Db", 1, "tb", "IIIC", "Db", MARKING_DEGREES, NULL },
    { "Ex tb IIIC T 135 °C Db", 1, "tb", "IIIC", "Db", MARKING_DEGREES, NULL },
    { "Ex tb IIIC T80 °C to T120 °C Db", 1, "tb", "IIIC", "Db", MARKING_DEGREES, NULL },
    { "Ex eb mb op is IIC T6…T4 Gb", 1, "eb mb op is", "IIC", "Gb", MARKING_CLASS, NULL },
    { "Ex db IIC Gb", 1, "db", "IIC", "Gb", MARKING_NO_TEMPERATURE, NULL },
    { "Ex ia I Ma", 1, "ia", "I", "Ma", MARKING_NO_TEMPERATURE, NULL },
    { "Ex nA nC IIC T4 Gc", 1, "nA nC", "IIC", "Gc", MARKING_CLASS, NULL },
    { "Transmitter: Ex ia IIC T6 to T4 −40 °C ≤ Ta ≤ 60 °C Ga", 1, "ia", "IIC", "Ga", MARKING_CLASS, NULL },
    { "Ex ia/ib IIC T4 Ga", 1, "ia ib", "IIC", "Ga", MARKING_CLASS, NULL },
    { "Ex\xc2\xa0" "ia IIC T4 Ga", 1, "ia", "IIC", "Ga", MARKING_CLASS, NULL },
    { "−20 °C ≤ Ta ≤ +60 °C", 0, "", "", "", MARKING_NO_TEMPERATURE, NULL },
    { "Example", 0, "", "", "", MARKING_NO_TEMPERATURE, NULL },
    { "Ex", 0, "", "", "", MARKING_NO_TEMPERATURE, NULL },
    { "", 0, "", "", "", MARKING_NO_TEMPERATURE, NULL },
    { "Ex xy IIC T4 Ga", -1, "", "", "", MARKING_NO_TEMPERATURE, "xy" },
    { "Ex ia IID T4 Ga", -1, "ia", "", "", MARKING_NO_TEMPERATURE, "IID" },
    { "Ex ia IIC T7 Ga", -1, "ia", "IIC", "", MARKING_NO_TEMPERATURE, "T7" },
    { "Ex ia IIC T4 Gd", -1, "ia", "IIC", "", MARKING_CLASS, "Gd" },
    { "Ex ia IIC Ga T4", -1, "ia", "IIC", "Ga", MARKING_NO_TEMPERATURE, "T4" },
    { "Ex [ia IIC Ga IIB T4", -1, "[ia]", "", "", MARKING_NO_TEMPERATURE, "IIB" },
    { "Ex op zz IIC", -1, "", "", "", MARKING_NO_TEMPERATURE, "zz" },
    { "Ex ia", -1, "ia", "", "", MARKING_NO_TEMPERATURE, "" },
    { "Ex ia ib ic ia ib ic ia ib ic ia ib ic ia ib ic ia ib ic IIC", -1, NULL, "", "", MARKING_NO_TEMPERATURE, "ib" },
};

START_TEST(markings_are_taken_apart)
{
    struct heard h;
    struct lists *l;
    struct marking m;
    struct strbuf codes = STRBUF_INIT;
    const char *at = NULL;
    size_t len = 0, i;

    listen(&h);
    l = lists_load("templates", &h.d);
    ck_assert_msg(marking_parse(markings[_i].line, l, &m, &at, &len) == markings[_i].result, "%s",
                  markings[_i].line);
    for (i = 0; i < m.n; i++)
        strbuf_addf(&codes, m.types[i].is_associated ? "%s[%s]" : "%s%s", i ? " " : "", m.types[i].code);
    if (markings[_i].codes)
        ck_assert_str_eq(codes.buf, markings[_i].codes);
    ck_assert_str_eq(m.group, markings[_i].group);
    ck_assert_str_eq(m.level, markings[_i].level);
    ck_assert_int_eq((int)m.temperature, markings[_i].temperature);
    if (markings[_i].at) {
        ck_assert_uint_eq(len, strlen(markings[_i].at));
        ck_assert(!strncmp(at, markings[_i].at, len));
    }
    strbuf_release(&codes);
    lists_free(l);
    expect(&h, "");
}
END_TEST

/* ---- attachments ---- */

static const struct {
    const char *path;
    enum attachment_fault fault;
    const char *type;
} pictures[] = {
    { "diagrams/gateway.svg", ATTACHMENT_FINE, "image/svg+xml" },
    { "diagrams/dot.png", ATTACHMENT_FINE, "image/png" },
    { "./diagrams//dot.png", ATTACHMENT_FINE, "image/png" },
    { "diagrams/cut.png", ATTACHMENT_OTHER_TYPE, NULL },
    { "diagrams/not-a-picture.txt", ATTACHMENT_OTHER_TYPE, NULL },
    { "profile.xml", ATTACHMENT_OTHER_TYPE, NULL },
    { "diagrams", ATTACHMENT_UNREADABLE, NULL },
    { "diagrams/absent.svg", ATTACHMENT_UNREADABLE, NULL },
    { "../job/diagrams/dot.png", ATTACHMENT_OUTSIDE, NULL },
    { "diagrams/..", ATTACHMENT_OUTSIDE, NULL },
    { "/etc/passwd", ATTACHMENT_OUTSIDE, NULL },
    { "", ATTACHMENT_OUTSIDE, NULL },
};

START_TEST(pictures_are_known_by_their_content)
{
    struct heard h;
    char sha256[65];
    const char *type = NULL;

    listen(&h);
    ck_assert_int_eq(attachment_picture(JOB, pictures[_i].path, NULL, &type, sha256, &h.d), pictures[_i].fault);
    ck_assert_pstr_eq(type, pictures[_i].type);
    strbuf_release(&h.ids);
}
END_TEST

START_TEST(links_do_not_lead_out)
{
    struct attachment_known known = { 0 };
    struct heard h;
    char *link = xasprintf("%s/out.svg", folder), *in = xasprintf("%s/in.svg", folder);
    char *fifo = xasprintf("%s/fifo.svg", folder), sha256[65];
    const char *type;

    listen(&h);
    ck_assert_int_eq(symlink("/etc/passwd", link), 0);
    free(write_file("real.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"));
    ck_assert_int_eq(symlink("real.svg", in), 0);
    ck_assert_int_eq(attachment_picture(folder, "out.svg", NULL, &type, sha256, &h.d), ATTACHMENT_OUTSIDE);
    ck_assert_int_eq(attachment_picture(folder, "in.svg", &known, &type, sha256, &h.d), ATTACHMENT_FINE);
    type = NULL;
    ck_assert_int_eq(attachment_picture(folder, "in.svg", &known, &type, sha256, &h.d), ATTACHMENT_FINE);
    ck_assert_str_eq(type, "image/svg+xml");
    ck_assert_uint_eq(known.next, 1);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert_int_eq(attachment_picture(folder, "fifo.svg", NULL, &type, sha256, &h.d), ATTACHMENT_UNREADABLE);
    free(write_file("doctype.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>"));
    ck_assert_int_eq(attachment_picture(folder, "doctype.svg", &known, &type, sha256, &h.d), ATTACHMENT_OTHER_TYPE);
    expect(&h, "XML-002");
    free(fifo);
    free(link);
    free(in);
}
END_TEST

/* ---- profiles ---- */

#define ORG "<organization><name>E</name><city>C</city><country>IE</country></organization>"
#define SIGN "<signatory><name>N</name><position>P</position></signatory>"
#define OPEN "<profile xmlns='urn:certpress:profile' id='EXA'>"
#define CLOSE "</profile>"

static const struct {
    const char *ids, *text;
} profiles[] = {
    { "", OPEN ORG SIGN CLOSE },
    { "", OPEN ORG SIGN "<verify>https://example.org/{name}.html</verify>" CLOSE },
    { "", OPEN ORG SIGN "<form kind='iecex' assembly-cyber='yes'/>" CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='iecex' assembly-cyber='maybe'/>" CLOSE },
    { "PROFILE-001", "<profile id='EXA'/>" },
    { "PROFILE-002", OPEN ORG SIGN "<logo/>" CLOSE },
    { "PROFILE-002", OPEN ORG "<signatory><name>N</name><position>P</position><age>5</age></signatory>" CLOSE },
    { "PROFILE-003,PROFILE-003", OPEN CLOSE },
    { "PROFILE-003", "<profile xmlns='urn:certpress:profile'>" ORG SIGN CLOSE },
    { "PROFILE-003", OPEN "<organization><name> </name><city>C</city><country>IE</country></organization>" SIGN CLOSE },
    { "PROFILE-003", OPEN ORG "<signatory><name>N</name></signatory>" CLOSE },
    { "PROFILE-003", OPEN ORG SIGN "<accreditation body='B'/>" CLOSE },
    { "PROFILE-003", OPEN ORG SIGN "<wording kind='iecee' lang='en'><text>t</text></wording>" CLOSE },
    { "PROFILE-004", OPEN ORG ORG SIGN CLOSE },
    { "PROFILE-005", OPEN "<organization><name>E</name><city>C</city><country>Ireland</country></organization>" SIGN CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='iecee' notation='roman'/>" CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='iecex' era='1999'/>" CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='csms'/>" CLOSE },
    { "PROFILE-007", OPEN ORG SIGN "<verify>http://example.org/{name}</verify>" CLOSE },
    { "PROFILE-007", OPEN ORG SIGN "<verify>https://example.org/</verify>" CLOSE },
    { "PROFILE-007", OPEN ORG SIGN "<verify>https://example.org/{name}/{id}</verify>" CLOSE },
    { "PROFILE-008", OPEN ORG SIGN "<mark href='absent.svg' alt='a'/>" CLOSE },
    { "PROFILE-008", OPEN ORG SIGN "<mark href='../job.xml' alt='a'/>" CLOSE },
    { "PROFILE-008", OPEN ORG SIGN "<mark href='profile.xml' alt='a'/>" CLOSE },
    { "PROFILE-009", OPEN ORG SIGN "<form kind='iecee' notaton='ratio'/>" CLOSE },
    { "PROFILE-009", OPEN ORG SIGN "<mark href='m.svg' alt='a' width='3'/><verify>https://example.org/{name}</verify>" CLOSE },
    { "PROFILE-002", OPEN ORG SIGN "<mark xmlns='' href='m.svg' alt='a'/>" CLOSE },
    { "", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' total='23'>As the form has it.</level><level standard='IEC 62443-2-4:2023' level='Solution staffing' name='Staffing'/><level standard='IEC 62443-4-2:2019' level='CCSC' name='Constraints'/>" CLOSE },
    { "PROFILE-010", OPEN ORG SIGN "<level standard='IEC 62443-3-3' level='FR 2' total='23'>a</level>" CLOSE },
    { "PROFILE-010", OPEN ORG SIGN "<level standard='IEC 60079-0:2017' level='FR 2' total='23'>a</level>" CLOSE },
    { "PROFILE-011", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='SAR' total='23'>a</level>" CLOSE },
    { "PROFILE-012", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' total='many'>a</level>" CLOSE },
    { "PROFILE-013", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' total='23'> </level>" CLOSE },
    { "PROFILE-003", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2'/>" CLOSE },
    { "PROFILE-003", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' name='Use'>why</level>" CLOSE },
    { "PROFILE-003", OPEN ORG SIGN "<level level='FR 2' total='23'>a</level>" CLOSE },
    { "PROFILE-004", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' total='23'>a</level><level standard='IEC 62443-3-3:2013' level='Use control' total='22'>a</level>" CLOSE },
    { "PROFILE-009,PROFILE-003", OPEN ORG SIGN "<level standard='IEC 62443-3-3:2013' level='FR 2' totl='23'></level>" CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='iecee' basis='catalogue'/>" CLOSE },
    { "PROFILE-006", OPEN ORG SIGN "<form kind='iecee' annex='all'/>" CLOSE },
    { "", OPEN ORG SIGN "<form kind='iecee' basis='certificate-form' annex='requirements'/>" CLOSE },
    { "XML-001", "<profile>" },
};

START_TEST(profiles_are_checked_whole)
{
    struct heard h;
    struct standards *s;
    struct lists *l;
    struct issuer *issuer;
    char *path = write_file("profile.xml", profiles[_i].text);

    free(write_file("m.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"));
    listen(&h);
    l = lists_load("templates", &h.d);
    s = standards_load("templates", &h.d);
    issuer = issuer_load(path, folder, s, l, &h.d);
    ck_assert_int_eq(issuer != NULL, !*profiles[_i].ids);
    issuer_free(issuer);
    standards_free(s);
    lists_free(l);
    free(path);
    if (strcmp(profiles[_i].ids, "XML-001"))
        expect(&h, profiles[_i].ids);
    else
        strbuf_release(&h.ids);
}
END_TEST

static const struct {
    const char *ids, *text;
} jobs[] = {
    { "", "<job xmlns='urn:certpress:job' kind='iecee'/>" },
    { "REC-045", "<job kind='iecee'/>" },
    { "REC-046", "<job xmlns='urn:certpress:job' kind='iecee'><profile/></job>" },
    { "REC-046", "<job xmlns='urn:certpress:job' kind='iecee'><rules/></job>" },
};

START_TEST(jobs_name_profile_and_language)
{
    struct heard h;
    char *path = write_file("job.xml", jobs[_i].text), *profile, *rules, *lang;

    listen(&h);
    ck_assert_int_eq(jobfile_read(folder, &profile, &rules, &lang, &h.d), *jobs[_i].ids ? -1 : 0);
    ck_assert_ptr_null(profile);
    ck_assert_ptr_null(rules);
    ck_assert_ptr_null(lang);
    expect(&h, jobs[_i].ids);
    free(path);
}
END_TEST

/* ---- how a profile makes levels count ---- */

#define COUNTED "tests/cases/rec2cert/requirements.rec.xml"
#define LEVEL(l, n) "<level><standard>IEC 62443-4-2:2019</standard><level>" l "</level><assessed>" n "</assessed></level>"
#define FORM_LEVELS(edr) LEVEL("CCSC", "4") LEVEL("FR 1", "20") LEVEL("FR 2", "18") LEVEL("FR 3", "13") \
    LEVEL("FR 4", "5") LEVEL("FR 5", "1") LEVEL("FR 6", "3") LEVEL("FR 7", "10") LEVEL("SAR", "3") \
    LEVEL("EDR", edr) LEVEL("HDR", "0") LEVEL("NDR", "0")

static const struct {
    const char *profile, *levels; /* levels: in place of the requirements */
    const char *says, *ids;       /* what the certificate and the messages contain */
} own_counts[] = {
    { "", NULL, "<levels kind=\"foundational-requirement\">", "IECEE-034" },
    { "<form kind='iecee' basis='certificate-form'/>", NULL,
      "<level code=\"SAR\" name=\"Software application requirements\" assessed=\"3\" not-applicable=\"0\" "
      "not-evaluated=\"0\" total=\"3\" maturity=\"3\"/>", "REC-060" },
    { "<form kind='iecee' basis='certificate-form'/>", NULL,
      "<level code=\"EDR\" name=\"Embedded device requirements\" assessed=\"0\" not-applicable=\"0\" "
      "not-evaluated=\"13\" total=\"13\"/>", "" },
    { "<form kind='iecee' basis='certificate-form'/>", NULL,
      "<level code=\"FR 5\" name=\"Restricted data flow\" assessed=\"1\" not-applicable=\"3\" "
      "not-evaluated=\"0\" total=\"4\" maturity=\"3\"/>", "" },
    { "<form kind='iecee' basis='certificate-form'/>", NULL, "total=\"141\"/>", "" },
    { "<form kind='iecee' basis='certificate-form'/>", NULL, "<security-level-capability overall=\"1\">", "" },
    { "<form kind='iecee' basis='certificate-form'/>", FORM_LEVELS("0"), "total=\"141\"/>", "" },
    { "<form kind='iecee' basis='certificate-form'/>", FORM_LEVELS("1"), NULL, "REC-066" },
    { "<form kind='iecee' basis='standard'/>", FORM_LEVELS("0"), NULL, "REC-023" },
    { "<level standard='IEC 62443-4-2:2019' level='FR 2' total='19'>CR 2.2 is\n not counted.</level>", NULL,
      "not-evaluated=\"5\" total=\"19\" maturity=\"3\" catalogue-total=\"20\"><total-reason>CR 2.2 is not "
      "counted.</total-reason></level>", "REC-064" },
    { "<level standard='IEC 62443-4-2:2019' level='FR 2' total='20'>Counted as ever.</level>", NULL,
      "name=\"Use control\" assessed=\"13\" not-applicable=\"1\" not-evaluated=\"6\" total=\"20\" maturity=\"3\"/>",
      "IECEE-034" },
    { "<level standard='IEC 62443-4-2:2019' level='Use control' name='UC'/>", NULL, "<level code=\"FR 2\" name=\"UC\"", "" },
    { "<form kind='iecee' annex='requirements'/>", NULL,
      "<requirement id=\"CR 1.1\" name=\"Human user identification and authentication\" verdict=\"pass\" "
      "maturity=\"2\" sl=\"1\"><row component=\"Client\" verdict=\"pass\" maturity=\"3\"><evidence><p>TR-12, "
      "4.1</p></evidence></row><row component=\"Server\"", "" },
    { "<form kind='iecee' annex='requirements'/>", NULL, "<requirement id=\"CR 4.2\" name=\"Information persistence\" "
      "verdict=\"not-evaluated\" sl=\"2\"><row verdict=\"not-evaluated\"><remark><p>Own cipher.</p></remark>", "" },
};

/* The record of COUNTED, with levels instead of its requirements when they are given. */
static xmlDoc *counted_record(const char *levels, struct diag *d)
{
    xmlDoc *rec = xmlx_read(COUNTED, NULL, d);
    xmlNode *record = xmlx_first_element(xmlDocGetRootElement(rec)), *row, *list = NULL;

    if (!levels)
        return rec;
    while ((row = xmlx_first(record, "requirement"))) {
        xmlUnlinkNode(row);
        xmlFreeNode(row);
    }
    ck_assert_int_eq(xmlParseInNodeContext(record, levels, (int)strlen(levels), 0, &list), XML_ERR_OK);
    xmlAddChildList(record, list);
    return rec;
}

START_TEST(profiles_rule_the_count)
{
    char *text = xasprintf(OPEN ORG SIGN "%s" CLOSE, own_counts[_i].profile);
    char *path = write_file("profile.xml", text);
    struct rec2cert_options options = { .data = ".", .job = JOB, .profile = path };
    struct strbuf product = STRBUF_INIT;
    xmlDoc *rec, *cert = NULL;
    struct rec2cert *r;
    struct heard h;

    listen(&h);
    r = rec2cert_open(&options, &h.d);
    ck_assert_ptr_nonnull(r);
    rec = counted_record(own_counts[_i].levels, &h.d);
    ck_assert_int_eq(rec2cert(r, rec, &cert, &h.d), own_counts[_i].says ? 0 : -1);
    if (cert) {
        prov_strip(cert);
        xmlx_serialize(cert, 0, &product);
        ck_assert_msg(strstr(product.buf, own_counts[_i].says) != NULL, "%s", product.buf);
    }
    ck_assert_msg(strstr(h.ids.buf, own_counts[_i].ids) != NULL, "%s", h.ids.buf);
    strbuf_release(&h.ids);
    strbuf_release(&product);
    xmlFreeDoc(cert);
    xmlFreeDoc(rec);
    rec2cert_close(r);
    free(path);
    free(text);
}
END_TEST

/* ---- documents that are no record ---- */

#define RECORDS "<records xmlns='urn:certpress:rec' version='1'>"

static const struct {
    const char *id, *text;
} documents[] = {
    { "REC-001", "<records version='1'><record kind='iecee'/></records>" },
    { "REC-001", "<certificate xmlns='urn:certpress:cert'/>" },
    { "REC-002", "<records xmlns='urn:certpress:rec' version='2'><record kind='iecee'/></records>" },
    { "REC-002", "<records xmlns='urn:certpress:rec'><record kind='iecee'/></records>" },
    { "REC-003", RECORDS "</records>" },
    { "REC-004", RECORDS "<record kind='iecee'/><record kind='iecee'/></records>" },
    { "REC-005", RECORDS "<record kind='food'/></records>" },
    { "REC-005", RECORDS "<record/></records>" },
    { "REC-006", RECORDS "<recording/></records>" },
    { "REC-006", RECORDS "<record kind='csms'><scope xmlns='urn:other'>s</scope></record></records>" },
    { "REC-006", RECORDS "<record kind='csms'><site xmlns='urn:other'/></record></records>" },
    { "REC-034", RECORDS "<record kind='csms'>stray<scope>s</scope></record></records>" },
    { "REC-034", RECORDS "<record kind='csms'><site>stray</site></record></records>" },
    { "REC-035", RECORDS "<record kind='csms' lang='fr'/></records>" },
    { "REC-035", RECORDS "<record kind='csms'><scope lang='fr'>s</scope></record></records>" },
    { "REC-035", RECORDS "<record kind='csms'><site role='x'/></record></records>" },
    { "REC-013", RECORDS "<record kind='csms'><scope><b>bold</b></scope></record></records>" },
};

static int gives(struct rec2cert *r, const char *text, size_t len, const char *id)
{
    struct heard h;
    xmlDoc *rec, *cert = NULL;
    int found;

    listen(&h);
    rec = xmlx_parse(text, len, "record", &h.d);
    ck_assert_ptr_nonnull(rec);
    ck_assert_int_eq(rec2cert(r, rec, &cert, &h.d), -1);
    ck_assert_ptr_null(cert);
    found = strstr(h.ids.buf, id) != NULL;
    if (!found)
        fprintf(stderr, "wanted %s, got %s\n", id, h.ids.buf);
    xmlFreeDoc(rec);
    strbuf_release(&h.ids);
    return found;
}

static struct rec2cert *open_specimens(void)
{
    struct rec2cert_options options = { .data = ".", .job = JOB };
    struct heard h;
    struct rec2cert *r;

    listen(&h);
    r = rec2cert_open(&options, &h.d);
    ck_assert_ptr_nonnull(r);
    expect(&h, "");
    return r;
}

START_TEST(documents_that_are_no_record)
{
    struct rec2cert *r = open_specimens();

    ck_assert(gives(r, documents[_i].text, strlen(documents[_i].text), documents[_i].id));
    rec2cert_close(r);
}
END_TEST

START_TEST(large_records_end_soon)
{
    struct rec2cert *r = open_specimens();
    struct strbuf text = STRBUF_INIT;
    int i;

    strbuf_addstr(&text, RECORDS "<record kind='iecex'><issue>999999</issue>");
    for (i = 0; i < 19990; i++)
        strbuf_addf(&text, "<history><issue>%d</issue><date>2020-01-01</date></history>", i);
    strbuf_addstr(&text, "</record></records>");
    ck_assert(gives(r, text.buf, text.len, "IECEX-004"));
    strbuf_clear(&text);
    strbuf_addstr(&text, RECORDS "<record kind='csms'>");
    for (i = 0; i < 20001; i++)
        strbuf_addstr(&text, "<control/>");
    strbuf_addstr(&text, "</record></records>");
    ck_assert(gives(r, text.buf, text.len, "REC-033"));
    strbuf_clear(&text);
    strbuf_addstr(&text, RECORDS "<record kind='iecee'><item>");
    for (i = 0; i < 1000000; i++)
        strbuf_addch(&text, 'x');
    strbuf_addstr(&text, "</item></record></records>");
    ck_assert(gives(r, text.buf, text.len, "REC-015"));
    strbuf_release(&text);
    rec2cert_close(r);
}
END_TEST

START_TEST(without_a_profile_it_is_a_specimen)
{
    struct rec2cert *r = open_specimens();
    struct heard h;
    xmlDoc *rec, *cert;
    const xmlNode *root;

    listen(&h);
    rec = xmlx_read("tests/cases/rec2cert/csms.rec.xml", NULL, &h.d);
    ck_assert_int_eq(rec2cert(r, rec, &cert, &h.d), 0);
    root = xmlDocGetRootElement(cert);
    ck_assert_str_eq(xmlx_attr(root, "status"), "specimen");
    ck_assert_ptr_null(xmlx_first(root, "issuer"));
    xmlFreeDoc(cert);
    xmlFreeDoc(rec);
    rec2cert_close(r);
    expect(&h, "");
}
END_TEST

START_TEST(warnings_as_errors_keep_the_product)
{
    struct rec2cert *r = open_specimens();
    struct heard h;
    xmlDoc *rec, *cert;

    listen(&h);
    h.d.warnings_are_errors = 1;
    rec = xmlx_read("tests/cases/rec2cert/csms.rec.xml", NULL, &h.d);
    ck_assert_int_eq(rec2cert(r, rec, &cert, &h.d), 0);
    xmlFreeDoc(cert);
    xmlNodeSetContent(xmlx_first(xmlx_first_element(xmlDocGetRootElement(rec)), "expiry-date"),
                      BAD_CAST "2029-01-01");
    ck_assert_int_eq(rec2cert(r, rec, &cert, &h.d), -1);
    ck_assert_ptr_null(cert);
    xmlFreeDoc(rec);
    rec2cert_close(r);
    expect(&h, "CSMS-006");
}
END_TEST

/* Every field read here is a field of the format. */
START_TEST(fields_are_those_of_the_format)
{
    static const char *const kinds[] = { "iecee", "iecex", "csms" };
    struct strbuf rng = STRBUF_INIT;
    size_t i;

    ck_assert_int_eq(strbuf_read_file(&rng, "src/formats/rec.rng", 1 << 20), 0);
    for (i = 0; i < 3; i++) {
        const struct record_kind *kind = record_kind(kinds[i]);
        const struct record_table *table, all = { "record", kind->fields };

        for (table = &all; table->name; table = table == &all ? kind->tables : table + 1) {
            const struct record_field *field;

            for (field = table->fields; field->name; field++) {
                char *element = xasprintf("element name=\"%s\"", field->name);

                ck_assert_msg(strstr(rng.buf, element) != NULL, "rec.rng has no %s", element);
                free(element);
            }
        }
    }
    strbuf_release(&rng);
}
END_TEST

START_TEST(types_have_codes_and_names)
{
    ck_assert_str_eq(iecee_type("Process Application of Capabilities Assessment"), "process-application");
    ck_assert_str_eq(iecee_type("SOLUTION-CAPABILITY"), "solution-capability");
    ck_assert_ptr_null(iecee_type("process"));
    ck_assert_ptr_null(iecee_type(""));
}
END_TEST


int main(void)
{
    Suite *s = suite_create("rec2cert");
    TCase *t = tcase_create("rec2cert");
    SRunner *runner;
    int failed;

    xmlx_init();
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_loop_test(t, catalogues_have_the_standards_totals, 0, N(totals));
    tcase_add_loop_test(t, components_count_what_is_for_them, 0, N(component_totals));
    tcase_add_test(t, levels_are_found_by_code_and_name);
    tcase_add_test(t, the_form_counts_in_its_own_groups);
    tcase_add_loop_test(t, requirements_are_found_however_spelt, 0, N(id_spellings));
    tcase_add_test(t, base_requirements_need_no_mark);
    tcase_add_loop_test(t, profiles_rule_the_count, 0, N(own_counts));
    tcase_add_loop_test(t, faulty_catalogues_are_refused, 0, N(bad_catalogues));
    tcase_add_loop_test(t, standards_are_found_however_they_are_written, 0, N(spellings));
    tcase_add_test(t, the_nearest_standards_are_named);
    tcase_add_test(t, amendments_are_no_new_edition);
    tcase_add_test(t, countries_have_a_name_in_every_language);
    tcase_add_test(t, faulty_lists_are_refused);
    tcase_add_loop_test(t, certificate_numbers, 0, N(numbers));
    tcase_add_loop_test(t, report_numbers, 0, N(reports));
    tcase_add_loop_test(t, markings_are_taken_apart, 0, N(markings));
    tcase_add_loop_test(t, pictures_are_known_by_their_content, 0, N(pictures));
    tcase_add_test(t, links_do_not_lead_out);
    tcase_add_loop_test(t, profiles_are_checked_whole, 0, N(profiles));
    tcase_add_loop_test(t, jobs_name_profile_and_language, 0, N(jobs));
    tcase_add_loop_test(t, documents_that_are_no_record, 0, N(documents));
    tcase_add_test(t, large_records_end_soon);
    tcase_add_test(t, without_a_profile_it_is_a_specimen);
    tcase_add_test(t, warnings_as_errors_keep_the_product);
    tcase_add_test(t, fields_are_those_of_the_format);
    tcase_add_test(t, types_have_codes_and_names);
    suite_add_tcase(s, t);
    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
