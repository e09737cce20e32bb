/* Stream data: Flate both ways, PNG predictors backwards. ISO 32000-1, 7.4. */
#include "pdf_int.h"

#include <libdeflate.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "messages.h"

static int stream_fault(struct pdf *pdf, const struct pdf_obj *stream, const char *what,
                        struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    return diag_at(d, &place, PDF_STREAM_DATA, stream->owner, what);
}

const char *pdf_stream_raw(const struct pdf_obj *stream, size_t *n)
{
    int is = stream && stream->kind == PDF_STREAM;

    *n = is ? stream->u.stream.n : 0;
    return is ? stream->u.stream.raw : NULL;
}

/* ---- inflating ------------------------------------------------------------------------------ */

/* Returns NULL, or what is wrong. The whole stored data must be one zlib stream. */
static const char *inflate_all(struct pdf *pdf, const char *raw, size_t n, struct strbuf *out)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)raw, .avail_in = (uInt)n };
    const char *what = NULL;
    int result = Z_OK;

    if (n > UINT_MAX || inflateInit(&z) != Z_OK)
        return "cannot be inflated";
    while (result != Z_STREAM_END) {
        size_t room;

        strbuf_grow(out, n * 4 > 4096 && n < ((size_t)16 << 20) ? n * 4 : 4096);
        room = out->cap - out->len - 1;
        if (room > UINT_MAX)
            room = UINT_MAX;
        z.next_out = (Bytef *)out->buf + out->len;
        z.avail_out = (uInt)room;
        result = inflate(&z, Z_NO_FLUSH);
        room -= z.avail_out;
        out->len += room;
        pdf->inflated += room;
        if (pdf->inflated > PDF_MAX_INFLATE) {
            what = "inflates to more than 256 MiB in all";
            break;
        }
        if (result != Z_OK && result != Z_STREAM_END) {
            what = result == Z_BUF_ERROR ? "the Flate data are cut short"
                                         : "the Flate data are damaged";
            break;
        }
    }
    if (!what && z.avail_in)
        what = "something follows the Flate data";
    inflateEnd(&z);
    out->buf[out->len] = '\0';
    return what;
}

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);

    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

static void undo_row(unsigned char *row, const unsigned char *above, size_t n, size_t pixel,
                     int filter)
{
    size_t i;

    for (i = 0; i < n; i++) {
        int left = i >= pixel ? row[i - pixel] : 0;
        int up = above ? above[i] : 0;
        int corner = above && i >= pixel ? above[i - pixel] : 0;
        int add = filter == 1 ? left : filter == 2 ? up : filter == 3 ? (left + up) / 2 :
                  filter == 4 ? paeth(left, up, corner) : 0;

        row[i] = (unsigned char)(row[i] + add);
    }
}

/* Undoes PNG predictors in OUT from byte START on, in place. Returns NULL or what is wrong. */
static const char *undo_png(struct pdf *pdf, const struct pdf_obj *parms, struct strbuf *out,
                            size_t start)
{
    long long colors = 1, bits = 8, columns = 1;
    size_t row_len, pixel, rows, i;
    unsigned char *in = (unsigned char *)out->buf + start, *to = in, *above = NULL;

    if (pdf_get(pdf, parms, "Colors"))
        colors = pdf_int(pdf_get(pdf, parms, "Colors"));
    if (pdf_get(pdf, parms, "BitsPerComponent"))
        bits = pdf_int(pdf_get(pdf, parms, "BitsPerComponent"));
    if (pdf_get(pdf, parms, "Columns"))
        columns = pdf_int(pdf_get(pdf, parms, "Columns"));
    if (colors < 1 || colors > 4 || bits < 1 || bits > 16 || columns < 1 || columns > 1 << 20)
        return "a predictor with measures out of range";
    row_len = (size_t)((colors * bits * columns + 7) / 8);
    pixel = (size_t)((colors * bits + 7) / 8);
    rows = (out->len - start) / (row_len + 1);
    if (rows * (row_len + 1) != out->len - start)
        return "the predictor's rows do not fit the data";
    for (i = 0; i < rows; i++) {
        int filter = *in++;

        if (filter > 4)
            return "an unknown PNG predictor";
        memmove(to, in, row_len);
        undo_row(to, above, row_len, pixel, filter);
        above = to;
        to += row_len;
        in += row_len;
    }
    out->len = (size_t)((char *)to - out->buf);
    out->buf[out->len] = '\0';
    return NULL;
}

