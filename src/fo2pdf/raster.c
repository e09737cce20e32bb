/* PNG through cairo (libpng), JPEG through libjpeg. */
#include "raster.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "alloc.h"
#include "messages.h"

/* 64 million pixels take 256 MB. */
#define PIXELS_MAX 67108864L
/* cairo's image surfaces end there. */
#define SIDE_MAX 32767L

struct source {
    const unsigned char *bytes;
    size_t n, at;
    const char *src;
    const struct diag_place *place;
    struct diag *d;
};

static uint32_t big32(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

enum raster_kind raster_kind(const void *bytes, size_t n)
{
    if (n >= 8 && !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8))
        return RASTER_PNG;
    if (n >= 3 && !memcmp(bytes, "\xff\xd8\xff", 3))
        return RASTER_JPEG;
    return RASTER_NONE;
}

static int check_size(const struct source *s, long width, long height)
{
    if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX
        || width > PIXELS_MAX / height)
        return diag_at(s->d, s->place, FO_IMAGE_LARGE, s->src, width, height, PIXELS_MAX);
    return 0;
}

/* Points of N pixels at PER_METRE of them a metre; 0: not said, which is 72 an inch. */
static double natural(long n, double per_metre)
{
    return per_metre > 0 ? (double)n / per_metre / 0.0254 * 72 : (double)n;
}

/* ---- PNG ----------------------------------------------------------------------------------- */

static cairo_status_t read_png(void *arg, unsigned char *to, unsigned int n)
{
    struct source *s = arg;

    if (s->n - s->at < n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, s->bytes + s->at, n);
    s->at += n;
    return CAIRO_STATUS_SUCCESS;
}

/* Pixels a metre from the pHYs chunk; 0 when there is none. */
static void png_density(const struct source *s, double density[2])
{
    size_t at = 8;

    density[0] = density[1] = 0;
    while (s->n - at >= 12) {
        uint32_t len = big32(s->bytes + at);
        const unsigned char *type = s->bytes + at + 4, *data = type + 4;

        if (len > s->n - at - 12 || !memcmp(type, "IDAT", 4))
            return;
        if (!memcmp(type, "pHYs", 4) && len == 9 && data[8] == 1) {
            density[0] = big32(data);
            density[1] = big32(data + 4);
            return;
        }
        at += 12 + len;
    }
}

static int load_png(struct raster *r, struct source *s)
{
    double density[2];
    long width, height;
    cairo_status_t status;

    if (s->n < 24)
        return diag_at(s->d, s->place, FO_IMAGE_DAMAGED, s->src, "the file ends early");
    width = (long)big32(s->bytes + 16);
    height = (long)big32(s->bytes + 20);
    if (check_size(s, width, height))
        return -1;
    png_density(s, density);
    r->surface = cairo_image_surface_create_from_png_stream(read_png, s);
    status = cairo_surface_status(r->surface);
    if (status) {
        cairo_surface_destroy(r->surface);
        r->surface = NULL;
        return diag_at(s->d, s->place, FO_IMAGE_DAMAGED, s->src,
                       status == CAIRO_STATUS_READ_ERROR ? "the file ends early"
                                                         : "its PNG data cannot be read");
    }
    r->width = natural(width, density[0]);
    r->height = natural(height, density[1]);
    return 0;
}

/* ---- JPEG ---------------------------------------------------------------------------------- */

struct jpeg_faults {
    struct jpeg_error_mgr manager; /* first: libjpeg knows this address only */
    jmp_buf out;
    char text[JMSG_LENGTH_MAX];
};

static void jpeg_fault(j_common_ptr info)
{
    struct jpeg_faults *faults = (struct jpeg_faults *)(void *)info->err;

    info->err->format_message(info, faults->text);
    longjmp(faults->out, 1);
}

/* A warning is damage too: the picture is drawn with a part missing. */
static void jpeg_warning(j_common_ptr info, int level)
{
    if (level < 0)
        jpeg_fault(info);
}

static void copy_row(uint32_t *to, const unsigned char *from, long width, int channels)
{
    for (long x = 0; x < width; x++, from += channels) {
        unsigned r = from[0], g = channels == 1 ? r : from[1], b = channels == 1 ? r : from[2];

        to[x] = (uint32_t)(r << 16 | g << 8 | b);
    }
}

/* EXIF: a TIFF inside of an APP1 marker, whose first directory may have the tag Orientation. */
static unsigned tiff(const unsigned char *b, unsigned n, int little)
{
    unsigned v = 0;

    for (unsigned i = 0; i < n; i++)
        v |= (unsigned)b[i] << 8 * (little ? i : n - 1 - i);
    return v;
}

