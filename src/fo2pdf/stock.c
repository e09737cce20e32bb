/* Fonts and graphics by way of cairo. */
#include "stock.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "alloc.h"
#include "content.h"
#include "messages.h"
#include "pdf.h"

enum { SPECIMEN_SIDE = 200 };
#define EMPTY ~0u

/* A face with the glyphs used of it, by glyph in an open table, and in the order of their use. */
struct face {
    hb_face_t *key;
    PangoFont *font;          /* one of those that have the face */
    struct stock_glyph *table;
    unsigned table_size;      /* a power of two */
    unsigned *order;
    int order_n, order_cap;
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
    struct canvas canvas;     /* first */
    struct arena arena;
    struct face **faces;
    int faces_n, faces_cap;
    struct stock_font **fonts;
    int fonts_n, fonts_cap;
    struct graphic *graphics;
    int graphics_n, graphics_cap;
    unsigned char alphas[256];
    int *embedded;            /* object numbers of the fonts, by resource */
    int embedded_n, embedded_cap;
    int resources;
};

/* ---- glyphs -------------------------------------------------------------------------------- */

static struct stock_glyph *place_of(const struct face *face, unsigned glyph)
{
    unsigned i = glyph * 2654435761u & (face->table_size - 1);

    while (face->table[i].glyph != EMPTY && face->table[i].glyph != glyph)
        i = (i + 1) & (face->table_size - 1);
    return &face->table[i];
}

static void grow(struct face *face)
{
    struct stock_glyph *old = face->table;
    unsigned old_size = face->table_size;

    face->table_size = old_size ? old_size * 2 : 128;
    face->table = xmalloc(face->table_size * sizeof *face->table);
    for (unsigned i = 0; i < face->table_size; i++)
        face->table[i].glyph = EMPTY;
    for (unsigned i = 0; i < old_size; i++)
        if (old[i].glyph != EMPTY)
            *place_of(face, old[i].glyph) = old[i];
    free(old);
}

void stock_plain(const char **text, int *n)
{
    if (*n == 2 && !memcmp(*text, "\xc2\xa0", 2))
        *text = " ", *n = 1;
    else if ((*n == 2 && !memcmp(*text, "\xc2\xad", 2))
             || (*n == 3 && (!memcmp(*text, "\xe2\x80\x90", 3) || !memcmp(*text, "\xe2\x80\x91", 3))))
        *text = "-", *n = 1;
}

