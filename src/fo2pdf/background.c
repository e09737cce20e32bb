#include "background.h"

#include <math.h>

int background_repeats_x(int repeat)
{
    return repeat == FO_KW_REPEAT || repeat == FO_KW_REPEAT_X;
}

int background_repeats_y(int repeat)
{
    return repeat == FO_KW_REPEAT || repeat == FO_KW_REPEAT_Y;
}

struct background_row background_row(const struct fo_length *at, int repeats, double room,
                                     double size, double scale)
{
    struct background_row row = { 0, 1 };
    double part = at->pct;

    if (at->keyword == FO_KW_CENTER)
        part = 0.5;
    else if (at->keyword == FO_KW_RIGHT || at->keyword == FO_KW_BOTTOM)
        part = 1;
    row.first = (at->keyword ? 0 : at->v / scale) + part * (room - size);
    if (repeats && size > 0) {
        row.first -= ceil(row.first / size) * size;
        row.n = ceil((room - row.first) / size);
    }
    return row;
}
