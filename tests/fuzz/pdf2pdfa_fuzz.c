/* Fuzz target: any PDF that can be read is archived or refused, and an archive can be read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pdf.h"
#include "pdf2pdfa.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char certificate[] =
    "<certificate xmlns='urn:certpress:cert' version='1' kind='iecee' lang='en' status='issued'>"
    "<name>X</name><reference>X</reference></certificate>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pdf2pdfa_attachment file = { .name = "a.svg", .bytes = "<svg/>", .n = 6 };
    struct pdf2pdfa_options options = { .date = 1700000000, .attachments = &file,
                                        .attachments_n = 1, .untagged = 1 };
    struct strbuf out = STRBUF_INIT;
    struct diag d;
    struct pdf *pdf, *again;
    xmlDoc *cert;

    xmlx_init();
    diag_init(&d, "fuzz");
    d.out = NULL;
    pdf = pdf_parse(data, size, "fuzz", &d);
    if (!pdf)
        return 0;
    cert = xmlx_parse(certificate, sizeof certificate - 1, "c", &d);
    if (!pdf2pdfa(pdf, cert, &options, &d) && !pdf_write(pdf, NULL, &out, &d)) {
        again = pdf_parse(out.buf, out.len, "again", &d);
        if (!again || !pdf_get(again, pdf_catalog(again), "Metadata") || !pdf_pages(again))
            abort();
        pdf_free(again);
    }
    strbuf_release(&out);
    pdf_free(pdf);
    xmlFreeDoc(cert);
    return 0;
}