static int orientation(const unsigned char *b, unsigned n)
{
    unsigned at, entries;
    int little;

    if (n < 20 || memcmp(b, "Exif\0", 6))
        return 1;
    b += 6;
    n -= 6;
    little = b[0] == 'I';
    at = tiff(b + 4, 4, little);
    if (at > n - 2)
        return 1;
    entries = tiff(b + at, 2, little);
    for (at += 2; entries > 0 && n >= 12 && at <= n - 12; entries--, at += 12)
        if (tiff(b + at, 2, little) == 0x0112)
            return (int)tiff(b + at + 8, 2, little);
    return 1;
}

static int check_upright(const struct source *s, const struct jpeg_decompress_struct *info)
{
    for (jpeg_saved_marker_ptr m = info->marker_list; m; m = m->next) {
        int turned = orientation(m->data, m->data_length);

        if (turned > 1 && turned <= 8)
            return diag_at(s->d, s->place, FO_IMAGE_TURNED, s->src, turned);
    }
    return 0;
}

/* Between set-up and the end libjpeg may jump back to load_jpeg; what must be freed then is in R and
 * INFO, and *ROW. */
static int decode(struct raster *r, struct source *s, struct jpeg_decompress_struct *info,
                  unsigned char **row)
{
    unsigned char *data;
    int stride;

    jpeg_mem_src(info, s->bytes, s->n);
    jpeg_save_markers(info, JPEG_APP0 + 1, 0xffff);
    jpeg_read_header(info, TRUE);
    if (check_upright(s, info))
        return -1;
    if (info->num_components != 1 && info->num_components != 3)
        return diag_at(s->d, s->place, FO_IMAGE_CMYK, s->src, info->num_components);
    if (check_size(s, (long)info->image_width, (long)info->image_height))
        return -1;
    info->out_color_space = info->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(info);
    r->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)info->output_width,
                                            (int)info->output_height);
    data = cairo_image_surface_get_data(r->surface);
    stride = cairo_image_surface_get_stride(r->surface);
    *row = xmalloc((size_t)info->output_width * (size_t)info->output_components);
    cairo_surface_flush(r->surface);
    while (data && info->output_scanline < info->output_height) {
        uint32_t *to = (uint32_t *)(void *)(data + (ptrdiff_t)info->output_scanline * stride);

        jpeg_read_scanlines(info, row, 1);
        copy_row(to, *row, (long)info->output_width, info->output_components);
    }
    jpeg_finish_decompress(info);
    cairo_surface_mark_dirty(r->surface);
    return 0;
}

static void jpeg_natural(struct raster *r, const struct jpeg_decompress_struct *info)
{
    double unit = info->density_unit == 1 ? 1 / 0.0254 : info->density_unit == 2 ? 100 : 0;

    r->width = natural((long)info->image_width, info->X_density * unit);
    r->height = natural((long)info->image_height, info->Y_density * unit);
}

static int load_jpeg(struct raster *r, struct source *s)
{
    struct jpeg_decompress_struct info;
    struct jpeg_faults faults;
    unsigned char *row = NULL, *own;
    volatile int bad = -1;
    unsigned char *volatile *row_at = (unsigned char *volatile *)&row;

    memset(&info, 0, sizeof info);
    info.err = jpeg_std_error(&faults.manager);
    faults.manager.error_exit = jpeg_fault;
    faults.manager.emit_message = jpeg_warning;
    if (setjmp(faults.out)) {
        diag_at(s->d, s->place, FO_IMAGE_DAMAGED, s->src, faults.text);
    } else {
        jpeg_create_decompress(&info);
        bad = decode(r, s, &info, &row);
        if (!bad)
            jpeg_natural(r, &info);
    }
    jpeg_destroy_decompress(&info);
    free(*row_at);
    if (bad) {
        cairo_surface_destroy(r->surface);
        r->surface = NULL;
        return -1;
    }
    own = xmalloc(s->n);
    memcpy(own, s->bytes, s->n);
    if (cairo_surface_set_mime_data(r->surface, CAIRO_MIME_TYPE_JPEG, own, s->n, free, own))
        free(own);
    return 0;
}

int raster_load(struct raster *r, const void *bytes, size_t n, const char *src,
                const struct diag_place *place, struct diag *d)
{
    struct source s = { bytes, n, 0, src, place, d };

    memset(r, 0, sizeof *r);
    return raster_kind(bytes, n) == RASTER_PNG ? load_png(r, &s) : load_jpeg(r, &s);
}
