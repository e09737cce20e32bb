/* Filling a paragraph: white space, transformations, objects. */
#include "para.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "leaders.h"
#include "places.h"

/* Growth in the arena: what is left behind is freed with the document. */
static void *grown(struct arena *a, void *p, int n, int *cap, size_t size)
{
    int more;
    void *q;

    if (n < *cap)
        return p;
    more = *cap ? *cap * 2 : 1; /* most paragraphs are a word or two of one kind */
    q = arena_alloc(a, (size_t)more * size);
    if (n)
        memcpy(q, p, (size_t)n * size);
    *cap = more;
    return q;
}

#define GROW(p, array) \
    ((p)->array = grown((p)->s->arena, (p)->array, (p)->array##_n, &(p)->array##_cap, \
                        sizeof *(p)->array))

struct para *para_new(struct setting *s, const struct fo_node *block, mpt width)
{
    struct para *p = arena_alloc(s->arena, sizeof *p);

    p->s = s;
    p->block = block;
    p->face = setting_face(s, block);
    p->width = width;
    baseline_init(&p->baseline, &p->face->metrics, para_line_height(block->style));
    p->rtl = block->style->flow->writing_mode == FO_KW_RL_TB;
    p->open = -1;
    return p;
}

/* Makes room for N characters of LEN bytes, and for what ends them. */
static void reserve(struct para *p, int n, size_t len)
{
    if (p->text_len + len + 2 > p->text_cap) {
        size_t cap = p->text_cap * 2 > p->text_len + len + 2 ? p->text_cap * 2 : p->text_len + len + 2;
        char *text = arena_alloc(p->s->arena, cap);

        if (p->text_len)
            memcpy(text, p->text, p->text_len);
        p->text = text;
        p->text_cap = cap;
    }
    if (p->chars_n + n + 1 > p->chars_cap) {
        int cap = p->chars_cap * 2 > p->chars_n + n + 1 ? p->chars_cap * 2 : p->chars_n + n + 1;
        unsigned short *f = arena_alloc(p->s->arena, (size_t)cap * sizeof *f);
        int *b = arena_alloc(p->s->arena, (size_t)cap * sizeof *b);

        if (p->chars_n) {
            memcpy(f, p->flags, (size_t)p->chars_n * sizeof *f);
            memcpy(b, p->bytes, (size_t)p->chars_n * sizeof *b);
        }
        p->flags = f;
        p->bytes = b;
        p->chars_cap = cap;
    }
}

static void put(struct para *p, gunichar c, unsigned flags)
{
    char utf8[6];
    int n = g_unichar_to_utf8(c, utf8);

    reserve(p, 1, 6);
    memcpy(p->text + p->text_len, utf8, (size_t)n);
    p->bytes[p->chars_n] = (int)p->text_len;
    p->flags[p->chars_n] = (unsigned short)(flags | p->pending);
    p->pending = 0;
    p->text_len += (size_t)n;
    p->chars_n++;
    p->bytes[p->chars_n] = (int)p->text_len;
    if (!(flags & PARA_TRIM))
        p->has_text = 1;
}

/* What text-decoration NODE and its ancestors up to the block draw through text. */
static unsigned decoration_of(const struct para *p, const struct fo_node *node)
{
    unsigned decoration = 0;

    for (; node; node = node->parent) {
        if (node->kind == FO_TEXT)
            continue;
        decoration |= (unsigned)node->style->size->decoration;
        if (node == p->block)
            break;
    }
    return decoration;
}

/* The baseline of the innermost open inline, or the line's. */
static const struct baseline *current_baseline(const struct para *p)
{
    return p->open >= 0 ? &p->inlines[p->open].baseline : &p->baseline;
}

