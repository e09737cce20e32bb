#include "revocation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "alloc.h"
#include "common_messages.h"
#include "fetch.h"
#include "key.h"
#include "messages.h"

enum {
    CHAIN_LIMIT = 16,    /* certificates from a signer to its root */
    DELEGATE_LIMIT = 3,  /* responders whose certificates need a proof themselves */
    CLOCK_TOLERANCE = 300,
};

struct revocation {
    const STACK_OF(X509) *issuers;
    STACK_OF(X509_CRL) *crls;
    OCSP_RESPONSE **ocsps;
    size_t ocsps_n, ocsps_cap;
};

/* One certificate in question. */
struct question {
    struct revocation *r;
    X509 *cert, *issuer;
    char *name;
    const STACK_OF(X509) *others;
    int depth;
    struct evidence *e;
    struct diag *d;
};

static int collect(struct revocation *r, X509 *cert, const STACK_OF(X509) *others, int fresh,
                   int depth, struct evidence *e, struct diag *d);

/* ---- evidence -------------------------------------------------------------------------------- */

static void items_release(struct evidence_item *items, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        strbuf_release(&items[i].der);
    free(items);
}

void evidence_release(struct evidence *e)
{
    items_release(e->certs, e->certs_n);
    items_release(e->crls, e->crls_n);
    items_release(e->ocsps, e->ocsps_n);
    memset(e, 0, sizeof *e);
}

/* Takes DER, memory of OpenSSL's. */
static void add_item(struct evidence_item **items, size_t *n, size_t *cap, unsigned char *der,
                     int len)
{
    size_t i;

    if (len <= 0)
        abort(); /* it was read from its DER form; out of memory */
    for (i = 0; i < *n; i++)
        if ((*items)[i].der.len == (size_t)len && !memcmp((*items)[i].der.buf, der, (size_t)len))
            break;
    if (i == *n) {
        ALLOC_GROW(*items, *n, *cap);
        strbuf_init(&(*items)[*n].der);
        strbuf_add(&(*items)[(*n)++].der, der, (size_t)len);
    }
    OPENSSL_free(der);
}

static void add_cert(struct evidence *e, X509 *cert)
{
    unsigned char *der = NULL;
    int n = i2d_X509(cert, &der);

    add_item(&e->certs, &e->certs_n, &e->certs_cap, der, n);
}

static void add_crl(struct evidence *e, X509_CRL *crl)
{
    unsigned char *der = NULL;
    int n = i2d_X509_CRL(crl, &der);

    add_item(&e->crls, &e->crls_n, &e->crls_cap, der, n);
}

static void add_ocsp(struct evidence *e, OCSP_RESPONSE *response)
{
    unsigned char *der = NULL;
    int n = i2d_OCSP_RESPONSE(response, &der);

    add_item(&e->ocsps, &e->ocsps_n, &e->ocsps_cap, der, n);
}

/* ---- files ----------------------------------------------------------------------------------- */

static X509_CRL *parse_crl(const struct strbuf *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes->buf;
    X509_CRL *crl = NULL;
    BIO *bio;

    if (strstr(bytes->buf, "-----BEGIN ")) {
        bio = BIO_new_mem_buf(bytes->buf, (int)bytes->len);
        crl = bio ? PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL) : NULL;
        BIO_free(bio);
    } else {
        crl = d2i_X509_CRL(NULL, &p, (long)bytes->len);
    }
    ERR_clear_error();
    return crl;
}

static OCSP_RESPONSE *parse_ocsp(const struct strbuf *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes->buf;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &p, (long)bytes->len);

    ERR_clear_error();
    if (response && OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return response;
    OCSP_RESPONSE_free(response);
    return NULL;
}

static void keep_ocsp(struct revocation *r, OCSP_RESPONSE *response)
{
    ALLOC_GROW(r->ocsps, r->ocsps_n, r->ocsps_cap);
    r->ocsps[r->ocsps_n++] = response;
}

static int read_given(struct revocation *r, const char *path, int is_crl, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    OCSP_RESPONSE *response = NULL;
    X509_CRL *crl = NULL;
    int result = 0;

    if (strbuf_read_file(&bytes, path, FETCH_LIMIT))
        result = diag(d, ENV_CANNOT_READ, path, strerror(errno));
    else if (is_crl ? !(crl = parse_crl(&bytes)) : !(response = parse_ocsp(&bytes)))
        result = diag(d, SEAL_NOT_EVIDENCE, path, is_crl ? "CRL" : "OCSP response");
    if (crl)
        sk_X509_CRL_push(r->crls, crl);
    if (response)
        keep_ocsp(r, response);
    strbuf_release(&bytes);
    return result;
}

