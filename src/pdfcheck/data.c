/* The attachments, and the certificate data among them: that what is embedded is what the file was
 * printed from. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "sha256.h"
#include "strbuf.h"
#include "xmlx.h"
#include "xmp.h"

#define CERT_NS "urn:certpress:cert"
#define XMP_NS "urn:certpress:xmp:"

/* The text string at KEY as UTF-8, new; "" when it is none. */
static char *text_of(struct check *c, const struct pdf_obj *dict, const char *key)
{
    struct strbuf text = STRBUF_INIT;

    if (pdf_text(pdf_get(c->pdf, dict, key), &text))
        strbuf_clear(&text);
    return strbuf_detach(&text, NULL);
}

/* ---- attachments ----------------------------------------------------------------------------- */

static int is_date(struct check *c, const struct pdf_obj *params, const char *key)
{
    time_t moment;

    return !pdf_date(pdf_get(c->pdf, params, key), &moment);
}

/* ISO 19005-3, 6.8: what a file specification and its stream must say. */
static void check_spec(struct check *c, const struct pdf_obj *spec, const char *name,
                       const struct pdf_obj *stream, size_t size)
{
    static const char *const relations[] = { "Source", "Data", "Alternative", "Supplement",
                                             "Unspecified" };
    const struct pdf_obj *params = pdf_get(c->pdf, stream, "Params");
    const struct pdf_obj *relation = pdf_get(c->pdf, spec, "AFRelationship");
    const char *mime = pdf_name(pdf_get(c->pdf, stream, "Subtype"));
    size_t i, n = 0;

    check_ask(c);
    if (!pdf_string(pdf_get(c->pdf, spec, "F"), &n) || !n ||
        !pdf_string(pdf_get(c->pdf, spec, "UF"), &n) || !n)
        check_find(c, CHECK_FILE_SPEC, name, "it has no name in F or in UF");
    for (i = 0; i < 5 && !pdf_is_name(relation, relations[i]); i++)
        ;
    if (i == 5)
        check_find(c, CHECK_FILE_SPEC, name, "AFRelationship is missing or unknown");
    if (!mime || !strchr(mime, '/'))
        check_find(c, CHECK_FILE_SPEC, name, "Subtype is no MIME type");
    if (!is_date(c, params, "ModDate"))
        check_find(c, CHECK_FILE_SPEC, name, "its ModDate is missing or no date");
    if (pdf_get(c->pdf, params, "Size") && (size_t)pdf_int(pdf_get(c->pdf, params, "Size")) != size)
        check_find(c, CHECK_FILE_SPEC, name, "it has another size than it says");
}

/* Adds the attachment of SPEC to the report. Returns its index, or -1 after reporting. */
static long read_file(struct check *c, const struct pdf_obj *spec)
{
    struct pdfcheck_report *r = c->report;
    const struct pdf_obj *stream = pdf_get(c->pdf, pdf_get(c->pdf, spec, "EF"), "F");
    struct strbuf bytes = STRBUF_INIT;
    char *name = text_of(c, spec, pdf_get(c->pdf, spec, "UF") ? "UF" : "F");
    struct pdfcheck_file *f;
    const char *mime, *relation;

    if (pdf_kind(stream) != PDF_STREAM || pdf_stream_data(c->pdf, stream, &bytes, &c->d)) {
        check_find(c, CHECK_FILE_SPEC, name, "its bytes are not there");
        strbuf_release(&bytes);
        free(name);
        return -1;
    }
    if (check_work(c, bytes.len / 16 + 1)) {
        strbuf_release(&bytes);
        free(name);
        return -1;
    }
    check_spec(c, spec, name, stream, bytes.len);
    mime = pdf_name(pdf_get(c->pdf, stream, "Subtype"));
    relation = pdf_name(pdf_get(c->pdf, spec, "AFRelationship"));
    ALLOC_GROW(r->files, r->files_n, r->files_cap);
    f = &r->files[r->files_n];
    f->name = name;
    f->mime = xstrdup(mime ? mime : "");
    f->relationship = xstrdup(relation ? relation : "");
    f->bytes = strbuf_detach(&bytes, &f->len);
    sha256_hex(f->bytes, f->len, f->sha256);
    return (long)r->files_n++;
}

