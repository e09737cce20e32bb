/* Baseline tables: computed from a font's altitude, depth and x-height; few fonts have their own. */
#include "baseline.h"

struct baseline_box baseline_font(const struct fonts_metrics *m)
{
    return (struct baseline_box){ m->altitude, m->depth, m->x_height, m->super, m->sub };
}

/* The baseline ID above the alphabetic one in a table scaled to B. */
static mpt position(const struct baseline_box *b, int id)
{
    switch (id) {
    case FO_KW_BEFORE_EDGE: case FO_KW_TEXT_BEFORE_EDGE:
        return b->altitude;
    case FO_KW_HANGING:
        return (mpt)(((long)b->altitude * 8 + 5) / 10);
    case FO_KW_CENTRAL:
        return (b->altitude + b->depth) / 2 - b->depth;
    case FO_KW_MIDDLE:
        return b->x_height / 2;
    case FO_KW_MATHEMATICAL:
        return (b->altitude + 1) / 2;
    case FO_KW_AFTER_EDGE: case FO_KW_TEXT_AFTER_EDGE: case FO_KW_IDEOGRAPHIC:
        return -b->depth;
    default:
        return 0;
    }
}

void baseline_init(struct baseline *b, const struct fonts_metrics *metrics, mpt line_height)
{
    b->box = b->table = baseline_font(metrics);
    b->is_initial = 1;
    b->dominant = FO_KW_ALPHABETIC;
    b->origin = (struct baseline_place){ 0, 0 };
    b->top = (struct baseline_place){ 0, metrics->altitude };
    b->line_height = line_height;
    b->shifts = 0;
}

/* 7.14.4: the font's own places of superscripts and subscripts, of the parent; where it has none,
 * its x-height and half of that of what is shifted. */
static mpt shift_of(const struct baseline *parent, const struct fo_length *l,
                    const struct baseline_box *box)
{
    mpt alphabetic = 0; /* of the parent's text, above the dominant baseline */

    if (parent->top.edge == parent->origin.edge)
        alphabetic = parent->top.up - parent->box.altitude - parent->origin.up;
    switch (l->keyword) {
    case FO_KW_SUPER:
        return alphabetic + (parent->box.super ? parent->box.super : parent->box.x_height);
    case FO_KW_SUB:
        return alphabetic - (parent->box.sub ? parent->box.sub : box->x_height / 2);
    case 0:
        return fo_length_of(l, parent->line_height, 0);
    default:
        return 0;
    }
}

void baseline_child(struct baseline *b, const struct baseline *parent, const struct style_size *z,
                    const struct baseline_box *box, mpt line_height, mpt base)
{
    int align = z->alignment_baseline.keyword, adjust = z->alignment_adjust.keyword;
    mpt shift = shift_of(parent, &z->baseline_shift, box), point;
    int changes = shift != 0;

    b->box = *box;
    b->line_height = line_height;
    b->dominant = parent->dominant;
    switch (z->dominant_baseline.keyword) {
    case FO_KW_AUTO: case FO_KW_USE_SCRIPT: case FO_KW_NO_CHANGE:
        break;
    case FO_KW_RESET_SIZE:
        changes = 1;
        break;
    default:
        changes = 1;
        b->dominant = z->dominant_baseline.keyword;
    }
    if (align == FO_KW_AUTO || align == FO_KW_BASELINE)
        align = parent->dominant;
    /* The parent's baseline that it lies on ... */
    if (parent->is_initial && (align == FO_KW_BEFORE_EDGE || align == FO_KW_AFTER_EDGE)) {
        b->top.edge = align;
        b->top.up = shift;
    } else {
        b->top.edge = parent->origin.edge;
        b->top.up = parent->origin.up + position(&parent->table, align) -
                    position(&parent->table, parent->dominant) + shift;
    }
    /* ... with its own alignment-point, which is so far below its top. */
    if (adjust == FO_KW_AUTO)
        point = box->altitude - position(box, align);
    else if (adjust == FO_KW_BASELINE)
        point = box->altitude - position(box, b->dominant);
    else if (adjust)
        point = box->altitude - position(box, adjust);
    else
        point = box->altitude - position(box, b->dominant) +
                fo_length_of(&z->alignment_adjust, base, 0);
    b->top.up += point;
    b->shifts = parent->shifts + shift;
    b->is_initial = parent->is_initial && !changes;
    if (changes) {
        b->table = *box;
        b->origin.edge = b->top.edge;
        b->origin.up = b->top.up - box->altitude + position(box, b->dominant);
    } else {
        b->table = parent->table;
        b->origin = parent->origin;
    }
}
