/* The closed font set: one fontconfig file, read privately; faces and their metrics, kept for the
 * life of the process. Not for more than one thread at a time. */
#ifndef FONTS_H
#define FONTS_H

#include <pango/pangocairo.h>
#include <hb.h>

#include "diag.h"
#include "style.h"

struct fonts;

/* Loads exactly the configuration FONTS_CONF. Returns new (release with fonts_close), or NULL after
 * reporting. */
struct fonts *fonts_open(const char *fonts_conf, struct diag *d);
void fonts_close(struct fonts *f);

/* The pango context of the set, 72 dots per inch and unhinted: a Pango point is a point of the
 * page. Borrowed. */
PangoContext *fonts_context(struct fonts *f);
PangoFontMap *fonts_map(struct fonts *f);

/* True when FAMILY (as authors write it) is in the set. The name sans-serif is what the
 * configuration says it is. */
int fonts_has_family(struct fonts *f, const char *family, size_t len);

/* Vertical measures of a font at its size, in mpt above (depth: below) the baseline: OpenType
 * OS/2 sTypoAscender and sTypoDescender, which are XSL's text-altitude and text-depth. */
struct fonts_metrics {
    mpt altitude, depth, x_height;
    mpt super, sub;                  /* where superscripts and subscripts are set; 0: not said */
    PangoGlyph space, hyphen;
    int space_width, hyphen_width;   /* Pango units */
};

/* What a font group of values comes to. Borrowed from the set. */
struct fonts_face {
    PangoFontDescription *description;
    PangoFont *font;                 /* of the first family */
    PangoLanguage *language;
    const char *features;            /* as pango takes them, ligatures off */
    hb_feature_t hb_features[16];
    unsigned hb_features_n;
    struct fonts_metrics metrics;
    const char *family;              /* the first of the list that is in the set; "any" */
    const char *missing;             /* a family of the list that is not in the set, or NULL */
    int no_italic;                   /* italic was asked for and is not there */
    int weight;                      /* of the font, when another was asked for; else 0 */
    int bad_features;
    int joins;                       /* words can be shaped one by one */
};

const struct fonts_face *fonts_face(struct fonts *f, const struct style_font *style);

/* The glyphs of LEN bytes of simple text (one script, left to right) in FACE's font; clusters count
 * from TEXT. NULL when the font lacks a character. Borrowed, until the next call: the set remembers
 * what it shaped, since certificates say the same again and again, but forgets all when
 * that is too much. */
const PangoGlyphString *fonts_shape(struct fonts *f, const struct fonts_face *face,
                                    const char *text, int len);

/* Metrics of any font of the set; borrowed; keeps the font alive as long as the set. */
const struct fonts_metrics *fonts_measure(struct fonts *f, PangoFont *font);

/* The Debian package that has the fonts of CHARACTER's script, when the set lacks them; else NULL. */
const char *fonts_package(struct fonts *f, gunichar character);

/* True when FONT may set CHARACTER for the family list FAMILIES: its family is in the list, or it
 * is the configured fallback for the character's script. */
int fonts_accepts(PangoFont *font, const char *families, gunichar character);

#endif
