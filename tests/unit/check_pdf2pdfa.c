/* pdf2pdfa on documents in memory: what is added, and what is refused. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "icc.h"
#include "pdf.h"
#include "pdf2pdfa.h"
#include "sha256.h"
#include "strbuf.h"
#include "xmlx.h"
#include "xmp.h"

#define PDFAID_NS "http://www.aiim.org/pdfa/ns/id/"
#define PDFUAID_NS "http://www.aiim.org/pdfua/ns/id/"
#define XMP_NS "urn:certpress:xmp:"
#define DC_NS "http://purl.org/dc/elements/1.1/"

enum { DATE = 1795132800 }; /* 2026-11-20T00:00:00Z */

#define CERT(attributes, body) \
    "<certificate xmlns='urn:certpress:cert' xmlns:p='urn:certpress:provenance' version='1' " \
    attributes ">" body "</certificate>"
#define ISSUED "kind='iecee' lang='de' status='issued'"
#define BODY \
    "<name>X-1</name><reference p:at='c.csv:2:1'>X &amp; 1</reference><issuer id='EXA'>" \
    "<name>Pr\xC3\xBC" "fstelle &lt;AG&gt;</name></issuer>"

static struct diag quiet(void)
{
    struct diag d;

    diag_init(&d, "check_pdf2pdfa");
    d.out = NULL;
    return d;
}

/* Remembers the ids that were reported. */
static void note_id(void *arg, const struct diag_place *place, enum diag_level level,
                    const char *id, const char *text)
{
    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(arg, "%s ", id);
}

static struct pdf_obj *element(struct pdf *pdf, const char *type, int parent, int *number)
{
    struct pdf_obj *dict = pdf_new_dict(pdf);

    pdf_set_name(pdf, dict, "Type", "StructElem");
    pdf_set_name(pdf, dict, "S", type);
    pdf_set_ref(pdf, dict, "P", parent);
    *number = pdf_add(pdf, dict);
    return dict;
}

/* One page with one tagged paragraph, as fo2pdf leaves it. */
static struct pdf *tagged(void)
{
    static const char content[] = "/P<</MCID 0>>BDC 0 0 9 9 re f EMC";
    struct pdf *pdf = pdf_create("x.pdf");
    struct pdf_obj *page = pdf_new_dict(pdf), *stream = pdf_new_stream(pdf), *tree, *top, *p, *nums;
    struct pdf_obj *parents = pdf_new_array(pdf), *box, *catalog = pdf_catalog(pdf);
    int root, document, paragraph, i, page_number;

    pdf_stream_set(pdf, stream, content, strlen(content), 6);
    pdf_set_ref(pdf, page, "Contents", pdf_add(pdf, stream));
    box = pdf_need_array(pdf, page, "MediaBox");
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, box, i < 2 ? 0 : 200);
    pdf_set(pdf, page, "Resources", pdf_new_dict(pdf));
    pdf_set_int(pdf, page, "StructParents", 0);
    page_number = pdf_add_page(pdf, page);

    tree = pdf_new_dict(pdf);
    root = pdf_add(pdf, tree);
    pdf_set_name(pdf, tree, "Type", "StructTreeRoot");
    top = element(pdf, "Document", root, &document);
    p = element(pdf, "P", document, &paragraph);
    pdf_set_ref(pdf, p, "Pg", page_number);
    pdf_set_int(pdf, p, "K", 0);
    pdf_set_ref(pdf, top, "K", paragraph);
    pdf_set_ref(pdf, tree, "K", document);
    nums = pdf_need_array(pdf, pdf_need_dict(pdf, tree, "ParentTree"), "Nums");
    pdf_push_int(pdf, nums, 0);
    pdf_push_ref(pdf, parents, paragraph);
    pdf_push(pdf, nums, parents);
    pdf_set_ref(pdf, catalog, "StructTreeRoot", root);
    pdf_set_bool(pdf, pdf_need_dict(pdf, catalog, "MarkInfo"), "Marked", 1);
    pdf_set_text(pdf, pdf_info(pdf), "Title", "Zertifikat");
    return pdf;
}

static xmlDoc *parse(const char *xml)
{
    struct diag d;
    xmlDoc *doc;

    diag_init(&d, "check_pdf2pdfa");
    doc = xmlx_parse(xml, strlen(xml), "c.cert.xml", &d);
    ck_assert_ptr_nonnull(doc);
    return doc;
}

