#include "pdfsign.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "cms.h"
#include "key.h"
#include "messages.h"
#include "pdf.h"
#include "sha256.h"
#include "xmlx.h"
#include "xmp.h"

#define PDFAID_NS "http://www.aiim.org/pdfa/ns/id/"
#define XMP_NS "urn:certpress:xmp:"
#define CERT_NS "urn:certpress:cert"

struct pdfsign {
    struct seal_key *key;
    const char *reason, *location;
    size_t cms_size;
};

struct pdfsign *pdfsign_open(const struct pdfsign_options *o, struct diag *d)
{
    struct seal_key_source source = { o->key, o->cert, o->chain, o->passphrase_file, o->ask,
                                      o->pss };
    struct pdfsign *sign = xcalloc(1, sizeof *sign);

    sign->key = seal_key_open(&source, d);
    sign->reason = o->reason;
    sign->location = o->location;
    if (!sign->key || seal_key_valid_at(sign->key, o->now, d) ||
        !(sign->cms_size = seal_cms_size(sign->key, d))) {
        pdfsign_close(sign);
        return NULL;
    }
    return sign;
}

void pdfsign_close(struct pdfsign *sign)
{
    if (!sign)
        return;
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

/* ---- may it be sealed? ----------------------------------------------------------------------- */

/* A document on its way to a seal. */
struct job {
    const struct pdfsign *sign;
    struct pdf *pdf;
    struct diag_place place;
    struct diag *d;
};

static xmlDoc *parse_stream(struct job *j, const struct pdf_obj *stream)
{
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *doc = NULL;

    if (!pdf_stream_data(j->pdf, stream, &bytes, j->d))
        doc = xmlx_parse(bytes.buf, bytes.len, j->place.file, j->d);
    strbuf_release(&bytes);
    return doc;
}

static int check_metadata(struct job *j)
{
    struct pdf_obj *stream = pdf_get(j->pdf, pdf_catalog(j->pdf), "Metadata");
    xmlDoc *xmp;
    char *part, *status;
    int result = 0;

    if (pdf_kind(stream) != PDF_STREAM)
        return diag_at(j->d, &j->place, SEAL_NOT_ARCHIVE);
    xmp = parse_stream(j, stream);
    if (!xmp)
        return -1;
    part = xmp_get(xmp, PDFAID_NS, "part");
    status = xmp_get(xmp, XMP_NS, "Status");
    if (!part || strcmp(part, "3"))
        result = diag_at(j->d, &j->place, SEAL_NOT_ARCHIVE);
    if (status && strcmp(status, "issued"))
        result = diag_at(j->d, &j->place, SEAL_SPECIMEN);
    free(part);
    free(status);
    xmlFreeDoc(xmp);
    return result;
}

/* The stream of the attachment that the document was printed from, or NULL. */
static struct pdf_obj *source_file(struct job *j)
{
    struct pdf_obj *list = pdf_get(j->pdf, pdf_catalog(j->pdf), "AF"), *spec, *file;
    size_t i;

    for (i = 0; i < pdf_len(list); i++) {
        spec = pdf_at(j->pdf, list, i);
        if (!pdf_is_name(pdf_get(j->pdf, spec, "AFRelationship"), "Source"))
            continue;
        file = pdf_get(j->pdf, pdf_get(j->pdf, spec, "EF"), "F");
        if (pdf_kind(file) == PDF_STREAM)
            return file;
    }
    return NULL;
}

/* The page may have lost its specimen mark; the data it was printed from still tell. */
static int check_data(struct job *j)
{
    struct pdf_obj *stream = source_file(j);
    xmlDoc *cert;
    xmlNode *root;
    int result = 0;

    if (!stream)
        return diag_at(j->d, &j->place, SEAL_DATA);
    cert = parse_stream(j, stream);
    if (!cert)
        return -1;
    root = xmlDocGetRootElement(cert);
    if (!xmlx_is(root, CERT_NS, "certificate"))
        result = diag_at(j->d, &j->place, SEAL_DATA);
    else if (!xmlx_attr(root, "status") || strcmp(xmlx_attr(root, "status"), "issued"))
        result = diag_at(j->d, &j->place, SEAL_SPECIMEN);
    xmlFreeDoc(cert);
    return result;
}

/* Looks through all objects, for a seal that the form does not show is one all the same. */
static int check_unsealed(struct job *j)
{
    struct pdf_obj *catalog = pdf_catalog(j->pdf), *obj;
    int i, sealed = pdf_get(j->pdf, catalog, "DSS") || pdf_get(j->pdf, catalog, "Perms");

    for (i = 1; !sealed && i < pdf_objects(j->pdf); i++) {
        obj = pdf_object(j->pdf, i);
        if (pdf_kind(obj) == PDF_DICT)
            sealed = pdf_get_raw(j->pdf, obj, "ByteRange") ||
                     (pdf_is_name(pdf_get(j->pdf, obj, "FT"), "Sig") && pdf_get(j->pdf, obj, "V"));
    }
    return sealed ? diag_at(j->d, &j->place, SEAL_SEALED) : 0;
}

static int check_document(struct job *j)
{
    int result = check_unsealed(j);

    if (check_metadata(j) || check_data(j))
        result = -1;
    return result;
}

/* ---- the signature field --------------------------------------------------------------------- */

/* The empty signature field that pdf2pdfa left, or NULL. */
static struct pdf_obj *find_field(struct job *j)
{
    struct pdf_obj *form = pdf_get(j->pdf, pdf_catalog(j->pdf), "AcroForm");
    struct pdf_obj *fields = pdf_get(j->pdf, form, "Fields"), *field;
    size_t i;

    for (i = 0; i < pdf_len(fields); i++) {
        field = pdf_at(j->pdf, fields, i);
        if (pdf_is_name(pdf_get(j->pdf, field, "FT"), "Sig"))
            return field;
    }
    return NULL;
}

/* Puts the widget FIELD into the structure tree: a Form element below the tree's first element,
 * which finds it and is found from it (ISO 14289-1 7.18.1, 7.18.4). */
static int tag_field(struct job *j, struct pdf_obj *field, int number)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *tree = pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot");
    struct pdf_obj *top = pdf_get(pdf, tree, "K"), *kids, *form, *object, *nums;
    long long key = pdf_int(pdf_get(pdf, tree, "ParentTreeNextKey"));
    int form_number;

    if (!tree)
        return 0;
    if (pdf_kind(top) == PDF_ARRAY)
        top = pdf_at(pdf, top, 0);
    kids = pdf_get(pdf, top, "K");
    nums = pdf_get(pdf, pdf_get(pdf, tree, "ParentTree"), "Nums");
    if (!pdf_owner(top) || pdf_kind(kids) != PDF_ARRAY || pdf_kind(nums) != PDF_ARRAY || !key)
        return diag_at(j->d, &j->place, SEAL_FIELD,
                       "no field, and the structure tree has no room for one");

    form = pdf_new_dict(pdf);
    object = pdf_new_dict(pdf);
    pdf_set_name(pdf, form, "Type", "StructElem");
    pdf_set_name(pdf, form, "S", "Form");
    pdf_set_ref(pdf, form, "P", pdf_owner(top));
    pdf_set_ref(pdf, form, "Pg", pdf_page_number(pdf, 0));
    pdf_set_name(pdf, object, "Type", "OBJR");
    pdf_set_ref(pdf, object, "Obj", number);
    pdf_set(pdf, form, "K", object);
    form_number = pdf_add(pdf, form);
    pdf_push_ref(pdf, kids, form_number);
    pdf_push_int(pdf, nums, key);
    pdf_push_ref(pdf, nums, form_number);
    pdf_set_int(pdf, field, "StructParent", key);
    pdf_set_int(pdf, tree, "ParentTreeNextKey", key + 1);
    return 0;
}

