/* Unit tests of pdfsign: keys and their refusal, the CMS against OpenSSL's own verification. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "alloc.h"
#include "archive.h"
#include "cms.h"
#include "diag.h"
#include "isodate.h"
#include "key.h"
#include "pdfsign.h"
#include "strbuf.h"

static char pki[4096]; /* folder of the TEST authority */

static void make_pki(void)
{
    const char *b = getenv("B");
    char *command;

    snprintf(pki, sizeof pki, "%s/test/pki", b ? b : "build");
    command = xasprintf("mkdir -p '%s' && samples/make-pki.sh '%s'", pki, pki);
    ck_assert_int_eq(system(command), 0);
    free(command);
}

static char *in_pki(const char *name)
{
    return xasprintf("%s/%s", pki, name);
}

/* The ids reported, each followed by a space. */
static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(arg, "%s ", id);
}

static void listen(struct diag *d, struct strbuf *ids)
{
    diag_init(d, "test");
    d->sink = hear;
    d->sink_arg = ids;
}

static struct seal_key *open_key(const char *key, const char *cert, const char *chain,
                                 const char *pass, int pss, struct strbuf *ids)
{
    char *k = in_pki(key), *c = cert ? in_pki(cert) : NULL, *i = chain ? in_pki(chain) : NULL;
    char *p = pass ? in_pki(pass) : NULL;
    struct seal_key_source source = { k, c, i, p, 0, pss, NULL, NULL };
    struct seal_key *opened;
    struct diag d;

    listen(&d, ids);
    opened = seal_key_open(&source, &d);
    ck_assert(opened || diag_failed(&d));
    ck_assert(!opened || !diag_failed(&d));
    free(k);
    free(c);
    free(i);
    free(p);
    return opened;
}

static const struct {
    const char *key, *cert, *chain, *pass;
    int pss;
    const char *ids; /* "" : opens in silence */
} keys[] = {
    { "seal.key", "seal.pem", "issuing.pem", NULL, 0, "" },
    { "seal.key", "seal.pem", "issuing.pem", NULL, 1, "" },
    { "seal.key", "seal.pem", "root.pem", NULL, 0, "SEAL-015 " },
    { "seal.key", "seal.pem", NULL, NULL, 0, "" },
    { "seal.p12", NULL, NULL, "seal.pass", 0, "" },
    { "seal.p12", NULL, NULL, NULL, 0, "SEAL-003 " },
    { "seal.p12", NULL, NULL, "root.pem", 0, "SEAL-004 " },
    { "old.p12", NULL, NULL, "seal.pass", 0, "SEAL-019 " },
    { "locked.key", "seal.pem", NULL, "seal.pass", 0, "" },
    { "locked.key", "seal.pem", NULL, NULL, 0, "SEAL-003 " },
    { "locked.key", "seal.pem", NULL, "root.pem", 0, "SEAL-004 " },
    { "seal.key", NULL, NULL, NULL, 0, "SEAL-002 " },
    { "seal.key", "seal.key", NULL, NULL, 0, "SEAL-002 " },
    { "seal.pem", "seal.pem", NULL, NULL, 0, "SEAL-001 " },
    { "seal.pass", "seal.pem", NULL, NULL, 0, "SEAL-005 " },
    { "absent.key", NULL, NULL, NULL, 0, "ENV-002 " },
    { "seal.key", "absent.pem", NULL, NULL, 0, "ENV-002 " },
    { "seal.key", "p256.pem", NULL, NULL, 0, "SEAL-006 " },
    { "p256.key", "p256.pem", "issuing.pem", NULL, 0, "" },
    { "p256.key", "p256.pem", "issuing.pem", NULL, 1, "SEAL-018 " },
    { "p384.key", "p384.pem", "issuing.pem", NULL, 0, "" },
    { "pss.key", "pss.pem", "issuing.pem", NULL, 0, "" },
    { "expired.key", "expired.pem", NULL, NULL, 0, "" },
    { "usage.key", "usage.pem", NULL, NULL, 0, "SEAL-010 " },
    { "tls.key", "tls.pem", NULL, NULL, 0, "SEAL-012 " },
    { "plain.key", "plain.pem", NULL, NULL, 0, "SEAL-011 " },
    { "critical.key", "critical.pem", NULL, NULL, 0, "SEAL-017 " },
    { "issuing.key", "issuing.pem", NULL, NULL, 0, "SEAL-009 SEAL-010 " },
    { "weak.key", "weak.pem", NULL, NULL, 0, "SEAL-008 " },
    { "ed25519.key", "ed25519.pem", NULL, NULL, 0, "SEAL-007 " },
};