/* The archive of XML and the tagged page, read again from its bytes in FILE. */
static struct pdf *archived(const char *xml, const struct pdf2pdfa_options *options,
                            struct strbuf *file)
{
    struct pdf *pdf = tagged();
    xmlDoc *cert = parse(xml);
    struct diag d;

    diag_init(&d, "check_pdf2pdfa");
    ck_assert_int_eq(pdf2pdfa(pdf, cert, options, &d), 0);
    ck_assert_int_eq(pdf_write(pdf, NULL, file, &d), 0);
    pdf_free(pdf);
    xmlFreeDoc(cert);
    pdf = pdf_parse(file->buf, file->len, "x.a3.pdf", &d);
    ck_assert_ptr_nonnull(pdf);
    return pdf;
}

static void data_of(struct pdf *pdf, const struct pdf_obj *stream, struct strbuf *out)
{
    struct diag d = quiet();

    ck_assert_int_eq(pdf_kind(stream), PDF_STREAM);
    ck_assert_int_eq(pdf_stream_data(pdf, stream, out, &d), 0);
}

static void xmp_is(const xmlDoc *xmp, const char *ns, const char *name, const char *want)
{
    char *value = xmp_get(xmp, ns, name);

    if (want) {
        ck_assert_ptr_nonnull(value);
        ck_assert_str_eq(value, want);
    } else {
        ck_assert_ptr_null(value);
    }
    free(value);
}

static xmlDoc *xmp_of(struct pdf *pdf)
{
    struct pdf_obj *stream = pdf_get(pdf, pdf_catalog(pdf), "Metadata");
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *xmp;

    ck_assert_ptr_null(pdf_get(pdf, stream, "Filter"));
    data_of(pdf, stream, &bytes);
    xmp = parse(bytes.buf);
    strbuf_release(&bytes);
    return xmp;
}

START_TEST(adds_metadata)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf file = STRBUF_INIT, text = STRBUF_INIT;
    struct pdf *pdf = archived(CERT(ISSUED, BODY), &options, &file);
    struct pdf_obj *info = pdf_info(pdf);
    xmlDoc *xmp = xmp_of(pdf);
    time_t moment;

    xmp_is(xmp, PDFAID_NS, "part", "3");
    xmp_is(xmp, PDFAID_NS, "conformance", "A");
    xmp_is(xmp, PDFUAID_NS, "part", "1");
    xmp_is(xmp, DC_NS, "title", "Zertifikat");
    xmp_is(xmp, DC_NS, "creator", "Pr\xC3\xBC" "fstelle <AG>");
    xmp_is(xmp, DC_NS, "language", "de");
    xmp_is(xmp, "http://ns.adobe.com/xap/1.0/", "CreateDate", "2026-11-20T00:00:00Z");
    xmp_is(xmp, XMP_NS, "Reference", "X & 1");
    xmp_is(xmp, XMP_NS, "Kind", "iecee");
    xmp_is(xmp, XMP_NS, "Status", "issued");
    xmp_is(xmp, XMP_NS, "DocumentFileName", "X-1.cert.xml");
    ck_assert_int_eq(pdf_date(pdf_get(pdf, info, "CreationDate"), &moment), 0);
    ck_assert_int_eq(moment, DATE);
    ck_assert_int_eq(pdf_text(pdf_get(pdf, info, "Author"), &text), 0);
    ck_assert_str_eq(text.buf, "Pr\xC3\xBC" "fstelle <AG>");
    strbuf_clear(&text);
    ck_assert_int_eq(pdf_text(pdf_get(pdf, pdf_catalog(pdf), "Lang"), &text), 0);
    ck_assert_str_eq(text.buf, "de");
    ck_assert(pdf_bool(pdf_get(pdf, pdf_get(pdf, pdf_catalog(pdf), "ViewerPreferences"),
                               "DisplayDocTitle")));
    xmlFreeDoc(xmp);
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&text);
}
END_TEST

