/* The PDF object layer: objects, text, writing, reading back, updates, damage. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "pdf.h"

static struct diag quiet(void)
{
    struct diag d;

    diag_init(&d, "check_pdf");
    d.out = NULL;
    return d;
}

static void note_id(void *arg, const struct diag_place *place, enum diag_level level,
                    const char *id, const char *text)
{
    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(arg, "%s%s", ((struct strbuf *)arg)->len ? " " : "", id);
}

/* Two pages, a Flate stream each, and an Info dictionary. Release with pdf_free. */
static struct pdf *sample(void)
{
    struct pdf *pdf = pdf_create("sample.pdf");
    int i;

    for (i = 0; i < 2; i++) {
        struct pdf_obj *page = pdf_new_dict(pdf), *box = pdf_new_array(pdf);
        struct pdf_obj *stream = pdf_new_stream(pdf);

        pdf_push_int(pdf, box, 0);
        pdf_push_int(pdf, box, 0);
        pdf_push(pdf, box, pdf_new_real(pdf, 595.276));
        pdf_push(pdf, box, pdf_new_real(pdf, 841.89));
        pdf_set(pdf, page, "MediaBox", box);
        pdf_set(pdf, page, "Resources", pdf_new_dict(pdf));
        pdf_stream_set(pdf, stream, i ? "q Q" : "q 1 0 0 1 0 0 cm Q", i ? 3 : 18, 6);
        pdf_set_ref(pdf, page, "Contents", pdf_add(pdf, stream));
        pdf_add_page(pdf, page);
    }
    pdf_set_text(pdf, pdf_info(pdf), "Title", "Zertifikat \xE2\x80\x93 \xC3\xBC");
    return pdf;
}

static void write_sample(enum pdf_xref xref, struct strbuf *out)
{
    struct pdf_write_options options = { .xref = xref };
    struct diag d = quiet();
    struct pdf *pdf = sample();

    ck_assert_int_eq(pdf_write(pdf, &options, out, &d), 0);
    pdf_free(pdf);
}

static struct pdf *must_parse(const struct strbuf *bytes)
{
    struct diag d;
    struct pdf *pdf;

