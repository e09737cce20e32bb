/* The signature of a seal or of a time stamp: strict reading of its DER, the digest, the signature
 * value. Who made it is judged by signer.c. */
#include "cms.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/ess.h>

#include "alloc.h"
#include "messages.h"

const char *check_openssl_reason(void)
{
    unsigned long code = ERR_get_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    return reason ? reason : "no reason given";
}

char *check_common_name(const X509_NAME *name)
{
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    unsigned char *utf8 = NULL;
    char *text = NULL, line[256];

    if (at >= 0 &&
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))) >= 0)
        text = xstrdup((char *)utf8);
    OPENSSL_free(utf8);
    ERR_clear_error();
    return text ? text : xstrdup(X509_NAME_oneline(name, line, sizeof line) ? line : "?");
}

/* ---- DER, strictly --------------------------------------------------------------------------- */

/* A value in DER: TAG, all its bytes, and its content. */
struct der {
    int tag;
    const unsigned char *all, *content;
    size_t all_len, len;
};

/* Takes the next value from *P of *N bytes. Returns 0, or -1. */
static int der_next(const unsigned char **p, size_t *n, struct der *v)
{
    const unsigned char *q = *p;
    long len = 0;
    int tag = 0, class = 0, form;

    if (!*n)
        return -1;
    form = ASN1_get_object(&q, &len, &tag, &class, (long)*n);
    if ((form & 0x80) || (form & 1) || len < 0) {
        ERR_clear_error();
        return -1;
    }
    v->tag = class == V_ASN1_CONTEXT_SPECIFIC ? 0x100 + tag : tag;
    v->all = *p;
    v->content = q;
    v->len = (size_t)len;
    v->all_len = (size_t)(q - *p) + v->len;
    *p += v->all_len;
    *n -= v->all_len;
    return 0;
}

/* The first value inside V. */
static int der_enter(const struct der *v, const unsigned char **p, size_t *n, struct der *first)
{
    *p = v->content;
    *n = v->len;
    return der_next(p, n, first);
}

static int is_number(const struct der *v, int number)
{
    return v->tag == V_ASN1_INTEGER && v->len == 1 && v->content[0] == number;
}

/* The members that OpenSSL reads but does not judge: the versions are VERSION (RFC 5652 5.1: 1 for
 * plain data, 3 for a time stamp's) and the signer's 1, and there is one digest algorithm, that of
 * the one signer. Returns an explanation, or NULL. */
static const char *form_fault(const unsigned char *bytes, size_t len, int wanted)
{
    const unsigned char *p = bytes, *q;
    size_t n = len, m;
    struct der v, version, algorithms, algorithm, signer, digest;

    if (der_next(&p, &n, &v) || der_enter(&v, &p, &n, &v) || v.tag != V_ASN1_OBJECT ||
        der_next(&p, &n, &v) || der_enter(&v, &p, &n, &v) || v.tag != V_ASN1_SEQUENCE ||
        der_enter(&v, &p, &n, &version) || der_next(&p, &n, &algorithms))
        return "it is not SignedData";
    if (!is_number(&version, wanted))
        return "its version is not that of its content";
    if (algorithms.tag != V_ASN1_SET || der_enter(&algorithms, &q, &m, &algorithm) || m)
        return "it has not one digest algorithm";
    do {
        if (der_next(&p, &n, &v))
            return "it has no signer";
    } while (v.tag != V_ASN1_SET);
    if (n || der_enter(&v, &p, &n, &signer) || n || der_enter(&signer, &p, &n, &version) ||
        der_next(&p, &n, &v) || der_next(&p, &n, &digest))
        return "it has not one signer";
    if (!is_number(&version, 1))
        return "the version of its signer is not 1";
    if (digest.all_len != algorithm.all_len || memcmp(digest.all, algorithm.all, digest.all_len))
        return "its digest algorithms differ";
    return NULL;
}

static int content_type(const struct cms *m)
{
    return m->is_stamp ? NID_id_smime_ct_TSTInfo : NID_pkcs7_data;
}

