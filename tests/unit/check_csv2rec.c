/* Unit tests of src/csv2rec: text, rows, columns, keys, cells. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cells.h"
#include "columns.h"
#include "csv2rec.h"
#include "csvtable.h"
#include "csvtext.h"
#include "keymap.h"
#include "strbuf.h"
#include "xmlx.h"

static char folder[] = "/tmp/check_csv2rec.XXXXXX";
static char path[128];
static struct diag d;

static void set_up(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/certificates.csv", folder);
    diag_init(&d, "test");
    d.out = NULL;
}

static void tear_down(void)
{
    unlink(path);
    rmdir(folder);
}

static void put(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");

    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static void put_text(const char *s)
{
    put(s, strlen(s));
}

/* All lines of what was put, each in brackets. */
static char *lines(void)
{
    struct csvtext *t = csvtext_open(path, &d);
    struct strbuf line = STRBUF_INIT, all = STRBUF_INIT;

    ck_assert_ptr_nonnull(t);
    while (csvtext_line(t, &line, 1000, &d))
        strbuf_addf(&all, "[%s]", line.buf);
    strbuf_release(&line);
    csvtext_close(t);
    return strbuf_detach(&all, NULL);
}

static void assert_lines(const char *expected)
{
    char *got = lines();

    ck_assert_str_eq(got, expected);
    free(got);
}

START_TEST(test_text_line_ends)
{
    put_text("a\nb\r\nc\rd\r\r\n\ne");
    assert_lines("[a][b][c][d][][][e]");
    put_text("a\n");
    assert_lines("[a]");
    put_text("");
    assert_lines("");
    put_text("\n");
    assert_lines("[]");
    put_text("\r");
    assert_lines("[]");
}
END_TEST

START_TEST(test_text_encodings)
{
    put_text("\xef\xbb\xbf\xc3\xb8l");
    assert_lines("[\xc3\xb8l]");
    put_text("\xf8l, \x80 5 \x96 6"); /* Windows-1252 */
    assert_lines("[\xc3\xb8l, \xe2\x82\xac 5 \xe2\x80\x93 6]");
    put("\xff\xfe\xf8\0l\0\r\0\n\0\x3d\xd8\0\xde", 14);
    assert_lines("[\xc3\xb8l][\xf0\x9f\x98\x80]");
    put("\xfe\xff\0l\0\n", 6);
    assert_lines("[l]");
    put("\xff\xfe", 2);
    assert_lines("");
    put("\xff\xfe" "a\0\x3d\xd8" "b\0c", 9); /* a lone surrogate, half a character */
    assert_lines("[a\xed\xa0\xbd" "b\xff]");
}
END_TEST

START_TEST(test_text_guesses)
{
    static const struct { const char *text; int windows_1252; } cases[] = {
        { "plain", 0 },
        { "caf\xe9", 1 },
        { "\xc3\xa9 and \xe9", 0 },  /* UTF-8 with a fault */
        { "broken \xff", 0 },
        { "cut \xc3 off", 0 },       /* the first half of a UTF-8 sequence */
        { "S\xc3O PAULO", 1 },
        { "unassigned \x81", 0 },
        { "\xef\xbb\xbf" "caf\xe9", 0 },
        { "Br\x80ken", 0 },            /* no euro inside a word */
        { "5 \x80, 5\xb1" "1 m\xb2", 1 },
        { "Guns\x92n\x92Roses", 1 },
        { "end \xe9", 1 },
        { "end \xc3", 0 },
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csvtext *t;

        put_text(cases[i].text);
        t = csvtext_open(path, &d);
        ck_assert_ptr_nonnull(t);
        ck_assert_msg(csvtext_is_windows_1252(t) == cases[i].windows_1252, "%s", cases[i].text);
        csvtext_close(t);
    }
}
END_TEST

