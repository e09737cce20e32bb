/* Subsets and their dictionaries. */
#include "embed.h"

#include <glib.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "pdf.h"
#include "truetype.h"

/* A font file's table. */
struct table {
    hb_blob_t *blob;
    const unsigned char *at;
    unsigned n;
};

static struct table table_of(hb_face_t *face, const char *tag)
{
    struct table t;

    t.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    t.at = (const unsigned char *)hb_blob_get_data(t.blob, &t.n);
    return t;
}

static int u16(const struct table *t, unsigned at)
{
    return at + 2 <= t->n ? t->at[at] << 8 | t->at[at + 1] : 0;
}

static int s16(const struct table *t, unsigned at)
{
    return (int16_t)u16(t, at);
}

/* ---- CFF: from glyphs to CIDs (Adobe Technical Note 5176) ---------------------------------- */

struct cff {
    struct table table;
    int cid_keyed;
    unsigned charset;         /* offset; 0: none of its own */
};

static unsigned bytes_at(const struct table *t, unsigned at, unsigned n)
{
    unsigned v = 0;

    if (at > t->n || n > t->n - at)
        return 0;
    for (unsigned i = 0; i < n; i++)
        v = v << 8 | t->at[at + i];
    return v;
}

/* The byte after the INDEX at AT, and where its first object lies; 0 when it is damaged. */
static unsigned skip_index(const struct table *t, unsigned at, unsigned *first, unsigned *first_end)
{
    unsigned n = bytes_at(t, at, 2), size = bytes_at(t, at + 2, 1), base;

    *first = *first_end = 0;
    if (!n)
        return at + 2;
    if (size < 1 || size > 4 || at + 3 + (n + 1) * size > t->n)
        return 0;
    base = at + 3 + (n + 1) * size - 1;
    *first = base + bytes_at(t, at + 3, size);
    *first_end = base + bytes_at(t, at + 3 + size, size);
    return base + bytes_at(t, at + 3 + n * size, size);
}

/* Reads one operand or operator of a DICT; returns its length. */
static unsigned dict_token(const struct table *t, unsigned at, int *operator, long *operand)
{
    unsigned b = bytes_at(t, at, 1), n = 1;

    *operator = -1;
    if (b == 12) {
        *operator = 1200 + (int)bytes_at(t, at + 1, 1);
        return 2;
    }
    if (b <= 21) {
        *operator = (int)b;
        return 1;
    }
    if (b == 28) {
        *operand = (int16_t)bytes_at(t, at + 1, 2);
        return 3;
    }
    if (b == 29) {
        *operand = (int32_t)bytes_at(t, at + 1, 4);
        return 5;
    }
    if (b == 30) {
        while (at + n < t->n && (t->at[at + n] & 15) != 15 && t->at[at + n] >> 4 != 15)
            n++;
        return n + 1;
    }
    if (b >= 32 && b <= 246)
        *operand = (long)b - 139;
    else if (b >= 247 && b <= 250)
        return *operand = ((long)b - 247) * 256 + (long)bytes_at(t, at + 1, 1) + 108, 2;
    else if (b >= 251 && b <= 254)
        return *operand = -((long)b - 251) * 256 - (long)bytes_at(t, at + 1, 1) - 108, 2;
    return 1;
}

static void read_cff(struct cff *c, hb_face_t *face)
{
    unsigned at, end, first, first_end;
    int operator;
    long operand = 0;

    memset(c, 0, sizeof *c);
    c->table = table_of(face, "CFF ");
    if (!c->table.n)
        return;
    at = skip_index(&c->table, bytes_at(&c->table, 2, 1), &first, &first_end);
    if (!at || !skip_index(&c->table, at, &first, &first_end))
        return;
    for (at = first, end = first_end; at < end && at < c->table.n;) {
        at += dict_token(&c->table, at, &operator, &operand);
        if (operator == 1230)
            c->cid_keyed = 1;
        else if (operator == 15 && operand > 0)
            c->charset = (unsigned)operand;
    }
}

