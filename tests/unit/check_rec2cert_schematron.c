/* Files of rules: what is refused and at which line; what rules see and say. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "batch.h"
#include "diag.h"
#include "prov.h"
#include "rec2cert.h"
#include "rules.h"
#include "strbuf.h"
#include "xmlx.h"

#define CASES "tests/cases/rec2cert/"

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    strbuf_addf(arg, "%s%s:%ld %s %s", ((struct strbuf *)arg)->len ? "\n" : "",
                level == DIAG_WARNING ? "warning" : level == DIAG_NOTE ? "note" : "error",
                place ? place->line : 0, id, text);
}

static void listen(struct diag *d, struct strbuf *heard)
{
    strbuf_init(heard);
    diag_init(d, "check");
    d->sink = hear;
    d->sink_arg = heard;
}

static char *write_file(const char *text)
{
    char *path = xstrdup("/tmp/check_rules.XXXXXX");
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");

    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

/* A file in four lines; what is told of is on line 3 unless it is the beginning. */
#define SCHEMA(inside) \
    "<schema xmlns='http://purl.oclc.org/dsdl/schematron' xmlns:cp='urn:certpress:rules'>\n" \
    "<ns prefix='rec' uri='urn:certpress:rec'/><ns prefix='cert' uri='urn:certpress:cert'/>" \
    "<ns prefix='cp' uri='urn:certpress:rules'/>\n" inside "\n</schema>\n"
#define IN_RULE(context, inside) \
    SCHEMA("<pattern><rule context=\"" context "\">" inside "</rule></pattern>")
#define ASSERT(id, test, text) \
    "<assert id='" id "' role='error' cp:source='s' test=\"" test "\">" text "</assert>"

