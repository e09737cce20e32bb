/* Writing of cross-reference sections and the end of a file. ISO 32000-1, 7.5.4, 7.5.5, 7.5.8. */
#include "pdf_int.h"

#include <stdio.h>
#include <string.h>

static void print_end(size_t at, struct strbuf *out)
{
    strbuf_addf(out, "startxref\n%zu\n%%%%EOF\n", at);
}

/* The length of the run of consecutive numbers that begins at row I. */
static size_t run(const struct pdf_xref_row *rows, size_t n, size_t i)
{
    size_t end = i + 1;

    while (end < n && rows[end].number == rows[end - 1].number + 1)
        end++;
    return end - i;
}

void pdf_write_table(const struct pdf_xref_row *rows, size_t n, int size, const char *trailer,
                     size_t base, struct strbuf *out)
{
    size_t at = base + out->len, i, k;

    strbuf_addstr(out, "xref\n");
    for (i = 0; i < n; i += k) {
        size_t end = i + (k = run(rows, n, i)), r;

        strbuf_addf(out, "%d %zu\n", rows[i].number, k);
        for (r = i; r < end; r++)
            strbuf_addf(out, "%010zu %05d %c \n", rows[r].place, rows[r].index,
                        rows[r].type ? 'n' : 'f');
    }
    strbuf_addf(out, "trailer\n<</Size %d%s>>\n", size, trailer);
    print_end(at, out);
}

/* Rows of type, place (WIDTH bytes) and index, each as the difference from the row above with the
 * PNG predictor's leading byte: neighbours differ little, so they deflate to almost nothing. */
static void pack_rows(const struct pdf_xref_row *rows, size_t n, size_t width, struct strbuf *out)
{
    unsigned char row[16], above[16] = { 0 };
    size_t i, k, len = width + 3;

    for (i = 0; i < n; i++) {
        row[0] = rows[i].type;
        for (k = 0; k < width; k++)
            row[1 + k] = (unsigned char)(rows[i].place >> (8 * (width - 1 - k)));
        row[1 + width] = (unsigned char)(rows[i].index >> 8);
        row[2 + width] = (unsigned char)rows[i].index;
        strbuf_addch(out, 2);
        for (k = 0; k < len; k++)
            strbuf_addch(out, (char)(row[k] - above[k]));
        memcpy(above, row, len);
    }
}

void pdf_write_xref_stream(struct pdf *pdf, struct pdf_xref_row *rows, size_t n, int stream_number,
                           const char *trailer, size_t base, struct strbuf *out)
{
    struct strbuf data = STRBUF_INIT, packed = STRBUF_INIT;
    size_t at = base + out->len, width = 1, i, k;

    rows[n++] = (struct pdf_xref_row){ stream_number, 1, at, 0 };
    while (at >> (8 * width))
        width++;
    pack_rows(rows, n, width, &data);
    pdf_deflate(pdf, data.buf, data.len, PDF_LEVEL, &packed);
    strbuf_addf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 %zu 2]", stream_number, stream_number + 1,
                width);
    if (run(rows, n, 0) != n || rows[0].number) {
        strbuf_addstr(out, "/Index[");
        for (i = 0; i < n; i += k) {
            k = run(rows, n, i);
            strbuf_addf(out, "%s%d %zu", i ? " " : "", rows[i].number, k);
        }
        strbuf_addch(out, ']');
    }
    strbuf_addf(out, "%s/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %zu>>/Length %zu>>"
                "\nstream\n", trailer, width + 3, packed.len);
    strbuf_add(out, packed.buf, packed.len);
    strbuf_addstr(out, "\nendstream\nendobj\n");
    print_end(at, out);
    strbuf_release(&data);
    strbuf_release(&packed);
}