START_TEST(keys_are_accepted_or_refused)
{
    struct strbuf ids = STRBUF_INIT;
    struct seal_key *key = open_key(keys[_i].key, keys[_i].cert, keys[_i].chain, keys[_i].pass,
                                    keys[_i].pss, &ids);

    ck_assert_str_eq(ids.buf, keys[_i].ids);
    seal_key_close(key);
    strbuf_release(&ids);
}
END_TEST

static const struct {
    const char *name, *when, *ids;
} dates[] = {
    { "seal", "2026-11-01", "" },
    { "seal", "2019-12-31T23:59:59Z", "SEAL-014 SEAL-014 " },
    { "seal", "2020-01-01T00:00:00Z", "" },
    { "expired", "2020-12-31", "" },
    { "expired", "2021-01-01T00:00:00Z", "" },
    { "expired", "2021-01-01T00:00:01Z", "SEAL-013 " },
    { "future", "2026-11-01", "SEAL-014 " },
};

START_TEST(dates_are_compared_to_the_second)
{
    char *key_file = xasprintf("%s.key", dates[_i].name);
    char *cert_file = xasprintf("%s.pem", dates[_i].name);
    struct strbuf ids = STRBUF_INIT;
    struct seal_key *key = open_key(key_file, cert_file, "issuing.pem", NULL, 0, &ids);
    struct diag d;
    time_t moment;

    ck_assert_ptr_nonnull(key);
    ck_assert_int_eq(isodate_parse_moment(dates[_i].when, &moment), 0);
    listen(&d, &ids);
    ck_assert_int_eq(seal_key_valid_at(key, moment, &d), *dates[_i].ids ? -1 : 0);
    ck_assert_str_eq(ids.buf, dates[_i].ids);
    seal_key_close(key);
    strbuf_release(&ids);
    free(key_file);
    free(cert_file);
}
END_TEST

static const struct {
    const char *name;
    int pss, spread; /* how many bytes shorter than the size kept free a signature may be */
} algorithms[] = {
    { "seal", 0, 0 }, { "seal", 1, 0 }, { "p256", 0, 8 }, { "p384", 0, 8 }, { "pss", 0, 0 },
};

static X509_STORE *trust_root(void)
{
    X509_STORE *store = X509_STORE_new();
    char *root = in_pki("root.pem");

    ck_assert_int_eq(X509_STORE_load_file(store, root), 1);
    X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
    free(root);
    return store;
}

static int verifies(const struct strbuf *der, const char *data)
{
    const unsigned char *p = (const unsigned char *)der->buf;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)der->len);
    X509_STORE *store = trust_root();
    BIO *bio = BIO_new_mem_buf(data, -1);
    int ok = cms && CMS_verify(cms, NULL, store, bio, NULL, CMS_BINARY | CMS_CADES) == 1;

    ERR_clear_error();
    BIO_free(bio);
    X509_STORE_free(store);
    CMS_ContentInfo_free(cms);
    return ok;
}

START_TEST(cms_is_verified_by_openssl)
{
    static const char file[] = "before<hole>after";
    char *key_file = xasprintf("%s.key", algorithms[_i].name);
    char *cert_file = xasprintf("%s.pem", algorithms[_i].name);
    struct strbuf ids = STRBUF_INIT, der = STRBUF_INIT;
    struct seal_key *key = open_key(key_file, cert_file, "issuing.pem", NULL, algorithms[_i].pss,
                                    &ids);
    struct seal_digest digest;
    struct diag d;
    size_t size;
    int i;

    ck_assert_ptr_nonnull(key);
    listen(&d, &ids);
    size = seal_cms_size(key, &d);
    ck_assert_int_eq(seal_digest_around(key, file, strlen(file), 6, 6, &digest, &d), 0);
    for (i = 0; i < 20; i++) {
        strbuf_clear(&der);
        ck_assert_int_eq(seal_cms(key, NULL, &digest, &der, &d), 0);
        ck_assert_uint_le(der.len, size);
        ck_assert_uint_ge(der.len + (size_t)algorithms[_i].spread, size);
    }
    ck_assert(verifies(&der, "beforeafter"));
    ck_assert(!verifies(&der, "beforeAfter"));
    ck_assert_str_eq(ids.buf, "");
    seal_key_close(key);
    strbuf_release(&ids);
    strbuf_release(&der);
    free(key_file);
    free(cert_file);
}
END_TEST

