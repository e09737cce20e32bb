#include "key.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "common_messages.h"
#include "alloc.h"
#include "isodate.h"
#include "messages.h"
#include "strbuf.h"
#include "token.h"

enum { KEY_FILE_LIMIT = 1 << 20, RSA_LEAST_BITS = 2048, PASSPHRASE_SIZE = 1024 };

const char *seal_openssl_error(char buf[256])
{
    unsigned long code = ERR_get_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;

    strncpy(buf, reason ? reason : "no reason given", 255);
    buf[255] = '\0';
    ERR_clear_error();
    return buf;
}

/* ---- passphrases ----------------------------------------------------------------------------- */

/* What a key file was opened with, and whether it asked for a passphrase at all. */
struct passphrase {
    char text[PASSPHRASE_SIZE];
    int known;        /* TEXT is one */
    int ask;          /* the terminal may be asked */
    int wanted;       /* the file asked for one */
    const char *file; /* for the prompt */
};

static int passphrase_read(struct passphrase *p, const char *path, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    size_t len;
    int result = 0;

    if (strbuf_read_file(&bytes, path, PASSPHRASE_SIZE)) {
        result = diag(d, ENV_CANNOT_READ, path, strerror(errno));
    } else {
        len = strcspn(bytes.buf, "\r\n");
        if (len >= sizeof p->text) {
            result = diag(d, ENV_CANNOT_READ, path, strerror(EFBIG));
        } else {
            memcpy(p->text, bytes.buf, len);
            p->text[len] = '\0';
            p->known = 1;
        }
    }
    OPENSSL_cleanse(bytes.buf, bytes.len);
    strbuf_release(&bytes);
    return result;
}

/* True when P holds a passphrase, asked for at the terminal if that is allowed. */
static int passphrase_get(struct passphrase *p)
{
    char *prompt;

    p->wanted = 1;
    if (!p->known && p->ask) {
        prompt = xasprintf("passphrase of '%s': ", p->file);
        p->known = !EVP_read_pw_string(p->text, sizeof p->text, prompt, 0);
        ERR_clear_error();
        free(prompt);
        p->ask = 0;
    }
    return p->known;
}

/* The PIN of a token, as token_pin wants it. */
static const char *get_pin(void *arg, struct diag *d)
{
    struct passphrase *p = arg;

    if (passphrase_get(p))
        return p->text;
    diag(d, SEAL_LOCKED, p->file);
    return NULL;
}

static int on_passphrase(char *buf, int size, int writing, void *arg)
{
    struct passphrase *p = arg;
    size_t len;

    (void)writing;
    if (!passphrase_get(p))
        return -1;
    len = strlen(p->text);
    if (len > (size_t)size)
        return -1;
    memcpy(buf, p->text, len);
    return (int)len;
}

/* ---- reading files --------------------------------------------------------------------------- */

/* Everything found in the files given: a heap of certificates beside at most one key. */
struct found {
    EVP_PKEY *pkey;
    X509 *cert;            /* the seal's own */
    struct token *token;   /* has the key, if it is not NULL */
    STACK_OF(X509) *pool;  /* all others */
};

static int read_file(const char *path, struct strbuf *bytes, struct diag *d)
{
    if (strbuf_read_file(bytes, path, KEY_FILE_LIMIT))
        return diag(d, ENV_CANNOT_READ, path, strerror(errno));
    return 0;
}

static int report_locked(const struct passphrase *p, const char *path, struct diag *d)
{
    ERR_clear_error();
    return p->known ? diag(d, SEAL_WRONG_PASSPHRASE, path) : diag(d, SEAL_LOCKED, path);
}

/* Adds every certificate of the PEM text BYTES to POOL. Returns how many. */
static int read_pem_certs(const struct strbuf *bytes, STACK_OF(X509) *pool)
{
    BIO *bio = BIO_new_mem_buf(bytes->buf, (int)bytes->len);
    X509 *cert;
    int n = 0;

    while (bio && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
        sk_X509_push(pool, cert);
        n++;
    }
    ERR_clear_error();
    BIO_free(bio);
    return n;
}

static int read_pem_key(const struct strbuf *bytes, const char *path, struct passphrase *p,
                        struct found *f, struct diag *d)
{
    BIO *bio = BIO_new_mem_buf(bytes->buf, (int)bytes->len);

