#include "longterm.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "alloc.h"
#include "field.h"
#include "key.h"
#include "messages.h"

int longterm_revise(struct pdf *pdf, struct strbuf *file, int signature, size_t size,
                    struct pdf_hole *hole, struct diag *d)
{
    struct pdf_append_options options = { .signature = signature, .contents_size = size };
    struct strbuf update = STRBUF_INIT;
    int result = pdf_append(pdf, &options, &update, hole, d);

    if (!result) {
        strbuf_add(file, update.buf, update.len);
        pdf_advance(pdf, file->buf, file->len);
    }
    strbuf_release(&update);
    return result;
}

/* ---- the security store ---------------------------------------------------------------------- */

/* The dictionary at KEY of DICT, an object of its own. */
static struct pdf_obj *need_object(struct pdf *pdf, struct pdf_obj *dict, const char *key)
{
    struct pdf_obj *value = pdf_get(pdf, dict, key);

    if (pdf_kind(value) != PDF_DICT) {
        value = pdf_new_dict(pdf);
        pdf_set_ref(pdf, dict, key, pdf_add(pdf, value));
    }
    return value;
}

/* The number of a stream in ARRAY that holds DER, or 0. */
static int find_stream(struct pdf *pdf, const struct pdf_obj *array, const struct strbuf *der,
                       struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    int number = 0;
    size_t i;

    for (i = 0; !number && i < pdf_len(array); i++) {
        const struct pdf_obj *stream = pdf_at(pdf, array, i);

        strbuf_clear(&bytes);
        if (pdf_kind(stream) == PDF_STREAM && !pdf_stream_data(pdf, stream, &bytes, d) &&
            bytes.len == der->len && !memcmp(bytes.buf, der->buf, der->len))
            number = pdf_owner(stream);
    }
    strbuf_release(&bytes);
    return number;
}

/* Puts ITEMS into the store's array ALL_KEY, and references to them into the proof's KEY. */
static void store_items(struct pdf *pdf, struct pdf_obj *store, const char *all_key,
                        struct pdf_obj *vri, const char *key, const struct evidence_item *items,
                        size_t n, struct diag *d)
{
    struct pdf_obj *all, *stream;
    int number;
    size_t i;

    if (!n)
        return;
    all = pdf_need_array(pdf, store, all_key);
    for (i = 0; i < n; i++) {
        number = find_stream(pdf, all, &items[i].der, d);
        if (!number) {
            stream = pdf_new_stream(pdf);
            pdf_stream_set(pdf, stream, items[i].der.buf, items[i].der.len, PDF_LEVEL);
            number = pdf_add(pdf, stream);
            pdf_push_ref(pdf, all, number);
        }
        pdf_push_ref(pdf, pdf_need_array(pdf, vri, key), number);
    }
}

/* The key of a proof: the SHA-1 of the signature (ISO 32000-2 12.8.4.4), a name, not a protection. */
static void proof_name(const struct longterm_proof *proof, char name[2 * SHA_DIGEST_LENGTH + 1])
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char digest[SHA_DIGEST_LENGTH];
    size_t i;

    SHA1((const unsigned char *)proof->contents, proof->n, digest);
    for (i = 0; i < sizeof digest; i++) {
        name[2 * i] = digits[digest[i] >> 4];
        name[2 * i + 1] = digits[digest[i] & 15];
    }
    name[2 * i] = '\0';
}

/* Says that the document goes beyond PDF 1.7 (EN 319 142-1 5.4.1, 5.5). */
static void declare_extension(struct pdf *pdf)
{
    struct pdf_obj *extensions = pdf_need_dict(pdf, pdf_catalog(pdf), "Extensions");
    struct pdf_obj *esic = pdf_need_dict(pdf, extensions, "ESIC");

    pdf_set_name(pdf, esic, "BaseVersion", "1.7");
    pdf_set_int(pdf, esic, "ExtensionLevel", 5);
}

int longterm_store(struct pdf *pdf, struct strbuf *file, const struct longterm_proof *proof,
                   struct diag *d)
{
    struct pdf_obj *store = need_object(pdf, pdf_catalog(pdf), "DSS");
    struct pdf_obj *vri = pdf_new_dict(pdf);
    const struct evidence *e = proof->e;
    char name[2 * SHA_DIGEST_LENGTH + 1];

    store_items(pdf, store, "Certs", vri, "Cert", e->certs, e->certs_n, d);
    store_items(pdf, store, "CRLs", vri, "CRL", e->crls, e->crls_n, d);
    store_items(pdf, store, "OCSPs", vri, "OCSP", e->ocsps, e->ocsps_n, d);
    proof_name(proof, name);
    pdf_set_ref(pdf, need_object(pdf, store, "VRI"), name, pdf_add(pdf, vri));
    declare_extension(pdf);
    return longterm_revise(pdf, file, 0, 0, NULL, d);
}

/* ---- document time stamps -------------------------------------------------------------------- */

static int digest_around(const struct strbuf *file, const struct pdf_hole *hole, const EVP_MD *md,
                         unsigned char digest[EVP_MAX_MD_SIZE], struct diag *d)
{
    size_t after = hole->contents_at + hole->contents_len;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    char reason[256];
    int ok = ctx && EVP_DigestInit_ex(ctx, md, NULL) &&
             EVP_DigestUpdate(ctx, file->buf, hole->contents_at) &&
             EVP_DigestUpdate(ctx, file->buf + after, file->len - after) &&
             EVP_DigestFinal_ex(ctx, digest, NULL);

    EVP_MD_CTX_free(ctx);
    return ok ? 0 : diag(d, SEAL_CRYPTO, seal_openssl_error(reason));
}

int longterm_stamp(struct pdf *pdf, struct strbuf *file, const struct tsa *tsa, size_t size,
                   struct diag *d)
{
    struct diag_place place = { .file = pdf_name_of_file(pdf) };
    struct pdf_obj *field = field_for_stamp(pdf, d), *stamp;
    unsigned char digest[EVP_MAX_MD_SIZE];
    struct strbuf der = STRBUF_INIT;
    struct pdf_hole hole;
    int number, result = -1;

    if (!field)
        return -1;
    stamp = pdf_new_dict(pdf);
    pdf_set_name(pdf, stamp, "Type", "DocTimeStamp");
    pdf_set_name(pdf, stamp, "Filter", "Adobe.PPKLite");
    pdf_set_name(pdf, stamp, "SubFilter", "ETSI.RFC3161");
    number = pdf_add(pdf, stamp);
    pdf_set_ref(pdf, field, "V", number);
    declare_extension(pdf);
    if (longterm_revise(pdf, file, number, size, &hole, d) ||
        digest_around(file, &hole, EVP_sha256(), digest, d) ||
        tsa_stamp(tsa, EVP_sha256(), digest, &der, d))
        goto done;
    if (pdf_fill_hole(file, &hole, der.buf, der.len))
        diag_at(d, &place, SEAL_SIZE, der.len, size);
    else
        result = 0;
done:
    strbuf_release(&der);
    return result;
}
