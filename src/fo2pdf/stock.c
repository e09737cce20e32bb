/* Glyphs and graphics of a document. */
#include "stock.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "alloc.h"
#include "import.h"
#include "messages.h"
#include "pdf.h"
#include "qr.h"

/* A face with the glyphs used of it, in the order of their use, and an open table of their places
 * there by glyph. */
struct face {
    hb_face_t *key;
    struct embed_face *embed;
    int resource;
    struct embed_glyph *glyphs;
    int glyphs_n, glyphs_cap;
    int *table;               /* -1: empty */
    unsigned table_size;      /* a power of two */
    int number;               /* of the font, once embedded */
};

struct stock_font {
    PangoFont *font;
    struct face *face;
    double size;
};

struct graphic {
    const struct image *image;
    const struct fo_node *node; /* that used it first */
    double width, height;
    int number;
};

struct stock {
    struct arena arena;
    struct face **faces;
    int faces_n, faces_cap;
    struct stock_font **fonts;
    int fonts_n, fonts_cap;
    struct graphic *graphics;
    int graphics_n, graphics_cap;
    unsigned char alphas[256];
    int resources;
};

/* ---- glyphs -------------------------------------------------------------------------------- */

/* The table's entry for GLYPH: its own or the empty one where it belongs. */
static int *place_of(const struct face *face, unsigned glyph)
{
    unsigned i = glyph * 2654435761u & (face->table_size - 1);

    while (face->table[i] >= 0 && face->glyphs[face->table[i]].glyph != glyph)
        i = (i + 1) & (face->table_size - 1);
    return &face->table[i];
}

static void grow(struct face *face)
{
    face->table_size = face->table_size ? face->table_size * 2 : 128;
    free(face->table);
    face->table = xmalloc(face->table_size * sizeof *face->table);
    for (unsigned i = 0; i < face->table_size; i++)
        face->table[i] = -1;
    for (int i = 0; i < face->glyphs_n; i++)
        *place_of(face, face->glyphs[i].glyph) = i;
}

void stock_plain(const char **text, int *n)
{
    if (*n == 2 && !memcmp(*text, "\xc2\xa0", 2))
        *text = " ", *n = 1;
    else if ((*n == 2 && !memcmp(*text, "\xc2\xad", 2))
             || (*n == 3 && (!memcmp(*text, "\xe2\x80\x90", 3) || !memcmp(*text, "\xe2\x80\x91", 3))))
        *text = "-", *n = 1;
}

const struct embed_glyph *stock_glyph(struct stock *s, const struct stock_font *font,
                                      unsigned glyph, const char *text, int n, int weak)
{
    struct face *face = font->face;
    struct embed_glyph *g;
    int *place = place_of(face, glyph);

    if (*place < 0) {
        if ((unsigned)face->glyphs_n * 2 >= face->table_size) {
            grow(face);
            place = place_of(face, glyph);
        }
        ALLOC_GROW(face->glyphs, face->glyphs_n, face->glyphs_cap);
        *place = face->glyphs_n;
        face->glyphs[face->glyphs_n] = (struct embed_glyph){ .glyph = glyph };
        embed_measure(face->embed, face->glyphs_n, &face->glyphs[face->glyphs_n]);
        face->glyphs_n++;
    }
    g = &face->glyphs[*place];
    if (!g->text || (g->weak && !weak)) {
        stock_plain(&text, &n);
        g->weak = weak;
        g->text = arena_strndup(&s->arena, text, (size_t)n);
        g->text_len = n;
    }
    return g;
}

static struct face *face_of(struct stock *s, PangoFont *font)
{
    hb_face_t *key = hb_font_get_face(pango_font_get_hb_font(font));
    struct face *face;

    for (int i = 0; i < s->faces_n; i++)
        if (s->faces[i]->key == key)
            return s->faces[i];
    face = arena_alloc(&s->arena, sizeof *face);
    face->key = key;
    face->embed = embed_open(key);
    face->resource = s->faces_n;
    grow(face);
    ALLOC_GROW(s->faces, s->faces_n, s->faces_cap);
    s->faces[s->faces_n++] = face;
    return face;
}

static struct stock_font *font_of(struct stock *s, PangoFont *font)
{
    struct stock_font *f;
    cairo_scaled_font_t *scaled;
    cairo_matrix_t m;

