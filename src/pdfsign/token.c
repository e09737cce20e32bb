#include "token.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <p11-kit/pkcs11.h>

#include "alloc.h"
#include "messages.h"

enum { SLOTS_LIMIT = 256, OBJECTS_LIMIT = 64, SIGNATURE_LIMIT = 1024, PIN_LIMIT = 256 };

struct token {
    void *library;
    CK_FUNCTION_LIST *f;
    CK_SLOT_ID slot;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    CK_KEY_TYPE type;
    int again;              /* the key wants the PIN for every signature */
    unsigned char id[256];  /* CKA_ID of the key */
    CK_ULONG id_len;
    char *module, *key_label;
    char pin[PIN_LIMIT];    /* "" with a PIN pad */
    int has_pin;
    pid_t process;          /* that logged in */
};

static int failed(const struct token *t, const char *what, CK_RV rv, struct diag *d)
{
    return diag(d, SEAL_TOKEN, t->module, what, (unsigned long)rv);
}

/* ---- the module and its tokens --------------------------------------------------------------- */

static int load(struct token *t, struct diag *d)
{
    CK_RV (*get)(CK_FUNCTION_LIST **);
    CK_RV rv;

    t->library = dlopen(t->module, RTLD_NOW | RTLD_LOCAL);
    if (!t->library)
        return diag(d, SEAL_MODULE, t->module, dlerror());
    *(void **)&get = dlsym(t->library, "C_GetFunctionList");
    if (!get)
        return diag(d, SEAL_MODULE, t->module, "it is no PKCS#11 module");
    rv = get(&t->f);
    return rv == CKR_OK ? 0 : failed(t, "C_GetFunctionList", rv, d);
}

static int initialize(struct token *t, struct diag *d)
{
    CK_C_INITIALIZE_ARGS args = { .flags = CKF_OS_LOCKING_OK };
    CK_RV rv = t->f->C_Initialize(&args);

    return rv == CKR_OK || rv == CKR_CRYPTOKI_ALREADY_INITIALIZED
               ? 0 : failed(t, "C_Initialize", rv, d);
}

/* Whether the padded label of a token is LABEL. */
static int is_label(const unsigned char padded[32], const char *label)
{
    size_t len = strlen(label), i;

    if (len > 32 || memcmp(padded, label, len))
        return 0;
    for (i = len; i < 32; i++)
        if (padded[i] != ' ')
            return 0;
    return 1;
}

static int find_slot(struct token *t, const char *label, CK_TOKEN_INFO *info, struct diag *d)
{
    CK_SLOT_ID slots[SLOTS_LIMIT];
    CK_ULONG n = SLOTS_LIMIT, i;
    CK_RV rv = t->f->C_GetSlotList(CK_TRUE, slots, &n);
    CK_TOKEN_INFO this;
    int found = 0;

    if (rv != CKR_OK)
        return failed(t, "C_GetSlotList", rv, d);
    for (i = 0; i < n; i++) {
        if (t->f->C_GetTokenInfo(slots[i], &this) != CKR_OK ||
            !(this.flags & CKF_TOKEN_INITIALIZED) || (label && !is_label(this.label, label)))
            continue;
        t->slot = slots[i];
        *info = this;
        found++;
    }
    if (!found)
        return diag(d, SEAL_NO_TOKEN, label ? label : "any", t->module);
    return found == 1 ? 0 : diag(d, SEAL_TOKENS, label ? label : "any", t->module);
}

/* Opens a session and logs in. A wrong PIN is tried once: a few more would lock the token. */
static int login(struct token *t, struct diag *d)
{
    CK_UTF8CHAR *pin = *t->pin ? (CK_UTF8CHAR *)t->pin : NULL;
    CK_RV rv = t->f->C_OpenSession(t->slot, CKF_SERIAL_SESSION, NULL, NULL, &t->session);

    if (rv != CKR_OK)
        return failed(t, "C_OpenSession", rv, d);
    t->process = getpid();
    if (!t->has_pin)
        return 0;
    rv = t->f->C_Login(t->session, CKU_USER, pin, pin ? (CK_ULONG)strlen(t->pin) : 0);
    if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN)
        return 0;
    if (rv == CKR_PIN_INCORRECT || rv == CKR_PIN_INVALID || rv == CKR_PIN_LEN_RANGE)
        return diag(d, SEAL_WRONG_PIN, t->module);
    if (rv == CKR_PIN_LOCKED)
        return diag(d, SEAL_PIN_LOCKED, t->module);
    return failed(t, "C_Login", rv, d);
}

/* ---- objects --------------------------------------------------------------------------------- */

