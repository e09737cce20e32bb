#include "areaxml.h"

#include <string.h>

#include "masters.h"
#include "para.h"
#include "parse.h"
#include "style.h"

/* Inside a line nothing is indented, so that its text is what is on the page. */
struct writer {
    struct strbuf *out;
    int depth;
    int in_line;
    mpt x,
        y;                  /* of the row or table part, which are no areas for FOP */
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

static void indent(struct writer *w)
{
    int i;

    for (i = 0; i < w->depth && !w->in_line; i++)
        strbuf_addch(w->out, ' ');
}

static void newline(struct writer *w)
{
    if (!w->in_line)
        strbuf_addch(w->out, '\n');
}

static void begin(struct writer *w, const char *name)
{
    indent(w);
    strbuf_addf(w->out, "<%s", name);
    w->depth++;
}

static void finish(struct writer *w, const char *name)
{
    w->depth--;
    indent(w);
    strbuf_addf(w->out, "</%s>", name);
    newline(w);
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

static mpt edge(const struct area *a, int side)
{
    return a->box ? a->box->border[side] + a->box->padding[side] : 0;
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

static int is_collapsed(const struct area *a)
{
    return a->fo && (a->fo->kind == FO_TABLE_CELL || a->fo->kind == FO_TABLE) &&
           a->fo->style->flow->border_collapse != FO_KW_SEPARATE;
}

/* What every area has: its sizes and traits. */
static void common(struct writer *w, const struct area *a)
{
    static const struct { const char *border, *padding; int side; } sides[] = {
        { "border-before", "padding-before", AREA_TOP },
            { "border-after", "padding-after", AREA_BOTTOM },
        { "border-start", "padding-start", AREA_LEFT }, { "border-end", "padding-end", AREA_RIGHT },
    };
    size_t i;

    number(w, "ipd", a->width);
    number(w, "bpd", a->height);
    number(w, "ipda", a->width + edge(a, AREA_LEFT) + edge(a, AREA_RIGHT));
    number(w, "bpda", a->height + edge(a, AREA_TOP) + edge(a, AREA_BOTTOM));
    strbuf_addf(w->out, " bap=\"%d %d %d %d\"", edge(a, AREA_LEFT), edge(a, AREA_RIGHT),
                edge(a, AREA_TOP),
                edge(a, AREA_BOTTOM));
    if (a->fo)
        string(w, "prod-id", a->fo->id);
    if (a->rotation)
        number(w, "rotation", a->rotation);
    if (a->flags & AREA_ARTIFACT)
        string(w, "artifact", "true");
    if (!a->box)
        return;
    if (a->box->background & 0xff) {
        strbuf_addstr(w->out, " background=\"color=");
        color(w->out, a->box->background);
        if (a->box->background_image) {
            strbuf_addstr(w->out, ",url=");
            escaped(w->out, a->box->background_image, strlen(a->box->background_image));
        }
        strbuf_addch(w->out, '"');
    }
    for (i = 0; i < 4; i++) {
        int s = sides[i].side;

        if (a->box->border_style[s] != AREA_BORDER_NONE && a->box->border[s]) {
            /* Either of two areas that share a collapsed border draws half of it. */
            int shared = is_collapsed(a);

            strbuf_addf(w->out, " %s=\"(%s,", sides[i].border, style_name(a->box->border_style[s]));
            color(w->out, a->box->border_color[s]);
            strbuf_addf(w->out, ",%d%s)\"", a->box->border[s] * (shared ? 2 : 1), shared
                        ? ",collapse-inner" : "");
        }
        if (a->box->padding[s])
            number(w, sides[i].padding, a->box->padding[s]);
    }
}

static void areas(struct writer *w, const struct area *first);

static void font(struct writer *w, PangoFont *pango)
{
    static const char *const styles[] = { "normal", "oblique", "italic" };
    PangoFontDescription *description = pango_font_describe(pango);

    string(w, "font-name", pango_font_description_get_family(description));
    string(w, "font-style", styles[pango_font_description_get_style(description)]);
    number(w, "font-weight", (mpt)pango_font_description_get_weight(description));
    number(w, "font-size", para_mpt(pango_font_description_get_size(description)));
    pango_font_description_free(description);
}

static void text(struct writer *w, const struct area *a)
{
    const struct area_text *t = a->text;
    const char *s = t->utf8, *end = s + t->utf8_len;

    begin(w, "text");
    common(w, a);
    number(w, "offset", a->y);
    number(w, "left-offset", a->x);
    number(w, "baseline", a->baseline);
    font(w, t->font);
    if (t->word_space)
        number(w, "twsadjust", t->word_space);
    if (t->color != 0x000000ff) {
        strbuf_addstr(w->out, " color=\"");
        color(w->out, t->color);
        strbuf_addch(w->out, '"');
    }
    if (a->flags & AREA_UNDERLINE)
        string(w, "underline", "true");
    if (a->flags & AREA_OVERLINE)
        string(w, "overline", "true");
    if (a->flags & AREA_LINE_THROUGH)
        string(w, "line-through", "true");
    strbuf_addch(w->out, '>');
    while (s < end) {
        const char *from = s;
        int blank = *s == ' ';

        while (s < end && (*s == ' ') == blank && (!blank || s == from))
            s++;
        strbuf_addstr(w->out, blank ? "<space>" : "<word>");
        escaped(w->out, from, (size_t)(s - from));
        strbuf_addstr(w->out, blank ? "</space>" : "</word>");
    }
    finish(w, "text");
}

static void element(struct writer *w, const struct area *a)
{
    const char *name = a->kind == AREA_BLOCK ? "block" : a->kind == AREA_LINE ? "lineArea"
                     : a->kind == AREA_IMAGE ? "viewport" : a->kind == AREA_RULE ? "leader"
                     : a->fo && a->fo->kind == FO_LEADER ? "space" : "inlineparent";
    mpt x, y;

    if (a->kind == AREA_TEXT) {
        text(w, a);
        return;
    }
    if (a->fo && a->kind == AREA_BLOCK && (a->fo->kind == FO_TABLE_ROW ||
                                           a->fo->kind == FO_TABLE_HEADER ||
                                           a->fo->kind == FO_TABLE_FOOTER)) {
        w->x += a->x;
        w->y += a->y;
        areas(w, a->first);
        w->x -= a->x;
        w->y -= a->y;
        return;
    }
    x = w->x;
    y = w->y;
    w->x = w->y = 0;
    begin(w, name);
    common(w, a);
    if (a->kind == AREA_BLOCK || a->kind == AREA_LINE) {
        number(w, "left-offset", a->x + x);
        number(w, "top-offset", a->y + y);
    } else {
        number(w, "left-offset", a->x);
        number(w, "offset", a->y);
    }
    if (a->kind == AREA_LINE)
        number(w, "baseline", a->baseline);
    if (a->fo && a->kind == AREA_BLOCK)
        string(w, "fo", fo_kind_name(a->fo->kind));
    if (a->flags & AREA_CLIP)
        string(w, "clip", "true");
    if (a->kind == AREA_RULE) {
        string(w, "ruleStyle", style_name(a->rule_style));
        number(w, "ruleThickness", a->height);
    }
    if (a->kind == AREA_IMAGE) {
        strbuf_addf(w->out, " pos=\"%d %d %d %d\">", a->image->x, a->image->y, a->image->width,
                    a->image->height);
        begin(w, a->image->src ? "image" : "foreignObject");
        string(w, "url", a->image->src);
        strbuf_addstr(w->out, "/>");
        w->depth--;
        finish(w, name);
        return;
    }
    if (!a->first) {
        strbuf_addstr(w->out, "/>");
        newline(w);
        w->depth--;
        return;
    }
    w->in_line += a->kind == AREA_LINE;
    strbuf_addch(w->out, '>');
    newline(w);
    areas(w, a->first);
    if (a->kind == AREA_LINE) {
        w->depth--;
        strbuf_addf(w->out, "</%s>", name);
        w->in_line--;
        newline(w);
        return;
    }
    finish(w, name);
}

static void areas(struct writer *w, const struct area *first)
{
    const struct area *a;
    mpt x = w->x, y = w->y;

    for (a = first; a; a = a->next) {
        w->x = x;
        w->y = y;
        element(w, a);
    }
    w->x = x;
    w->y = y;
}

/* The region of the page's master whose flow an area is. */
static const struct fo_node *region_of(const struct area_page *page, const struct area *a)
{
    const struct fo_node *n;

    for (n = page->page_master->first; n; n = n->next)
        if (a->fo && a->fo->style->page->flow_name &&
            !strcmp(masters_region_name(n), a->fo->style->page->flow_name))
            return n;
    return NULL;
}

static void region(struct writer *w, const struct area_page *page, const struct area *a)
{
    static const char *const names[] = { "regionBody", "regionBefore", "regionAfter", "regionStart",
                                         "regionEnd" };
    const struct fo_node *fo = region_of(page, a);
    const char *name = fo ? names[fo->kind - FO_REGION_BODY] : "regionBefore";

    begin(w, "regionViewport");
    strbuf_addf(w->out, " rect=\"%d %d %d %d\">\n", a->x, a->y,
                a->width + edge(a, AREA_LEFT) + edge(a, AREA_RIGHT),
                a->height + edge(a, AREA_TOP) + edge(a, AREA_BOTTOM));
    begin(w, name);
    common(w, a);
    string(w, "type", name);
    string(w, "name", fo ? masters_region_name(fo) : NULL);
    strbuf_addstr(w->out, ">\n");
    if (fo && fo->kind == FO_REGION_BODY) {
        begin(w, "mainReference");
        strbuf_addf(w->out, " ipd=\"%d\" bpd=\"%d\">\n", a->width, a->height);
        begin(w, "span");
        strbuf_addf(w->out, " ipd=\"%d\" bpd=\"%d\">\n", a->width, a->height);
        begin(w, "flow");
        strbuf_addf(w->out, " ipd=\"%d\" bpd=\"%d\">\n", a->width, a->height);
        areas(w, a->first);
        finish(w, "flow");
        finish(w, "span");
        finish(w, "mainReference");
    } else {
        areas(w, a->first);
    }
    finish(w, name);
    finish(w, "regionViewport");
}

void areaxml_write(const struct area_document *document, struct strbuf *out)
{
    struct writer w = { out, 0, 0, 0, 0 };
    const struct area_page *page;
    const struct fo_node *sequence = NULL;
    const struct area *a;

    strbuf_addstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    begin(&w, "areaTree");
    strbuf_addstr(out, ">\n");
    for (page = document->first; page; page = page->next) {
        if (page->page_sequence != sequence) {
            if (sequence)
                finish(&w, "pageSequence");
            sequence = page->page_sequence;
            begin(&w, "pageSequence");
            string(&w, "prod-id", sequence->id);
            string(&w, "language", sequence->style->font->language);
            string(&w, "country", sequence->style->font->country);
            strbuf_addstr(out, ">\n");
        }
        begin(&w, "pageViewport");
        strbuf_addf(out, " bounds=\"0 0 %d %d\" nr=\"%d\"", page->width, page->height,
                    page->number);
        string(&w, "formatted-nr", page->label);
        string(&w, "simple-page-master-name", page->page_master->style->page->master_name);
        strbuf_addstr(out, ">\n");
        begin(&w, "page");
        strbuf_addstr(out, ">\n");
        for (a = page->first; a; a = a->next)
            region(&w, page, a);
        finish(&w, "page");
        finish(&w, "pageViewport");
    }
    if (sequence)
        finish(&w, "pageSequence");
    finish(&w, "areaTree");
}
