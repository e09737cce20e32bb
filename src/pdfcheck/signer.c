/* Who signed: usage and validity of his certificate, its chain to the anchors, and the proof that
 * none of the chain was revoked, out of the file's security store (ISO 32000-2 12.8.4.3) and the
 * signature itself. Nothing is fetched. */
#include "cms.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "alloc.h"
#include "isodate.h"
#include "messages.h"
#include "strbuf.h"

enum { STORE_LIMIT = 500, RESPONSES_LIMIT = 100, DAY = 86400 };

/* ---- what there is to prove with ------------------------------------------------------------- */

static X509_STORE *read_anchors(struct check *c)
{
    BIO *bio = BIO_new_file(c->options->trust, "r");
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
    check_find(c, CHECK_TRUST_FILE, c->options->trust);
    X509_STORE_free(store);
    return NULL;
}

/* Adds what the N bytes of DER hold to P. Returns 0, or -1 when they are not of that KIND. */
static int add_proof(struct proofs *p, char kind, const unsigned char *der, long n)
{
    const unsigned char *end = der + n;
    OCSP_RESPONSE *response;
    OCSP_BASICRESP *basic;
    X509_CRL *crl;
    X509 *cert;

    if (kind == 'C') {
        cert = d2i_X509(NULL, &der, n);
        return cert && sk_X509_push(p->certs, cert) && der == end ? 0 : -1;
    }
    if (kind == 'L') {
        crl = d2i_X509_CRL(NULL, &der, n);
        return crl && sk_X509_CRL_push(p->crls, crl) && der == end ? 0 : -1;
    }
    response = d2i_OCSP_RESPONSE(NULL, &der, n);
    basic = response ? OCSP_response_get1_basic(response) : NULL;
    OCSP_RESPONSE_free(response);
    if (!basic)
        return -1;
    ALLOC_GROW(p->ocsps, p->ocsps_n, p->ocsps_cap);
    p->ocsps[p->ocsps_n++] = basic;
    return der == end ? 0 : -1;
}

static void read_store(struct check *c, struct proofs *p, const char *key, char kind)
{
    const struct pdf_obj *list = pdf_get(c->pdf, pdf_get(c->pdf, pdf_catalog(c->pdf), "DSS"), key);
    size_t i;

    for (i = 0; i < pdf_len(list) && i < STORE_LIMIT && !check_work(c, 1000); i++) {
        const struct pdf_obj *stream = pdf_at(c->pdf, list, i);
        struct strbuf der = STRBUF_INIT;

        check_ask(c);
        if (pdf_kind(stream) != PDF_STREAM || pdf_stream_data(c->pdf, stream, &der, &c->d) ||
            check_work(c, der.len / 16) ||
            add_proof(p, kind, (const unsigned char *)der.buf, (long)der.len))
            check_find(c, CHECK_STORE, key, i + 1);
        strbuf_release(&der);
    }
    ERR_clear_error();
}

void proofs_read(struct check *c, struct proofs *p)
{
    memset(p, 0, sizeof *p);
    p->certs = sk_X509_new_null();
    p->crls = sk_X509_CRL_new_null();
    if (c->options->trust)
        p->anchors = read_anchors(c);
    p->stored = pdf_kind(pdf_get(c->pdf, pdf_catalog(c->pdf), "DSS")) == PDF_DICT;
    read_store(c, p, "Certs", 'C');
    read_store(c, p, "CRLs", 'L');
    read_store(c, p, "OCSPs", 'O');
}

void proofs_release(struct proofs *p)
{
    size_t i;

    for (i = 0; i < p->ocsps_n; i++)
        OCSP_BASICRESP_free(p->ocsps[i]);
    free(p->ocsps);
    X509_STORE_free(p->anchors);
    sk_X509_pop_free(p->certs, X509_free);
    sk_X509_CRL_pop_free(p->crls, X509_CRL_free);
}

/* ---- the certificate ------------------------------------------------------------------------- */

static int extended_usage_is_stamping_alone(X509 *cert)
{
    EXTENDED_KEY_USAGE *usage = X509_get_ext_d2i(cert, NID_ext_key_usage, NULL, NULL);
    int at = X509_get_ext_by_NID(cert, NID_ext_key_usage, -1);
    int is = usage && sk_ASN1_OBJECT_num(usage) == 1 &&
             OBJ_obj2nid(sk_ASN1_OBJECT_value(usage, 0)) == NID_time_stamp &&
             X509_EXTENSION_get_critical(X509_get_ext(cert, at));

    EXTENDED_KEY_USAGE_free(usage);
    return is;
}

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
    if (m->is_stamp && !extended_usage_is_stamping_alone(m->cert))
        check_find(m->c, CHECK_STAMPER_USAGE, m->label, m->name);
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

