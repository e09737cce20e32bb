#include "masters.h"

#include <string.h>

#include "fo_messages.h"
#include "parse.h"

static const struct fo_node *find(const struct fo_node *set, const char *name, enum fo_kind kind)
{
    const struct fo_node *n;

    for (n = set ? set->first : NULL; n; n = n->next)
        if (n->kind == kind && n->style->page->master_name &&
            !strcmp(n->style->page->master_name, name))
            return n;
    return NULL;
}

int masters_init(struct masters *m, struct setting *s, const struct fo_node *page_sequence)
{
    const char *name = page_sequence->style->page->master_reference;
    const struct fo_node *n;

    memset(m, 0, sizeof *m);
    m->s = s;
    m->sequence = page_sequence;
    for (n = s->fo->root->first; n; n = n->next)
        if (n->kind == FO_LAYOUT_MASTER_SET)
            m->set = n;
    m->single = find(m->set, name, FO_SIMPLE_PAGE_MASTER);
    m->master = m->single ? NULL : find(m->set, name, FO_PAGE_SEQUENCE_MASTER);
    if (!m->single && !m->master)
        return fo_report(s->d, s->fo, page_sequence, FO_NO_MASTER, name);
    for (n = m->master ? m->master->first : NULL; n; n = n->next)
        m->pages_max += n->kind == FO_SINGLE_PAGE_MASTER_REFERENCE ? 1
            : n->style->page->maximum_repeats.keyword ? 2000000000L
                                                      : n->style->page->maximum_repeats.v;
    return 0;
}

static int condition_holds(const struct fo_node *c, int n, int number, int last, int blank)
{
    const struct style_page *p = c->style->page;

    switch (p->page_position) {
    case FO_KW_FIRST: if (n != 0) return 0; break;
    case FO_KW_LAST: if (!last) return 0; break;
    case FO_KW_ONLY: if (n != 0 || !last) return 0; break;
    case FO_KW_REST: if (n == 0 || last) return 0; break;
    default: break;
    }
    if ((p->odd_or_even == FO_KW_ODD && number % 2 == 0) ||
        (p->odd_or_even == FO_KW_EVEN && number % 2))
        return 0;
    if ((p->blank_or_not_blank == FO_KW_BLANK && !blank) ||
        (p->blank_or_not_blank == FO_KW_NOT_BLANK && blank))
        return 0;
    return 1;
}

static const struct fo_node *referred(const struct masters *m, const struct fo_node *reference)
{
    const char *name = reference->style->page->master_reference;

    return name ? find(m->set, name, FO_SIMPLE_PAGE_MASTER) : NULL;
}

/* The master by the conditions and repeats alone. Past the last repeat (6.4.7: an error) the last
 * reference goes on when that is tolerated. */
