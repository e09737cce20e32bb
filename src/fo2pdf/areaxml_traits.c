/* Elements, attributes, and the traits that areas of all kinds have. */
#include "areaxml_parts.h"

#include <stdio.h>
#include <string.h>

#include <hb.h>
#include <libxml/tree.h>

#include "background.h"
#include "destinations.h"
#include "image.h"
#include "setting.h"
#include "style.h"

void areaxml_escaped(struct strbuf *out, const char *s, size_t n)
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

void areaxml_begin(struct areaxml *w, const char *name)
{
    strbuf_addf(w->out, "<%s", name);
}

/* Ends the start tag. */
void areaxml_open(struct areaxml *w)
{
    strbuf_addstr(w->out, "\n>");
}

void areaxml_empty(struct areaxml *w)
{
    strbuf_addstr(w->out, "\n/>");
}

void areaxml_finish(struct areaxml *w, const char *name)
{
    strbuf_addf(w->out, "</%s>", name);
}

void areaxml_number(struct areaxml *w, const char *name, mpt v)
{
    strbuf_addf(w->out, " %s=\"%d\"", name, v);
}

void areaxml_string(struct areaxml *w, const char *name, const char *v)
{
    if (!v)
        return;
    strbuf_addf(w->out, " %s=\"", name);
    areaxml_escaped(w->out, v, strlen(v));
    strbuf_addch(w->out, '"');
}

mpt areaxml_edge(const struct area *a, int side)
{
    if (!a->box)
        return 0;
    if (a->fo && a->fo->kind == FO_TABLE && a->fo->style->flow->border_collapse != FO_KW_SEPARATE)
        return 0;
    return a->box->shared ? a->box->shared->width[side] + a->box->padding[side]
                          : setting_edges(a->box, side);
}

const char *areaxml_style_name(enum area_border_style style)
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

void areaxml_color(struct areaxml *w, const char *name, fo_color c)
{
    strbuf_addf(w->out, " %s=\"", name);
    color(w->out, c);
    strbuf_addch(w->out, '"');
}

void areaxml_measure(const struct area *a, struct areaxml_text *m)
{
    hb_font_t *set = pango_font_get_hb_font(a->text->font), *units;
    PangoFontDescription *description = pango_font_describe(a->text->font);
    double size = pango_font_description_get_size(description) / 1.024;
    hb_face_t *face = hb_font_get_face(set);
    int i;

    memset(m, 0, sizeof *m);
    units = hb_font_create(face);
    for (i = 0; i < a->text->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *g = &a->text->glyphs->glyphs[i];
        double natural = hb_font_get_glyph_h_advance(units, g->glyph) * size /
                         hb_face_get_upem(face);
        double rounded = hb_font_get_glyph_h_advance(set, g->glyph) / 1.024;
        double added = g->geometry.width / 1.024 - natural;

        m->natural += natural;
        m->rounded += rounded;
        if (added > -1 && added < 1)
            continue;
        if (a->text->word_space && abs((mpt)added - a->text->word_space) < 2) {
            m->spaces++;
            m->added += g->geometry.width / 1.024 - rounded;
        } else if (abs((mpt)added - a->text->letter_space) < 2) {
            m->natural += a->text->letter_space;
            m->rounded += a->text->letter_space;
        } else {
            m->natural += added;
            m->rounded += added;
        }
    }
    hb_font_destroy(units);
    pango_font_description_free(description);
}

mpt areaxml_width(struct areaxml *w, const struct area *a)
{
    const struct area *c;
    struct areaxml_text m;
    mpt width = a->width;

    if (a->kind == AREA_INLINE && a->fo && a->fo->kind == FO_LEADER)
        return a->width;
    for (c = a->first; c && a->kind == AREA_INLINE; c = c->next)
        width += areaxml_width(w, c) - c->width;
    if (a->kind != AREA_TEXT || !a->text->glyphs->num_glyphs)
        return width;
    areaxml_measure(a, &m);
    return (mpt)(m.natural + 0.5) + m.spaces * w->added + (a == w->last ? w->rest : 0);
}