/* All certificates that may lead from the signer's to an anchor. */
static STACK_OF(X509) *candidates(const struct cms *m, const struct proofs *p)
{
    STACK_OF(X509) *all = sk_X509_dup(m->certs ? m->certs : p->certs);
    int i;

    for (i = 0; m->certs && i < sk_X509_num(p->certs); i++)
        sk_X509_push(all, sk_X509_value(p->certs, i));
    return all;
}

/* An anchor that is no root ends a chain too: whom the caller names, is trusted. */
static void check_chain(struct cms *m, const struct proofs *p, STACK_OF(X509) *all, time_t at)
{
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    X509_VERIFY_PARAM *param;

    check_ask(m->c);
    if (!ctx || X509_STORE_CTX_init(ctx, p->anchors, m->cert, all) != 1)
        goto done;
    param = X509_STORE_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(param, at);
    m->trusted = X509_verify_cert(ctx) == 1;
    if (m->trusted)
        m->chain = X509_STORE_CTX_get1_chain(ctx);
    else
        check_find(m->c, CHECK_UNTRUSTED, m->label, m->name,
                   X509_verify_cert_error_string(X509_STORE_CTX_get_error(ctx)));
done:
    X509_STORE_CTX_free(ctx);
}

static X509 *issuer_among(const STACK_OF(X509) *certs, X509 *cert)
{
    int i;

    for (i = 0; i < sk_X509_num(certs); i++)
        if (X509_check_issued(sk_X509_value(certs, i), cert) == X509_V_OK &&
            X509_verify(cert, X509_get0_pubkey(sk_X509_value(certs, i))) == 1)
            return sk_X509_value(certs, i);
    return NULL;
}

/* A certificate beside the chain is signed by somebody at hand, so that no byte of one is free. Of
 * those above an anchor that is no root that cannot be asked. */
static void check_others(struct cms *m, const struct proofs *p, const STACK_OF(X509) *all)
{
    STACK_OF(X509) *anchors = X509_STORE_get1_all_certs(p->anchors);
    X509 *last = sk_X509_value(m->chain, sk_X509_num(m->chain) - 1);
    int i, to_root = last && X509_check_issued(last, last) == X509_V_OK;

    check_ask(m->c);
    for (i = 0; to_root && i < sk_X509_num(m->certs); i++) {
        X509 *cert = sk_X509_value(m->certs, i);

        if (!issuer_among(all, cert) && !issuer_among(anchors, cert))
            check_find(m->c, CHECK_CMS, m->label, "it brings a certificate that nobody vouches for");
    }
    sk_X509_pop_free(anchors, X509_free);
}

/* ---- revocation ------------------------------------------------------------------------------ */

/* One certificate of a chain, and the moment at which it must not have been revoked. */
struct question {
    X509 *cert, *issuer;
    const STACK_OF(X509) *all;
    time_t at;
    time_t revoked; /* when it was */
};

/* Whether what was told from BEGIN to NEXT (may be NULL) tells about AT. */
static int is_timely(const ASN1_TIME *begin, const ASN1_TIME *next, time_t at)
{
    return ASN1_TIME_cmp_time_t(begin, at) >= 0 ||
           (next ? ASN1_TIME_cmp_time_t(next, at) >= 0 : ASN1_TIME_cmp_time_t(begin, at - DAY) >= 0);
}

/* 1: it was revoked at that time, 0: it was not. */
static int was_revoked(struct question *q, const ASN1_TIME *since)
{
    struct tm tm;

    memset(&tm, 0, sizeof tm);
    if (!since || !ASN1_TIME_to_tm(since, &tm))
        return 1;
    q->revoked = timegm(&tm);
    return q->revoked <= q->at;
}

/* 0 good, 1 revoked, -1 tells nothing. Lists for a part of the certificates are not understood. */
static int ask_list(struct question *q, X509_CRL *crl)
{
    X509_REVOKED *entry = NULL;
    int found;

    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(q->issuer)) ||
        X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0 ||
        X509_CRL_get_ext_by_NID(crl, NID_issuing_distribution_point, -1) >= 0 ||
        !X509_CRL_get0_lastUpdate(crl) ||
        !is_timely(X509_CRL_get0_lastUpdate(crl), X509_CRL_get0_nextUpdate(crl), q->at) ||
        X509_CRL_verify(crl, X509_get0_pubkey(q->issuer)) != 1)
        return -1;
    found = X509_CRL_get0_by_cert(crl, &entry, q->cert);
    return found == 1 ? was_revoked(q, X509_REVOKED_get0_revocationDate(entry)) : 0;
}

