/* Fuzz target: hostile bytes as XSL-FO. Pages come out that can be written and read, or a message. Run
 * it in the repository's root. */
#include <stdint.h>
#include <stdlib.h>

#include "fo2pdf.h"
#include "pdf.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fo2pdf *stage;

static void end(void)
{
    fo2pdf_close(stage);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fo2pdf_options options = { .base = "tests/fuzz/fo", .date = 1700000000 };
    struct strbuf bytes = STRBUF_INIT;
    struct pdf *pdf = NULL, *again;
    struct diag d;
    xmlDoc *fo;

    diag_init(&d, "fuzz");
    if (!stage) {
        xmlx_init();
        stage = fo2pdf_open("fonts/fonts.conf", &d);
        if (!stage || atexit(end))
            abort();
    }
    d.out = NULL;
    fo = xmlx_parse((const char *)data, size, "fuzz", &d);
    if (fo && !fo2pdf(stage, fo, "fuzz", &options, &pdf, &d)) {
        if (pdf_write(pdf, NULL, &bytes, &d))
            abort();
        again = pdf_parse(bytes.buf, bytes.len, "again", &d);
        if (!again)
            abort();
        pdf_free(again);
    } else if (!diag_failed(&d)) {
        abort();
    }
    pdf_free(pdf);
    xmlFreeDoc(fo);
    strbuf_release(&bytes);
    return 0;
}