struct revocation *revocation_open(const STACK_OF(X509) *issuers, const char *const *crls,
                                   size_t crls_n, const char *const *ocsps, size_t ocsps_n,
                                   struct diag *d)
{
    struct revocation *r = xcalloc(1, sizeof *r);
    int result = 0;
    size_t i;

    r->issuers = issuers;
    r->crls = sk_X509_CRL_new_null();
    for (i = 0; i < crls_n; i++)
        result |= read_given(r, crls[i], 1, d);
    for (i = 0; i < ocsps_n; i++)
        result |= read_given(r, ocsps[i], 0, d);
    if (!result)
        return r;
    revocation_close(r);
    return NULL;
}

void revocation_close(struct revocation *r)
{
    size_t i;

    if (!r)
        return;
    sk_X509_CRL_pop_free(r->crls, X509_CRL_free);
    for (i = 0; i < r->ocsps_n; i++)
        OCSP_RESPONSE_free(r->ocsps[i]);
    free(r->ocsps);
    free(r);
}

/* ---- CRLs ------------------------------------------------------------------------------------ */

/* Whether CRL covers the certificate in question: all reasons, its kind, not a part of a list. */
static int crl_covers(const struct question *q, X509_CRL *crl)
{
    ISSUING_DIST_POINT *idp;
    int critical = 0, is_ca = X509_check_ca(q->cert) > 0, ok;

    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(q->issuer)) ||
        X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0)
        return 0;
    idp = X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &critical, NULL);
    ok = idp ? !idp->indirectCRL && !idp->onlysomereasons && idp->onlyattr <= 0 &&
                   !(idp->onlyuser > 0 && is_ca) && !(idp->onlyCA > 0 && !is_ca)
             : critical != -2; /* -2: there are two */
    ISSUING_DIST_POINT_free(idp);
    return ok;
}

static int crl_is_current(const X509_CRL *crl)
{
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(crl);

    return X509_cmp_current_time(X509_CRL_get0_lastUpdate(crl)) < 0 && next &&
           X509_cmp_current_time(next) > 0;
}

/* 1: CRL proves the certificate good; 0: it says nothing; -1: revoked, reported. */
static int ask_crl(const struct question *q, X509_CRL *crl)
{
    X509_REVOKED *entry = NULL;
    int proved = crl_covers(q, crl) && crl_is_current(crl) &&
                 X509_CRL_verify(crl, X509_get0_pubkey(q->issuer)) == 1;

    ERR_clear_error();
    if (!proved)
        return 0;
    if (X509_CRL_get0_by_cert(crl, &entry, q->cert) == 1)
        return diag(q->d, SEAL_REVOKED, q->name, "a CRL");
    add_crl(q->e, crl);
    return 1;
}

static int ask_known_crls(const struct question *q)
{
    int i, got = 0;

    for (i = 0; !got && i < sk_X509_CRL_num(q->r->crls); i++)
        got = ask_crl(q, sk_X509_CRL_value(q->r->crls, i));
    return got;
}

/* The first http address among a distribution point's names; borrowed. */
static const char *address_of(const DIST_POINT *point)
{
    GENERAL_NAMES *names = point->distpoint && point->distpoint->type == 0
                               ? point->distpoint->name.fullname : NULL;
    int i;

    for (i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

        if (name->type == GEN_URI &&
            !strncmp((const char *)ASN1_STRING_get0_data(name->d.ia5), "http://", 7))
            return (const char *)ASN1_STRING_get0_data(name->d.ia5);
    }
    return NULL;
}

static int fetch_crl(const struct question *q)
{
    CRL_DIST_POINTS *points = X509_get_ext_d2i(q->cert, NID_crl_distribution_points, NULL, NULL);
    struct strbuf bytes = STRBUF_INIT;
    char why[256];
    int i, got = 0;

    for (i = 0; !got && i < sk_DIST_POINT_num(points); i++) {
        const char *url = address_of(sk_DIST_POINT_value(points, i));
        X509_CRL *crl = NULL;

        strbuf_clear(&bytes);
        if (!url)
            continue;
        if (fetch(url, NULL, NULL, 0, NULL, &bytes, why)) {
            diag(q->d, SEAL_CRL_SILENT, url, why);
        } else if ((crl = parse_crl(&bytes))) {
            got = ask_crl(q, crl);
            if (got > 0)
                sk_X509_CRL_push(q->r->crls, crl);
            else
                X509_CRL_free(crl);
        }
    }
    CRL_DIST_POINTS_free(points);
    strbuf_release(&bytes);
    return got;
}

