/* Subsets of TrueType fonts: outlines and widths alone, glyphs numbered in the order of their use.
 * (harfbuzz can do it too, ten times slower, and numbers them as it likes.) */
#ifndef TRUETYPE_H
#define TRUETYPE_H

#include <hb.h>

#include "strbuf.h"

/* Appends to OUT a font of FACE's glyph 0 and of the N at GLYPHS, which become 1 to N; parts that they
 * are made of follow. Returns 0, or -1 when FACE's tables are damaged. */
int truetype_subset(hb_face_t *face, const unsigned *glyphs, int n, struct strbuf *out);

#endif
