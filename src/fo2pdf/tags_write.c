/* Writing the structure. */
#include "links.h"
#include "messages.h"
#include "pdf.h"
#include "tags.h"
#include "tags_tree.h"

#include <stdio.h>
#include <string.h>

/* A structure of fewer elements is written faster as it is. */
enum { PACKED_FROM = 5000 };

/* ---- what was painted ---------------------------------------------------------------------- */

static int is_cell(const struct tag_element *e)
{
    return tag_is(e, "TD") || tag_is(e, "TH");
}

static int mark_used(struct tag_element *e)
{
    int used = 0;

    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        used |= tag_element_of(kid) ? mark_used(tag_element_of(kid))
                                    : tag_link_of(kid) || (tag_slot_of(kid) && kid->number);
    if (used)
        e->kid.flags |= TAG_USED;
    return used;
}

/* KID when it is an element of which something was painted, or NULL. */
static struct tag_element *used(struct tag_kid *kid)
{
    return kid->flags & TAG_USED ? tag_element_of(kid) : NULL;
}

static int is_table_part(const struct tag_element *e)
{
    return tag_is(e, "THead") || tag_is(e, "TBody") || tag_is(e, "TFoot");
}

/* An empty cell of a table that shows is content: without it the columns would not meet. */
static void keep_cells(struct tag_element *e, int in_table)
{
    if (tag_is(e, "Table"))
        in_table = e->kid.flags & TAG_USED;
    for (struct tag_kid *kid = e->first; kid; kid = kid->next) {
        struct tag_element *inner = tag_element_of(kid);

        if (!inner)
            continue;
        if (in_table && (is_cell(inner) || (inner->first && tag_is(inner, "TR"))))
            kid->flags |= TAG_USED;
        keep_cells(inner, is_cell(inner) ? 0 : in_table);
        if (in_table && is_table_part(e) && used(kid))
            e->kid.flags |= TAG_USED;
    }
    /* a head needs a body (ISO 14289-1, 7.5): alone it is one */
    if (in_table && tag_is(e, "Table")) {
        int bodies = 0;

        for (struct tag_kid *kid = e->first; kid; kid = kid->next)
            bodies += used(kid) && (tag_is(used(kid), "TBody") || tag_is(used(kid), "TR"));
        for (struct tag_kid *kid = e->first; kid && !bodies; kid = kid->next)
            if (used(kid) && is_table_part(used(kid)))
                tag_become(used(kid), "TBody");
    }
}

/* ---- elements ------------------------------------------------------------------------------ */

static void number_elements(struct tags *t, struct pdf *pdf, struct tag_element *e)
{
    e->kid.number = pdf_reserve(pdf);
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (used(kid))
            number_elements(t, pdf, used(kid));
}

static struct pdf_obj *mark_kid(struct pdf *pdf, const struct tag_mark *mark, int page)
{
    struct pdf_obj *mcr;

    if (mark->page == page)
        return pdf_new_int(pdf, mark->mcid);
    mcr = pdf_new_dict(pdf);
    pdf_set_name(pdf, mcr, "Type", "MCR");
    pdf_set_ref(pdf, mcr, "Pg", pdf_page_number(pdf, (size_t)mark->page));
    pdf_set_int(pdf, mcr, "MCID", mark->mcid);
    return mcr;
}

static int first_page(const struct tag_element *e)
{
    for (struct tag_kid *kid = e->first; kid; kid = kid->next) {
        if (tag_slot_of(kid) && kid->number)
            return tag_marks(tag_slot_of(kid))->page;
        if (tag_link_of(kid)) /* those come last */
            return tag_link_of(kid)->page;
    }
    return -1;
}

static void push_number(struct pdf *pdf, struct pdf_obj *array, double value)
{
    pdf_push(pdf, array, pdf_new_real(pdf, value));
}

struct pdf_obj *tags_rectangle(struct pdf *pdf, size_t page, const struct tags_box *box)
{
    struct pdf_obj *media = pdf_page_get(pdf, page, "MediaBox"), *r = pdf_new_array(pdf);
    double height = pdf_number(pdf_at(pdf, media, 3));

    push_number(pdf, r, box->x0);
    push_number(pdf, r, height - box->y1);
    push_number(pdf, r, box->x1);
    push_number(pdf, r, height - box->y0);
    return r;
}

/* The attribute objects: what a table cell and a figure must say of themselves. */
static struct pdf_obj *attributes(struct pdf *pdf, const struct tag_element *e)
{
    struct pdf_obj *a = NULL;
    const struct fo_node *fo = e->fo;
    const struct tag_place *place = tag_box_of(e);