/* 6.8: no file is embedded that the document does not say its relationship to. */
static void check_hidden_files(struct check *c, const struct pdf_obj *list)
{
    int number;
    size_t i;

    check_ask(c);
    for (number = 1; number < pdf_objects(c->pdf); number++) {
        const struct pdf_obj *spec = pdf_object(c->pdf, number);
        char *name;

        if (pdf_kind(spec) != PDF_DICT || !pdf_get(c->pdf, spec, "EF"))
            continue;
        for (i = 0; i < pdf_len(list) && pdf_at(c->pdf, list, i) != spec; i++)
            if (check_work(c, 1))
                return;
        if (i < pdf_len(list))
            continue;
        name = text_of(c, spec, "UF");
        check_find(c, CHECK_FILE_SPEC, name, "it is not among the document's (AF)");
        free(name);
    }
}

/* ---- the certificate ------------------------------------------------------------------------- */

/* Compares a value of the data with the XMP property PROPERTY, when that is there. */
static void compare(struct check *c, const char *what, const char *value, const char *property)
{
    char *xmp = c->xmp ? xmp_get(c->xmp, XMP_NS, property) : NULL;

    check_ask(c);
    if (!xmp || strcmp(xmp, value))
        check_find(c, CHECK_DATA_DIFFERS, what, value, xmp ? xmp : "");
    free(xmp);
}

static void check_hash(struct check *c, const struct pdfcheck_file *f)
{
    char *hash = c->xmp ? xmp_get(c->xmp, XMP_NS, "CertificateSHA256") : NULL;

    check_ask(c);
    if (!hash)
        check_find(c, CHECK_DATA_NO_HASH);
    else if (strcmp(hash, f->sha256))
        check_find(c, CHECK_DATA_HASH, f->sha256, hash);
    free(hash);
}

static int has_provenance(const xmlNode *node)
{
    const xmlNs *ns;

    for (ns = node->nsDef; ns; ns = ns->next)
        if (ns->href && !strcmp((const char *)ns->href, PROV_NS))
            return 1;
    for (node = xmlx_first_element(node); node; node = xmlx_next_element(node))
        if (has_provenance(node))
            return 1;
    return 0;
}

static int is_specimen(struct check *c)
{
    char *status = c->xmp ? xmp_get(c->xmp, XMP_NS, "Status") : NULL;
    int specimen = (status && strcmp(status, "issued")) ||
                   (c->report->status && strcmp(c->report->status, "issued"));

    free(status);
    return specimen;
}

static void check_schema(struct check *c, xmlDoc *doc, const char *name)
{
    struct xmlx_schema *schema;

    check_ask(c);
    if (!c->options->schema)
        return;
    schema = xmlx_schema_load(c->options->schema, &c->d);
    if (schema)
        xmlx_validate(schema, doc, name, &c->d);
    xmlx_schema_free(schema);
}

static void check_certificate(struct check *c, const struct pdfcheck_file *f)
{
    struct pdfcheck_report *r = c->report;
    xmlDoc *doc = xmlx_parse(f->bytes, f->len, f->name, &c->d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const char *kind, *status;

    check_ask(c);
    check_hash(c, f);
    if (!root || !xmlx_is(root, CERT_NS, "certificate")) {
        check_find(c, CHECK_DATA_ROOT, f->name);
        goto done;
    }
    kind = xmlx_attr(root, "kind");
    status = xmlx_attr(root, "status");
    r->kind = xstrdup(kind ? kind : "");
    r->status = xstrdup(status ? status : "");
    r->reference = xmlx_child_text(root, "reference");
    compare(c, "the kind", r->kind, "Kind");
    compare(c, "the reference", r->reference, "Reference");
    compare(c, "the name of the attachment", f->name, "DocumentFileName");
    if (has_provenance(root))
        check_find(c, CHECK_PROVENANCE);
    check_schema(c, doc, f->name);
done:
    xmlFreeDoc(doc);
}

void check_data(struct check *c)
{
    const struct pdf_obj *list = pdf_get(c->pdf, pdf_catalog(c->pdf), "AF"), *spec;
    long source = -1, file;
    size_t i;

    check_hidden_files(c, list);
    for (i = 0; i < pdf_len(list) && !check_work(c, 1); i++) {
        spec = pdf_at(c->pdf, list, i);
        file = read_file(c, spec);
        if (file < 0 || strcmp(c->report->files[file].relationship, "Source"))
            continue;
        if (source >= 0)
            check_find(c, CHECK_TWO_SOURCES);
        else
            source = file;
    }
    check_ask(c);
    if (source < 0)
        check_find(c, CHECK_NO_DATA);
    else
        check_certificate(c, &c->report->files[source]);
    if (is_specimen(c) && !c->options->unsealed)
        check_find(c, CHECK_SPECIMEN);
}
