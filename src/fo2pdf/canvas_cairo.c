/* Drawing with cairo. */
#include "canvas_cairo.h"

#include <pango/pangocairo.h>
#include <string.h>

static struct canvas_cairo *self(struct canvas *c)
{
    return (struct canvas_cairo *)(void *)c;
}

static void forget(struct canvas_cairo *c)
{
    c->color_known = 0;
    c->font = NULL;
}

static void on_color(struct canvas *canvas, fo_color color)
{
    struct canvas_cairo *c = self(canvas);

    if (c->color_known && c->color == color)
        return;
    c->color = color;
    c->color_known = 1;
    cairo_set_source_rgba(c->cr, (color >> 24 & 255) / 255.0, (color >> 16 & 255) / 255.0,
                          (color >> 8 & 255) / 255.0, (color & 255) / 255.0);
}

static void on_rect(struct canvas *c, double x, double y, double width, double height)
{
    cairo_rectangle(self(c)->cr, x, y, width, height);
}

static void on_move(struct canvas *c, double x, double y)
{
    cairo_move_to(self(c)->cr, x, y);
}

static void on_line(struct canvas *c, double x, double y)
{
    cairo_line_to(self(c)->cr, x, y);
}

static void on_curve(struct canvas *c, const double xy[6])
{
    cairo_curve_to(self(c)->cr, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]);
}

static void on_close(struct canvas *c)
{
    cairo_close_path(self(c)->cr);
}

static void on_fill(struct canvas *c, int even_odd)
{
    cairo_set_fill_rule(self(c)->cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    cairo_fill(self(c)->cr);
}

static void on_stroke(struct canvas *canvas, double width, int round_caps, double on, double off)
{
    cairo_t *cr = self(canvas)->cr;
    double dashes[2] = { on, off };

    cairo_set_line_width(cr, width);
    cairo_set_line_cap(cr, round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr, dashes, off > 0 ? 2 : 0, 0);
    cairo_stroke(cr);
}

static void on_clip(struct canvas *c, int even_odd)
{
    cairo_set_fill_rule(self(c)->cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    cairo_clip(self(c)->cr);
}

static void on_save(struct canvas *c)
{
    cairo_save(self(c)->cr);
}

static void on_restore(struct canvas *c)
{
    cairo_restore(self(c)->cr);
    forget(self(c));
}

static void on_transform(struct canvas *c, const cairo_matrix_t *m)
{
    cairo_transform(self(c)->cr, m);
    forget(self(c));
}

static void set_font(struct canvas_cairo *c, PangoFont *font)
{
    cairo_scaled_font_t *scaled;
    cairo_font_options_t *options;
    cairo_matrix_t m;

    if (c->font == font)
        return;
    c->font = font;
    scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    if (!scaled)
        return;
    /* a scaled font belongs to one transformation; cairo makes the one for this */
    options = cairo_font_options_create();
    cairo_scaled_font_get_font_options(scaled, options);
    cairo_scaled_font_get_font_matrix(scaled, &m);
    cairo_set_font_face(c->cr, cairo_scaled_font_get_font_face(scaled));
    cairo_set_font_matrix(c->cr, &m);
    cairo_set_font_options(c->cr, options);
    cairo_font_options_destroy(options);
}

static void on_glyphs(struct canvas *canvas, const struct canvas_run *run)
{
    struct canvas_cairo *c = self(canvas);

    set_font(c, run->font);
    if (c->pixels) {
        /* cairo would put every glyph on a whole pixel, which spoils the spacing */
        cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_WINDING);
        cairo_glyph_path(c->cr, run->glyphs, run->glyphs_n);
        cairo_fill(c->cr);
        return;
    }
    cairo_show_text_glyphs(c->cr, run->text, run->text_len, run->glyphs, run->glyphs_n,
                           run->clusters, run->clusters_n,
                           run->backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

static void on_image(struct canvas *canvas, const struct image *image, double x, double y,
                     double width, double height, const struct fo_node *node)
{
    struct canvas_cairo *c = self(canvas);

    image_draw(c->images, image, c->cr, x, y, width, height, c->pixels, node, c->d);
    forget(c);
}

static const struct canvas_ops ops = {
    .color = on_color, .rect = on_rect, .move = on_move, .line = on_line, .curve = on_curve,
    .close = on_close, .fill = on_fill, .stroke = on_stroke, .clip = on_clip, .save = on_save,
    .restore = on_restore, .transform = on_transform, .glyphs = on_glyphs, .image = on_image,
};

void canvas_cairo_init(struct canvas_cairo *c, cairo_t *cr, struct images *images, int pixels,
                       struct diag *d)
{
    memset(c, 0, sizeof *c);
    c->canvas.ops = &ops;
    c->cr = cr;
    c->images = images;
    c->pixels = pixels;
    c->d = d;
}