START_TEST(embeds_the_certificate)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf file = STRBUF_INIT, data = STRBUF_INIT, want = STRBUF_INIT;
    struct pdf *pdf = archived(CERT(ISSUED, BODY), &options, &file);
    struct pdf_obj *spec = pdf_at(pdf, pdf_get(pdf, pdf_catalog(pdf), "AF"), 0);
    struct pdf_obj *stream = pdf_get(pdf, pdf_get(pdf, spec, "EF"), "UF");
    xmlDoc *xmp = xmp_of(pdf), *cert = parse(CERT(ISSUED, BODY));
    char hex[65];

    ck_assert(pdf_is_name(pdf_get(pdf, spec, "AFRelationship"), "Source"));
    ck_assert(pdf_is_name(pdf_get(pdf, stream, "Subtype"), "application/xml"));
    data_of(pdf, stream, &data);
    ck_assert_int_eq(pdf_int(pdf_get(pdf, pdf_get(pdf, stream, "Params"), "Size")),
                     (long long)data.len);
    pdf2pdfa_certificate(cert, &want);
    ck_assert_str_eq(data.buf, want.buf);
    ck_assert_ptr_null(strstr(data.buf, "provenance"));
    ck_assert_ptr_nonnull(strstr(data.buf, "X &amp; 1"));
    sha256_hex(data.buf, data.len, hex);
    xmp_is(xmp, XMP_NS, "CertificateSHA256", hex);
    xmlFreeDoc(xmp);
    xmlFreeDoc(cert);
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&data);
    strbuf_release(&want);
}
END_TEST

/* Indentation of the source, or none, makes no difference to what is embedded. */
START_TEST(embeds_the_same_from_file_and_memory)
{
    xmlDoc *tight = parse(CERT(ISSUED, BODY "<a><b>x</b><c/></a>"));
    xmlDoc *loose = parse(CERT(ISSUED, "\n  " BODY "\n\t<a>\n <b>x</b>\n\n <c/></a>\n"));
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

    pdf2pdfa_certificate(tight, &a);
    pdf2pdfa_certificate(loose, &b);
    ck_assert_str_eq(a.buf, b.buf);
    ck_assert_ptr_nonnull(strstr(a.buf, "\n  <name>"));
    xmlFreeDoc(tight);
    xmlFreeDoc(loose);
    strbuf_release(&a);
    strbuf_release(&b);
}
END_TEST

START_TEST(carries_attachments)
{
    static const struct pdf2pdfa_attachment files[] = {
        { .name = "z.svg", .bytes = "<svg/>", .n = 6 },
        { .name = "B.pdf", .bytes = "%PDF", .n = 4, .relationship = "Data", .description = "d" },
        { .name = "\xE5\x9B\xB3.png", .bytes = "", .n = 0, .mime = "image/x" },
    };
    static const char *const order[] = { "B.pdf", "X-1.cert.xml", "z.svg", "\xE5\x9B\xB3.png" };
    static const char *const mimes[] = { "application/xml", "image/svg+xml", "application/pdf",
                                         "image/x" };
    struct pdf2pdfa_options options = { .date = DATE, .attachments = files, .attachments_n = 3 };
    struct strbuf file = STRBUF_INIT, text = STRBUF_INIT;
    struct pdf *pdf = archived(CERT(ISSUED, BODY), &options, &file);
    struct pdf_obj *af = pdf_get(pdf, pdf_catalog(pdf), "AF"), *names;
    size_t i;

    names = pdf_get(pdf, pdf_get(pdf, pdf_get(pdf, pdf_catalog(pdf), "Names"), "EmbeddedFiles"),
                    "Names");
    ck_assert_uint_eq(pdf_len(af), 4);
    ck_assert_uint_eq(pdf_len(names), 8);
    for (i = 0; i < 4; i++) {
        struct pdf_obj *stream = pdf_get(pdf, pdf_get(pdf, pdf_at(pdf, af, i), "EF"), "F");

        strbuf_clear(&text);
        ck_assert_int_eq(pdf_text(pdf_at(pdf, names, 2 * i), &text), 0);
        ck_assert_str_eq(text.buf, order[i]);
        ck_assert_str_eq(pdf_name(pdf_get(pdf, stream, "Subtype")), mimes[i]);
    }
    ck_assert(pdf_is_name(pdf_get(pdf, pdf_at(pdf, af, 1), "AFRelationship"), "Supplement"));
    ck_assert(pdf_is_name(pdf_get(pdf, pdf_at(pdf, af, 2), "AFRelationship"), "Data"));
    pdf_free(pdf);
    strbuf_release(&file);
    strbuf_release(&text);
}
END_TEST

