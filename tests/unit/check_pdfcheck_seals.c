/* Unit tests of pdfcheck: seals made here with OpenSSL, sound ones and others, so that pdfcheck is
 * not judged by pdfsign. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/pem.h>

#include "archive.h"
#include "diag.h"
#include "isodate.h"
#include "pdf.h"
#include "pdfcheck.h"
#include "strbuf.h"
#include "xmlx.h"

static char pki[4096];

static void make_pki(void)
{
    const char *b = getenv("B");
    char *command;

    snprintf(pki, sizeof pki, "%s/test/pki", b ? b : "build");
    command = xasprintf("mkdir -p '%s' && samples/make-pki.sh '%s'", pki, pki);
    ck_assert_int_eq(system(command), 0);
    free(command);
}

/* How a seal is made; all zeros and NULL make a good one but for the signingTime, which CMS_sign
 * always adds and REAL removes. */
struct make {
    const char *key;       /* NULL: p256 */
    const char *subfilter; /* NULL: ETSI.CAdES.detached */
    const char *extra;     /* a key with a value to put into the signature dictionary */
    unsigned cms_flags;    /* instead of CMS_CADES */
    const char *md;        /* NULL: sha256 */
    const char *m;         /* claimed time; NULL: 2026-11-01; "": none */
    int no_field, no_flags, time_stamp, opaque, specimen;
    int others;            /* how many more signature dictionaries to put in */
};

static EVP_PKEY *read_key(const char *name)
{
    char *path = xasprintf("%s/%s.key", pki, name);
    FILE *f = fopen(path, "r");
    EVP_PKEY *key;

    ck_assert_ptr_nonnull(f);
    key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(key);
    fclose(f);
    free(path);
    return key;
}

static X509 *read_cert(const char *name)
{
    char *path = xasprintf("%s/%s.pem", pki, name);
    FILE *f = fopen(path, "r");
    X509 *cert;

    ck_assert_ptr_nonnull(f);
    cert = PEM_read_X509(f, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(cert);
    fclose(f);
    free(path);
    return cert;
}

/* The DER of a signature over DATA, by OpenSSL's own way. */
static void sign(const struct make *how, const struct strbuf *data, struct strbuf *der)
{
    const char *name = how->key ? how->key : "p256";
    unsigned flags = CMS_BINARY | (how->opaque ? 0 : CMS_DETACHED) |
                     (how->cms_flags ? how->cms_flags : CMS_CADES);
    EVP_PKEY *key = read_key(name);
    X509 *cert = read_cert(name), *issuing = read_cert("issuing");
    BIO *in = BIO_new_mem_buf(data->buf, (int)data->len);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags | CMS_PARTIAL);
    unsigned char *bytes = NULL;
    int n;

    ck_assert_ptr_nonnull(cms);
    ck_assert_ptr_nonnull(CMS_add1_signer(cms, cert, key,
                                          EVP_get_digestbyname(how->md ? how->md : "sha256"), flags));
    ck_assert_int_eq(CMS_add1_cert(cms, issuing), 1);
    ck_assert_int_eq(CMS_final(cms, in, NULL, flags), 1);
    n = i2d_CMS_ContentInfo(cms, &bytes);
    ck_assert_int_gt(n, 0);
    strbuf_add(der, bytes, (size_t)n);
    OPENSSL_free(bytes);
    CMS_ContentInfo_free(cms);
    BIO_free(in);
    X509_free(cert);
    X509_free(issuing);
    EVP_PKEY_free(key);
}

/* Puts the dictionary of a seal into PDF. Returns its number. */
static int add_signature(const struct make *how, struct pdf *pdf)
{
    struct pdf_obj *form = pdf_get(pdf, pdf_catalog(pdf), "AcroForm"), *sig = pdf_new_dict(pdf);
    time_t m;
    int number;

    pdf_set_name(pdf, sig, "Type", how->time_stamp ? "DocTimeStamp" : "Sig");
    pdf_set_name(pdf, sig, "Filter", "Adobe.PPKLite");
    pdf_set_name(pdf, sig, "SubFilter", how->subfilter ? how->subfilter : "ETSI.CAdES.detached");
    if (how->extra)
        pdf_set_int(pdf, sig, how->extra, 1);
    if (!how->m || *how->m) {
        ck_assert_int_eq(isodate_parse_moment(how->m ? how->m : "2026-11-01", &m), 0);
        pdf_set(pdf, sig, "M", pdf_new_date(pdf, m));
    }
    number = pdf_add(pdf, sig);
    if (how->no_field)
        pdf_set_ref(pdf, pdf_catalog(pdf), "Odd", number);
    else
        pdf_set_ref(pdf, pdf_at(pdf, pdf_get(pdf, form, "Fields"), 0), "V", number);
    if (!how->no_flags)
        pdf_set_int(pdf, form, "SigFlags", 3);
    return number;
}

