/* Colours by name. */
#ifndef COLOR_H
#define COLOR_H

#include "fo.h"

/* The colour with the LEN bytes at NAME, in any case. Returns 0, or -1 when there is none. */
int color_named(const char *name, size_t len, fo_color *color);

#endif