static struct para_span *span_new(struct para *p, const struct fo_node *node,
                                  const struct fo_node *owner, const struct baseline *baseline)
{
    struct para_span *span;

    GROW(p, spans);
    span = &p->spans[p->spans_n++];
    memset(span, 0, sizeof *span);
    span->start = span->end = p->chars_n;
    span->node = node;
    span->style = owner->style;
    span->face = setting_face(p->s, owner);
    span->inl = p->open;
    span->top = baseline->top;
    span->shifts = baseline->shifts;
    span->decoration = decoration_of(p, owner);
    if (owner->style->text->visibility != FO_KW_VISIBLE)
        span->decoration |= AREA_HIDDEN;
    return span;
}

static gunichar transform(gunichar c, int mode, int word_start)
{
    if (mode == FO_KW_UPPERCASE || (mode == FO_KW_CAPITALIZE && word_start))
        return g_unichar_toupper(c);
    return mode == FO_KW_LOWERCASE ? g_unichar_tolower(c) : c;
}

/* At which edges of a line a white space is deleted. */
static unsigned trimmed_at(int treatment)
{
    switch (treatment) {
    case FO_KW_PRESERVE: return 0;
    case FO_KW_IGNORE_IF_BEFORE_LINEFEED: return PARA_TRIM_END;
    case FO_KW_IGNORE_IF_AFTER_LINEFEED: return PARA_TRIM_START;
    default: return PARA_TRIM;
    }
}

/* White space collapses with its neighbour in the same object only: 7.16.12 speaks of what precedes
 * it immediately, and the start of another object is between. */
static void put_space(struct para *p, const struct style_text *t, unsigned wrap)
{
    unsigned trim = trimmed_at(t->white_space_treatment);
    int starts = !p->chars_n || p->flags[p->chars_n - 1] & PARA_FORCE;

    if (t->white_space_treatment == FO_KW_IGNORE)
        return;
    if (t->white_space_collapse == FO_KW_TRUE && p->after_space)
        return;
    if (starts && trim & PARA_TRIM_START)
        return;
    put(p, ' ', PARA_SPACE | PARA_BLANK | trim | wrap);
    p->after_space = 1;
}

static void put_linefeed(struct para *p, const struct style_text *t, unsigned wrap)
{
    switch (t->linefeed_treatment) {
    case FO_KW_IGNORE:
        break;
    case FO_KW_PRESERVE:
        put(p, '\n', PARA_FORCE);
        p->after_space = 0;
        break;
    case FO_KW_TREAT_AS_ZERO_WIDTH_SPACE:
        p->pending |= PARA_BREAK;
        p->after_space = 0;
        break;
    default:
        put_space(p, t, wrap);
    }
}

