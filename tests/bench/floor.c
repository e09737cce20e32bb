/* The floor of the benchmark: pango, cairo and librsvg draw the text, the tables and the pictures of one
 * certificate, as a program would that does nothing else: no XML, no XSLT, no page breaking, no tags, no
 * archive, no seal.  It shows what share of a certificate's time the libraries alone need.
 *
 *     floor LIST OUT.pdf [N]     draws the LIST of drawing.xsl N times
 *
 * What depends on the list alone (fonts' names, markup, pictures) is read once.  Written the plain way, as
 * the libraries' own examples are: it has no part in the product, and reports faults by ending. */
#include <err.h>
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Points that a paragraph may be wider here: pango knows nothing of our letter spacing. */
#define SLACK 6

enum kind { PAGE, TEXT, RECT, IMAGE, QR };

struct object {
    enum kind kind;
    double x, y, width, height;
    double red, green, blue;
    PangoFontDescription *font;
    PangoAttrList *attributes;
    char *text;
    RsvgHandle *svg;
    QRcode *qr;
};

static struct object *objects;
static size_t objects_n;

static const char *part(char **line)
{
    const char *s = strsep(line, "\t");

    if (!s)
        errx(2, "the list has a line that is too short");
    return s;
}

static double number(char **line)
{
    return g_ascii_strtod(part(line), NULL);
}

static void color(struct object *o, const char *s)
{
    long rgb = strtol(s + 1, NULL, 16);

    o->red = (rgb >> 16 & 255) / 255.0;
    o->green = (rgb >> 8 & 255) / 255.0;
    o->blue = (rgb & 255) / 255.0;
}

static void read_text(struct object *o, char **line)
{
    GError *e = NULL;

    o->x = number(line);
    o->y = number(line);
    o->width = number(line);
    o->font = pango_font_description_new();
    pango_font_description_set_family(o->font, part(line));
    pango_font_description_set_absolute_size(o->font, number(line) * PANGO_SCALE);
    pango_font_description_set_weight(o->font, (PangoWeight)number(line));
    color(o, part(line));
    if (!pango_parse_markup(part(line), -1, 0, &o->attributes, &o->text, NULL, &e))
        errx(2, "%s", e->message);
}

static void read_object(struct object *o, char *line)
{
    const char *kind = part(&line);
    GError *e = NULL;

    memset(o, 0, sizeof *o);
    if (!strcmp(kind, "page")) {
        o->kind = PAGE;
        o->width = number(&line);
        o->height = number(&line);
        return;
    }
    if (!strcmp(kind, "text")) {
        o->kind = TEXT;
        read_text(o, &line);
        return;
    }
    o->x = number(&line);
    o->y = number(&line);
    o->width = number(&line);
    if (!strcmp(kind, "qr")) {
        o->kind = QR;
        o->qr = QRcode_encodeString(part(&line), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
        return;
    }
    o->height = number(&line);
    if (!strcmp(kind, "rect")) {
        o->kind = RECT;
        color(o, part(&line));
        return;
    }
    o->kind = IMAGE;
    o->svg = rsvg_handle_new_from_file(part(&line), &e);
    if (!o->svg)
        errx(2, "%s", e->message);
}

static void read_list(const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    if (!f)
        err(2, "%s", path);
    while ((n = getline(&line, &cap, f)) > 0) {
        if (line[n - 1] == '\n')
            line[n - 1] = '\0';
        objects = g_realloc(objects, (objects_n + 1) * sizeof *objects);
        read_object(&objects[objects_n++], line);
    }
    free(line);
    fclose(f);
}

static void draw_text(cairo_t *cr, const struct object *o)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);

    pango_layout_set_font_description(layout, o->font);
    pango_layout_set_width(layout, (int)((o->width + SLACK) * PANGO_SCALE));
    pango_layout_set_text(layout, o->text, -1);
    pango_layout_set_attributes(layout, o->attributes);
    cairo_set_source_rgb(cr, o->red, o->green, o->blue);
    cairo_move_to(cr, o->x, o->y);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
}

static void draw_image(cairo_t *cr, const struct object *o)
{
    RsvgRectangle viewport = { o->x, o->y, o->width, o->height };
    GError *e = NULL;

    if (!rsvg_handle_render_document(o->svg, cr, &viewport, &e))
        errx(2, "%s", e->message);
}

static void draw_qr(cairo_t *cr, const struct object *o)
{
    int x, y, n = o->qr->width;
    double module = o->width / (n + 8);

    cairo_set_source_rgb(cr, 0, 0, 0);
    for (y = 0; y < n; y++)
        for (x = 0; x < n; x++)
            if (o->qr->data[y * n + x] & 1)
                cairo_rectangle(cr, o->x + (x + 4) * module, o->y + (y + 4) * module, module, module);
    cairo_fill(cr);
}

static void draw(const char *path)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(path, 595.276, 841.89);
    cairo_t *cr = cairo_create(surface);
    size_t i;

    for (i = 0; i < objects_n; i++) {
        const struct object *o = &objects[i];

        switch (o->kind) {
        case PAGE:
            if (i)
                cairo_show_page(cr);
            cairo_pdf_surface_set_size(surface, o->width, o->height);
            break;
        case TEXT: draw_text(cr, o); break;
        case RECT:
            cairo_set_source_rgb(cr, o->red, o->green, o->blue);
            cairo_rectangle(cr, o->x, o->y, o->width, o->height);
            cairo_fill(cr);
            break;
        case IMAGE: draw_image(cr, o); break;
        case QR: draw_qr(cr, o); break;
        }
    }
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface))
        errx(2, "%s: %s", path, cairo_status_to_string(cairo_surface_status(surface)));
    cairo_surface_destroy(surface);
}

int main(int argc, char **argv)
{
    int i, n = argc > 3 ? atoi(argv[3]) : 1;

    if (argc < 3 || argc > 4 || n < 1) {
        fprintf(stderr, "usage: floor list out.pdf [n]\n");
        return 2;
    }
    /* Pixels are points. */
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(pango_cairo_font_map_get_default()), 72);
    read_list(argv[1]);
    for (i = 0; i < n; i++)
        draw(argv[2]);
    return 0;
}