/* How the image is repeated, and where the first lies in the padding rectangle of A. */
static void background_place(struct areaxml *w, const struct area *a)
{
    const struct area_box *box = a->box;
    const struct style_box *style = box->placing;
    const struct fo_node *fo = a->fo ? a->fo : w->table ? w->table->fo : NULL;
    struct background_row x, y;
    const struct image *image;
    mpt width, height, room;

    image = fo ? images_at(w->images, box->background_image, fo, w->d) : NULL;
    if (!image || !style || !a->fo)
        return;
    image_size(image, &width, &height);
    room = areaxml_width(w, a) + box->padding[AREA_LEFT] + box->padding[AREA_RIGHT];
    x = background_row(&style->background_x, 0, room, width, 1);
    room = a->height + box->padding[AREA_TOP] + box->padding[AREA_BOTTOM];
    y = background_row(&style->background_y, 0, room, height, 1);
    strbuf_addf(w->out, ",repeat=%s,horiz=%d,vertical=%d",
                fo_keyword_name((enum fo_keyword)style->background_repeat), (mpt)x.first,
                (mpt)y.first);
}

static void background(struct areaxml *w, const struct area *a)
{
    const struct area_box *box = a->box;
    struct strbuf *out = w->out;

    strbuf_addstr(out, " background=\"");
    if (box->background & 0xff) {
        strbuf_addstr(out, "color=");
        color(out, box->background);
    }
    if (box->background_image) {
        strbuf_addf(out, "%surl=", box->background & 0xff ? "," : "");
        areaxml_escaped(out, box->background_image, strlen(box->background_image));
        background_place(w, a);
    }
    strbuf_addch(out, '"');
    if (box->background & 0xff) {
        strbuf_addstr(out, " bkg-color=\"");
        color(out, box->background);
        strbuf_addch(out, '"');
    }
    areaxml_string(w, "bkg-img", box->background_image);
}

/* Whether AREA's lines begin at the right. */
static int from_right(const struct areaxml *w, const struct area *a)
{
    const struct fo_node *fo = a->fo ? a->fo : w->table ? w->table->fo : NULL;

    return fo && fo->style && fo->style->flow->writing_mode == FO_KW_RL_TB;
}

void areaxml_common(struct areaxml *w, const struct area *a)
{
    mpt width = areaxml_width(w, a);
    int rtl = from_right(w, a), start = rtl ? AREA_RIGHT : AREA_LEFT, end = (start + 2) % 4;
    const struct { const char *border, *padding; int side; } sides[] = {
        { "border-before", "padding-before", AREA_TOP },
        { "border-after", "padding-after", AREA_BOTTOM },
        { "border-start", "padding-start", start }, { "border-end", "padding-end", end },
    };
    size_t i;

    areaxml_number(w, "ipd", width);
    areaxml_number(w, "bpd", a->height);
    areaxml_number(w, "ipda", width + areaxml_edge(a, AREA_LEFT) + areaxml_edge(a, AREA_RIGHT));
    areaxml_number(w, "bpda", a->height + areaxml_edge(a, AREA_TOP) +
                              areaxml_edge(a, AREA_BOTTOM) + a->space_before + a->space_after);
    strbuf_addf(w->out, " bap=\"%d %d %d %d\"", areaxml_edge(a, start), areaxml_edge(a, end),
                areaxml_edge(a, AREA_TOP), areaxml_edge(a, AREA_BOTTOM));
    if (a->fo)
        areaxml_string(w, "prod-id", a->fo->facts->id);
    if (a->space_before)
        areaxml_number(w, "space-before", a->space_before);
    if (a->space_after)
        areaxml_number(w, "space-after", a->space_after);
    if (a->bidi || (rtl && a->kind == AREA_BLOCK))
        areaxml_number(w, "level", a->bidi ? a->bidi - 1 : 1);
    if (a->rotation > 0)
        areaxml_number(w, "rotation", a->rotation);
    if (a->flags & AREA_ARTIFACT)
        areaxml_string(w, "artifact", "true");
    if (!a->box)
        return;
    if (a->box->background & 0xff || a->box->background_image)
        background(w, a);
    for (i = 0; i < 4; i++) {
        int s = sides[i].side;

        if (a->box->border_style[s] != AREA_BORDER_NONE && a->box->border[s] &&
            areaxml_edge(a, s)) {
            const struct area_shared *shared = a->box->shared;

            strbuf_addf(w->out, " %s=\"(%s,", sides[i].border,
                        areaxml_style_name(a->box->border_style[s]));
            color(w->out, a->box->border_color[s]);
            strbuf_addf(w->out, ",%d%s)\"", shared ? shared->width[s] : a->box->border[s],
                        !shared ? "" : shared->outside[s] ? ",collapse-outer" : ",collapse-inner");
        }
        if (a->box->padding[s])
            areaxml_number(w, sides[i].padding, a->box->padding[s]);
    }
}

