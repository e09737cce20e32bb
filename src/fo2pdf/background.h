/* Where background images lie: background-position and -repeat (XSL-FO 1.1, 7.8.3 to 7.8.6). */
#ifndef BACKGROUND_H
#define BACKGROUND_H

#include "style.h"

/* The images along one axis of a padding rectangle: FIRST of them from its edge, N in all. */
struct background_row {
    double first, n;
};

/* For pictures of SIZE at AT in ROOM, all in the same unit but AT, which is in 1/SCALE of it. */
struct background_row background_row(const struct fo_length *at, int repeats, double room,
                                     double size, double scale);

/* Whether REPEAT (a keyword) repeats along the inline axis, the block axis. */
int background_repeats_x(int repeat);
int background_repeats_y(int repeat);

#endif