static void note_glyph(struct stock *s, struct face *face, unsigned glyph, const char *text, int n)
{
    struct stock_glyph *g = place_of(face, glyph);

    if (g->glyph == EMPTY) {
        if ((unsigned)face->order_n * 2 >= face->table_size) {
            grow(face);
            g = place_of(face, glyph);
        }
        memset(g, 0, sizeof *g);
        g->glyph = glyph;
        g->font = -1;
        ALLOC_GROW(face->order, face->order_n, face->order_cap);
        face->order[face->order_n++] = glyph;
    }
    if (!g->text && text) {
        stock_plain(&text, &n);
        g->text = arena_strndup(&s->arena, text, (size_t)n);
        g->text_len = n;
    }
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
    face->font = font;
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

const struct stock_glyph *stock_glyph(const struct stock_font *font, unsigned glyph)
{
    return place_of(font->face, glyph);
}

/* ---- noting -------------------------------------------------------------------------------- */

static void on_glyphs(struct canvas *c, const struct canvas_run *run)
{
    struct stock *s = (struct stock *)(void *)c;
    struct face *face = font_of(s, run->font)->face;
    const char *text = run->text;
    int g = run->backward ? run->glyphs_n : 0;

    for (int i = 0; i < run->clusters_n; i++) {
        const cairo_text_cluster_t *cluster = &run->clusters[i];

        if (run->backward)
            g -= cluster->num_glyphs;
        if (cluster->num_glyphs == 1)
            note_glyph(s, face, (unsigned)run->glyphs[g].index, text, cluster->num_bytes);
        else
            for (int k = 0; k < cluster->num_glyphs; k++)
                note_glyph(s, face, (unsigned)run->glyphs[g + k].index, NULL, 0);
        if (!run->backward)
            g += cluster->num_glyphs;
        text += cluster->num_bytes;
    }
}

static struct graphic *graphic_of(struct stock *s, const struct image *image)
{
    for (int i = s->graphics_n - 1; i >= 0; i--)
        if (s->graphics[i].image == image)
            return &s->graphics[i];
    return NULL;
}

static void on_image(struct canvas *c, const struct image *image, double x, double y, double width,
                     double height, const struct fo_node *node)
{
    struct stock *s = (struct stock *)(void *)c;
    struct graphic *g = graphic_of(s, image);
    mpt w, h;

    (void)x, (void)y, (void)width, (void)height;
    if (g)
        return;
    ALLOC_GROW(s->graphics, s->graphics_n, s->graphics_cap);
    g = &s->graphics[s->graphics_n++];
    image_size(image, &w, &h);
    *g = (struct graphic){ image, node, w / 1000.0, h / 1000.0, 0 };
}

static void ignore_color(struct canvas *c, fo_color color)
{
    (void)c, (void)color;
}

static void ignore_rect(struct canvas *c, double x, double y, double width, double height)
{
    (void)c, (void)x, (void)y, (void)width, (void)height;
}

static void ignore_point(struct canvas *c, double x, double y)
{
    (void)c, (void)x, (void)y;
}

static void ignore_curve(struct canvas *c, const double xy[6])
{
    (void)c, (void)xy;
}

static void ignore(struct canvas *c)
{
    (void)c;
}

static void ignore_rule(struct canvas *c, int even_odd)
{
    (void)c, (void)even_odd;
}

static void ignore_stroke(struct canvas *c, double width, int round_caps, double on, double off)
{
    (void)c, (void)width, (void)round_caps, (void)on, (void)off;
}

static void ignore_transform(struct canvas *c, const cairo_matrix_t *m)
{
    (void)c, (void)m;
}

static const struct canvas_ops ops = {
    .color = ignore_color, .rect = ignore_rect, .move = ignore_point, .line = ignore_point,
    .curve = ignore_curve, .close = ignore, .fill = ignore_rule, .stroke = ignore_stroke,
    .clip = ignore_rule, .save = ignore, .restore = ignore, .transform = ignore_transform,
    .glyphs = on_glyphs, .image = on_image,
};

struct stock *stock_new(void)
{
    struct stock *s = xcalloc(1, sizeof *s);

    s->canvas.ops = &ops;
    arena_init(&s->arena);
    return s;
}

void stock_free(struct stock *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->faces_n; i++) {
        free(s->faces[i]->table);
        free(s->faces[i]->order);
    }
    free(s->faces);
    free(s->fonts);
    free(s->graphics);
    free(s->embedded);
    arena_release(&s->arena);
    free(s);
}

struct canvas *stock_canvas(struct stock *s)
{
    return &s->canvas;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static cairo_status_t collect(void *arg, const unsigned char *bytes, unsigned int n)
{
    strbuf_add(arg, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* All glyphs of FACE on one spot: those that stand for a text with it, then the others. The order
 * becomes the order of drawing. */
static void draw_face(const struct face *face, cairo_t *cr)
{
    cairo_glyph_t *glyphs = xmalloc((size_t)face->order_n * sizeof *glyphs);
    cairo_text_cluster_t *clusters = xmalloc((size_t)face->order_n * sizeof *clusters);
    unsigned *order = xmalloc((size_t)face->order_n * sizeof *order);
    struct strbuf text = STRBUF_INIT;
    int with = 0, n = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < face->order_n; i++) {
            const struct stock_glyph *g = place_of(face, face->order[i]);

            if (!g->text == !pass)
                continue;
            glyphs[n] = (cairo_glyph_t){ g->glyph, SPECIMEN_SIDE / 2, SPECIMEN_SIDE / 2 };
            if (g->text) {
                clusters[with].num_bytes = g->text_len;
                clusters[with++].num_glyphs = 1;
                strbuf_add(&text, g->text, (size_t)g->text_len);
            }
            order[n++] = g->glyph;
        }
    }
    memcpy(face->order, order, (size_t)n * sizeof *order);
    cairo_set_font_face(cr, cairo_scaled_font_get_font_face(
                                pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(face->font))));
    cairo_set_font_size(cr, 10);
    if (with)
        cairo_show_text_glyphs(cr, text.buf, (int)text.len, glyphs, with, clusters, with, 0);
    if (n > with)
        cairo_show_glyphs(cr, glyphs + with, n - with);
    strbuf_release(&text);
    free(order);
    free(clusters);
    free(glyphs);
}