static struct pdf_obj *add_field(struct job *j)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *field, *rect, *form;
    int i, number;

    if (!pdf_pages(pdf)) {
        diag_at(j->d, &j->place, SEAL_PAGE);
        return NULL;
    }
    field = pdf_new_dict(pdf);
    pdf_set_name(pdf, field, "Type", "Annot");
    pdf_set_name(pdf, field, "Subtype", "Widget");
    pdf_set_name(pdf, field, "FT", "Sig");
    pdf_set_text(pdf, field, "T", "Seal");
    pdf_set_int(pdf, field, "F", 132); /* Print and Locked */
    rect = pdf_need_array(pdf, field, "Rect");
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, rect, 0); /* invisible */
    pdf_set_ref(pdf, field, "P", pdf_page_number(pdf, 0));
    number = pdf_add(pdf, field);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_page(pdf, 0), "Annots"), number);
    form = pdf_need_dict(pdf, pdf_catalog(pdf), "AcroForm");
    pdf_push_ref(pdf, pdf_need_array(pdf, form, "Fields"), number);
    return tag_field(j, field, number) ? NULL : field;
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
    pdf_set_ref(pdf, field, "V", number);
    /* SignaturesExist and AppendOnly */
    pdf_set_int(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "AcroForm"), "SigFlags", 3);
    return number;
}

/* ---- sealing --------------------------------------------------------------------------------- */

/* Signs what SEALED holds around the hole, and fills it. */
static int fill(struct job *j, struct strbuf *sealed, const struct pdf_hole *hole)
{
    const struct seal_key *key = j->sign->key;
    struct seal_digest digest;
    struct strbuf cms = STRBUF_INIT;
    int result = -1;

    if (seal_digest_around(key, sealed->buf, sealed->len, hole->contents_at, hole->contents_len,
                           &digest, j->d) ||
        seal_cms(key, &digest, &cms, j->d))
        goto done;
    if (pdf_fill_hole(sealed, hole, cms.buf, cms.len))
        diag_at(j->d, &j->place, SEAL_SIZE, cms.len, j->sign->cms_size);
    else
        result = 0;
done:
    strbuf_release(&cms);
    return result;
}

static int seal(struct job *j, const struct strbuf *base, time_t date, struct strbuf *sealed)
{
    struct pdf_append_options options = { .contents_size = j->sign->cms_size };
    struct strbuf update = STRBUF_INIT;
    struct pdf_obj *field = find_field(j);
    struct pdf_hole hole;
    int result = -1;

    if (!field && !(field = add_field(j)))
        return -1;
    options.signature = add_signature(j, field, date);
    if (!pdf_append(j->pdf, &options, &update, &hole, j->d)) {
        strbuf_add(sealed, base->buf, base->len);
        strbuf_add(sealed, update.buf, update.len);
        result = fill(j, sealed, &hole);
    }
    strbuf_release(&update);
    return result;
}

int pdfsign(const struct pdfsign *sign, struct strbuf *pdf, const char *name, time_t date,
            struct diag *d)
{
    struct job j = { .sign = sign, .place = { .file = name }, .d = d };
    struct strbuf sealed = STRBUF_INIT;
    int result = -1;

    if (seal_key_valid_at(sign->key, date, d))
        return -1;
    j.pdf = pdf_parse(pdf->buf, pdf->len, name, d);
    if (!j.pdf)
        return -1;
    if (!check_document(&j))
        result = seal(&j, pdf, date, &sealed);
    pdf_free(j.pdf);
    if (!result) {
        struct strbuf old = *pdf;

        *pdf = sealed;
        sealed = old;
    }
    strbuf_release(&sealed);
    return result;
}
