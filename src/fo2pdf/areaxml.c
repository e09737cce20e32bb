#include "areaxml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hb.h>

#include "alloc.h"
#include "masters.h"
#include "para.h"
#include "parse.h"
#include "style.h"

/* There is no white space between elements, so that an element's text is what is on the page; lines
 * end inside of start tags. */
struct writer {
    struct strbuf *out;
    const struct area_document *document;
    const struct area *table;
    mpt cell_x, cell_y;     /* of the row that the cell in hand lies in, in the table */
    mpt up;                 /* how far down a link's content lies, more than its area says */
    int level;              /* of bidirectional text: 1 where everything runs from the right */
    mpt left, width;        /* content origin of the parent in its reference area; that one's width */
};

static void escaped(struct strbuf *out, const char *s, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        switch (s[i]) {
        case '&': strbuf_addstr(out, "&amp;"); break;
        case '<': strbuf_addstr(out, "&lt;"); break;
        case '>': strbuf_addstr(out, "&gt;"); break;
        case '"': strbuf_addstr(out, "&quot;"); break;
        case '\n': strbuf_addstr(out, "&#10;"); break;
        default: strbuf_addch(out, s[i]);
        }
}

static void begin(struct writer *w, const char *name)
{
    strbuf_addf(w->out, "<%s", name);
}

/* Ends the start tag. */
static void open_tag(struct writer *w)
{
    strbuf_addstr(w->out, "\n>");
}

static void empty_tag(struct writer *w)
{
    strbuf_addstr(w->out, "\n/>");
}

static void finish(struct writer *w, const char *name)
{
    strbuf_addf(w->out, "</%s>", name);
}

static void number(struct writer *w, const char *name, mpt v)
{
    strbuf_addf(w->out, " %s=\"%d\"", name, v);
}

static void string(struct writer *w, const char *name, const char *v)
{
    if (!v)
        return;
    strbuf_addf(w->out, " %s=\"", name);
    escaped(w->out, v, strlen(v));
    strbuf_addch(w->out, '"');
}

static int is_collapsed(const struct area *a)
{
    return a->fo && (a->fo->kind == FO_TABLE_CELL || a->fo->kind == FO_TABLE) &&
           a->fo->style->flow->border_collapse != FO_KW_SEPARATE;
}

/* Border and padding. Of a collapsed border either neighbour has all, and the table nothing, though
 * each draws but its half. */
static mpt edge(const struct area *a, int side)
{
    if (!a->box)
        return 0;
    if (is_collapsed(a))
        return a->fo->kind == FO_TABLE ? 0 : a->box->border[side] * 2 + a->box->padding[side];
    return setting_edges(a->box, side);
}

static const char *style_name(enum area_border_style style)
{
    static const char *const names[] = { "none", "solid", "dashed", "dotted", "double", "groove",
                                         "ridge",
                                         "inset", "outset" };

    return names[style];
}

static void color(struct strbuf *out, fo_color c)
{
    if ((c & 0xff) == 0)
        strbuf_addstr(out, "transparent");
    else if ((c & 0xff) == 0xff)
        strbuf_addf(out, "#%06x", c >> 8);
    else
        strbuf_addf(out, "#%08x", c);
}

/* The width of AREA without the rounding of each of its glyphs to a unit of pango's. */
static mpt exact_width(const struct area *a)
{
    const struct area *c;
    mpt width = a->width;

    for (c = a->first; c && a->kind == AREA_INLINE; c = c->next)
        width += exact_width(c) - c->width;
    if (a->kind == AREA_TEXT && a->text->glyphs->num_glyphs) {
        PangoFontDescription *description = pango_font_describe(a->text->font);
        hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(a->text->font));
        hb_font_t *units = hb_font_create(face);
        double size = pango_font_description_get_size(description) / 1.024;
        double sum = 0;
        int i;

        for (i = 0; i < a->text->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *g = &a->text->glyphs->glyphs[i];
            double natural = hb_font_get_glyph_h_advance(units, g->glyph) * size /
                             hb_face_get_upem(face);
            double set = g->geometry.width / 1.024;

            sum += set - natural < 1 && natural - set < 1 ? natural : set;
        }
        width = (mpt)(sum + 0.5);
        hb_font_destroy(units);
        pango_font_description_free(description);
    }
    return width;
}

