/* Fuzz target: hostile bytes through the PDF reader, its look-ups, the tokenizer and both writers.
 * What was read must be written, and what was written must be read again and come out the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content.h"
#include "pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static void read_contents(struct pdf *pdf, struct diag *d)
{
    size_t i;

    for (i = 0; i < pdf_pages(pdf) && i < 8; i++) {
        struct pdf_obj *stream = pdf_get(pdf, pdf_page(pdf, i), "Contents");
        struct strbuf bytes = STRBUF_INIT;
        struct pdf_content c;
        struct pdf_op op;

        pdf_page_get(pdf, i, "MediaBox");
        if (pdf_kind(stream) == PDF_STREAM && !pdf_stream_data(pdf, stream, &bytes, d)) {
            pdf_content_init(&c, bytes.buf, bytes.len, "fuzz");
            while (pdf_content_next(&c, &op, d) > 0)
                ;
        }
        strbuf_release(&bytes);
    }
}

static void read_values(struct pdf *pdf)
{
    struct strbuf text = STRBUF_INIT;
    time_t moment;
    int i;

    for (i = 1; i < pdf_objects(pdf); i++) {
        struct pdf_obj *obj = pdf_object(pdf, i), *value;
        const char *key;
        size_t k;

        for (k = 0; pdf_dict_at(obj, k, &key, &value); k++) {
            strbuf_clear(&text);
            pdf_text(pdf_resolve(pdf, value), &text);
            pdf_date(pdf_resolve(pdf, value), &moment);
            pdf_number(value);
        }
    }
    strbuf_release(&text);
}

/* Writes PDF, reads that and writes it again. */
static void round_trip(struct pdf *pdf, enum pdf_xref xref, struct diag *d)
{
    struct pdf_write_options options = { .xref = xref, .level = 1 };
    struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;

    if (!pdf_write(pdf, &options, &once, d)) {
        struct pdf *again = pdf_parse(once.buf, once.len, "again", d);

        must(again != NULL);
        must(!pdf_write(again, &options, &twice, d));
        must(once.len == twice.len && !memcmp(once.buf, twice.buf, once.len));
        pdf_free(again);
    }
    strbuf_release(&once);
    strbuf_release(&twice);
}

static void update(struct pdf *pdf, const uint8_t *data, size_t size, struct diag *d)
{
    struct pdf_append_options options = { .contents_size = 8 };
    struct pdf_obj *sig = pdf_new_dict(pdf);
    struct strbuf file = STRBUF_INIT, more = STRBUF_INIT;
    struct pdf_hole hole;

    options.signature = pdf_add(pdf, sig);
    pdf_set_ref(pdf, pdf_catalog(pdf), "FuzzSeal", options.signature);
    if (!pdf_append(pdf, &options, &more, &hole, d)) {
        struct pdf *again;

        strbuf_add(&file, data, size);
        strbuf_add(&file, more.buf, more.len);
        must(!pdf_fill_hole(&file, &hole, "12345678", 8));
        again = pdf_parse(file.buf, file.len, "again", d);
        must(again != NULL);
        must(pdf_revisions(again) == pdf_revisions(pdf) + 1);
        must(pdf_get(again, pdf_catalog(again), "FuzzSeal") != NULL);
        pdf_free(again);
    }
    strbuf_release(&file);
    strbuf_release(&more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diag d;
    struct pdf *pdf;

    diag_init(&d, "fuzz");
    d.out = NULL;
    pdf = pdf_parse(data, size, "fuzz", &d);
    must((pdf != NULL) == (d.errors == 0));
    if (!pdf)
        return 0;
    read_contents(pdf, &d);
    read_values(pdf);
    round_trip(pdf, PDF_XREF_STREAM, &d);
    round_trip(pdf, PDF_XREF_TABLE, &d);
    update(pdf, data, size, &d);
    pdf_free(pdf);
    return 0;
}
