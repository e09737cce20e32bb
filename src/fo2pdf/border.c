/* Borders, backgrounds and rules. */
#include "border.h"

#include <math.h>

/* A rectangle with its corner radii; sides by enum area_side. */
struct shape {
    double x0, y0, x1, y1;
    double r[4]; /* top left, top right, bottom right, bottom left; horizontal and vertical alike */
};

static double points(mpt length)
{
    return length / 1000.0;
}

static int side_visible(const struct area_box *box, int side)
{
    return box->border[side] > 0 && box->border_style[side] != AREA_BORDER_NONE
        && box->border_color[side] & 255;
}

int border_visible(const struct area_box *box)
{
    if (box->background & 255)
        return 1;
    for (int side = 0; side < 4; side++)
        if (side_visible(box, side))
            return 1;
    return 0;
}

/* ---- paths --------------------------------------------------------------------------------- */

static int rounded(const struct shape *s)
{
    return s->r[0] > 0 || s->r[1] > 0 || s->r[2] > 0 || s->r[3] > 0;
}

/* A quarter of a circle from X0, Y0 to X1, Y1, bent towards X, Y. */
static void corner(struct canvas *c, double x0, double y0, double x1, double y1, double x, double y)
{
    const double k = 0.5522847498;
    const double xy[6] = {
        x0 + (x - x0) * k, y0 + (y - y0) * k, x1 + (x - x1) * k, y1 + (y - y1) * k, x1, y1,
    };

    if (x0 != x1 || y0 != y1)
        c->ops->curve(c, xy);
}

static void add_path(struct canvas *c, const struct shape *s)
{
    if (!rounded(s)) {
        c->ops->rect(c, s->x0, s->y0, s->x1 - s->x0, s->y1 - s->y0);
        return;
    }
    c->ops->move(c, s->x0, s->y0 + s->r[0]);
    corner(c, s->x0, s->y0 + s->r[0], s->x0 + s->r[0], s->y0, s->x0, s->y0);
    c->ops->line(c, s->x1 - s->r[1], s->y0);
    corner(c, s->x1 - s->r[1], s->y0, s->x1, s->y0 + s->r[1], s->x1, s->y0);
    c->ops->line(c, s->x1, s->y1 - s->r[2]);
    corner(c, s->x1, s->y1 - s->r[2], s->x1 - s->r[2], s->y1, s->x1, s->y1);
    c->ops->line(c, s->x0 + s->r[3], s->y1);
    corner(c, s->x0 + s->r[3], s->y1, s->x0, s->y1 - s->r[3], s->x0, s->y1);
    c->ops->close(c);
}

/* The border rectangle; radii are shrunk together until they fit (CSS Backgrounds 3, 5.5). */
static struct shape outer_shape(const struct area_box *box, double x, double y, double width,
                                double height)
{
    struct shape s = { x, y, x + width, y + height, { 0 } };
    double fit = 1;

    for (int i = 0; i < 4; i++)
        s.r[i] = box->radius[i] > 0 ? points(box->radius[i]) : 0;
    for (int i = 0; i < 4; i++) {
        double sum = s.r[i] + s.r[(i + 1) % 4];
        double room = i % 2 == 0 ? width : height;

        if (sum > room && sum > 0)
            fit = fmin(fit, fmax(room, 0) / sum);
    }
    for (int i = 0; i < 4; i++)
        s.r[i] *= fit;
    return s;
}

/* S moved inwards by a part of each side's border. */
static struct shape inset(const struct shape *s, const struct area_box *box, double part)
{
    struct shape in = *s;
    double b[4];

    for (int side = 0; side < 4; side++)
        b[side] = box->border_style[side] == AREA_BORDER_NONE && part < 1
            ? 0 : points(box->border[side]) * part;
    in.x0 += b[AREA_LEFT];
    in.y0 += b[AREA_TOP];
    in.x1 -= b[AREA_RIGHT];
    in.y1 -= b[AREA_BOTTOM];
    in.x1 = fmax(in.x0, in.x1);
    in.y1 = fmax(in.y0, in.y1);
    in.r[0] = fmax(0, s->r[0] - fmax(b[AREA_LEFT], b[AREA_TOP]));
    in.r[1] = fmax(0, s->r[1] - fmax(b[AREA_RIGHT], b[AREA_TOP]));
    in.r[2] = fmax(0, s->r[2] - fmax(b[AREA_RIGHT], b[AREA_BOTTOM]));
    in.r[3] = fmax(0, s->r[3] - fmax(b[AREA_LEFT], b[AREA_BOTTOM]));
    return in;
}