static CK_ULONG find(struct token *t, CK_ATTRIBUTE *template, CK_ULONG n, CK_OBJECT_HANDLE *found)
{
    CK_ULONG got = 0;

    if (t->f->C_FindObjectsInit(t->session, template, n) != CKR_OK)
        return 0;
    if (t->f->C_FindObjects(t->session, found, OBJECTS_LIMIT, &got) != CKR_OK)
        got = 0;
    t->f->C_FindObjectsFinal(t->session);
    return got;
}

static int find_key(struct token *t, struct diag *d)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_BBOOL again = CK_FALSE;
    CK_ATTRIBUTE template[2] = {
        { CKA_CLASS, &class, sizeof class },
        { CKA_LABEL, t->key_label, t->key_label ? strlen(t->key_label) : 0 },
    };
    CK_ATTRIBUTE about[2] = {
        { CKA_KEY_TYPE, &t->type, sizeof t->type },
        { CKA_ID, t->id, sizeof t->id },
    };
    CK_ATTRIBUTE always = { CKA_ALWAYS_AUTHENTICATE, &again, sizeof again };
    CK_OBJECT_HANDLE found[OBJECTS_LIMIT];
    CK_ULONG n = find(t, template, t->key_label ? 2 : 1, found);
    CK_RV rv;

    if (!n)
        return diag(d, SEAL_NO_TOKEN_KEY, t->key_label ? t->key_label : "", t->module);
    if (n > 1)
        return diag(d, SEAL_TOKEN_KEYS, t->key_label ? t->key_label : "", t->module);
    t->key = found[0];
    rv = t->f->C_GetAttributeValue(t->session, t->key, about, 2);
    if (rv != CKR_OK)
        return failed(t, "C_GetAttributeValue", rv, d);
    t->id_len = about[1].ulValueLen;
    t->again = t->f->C_GetAttributeValue(t->session, t->key, &always, 1) == CKR_OK && again;
    return 0;
}

static X509 *read_cert(struct token *t, CK_OBJECT_HANDLE object, int *is_own)
{
    unsigned char id[sizeof t->id], *der;
    CK_ATTRIBUTE about[2] = { { CKA_VALUE, NULL, 0 }, { CKA_ID, id, sizeof id } };
    const unsigned char *p;
    X509 *cert = NULL;

    if (t->f->C_GetAttributeValue(t->session, object, &about[0], 1) != CKR_OK ||
        about[0].ulValueLen > 1 << 20)
        return NULL;
    p = der = about[0].pValue = xmalloc(about[0].ulValueLen + 1);
    if (t->f->C_GetAttributeValue(t->session, object, about, 2) == CKR_OK) {
        cert = d2i_X509(NULL, &p, (long)about[0].ulValueLen);
        *is_own = about[1].ulValueLen == t->id_len && !memcmp(id, t->id, t->id_len);
    }
    ERR_clear_error();
    free(der);
    return cert;
}

static void find_certs(struct token *t, X509 **own, STACK_OF(X509) *certs)
{
    CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_ATTRIBUTE template[2] = {
        { CKA_CLASS, &class, sizeof class },
        { CKA_CERTIFICATE_TYPE, &type, sizeof type },
    };
    CK_OBJECT_HANDLE found[OBJECTS_LIMIT];
    CK_ULONG n = find(t, template, 2, found), i;
    int is_own = 0;

    for (i = 0; i < n; i++) {
        X509 *cert = read_cert(t, found[i], &is_own);

        if (cert && is_own && !*own)
            *own = cert;
        else if (cert)
            sk_X509_push(certs, cert);
    }
}

/* ---- opening --------------------------------------------------------------------------------- */

static int ask_pin(struct token *t, const CK_TOKEN_INFO *info, const struct token_pin *pin,
                   struct diag *d)
{
    const char *text;

    t->has_pin = (info->flags & CKF_LOGIN_REQUIRED) != 0;
    if (!t->has_pin || (info->flags & CKF_PROTECTED_AUTHENTICATION_PATH))
        return 0;
    text = pin->get(pin->arg, d);
    if (!text)
        return -1;
    if (strlen(text) >= sizeof t->pin)
        return diag(d, SEAL_WRONG_PIN, t->module);
    strcpy(t->pin, text);
    return 0;
}

struct token *token_open(const struct token_source *source, const struct token_pin *pin,
                         X509 **own, STACK_OF(X509) *certs, struct diag *d)
{
    struct token *t = xcalloc(1, sizeof *t);
    CK_TOKEN_INFO info;

    t->module = xstrdup(source->module);
    t->key_label = source->key ? xstrdup(source->key) : NULL;
    if (!load(t, d) && !initialize(t, d) && !find_slot(t, source->label, &info, d) &&
        !ask_pin(t, &info, pin, d) && !login(t, d) && !find_key(t, d)) {
        find_certs(t, own, certs);
        return t;
    }
    token_close(t);
    return NULL;
}

