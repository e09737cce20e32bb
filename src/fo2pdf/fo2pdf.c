/* The stage's functions: formatting objects to areas, areas to pages, pages to a tagged PDF. */
#include "fo2pdf.h"

#include <cairo-svg.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "alloc.h"
#include "areaxml.h"
#include "bookmarks.h"
#include "canvas_cairo.h"
#include "fonts.h"
#include "hyphens.h"
#include "image.h"
#include "layout.h"
#include "messages.h"
#include "paint.h"
#include "parse.h"
#include "pdf.h"
#include "press.h"
#include "selection.h"
#include "tags.h"
#include "version.h"

/* A raster of this many pixels takes a gigabyte. */
#define RASTER_MAX 268435456.0

struct fo2pdf {
    struct fonts *fonts;
    struct images *images;
    struct pdf_deflater *deflater;
    struct hyphens *hyphens;
};

/* One document on its way. */
struct job {
    struct fo2pdf *f;
    const struct fo2pdf_options *options;
    struct fo_document *fo;
    struct area_document *areas;
    struct tags *tags;
    struct diag *d;
    long faults; /* of D before this document */
};

struct fo2pdf *fo2pdf_open(const char *fonts, struct diag *d)
{
    struct fonts *set = fonts_open(fonts, d);
    struct fo2pdf *f;
    PangoFontMap *map;

    if (!set)
        return NULL;
    f = xcalloc(1, sizeof *f);
    map = fonts_map(set);
    f->fonts = set;
    f->hyphens = hyphens_open(HYPHENS_FOLDER);
    f->images = images_new(map, pango_fc_font_map_get_config(PANGO_FC_FONT_MAP(map)));
    f->deflater = pdf_deflater_new();
    return f;
}

void fo2pdf_close(struct fo2pdf *f)
{
    if (!f)
        return;
    hyphens_close(f->hyphens);
    images_free(f->images);
    fonts_close(f->fonts);
    pdf_deflater_free(f->deflater);
    free(f);
}

void fo2pdf_hyphenation(struct fo2pdf *f, const char *folder)
{
    hyphens_close(f->hyphens);
    f->hyphens = hyphens_open(folder);
}

/* ---- formatting ---------------------------------------------------------------------------- */

/* Parses and lays out. Faults of structure and of layout are reported in one pass. */
static int begin(struct job *j, struct fo2pdf *f, xmlDoc *xml, const char *name,
                 const struct fo2pdf_options *options, int tagged, struct diag *d)
{
    struct layout_options layout_options = {
        .fonts = f->fonts,
        .measure = images_measure,
        .measure_arg = f->images,
        .hyphens = f->hyphens,
        .lenient = options->lenient,
        .keep = options->keep ? (size_t)*options->keep << 20 : LAYOUT_KEEP,
    };

    memset(j, 0, sizeof *j);
    j->f = f;
    j->options = options;
    j->d = d;
    j->faults = diag_faults(d);
    if (!name)
        name = !xml ? options->path : xml->URL ? (const char *)xml->URL : "document.fo";
    if (xml ? fo_parse(xml, name, options->base, options->lenient, &j->fo, d)
            : fo_parse_file(options->path, name, options->base, options->lenient, options->seen,
                            options->seen_arg, &j->fo, d))
        return -1;
    images_begin_document(f->images, j->fo->base, j->fo->name, options->lenient);
    if (tagged)
        j->tags = tags_new(j->fo, options->lenient, d);
    if (layout(j->fo, &layout_options, &j->areas, d))
        return -1;
    if (options->pages && selection_keep(j->areas, options->pages, d))
        return -1;
    return diag_faults(d) > j->faults ? -1 : 0;
}

static void end(struct job *j)
{
    tags_free(j->tags);
    if (j->areas)
        layout_free(j->areas);
    images_end_document(j->f->images);
    fo_free(j->fo);
}

/* ---- surfaces ------------------------------------------------------------------------------ */

