/* Writing the structure. */
#include "links.h"
#include "messages.h"
#include "pdf.h"
#include "tags.h"
#include "tags_tree.h"

#include <stdio.h>
#include <string.h>

/* ---- what was painted ---------------------------------------------------------------------- */

static int is_cell(const struct tag_element *e)
{
    return !strcmp(e->type->name, "TD") || !strcmp(e->type->name, "TH");
}

static int mark_used(struct tag_element *e)
{
    e->used = e->first_link != NULL;
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (kid->element ? mark_used(kid->element) : kid->slot->marks_n > 0)
            e->used = 1;
    return e->used;
}

static int is_table_part(const struct tag_element *e)
{
    return !strcmp(e->type->name, "THead") || !strcmp(e->type->name, "TBody")
        || !strcmp(e->type->name, "TFoot");
}

/* An empty cell of a table that shows is content: without it the columns would not meet. */
static void keep_cells(struct tag_element *e, int in_table)
{
    if (!strcmp(e->type->name, "Table"))
        in_table = e->used;
    for (struct tag_kid *kid = e->first; kid; kid = kid->next) {
        if (!kid->element)
            continue;
        if (in_table && (!strcmp(kid->element->type->name, "TR") || is_cell(kid->element))
            && (kid->element->first || is_cell(kid->element)))
            kid->element->used = 1;
        keep_cells(kid->element, is_cell(kid->element) ? 0 : in_table);
        if (in_table && is_table_part(e) && kid->element->used)
            e->used = 1;
    }
    /* a head needs a body (ISO 14289-1, 7.5): alone it is one */
    if (!strcmp(e->type->name, "Table") && e->used) {
        int bodies = 0;

        for (struct tag_kid *kid = e->first; kid; kid = kid->next)
            bodies += kid->element && kid->element->used
                && (!strcmp(kid->element->type->name, "TBody")
                    || !strcmp(kid->element->type->name, "TR"));
        for (struct tag_kid *kid = e->first; kid && !bodies; kid = kid->next)
            if (kid->element && kid->element->used && is_table_part(kid->element))
                kid->element->type = tag_type_find("TBody", 5);
    }
}

/* ---- elements ------------------------------------------------------------------------------ */

