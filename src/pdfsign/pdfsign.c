#include "pdfsign.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/objects.h>

#include "admit.h"
#include "alloc.h"
#include "cms.h"
#include "common_messages.h"
#include "field.h"
#include "key.h"
#include "longterm.h"
#include "messages.h"
#include "pdf.h"
#include "renew.h"
#include "revocation.h"
#include "sha256.h"
#include "tsa.h"

#define SEAL_FIGURE "seal" /* the figure that a visible seal looks like */

enum {
    TOKEN_SPREAD = 64,        /* what one stamp may be larger than another of the same service */
    UPDATE_ROOM = 64 << 10,   /* more than the revisions mostly take */
};

enum level {
    LEVEL_B,   /* the seal alone */
    LEVEL_T,   /* with a time stamp of a third party */
    LEVEL_LT,  /* with the proof that no certificate was revoked */
    LEVEL_LTA, /* with a time stamp over all of that */
};

struct pdfsign {
    struct seal_key *key;     /* NULL: to renew only */
    const char *reason, *location;
    int certify, visible;
    enum level level;
    struct tsa tsa;
    size_t cms_size, token_size;
    STACK_OF(X509) *issuers;  /* where issuers are looked for; its certificates are its own */
    struct revocation *revocation;
};

/* ---- opening --------------------------------------------------------------------------------- */

static int open_level(struct pdfsign *sign, const struct pdfsign_options *o, struct diag *d)
{
    static const char *const names[] = { "b-b", "b-t", "b-lt", "b-lta" };
    size_t i;

    sign->level = o->key ? LEVEL_B : LEVEL_LTA;
    if (!o->key || !o->level)
        return 0;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcasecmp(o->level, names[i])) {
            sign->level = (enum level)i;
            return 0;
        }
    return diag(d, SEAL_LEVEL, o->level);
}

static int open_key(struct pdfsign *sign, const struct pdfsign_options *o, struct diag *d)
{
    struct seal_key_source source = { o->key, o->cert, o->chain, o->passphrase_file, o->ask,
                                      o->pss, o->module, o->token };

    if (!o->key)
        return 0;
    sign->key = seal_key_open(&source, d);
    if (!sign->key || seal_key_valid_at(sign->key, o->now, d) ||
        !(sign->cms_size = seal_cms_size(sign->key, d)))
        return -1;
    return 0;
}

/* The anchors of PATH: for the time-stamp service, and to be found as issuers. */
static int open_trust(struct pdfsign *sign, const char *path, struct diag *d)
{
    int i, before = sk_X509_num(sign->issuers);

    if (!path)
        return 0;
    if (seal_read_certs(path, sign->issuers, d))
        return -1;
    sign->tsa.trust = X509_STORE_new();
    X509_STORE_set_flags(sign->tsa.trust, X509_V_FLAG_PARTIAL_CHAIN);
    for (i = before; i < sk_X509_num(sign->issuers); i++)
        X509_STORE_add_cert(sign->tsa.trust, sk_X509_value(sign->issuers, i));
    return 0;
}

static int open_tsa(struct pdfsign *sign, const struct pdfsign_options *o, struct diag *d)
{
    static const unsigned char probe[EVP_MAX_MD_SIZE] = { 0 };
    struct strbuf token = STRBUF_INIT;
    ASN1_OBJECT *policy = o->tsa_policy ? OBJ_txt2obj(o->tsa_policy, 1) : NULL;
    int result = 0;

    sign->tsa.url = o->tsa;
    sign->tsa.policy = o->tsa_policy;
    sign->tsa.now = o->now;
    if (o->tsa_policy && !policy)
        result = diag(d, SEAL_POLICY, o->tsa_policy);
    else if (sign->level >= LEVEL_T && !o->tsa)
        result = diag(d, SEAL_NO_TSA);
    else if (sign->level >= LEVEL_T)
        result = tsa_stamp(&sign->tsa, sign->key ? sign->key->md : EVP_sha256(), probe, &token, d);
    sign->token_size = token.len + TOKEN_SPREAD;
    ASN1_OBJECT_free(policy);
    strbuf_release(&token);
    return result;
}