    diag_init(&d, "check_pdf");
    pdf = pdf_parse(bytes->buf, bytes->len, "x.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    return pdf;
}

START_TEST(reads_back_what_it_writes)
{
    struct strbuf bytes = STRBUF_INIT, again = STRBUF_INIT, text = STRBUF_INIT;
    struct pdf_write_options options = { .xref = (enum pdf_xref)_i };
    struct diag d = quiet();
    struct pdf *pdf;

    write_sample(options.xref, &bytes);
    pdf = must_parse(&bytes);
    ck_assert_uint_eq(pdf_pages(pdf), 2);
    ck_assert_uint_eq(pdf_revisions(pdf), 1);
    ck_assert_uint_eq(pdf_revision_end(pdf, 0), bytes.len);
    ck_assert(pdf_number(pdf_at(pdf, pdf_page_get(pdf, 1, "MediaBox"), 3)) > 841.88);
    ck_assert_int_eq(pdf_stream_data(pdf, pdf_get(pdf, pdf_page(pdf, 1), "Contents"), &text, &d), 0);
    ck_assert_str_eq(text.buf, "q Q");
    strbuf_clear(&text);
    ck_assert_int_eq(pdf_text(pdf_get(pdf, pdf_info(pdf), "Title"), &text), 0);
    ck_assert_str_eq(text.buf, "Zertifikat \xE2\x80\x93 \xC3\xBC");
    ck_assert_int_eq(pdf_write(pdf, &options, &again, &d), 0);
    ck_assert_uint_eq(again.len, bytes.len);
    ck_assert(!memcmp(again.buf, bytes.buf, bytes.len));
    pdf_free(pdf);
    strbuf_release(&bytes);
    strbuf_release(&again);
    strbuf_release(&text);
}
END_TEST

/* What nothing leads to is left out; what leads nowhere is a fault. */
START_TEST(writes_what_is_reached)
{
    struct strbuf with = STRBUF_INIT, without = STRBUF_INIT, ids = STRBUF_INIT;
    struct diag d = quiet();
    struct pdf *pdf = sample();
    int lost;

    ck_assert_int_eq(pdf_write(pdf, NULL, &without, &d), 0);
    lost = pdf_add(pdf, pdf_new_int(pdf, 7));
    ck_assert_int_eq(pdf_write(pdf, NULL, &with, &d), 0);
    ck_assert_uint_eq(with.len, without.len);
    pdf_set_ref(pdf, pdf_catalog(pdf), "Lost", lost);
    pdf_remove(pdf, lost);
    ck_assert_ptr_null(pdf_get(pdf, pdf_catalog(pdf), "Lost"));
    d.sink = note_id;
    d.sink_arg = &ids;
    ck_assert_int_eq(pdf_write(pdf, NULL, &with, &d), -1);
    ck_assert_str_eq(ids.buf, "PDF-011");
    strbuf_release(&ids);
    pdf_free(pdf);
    strbuf_release(&with);
    strbuf_release(&without);
}
END_TEST

static void print_is(struct pdf_obj *obj, const char *want)
{
    struct strbuf out = STRBUF_INIT;

    pdf_print(obj, &out);
    ck_assert_str_eq(out.buf, want);
    strbuf_release(&out);
}

START_TEST(prints_objects)
{
    struct pdf *pdf = pdf_create("x.pdf");
    struct pdf_obj *dict = pdf_new_dict(pdf), *array = pdf_new_array(pdf);

    print_is(pdf_new_name(pdf, "application/xml"), "/application#2Fxml");
    print_is(pdf_new_name(pdf, "a b#\xC3"), "/a#20b#23#C3");
    print_is(pdf_new_string(pdf, "a(b)\\", 5), "(a\\(b\\)\\\\)");
    print_is(pdf_new_string(pdf, "\0\xFF", 2), "<00FF>");
    print_is(pdf_new_real(pdf, -0.5), "-0.5");
    print_is(pdf_new_real(pdf, 12.000001), "12");
    print_is(pdf_new_real(pdf, 0.000004), "0");
    print_is(pdf_new_real(pdf, 3.14159265), "3.14159");
    print_is(pdf_new_int(pdf, -9223372036854775807LL - 1), "-9223372036854775808");
    print_is(pdf_new_text(pdf, "Stra\xC3\x9F" "e"), "<53747261DF65>");
    print_is(pdf_new_text(pdf, "\xE6\x97\xA5\xF0\x9F\x98\x80"), "<FEFF65E5D83DDE00>");
    print_is(pdf_new_text(pdf, "\xC3\xBE\xC3\xBF"), "<FEFF00FE00FF>");
    print_is(pdf_new_date(pdf, 1767225599), "(D:20251231235959Z)");
    pdf_push_int(pdf, array, 1);
    pdf_push(pdf, array, pdf_new_name(pdf, "A"));
    pdf_push(pdf, array, pdf_new_bool(pdf, 1));
    pdf_push_ref(pdf, array, 1);
    pdf_set(pdf, dict, "K", array);
    pdf_set_int(pdf, dict, "N", 4);
    pdf_set(pdf, dict, "M", pdf_new_null(pdf));
    print_is(dict, "<</K[1/A true 1 0 R]/N 4/M null>>");
    pdf_set(pdf, dict, "N", NULL);
    print_is(dict, "<</K[1/A true 1 0 R]/M null>>");
    pdf_free(pdf);
}
END_TEST

START_TEST(reads_text_and_dates)
{
    static const struct {
        const char *s;
        long long want; /* -1: not a date */
    } rows[] = {
        { "D:20251231235959Z", 1767225599 },
        { "D:20260101005959+01'00'", 1767225599 },
        { "D:20251231185959-05'00", 1767225599 },
        { "20251231235959Z", -1 },
        { "D:20251331235959Z", -1 },
        { "D:20251231235959", -1 },
        { "D:20251231235959+0100", -1 },
    };
    struct pdf *pdf = pdf_create("x.pdf");
    struct strbuf text = STRBUF_INIT;
    time_t moment;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pdf_obj *obj = pdf_new_string(pdf, rows[i].s, strlen(rows[i].s));

        ck_assert_int_eq(pdf_date(obj, &moment), rows[i].want < 0 ? -1 : 0);
        if (rows[i].want >= 0)
            ck_assert_int_eq(moment, rows[i].want);
    }
    ck_assert_int_eq(pdf_text(pdf_new_string(pdf, "\x84 \xA0", 3), &text), 0);
    ck_assert_str_eq(text.buf, "\xE2\x80\x94 \xE2\x82\xAC");
    ck_assert_int_eq(pdf_text(pdf_new_string(pdf, "\xFE\xFF\xD8\x00", 4), &text), -1);
    ck_assert_int_eq(pdf_text(pdf_new_string(pdf, "\xFE\xFF\x00", 3), &text), -1);
    ck_assert_int_eq(pdf_text(pdf_new_int(pdf, 3), &text), -1);
    strbuf_release(&text);
    pdf_free(pdf);
}
END_TEST