START_TEST(test_text_refused)
{
    put("a\0b\0c\0d\0", 8);
    ck_assert_ptr_null(csvtext_open(path, &d));
    put("\xff\xfe\0\0a\0\0\0", 8); /* UTF-32 */
    ck_assert_ptr_null(csvtext_open(path, &d));
    ck_assert_int_eq(d.errors, 2);
    ck_assert_ptr_null(csvtext_open(folder, &d));
    ck_assert_ptr_null(csvtext_open("/dev/zero", &d));
    ck_assert_ptr_null(csvtext_open("/nonexistent/file", &d));
    ck_assert_int_eq(d.cannots, 3);
}
END_TEST

/* A sequence over the border of the blocks that the census reads must not count as a fault. */
START_TEST(test_text_block_borders)
{
    size_t n = (1 << 16) + 64, shift;

    for (shift = 0; shift < 4; shift++) {
        struct strbuf text = STRBUF_INIT;
        struct csvtext *t;

        while (text.len < (1 << 16) - 4 + shift)
            strbuf_addch(&text, 'x');
        while (text.len < n)
            strbuf_addstr(&text, "\xf0\x9f\x98\x80");
        strbuf_addch(&text, (char)0xe9);
        put(text.buf, text.len);
        t = csvtext_open(path, &d);
        ck_assert_int_eq(csvtext_is_windows_1252(t), 0);
        csvtext_close(t);
        strbuf_release(&text);
    }
}
END_TEST

