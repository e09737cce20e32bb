#include "admit.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "xmlx.h"
#include "xmp.h"

#define PDFAID_NS "http://www.aiim.org/pdfa/ns/id/"
#define XMP_NS "urn:certpress:xmp:"
#define CERT_NS "urn:certpress:cert"

struct candidate {
    struct pdf *pdf;
    struct diag_place place;
    struct diag *d;
};

static xmlDoc *parse_stream(struct candidate *c, const struct pdf_obj *stream)
{
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *doc = NULL;

    if (!pdf_stream_data(c->pdf, stream, &bytes, c->d))
        doc = xmlx_parse(bytes.buf, bytes.len, c->place.file, c->d);
    strbuf_release(&bytes);
    return doc;
}

static int check_metadata(struct candidate *c)
{
    struct pdf_obj *stream = pdf_get(c->pdf, pdf_catalog(c->pdf), "Metadata");
    xmlDoc *xmp;
    char *part, *status;
    int result = 0;

    if (pdf_kind(stream) != PDF_STREAM)
        return diag_at(c->d, &c->place, SEAL_NOT_ARCHIVE);
    xmp = parse_stream(c, stream);
    if (!xmp)
        return -1;
    part = xmp_get(xmp, PDFAID_NS, "part");
    status = xmp_get(xmp, XMP_NS, "Status");
    if (!part || strcmp(part, "3"))
        result = diag_at(c->d, &c->place, SEAL_NOT_ARCHIVE);
    if (status && strcmp(status, "issued"))
        result = diag_at(c->d, &c->place, SEAL_SPECIMEN);
    free(part);
    free(status);
    xmlFreeDoc(xmp);
    return result;
}

/* The stream of the attachment that the document was printed from, or NULL. */
static struct pdf_obj *source_file(struct candidate *c)
{
    struct pdf_obj *list = pdf_get(c->pdf, pdf_catalog(c->pdf), "AF"), *spec, *file;
    size_t i;

    for (i = 0; i < pdf_len(list); i++) {
        spec = pdf_at(c->pdf, list, i);
        if (!pdf_is_name(pdf_get(c->pdf, spec, "AFRelationship"), "Source"))
            continue;
        file = pdf_get(c->pdf, pdf_get(c->pdf, spec, "EF"), "F");
        if (pdf_kind(file) == PDF_STREAM)
            return file;
    }
    return NULL;
}

/* The page may have lost its specimen mark; the data it was printed from still tell. */
static int check_data(struct candidate *c)
{
    struct pdf_obj *stream = source_file(c);
    xmlDoc *cert;
    xmlNode *root;
    int result = 0;

    if (!stream)
        return diag_at(c->d, &c->place, SEAL_DATA);
    cert = parse_stream(c, stream);
    if (!cert)
        return -1;
    root = xmlDocGetRootElement(cert);
    if (!xmlx_is(root, CERT_NS, "certificate"))
        result = diag_at(c->d, &c->place, SEAL_DATA);
    else if (!xmlx_attr(root, "status") || strcmp(xmlx_attr(root, "status"), "issued"))
        result = diag_at(c->d, &c->place, SEAL_SPECIMEN);
    xmlFreeDoc(cert);
    return result;
}

/* Looks through all objects, for a seal that the form does not show is one all the same. */
static int check_unsealed(struct candidate *c)
{
    struct pdf_obj *catalog = pdf_catalog(c->pdf), *obj;
    int i, sealed = pdf_get(c->pdf, catalog, "DSS") || pdf_get(c->pdf, catalog, "Perms");

    for (i = 1; !sealed && i < pdf_objects(c->pdf); i++) {
        obj = pdf_object(c->pdf, i);
        if (pdf_kind(obj) == PDF_DICT)
            sealed = pdf_get_raw(c->pdf, obj, "ByteRange") ||
                     (pdf_is_name(pdf_get(c->pdf, obj, "FT"), "Sig") && pdf_get(c->pdf, obj, "V"));
    }
    return sealed ? diag_at(c->d, &c->place, SEAL_SEALED) : 0;
}

int admit(struct pdf *pdf, struct diag *d)
{
    struct candidate c = { .pdf = pdf, .place = { .file = pdf_name_of_file(pdf) }, .d = d };
    int result = check_unsealed(&c);

    if (check_metadata(&c) || check_data(&c))
        result = -1;
    return result;
}