void areaxml_matrix(struct areaxml *w, int rotation, mpt x, mpt y, mpt width, mpt height)
{
    static const char *const turns[] = { "1.0 0.0 0.0 1.0", "0.0 -1.0 1.0 0.0",
                                         "-1.0 -0.0 0.0 -1.0", "0.0 1.0 -1.0 0.0" };

    if (rotation < 0)
        rotation = 0;
    if (rotation == 180 || rotation == 270)
        x += width;
    if (rotation == 90 || rotation == 180)
        y += height;
    strbuf_addf(w->out, " ctm=\"[%s %d.0 %d.0]\"", turns[rotation / 90 % 4], x, y);
}

void areaxml_foreign(struct areaxml *w, const struct _xmlNode *element)
{
    xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
    xmlNode *copy = xmlDocCopyNode((xmlNode *)element, doc, 1);
    xmlBuffer *buffer = xmlBufferCreate();

    xmlDocSetRootElement(doc, copy);
    xmlReconciliateNs(doc, copy); /* the namespaces of its ancestors come with it */
    if (xmlNodeDump(buffer, doc, copy, 0, 0) > 0)
        strbuf_addstr(w->out, (const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    xmlFreeDoc(doc);
}

/* True for the namespaces whose attributes mean something here. */
static int is_ours(const char *ns)
{
    static const char *const all[] = {
        "http://www.w3.org/1999/XSL/Format", "http://xmlgraphics.apache.org/fop/extensions",
        "urn:certpress:fo", "http://www.w3.org/XML/1998/namespace",
    };
    size_t i;

    for (i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(ns, all[i]))
            return 1;
    return 0;
}

void areaxml_foreign_attributes(struct areaxml *w, const struct fo_node *fo)
{
    const xmlAttr *a;
    int n = 0;

    for (a = fo->facts->xml ? fo->facts->xml->properties : NULL; a; a = a->next) {
        xmlChar *value;
        char prefix[16];

        if (!a->ns || !a->ns->href || is_ours((const char *)a->ns->href))
            continue;
        value = xmlNodeListGetString(a->doc, a->children, 1);
        snprintf(prefix, sizeof prefix, "n%d", ++n);
        strbuf_addf(w->out, " xmlns:%s=\"", prefix);
        areaxml_escaped(w->out, (const char *)a->ns->href, strlen((const char *)a->ns->href));
        strbuf_addf(w->out, "\" %s:%s=\"", prefix, (const char *)a->name);
        areaxml_escaped(w->out, (const char *)value, value ? strlen((const char *)value) : 0);
        strbuf_addch(w->out, '"');
        xmlFree(value);
    }
}

void areaxml_sizes(struct areaxml *w, mpt ipd, mpt bpd)
{
    areaxml_number(w, "ipd", ipd);
    areaxml_number(w, "bpd", bpd);
    areaxml_number(w, "ipda", ipd);
    areaxml_number(w, "bpda", bpd);
}

void areaxml_offsets(struct areaxml *w, mpt left, mpt top)
{
    if (left)
        areaxml_number(w, "left-offset", left);
    if (top)
        areaxml_number(w, "top-offset", top);
}

void areaxml_internal_link(struct areaxml *w, const char *dest)
{
    const struct area_destination *to = dest ? destinations_find(w->document, dest) : NULL;

    if (!to || to->page_index < 0)
        return;
    strbuf_addf(w->out, " internal-link=\"(P%d,", to->page_index + 1);
    areaxml_escaped(w->out, dest, strlen(dest));
    strbuf_addstr(w->out, ")\"");
}

void areaxml_link(struct areaxml *w, const struct fo_node *fo)
{
    if (fo->facts->internal_destination && *fo->facts->internal_destination) {
        areaxml_internal_link(w, fo->facts->internal_destination);
    } else if (fo->facts->external_destination) {
        strbuf_addf(w->out, " external-link=\"newWindow=%s,dest=",
                    fo->style->page->show_destination == FO_KW_NEW ? "true" : "false");
        areaxml_escaped(w->out, fo->facts->external_destination,
                        strlen(fo->facts->external_destination));
        strbuf_addch(w->out, '"');
    }
}