    f->pkey = bio ? PEM_read_bio_PrivateKey(bio, NULL, on_passphrase, p) : NULL;
    BIO_free(bio);
    if (!f->pkey)
        return p->wanted ? report_locked(p, path, d) : diag(d, SEAL_NO_KEY, path);
    read_pem_certs(bytes, f->pool);
    return 0;
}

static int read_pkcs12(PKCS12 *p12, const char *path, struct passphrase *p, struct found *f,
                       struct diag *d)
{
    STACK_OF(X509) *others = NULL;
    const char *pass = NULL;
    char reason[256];

    /* A file without passphrase has been protected with none or with an empty one. */
    if (PKCS12_verify_mac(p12, "", 0))
        pass = "";
    else if (!PKCS12_verify_mac(p12, NULL, 0)) {
        if (!passphrase_get(p) || !PKCS12_verify_mac(p12, p->text, -1))
            return report_locked(p, path, d);
        pass = p->text;
    }
    if (!PKCS12_parse(p12, pass, &f->pkey, &f->cert, &others))
        return diag(d, SEAL_OLD_PKCS12, path, seal_openssl_error(reason));
    while (sk_X509_num(others) > 0)
        sk_X509_push(f->pool, sk_X509_shift(others));
    sk_X509_free(others);
    ERR_clear_error();
    return f->pkey ? 0 : diag(d, SEAL_NO_KEY, path);
}

static int read_key_file(const char *path, struct passphrase *p, struct found *f, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    const unsigned char *der;
    PKCS12 *p12 = NULL;
    char reason[256];
    int result = -1;

    if (read_file(path, &bytes, d))
        goto done;
    if (strstr(bytes.buf, "-----BEGIN ")) {
        result = read_pem_key(&bytes, path, p, f, d);
        goto done;
    }
    der = (const unsigned char *)bytes.buf;
    p12 = d2i_PKCS12(NULL, &der, (long)bytes.len);
    if (p12)
        result = read_pkcs12(p12, path, p, f, d);
    else
        result = diag(d, SEAL_NOT_A_KEY_FILE, path, seal_openssl_error(reason));
done:
    PKCS12_free(p12);
    OPENSSL_cleanse(bytes.buf, bytes.len);
    strbuf_release(&bytes);
    return result;
}

int seal_read_certs(const char *path, STACK_OF(X509) *pool, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    int result = read_file(path, &bytes, d);

    if (!result && !read_pem_certs(&bytes, pool))
        result = diag(d, SEAL_NO_CERT, path);
    strbuf_release(&bytes);
    return result;
}

/* ---- the certificate and its chain ----------------------------------------------------------- */

char *seal_common_name(const X509 *cert)
{
    const X509_NAME *subject = X509_get_subject_name(cert);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *utf8 = NULL;
    char *name = NULL, line[256];

    if (at >= 0 && ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(
                                                  X509_NAME_get_entry(subject, at))) >= 0)
        name = xstrdup((char *)utf8);
    OPENSSL_free(utf8);
    if (!name)
        name = xstrdup(X509_NAME_oneline(subject, line, sizeof line) ? line : "?");
    ERR_clear_error();
    return name;
}

/* Moves the certificate that belongs to the key out of the pool. */
static void find_cert(struct found *f)
{
    int i;

    for (i = 0; !f->cert && i < sk_X509_num(f->pool); i++)
        if (X509_check_private_key(sk_X509_value(f->pool, i), f->pkey))
            f->cert = sk_X509_delete(f->pool, i);
    ERR_clear_error();
}

static int is_self_signed(const X509 *cert)
{
    return !X509_NAME_cmp(X509_get_subject_name(cert), X509_get_issuer_name(cert));
}

int seal_issued(X509 *issuer, X509 *cert)
{
    int fits = X509_check_issued(issuer, cert) == X509_V_OK &&
               X509_verify(cert, X509_get0_pubkey(issuer)) == 1;

    ERR_clear_error();
    return fits;
}