/* Whether BASIC is signed by the issuer or by whom it delegated, as of when it was made. */
static int is_signed_by_issuer(const struct question *q, OCSP_BASICRESP *basic)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *issuers = sk_X509_dup(q->all);
    X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);
    struct tm tm;
    int ok;

    memset(&tm, 0, sizeof tm);
    X509_STORE_add_cert(store, q->issuer);
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    if (ASN1_TIME_to_tm(OCSP_resp_get0_produced_at(basic), &tm))
        X509_VERIFY_PARAM_set_time(param, timegm(&tm));
    sk_X509_push(issuers, q->issuer);
    ok = OCSP_basic_verify(basic, issuers, store, 0) == 1;
    sk_X509_free(issuers);
    X509_STORE_free(store);
    return ok;
}

static int is_about(const struct question *q, OCSP_SINGLERESP *single)
{
    OCSP_CERTID *id = (OCSP_CERTID *)(uintptr_t)OCSP_SINGLERESP_get0_id(single), *own;
    ASN1_OBJECT *algorithm = NULL;
    const EVP_MD *md;
    int is;

    if (!OCSP_id_get0_info(NULL, &algorithm, NULL, NULL, id))
        return 0;
    md = EVP_get_digestbyobj(algorithm);
    own = md ? OCSP_cert_to_id(md, q->cert, q->issuer) : NULL;
    is = own && !OCSP_id_cmp(own, id);
    OCSP_CERTID_free(own);
    return is;
}

static int ask_response(struct question *q, OCSP_BASICRESP *basic)
{
    int i;

    for (i = 0; i < OCSP_resp_count(basic) && i < RESPONSES_LIMIT; i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);
        ASN1_GENERALIZEDTIME *since = NULL, *begin = NULL, *next = NULL;
        int reason, status = OCSP_single_get0_status(single, &reason, &since, &begin, &next);

        if (!is_about(q, single) || !begin || !is_timely(begin, next, q->at) ||
            !is_signed_by_issuer(q, basic))
            continue;
        if (status == V_OCSP_CERTSTATUS_GOOD)
            return 0;
        if (status == V_OCSP_CERTSTATUS_REVOKED)
            return was_revoked(q, since);
    }
    return -1;
}

/* One witness against it weighs more than all for it. */
static int ask_all(struct cms *m, const struct proofs *p, struct question *q)
{
    STACK_OF(X509_CRL) *own = CMS_get1_crls(m->info);
    int answer = -1, got, i;
    size_t k;

    for (i = 0; answer != 1 && i < sk_X509_CRL_num(p->crls) && !check_work(m->c, 100); i++)
        if ((got = ask_list(q, sk_X509_CRL_value(p->crls, i))) >= 0)
            answer = got;
    for (i = 0; answer != 1 && i < sk_X509_CRL_num(own) && !check_work(m->c, 100); i++)
        if ((got = ask_list(q, sk_X509_CRL_value(own, i))) >= 0)
            answer = got;
    for (k = 0; answer != 1 && k < p->ocsps_n && !check_work(m->c, 100); k++)
        if ((got = ask_response(q, p->ocsps[k])) >= 0)
            answer = got;
    sk_X509_CRL_pop_free(own, X509_CRL_free);
    return answer;
}

static void check_revocation(struct cms *m, const struct proofs *p, const STACK_OF(X509) *all,
                             time_t at)
{
    int i, n = sk_X509_num(m->chain);

    check_ask(m->c);
    m->revoked = n ? 0 : -1;
    for (i = 0; i < n; i++) {
        struct question q = { .cert = sk_X509_value(m->chain, i), .all = all, .at = at };
        char when[21], *name;
        int answer;

        if (i + 1 == n) { /* an anchor; or the end of what is known */
            if (m->trusted < 0 && X509_check_issued(q.cert, q.cert) != X509_V_OK && !m->revoked)
                m->revoked = -1;
            break;
        }
        q.issuer = sk_X509_value(m->chain, i + 1);
        answer = ask_all(m, p, &q);
        if (answer == 1) {
            name = check_common_name(X509_get_subject_name(q.cert));
            isodate_print_moment(q.revoked, when);
            check_find(m->c, CHECK_REVOKED, m->label, name, when);
            free(name);
        }
        if (answer && m->revoked != 1)
            m->revoked = answer;
    }
}

void signer_judge(struct cms *m, const struct proofs *p, time_t at)
{
    STACK_OF(X509) *all;

    m->trusted = m->revoked = -1;
    if (!m->name)
        return; /* reported */
    check_usage(m);
    if (at == PDFCHECK_NO_DATE)
        return;
    check_validity(m, at);
    all = candidates(m, p);
    if (p->anchors) {
        check_chain(m, p, all, at);
        check_others(m, p, all);
    } else {
        m->chain = X509_build_chain(m->cert, all, NULL, 1, NULL, NULL);
    }
    check_revocation(m, p, all, at);
    ERR_clear_error();
    sk_X509_free(all);
}