static const struct fo_node *pick_reference(const struct masters *m, int n, int number, int last,
                                            int blank)
{
    const struct fo_node *sub, *c;
    long left = n;

    for (sub = m->master->first; sub; sub = sub->next) {
        const struct fo_length *repeats = &sub->style->page->maximum_repeats;
        long most = sub->kind == FO_SINGLE_PAGE_MASTER_REFERENCE ? 1 : repeats->keyword
            ? 2000000000L : repeats->v;

        if (left >= most && (sub->next || !m->s->options->lenient)) {
            left -= most;
            continue;
        }
        if (sub->kind != FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
            return sub;
        for (c = sub->first; c; c = c->next)
            if (condition_holds(c, n, number, last, blank))
                return c;
        break;
    }
    return NULL;
}

static const struct fo_node *pick(const struct masters *m, int n, int number, int last, int blank)
{
    const struct fo_node *reference = pick_reference(m, n, number, last, blank);

    return reference ? referred(m, reference) : NULL;
}

int masters_is_only(const struct masters *m, int n, int number)
{
    const struct fo_node *reference = m->single ? NULL : pick_reference(m, n, number, 1, 0);

    return reference && reference->style->page->page_position == FO_KW_ONLY;
}

/* True when HOLDS says so of one of the masters that the sequence may use. */
static int any_master(const struct masters *m, int (*holds)(const struct fo_node *master,
                                                            const void *arg), const void *arg)
{
    const struct fo_node *sub, *c, *found;

    if (m->single)
        return holds(m->single, arg);
    for (sub = m->master->first; sub; sub = sub->next)
        for (c = sub->first ? sub->first : sub; c; c = sub->first ? c->next : NULL) {
            found = referred(m, c);
            if (found && holds(found, arg))
                return 1;
        }
    return 0;
}

static int is_node(const struct fo_node *master, const void *arg)
{
    return master == arg;
}

static int has_body(const struct fo_node *master, const void *arg)
{
    const struct fo_node *n;

    for (n = master->first; n; n = n->next)
        if (n->kind == FO_REGION_BODY && !strcmp(masters_region_name(n), arg))
            return 1;
    return 0;
}

int masters_uses(const struct masters *m, const struct fo_node *simple)
{
    return any_master(m, is_node, simple);
}

int masters_have_body(const struct masters *m, const char *name)
{
    return any_master(m, has_body, name);
}

const struct fo_node *masters_find(const struct masters *m, int n, int number, int last, int blank)
{
    const struct fo_node *found;

    if (m->single)
        return m->single;
    found = pick(m, n, number, last, blank);
    if (!m->s->options->lenient)
        return found;
    /* Tolerated: a last page, or a blank one, that no alternative is meant for. */
    if (!found && last)
        found = pick(m, n, number, 0, blank);
    if (!found && blank)
        found = pick(m, n, number, last, 0);
    return found || !blank ? found : pick(m, n, number, 0, 0);
}

const struct fo_node *masters_choose(struct masters *m, int n, int number, int last, int blank)
{
    const struct fo_node *master = masters_find(m, n, number, last, blank);

    if (m->master && !m->is_short && (!master || pick(m, n, number, last, blank) != master ||
                                      n >= m->pages_max)) {
        fo_complain(m->s->d, m->s->fo, m->sequence, master != NULL, FO_NO_MASTER_FITS,
                    m->sequence->style->page->master_reference, number);
        m->is_short = 1;
    }
    return master;
}

static mpt margin(const struct fo_node *fo, int side, mpt base)
{
    return fo_length_of(&fo->style->block->margin[side], base, 0);
}

static mpt page_length(const struct fo_length *l, mpt fallback)
{
    return fo_length_of(l, fallback, fallback);
}

/* The rectangle X, Y, W, H in the turned coordinates of the page's content rectangle. */
static void put(struct masters_region *r, mpt x, mpt y, mpt w, mpt h)
{
    r->x = x;
    r->y = y;
    r->width = w > 0 ? w : 0;
    r->height = h > 0 ? h : 0;
}

/* From the coordinates of a content rectangle of W by H as the page has it, at LEFT, TOP, turned by
 * ROTATION degrees counter-clockwise, to the page's own. */
static void turn(struct masters_region *r, int rotation, mpt left, mpt top, mpt w, mpt h)
{
    struct masters_region from = *r;

    if (!r->fo)
        return;
    if (rotation % 180) {
        r->width = from.height;
        r->height = from.width;
    }
    r->x = left + (rotation == 0 ? from.x : rotation == 90 ? from.y
                   : rotation == 180 ? w - from.x - from.width : w - from.y - from.height);
    r->y = top + (rotation == 0 ? from.y : rotation == 90 ? h - from.x - from.width
                  : rotation == 180 ? h - from.y - from.height : from.x);
    r->page_rotation = rotation;
    r->rotation = (rotation + r->fo->style->size->reference_orientation) % 360;
}

/* The body between its margins, in turned coordinates of W by H; percentages are of the page. */
static void put_body(struct setting *s, struct masters_page *p, mpt page_w, mpt page_h, mpt w, mpt h)
{
    mpt ml = margin(p->body.fo, AREA_LEFT, page_w);
    mpt mr = margin(p->body.fo, AREA_RIGHT, page_w);
    mpt mt = margin(p->body.fo, AREA_TOP, page_h);
    mpt mb = margin(p->body.fo, AREA_BOTTOM, page_h);
    const struct area_box *box = setting_box(s, p->body.fo, w);

    put(&p->body, ml + setting_edges(box, AREA_LEFT), mt + setting_edges(box, AREA_TOP),
        w - ml - mr - setting_edges(box, AREA_LEFT) - setting_edges(box, AREA_RIGHT),
        h - mt - mb - setting_edges(box, AREA_TOP) - setting_edges(box, AREA_BOTTOM));
}

/* The four side regions, as put_body(). */
static void put_sides(struct masters_page *p, mpt page_w, mpt page_h, mpt w, mpt h)
{
    int rtl = p->master->style->flow->writing_mode == FO_KW_RL_TB;
    const struct fo_node *b = p->before.fo, *a = p->after.fo;
    int before_first = b && b->style->page->precedence == FO_KW_TRUE;
    int after_first = a && a->style->page->precedence == FO_KW_TRUE;
    mpt before = b ? fo_length_of(&b->style->page->extent, page_h, 0) : 0;
    mpt after = a ? fo_length_of(&a->style->page->extent, page_h, 0) : 0;
    mpt start = p->start.fo ? fo_length_of(&p->start.fo->style->page->extent, page_w, 0) : 0;
    mpt end = p->end.fo ? fo_length_of(&p->end.fo->style->page->extent, page_w, 0) : 0;
    mpt left = rtl ? end : start, top = before_first ? before : 0;
    mpt high = h - top - (after_first ? after : 0);

    put(&p->before, before_first ? 0 : left, 0, w - (before_first ? 0 : start + end), before);
    put(&p->after, after_first ? 0 : left, h - after, w - (after_first ? 0 : start + end), after);
    put(&p->start, rtl ? w - start : 0, top, start, high);
    put(&p->end, rtl ? 0 : w - end, top, end, high);
}

void masters_measure(struct setting *s, const struct fo_node *master, struct masters_page *p)
{
    const struct fo_node *n;
    int rotation = master->style->size->reference_orientation, turned = rotation % 180 != 0;
    mpt left, top, w, h, page_w, page_h;

    memset(p, 0, sizeof *p);
    p->master = master;
    p->width = page_length(&master->style->page->width, 595276);
    p->height = page_length(&master->style->page->height, 841890);
    left = margin(master, AREA_LEFT, p->width);
    /* CSS 2.1, 13.2.1: percentages of a page's margins are of its width and its height. */
    top = margin(master, AREA_TOP, p->height);
    w = p->width - left - margin(master, AREA_RIGHT, p->width);
    h = p->height - top - margin(master, AREA_BOTTOM, p->height);
    for (n = master->first; n; n = n->next) {
        struct masters_region *r = n->kind == FO_REGION_BODY ? &p->body
            : n->kind == FO_REGION_BEFORE ? &p->before
                                 : n->kind == FO_REGION_AFTER ? &p->after
                                     : n->kind == FO_REGION_START ? &p->start : &p->end;

        r->fo = n;
    }
    page_w = turned ? p->height : p->width;
    page_h = turned ? p->width : p->height;
    if (p->body.fo)
        put_body(s, p, page_w, page_h, turned ? h : w, turned ? w : h);
    put_sides(p, page_w, page_h, turned ? h : w, turned ? w : h);
    turn(&p->body, rotation, left, top, w, h);
    turn(&p->before, rotation, left, top, w, h);
    turn(&p->after, rotation, left, top, w, h);
    turn(&p->start, rotation, left, top, w, h);
    turn(&p->end, rotation, left, top, w, h);
}

/* Every master that a page-sequence-master refers to must be there, chosen or not. */
static void check_references(struct setting *s, const struct fo_node *set,
                             const struct fo_node *master)
{
    const struct fo_node *sub, *c;

    for (sub = master->first; sub; sub = sub->next)
        for (c = sub->first ? sub->first : sub; c; c = sub->first ? c->next : NULL) {
            const char *name = c->style->page->master_reference;

            if (name && !find(set, name, FO_SIMPLE_PAGE_MASTER))
                fo_report(s->d, s->fo, c, FO_NO_MASTER, name);
        }
}

int masters_have_region(const struct fo_node *set, const char *name)
{
    const struct fo_node *master, *region;

    for (master = set ? set->first : NULL; master; master = master->next)
        for (region = master->first; region &&
             master->kind == FO_SIMPLE_PAGE_MASTER; region = region->next)
            if (!strcmp(masters_region_name(region), name))
                return 1;
    return 0;
}

void masters_check(struct setting *s, const struct fo_node *set)
{
    const struct fo_node *a, *b;

    for (a = set->first; a; a = a->next) {
        const char *name = a->style->page->master_name;
        int body = 0;

        for (b = set->first; b != a && name; b = b->next)
            if (b->style->page->master_name && !strcmp(b->style->page->master_name, name)) {
                fo_complain(s->d, s->fo, a, s->options->lenient, FO_DUPLICATE_MASTER, name);
                break;
            }
        if (a->kind == FO_PAGE_SEQUENCE_MASTER)
            check_references(s, set, a);
        if (a->kind != FO_SIMPLE_PAGE_MASTER)
            continue;
        {
            mpt w = page_length(&a->style->page->width, 595276), h =
                page_length(&a->style->page->height, 841890);

            if (w < 1000 || h < 1000 || w > 14400000 || h > 14400000)
                fo_report(s->d, s->fo, a, FO_PAGE_SIZE, w / 1000., h / 1000.);
        }
        for (b = a->first; b; b = b->next)
            body |= b->kind == FO_REGION_BODY;
        if (!body)
            fo_report(s->d, s->fo, a, FO_MISSING_CHILD, "simple-page-master", "fo:region-body");
    }
}

const char *masters_region_name(const struct fo_node *region)
{
    const char *name = region->style->page->region_name;

    if (name)
        return name;
    switch (region->kind) {
    case FO_REGION_BODY: return "xsl-region-body";
    case FO_REGION_BEFORE: return "xsl-region-before";
    case FO_REGION_AFTER: return "xsl-region-after";
    case FO_REGION_START: return "xsl-region-start";
    default: return "xsl-region-end";
    }
}
