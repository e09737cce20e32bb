#include "cms.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "alloc.h"
#include "messages.h"

int seal_digest_around(const struct seal_key *key, const char *file, size_t n, size_t hole_at,
                       size_t hole_len, struct seal_digest *digest, struct diag *d)
{
    size_t after = hole_at + hole_len;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned len = 0;
    char reason[256];
    int ok = ctx && EVP_DigestInit_ex(ctx, key->md, NULL) &&
             EVP_DigestUpdate(ctx, file, hole_at) &&
             EVP_DigestUpdate(ctx, file + after, n - after) &&
             EVP_DigestFinal_ex(ctx, digest->bytes, &len);

    digest->len = len;
    EVP_MD_CTX_free(ctx);
    return ok ? 0 : diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
}

/* ---- signed attributes in DER ---------------------------------------------------------------- */

struct der_part {
    unsigned char *bytes;
    int len;
};

static int compare_parts(const void *a, const void *b)
{
    const struct der_part *x = a, *y = b;
    int least = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->bytes, y->bytes, (size_t)least);

    return order ? order : x->len - y->len;
}

/* Appends the attributes as the SET OF that is signed (RFC 5652 5.4): universal tag, DER order. */
static int attributes_der(const CMS_SignerInfo *si, struct strbuf *der)
{
    int i, n = CMS_signed_get_attr_count(si), total = 0, result = 0;
    struct der_part *parts = xcalloc((size_t)n + 1, sizeof *parts);
    unsigned char head[16], *p = head;

    for (i = 0; i < n; i++) {
        parts[i].len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &parts[i].bytes);
        if (parts[i].len <= 0 || parts[i].len > 1 << 20)
            result = -1;
        else
            total += parts[i].len;
    }
    if (!result) {
        qsort(parts, (size_t)n, sizeof *parts, compare_parts);
        ASN1_put_object(&p, 1, total, V_ASN1_SET, V_ASN1_UNIVERSAL);
        strbuf_add(der, head, (size_t)(p - head));
        for (i = 0; i < n; i++)
            strbuf_add(der, parts[i].bytes, (size_t)parts[i].len);
    }
    for (i = 0; i < n; i++)
        OPENSSL_free(parts[i].bytes);
    free(parts);
    return result;
}

/* ---- the message ----------------------------------------------------------------------------- */

/* CMS_sign's own way to the end always adds a signingTime, which PAdES forbids; so the message is
 * begun with CMS_PARTIAL and its attributes, algorithm and signature are put in here. */
static CMS_ContentInfo *begin(const struct seal_key *key, const struct seal_digest *digest,
                              CMS_SignerInfo **signer)
{
    const unsigned flags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags);
    const unsigned char *der = key->algorithm;
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &der, (long)key->algorithm_len), *to = NULL;
    int i, ok;

    ok = cms && algorithm &&
         (*signer = CMS_add1_signer(cms, key->cert, key->pkey, key->md, flags)) != NULL;
    for (i = 0; ok && i < sk_X509_num(key->chain); i++)
        ok = CMS_add1_cert(cms, sk_X509_value(key->chain, i));
    if (ok) {
        CMS_SignerInfo_get0_algs(*signer, NULL, NULL, NULL, &to);
        ok = to && X509_ALGOR_copy(to, algorithm) &&
             CMS_signed_add1_attr_by_NID(*signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                         OBJ_nid2obj(NID_pkcs7_data), -1) &&
             CMS_signed_add1_attr_by_NID(*signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                         digest->bytes, (int)digest->len);
    }
    X509_ALGOR_free(algorithm);
    if (ok)
        return cms;
    CMS_ContentInfo_free(cms);
    return NULL;
}

static int finish(CMS_ContentInfo *cms, CMS_SignerInfo *signer, const unsigned char *signature,
                  size_t len, struct strbuf *der)
{
    unsigned char *bytes = NULL;
    int n;

    if (!ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer), signature, (int)len))
        return -1;
    n = i2d_CMS_ContentInfo(cms, &bytes);
    if (n <= 0)
        return -1;
    strbuf_add(der, bytes, (size_t)n);
    OPENSSL_free(bytes);
    return 0;
}

/* Has the signature value stamped and hangs the token on it, unsigned (RFC 5126 6.1.1). */
static int stamp(const struct tsa *tsa, const EVP_MD *md, CMS_SignerInfo *signer,
                 const unsigned char *signature, size_t len, struct diag *d)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    struct strbuf token = STRBUF_INIT;
    char reason[256];
    int result = -1;

    if (EVP_Digest(signature, len, digest, NULL, md, NULL) != 1) {
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
    } else if (!tsa_stamp(tsa, md, digest, &token, d)) {
        result = 0;
        if (!CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken,
                                           V_ASN1_SEQUENCE, token.buf, (int)token.len))
            result = diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
    }
    strbuf_release(&token);
    return result;
}

int seal_cms(const struct seal_key *key, const struct tsa *tsa, const struct seal_digest *digest,
             struct strbuf *der, struct diag *d)
{
    struct strbuf tbs = STRBUF_INIT;
    CMS_SignerInfo *signer = NULL;
    CMS_ContentInfo *cms = begin(key, digest, &signer);
    unsigned char *signature = NULL;
    size_t len = 0;
    char reason[256];
    int result = -1;

    if (!cms || attributes_der(signer, &tbs)) {
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
        goto done;
    }
    signature = key->sign(key, (const unsigned char *)tbs.buf, tbs.len, &len, d);
    if (!signature || (tsa && stamp(tsa, key->md, signer, signature, len, d)))
        goto done;
    result = finish(cms, signer, signature, len, der);
    if (result)
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
done:
    OPENSSL_free(signature);
    CMS_ContentInfo_free(cms);
    strbuf_release(&tbs);
    return result;
}

size_t seal_cms_size(const struct seal_key *key, struct diag *d)
{
    struct seal_digest digest = { .len = (size_t)EVP_MD_get_size(key->md) };
    unsigned char *signature = xcalloc(1, key->max_signature);
    struct strbuf der = STRBUF_INIT;
    CMS_SignerInfo *signer = NULL;
    CMS_ContentInfo *cms = begin(key, &digest, &signer);
    char reason[256];
    size_t size = 0;

    if (!cms || finish(cms, signer, signature, key->max_signature, &der))
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
    size = der.len;
    CMS_ContentInfo_free(cms);
    free(signature);
    strbuf_release(&der);
    return size;
}
