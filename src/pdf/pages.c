/* The page tree. ISO 32000-1, 7.7.3. */
#include "pdf_int.h"

#include <stdlib.h>

#include "messages.h"

#define MAX_TREE_DEPTH 32

static int tree_fault(struct pdf *pdf, int number, const char *what, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    return diag_at(d, &place, PDF_PAGE_TREE, number, what);
}

static void add_page(struct pdf *pdf, int number)
{
    ALLOC_GROW(pdf->pages, pdf->pages_n, pdf->pages_cap);
    pdf->pages[pdf->pages_n++] = number;
}

/* Walks the node NUMBER, whose parent is PARENT (0: the root). Every node is visited once at most,
 * so a ring ends; the parents are checked, so inheritance ends too. */
static int walk(struct pdf *pdf, int number, int parent, int depth, struct diag *d)
{
    struct pdf_obj *node = pdf_object(pdf, number), *kids;
    size_t i, before = pdf->pages_n;

    if (pdf_kind(node) != PDF_DICT)
        return tree_fault(pdf, number, "is not a dictionary", d);
    if (pdf->slots[number].mark == 2 || depth > MAX_TREE_DEPTH)
        return tree_fault(pdf, number, "runs in a ring or too deep", d);
    pdf->slots[number].mark = 2;
    if (pdf_ref_number(pdf_get_raw(pdf, node, "Parent")) != parent)
        return tree_fault(pdf, number, "Parent is not the node that lists it", d);
    if (pdf_is_name(pdf_get(pdf, node, "Type"), "Page") && parent) {
        add_page(pdf, number);
        return 0;
    }
    if (!pdf_is_name(pdf_get(pdf, node, "Type"), "Pages"))
        return tree_fault(pdf, number, "is neither Page nor Pages", d);
    kids = pdf_get(pdf, node, "Kids");
    for (i = 0; i < pdf_len(kids); i++) {
        int kid = pdf_ref_number(pdf_raw_at(kids, i));

        if (!kid)
            return tree_fault(pdf, number, "Kids holds something else than references", d);
        if (walk(pdf, kid, number, depth + 1, d))
            return -1;
    }
    if (pdf_kind(pdf_get(pdf, node, "Count")) != PDF_INT ||
        pdf_int(pdf_get(pdf, node, "Count")) != (long long)(pdf->pages_n - before))
        return tree_fault(pdf, number, "Count is not the number of its pages", d);
    return 0;
}

int pdf_pages_load(struct pdf *pdf, struct diag *d)
{
    struct pdf_obj *catalog = pdf_catalog(pdf);
    int root = pdf_ref_number(pdf_get_raw(pdf, catalog, "Pages"));

    if (pdf_kind(catalog) != PDF_DICT || !pdf_is_name(pdf_get(pdf, catalog, "Type"), "Catalog"))
        return tree_fault(pdf, pdf_ref_number(pdf_get_raw(pdf, pdf->trailer, "Root")),
                          "is not a catalog", d);
    return walk(pdf, root, 0, 0, d);
}

size_t pdf_pages(const struct pdf *pdf)
{
    return pdf->pages_n;
}

int pdf_page_number(const struct pdf *pdf, size_t i)
{
    return i < pdf->pages_n ? pdf->pages[i] : 0;
}

struct pdf_obj *pdf_page(const struct pdf *pdf, size_t i)
{
    return pdf_object(pdf, pdf_page_number(pdf, i));
}

struct pdf_obj *pdf_page_get(const struct pdf *pdf, size_t i, const char *key)
{
    struct pdf_obj *node = pdf_page(pdf, i), *value;
    int depth;

    for (depth = 0; node && depth <= MAX_TREE_DEPTH; depth++) {
        value = pdf_get(pdf, node, key);
        if (value)
            return value;
        node = pdf_get(pdf, node, "Parent");
    }
    return NULL;
}

int pdf_add_page(struct pdf *pdf, struct pdf_obj *page)
{
    int root = pdf_ref_number(pdf_get_raw(pdf, pdf_catalog(pdf), "Pages"));
    struct pdf_obj *tree = pdf_object(pdf, root);
    int number = pdf_add(pdf, page);

    pdf_set_name(pdf, page, "Type", "Page");
    pdf_set_ref(pdf, page, "Parent", root);
    pdf_push_ref(pdf, pdf_need_array(pdf, tree, "Kids"), number);
    pdf_set_int(pdf, tree, "Count", pdf_int(pdf_get(pdf, tree, "Count")) + 1);
    add_page(pdf, number);
    return number;
}
