/* Content stream operators. ISO 32000-1, Annex A. */
#include "sheet.h"

#include <math.h>
#include <string.h>

#include "alloc.h"

/* A glyph further than this from where the one before it ends is moved, in points. */
#define TOLERANCE 0.01

static struct sheet *self(struct canvas *c)
{
    return (struct sheet *)(void *)c;
}

/* ---- numbers ------------------------------------------------------------------------------- */

static long thousandths(double v)
{
    return lrint(v * 1000);
}

/* THOUSANDTHS as a decimal number and a space. */
static void put_fixed(struct strbuf *out, long value)
{
    char digits[32], *at = digits + sizeof digits;
    unsigned long v = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    unsigned fraction = (unsigned)(v % 1000);
    int places = fraction % 10 ? 3 : fraction % 100 ? 2 : fraction ? 1 : 0;

    *--at = ' ';
    if (places) {
        for (int drop = 3; drop > places; drop--)
            fraction /= 10;
        for (int i = 0; i < places; i++, fraction /= 10)
            *--at = (char)('0' + fraction % 10);
        *--at = '.';
    }
    v /= 1000;
    if (v || !places)
        do
            *--at = (char)('0' + v % 10);
        while (v /= 10);
    if (value < 0)
        *--at = '-';
    strbuf_add(out, at, (size_t)(digits + sizeof digits - at));
}

static void put_whole(struct strbuf *out, long value)
{
    char digits[24], *at = digits + sizeof digits;
    unsigned long v = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;

    do
        *--at = (char)('0' + v % 10);
    while (v /= 10);
    if (value < 0)
        *--at = '-';
    strbuf_add(out, at, (size_t)(digits + sizeof digits - at));
}

static void put(struct sheet *s, double v)
{
    put_fixed(&s->out, thousandths(v));
}

/* A part of a matrix, which is multiplied with lengths: to a millionth. */
static void put_factor(struct sheet *s, double v)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    if (v == rint(v)) {
        put(s, v);
        return;
    }
    strbuf_addstr(&s->out, g_ascii_formatd(digits, sizeof digits, "%.6f", v));
    strbuf_addch(&s->out, ' ');
}

static void put_op(struct sheet *s, const char *op)
{
    strbuf_addstr(&s->out, op);
    strbuf_addch(&s->out, '\n');
}

/* ---- state --------------------------------------------------------------------------------- */

static void end_text(struct sheet *s)
{
    if (s->in_text)
        put_op(s, "ET");
    s->in_text = 0;
}

static void put_color(struct sheet *s, fo_color color, const char *op)
{
    for (int shift = 24; shift > 0; shift -= 8)
        put(s, (color >> shift & 255) / 255.0);
    put_op(s, op);
}

static void need_alpha(struct sheet *s)
{
    unsigned alpha = s->color & 255;

    if (s->state.alpha == alpha)
        return;
    s->state.alpha = alpha;
    stock_alpha(s->stock, alpha);
    strbuf_addf(&s->out, "/A%u gs\n", alpha);
}

static void need_fill(struct sheet *s)
{
    need_alpha(s);
    if (s->state.fill >> 8 != s->color >> 8)
        put_color(s, s->color, "rg");
    s->state.fill = s->color;
}

static void need_stroke(struct sheet *s)
{
    need_alpha(s);
    if (s->state.stroke >> 8 != s->color >> 8)
        put_color(s, s->color, "RG");
    s->state.stroke = s->color;
}

static void on_color(struct canvas *c, fo_color color)
{
    self(c)->color = color;
}

static void on_save(struct canvas *c)
{
    struct sheet *s = self(c);

    end_text(s);
    ALLOC_GROW(s->saved, s->saved_n, s->saved_cap);
    s->saved[s->saved_n++] = s->state;
    put_op(s, "q");
}

static void on_restore(struct canvas *c)
{
    struct sheet *s = self(c);

    end_text(s);
    s->state = s->saved[--s->saved_n];
    put_op(s, "Q");
}

static void on_transform(struct canvas *c, const cairo_matrix_t *m)
{
    struct sheet *s = self(c);

    end_text(s);
    put_factor(s, m->xx);
    put_factor(s, m->yx);
    put_factor(s, m->xy);
    put_factor(s, m->yy);
    put(s, m->x0);
    put(s, m->y0);
    put_op(s, "cm");
}

/* ---- paths --------------------------------------------------------------------------------- */

static void on_rect(struct canvas *c, double x, double y, double width, double height)
{
    struct sheet *s = self(c);
    long x0 = thousandths(x), y0 = thousandths(y);

    /* edges are rounded, not sizes, so that what meets on the page meets in the file */
    put_fixed(&s->path, x0);
    put_fixed(&s->path, y0);
    put_fixed(&s->path, thousandths(x + width) - x0);
    put_fixed(&s->path, thousandths(y + height) - y0);
    strbuf_addstr(&s->path, "re\n");
}

static void put_point(struct sheet *s, double x, double y)
{
    put_fixed(&s->path, thousandths(x));
    put_fixed(&s->path, thousandths(y));
}