/* Reads CONTENTS: one ContentInfo in DER, then zeros. Returns 0, or -1 after reporting. */
static int parse(struct cms *m, const char *contents, size_t n)
{
    struct check *c = m->c;
    const unsigned char *bytes = (const unsigned char *)contents, *p = bytes;
    unsigned char *again = NULL;
    const char *fault;
    size_t len, i;
    int again_len;

    m->info = d2i_CMS_ContentInfo(NULL, &p, (long)n);
    if (!m->info)
        return check_find(c, CHECK_CMS, m->label, check_openssl_reason());
    len = (size_t)(p - bytes);
    if (!m->seal->cms) {
        m->seal->cms = xmalloc(len);
        memcpy(m->seal->cms, bytes, len);
        m->seal->cms_len = len;
    }
    for (i = len; i < n; i++)
        if (bytes[i])
            return check_find(c, CHECK_CMS, m->label, "something other than zeros follows it");
    again_len = i2d_CMS_ContentInfo(m->info, &again);
    i = again_len == (int)len && !memcmp(again, bytes, len);
    OPENSSL_free(again);
    if (!i)
        return check_find(c, CHECK_CMS, m->label, "it is not in DER");
    if (OBJ_obj2nid(CMS_get0_type(m->info)) != NID_pkcs7_signed ||
        OBJ_obj2nid(CMS_get0_eContentType(m->info)) != content_type(m))
        return check_find(c, CHECK_CMS, m->label,
                          m->is_stamp ? "it does not sign a time" : "it does not sign plain data");
    if (CMS_is_detached(m->info) != !m->is_stamp)
        return check_find(c, CHECK_CMS, m->label,
                          m->is_stamp ? "the time is not in it" : "it is not detached");
    fault = form_fault(bytes, len, m->is_stamp ? 3 : 1);
    return fault ? check_find(c, CHECK_CMS, m->label, fault) : 0;
}

/* ---- signer and attributes ------------------------------------------------------------------- */

/* Whether the signature names the certificate's issuer byte for byte; OpenSSL takes letters of the
 * other case for the same, which would leave bytes free to be changed. */
static int names_issuer_exactly(const struct cms *m)
{
    X509_NAME *issuer = NULL;
    const unsigned char *named, *own;
    size_t named_len, own_len;

    return CMS_SignerInfo_get0_signer_id(m->signer, NULL, &issuer, NULL) && issuer &&
           X509_NAME_get0_der(issuer, &named, &named_len) &&
           X509_NAME_get0_der(X509_get_issuer_name(m->cert), &own, &own_len) &&
           named_len == own_len && !memcmp(named, own, own_len);
}

static int find_signer(struct cms *m)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(m->info);
    int i;

    m->certs = CMS_get1_certs(m->info);
    if (sk_CMS_SignerInfo_num(signers) != 1)
        return check_find(m->c, CHECK_CMS, m->label, "it has not one signer");
    m->signer = sk_CMS_SignerInfo_value(signers, 0);
    for (i = 0; !m->cert && i < sk_X509_num(m->certs); i++)
        if (!CMS_SignerInfo_cert_cmp(m->signer, sk_X509_value(m->certs, i)))
            m->cert = sk_X509_value(m->certs, i);
    if (!m->cert)
        return check_find(m->c, CHECK_CMS, m->label, "the signer's certificate is not in it");
    if (!names_issuer_exactly(m))
        return check_find(m->c, CHECK_CMS, m->label, "it names the signer's issuer in another way");
    CMS_SignerInfo_set1_signer_cert(m->signer, m->cert);
    m->name = check_common_name(X509_get_subject_name(m->cert));
    return 0;
}

/* The one value of the one signed attribute NID, or NULL. */
static const ASN1_TYPE *attribute(const struct cms *m, int nid)
{
    int at = CMS_signed_get_attr_by_NID(m->signer, nid, -1);
    X509_ATTRIBUTE *a;

    if (at < 0 || CMS_signed_get_attr_by_NID(m->signer, nid, at) >= 0)
        return NULL;
    a = CMS_signed_get_attr(m->signer, at);
    return X509_ATTRIBUTE_count(a) == 1 ? X509_ATTRIBUTE_get0_type(a, 0) : NULL;
}

