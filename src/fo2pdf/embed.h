/* Fonts inside the PDF: the glyphs that a document uses, as a Type0 font with two-byte codes.
 * ISO 32000-1, 9.7; ISO 19005-3, 6.2.11.
 *
 * TrueType outlines are cut out by truetype.h, CFF ones by harfbuzz. (cairo would embed too, but copies a whole CJK font for it, keeps all of
 * its subroutines, and leaks.) */
#ifndef EMBED_H
#define EMBED_H

#include <hb.h>

#include "diag.h"
#include "strbuf.h"

struct pdf;

struct embed_glyph {
    unsigned glyph;           /* in the face */
    const char *text;         /* what it stands for, UTF-8 */
    int text_len;
    int weak;                 /* only with others, which the page says */
    unsigned code;            /* the code that shows it */
    double width;             /* in 1/1000 of the size */
};

struct embed_face;

/* What embedding FACE, which is *kept*, needs to know of it. Returns new, release with
 * embed_close. */
struct embed_face *embed_open(hb_face_t *face);
void embed_close(struct embed_face *f);

/* Sets code and width of *G, the Nth (from 0) of the glyphs that will be embedded. */
void embed_measure(struct embed_face *f, int n, struct embed_glyph *g);

/* Puts the N glyphs (at least one), measured, into PDF. Returns the number of the font, or 0 after
 * reporting. */
int embed_font(struct embed_face *f, const struct embed_glyph *glyphs, int n, struct pdf *pdf,
               struct diag *d);

/* Appends N bytes of UTF-8 as UTF-16BE in hexadecimal digits. */
void embed_utf16(const char *text, int n, struct strbuf *out);

#endif
