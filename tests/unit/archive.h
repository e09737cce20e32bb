/* A small archive file as pdf2pdfa makes them, for the unit tests of pdfsign and pdfcheck: one
 * tagged page, its metadata, output intent, certificate data and empty signature field. */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "pdf.h"
#include "sha256.h"
#include "strbuf.h"

#define ARCHIVE_CERT(status) \
    "<?xml version=\"1.0\"?>\n<certificate xmlns=\"urn:certpress:cert\" version=\"1\" lang=\"en\" " \
    "status=\"" status "\" kind=\"iecee\"><name>T-1</name><reference>T-1</reference></certificate>\n"

static const char archive_xmp[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:certpress=\"urn:certpress:xmp:\">\n"
    "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">T-1</rdf:li></rdf:Alt></dc:title>\n"
    "<certpress:DocumentFileName>T-1.cert.xml</certpress:DocumentFileName>\n"
    "<certpress:CertificateSHA256>%s</certpress:CertificateSHA256>\n"
    "<certpress:Kind>iecee</certpress:Kind><certpress:Reference>T-1</certpress:Reference>\n"
    "<certpress:Status>%s</certpress:Status>\n"
    "<pdfaExtension:schemas>http://www.aiim.org/pdfua/ns/id/ urn:certpress:xmp:</pdfaExtension:schemas>\n"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";

static inline int archive_stream(struct pdf *pdf, struct pdf_obj *stream, const void *bytes,
                                 size_t n, int level)
{
    pdf_stream_set(pdf, stream, bytes, n, level);
    return pdf_add(pdf, stream);
}

static inline void archive_metadata(struct pdf *pdf, const char *cert, const char *status)
{
    struct pdf_obj *stream = pdf_new_stream(pdf);
    struct strbuf xmp = STRBUF_INIT;
    char hash[65];

    sha256_hex(cert, strlen(cert), hash);
    strbuf_addf(&xmp, archive_xmp, hash, status);
    pdf_set_name(pdf, stream, "Type", "Metadata");
    pdf_set_name(pdf, stream, "Subtype", "XML");
    pdf_set_ref(pdf, pdf_catalog(pdf), "Metadata", archive_stream(pdf, stream, xmp.buf, xmp.len, 0));
    strbuf_release(&xmp);
}

static inline void archive_intent(struct pdf *pdf)
{
    struct pdf_obj *stream = pdf_new_stream(pdf), *intent = pdf_new_dict(pdf);
    unsigned char icc[132] = { 0, 0, 0, 132 };

    icc[8] = 4;
    memcpy(icc + 12, "mntrRGB XYZ ", 12);
    memcpy(icc + 36, "acsp", 4);
    pdf_set_int(pdf, stream, "N", 3);
    pdf_set_name(pdf, intent, "Type", "OutputIntent");
    pdf_set_name(pdf, intent, "S", "GTS_PDFA1");
    pdf_set_text(pdf, intent, "OutputConditionIdentifier", "sRGB");
    pdf_set_ref(pdf, intent, "DestOutputProfile", archive_stream(pdf, stream, icc, sizeof icc, 6));
    pdf_push(pdf, pdf_need_array(pdf, pdf_catalog(pdf), "OutputIntents"), intent);
}

static inline void archive_attach(struct pdf *pdf, const char *cert)
{
    struct pdf_obj *stream = pdf_new_stream(pdf), *spec = pdf_new_dict(pdf);
    struct pdf_obj *params = pdf_need_dict(pdf, stream, "Params"), *names;
    int number;

    pdf_set_name(pdf, stream, "Type", "EmbeddedFile");
    pdf_set_name(pdf, stream, "Subtype", "application/xml");
    pdf_set(pdf, params, "ModDate", pdf_new_date(pdf, 1763251200));
    pdf_set_int(pdf, params, "Size", (long long)strlen(cert));
    number = archive_stream(pdf, stream, cert, strlen(cert), 6);
    pdf_set_name(pdf, spec, "Type", "Filespec");
    pdf_set_text(pdf, spec, "F", "T-1.cert.xml");
    pdf_set_text(pdf, spec, "UF", "T-1.cert.xml");
    pdf_set_name(pdf, spec, "AFRelationship", "Source");
    pdf_set_ref(pdf, pdf_need_dict(pdf, spec, "EF"), "F", number);
    pdf_set_ref(pdf, pdf_need_dict(pdf, spec, "EF"), "UF", number);
    number = pdf_add(pdf, spec);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_catalog(pdf), "AF"), number);
    names = pdf_need_array(pdf, pdf_need_dict(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "Names"),
                                              "EmbeddedFiles"), "Names");
    pdf_push(pdf, names, pdf_new_text(pdf, "T-1.cert.xml"));
    pdf_push_ref(pdf, names, number);
}

/* One page that paints a square in a paragraph and a line that is an artifact. */
static inline int archive_page(struct pdf *pdf)
{
    static const char content[] = "/P <</MCID 0>> BDC\n0 0 1 rg 50 50 100 100 re f\nEMC\n"
                                  "/Artifact BMC\n10 10 m 20 20 l S\nEMC\n";
    struct pdf_obj *pages = pdf_get(pdf, pdf_catalog(pdf), "Pages"), *page = pdf_new_dict(pdf), *box;
    int number, i;

    pdf_set_name(pdf, page, "Type", "Page");
    pdf_set_ref(pdf, page, "Parent", pdf_owner(pages));
    pdf_need_dict(pdf, page, "Resources");
    box = pdf_need_array(pdf, page, "MediaBox");
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, box, i < 2 ? 0 : 200);
    pdf_set_ref(pdf, page, "Contents",
                archive_stream(pdf, pdf_new_stream(pdf), content, sizeof content - 1, 6));
    pdf_set_int(pdf, page, "StructParents", 0);
    pdf_set_name(pdf, page, "Tabs", "S");
    number = pdf_add(pdf, page);
    pdf_push_ref(pdf, pdf_need_array(pdf, pages, "Kids"), number);
    pdf_set_int(pdf, pages, "Count", 1);
    return number;
}