/* RFC 5035; a time stamp may have the older form (RFC 2634). */
static void check_signing_certificate(struct cms *m)
{
    const ASN1_TYPE *v2 = attribute(m, NID_id_smime_aa_signingCertificateV2);
    const ASN1_TYPE *v1 = m->is_stamp ? attribute(m, NID_id_smime_aa_signingCertificate) : NULL;
    const ASN1_TYPE *value = v2 ? v2 : v1;
    const unsigned char *p;
    ESS_SIGNING_CERT_V2 *ess = NULL;
    ESS_SIGNING_CERT *old = NULL;
    STACK_OF(X509) *alone;

    check_ask(m->c);
    if (!value || value->type != V_ASN1_SEQUENCE) {
        check_find(m->c, CHECK_ESS, m->label, "is missing");
        return;
    }
    p = value->value.sequence->data;
    if (v2)
        ess = d2i_ESS_SIGNING_CERT_V2(NULL, &p, value->value.sequence->length);
    else
        old = d2i_ESS_SIGNING_CERT(NULL, &p, value->value.sequence->length);
    alone = sk_X509_new_null();
    sk_X509_push(alone, m->cert);
    if ((!ess && !old) || OSSL_ESS_check_signing_certs(old, ess, alone, 1) != 1)
        check_find(m->c, CHECK_ESS, m->label, "names another certificate");
    ERR_clear_error();
    sk_X509_free(alone);
    ESS_SIGNING_CERT_free(old);
    ESS_SIGNING_CERT_V2_free(ess);
}

/* What is not signed could be anybody's: a seal has nothing there but its time stamp. */
static void check_unsigned(struct cms *m)
{
    int i;

    for (i = 0; i < CMS_unsigned_get_attr_count(m->signer); i++)
        if (OBJ_obj2nid(X509_ATTRIBUTE_get0_object(CMS_unsigned_get_attr(m->signer, i))) !=
            NID_id_smime_aa_timeStampToken)
            check_find(m->c, CHECK_CMS, m->label,
                       "an attribute that is not signed is no time stamp");
}

static void check_attributes(struct cms *m)
{
    const ASN1_TYPE *type = attribute(m, NID_pkcs9_contentType);

    m->c->report->checks += 3;
    if (!type || type->type != V_ASN1_OBJECT || OBJ_obj2nid(type->value.object) != content_type(m))
        check_find(m->c, CHECK_CMS, m->label, "the signed contentType is another");
    if (!m->is_stamp && CMS_signed_get_attr_by_NID(m->signer, NID_pkcs9_signingTime, -1) >= 0)
        check_find(m->c, CHECK_SIGNING_TIME, m->label);
    if (!m->is_stamp)
        check_unsigned(m);
    check_signing_certificate(m);
}

/* ---- algorithms ------------------------------------------------------------------------------ */

static int has_no_parameters(const X509_ALGOR *algorithm, int null_allowed)
{
    int type = 0;

    X509_ALGOR_get0(NULL, &type, NULL, algorithm);
    return type == V_ASN1_UNDEF || (null_allowed && type == V_ASN1_NULL);
}

/* Whether the signature algorithm is one that fits the digest and the key; an explanation or NULL.
 * OpenSSL would take the key's word for it and ignore most of the identifier. */
static const char *signature_fault(const X509_ALGOR *algorithm, int md_nid, const EVP_PKEY *pkey)
{
    const ASN1_OBJECT *object = NULL;
    int nid, with_md = NID_undef, with_key = NID_undef;
    int rsa = EVP_PKEY_is_a(pkey, "RSA"), pss = EVP_PKEY_is_a(pkey, "RSA-PSS");

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    nid = OBJ_obj2nid(object);
    if (nid == NID_rsassaPss)
        return rsa || pss ? NULL : "does not fit the key";
    if (nid == NID_rsaEncryption)
        return rsa && has_no_parameters(algorithm, 1) ? NULL : "does not fit the key";
    if (!OBJ_find_sigid_algs(nid, &with_md, &with_key) || with_md != md_nid)
        return "does not fit the digest";
    if (with_key == NID_rsaEncryption)
        return rsa && has_no_parameters(algorithm, 1) ? NULL : "does not fit the key";
    if (with_key == NID_X9_62_id_ecPublicKey)
        return EVP_PKEY_is_a(pkey, "EC") && has_no_parameters(algorithm, 0) ? NULL
                                                                          : "does not fit the key";
    return "is not known";
}