/* The CID of GLYPH in a CID-keyed font. */
static unsigned cid_of(const struct cff *c, unsigned glyph)
{
    unsigned format = bytes_at(&c->table, c->charset, 1), at = c->charset + 1;
    unsigned left_size = format == 2 ? 2 : 1, next = 1;

    if (!glyph || !c->charset)
        return glyph;
    if (format == 0)
        return bytes_at(&c->table, at + (glyph - 1) * 2, 2);
    while (at + 2 + left_size <= c->table.n) {
        unsigned first = bytes_at(&c->table, at, 2), left = bytes_at(&c->table, at + 2, left_size);

        if (glyph <= next + left)
            return first + glyph - next;
        next += left + 1;
        at += 2 + left_size;
    }
    return 0;
}

/* ---- faces --------------------------------------------------------------------------------- */

struct embed_face {
    hb_face_t *face;
    hb_font_t *font;          /* in units of the face */
    struct cff cff;
    double scale;             /* of them to 1/1000 of the size */
};

struct embed_face *embed_open(hb_face_t *face)
{
    struct embed_face *f = xcalloc(1, sizeof *f);

    f->face = face;
    f->font = hb_font_create(face);
    f->scale = 1000.0 / hb_face_get_upem(face);
    read_cff(&f->cff, face);
    return f;
}

void embed_close(struct embed_face *f)
{
    if (!f)
        return;
    hb_blob_destroy(f->cff.table.blob);
    hb_font_destroy(f->font);
    free(f);
}

void embed_measure(struct embed_face *f, int n, struct embed_glyph *g)
{
    if (f->cff.table.n)
        g->code = f->cff.cid_keyed ? cid_of(&f->cff, g->glyph) : g->glyph;
    else
        g->code = (unsigned)n + 1;
    g->width = hb_font_get_glyph_h_advance(f->font, g->glyph) * f->scale;
}

/* ---- the subset ---------------------------------------------------------------------------- */

/* FACE with nothing but outlines and widths, so that harfbuzz looks at nothing else. */
static hb_face_t *lean(hb_face_t *face)
{
    static const char *const wanted[] = { "head", "hhea", "hmtx", "maxp", "CFF " };
    hb_face_t *out = hb_face_builder_create();

    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        hb_tag_t tag = hb_tag_from_string(wanted[i], 4);
        hb_blob_t *blob = hb_face_reference_table(face, tag);

        hb_face_builder_add_table(out, tag, blob);
        hb_blob_destroy(blob);
    }
    return out;
}

/* Appends the CFF table for FontFile3. Returns 0 or -1. */
static int cff_subset(const struct embed_face *f, const struct embed_glyph *glyphs, int n,
                      struct strbuf *out)
{
    hb_face_t *from = lean(f->face), *small = NULL;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    unsigned flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING;
    unsigned len = 0;

    if (input) {
        /* CIDs of a CID-keyed font are kept in its charset, all other codes are glyph numbers */
        flags |= f->cff.cid_keyed ? HB_SUBSET_FLAGS_DESUBROUTINIZE
                                  : HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_RETAIN_GIDS;
        hb_subset_input_set_flags(input, flags);
        for (int i = 0; i < n; i++)
            hb_set_add(hb_subset_input_glyph_set(input), glyphs[i].glyph);
        small = hb_subset_or_fail(from, input);
        hb_subset_input_destroy(input);
    }
    if (small) {
        hb_blob_t *blob = hb_face_reference_table(small, HB_TAG('C', 'F', 'F', ' '));
        const char *bytes = hb_blob_get_data(blob, &len);

        strbuf_add(out, bytes, len);
        hb_blob_destroy(blob);
        hb_face_destroy(small);
    }
    hb_face_destroy(from);
    return len ? 0 : -1;
}

/* Appends the font program. Returns 0, or -1 when it cannot be made. */
static int subset(const struct embed_face *f, const struct embed_glyph *glyphs, int n,
                  struct strbuf *out)
{
    unsigned *numbers;
    int bad;

    if (f->cff.table.n)
        return cff_subset(f, glyphs, n, out);
    numbers = xmalloc((size_t)n * sizeof *numbers);
    for (int i = 0; i < n; i++)
        numbers[i] = glyphs[i].glyph;
    bad = truetype_subset(f->face, numbers, n, out);
    free(numbers);
    return bad;
}

/* ---- dictionaries -------------------------------------------------------------------------- */

static int by_code(const void *a, const void *b)
{
    unsigned x = (*(const struct embed_glyph *const *)a)->code;
    unsigned y = (*(const struct embed_glyph *const *)b)->code;

    return x < y ? -1 : x > y;
}

