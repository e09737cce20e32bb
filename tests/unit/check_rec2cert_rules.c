/* Every rule of rec2cert against a record that keeps it and one that breaks it: the lines of
 * tests/cases/rec2cert/rules/, see README.md there. */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "alloc.h"
#include "diag.h"
#include "rec2cert.h"
#include "rulebook.h"
#include "rules.h"
#include "strbuf.h"
#include "xmlx.h"

#define CASES "tests/cases/rec2cert/"

struct heard {
    struct strbuf ids;
    struct strbuf texts;
};

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    struct heard *h = arg;

    strbuf_addf(&h->ids, "%s%s", h->ids.len ? "," : "", id);
    strbuf_addf(&h->texts, "    %s: %s (%s:%ld %s) [%s]\n", diag_level_name(level), text,
                place && place->file ? place->file : "-", place ? place->line : 0,
                place && place->field ? place->field : "", id);
}

static xmlNode *row_at(xmlNode *record, const char *table, int at)
{
    xmlNode *row = xmlx_first(record, table);

    while (row && --at > 0)
        row = xmlx_next(row, table);
    ck_assert_msg(row != NULL, "no such row of %s", table);
    return row;
}

static void drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void set_field(xmlNode *row, const char *name, const char *value)
{
    xmlNode *node = xmlx_first(row, name);
    struct strbuf text = STRBUF_INIT;
    const char *p;

    for (p = value; *p; p++)
        if (p[0] == '\\' && p[1] == 'n') {
            strbuf_addch(&text, '\n');
            p++;
        } else if (p[0] == '\\' && p[1] == 'u') {
            char hex[5] = { p[2], p[3], p[4], p[5], '\0' };
            unsigned long c = strtoul(hex, NULL, 16);

            strbuf_addch(&text, (char)(0xe0 | c >> 12));
            strbuf_addch(&text, (char)(0x80 | (c >> 6 & 0x3f)));
            strbuf_addch(&text, (char)(0x80 | (c & 0x3f)));
            p += 5;
        } else {
            strbuf_addch(&text, *p);
        }
    if (node)
        xmlNodeSetContent(node, NULL);
    else
        node = xmlx_add(row, name);
    xmlNodeAddContent(node, BAD_CAST text.buf);
    strbuf_release(&text);
}

/* Cuts TEXT at SEPARATOR. Returns what follows, or NULL. */
static char *cut(char *text, const char *separator)
{
    char *at = strstr(text, separator);

    if (!at)
        return NULL;
    *at = '\0';
    return at + strlen(separator);
}

/* Parses "table[2]" and the rest after it. */
static xmlNode *take_row(xmlNode *record, char *text, char **rest)
{
    char *bracket = strchr(text, '[');

    *rest = text;
    if (!bracket || (strchr(text, '=') && strchr(text, '=') < bracket))
        return NULL;
    *bracket = '\0';
    *rest = strchr(bracket + 1, ']') + 1;
    return row_at(record, text, atoi(bracket + 1));
}

static void apply(xmlNode *record, char *change)
{
    char *rest, *value;
    xmlNode *row;

    if (*change == '+') {
        rest = cut(change + 1, " ");
        row = xmlx_add(record, change + 1);
        for (change = rest; change; change = rest) {
            rest = cut(change, " ~ ");
            value = cut(change, "=");
            set_field(row, change, value);
        }
        return;
    }
    if (*change == '-') {
        row = take_row(record, change + 1, &rest);
        if (row && *rest == '.')
            drop(xmlx_first(row, rest + 1));
        else if (row)
            drop(row);
        else
            while ((row = xmlx_first(record, rest)))
                drop(row);
        return;
    }
    row = take_row(record, change, &rest);
    rest += row && *rest == '.';
    value = cut(rest, "=");
    ck_assert_msg(value != NULL, "'%s' changes nothing", rest);
    set_field(row ? row : record, rest, value);
}