/* The field, its element and the parent tree lead to each other. */
START_TEST(leaves_a_field_for_the_seal)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf file = STRBUF_INIT;
    struct pdf *pdf = archived(CERT(ISSUED, BODY), &options, &file);
    struct pdf_obj *catalog = pdf_catalog(pdf), *tree = pdf_get(pdf, catalog, "StructTreeRoot");
    struct pdf_obj *field = pdf_at(pdf, pdf_get(pdf, pdf_get(pdf, catalog, "AcroForm"), "Fields"), 0);
    struct pdf_obj *top = pdf_get(pdf, tree, "K"), *form = pdf_at(pdf, pdf_get(pdf, top, "K"), 1);
    struct pdf_obj *nums = pdf_get(pdf, pdf_get(pdf, tree, "ParentTree"), "Nums");

    ck_assert(pdf_is_name(pdf_get(pdf, field, "FT"), "Sig"));
    ck_assert_ptr_null(pdf_get(pdf, field, "V"));
    ck_assert_int_eq(pdf_int(pdf_get(pdf, field, "F")), 132);
    ck_assert_ptr_eq(pdf_at(pdf, pdf_get(pdf, pdf_page(pdf, 0), "Annots"), 0), field);
    ck_assert(pdf_is_name(pdf_get(pdf, form, "S"), "Form"));
    ck_assert_ptr_eq(pdf_get(pdf, form, "P"), top);
    ck_assert_ptr_eq(pdf_get(pdf, pdf_get(pdf, form, "K"), "Obj"), field);
    ck_assert_int_eq(pdf_int(pdf_get(pdf, field, "StructParent")), 1);
    ck_assert_int_eq(pdf_int(pdf_at(pdf, nums, 2)), 1);
    ck_assert_ptr_eq(pdf_at(pdf, nums, 3), form);
    ck_assert_int_eq(pdf_int(pdf_get(pdf, tree, "ParentTreeNextKey")), 2);
    ck_assert(pdf_is_name(pdf_get(pdf, pdf_page(pdf, 0), "Tabs"), "S"));
    pdf_free(pdf);
    strbuf_release(&file);
}
END_TEST

START_TEST(gives_a_specimen_no_field)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf file = STRBUF_INIT;
    struct pdf *pdf = archived(CERT("kind='iecee' lang='en' status='specimen'",
                                    "<name>X</name><reference>X</reference>"), &options, &file);
    xmlDoc *xmp = xmp_of(pdf);

    xmp_is(xmp, XMP_NS, "Status", "specimen");
    xmp_is(xmp, DC_NS, "creator", NULL);
    ck_assert_ptr_null(pdf_get(pdf, pdf_catalog(pdf), "AcroForm"));
    ck_assert_ptr_null(pdf_get(pdf, pdf_page(pdf, 0), "Annots"));
    xmlFreeDoc(xmp);
    pdf_free(pdf);
    strbuf_release(&file);
}
END_TEST

START_TEST(gives_the_same_bytes)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

    pdf_free(archived(CERT(ISSUED, BODY), &options, &a));
    pdf_free(archived(CERT(ISSUED, BODY), &options, &b));
    ck_assert_uint_eq(a.len, b.len);
    ck_assert(!memcmp(a.buf, b.buf, a.len));
    strbuf_release(&a);
    strbuf_release(&b);
}
END_TEST

START_TEST(makes_a_profile)
{
    struct strbuf icc = STRBUF_INIT;
    const unsigned char *p;
    unsigned i, tags;

    icc_srgb(&icc);
    p = (const unsigned char *)icc.buf;
    ck_assert_uint_eq(icc.len, (unsigned)p[2] << 8 | p[3]);
    ck_assert(!memcmp(p + 36, "acsp", 4));
    tags = p[131];
    for (i = 0; i < tags; i++) {
        const unsigned char *row = p + 132 + 12 * i;
        unsigned at = (unsigned)row[6] << 8 | row[7], len = (unsigned)row[10] << 8 | row[11];

        ck_assert_uint_eq(at % 4, 0);
        ck_assert_uint_le(at + len, icc.len);
    }
    strbuf_release(&icc);
}
END_TEST

/* ---- repairs -------------------------------------------------------------------------------- */