void border_padding_path(struct canvas *c, const struct area_box *box, double x, double y,
                         double width, double height)
{
    struct shape outer = outer_shape(box, x, y, width, height);
    struct shape in = inset(&outer, box, 1);

    add_path(c, &in);
}

/* ---- single sides -------------------------------------------------------------------------- */

static fo_color shade(fo_color color, int light)
{
    fo_color out = color & 255;

    for (int shift = 8; shift < 32; shift += 8) {
        unsigned c = color >> shift & 255;

        c = light ? c + (255 - c) / 2 : c / 2;
        out |= c << shift;
    }
    return out;
}

/* The part of side SIDE between two nested shapes: mitred at the corners. */
static void add_side(struct canvas *c, const struct shape *out, const struct shape *in, int side)
{
    double x[4], y[4];

    switch (side) {
    case AREA_TOP:
        x[0] = out->x0, y[0] = out->y0, x[1] = out->x1, y[1] = out->y0;
        x[2] = in->x1, y[2] = in->y0, x[3] = in->x0, y[3] = in->y0;
        break;
    case AREA_RIGHT:
        x[0] = out->x1, y[0] = out->y0, x[1] = out->x1, y[1] = out->y1;
        x[2] = in->x1, y[2] = in->y1, x[3] = in->x1, y[3] = in->y0;
        break;
    case AREA_BOTTOM:
        x[0] = out->x1, y[0] = out->y1, x[1] = out->x0, y[1] = out->y1;
        x[2] = in->x0, y[2] = in->y1, x[3] = in->x1, y[3] = in->y1;
        break;
    default:
        x[0] = out->x0, y[0] = out->y1, x[1] = out->x0, y[1] = out->y0;
        x[2] = in->x0, y[2] = in->y0, x[3] = in->x0, y[3] = in->y1;
        break;
    }
    c->ops->move(c, x[0], y[0]);
    for (int i = 1; i < 4; i++)
        c->ops->line(c, x[i], y[i]);
    c->ops->close(c);
}

/* Strokes from one point to another with dots or dashes that begin and end whole. */
static void dashes(struct canvas *c, enum area_border_style style, fo_color color, double x0,
                   double y0, double x1, double y1, double thick)
{
    double length = fabs(x1 - x0) + fabs(y1 - y0);
    double on = style == AREA_BORDER_DOTTED ? 0 : 3 * thick;
    double period = style == AREA_BORDER_DOTTED ? 2 * thick : 5 * thick;
    double run = style == AREA_BORDER_DOTTED ? length - thick : length - on;
    double n = floor(run / period + 0.5);

    if (length <= 0 || thick <= 0)
        return;
    if (n >= 1 && run > 0)
        period = run / n;
    if (style == AREA_BORDER_DOTTED) {
        double dx = x1 > x0 ? thick / 2 : 0, dy = y1 > y0 ? thick / 2 : 0;

        x0 += dx, x1 -= dx, y0 += dy, y1 -= dy;
    }
    c->ops->color(c, color);
    c->ops->move(c, x0, y0);
    c->ops->line(c, x1, y1);
    c->ops->stroke(c, thick, style == AREA_BORDER_DOTTED, on, fmax(period - on, thick / 100));
}

static void side_dashes(struct canvas *c, const struct area_box *box, const struct shape *s, int side)
{
    double thick = points(box->border[side]), half = thick / 2;
    double x0 = s->x0, x1 = s->x1, y0 = s->y0, y1 = s->y1;

    if (side == AREA_TOP)
        y0 = y1 = s->y0 + half;
    else if (side == AREA_BOTTOM)
        y0 = y1 = s->y1 - half;
    else if (side == AREA_LEFT)
        x0 = x1 = s->x0 + half;
    else
        x0 = x1 = s->x1 - half;
    dashes(c, box->border_style[side], box->border_color[side], x0, y0, x1, y1, thick);
}

static void fill_between(struct canvas *c, const struct shape *out, const struct shape *in, int side,
                         fo_color color)
{
    c->ops->color(c, color);
    add_side(c, out, in, side);
    c->ops->fill(c, 0);
}