    if (is_cell(e)) {
        const char *scope = e->kid.flags & TAG_HEADS_COLUMN ? "Column"
            : e->kid.flags & TAG_HEADS_ROW ? "Row" : NULL;
        int spans = fo && fo->kind == FO_TABLE_CELL;

        if (!scope && !(spans && (fo->facts->columns_spanned > 1 || fo->facts->rows_spanned > 1)))
            return NULL;
        a = pdf_new_dict(pdf);
        pdf_set_name(pdf, a, "O", "Table");
        if (scope)
            pdf_set_name(pdf, a, "Scope", scope);
        if (spans && fo->facts->columns_spanned > 1)
            pdf_set_int(pdf, a, "ColSpan", fo->facts->columns_spanned);
        if (spans && fo->facts->rows_spanned > 1)
            pdf_set_int(pdf, a, "RowSpan", fo->facts->rows_spanned);
    } else if (place) {
        a = pdf_new_dict(pdf);
        pdf_set_name(pdf, a, "O", "Layout");
        pdf_set(pdf, a, "BBox", tags_rectangle(pdf, (size_t)place->page, &place->box));
    }
    return a;
}

static struct pdf_obj *link_kid(struct pdf *pdf, const struct tag_place *link, int page)
{
    struct pdf_obj *reference = pdf_new_dict(pdf);

    pdf_set_name(pdf, reference, "Type", "OBJR");
    if (link->page != page)
        pdf_set_ref(pdf, reference, "Pg", pdf_page_number(pdf, (size_t)link->page));
    pdf_set_ref(pdf, reference, "Obj", link->kid.number);
    return reference;
}

static void write_kids(struct pdf *pdf, const struct tag_element *e, struct pdf_obj *dict)
{
    int page = first_page(e);
    struct pdf_obj *kids = pdf_new_array(pdf);

    if (page >= 0)
        pdf_set_ref(pdf, dict, "Pg", pdf_page_number(pdf, (size_t)page));
    for (struct tag_kid *kid = e->first; kid; kid = kid->next) {
        const struct tag_slot *slot = tag_slot_of(kid);

        if (used(kid))
            pdf_push_ref(pdf, kids, kid->number);
        for (int i = 0; slot && i < kid->number; i++)
            pdf_push(pdf, kids, mark_kid(pdf, &tag_marks(slot)[i], page));
        if (tag_link_of(kid) && kid->number) /* without a number its fault was reported */
            pdf_push(pdf, kids, link_kid(pdf, tag_link_of(kid), page));
    }
    if (pdf_len(kids) == 1)
        pdf_set(pdf, dict, "K", pdf_copy(pdf, pdf_raw_at(kids, 0)));
    else if (pdf_len(kids))
        pdf_set(pdf, dict, "K", kids);
}

static struct pdf_obj *note_id(struct pdf *pdf, const struct tag_element *e)
{
    char id[24];
    int n = snprintf(id, sizeof id, "note-%07d", e->kid.number);

    return pdf_new_string(pdf, id, (size_t)n);
}

static int is_note(const struct tag_element *e)
{
    return tag_is(e, "Note");
}

/* OBJ, which was made since pdf_pack_begin if objects are packed, is number NUMBER. */
static void put_object(const struct tags *t, struct pdf *pdf, int number, struct pdf_obj *obj)
{
    if (t->packs)
        pdf_pack_end(pdf, number, obj);
    else
        pdf_replace(pdf, number, obj);
}

static void write_one(const struct tags *t, struct pdf *pdf, const struct tag_element *e, int parent)
{
    const char *lang = tag_lang(e), *outer = tag_lang(e->kid.parent);
    const struct fo_facts *facts = e->fo ? e->fo->facts : &fo_no_facts;
    struct pdf_obj *dict, *a;

    if (t->packs)
        pdf_pack_begin(pdf);
    dict = pdf_new_dict(pdf);
    a = attributes(pdf, e);
    pdf_set_name(pdf, dict, "Type", "StructElem");
    pdf_set_name(pdf, dict, "S", tag_type(e)->name);
    pdf_set_ref(pdf, dict, "P", parent);
    if (lang && *lang && (!outer || strcmp(outer, lang)))
        pdf_set_text(pdf, dict, "Lang", lang);
    /* of a link the annotation tells */
    if (facts->alt && *facts->alt && !tag_is(e, "Link"))
        pdf_set_text(pdf, dict, "Alt", facts->alt);
    if (a)
        pdf_set(pdf, dict, "A", a);
    /* so that pdfsign finds the figure that a visible seal shows */
    if (tag_box_of(e) && facts->id)
        pdf_set_text(pdf, dict, "T", facts->id);
    if (is_note(e))
        pdf_set(pdf, dict, "ID", note_id(pdf, e));
    write_kids(pdf, e, dict);
    put_object(t, pdf, e->kid.number, dict);
}

