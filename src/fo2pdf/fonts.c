#include "fonts.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "shapes.h"

#define OFF "liga=0,clig=0,dlig=0"

struct fonts {
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    GHashTable *families;  /* lower-case name -> 1 or 2 (absent) */
    GHashTable *faces;     /* key string -> struct fonts_face */
    GHashTable *metrics;   /* PangoFont -> struct fonts_metrics */
    struct shapes *shapes;
};

struct fonts *fonts_open(const char *fonts_conf, struct diag *d)
{
    /* A path without a slash at its start would be looked for in the system's folders. */
    char *path = realpath(fonts_conf, NULL);
    FcConfig *config = FcConfigCreate();
    struct fonts *f;
    FcFontSet *set;
    cairo_font_options_t *options;

    if (!path || !FcConfigParseAndLoad(config, (const FcChar8 *)path, FcTrue)) {
        diag(d, FO_FONTS_CONF, fonts_conf);
        FcConfigDestroy(config);
        free(path);
        return NULL;
    }
    free(path);
    FcConfigBuildFonts(config);
    set = FcConfigGetFonts(config, FcSetSystem);
    if (!set || !set->nfont) {
        diag(d, FO_NO_FONTS, fonts_conf);
        FcConfigDestroy(config);
        return NULL;
    }
    f = xcalloc(1, sizeof *f);
    f->config = config;
    /* Before there is a font map: each begins with a thread that loads the process's configuration, which
     * would be the machine's. */
    FcConfigSetCurrent(config);
    f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(f->map), 72);
    f->context = pango_font_map_create_context(f->map);
    options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(f->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(f->context, 72);
    pango_context_set_round_glyph_positions(f->context, FALSE);
    /* Without this, pango would take the language from the environment. */
    pango_context_set_language(f->context, pango_language_from_string("en"));
    f->families = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    f->faces = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    f->metrics = g_hash_table_new_full(g_direct_hash, g_direct_equal, g_object_unref, free);
    f->shapes = shapes_new();
    return f;
}

void fonts_close(struct fonts *f)
{
    GHashTableIter i;
    gpointer key, value;

    if (!f)
        return;
    shapes_free(f->shapes);
    g_hash_table_iter_init(&i, f->faces);
    while (g_hash_table_iter_next(&i, &key, &value)) {
        struct fonts_face *face = value;

        pango_font_description_free(face->description);
        if (face->font)
            g_object_unref(face->font);
        free((char *)face->features);
        free((char *)face->family);
        free((char *)face->missing);
        free(face);
    }
    g_hash_table_destroy(f->faces);
    g_hash_table_destroy(f->families);
    g_hash_table_destroy(f->metrics);
    g_object_unref(f->context);
    /* The map itself, empty then, is left: its thread, which nobody can wait for, may still look for
     * faces, and looks into the map when it is done. */
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), NULL);
    FcConfigDestroy(f->config);
    free(f);
}

PangoContext *fonts_context(struct fonts *f)
{
    return f->context;
}

PangoFontMap *fonts_map(struct fonts *f)
{
    return f->map;
}

/* The next family of a comma-separated list without quotes and blanks; its length, 0 at the end.
 * *NEXT is where to go on. */
static size_t next_family(const char *list, const char **start, const char **next)
{
    const char *comma = list + strcspn(list, ",");
    size_t n;

    *next = *comma ? comma + 1 : comma;
    while (list < comma && strchr(" \t\r\n'\"", *list))
        list++;
    n = (size_t)(comma - list);
    while (n && strchr(" \t\r\n'\"", list[n - 1]))
        n--;
    *start = list;
    return n;
}

static int is_listed(struct fonts *f, const char *name)
{
    FcPattern *p = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, NULL);
    FcObjectSet *o = FcObjectSetBuild(FC_FAMILY, NULL);
    FcFontSet *s = FcFontList(f->config, p, o);
    int listed = s && s->nfont;

    if (s)
        FcFontSetDestroy(s);
    FcObjectSetDestroy(o);
    FcPatternDestroy(p);
    return listed;
}