/* The structure tree: a document with one paragraph. Returns the Document's number. */
static inline int archive_tags(struct pdf *pdf, int page)
{
    struct pdf_obj *root = pdf_new_dict(pdf), *document = pdf_new_dict(pdf), *p = pdf_new_dict(pdf);
    struct pdf_obj *list = pdf_new_array(pdf), *nums;
    int root_number = pdf_add(pdf, root), document_number = pdf_add(pdf, document), number;

    pdf_set_name(pdf, p, "Type", "StructElem");
    pdf_set_name(pdf, p, "S", "P");
    pdf_set_ref(pdf, p, "P", document_number);
    pdf_set_ref(pdf, p, "Pg", page);
    pdf_set_int(pdf, p, "K", 0);
    number = pdf_add(pdf, p);
    pdf_set_name(pdf, document, "Type", "StructElem");
    pdf_set_name(pdf, document, "S", "Document");
    pdf_set_ref(pdf, document, "P", root_number);
    pdf_push_ref(pdf, pdf_need_array(pdf, document, "K"), number);
    pdf_set_name(pdf, root, "Type", "StructTreeRoot");
    pdf_push_ref(pdf, pdf_need_array(pdf, root, "K"), document_number);
    nums = pdf_need_array(pdf, pdf_need_dict(pdf, root, "ParentTree"), "Nums");
    pdf_push_int(pdf, nums, 0);
    pdf_push_ref(pdf, list, number);
    pdf_push(pdf, nums, list);
    pdf_set_int(pdf, root, "ParentTreeNextKey", 1);
    pdf_set_ref(pdf, pdf_catalog(pdf), "StructTreeRoot", root_number);
    return document_number;
}

static inline void archive_field(struct pdf *pdf, int page, int document)
{
    struct pdf_obj *field = pdf_new_dict(pdf), *rect = pdf_need_array(pdf, field, "Rect"), *nums;
    struct pdf_obj *form = pdf_new_dict(pdf), *object = pdf_new_dict(pdf);
    struct pdf_obj *root = pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot");
    int i, number, form_number;

    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, rect, 0);
    pdf_set_name(pdf, field, "Type", "Annot");
    pdf_set_name(pdf, field, "Subtype", "Widget");
    pdf_set_name(pdf, field, "FT", "Sig");
    pdf_set_text(pdf, field, "T", "Seal");
    pdf_set_int(pdf, field, "F", 132);
    pdf_set_ref(pdf, field, "P", page);
    pdf_set_int(pdf, field, "StructParent", 1);
    number = pdf_add(pdf, field);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_object(pdf, page), "Annots"), number);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "AcroForm"), "Fields"),
                 number);
    pdf_set_name(pdf, form, "Type", "StructElem");
    pdf_set_name(pdf, form, "S", "Form");
    pdf_set_ref(pdf, form, "P", document);
    pdf_set_ref(pdf, form, "Pg", page);
    pdf_set_name(pdf, object, "Type", "OBJR");
    pdf_set_ref(pdf, object, "Obj", number);
    pdf_set(pdf, form, "K", object);
    form_number = pdf_add(pdf, form);
    pdf_push_ref(pdf, pdf_get(pdf, pdf_object(pdf, document), "K"), form_number);
    nums = pdf_get(pdf, pdf_get(pdf, root, "ParentTree"), "Nums");
    pdf_push_int(pdf, nums, 1);
    pdf_push_ref(pdf, nums, form_number);
    pdf_set_int(pdf, root, "ParentTreeNextKey", 2);
}

/* Writes PDF out and frees it. */
static inline void archive_write(struct pdf *pdf, enum pdf_xref xref, struct strbuf *out)
{
    struct pdf_write_options options = { .xref = xref };
    struct diag d;

    diag_init(&d, "test");
    if (pdf_write(pdf, &options, out, &d))
        abort();
    pdf_free(pdf);
}

/* The document as objects read from a file; release with pdf_free. FIELD: with the empty signature
 * field. */
static inline struct pdf *archive_make(const char *cert, const char *status, int field)
{
    struct pdf *pdf = pdf_create("archive.a3.pdf");
    struct pdf_obj *catalog = pdf_catalog(pdf);
    int page = archive_page(pdf), document = archive_tags(pdf, page);
    struct strbuf bytes = STRBUF_INIT;
    struct diag d;

    pdf_set_bool(pdf, pdf_need_dict(pdf, catalog, "MarkInfo"), "Marked", 1);
    pdf_set_bool(pdf, pdf_need_dict(pdf, catalog, "ViewerPreferences"), "DisplayDocTitle", 1);
    pdf_set_text(pdf, catalog, "Lang", "en");
    archive_metadata(pdf, cert, status);
    archive_intent(pdf);
    archive_attach(pdf, cert);
    if (field)
        archive_field(pdf, page, document);
    archive_write(pdf, PDF_XREF_STREAM, &bytes);
    diag_init(&d, "test");
    return pdf_parse_take(&bytes, "archive.a3.pdf", &d);
}

#endif