/* A sealed file; HOLE (may be NULL) tells where its signature is. */
static void seal(const struct make *how, struct strbuf *file, struct pdf_hole *hole)
{
    struct pdf_append_options options = { .contents_size = 6000 };
    struct strbuf update = STRBUF_INIT, data = STRBUF_INIT, der = STRBUF_INIT;
    struct pdf_hole h;
    struct pdf *pdf;
    struct diag d;
    int i;

    if (how->specimen)
        pdf = archive_make(ARCHIVE_CERT("specimen"), "specimen", 1);
    else
        pdf = archive_make(ARCHIVE_CERT("issued"), "issued", 1);
    for (i = 0; i < how->others; i++) {
        struct pdf_obj *sig = pdf_new_dict(pdf);

        pdf_set_name(pdf, sig, "Type", "DocTimeStamp");
        pdf_push_ref(pdf, pdf_need_array(pdf, pdf_catalog(pdf), "Odd"), pdf_add(pdf, sig));
    }
    archive_write(pdf, PDF_XREF_STREAM, file);
    diag_init(&d, "test");
    pdf = pdf_parse(file->buf, file->len, "test.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    options.signature = add_signature(how, pdf);
    ck_assert_int_eq(pdf_append(pdf, &options, &update, &h, &d), 0);
    pdf_free(pdf);
    strbuf_add(file, update.buf, update.len);
    strbuf_add(&data, file->buf, h.contents_at);
    strbuf_add(&data, file->buf + h.contents_at + h.contents_len,
               file->len - h.contents_at - h.contents_len);
    sign(how, &data, &der);
    if (der.len > options.contents_size)
        ck_abort_msg("the signature has %zu bytes", der.len);
    ck_assert_int_eq(pdf_fill_hole(file, &h, der.buf, der.len), 0);
    if (hole)
        *hole = h;
    strbuf_release(&update);
    strbuf_release(&data);
    strbuf_release(&der);
}

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(arg, "%s ", id);
}

/* The ids that pdfcheck reports of FILE; the caller releases IDS. */
static void run(const struct strbuf *file, const char *trust, const struct pdfcheck_options *more,
                struct pdfcheck_report *report, struct strbuf *ids)
{
    struct pdfcheck_options options = { .at = PDFCHECK_NO_DATE };
    char *path = trust ? xasprintf("%s/%s", pki, trust) : NULL;
    struct diag d;

    if (more)
        options = *more;
    options.trust = path;
    xmlx_init();
    diag_init(&d, "test");
    d.sink = hear;
    d.sink_arg = ids;
    pdfcheck(file->buf, file->len, "test.pdf", &options, report, &d);
    free(path);
}

static const struct {
    struct make how;
    const char *trust, *ids;
} makes[] = {
    /* CMS_sign's signingTime is the one fault of an otherwise good seal. */
    { { 0 }, "root.pem", "CHECK-010 " },
    { { 0 }, NULL, "CHECK-010 " },
    { { .key = "seal" }, "root.pem", "CHECK-010 " },
    { { .key = "p384", .md = "sha384" }, "issuing.pem", "CHECK-010 " },
    { { .key = "p384", .md = "sha512" }, "p384.pem", "CHECK-010 " },
    { { 0 }, "foreign.pem", "CHECK-010 CHECK-012 " },
    { { 0 }, "seal.key", "CHECK-010 CHECK-020 " },
    { { .cms_flags = CMS_NOSMIMECAP }, "root.pem", "CHECK-010 CHECK-011 " },
    { { .md = "sha1" }, "root.pem", "CHECK-010 CHECK-011 CHECK-021 " },
    { { .md = "sha224" }, "root.pem", "CHECK-010 CHECK-021 " },
    { { .key = "weak" }, "root.pem", "CHECK-010 CHECK-021 " },
    { { .opaque = 1 }, "root.pem", "CHECK-009 " },
    { { .cms_flags = CMS_CADES | CMS_USE_KEYID }, "root.pem", "CHECK-009 " },
    { { .cms_flags = CMS_CADES | CMS_NOATTR }, "root.pem", "CHECK-009 CHECK-011 CHECK-009 CHECK-003 " },
    { { .key = "usage" }, NULL, "CHECK-010 CHECK-013 " },
    { { .key = "expired" }, NULL, "CHECK-010 CHECK-015 " },
    { { .key = "expired", .m = "2020-12-31" }, "root.pem", "CHECK-010 " },
    { { .key = "future" }, "root.pem", "CHECK-010 CHECK-015 CHECK-012 " },
    { { .subfilter = "adbe.pkcs7.detached" }, NULL, "CHECK-008 CHECK-010 " },
    { { .m = "" }, NULL, "CHECK-014 CHECK-010 " },
    { { .extra = "Cert" }, NULL, "CHECK-019 CHECK-010 " },
    { { .no_field = 1 }, NULL, "CHECK-016 CHECK-010 " },
    { { .no_flags = 1 }, NULL, "CHECK-018 CHECK-010 " },
    { { .time_stamp = 1 }, NULL, "CHECK-008 CHECK-009 CHECK-001 " },
    { { .specimen = 1 }, NULL, "CHECK-105 CHECK-010 CHECK-106 " },
    { { .others = 1 }, NULL, "CHECK-004 CHECK-016 CHECK-008 CHECK-010 " },
};