static int open_revocation(struct pdfsign *sign, const struct pdfsign_options *o, struct diag *d)
{
    const struct seal_key *key = sign->key;
    int i;

    if (sign->level < LEVEL_LT)
        return 0;
    if (!key && o->chain && seal_read_certs(o->chain, sign->issuers, d))
        return -1;
    for (i = 0; key && i < sk_X509_num(key->chain); i++)
        X509_add_cert(sign->issuers, sk_X509_value(key->chain, i), X509_ADD_FLAG_UP_REF);
    if (key && key->root)
        X509_add_cert(sign->issuers, key->root, X509_ADD_FLAG_UP_REF);
    sign->revocation = revocation_open(sign->issuers, o->crls.names, o->crls.n, o->ocsps.names,
                                       o->ocsps.n, d);
    return sign->revocation ? 0 : -1;
}

struct pdfsign *pdfsign_open(const struct pdfsign_options *o, struct diag *d)
{
    struct pdfsign *sign = xcalloc(1, sizeof *sign);

    sign->reason = o->reason;
    sign->location = o->location;
    sign->certify = o->certify;
    sign->visible = o->visible;
    sign->issuers = sk_X509_new_null();
    if (!open_level(sign, o, d) && !open_key(sign, o, d) && !open_trust(sign, o->trust, d) &&
        !open_revocation(sign, o, d) && !open_tsa(sign, o, d))
        return sign;
    pdfsign_close(sign);
    return NULL;
}

void pdfsign_close(struct pdfsign *sign)
{
    if (!sign)
        return;
    revocation_close(sign->revocation);
    X509_STORE_free(sign->tsa.trust);
    sk_X509_pop_free(sign->issuers, X509_free);
    seal_key_close(sign->key);
    free(sign);
}

void pdfsign_fingerprint(const struct pdfsign *sign, char hex[65])
{
    unsigned char *der = NULL;
    int len = i2d_X509(sign->key->cert, &der);

    if (len < 0)
        abort(); /* it was read from its DER form; out of memory */
    sha256_hex(der, (size_t)len, hex);
    OPENSSL_free(der);
}

/* ---- the seal's revision --------------------------------------------------------------------- */

/* A document on its way to a seal. */
struct job {
    const struct pdfsign *sign;
    struct pdf *pdf;
    struct strbuf *file; /* what is made of it */
    struct diag_place place;
    struct diag *d;
};

/* Says that nothing but validation data may follow (ISO 32000-1 12.8.2.2; ISO 19005-3 6.4.3 forbids
 * the digest entries). */
static void certify(struct job *j, struct pdf_obj *sig, int number)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *reference = pdf_new_dict(pdf), *params;

    pdf_set_name(pdf, reference, "Type", "SigRef");
    pdf_set_name(pdf, reference, "TransformMethod", "DocMDP");
    params = pdf_need_dict(pdf, reference, "TransformParams");
    pdf_set_name(pdf, params, "Type", "TransformParams");
    pdf_set_name(pdf, params, "V", "1.2");
    pdf_set_int(pdf, params, "P", 1);
    pdf_push(pdf, pdf_need_array(pdf, sig, "Reference"), reference);
    pdf_set_ref(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "Perms"), "DocMDP", number);
}

/* Makes the signature dictionary (ISO 32000-1 12.8.1, EN 319 142-1 clause 5.3 and 6.3). Returns its
 * object number. */
static int add_signature(struct job *j, struct pdf_obj *field, time_t date)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *sig = pdf_new_dict(pdf);
    int number;

    pdf_set_name(pdf, sig, "Type", "Sig");
    pdf_set_name(pdf, sig, "Filter", "Adobe.PPKLite");
    pdf_set_name(pdf, sig, "SubFilter", "ETSI.CAdES.detached");
    pdf_set(pdf, sig, "M", pdf_new_date(pdf, date));
    pdf_set_text(pdf, sig, "Name", j->sign->key->name);
    if (j->sign->reason)
        pdf_set_text(pdf, sig, "Reason", j->sign->reason);
    if (j->sign->location)
        pdf_set_text(pdf, sig, "Location", j->sign->location);
    number = pdf_add(pdf, sig);
    if (j->sign->certify)
        certify(j, sig, number);
    pdf_set_ref(pdf, field, "V", number);
    /* SignaturesExist and AppendOnly */
    pdf_set_int(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "AcroForm"), "SigFlags", 3);
    return number;
}

