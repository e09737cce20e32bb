/* Unit tests of pdfcheck: a sound archive file, and one fault at a time put into it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "diag.h"
#include "pdf.h"
#include "pdfcheck.h"
#include "strbuf.h"
#include "xmlx.h"
#include "xmp.h"

static struct pdf_obj *catalog(struct pdf *pdf)
{
    return pdf_catalog(pdf);
}

static struct pdf_obj *at(struct pdf *pdf, const char *key)
{
    return pdf_get(pdf, pdf_catalog(pdf), key);
}

static struct pdf_obj *widget(struct pdf *pdf)
{
    return pdf_at(pdf, pdf_get(pdf, pdf_page(pdf, 0), "Annots"), 0);
}

static struct pdf_obj *spec(struct pdf *pdf)
{
    return pdf_at(pdf, at(pdf, "AF"), 0);
}

static struct pdf_obj *embedded(struct pdf *pdf)
{
    return pdf_get(pdf, pdf_get(pdf, spec(pdf), "EF"), "F");
}

static struct pdf_obj *document(struct pdf *pdf)
{
    return pdf_at(pdf, pdf_get(pdf, at(pdf, "StructTreeRoot"), "K"), 0);
}

static struct pdf_obj *paragraph(struct pdf *pdf)
{
    return pdf_at(pdf, pdf_get(pdf, document(pdf), "K"), 0);
}

/* ---- faults ---------------------------------------------------------------------------------- */

/* Replaces WHAT by WITH in the bytes of the XMP packet. */
static void edit_xmp(struct pdf *pdf, const char *what, const char *with)
{
    struct pdf_obj *stream = at(pdf, "Metadata");
    struct strbuf xmp = STRBUF_INIT, out = STRBUF_INIT;
    struct diag d;
    char *found;

    diag_init(&d, "test");
    ck_assert_int_eq(pdf_stream_data(pdf, stream, &xmp, &d), 0);
    found = strstr(xmp.buf, what);
    ck_assert_ptr_nonnull(found);
    strbuf_add(&out, xmp.buf, (size_t)(found - xmp.buf));
    strbuf_addstr(&out, with);
    strbuf_addstr(&out, found + strlen(what));
    pdf_stream_set(pdf, stream, out.buf, out.len, 0);
    strbuf_release(&xmp);
    strbuf_release(&out);
}

static void set_content(struct pdf *pdf, const char *content)
{
    pdf_stream_set(pdf, pdf_get(pdf, pdf_page(pdf, 0), "Contents"), content, strlen(content), 6);
}

/* Adds a font dictionary of SUBTYPE to the page. */
static struct pdf_obj *add_font(struct pdf *pdf, const char *subtype)
{
    struct pdf_obj *font = pdf_new_dict(pdf), *fonts;

    pdf_set_name(pdf, font, "Type", "Font");
    pdf_set_name(pdf, font, "Subtype", subtype);
    pdf_set_name(pdf, font, "BaseFont", "ABCDEF+Test");
    fonts = pdf_need_dict(pdf, pdf_get(pdf, pdf_page(pdf, 0), "Resources"), "Font");
    pdf_set_ref(pdf, fonts, "F1", pdf_add(pdf, font));
    return font;
}

static void embed_font(struct pdf *pdf, struct pdf_obj *font)
{
    struct pdf_obj *stream = pdf_new_stream(pdf);

    pdf_set_ref(pdf, pdf_need_dict(pdf, font, "FontDescriptor"), "FontFile2",
                archive_stream(pdf, stream, "x", 1, 0));
}

static struct pdf_obj *add_xobject(struct pdf *pdf, const char *subtype)
{
    struct pdf_obj *stream = pdf_new_stream(pdf), *xobjects;

    pdf_set_name(pdf, stream, "Type", "XObject");
    pdf_set_name(pdf, stream, "Subtype", subtype);
    xobjects = pdf_need_dict(pdf, pdf_get(pdf, pdf_page(pdf, 0), "Resources"), "XObject");
    pdf_set_ref(pdf, xobjects, "X1", archive_stream(pdf, stream, "x", 1, 0));
    return stream;
}