static void background(struct writer *w, const struct area_box *box)
{
    struct strbuf *out = w->out;

    strbuf_addstr(out, " background=\"");
    if (box->background & 0xff) {
        strbuf_addstr(out, "color=");
        color(out, box->background);
    }
    if (box->background_image) {
        strbuf_addf(out, "%surl=", box->background & 0xff ? "," : "");
        escaped(out, box->background_image, strlen(box->background_image));
    }
    strbuf_addch(out, '"');
    if (box->background & 0xff) {
        strbuf_addstr(out, " bkg-color=\"");
        color(out, box->background);
        strbuf_addch(out, '"');
    }
    string(w, "bkg-img", box->background_image);
}

/* True when the border on SIDE of the cell A is the table's. */
static int is_outer(const struct writer *w, const struct area *a, int side)
{
    mpt x = w->cell_x + a->x, y = w->cell_y + a->y;

    switch (side) {
    case AREA_LEFT: return x <= 20;
    case AREA_TOP: return y <= 20;
    case AREA_RIGHT:
        return w->table && x + a->width + setting_edges(a->box, AREA_LEFT) +
                           setting_edges(a->box, AREA_RIGHT) >= w->table->width - 20;
    default:
        return w->table && y + a->height + setting_edges(a->box, AREA_TOP) +
                           setting_edges(a->box, AREA_BOTTOM) >= w->table->height - 20;
    }
}

/* What every area has: its sizes and traits. */
static void common(struct writer *w, const struct area *a)
{
    mpt width = exact_width(a);
    static const struct { const char *border, *padding; int side; } sides[] = {
        { "border-before", "padding-before", AREA_TOP },
            { "border-after", "padding-after", AREA_BOTTOM },
        { "border-start", "padding-start", AREA_LEFT }, { "border-end", "padding-end", AREA_RIGHT },
    };
    size_t i;

    number(w, "ipd", width);
    number(w, "bpd", a->height);
    number(w, "ipda", width + edge(a, AREA_LEFT) + edge(a, AREA_RIGHT));
    number(w, "bpda", a->height + edge(a, AREA_TOP) + edge(a, AREA_BOTTOM) + a->space_before +
           a->space_after);
    strbuf_addf(w->out, " bap=\"%d %d %d %d\"", edge(a, AREA_LEFT), edge(a, AREA_RIGHT),
                edge(a, AREA_TOP),
                edge(a, AREA_BOTTOM));
    if (a->fo)
        string(w, "prod-id", a->fo->id);
    if (a->space_before)
        number(w, "space-before", a->space_before);
    if (a->space_after)
        number(w, "space-after", a->space_after);
    if (a->rotation > 0)
        number(w, "rotation", a->rotation);
    if (a->flags & AREA_ARTIFACT)
        string(w, "artifact", "true");
    if (!a->box)
        return;
    if (a->box->background & 0xff || a->box->background_image)
        background(w, a->box);
    for (i = 0; i < 4; i++) {
        int s = sides[i].side;

        if (a->box->border_style[s] != AREA_BORDER_NONE && a->box->border[s] && edge(a, s)) {
            int shared = is_collapsed(a);

            strbuf_addf(w->out, " %s=\"(%s,", sides[i].border, style_name(a->box->border_style[s]));
            color(w->out, a->box->border_color[s]);
            strbuf_addf(w->out, ",%d%s)\"", a->box->border[s] * (shared ? 2 : 1), !shared
                        ? "" : is_outer(w, a, s) ? ",collapse-outer" : ",collapse-inner");
        }
        if (a->box->padding[s])
            number(w, sides[i].padding, a->box->padding[s]);
    }
}

static void areas(struct writer *w, const struct area *first);