/* The specimen page, then a page for each graphic. */
static int draw(struct stock *s, struct images *images, struct strbuf *bytes, struct diag *d)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, bytes, SPECIMEN_SIDE,
                                                                   SPECIMEN_SIDE);
    cairo_t *cr = cairo_create(surface);
    cairo_status_t status;
    int bad = 0;

    /* 1.4: a plain cross-reference table, which is read fastest */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    for (int i = 0; i < s->faces_n; i++)
        draw_face(s->faces[i], cr);
    cairo_show_page(cr);
    for (int i = 0; i < s->graphics_n; i++) {
        const struct graphic *g = &s->graphics[i];

        cairo_pdf_surface_set_size(surface, g->width, g->height);
        bad |= image_draw(images, g->image, cr, 0, 0, g->width, g->height, 0, g->node, d);
        cairo_show_page(cr);
    }
    status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status ? diag(d, FO_DRAWING, cairo_status_to_string(status)) : bad;
}

/* ---- taking over --------------------------------------------------------------------------- */

struct transfer {
    struct pdf *from, *to;
    int *numbers;             /* of FROM's objects in TO; 0: not there yet */
};

static struct pdf_obj *transfer(struct transfer *t, struct pdf_obj *obj, int depth);

static int transfer_ref(struct transfer *t, int number, int depth)
{
    if (!t->numbers[number]) {
        /* the number is needed first: objects may refer to themselves */
        t->numbers[number] = pdf_add(t->to, pdf_new_null(t->to));
        pdf_replace(t->to, t->numbers[number], transfer(t, pdf_object(t->from, number), depth));
    }
    return t->numbers[number];
}

static void transfer_dict(struct transfer *t, const struct pdf_obj *from, struct pdf_obj *to,
                          int depth)
{
    const char *key;
    struct pdf_obj *value;

    for (size_t i = 0; pdf_dict_at(from, i, &key, &value); i++)
        if (!(pdf_kind(from) == PDF_STREAM && !strcmp(key, "Length")))
            pdf_set(t->to, to, key, transfer(t, value, depth));
}

/* A copy of OBJ, of what cairo made, in the other document. */
static struct pdf_obj *transfer(struct transfer *t, struct pdf_obj *obj, int depth)
{
    struct pdf_obj *to;
    const char *bytes;
    size_t n;

    if (depth > 50)
        return pdf_new_null(t->to);
    switch (pdf_kind(obj)) {
    case PDF_NULL:
        return pdf_new_null(t->to);
    case PDF_BOOL:
        return pdf_new_bool(t->to, pdf_bool(obj));
    case PDF_INT:
        return pdf_new_int(t->to, pdf_int(obj));
    case PDF_REAL:
        return pdf_new_real(t->to, pdf_number(obj));
    case PDF_NAME:
        return pdf_new_name(t->to, pdf_name(obj));
    case PDF_STRING:
        bytes = pdf_string(obj, &n);
        return pdf_new_string(t->to, bytes, n);
    case PDF_REF:
        return pdf_new_ref(t->to, transfer_ref(t, pdf_ref_number(obj), depth + 1));
    case PDF_ARRAY:
        to = pdf_new_array(t->to);
        for (size_t i = 0; i < pdf_len(obj); i++)
            pdf_push(t->to, to, transfer(t, pdf_raw_at(obj, i), depth + 1));
        return to;
    case PDF_DICT:
        to = pdf_new_dict(t->to);
        transfer_dict(t, obj, to, depth + 1);
        return to;
    case PDF_STREAM:
        to = pdf_new_stream(t->to);
        bytes = pdf_stream_raw(obj, &n);
        pdf_stream_set_raw(t->to, to, bytes, n);
        transfer_dict(t, obj, to, depth + 1);
        return to;
    }
    return pdf_new_null(t->to);
}