static cairo_status_t collect(void *arg, const unsigned char *bytes, unsigned int n)
{
    strbuf_add(arg, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Ends drawing: everything that went wrong in cairo shows here. */
static int finish(struct job *j, cairo_t *cr, cairo_surface_t *surface)
{
    cairo_status_t status = cairo_status(cr);

    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status ? diag(j->d, FO_DRAWING, cairo_status_to_string(status)) : 0;
}

static void write_info(struct job *j, struct pdf *pdf)
{
    struct pdf_obj *info = pdf_new_dict(pdf);

    if (j->fo->title)
        pdf_set_text(pdf, info, "Title", j->fo->title);
    pdf_set_text(pdf, info, "Producer", "certpress " CERTPRESS_VERSION);
    pdf_set(pdf, info, "CreationDate", pdf_new_date(pdf, j->options->date));
    pdf_set(pdf, info, "ModDate", pdf_new_date(pdf, j->options->date));
    pdf_set_ref(pdf, pdf_trailer(pdf), "Info", pdf_add(pdf, info));
}

/* Pictures inside SVG come with a wish for smoothing, which ISO 19005-3, 6.2.8 forbids. */
static void drop_interpolation(struct pdf *pdf)
{
    for (int i = 1; i < pdf_objects(pdf); i++) {
        struct pdf_obj *obj = pdf_object(pdf, i);

        if (pdf_kind(obj) == PDF_STREAM && pdf_is_name(pdf_get(pdf, obj, "Subtype"), "Image"))
            pdf_set(pdf, obj, "Interpolate", NULL);
    }
}

int fo2pdf(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
           struct pdf **pdf, struct diag *d)
{
    struct job j;
    int bad;

    *pdf = NULL;
    bad = begin(&j, f, fo, name, options, 1, d)
        || press(j.areas, j.fo->name, f->images, j.tags, f->deflater, pdf, d);
    if (!bad) {
        drop_interpolation(*pdf);
        layout_check(j.areas);
        bad = tags_write(j.tags, *pdf, j.areas, d);
        bad |= bookmarks_write(*pdf, j.fo, j.areas, d);
        write_info(&j, *pdf);
        bad |= diag_faults(d) > j.faults;
    }
    if (bad) {
        pdf_free(*pdf);
        *pdf = NULL;
    }
    end(&j);
    return bad ? -1 : 0;
}

/* ---- single pages -------------------------------------------------------------------------- */

static const struct area_page *page_at(struct job *j, int number)
{
    const struct area_page *page = j->areas->first;

    for (int i = 1; page && i < number; i++)
        page = page->next;
    if (!page || number < 1) {
        diag(j->d, FO_NO_PAGE, number, j->areas->pages_n);
        return NULL;
    }
    return page;
}

static int draw_page(struct job *j, cairo_t *cr, const struct area_page *page, int pixels)
{
    struct canvas_cairo canvas;
    struct paint p;

    canvas_cairo_init(&canvas, cr, j->f->images, pixels, j->d);
    paint_init(&p, &canvas.canvas, j->f->images, NULL, j->fo->name, j->d);
    layout_page(j->areas, page);
    paint_page(&p, page);
    layout_page_done(j->areas, page);
    layout_check(j->areas);
    paint_release(&p);
    return diag_faults(j->d) > j->faults ? -1 : 0;
}

static int draw_png(struct job *j, int number, int dpi, struct strbuf *png)
{
    const struct area_page *page = page_at(j, number);
    double scale = dpi / 72.0, width, height;
    cairo_surface_t *surface;
    cairo_status_t status;
    cairo_t *cr;
    int bad;

    if (!page)
        return -1;
    width = ceil(page->width / 1000.0 * scale - 0.01);
    height = ceil(page->height / 1000.0 * scale - 0.01);
    if (dpi < 1 || width > 32767 || height > 32767 || width * height > RASTER_MAX)
        return diag(j->d, FO_RASTER_SIZE, number, dpi);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    bad = draw_page(j, cr, page, 1);
    status = cairo_status(cr) ? cairo_status(cr)
                              : cairo_surface_write_to_png_stream(surface, collect, png);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    if (status)
        return diag(j->d, FO_DRAWING, cairo_status_to_string(status));
    return bad;
}

int fo2pdf_png(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
               int page, int dpi, struct strbuf *png, struct diag *d)
{
    struct job j;
    int bad = begin(&j, f, fo, name, options, 0, d) || draw_png(&j, page, dpi, png);

    end(&j);
    return bad ? -1 : 0;
}

static int draw_svg(struct job *j, int number, struct strbuf *svg)
{
    const struct area_page *page = page_at(j, number);
    cairo_surface_t *surface;
    cairo_t *cr;
    int bad;

    if (!page)
        return -1;
    surface = cairo_svg_surface_create_for_stream(collect, svg, page->width / 1000.0,
                                                  page->height / 1000.0);
    cr = cairo_create(surface);
    bad = draw_page(j, cr, page, 0);
    return finish(j, cr, surface) || bad ? -1 : 0;
}

int fo2pdf_svg(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
               int page, struct strbuf *svg, struct diag *d)
{
    struct job j;
    int bad = begin(&j, f, fo, name, options, 0, d) || draw_svg(&j, page, svg);

    end(&j);
    return bad ? -1 : 0;
}

int fo2pdf_area_tree(struct fo2pdf *f, xmlDoc *fo, const char *name,
                     const struct fo2pdf_options *options, struct strbuf *xml, struct diag *d)
{
    struct job j;
    int bad = begin(&j, f, fo, name, options, 0, d);

    if (!bad) {
        areaxml_write(j.areas, j.fo, j.f->images, xml, d);
        layout_check(j.areas);
    }
    bad |= diag_faults(d) > j.faults;
    end(&j);
    return bad ? -1 : 0;
}