/* LEN bytes of UTF-8 from NODE, set with OWNER's values: 4.7 and 7.17 of the recommendation. */
static void add_text(struct para *p, const struct fo_node *node, const struct fo_node *owner,
                     const char *text, size_t len)
{
    const struct style_text *t = owner->style->text;
    unsigned wrap = t->wrap_option == FO_KW_NO_WRAP ||
                    owner->style->flow->keep_together.line == FO_FORCE ? PARA_NO_WRAP : 0;
    const char *s = text, *end = text + len;
    struct baseline own;
    struct para_span *span;
    int word_start = 1, in_own = p->open >= 0 && p->inlines[p->open].node == owner;

    if (node == owner && !in_own) {
        struct baseline_box box = baseline_font(&setting_face(p->s, node)->metrics);

        baseline_child(&own, current_baseline(p), node->style->size, &box,
                       para_line_height(node->style), node->style->font->size.v);
    }
    span = span_new(p, node, owner, node == owner && !in_own ? &own : current_baseline(p));
    reserve(p, len < 1 << 20 ? (int)len : 1 << 20, len + 4);
    p->hyphenate |= t->hyphenate == FO_KW_TRUE;
    p->letter_spaced |= !t->letter_spacing.opt.keyword;
    while (s < end) {
        gunichar c = g_utf8_get_char_validated(s, end - s);

        if (c == (gunichar)-1 || c == (gunichar)-2)
            break; /* libxml2 has made sure that there is none */
        s = g_utf8_next_char(s);
        switch (c) {
        case '\n':
            put_linefeed(p, t, wrap);
            word_start = 1;
            break;
        case ' ': case '\t': case '\r':
            put_space(p, t, wrap);
            word_start = 1;
            break;
        case 0x200b:
            p->pending |= PARA_BREAK;
            break;
        case 0x00ad:
            p->pending |= PARA_SHY;
            break;
        case 0x2060: case 0xfeff:
            p->pending |= PARA_NO_BREAK;
            break;
        default:
            if (c == 0xfffc || (c >= 0xfff9 && c <= 0xfffb) || c == 0x2028 || c == 0x2029 ||
                c == 0x85) {
                if (c == 0x2028 || c == 0x2029 || c == 0x85) {
                    put(p, '\n', PARA_FORCE);
                    p->after_space = 0;
                } else {
                    fo_complain(p->s->d, p->s->fo, node, p->s->options->lenient, FO_BAD_TEXT, c);
                }
                break;
            }
            p->spreads |= c >= 0xe00 && para_writes_no_spaces(c);
            put(p, transform(c, t->text_transform, word_start), wrap);
            word_start = !g_unichar_isalnum(c) && c != '\'' && c != 0x2019;
            p->after_space = 0;
        }
    }
    p->spans[p->spans_n - 1].end = p->chars_n;
    if (span->start == p->chars_n)
        p->spans_n--;
}

/* The viewport and the image's size in it: 7.15 (content-width and -height, scaling). */
static int measure_graphic(struct para *p, struct para_object *o)
{
    const struct fo_node *node = o->node;
    const struct style_size *z = node->style->size;
    struct area_image *image = arena_alloc(p->s->arena, sizeof *image);
    mpt w, h, view_w, view_h, max_h, cw, ch;
    int fit_w, fit_h, align = node->style->flow->display_align, text_align =
        node->style->text->text_align;

    if (p->s->options->measure(p->s->options->measure_arg, node, &w, &h, p->s->d))
        return -1;
    if (w < 1)
        w = 1;
    if (h < 1)
        h = 1;
    view_w = fo_length_of(&z->ipd.opt, p->width, -1);
    view_h = setting_height(p->s, &z->bpd.opt);
    max_h = view_h < 0 ? setting_height(p->s, &z->bpd.max) : -1;
    fit_w = z->content_width.keyword != 0 && z->content_width.keyword != FO_KW_AUTO;
    fit_h = z->content_height.keyword != 0 && z->content_height.keyword != FO_KW_AUTO;
    cw = z->content_width.keyword ? -1
        : z->content_width.v + (mpt)((double)z->content_width.pct * w);
    ch = z->content_height.keyword ? -1
        : z->content_height.v + (mpt)((double)z->content_height.pct * h);
    if (fit_w && view_w < 0)
        view_w = p->width;
    if ((fit_w || fit_h) && (view_w >= 0 || view_h >= 0)) {
        /* Scaled to the viewport, keeping proportions unless told not to. */
        double fx = fit_w && view_w >= 0 ? (double)view_w / w : -1;
        double fy = fit_h && view_h >= 0 ? (double)view_h / h : -1;
        int up = z->content_width.keyword == FO_KW_SCALE_UP_TO_FIT ||
            z->content_height.keyword == FO_KW_SCALE_UP_TO_FIT;
        int down = z->content_width.keyword == FO_KW_SCALE_DOWN_TO_FIT ||
            z->content_height.keyword == FO_KW_SCALE_DOWN_TO_FIT;

        if (z->scaling == FO_KW_UNIFORM) {
            double f = fx < 0 ? fy : fy < 0 ? fx : fx < fy ? fx : fy;

            if ((up && f < 1) || (down && f > 1) || f < 0)
                f = 1;
            if (max_h >= 0 && f * h > max_h)
                f = (double)max_h / h;
            fx = fy = f;
        }
        if (cw < 0)
            cw = (mpt)(w * (fx < 0 ? 1 : fx) + 0.5);
        if (ch < 0)
            ch = (mpt)(h * (fy < 0 ? 1 : fy) + 0.5);
    }
    if (cw > 0 && ch > 0 && z->scaling == FO_KW_UNIFORM &&
        (!z->content_width.keyword || !z->content_height.keyword)) {
        /* Of two sizes the one that leaves the picture smaller; it keeps its proportions. */
        if ((double)cw / w < (double)ch / h)
            ch = (mpt)((double)h * cw / w + 0.5);
        else
            cw = (mpt)((double)w * ch / h + 0.5);
    }
    if (cw < 0 && ch < 0) {
        cw = w;
        ch = h;
    } else if (cw < 0) {
        cw = z->scaling == FO_KW_UNIFORM ? (mpt)((double)w * ch / h + 0.5) : w;
    } else if (ch < 0) {
        ch = z->scaling == FO_KW_UNIFORM ? (mpt)((double)h * cw / w + 0.5) : h;
    }
    o->width = view_w >= 0 ? view_w : cw;
    o->height = view_h >= 0 ? view_h : ch;
    image->src = node->kind == FO_EXTERNAL_GRAPHIC ? node->facts->src : NULL;
    image->width = cw;
    image->height = ch;
    if (text_align == FO_KW_CENTER)
        image->x = (o->width - cw) / 2;
    else if (text_align == FO_KW_END || text_align == FO_KW_RIGHT)
        image->x = o->width - cw;
    if (align == FO_KW_CENTER)
        image->y = (o->height - ch) / 2;
    else if (align == FO_KW_AFTER)
        image->y = o->height - ch;
    o->image = image;
    return 0;
}

