/* Fonts inside the PDF: the glyphs that a document uses, as a Type0 font with two-byte codes.
 * ISO 32000-1, 9.7; ISO 19005-3, 6.2.11.
 *
 * harfbuzz cuts the subset. (cairo would embed too, but copies a whole CJK font for it, keeps all of
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
    unsigned code;            /* set: the code that shows it */
    double width;             /* set: in 1/1000 of the size */
};

/* Puts the N glyphs of FACE (at least one) into PDF. Returns the number of the font, or 0 after
 * reporting. */
int embed_font(hb_face_t *face, struct embed_glyph *glyphs, int n, struct pdf *pdf,
               struct diag *d);

/* Appends N bytes of UTF-8 as UTF-16BE in hexadecimal digits. */
void embed_utf16(const char *text, int n, struct strbuf *out);

#endif