static struct pdf_obj *open_action(struct pdf *pdf, const char *s)
{
    struct pdf_obj *action = pdf_need_dict(pdf, catalog(pdf), "OpenAction");

    pdf_set_name(pdf, action, "S", s);
    return action;
}

/* Adds a structure element below the document. */
static struct pdf_obj *add_element(struct pdf *pdf, const char *type)
{
    struct pdf_obj *element = pdf_new_dict(pdf);

    pdf_set_name(pdf, element, "Type", "StructElem");
    pdf_set_name(pdf, element, "S", type);
    pdf_set_ref(pdf, element, "P", pdf_owner(document(pdf)));
    pdf_push_ref(pdf, pdf_get(pdf, document(pdf), "K"), pdf_add(pdf, element));
    return element;
}

#define FAULT(name) static void name(struct pdf *pdf)
FAULT(none) { (void)pdf; }
FAULT(no_xmp) { pdf_set(pdf, catalog(pdf), "Metadata", NULL); }
FAULT(xmp_deflated)
{
    struct strbuf xmp = STRBUF_INIT;
    struct diag d;

    diag_init(&d, "test");
    pdf_stream_data(pdf, at(pdf, "Metadata"), &xmp, &d);
    pdf_stream_set(pdf, at(pdf, "Metadata"), xmp.buf, xmp.len, 6);
    strbuf_release(&xmp);
}
FAULT(xmp_broken) { edit_xmp(pdf, "</pdfaid:part>", "</part>"); }
FAULT(xmp_type) { pdf_set_name(pdf, at(pdf, "Metadata"), "Subtype", "TEXT"); }
FAULT(part_two) { edit_xmp(pdf, "<pdfaid:part>3", "<pdfaid:part>2"); }
FAULT(no_schema) { edit_xmp(pdf, " urn:certpress:xmp:</pdfaExtension", "</pdfaExtension"); }
FAULT(no_ua) { edit_xmp(pdf, "<pdfuaid:part>1", "<pdfuaid:part>2"); }
FAULT(no_title) { edit_xmp(pdf, ">T-1</rdf:li>", "></rdf:li>"); }
FAULT(hash_missing) { edit_xmp(pdf, "<certpress:CertificateSHA256>", "<certpress:Other>");
                     edit_xmp(pdf, "</certpress:CertificateSHA256>", "</certpress:Other>"); }