static void add_object(struct para *p, const struct fo_node *node)
{
    struct para_object *o;
    struct para_span *span;
    const struct style_size *z = node->style->size;
    struct baseline own;
    struct baseline_box box = { 0, 0, 0, 0, 0 };

    GROW(p, objects);
    o = &p->objects[p->objects_n];
    memset(o, 0, sizeof *o);
    o->at = p->chars_n;
    o->node = node;
    o->box = setting_box(p->s, node, p->width);
    o->space_start = fo_length_of(&z->space_start.opt, p->width, 0);
    o->space_end = fo_length_of(&z->space_end.opt, p->width, 0);
    if (node->kind == FO_LEADER)
        leader_measure(p, o);
    else if (measure_graphic(p, o))
        return;
    p->objects_n++;
    o->extent = o->height + setting_edges(o->box, AREA_TOP) + setting_edges(o->box, AREA_BOTTOM);
    if (node->kind == FO_LEADER && node->style->flow->leader_pattern == FO_KW_USE_CONTENT)
        box = baseline_font(&setting_face(p->s, node)->metrics);
    else
        box.altitude = box.x_height = o->extent;
    baseline_child(&own, current_baseline(p), z, &box, o->extent, o->extent);
    span = span_new(p, node, node, &own);
    put(p, 0xfffc, PARA_OBJECT);
    span->end = p->chars_n;
    p->after_space = 0;
}

/* The control characters around an object with unicode-bidi, which is their span: 7.29.6. */
static void embed(struct para *p, const struct para_inline *in, int start)
{
    int mode = in->node->style->size->unicode_bidi;
    int rtl = in->node->style->text->direction == FO_KW_RTL;

    if (mode == FO_KW_NORMAL)
        return;
    span_new(p, in->node, in->node, &in->baseline);
    put(p, !start ? 0x202c : mode == FO_KW_EMBED ? 0x202a + (gunichar)rtl : 0x202d + (gunichar)rtl,
        PARA_TRIM);
    p->spans[p->spans_n - 1].end = p->chars_n;
}