/* Orders the issuers of the seal's certificate out of the pool, and says which do not belong. */
static void build_chain(struct seal_key *key, struct found *f, const char *path, struct diag *d)
{
    X509 *last = key->cert;
    int i, grew = 1;

    while (grew && !is_self_signed(last)) {
        for (grew = 0, i = 0; !grew && i < sk_X509_num(f->pool); i++) {
            if (!seal_issued(sk_X509_value(f->pool, i), last))
                continue;
            last = sk_X509_delete(f->pool, i);
            sk_X509_push(key->chain, last);
            grew = 1;
        }
    }
    if (sk_X509_num(key->chain) && is_self_signed(last))
        key->root = sk_X509_pop(key->chain);
    /* What else lies in a token is none of this key's business. */
    for (i = 0; !key->token && i < sk_X509_num(f->pool); i++) {
        char *name = seal_common_name(sk_X509_value(f->pool, i));

        if (X509_cmp(sk_X509_value(f->pool, i), key->cert))
            diag(d, SEAL_STRAY_CHAIN, name, path);
        free(name);
    }
}

/* What documents are signed with, or mail by the habit of older profiles. */
static int names_documents(const EXTENDED_KEY_USAGE *usage)
{
    static const char *const good[] = { "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5",
                                        "1.3.6.1.4.1.311.10.3.12", "1.3.6.1.5.5.7.3.4",
                                        "2.5.29.37.0" };
    char oid[80];
    size_t k;
    int i;

    for (i = 0; i < sk_ASN1_OBJECT_num(usage); i++) {
        OBJ_obj2txt(oid, sizeof oid, sk_ASN1_OBJECT_value(usage, i), 1);
        for (k = 0; k < sizeof good / sizeof *good; k++)
            if (!strcmp(oid, good[k]))
                return 1;
    }
    return 0;
}

/* Whether the certificate says that its key may seal (RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.12). */
static int check_cert(const struct seal_key *key, struct diag *d)
{
    uint32_t flags = X509_get_extension_flags(key->cert);
    EXTENDED_KEY_USAGE *extended;
    int result = 0;

    if (flags & EXFLAG_CRITICAL)
        result = diag(d, SEAL_CRITICAL, key->name);
    if (flags & EXFLAG_CA)
        result = diag(d, SEAL_IS_CA, key->name);
    if (!(flags & EXFLAG_KUSAGE))
        diag(d, SEAL_NO_USAGE, key->name);
    else if (!(X509_get_key_usage(key->cert) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
        result = diag(d, SEAL_USAGE, key->name);
    extended = X509_get_ext_d2i(key->cert, NID_ext_key_usage, NULL, NULL);
    if (extended && !names_documents(extended))
        diag(d, SEAL_EXTENDED_USAGE, key->name);
    sk_ASN1_OBJECT_pop_free(extended, ASN1_OBJECT_free);
    ERR_clear_error();
    return result;
}

static int valid_at(const X509 *cert, time_t moment, struct diag *d)
{
    const ASN1_TIME *begin = X509_get0_notBefore(cert), *end = X509_get0_notAfter(cert);
    const ASN1_TIME *bad = NULL;
    char *name, limit[21], when[21];
    struct tm tm;
    int early = ASN1_TIME_cmp_time_t(begin, moment) > 0;

    if (early)
        bad = begin;
    else if (ASN1_TIME_cmp_time_t(end, moment) < 0)
        bad = end;
    if (!bad)
        return 0;
    name = seal_common_name(cert);
    memset(&tm, 0, sizeof tm);
    if (ASN1_TIME_to_tm(bad, &tm))
        isodate_print_moment(timegm(&tm), limit);
    else
        strcpy(limit, "an unreadable date");
    isodate_print_moment(moment, when);
    if (early)
        diag(d, SEAL_NOT_YET, name, limit, when);
    else
        diag(d, SEAL_EXPIRED, name, limit, when);
    free(name);
    return -1;
}

int seal_key_valid_at(const struct seal_key *key, time_t moment, struct diag *d)
{
    int i, result = valid_at(key->cert, moment, d);

    for (i = 0; i < sk_X509_num(key->chain); i++)
        if (valid_at(sk_X509_value(key->chain, i), moment, d))
            result = -1;
    return result;
}

/* ---- the algorithm --------------------------------------------------------------------------- */

/* The digest for the key: as strong as the curve; what an RSA-PSS key prescribes; else SHA-256. */
static int choose_digest(struct seal_key *key, const char *path, struct diag *d)
{
    char group[80] = "";
    int nid = NID_undef, bits = EVP_PKEY_get_bits(key->pkey);

    key->md = EVP_sha256();
    if (EVP_PKEY_is_a(key->pkey, "RSA") || EVP_PKEY_is_a(key->pkey, "RSA-PSS")) {
        if (EVP_PKEY_is_a(key->pkey, "RSA-PSS")) {
            key->pss = 1;
            if (EVP_PKEY_get_default_digest_nid(key->pkey, &nid) == 2)
                key->md = EVP_get_digestbynid(nid);
        }
        return bits < RSA_LEAST_BITS ? diag(d, SEAL_WEAK, bits) : 0;
    }
    if (key->pss)
        return diag(d, SEAL_PSS_EC, path, EVP_PKEY_get0_type_name(key->pkey));
    if (EVP_PKEY_is_a(key->pkey, "EC")) {
        EVP_PKEY_get_group_name(key->pkey, group, sizeof group, NULL);
        if (!strcmp(group, "secp384r1"))
            key->md = EVP_sha384();
        if (!strcmp(group, "prime256v1") || !strcmp(group, "secp384r1"))
            return 0;
    }
    return diag(d, SEAL_ALGORITHM, *group ? group : EVP_PKEY_get0_type_name(key->pkey));
}

/* A context ready to sign with KEY, or NULL. */
static EVP_MD_CTX *signing_context(const struct seal_key *key, EVP_PKEY_CTX **pctx)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx && EVP_DigestSignInit(ctx, pctx, key->md, NULL, key->pkey) == 1 &&
        (!key->pss || (EVP_PKEY_CTX_set_rsa_padding(*pctx, RSA_PKCS1_PSS_PADDING) == 1 &&
                       EVP_PKEY_CTX_set_rsa_pss_saltlen(*pctx, RSA_PSS_SALTLEN_DIGEST) == 1)))
        return ctx;
    EVP_MD_CTX_free(ctx);
    return NULL;
}

