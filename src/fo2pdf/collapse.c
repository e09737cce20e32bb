#include "collapse.h"

#include <stdio.h>
#include <string.h>

#include "fo_messages.h"
#include "parse.h"

enum rank { RANK_TABLE = 1, RANK_COLUMN, RANK_PART, RANK_ROW, RANK_CELL };

struct border {
    int style;                 /* keyword */
    mpt width;
    fo_color color;
    enum rank rank;            /* of what it comes from */
    int precedence;
};

/* ---- resolution ------------------------------------------------------------------------------ */

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

/* 7.28.1 to 4. 0 when precedence is not asked for. */
static int precedence_of(const struct fo_node *fo, int side, enum rank rank)
{
    static const int usual[] = { [RANK_TABLE] = 6, [RANK_COLUMN] = 4, [RANK_ROW] = 3,
                                 [RANK_CELL] = 5 };
    const struct style_flow *flow = fo->style->flow;
    const struct fo_length *l;

    if (flow->border_collapse != FO_KW_COLLAPSE_WITH_PRECEDENCE)
        return 0;
    if (flow->writing_mode == FO_KW_RL_TB && (side == AREA_LEFT || side == AREA_RIGHT))
        side = (side + 2) % 4;
    l = &fo->style->table->border_precedence[side];
    if (l->keyword || l->is_number)
        return l->keyword ? FO_FORCE : l->v;
    if (rank == RANK_PART)
        return fo->kind == FO_TABLE_BODY ? 2 : fo->kind == FO_TABLE_HEADER;
    return usual[rank];
}

/* 6.7.10 with CSS 2.1, 17.6.2.1: none loses, the higher precedence wins, where it is asked for, then
 * hidden, width, style, and whose it is. KEPT: only a border that is not to be discarded at a break counts. */
static void compete(struct border *best, const struct fo_node *fo, int side, enum rank rank, int kept)
{
    const struct style_box *s;
    mpt width;
    int style, precedence, higher;

    if (!fo)
        return;
    s = fo->style->box;
    style = s->border_style[side];
    if (style == FO_KW_NONE || (kept && s->border_width[side].retain != FO_KW_RETAIN))
        return;
    precedence = precedence_of(fo, side, rank);
    higher = best->style == FO_KW_NONE || precedence > best->precedence;
    if (!higher && (precedence < best->precedence || best->style == FO_KW_HIDDEN))
        return;
    width = s->border_width[side].length.v;
    if (higher || style == FO_KW_HIDDEN || width > best->width ||
        (width == best->width && (style_rank(style) > style_rank(best->style) ||
                                  (style == best->style && rank > best->rank)))) {
        best->style = style;
        best->width = style == FO_KW_HIDDEN ? 0 : width;
        best->color = s->border_color[side];
        best->rank = rank;
        best->precedence = precedence;
    }
}

/* What the cell, the row and, at its edge, the part have on SIDE of a place in G. */
static void compete_place(struct border *best, const struct grid *g, int row, int column, int side,
                          int kept)
{
    const struct grid_cell *c = grid_cell_at(g, row, column);

    compete(best, c ? c->fo : NULL, side, RANK_CELL, kept);
    compete(best, g->rows[row].fo, side, RANK_ROW, kept);
    if (row == (side == AREA_TOP ? 0 : g->rows_n - 1))
        compete(best, g->part, side, RANK_PART, kept);
}

static int start_side(const struct table *t)
{
    return t->rtl ? AREA_RIGHT : AREA_LEFT;
}

/* The border on the left or right SIDE of a place in the grid. */
static struct border upright(const struct table *t, int grid, int row, int column, int side)
{
    const struct grid *g = &t->grids[grid];
    const struct grid_cell *c = grid_cell_at(g, row, column), *other;
    int beside = side == start_side(t) ? column - 1 : column + 1, opposite = (side + 2) % 4;
    struct border best = { .style = FO_KW_NONE };

    if (c && beside >= c->column && beside < c->column + c->columns)
        return best;
    compete(&best, c ? c->fo : NULL, side, RANK_CELL, 0);
    compete(&best, t->columns[column].fo, side, RANK_COLUMN, 0);
    if (beside < 0 || beside >= t->columns_n) {
        compete(&best, g->rows[row].fo, side, RANK_ROW, 0);
        compete(&best, g->part, side, RANK_PART, 0);
        compete(&best, t->fo, side, RANK_TABLE, 0);
    } else {
        other = grid_cell_at(g, row, beside);
        compete(&best, t->columns[beside].fo, opposite, RANK_COLUMN, 0);
        compete(&best, other ? other->fo : NULL, opposite, RANK_CELL, 0);
    }
    return best;
}

