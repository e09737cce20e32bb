#include "renew.h"

#include <string.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>

#include "messages.h"

/* A signature dictionary and the four numbers of its ByteRange. */
struct signature {
    const struct pdf_obj *dict;
    size_t range[4];
};

static int read_range(const struct pdf *pdf, const struct pdf_obj *dict, size_t n,
                      struct signature *s)
{
    const struct pdf_obj *range = pdf_get(pdf, dict, "ByteRange");
    size_t i;

    if (pdf_kind(dict) != PDF_DICT || pdf_len(range) != 4)
        return -1;
    for (i = 0; i < 4; i++) {
        long long value = pdf_int(pdf_at(pdf, range, i));

        if (value < 0 || (unsigned long long)value > n)
            return -1;
        s->range[i] = (size_t)value;
    }
    s->dict = dict;
    return s->range[0] || s->range[1] > s->range[2] || s->range[2] + s->range[3] > n ? -1 : 0;
}

static BIO *covered(const char *bytes, const struct signature *s)
{
    BIO *bio = BIO_new(BIO_s_mem());

    if (bio && (BIO_write(bio, bytes, (int)s->range[1]) != (int)s->range[1] ||
                BIO_write(bio, bytes + s->range[2], (int)s->range[3]) != (int)s->range[3])) {
        BIO_free(bio);
        return NULL;
    }
    return bio;
}

/* Whether the time stamp's imprint is the digest of DATA. */
static int imprint_fits(CMS_ContentInfo *cms, const char *bytes, const struct signature *s)
{
    ASN1_OCTET_STRING **content = CMS_get0_content(cms);
    const unsigned char *p = content && *content ? ASN1_STRING_get0_data(*content) : NULL;
    TS_TST_INFO *info = p ? d2i_TS_TST_INFO(NULL, &p, ASN1_STRING_length(*content)) : NULL;
    TS_MSG_IMPRINT *imprint = info ? TS_TST_INFO_get_msg_imprint(info) : NULL;
    const ASN1_OBJECT *algorithm = NULL;
    const EVP_MD *md = NULL;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    int fits = 0;

    if (imprint) {
        X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
        md = EVP_get_digestbyobj(algorithm);
    }
    if (ctx && md && EVP_DigestInit_ex(ctx, md, NULL) &&
        EVP_DigestUpdate(ctx, bytes, s->range[1]) &&
        EVP_DigestUpdate(ctx, bytes + s->range[2], s->range[3]) &&
        EVP_DigestFinal_ex(ctx, digest, &len))
        fits = ASN1_STRING_length(TS_MSG_IMPRINT_get_msg(imprint)) == (int)len &&
               !memcmp(ASN1_STRING_get0_data(TS_MSG_IMPRINT_get_msg(imprint)), digest, len);
    EVP_MD_CTX_free(ctx);
    TS_TST_INFO_free(info);
    return fits;
}

static int signature_fits(const struct pdf *pdf, const char *bytes, const struct signature *s,
                          const struct renew_last *last)
{
    const unsigned char *p = (const unsigned char *)last->contents;
    CMS_ContentInfo *cms = p ? d2i_CMS_ContentInfo(NULL, &p, (long)last->n) : NULL;
    int is_stamp = pdf_is_name(pdf_get(pdf, s->dict, "SubFilter"), "ETSI.RFC3161");
    BIO *data = cms && !is_stamp ? covered(bytes, s) : NULL;
    int fits = cms && (!is_stamp || imprint_fits(cms, bytes, s)) &&
               CMS_verify(cms, NULL, NULL, data, NULL,
                          CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) == 1;

    ERR_clear_error();
    BIO_free(data);
    CMS_ContentInfo_free(cms);
    return fits;
}

int renew_find(struct pdf *pdf, struct renew_last *last, struct diag *d)
{
    struct diag_place place = { .file = pdf_name_of_file(pdf) };
    struct signature newest = { NULL, { 0 } }, s;
    size_t n, end = 0;
    const char *bytes = pdf_bytes(pdf, &n);
    int i;

    for (i = 1; i < pdf_objects(pdf); i++)
        if (!read_range(pdf, pdf_object(pdf, i), n, &s) && s.range[2] + s.range[3] > end) {
            newest = s;
            end = s.range[2] + s.range[3];
        }
    if (!newest.dict)
        return diag_at(d, &place, SEAL_UNSEALED);
    last->contents = pdf_string(pdf_get(pdf, newest.dict, "Contents"), &last->n);
    if (!signature_fits(pdf, bytes, &newest, last))
        return diag_at(d, &place, SEAL_CHANGED);
    return 0;
}