static const struct {
    const char *expected, *text;
} faults[] = {
    { "", IN_RULE("rec:record", ASSERT("OWN-001", "true()", "t")) },
    { "error:1 XML-001 ", "<schema" },
    { "error:1 RULES-001 ", "<schema/>" },
    { "error:3 RULES-002 'phase' has no place in 'schema'", SCHEMA("<phase id='p'/>") },
    { "error:3 RULES-002 'extends' has no place in 'rule'", IN_RULE("rec:record", "<extends rule='x'/>") },
    { "error:3 RULES-002 'assert' has no place in 'pattern'", SCHEMA("<pattern>" ASSERT("OWN-001", "1", "t") "</pattern>") },
    { "error:3 RULES-002 'text' has no place in 'rule'", IN_RULE("rec:record", "words") },
    { "error:3 RULES-002 'other' has no place in 'schema'", SCHEMA("<other xmlns='urn:other'/>") },
    { "error:3 RULES-003 'rule' has no attribute 'context'", SCHEMA("<pattern><rule/></pattern>") },
    { "error:3 RULES-003 'assert' has no attribute 'role'",
      IN_RULE("rec:record", "<assert id='OWN-001' cp:source='s' test='1'>t</assert>") },
    { "error:3 RULES-003 'assert' has no attribute 'source'",
      IN_RULE("rec:record", "<assert id='OWN-001' role='error' test='1'>t</assert>") },
    { "error:3 RULES-003 'value-of' has no attribute 'select'",
      IN_RULE("rec:record", ASSERT("OWN-001", "1", "t <value-of/>")) },
    { "error:3 RULES-004 'abstract' is not an attribute of 'pattern'", SCHEMA("<pattern abstract='true'/>") },
    { "error:3 RULES-004 'level' is not an attribute of 'let'",
      SCHEMA("<let name='a' value='1' cp:level='x'/>") },
    { "error:3 RULES-005 'role' of 'assert' is 'fatal', not one of error, warning",
      IN_RULE("rec:record", "<assert id='OWN-001' role='fatal' cp:source='s' test='1'>t</assert>") },
    { "error:1 RULES-005 'queryBinding' of 'schema' is 'xslt2', not one of xpath, xslt",
      "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'/>" },
    { "error:3 RULES-006 ", IN_RULE("rec:record", ASSERT("own-1", "1", "t")) },
    { "error:3 RULES-007 rule 'OWN-001' is given twice",
      IN_RULE("rec:record", ASSERT("OWN-001", "1", "t") ASSERT("OWN-001", "1", "t")) },
    { "error:3 RULES-008 rule 'IECEE-900' is of a family that is installed; a body's own rules have one of their own",
      IN_RULE("rec:record", ASSERT("IECEE-900", "1", "t")) },
    { "error:3 RULES-009 '1 +' is not XPath 1.0: ", IN_RULE("rec:record", ASSERT("OWN-001", "1 +", "t")) },
    { "error:3 RULES-009 '//rec:record[' is not XPath 1.0: ", IN_RULE("rec:record[", "") },
    { "error:3 RULES-010 'matches(., 1)' uses the function 'matches', which is not known",
      IN_RULE("rec:record", ASSERT("OWN-001", "matches(., 1)", "t")) },
    { "error:3 RULES-010 'cp:time(.)' uses the function 'time', which is not known",
      IN_RULE("rec:record", ASSERT("OWN-001", "cp:time(.)", "t")) },
    { "error:3 RULES-010 'rec:date(.)' uses the function 'date', which is not known",
      IN_RULE("rec:record", ASSERT("OWN-001", "rec:date(.)", "t")) },
    { "error:3 RULES-010 'a and xyz:b' uses the prefix 'xyz', which is not known",
      IN_RULE("rec:record", ASSERT("OWN-001", "a and xyz:b", "t")) },
    { "error:3 RULES-010 '$a or $record' uses the variable 'a', which is not known",
      IN_RULE("rec:record", ASSERT("OWN-001", "$a or $record", "t")) },
    { "error:3 RULES-011 ", SCHEMA("<let name='record' value='1'/>") },
    { "error:3 RULES-012 'assert' says nothing", IN_RULE("rec:record", ASSERT("OWN-001", "1", " <emph/>")) },
    { "error:3 RULES-013 there is no diagnostic 'd'",
      IN_RULE("rec:record", "<assert id='OWN-001' role='error' cp:source='s' test='1' diagnostics='d'>t</assert>") },
    /* names that are operators, axes and kinds of nodes, and what stands in quotes */
    { "", IN_RULE("rec:record | /rec:records[. = '|'] | cert:certificate//cert:p",
                  ASSERT("OWN-001", "and and or or (div div mod) * * - (child::text() = 'f(x) $x y:z')", "t")) },
    /* one variable in two rules, and one that is out of scope */
    { "", SCHEMA("<pattern><rule context='a'><let name='v' value='1'/>" ASSERT("OWN-001", "$v", "t") "</rule>"
                 "<rule context='b'><let name='v' value='2'/></rule></pattern>") },
    { "error:3 RULES-010 '$v' uses the variable 'v', which is not known",
      SCHEMA("<pattern><let name='v' value='1'/></pattern><pattern><rule context='b'>"
             ASSERT("OWN-001", "$v", "t") "</rule></pattern>") },
};

START_TEST(faults_are_refused_at_their_lines)
{
    char *path = write_file(faults[_i].text);
    struct strbuf heard;
    struct rules *rules;
    struct diag d;

    listen(&d, &heard);
    rules = rules_load("xsl/rules", path, &d);
    ck_assert_int_eq(rules != NULL, !*faults[_i].expected);
    ck_assert_msg(!strncmp(heard.buf, faults[_i].expected, strlen(faults[_i].expected)) &&
                      (!*faults[_i].expected || !strchr(heard.buf, '\n')) && (*faults[_i].expected || !heard.len),
                  "expected %s\ngot %s", faults[_i].expected, heard.buf);
    rules_free(rules);
    strbuf_release(&heard);
    unlink(path);
    free(path);
}
END_TEST

#define RECORD \
    "<records xmlns='urn:certpress:rec' version='1'>\n<record kind='any'>\n<a>1</a>\n<b> 2026-02-28 </b>\n" \
    "<row>\n<c>x</c>\n</row><row>\n<c>y</c></row>\n<e/></record></records>"
#define CERTIFICATE "<certificate xmlns='urn:certpress:cert'>\n<f g='7'>h</f></certificate>"