/* ---- OCSP ------------------------------------------------------------------------------------ */

/* The responder's own certificate among those it sent, unless it is the issuer's; it needs a proof
 * too, but for those that say they need none (RFC 6960 4.2.2.2.1). */
static int collect_responder(const struct question *q, OCSP_BASICRESP *basic)
{
    STACK_OF(X509) *others = sk_X509_new_null();
    X509 *signer = NULL;
    int i, result = 0;

    for (i = 0; i < sk_X509_num(OCSP_resp_get0_certs(basic)); i++)
        sk_X509_push(others, sk_X509_value(OCSP_resp_get0_certs(basic), i));
    sk_X509_push(others, q->issuer);
    if (OCSP_resp_get0_signer(basic, &signer, others) == 1 && X509_cmp(signer, q->issuer)) {
        if (X509_get_ext_by_NID(signer, NID_id_pkix_OCSP_noCheck, -1) >= 0)
            add_cert(q->e, signer);
        else
            result = collect(q->r, signer, others, 0, q->depth + 1, q->e, q->d);
    }
    ERR_clear_error();
    sk_X509_free(others);
    return result;
}

/* Whether BASIC is signed by the issuer in question or by whom it delegated. */
static int ocsp_is_signed(const struct question *q, OCSP_BASICRESP *basic)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *issuers = sk_X509_new_null();
    int ok;

    X509_STORE_add_cert(store, q->issuer);
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    sk_X509_push(issuers, q->issuer);
    ok = OCSP_basic_verify(basic, issuers, store, 0) == 1;
    sk_X509_free(issuers);
    X509_STORE_free(store);
    return ok;
}

/* As ask_crl. REQUEST NULL: a response that was not asked for now. */
static int ask_ocsp(const struct question *q, OCSP_RESPONSE *response, OCSP_REQUEST *request)
{
    OCSP_BASICRESP *basic = OCSP_response_get1_basic(response);
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), q->cert, q->issuer);
    ASN1_GENERALIZEDTIME *begin = NULL, *next = NULL;
    int status = -1, got = 0;

    if (basic && id && OCSP_resp_find_status(basic, id, &status, NULL, NULL, &begin, &next) &&
        OCSP_check_validity(begin, next, CLOCK_TOLERANCE, next ? -1 : 86400) &&
        (!request || OCSP_check_nonce(request, basic)) && ocsp_is_signed(q, basic)) {
        if (status == V_OCSP_CERTSTATUS_REVOKED)
            got = diag(q->d, SEAL_REVOKED, q->name, "an OCSP response");
        else if (status == V_OCSP_CERTSTATUS_GOOD)
            got = collect_responder(q, basic) ? -1 : 1;
        if (got > 0)
            add_ocsp(q->e, response);
    }
    ERR_clear_error();
    OCSP_CERTID_free(id);
    OCSP_BASICRESP_free(basic);
    return got;
}

static int ask_known_ocsps(const struct question *q)
{
    int got = 0;
    size_t i;

    for (i = 0; !got && i < q->r->ocsps_n; i++)
        got = ask_ocsp(q, q->r->ocsps[i], NULL);
    return got;
}

static OCSP_REQUEST *make_request(const struct question *q, unsigned char **der, int *n)
{
    OCSP_REQUEST *request = OCSP_REQUEST_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), q->cert, q->issuer);

    if (request && id && OCSP_request_add0_id(request, id)) {
        OCSP_request_add1_nonce(request, NULL, -1);
        *n = i2d_OCSP_REQUEST(request, der);
        return request;
    }
    OCSP_CERTID_free(id);
    OCSP_REQUEST_free(request);
    return NULL;
}

