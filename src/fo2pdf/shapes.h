/* Glyphs of simple text, remembered for the life of the process: certificates say the same again and
 * again, and what they do not say they say in the same words. */
#ifndef SHAPES_H
#define SHAPES_H

#include "fonts.h"

struct shapes;

struct shapes *shapes_new(void); /* release with shapes_free */
void shapes_free(struct shapes *s);

/* Whether what FACE's font makes of a word hangs on nothing beyond the blanks around it: none of its
 * rules for the features in use has the blank in it. */
int shapes_join(const struct fonts_face *face);

/* As fonts_shape. */
const PangoGlyphString *shapes_of(struct shapes *s, const struct fonts_face *face, const char *text,
                                  int len);

#endif