static void on_move(struct canvas *c, double x, double y)
{
    put_point(self(c), x, y);
    strbuf_addstr(&self(c)->path, "m\n");
}

static void on_line(struct canvas *c, double x, double y)
{
    put_point(self(c), x, y);
    strbuf_addstr(&self(c)->path, "l\n");
}

static void on_curve(struct canvas *c, const double xy[6])
{
    for (int i = 0; i < 6; i += 2)
        put_point(self(c), xy[i], xy[i + 1]);
    strbuf_addstr(&self(c)->path, "c\n");
}

static void on_close(struct canvas *c)
{
    strbuf_addstr(&self(c)->path, "h\n");
}

/* Ends the path that was gathered with OP. */
static void use_path(struct sheet *s, const char *op)
{
    strbuf_add(&s->out, s->path.buf, s->path.len);
    strbuf_clear(&s->path);
    put_op(s, op);
}

static void on_fill(struct canvas *c, int even_odd)
{
    struct sheet *s = self(c);

    end_text(s);
    need_fill(s);
    use_path(s, even_odd ? "f*" : "f");
}

static void on_stroke(struct canvas *c, double width, int round_caps, double on, double off)
{
    struct sheet *s = self(c);

    end_text(s);
    need_stroke(s);
    if (s->state.width != width) {
        put(s, width);
        put_op(s, "w");
    }
    if (s->state.caps != round_caps)
        put_op(s, round_caps ? "1 J" : "0 J");
    if (s->state.on != on || s->state.off != off) {
        strbuf_addstr(&s->out, "[");
        if (off > 0) {
            put(s, on);
            put(s, off);
        }
        put_op(s, "] 0 d");
    }
    s->state.width = width;
    s->state.caps = round_caps;
    s->state.on = on;
    s->state.off = off;
    use_path(s, "S");
}

static void on_clip(struct canvas *c, int even_odd)
{
    end_text(self(c));
    use_path(self(c), even_odd ? "W* n" : "W n");
}

/* ---- text ---------------------------------------------------------------------------------- */

static void close_string(struct sheet *s)
{
    if (s->open)
        put_op(s, ">]TJ");
    s->open = 0;
}

static void move_to(struct sheet *s, double x, double y)
{
    long px = thousandths(x), py = thousandths(y);

    if (!s->in_text) {
        strbuf_addstr(&s->out, "BT\n1 0 0 -1 ");
        put_fixed(&s->out, px);
        put_fixed(&s->out, py);
        put_op(s, "Tm");
        s->in_text = 1;
    } else if (px != s->line_x || py != s->line_y) {
        put_fixed(&s->out, px - s->line_x);
        put_fixed(&s->out, s->line_y - py);
        put_op(s, "Td");
    }
    s->line_x = px;
    s->line_y = py;
}

static void need_font(struct sheet *s, int font, double size)
{
    if (s->state.font == font && s->state.size == size)
        return;
    s->state.font = font;
    s->state.size = size;
    strbuf_addf(&s->out, "/F%d ", font);
    put(s, size);
    put_op(s, "Tf");
}

/* Moves the pen where AT is, in a string of the font. */
static void place_glyph(struct sheet *s, int font, double size, const cairo_glyph_t *at)
{
    double off;

    if (s->open && (s->state.font != font || s->state.size != size
                    || fabs(at->y - s->y) > TOLERANCE / 2))
        close_string(s);
    if (!s->open) {
        move_to(s, at->x, at->y);
        need_font(s, font, size);
        strbuf_addstr(&s->out, "[<");
        s->open = 1;
        s->pen = s->line_x / 1000.0;
        s->y = at->y;
    }
    off = at->x - s->pen;
    if (fabs(off) > TOLERANCE) {
        long adjust = lrint(-off * 1000 / size);

        strbuf_addch(&s->out, '>');
        put_whole(&s->out, adjust);
        strbuf_addch(&s->out, '<');
        s->pen -= adjust * size / 1000;
    }
}

static void put_glyph(struct sheet *s, const struct embed_glyph *g, int font, double size,
                      const cairo_glyph_t *at)
{
    static const char digits[] = "0123456789ABCDEF";
    char *to;

    place_glyph(s, font, size, at);
    if (s->out.cap - s->out.len < 5)
        strbuf_grow(&s->out, 4);
    to = s->out.buf + s->out.len;
    to[0] = digits[g->code >> 12 & 15];
    to[1] = digits[g->code >> 8 & 15];
    to[2] = digits[g->code >> 4 & 15];
    to[3] = digits[g->code & 15];
    to[4] = '\0';
    s->out.len += 4;
    s->pen += g->width * size / 1000;
}

/* What stands instead of glyphs that do not say it themselves. ISO 32000-1, 14.9.4. */
static void begin_actual(struct sheet *s, const char *text, int n)
{
    strbuf_addstr(&s->out, "/Span <</ActualText <FEFF");
    embed_utf16(text, n, &s->out);
    put_op(s, ">>> BDC");
}

/* Glyphs that stand for TEXT together. What they say stands in the page (ActualText), but every code
 * of a font must say something itself (ISO 19005-3, 6.2.11.7.2): a character each, in their order,
 * the last one again when there are too few. */
