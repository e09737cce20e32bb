/* OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf; hinting is left out. */
#include "truetype.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

enum {
    GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, TABLES, /* in the order of their tags */
    HEAD_LEN = 54, HHEA_LEN = 36, MAXP_LEN = 32,
    GLYPHS_MAX = 65535,
};

/* Flags of a part of a composite glyph. */
enum { WORDS = 1, SCALE = 8, MORE = 0x20, TWO_SCALES = 0x40, MATRIX = 0x80, INSTRUCTIONS = 0x100 };

struct table {
    hb_blob_t *blob;
    const unsigned char *at;
    unsigned n;
};

struct subset {
    struct table from[TABLES];
    unsigned in_face, metrics_n; /* glyphs of the face; of them with a width of their own */
    int is_long;                 /* loca of the face */
    unsigned *glyphs;            /* by new number: the number in the face */
    int n, cap;
    int *numbers;                /* by number in the face: the new one; -1: none yet */
    struct strbuf to[TABLES];
};

static unsigned u16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static unsigned u32(const unsigned char *p)
{
    return u16(p) << 16 | u16(p + 2);
}

static void put16(struct strbuf *out, unsigned v)
{
    char bytes[2] = { (char)(v >> 8), (char)v };

    strbuf_add(out, bytes, 2);
}

static void put32(struct strbuf *out, unsigned v)
{
    put16(out, v >> 16);
    put16(out, v & 0xffff);
}

static void set16(struct strbuf *table, unsigned at, unsigned v)
{
    table->buf[at] = (char)(v >> 8);
    table->buf[at + 1] = (char)v;
}

static void pad(struct strbuf *out, size_t to)
{
    while (out->len % to)
        strbuf_addch(out, '\0');
}

/* ---- the face ------------------------------------------------------------------------------ */

static int open_tables(struct subset *s, hb_face_t *face)
{
    static const char *const tags[TABLES] = { "glyf", "head", "hhea", "hmtx", "loca", "maxp" };

    for (int i = 0; i < TABLES; i++) {
        struct table *t = &s->from[i];

        t->blob = hb_face_reference_table(face, hb_tag_from_string(tags[i], 4));
        t->at = (const unsigned char *)hb_blob_get_data(t->blob, &t->n);
    }
    if (s->from[HEAD].n < HEAD_LEN || s->from[HHEA].n < HHEA_LEN || s->from[MAXP].n < MAXP_LEN)
        return -1;
    s->in_face = u16(s->from[MAXP].at + 4);
    s->metrics_n = u16(s->from[HHEA].at + 34);
    s->is_long = u16(s->from[HEAD].at + 50) != 0;
    if (!s->in_face || !s->metrics_n || s->metrics_n > s->in_face ||
        s->from[HMTX].n < 2 * (s->metrics_n + s->in_face) ||
        s->from[LOCA].n < (s->in_face + 1) * (s->is_long ? 4 : 2))
        return -1;
    return 0;
}

/* The outline of GLYPH of the face; -1 when there is none where it should be. */
static int outline(const struct subset *s, unsigned glyph, const unsigned char **at, unsigned *n)
{
    const unsigned char *loca = s->from[LOCA].at;
    unsigned from = s->is_long ? u32(loca + 4 * glyph) : 2 * u16(loca + 2 * glyph);
    unsigned to = s->is_long ? u32(loca + 4 * glyph + 4) : 2 * u16(loca + 2 * glyph + 2);

    if (from > to || to > s->from[GLYF].n)
        return -1;
    *at = s->from[GLYF].at + from;
    *n = to - from;
    return 0;
}

/* Gives GLYPH of the face the next number, which is returned; or -1. */
static int add_glyph(struct subset *s, unsigned glyph)
{
    if (glyph >= s->in_face || s->n > GLYPHS_MAX)
        return -1;
    ALLOC_GROW(s->glyphs, s->n, s->cap);
    s->numbers[glyph] = s->n;
    s->glyphs[s->n++] = glyph;
    return s->numbers[glyph];
}

static int number_of(struct subset *s, unsigned glyph)
{
    return glyph < s->in_face && s->numbers[glyph] >= 0 ? s->numbers[glyph] : add_glyph(s, glyph);
}

/* ---- outlines ------------------------------------------------------------------------------ */

static int add_simple(const unsigned char *at, unsigned n, unsigned contours, struct strbuf *out)
{
    unsigned head = 10 + 2 * contours, hints;

    if (n < head + 2)
        return -1;
    hints = u16(at + head);
    if (hints > n - head - 2)
        return -1;
    strbuf_add(out, at, head);
    put16(out, 0);
    strbuf_add(out, at + head + 2 + hints, n - head - 2 - hints);
    return 0;
}