START_TEST(attributes_are_those_of_the_baseline)
{
    struct strbuf ids = STRBUF_INIT, der = STRBUF_INIT;
    struct seal_key *key = open_key("seal.p12", NULL, NULL, "seal.pass", 0, &ids);
    const unsigned char *p;
    struct seal_digest digest;
    CMS_ContentInfo *cms;
    CMS_SignerInfo *si;
    STACK_OF(X509) *certs;
    struct diag d;

    ck_assert_ptr_nonnull(key);
    listen(&d, &ids);
    ck_assert_int_eq(seal_digest_around(key, "<>", 2, 0, 2, &digest, &d), 0);
    ck_assert_int_eq(seal_cms(key, NULL, &digest, &der, &d), 0);
    p = (const unsigned char *)der.buf;
    cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.len);
    ck_assert_ptr_nonnull(cms);
    si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    ck_assert_int_eq(sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)), 1);
    ck_assert_int_eq(CMS_signed_get_attr_count(si), 3);
    ck_assert_int_ge(CMS_signed_get_attr_by_NID(si, NID_pkcs9_contentType, -1), 0);
    ck_assert_int_ge(CMS_signed_get_attr_by_NID(si, NID_pkcs9_messageDigest, -1), 0);
    ck_assert_int_ge(CMS_signed_get_attr_by_NID(si, NID_id_smime_aa_signingCertificateV2, -1), 0);
    ck_assert_int_lt(CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1), 0);
    certs = CMS_get1_certs(cms);
    ck_assert_int_eq(sk_X509_num(certs), 2); /* the seal and its issuer, not the root */
    sk_X509_pop_free(certs, X509_free);
    CMS_ContentInfo_free(cms);
    seal_key_close(key);
    strbuf_release(&ids);
    strbuf_release(&der);
}
END_TEST

START_TEST(what_cannot_be_computed_is_said)
{
    struct strbuf ids = STRBUF_INIT, der = STRBUF_INIT;
    struct seal_key *key = open_key("p256.key", "p256.pem", NULL, NULL, 0, &ids);
    struct seal_digest digest = { .len = 32 };
    struct diag d;

    ck_assert_ptr_nonnull(key);
    listen(&d, &ids);
    key->algorithm_len--; /* no longer an AlgorithmIdentifier */
    ck_assert_int_eq(seal_cms(key, NULL, &digest, &der, &d), -1);
    ck_assert_uint_eq(seal_cms_size(key, &d), 0);
    ck_assert_uint_eq(der.len, 0);
    ck_assert_str_eq(ids.buf, "SEAL-016 SEAL-016 ");
    seal_key_close(key);
    strbuf_release(&ids);
    strbuf_release(&der);
}
END_TEST

/* ---- documents ------------------------------------------------------------------------------- */

static struct pdf_obj *tree(struct pdf *pdf)
{
    return pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot");
}

static void sound(struct pdf *pdf)
{
    (void)pdf;
}

static void untagged(struct pdf *pdf)
{
    pdf_set(pdf, pdf_catalog(pdf), "StructTreeRoot", NULL);
}

static void no_next_key(struct pdf *pdf)
{
    pdf_set(pdf, tree(pdf), "ParentTreeNextKey", NULL);
}

static void odd_tree(struct pdf *pdf)
{
    pdf_set_int(pdf, pdf_catalog(pdf), "StructTreeRoot", 7);
}

static void no_data(struct pdf *pdf)
{
    pdf_set(pdf, pdf_catalog(pdf), "AF", NULL);
}

static void no_metadata(struct pdf *pdf)
{
    pdf_set(pdf, pdf_catalog(pdf), "Metadata", NULL);
}

