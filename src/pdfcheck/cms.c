/* A seal's signature: strict reading of its DER, the digest, the signature value, the signer's
 * certificate and its chain. The only module of pdfcheck that knows OpenSSL. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "alloc.h"
#include "isodate.h"
#include "messages.h"

/* A seal on its way through the checks. */
struct cms {
    struct check *c;
    struct pdfcheck_seal *seal;
    const char *label;
    const struct check_hole *hole;
    CMS_ContentInfo *info;
    CMS_SignerInfo *signer;
    X509 *cert;                    /* the signer's; borrowed from CERTS */
    STACK_OF(X509) *certs;         /* all that the signature brings */
    const EVP_MD *md;
    char *name;                    /* common name of CERT */
};

static const char *openssl_reason(void)
{
    unsigned long code = ERR_get_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    return reason ? reason : "no reason given";
}

static char *common_name(const X509_NAME *name)
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

static int is_one(const struct der *v)
{
    return v->tag == V_ASN1_INTEGER && v->len == 1 && v->content[0] == 1;
}

/* The members that OpenSSL reads but does not judge: both versions are 1, and there is one digest
 * algorithm, that of the one signer. Returns an explanation, or NULL. */
static const char *form_fault(const unsigned char *bytes, size_t len)
{
    const unsigned char *p = bytes, *q;
    size_t n = len, m;
    struct der v, version, algorithms, algorithm, signer, digest;

    if (der_next(&p, &n, &v) || der_enter(&v, &p, &n, &v) || v.tag != V_ASN1_OBJECT ||
        der_next(&p, &n, &v) || der_enter(&v, &p, &n, &v) || v.tag != V_ASN1_SEQUENCE ||
        der_enter(&v, &p, &n, &version) || der_next(&p, &n, &algorithms))
        return "it is not SignedData";
    if (!is_one(&version))
        return "its version is not 1";
    if (algorithms.tag != V_ASN1_SET || der_enter(&algorithms, &q, &m, &algorithm) || m)
        return "it has not one digest algorithm";
    do {
        if (der_next(&p, &n, &v))
            return "it has no signer";
    } while (v.tag != V_ASN1_SET);
    if (n || der_enter(&v, &p, &n, &signer) || n || der_enter(&signer, &p, &n, &version) ||
        der_next(&p, &n, &v) || der_next(&p, &n, &digest))
        return "it has not one signer";
    if (!is_one(&version))
        return "the version of its signer is not 1";
    if (digest.all_len != algorithm.all_len || memcmp(digest.all, algorithm.all, digest.all_len))
        return "its digest algorithms differ";
    return NULL;
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
        return check_find(c, CHECK_CMS, m->label, openssl_reason());
    len = (size_t)(p - bytes);
    m->seal->cms = xmalloc(len);
    memcpy(m->seal->cms, bytes, len);
    m->seal->cms_len = len;
    for (i = len; i < n; i++)
        if (bytes[i])
            return check_find(c, CHECK_CMS, m->label, "something other than zeros follows it");
    again_len = i2d_CMS_ContentInfo(m->info, &again);
    i = again_len == (int)len && !memcmp(again, bytes, len);
    OPENSSL_free(again);
    if (!i)
        return check_find(c, CHECK_CMS, m->label, "it is not in DER");
    if (OBJ_obj2nid(CMS_get0_type(m->info)) != NID_pkcs7_signed ||
        OBJ_obj2nid(CMS_get0_eContentType(m->info)) != NID_pkcs7_data)
        return check_find(c, CHECK_CMS, m->label, "it does not sign plain data");
    if (CMS_is_detached(m->info) != 1)
        return check_find(c, CHECK_CMS, m->label, "it is not detached");
    fault = form_fault(bytes, len);
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
    m->name = common_name(X509_get_subject_name(m->cert));
    m->seal->signer = xstrdup(m->name);
    m->seal->issuer = common_name(X509_get_issuer_name(m->cert));
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

static void check_signing_certificate(struct cms *m)
{
    const ASN1_TYPE *value = attribute(m, NID_id_smime_aa_signingCertificateV2);
    const unsigned char *p;
    ESS_SIGNING_CERT_V2 *ess;
    STACK_OF(X509) *alone;

    check_ask(m->c);
    if (!value || value->type != V_ASN1_SEQUENCE) {
        check_find(m->c, CHECK_ESS, m->label, "is missing");
        return;
    }
    p = value->value.sequence->data;
    ess = d2i_ESS_SIGNING_CERT_V2(NULL, &p, value->value.sequence->length);
    alone = sk_X509_new_null();
    sk_X509_push(alone, m->cert);
    if (!ess || OSSL_ESS_check_signing_certs(NULL, ess, alone, 1) != 1)
        check_find(m->c, CHECK_ESS, m->label, "names another certificate");
    ERR_clear_error();
    sk_X509_free(alone);
    ESS_SIGNING_CERT_V2_free(ess);
}

static void check_attributes(struct cms *m)
{
    const ASN1_TYPE *type = attribute(m, NID_pkcs9_contentType);

    m->c->report->checks += 2;
    if (!type || type->type != V_ASN1_OBJECT || OBJ_obj2nid(type->value.object) != NID_pkcs7_data)
        check_find(m->c, CHECK_CMS, m->label, "the signed contentType is not data");
    if (CMS_signed_get_attr_by_NID(m->signer, NID_pkcs9_signingTime, -1) >= 0)
        check_find(m->c, CHECK_SIGNING_TIME, m->label);
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

static int check_digest(struct cms *m)
{
    const ASN1_TYPE *claimed = attribute(m, NID_pkcs9_messageDigest);
    const struct check_hole *h = m->hole;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    int ok = ctx && EVP_DigestInit_ex(ctx, m->md, NULL) &&
             EVP_DigestUpdate(ctx, m->c->bytes, h->at) &&
             EVP_DigestUpdate(ctx, m->c->bytes + h->end, h->covers - h->end) &&
             EVP_DigestFinal_ex(ctx, digest, &len);

    EVP_MD_CTX_free(ctx);
    check_ask(m->c);
    if (!ok)
        return check_find(m->c, CHECK_CRYPTO, openssl_reason());
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
    return ok == 1 ? 0 : check_find(m->c, CHECK_SIGNATURE, m->label, openssl_reason());
}

/* ---- the signer ------------------------------------------------------------------------------ */

static void check_usage(struct cms *m)
{
    uint32_t flags = X509_get_extension_flags(m->cert);

    check_ask(m->c);
    if (flags & EXFLAG_CA)
        check_find(m->c, CHECK_SIGNER_USAGE, m->label, m->name, "it is an authority's");
    if ((flags & EXFLAG_KUSAGE) &&
        !(X509_get_key_usage(m->cert) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
        check_find(m->c, CHECK_SIGNER_USAGE, m->label, m->name,
                   "its key usage has neither digitalSignature nor nonRepudiation");
}

static void check_validity(struct cms *m, time_t at)
{
    char when[21];

    check_ask(m->c);
    if (ASN1_TIME_cmp_time_t(X509_get0_notBefore(m->cert), at) <= 0 &&
        ASN1_TIME_cmp_time_t(X509_get0_notAfter(m->cert), at) >= 0)
        return;
    isodate_print_moment(at, when);
    check_find(m->c, CHECK_SIGNER_TIME, m->label, m->name, when);
}

static X509_STORE *read_anchors(struct cms *m)
{
    BIO *bio = BIO_new_file(m->c->options->trust, "r");
    X509_STORE *store = X509_STORE_new();
    X509 *cert;
    int n = 0;

    while (bio && store && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
        n += X509_STORE_add_cert(store, cert) == 1;
        X509_free(cert);
    }
    BIO_free(bio);
    ERR_clear_error();
    if (n)
        return store;
    check_find(m->c, CHECK_TRUST_FILE, m->c->options->trust);
    X509_STORE_free(store);
    return NULL;
}

/* An anchor that is no root ends a chain too: whom the caller names, is trusted. */
static void check_chain(struct cms *m, time_t at)
{
    X509_STORE *store;
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    X509_VERIFY_PARAM *param;

    check_ask(m->c);
    store = read_anchors(m);
    if (!ctx || !store || X509_STORE_CTX_init(ctx, store, m->cert, m->certs) != 1)
        goto done;
    param = X509_STORE_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(param, at);
    m->seal->trusted = X509_verify_cert(ctx) == 1;
    if (!m->seal->trusted)
        check_find(m->c, CHECK_UNTRUSTED, m->label, m->name,
                   X509_verify_cert_error_string(X509_STORE_CTX_get_error(ctx)));
done:
    ERR_clear_error();
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
}

static void check_signer(struct cms *m)
{
    time_t at = m->c->options->at != PDFCHECK_NO_DATE ? m->c->options->at : m->seal->claimed;

    check_usage(m);
    if (at == PDFCHECK_NO_DATE)
        return;
    check_validity(m, at);
    if (m->c->options->trust)
        check_chain(m, at);
}

void check_cms(struct check *c, struct pdfcheck_seal *seal, const char *label, const char *contents,
               size_t contents_len, const struct check_hole *hole)
{
    struct cms m = { .c = c, .seal = seal, .label = label, .hole = hole };
    int wrong;

    check_ask(c);
    if (parse(&m, contents, contents_len) || find_signer(&m))
        goto done;
    check_attributes(&m);
    if (check_algorithms(&m))
        goto done;
    wrong = check_digest(&m);
    if (!check_signature(&m) && !wrong)
        seal->intact = 1;
    check_signer(&m);
done:
    ERR_clear_error();
    sk_X509_pop_free(m.certs, X509_free);
    CMS_ContentInfo_free(m.info);
    free(m.name);
}