FAULT(no_hash) { edit_xmp(pdf, "<certpress:CertificateSHA256>", "<certpress:CertificateSHA256>0"); }
FAULT(other_reference) { edit_xmp(pdf, "Reference>T-1<", "Reference>T-2<"); }
FAULT(other_file) { edit_xmp(pdf, "FileName>T-1.", "FileName>T-2."); }
FAULT(xmp_specimen) { edit_xmp(pdf, ">issued<", ">specimen<"); }
FAULT(no_intent) { pdf_set(pdf, catalog(pdf), "OutputIntents", NULL); }
FAULT(intent_four)
{
    pdf_set_int(pdf, pdf_get(pdf, pdf_at(pdf, at(pdf, "OutputIntents"), 0), "DestOutputProfile"), "N",
                4);
}
FAULT(need_appearances) { pdf_set_bool(pdf, at(pdf, "AcroForm"), "NeedAppearances", 1); }
FAULT(xfa) { pdf_set_text(pdf, at(pdf, "AcroForm"), "XFA", "x"); }
FAULT(requirements) { pdf_need_array(pdf, catalog(pdf), "Requirements"); }
FAULT(perms) { pdf_set_int(pdf, pdf_need_dict(pdf, catalog(pdf), "Perms"), "Other", 1); }
FAULT(optional) { pdf_need_dict(pdf, catalog(pdf), "OCProperties"); }
FAULT(steps) { pdf_need_dict(pdf, pdf_page(pdf, 0), "PresSteps"); }
FAULT(external) { pdf_set_text(pdf, add_xobject(pdf, "Form"), "F", "other.bin"); }
FAULT(lzw) { pdf_set_name(pdf, add_xobject(pdf, "Form"), "Filter", "LZWDecode"); }
FAULT(interpolate) { pdf_set_bool(pdf, add_xobject(pdf, "Image"), "Interpolate", 1); }
FAULT(cmyk_image) { pdf_set_name(pdf, add_xobject(pdf, "Image"), "ColorSpace", "DeviceCMYK"); }
FAULT(cmyk_palette)
{
    struct pdf_obj *space = pdf_need_array(pdf, add_xobject(pdf, "Image"), "ColorSpace");

    pdf_push(pdf, space, pdf_new_name(pdf, "Indexed"));
    pdf_push(pdf, space, pdf_new_name(pdf, "DeviceCMYK"));
}
FAULT(alternates) { pdf_need_array(pdf, add_xobject(pdf, "Image"), "Alternates"); }
FAULT(opi) { pdf_need_dict(pdf, add_xobject(pdf, "Form"), "OPI"); }
FAULT(postscript) { add_xobject(pdf, "PS"); }
FAULT(font_outside) { pdf_set_name(pdf, add_font(pdf, "TrueType"), "Encoding", "WinAnsiEncoding"); }
FAULT(font_codes) { embed_font(pdf, add_font(pdf, "TrueType")); }
FAULT(font_map) { embed_font(pdf, add_font(pdf, "CIDFontType2")); }
FAULT(movie) { pdf_set_name(pdf, widget(pdf), "Subtype", "Movie"); }
FAULT(hidden) { pdf_set_int(pdf, widget(pdf), "F", 6); }
FAULT(no_appearance) { pdf_put_at(pdf, pdf_get(pdf, widget(pdf), "Rect"), 2, pdf_new_int(pdf, 9));
                       pdf_put_at(pdf, pdf_get(pdf, widget(pdf), "Rect"), 3, pdf_new_int(pdf, 9)); }
FAULT(launch) { open_action(pdf, "Launch"); }
FAULT(script) { pdf_set_text(pdf, open_action(pdf, "JavaScript"), "JS", "app.alert(1)"); }
FAULT(named) { pdf_set_name(pdf, open_action(pdf, "Named"), "N", "Print"); }
FAULT(script_names)
{
    pdf_need_dict(pdf, pdf_need_dict(pdf, catalog(pdf), "Names"), "JavaScript");
}
FAULT(trigger) { pdf_need_dict(pdf, pdf_page(pdf, 0), "AA"); }
FAULT(no_mark) { pdf_set(pdf, catalog(pdf), "MarkInfo", NULL); }
FAULT(no_tree) { pdf_set(pdf, catalog(pdf), "StructTreeRoot", NULL); }
FAULT(suspects) { pdf_set_bool(pdf, at(pdf, "MarkInfo"), "Suspects", 1); }
FAULT(no_lang) { pdf_set(pdf, catalog(pdf), "Lang", NULL); }
FAULT(title_hidden) { pdf_set(pdf, catalog(pdf), "ViewerPreferences", NULL); }
FAULT(untied) { pdf_set(pdf, pdf_page(pdf, 0), "StructParents", NULL); }
FAULT(no_tabs) { pdf_set(pdf, pdf_page(pdf, 0), "Tabs", NULL); }
FAULT(no_alt) { add_element(pdf, "Figure"); }
FAULT(with_alt) { pdf_set_text(pdf, add_element(pdf, "Figure"), "Alt", "a figure"); }
FAULT(headings) { add_element(pdf, "H1"); add_element(pdf, "H3"); }
FAULT(headings_down) { add_element(pdf, "H1"); add_element(pdf, "H2"); add_element(pdf, "H1"); }
/* Adds an element below PARENT. */
static struct pdf_obj *add_below(struct pdf *pdf, struct pdf_obj *parent, const char *type)
{
    struct pdf_obj *element = pdf_new_dict(pdf);