/* ---- updates -------------------------------------------------------------------------------- */

/* Appends to FILE what CHANGE does to the document in it. */
static void update(struct strbuf *file, const struct pdf_append_options *options,
                   int (*change)(struct pdf *), struct pdf_hole *hole)
{
    struct pdf_append_options o = *options;
    struct strbuf more = STRBUF_INIT;
    struct diag d = quiet();
    struct pdf *pdf = must_parse(file);
    int number = change(pdf);

    if (o.signature)
        o.signature = number;
    ck_assert_int_eq(pdf_append(pdf, &o, &more, hole, &d), 0);
    pdf_free(pdf);
    strbuf_add(file, more.buf, more.len);
    strbuf_release(&more);
}

static int change_title(struct pdf *pdf)
{
    pdf_set_text(pdf, pdf_info(pdf), "Title", "Changed");
    return 0;
}

static int add_and_remove(struct pdf *pdf)
{
    pdf_set_ref(pdf, pdf_catalog(pdf), "New", pdf_add(pdf, pdf_new_int(pdf, 42)));
    pdf_remove(pdf, pdf_ref_number(pdf_get_raw(pdf, pdf_page(pdf, 0), "Contents")));
    pdf_set(pdf, pdf_page(pdf, 0), "Contents", NULL);
    return 0;
}

static int add_signature(struct pdf *pdf)
{
    struct pdf_obj *dict = pdf_new_dict(pdf);
    int number = pdf_add(pdf, dict);

    pdf_set_name(pdf, dict, "Type", "Sig");
    pdf_set_ref(pdf, pdf_catalog(pdf), "Seal", number);
    return number;
}

START_TEST(appends_updates)
{
    struct pdf_append_options none = { 0 };
    struct strbuf file = STRBUF_INIT, before = STRBUF_INIT, text = STRBUF_INIT;
    struct pdf *pdf;

    write_sample((enum pdf_xref)_i, &file);
    strbuf_add(&before, file.buf, file.len);
    update(&file, &none, change_title, NULL);
    update(&file, &none, add_and_remove, NULL);
    ck_assert(!memcmp(file.buf, before.buf, before.len));
    pdf = must_parse(&file);
    ck_assert_uint_eq(pdf_revisions(pdf), 3);
    ck_assert_uint_eq(pdf_revision_end(pdf, 0), before.len);
    ck_assert_uint_eq(pdf_revision_end(pdf, 2), file.len);
    ck_assert_int_eq(pdf_text(pdf_get(pdf, pdf_info(pdf), "Title"), &text), 0);
    ck_assert_str_eq(text.buf, "Changed");
    ck_assert_int_eq(pdf_int(pdf_get(pdf, pdf_catalog(pdf), "New")), 42);
    ck_assert_ptr_null(pdf_get(pdf, pdf_page(pdf, 0), "Contents"));
    ck_assert_ptr_nonnull(pdf_get(pdf, pdf_page(pdf, 1), "Contents"));
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&before);
    strbuf_release(&text);
}
END_TEST