/* A thousand and more combinations of every node: too much, told once. */
#define EVERYTHING "count(//*[count(//*[count(//*[count(//*[count(//*[count(//*[count(//*[count(//*) > 0]) " \
                   "> 0]) > 0]) > 0]) > 0]) > 0]) > 0])"

static const struct {
    const char *expected, *text;
} checks[] = {
    { "error:2 OWN-001 t", IN_RULE("rec:record", ASSERT("OWN-001", "rec:a = 2", "t")) },
    { "", IN_RULE("rec:record", ASSERT("OWN-001", "rec:a = 1", "t")) },
    { "warning:3 OWN-001 a is 1",
      IN_RULE("rec:a", "<report id='OWN-001' role='warning' cp:source='s' test='. = 1'>a  is\n <value-of select='.'/></report>") },
    /* lists of values; a place of its own; a note */
    { "error:8 OWN-001 x, y, 3\nnote:8  n 2",
      SCHEMA("<diagnostics><diagnostic id='d'>n <value-of select='count(rec:row)'/></diagnostic></diagnostics>"
             "<pattern><rule context='rec:record'><assert id='OWN-001' role='error' cp:source='s' cp:at=\"rec:row[2]/rec:c\" "
             "test='false()' diagnostics='d'><value-of select='rec:row/rec:c'/><emph>,</emph> <value-of select='1 + 2'/>"
             "</assert></rule></pattern>") },
    { "error:2 OWN-001 t", IN_RULE("rec:record", "<assert id='OWN-001' role='error' cp:source='s' cp:at='none' test='0'>t</assert>") },
    /* both documents, each seen from the other */
    { "error:2 OWN-001 h 1", IN_RULE("cert:f[@g > 5]", ASSERT("OWN-001", "$record/rec:a = @g", "<value-of select='.'/> <value-of select='$record/rec:a'/>")) },
    { "error:3 OWN-001 h", IN_RULE("rec:record[$certificate/cert:f]/rec:a", ASSERT("OWN-001", "0", "<value-of select='$certificate/cert:f'/>")) },
    { "error:2 OWN-001 t", IN_RULE("cert:f/@g", ASSERT("OWN-001", ". = 8", "t")) },
    /* a node belongs to the first rule of its pattern, and to one of every pattern */
    { "error:6 OWN-001 x\nerror:8 OWN-002 y\nerror:6 OWN-003 x\nerror:8 OWN-003 y",
      SCHEMA("<pattern><rule context=\"rec:c[. = 'x']\">" ASSERT("OWN-001", "0", "x") "</rule><rule context='rec:c'>"
             ASSERT("OWN-002", "0", "y") "</rule></pattern><pattern><rule context='rec:c'>"
             ASSERT("OWN-003", "0", "<value-of select='.'/>") "</rule></pattern>") },
    /* lets see those before them, and the node */
    { "error:6 OWN-001 x1\nerror:8 OWN-001 y2",
      SCHEMA("<let name='all' value='//rec:c'/><pattern><rule context='rec:row/rec:c'>"
             "<let name='n' value='count(../preceding-sibling::rec:row) + 1'/><let name='m' value='concat(., $n)'/>"
             ASSERT("OWN-001", "count($all) = $n + 2", "<value-of select='$m'/>") "</rule></pattern>") },
    /* dates */
    { "error:4 OWN-001 20260228",
      IN_RULE("rec:b", ASSERT("OWN-001", "cp:date(.) > cp:date('2026-02-28')", "<value-of select='cp:date(.)'/>")
              ASSERT("OWN-002", "not(cp:date('2026-02-30') > 0) and not(cp:date(../rec:a) = 1) and not(cp:date('2026-01-01 x') > 0)", "t")) },
    /* faults that only a value shows */
    { "error:3 RULES-014 ", IN_RULE("rec:*", ASSERT("OWN-001", "count('x')", "t")) },
    { "error:3 RULES-014 ", IN_RULE("rec:*", ASSERT("OWN-001", EVERYTHING, "t")) },
};