const struct area_box *para_part_box(struct setting *s, const struct fo_node *node,
                                     const struct area_box *box, int starts, int ends)
{
    int rtl = node->style->flow->writing_mode == FO_KW_RL_TB, i;
    const struct style_box *style = node->style->box;
    struct area_box *part;

    if (!box || (starts && ends))
        return box;
    part = arena_alloc(s->arena, sizeof *part);
    *part = *box;
    for (i = 0; i < 2; i++) {
        int side = (i == 0) == !rtl ? AREA_LEFT : AREA_RIGHT;

        if (i == 0 ? starts : ends)
            continue;
        if (style->border_width[side].retain != FO_KW_RETAIN)
            part->border[side] = 0;
        if (style->padding[side].retain != FO_KW_RETAIN)
            part->padding[side] = 0;
    }
    return part;
}

/* What IN's edges take up in a line, and where it is broken. */
static void measure_edges(struct para *p, struct para_inline *in)
{
    int rtl = in->node->style->flow->writing_mode == FO_KW_RL_TB;
    int start = rtl ? AREA_RIGHT : AREA_LEFT, end = rtl ? AREA_LEFT : AREA_RIGHT;
    const struct area_box *broken;

    in->before = in->space_start + setting_edges(in->box, start);
    in->after = in->space_end + setting_edges(in->box, end);
    if (!in->box)
        return;
    broken = para_part_box(p->s, in->node, in->box, 0, 0);
    in->break_start = setting_edges(broken, start);
    in->break_end = setting_edges(broken, end);
    p->has_retained |= in->break_start || in->break_end;
}

void para_enter(struct para *p, const struct fo_node *node, int resumed)
{
    struct para_inline *in;
    const struct style_size *z = node->style->size;
    const struct baseline *outer = current_baseline(p);
    struct baseline_box box;

    GROW(p, inlines);
    in = &p->inlines[p->inlines_n];
    memset(in, 0, sizeof *in);
    in->node = node;
    in->parent = p->open;
    in->start = p->chars_n;
    in->end = -1;
    in->face = setting_face(p->s, node);
    in->box = node->kind == FO_WRAPPER || node->kind == FO_FOOTNOTE ? NULL : setting_box(p->s, node, p->width);
    in->space_start = fo_length_of(&z->space_start.opt, p->width, 0);
    in->space_end = fo_length_of(&z->space_end.opt, p->width, 0);
    in->resumed = resumed;
    if (resumed) {
        in->space_start = 0;
        in->box = para_part_box(p->s, node, in->box, 0, 1);
    }
    measure_edges(p, in);
    p->after_space = 0;
    if (node->kind == FO_WRAPPER || node->kind == FO_RETRIEVE_MARKER) {
        in->baseline = *outer;
    } else {
        box = baseline_font(&in->face->metrics);
        baseline_child(&in->baseline, outer, z, &box, para_line_height(node->style),
                       para_line_height(node->style));
    }
    p->open = p->inlines_n++;
    embed(p, in, 1);
}

void para_leave(struct para *p)
{
    struct para_inline *in = &p->inlines[p->open];

    embed(p, in, 0);
    in->end = p->chars_n;
    p->after_space = 0;
    p->open = in->parent;
    if (in->start == in->end && !in->resumed) {
        GROW(p, anchors);
        p->anchors[p->anchors_n].at = p->chars_n;
        p->anchors[p->anchors_n++].node = in->node;
    }
}

void para_suspend(struct para *p)
{
    while (p->open >= 0) {
        struct para_inline *in = &p->inlines[p->open];

        in->space_end = 0;
        in->box = para_part_box(p->s, in->node, in->box, 1, 0);
        measure_edges(p, in);
        para_leave(p);
    }
}

