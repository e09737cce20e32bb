/* Fuzz target: hostile bytes as XSL-FO. Pages come out that can be written and read, or a message; the
 * same ones from a file that is read piece by piece. Run it in the repository's root. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fo2pdf.h"
#include "pdf.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Sets FO, or OPTIONS' file when it is NULL, to BYTES. Returns 0 or -1. */
static int set(struct fo2pdf *stage, xmlDoc *fo, const struct fo2pdf_options *options,
               struct strbuf *bytes)
{
    struct pdf *pdf = NULL, *again;
    struct diag d;

    diag_init(&d, "fuzz");
    d.out = NULL;
    if (fo2pdf(stage, fo, "fuzz", options, &pdf, &d)) {
        if (!diag_failed(&d))
            abort();
        return -1;
    }
    if (pdf_write(pdf, NULL, bytes, &d))
        abort();
    again = pdf_parse(bytes->buf, bytes->len, "again", &d);
    if (!again)
        abort();
    pdf_free(again);
    pdf_free(pdf);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fo2pdf_options options = { .base = "tests/fuzz/fo", .date = 1700000000 };
    static struct fo2pdf *stage;
    static char path[64];
    static int file;
    struct strbuf whole = STRBUF_INIT, pieces = STRBUF_INIT;
    struct diag d;
    xmlDoc *fo;
    int bad;

    diag_init(&d, "fuzz");
    if (!stage) {
        xmlx_init();
        stage = fo2pdf_open("fonts/fonts.conf", &d);
        file = memfd_create("document", 0);
        if (!stage || file < 0)
            abort();
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    d.out = NULL;
    fo = xmlx_parse((const char *)data, size, "fuzz", &d);
    if (!fo && !diag_failed(&d))
        abort();
    bad = !fo || set(stage, fo, &options, &whole);
    if (ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
        abort();
    options.path = path;
    if ((set(stage, NULL, &options, &pieces) != 0) != bad || whole.len != pieces.len ||
        memcmp(whole.buf, pieces.buf, whole.len))
        abort();
    xmlFreeDoc(fo);
    strbuf_release(&whole);
    strbuf_release(&pieces);
    return 0;
}