/* The family that was asked for, and what was found for it. */
static void font(struct writer *w, const struct fo_node *fo, PangoFont *pango)
{
    const char *asked = fo && fo->kind == FO_TEXT ? fo->parent->style->font->family
                      : fo ? fo->style->font->family : NULL;
    char family[128];
    size_t n;

    static const char *const styles[] = { "normal", "oblique", "italic" };
    PangoFontDescription *description = pango_font_describe(pango);

    asked = asked ? asked + strspn(asked, " '\"") : "sans-serif";
    n = strcspn(asked, ",'\"");
    snprintf(family, sizeof family, "%.*s", (int)n, asked);
    string(w, "font-name", family);
    string(w, "font-face", pango_font_description_get_family(description));
    string(w, "font-style", styles[pango_font_description_get_style(description)]);
    number(w, "font-weight", (mpt)pango_font_description_get_weight(description));
    number(w, "font-size", para_mpt(pango_font_description_get_size(description)));
    pango_font_description_free(description);
}

static void color_attribute(struct writer *w, const char *name, fo_color c)
{
    strbuf_addf(w->out, " %s=\"", name);
    color(w->out, c);
    strbuf_addch(w->out, '"');
}

static void score(struct writer *w, const struct area *a, unsigned flag, const char *name)
{
    char colored[32];

    if (!(a->flags & flag))
        return;
    string(w, name, "true");
    snprintf(colored, sizeof colored, "%s-color", name);
    color_attribute(w, colored, a->text->color);
}

/* The bytes of the space that S begins with, 0 when it is none; more than 2: one of fixed width. */
static int space_length(const char *s, const char *end)
{
    if (*s == ' ')
        return 1;
    if (end - s >= 2 && !memcmp(s, "\302\240", 2))
        return 2;
    if (end - s >= 3 && ((!memcmp(s, "\342\200", 2) && (unsigned char)s[2] <= 0x8b) ||
                         !memcmp(s, "\343\200\200", 3)))
        return 3;
    return 0;
}

static void text(struct writer *w, const struct area *a)
{
    const struct area_text *t = a->text;
    const char *s = t->utf8, *end = s + t->utf8_len;

    begin(w, "text");
    common(w, a);
    number(w, "offset", a->y + w->up);
    number(w, "left-offset", a->x);
    number(w, "baseline", a->baseline);
    font(w, a->fo, t->font);
    if (t->word_space)
        number(w, "twsadjust", t->word_space);
    color_attribute(w, "color", t->color);
    score(w, a, AREA_UNDERLINE, "underline-score");
    score(w, a, AREA_OVERLINE, "overline-score");
    score(w, a, AREA_LINE_THROUGH, "through-score");
    open_tag(w);
    while (s < end) {
        const char *from = s;
        int blank = space_length(s, end);

        if (blank) {
            s += blank;
            strbuf_addstr(w->out, blank > 2 ? "<space adj=\"false\">" : "<space>");
        } else {
            while (s < end && !space_length(s, end))
                s++;
            strbuf_addstr(w->out, "<word>");
        }
        escaped(w->out, from, (size_t)(s - from));
        strbuf_addstr(w->out, blank ? "</space>" : "</word>");
    }
    finish(w, "text");
}

/* Where the object with the id DEST came to lie, as `(Ppage,id)`. */
static void internal_link(struct writer *w, const char *dest)
{
    const struct area_document *d = w->document;
    size_t i;

    for (i = 0; dest && i < d->destinations_n; i++)
        if (!strcmp(d->destinations[i].id, dest)) {
            strbuf_addf(w->out, " internal-link=\"(P%d,", d->destinations[i].page_index + 1);
            escaped(w->out, dest, strlen(dest));
            strbuf_addstr(w->out, ")\"");
            return;
        }
}

static void link_traits(struct writer *w, const struct fo_node *fo)
{
    if (fo->internal_destination && *fo->internal_destination) {
        internal_link(w, fo->internal_destination);
    } else if (fo->external_destination) {
        strbuf_addstr(w->out, " external-link=\"newWindow=false,dest=");
        escaped(w->out, fo->external_destination, strlen(fo->external_destination));
        strbuf_addch(w->out, '"');
    }
}

/* 4.9: the matrix of coordinates turned by ROTATION in a viewport of WIDTH and HEIGHT at X, Y. */
static void matrix(struct writer *w, int rotation, mpt x, mpt y, mpt width, mpt height)
{
    static const char *const turns[] = { "1.0 0.0 0.0 1.0", "0.0 -1.0 1.0 0.0", "-1.0 -0.0 0.0 -1.0",
                                         "0.0 1.0 -1.0 0.0" };

    if (rotation < 0)
        rotation = 0;
    if (rotation == 180 || rotation == 270)
        x += width;
    if (rotation == 90 || rotation == 180)
        y += height;
    strbuf_addf(w->out, " ctm=\"[%s %d.0 %d.0]\"", turns[rotation / 90 % 4], x, y);
}