/* Runs one line. Returns 0 when it gave what it says. */
static int run(struct rec2cert *r, const xmlDoc *base, const char *file, int number, char *line)
{
    char *changes = line + strcspn(line, " "), *next;
    struct heard h = { STRBUF_INIT, STRBUF_INIT };
    xmlDoc *rec = xmlCopyDoc((xmlDoc *)(size_t)base, 1), *cert = NULL;
    xmlNode *record = xmlx_first_element(xmlDocGetRootElement(rec));
    struct diag d;
    int result, same, refused;

    if (*changes)
        *changes++ = '\0';
    changes += strspn(changes, " ");
    diag_init(&d, "check");
    d.sink = hear;
    d.sink_arg = &h;
    for (; changes && *changes; changes = next) {
        next = cut(changes, " ; ");
        apply(record, changes);
    }
    result = rec2cert(r, rec, &cert, &d);
    refused = d.errors + d.cannots > 0;
    same = !strcmp(h.ids.len ? h.ids.buf : "ok", line);
    if (!same)
        fprintf(stderr, "%s:%d: expected %s, got %s\n%s", file, number, line,
                h.ids.len ? h.ids.buf : "ok", h.texts.buf);
    if (refused != (result != 0) || refused != !cert) {
        fprintf(stderr, "%s:%d: status %d, product %p with %ld errors\n", file, number, result,
                (void *)cert, d.errors + d.cannots);
        same = 0;
    }
    xmlFreeDoc(cert);
    xmlFreeDoc(rec);
    strbuf_release(&h.ids);
    strbuf_release(&h.texts);
    return same ? 0 : -1;
}

static struct rec2cert *open_job(const struct isodate *today)
{
    struct rec2cert_options options = { .data = ".", .job = CASES "job", .today = today,
                                        .profile = CASES "job/profile.xml" };
    struct diag d;
    struct rec2cert *r;

    diag_init(&d, "check");
    r = rec2cert_open(&options, &d);
    ck_assert_ptr_nonnull(r);
    return r;
}

static const char *const kinds[] = { "iecee", "requirements", "iecex", "csms" };

static void read_all(const char *path, struct strbuf *text)
{
    ck_assert_msg(!strbuf_read_file(text, path, 1 << 20), "cannot read %s", path);
}

START_TEST(rules_of_a_kind)
{
    const struct isodate today = { 2026, 11, 30 };
    struct rec2cert *r = open_job(&today);
    char *path = xasprintf(CASES "%s.rec.xml", kinds[_i]), *rules = xasprintf(CASES "rules/%s.rules", kinds[_i]);
    struct strbuf text = STRBUF_INIT;
    struct diag d;
    xmlDoc *base;
    char *line, *next;
    int number = 0, failed = 0, ran = 0;

    diag_init(&d, "check");
    base = xmlx_read(path, NULL, &d);
    ck_assert_ptr_nonnull(base);
    read_all(rules, &text);
    for (line = text.buf; line && *line; line = next) {
        next = cut(line, "\n");
        number++;
        if (*line == '#' || !*line)
            continue;
        /* first the record as it is: what a line changes in it is what breaks the rule */
        ck_assert_msg(ran || !line[strcspn(line, " ") + strspn(line + strcspn(line, " "), " ")],
                      "%s does not begin with the record as it is", rules);
        ran++;
        failed += run(r, base, rules, number, line) != 0;
    }
    ck_assert_msg(ran > 10, "%s has %d cases", rules, ran);
    ck_assert_msg(!failed, "%d of %d cases of %s", failed, ran, rules);
    xmlFreeDoc(base);
    rec2cert_close(r);
    strbuf_release(&text);
    free(path);
    free(rules);
}
END_TEST

