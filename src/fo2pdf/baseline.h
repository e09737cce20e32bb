/* Where inline-level areas lie around the baseline of their line: 7.14 of the recommendation.
 *
 * Positions are mpt upwards, from the line's alphabetic baseline, or from one of the line's edges
 * when they depend on how high the line comes to be. */
#ifndef BASELINE_H
#define BASELINE_H

#include "fonts.h"
#include "style.h"

/* What a position counts from: 0 the line's baseline, or FO_KW_BEFORE_EDGE, FO_KW_AFTER_EDGE. */
struct baseline_place {
    int edge;
    mpt up;
};

/* Measures of a font or, depth 0 and x-height its height, of a graphic. */
struct baseline_box {
    mpt altitude, depth, x_height;
    mpt super, sub;                /* 0: the font does not say */
};

struct baseline {
    struct baseline_box box;       /* its own */
    struct baseline_box table;     /* what the baseline-table it gives its children is scaled to */
    int is_initial;                /* that table is still the line's */
    int dominant;                  /* baseline-identifier */
    struct baseline_place origin;  /* of the dominant baseline of the table */
    struct baseline_place top;     /* of its own box */
    mpt line_height;
    mpt shifts;                    /* what baseline-shift did to top, in sum */
};

/* The line's own, of a block with METRICS. */
void baseline_init(struct baseline *b, const struct fonts_metrics *metrics, mpt line_height);

/* That of a child of PARENT with the values Z and the measures BOX; BASE: what a percentage of
 * alignment-adjust counts from. */
void baseline_child(struct baseline *b, const struct baseline *parent, const struct style_size *z,
                    const struct baseline_box *box, mpt line_height, mpt base);

struct baseline_box baseline_font(const struct fonts_metrics *metrics);

/* PLACE in a line with edges ASCENT above and DESCENT below its baseline. */
static inline mpt baseline_up(struct baseline_place place, mpt ascent, mpt descent)
{
    return place.edge == 0 ? place.up : place.edge == FO_KW_BEFORE_EDGE ? ascent + place.up
        : place.up - descent;
}

#endif