static int has_indents(const struct area *a)
{
    switch (a->fo ? a->fo->kind : FO_TEXT) {
    case FO_BLOCK: case FO_BLOCK_CONTAINER: case FO_TABLE: case FO_LIST_BLOCK: case FO_LIST_ITEM:
        return a->fo->style->size->absolute_position == FO_KW_AUTO;
    default:
        return 0;
    }
}

/* 5.3.2: indents, and the margins that go with them. LEFT: the content's, in its reference area. */
static void indents(struct writer *w, const struct area *a, mpt left)
{
    mpt start = left, end = fo_length_of(&a->fo->style->flow->end_indent, w->width, 0);
    mpt space_start, space_end;

    if (a->fo->style->flow->writing_mode == FO_KW_RL_TB) {
        start = fo_length_of(&a->fo->style->flow->start_indent, w->width, 0);
    }
    space_start = start - edge(a, AREA_LEFT);
    space_end = end - edge(a, AREA_RIGHT);
    if (start)
        number(w, "start-indent", start);
    if (end)
        number(w, "end-indent", end);
    if (space_start)
        number(w, "space-start", space_start);
    if (space_end)
        number(w, "space-end", space_end);
}

static void offsets(struct writer *w, mpt left, mpt top)
{
    if (left)
        number(w, "left-offset", left);
    if (top)
        number(w, "top-offset", top);
}

/* AREA's children, whose reference area AREA is. */
static void inside(struct writer *w, const struct area *a)
{
    int turned = a->rotation == 90 || a->rotation == 270;
    mpt left = w->left, width = w->width;

    w->left = 0;
    w->width = turned ? a->height : a->width;
    areas(w, a->first);
    w->left = left;
    w->width = width;
}

/* A container is a viewport and the reference area in it. */
static void container(struct writer *w, const struct area *a, mpt left)
{
    int place = a->fo->style->size->absolute_position;
    int turned = a->rotation == 90 || a->rotation == 270;

    string(w, "is-viewport-area", "true");
    if (place == FO_KW_ABSOLUTE || place == FO_KW_FIXED) {
        string(w, "positioning", place == FO_KW_FIXED ? "fixed" : "absolute");
        number(w, "left-position", a->x);
        number(w, "top-position", a->y);
        matrix(w, a->rotation, a->x + edge(a, AREA_LEFT), a->y + edge(a, AREA_TOP), a->width,
               a->height);
    } else {
        matrix(w, a->rotation, left, 0, a->width, a->height);
    }
    open_tag(w);
    begin(w, "block");
    number(w, "ipd", turned ? a->height : a->width);
    number(w, "bpd", turned ? a->width : a->height);
    number(w, "ipda", turned ? a->height : a->width);
    number(w, "bpda", turned ? a->width : a->height);
    strbuf_addstr(w->out, " bap=\"0 0 0 0\"");
    string(w, "prod-id", a->fo->id);
    string(w, "is-reference-area", "true");
    open_tag(w);
    inside(w, a);
    finish(w, "block");
}

static void block(struct writer *w, const struct area *a, mpt x, mpt y);

/* A cell, and where its row lies in the table. */
struct placed {
    const struct area *area;
    mpt x, y;
};

static mpt placed_bottom(const struct placed *p)
{
    return p->y + p->area->y + p->area->height + setting_edges(p->area->box, AREA_TOP) +
           setting_edges(p->area->box, AREA_BOTTOM);
}

/* In the order of the rows that they end in, and of columns. */
static int by_end(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    mpt p_end = placed_bottom(p), q_end = placed_bottom(q), p_x = p->x + p->area->x;
    mpt q_x = q->x + q->area->x;
    int rtl = p->area->fo->style->flow->writing_mode == FO_KW_RL_TB;

    if (p_end != q_end)
        return p_end < q_end ? -1 : 1;
    return p_x == q_x ? 0 : (p_x < q_x) == !rtl ? -1 : 1;
}