    /* runs of one font follow each other: the last found is moved to the front */
    for (int i = 0; i < s->fonts_n; i++)
        if (s->fonts[i]->font == font) {
            f = s->fonts[i];
            s->fonts[i] = s->fonts[0];
            s->fonts[0] = f;
            return f;
        }
    f = arena_alloc(&s->arena, sizeof *f);
    scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_scaled_font_get_font_matrix(scaled, &m);
    f->font = font;
    f->face = face_of(s, font);
    f->size = m.xx;
    ALLOC_GROW(s->fonts, s->fonts_n, s->fonts_cap);
    s->fonts[s->fonts_n++] = f;
    return f;
}

const struct stock_font *stock_font(struct stock *s, PangoFont *font)
{
    return font_of(s, font);
}

double stock_font_size(const struct stock_font *font)
{
    return font->size;
}

int stock_font_resource(const struct stock_font *font)
{
    return font->face->resource;
}

/* ---- graphics ------------------------------------------------------------------------------ */

static struct graphic *graphic_of(struct stock *s, const struct image *image)
{
    for (int i = s->graphics_n - 1; i >= 0; i--)
        if (s->graphics[i].image == image)
            return &s->graphics[i];
    return NULL;
}

int stock_image(struct stock *s, const struct image *image, const struct fo_node *node,
                double *width, double *height)
{
    struct graphic *g = graphic_of(s, image);

    if (!g) {
        mpt w, h;

        ALLOC_GROW(s->graphics, s->graphics_n, s->graphics_cap);
        g = &s->graphics[s->graphics_n++];
        image_size(image, &w, &h);
        *g = (struct graphic){ image, node, w / 1000.0, h / 1000.0, 0 };
    }
    *width = g->width;
    *height = g->height;
    return (int)(g - s->graphics);
}

struct stock *stock_new(void)
{
    struct stock *s = xcalloc(1, sizeof *s);

    arena_init(&s->arena);
    return s;
}

void stock_free(struct stock *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->faces_n; i++) {
        embed_close(s->faces[i]->embed);
        free(s->faces[i]->table);
        free(s->faces[i]->glyphs);
    }
    free(s->faces);
    free(s->fonts);
    free(s->graphics);
    arena_release(&s->arena);
    free(s);
}

/* ---- drawing ------------------------------------------------------------------------------- */