/* KEEP: what comes will do for the documents after this one. */
static int ask_responder(const struct question *q, const char *url, int keep)
{
    struct strbuf bytes = STRBUF_INIT;
    OCSP_RESPONSE *response = NULL;
    unsigned char *der = NULL;
    int n = 0, got = 0;
    OCSP_REQUEST *request = make_request(q, &der, &n);
    char why[256];

    if (!request || n <= 0)
        diag(q->d, SEAL_CRYPTO, seal_openssl_error(why));
    else if (fetch(url, "application/ocsp-request", der, (size_t)n, "application/ocsp-response",
                   &bytes, why))
        diag(q->d, SEAL_OCSP_SILENT, url, why);
    else if (!(response = parse_ocsp(&bytes)) || !(got = ask_ocsp(q, response, request)))
        diag(q->d, SEAL_OCSP_SILENT, url, "its answer proves nothing about the certificate");
    if (got > 0 && keep)
        keep_ocsp(q->r, response);
    else
        OCSP_RESPONSE_free(response);
    OPENSSL_free(der);
    OCSP_REQUEST_free(request);
    strbuf_release(&bytes);
    return got;
}

static int fetch_ocsp(const struct question *q, int keep)
{
    STACK_OF(OPENSSL_STRING) *urls = X509_get1_ocsp(q->cert);
    int i, got = 0;

    for (i = 0; !got && i < sk_OPENSSL_STRING_num(urls); i++)
        got = ask_responder(q, sk_OPENSSL_STRING_value(urls, i), keep);
    X509_email_free(urls);
    return got;
}

/* ---- chains ---------------------------------------------------------------------------------- */

static X509 *issuer_among(const STACK_OF(X509) *certs, X509 *cert)
{
    int i;

    for (i = 0; i < sk_X509_num(certs); i++)
        if (seal_issued(sk_X509_value(certs, i), cert))
            return sk_X509_value(certs, i);
    return NULL;
}

static int prove(struct question *q, int fresh)
{
    int got = fresh ? fetch_ocsp(q, 0) : 0;

    if (!got)
        got = ask_known_ocsps(q);
    if (!got)
        got = ask_known_crls(q);
    if (!got && !fresh)
        got = fetch_ocsp(q, 1);
    if (!got)
        got = fetch_crl(q);
    if (!got)
        diag(q->d, SEAL_NO_EVIDENCE, q->name);
    return got > 0 ? 0 : -1;
}

static int collect(struct revocation *r, X509 *cert, const STACK_OF(X509) *others, int fresh,
                   int depth, struct evidence *e, struct diag *d)
{
    struct question q = { .r = r, .others = others, .depth = depth, .e = e, .d = d };
    int n, result = 0;

    for (n = 0; !result && n < CHAIN_LIMIT && depth < DELEGATE_LIMIT; n++) {
        add_cert(e, cert);
        if (seal_issued(cert, cert))
            return 0;
        q.cert = cert;
        q.name = seal_common_name(cert);
        q.issuer = issuer_among(others, cert);
        if (!q.issuer)
            q.issuer = issuer_among(r->issuers, cert);
        result = q.issuer ? prove(&q, fresh && !n) : diag(d, SEAL_NO_ISSUER, q.name);
        free(q.name);
        cert = q.issuer;
    }
    return result ? result : diag(d, SEAL_NO_ISSUER, "the last of a long chain");
}

/* The time stamp that hangs on SIGNER, as DER borrowed from it; NULL without. */
static const ASN1_STRING *stamp_of(const CMS_SignerInfo *signer)
{
    int at = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
    const ASN1_TYPE *value = at < 0 ? NULL : X509_ATTRIBUTE_get0_type(
                                                 CMS_unsigned_get_attr(signer, at), 0);

    return value && value->type == V_ASN1_SEQUENCE ? value->value.sequence : NULL;
}

int revocation_collect_signature(struct revocation *r, const void *signature, size_t n,
                                 struct evidence *e, struct diag *d)
{
    const unsigned char *p = signature;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)n);
    STACK_OF(X509) *certs = cms ? CMS_get1_certs(cms) : NULL;
    CMS_SignerInfo *signer = cms ? sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0) : NULL;
    const ASN1_STRING *stamp = signer ? stamp_of(signer) : NULL;
    char reason[256];
    int i, result = -1;

    for (i = 0; signer && i < sk_X509_num(certs); i++)
        if (!CMS_SignerInfo_cert_cmp(signer, sk_X509_value(certs, i)))
            break;
    if (!signer || i >= sk_X509_num(certs))
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
    else
        result = collect(r, sk_X509_value(certs, i), certs, 1, 0, e, d);
    if (!result && stamp)
        result = revocation_collect_signature(r, ASN1_STRING_get0_data(stamp),
                                              (size_t)ASN1_STRING_length(stamp), e, d);
    sk_X509_pop_free(certs, X509_free);
    CMS_ContentInfo_free(cms);
    return result;
}