static void paint_side(struct canvas *c, const struct area_box *box, const struct shape *outer,
                       int side)
{
    enum area_border_style style = box->border_style[side];
    fo_color color = box->border_color[side];
    struct shape inner = inset(outer, box, 1), a, b;
    int lit = side == AREA_BOTTOM || side == AREA_RIGHT;

    switch (style) {
    case AREA_BORDER_DASHED:
    case AREA_BORDER_DOTTED:
        side_dashes(c, box, outer, side);
        break;
    case AREA_BORDER_DOUBLE:
        a = inset(outer, box, 1 / 3.0);
        b = inset(outer, box, 2 / 3.0);
        fill_between(c, outer, &a, side, color);
        fill_between(c, &b, &inner, side, color);
        break;
    case AREA_BORDER_GROOVE:
    case AREA_BORDER_RIDGE:
        a = inset(outer, box, 0.5);
        lit ^= style == AREA_BORDER_RIDGE;
        fill_between(c, outer, &a, side, shade(color, lit));
        fill_between(c, &a, &inner, side, shade(color, !lit));
        break;
    case AREA_BORDER_INSET:
    case AREA_BORDER_OUTSET:
        lit ^= style == AREA_BORDER_OUTSET;
        fill_between(c, outer, &inner, side, lit ? shade(color, 1) : shade(color, 0));
        break;
    case AREA_BORDER_SOLID:
        fill_between(c, outer, &inner, side, color);
        break;
    case AREA_BORDER_NONE:
        break;
    }
}

/* ---- whole boxes --------------------------------------------------------------------------- */

/* True when all visible sides are solid (or all sides are double) in one colour, so that the border is one
 * shape without seams at the corners. */
static int uniform(const struct area_box *box, int *first)
{
    int all = 1;

    *first = -1;
    for (int side = 0; side < 4; side++) {
        if (!side_visible(box, side)) {
            all = 0;
            continue;
        }
        if (*first < 0)
            *first = side;
        if (box->border_style[side] != box->border_style[*first]
            || box->border_color[side] != box->border_color[*first])
            return 0;
    }
    return *first >= 0
        && (box->border_style[*first] == AREA_BORDER_SOLID
            || (box->border_style[*first] == AREA_BORDER_DOUBLE && all));
}

static void paint_ring(struct canvas *c, const struct shape *outer, const struct shape *inner)
{
    add_path(c, outer);
    add_path(c, inner);
    c->ops->fill(c, 1);
}

/* Straight solid sides as rectangles that do not overlap. (A ring whose edges meet would do, but
 * readers draw a hairline where a shape has no width.) */
static void paint_sides(struct canvas *c, const struct area_box *box, const struct shape *s)
{
    double w = s->x1 - s->x0;
    double top = fmin(points(box->border[AREA_TOP]), s->y1 - s->y0);
    double bottom = fmin(points(box->border[AREA_BOTTOM]), s->y1 - s->y0 - top);
    double between = s->y1 - s->y0 - top - bottom;
    double left = fmin(points(box->border[AREA_LEFT]), w);
    double right = fmin(points(box->border[AREA_RIGHT]), w - left);

    if (top > 0)
        c->ops->rect(c, s->x0, s->y0, w, top);
    if (bottom > 0)
        c->ops->rect(c, s->x0, s->y1 - bottom, w, bottom);
    if (left > 0 && between > 0)
        c->ops->rect(c, s->x0, s->y0 + top, left, between);
    if (right > 0 && between > 0)
        c->ops->rect(c, s->x1 - right, s->y0 + top, right, between);
    c->ops->fill(c, 0);
}

/* Sides that draw nothing must not cut a piece from their neighbours. */
static struct area_box visible_only(const struct area_box *box)
{
    struct area_box only = *box;

    for (int side = 0; side < 4; side++)
        if (!side_visible(box, side))
            only.border[side] = 0;
    return only;
}