static void collect(struct placed **cells, size_t *n, size_t *cap, const struct area *first, mpt x,
                    mpt y)
{
    const struct area *a;

    for (a = first; a; a = a->next)
        if (a->fo && a->fo->kind == FO_TABLE_CELL) {
            ALLOC_GROW(*cells, *n, *cap);
            (*cells)[(*n)++] = (struct placed){ a, x, y };
        } else {
            collect(cells, n, cap, a->first, x + a->x, y + a->y);
        }
}

static void table_cells(struct writer *w, const struct area *table)
{
    const struct area *outer = w->table;
    struct placed *cells = NULL;
    size_t n = 0, cap = 0, i;

    w->table = table;
    collect(&cells, &n, &cap, table->first, 0, 0);
    if (n)
        qsort(cells, n, sizeof *cells, by_end);
    for (i = 0; i < n; i++)
        block(w, cells[i].area, cells[i].x, cells[i].y);
    free(cells);
    w->table = outer;
}

static void block(struct writer *w, const struct area *a, mpt x, mpt y)
{
    mpt left = w->left + x + a->x + setting_edges(a->box, AREA_LEFT), outer = w->left;
    const char *kind = a->fo ? fo_kind_name(a->fo->kind) : NULL;

    w->cell_x = x;
    w->cell_y = y;
    begin(w, "block");
    common(w, a);
    string(w, "fo", kind);
    if (a->flags & AREA_CLIP)
        string(w, "clipped", "true");
    if (has_indents(a))
        indents(w, a, left);
    if (a->fo && a->fo->kind == FO_BLOCK_CONTAINER) {
        container(w, a, left);
        finish(w, "block");
        return;
    }
    if (a->fo && a->fo->kind == FO_TABLE_CELL) {
        offsets(w, a->x + x + setting_edges(a->box, AREA_LEFT),
                a->y + y + setting_edges(a->box, AREA_TOP) - edge(a, AREA_TOP));
        string(w, "is-reference-area", "true");
        open_tag(w);
        inside(w, a);
    } else {
        offsets(w, a->x + x, a->y + y);
        open_tag(w);
        w->left = left;
        if (a->fo && a->fo->kind == FO_TABLE)
            table_cells(w, a);
        else
            areas(w, a->first);
        w->left = outer;
    }
    finish(w, "block");
}

static void line(struct writer *w, const struct area *a)
{
    mpt start = a->x + (a->first ? a->first->x : 0);

    begin(w, "lineArea");
    common(w, a);
    if (start)
        number(w, "start-indent", start);
    offsets(w, a->x, a->y);
    number(w, "baseline", a->baseline);
    open_tag(w);
    areas(w, a->first);
    finish(w, "lineArea");
}

static void image(struct writer *w, const struct area *a)
{
    const char *name = a->image->src ? "image" : "foreignObject";

    strbuf_addf(w->out, " pos=\"%d %d %d %d\"", edge(a, AREA_LEFT) + a->image->x,
                edge(a, AREA_TOP) + a->image->y, a->image->width, a->image->height);
    if (a->flags & AREA_CLIP)
        string(w, "clip", "true");
    open_tag(w);
    begin(w, name);
    string(w, "prod-id", a->fo->id);
    string(w, "url", a->image->src);
    empty_tag(w);
}

/* A link is as high as all that it holds. Returns how far down its content lies in it. */
static mpt enclose(struct area *a)
{
    const struct area *c;
    mpt top = a->first->y, bottom = top;

    for (c = a->first; c; c = c->next) {
        if (c->y < top)
            top = c->y;
        if (c->y + c->height > bottom)
            bottom = c->y + c->height;
    }
    a->y += top;
    a->height = bottom - top;
    return -top;
}

