#include "shapes.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#define SHAPED_MAX ((size_t)6 << 20) /* bytes of what is remembered */
#define SHAPED_OVERHEAD 120          /* of the table and the allocator, an entry */
#define SHAPED_LEN 400               /* bytes of the longest text of it */
#define WORD_LEN 32                  /* bytes of the longest that is not taken word by word */

struct shaped {
    const struct fonts_face *face;
    PangoGlyphString *glyphs;
    const char *text;
    int len;
    char copy[];
};

static guint shaped_hash(gconstpointer p)
{
    const struct shaped *s = p;
    guint h = GPOINTER_TO_UINT(s->face) / 16;
    int i;

    for (i = 0; i < s->len; i++)
        h = (h ^ (unsigned char)s->text[i]) * 16777619u;
    return h;
}

static gboolean shaped_equal(gconstpointer a, gconstpointer b)
{
    const struct shaped *x = a, *y = b;

    return x->face == y->face && x->len == y->len && !memcmp(x->text, y->text, (size_t)x->len);
}

static void shaped_free(gpointer p)
{
    struct shaped *s = p;

    if (s->glyphs)
        pango_glyph_string_free(s->glyphs);
    free(s);
}

struct shapes {
    GHashTable *known;     /* struct shaped, of itself */
    size_t bytes;          /* that they take */
    hb_buffer_t *buffer;
    PangoGlyphString *last; /* what is not remembered as a whole */
};

struct shapes *shapes_new(void)
{
    struct shapes *s = xcalloc(1, sizeof *s);

    s->known = g_hash_table_new_full(shaped_hash, shaped_equal, shaped_free, NULL);
    s->buffer = hb_buffer_create();
    s->last = pango_glyph_string_new();
    return s;
}

void shapes_free(struct shapes *s)
{
    if (!s)
        return;
    g_hash_table_destroy(s->known);
    hb_buffer_destroy(s->buffer);
    pango_glyph_string_free(s->last);
    free(s);
}

/* ---- words --------------------------------------------------------------------------------- */

/* Whether a rule of TABLE for FEATURES has GLYPH in it. */
static int is_in_rules(hb_face_t *face, hb_tag_t table, const hb_tag_t *features,
                       hb_codepoint_t glyph)
{
    hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create();
    hb_codepoint_t i = HB_SET_VALUE_INVALID;
    int found = 0;

    hb_ot_layout_collect_lookups(face, table, NULL, NULL, features, lookups);
    while (!found && hb_set_next(lookups, &i)) {
        hb_set_clear(glyphs);
        hb_ot_layout_lookup_collect_glyphs(face, table, i, glyphs, glyphs, glyphs, NULL);
        found = hb_set_has(glyphs, glyph);
    }
    hb_set_destroy(lookups);
    hb_set_destroy(glyphs);
    return found;
}

int shapes_join(const struct fonts_face *face)
{
    static const char usual[][5] = { "ccmp", "locl", "mark", "mkmk", "rlig", "calt", "clig", "curs",
                                     "dist", "kern", "liga", "rclt", "rvrn", "abvm", "blwm" };
    enum { USUAL = sizeof usual / sizeof usual[0] };
    hb_font_t *font = pango_font_get_hb_font(face->font);
    hb_tag_t features[USUAL + 17];
    hb_codepoint_t blank;
    unsigned n = 0, i;

    for (i = 0; i < USUAL; i++)
        features[n++] = hb_tag_from_string(usual[i], 4);
    for (i = 0; i < face->hb_features_n; i++)
        if (face->hb_features[i].value)
            features[n++] = face->hb_features[i].tag;
    features[n] = HB_TAG_NONE;
    /* without rules of OpenType there may be those of an older kind, which tell less */
    return hb_font_get_nominal_glyph(font, ' ', &blank) &&
           hb_ot_layout_has_positioning(hb_font_get_face(font)) &&
           !is_in_rules(hb_font_get_face(font), HB_OT_TAG_GSUB, features, blank) &&
           !is_in_rules(hb_font_get_face(font), HB_OT_TAG_GPOS, features, blank);
}

/* ---- shaping ------------------------------------------------------------------------------- */

