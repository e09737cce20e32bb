/* QR codes: libqrencode's modules as a mask for cairo. */
#include "qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "xmlx.h"

enum { QUIET = 4 };

static int level_of(const char *name, QRecLevel *level)
{
    static const char names[] = "LMQH";
    const char *at = name && strlen(name) == 1 ? strchr(names, *name) : NULL;

    if (!name) {
        *level = QR_ECLEVEL_M;
        return 0;
    }
    if (!at)
        return -1;
    *level = (QRecLevel)(at - names);
    return 0;
}

/* cairo keeps A1 rows as 32-bit words, first pixel in the lowest bit on little-endian machines and
 * in the highest on others. */
static void set_pixel(unsigned char *row, int x)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    row[x / 8] |= (unsigned char)(1u << x % 8);
#else
    row[x / 8] |= (unsigned char)(0x80u >> x % 8);
#endif
}

static int pixel(const unsigned char *row, int x)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return row[x / 8] >> x % 8 & 1;
#else
    return row[x / 8] >> (7 - x % 8) & 1;
#endif
}

void qr_rows(cairo_surface_t *mask, struct strbuf *out)
{
    int n = cairo_image_surface_get_width(mask), stride = cairo_image_surface_get_stride(mask);
    const unsigned char *row = cairo_image_surface_get_data(mask);

    for (int y = 0; row && y < n; y++, row += stride)
        for (int x = 0; x < n; x += 8) {
            unsigned byte = 0;

            for (int i = 0; i < 8; i++)
                byte = byte << 1 | (x + i < n ? (unsigned)pixel(row, x + i) : 0);
            strbuf_addch(out, (char)byte);
        }
}

static cairo_surface_t *draw(const QRcode *code)
{
    int n = code->width + 2 * QUIET;
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A1, n, n);
    unsigned char *data = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);

    cairo_surface_flush(mask);
    for (int y = 0; data && y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                set_pixel(data + (ptrdiff_t)(y + QUIET) * stride, x + QUIET);
    cairo_surface_mark_dirty(mask);
    return mask;
}

cairo_surface_t *qr_make(const xmlNode *node, const struct diag_place *place, struct diag *d)
{
    const char *name = xmlx_attr(node, "level");
    char *text = xmlx_text(node);
    cairo_surface_t *mask = NULL;
    QRcode *code = NULL;
    QRecLevel level;
    size_t n = strlen(text);

    if (level_of(name, &level))
        diag_at(d, place, FO_QR_LEVEL, name);
    else if (!n)
        diag_at(d, place, FO_QR_TEXT);
    else if (n > 7089 || !(code = QRcode_encodeString8bit(text, 0, level)))
        diag_at(d, place, FO_QR_LONG, n, name ? name : "M");
    else
        mask = draw(code);
    QRcode_free(code);
    free(text);
    return mask;
}