/* A filter as a name or an array of one name; the same for DecodeParms. */
static struct pdf_obj *only(const struct pdf *pdf, struct pdf_obj *value)
{
    return pdf_kind(value) == PDF_ARRAY && pdf_len(value) == 1 ? pdf_at(pdf, value, 0) : value;
}

int pdf_stream_data(struct pdf *pdf, const struct pdf_obj *stream, struct strbuf *out,
                    struct diag *d)
{
    struct pdf_obj *filter = only(pdf, pdf_get(pdf, stream, "Filter"));
    struct pdf_obj *parms = only(pdf, pdf_get(pdf, stream, "DecodeParms"));
    long long predictor = pdf_int(pdf_get(pdf, parms, "Predictor"));
    size_t start = out->len;
    const char *what;

    if (pdf_kind(stream) != PDF_STREAM)
        abort();
    if (pdf_get(pdf, stream, "F"))
        return stream_fault(pdf, stream, "lies in another file", d);
    if (!filter || (pdf_kind(filter) == PDF_ARRAY && !pdf_len(filter))) {
        strbuf_add(out, stream->u.stream.raw, stream->u.stream.n);
        return 0;
    }
    if (!pdf_is_name(filter, "FlateDecode"))
        return stream_fault(pdf, stream, "a filter other than FlateDecode", d);
    if (predictor > 1 && (predictor < 10 || predictor > 15))
        return stream_fault(pdf, stream, "a predictor other than PNG's", d);
    what = inflate_all(pdf, stream->u.stream.raw, stream->u.stream.n, out);
    if (!what && predictor > 1)
        what = undo_png(pdf, parms, out, start);
    return what ? stream_fault(pdf, stream, what, d) : 0;
}

/* ---- deflating ------------------------------------------------------------------------------ */

struct pdf_deflater {
    struct libdeflate_compressor *levels[PDF_MAX_LEVEL + 1]; /* NULL: not asked for yet */
};

struct pdf_deflater *pdf_deflater_new(void)
{
    return xcalloc(1, sizeof(struct pdf_deflater));
}

void pdf_deflater_free(struct pdf_deflater *deflater)
{
    if (!deflater)
        return;
    for (int i = 0; i <= PDF_MAX_LEVEL; i++)
        if (deflater->levels[i])
            libdeflate_free_compressor(deflater->levels[i]);
    free(deflater);
}

void pdf_use_deflater(struct pdf *pdf, struct pdf_deflater *deflater)
{
    pdf->deflater = deflater;
}

static struct libdeflate_compressor *compressor(struct pdf *pdf, int level)
{
    struct pdf_deflater *deflater = pdf->deflater;

    if (level < 1 || level > PDF_MAX_LEVEL)
        abort();
    if (!deflater)
        deflater = pdf->deflater = pdf->own_deflater = pdf_deflater_new();
    if (!deflater->levels[level] &&
        !(deflater->levels[level] = libdeflate_alloc_compressor(level)))
        abort(); /* out of memory */
    return deflater->levels[level];
}

void pdf_deflate(struct pdf *pdf, const void *bytes, size_t n, int level, struct strbuf *out)
{
    struct libdeflate_compressor *c = compressor(pdf, level);
    size_t most = libdeflate_zlib_compress_bound(c, n), len;

    strbuf_grow(out, most);
    len = libdeflate_zlib_compress(c, bytes, n, out->buf + out->len, most);
    if (!len)
        abort(); /* the bound promises the room */
    out->len += len;
    out->buf[out->len] = '\0';
}

void pdf_stream_set_raw(struct pdf *pdf, struct pdf_obj *stream, const void *bytes, size_t n)
{
    if (pdf_kind(stream) != PDF_STREAM)
        abort();
    stream->u.stream.raw = pdf_keep(pdf, bytes, n);
    stream->u.stream.n = n;
    pdf_set_int(pdf, stream, "Length", (long long)n);
}

void pdf_stream_set(struct pdf *pdf, struct pdf_obj *stream, const void *bytes, size_t n,
                    int level)
{
    struct strbuf deflated = STRBUF_INIT;

    pdf_set(pdf, stream, "DecodeParms", NULL);
    if (!level) {
        pdf_set(pdf, stream, "Filter", NULL);
        pdf_stream_set_raw(pdf, stream, bytes, n);
        return;
    }
    pdf_deflate(pdf, bytes, n, level, &deflated);
    pdf_set_name(pdf, stream, "Filter", "FlateDecode");
    pdf_stream_set_raw(pdf, stream, deflated.buf, deflated.len);
    strbuf_release(&deflated);
}