    pdf_set_name(pdf, element, "S", type);
    pdf_set_ref(pdf, element, "P", pdf_owner(parent));
    pdf_push_ref(pdf, pdf_need_array(pdf, parent, "K"), pdf_add(pdf, element));
    return element;
}
FAULT(header_cell) { add_below(pdf, add_below(pdf, add_element(pdf, "Table"), "TR"), "TH"); }
FAULT(scoped_cell)
{
    struct pdf_obj *th = add_below(pdf, add_below(pdf, add_element(pdf, "Table"), "TR"), "TH");

    pdf_set_name(pdf, pdf_need_dict(pdf, th, "A"), "Scope", "Column");
}
FAULT(stray_row) { add_element(pdf, "TR"); }
FAULT(table_of_text) { add_below(pdf, add_element(pdf, "Table"), "P"); }
FAULT(list) { add_below(pdf, add_below(pdf, add_element(pdf, "L"), "LI"), "LBody"); }
FAULT(list_of_text) { add_below(pdf, add_element(pdf, "L"), "P"); }
FAULT(stray_content) { set_content(pdf, "/P <</MCID 7>> BDC\n1 1 5 5 re f\nEMC\n"); }
FAULT(cmyk) { set_content(pdf, "/P <</MCID 0>> BDC\n0 0 0 1 k 1 1 5 5 re f\nEMC\n"); }
FAULT(odd_role) { add_element(pdf, "Odd"); }
FAULT(mapped_role)
{
    add_element(pdf, "Odd");
    pdf_set_name(pdf, pdf_need_dict(pdf, at(pdf, "StructTreeRoot"), "RoleMap"), "Odd", "P");
}
FAULT(role_circle)
{
    struct pdf_obj *roles = pdf_need_dict(pdf, at(pdf, "StructTreeRoot"), "RoleMap");

    add_element(pdf, "Odd");
    pdf_set_name(pdf, roles, "Odd", "Even");
    pdf_set_name(pdf, roles, "Even", "Odd");
}
FAULT(two_places) { pdf_push_ref(pdf, pdf_get(pdf, document(pdf), "K"), pdf_owner(paragraph(pdf))); }
FAULT(tree_circle)
{
    struct pdf_obj *kids = pdf_new_array(pdf);

    pdf_push_ref(pdf, kids, pdf_owner(document(pdf)));
    pdf_set(pdf, paragraph(pdf), "K", kids);
}
FAULT(annot_untagged) { pdf_set(pdf, widget(pdf), "StructParent", NULL); }
FAULT(bare_link)
{
    pdf_set_name(pdf, widget(pdf), "Subtype", "Link");
    pdf_set(pdf, widget(pdf), "FT", NULL);
}
FAULT(paints_more) { set_content(pdf, "/P <</MCID 0>> BDC\nEMC\n1 1 5 5 re f\n"); }
FAULT(paints_in_span) { set_content(pdf, "/P <</MCID 0>> BDC\n/Span BMC\n1 1 5 5 re f\nEMC\nEMC\n"); }
FAULT(paints_in_mark) { set_content(pdf, "/Span BMC\n1 1 5 5 re f\nEMC\n"); }
FAULT(paints_after) { set_content(pdf, "/Artifact BMC\n/P <</MCID 0>> BDC\nEMC\nEMC 1 1 5 5 re f\n"); }
FAULT(no_data) { pdf_set_name(pdf, spec(pdf), "AFRelationship", "Data"); }
FAULT(no_relation) { pdf_set(pdf, spec(pdf), "AFRelationship", NULL); }
FAULT(no_mime) { pdf_set(pdf, embedded(pdf), "Subtype", NULL); }
FAULT(no_date) { pdf_set(pdf, pdf_get(pdf, embedded(pdf), "Params"), "ModDate", NULL); }
FAULT(other_size) { pdf_set_int(pdf, pdf_get(pdf, embedded(pdf), "Params"), "Size", 7); }
FAULT(not_listed)
{
    struct pdf_obj *copy = pdf_copy(pdf, spec(pdf)), *names;
    int number;

    pdf_set_text(pdf, copy, "UF", "hidden.xml");
    number = pdf_add(pdf, copy);
    names = pdf_get(pdf, pdf_get(pdf, at(pdf, "Names"), "EmbeddedFiles"), "Names");
    pdf_push(pdf, names, pdf_new_text(pdf, "z"));
    pdf_push_ref(pdf, names, number);
}
FAULT(two_sources) { pdf_push_ref(pdf, at(pdf, "AF"), pdf_owner(spec(pdf))); }
FAULT(other_bytes)
{
    static const char other[] = ARCHIVE_CERT("issued") "\n";

    pdf_stream_set(pdf, embedded(pdf), other, sizeof other - 1, 6);
    pdf_set_int(pdf, pdf_get(pdf, embedded(pdf), "Params"), "Size", (long long)sizeof other - 1);
}
FAULT(flat_signature)
{
    struct pdf_obj *sig = pdf_new_dict(pdf), *range = pdf_need_array(pdf, sig, "ByteRange");
    int i;

    pdf_set_name(pdf, sig, "Type", "Sig");
    pdf_set_name(pdf, sig, "SubFilter", "adbe.pkcs7.detached");
    pdf_set(pdf, sig, "Contents", pdf_new_string(pdf, "x", 1));
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, range, 0);
    pdf_set_ref(pdf, catalog(pdf), "Odd", pdf_add(pdf, sig));
}