/* True when the first word of a line of CASES, the ids that it brings about, has ID. */
static int has_case(const char *cases, const char *id)
{
    const char *at;

    for (at = strstr(cases, id); at; at = strstr(at + 1, id)) {
        const char *p = at;

        while (p > cases && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-,", p[-1]))
            p--;
        if (p == cases || p[-1] == '\n')
            return 1;
    }
    return 0;
}

/* Rules of profiles, lists, jobs, files of rules and whole batches, which no change of a record brings about. */
static int is_unit_tested(const char *tests, const char *id)
{
    static const char *const ids[] = {
        "CAT-",    "PROFILE-", "RULES-",    "REC-001",   "REC-002",   "REC-003",   "REC-004",   "REC-005",
        "REC-013", "REC-033",  "REC-034",   "REC-035",   "REC-036",   "REC-045",   "REC-046",   "REC-064",
        "REC-066", "CSMS-013", "CSMS-014",  "IECEE-036", "IECEE-037", "IECEE-038",
        "IECEX-066", "IECEX-067", "IECEX-068",
    };
    size_t i;

    if (!strcmp(id, "REC-090")) /* a fault of this program */
        return 1;
    for (i = 0; i < sizeof ids / sizeof *ids; i++)
        if (!strncmp(id, ids[i], strlen(ids[i])))
            return strstr(tests, id) != NULL;
    return 0;
}

/* Every rule, of the program and of xsl/rules, has a case that breaks it; the record as it is keeps it. */
START_TEST(every_rule_has_a_case)
{
    struct strbuf cases = STRBUF_INIT, tests = STRBUF_INIT, list = STRBUF_INIT;
    int n = 0, lacking = 0;
    struct rules *rules;
    char *line, *next;
    struct diag d;
    size_t i;

    diag_init(&d, "check");
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *path = xasprintf(CASES "rules/%s.rules", kinds[i]);

        read_all(path, &cases);
        free(path);
    }
    read_all("tests/unit/check_rec2cert.c", &tests);
    read_all("tests/unit/check_rec2cert_schematron.c", &tests);
    rules = rules_load("xsl/rules", NULL, &d);
    ck_assert_ptr_nonnull(rules);
    rules_list(rules, RULES_CSV, &list);
    for (line = cut(list.buf, "\n"); line && *line; line = next) {
        next = cut(line, "\n");
        line[strcspn(line, ",")] = '\0';
        n++;
        if (has_case(cases.buf, line) || is_unit_tested(tests.buf, line))
            continue;
        lacking++;
        fprintf(stderr, "no case for %s\n", line);
    }
    ck_assert_msg(n > 150, "%d rules found", n);
    ck_assert_msg(!lacking, "%d rules without a case", lacking);
    rules_free(rules);
    strbuf_release(&cases);
    strbuf_release(&tests);
    strbuf_release(&list);
}
END_TEST

/* Every message of the program is in the list of rules. */
START_TEST(every_message_is_listed)
{
    struct strbuf messages = STRBUF_INIT;
    const char *p;
    int n = 0;

    read_all("src/rec2cert/messages.h", &messages);
    for (p = messages.buf; (p = strstr(p, "#define ")); p += 8) {
        const char *quote = strchr(p, '"');
        char id[32] = "";

        if (!quote || strcspn(p, "\n") < (size_t)(quote - p))
            continue;
        snprintf(id, sizeof id, "%.*s", (int)strcspn(quote + 1, "\""), quote + 1);
        n++;
        ck_assert_msg(rulebook_find(id) != NULL, "rulebook.c lacks %s", id);
    }
    ck_assert_msg(n > 100, "%d messages found", n);
    strbuf_release(&messages);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("rec2cert rules");
    TCase *t = tcase_create("rules");
    SRunner *runner;
    int failed;

    xmlx_init();
    tcase_add_loop_test(t, rules_of_a_kind, 0, sizeof kinds / sizeof *kinds);
    tcase_add_test(t, every_rule_has_a_case);
    tcase_add_test(t, every_message_is_listed);
    suite_add_tcase(s, t);
    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