START_TEST(rules_see_and_say)
{
    char *path = write_file(checks[_i].text);
    xmlDoc *record, *certificate;
    struct strbuf heard;
    struct rules *rules;
    struct diag d;

    listen(&d, &heard);
    rules = rules_load("xsl/rules", path, &d);
    ck_assert_msg(rules != NULL, "%s", heard.buf);
    record = xmlx_parse(RECORD, strlen(RECORD), "record", &d);
    certificate = xmlx_parse(CERTIFICATE, strlen(CERTIFICATE), "certificate", &d);
    rules_check(rules, xmlx_first_element(xmlDocGetRootElement(record)), xmlDocGetRootElement(certificate), &d);
    if (strstr(checks[_i].expected, "RULES-"))
        ck_assert_msg(!strncmp(heard.buf, checks[_i].expected, strlen(checks[_i].expected)) &&
                          !strchr(heard.buf, '\n'), "got %s", heard.buf);
    else
        ck_assert_str_eq(heard.buf, checks[_i].expected);
    rules_free(rules);
    xmlFreeDoc(record);
    xmlFreeDoc(certificate);
    strbuf_release(&heard);
    unlink(path);
    free(path);
}
END_TEST

/* Levels as the certificate form has them, of a software application. */
#define LEVEL(code, assessed, left) \
    "<level code='" code "' name='" code "' assessed='" assessed "' not-applicable='0' not-evaluated='" left "'/>"
#define LEVELS(inside) \
    "<certificate xmlns='urn:certpress:cert'><standards><standard dated='IEC 62443-4-2:2019'>\n<levels>" inside \
    "<sum total='9'/></levels></standard></standards></certificate>"

static const struct {
    const char *expected, *text;
} levels[] = {
    { "", LEVELS(LEVEL("FR 1", "2", "0") LEVEL("SAR", "3", "0") LEVEL("EDR", "0", "4")) },
    { "warning:2 IECEE-034 3 of 9 requirements of 'IEC 62443-4-2:2019' were not evaluated: 1, 2 of the levels FR 1, SAR",
      LEVELS(LEVEL("FR 1", "1", "1") LEVEL("SAR", "1", "2") LEVEL("EDR", "0", "4")) },
    { "error:2 IECEE-038 no requirement of any type of component was assessed",
      LEVELS(LEVEL("FR 1", "2", "0") LEVEL("SAR", "0", "3") LEVEL("EDR", "0", "4")) },
    { "", LEVELS(LEVEL("FR 1", "2", "0")) },
};

START_TEST(levels_are_compared)
{
    static const char record_text[] = "<record xmlns='urn:certpress:rec' kind='iecee'/>";
    xmlDoc *record, *certificate;
    struct strbuf heard;
    struct rules *rules;
    struct diag d;

    listen(&d, &heard);
    rules = rules_load("xsl/rules", NULL, &d);
    record = xmlx_parse(record_text, strlen(record_text), "record", &d);
    certificate = xmlx_parse(levels[_i].text, strlen(levels[_i].text), "certificate", &d);
    rules_check(rules, xmlDocGetRootElement(record), xmlDocGetRootElement(certificate), &d);
    ck_assert_str_eq(heard.buf, levels[_i].expected);
    rules_free(rules);
    xmlFreeDoc(record);
    xmlFreeDoc(certificate);
    strbuf_release(&heard);
}
END_TEST

/* ---- a body's rules in a run; certificates against each other ---- */

START_TEST(a_bodys_rules_count)
{
    char *path = write_file(IN_RULE("rec:record/rec:version", ASSERT("OWN-001", "starts-with(., '5')", "version 5 only")));
    struct rec2cert_options options = { .data = ".", .job = CASES "job", .profile = CASES "job/profile.xml",
                                        .rules = path };
    xmlDoc *rec, *cert;
    struct rec2cert *r;
    struct strbuf heard;
    struct diag d;

    listen(&d, &heard);
    r = rec2cert_open(&options, &d);
    ck_assert_ptr_nonnull(r);
    rec = xmlx_read(CASES "iecee.rec.xml", NULL, &d);
    ck_assert_int_eq(rec2cert(r, rec, &cert, &d), -1);
    ck_assert_ptr_null(cert);
    ck_assert_str_eq(heard.buf, "error:2 OWN-001 version 5 only");
    xmlFreeDoc(rec);
    rec2cert_close(r);
    strbuf_release(&heard);
    unlink(path);
    free(path);
}
END_TEST