static void number_elements(struct tags *t, struct pdf *pdf, struct tag_element *e)
{
    e->number = pdf_add(pdf, pdf_new_dict(pdf));
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (kid->element && kid->element->used)
            number_elements(t, pdf, kid->element);
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
    for (const struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (kid->slot && kid->slot->marks_n)
            return kid->slot->marks[0].page;
    return e->first_link ? e->first_link->page : -1;
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

    if (is_cell(e)) {
        int spans = fo && fo->kind == FO_TABLE_CELL;

        if (!e->scope && !(spans && (fo->facts->columns_spanned > 1 || fo->facts->rows_spanned > 1)))
            return NULL;
        a = pdf_new_dict(pdf);
        pdf_set_name(pdf, a, "O", "Table");
        if (e->scope)
            pdf_set_name(pdf, a, "Scope", e->scope);
        if (spans && fo->facts->columns_spanned > 1)
            pdf_set_int(pdf, a, "ColSpan", fo->facts->columns_spanned);
        if (spans && fo->facts->rows_spanned > 1)
            pdf_set_int(pdf, a, "RowSpan", fo->facts->rows_spanned);
    } else if (e->figure_page >= 0) {
        a = pdf_new_dict(pdf);
        pdf_set_name(pdf, a, "O", "Layout");
        pdf_set(pdf, a, "BBox", tags_rectangle(pdf, (size_t)e->figure_page, &e->figure_box));
    }
    return a;
}

static void write_kids(struct pdf *pdf, const struct tag_element *e, struct pdf_obj *dict)
{
    int page = first_page(e);
    struct pdf_obj *kids = pdf_new_array(pdf);

    if (page >= 0)
        pdf_set_ref(pdf, dict, "Pg", pdf_page_number(pdf, (size_t)page));
    for (const struct tag_kid *kid = e->first; kid; kid = kid->next) {
        if (kid->element && kid->element->used)
            pdf_push_ref(pdf, kids, kid->element->number);
        for (int i = 0; kid->slot && i < kid->slot->marks_n; i++)
            pdf_push(pdf, kids, mark_kid(pdf, &kid->slot->marks[i], page));
    }
    for (const struct tag_link_box *link = e->first_link; link; link = link->next) {
        struct pdf_obj *reference;

        if (!link->annotation) /* its fault was reported */
            continue;
        reference = pdf_new_dict(pdf);
        pdf_set_name(pdf, reference, "Type", "OBJR");
        if (link->page != page)
            pdf_set_ref(pdf, reference, "Pg", pdf_page_number(pdf, (size_t)link->page));
        pdf_set_ref(pdf, reference, "Obj", link->annotation);
        pdf_push(pdf, kids, reference);
    }
    if (pdf_len(kids) == 1)
        pdf_set(pdf, dict, "K", pdf_copy(pdf, pdf_raw_at(kids, 0)));
    else if (pdf_len(kids))
        pdf_set(pdf, dict, "K", kids);
}

static void write_element(struct pdf *pdf, const struct tag_element *e, int parent,
                          struct pdf_obj *ids)
{
    struct pdf_obj *dict = pdf_object(pdf, e->number), *a = attributes(pdf, e);
    const char *outer = e->parent ? e->parent->lang : NULL;

    pdf_set_name(pdf, dict, "Type", "StructElem");
    pdf_set_name(pdf, dict, "S", e->type->name);
    pdf_set_ref(pdf, dict, "P", parent);
    if (e->lang && *e->lang && (!outer || strcmp(outer, e->lang)))
        pdf_set_text(pdf, dict, "Lang", e->lang);
    /* of a link the annotation tells */
    if (e->fo && e->fo->facts->alt && *e->fo->facts->alt && strcmp(e->type->name, "Link"))
        pdf_set_text(pdf, dict, "Alt", e->fo->facts->alt);
    if (a)
        pdf_set(pdf, dict, "A", a);
    /* so that pdfsign finds the figure that a visible seal shows */
    if (e->figure_page >= 0 && e->fo && e->fo->facts->id)
        pdf_set_text(pdf, dict, "T", e->fo->facts->id);
    if (!strcmp(e->type->name, "Note")) {
        char id[24];
        int n = snprintf(id, sizeof id, "note-%07d", e->number);

        pdf_set(pdf, dict, "ID", pdf_new_string(pdf, id, (size_t)n));
        pdf_push(pdf, ids, pdf_new_string(pdf, id, (size_t)n));
        pdf_push_ref(pdf, ids, e->number);
    }
    write_kids(pdf, e, dict);
    for (const struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (kid->element && kid->element->used)
            write_element(pdf, kid->element, e->number, ids);
}

/* ---- the document -------------------------------------------------------------------------- */

static void write_parent_tree(struct tags *t, struct pdf *pdf, struct pdf_obj *root,
                              const struct links *links)
{
    struct pdf_obj *tree = pdf_new_dict(pdf), *numbers = pdf_new_array(pdf);

    for (int i = 0; i < t->pages_n; i++) {
        struct pdf_obj *page = pdf_page(pdf, (size_t)i), *elements = pdf_new_array(pdf);

        for (int k = 0; k < t->pages[i].elements_n; k++)
            pdf_push_ref(pdf, elements, t->pages[i].elements[k]->number);
        pdf_set_int(pdf, page, "StructParents", i);
        pdf_set_name(pdf, page, "Tabs", "S");
        pdf_push_int(pdf, numbers, i);
        pdf_push_ref(pdf, numbers, pdf_add(pdf, elements));
    }
    for (int i = 0; i < links->n; i++) {
        pdf_push_int(pdf, numbers, t->pages_n + i);
        pdf_push_ref(pdf, numbers, links->items[i].element->number);
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
    write_element(pdf, t->document, number, ids);
    pdf_push_ref(pdf, kids, t->document->number);
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
    int bad;

    if (pdf_pages(pdf) != (size_t)t->pages_n || areas->pages_n != t->pages_n)
        return diag(d, FO_PAGES, pdf_pages(pdf), areas->pages_n);
    for (int i = 0; i < t->links_n; i++)
        if (t->links[i]->first_link)
            tag_element_add(t, t->document, t->links[i]);
    mark_used(t->document);
    keep_cells(t->document, 0);
    number_elements(t, pdf, t->document);
    bad = links_write(t, pdf, areas, &links);
    write_tree(t, pdf, &links);
    links_release(&links);
    return bad ? -1 : 0;
}