/* The configuration may say which family another name stands for. */
static int is_alias(struct fonts *f, const char *name)
{
    FcPattern *p = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, NULL);
    FcChar8 *real;
    int is;

    FcConfigSubstitute(f->config, p, FcMatchPattern);
    is = FcPatternGetString(p, FC_FAMILY, 0, &real) == FcResultMatch &&
         g_ascii_strcasecmp((char *)real, name) && is_listed(f, (char *)real);
    FcPatternDestroy(p);
    return is;
}

int fonts_has_family(struct fonts *f, const char *family, size_t len)
{
    char *name = xstrndup(family, len), *c;
    int known;

    for (c = name; *c; c++)
        *c = (char)g_ascii_tolower(*c);
    known = GPOINTER_TO_INT(g_hash_table_lookup(f->families, name));
    if (!known) {
        known = !strcmp(name, "sans-serif") || is_listed(f, name) || is_alias(f, name) ? 1 : 2;
        g_hash_table_insert(f->families, xstrdup(name), GINT_TO_POINTER(known));
    }
    free(name);
    return known == 1;
}

/* What the OS/2 table says, per em. */
struct os2 {
    double altitude, depth, x_height, super, sub;
};

static double signed16(const unsigned char *p, unsigned upem)
{
    return (double)(short)(p[0] << 8 | p[1]) / upem;
}

static double between(double v, double low, double high, double otherwise)
{
    return v > low && v < high ? v : otherwise;
}

/* sTypoAscender and sTypoDescender, whatever flags say of line spacing; sxHeight, of versions from 2;
 * ySuperscriptYOffset and ySubscriptYOffset. */
static struct os2 read_os2(hb_face_t *face)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
    unsigned n, upem = hb_face_get_upem(face);
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    struct os2 os2 = { 0.75, 0.25, 0.5, 0, 0 };
    double altitude = n >= 72 && upem ? signed16(p + 68, upem) : 0;
    double depth = n >= 72 && upem ? -signed16(p + 70, upem) : 0;

    if (altitude > 0.2 && altitude < 3 && depth >= 0 && depth < 2) {
        os2.altitude = altitude;
        os2.depth = depth;
    }
    if (n >= 88 && upem && (p[0] || p[1] >= 2))
        os2.x_height = between(signed16(p + 86, upem), 0.1, 1, 0.5);
    if (n >= 72 && upem) {
        os2.super = between(signed16(p + 24, upem), 0, 1, 0);
        os2.sub = between(signed16(p + 16, upem), 0, 1, 0);
    }
    hb_blob_destroy(blob);
    return os2;
}

/* SIZE in mpt: pango's own are rounded to its units. */
static void measure(PangoFont *font, double size, struct fonts_metrics *m)
{
    hb_font_t *hb = pango_font_get_hb_font(font);
    struct os2 os2 = read_os2(hb_font_get_face(hb));
    hb_codepoint_t glyph;

    m->altitude = (mpt)(os2.altitude * size + 0.5);
    m->depth = (mpt)(os2.depth * size + 1e-6);
    m->x_height = (mpt)(os2.x_height * size + 0.5);
    m->super = (mpt)(os2.super * size + 0.5);
    m->sub = (mpt)(os2.sub * size + 0.5);
    if (hb_font_get_nominal_glyph(hb, ' ', &glyph)) {
        m->space = glyph;
        m->space_width = hb_font_get_glyph_h_advance(hb, glyph);
    }
    if (hb_font_get_nominal_glyph(hb, '-', &glyph)) {
        m->hyphen = glyph;
        m->hyphen_width = hb_font_get_glyph_h_advance(hb, glyph);
    }
}

const struct fonts_metrics *fonts_measure(struct fonts *f, PangoFont *font)
{
    struct fonts_metrics *m = g_hash_table_lookup(f->metrics, font);

    if (!m) {
        PangoFontDescription *desc = pango_font_describe_with_absolute_size(font);

        m = xcalloc(1, sizeof *m);
        measure(font, pango_font_description_get_size(desc) * 1000. / PANGO_SCALE, m);
        pango_font_description_free(desc);
        g_hash_table_insert(f->metrics, g_object_ref(font), m);
    }
    return m;
}