static void paint_borders(struct canvas *c, const struct area_box *given, const struct shape *outer)
{
    struct area_box only = visible_only(given);
    const struct area_box *box = &only;
    int first, one_shape = uniform(box, &first);

    if (first < 0)
        return;
    if (one_shape) {
        struct shape inner = inset(outer, box, 1);

        c->ops->color(c, box->border_color[first]);
        if (box->border_style[first] == AREA_BORDER_DOUBLE) {
            struct shape a = inset(outer, box, 1 / 3.0), b = inset(outer, box, 2 / 3.0);

            paint_ring(c, outer, &a);
            paint_ring(c, &b, &inner);
        } else if (rounded(outer)) {
            paint_ring(c, outer, &inner);
        } else {
            paint_sides(c, box, outer);
        }
        return;
    }
    if (rounded(outer)) {
        struct shape inner = inset(outer, box, 1);

        c->ops->save(c);
        add_path(c, outer);
        add_path(c, &inner);
        c->ops->clip(c, 1);
    }
    for (int side = 0; side < 4; side++)
        if (box->border[side] > 0)
            paint_side(c, box, outer, side);
    if (rounded(outer)) {
        c->ops->restore(c);
    }
}

/* Of a border that it shares with its neighbour an area draws a half: of solid ones that is a border
 * of half the width; of others, all is drawn and what is the neighbour's cut off. */
static int has_halves(const struct area_box *box)
{
    if (!box->shared)
        return 0;
    for (int side = 0; side < 4; side++)
        if (side_visible(box, side) && box->border_style[side] != AREA_BORDER_SOLID
            && box->shared->width[side] > box->border[side])
            return 1;
    return 0;
}

static void paint_halves(struct canvas *c, const struct area_box *box, const struct shape *half)
{
    struct area_box whole = *box;
    struct shape outer = *half;
    double more[4];

    for (int side = 0; side < 4; side++) {
        more[side] = points(box->shared->width[side] - box->border[side]);
        whole.border[side] = box->shared->width[side];
    }
    outer.x0 -= more[AREA_LEFT];
    outer.y0 -= more[AREA_TOP];
    outer.x1 += more[AREA_RIGHT];
    outer.y1 += more[AREA_BOTTOM];
    c->ops->save(c);
    c->ops->rect(c, half->x0, half->y0, half->x1 - half->x0, half->y1 - half->y0);
    c->ops->clip(c, 0);
    paint_borders(c, &whole, &outer);
    c->ops->restore(c);
}

void border_paint(struct canvas *c, const struct area_box *box, double x, double y, double width,
                  double height)
{
    struct shape outer = outer_shape(box, x, y, width, height);

    if (width < 0 || height < 0)
        return;
    if (box->background & 255) {
        struct shape in = inset(&outer, box, 1);

        c->ops->color(c, box->background);
        add_path(c, &in);
        c->ops->fill(c, 0);
    }
    if (has_halves(box))
        paint_halves(c, box, &outer);
    else
        paint_borders(c, box, &outer);
}

void border_rule(struct canvas *c, enum area_border_style style, fo_color color, double x, double y,
                 double width, double height)
{
    int level = width >= height;
    double thick = level ? height : width;

    if (width <= 0 || height <= 0 || style == AREA_BORDER_NONE)
        return;
    c->ops->color(c, color);
    switch (style) {
    case AREA_BORDER_DASHED:
    case AREA_BORDER_DOTTED:
        if (level)
            dashes(c, style, color, x, y + thick / 2, x + width, y + thick / 2, thick);
        else
            dashes(c, style, color, x + thick / 2, y, x + thick / 2, y + height, thick);
        break;
    case AREA_BORDER_DOUBLE:
        c->ops->rect(c, x, y, level ? width : thick / 3, level ? thick / 3 : height);
        c->ops->rect(c, level ? x : x + thick * 2 / 3, level ? y + thick * 2 / 3 : y,
                        level ? width : thick / 3, level ? thick / 3 : height);
        c->ops->fill(c, 0);
        break;
    case AREA_BORDER_GROOVE:
    case AREA_BORDER_RIDGE:
        c->ops->color(c, shade(color, style == AREA_BORDER_RIDGE));
        c->ops->rect(c, x, y, level ? width : thick / 2, level ? thick / 2 : height);
        c->ops->fill(c, 0);
        c->ops->color(c, shade(color, style == AREA_BORDER_GROOVE));
        c->ops->rect(c, level ? x : x + thick / 2, level ? y + thick / 2 : y,
                        level ? width : thick / 2, level ? thick / 2 : height);
        c->ops->fill(c, 0);
        break;
    default:
        c->ops->rect(c, x, y, width, height);
        c->ops->fill(c, 0);
        break;
    }
}