START_TEST(test_utf8)
{
    static const struct { const char *bytes; int n; unsigned c; } cases[] = {
        { "a", 1, 'a' }, { "\xc2\x80", 2, 0x80 }, { "\xdf\xbf", 2, 0x7ff },
        { "\xe0\xa0\x80", 3, 0x800 }, { "\xef\xbf\xbf", 3, 0xffff },
        { "\xf0\x90\x80\x80", 4, 0x10000 }, { "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
        { "\x80", 0, 0 }, { "\xc0\x80", 0, 0 }, { "\xc1\xbf", 0, 0 }, { "\xe0\x9f\xbf", 0, 0 },
        { "\xed\xa0\x80", 0, 0 }, { "\xf0\x8f\xbf\xbf", 0, 0 }, { "\xf4\x90\x80\x80", 0, 0 },
        { "\xf5\x80\x80\x80", 0, 0 }, { "\xe2\x82", 0, 0 }, { "\xe2\x82 ", 0, 0 },
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned c = 0;

        ck_assert_int_eq(csvtext_utf8(cases[i].bytes, strlen(cases[i].bytes), &c), cases[i].n);
        if (cases[i].n)
            ck_assert_uint_eq(c, cases[i].c);
    }
}
END_TEST

/* All rows of what was put: "row@line fault: text@line:column|...". */
static char *rows(void)
{
    static const char *const faults[] = { "", "open ", "stray ", "huge " };
    struct csvtable *t = csvtable_open(path, &d);
    struct strbuf all = STRBUF_INIT;
    const struct csvrow *row;
    size_t i;

    ck_assert_ptr_nonnull(t);
    while ((row = csvtable_next(t, &d))) {
        strbuf_addf(&all, "%ld@%ld %s", row->row, row->line, faults[row->fault]);
        for (i = 0; i < row->n; i++)
            strbuf_addf(&all, "%s%s@%ld:%ld", i ? "|" : "", row->cells[i].text, row->cells[i].line,
                        row->cells[i].column);
        strbuf_addch(&all, '\n');
    }
    csvtable_close(t);
    return strbuf_detach(&all, NULL);
}

static void assert_rows(const char *text, const char *expected)
{
    char *got;

    put_text(text);
    got = rows();
    ck_assert_str_eq(got, expected);
    free(got);
}

START_TEST(test_table_cells)
{
    assert_rows("a,b\n1,\"x,\"\"y\"\"\"\n", "1@1 a@1:1|b@1:3\n2@2 1@2:1|x,\"y\"@2:3\n");
    assert_rows("a,b\n \xc2\xa0" "1 ,\" x \"\n", "1@1 a@1:1|b@1:3\n2@2 1@2:1|x@2:6\n");
    assert_rows("a\n", "1@1 a@1:1\n");
    assert_rows("a,\n,\n", "1@1 a@1:1|@1:3\n2@2 @2:1|@2:2\n");
    assert_rows("\xc3\xb8\xc3\xb8,b\n", "1@1 \xc3\xb8\xc3\xb8@1:1|b@1:4\n");
}
END_TEST

START_TEST(test_table_rows_and_lines)
{
    assert_rows("a,b\n\n1,\"x\r\ny\",\"z\n\nw\"\n2,3\n",
                "1@1 a@1:1|b@1:3\n3@3 1@3:1|x\ny@3:3|z\n\nw@4:4\n4@7 2@7:1|3@7:3\n");
    assert_rows("sep=;\na;b,c\n", "1@2 a@2:1|b,c@2:3\n");
    assert_rows("\"sep=\t\"\r\na\tb\r\n", "1@2 a@2:1|b@2:3\n");
    assert_rows("sep=x\n", "1@1 sep=x@1:1\n");
}
END_TEST

START_TEST(test_table_delimiters)
{
    assert_rows("a;b;c\n1,5;2;3\n", "1@1 a@1:1|b@1:3|c@1:5\n2@2 1,5@2:1|2@2:5|3@2:7\n");
    assert_rows("a\tb\n", "1@1 a@1:1|b@1:3\n");
    assert_rows("\"a,b,c\";d\n", "1@1 a,b,c@1:1|d@1:9\n");
    assert_rows("\n;;a\n", "2@2 @2:1|@2:2|a@2:3\n");
}
END_TEST

START_TEST(test_table_faults)
{
    /* an open quote swallows nothing behind its line */
    assert_rows("a,b\n1,\"x\n2,y\n", "1@1 a@1:1|b@1:3\n2@2 open 1@2:1|@2:3\n3@3 2@3:1|y@3:3\n");
    assert_rows("a,b\n1,\"x\n2,\"y\"\n", "1@1 a@1:1|b@1:3\n2@2 open 1@2:1|@2:3\n3@3 2@3:1|y@3:3\n");
    /* a cell before it that runs over lines is not read again */
    assert_rows("a,b\n\"p\nq\",\"x\n2,y\n",
                "1@1 a@1:1|b@1:3\n2@2 open p\nq@2:1|@3:4\n3@4 2@4:1|y@4:3\n");
    assert_rows("a,b\n1,5\" disk\n2,\"y\" z\n3,w\n",
                "1@1 a@1:1|b@1:3\n2@2 stray 1@2:1|@2:3\n3@3 stray 2@3:1|@3:3\n4@4 3@4:1|w@4:3\n");
    assert_rows("\"a", "1@1 open @1:1\n");
}
END_TEST

/* Every line opens a quote, or none ever closes: reading again must not take quadratic time. */
START_TEST(test_table_open_quotes_are_linear)
{
    struct strbuf text = STRBUF_INIT;
    struct csvtable *t;
    long n = 0, faulty = 0, i;
    const struct csvrow *row;

    strbuf_addstr(&text, "a,b\n");
    for (i = 0; i < 50000; i++)
        strbuf_addstr(&text, i % 5 ? "1,\"x\n" : "2,y\n");
    put(text.buf, text.len);
    t = csvtable_open(path, &d);
    while ((row = csvtable_next(t, &d))) {
        n++;
        faulty += row->fault != CSVROW_GOOD;
    }
    csvtable_close(t);
    strbuf_release(&text);
    ck_assert_int_eq(n, 50001);
    ck_assert_int_eq(faulty, 40000);
}
END_TEST

START_TEST(test_table_huge_row)
{
    struct strbuf text = STRBUF_INIT;
    struct csvtable *t;
    const struct csvrow *row;

    strbuf_addstr(&text, "a,b\n1,");
    while (text.len < CSVTABLE_ROW_MAX + 100)
        strbuf_addstr(&text, "0123456789012345678901234567890123456789");
    strbuf_addstr(&text, "\n2,y\n");
    put(text.buf, text.len);
    strbuf_release(&text);
    t = csvtable_open(path, &d);
    ck_assert_ptr_nonnull(csvtable_next(t, &d));
    row = csvtable_next(t, &d);
    ck_assert_int_eq(row->fault, CSVROW_HUGE);
    row = csvtable_next(t, &d);
    ck_assert_int_eq(row->fault, CSVROW_GOOD);
    ck_assert_str_eq(row->cells[0].text, "2");
    ck_assert_int_eq(row->line, 3);
    csvtable_close(t);
}
END_TEST

START_TEST(test_table_seek)
{
    struct csvtable *t;
    const struct csvrow *row;
    long long offset;

    put_text("\xef\xbb\xbf" "a;b\r\n1;\"x\ny\"\r\n2;z\r\n");
    t = csvtable_open(path, &d);
    csvtable_next(t, &d);
    row = csvtable_next(t, &d);
    offset = row->offset;
    while (csvtable_next(t, &d))
        ;
    ck_assert_int_eq(csvtable_seek(t, offset, 2, 2, &d), 0);
    row = csvtable_next(t, &d);
    ck_assert_str_eq(row->cells[1].text, "x\ny");
    ck_assert_int_eq(row->row, 2);
    row = csvtable_next(t, &d);
    ck_assert_int_eq(row->row, 3);
    ck_assert_int_eq(row->line, 4);
    csvtable_close(t);
}
END_TEST

START_TEST(test_columns)
{
    const struct table *certificates = &columns_tables[0];
    const struct column *c;

    c = columns_find(certificates, KIND_IECEE, " Applicant  NAME");
    ck_assert_ptr_nonnull(c);
    ck_assert_str_eq(c->name, "applicant-name");
    ck_assert_ptr_nonnull(columns_find(certificates, KIND_IECEE, "issue_date"));
    ck_assert_ptr_nonnull(columns_find(certificates, KIND_IECEE, "issue\xc2\xa0" "date"));
    ck_assert_ptr_null(columns_find(certificates, KIND_IECEE, "marking"));
    ck_assert_ptr_nonnull(columns_find(certificates, KIND_IECEX, "marking"));
    ck_assert_ptr_null(columns_find(certificates, KIND_IECEE, ""));
    c = columns_nearest(certificates, KIND_IECEE, "Aplicant-Nme");
    ck_assert_ptr_nonnull(c);
    ck_assert_str_eq(c->name, "applicant-name");
    ck_assert_ptr_null(columns_nearest(certificates, KIND_IECEE, "zebra"));
    ck_assert_uint_eq(columns_kind("csms"), KIND_CSMS);
    ck_assert_uint_eq(columns_kind("CSMS"), 0);
}
END_TEST

START_TEST(test_distance)
{
    ck_assert_uint_eq(columns_distance("abc", "abc", 3), 0);
    ck_assert_uint_eq(columns_distance("abc", "acb", 3), 2);
    ck_assert_uint_eq(columns_distance("abc", "abcd", 3), 1);
    ck_assert_uint_eq(columns_distance("", "abc", 3), 3);
    ck_assert_uint_eq(columns_distance("abc", "xyz", 2), 3);
    ck_assert_uint_eq(columns_distance("a", "abcdef", 2), 3);
}
END_TEST

static char *slurp(const char *file)
{
    struct strbuf text = STRBUF_INIT;

    ck_assert_msg(!strbuf_read_file(&text, file, 1 << 20), "cannot read %s", file);
    return strbuf_detach(&text, NULL);
}

/* The schema and the manual page know every table and column. */
START_TEST(test_columns_are_documented)
{
    char *schema = slurp("src/formats/rec.rng"), *page = slurp("src/formats/certpress-csv.5");
    const struct table *t;
    const struct column *c;

    for (t = columns_tables; t->name; t++) {
        char *section = xasprintf(".Ss %s.csv\n", t->name), *at = strstr(page, section), *end;
        char *row = xasprintf("<element name=\"%s\">", t->row);

        ck_assert_msg(at != NULL, "the page lacks %s", t->name);
        ck_assert_msg(strstr(schema, row) != NULL, "the schema lacks %s", t->row);
        end = strstr(at, "\n.El\n");
        for (c = t->columns; c->name; c++) {
            char *item = xasprintf(".It Li %s Ta ", c->name), *found = strstr(at, item);
            char *element = xasprintf("<element name=\"%s\">", c->name);

            ck_assert_msg(found && found < end, "the page lacks %s of %s", c->name, t->name);
            ck_assert_msg(strstr(schema, element) != NULL, "the schema lacks %s", c->name);
            free(item);
            free(element);
        }
        free(section);
        free(row);
    }
    free(schema);
    free(page);
}
END_TEST

START_TEST(test_keymap)
{
    struct keymap map;
    char key[32];
    size_t i;

    keymap_init(&map);
    ck_assert_uint_eq(keymap_find(&map, "a"), KEYMAP_NONE);
    for (i = 0; i < 10000; i++) {
        snprintf(key, sizeof key, "NO-EXA-%zu", i);
        ck_assert_uint_eq(keymap_add(&map, key), i);
    }
    ck_assert_uint_eq(keymap_add(&map, "NO-EXA-77"), 77);
    ck_assert_uint_eq(keymap_find(&map, "NO-EXA-9999"), 9999);
    ck_assert_uint_eq(keymap_find(&map, "NO-EXA-10000"), KEYMAP_NONE);
    ck_assert_str_eq(map.keys[4], "NO-EXA-4");
    keymap_release(&map);
}
END_TEST

START_TEST(test_cell_scan)
{
    struct cell_fault fault;

    ck_assert_int_eq(cell_scan("caf\xc3\xa9 \n\t", 8, &fault), 0);
    ck_assert_int_eq(cell_scan("\xc3\xa9\xff", 3, &fault), -1);
    ck_assert_uint_eq(fault.code, 0xff);
    ck_assert_uint_eq(fault.before, 1);
    ck_assert_ptr_null(fault.what);
    ck_assert_int_eq(cell_scan("a\0", 2, &fault), -1);
    ck_assert_ptr_nonnull(fault.what);
    ck_assert_int_eq(cell_scan("\xc2\x85", 2, &fault), -1);
    ck_assert_int_eq(cell_scan("\xf0\x9f\xbf\xbf", 4, &fault), -1); /* U+1FFFF */
    ck_assert_int_eq(cell_scan("\xe2\x80\x8f", 3, &fault), 0);      /* a mark Arabic needs */
}
END_TEST

START_TEST(test_cell_shown)
{
    char *shown = cell_shown("\xc3\xa9 short");

    ck_assert_str_eq(shown, "\xc3\xa9 short");
    free(shown);
    shown = cell_shown("12345678901234567890123456789012345678901234567890123456789\xc3\xa9 and more");
    ck_assert_str_eq(shown, "12345678901234567890123456789012345678901234567890123456789...");
    free(shown);
}
END_TEST

/* The file grows shorter between the index and the record. */
START_TEST(test_changed_file)
{
    struct csv2rec_options options = { .kind = "csms" };
    struct csv2rec *c;
    xmlDoc *rec = NULL;
    struct strbuf text = STRBUF_INIT;

    strbuf_addstr(&text, "reference,scope,criteria,soa-version,soa-date,decision-date,first-issue-date,"
                         "issue-date,expiry-date,applicant-name,applicant-street,applicant-city,"
                         "applicant-country\n");
    while (text.len < 100000)
        strbuf_addf(&text, "R-%zu,s,c,1,2026-01-01,2026-01-01,2026-01-01,2026-01-01,2029-01-01,n,s,c,NO\n",
                    text.len);
    put(text.buf, text.len);
    c = csv2rec_open(folder, &options, &d);
    ck_assert_ptr_nonnull(c);
    ck_assert_int_eq(csv2rec_next(c, &rec), 1);
    xmlFreeDoc(rec);
    put(text.buf, 1000);
    while (csv2rec_next(c, &rec)) {
        xmlFreeDoc(rec);
    }
    ck_assert_int_gt(d.cannots, 0);
    csv2rec_close(c);
    strbuf_release(&text);
}
END_TEST

static const char header[] = "reference,scope,criteria,soa-version,soa-date,decision-date,"
                             "first-issue-date,issue-date,expiry-date,applicant-name,"
                             "applicant-street,applicant-city,applicant-country\n";

/* Without the option, values are left to the next stage, with what it needs to name the cell. */
START_TEST(test_values_left_to_rec2cert)
{
    struct csv2rec_options options = { .kind = "csms" };
    struct strbuf text = STRBUF_INIT;
    const xmlNode *record;
    struct csv2rec *c;
    xmlDoc *rec = NULL;
    char *value;

    strbuf_addf(&text, "%sR-1,,c,1,1.2.2026,d,d,d,d,n,s,c,no\nR-2,a\x07,c,1,d,d,d,d,d,n,s,c,N\n", header);
    put(text.buf, text.len);
    strbuf_release(&text);
    c = csv2rec_open(folder, &options, &d);
    ck_assert_int_eq(csv2rec_next(c, &rec), 1);
    record = xmlx_first(xmlDocGetRootElement(rec), "record");
    ck_assert_ptr_nonnull(xmlx_first(record, "scope"));
    value = xmlx_child_text(record, "soa-date");
    ck_assert_str_eq(value, "1.2.2026");
    free(value);
    xmlFreeDoc(rec);
    ck_assert_int_eq(d.errors, 0);
    /* a faulty record can still be looked at */
    ck_assert_int_eq(csv2rec_next(c, &rec), -1);
    ck_assert_int_eq(d.errors, 1);
    ck_assert_ptr_nonnull(rec);
    value = xmlx_child_text(xmlx_first(xmlDocGetRootElement(rec), "record"), "scope");
    ck_assert_str_eq(value, "a?");
    free(value);
    xmlFreeDoc(rec);
    ck_assert_int_eq(csv2rec_next(c, &rec), 0);
    ck_assert_ptr_null(rec);
    csv2rec_close(c);
}
END_TEST

/* A record that lacks something is not handed on, so its values are looked at here. */
START_TEST(test_values_of_lacking_record)
{
    struct csv2rec_options options = { .kind = "csms" };
    struct strbuf text = STRBUF_INIT;
    struct csv2rec *c;
    xmlDoc *rec = NULL;

    strbuf_addf(&text, "zebra,%s,R-1,s,c,1,2026-13-01,d,d,d,d,n,s,c,NO\n", header);
    put(text.buf, text.len);
    strbuf_release(&text);
    c = csv2rec_open(folder, &options, &d);
    ck_assert_int_eq(d.errors, 1);
    ck_assert_int_eq(csv2rec_next(c, &rec), -1);
    ck_assert_ptr_null(rec);
    ck_assert_int_eq(d.errors, 1 + 5);
    csv2rec_close(c);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("csv2rec");
    TCase *t = tcase_create("core");
    SRunner *sr = srunner_create(s);
    int failed;

    suite_add_tcase(s, t);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_text_line_ends);
    tcase_add_test(t, test_text_encodings);
    tcase_add_test(t, test_text_guesses);
    tcase_add_test(t, test_text_refused);
    tcase_add_test(t, test_text_block_borders);
    tcase_add_test(t, test_utf8);
    tcase_add_test(t, test_table_cells);
    tcase_add_test(t, test_table_rows_and_lines);
    tcase_add_test(t, test_table_delimiters);
    tcase_add_test(t, test_table_faults);
    tcase_add_test(t, test_table_open_quotes_are_linear);
    tcase_add_test(t, test_table_huge_row);
    tcase_add_test(t, test_table_seek);
    tcase_add_test(t, test_columns);
    tcase_add_test(t, test_distance);
    tcase_add_test(t, test_columns_are_documented);
    tcase_add_test(t, test_keymap);
    tcase_add_test(t, test_cell_scan);
    tcase_add_test(t, test_cell_shown);
    tcase_add_test(t, test_changed_file);
    tcase_add_test(t, test_values_left_to_rec2cert);
    tcase_add_test(t, test_values_of_lacking_record);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
