#include "pdf2pdfa.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "attach.h"
#include "conform.h"
#include "icc.h"
#include "messages.h"
#include "packet.h"
#include "pdf.h"
#include "prov.h"
#include "sha256.h"
#include "version.h"
#include "widget.h"
#include "xmlx.h"
#include "xmp.h"

#define CERT_NS "urn:certpress:cert"
#define PDFAID_NS "http://www.aiim.org/pdfa/ns/id/"
#define PRODUCER "certpress " CERTPRESS_VERSION
#define FIELD_NAME "Seal"

/* A document on its way into the archive. */
struct job {
    struct pdf *pdf;
    const xmlDoc *cert;
    const struct pdf2pdfa_options *options;
    struct diag *d;
    struct diag_place place;
    int tagged;
    /* of the certificate; new */
    char *name, *reference, *issuer, *file_name;
    const char *kind, *status, *lang; /* borrowed from cert */
    struct strbuf xml;                /* its embedded form */
};

/* ---- the certificate ------------------------------------------------------------------------ */

/* Removes the white space between the elements of NODE that only indents. */
static void drop_indentation(xmlNode *node)
{
    xmlNode *child, *next;
    int elements = 0, text = 0;

    for (child = node->children; child; child = child->next) {
        elements |= child->type == XML_ELEMENT_NODE;
        text |= child->type == XML_TEXT_NODE && !xmlIsBlankNode(child);
    }
    for (child = node->children; child; child = next) {
        next = child->next;
        if (child->type == XML_ELEMENT_NODE) {
            drop_indentation(child);
        } else if (elements && !text && child->type == XML_TEXT_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        }
    }
}

void pdf2pdfa_certificate(const xmlDoc *cert, struct strbuf *xml)
{
    xmlDoc *whole = (xmlDoc *)(uintptr_t)cert, *copy; /* changed for a moment only */
    struct prov_hidden hidden;

    prov_hide(whole, &hidden);
    copy = xmlCopyDoc(whole, 1);
    prov_show(&hidden);
    if (!copy)
        abort(); /* out of memory */
    prov_strip(copy);
    drop_indentation(xmlDocGetRootElement(copy));
    xmlx_serialize(copy, 1, xml);
    xmlFreeDoc(copy);
}

static int is_stem(const char *s)
{
    if (!*s || *s == '.')
        return 0;
    for (; *s; s++)
        if (!isalnum((unsigned char)*s) && !strchr(".-_", *s))
            return 0;
    return 1;
}

static int missing(struct job *j, const char *what)
{
    return prov_diag(j->d, xmlDocGetRootElement(j->cert), PDFA_CERT_FIELD, what);
}

/* Reads what the archive says about the certificate. */
static int read_certificate(struct job *j)
{
    xmlNode *root = xmlDocGetRootElement(j->cert), *issuer = xmlx_first(root, "issuer");
    int result = 0;

    if (!xmlx_is(root, CERT_NS, "certificate"))
        return prov_diag(j->d, root, PDFA_NOT_CERT);
    j->kind = xmlx_attr(root, "kind");
    j->status = xmlx_attr(root, "status");
    j->lang = xmlx_attr(root, "lang");
    j->name = xmlx_child_text(root, "name");
    j->reference = xmlx_child_text(root, "reference");
    j->issuer = issuer ? xmlx_child_text(issuer, "name") : NULL;
    j->file_name = xasprintf("%s.cert.xml", j->name);
    if (!j->kind || !*j->kind)
        result = missing(j, "kind");
    if (!j->status)
        result = missing(j, "status");
    else if (strcmp(j->status, "issued") && strcmp(j->status, "specimen"))
        result = prov_diag(j->d, root, PDFA_CERT_STATUS, j->status);
    if (!*j->reference)
        result = missing(j, "reference");
    if (!*j->name)
        result = missing(j, "name");
    else if (!is_stem(j->name))
        result = prov_diag(j->d, xmlx_first(root, "name"), PDFA_CERT_NAME, j->name);
    pdf2pdfa_certificate(j->cert, &j->xml);
    return result;
}

/* ---- may it be archived? -------------------------------------------------------------------- */