/* The page that cairo drew a graphic on, as a form XObject. */
static int transfer_form(struct transfer *t, size_t page)
{
    struct pdf_obj *contents = pdf_get(t->from, pdf_page(t->from, page), "Contents"), *form;

    form = transfer(t, contents, 0);
    pdf_set_name(t->to, form, "Type", "XObject");
    pdf_set_name(t->to, form, "Subtype", "Form");
    pdf_set(t->to, form, "BBox", transfer(t, pdf_page_get(t->from, page, "MediaBox"), 0));
    pdf_set(t->to, form, "Resources", transfer(t, pdf_page_get(t->from, page, "Resources"), 0));
    return pdf_add(t->to, form);
}

/* ---- reading the specimen ------------------------------------------------------------------ */

/* A font of the specimen page. */
struct reader {
    struct stock *s;
    struct transfer *t;
    struct pdf_obj *fonts;    /* the page's font resources */
    struct pdf_obj *font;     /* the current one */
    int resource, two_bytes;
    int face, glyph;          /* next to be met */
    struct { struct pdf_obj *font; int resource; } *seen;
    int seen_n, seen_cap;
};

static int choose_font(struct reader *r, const char *name, size_t n)
{
    char key[64];

    if (n >= sizeof key)
        return -1;
    memcpy(key, name, n);
    key[n] = '\0';
    r->font = pdf_get(r->t->from, r->fonts, key);
    if (!r->font)
        return -1;
    r->two_bytes = pdf_is_name(pdf_get(r->t->from, r->font, "Subtype"), "Type0");
    for (int i = 0; i < r->seen_n; i++)
        if (r->seen[i].font == r->font) {
            r->resource = r->seen[i].resource;
            return 0;
        }
    r->resource = r->s->embedded_n;
    ALLOC_GROW(r->seen, r->seen_n, r->seen_cap);
    r->seen[r->seen_n].font = r->font;
    r->seen[r->seen_n++].resource = r->resource;
    ALLOC_GROW(r->s->embedded, r->s->embedded_n, r->s->embedded_cap);
    r->s->embedded[r->s->embedded_n++] = transfer_ref(r->t, pdf_owner(r->font), 0);
    return 0;
}

/* The width of CODE: Widths of a simple font, W of a Type0's descendant, which cairo writes as one
 * run from 0. */
static double width_of(const struct reader *r, unsigned code)
{
    struct pdf *pdf = r->t->from;

    if (r->two_bytes) {
        struct pdf_obj *cid = pdf_at(pdf, pdf_get(pdf, r->font, "DescendantFonts"), 0);
        struct pdf_obj *w = pdf_get(pdf, cid, "W");
        long long first = pdf_int(pdf_at(pdf, w, 0));

        return code >= (unsigned)first
            ? pdf_number(pdf_at(pdf, pdf_at(pdf, w, 1), code - (unsigned)first)) : 0;
    }
    return pdf_number(pdf_at(pdf, pdf_get(pdf, r->font, "Widths"),
                             code - (unsigned)pdf_int(pdf_get(pdf, r->font, "FirstChar"))));
}