static PangoStretch stretch_of(int keyword)
{
    switch (keyword) {
    case FO_KW_ULTRA_CONDENSED: return PANGO_STRETCH_ULTRA_CONDENSED;
    case FO_KW_EXTRA_CONDENSED: return PANGO_STRETCH_EXTRA_CONDENSED;
    case FO_KW_CONDENSED: return PANGO_STRETCH_CONDENSED;
    case FO_KW_SEMI_CONDENSED: return PANGO_STRETCH_SEMI_CONDENSED;
    case FO_KW_SEMI_EXPANDED: return PANGO_STRETCH_SEMI_EXPANDED;
    case FO_KW_EXPANDED: return PANGO_STRETCH_EXPANDED;
    case FO_KW_EXTRA_EXPANDED: return PANGO_STRETCH_EXTRA_EXPANDED;
    case FO_KW_ULTRA_EXPANDED: return PANGO_STRETCH_ULTRA_EXPANDED;
    default: return PANGO_STRETCH_NORMAL;
    }
}

/* Features as the author lists them: tags with or without quotes, "=value" or " value",
 * commas between. */
static void read_features(struct fonts_face *face, const char *list)
{
    char *all = list ? xasprintf("%s,%s", OFF, list) : xstrdup(OFF);
    GString *clean = g_string_new(NULL);
    char **parts = g_strsplit(all, ",", -1), **p;

    for (p = parts; *p; p++) {
        char *part = g_strstrip(*p), *c;
        hb_feature_t feature;

        for (c = part; *c; c++)
            if (*c == '\'' || *c == '"')
                *c = ' ';
        part = g_strstrip(part);
        if (!*part)
            continue;
        if (face->hb_features_n == 16 || !hb_feature_from_string(part, -1, &feature)) {
            face->bad_features = 1;
            continue;
        }
        feature.start = HB_FEATURE_GLOBAL_START;
        feature.end = HB_FEATURE_GLOBAL_END;
        face->hb_features[face->hb_features_n++] = feature;
        g_string_append_printf(clean, "%s%s", clean->len ? "," : "", part);
    }
    face->features = xstrdup(clean->str);
    g_string_free(clean, TRUE);
    g_strfreev(parts);
    free(all);
}

static int weight_of(PangoFont *font)
{
    PangoFontDescription *desc = pango_font_describe(font);
    int weight = pango_font_description_get_weight(desc);

    pango_font_description_free(desc);
    return weight;
}

static int is_italic(PangoFont *font)
{
    PangoFontDescription *desc = pango_font_describe(font);
    int italic = pango_font_description_get_style(desc) != PANGO_STYLE_NORMAL;

    pango_font_description_free(desc);
    return italic;
}

static struct fonts_face *face_new(struct fonts *f, const struct style_font *s)
{
    struct fonts_face *face = xcalloc(1, sizeof *face);
    GString *families = g_string_new(NULL);
    const char *list = s->family ? s->family : "sans-serif", *name;
    char tag[64];
    size_t n;

    face->description = pango_font_description_new();
    while (*list) {
        n = next_family(list, &name, &list);
        if (n && fonts_has_family(f, name, n) && !face->family)
            face->family = xstrndup(name, n);
        else if (n && !face->missing && !face->family)
            face->missing = xstrndup(name, n);
        if (n)
            g_string_append_printf(families, "%s%.*s", families->len ? "," : "", (int)n, name);
    }
    if (!face->family)
        face->family = xstrdup("any");
    pango_font_description_set_family(face->description, families->str);
    g_string_free(families, TRUE);
    pango_font_description_set_absolute_size(face->description,
                                             (double)s->size.v * PANGO_SCALE / 1000);
    pango_font_description_set_weight(face->description, (PangoWeight)s->weight);
    pango_font_description_set_style(face->description, s->style == FO_KW_NORMAL
                                     ? PANGO_STYLE_NORMAL
                                     : s->style == FO_KW_ITALIC ? PANGO_STYLE_ITALIC
                                         : PANGO_STYLE_OBLIQUE);
    pango_font_description_set_variant(face->description, s->variant == FO_KW_SMALL_CAPS
                                       ? PANGO_VARIANT_SMALL_CAPS : PANGO_VARIANT_NORMAL);
    pango_font_description_set_stretch(face->description, stretch_of(s->stretch));
    snprintf(tag, sizeof tag, "%s%s%s", s->language ? s->language : "en",
             s->language && s->country ? "-" : "", s->language && s->country ? s->country : "");
    face->language = pango_language_from_string(tag);
    read_features(face, s->features);
    face->font = pango_font_map_load_font(f->map, f->context, face->description);
    if (face->font) {
        measure(face->font, s->size.v, &face->metrics);
        face->joins = shapes_join(face);
        face->no_italic = s->style != FO_KW_NORMAL && !is_italic(face->font);
        face->weight = weight_of(face->font) != s->weight ? weight_of(face->font) : 0;
    }
    return face;
}