static unsigned char *sign_with_pkey(const struct seal_key *key, const unsigned char *tbs, size_t n,
                                     size_t *len, struct diag *d)
{
    EVP_PKEY_CTX *pctx = NULL;
    EVP_MD_CTX *ctx = signing_context(key, &pctx);
    unsigned char *signature = OPENSSL_malloc(key->max_signature);
    char reason[256];

    *len = key->max_signature;
    if (!ctx || !signature || EVP_DigestSign(ctx, signature, len, tbs, n) != 1) {
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
        OPENSSL_free(signature);
        signature = NULL;
    }
    EVP_MD_CTX_free(ctx);
    return signature;
}

static unsigned char *sign_with_token(const struct seal_key *key, const unsigned char *tbs,
                                      size_t n, size_t *len, struct diag *d)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    char reason[256];

    if (EVP_Digest(tbs, n, digest, NULL, key->md, NULL) != 1) {
        diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
        return NULL;
    }
    return token_sign(key->token, key->md, key->pss, digest, len, d);
}

/* A token does not tell whether its key belongs to the certificate; a signature does. */
static int check_token(const struct seal_key *key, const char *label, struct diag *d)
{
    static const unsigned char probe[] = "certpress";
    EVP_PKEY_CTX *pctx = NULL;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t len = 0;
    unsigned char *signature = key->sign(key, probe, sizeof probe, &len, d);
    int ok = 0;

    if (signature && ctx && EVP_DigestVerifyInit(ctx, &pctx, key->md, NULL, key->pkey) == 1 &&
        (!key->pss || EVP_PKEY_CTX_set_rsa_padding(pctx, RSA_PKCS1_PSS_PADDING) == 1))
        ok = EVP_DigestVerify(ctx, signature, len, probe, sizeof probe) == 1;
    if (signature && !ok)
        diag(d, SEAL_MISMATCH, label, key->name);
    ERR_clear_error();
    EVP_MD_CTX_free(ctx);
    OPENSSL_free(signature);
    return ok ? 0 : -1;
}