/* What the profile decides, of records that are without fault. */
#define PROFILE(inside) \
    "<profile xmlns='urn:certpress:profile' id='EXB'><organization><name>E</name><city>C</city><country>IE</country>" \
    "</organization><signatory><name>N</name><position>P</position></signatory>" inside "</profile>"
#define VERIFY "<verify>https://example.org/{name}</verify>"
#define MARK "<mark href='mark.svg' alt='a'/>"

static const struct {
    const char *expected, *kind, *profile;
} profiles[] = {
    { "", "csms", PROFILE(MARK "<accreditation body='b' number='1'/>" VERIFY) },
    { "warning:3 REC-036 the profile gives no address where the certificate can be verified",
      "csms", PROFILE(MARK "<accreditation body='b' number='1'/>") },
    { "warning:3 CSMS-013 the profile names no accreditation", "csms", PROFILE(MARK VERIFY) },
    { "warning:3 CSMS-014 the profile has no mark of the body",
      "csms", PROFILE("<accreditation body='b' number='1'/>" VERIFY) },
    { "error:0 IECEX-036 'IEC 62443-4-2:2019' cannot stand beside IEC TS 60079-46: only IEC 60079-0 and ISO 80079-36 may",
      "assembly", PROFILE(VERIFY) },
    { "error:0 IECEX-036 'IEC 62443-4-2:2019' cannot stand beside IEC TS 60079-46: only IEC 60079-0 and ISO 80079-36 may",
      "assembly", PROFILE(VERIFY "<form kind='iecex' assembly-cyber='no'/>") },
    { "warning:0 IECEX-066 'IEC 62443-4-2:2019' stands beside IEC TS 60079-46, as the profile allows",
      "assembly", PROFILE(VERIFY "<form kind='iecex' assembly-cyber='yes'/>") },
};

/* The record of kind iecex, of an assembly. */
static void make_assembly(xmlDoc *rec)
{
    xmlNode *record = xmlx_first_element(xmlDocGetRootElement(rec)), *row, *next;
    static const char *const standards[] = { "IEC TS 60079-46:2017", "IEC 60079-0:2017", "IEC 62443-4-2:2019" };
    size_t i;

    for (row = xmlx_first(record, "standard"); row; row = next) {
        next = xmlx_next(row, "standard");
        xmlUnlinkNode(row);
        xmlFreeNode(row);
    }
    for (row = xmlx_first(record, "report"); row; row = xmlx_next(row, "report"))
        if (xmlx_first(row, "standards"))
            xmlNodeSetContent(xmlx_first(row, "standards"), BAD_CAST "IEC TS 60079-46:2017|IEC 60079-0:2017");
    for (i = 0; i < 3; i++)
        xmlx_add_text(xmlx_add(record, "standard"), "standard", standards[i]);
}

START_TEST(profiles_decide)
{
    int is_assembly = !strcmp(profiles[_i].kind, "assembly");
    char *path = write_file(profiles[_i].profile);
    struct rec2cert_options options = { .data = ".", .job = CASES "job", .profile = path };
    xmlDoc *rec, *cert = NULL;
    struct rec2cert *r;
    struct strbuf heard;
    struct diag d;

    listen(&d, &heard);
    r = rec2cert_open(&options, &d);
    ck_assert_ptr_nonnull(r);
    rec = xmlx_read(is_assembly ? CASES "iecex.rec.xml" : CASES "csms.rec.xml", NULL, &d);
    if (is_assembly)
        make_assembly(rec);
    rec2cert(r, rec, &cert, &d);
    ck_assert_str_eq(heard.buf, profiles[_i].expected);
    ck_assert_int_eq(cert != NULL, d.errors == 0);
    xmlFreeDoc(cert);
    xmlFreeDoc(rec);
    rec2cert_close(r);
    strbuf_release(&heard);
    unlink(path);
    free(path);
}
END_TEST

#define ISSUED(reference, date, inside) \
    "<certificate xmlns='urn:certpress:cert'><reference>" reference "</reference>\n<issue-date>" date "</issue-date>" inside "</certificate>"