const struct fonts_face *fonts_face(struct fonts *f, const struct style_font *s)
{
    struct fonts_face *face;
    char *key = xasprintf("%d %d %d %d %d %s-%s %s %s", s->size.v, s->weight, s->style, s->variant,
             s->stretch, s->language ? s->language : "", s->country ? s->country : "",
             s->features ? s->features : "", s->family ? s->family : "");
    face = g_hash_table_lookup(f->faces, key);
    if (!face) {
        face = face_new(f, s);
        g_hash_table_insert(f->faces, key, face);
    } else {
        free(key);
    }
    return face;
}

const PangoGlyphString *fonts_shape(struct fonts *f, const struct fonts_face *face,
                                    const char *text, int len)
{
    return shapes_of(f->shapes, face, text, len);
}

static int is_east_asian(gunichar c)
{
    switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
        return 1;
    default:
        return g_unichar_iswide(c) || (c >= 0x3000 && c < 0x3100) || (c >= 0xff00 && c < 0xfff0);
    }
}

/* The scripts beyond Latin, Greek and Cyrillic, their family in the set and the Debian package it is
 * from (see fonts/README.md). */
static const struct {
    GUnicodeScript script;
    const char *family, *package;
} scripts[] = {
    { G_UNICODE_SCRIPT_HAN, "Noto Sans CJK JP", "fonts-noto-cjk" },
    { G_UNICODE_SCRIPT_HIRAGANA, "Noto Sans CJK JP", "fonts-noto-cjk" },
    { G_UNICODE_SCRIPT_KATAKANA, "Noto Sans CJK JP", "fonts-noto-cjk" },
    { G_UNICODE_SCRIPT_BOPOMOFO, "Noto Sans CJK JP", "fonts-noto-cjk" },
    { G_UNICODE_SCRIPT_HANGUL, "Noto Sans CJK JP", "fonts-noto-cjk" },
    { G_UNICODE_SCRIPT_ARABIC, "Noto Sans Arabic", "fonts-noto-core" },
    { G_UNICODE_SCRIPT_HEBREW, "Noto Sans Hebrew", "fonts-noto-core" },
    { G_UNICODE_SCRIPT_DEVANAGARI, "Noto Sans Devanagari", "fonts-noto-core" },
    { G_UNICODE_SCRIPT_THAI, "Noto Sans Thai", "fonts-noto-core" },
};

const char *fonts_package(struct fonts *f, gunichar character)
{
    GUnicodeScript script = g_unichar_get_script(character);
    size_t i;

    for (i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (scripts[i].script == script && !fonts_has_family(f, scripts[i].family, strlen(scripts[i].family)))
            return scripts[i].package;
    return NULL;
}

/* True for the family of a script; East Asian characters are told by the character, for signs that
 * these fonts share with others. */
static int is_of_script(const char *family)
{
    size_t i;

    for (i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (strcmp(scripts[i].package, "fonts-noto-cjk") && !g_ascii_strcasecmp(scripts[i].family, family))
            return 1;
    return 0;
}

int fonts_accepts(PangoFont *font, const char *families, gunichar character)
{
    PangoFontDescription *desc;
    const char *got, *name, *list = families ? families : "sans-serif";
    int ok = 0;

    if (is_east_asian(character))
        return 1;
    desc = pango_font_describe(font);
    got = pango_font_description_get_family(desc);
    ok = is_of_script(got);
    while (*list && !ok) {
        size_t n = next_family(list, &name, &list);

        ok = n && ((strlen(got) == n && !g_ascii_strncasecmp(got, name, n)) ||
                   (n == 10 && !strncmp(name, "sans-serif", n)));
    }
    pango_font_description_free(desc);
    return ok;
}