static int is_pdfa(struct job *j)
{
    struct pdf_obj *stream = pdf_get(j->pdf, pdf_catalog(j->pdf), "Metadata");
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *xmp = NULL;
    char *part = NULL;

    if (pdf_kind(stream) == PDF_STREAM && !pdf_stream_data(j->pdf, stream, &bytes, j->d) &&
        (xmp = xmlx_parse(bytes.buf, bytes.len, j->place.file, j->d)))
        part = xmp_get(xmp, PDFAID_NS, "part");
    strbuf_release(&bytes);
    xmlFreeDoc(xmp);
    free(part);
    return part != NULL;
}

static int check_document(struct job *j)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *catalog = pdf_catalog(pdf);
    int result = 0;

    j->tagged = pdf_kind(pdf_get(pdf, catalog, "StructTreeRoot")) == PDF_DICT &&
                pdf_bool(pdf_get(pdf, pdf_get(pdf, catalog, "MarkInfo"), "Marked"));
    if (is_pdfa(j))
        result = diag_at(j->d, &j->place, PDFA_ALREADY);
    if (pdf_get(pdf, catalog, "AF") || pdf_get(pdf, pdf_get(pdf, catalog, "Names"), "EmbeddedFiles"))
        result = diag_at(j->d, &j->place, PDFA_HAS_FILES);
    if (pdf_get(pdf, catalog, "AcroForm"))
        result = diag_at(j->d, &j->place, PDFA_HAS_FORM);
    if (!pdf_pages(pdf))
        result = diag_at(j->d, &j->place, PDFA_NO_PAGE);
    if (!j->tagged && !j->options->untagged)
        result = diag_at(j->d, &j->place, PDFA_UNTAGGED);
    if (conform(pdf, j->d))
        result = -1;
    return result;
}

/* ---- metadata ------------------------------------------------------------------------------- */

/* The text at KEY of Info; new; NULL when there is none. */
static char *info_text(struct job *j, const char *key)
{
    struct strbuf text = STRBUF_INIT;

    if (pdf_text(pdf_get(j->pdf, pdf_info(j->pdf), key), &text) || !text.len) {
        strbuf_release(&text);
        return NULL;
    }
    return strbuf_detach(&text, NULL);
}

/* Info holds what XMP says, and nothing else. */
static void write_info(struct job *j, const char *title)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *info = pdf_new_dict(pdf);

    pdf_set_text(pdf, info, "Title", title);
    if (j->issuer)
        pdf_set_text(pdf, info, "Author", j->issuer);
    pdf_set_text(pdf, info, "Creator", PRODUCER);
    pdf_set_text(pdf, info, "Producer", PRODUCER);
    pdf_set(pdf, info, "CreationDate", pdf_new_date(pdf, j->options->date));
    pdf_set(pdf, info, "ModDate", pdf_new_date(pdf, j->options->date));
    pdf_set_ref(pdf, pdf_trailer(pdf), "Info", pdf_add(pdf, info));
}

static void write_packet(struct job *j, const char *title, const char *lang)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *stream = pdf_new_stream(pdf);
    struct strbuf xmp = STRBUF_INIT;
    char sha256[65];
    const struct packet packet = {
        .title = title, .language = lang, .creator = j->issuer, .producer = PRODUCER,
        .date = j->options->date, .tagged = j->tagged, .kind = j->kind,
        .reference = j->reference, .status = j->status, .file_name = j->file_name,
        .sha256 = sha256,
    };

    sha256_hex(j->xml.buf, j->xml.len, sha256);
    packet_write(&packet, &xmp);
    pdf_set_name(pdf, stream, "Type", "Metadata");
    pdf_set_name(pdf, stream, "Subtype", "XML");
    pdf_stream_set(pdf, stream, xmp.buf, xmp.len, 0);
    pdf_set_ref(pdf, pdf_catalog(pdf), "Metadata", pdf_add(pdf, stream));
    strbuf_release(&xmp);
}

static int write_metadata(struct job *j)
{
    struct pdf_obj *catalog = pdf_catalog(j->pdf);
    struct strbuf lang = STRBUF_INIT;
    char *title = info_text(j, "Title");
    int result = 0;

    if (pdf_text(pdf_get(j->pdf, catalog, "Lang"), &lang) || !lang.len) {
        strbuf_clear(&lang);
        strbuf_addstr(&lang, j->lang ? j->lang : "");
        pdf_set_text(j->pdf, catalog, "Lang", lang.buf);
    }
    if (!lang.len)
        result = diag_at(j->d, &j->place, PDFA_NO_LANG);
    if (!title)
        title = xstrdup(j->reference);
    write_info(j, title);
    write_packet(j, title, lang.buf);
    pdf_set_bool(j->pdf, pdf_need_dict(j->pdf, catalog, "ViewerPreferences"), "DisplayDocTitle", 1);
    strbuf_release(&lang);
    free(title);
    return result;
}