/* Signs what the file holds around the hole, and fills it. CMS gets what is in the hole. */
static int fill(struct job *j, const struct pdf_hole *hole, struct strbuf *cms)
{
    const struct pdfsign *sign = j->sign;
    struct strbuf *file = j->file;
    struct seal_digest digest;

    if (seal_digest_around(sign->key, file->buf, file->len, hole->contents_at, hole->contents_len,
                           &digest, j->d) ||
        seal_cms(sign->key, sign->level >= LEVEL_T ? &sign->tsa : NULL, &digest, cms, j->d))
        return -1;
    if (pdf_fill_hole(file, hole, cms->buf, cms->len))
        return diag_at(j->d, &j->place, SEAL_SIZE, cms->len, (hole->contents_len - 2) / 2);
    while (cms->len < (hole->contents_len - 2) / 2)
        strbuf_addch(cms, '\0');
    return 0;
}

/* ---- the revisions after it ------------------------------------------------------------------ */

/* Stores the proof for the signature with these contents. */
static int store_proof(struct job *j, const char *contents, size_t n)
{
    struct evidence e = { 0 };
    struct longterm_proof proof = { &e, contents, n };
    int result = revocation_collect_signature(j->sign->revocation, contents, n, &e, j->d);

    if (!result)
        result = longterm_store(j->pdf, j->file, &proof, j->d);
    evidence_release(&e);
    return result;
}

static int seal(struct job *j, time_t date)
{
    const struct pdfsign *sign = j->sign;
    struct pdf_obj *field = field_for_seal(j->pdf, j->d);
    struct strbuf cms = STRBUF_INIT;
    struct pdf_hole hole;
    size_t size = sign->cms_size + (sign->level >= LEVEL_T ? sign->token_size : 0);
    int number, result = -1;

    if (!field || (sign->visible && field_show(j->pdf, field, SEAL_FIGURE, j->d)))
        return -1;
    number = add_signature(j, field, date);
    if (!longterm_revise(j->pdf, j->file, number, size, &hole, j->d))
        result = fill(j, &hole, &cms);
    if (!result && sign->level >= LEVEL_LT)
        result = store_proof(j, cms.buf, cms.len);
    if (!result && sign->level >= LEVEL_LTA)
        result = longterm_stamp(j->pdf, j->file, &sign->tsa, sign->token_size, j->d);
    strbuf_release(&cms);
    return result;
}

static int renew(struct job *j, time_t date)
{
    struct renew_last last;

    (void)date;
    if (renew_find(j->pdf, &last, j->d) || store_proof(j, last.contents, last.n))
        return -1;
    return longterm_stamp(j->pdf, j->file, &j->sign->tsa, j->sign->token_size, j->d);
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* Lets WORK make a new file of PDF; whatever fails, PDF stays what it was. */
static int change(const struct pdfsign *sign, struct strbuf *pdf, const char *name, time_t date,
                  int (*check)(struct pdf *, struct diag *), int (*work)(struct job *, time_t),
                  struct diag *d)
{
    struct strbuf file = STRBUF_INIT;
    struct job j = { .sign = sign, .file = &file, .place = { .file = name }, .d = d };
    int result = -1;

    j.pdf = pdf_parse(pdf->buf, pdf->len, name, d);
    if (!j.pdf)
        return -1;
    if (!check || !check(j.pdf, d)) {
        strbuf_grow(&file, pdf->len + UPDATE_ROOM); /* one copy, not several */
        strbuf_add(&file, pdf->buf, pdf->len);
        result = work(&j, date);
    }
    pdf_free(j.pdf);
    if (!result) {
        struct strbuf old = *pdf;

        *pdf = file;
        file = old;
    }
    strbuf_release(&file);
    return result;
}

int pdfsign(const struct pdfsign *sign, struct strbuf *pdf, const char *name, time_t date,
            struct diag *d)
{
    if (!sign->key)
        abort(); /* opened to renew only */
    if (seal_key_valid_at(sign->key, date, d))
        return -1;
    return change(sign, pdf, name, date, admit, seal, d);
}

int pdfsign_made(const struct pdfsign *sign, struct pdf *pdf, struct strbuf *file, time_t date,
                 struct diag *d)
{
    struct job j = { .sign = sign, .pdf = pdf, .file = file,
                     .place = { .file = pdf_name_of_file(pdf) }, .d = d };
    size_t before = file->len;
    int result;

    if (!sign->key)
        abort(); /* opened to renew only */
    if (seal_key_valid_at(sign->key, date, d))
        return -1;
    result = seal(&j, date);
    if (result)
        file->len = before;
    return result;
}

int pdfsign_renew(const struct pdfsign *sign, struct strbuf *pdf, const char *name,
                  struct diag *d)
{
    return change(sign, pdf, name, 0, NULL, renew, d);
}