/* Asks OpenSSL how it writes the algorithm down; that has the parameters of RSA-PSS right. */
static int find_algorithm(struct seal_key *key, struct diag *d)
{
    unsigned char der[256];
    OSSL_PARAM params[2] = {
        OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_ALGORITHM_ID, der, sizeof der),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *pctx = NULL;
    EVP_MD_CTX *ctx = signing_context(key, &pctx);
    char reason[256];
    int result = 0;

    if (!ctx || EVP_PKEY_CTX_get_params(pctx, params) != 1 || !params[0].return_size ||
        params[0].return_size > sizeof der) {
        result = diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
    } else {
        key->algorithm_len = params[0].return_size;
        key->algorithm = xmalloc(key->algorithm_len);
        memcpy(key->algorithm, der, key->algorithm_len);
        key->max_signature = (size_t)EVP_PKEY_get_size(key->pkey);
    }
    EVP_MD_CTX_free(ctx);
    return result;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Reads the files into F. A certificate given with --cert is the seal's: the first in its file. */
static int gather(const struct seal_key_source *source, struct passphrase *p, struct found *f,
                  struct diag *d)
{
    struct token_source token = { source->module, source->token, source->key };
    struct token_pin pin = { get_pin, p };

    if (source->module) {
        f->token = token_open(&token, &pin, &f->cert, f->pool, d);
        if (!f->token)
            return -1;
    } else if (read_key_file(source->key, p, f, d)) {
        return -1;
    }
    if (source->cert) {
        STACK_OF(X509) *given = sk_X509_new_null();

        if (seal_read_certs(source->cert, given, d)) {
            sk_X509_free(given);
            return -1;
        }
        if (f->cert)
            sk_X509_push(f->pool, f->cert);
        f->cert = sk_X509_shift(given);
        while (sk_X509_num(given) > 0)
            sk_X509_push(f->pool, sk_X509_shift(given));
        sk_X509_free(given);
    }
    if (f->token && f->cert)
        f->pkey = X509_get_pubkey(f->cert);
    else if (f->pkey)
        find_cert(f);
    if (!f->cert)
        return sk_X509_num(f->pool) && !f->token
                   ? diag(d, SEAL_MISMATCH, source->key, source->key)
                   : diag(d, SEAL_NO_CERT, source->key);
    return source->chain ? seal_read_certs(source->chain, f->pool, d) : 0;
}

static int assemble(struct seal_key *key, struct found *f, const struct seal_key_source *source,
                    struct diag *d)
{
    int result = 0;

    key->cert = f->cert;
    key->pkey = f->pkey;
    key->token = f->token;
    f->cert = NULL;
    f->pkey = NULL;
    f->token = NULL;
    key->pss = source->pss;
    key->sign = key->token ? sign_with_token : sign_with_pkey;
    key->chain = sk_X509_new_null();
    key->name = seal_common_name(key->cert);
    if (!X509_check_private_key(key->cert, key->pkey))
        result = diag(d, SEAL_MISMATCH, source->key, key->name);
    ERR_clear_error();
    if (check_cert(key, d))
        result = -1;
    if (choose_digest(key, source->key, d) || (!result && find_algorithm(key, d)))
        result = -1;
    if (!result && key->token && check_token(key, source->key, d))
        result = -1;
    build_chain(key, f, source->chain ? source->chain : source->key, d);
    return result;
}

struct seal_key *seal_key_open(const struct seal_key_source *source, struct diag *d)
{
    struct passphrase p = { .ask = source->ask, .file = source->key };
    struct seal_key *key = xcalloc(1, sizeof *key);
    struct found f = { .pool = sk_X509_new_null() };

    if ((source->passphrase_file && passphrase_read(&p, source->passphrase_file, d)) ||
        gather(source, &p, &f, d) || assemble(key, &f, source, d)) {
        seal_key_close(key);
        key = NULL;
    }
    token_close(f.token);
    EVP_PKEY_free(f.pkey);
    X509_free(f.cert);
    sk_X509_pop_free(f.pool, X509_free);
    OPENSSL_cleanse(&p, sizeof p);
    return key;
}

void seal_key_close(struct seal_key *key)
{
    if (!key)
        return;
    token_close(key->token);
    EVP_PKEY_free(key->pkey);
    X509_free(key->cert);
    sk_X509_pop_free(key->chain, X509_free);
    X509_free(key->root);
    free(key->name);
    free(key->algorithm);
    free(key);
}
