/* Leaders: rules are one area; dots are one run of glyphs; content is set once, as a line of its
 * own, and made into areas as often as it fits. */
#include "leaders.h"

#include "fo_messages.h"

#define COPIES_MAX 10000

static int is_inside_leader(const struct fo_node *node)
{
    while ((node = node->parent) != NULL)
        if (node->kind == FO_LEADER)
            return 1;
    return 0;
}

/* How far content that is higher than the text around it reaches beyond the half-leading. */
static mpt beyond(mpt reach, mpt nominal, mpt leading)
{
    mpt over = reach - nominal - (leading > 0 ? leading : 0);

    return over > 0 ? over : 0;
}

static void measure_content(struct para *p, struct para_object *o)
{
    const struct fonts_metrics *m = &setting_face(p->s, o->node)->metrics;
    struct para *content;
    const struct fo_node *child;
    mpt leading;

    o->height = m->altitude + m->depth;
    if (is_inside_leader(o->node)) {
        fo_complain(p->s->d, p->s->fo, o->node, p->s->options->lenient, FO_SETTING,
                    "a leader inside of a leader");
        return;
    }
    content = para_new(p->s, p->block, p->width);
    baseline_init(&content->baseline, m, para_line_height(o->node->style));
    content->may_overflow = 1;
    for (child = o->node->first; child; child = child->next)
        para_add(content, child);
    content->width = 0x3fffffff;
    para_set(content, 0);
    if (!content->lines_n)
        return;
    if (content->lines_n > 1)
        fo_complain(p->s->d, p->s->fo, o->node, p->s->options->lenient, FO_SETTING,
                    "a linefeed inside of a leader");
    content->lines[0].forced = 0;
    content->lines[0].indent = 0;
    o->unit = para_width(content, content->lines[0].start, content->lines[0].end);
    content->width = content->lines[0].available = o->unit;
    if (o->unit < 1)
        return;
    o->content = content;
    leading = (para_line_height(p->block->style) - m->altitude - m->depth) / 2;
    o->above = beyond(content->lines[0].ascent, m->altitude, leading);
    o->below = beyond(content->lines[0].descent, m->depth, leading);
}

static void measure_dot(struct para *p, struct para_object *o)
{
    const struct fonts_face *face = setting_face(p->s, o->node);
    hb_codepoint_t dot;

    if (!face->font || !hb_font_get_nominal_glyph(pango_font_get_hb_font(face->font), '.', &dot))
        return;
    o->dot = dot;
    o->unit = para_mpt(hb_font_get_glyph_h_advance(pango_font_get_hb_font(face->font), dot));
    o->height = o->unit;
}

void leader_measure(struct para *p, struct para_object *o)
{
    const struct style_flow *f = o->node->style->flow;
    mpt pattern;

    o->width = fo_length_of(&f->leader_length.opt, p->width, 12000);
    o->leader_min = fo_length_of(&f->leader_length.min, p->width, 0);
    o->leader_max = fo_length_of(&f->leader_length.max, p->width, p->width);
    if (o->leader_min > o->width)
        o->leader_min = o->width;
    if (o->leader_max < o->width)
        o->leader_max = o->width;
    o->height = f->rule_thickness.v;
    p->has_leaders = 1;
    if (f->leader_pattern == FO_KW_DOTS)
        measure_dot(p, o);
    else if (f->leader_pattern == FO_KW_USE_CONTENT)
        measure_content(p, o);
    /* One copy of the content at least, when it may be so long. */
    if (o->content && o->width < o->unit && o->unit <= o->leader_max)
        o->width = o->unit;
    pattern = fo_length_of(&f->leader_pattern_width, p->width, 0);
    o->step = pattern > o->unit ? pattern : o->unit;
}

static void dots(struct para *p, const struct para_span *span, const struct para_object *o,
                 struct area *parent, mpt x, int n)
{
    const struct fonts_metrics *m = &span->face->metrics;
    struct area *a = setting_area(p->s, AREA_TEXT, span->node, parent);
    struct area_text *text = arena_alloc(p->s->arena, sizeof *text);
    PangoGlyphString *g = arena_alloc(p->s->arena, sizeof *g);
    char *utf8 = arena_alloc(p->s->arena, (size_t)n + 1);
    int i;

    g->num_glyphs = n;
    g->glyphs = arena_alloc(p->s->arena, (size_t)n * sizeof *g->glyphs);
    g->log_clusters = arena_alloc(p->s->arena, (size_t)n * sizeof *g->log_clusters);
    for (i = 0; i < n; i++) {
        g->glyphs[i].glyph = o->dot;
        g->glyphs[i].geometry.width = (int)para_units(o->step);
        g->glyphs[i].attr.is_cluster_start = 1;
        g->log_clusters[i] = i;
        utf8[i] = '.';
    }
    text->font = span->face->font;
    text->family = span->face->family;
    text->glyphs = g;
    text->utf8 = utf8;
    text->utf8_len = n;
    text->color = span->style->text->color;
    a->text = text;
    a->flags = span->decoration;
    a->x = x;
    a->y = o->height - m->altitude;
    a->width = n * o->step;
    a->height = m->altitude + m->depth;
    a->baseline = m->altitude;
}

static void copies(const struct para_span *span, const struct para_object *o,
                   struct area *parent, mpt x, int n)
{
    const struct fonts_metrics *m = &span->face->metrics;
    struct para *content = o->content;
    mpt up = content->lines[0].ascent - m->altitude;
    int i;

    for (i = 0; i < n; i++) {
        struct area *a = para_line_area(content, 0, parent, x + i * o->step, 0), *c;

        a->kind = AREA_INLINE;
        a->fo = span->node;
        a->flags |= AREA_ARTIFACT | (span->decoration & AREA_HIDDEN);
        a->space_before = a->space_after = 0;
        a->y = 0;
        a->height = m->altitude + m->depth;
        a->baseline = m->altitude;
        for (c = a->first; c; c = c->next)
            c->y -= up;
    }
}

void leader_fill(struct para *p, const struct para_span *span, const struct para_object *o,
                 struct area *a, mpt x)
{
    mpt room = a->width, skip = 0;
    int n;

    if (o->step < 1 || o->unit < 1)
        return;
    if (x >= 0) {
        /* As if the pattern began at the reference edge. */
        skip = (o->step - x % o->step) % o->step;
        room -= skip;
    }
    n = room / o->step;
    if (n > COPIES_MAX)
        n = COPIES_MAX;
    if (n < 1)
        return;
    if (o->content) {
        copies(span, o, a, p->rtl ? a->width - skip - n * o->step : skip, n);
    } else {
        /* Dots stand at the end, so that those of several lines lie below one another. */
        if (x < 0)
            skip = room - n * o->step;
        dots(p, span, o, a, p->rtl ? a->width - skip - n * o->step : skip, n);
    }
}