/* ABCDEF+Name: the letters differ where the glyphs do. */
static void subset_name(hb_face_t *face, const struct embed_glyph **order, int n, char name[80])
{
    unsigned len = 64, h = 2166136261u;
    char own[64] = "";

    for (int i = 0; i < n; i++)
        for (int shift = 0; shift < 16; shift += 8)
            h = (h ^ (order[i]->glyph >> shift & 255)) * 16777619u;
    for (int i = 0; i < 6; i++, h /= 26)
        name[i] = (char)('A' + h % 26);
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &len, own);
    snprintf(name + 6, 74, "+%s", *own ? own : "Font");
}

static struct pdf_obj *descriptor(hb_face_t *face, const char *name, struct pdf *pdf)
{
    struct table head = table_of(face, "head"), hhea = table_of(face, "hhea");
    struct table os2 = table_of(face, "OS/2"), post = table_of(face, "post");
    double scale = 1000.0 / hb_face_get_upem(face);
    struct pdf_obj *dict = pdf_new_dict(pdf), *box = pdf_new_array(pdf);
    double cap = u16(&os2, 0) >= 2 ? s16(&os2, 88) : s16(&hhea, 4);

    pdf_set_name(pdf, dict, "Type", "FontDescriptor");
    pdf_set_name(pdf, dict, "FontName", name);
    pdf_set_int(pdf, dict, "Flags", 4);
    for (unsigned i = 36; i < 44; i += 2)
        pdf_push_int(pdf, box, (long long)(s16(&head, i) * scale));
    pdf_set(pdf, dict, "FontBBox", box);
    pdf_set_int(pdf, dict, "ItalicAngle", s16(&post, 4));
    pdf_set_int(pdf, dict, "Ascent", (long long)(s16(&hhea, 4) * scale));
    pdf_set_int(pdf, dict, "Descent", (long long)(s16(&hhea, 6) * scale));
    pdf_set_int(pdf, dict, "CapHeight", (long long)(cap * scale));
    pdf_set_int(pdf, dict, "StemV", 50 + u16(&os2, 4) * u16(&os2, 4) / 4225);
    hb_blob_destroy(head.blob);
    hb_blob_destroy(hhea.blob);
    hb_blob_destroy(os2.blob);
    hb_blob_destroy(post.blob);
    return dict;
}

/* W: runs of neighbouring codes with their widths. */
static struct pdf_obj *widths(const struct embed_glyph **order, int n, struct pdf *pdf)
{
    struct pdf_obj *w = pdf_new_array(pdf), *run = NULL;

    for (int i = 0; i < n; i++) {
        if (!i || order[i]->code != order[i - 1]->code + 1) {
            run = pdf_new_array(pdf);
            pdf_push_int(pdf, w, order[i]->code);
            pdf_push(pdf, w, run);
        }
        pdf_push(pdf, run, pdf_new_real(pdf, order[i]->width));
    }
    return w;
}

static void add_hex(unsigned v, struct strbuf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    const char hex[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15],
                          digits[v & 15] };

    strbuf_add(out, hex, 4);
}

void embed_utf16(const char *text, int n, struct strbuf *out)
{
    for (const char *at = text; at < text + n; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c > 0xffff) {
            add_hex(0xd800 + (c - 0x10000) / 0x400, out);
            add_hex(0xdc00 + (c - 0x10000) % 0x400, out);
        } else {
            add_hex(c, out);
        }
    }
}