/* The next part with rows before or after GRID, -1: there is none. */
static int next_part(const struct table *t, int grid, int step)
{
    for (grid += step; grid >= 0 && grid < t->grids_n; grid += step)
        if (t->grids[grid].rows_n)
            return grid;
    return -1;
}

/* The part that stands on SIDE of the body on every page, or -1. */
static int repeated(const struct table *t, int side)
{
    const struct style_table *s = t->fo->style->table;
    int top = side == AREA_TOP, last = t->grids_n - 1;
    int omit = top ? s->omit_header : s->omit_footer;
    int grid = top ? 0 : last;

    if (omit == FO_KW_TRUE || !t->grids[grid].rows_n ||
        t->grids[grid].part->kind != (top ? FO_TABLE_HEADER : FO_TABLE_FOOTER))
        return -1;
    return grid;
}

/* Whether a row of the body is the first or last in all bodies, or is in none. */
static int at_end_of_body(const struct table *t, int grid, int row, int side)
{
    const struct grid *g = &t->grids[grid];
    int next;

    if (g->part->kind != FO_TABLE_BODY)
        return 1;
    if (row != (side == AREA_TOP ? 0 : g->rows_n - 1))
        return 0;
    next = next_part(t, grid, side == AREA_TOP ? -1 : 1);
    return next < 0 || t->grids[next].part->kind != FO_TABLE_BODY;
}

/* What is on the other side of the place where the table begins or is continued. */
static void compete_edge(struct border *best, const struct table *t, int grid, int column, int side,
                         int kept)
{
    int opposite = (side + 2) % 4;

    if (grid >= 0) {
        const struct grid *g = &t->grids[grid];

        compete_place(best, g, side == AREA_TOP ? g->rows_n - 1 : 0, column, opposite, 0);
        return;
    }
    compete(best, t->columns[column].fo, side, RANK_COLUMN, kept);
    compete(best, t->fo, side, RANK_TABLE, kept);
}

/* The border on the top or bottom SIDE of a place in the grid. */
static struct border level(const struct table *t, int grid, int row, int column, int side,
                           enum rows_edge where)
{
    const struct grid *g = &t->grids[grid];
    const struct grid_cell *c = grid_cell_at(g, row, column);
    int step = side == AREA_TOP ? -1 : 1, beside = row + step;
    struct border best = { .style = FO_KW_NONE };

    if (where == ROWS_EDGE && at_end_of_body(t, grid, row, side))
        where = ROWS_WHOLE;
    if (where != ROWS_CUT && c && beside >= c->row && beside < c->row + c->rows)
        return best;
    compete_place(&best, g, row, column, side, where == ROWS_CUT);
    if (where != ROWS_WHOLE)
        compete_edge(&best, t, repeated(t, side), column, side, 1);
    else if (beside >= 0 && beside < g->rows_n)
        compete_place(&best, g, beside, column, (side + 2) % 4, 0);
    else
        compete_edge(&best, t, next_part(t, grid, step), column, side, 0);
    return best;
}

/* ---- boxes ----------------------------------------------------------------------------------- */

static const struct area_box *box_in_arena(struct table *t, const struct area_box *box,
                                           const struct area_shared *shared,
                                           const struct area_box **last)
{
    struct area_box *copy;
    struct area_shared *with;

    if (*last && (*last)->shared && !memcmp((*last)->shared, shared, sizeof *shared)) {
        struct area_box same = *box;

        same.shared = (*last)->shared;
        if (!memcmp(&same, *last, sizeof same))
            return *last;
    }
    copy = arena_alloc(t->b->s->arena, sizeof *copy);
    with = arena_alloc(t->b->s->arena, sizeof *with);
    memcpy(copy, box, sizeof *copy);
    memcpy(with, shared, sizeof *with);
    copy->shared = with;
    return *last = copy;
}

/* Each of two neighbours draws its half; at the table's edge all is drawn there. */
static void set_side(struct area_box *box, struct area_shared *shared, int side,
                     const struct border *b, int outer)
{
    mpt half = side == AREA_TOP || side == AREA_LEFT ? b->width / 2 : b->width - b->width / 2;

    shared->width[side] = b->width;
    shared->outside[side] = outer ? b->width - half : 0;
    box->border[side] = half + shared->outside[side];
    box->border_style[side] = setting_border_style(b->style);
    box->border_color[side] = b->color;
}

static int is_outer(const struct table *t, int grid, int row, int column, int side,
                    enum rows_edge where)
{
    if (side == AREA_LEFT || side == AREA_RIGHT)
        return column == (side == start_side(t) ? 0 : t->columns_n - 1);
    if (where == ROWS_WHOLE || t->grids[grid].part->kind != FO_TABLE_BODY)
        return row == (side == AREA_TOP ? 0 : t->grids[grid].rows_n - 1) &&
               next_part(t, grid, side == AREA_TOP ? -1 : 1) < 0;
    return repeated(t, side) < 0;
}