START_TEST(mends_what_cairo_leaves_out)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct pdf *pdf = tagged();
    xmlDoc *cert = parse(CERT(ISSUED, BODY));
    struct pdf_obj *font = pdf_new_dict(pdf), *image = pdf_new_stream(pdf);
    struct pdf_obj *annotation = pdf_new_dict(pdf), *file = pdf_new_stream(pdf);
    struct diag d = quiet();

    pdf_set_name(pdf, font, "Type", "Font");
    pdf_set_name(pdf, font, "Subtype", "CIDFontType2");
    pdf_set_ref(pdf, pdf_need_dict(pdf, font, "FontDescriptor"), "FontFile2", pdf_add(pdf, file));
    pdf_add(pdf, font);
    pdf_set_name(pdf, image, "Subtype", "Image");
    pdf_set_bool(pdf, image, "Interpolate", 1);
    pdf_add(pdf, image);
    pdf_set_name(pdf, annotation, "Type", "Annot");
    pdf_set_name(pdf, annotation, "Subtype", "Link");
    pdf_set_int(pdf, annotation, "F", 2);
    pdf_add(pdf, annotation);
    ck_assert_int_eq(pdf2pdfa(pdf, cert, &options, &d), 0);
    ck_assert(pdf_is_name(pdf_get(pdf, font, "CIDToGIDMap"), "Identity"));
    ck_assert_ptr_null(pdf_get(pdf, image, "Interpolate"));
    ck_assert_int_eq(pdf_int(pdf_get(pdf, annotation, "F")), 4);
    pdf_free(pdf);
    xmlFreeDoc(cert);
}
END_TEST

/* ---- refusals ------------------------------------------------------------------------------- */

static void no_tags(struct pdf *pdf)
{
    pdf_set(pdf, pdf_catalog(pdf), "StructTreeRoot", NULL);
}

static void has_files(struct pdf *pdf)
{
    pdf_push_int(pdf, pdf_need_array(pdf, pdf_catalog(pdf), "AF"), 1);
}

static void has_form(struct pdf *pdf)
{
    pdf_set(pdf, pdf_catalog(pdf), "AcroForm", pdf_new_dict(pdf));
}

static void bare_font(struct pdf *pdf)
{
    struct pdf_obj *font = pdf_new_dict(pdf);

    pdf_set_name(pdf, font, "Type", "Font");
    pdf_set_name(pdf, font, "Subtype", "Type1");
    pdf_set_name(pdf, font, "BaseFont", "Helvetica");
    pdf_add(pdf, font);
}

static void script(struct pdf *pdf)
{
    struct pdf_obj *action = pdf_need_dict(pdf, pdf_catalog(pdf), "OpenAction");

    pdf_set_name(pdf, action, "S", "JavaScript");
}

static void lzw(struct pdf *pdf)
{
    struct pdf_obj *stream = pdf_new_stream(pdf);

    pdf_set_name(pdf, stream, "Filter", "LZWDecode");
    pdf_add(pdf, stream);
}

static void cmyk(struct pdf *pdf)
{
    struct pdf_obj *stream = pdf_new_stream(pdf);

    pdf_set_name(pdf, stream, "Subtype", "Image");
    pdf_set_name(pdf, stream, "ColorSpace", "DeviceCMYK");
    pdf_add(pdf, stream);
}

static void page_actions(struct pdf *pdf)
{
    pdf_set(pdf, pdf_page(pdf, 0), "AA", pdf_new_dict(pdf));
}