static const struct {
    void (*fault)(struct pdf *);
    const char *ids; /* reported, in order */
} faults[] = {
    { none, "" },
    { no_xmp, "CHECK-048 CHECK-071 CHECK-072 CHECK-103 CHECK-104 CHECK-104 CHECK-104 " },
    { xmp_deflated, "CHECK-057 " },
    { xmp_broken, "XML-001 CHECK-048 CHECK-071 CHECK-072 CHECK-103 CHECK-104 CHECK-104 CHECK-104 " },
    { xmp_type, "CHECK-048 " },
    { part_two, "CHECK-049 " },
    { no_schema, "CHECK-050 " },
    { no_intent, "CHECK-035 " },
    { intent_four, "CHECK-035 " },
    { need_appearances, "CHECK-045 " },
    { xfa, "CHECK-058 " },
    { requirements, "CHECK-053 " },
    { perms, "CHECK-054 " },
    { optional, "CHECK-056 " },
    { steps, "CHECK-052 " },
    { external, "CHECK-033 " },
    { lzw, "CHECK-034 " },
    { interpolate, "CHECK-036 " },
    { cmyk_image, "CHECK-060 " },
    { cmyk_palette, "CHECK-060 " },
    { alternates, "CHECK-037 " },
    { opi, "CHECK-038 " },
    { postscript, "CHECK-055 " },
    { font_outside, "CHECK-039 " },
    { font_codes, "CHECK-041 " },
    { font_map, "CHECK-040 " },
    { movie, "CHECK-042 " },
    { hidden, "CHECK-043 " },
    { no_appearance, "CHECK-044 " },
    { launch, "CHECK-046 " },
    { script, "CHECK-046 CHECK-046 " },
    { named, "CHECK-046 " },
    { script_names, "CHECK-046 " },
    { trigger, "CHECK-047 " },
    { no_mark, "CHECK-084 " },
    { no_tree, "CHECK-070 " },
    { suspects, "CHECK-070 " },
    { no_ua, "CHECK-071 " },
    { no_title, "CHECK-072 " },
    { title_hidden, "CHECK-072 " },
    { no_lang, "CHECK-073 " },
    { untied, "CHECK-074 " },
    { no_tabs, "CHECK-075 " },
    { no_alt, "CHECK-076 " },
    { with_alt, "" },
    { headings, "CHECK-077 " },
    { headings_down, "" },
    { header_cell, "CHECK-078 " },
    { scoped_cell, "" },
    { stray_row, "CHECK-085 " },
    { table_of_text, "CHECK-085 " },
    { list, "" },
    { list_of_text, "CHECK-085 " },
    { stray_content, "CHECK-086 " },
    { cmyk, "CHECK-059 " },
    { odd_role, "CHECK-079 " },
    { mapped_role, "" },
    { role_circle, "CHECK-079 " },
    { two_places, "CHECK-080 " },
    { tree_circle, "CHECK-080 " },
    { annot_untagged, "CHECK-081 " },
    { bare_link, "CHECK-081 CHECK-082 " },
    { paints_more, "CHECK-083 " },
    { paints_in_span, "" },
    { paints_in_mark, "CHECK-083 " },
    { paints_after, "CHECK-083 " },
    { no_data, "CHECK-100 " },
    { no_relation, "CHECK-051 CHECK-100 " },
    { no_mime, "CHECK-051 " },
    { no_date, "CHECK-051 " },
    { other_size, "CHECK-051 " },
    { not_listed, "CHECK-051 " },
    { two_sources, "CHECK-107 " },
    { other_bytes, "CHECK-102 " },
    { no_hash, "CHECK-102 " },
    { hash_missing, "CHECK-103 " },
    { other_reference, "CHECK-104 " },
    { other_file, "CHECK-104 " },
    { xmp_specimen, "" }, /* allowed with .unsealed, as below */
    { flat_signature, "CHECK-004 CHECK-018 CHECK-016 CHECK-008 CHECK-014 " },
};