static void take_cluster(struct sheet *s, const struct stock_font *font,
                         const cairo_glyph_t *glyphs, int n, const char *text, int text_len)
{
    const char *at = text, *end = text + text_len;

    for (int k = 0; k < n; k++) {
        const char *next = g_utf8_next_char(at);

        stock_glyph(s->stock, font, (unsigned)glyphs[k].index, at, (int)(next - at), 1);
        if (next < end)
            at = next;
    }
}

static void put_cluster(struct sheet *s, const struct stock_font *font,
                        const cairo_glyph_t *glyphs, int n, const char *text, int text_len)
{
    double size = stock_font_size(font);
    int resource = stock_font_resource(font);

    if (n == 1) {
        const struct embed_glyph *g = stock_glyph(s->stock, font, (unsigned)glyphs[0].index, text,
                                                  text_len, 0);

        /* A soft hyphen must be told from one that the word has: ISO 32000-1, 14.8.2.2.3. */
        if (text_len != 2 || memcmp(text, "\xc2\xad", 2))
            stock_plain(&text, &text_len);
        if (g->text_len == text_len && !memcmp(g->text, text, (size_t)text_len)) {
            put_glyph(s, g, resource, size, glyphs);
            return;
        }
    } else {
        take_cluster(s, font, glyphs, n, text, text_len);
        stock_plain(&text, &text_len);
    }
    close_string(s);
    /* the operators of a cluster's own marked content lie inside of one text object */
    move_to(s, glyphs[0].x, glyphs[0].y);
    begin_actual(s, text, text_len);
    for (int i = 0; i < n; i++)
        put_glyph(s, stock_glyph(s->stock, font, (unsigned)glyphs[i].index, text, text_len, 1),
                  resource, size, &glyphs[i]);
    close_string(s);
    put_op(s, "EMC");
}

static void on_glyphs(struct canvas *c, const struct canvas_run *run)
{
    struct sheet *s = self(c);
    const struct stock_font *font = stock_font(s->stock, run->font);
    const char *text = run->text;
    int g = run->backward ? run->glyphs_n : 0;

    if (s->state.fill != s->color) {
        end_text(s);
        need_fill(s);
    }
    for (int i = 0; i < run->clusters_n; i++) {
        const cairo_text_cluster_t *cluster = &run->clusters[i];

        if (run->backward)
            g -= cluster->num_glyphs;
        if (cluster->num_glyphs > 0)
            put_cluster(s, font, run->glyphs + g, cluster->num_glyphs, text, cluster->num_bytes);
        if (!run->backward)
            g += cluster->num_glyphs;
        text += cluster->num_bytes;
    }
    close_string(s);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static void on_image(struct canvas *c, const struct image *image, double x, double y, double width,
                     double height, const struct fo_node *node)
{
    struct sheet *s = self(c);
    double natural_width, natural_height;
    int resource = stock_image(s->stock, image, node, &natural_width, &natural_height);

    end_text(s);
    s->color |= 255;
    need_alpha(s);
    put_op(s, "q");
    /* a form's own y grows upwards; scales need more places than lengths */
    strbuf_addf(&s->out, "%.6f 0 0 %.6f ", width / natural_width, -height / natural_height);
    put(s, x);
    put(s, y + height);
    strbuf_addf(&s->out, "cm\n/X%d Do\nQ\n", resource);
}

static void on_mark(struct canvas *c, const char *begin)
{
    end_text(self(c));
    put_op(self(c), begin);
}

static void on_unmark(struct canvas *c)
{
    end_text(self(c));
    put_op(self(c), "EMC");
}

static const struct canvas_ops ops = {
    .color = on_color, .rect = on_rect, .move = on_move, .line = on_line, .curve = on_curve,
    .close = on_close, .fill = on_fill, .stroke = on_stroke, .clip = on_clip, .save = on_save,
    .restore = on_restore, .transform = on_transform, .glyphs = on_glyphs, .image = on_image,
    .mark = on_mark, .unmark = on_unmark,
};

void sheet_init(struct sheet *s, struct stock *stock)
{
    memset(s, 0, sizeof *s);
    s->canvas.ops = &ops;
    s->stock = stock;
    strbuf_init(&s->out);
    strbuf_init(&s->path);
}

void sheet_release(struct sheet *s)
{
    strbuf_release(&s->out);
    strbuf_release(&s->path);
    free(s->saved);
}

void sheet_begin(struct sheet *s, double height)
{
    strbuf_clear(&s->out);
    strbuf_clear(&s->path);
    /* what a page begins with: black, one point wide, butt caps */
    s->state = (struct sheet_state){ .fill = 255, .stroke = 255, .alpha = 255, .font = -1, .width = 1 };
    s->color = 255;
    s->saved_n = s->in_text = s->open = 0;
    strbuf_addstr(&s->out, "1 0 0 -1 0 ");
    put(s, height);
    put_op(s, "cm");
}

void sheet_end(struct sheet *s)
{
    end_text(s);
}