static void odd_tree(struct pdf *pdf)
{
    pdf_set(pdf, pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot"), "ParentTree", NULL);
}

static void no_change(struct pdf *pdf)
{
    (void)pdf;
}

static const struct pdf2pdfa_attachment twice[] = {
    { .name = "a.svg", .bytes = "", .n = 0 }, { .name = "a.svg", .bytes = "", .n = 0 },
};
static const struct pdf2pdfa_attachment slash[] = { { .name = "a/b", .bytes = "", .n = 0 } };
static const struct pdf2pdfa_attachment latin[] = { { .name = "\xFC", .bytes = "", .n = 0 } };

static const struct {
    const char *ids;
    void (*change)(struct pdf *);
    const char *cert;
    const struct pdf2pdfa_attachment *files;
    size_t files_n;
} refusals[] = {
    { "PDFA-002 ", has_files, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-003 ", has_form, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-004 ", no_tags, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-006 PDFA-007 ", bare_font, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-008 ", script, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-009 ", lzw, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-010 ", cmyk, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-011 ", page_actions, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-012 ", odd_tree, CERT(ISSUED, BODY), NULL, 0 },
    { "PDFA-013 ", no_change, CERT("kind='iecee' status='issued'", BODY), NULL, 0 },
    { "PDFA-020 ", no_change, "<record/>", NULL, 0 },
    { "PDFA-021 PDFA-021 PDFA-021 PDFA-021 ", no_change, CERT("lang='en'", ""), NULL, 0 },
    { "PDFA-022 ", no_change,
      CERT(ISSUED, "<name>../x</name><reference>x</reference>"), NULL, 0 },
    { "PDFA-023 ", no_change, CERT("kind='iecee' lang='de' status='done'", BODY), NULL, 0 },
    { "PDFA-030 ", no_change, CERT(ISSUED, BODY), slash, 1 },
    { "PDFA-030 ", no_change, CERT(ISSUED, BODY), latin, 1 },
    { "PDFA-031 ", no_change, CERT(ISSUED, BODY), twice, 2 },
};

START_TEST(refuses)
{
    struct pdf2pdfa_options options = { .date = DATE, .attachments = refusals[_i].files,
                                        .attachments_n = refusals[_i].files_n };
    struct strbuf ids = STRBUF_INIT;
    struct diag d = quiet();
    struct pdf *pdf = tagged();
    xmlDoc *cert = parse(refusals[_i].cert);

    d.sink = note_id;
    d.sink_arg = &ids;
    refusals[_i].change(pdf);
    ck_assert_int_eq(pdf2pdfa(pdf, cert, &options, &d), -1);
    ck_assert_str_eq(ids.buf, refusals[_i].ids);
    ck_assert_int_eq(diag_status(&d), 1);
    pdf_free(pdf);
    xmlFreeDoc(cert);
    strbuf_release(&ids);
}
END_TEST

START_TEST(refuses_an_archive)
{
    struct pdf2pdfa_options options = { .date = DATE };
    struct strbuf file = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdf *pdf = archived(CERT(ISSUED, BODY), &options, &file);
    xmlDoc *cert = parse(CERT(ISSUED, BODY));
    struct diag d = quiet();

    d.sink = note_id;
    d.sink_arg = &ids;
    ck_assert_int_eq(pdf2pdfa(pdf, cert, &options, &d), -1);
    ck_assert_str_eq(ids.buf, "PDFA-001 PDFA-002 PDFA-003 ");
    pdf_free(pdf);
    xmlFreeDoc(cert);
    strbuf_release(&file);
    strbuf_release(&ids);
}
END_TEST

START_TEST(refuses_no_pages)
{
    struct pdf2pdfa_options options = { .date = DATE, .untagged = 1 };
    struct strbuf ids = STRBUF_INIT;
    struct diag d = quiet();
    struct pdf *pdf = pdf_create("x.pdf");
    xmlDoc *cert = parse(CERT(ISSUED, BODY));

    d.sink = note_id;
    d.sink_arg = &ids;
    ck_assert_int_eq(pdf2pdfa(pdf, cert, &options, &d), -1);
    ck_assert_str_eq(ids.buf, "PDFA-005 ");
    pdf_free(pdf);
    xmlFreeDoc(cert);
    strbuf_release(&ids);
}
END_TEST

START_TEST(takes_an_untagged_document_when_told)
{
    struct pdf2pdfa_options options = { .date = DATE, .untagged = 1 };
    struct diag d = quiet();
    struct pdf *pdf = tagged();
    xmlDoc *cert = parse(CERT(ISSUED, BODY)), *xmp;

    no_tags(pdf);
    ck_assert_int_eq(pdf2pdfa(pdf, cert, &options, &d), 0);
    xmp = xmp_of(pdf);
    xmp_is(xmp, PDFAID_NS, "conformance", "U");
    xmp_is(xmp, PDFUAID_NS, "part", NULL);
    xmlFreeDoc(xmp);
    xmlFreeDoc(cert);
    pdf_free(pdf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pdf2pdfa");
    TCase *tc = tcase_create("pdf2pdfa");
    SRunner *sr = srunner_create(suite);
    int failed;

    xmlx_init();
    tcase_add_test(tc, adds_metadata);
    tcase_add_test(tc, embeds_the_certificate);
    tcase_add_test(tc, embeds_the_same_from_file_and_memory);
    tcase_add_test(tc, carries_attachments);
    tcase_add_test(tc, leaves_a_field_for_the_seal);
    tcase_add_test(tc, gives_a_specimen_no_field);
    tcase_add_test(tc, gives_the_same_bytes);
    tcase_add_test(tc, makes_a_profile);
    tcase_add_test(tc, mends_what_cairo_leaves_out);
    tcase_add_loop_test(tc, refuses, 0, sizeof refusals / sizeof *refusals);
    tcase_add_test(tc, refuses_an_archive);
    tcase_add_test(tc, refuses_no_pages);
    tcase_add_test(tc, takes_an_untagged_document_when_told);
    suite_add_tcase(suite, tc);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