static PangoGlyphString *shape(struct shapes *s, const struct fonts_face *face,
                               const char *text, int len)
{
    hb_buffer_t *buffer = s->buffer;
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *position;
    PangoGlyphString *out;
    unsigned i, n;

    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, len, 0, len);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string(pango_language_to_string(face->language),
                                                           -1));
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_shape(pango_font_get_hb_font(face->font), buffer, face->hb_features, face->hb_features_n);
    info = hb_buffer_get_glyph_infos(buffer, &n);
    position = hb_buffer_get_glyph_positions(buffer, &n);
    for (i = 0; i < n; i++)
        if (info[i].codepoint == 0 || (info[i].codepoint & PANGO_GLYPH_UNKNOWN_FLAG))
            return NULL;
    out = pango_glyph_string_new();
    pango_glyph_string_set_size(out, (int)n);
    for (i = 0; i < n; i++) {
        PangoGlyphInfo *g = &out->glyphs[i];

        g->glyph = info[i].codepoint;
        g->geometry.width = position[i].x_advance;
        g->geometry.x_offset = position[i].x_offset;
        g->geometry.y_offset = -position[i].y_offset;
        g->attr.is_cluster_start = i == 0 || info[i].cluster != info[i - 1].cluster;
        out->log_clusters[i] = (int)info[i].cluster;
    }
    return out;
}

/* The glyphs of a text that may be remembered. */
static const PangoGlyphString *remembered(struct shapes *s, const struct fonts_face *face,
                                          const char *text, int len)
{
    struct shaped key = { face, NULL, text, len }, *new = g_hash_table_lookup(s->known, &key);

    if (new)
        return new->glyphs;
    if (s->bytes > SHAPED_MAX) {
        g_hash_table_remove_all(s->known);
        s->bytes = 0;
    }
    new = xmalloc(sizeof *new + (size_t)len + 1);
    memcpy(new->copy, text, (size_t)len);
    new->face = face;
    new->text = new->copy;
    new->len = len;
    new->glyphs = shape(s, face, text, len);
    g_hash_table_add(s->known, new);
    s->bytes += sizeof *new + (size_t)len + SHAPED_OVERHEAD;
    if (new->glyphs)
        s->bytes += (size_t)new->glyphs->num_glyphs * (sizeof(PangoGlyphInfo) + sizeof(gint));
    return new->glyphs;
}

static const PangoGlyphString *shaped_once(struct shapes *s, const struct fonts_face *face,
                                           const char *text, int len)
{
    PangoGlyphString *glyphs = shape(s, face, text, len);

    if (!glyphs)
        return NULL;
    pango_glyph_string_free(s->last);
    return s->last = glyphs;
}

/* The end of the word that begins at FROM, with the blanks after it. */
static int word_end(const char *text, int from, int len)
{
    const char *blank = memchr(text + from, ' ', (size_t)(len - from));
    int to = blank ? (int)(blank - text) : len;

    while (to < len && text[to] == ' ')
        to++;
    return to;
}

/* Word by word; NULL when the font lacks a character, or a word is too long. */
static const PangoGlyphString *joined(struct shapes *s, const struct fonts_face *face,
                                      const char *text, int len)
{
    PangoGlyphString *all = s->last;
    int n = 0, room = all->num_glyphs, from, to, i;

    for (from = 0; from < len; from = to) {
        const PangoGlyphString *word;

        to = word_end(text, from, len);
        if (to - from > SHAPED_LEN || !(word = remembered(s, face, text + from, to - from)))
            return NULL;
        if (n + word->num_glyphs > room)
            pango_glyph_string_set_size(all, room = 2 * (n + word->num_glyphs));
        memcpy(all->glyphs + n, word->glyphs, (size_t)word->num_glyphs * sizeof *all->glyphs);
        for (i = 0; i < word->num_glyphs; i++)
            all->log_clusters[n + i] = from + word->log_clusters[i];
        n += word->num_glyphs;
    }
    all->num_glyphs = n;
    return all;
}

const PangoGlyphString *shapes_of(struct shapes *s, const struct fonts_face *face, const char *text,
                                  int len)
{
    const PangoGlyphString *all = NULL;

    if (len <= WORD_LEN)
        return remembered(s, face, text, len);
    if (face->joins)
        all = joined(s, face, text, len);
    if (all)
        return all;
    return len > SHAPED_LEN ? shaped_once(s, face, text, len) : remembered(s, face, text, len);
}