static cairo_status_t collect(void *arg, const unsigned char *bytes, unsigned int n)
{
    strbuf_add(arg, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Draws G on a page of its own. NULL after reporting. */
static struct pdf *draw(const struct graphic *g, struct images *images, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(collect, &bytes, g->width, g->height);
    cairo_t *cr = cairo_create(surface);
    struct pdf *drawn = NULL;
    cairo_status_t status;
    int bad;

    /* 1.4: a plain cross-reference table, which is read fastest */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    bad = image_draw(images, g->image, cr, 0, 0, g->width, g->height, 0, g->node, d);
    cairo_show_page(cr);
    status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status)
        diag(d, FO_DRAWING, cairo_status_to_string(status));
    else if (!bad)
        drawn = pdf_parse_take(&bytes, "graphics", d);
    strbuf_release(&bytes);
    return drawn;
}

/* The page that a graphic was drawn on, as a form XObject of PDF. */
static int make_form(struct pdf *pdf, const struct pdf *drawn)
{
    struct pdf_import *import = pdf_import_new(pdf, drawn);
    struct pdf_obj *form = pdf_import(import, pdf_page_get(drawn, 0, "Contents"));

    pdf_set_name(pdf, form, "Type", "XObject");
    pdf_set_name(pdf, form, "Subtype", "Form");
    pdf_set(pdf, form, "BBox", pdf_import(import, pdf_page_get(drawn, 0, "MediaBox")));
    pdf_set(pdf, form, "Resources", pdf_import(import, pdf_page_get(drawn, 0, "Resources")));
    pdf_import_free(import);
    return pdf_add(pdf, form);
}

/* A mask in black, as a form: cairo would make the same of it, in a document of its own. */
static int make_mask(const struct graphic *g, cairo_surface_t *mask, struct pdf *pdf)
{
    struct pdf_obj *image = pdf_new_stream(pdf), *form = pdf_new_stream(pdf), *at;
    struct strbuf bytes = STRBUF_INIT;

    pdf_set_name(pdf, image, "Type", "XObject");
    pdf_set_name(pdf, image, "Subtype", "Image");
    pdf_set_bool(pdf, image, "ImageMask", 1);
    pdf_set_int(pdf, image, "Width", cairo_image_surface_get_width(mask));
    pdf_set_int(pdf, image, "Height", cairo_image_surface_get_height(mask));
    pdf_set_int(pdf, image, "BitsPerComponent", 1);
    at = pdf_need_array(pdf, image, "Decode"); /* ones are drawn */
    pdf_push_int(pdf, at, 1);
    pdf_push_int(pdf, at, 0);
    qr_rows(mask, &bytes);
    pdf_stream_set(pdf, image, bytes.buf, bytes.len, 0); /* noise, hardly smaller when deflated */

    pdf_set_name(pdf, form, "Type", "XObject");
    pdf_set_name(pdf, form, "Subtype", "Form");
    at = pdf_need_array(pdf, form, "BBox");
    pdf_push_int(pdf, at, 0);
    pdf_push_int(pdf, at, 0);
    pdf_push(pdf, at, pdf_new_real(pdf, g->width));
    pdf_push(pdf, at, pdf_new_real(pdf, g->height));
    at = pdf_need_dict(pdf, pdf_need_dict(pdf, form, "Resources"), "XObject");
    pdf_set_ref(pdf, at, "I", pdf_add(pdf, image));
    strbuf_clear(&bytes);
    strbuf_addstr(&bytes, "0 g\n");
    pdf_print_real(g->width, &bytes);
    strbuf_addstr(&bytes, " 0 0 ");
    pdf_print_real(g->height, &bytes);
    strbuf_addstr(&bytes, " 0 0 cm\n/I Do\n");
    pdf_stream_set(pdf, form, bytes.buf, bytes.len, 0);
    strbuf_release(&bytes);
    return pdf_add(pdf, form);
}

static int make_graphic(struct graphic *g, struct images *images, struct pdf *pdf, struct diag *d)
{
    struct pdf **kept = images_drawn(images, g->image);
    cairo_surface_t *mask = image_mask(g->image);
    struct pdf *drawn;

    if (mask) {
        g->number = make_mask(g, mask, pdf);
        return 0;
    }
    drawn = kept && *kept ? *kept : draw(g, images, d);
    if (!drawn)
        return -1;
    g->number = make_form(pdf, drawn);
    if (kept)
        *kept = drawn;
    else
        pdf_free(drawn);
    return 0;
}

/* ---- resources ----------------------------------------------------------------------------- */

void stock_alpha(struct stock *s, unsigned alpha)
{
    s->alphas[alpha & 255] = 1;
}

int stock_resources(struct stock *s, struct pdf *pdf)
{
    if (!s->resources)
        s->resources = pdf_add(pdf, pdf_new_dict(pdf));
    return s->resources;
}

static struct pdf_obj *need(struct pdf *pdf, struct stock *s, const char *kind)
{
    return pdf_need_dict(pdf, pdf_object(pdf, stock_resources(s, pdf)), kind);
}

int stock_end(struct stock *s, struct images *images, struct pdf *pdf, struct diag *d)
{
    char name[16];
    int bad = 0;

    for (int i = 0; i < s->faces_n; i++) {
        struct face *face = s->faces[i];

        face->number = embed_font(face->embed, face->glyphs, face->glyphs_n, pdf, d);
        bad |= !face->number;
    }
    for (int i = 0; i < s->graphics_n; i++)
        bad |= make_graphic(&s->graphics[i], images, pdf, d);
    if (bad)
        return -1;
    for (int i = 0; i < s->faces_n; i++) {
        snprintf(name, sizeof name, "F%d", i);
        pdf_set_ref(pdf, need(pdf, s, "Font"), name, s->faces[i]->number);
    }
    for (int i = 0; i < s->graphics_n; i++) {
        snprintf(name, sizeof name, "X%d", i);
        pdf_set_ref(pdf, need(pdf, s, "XObject"), name, s->graphics[i].number);
    }
    for (int i = 0; i < 256; i++)
        if (s->alphas[i]) {
            struct pdf_obj *state = pdf_new_dict(pdf);

            snprintf(name, sizeof name, "A%d", i);
            pdf_set(pdf, state, "ca", pdf_new_real(pdf, i / 255.0));
            pdf_set(pdf, state, "CA", pdf_new_real(pdf, i / 255.0));
            pdf_set(pdf, need(pdf, s, "ExtGState"), name, state);
        }
    return 0;
}
