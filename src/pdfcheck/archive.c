/* The archive form of the file as a whole (ISO 19005-3): header, trailer, metadata, output intent,
 * catalog, form. What can be anywhere in the file is in objects.c. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "strbuf.h"
#include "xmlx.h"
#include "xmp.h"

#define PDFAID_NS "http://www.aiim.org/pdfa/ns/id/"
#define PDFUAID_NS "http://www.aiim.org/pdfua/ns/id/"
#define EXTENSION_NS "http://www.aiim.org/pdfa/ns/extension/"
#define SCHEMA_NS "http://www.aiim.org/pdfa/ns/schema#"

/* 6.1.2: %PDF-1.n at the first byte, then a comment of four bytes above 127. */
static void check_header(struct check *c)
{
    const unsigned char *p = (const unsigned char *)c->bytes;
    size_t i, high = 0;

    check_ask(c);
    if (c->n < 15 || memcmp(p, "%PDF-1.", 7) || p[7] < '0' || p[7] > '7') {
        check_find(c, CHECK_HEADER, "it is not %PDF-1.0 to 1.7");
        return;
    }
    i = p[8] == '\r' && p[9] == '\n' ? 10 : 9;
    if (p[i] == '%')
        while (high < 4 && p[i + 1 + high] > 127)
            high++;
    if (high < 4)
        check_find(c, CHECK_HEADER, "no comment of four bytes above 127 follows it");
}

static void check_trailer(struct check *c)
{
    const struct pdf_obj *trailer = pdf_trailer(c->pdf), *id = pdf_get(c->pdf, trailer, "ID");
    size_t n = 0;

    check_ask(c);
    if (pdf_len(id) != 2 || !pdf_string(pdf_at(c->pdf, id, 0), &n) || !n ||
        !pdf_string(pdf_at(c->pdf, id, 1), &n) || !n)
        check_find(c, CHECK_ID);
}

/* 6.6.2.3.1: properties outside the predefined schemas need a description. */
static void check_extensions(struct check *c)
{
    struct strbuf text = STRBUF_INIT;
    const xmlNode *root = xmlDocGetRootElement(c->xmp);
    const xmlNode *rdf = xmlx_is(root, NULL, "RDF") ? root : xmlx_first(root, "RDF"), *node, *p;
    char *schemas = xmp_get(c->xmp, EXTENSION_NS, "schemas");
    static const char *const known[] = {
        "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/mm/",
        "http://ns.adobe.com/xap/1.0/rights/", "http://ns.adobe.com/photoshop/1.0/", PDFAID_NS,
        EXTENSION_NS,
    };

    check_ask(c);
    for (node = xmlx_first(rdf, "Description"); node; node = xmlx_next(node, "Description"))
        for (p = xmlx_first_element(node); p; p = xmlx_next_element(p)) {
            const char *ns = p->ns ? (const char *)p->ns->href : "";
            size_t k;

            for (k = 0; k < sizeof known / sizeof *known && strcmp(ns, known[k]); k++)
                ;
            if (k < sizeof known / sizeof *known || (schemas && strstr(schemas, ns)) ||
                strstr(text.buf, ns))
                continue;
            check_find(c, CHECK_EXTENSION, ns);
            strbuf_addf(&text, "%s ", ns);
        }
    free(schemas);
    strbuf_release(&text);
}

static void check_part(struct check *c)
{
    struct pdfcheck_report *r = c->report;

    check_ask(c);
    r->part = xmp_get(c->xmp, PDFAID_NS, "part");
    r->conformance = xmp_get(c->xmp, PDFAID_NS, "conformance");
    r->ua = xmp_get(c->xmp, PDFUAID_NS, "part");
    if (!r->part || strcmp(r->part, "3") || !r->conformance || strlen(r->conformance) != 1 ||
        !strchr("ABU", *r->conformance))
        check_find(c, CHECK_PART, r->part ? r->part : "", r->conformance ? r->conformance : "");
}

static void check_metadata(struct check *c)
{
    const struct pdf_obj *stream = pdf_get(c->pdf, pdf_catalog(c->pdf), "Metadata");
    struct strbuf bytes = STRBUF_INIT;

    check_ask(c);
    if (pdf_kind(stream) != PDF_STREAM) {
        check_find(c, CHECK_METADATA, "there are none");
        return;
    }
    if (!pdf_is_name(pdf_get(c->pdf, stream, "Type"), "Metadata") ||
        !pdf_is_name(pdf_get(c->pdf, stream, "Subtype"), "XML"))
        check_find(c, CHECK_METADATA, "the stream is not of type Metadata, subtype XML");
    if (pdf_get(c->pdf, stream, "Filter"))
        check_find(c, CHECK_PACKED_METADATA);
    if (pdf_stream_data(c->pdf, stream, &bytes, &c->d))
        goto done;
    c->xmp = xmlx_parse(bytes.buf, bytes.len, c->place.file, &c->d);
    if (!c->xmp) {
        check_find(c, CHECK_METADATA, "they are not well-formed XML");
        goto done;
    }
    check_part(c);
    check_extensions(c);
done:
    strbuf_release(&bytes);
}