/* Going on from what was written gives what reading it would give. */
START_TEST(goes_on_from_what_it_wrote)
{
    static int (*const changes[])(struct pdf *) = { change_title, add_and_remove, add_signature };
    struct strbuf file = STRBUF_INIT, usual = STRBUF_INIT, more = STRBUF_INIT;
    struct pdf_append_options options = { .signature = _i == 2, .contents_size = 10 };
    struct pdf_hole hole, usual_hole;
    struct diag d = quiet();
    struct pdf *pdf = sample();
    int number;

    pdf_remove(pdf, pdf_add(pdf, pdf_new_null(pdf))); /* numbers move */
    pdf_add_page(pdf, pdf_new_dict(pdf));
    ck_assert_int_eq(pdf_write(pdf, NULL, &usual, &d), 0);
    update(&usual, &options, changes[_i], &usual_hole);

    ck_assert_int_eq(pdf_write_on(pdf, &file, &d), 0);
    number = changes[_i](pdf);
    if (options.signature)
        options.signature = number;
    ck_assert_int_eq(pdf_append(pdf, &options, &more, &hole, &d), 0);
    strbuf_add(&file, more.buf, more.len);
    ck_assert_uint_eq(file.len, usual.len);
    ck_assert(!memcmp(file.buf, usual.buf, file.len));
    ck_assert_uint_eq(hole.contents_at, usual_hole.contents_at);
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&usual);
    strbuf_release(&more);
}
END_TEST

/* Going on from the joined file gives what reading it again would give. */
START_TEST(advances_over_its_updates)
{
    struct strbuf file = STRBUF_INIT, again = STRBUF_INIT, more = STRBUF_INIT;
    struct pdf_append_options none = { 0 };
    struct diag d = quiet();
    struct pdf *pdf;
    char *base;
    int i;

    write_sample((enum pdf_xref)_i, &file);
    base = malloc(file.len);
    ck_assert_ptr_nonnull(base);
    memcpy(base, file.buf, file.len);
    strbuf_add(&again, base, file.len);
    pdf = pdf_parse(base, file.len, "test.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    for (i = 0; i < 3; i++) {
        int (*change)(struct pdf *) = i == 1 ? add_and_remove : change_title;

        update(&file, &none, change, NULL);
        change(pdf);
        strbuf_clear(&more);
        ck_assert_int_eq(pdf_append(pdf, &none, &more, NULL, &d), 0);
        strbuf_add(&again, more.buf, more.len);
        pdf_advance(pdf, again.buf, again.len);
    }
    ck_assert_uint_eq(again.len, file.len);
    ck_assert(!memcmp(again.buf, file.buf, file.len));
    pdf_free(pdf);
    free(base);
    strbuf_release(&file);
    strbuf_release(&again);
    strbuf_release(&more);
}
END_TEST

START_TEST(leaves_a_hole_for_the_seal)
{
    struct pdf_append_options options = { .signature = 1, .contents_size = 100 };
    struct strbuf file = STRBUF_INIT;
    struct pdf_hole hole;
    struct pdf_obj *seal, *range;
    struct pdf *pdf;
    const char *s;
    size_t n;

    write_sample((enum pdf_xref)_i, &file);
    update(&file, &options, add_signature, &hole);
    ck_assert_uint_eq(hole.contents_len, 202);
    ck_assert_int_eq(file.buf[hole.contents_at], '<');
    ck_assert_int_eq(file.buf[hole.contents_at + hole.contents_len - 1], '>');
    ck_assert_int_eq(pdf_fill_hole(&file, &hole, "\xAB\xCD", 2), 0);
    ck_assert_int_eq(pdf_fill_hole(&file, &hole, file.buf, 101), -1);
    pdf = must_parse(&file);
    seal = pdf_get(pdf, pdf_catalog(pdf), "Seal");
    s = pdf_string(pdf_get(pdf, seal, "Contents"), &n);
    ck_assert_uint_eq(n, 100);
    ck_assert(!memcmp(s, "\xAB\xCD\0", 3));
    range = pdf_get(pdf, seal, "ByteRange");
    ck_assert_int_eq(pdf_int(pdf_at(pdf, range, 0)), 0);
    ck_assert_int_eq(pdf_int(pdf_at(pdf, range, 1)), (long long)hole.contents_at);
    ck_assert_int_eq(pdf_int(pdf_at(pdf, range, 2)),
                     (long long)(hole.contents_at + hole.contents_len));
    ck_assert_int_eq(pdf_int(pdf_at(pdf, range, 2)) + pdf_int(pdf_at(pdf, range, 3)),
                     (long long)file.len);
    pdf_free(pdf);
    strbuf_release(&file);
}
END_TEST