/* ToUnicode, 9.10.3: at most 100 lines a block. */
static int to_unicode(const struct embed_glyph **order, int n, struct pdf *pdf)
{
    struct strbuf out = STRBUF_INIT;
    struct pdf_obj *stream = pdf_new_stream(pdf);
    int at = 0;

    strbuf_addstr(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                  "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    while (at < n) {
        int block = n - at < 100 ? n - at : 100;

        strbuf_addf(&out, "%d beginbfchar\n", block);
        for (; block > 0; block--, at++) {
            strbuf_addch(&out, '<');
            add_hex(order[at]->code, &out);
            strbuf_addstr(&out, "> <");
            embed_utf16(order[at]->text, order[at]->text_len, &out);
            strbuf_addstr(&out, ">\n");
        }
        strbuf_addstr(&out, "endbfchar\n");
    }
    strbuf_addstr(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    pdf_stream_set(pdf, stream, out.buf, out.len, PDF_LEVEL);
    strbuf_release(&out);
    return pdf_add(pdf, stream);
}

static int font_program(const struct strbuf *program, int is_cff, struct pdf *pdf)
{
    struct pdf_obj *stream = pdf_new_stream(pdf);

    pdf_stream_set(pdf, stream, program->buf, program->len, PDF_LEVEL);
    if (is_cff)
        pdf_set_name(pdf, stream, "Subtype", "CIDFontType0C");
    else
        pdf_set_int(pdf, stream, "Length1", (long long)program->len);
    return pdf_add(pdf, stream);
}

static struct pdf_obj *system_info(struct pdf *pdf)
{
    struct pdf_obj *info = pdf_new_dict(pdf);

    pdf_set(pdf, info, "Registry", pdf_new_string(pdf, "Adobe", 5));
    pdf_set(pdf, info, "Ordering", pdf_new_string(pdf, "Identity", 8));
    pdf_set_int(pdf, info, "Supplement", 0);
    return info;
}

static int write_font(hb_face_t *face, const struct embed_glyph **order, int n,
                      const struct strbuf *program, int is_cff, struct pdf *pdf)
{
    struct pdf_obj *font = pdf_new_dict(pdf), *cid = pdf_new_dict(pdf), *kids = pdf_new_array(pdf);
    struct pdf_obj *about;
    char name[80];

    subset_name(face, order, n, name);
    about = descriptor(face, name, pdf);
    pdf_set_ref(pdf, about, is_cff ? "FontFile3" : "FontFile2", font_program(program, is_cff, pdf));
    pdf_set_name(pdf, cid, "Type", "Font");
    pdf_set_name(pdf, cid, "Subtype", is_cff ? "CIDFontType0" : "CIDFontType2");
    pdf_set_name(pdf, cid, "BaseFont", name);
    pdf_set(pdf, cid, "CIDSystemInfo", system_info(pdf));
    pdf_set_ref(pdf, cid, "FontDescriptor", pdf_add(pdf, about));
    if (!is_cff)
        pdf_set_name(pdf, cid, "CIDToGIDMap", "Identity");
    pdf_set(pdf, cid, "W", widths(order, n, pdf));
    pdf_push_ref(pdf, kids, pdf_add(pdf, cid));
    pdf_set_name(pdf, font, "Type", "Font");
    pdf_set_name(pdf, font, "Subtype", "Type0");
    pdf_set_name(pdf, font, "BaseFont", name);
    pdf_set_name(pdf, font, "Encoding", "Identity-H");
    pdf_set(pdf, font, "DescendantFonts", kids);
    pdf_set_ref(pdf, font, "ToUnicode", to_unicode(order, n, pdf));
    return pdf_add(pdf, font);
}

/* Fonts that a subset cannot be cut from. Of a variable font the outlines depend on more than the
 * face. */
static int unfit(hb_face_t *face, const struct cff *cff, struct diag *d)
{
    unsigned len = 64;
    char name[64] = "";
    struct table glyf;
    int empty;

    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, HB_LANGUAGE_INVALID, &len, name);
    if (hb_ot_var_has_data(face))
        return diag(d, FO_VARIABLE_FONT, name);
    glyf = table_of(face, "glyf");
    empty = !glyf.n && !cff->table.n;
    hb_blob_destroy(glyf.blob);
    return empty ? diag(d, FO_EMBED, name) : 0;
}

int embed_font(struct embed_face *f, const struct embed_glyph *glyphs, int n, struct pdf *pdf,
               struct diag *d)
{
    struct strbuf program = STRBUF_INIT;
    const struct embed_glyph **order;
    int number = 0;

    if (unfit(f->face, &f->cff, d))
        return 0;
    order = xmalloc((size_t)n * sizeof *order);
    for (int i = 0; i < n; i++)
        order[i] = &glyphs[i];
    qsort(order, (size_t)n, sizeof *order, by_code);
    if (subset(f, glyphs, n, &program))
        diag(d, FO_EMBED, "");
    else
        number = write_font(f->face, order, n, &program, f->cff.table.n > 0, pdf);
    strbuf_release(&program);
    free(order);
    return number;
}