/* Whether the profile is an ICC profile whose colours match N; an explanation, or NULL. */
static const char *profile_fault(const struct strbuf *icc, long long n)
{
    const unsigned char *p = (const unsigned char *)icc->buf;
    unsigned long size;

    if (icc->len < 128 || memcmp(p + 36, "acsp", 4))
        return "the profile is not ICC";
    size = (unsigned long)p[0] << 24 | (unsigned long)p[1] << 16 | (unsigned long)p[2] << 8 | p[3];
    if (size != icc->len)
        return "the profile has another size than it says";
    if (p[8] > 4)
        return "the profile is newer than ICC version 4";
    if (memcmp(p + 12, "mntr", 4) && memcmp(p + 12, "prtr", 4))
        return "the profile is of no output device";
    if ((!memcmp(p + 16, "RGB ", 4) && n == 3) || (!memcmp(p + 16, "GRAY", 4) && n == 1) ||
        (!memcmp(p + 16, "CMYK", 4) && n == 4))
        return NULL;
    return "the profile's colours do not match its N";
}

static void check_intent(struct check *c)
{
    const struct pdf_obj *intents = pdf_get(c->pdf, pdf_catalog(c->pdf), "OutputIntents"), *intent;
    const struct pdf_obj *profile = NULL;
    struct strbuf icc = STRBUF_INIT;
    const char *fault;
    size_t i;

    check_ask(c);
    for (i = 0; i < pdf_len(intents); i++) {
        intent = pdf_at(c->pdf, intents, i);
        if (pdf_is_name(pdf_get(c->pdf, intent, "S"), "GTS_PDFA1")) {
            if (profile && profile != pdf_get(c->pdf, intent, "DestOutputProfile"))
                check_find(c, CHECK_INTENT, "there are two profiles");
            profile = pdf_get(c->pdf, intent, "DestOutputProfile");
            if (pdf_kind(pdf_get(c->pdf, intent, "OutputConditionIdentifier")) != PDF_STRING)
                check_find(c, CHECK_INTENT, "it has no OutputConditionIdentifier");
        }
    }
    if (pdf_kind(profile) != PDF_STREAM) {
        check_find(c, CHECK_INTENT, "there is none of type GTS_PDFA1 with a profile");
        return;
    }
    if (!pdf_stream_data(c->pdf, profile, &icc, &c->d) &&
        (fault = profile_fault(&icc, pdf_int(pdf_get(c->pdf, profile, "N")))))
        check_find(c, CHECK_INTENT, fault);
    strbuf_release(&icc);
}

static void check_catalog(struct check *c)
{
    const struct pdf_obj *catalog = pdf_catalog(c->pdf), *perms = pdf_get(c->pdf, catalog, "Perms");
    const char *key;
    struct pdf_obj *value;
    size_t i;

    check_ask(c);
    if (pdf_get(c->pdf, catalog, "AA"))
        check_find(c, CHECK_TRIGGER, pdf_owner(catalog));
    if (pdf_get(c->pdf, catalog, "Requirements"))
        check_find(c, CHECK_REQUIREMENTS);
    if (pdf_get(c->pdf, pdf_get(c->pdf, catalog, "Names"), "AlternatePresentations"))
        check_find(c, CHECK_ALTERNATE, "alternate presentations");
    if (pdf_get(c->pdf, catalog, "OCProperties"))
        check_find(c, CHECK_OPTIONAL);
    for (i = 0; pdf_dict_at(perms, i, &key, &value); i++)
        if (strcmp(key, "DocMDP") && strcmp(key, "UR3"))
            check_find(c, CHECK_PERMS, key);
    for (i = 0; i < pdf_pages(c->pdf); i++)
        if (pdf_get(c->pdf, pdf_page(c->pdf, i), "PresSteps"))
            check_find(c, CHECK_ALTERNATE, "presentation steps");
}

static void check_form(struct check *c)
{
    const struct pdf_obj *form = pdf_get(c->pdf, pdf_catalog(c->pdf), "AcroForm");

    check_ask(c);
    if (pdf_bool(pdf_get(c->pdf, form, "NeedAppearances")))
        check_find(c, CHECK_FORM, "it leaves appearances to the reader (NeedAppearances)");
    if (pdf_get(c->pdf, form, "XFA"))
        check_find(c, CHECK_XFA);
}

void check_archive(struct check *c)
{
    check_header(c);
    check_trailer(c);
    check_metadata(c);
    check_intent(c);
    check_catalog(c);
    check_form(c);
}