/* ---- damage --------------------------------------------------------------------------------- */

static int opens(const char *bytes, size_t n)
{
    struct diag d = quiet();
    struct pdf *pdf = pdf_parse(bytes, n, "x.pdf", &d);

    ck_assert((pdf != NULL) == (d.errors == 0));
    pdf_free(pdf);
    return pdf != NULL;
}

/* The ids of what is wrong with N BYTES. */
static void ids_of(const char *bytes, size_t n, struct strbuf *ids)
{
    struct diag d = quiet();

    d.sink = note_id;
    d.sink_arg = ids;
    pdf_free(pdf_parse(bytes, n, "x.pdf", &d));
}

START_TEST(refuses_other_files)
{
    static const struct {
        const char *bytes, *id;
    } rows[] = {
        { "", "PDF-001" },
        { "%PDF-1.3\n0123456789", "PDF-001" },
        { "%PDF-2.0\n0123456789", "PDF-001" },
        { "<?xml version='1.0'?><a/>", "PDF-001" },
        { "%PDF-1.7\nstartxref\n9\n", "PDF-002" },
        { "%PDF-1.7\nstartxref\n99\n%%EOF\n", "PDF-005" },
        { "%PDF-1.7\nstartxref\n0\n%%EOF\n", "PDF-005" },
    };
    struct strbuf ids = STRBUF_INIT;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        strbuf_clear(&ids);
        ids_of(rows[i].bytes, strlen(rows[i].bytes), &ids);
        ck_assert_msg(!strcmp(ids.buf, rows[i].id), "row %zu: %s", i, ids.buf);
    }
    strbuf_release(&ids);
}
END_TEST

START_TEST(refuses_cut_files)
{
    struct strbuf file = STRBUF_INIT;
    size_t n;

    write_sample((enum pdf_xref)_i, &file);
    ck_assert(opens(file.buf, file.len));
    /* The last end of line may be missing. */
    for (n = 0; n < file.len - 1; n++)
        ck_assert_msg(!opens(file.buf, n), "cut at %zu", n);
    strbuf_addstr(&file, "x");
    ck_assert(!opens(file.buf, file.len));
    strbuf_release(&file);
}
END_TEST

/* Any byte changed to any of some values: an error or a document, never a crash (run it under the
 * sanitizers). */
START_TEST(survives_changed_bytes)
{
    static const char values[] = { 0, ' ', '0', '9', '<', '>', '(', '[', 'R', '\xFF' };
    struct strbuf file = STRBUF_INIT;
    size_t i, k, refused = 0;

    write_sample((enum pdf_xref)_i, &file);
    for (i = 0; i < file.len; i++) {
        char kept = file.buf[i];

        for (k = 0; k < sizeof values; k++) {
            file.buf[i] = values[k];
            refused += !opens(file.buf, file.len);
        }
        file.buf[i] = kept;
    }
    ck_assert_uint_gt(refused, file.len);
    strbuf_release(&file);
}
END_TEST

