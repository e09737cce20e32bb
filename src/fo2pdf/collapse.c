#include "collapse.h"

static int style_rank(int style)
{
    static const short order[] = { FO_KW_INSET, FO_KW_GROOVE, FO_KW_OUTSET, FO_KW_RIDGE,
                                   FO_KW_DOTTED,
                                   FO_KW_DASHED, FO_KW_SOLID, FO_KW_DOUBLE };
    int i;

    for (i = 0; i < 8; i++)
        if (order[i] == style)
            return i + 1;
    return 0;
}

/* 6.7.10 with CSS 2.1, 17.6.2.1: hidden wins, none loses, then width, style, and whose it is. */
static void compete(struct collapse_border *best, const struct fo_node *fo, int side, int rank)
{
    const struct style_box *s;
    mpt width;
    int style;

    if (!fo)
        return;
    s = fo->style->box;
    style = s->border_style[side];
    if (best->style == FO_KW_HIDDEN || style == FO_KW_NONE)
        return;
    width = s->border_width[side].length.v;
    if (style == FO_KW_HIDDEN || best->style == FO_KW_NONE || width > best->width ||
        (width == best->width && (style_rank(style) > style_rank(best->style) ||
                                  (style == best->style && rank > best->rank)))) {
        best->style = style;
        best->width = style == FO_KW_HIDDEN ? 0 : width;
        best->color = s->border_color[side];
        best->rank = rank;
    }
}

/* The border along one side of a cell, and what of it lies in the cell. */
static struct collapse_border collapsed(const struct table *t, int grid,
                                        const struct grid_cell *c, int side)
{
    const struct grid *g = &t->grids[grid];
    struct collapse_border best = { FO_KW_NONE, 0, 0, 0 };
    int opposite = (side + 2) % 4, i;
    int start = side == (t->rtl ? AREA_RIGHT : AREA_LEFT);

    compete(&best, c->fo, side, 5);
    if (side == AREA_LEFT || side == AREA_RIGHT) {
        int beside = start ? c->column - 1 : c->column + c->columns;
        int mine = start ? c->column : c->column + c->columns - 1;

        compete(&best, t->columns[mine].fo, side, 2);
        if (beside >= 0 && beside < t->columns_n) {
            compete(&best, t->columns[beside].fo, opposite, 2);
            for (i = c->row; i < c->row + c->rows; i++) {
                const struct grid_cell *other = grid_cell_at(g, i, beside);

                compete(&best, other ? other->fo : NULL, opposite, 5);
            }
        } else {
            for (i = c->row; i < c->row + c->rows; i++)
                compete(&best, g->rows[i].fo, side, 4);
            compete(&best, g->part, side, 3);
            compete(&best, t->fo, side, 1);
        }
        return best;
    }
    {
        int top = side == AREA_TOP, last = c->row + c->rows - 1;
        int beside = top ? c->row - 1 : last + 1;

        compete(&best, g->rows[top ? c->row : last].fo, side, 4);
        if (beside < 0 || beside >= g->rows_n) {
            compete(&best, g->part, side, 3);
            grid += top ? -1 : 1;
            g = grid >= 0 && grid < t->grids_n ? &t->grids[grid] : NULL;
            if (g)
                compete(&best, g->part, opposite, 3);
            beside = !g ? 0 : top ? g->rows_n - 1 : 0;
        }
        if (!g) {
            compete(&best, t->fo, side, 1);
            for (i = c->column; i < c->column + c->columns; i++)
                compete(&best, t->columns[i].fo, side, 2);
            return best;
        }
        if (beside < g->rows_n)
            compete(&best, g->rows[beside].fo, opposite, 4);
        for (i = c->column; i < c->column + c->columns; i++) {
            const struct grid_cell *other = grid_cell_at(g, beside, i);

            compete(&best, other ? other->fo : NULL, opposite, 5);
        }
    }
    return best;
}

/* The background of a cell without one: its row's, part's or column's. */
static fo_color inherited_background(const struct table *t, const struct grid_row *row, int column)
{
    const struct fo_node *from[3] = { row->fo, row->part, t->columns[column].fo };
    int i;

    for (i = 0; i < 3; i++)
        if (from[i] && (from[i]->style->box->background_color & 0xff))
            return from[i]->style->box->background_color;
    return FO_TRANSPARENT;
}

const struct area_box *collapse_cell_box(const struct table *t, int grid, const struct grid_cell *c,
                                       struct collapse_border outer[4])
{
    const struct grid *g = &t->grids[grid];
    const struct area_box *own = setting_box(t->b->s, c->fo, t->width);
    fo_color background = inherited_background(t, &g->rows[c->row], c->column);
    struct area_box *box;
    int side, last_grid = t->grids_n - 1;

    if (!t->collapse && (!background || (own && (own->background & 0xff))))
        return own;
    box = arena_alloc(t->b->s->arena, sizeof *box);
    if (own)
        *box = *own;
    if (!(box->background & 0xff))
        box->background = background;
    for (side = 0; side < 4 && t->collapse; side++) {
        struct collapse_border border = collapsed(t, grid, c, side);
        int start = side == (t->rtl ? AREA_RIGHT : AREA_LEFT);
        int edge = side == AREA_TOP ? grid == 0 && c->row == 0
                 : side == AREA_BOTTOM ? grid == last_grid && c->row + c->rows == g->rows_n
                 : start ? c->column == 0 : c->column + c->columns == t->columns_n;

        box->border_style[side] = setting_border_style(border.style);
        box->border_color[side] = border.color;
        /* Each of two neighbours draws its half; the outer half of the table's edge is the
         * table's. */
        box->border[side] = side == AREA_TOP || side == AREA_LEFT ? border.width / 2
            : border.width - border.width / 2;
        if (edge && border.width > outer[side].width)
            outer[side] = border;
    }
    return box;
}
