#include "tsa.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "fetch.h"
#include "isodate.h"
#include "key.h"
#include "messages.h"

/* How far the service's clock may be from the one here when the batch began: a batch takes hours. */
enum { CLOCK_BEHIND = 3600, CLOCK_AHEAD = 2 * 86400, NONCE_BITS = 64 };

static TS_REQ *make_request(const struct tsa *tsa, const EVP_MD *md, const unsigned char *digest)
{
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    ASN1_INTEGER *nonce = ASN1_INTEGER_new();
    ASN1_OBJECT *policy = tsa->policy ? OBJ_txt2obj(tsa->policy, 1) : NULL;
    BIGNUM *random = BN_new();
    int ok = request && imprint && algorithm && nonce && random && (policy || !tsa->policy);

    if (ok) {
        X509_ALGOR_set_md(algorithm, md);
        ok = BN_rand(random, NONCE_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) &&
             BN_to_ASN1_INTEGER(random, nonce) &&
             TS_MSG_IMPRINT_set_algo(imprint, algorithm) &&
             TS_MSG_IMPRINT_set_msg(imprint, (unsigned char *)(uintptr_t)digest,
                                    EVP_MD_get_size(md)) &&
             TS_REQ_set_version(request, 1) && TS_REQ_set_msg_imprint(request, imprint) &&
             TS_REQ_set_nonce(request, nonce) && TS_REQ_set_cert_req(request, 1) &&
             (!policy || TS_REQ_set_policy_id(request, policy));
    }
    BN_free(random);
    ASN1_OBJECT_free(policy);
    ASN1_INTEGER_free(nonce);
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    if (ok)
        return request;
    TS_REQ_free(request);
    return NULL;
}

/* ---- the answer ------------------------------------------------------------------------------ */

static int check_granted(const struct tsa *tsa, TS_RESP *response, struct diag *d)
{
    TS_STATUS_INFO *info = TS_RESP_get_status_info(response);
    const STACK_OF(ASN1_UTF8STRING) *text = TS_STATUS_INFO_get0_text(info);
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
    const ASN1_STRING *first = sk_ASN1_UTF8STRING_num(text) > 0
                                   ? sk_ASN1_UTF8STRING_value(text, 0) : NULL;

    if ((status == 0 || status == 1) && TS_RESP_get_token(response))
        return 0;
    return diag(d, SEAL_TSA_REFUSED, tsa->url, status, first ? ASN1_STRING_length(first) : 0,
                first ? (const char *)ASN1_STRING_get0_data(first) : "");
}

/* The anchors, or, without any, the very certificate that signed: then what is proved is that the
 * signature is of that key, and that its certificate is for time stamps. */
static X509_STORE *anchors(const struct tsa *tsa, PKCS7 *token)
{
    STACK_OF(X509) *signers;
    X509_STORE *store;

    if (tsa->trust) {
        X509_STORE_up_ref(tsa->trust);
        return tsa->trust;
    }
    store = X509_STORE_new();
    signers = PKCS7_get0_signers(token, NULL, 0);
    if (store && sk_X509_num(signers) == 1)
        X509_STORE_add_cert(store, sk_X509_value(signers, 0));
    if (store)
        X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    sk_X509_free(signers);
    return store;
}

static int check_answer(const struct tsa *tsa, TS_REQ *request, TS_RESP *response, struct diag *d)
{
    TS_VERIFY_CTX *ctx = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    char reason[256];
    int ok = 0;

    if (ctx) {
        TS_VERIFY_CTX_add_flags(ctx, TS_VFY_SIGNATURE);
        TS_VERIFY_CTX_set_store(ctx, anchors(tsa, TS_RESP_get_token(response)));
        ok = TS_RESP_verify_response(ctx, response) == 1;
    }
    TS_VERIFY_CTX_free(ctx);
    return ok ? 0 : diag(d, SEAL_TSA_LIES, tsa->url, seal_openssl_error(reason));
}

static int check_time(const struct tsa *tsa, TS_RESP *response, struct diag *d)
{
    const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(TS_RESP_get_tst_info(response));
    char told[21], here[21];
    struct tm tm;
    time_t moment;

    memset(&tm, 0, sizeof tm);
    if (!time || !ASN1_TIME_to_tm(time, &tm))
        return diag(d, SEAL_TSA_LIES, tsa->url, "it tells no time");
    moment = timegm(&tm);
    if (moment >= tsa->now - CLOCK_BEHIND && moment <= tsa->now + CLOCK_AHEAD)
        return 0;
    isodate_print_moment(moment, told);
    isodate_print_moment(tsa->now, here);
    return diag(d, SEAL_TSA_TIME, tsa->url, told, here);
}

static int take_token(TS_RESP *response, struct strbuf *token)
{
    unsigned char *der = NULL;
    int n = i2d_PKCS7(TS_RESP_get_token(response), &der);

    if (n <= 0)
        return -1;
    strbuf_add(token, der, (size_t)n);
    OPENSSL_free(der);
    return 0;
}

int tsa_stamp(const struct tsa *tsa, const EVP_MD *md, const unsigned char *digest,
              struct strbuf *token, struct diag *d)
{
    TS_REQ *request = make_request(tsa, md, digest);
    TS_RESP *response = NULL;
    struct strbuf answer = STRBUF_INIT;
    const unsigned char *p;
    unsigned char *der = NULL;
    char why[256];
    int n = request ? i2d_TS_REQ(request, &der) : -1, result = -1;

    if (n <= 0) {
        diag(d, SEAL_CRYPTO, seal_openssl_error(why));
        goto done;
    }
    if (fetch(tsa->url, "application/timestamp-query", der, (size_t)n,
              "application/timestamp-reply", &answer, why)) {
        diag(d, SEAL_TSA_SILENT, tsa->url, why);
        goto done;
    }
    p = (const unsigned char *)answer.buf;
    response = d2i_TS_RESP(NULL, &p, (long)answer.len);
    if (!response)
        diag(d, SEAL_TSA_LIES, tsa->url, seal_openssl_error(why));
    else if (!check_granted(tsa, response, d) && !check_answer(tsa, request, response, d) &&
             !check_time(tsa, response, d))
        result = take_token(response, token);
done:
    ERR_clear_error();
    OPENSSL_free(der);
    TS_RESP_free(response);
    TS_REQ_free(request);
    strbuf_release(&answer);
    return result;
}