static int add_composite(struct subset *s, const unsigned char *at, unsigned n, struct strbuf *out)
{
    unsigned i = 10, flags;

    strbuf_add(out, at, 10);
    do {
        unsigned len = 4;
        int part;

        if (n - i < 4)
            return -1;
        flags = u16(at + i);
        part = number_of(s, u16(at + i + 2));
        len += flags & WORDS ? 4 : 2;
        len += flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
        if (part < 0 || n - i < len)
            return -1;
        put16(out, flags & ~(unsigned)INSTRUCTIONS);
        put16(out, (unsigned)part);
        strbuf_add(out, at + i + 4, len - 4);
        i += len;
    } while (flags & MORE);
    return 0;
}

/* Outlines, their parts after them, and where each begins. */
static int add_outlines(struct subset *s)
{
    struct strbuf *glyf = &s->to[GLYF], *loca = &s->to[LOCA];

    for (int i = 0; i < s->n; i++) { /* which grows by parts */
        const unsigned char *at;
        unsigned n;
        int bad;

        put32(loca, (unsigned)glyf->len);
        if (outline(s, s->glyphs[i], &at, &n))
            return -1;
        if (n < 10)
            continue; /* nothing to be seen */
        bad = at[0] & 0x80 ? add_composite(s, at, n, glyf) : add_simple(at, n, u16(at), glyf);
        if (bad)
            return -1;
        pad(glyf, 4);
    }
    put32(loca, (unsigned)glyf->len);
    return 0;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static void add_widths(struct subset *s)
{
    const unsigned char *from = s->from[HMTX].at;

    for (int i = 0; i < s->n; i++) {
        unsigned glyph = s->glyphs[i];
        unsigned own = glyph < s->metrics_n ? glyph : s->metrics_n - 1;

        put16(&s->to[HMTX], u16(from + 4 * own));
        put16(&s->to[HMTX], u16(glyph < s->metrics_n
                                ? from + 4 * glyph + 2
                                : from + 4 * s->metrics_n + 2 * (glyph - s->metrics_n)));
    }
}

static void add_heads(struct subset *s)
{
    strbuf_add(&s->to[HEAD], s->from[HEAD].at, HEAD_LEN);
    memset(s->to[HEAD].buf + 8, 0, 4); /* the check sum comes last */
    set16(&s->to[HEAD], 50, 1);
    strbuf_add(&s->to[HHEA], s->from[HHEA].at, HHEA_LEN);
    set16(&s->to[HHEA], 34, (unsigned)s->n);
    strbuf_add(&s->to[MAXP], s->from[MAXP].at, MAXP_LEN);
    set16(&s->to[MAXP], 4, (unsigned)s->n);
    set16(&s->to[MAXP], 14, 1); /* no hints: no twilight zone, and nothing for an interpreter */
    memset(s->to[MAXP].buf + 16, 0, 12);
}

static unsigned sum(const char *bytes, size_t n)
{
    unsigned total = 0;

    for (size_t i = 0; i < n; i += 4)
        total += u32((const unsigned char *)bytes + i);
    return total;
}

static void join(struct subset *s, struct strbuf *out)
{
    static const char tags[] = "glyfheadhheahmtxlocamaxp";
    size_t start = out->len, at = 12 + 16 * TABLES, head_at = 0;
    unsigned total;

    put32(out, 0x10000);
    put16(out, TABLES);
    put16(out, 64); /* for a binary search among six tables */
    put16(out, 2);
    put16(out, 32);
    for (int i = 0; i < TABLES; i++) {
        size_t n = s->to[i].len;

        pad(&s->to[i], 4);
        strbuf_add(out, tags + 4 * i, 4);
        put32(out, sum(s->to[i].buf, s->to[i].len));
        put32(out, (unsigned)at);
        put32(out, (unsigned)n);
        if (i == HEAD)
            head_at = at;
        at += s->to[i].len;
    }
    for (int i = 0; i < TABLES; i++)
        strbuf_add(out, s->to[i].buf, s->to[i].len);
    total = 0xb1b0afbau - sum(out->buf + start, out->len - start);
    set16(out, (unsigned)(start + head_at + 8), total >> 16);
    set16(out, (unsigned)(start + head_at + 10), total & 0xffff);
}

int truetype_subset(hb_face_t *face, const unsigned *glyphs, int n, struct strbuf *out)
{
    struct subset s;
    int bad;

    memset(&s, 0, sizeof s);
    for (int i = 0; i < TABLES; i++)
        strbuf_init(&s.to[i]);
    bad = open_tables(&s, face);
    if (!bad) {
        s.numbers = xmalloc(s.in_face * sizeof *s.numbers);
        memset(s.numbers, 0xff, s.in_face * sizeof *s.numbers);
        add_glyph(&s, 0);
        for (int i = 0; i < n; i++)
            bad |= add_glyph(&s, glyphs[i]) != i + 1;
    }
    if (!bad)
        bad = add_outlines(&s);
    if (!bad) {
        add_widths(&s);
        add_heads(&s);
        join(&s, out);
    }
    for (int i = 0; i < TABLES; i++) {
        hb_blob_destroy(s.from[i].blob);
        strbuf_release(&s.to[i]);
    }
    free(s.glyphs);
    free(s.numbers);
    return bad ? -1 : 0;
}