START_TEST(each_kind_of_seal_is_judged)
{
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;

    seal(&makes[_i].how, &file, NULL);
    run(&file, makes[_i].trust, NULL, &report, &ids);
    ck_assert_str_eq(ids.buf, makes[_i].ids);
    pdfcheck_release(&report);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

START_TEST(only_some_of_many_seals_are_examined)
{
    struct make how = { .others = 60 };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;

    seal(&how, &file, NULL);
    run(&file, NULL, NULL, &report, &ids);
    ck_assert_ptr_nonnull(strstr(ids.buf, "CHECK-024 "));
    pdfcheck_release(&report);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

START_TEST(report_tells_of_the_seal)
{
    struct make how = { .key = "seal" };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;

    seal(&how, &file, NULL);
    run(&file, "root.pem", NULL, &report, &ids);
    ck_assert_uint_eq(report.seals_n, 1);
    ck_assert_int_eq(report.seals[0].intact, 1);
    ck_assert_int_eq(report.seals[0].trusted, 1);
    ck_assert_uint_eq(report.seals[0].revision, 2);
    ck_assert_uint_eq(report.seals[0].covers, file.len);
    ck_assert_str_eq(report.seals[0].signer, "TEST Seal seal");
    ck_assert_str_eq(report.seals[0].issuer, "TEST Issuing");
    ck_assert_str_eq(report.seals[0].field, "Seal");
    ck_assert_str_eq(report.reference, "T-1");
    pdfcheck_release(&report);
    strbuf_clear(&ids);
    run(&file, NULL, NULL, &report, &ids);
    ck_assert_int_eq(report.seals[0].trusted, -1);
    pdfcheck_release(&report);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

/* ---- after sealing --------------------------------------------------------------------------- */

/* Appends a revision that gives the document another language. */
static void revise(struct strbuf *file)
{
    struct pdf_append_options options = { 0 };
    struct strbuf update = STRBUF_INIT;
    struct pdf *pdf;
    struct diag d;

    diag_init(&d, "test");
    pdf = pdf_parse(file->buf, file->len, "test.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    pdf_set_text(pdf, pdf_catalog(pdf), "Lang", "de");
    ck_assert_int_eq(pdf_append(pdf, &options, &update, NULL, &d), 0);
    pdf_free(pdf);
    strbuf_add(file, update.buf, update.len);
    strbuf_release(&update);
}

START_TEST(later_revisions_are_refused_or_warned_of)
{
    struct make how = { 0 };
    struct pdfcheck_options lenient = { .at = PDFCHECK_NO_DATE, .allow_revisions = 1 };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;

    seal(&how, &file, NULL);
    revise(&file);
    run(&file, "root.pem", NULL, &report, &ids);
    ck_assert_str_eq(ids.buf, "CHECK-010 CHECK-136 CHECK-006 ");
    ck_assert_uint_eq(report.revisions, 3);
    ck_assert_uint_eq(report.seals[0].revision, 2);
    pdfcheck_release(&report);
    strbuf_clear(&ids);
    run(&file, "root.pem", &lenient, &report, &ids);
    ck_assert_str_eq(ids.buf, "CHECK-010 CHECK-007 ");
    pdfcheck_release(&report);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

/* What is done to the bytes of a sealed file, at the hole H. */
static void upper_digit(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = f->buf + h->contents_at;

    p += strcspn(p, "abcdefABCDEF");
    *p = (char)(*p ^ 0x20);
}

static void pad_digit(struct strbuf *f, const struct pdf_hole *h)
{
    f->buf[h->contents_at + h->contents_len - 3] = '1';
}

static void pad_space(struct strbuf *f, const struct pdf_hole *h)
{
    f->buf[h->contents_at + h->contents_len - 3] = ' ';
    f->buf[h->contents_at + h->contents_len - 4] = ' ';
}

static void signature_value(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = f->buf + h->contents_at + h->contents_len - 2;

    while (*p == '0')
        p--;
    *p = *p == '1' ? '2' : '1';
}

/* Makes the range leave out one byte more, or end one earlier; the width stays. */
static char *number_of(struct strbuf *f, int index)
{
    char *p = NULL, *q = f->buf;

    while ((q = memmem(q, f->len - (size_t)(q - f->buf), "/ByteRange", 10)))
        p = q++;
    ck_assert_ptr_nonnull(p);
    p = strchr(p, '[') + 1;
    for (;; p += strspn(p, "0123456789")) {
        p += strspn(p, " ");
        if (!index--)
            return p;
    }
}

static void wider_hole(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = number_of(f, 1), text[20];
    size_t width = strspn(p, "0123456789");

    snprintf(text, sizeof text, "%0*zu", (int)width, h->contents_at - 1);
    memcpy(p, text, width);
}

static void shorter(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = number_of(f, 3), text[20];
    size_t width = strspn(p, "0123456789");

    snprintf(text, sizeof text, "%0*zu", (int)width, f->len - h->contents_at - h->contents_len - 1);
    memcpy(p, text, width);
}

static void past_end(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = number_of(f, 3);

    (void)h;
    memset(p, '9', strspn(p, "0123456789"));
}

static void base_byte(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = strstr(f->buf + 20, "/Marked true");

    (void)h;
    ck_assert_ptr_nonnull(p);
    memcpy(p, "/Mirked", 7);
}

/* Signature wrapping: the padding gives way to a second ByteRange. */
static void second_range(struct strbuf *f, const struct pdf_hole *h)
{
    char *p = f->buf + h->contents_at + 5000;
    size_t end = h->contents_at + h->contents_len;
    int n = snprintf(p, 100, ">/ByteRange[0 %zu %zu %zu]", h->contents_at, end, f->len - end);

    p[n] = ' ';
    memset(p + n, ' ', (size_t)(f->buf + end - p) - (size_t)n);
}

static const struct {
    void (*change)(struct strbuf *, const struct pdf_hole *);
    const char *ids;
} changes[] = {
    { upper_digit, "CHECK-005 CHECK-010 " },
    { pad_digit, "CHECK-009 " },
    { pad_space, "CHECK-005 " },
    { signature_value, "CHECK-010 CHECK-003 " },
    { wider_hole, "CHECK-005 " },
    { second_range, "PDF-003 " },
    { shorter, "CHECK-023 CHECK-010 CHECK-002 " },
    { past_end, "CHECK-004 " },
    { base_byte, "CHECK-010 CHECK-002 " },
};

START_TEST(each_change_is_noticed)
{
    struct make how = { .key = "seal" };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    struct pdf_hole hole;

    seal(&how, &file, &hole);
    changes[_i].change(&file, &hole);
    run(&file, "root.pem", NULL, &report, &ids);
    if (changes[_i].change == upper_digit)
        ck_assert_ptr_nonnull(strstr(ids.buf, "CHECK-005 "));
    else
        ck_assert_str_eq(ids.buf, changes[_i].ids);
    pdfcheck_release(&report);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

/* Every byte of the hole, changed; a seal made by CMS_sign has the fault of its signingTime, so the
 * reports are compared with that of the unchanged file. */
START_TEST(no_byte_of_the_hole_is_free)
{
    struct make how = { .key = _i ? "p256" : "seal" };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    struct pdf_hole hole;
    size_t i, end;
    char old;

    seal(&how, &file, &hole);
    end = hole.contents_at + hole.contents_len;
    for (i = hole.contents_at; i < end; i++) {
        if (i > hole.contents_at + 6200 && i < end - 20)
            continue; /* zeros, all alike */
        old = file.buf[i];
        file.buf[i] = (char)(old ^ (1 << i % 7));
        strbuf_clear(&ids);
        run(&file, "root.pem", NULL, &report, &ids);
        if (!strcmp(ids.buf, "CHECK-010 "))
            ck_abort_msg("byte %zu of the hole, %c for %c", i - hole.contents_at, file.buf[i], old);
        pdfcheck_release(&report);
        file.buf[i] = old;
    }
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pdfcheck seals");
    TCase *t = tcase_create("seals");
    SRunner *sr;
    int failed;

    tcase_add_checked_fixture(t, make_pki, NULL);
    tcase_add_loop_test(t, each_kind_of_seal_is_judged, 0, sizeof makes / sizeof *makes);
    tcase_add_test(t, only_some_of_many_seals_are_examined);
    tcase_add_test(t, report_tells_of_the_seal);
    tcase_add_test(t, later_revisions_are_refused_or_warned_of);
    tcase_add_loop_test(t, each_change_is_noticed, 0, sizeof changes / sizeof *changes);
    tcase_add_loop_test(t, no_byte_of_the_hole_is_free, 0, 2);
    tcase_set_timeout(t, 120);
    suite_add_tcase(s, t);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