/* Builds a one-revision file of OBJECTS (each "N 0 obj ... endobj\n") with a right table. */
static void assemble(const char *const *objects, size_t n, const char *trailer, struct strbuf *out)
{
    size_t at[16], xref, i;

    strbuf_addstr(out, "%PDF-1.7\n");
    for (i = 0; i < n; i++) {
        at[i] = out->len;
        strbuf_addf(out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    xref = out->len;
    strbuf_addf(out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (i = 0; i < n; i++)
        strbuf_addf(out, "%010zu 00000 n \n", at[i]);
    strbuf_addf(out, "trailer\n<</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", n + 1,
                trailer, xref);
}

#define CATALOG "<</Type/Catalog/Pages 2 0 R>>"
#define PAGES "<</Type/Pages/Kids[3 0 R]/Count 1>>"
#define PAGE "<</Type/Page/Parent 2 0 R>>"

START_TEST(refuses_bad_objects)
{
    static const struct {
        const char *catalog, *pages, *page, *more, *trailer;
        const char *id; /* NULL: good */
    } rows[] = {
        { CATALOG, PAGES, PAGE, "null", "", NULL },
        { CATALOG, PAGES, PAGE, "<</A (\\)\\(\\n\\101) /B#20 <414>>>", "", NULL },
        { CATALOG, PAGES, PAGE, "% a comment\n[1 2 R]", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "[1 2 3 0 R]", "", NULL },
        { CATALOG, PAGES, PAGE, "[1 0 R 1 1 R]", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</A 1/A 2>>", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</A 1 2>>", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</A>>", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "(open", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<4G>", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "/A#0", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "/A#00", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "1.2.3", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "--1", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "1e5", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "99999999999999999999", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "1 2", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length 3>>\nstream\nabc\nendstream", "", NULL },
        { CATALOG, PAGES, PAGE, "<</Length 4>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length 2>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length 99999999>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length -3>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length 4 0 R>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<<>>\nstream\nabc\nendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "<</Length 3>>\nstream\nabcendstream", "", "PDF-003" },
        { CATALOG, PAGES, PAGE, "null", "/Encrypt<<>>", "PDF-006" },
        { CATALOG, PAGES, PAGE, "null", "/XRefStm 9", "PDF-005" },
        { CATALOG, PAGES, PAGE, "null", "/Prev 9999", "PDF-005" },
        { CATALOG, PAGES, PAGE, "null", "/Prev 0", "PDF-005" },
        { CATALOG, PAGES, PAGE, "null", "/Prev 9", "PDF-005" },
        { "[]", PAGES, PAGE, "null", "", "PDF-010" },
        { "<</Pages 2 0 R>>", PAGES, PAGE, "null", "", "PDF-010" },
        { "<</Type/Catalog/Pages 9 0 R>>", PAGES, PAGE, "null", "", "PDF-010" },
        { CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>", PAGE, "null", "", "PDF-010" },
        { CATALOG, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", PAGE, "null", "", "PDF-010" },
        { CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 2>>", PAGE, "null", "", "PDF-010" },
        { CATALOG, "<</Type/Pages/Kids[<<>>]/Count 1>>", PAGE, "null", "", "PDF-010" },
        { CATALOG, PAGES, "<</Type/Page/Parent 3 0 R>>", "null", "", "PDF-010" },
        { CATALOG, PAGES, "<</Type/Leaf/Parent 2 0 R>>", "null", "", "PDF-010" },
    };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    const char *const objects[] = { rows[_i].catalog, rows[_i].pages, rows[_i].page, rows[_i].more };

    assemble(objects, 4, rows[_i].trailer, &file);
    ids_of(file.buf, file.len, &ids);
    ck_assert_str_eq(ids.buf, rows[_i].id ? rows[_i].id : "");
    strbuf_release(&ids);
    strbuf_release(&file);
}
END_TEST
#define BAD_OBJECTS 39

static void row(struct strbuf *out, int type, size_t place, int index)
{
    char bytes[4] = { (char)type, (char)(place >> 8), (char)place, (char)index };

    strbuf_add(out, bytes, 4);
}

/* A file whose object 5 is member INDEX of the object stream 4, which has these entries and DATA;
 * nothing is compressed. */
static void assemble_packed(const char *entries, const char *data, int index, struct strbuf *out)
{
    const char *const objects[] = { CATALOG, PAGES, PAGE };
    struct strbuf rows = STRBUF_INIT;
    size_t i, at;

    row(&rows, 0, 0, 0);
    strbuf_addstr(out, "%PDF-1.7\n");
    for (i = 0; i < 3; i++) {
        row(&rows, 1, out->len, 0);
        strbuf_addf(out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    row(&rows, 1, out->len, 0);
    strbuf_addf(out, "4 0 obj\n<<%s/Length %zu>>\nstream\n%s\nendstream\nendobj\n", entries,
                strlen(data), data);
    row(&rows, 2, 4, index);
    at = out->len;
    row(&rows, 1, at, 0);
    strbuf_addf(out, "6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %zu>>\nstream\n",
                rows.len);
    strbuf_add(out, rows.buf, rows.len);
    strbuf_addf(out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", at);
    strbuf_release(&rows);
}

START_TEST(refuses_bad_object_streams)
{
    static const struct {
        const char *entries, *data;
        int index;
        const char *ids;
    } rows[] = {
        { "/Type/ObjStm/N 1/First 4", "5 0 <</A 1>>", 0, "" },
        { "/Type/ObjStm/N 2/First 8", "9 0 5 2 1 <</A 1>>", 1, "" },
        { "/Type/ObjStm/N 1/First 4", "5 0 <</A 1>> 3", 0, "PDF-004" },
        { "/Type/ObjStm/N 1/First 4", "5 0 <</A 1", 0, "PDF-004" },
        { "/Type/ObjStm/N 1/First 4", "5 0 ", 0, "PDF-004" },
        { "/Type/ObjStm/N 1/First 4", "5 9 <</A 1>>", 0, "PDF-004" },
        { "/Type/ObjStm/N 2/First 8", "5 3 9 0 1 2 3", 0, "PDF-004" },
        { "/Type/ObjStm/N 9/First 4", "5 0 <</A 1>>", 0, "PDF-004" },
        { "/Type/ObjStm/N 1/First 4", "8 0 <</A 1>>", 0, "PDF-008" },
        { "/Type/ObjStm/N 1/First 4", "5 0 <</A 1>>", 1, "PDF-008" },
        { "/Type/ObjStm/N 0/First 4", "5 0 <</A 1>>", 0, "PDF-008" },
        { "/Type/ObjStm/N 1/First 99", "5 0 <</A 1>>", 0, "PDF-008" },
        { "/Type/ObjStm/N -1/First 4", "5 0 <</A 1>>", 0, "PDF-008" },
        { "/N 1/First 4", "5 0 <</A 1>>", 0, "PDF-008" },
        { "/Type/ObjStm/N 1/First 4/Extends 3 0 R", "5 0 <</A 1>>", 0, "PDF-008" },
        { "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", "5 0 <</A 1>>", 0, "PDF-009" },
        { "/Type/ObjStm/N 1/First 4/Filter/LZWDecode", "5 0 <</A 1>>", 0, "PDF-009" },
    };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        strbuf_clear(&file);
        strbuf_clear(&ids);
        assemble_packed(rows[i].entries, rows[i].data, rows[i].index, &file);
        ids_of(file.buf, file.len, &ids);
        ck_assert_msg(!strcmp(ids.buf, rows[i].ids), "row %zu: %s", i, ids.buf);
    }
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

/* Faults of many objects are all told, up to a limit. */
START_TEST(tells_many_faults)
{
    static const char bad[] = "<<";
    const char *objects[16] = { CATALOG, PAGES, PAGE };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    size_t i;

    for (i = 3; i < 6; i++)
        objects[i] = bad;
    assemble(objects, 6, "", &file);
    ids_of(file.buf, file.len, &ids);
    ck_assert_str_eq(ids.buf, "PDF-003 PDF-003 PDF-003");
    strbuf_clear(&ids);
    ids_of("", (size_t)0x80000000u, &ids);
    ck_assert_str_eq(ids.buf, "PDF-007");
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

START_TEST(stops_at_too_many_faults)
{
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    size_t at[31], i, xref;

    strbuf_addstr(&file, "%PDF-1.7\n");
    for (i = 1; i < 31; i++) {
        at[i] = file.len;
        strbuf_addf(&file, "%zu 0 obj\n(\\\nendobj\n", i);
    }
    xref = file.len;
    strbuf_addstr(&file, "xref\n0 31\n0000000000 65535 f \n");
    for (i = 1; i < 31; i++)
        strbuf_addf(&file, "%010zu 00000 n \n", at[i]);
    strbuf_addf(&file, "trailer\n<</Size 31/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
    ids_of(file.buf, file.len, &ids);
    ck_assert_uint_eq(ids.len, 21 * 8 - 1);
    ck_assert_str_eq(ids.buf + 20 * 8, "PDF-013");
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

START_TEST(refuses_deep_nesting)
{
    struct strbuf deep = STRBUF_INIT, file = STRBUF_INIT;
    const char *objects[] = { CATALOG, PAGES, PAGE, NULL };
    int i;

    for (i = 0; i < 100000; i++)
        strbuf_addch(&deep, '[');
    objects[3] = deep.buf;
    assemble(objects, 4, "", &file);
    ck_assert(!opens(file.buf, file.len));
    strbuf_release(&deep);
    strbuf_release(&file);
}
END_TEST

/* Small values that take much more memory than bytes are counted. */
START_TEST(refuses_too_many_values)
{
    struct strbuf many = STRBUF_INIT, file = STRBUF_INIT, ids = STRBUF_INIT;
    const char *objects[] = { CATALOG, PAGES, PAGE, NULL };
    int i;

    strbuf_addch(&many, '[');
    for (i = 0; i < 4000000; i++)
        strbuf_add(&many, "0 ", 2);
    strbuf_addch(&many, ']');
    objects[3] = many.buf;
    assemble(objects, 4, "", &file);
    ids_of(file.buf, file.len, &ids);
    ck_assert_str_eq(ids.buf, "PDF-003");
    strbuf_release(&many);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

/* A stream that inflates to a gigabyte is stopped at the limit. */
START_TEST(refuses_a_flate_bomb)
{
    struct diag d = quiet();
    struct pdf *pdf = pdf_create("x.pdf");
    struct strbuf out = STRBUF_INIT;
    struct pdf_obj *stream = pdf_new_stream(pdf);
    size_t n = (size_t)90 << 20;
    char *zeros = calloc(1, n);

    ck_assert_ptr_nonnull(zeros);
    pdf_stream_set(pdf, stream, zeros, n, 1);
    free(zeros);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &out, &d), 0);
    strbuf_clear(&out);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &out, &d), 0);
    strbuf_clear(&out);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &out, &d), -1);
    ck_assert_int_eq(d.errors, 1);
    strbuf_release(&out);
    pdf_free(pdf);
}
END_TEST

START_TEST(undoes_png_predictors)
{
    static const char rows[] = "\x02\x01\x02\x03" "\x01\x01\x01\x01" "\x03\x02\x02\x02"
                               "\x04\x01\x01\x01";
    static const char want[] = "\x01\x02\x03\x01\x02\x03\x02\x04\x05\x03\x05\x06";
    struct diag d = quiet();
    struct pdf *pdf = pdf_create("x.pdf");
    struct strbuf out = STRBUF_INIT;
    struct pdf_obj *stream = pdf_new_stream(pdf), *parms = pdf_new_dict(pdf);

    pdf_stream_set(pdf, stream, rows, 16, 6);
    pdf_set_int(pdf, parms, "Predictor", 15);
    pdf_set_int(pdf, parms, "Columns", 3);
    pdf_set(pdf, stream, "DecodeParms", parms);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &out, &d), 0);
    ck_assert_uint_eq(out.len, 12);
    ck_assert(!memcmp(out.buf, want, 12));
    pdf_set_int(pdf, parms, "Columns", 4);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &out, &d), -1);
    strbuf_release(&out);
    pdf_free(pdf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pdf");
    TCase *tc = tcase_create("pdf");
    SRunner *sr = srunner_create(suite);
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, reads_back_what_it_writes, 0, 2);
    tcase_add_test(tc, writes_what_is_reached);
    tcase_add_test(tc, prints_objects);
    tcase_add_test(tc, reads_text_and_dates);
    tcase_add_loop_test(tc, appends_updates, 0, 2);
    tcase_add_loop_test(tc, goes_on_from_what_it_wrote, 0, 3);
    tcase_add_loop_test(tc, advances_over_its_updates, 0, 2);
    tcase_add_loop_test(tc, leaves_a_hole_for_the_seal, 0, 2);
    tcase_add_test(tc, refuses_other_files);
    tcase_add_loop_test(tc, refuses_cut_files, 0, 2);
    tcase_add_loop_test(tc, survives_changed_bytes, 0, 2);
    tcase_add_loop_test(tc, refuses_bad_objects, 0, BAD_OBJECTS);
    tcase_add_test(tc, refuses_bad_object_streams);
    tcase_add_test(tc, tells_many_faults);
    tcase_add_test(tc, stops_at_too_many_faults);
    tcase_add_test(tc, refuses_deep_nesting);
    tcase_add_test(tc, refuses_too_many_values);
    tcase_add_test(tc, refuses_a_flate_bomb);
    tcase_add_test(tc, undoes_png_predictors);
    suite_add_tcase(suite, tc);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