/* Text that NODE is, which may have borders and spaces around it like an inline. */
static void add_glyphs(struct para *p, const struct fo_node *node, const char *text)
{
    const struct style_size *z = node->style->size;
    int boxed = setting_box(p->s, node, p->width) ||
        fo_length_of(&z->space_start.opt, p->width, 0) ||
        fo_length_of(&z->space_end.opt, p->width, 0);

    if (boxed)
        para_enter(p, node, 0);
    add_text(p, node, node, text, strlen(text));
    if (boxed)
        para_leave(p);
}

/* What cites a footnote stands in the line; the footnote's body is noted. */
static void add_footnote(struct para *p, const struct fo_node *node)
{
    const struct fo_node *c;
    int seen = 0;

    if (node->facts->id)
        para_enter(p, node, 0);
    for (c = node->first; c; c = c->next) {
        seen |= c->kind == FO_INLINE ? 1 : c->kind == FO_FOOTNOTE_BODY ? 2 : 0;
        if (c->kind != FO_FOOTNOTE_BODY) {
            para_add(p, c);
            continue;
        }
        GROW(p, notes);
        p->notes[p->notes_n].at = p->chars_n ? p->chars_n - 1 : 0;
        p->notes[p->notes_n++].node = c;
    }
    if (node->facts->id)
        para_leave(p);
    if (seen != 3)
        fo_complain(p->s->d, p->s->fo, node, p->s->options->lenient, FO_MISSING_CHILD, "footnote",
                    seen & 1 ? "fo:footnote-body" : "fo:inline");
}

void para_add(struct para *p, const struct fo_node *node)
{
    const struct fo_node *child;

    switch (node->kind) {
    case FO_TEXT:
        add_text(p, node, node->parent, fo_text(node), fo_text_len(node));
        break;
    case FO_CHARACTER:
        add_glyphs(p, node, node->style->page->character);
        break;
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        add_glyphs(p, node, setting_page_text(p->s, node));
        if (p->s->page && node->kind == FO_PAGE_NUMBER) {
            p->of_page = 1;
        } else if (!p->guesses && g_hash_table_contains(p->s->used, node)) {
            p->guesses = 1;
            p->s->guessing++;
        }
        break;
    case FO_FOOTNOTE:
        add_footnote(p, node);
        break;
    case FO_LEADER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        add_object(p, node);
        break;
    case FO_MARKER:
        break;
    case FO_RETRIEVE_MARKER:
        places_retrieve(p->s, (struct fo_node *)node);
        /* fall through */
    default:
        para_enter(p, node, 0);
        for (child = node->first; child; child = child->next)
            para_add(p, child);
        para_leave(p);
    }
}

mpt para_line_height(const struct fo_style *style)
{
    const struct fo_length *l = &style->text->line_height.opt;

    if (l->keyword)
        return (mpt)(style->font->size.v * 1.2 + 0.5);
    return l->is_number ? (mpt)((double)style->font->size.v * l->v / 1000 + 0.5) : l->v;
}

struct para *para_whole(struct setting *s, const struct fo_node *block, mpt width)
{
    struct para *p = para_new(s, block, width);
    const struct fo_node *child;

    for (child = block->first; child; child = child->next)
        para_add(p, child);
    return p;
}

struct para *para_resumed(const struct para *p, mpt width)
{
    struct para *q;
    int i;

    if (!p->log || p->objects_n || p->guesses || p->of_page)
        return NULL;
    for (i = 0; i < p->inlines_n; i++)
        if (p->inlines[i].box || p->inlines[i].before || p->inlines[i].after)
            return NULL;
    q = arena_alloc(p->s->arena, sizeof *q);
    *q = *p;
    q->width = width;
    q->lines = NULL;
    q->lines_n = q->lines_cap = 0;
    q->is_cut = 0;
    return q;
}

void para_set(struct para *p, int first)
{
    if (!p->has_text)
        return;
    if (!p->pos)
        para_shape(p);
    para_break(p, first);
}