static void write_intent(struct job *j)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *profile = pdf_new_stream(pdf), *intent = pdf_new_dict(pdf);
    struct pdf_obj *intents = pdf_new_array(pdf);
    struct strbuf icc = STRBUF_INIT;

    icc_srgb(&icc);
    pdf_set_int(pdf, profile, "N", 3);
    pdf_stream_set(pdf, profile, icc.buf, icc.len, PDF_LEVEL);
    strbuf_release(&icc);
    pdf_set_name(pdf, intent, "Type", "OutputIntent");
    pdf_set_name(pdf, intent, "S", "GTS_PDFA1");
    pdf_set_text(pdf, intent, "OutputConditionIdentifier", "sRGB");
    pdf_set_text(pdf, intent, "Info", "sRGB IEC61966-2.1");
    pdf_set_ref(pdf, intent, "DestOutputProfile", pdf_add(pdf, profile));
    pdf_push(pdf, intents, intent);
    pdf_set(pdf, pdf_catalog(pdf), "OutputIntents", intents);
}

/* ---- attachments ---------------------------------------------------------------------------- */

static int write_files(struct job *j)
{
    size_t n = j->options->attachments_n + 1, i;
    struct pdf2pdfa_attachment *files = xcalloc(n, sizeof *files);
    int result;

    files[0] = (struct pdf2pdfa_attachment){
        .name = j->file_name, .bytes = j->xml.buf, .n = j->xml.len, .mime = "application/xml",
        .relationship = "Source", .description = j->reference,
    };
    for (i = 1; i < n; i++) {
        files[i] = j->options->attachments[i - 1];
        if (!files[i].mime)
            files[i].mime = attach_mime(files[i].name);
        if (!files[i].relationship)
            files[i].relationship = "Supplement";
        if (!files[i].description)
            files[i].description = files[i].name;
    }
    result = attach_files(j->pdf, files, n, j->options->date, j->d);
    free(files);
    return result;
}

/* ---- the field for the seal ----------------------------------------------------------------- */

/* Invisible, so it needs no appearance (ISO 19005-3, 6.3.3). The form is an object of its own, so
 * that sealing need not write the catalog anew. */
static int write_field(struct job *j)
{
    struct pdf *pdf = j->pdf;
    struct pdf_obj *field = pdf_new_dict(pdf), *form = pdf_new_dict(pdf), *rect;
    const char *what;
    int number, i;

    pdf_set_name(pdf, field, "Type", "Annot");
    pdf_set_name(pdf, field, "Subtype", "Widget");
    pdf_set_name(pdf, field, "FT", "Sig");
    pdf_set_text(pdf, field, "T", FIELD_NAME);
    pdf_set_text(pdf, field, "TU", FIELD_NAME);
    pdf_set_int(pdf, field, "F", 132); /* Print and Locked */
    rect = pdf_need_array(pdf, field, "Rect");
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, rect, 0);
    pdf_set_ref(pdf, field, "P", pdf_page_number(pdf, 0));
    number = pdf_add(pdf, field);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_page(pdf, 0), "Annots"), number);
    pdf_push_ref(pdf, pdf_need_array(pdf, form, "Fields"), number);
    pdf_set_ref(pdf, pdf_catalog(pdf), "AcroForm", pdf_add(pdf, form));
    what = j->tagged ? widget_tag(pdf, field) : NULL;
    return what ? diag_at(j->d, &j->place, PDFA_STRUCTURE, what) : 0;
}

/* ---- all of it ------------------------------------------------------------------------------ */

int pdf2pdfa(struct pdf *pdf, const xmlDoc *cert, const struct pdf2pdfa_options *options,
             struct diag *d)
{
    struct job j = { .pdf = pdf, .cert = cert, .options = options, .d = d,
                     .place = { .file = pdf_name_of_file(pdf) }, .xml = STRBUF_INIT };
    int result = read_certificate(&j);

    if (check_document(&j))
        result = -1;
    if (!result)
        result = write_files(&j);
    if (!result) {
        write_intent(&j);
        result = write_metadata(&j);
        if (!strcmp(j.status, "issued") && write_field(&j))
            result = -1;
    }
    strbuf_release(&j.xml);
    free(j.name);
    free(j.reference);
    free(j.issuer);
    free(j.file_name);
    return result;
}