/* Any inline-level area but text. */
static void inline_area(struct writer *w, const struct area *a)
{
    struct area around;
    mpt shift = 0, up = w->up;
    const char *name = a->kind == AREA_IMAGE ? "viewport" : a->kind == AREA_RULE ? "leader"
                     : a->fo && a->fo->kind == FO_LEADER ? "space" : "inlineparent";

    if (a->fo && a->fo->kind == FO_BASIC_LINK && a->first) {
        around = *a;
        shift = enclose(&around);
        a = &around;
    }
    begin(w, name);
    common(w, a);
    number(w, "left-offset", a->x);
    number(w, "offset", a->y + w->up);
    w->up = shift;
    if (a->fo && a->fo->kind == FO_BASIC_LINK)
        link_traits(w, a->fo);
    if (a->kind == AREA_RULE) {
        string(w, "ruleStyle", style_name(a->rule_style));
        number(w, "ruleThickness", a->height);
    }
    if (a->kind == AREA_IMAGE) {
        image(w, a);
    } else {
        open_tag(w);
        areas(w, a->first);
    }
    w->up = up;
    finish(w, name);
}

static void element(struct writer *w, const struct area *a)
{
    if (a->kind == AREA_TEXT)
        text(w, a);
    else if (a->kind == AREA_LINE)
        line(w, a);
    else if (a->kind == AREA_BLOCK)
        block(w, a, 0, 0);
    else
        inline_area(w, a);
}

static void areas(struct writer *w, const struct area *first)
{
    const struct area *a;

    for (a = first; a; a = a->next)
        element(w, a);
}

/* The region of the page's master whose flow an area is. */
static const struct fo_node *region_of(const struct area_page *page, const struct area *a)
{
    const struct fo_node *n;

    for (n = page->page_master->first; n; n = n->next)
        if (a->fo && a->fo->style->page->flow_name &&
            !strcmp(masters_region_name(n), a->fo->style->page->flow_name))
            return n;
    for (n = page->page_master->first; a->fo && a->fo->kind == FO_FLOW && n; n = n->next)
        if (n->kind == FO_REGION_BODY)
            return n;
    return NULL;
}

static void sizes(struct writer *w, mpt width, mpt height)
{
    number(w, "ipd", width);
    number(w, "bpd", height);
    number(w, "ipda", width);
    number(w, "bpda", height);
    if (w->level)
        number(w, "level", w->level);
    string(w, "is-reference-area", "true");
}

/* How far down the content of AREA comes. */
static mpt content_height(const struct area *a)
{
    const struct area *c;
    mpt height = 0;

    for (c = a->first; c; c = c->next) {
        mpt end = c->y + edge(c, AREA_TOP) + c->height + edge(c, AREA_BOTTOM) + c->space_after;
        int out = c->fo && c->fo->style->size->absolute_position != FO_KW_AUTO &&
                  c->fo->kind == FO_BLOCK_CONTAINER;

        if (!out && end > height)
            height = end;
    }
    return height;
}

static int is_column(const struct area *a)
{
    return a && a->kind == AREA_BLOCK && !a->fo;
}

/* The columns from FIRST on that lie side by side, or everything when the body has none. Returns
 * what comes after them. */
static const struct area *span(struct writer *w, const struct area *body, const struct area *first)
{
    int turned = body->rotation == 90 || body->rotation == 270;
    mpt width = turned ? body->height : body->width, height = 0;
    const struct area *a;

    for (a = first; is_column(a) && a->y == first->y; a = a->next)
        if (a->height > height)
            height = a->height;
    begin(w, "span");
    sizes(w, width, is_column(first) ? height : content_height(body));
    open_tag(w);
    for (a = first; is_column(a) && a->y == first->y; a = a->next) {
        begin(w, "flow");
        sizes(w, a->width, a->height);
        open_tag(w);
        inside(w, a);
        finish(w, "flow");
    }
    if (!is_column(first)) {
        begin(w, "flow");
        sizes(w, width, content_height(body));
        open_tag(w);
        inside(w, body);
        finish(w, "flow");
        a = NULL;
    }
    finish(w, "span");
    return a;
}

static void body(struct writer *w, const struct area *a)
{
    int turned = a->rotation == 90 || a->rotation == 270;
    const struct area *c = a->first;

    begin(w, "mainReference");
    sizes(w, turned ? a->height : a->width, content_height(a));
    open_tag(w);
    do
        c = span(w, a, c);
    while (c);
    finish(w, "mainReference");
}

