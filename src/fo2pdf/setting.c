#include "setting.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "transform.h"

int setting_once(struct setting *s, const char *key)
{
    if (!s->told)
        s->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return g_hash_table_add(s->told, g_strdup(key));
}

static void other_weight(struct setting *s, const struct fo_node *node, int weight)
{
    const struct style_font *f = node->style->font;
    const char *family = f->family ? f->family : "sans-serif";
    char *key = xasprintf("%d %s", f->weight, family);

    if (setting_once(s, key))
        fo_report(s->d, s->fo, node, FO_NO_WEIGHT, family, f->weight, weight);
    free(key);
}

const struct fonts_face *setting_face(struct setting *s, const struct fo_node *node)
{
    const struct style_font *f = node->style->font;
    struct fonts_face *face = g_hash_table_lookup(s->faces, f);

    if (face)
        return face;
    face = (struct fonts_face *)fonts_face(s->fonts, f);
    g_hash_table_insert(s->faces, (void *)f, face);
    if (face->missing)
        fo_complain(s->d, s->fo, node, s->options->lenient, FO_NO_FAMILY, face->missing);
    else if (face->weight)
        other_weight(s, node, face->weight);
    if (!face->missing && face->no_italic)
        fo_complain(s->d, s->fo, node, s->options->lenient, FO_NO_ITALIC, f->family);
    if (face->bad_features)
        fo_complain(s->d, s->fo, node, s->options->lenient, FO_VALUE, f->features,
                    "cx:font-features",
                    "not a list of OpenType features");
    if (!face->font)
        fo_report(s->d, s->fo, node, FO_FONT_FAILED, f->family ? f->family : "");
    return face;
}

enum area_border_style setting_border_style(int keyword)
{
    switch (keyword) {
    case FO_KW_SOLID: return AREA_BORDER_SOLID;
    case FO_KW_DASHED: return AREA_BORDER_DASHED;
    case FO_KW_DOTTED: return AREA_BORDER_DOTTED;
    case FO_KW_DOUBLE: return AREA_BORDER_DOUBLE;
    case FO_KW_GROOVE: return AREA_BORDER_GROOVE;
    case FO_KW_RIDGE: return AREA_BORDER_RIDGE;
    case FO_KW_INSET: return AREA_BORDER_INSET;
    case FO_KW_OUTSET: return AREA_BORDER_OUTSET;
    default: return AREA_BORDER_NONE;
    }
}

int setting_clips(const struct fo_node *node)
{
    int overflow = node->style->size->overflow;

    return overflow == FO_KW_HIDDEN || (node->style->box->clip && overflow != FO_KW_VISIBLE);
}

const struct area_box *setting_box(struct setting *s, const struct fo_node *node, mpt base)
{
    const struct style_box *b = node->style->box;
    struct area_box *box = g_hash_table_lookup(s->boxes, b);
    int i, any, relative = 0;

    if (box)
        return box == (void *)s ? NULL : box;
    any = b->background_color != FO_TRANSPARENT || b->background_image || b->clip;
    for (i = 0; i < 4; i++) {
        any |= setting_border_style(b->border_style[i]) != AREA_BORDER_NONE;
        any |= b->padding[i].length.v || b->padding[i].length.pct;
        relative |= b->padding[i].length.pct != 0 || b->radius[i].pct != 0;
    }
    if (!any) {
        g_hash_table_insert(s->boxes, (void *)b, s);
        return NULL;
    }
    box = arena_alloc(relative ? s->arena : s->lasting, sizeof *box);
    for (i = 0; i < 4; i++) {
        box->border_style[i] = setting_border_style(b->border_style[i]);
        if (box->border_style[i] != AREA_BORDER_NONE)
            box->border[i] = fo_length_of(&b->border_width[i].length, base, 0);
        box->border_color[i] = b->border_color[i];
        box->padding[i] = fo_length_of(&b->padding[i].length, base, 0);
        box->radius[i] = fo_length_of(&b->radius[i], base, 0);
    }
    box->background = b->background_color;
    box->background_image = b->background_image;
    box->placing = b;
    if (b->clip) {
        mpt *clip = arena_alloc(relative ? s->arena : s->lasting, 4 * sizeof *clip);

        for (i = 0; i < 4; i++)
            clip[i] = fo_length_of(&b->clip[i], 0, 0);
        box->clip = clip;
    }
    if (!relative)
        g_hash_table_insert(s->boxes, (void *)b, box);
    return box;
}

mpt setting_height(const struct setting *s, const struct fo_length *l)
{
    if (l->keyword || (l->pct != 0 && s->height < 0))
        return -1;
    return fo_length_of(l, s->height, -1);
}

const double *setting_transform(struct setting *s, const struct fo_node *node)
{
    const char *text = node->style->page->transform;
    double *matrix;

    if (!text || !strcmp(text, "none"))
        return NULL;
    matrix = arena_alloc(s->arena, 6 * sizeof *matrix);
    if (!transform_parse(text, matrix))
        return matrix;
    fo_complain(s->d, s->fo, node, s->options->lenient, FO_VALUE, text, "fox:transform",
                "not a list of transformations");
    return NULL;
}

/* Where an id's first or last area is; a guess before that is known. */
static const char *cited(struct setting *s, const struct fo_node *node, const char *id)
{
    int last = node->kind == FO_PAGE_NUMBER_CITATION_LAST;
    const struct area_page *page = id ? g_hash_table_lookup(last ? s->last_pages : s->first_pages,
                                                            id) : NULL;

    return page ? page->label : NULL;
}

const char *setting_page_text(struct setting *s, const struct fo_node *node)
{
    const char *text = NULL;

    if (node->kind == FO_PAGE_NUMBER && s->page)
        return s->page->label;
    if (s->final && node->kind != FO_PAGE_NUMBER) {
        const char *id = node->style->page->ref_id;

        text = cited(s, node, id);
        if (!text && id && setting_once(s, id))
            fo_complain(s->d, s->fo, node, s->options->lenient, FO_NO_PAGE_OF, id);
        return text ? text : "?";
    }
    text = g_hash_table_lookup(s->labels, node);
    if (!text)
        text = "1";
    g_hash_table_insert(s->used, (void *)node, (void *)text);
    return text;
}

void setting_link(struct area *parent, struct area *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

struct area *setting_area(struct setting *s, enum area_kind kind, const struct fo_node *fo,
                          struct area *parent)
{
    struct area *a = arena_alloc(s->arena, sizeof *a);

    a->kind = kind;
    a->fo = fo;
    if (parent)
        setting_link(parent, a);
    return a;
}