static int check_algorithms(struct cms *m)
{
    X509_ALGOR *digest = NULL, *signature = NULL;
    const ASN1_OBJECT *object = NULL;
    const char *fault;
    char name[80] = "?";
    int nid;

    check_ask(m->c);
    CMS_SignerInfo_get0_algs(m->signer, NULL, NULL, &digest, &signature);
    X509_ALGOR_get0(&object, NULL, NULL, digest);
    nid = OBJ_obj2nid(object);
    OBJ_obj2txt(name, sizeof name, object, 0);
    if ((nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512) ||
        !has_no_parameters(digest, 1))
        return check_find(m->c, CHECK_ALGORITHM, m->label, name,
                          "is not SHA-256, SHA-384 or SHA-512");
    m->md = EVP_get_digestbynid(nid);
    X509_ALGOR_get0(&object, NULL, NULL, signature);
    OBJ_obj2txt(name, sizeof name, object, 0);
    if (!m->seal->algorithm)
        m->seal->algorithm = xstrdup(name);
    fault = signature_fault(signature, nid, X509_get0_pubkey(m->cert));
    if (fault)
        return check_find(m->c, CHECK_ALGORITHM, m->label, name, fault);
    if ((EVP_PKEY_is_a(X509_get0_pubkey(m->cert), "RSA") ||
         EVP_PKEY_is_a(X509_get0_pubkey(m->cert), "RSA-PSS")) &&
        EVP_PKEY_get_bits(X509_get0_pubkey(m->cert)) < 2048)
        return check_find(m->c, CHECK_ALGORITHM, m->label, name,
                          "has a key of less than 2048 bits");
    return 0;
}

/* ---- digest and signature -------------------------------------------------------------------- */

int cms_digest(struct check *c, const struct check_hole *h, const EVP_MD *md,
               unsigned char digest[EVP_MAX_MD_SIZE], unsigned *len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = ctx && EVP_DigestInit_ex(ctx, md, NULL) && EVP_DigestUpdate(ctx, c->bytes, h->at) &&
             EVP_DigestUpdate(ctx, c->bytes + h->end, h->covers - h->end) &&
             EVP_DigestFinal_ex(ctx, digest, len);

    EVP_MD_CTX_free(ctx);
    return ok ? 0 : check_find(c, CHECK_CRYPTO, check_openssl_reason());
}

/* The digest of what is signed: the file around the hole, or the time inside the token. */
static int check_digest(struct cms *m)
{
    const ASN1_TYPE *claimed = attribute(m, NID_pkcs9_messageDigest);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    check_ask(m->c);
    if (!m->is_stamp) {
        if (cms_digest(m->c, m->hole, m->md, digest, &len))
            return -1;
    } else {
        ASN1_OCTET_STRING **content = CMS_get0_content(m->info);

        if (!content || !*content ||
            EVP_Digest(ASN1_STRING_get0_data(*content), (size_t)ASN1_STRING_length(*content),
                       digest, &len, m->md, NULL) != 1)
            return check_find(m->c, CHECK_CRYPTO, check_openssl_reason());
    }
    if (!claimed || claimed->type != V_ASN1_OCTET_STRING)
        return check_find(m->c, CHECK_CMS, m->label, "the signed messageDigest is missing");
    if (claimed->value.octet_string->length != (int)len ||
        memcmp(claimed->value.octet_string->data, digest, len))
        return check_find(m->c, CHECK_CHANGED, m->label);
    return 0;
}

static int check_signature(struct cms *m)
{
    int ok = CMS_SignerInfo_verify(m->signer);

    check_ask(m->c);
    return ok == 1 ? 0 : check_find(m->c, CHECK_SIGNATURE, m->label, check_openssl_reason());
}

struct cms *cms_open(struct check *c, struct pdfcheck_seal *seal, const char *label, int is_stamp,
                     const char *contents, size_t contents_len, const struct check_hole *hole)
{
    struct cms *m = xcalloc(1, sizeof *m);
    long errors = c->d.errors;

    m->c = c;
    m->seal = seal;
    m->label = xstrdup(label);
    m->is_stamp = is_stamp;
    m->hole = hole;
    check_ask(c);
    if (!parse(m, contents, contents_len) && !find_signer(m)) {
        check_attributes(m);
        if (!check_algorithms(m)) {
            int wrong = check_digest(m);

            m->intact = !check_signature(m) && !wrong;
        }
    }
    m->sound = m->intact && c->d.errors == errors;
    ERR_clear_error();
    return m;
}

void cms_free(struct cms *m)
{
    if (!m)
        return;
    sk_X509_pop_free(m->chain, X509_free);
    sk_X509_pop_free(m->certs, X509_free);
    CMS_ContentInfo_free(m->info);
    free(m->name);
    free(m->label);
    free(m);
}