static void write_elements(const struct tags *t, struct pdf *pdf, const struct tag_element *e,
                           int parent, struct pdf_obj *ids)
{
    write_one(t, pdf, e, parent);
    if (is_note(e)) {
        pdf_push(pdf, ids, note_id(pdf, e));
        pdf_push_ref(pdf, ids, e->kid.number);
    }
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (used(kid))
            write_elements(t, pdf, used(kid), e->kid.number, ids);
}

/* ---- the document -------------------------------------------------------------------------- */

static void write_parent_tree(struct tags *t, struct pdf *pdf, struct pdf_obj *root,
                              const struct links *links)
{
    struct pdf_obj *tree = pdf_new_dict(pdf), *numbers = pdf_new_array(pdf);

    for (int i = 0; i < t->pages_n; i++) {
        struct pdf_obj *page = pdf_page(pdf, (size_t)i), *elements;
        int number = pdf_reserve(pdf);

        if (t->packs)
            pdf_pack_begin(pdf);
        elements = pdf_new_array(pdf);
        for (int k = 0; k < t->pages[i].elements_n; k++)
            pdf_push_ref(pdf, elements, t->pages[i].elements[k]->kid.number);
        put_object(t, pdf, number, elements);
        pdf_set_int(pdf, page, "StructParents", i);
        pdf_set_name(pdf, page, "Tabs", "S");
        pdf_push_int(pdf, numbers, i);
        pdf_push_ref(pdf, numbers, number);
    }
    for (int i = 0; i < links->n; i++) {
        pdf_push_int(pdf, numbers, t->pages_n + i);
        pdf_push_ref(pdf, numbers, links->items[i].element->kid.number);
    }
    pdf_set(pdf, tree, "Nums", numbers);
    pdf_set_ref(pdf, root, "ParentTree", pdf_add(pdf, tree));
    pdf_set_int(pdf, root, "ParentTreeNextKey", t->pages_n + links->n);
}

static void write_catalog(struct tags *t, struct pdf *pdf, int root)
{
    struct pdf_obj *catalog = pdf_catalog(pdf), *mark = pdf_new_dict(pdf);

    pdf_set_ref(pdf, catalog, "StructTreeRoot", root);
    pdf_set_bool(pdf, mark, "Marked", 1);
    pdf_set(pdf, catalog, "MarkInfo", mark);
    if (t->fo->lang && *t->fo->lang)
        pdf_set_text(pdf, catalog, "Lang", t->fo->lang);
    pdf_set_bool(pdf, pdf_need_dict(pdf, catalog, "ViewerPreferences"), "DisplayDocTitle", 1);
}

static void write_tree(struct tags *t, struct pdf *pdf, const struct links *links)
{
    struct pdf_obj *root = pdf_new_dict(pdf), *kids = pdf_new_array(pdf), *ids = pdf_new_array(pdf);
    int number = pdf_add(pdf, root);

    pdf_set_name(pdf, root, "Type", "StructTreeRoot");
    write_elements(t, pdf, t->document, number, ids);
    pdf_push_ref(pdf, kids, t->document->kid.number);
    pdf_set(pdf, root, "K", kids);
    if (pdf_len(ids)) {
        struct pdf_obj *tree = pdf_new_dict(pdf), *leaf = pdf_new_dict(pdf);
        struct pdf_obj *limits = pdf_new_array(pdf), *leaves = pdf_new_array(pdf);

        pdf_push(pdf, limits, pdf_copy(pdf, pdf_raw_at(ids, 0)));
        pdf_push(pdf, limits, pdf_copy(pdf, pdf_raw_at(ids, pdf_len(ids) - 2)));
        pdf_set(pdf, leaf, "Limits", limits);
        pdf_set(pdf, leaf, "Names", ids);
        pdf_push_ref(pdf, leaves, pdf_add(pdf, leaf));
        pdf_set(pdf, tree, "Kids", leaves);
        pdf_set(pdf, root, "IDTree", tree);
    }
    write_parent_tree(t, pdf, root, links);
    write_catalog(t, pdf, number);
}

int tags_write(struct tags *t, struct pdf *pdf, const struct area_document *areas, struct diag *d)
{
    struct links links = { 0 };
    int bad, first;

    if (pdf_pages(pdf) != (size_t)t->pages_n || areas->pages_n != t->pages_n)
        return diag(d, FO_PAGES, pdf_pages(pdf), areas->pages_n);
    for (int i = 0; i < t->links_n; i++)
        if (tag_link_of(t->links[i]->last))
            tag_element_add(t->document, t->links[i]);
    mark_used(t->document);
    keep_cells(t->document, 0);
    first = pdf_objects(pdf);
    number_elements(t, pdf, t->document);
    t->packs = pdf_objects(pdf) - first > PACKED_FROM;
    bad = links_write(t, pdf, areas, &links);
    write_tree(t, pdf, &links);
    links_release(&links);
    return bad ? -1 : 0;
}