static void region(struct writer *w, const struct area_page *page, const struct area *a)
{
    static const char *const names[] = { "regionBody", "regionBefore", "regionAfter", "regionStart",
                                         "regionEnd" };
    const struct fo_node *fo = region_of(page, a);
    const char *name = fo ? names[fo->kind - FO_REGION_BODY] : "regionBefore";
    mpt width = a->width + edge(a, AREA_LEFT) + edge(a, AREA_RIGHT);
    mpt height = a->height + edge(a, AREA_TOP) + edge(a, AREA_BOTTOM);

    w->level = a->fo && a->fo->style->flow->writing_mode == FO_KW_RL_TB;
    begin(w, "regionViewport");
    common(w, a);
    strbuf_addf(w->out, " rect=\"%d %d %d %d\"", a->x, a->y, width, height);
    string(w, "is-viewport-area", "true");
    open_tag(w);
    begin(w, name);
    common(w, a);
    string(w, "type", name);
    string(w, "name", fo ? masters_region_name(fo) : NULL);
    string(w, "is-reference-area", "true");
    matrix(w, a->rotation, a->x + edge(a, AREA_LEFT), a->y + edge(a, AREA_TOP), a->width, a->height);
    open_tag(w);
    if (fo && fo->kind == FO_REGION_BODY)
        body(w, a);
    else
        inside(w, a);
    finish(w, name);
    finish(w, "regionViewport");
}

static void page(struct writer *w, const struct area_page *page)
{
    const struct area *a;

    begin(w, "pageViewport");
    strbuf_addf(w->out, " bounds=\"0 0 %d %d\" nr=\"%d\"", page->width, page->height, page->number);
    string(w, "formatted-nr", page->label);
    string(w, "simple-page-master-name", page->page_master->style->page->master_name);
    if (!page->first)
        string(w, "blank", "true");
    open_tag(w);
    begin(w, "page");
    open_tag(w);
    for (a = page->first; a; a = a->next)
        region(w, page, a);
    finish(w, "page");
    finish(w, "pageViewport");
}

static void page_sequence(struct writer *w, const struct fo_node *sequence)
{
    begin(w, "pageSequence");
    string(w, "prod-id", sequence->id);
    string(w, "xml:lang", sequence->lang);
    open_tag(w);
}

static void text_of(struct strbuf *out, const struct fo_node *node)
{
    const struct fo_node *n;

    if (node->kind == FO_TEXT)
        strbuf_add(out, node->text, node->text_len);
    for (n = node->first; n; n = n->next)
        text_of(out, n);
}

static void bookmarks(struct writer *w, const struct fo_node *parent)
{
    const struct fo_node *n, *c;

    for (n = parent->first; n; n = n->next) {
        struct strbuf title = STRBUF_INIT;

        if (n->kind != FO_BOOKMARK)
            continue;
        for (c = n->first; c; c = c->next)
            if (c->kind == FO_BOOKMARK_TITLE)
                text_of(&title, c);
        begin(w, "bookmark");
        string(w, "title", title.len ? title.buf : "");
        string(w, "show-children", n->style->page->starting_state == FO_KW_HIDE ? "false" : "true");
        link_traits(w, n);
        open_tag(w);
        bookmarks(w, n);
        finish(w, "bookmark");
        strbuf_release(&title);
    }
}

void areaxml_write(const struct area_document *document, struct strbuf *out)
{
    struct writer w = { .out = out, .document = document };
    const struct area_page *p;
    const struct fo_node *sequence = NULL, *n;

    strbuf_addstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    begin(&w, "areaTree");
    open_tag(&w);
    for (p = document->first; p; p = p->next) {
        if (p->page_sequence != sequence) {
            if (sequence)
                finish(&w, "pageSequence");
            sequence = p->page_sequence;
            page_sequence(&w, sequence);
        }
        page(&w, p);
    }
    if (sequence)
        finish(&w, "pageSequence");
    for (n = sequence ? sequence->parent->first : NULL; n; n = n->next)
        if (n->kind == FO_BOOKMARK_TREE) {
            begin(&w, "bookmarkTree");
            open_tag(&w);
            bookmarks(&w, n);
            finish(&w, "bookmarkTree");
        }
    finish(&w, "areaTree");
    strbuf_addch(out, '\n');
}