#define REPORTS(inside) "<reports>" inside "</reports>"
#define EXTR(number) "<test-report number='NL/EXB/ExTR26.0001/" number "'/>"
#define QAR(number) "<quality-report number='NL/EXB/QAR26.0001/" number "'/>"
#define TO_4_1(part) "<standards><standard number='IEC 62443-" part "'/></standards>"
#define REFERS(to) "<referenced-certificate>" to "</referenced-certificate>"

static const struct {
    const char *expected, *certificates[4];
} batches[] = {
    { "", { ISSUED("A", "2026-01-01", REPORTS(EXTR("00") QAR("01"))), ISSUED("B", "2026-01-01", REPORTS(EXTR("00") QAR("01"))) } },
    { "warning:2 IECEX-067 test report 'NL/EXB/ExTR26.0001/00' is cited; 'NL/EXB/ExTR26.0001/01' is known, 'B' cites it",
      { ISSUED("A", "2026-01-01", REPORTS(EXTR("00"))), ISSUED("B", "2026-01-01", REPORTS(EXTR("01"))) } },
    { "warning:2 IECEX-068 quality assessment report 'NL/EXB/QAR26.0001/02' is cited; 'NL/EXB/QAR26.0001/10' is known, 'A' cites it",
      { ISSUED("A", "2026-01-01", REPORTS(QAR("10"))), ISSUED("B", "2026-01-01", REPORTS(QAR("02"))) } },
    /* a certificate that cites both has the older for its history */
    { "", { ISSUED("A", "2026-01-01", REPORTS(EXTR("00") EXTR("01"))), ISSUED("B", "2026-01-01", REPORTS(EXTR("01"))) } },
    { "", { ISSUED("A", "2026-01-01", TO_4_1("4-1")), ISSUED("B", "2026-01-01", REFERS("A") REFERS("Z")) } },
    { "", { ISSUED("A", "2026-01-01", TO_4_1("4-1") "<expiry-date>2026-01-01</expiry-date>"), ISSUED("B", "2026-01-01", REFERS("A")) } },
    { "warning:2 IECEE-037 the certificate 'A', which is referred to, expired on 2025-12-31, before 'issue-date' 2026-01-01",
      { ISSUED("B", "2026-01-01", REFERS("A")), ISSUED("A", "2022-01-01", TO_4_1("4-1") "<expiry-date>2025-12-31</expiry-date>") } },
    { "warning:2 IECEE-036 the certificate 'A', which is referred to, is not to IEC 62443-4-1",
      { ISSUED("A", "2026-01-01", TO_4_1("4-2")), ISSUED("B", "2026-01-01", REFERS("A")) } },
};

START_TEST(certificates_fit_together)
{
    struct batch *batch = batch_new();
    struct strbuf heard;
    struct diag d;
    size_t i;

    listen(&d, &heard);
    for (i = 0; batches[_i].certificates[i]; i++) {
        const char *text = batches[_i].certificates[i];
        xmlDoc *cert = xmlx_parse(text, strlen(text), "c", &d);

        ck_assert_ptr_nonnull(cert);
        batch_add(batch, cert);
        xmlFreeDoc(cert);
    }
    batch_check(batch, &d);
    ck_assert_str_eq(heard.buf, batches[_i].expected);
    batch_free(batch);
    strbuf_release(&heard);
}
END_TEST

#define N(array) (sizeof(array) / sizeof *(array))

int main(void)
{
    Suite *s = suite_create("rec2cert schematron");
    TCase *t = tcase_create("rules files");
    SRunner *runner;
    int failed;

    xmlx_init();
    tcase_add_loop_test(t, faults_are_refused_at_their_lines, 0, N(faults));
    tcase_add_loop_test(t, rules_see_and_say, 0, N(checks));
    tcase_add_loop_test(t, levels_are_compared, 0, N(levels));
    tcase_add_test(t, a_bodys_rules_count);
    tcase_add_loop_test(t, profiles_decide, 0, N(profiles));
    tcase_add_loop_test(t, certificates_fit_together, 0, N(batches));
    suite_add_tcase(s, t);
    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