/* ---- running --------------------------------------------------------------------------------- */

static void hear(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
                 const char *text)
{
    (void)place;
    (void)level;
    (void)text;
    strbuf_addf(arg, "%s ", id);
}

/* Checks BYTES; the ids reported go to IDS. */
static int run(const struct strbuf *bytes, int unsealed, struct pdfcheck_report *report,
               struct strbuf *ids)
{
    struct pdfcheck_options options = { .at = PDFCHECK_NO_DATE, .unsealed = unsealed };
    struct diag d;

    xmlx_init();
    diag_init(&d, "test");
    d.sink = hear;
    d.sink_arg = ids;
    return pdfcheck(bytes->buf, bytes->len, "test.pdf", &options, report, &d);
}

START_TEST(each_fault_is_found)
{
    struct pdf *pdf = archive_make(ARCHIVE_CERT("issued"), "issued", 1);
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    int result;

    faults[_i].fault(pdf);
    archive_write(pdf, _i % 2 ? PDF_XREF_TABLE : PDF_XREF_STREAM, &bytes);
    result = run(&bytes, 1, &report, &ids);
    ck_assert_str_eq(ids.buf, faults[_i].ids);
    ck_assert_int_eq(result, *ids.buf && strcmp(ids.buf, "CHECK-056 ") ? -1 : 0);
    ck_assert_str_eq(pdfcheck_verdict(&report), result ? "does not conform" : "conforms");
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

static const struct {
    const char *cert, *status;
    int unsealed;
    const char *ids;
} statuses[] = {
    { ARCHIVE_CERT("issued"), "issued", 0, "CHECK-001 " },
    { ARCHIVE_CERT("specimen"), "specimen", 0, "CHECK-105 CHECK-001 " },
    { ARCHIVE_CERT("specimen"), "specimen", 1, "" },
    { ARCHIVE_CERT("specimen"), "issued", 0, "CHECK-105 CHECK-001 " },
    { ARCHIVE_CERT("issued"), "specimen", 0, "CHECK-105 CHECK-001 " },
    { "<other/>", "issued", 1, "CHECK-101 " },
    { "<certificate xmlns='urn:certpress:cert' kind='iecee' status='issued' "
      "xmlns:p='urn:certpress:provenance' p:at='a:1'><reference>T-1</reference></certificate>",
      "issued", 1, "CHECK-109 " },
    { "<certificate", "issued", 1, "XML-001 CHECK-101 " },
    { "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "issued", 1, "XML-002 CHECK-101 " },
};

START_TEST(unsealed_and_specimens_need_leave)
{
    struct pdf *pdf = archive_make(statuses[_i].cert, statuses[_i].status, 1);
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;

    archive_write(pdf, PDF_XREF_STREAM, &bytes);
    run(&bytes, statuses[_i].unsealed, &report, &ids);
    ck_assert_str_eq(ids.buf, statuses[_i].ids);
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

START_TEST(header_needs_high_bytes)
{
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    char *high;

    archive_write(archive_make(ARCHIVE_CERT("issued"), "issued", 1), PDF_XREF_TABLE, &bytes);
    high = memchr(bytes.buf, '\n', 20);
    ck_assert_ptr_nonnull(high);
    high[2] = 'a';
    run(&bytes, 1, &report, &ids);
    ck_assert_str_eq(ids.buf, "CHECK-030 ");
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

START_TEST(trailer_needs_an_id)
{
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    char *id;

    archive_write(archive_make(ARCHIVE_CERT("issued"), "issued", 1), PDF_XREF_TABLE, &bytes);
    id = memmem(bytes.buf, bytes.len, "/ID[", 4);
    ck_assert_ptr_nonnull(id);
    memset(id, ' ', strcspn(id, "]") + 1);
    run(&bytes, 1, &report, &ids);
    ck_assert_str_eq(ids.buf, "CHECK-031 ");
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

static const char *const names[] = { "../escape.xml", "/etc/x", ".hidden", "a\\b", "a\nb", "-o", "" };

START_TEST(names_do_not_leave_the_folder)
{
    struct pdfcheck_report report = { .name = xstrdup("test.pdf") };
    struct strbuf ids = STRBUF_INIT;
    const char *b = getenv("B");
    char *folder = xasprintf("%s/test/extract", b ? b : "build");
    char *command = xasprintf("rm -rf '%s' && mkdir -p '%s'", folder, folder);
    struct diag d;

    ck_assert_int_eq(system(command), 0);
    ALLOC_GROW(report.files, report.files_n, report.files_cap);
    memset(report.files, 0, sizeof *report.files);
    report.files_n = 1;
    report.files[0].name = xstrdup(names[_i]);
    report.files[0].bytes = xstrdup("x");
    report.files[0].len = 1;
    diag_init(&d, "test");
    d.sink = hear;
    d.sink_arg = &ids;
    ck_assert_int_eq(pdfcheck_extract(&report, folder, &d), -1);
    ck_assert_str_eq(ids.buf, "CHECK-108 ");
    ck_assert_int_eq(rmdir(folder), 0); /* nothing was written there */
    pdfcheck_release(&report);
    strbuf_release(&ids);
    free(folder);
    free(command);
}
END_TEST

START_TEST(damage_is_an_error_and_ends)
{
    struct strbuf whole = STRBUF_INIT, bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    size_t i;

    archive_write(archive_make(ARCHIVE_CERT("issued"), "issued", 1), PDF_XREF_STREAM, &whole);
    for (i = 0; i < whole.len - 1; i += 7) {
        strbuf_clear(&bytes);
        strbuf_clear(&ids);
        strbuf_add(&bytes, whole.buf, i);
        ck_assert_int_eq(run(&bytes, 1, &report, &ids), -1);
        ck_assert_str_ne(ids.buf, "");
        pdfcheck_release(&report);
    }
    /* A changed byte of an unsealed file may go unnoticed, but never unanswered. */
    for (i = 0; i < whole.len; i += 3) {
        strbuf_clear(&bytes);
        strbuf_clear(&ids);
        strbuf_add(&bytes, whole.buf, whole.len);
        bytes.buf[i] = (char)(bytes.buf[i] ^ (1 << i % 8));
        ck_assert_int_eq(run(&bytes, 1, &report, &ids) != 0, *ids.buf != '\0' &&
                         strcmp(ids.buf, "CHECK-056 "));
        pdfcheck_release(&report);
    }
    strbuf_release(&whole);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

/* Ten thousand pages that share one Annots array of as many annotations, and one content. */
START_TEST(shared_objects_end_soon)
{
    struct pdf *pdf = archive_make(ARCHIVE_CERT("issued"), "issued", 1);
    struct pdf_obj *pages = at(pdf, "Pages"), *kids = pdf_get(pdf, pages, "Kids");
    struct pdf_obj *annots = pdf_new_array(pdf), *page, *annot;
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    int i, number = pdf_add(pdf, annots);

    for (i = 0; i < 20000; i++) {
        annot = pdf_new_dict(pdf);
        pdf_set_name(pdf, annot, "Subtype", "Popup");
        pdf_push(pdf, annots, annot);
        page = pdf_copy(pdf, pdf_page(pdf, 0));
        pdf_set_ref(pdf, page, "Annots", number);
        pdf_push_ref(pdf, kids, pdf_add(pdf, page));
    }
    pdf_set_int(pdf, pages, "Count", 20001);
    archive_write(pdf, PDF_XREF_STREAM, &bytes);
    ck_assert_int_eq(run(&bytes, 1, &report, &ids), -1);
    ck_assert_ptr_nonnull(strstr(ids.buf, "CHECK-025 "));
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

START_TEST(findings_are_capped)
{
    struct pdf *pdf = archive_make(ARCHIVE_CERT("issued"), "issued", 1);
    struct strbuf bytes = STRBUF_INIT, ids = STRBUF_INIT;
    struct pdfcheck_report report;
    int i;

    for (i = 0; i < 300; i++)
        add_element(pdf, "Figure");
    archive_write(pdf, PDF_XREF_STREAM, &bytes);
    ck_assert_int_eq(run(&bytes, 1, &report, &ids), -1);
    ck_assert_uint_eq(report.findings_n, 201);
    ck_assert_str_eq(report.findings[200].id, "CHECK-026");
    pdfcheck_release(&report);
    strbuf_release(&bytes);
    strbuf_release(&ids);
}
END_TEST

START_TEST(json_is_escaped)
{
    struct pdfcheck_report report = { .name = xstrdup("a\"b\\c\n\xc3\xa9\xff.pdf") };
    struct strbuf out = STRBUF_INIT;

    pdfcheck_print_json(&report, &out);
    ck_assert_ptr_nonnull(strstr(out.buf, "\"file\":\"a\\\"b\\\\c\\u000a\xc3\xa9\\ufffd.pdf\","));
    ck_assert_int_eq(out.buf[out.len - 1], '\n');
    pdfcheck_release(&report);
    strbuf_release(&out);
}
END_TEST

START_TEST(xmp_is_read_in_both_spellings)
{
    static const char packet[] =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<r:Description xmlns:a='urn:a' a:one=' 1 '><a:two><r:Seq><r:li> 2\n</r:li></r:Seq></a:two>"
        "</r:Description><r:Description><b:two xmlns:b='urn:b'>3</b:two></r:Description></r:RDF></x:xmpmeta>";
    struct diag d;
    xmlDoc *doc;
    char *s;

    xmlx_init();
    diag_init(&d, "test");
    doc = xmlx_parse(packet, sizeof packet - 1, "test", &d);
    ck_assert_ptr_nonnull(doc);
    ck_assert_str_eq(s = xmp_get(doc, "urn:a", "one"), "1");
    free(s);
    ck_assert_str_eq(s = xmp_get(doc, "urn:a", "two"), "2");
    free(s);
    ck_assert_str_eq(s = xmp_get(doc, "urn:b", "two"), "3");
    free(s);
    ck_assert_ptr_null(xmp_get(doc, "urn:b", "one"));
    xmlFreeDoc(doc);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pdfcheck");
    TCase *t = tcase_create("files");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(t, each_fault_is_found, 0, sizeof faults / sizeof *faults);
    tcase_add_loop_test(t, unsealed_and_specimens_need_leave, 0, sizeof statuses / sizeof *statuses);
    tcase_add_test(t, header_needs_high_bytes);
    tcase_add_test(t, trailer_needs_an_id);
    tcase_add_loop_test(t, names_do_not_leave_the_folder, 0, sizeof names / sizeof *names);
    tcase_add_test(t, damage_is_an_error_and_ends);
    tcase_add_test(t, shared_objects_end_soon);
    tcase_add_test(t, findings_are_capped);
    tcase_add_test(t, json_is_escaped);
    tcase_add_test(t, xmp_is_read_in_both_spellings);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