void token_close(struct token *t)
{
    if (!t)
        return;
    if (t->f && t->process == getpid()) {
        t->f->C_CloseSession(t->session);
        t->f->C_Finalize(NULL);
    }
    /* The library stays loaded: some do not bear to be taken away. */
    OPENSSL_cleanse(t->pin, sizeof t->pin);
    free(t->module);
    free(t->key_label);
    free(t);
}

/* ---- signing --------------------------------------------------------------------------------- */

/* After a fork the session is the parent's; this process needs its own. */
static int ready(struct token *t, struct diag *d)
{
    if (t->process == getpid())
        return 0;
    return initialize(t, d) || login(t, d) || find_key(t, d) ? -1 : 0;
}

/* The DigestInfo of RFC 8017 9.2, which CKM_RSA_PKCS signs; new memory of OpenSSL's, or NULL. */
static unsigned char *digest_info(const EVP_MD *md, const unsigned char *digest, int *len)
{
    X509_SIG *sig = X509_SIG_new();
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *value;
    unsigned char *der = NULL;

    *len = -1;
    if (sig) {
        X509_SIG_getm(sig, &algorithm, &value);
        if (X509_ALGOR_set0(algorithm, OBJ_nid2obj(EVP_MD_get_type(md)), V_ASN1_NULL, NULL) &&
            ASN1_OCTET_STRING_set(value, digest, EVP_MD_get_size(md)))
            *len = i2d_X509_SIG(sig, &der);
    }
    X509_SIG_free(sig);
    return *len > 0 ? der : NULL;
}

/* The two numbers of N bytes in all, as ECDSA-Sig-Value in DER. */
static unsigned char *ecdsa_der(const unsigned char *raw, size_t n, size_t *len)
{
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, (int)(n / 2), NULL), *s = BN_bin2bn(raw + n / 2, (int)(n / 2), NULL);
    unsigned char *der = NULL;
    int got = -1;

    if (sig && r && s && ECDSA_SIG_set0(sig, r, s)) {
        r = s = NULL;
        got = i2d_ECDSA_SIG(sig, &der);
    }
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(sig);
    *len = got > 0 ? (size_t)got : 0;
    return got > 0 ? der : NULL;
}

static CK_RV sign(struct token *t, CK_MECHANISM *mechanism, const unsigned char *data, size_t n,
                  unsigned char *signature, CK_ULONG *len)
{
    CK_RV rv = t->f->C_SignInit(t->session, mechanism, t->key);

    if (rv == CKR_OK && t->again)
        rv = t->f->C_Login(t->session, CKU_CONTEXT_SPECIFIC,
                           *t->pin ? (CK_UTF8CHAR *)t->pin : NULL, (CK_ULONG)strlen(t->pin));
    return rv == CKR_OK ? t->f->C_Sign(t->session, (CK_BYTE *)(uintptr_t)data, (CK_ULONG)n,
                                       signature, len)
                        : rv;
}

/* The hash and mask generation of RSASSA-PSS, which SHA-256, 384 and 512 have. */
static void pss_params(const EVP_MD *md, CK_RSA_PKCS_PSS_PARAMS *p)
{
    int nid = EVP_MD_get_type(md);

    p->hash_alg = nid == NID_sha512 ? CKM_SHA512 : nid == NID_sha384 ? CKM_SHA384 : CKM_SHA256;
    p->mgf = nid == NID_sha512   ? CKG_MGF1_SHA512
             : nid == NID_sha384 ? CKG_MGF1_SHA384 : CKG_MGF1_SHA256;
    p->s_len = (CK_ULONG)EVP_MD_get_size(md);
}

unsigned char *token_sign(struct token *t, const EVP_MD *md, int pss, const unsigned char *digest,
                          size_t *len, struct diag *d)
{
    CK_RSA_PKCS_PSS_PARAMS params;
    CK_MECHANISM mechanism = { CKM_ECDSA, NULL, 0 };
    unsigned char raw[SIGNATURE_LIMIT], *info = NULL, *signature = NULL;
    const unsigned char *data = digest;
    CK_ULONG n = sizeof raw;
    int data_len = EVP_MD_get_size(md);
    CK_RV rv;

    if (ready(t, d))
        return NULL;
    if (t->type == CKK_RSA && pss) {
        pss_params(md, &params);
        mechanism = (CK_MECHANISM){ CKM_RSA_PKCS_PSS, &params, sizeof params };
    } else if (t->type == CKK_RSA) {
        mechanism.mechanism = CKM_RSA_PKCS;
        data = info = digest_info(md, digest, &data_len);
    }
    rv = data ? sign(t, &mechanism, data, (size_t)data_len, raw, &n) : CKR_HOST_MEMORY;
    OPENSSL_free(info);
    if (rv != CKR_OK) {
        failed(t, "C_Sign", rv, d);
        return NULL;
    }
    if (t->type == CKK_EC)
        return ecdsa_der(raw, n, len);
    signature = OPENSSL_memdup(raw, n);
    *len = n;
    return signature;
}