/* Notes how far borders go beyond the table's grid. */
static void note_outside(struct table *t, const struct area_box *box, enum rows_edge where)
{
    int side;

    for (side = 0; side < 4; side++) {
        mpt *most = where == ROWS_WHOLE ? &t->outside[side] : &t->outside_cut[side];

        if (box->shared->outside[side] > *most)
            *most = box->shared->outside[side];
    }
}

/* The box of a place in the grid, with padding and background of OWN (may be NULL). */
static const struct area_box *place_box(struct table *t, int grid, int row, int column,
                                        const struct area_box *own, enum rows_edge where,
                                        const struct area_box **last)
{
    struct area_box box;
    struct area_shared shared;
    const struct area_box *done;
    int side;

    memset(&box, 0, sizeof box);
    memset(&shared, 0, sizeof shared);
    if (own)
        memcpy(&box, own, sizeof box);
    for (side = 0; side < 4; side++) {
        struct border b = side == AREA_LEFT || side == AREA_RIGHT
            ? upright(t, grid, row, column, side) : level(t, grid, row, column, side, where);

        set_side(&box, &shared, side, &b, is_outer(t, grid, row, column, side, where));
    }
    done = box_in_arena(t, &box, &shared, last);
    note_outside(t, done, where);
    return done;
}

static int draws(const struct area_box *box)
{
    int side;

    for (side = 0; side < 4; side++)
        if (box->border[side] && box->border_style[side] != AREA_BORDER_NONE)
            return 1;
    return 0;
}

static int has_border(const struct fo_node *fo)
{
    int side;

    for (side = 0; fo && side < 4; side++)
        if (fo->style->box->border_style[side] != FO_KW_NONE &&
            fo->style->box->border_style[side] != FO_KW_HIDDEN)
            return 1;
    return 0;
}

/* Padding is drawn where the cell is continued only when it says so. */
static const struct area_box *cut_padding(struct table *t, const struct area_box *own,
                                          const struct fo_node *fo)
{
    const struct fo_edge *padding = fo->style->box->padding;
    struct area_box *cut;
    int top = padding[AREA_TOP].retain == FO_KW_RETAIN;
    int bottom = padding[AREA_BOTTOM].retain == FO_KW_RETAIN;

    if (!own || (top && bottom) || (!own->padding[AREA_TOP] && !own->padding[AREA_BOTTOM]))
        return own;
    cut = arena_alloc(t->b->s->arena, sizeof *cut);
    memcpy(cut, own, sizeof *cut);
    if (!top)
        cut->padding[AREA_TOP] = 0;
    if (!bottom)
        cut->padding[AREA_BOTTOM] = 0;
    return cut;
}

/* The borders of a cell that spans columns or rows are those of the places that it covers; its own
 * box leaves room for the widest of them. */
static void span(struct table *t, int grid, const struct grid_cell *from, struct rows_cell *c,
                 const struct area_box *boxes[ROWS_EDGES])
{
    struct area_box box[ROWS_EDGES];
    struct area_shared none;
    const struct area_box *last[ROWS_EDGES] = { NULL };
    int row, column, where, side;

    memset(&none, 0, sizeof none);
    memset(box, 0, sizeof box);
    for (where = 0; where < ROWS_EDGES; where++)
        if (boxes[where]) {
            memcpy(&box[where], boxes[where], sizeof *box);
            memset(box[where].border, 0, sizeof box[where].border);
        }
    c->places = arena_alloc(t->b->s->arena,
                            (size_t)from->rows * (size_t)from->columns * sizeof *c->places);
    c->columns = from->columns;
    for (row = 0; row < from->rows; row++)
        for (column = 0; column < from->columns; column++) {
            struct rows_place *p = &c->places[row * from->columns + column];
            const struct grid_column *at = &t->columns[from->column + column];
            int sides[4];

            p->x = t->x + at->x;
            p->width = at->width;
            sides[AREA_TOP] = row == 0;
            sides[AREA_BOTTOM] = row == from->rows - 1;
            sides[t->rtl ? AREA_RIGHT : AREA_LEFT] = column == 0;
            sides[t->rtl ? AREA_LEFT : AREA_RIGHT] = column == from->columns - 1;
            for (where = 0; where < ROWS_EDGES; where++) {
                const struct area_box *b = place_box(t, grid, from->row + row,
                                                     from->column + column, NULL,
                                                     (enum rows_edge)where, &last[where]);

                p->at[where] = b;
                for (side = 0; side < 4; side++)
                    if (sides[side] && b->border[side] - b->shared->outside[side] >
                                       box[where].border[side])
                        box[where].border[side] = b->border[side] - b->shared->outside[side];
            }
        }
    for (where = 0; where < ROWS_EDGES; where++) {
        for (side = 0; side < 4; side++)
            box[where].border_style[side] = AREA_BORDER_NONE;
        boxes[where] = box_in_arena(t, &box[where], &none, &last[0]);
    }
}