static void no_pages(struct pdf *pdf)
{
    struct pdf_obj *pages = pdf_get(pdf, pdf_catalog(pdf), "Pages");

    pdf_set(pdf, pages, "Kids", pdf_new_array(pdf));
    pdf_set_int(pdf, pages, "Count", 0);
}

static void has_dss(struct pdf *pdf)
{
    pdf_need_dict(pdf, pdf_catalog(pdf), "DSS");
}

static void odd_form(struct pdf *pdf)
{
    pdf_set_int(pdf, pdf_catalog(pdf), "AcroForm", 7);
}

static const struct {
    const char *cert, *status;
    int field;
    void (*change)(struct pdf *);
    const char *ids; /* "": it is sealed */
} documents[] = {
    { ARCHIVE_CERT("issued"), "issued", 1, sound, "" },
    { ARCHIVE_CERT("issued"), "issued", 0, sound, "" },
    { ARCHIVE_CERT("issued"), "issued", 0, untagged, "" },
    { ARCHIVE_CERT("issued"), "issued", 1, odd_form, "" },
    { ARCHIVE_CERT("issued"), "issued", 0, no_next_key, "" },
    { ARCHIVE_CERT("issued"), "issued", 0, odd_tree, "SEAL-043 " },
    { ARCHIVE_CERT("issued"), "issued", 0, no_pages, "SEAL-044 " },
    { ARCHIVE_CERT("issued"), "issued", 1, no_data, "SEAL-046 " },
    { ARCHIVE_CERT("issued"), "issued", 1, no_metadata, "SEAL-042 " },
    { ARCHIVE_CERT("issued"), "issued", 1, has_dss, "SEAL-040 " },
    { ARCHIVE_CERT("specimen"), "issued", 1, sound, "SEAL-041 " },
    { ARCHIVE_CERT("issued"), "specimen", 1, sound, "SEAL-041 " },
    { "<other/>", "issued", 1, sound, "SEAL-046 " },
};

START_TEST(documents_are_sealed_or_refused)
{
    struct pdf *pdf = archive_make(documents[_i].cert, documents[_i].status, documents[_i].field);
    char *key = in_pki("p256.key"), *cert = in_pki("p256.pem");
    struct pdfsign_options options = { .key = key, .cert = cert, .now = 1790000000 };
    struct strbuf bytes = STRBUF_INIT, before = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfsign *sign;
    struct diag d;
    int result;

    documents[_i].change(pdf);
    archive_write(pdf, _i % 2 ? PDF_XREF_TABLE : PDF_XREF_STREAM, &bytes);
    strbuf_add(&before, bytes.buf, bytes.len);
    listen(&d, &ids);
    sign = pdfsign_open(&options, &d);
    ck_assert_ptr_nonnull(sign);
    result = pdfsign(sign, &bytes, "test.pdf", 1790000000, &d);
    ck_assert_str_eq(ids.buf, documents[_i].ids);
    ck_assert_int_eq(result, *documents[_i].ids ? -1 : 0);
    ck_assert_int_eq(bytes.len > before.len, !result);
    ck_assert(!memcmp(bytes.buf, before.buf, before.len));
    if (!result) {
        ck_assert_int_eq(pdfsign(sign, &bytes, "test.pdf", 1790000000, &d), -1);
        ck_assert_str_eq(ids.buf, "SEAL-040 ");
    }
    pdfsign_close(sign);
    strbuf_release(&bytes);
    strbuf_release(&before);
    strbuf_release(&ids);
    free(key);
    free(cert);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pdfsign");
    TCase *t = tcase_create("key and cms");
    SRunner *sr;
    int failed;

    tcase_add_checked_fixture(t, make_pki, NULL);
    tcase_add_loop_test(t, keys_are_accepted_or_refused, 0, sizeof keys / sizeof *keys);
    tcase_add_loop_test(t, dates_are_compared_to_the_second, 0, sizeof dates / sizeof *dates);
    tcase_add_loop_test(t, cms_is_verified_by_openssl, 0, sizeof algorithms / sizeof *algorithms);
    tcase_add_test(t, attributes_are_those_of_the_baseline);
    tcase_add_test(t, what_cannot_be_computed_is_said);
    tcase_add_loop_test(t, documents_are_sealed_or_refused, 0, sizeof documents / sizeof *documents);
    suite_add_tcase(s, t);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