static int take_code(struct reader *r, unsigned code)
{
    struct stock_glyph *g;

    while (r->face < r->s->faces_n && r->glyph >= r->s->faces[r->face]->order_n) {
        r->face++;
        r->glyph = 0;
    }
    if (r->face >= r->s->faces_n || !r->font)
        return -1;
    g = place_of(r->s->faces[r->face], r->s->faces[r->face]->order[r->glyph++]);
    g->font = r->resource;
    g->code = code;
    g->two_bytes = r->two_bytes;
    g->width = width_of(r, code);
    return 0;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
        : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The codes of a literal string, which simple fonts only are shown with. AT follows the parenthesis;
 * returns the byte after the closing one, or NULL. */
static const char *take_literal(struct reader *r, const char *at, const char *end)
{
    static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";

    for (; at < end && *at != ')'; at++) {
        unsigned code = (unsigned char)*at;

        if (*at == '(' || r->two_bytes)
            return NULL;
        if (*at == '\\') {
            const char *letter;

            if (++at >= end)
                return NULL;
            if (*at >= '0' && *at <= '7') {
                code = 0;
                for (int n = 0; n < 3 && at < end && *at >= '0' && *at <= '7'; n++, at++)
                    code = code * 8 + (unsigned)(*at - '0');
                at--;
            } else {
                letter = strchr(letters, *at);
                code = letter ? (unsigned char)meant[letter - letters] : (unsigned char)*at;
            }
        }
        if (take_code(r, code & 255))
            return NULL;
    }
    return at < end ? at + 1 : NULL;
}

/* The codes of a hexadecimal string, likewise. */
static const char *take_hex(struct reader *r, const char *at, const char *end)
{
    int digits = r->two_bytes ? 4 : 2, n = 0;
    unsigned code = 0;

    for (; at < end && *at != '>'; at++) {
        int digit = hex(*at);

        if (digit < 0)
            return NULL;
        code = code << 4 | (unsigned)digit;
        if (++n == digits) {
            if (take_code(r, code))
                return NULL;
            code = 0;
            n = 0;
        }
    }
    return at < end && !n ? at + 1 : NULL;
}

static int take_operator(struct reader *r, const char *bytes, const struct pdf_op *op)
{
    const char *at = bytes + op->start, *end = bytes + op->operator_at;

    if (!strcmp(op->name, "Tf"))
        return choose_font(r, op->resource, op->resource_len);
    if (strcmp(op->name, "Tj") && strcmp(op->name, "TJ"))
        return 0;
    while (at < end) {
        char open = *at++;

        if (open == '(')
            at = take_literal(r, at, end);
        else if (open == '<')
            at = take_hex(r, at, end);
        if (!at)
            return -1;
    }
    return 0;
}

static int read_specimen(struct stock *s, struct transfer *t, struct diag *d)
{
    struct reader r = { .s = s, .t = t };
    struct strbuf bytes = STRBUF_INIT;
    struct pdf_content c;
    struct pdf_op op;
    int more = 0, bad = 0;

    r.fonts = pdf_get(t->from, pdf_page_get(t->from, 0, "Resources"), "Font");
    bad = pdf_stream_data(t->from, pdf_get(t->from, pdf_page(t->from, 0), "Contents"), &bytes, d);
    pdf_content_init(&c, bytes.buf, bytes.len, "specimen");
    while (!bad && (more = pdf_content_next(&c, &op, d)) > 0)
        bad = take_operator(&r, bytes.buf, &op);
    while (r.face < s->faces_n && r.glyph >= s->faces[r.face]->order_n) {
        r.face++;
        r.glyph = 0;
    }
    if (!bad && !more && r.face < s->faces_n)
        bad = -1;
    if (bad)
        diag(d, FO_SPECIMEN);
    strbuf_release(&bytes);
    free(r.seen);
    return bad || more ? -1 : 0;
}

int stock_make(struct stock *s, struct images *images, struct pdf *pdf, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    struct transfer t = { NULL, pdf, NULL };
    int bad = -1;

    s->resources = pdf_add(pdf, pdf_new_dict(pdf));
    if (!s->faces_n && !s->graphics_n)
        return 0;
    if (!draw(s, images, &bytes, d) && (t.from = pdf_parse_take(&bytes, "fonts and graphics", d))) {
        t.numbers = xcalloc((size_t)pdf_objects(t.from), sizeof *t.numbers);
        bad = read_specimen(s, &t, d);
        for (int i = 0; i < s->graphics_n && !bad; i++)
            s->graphics[i].number = transfer_form(&t, (size_t)i + 1);
        free(t.numbers);
        pdf_free(t.from);
    }
    strbuf_release(&bytes);
    return bad;
}

/* ---- resources ----------------------------------------------------------------------------- */

int stock_image(struct stock *s, const struct image *image, double *width, double *height)
{
    const struct graphic *g = graphic_of(s, image);

    if (!g)
        return -1;
    *width = g->width;
    *height = g->height;
    return (int)(g - s->graphics);
}

void stock_alpha(struct stock *s, unsigned alpha)
{
    s->alphas[alpha & 255] = 1;
}

int stock_resources(const struct stock *s)
{
    return s->resources;
}

static struct pdf_obj *need(struct pdf *pdf, const struct stock *s, const char *kind)
{
    return pdf_need_dict(pdf, pdf_object(pdf, s->resources), kind);
}

void stock_end(struct stock *s, struct pdf *pdf)
{
    char name[16];

    for (int i = 0; i < s->embedded_n; i++) {
        snprintf(name, sizeof name, "F%d", i);
        pdf_set_ref(pdf, need(pdf, s, "Font"), name, s->embedded[i]);
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
}