/* The background image of a column or part is not drawn. */
static void refuse_image(struct table *t, const struct fo_node *fo)
{
    char what[64];

    if (!fo || !fo->style->box->background_image)
        return;
    snprintf(what, sizeof what, "a background image of fo:%s", fo_kind_name(fo->kind));
    fo_complain(t->b->s->d, t->b->s->fo, fo, t->b->s->options->lenient, FO_SETTING, what);
}

void collapse_prepare(struct table *t)
{
    int i, k;

    for (i = 0; i < t->columns_n; i++)
        if (!i || t->columns[i].fo != t->columns[i - 1].fo)
            refuse_image(t, t->columns[i].fo);
    for (i = 0; i < t->grids_n; i++)
        refuse_image(t, t->grids[i].part);
    if (!t->collapse)
        return;
    t->bordered = has_border(t->fo);
    for (i = 0; i < t->columns_n; i++)
        t->bordered |= has_border(t->columns[i].fo);
    for (i = 0; i < t->grids_n && !t->bordered; i++) {
        const struct grid *g = &t->grids[i];

        t->bordered |= has_border(g->part);
        for (k = 0; k < g->rows_n && !t->bordered; k++)
            t->bordered |= has_border(g->rows[k].fo);
        for (k = 0; k < g->cells_n && !t->bordered; k++)
            t->bordered |= has_border(g->cells[k].fo);
    }
}

void collapse_cell(struct table *t, int grid, const struct grid_cell *from, struct rows_cell *c)
{
    const struct area_box *boxes[ROWS_EDGES];
    int where;

    c->box = setting_box(t->b->s, from->fo, t->width);
    if (!t->bordered)
        return;
    boxes[ROWS_WHOLE] = boxes[ROWS_EDGE] = c->box;
    boxes[ROWS_CUT] = cut_padding(t, c->box, from->fo);
    if (from->rows > 1 || from->columns > 1)
        span(t, grid, from, c, boxes);
    else
        for (where = 0; where < ROWS_EDGES; where++)
            boxes[where] = place_box(t, grid, from->row, from->column, boxes[where],
                                     (enum rows_edge)where,
                                     &t->columns[from->column].last[where]);
    c->box = boxes[ROWS_WHOLE];
    c->cut = boxes[ROWS_CUT];
    c->edge = boxes[ROWS_EDGE];
}

int collapse_empty(struct table *t, int grid, int row, int column, struct rows_cell *c)
{
    const struct area_box *boxes[ROWS_EDGES];
    int where, any = 0;

    for (where = 0; where < ROWS_EDGES; where++) {
        boxes[where] = place_box(t, grid, row, column, NULL, (enum rows_edge)where,
                                 &t->columns[column].last[where]);
        any |= draws(boxes[where]);
    }
    c->box = boxes[ROWS_WHOLE];
    c->cut = boxes[ROWS_CUT];
    c->edge = boxes[ROWS_EDGE];
    return any;
}

/* ---- backgrounds ----------------------------------------------------------------------------- */

static void add_below(struct table *t, const struct fo_node *fo, const struct area_box **shown,
                      struct rows_cell *c)
{
    const struct style_box *s = fo ? fo->style->box : NULL;
    struct area_box *box;

    if (!s || !(s->background_color & 0xff))
        return;
    if (!*shown || (*shown)->background != s->background_color) {
        box = arena_alloc(t->b->s->arena, sizeof *box);
        box->background = s->background_color;
        *shown = box;
    }
    c->below[c->below_n++] = *shown;
}

static void add_row_image(struct table *t, const struct fo_node *row, struct rows_cell *c)
{
    const struct style_box *s = row ? row->style->box : NULL;
    struct area_box *box;

    if (!s || !s->background_image)
        return;
    if (!t->row_image || t->row_image->placing != s) {
        box = arena_alloc(t->b->s->arena, sizeof *box);
        box->background_image = s->background_image;
        box->placing = s;
        t->row_image = box;
    }
    c->row_image = t->row_image;
}

void collapse_below(struct table *t, int grid, const struct grid_cell *from, struct rows_cell *c)
{
    const struct grid *g = &t->grids[grid];

    add_row_image(t, g->rows[from->row].fo, c);

    add_below(t, t->columns[from->column].fo, &t->columns[from->column].below, c);
    add_below(t, g->part, &t->below[0], c);
    add_below(t, g->rows[from->row].fo, &t->below[1], c);
}
