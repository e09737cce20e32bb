#include "packet.h"

#include "isodate.h"

#define CERTPRESS_NS "urn:certpress:xmp:"

static void add_escaped(struct strbuf *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&':
            strbuf_addstr(out, "&amp;");
            break;
        case '<':
            strbuf_addstr(out, "&lt;");
            break;
        case '>':
            strbuf_addstr(out, "&gt;");
            break;
        default:
            strbuf_addch(out, *s);
        }
    }
}

static void property(struct strbuf *out, const char *name, const char *value)
{
    if (!value)
        return;
    strbuf_addf(out, "   <%s>", name);
    add_escaped(out, value);
    strbuf_addf(out, "</%s>\n", name);
}

/* An array of one item: KIND is rdf:Alt, rdf:Bag or rdf:Seq. */
static void array(struct strbuf *out, const char *name, const char *kind, const char *attribute,
                  const char *value)
{
    if (!value)
        return;
    strbuf_addf(out, "   <%s><%s><rdf:li%s>", name, kind, attribute);
    add_escaped(out, value);
    strbuf_addf(out, "</rdf:li></%s></%s>\n", kind, name);
}

/* ---- the schemas that are not PDF/A's own: 6.6.2.3 ------------------------------------------ */

struct described {
    const char *name, *type, *text;
};

static const struct described uaid[] = {
    { "part", "Integer", "Part of ISO 14289 to which the document conforms" },
    { NULL, NULL, NULL },
};
static const struct described certpress[] = {
    { "Kind", "Text", "Kind of the certificate" },
    { "Reference", "Text", "Reference of the certificate" },
    { "Status", "Text", "Status of the certificate: issued or specimen" },
    { "DocumentFileName", "Text", "Name of the embedded file that holds the certificate's data" },
    { "CertificateSHA256", "Text", "SHA-256 of that file's bytes in hexadecimal" },
    { NULL, NULL, NULL },
};

static void schema(struct strbuf *out, const char *name, const char *ns, const char *prefix,
                   const struct described *row)
{
    strbuf_addf(out, "    <rdf:li rdf:parseType=\"Resource\">\n"
                "     <pdfaSchema:schema>%s</pdfaSchema:schema>\n"
                "     <pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
                "     <pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
                "     <pdfaSchema:property><rdf:Seq>\n", name, ns, prefix);
    for (; row->name; row++)
        strbuf_addf(out, "      <rdf:li rdf:parseType=\"Resource\">"
                    "<pdfaProperty:name>%s</pdfaProperty:name>"
                    "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
                    "<pdfaProperty:category>internal</pdfaProperty:category>"
                    "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
                    row->name, row->type, row->text);
    strbuf_addstr(out, "     </rdf:Seq></pdfaSchema:property>\n    </rdf:li>\n");
}

static void schemas(const struct packet *p, struct strbuf *out)
{
    strbuf_addstr(out, "  <rdf:Description rdf:about=\"\""
                  " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                  " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                  " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                  "   <pdfaExtension:schemas><rdf:Bag>\n");
    if (p->tagged)
        schema(out, "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid",
               uaid);
    schema(out, "Certificate data schema", CERTPRESS_NS, "certpress", certpress);
    strbuf_addstr(out, "   </rdf:Bag></pdfaExtension:schemas>\n  </rdf:Description>\n");
}

/* ---- the packet ----------------------------------------------------------------------------- */

void packet_write(const struct packet *p, struct strbuf *out)
{
    char date[21];

    isodate_print_moment(p->date, date);
    strbuf_addstr(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                  " xmlns:certpress=\"" CERTPRESS_NS "\">\n");
    property(out, "pdfaid:part", "3");
    property(out, "pdfaid:conformance", p->tagged ? "A" : "U");
    property(out, "pdfuaid:part", p->tagged ? "1" : NULL);
    property(out, "dc:format", "application/pdf");
    array(out, "dc:title", "rdf:Alt", " xml:lang=\"x-default\"", p->title);
    array(out, "dc:language", "rdf:Bag", "", p->language);
    array(out, "dc:creator", "rdf:Seq", "", p->creator);
    property(out, "xmp:CreateDate", date);
    property(out, "xmp:ModifyDate", date);
    property(out, "xmp:MetadataDate", date);
    property(out, "xmp:CreatorTool", p->producer);
    property(out, "pdf:Producer", p->producer);
    property(out, "certpress:Kind", p->kind);
    property(out, "certpress:Reference", p->reference);
    property(out, "certpress:Status", p->status);
    property(out, "certpress:DocumentFileName", p->file_name);
    property(out, "certpress:CertificateSHA256", p->sha256);
    strbuf_addstr(out, "  </rdf:Description>\n");
    schemas(p, out);
    strbuf_addstr(out, " </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}
