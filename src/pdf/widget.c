#include "widget.h"

/* The highest key of the parent tree's NUMS, plus one. */
static long long key_after(struct pdf *pdf, const struct pdf_obj *nums)
{
    long long next = 0;
    size_t i;

    for (i = 0; i + 1 < pdf_len(nums); i += 2)
        if (pdf_int(pdf_at(pdf, nums, i)) >= next)
            next = pdf_int(pdf_at(pdf, nums, i)) + 1;
    return next;
}

/* The array of ELEMENT's kids; what it has is put into one. */
static struct pdf_obj *kids_of(struct pdf *pdf, struct pdf_obj *element)
{
    struct pdf_obj *kids = pdf_get(pdf, element, "K"), *only;

    if (pdf_kind(kids) == PDF_ARRAY)
        return kids;
    only = pdf_get_raw(pdf, element, "K");
    kids = pdf_new_array(pdf);
    if (only)
        pdf_push(pdf, kids, only);
    pdf_set(pdf, element, "K", kids);
    return kids;
}

const char *widget_tag(struct pdf *pdf, struct pdf_obj *field)
{
    struct pdf_obj *tree = pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot");
    struct pdf_obj *top = pdf_get(pdf, tree, "K");
    struct pdf_obj *nums = pdf_get(pdf, pdf_get(pdf, tree, "ParentTree"), "Nums");
    struct pdf_obj *form, *object;
    long long key;
    int number;

    if (pdf_kind(top) == PDF_ARRAY)
        top = pdf_at(pdf, top, 0);
    if (pdf_kind(top) != PDF_DICT || pdf_owner(top) == pdf_owner(tree))
        return "it has no element";
    if (pdf_kind(nums) != PDF_ARRAY)
        return "the parent tree is no single list";

    form = pdf_new_dict(pdf);
    object = pdf_new_dict(pdf);
    pdf_set_name(pdf, form, "Type", "StructElem");
    pdf_set_name(pdf, form, "S", "Form");
    pdf_set_ref(pdf, form, "P", pdf_owner(top));
    pdf_set_ref(pdf, form, "Pg", pdf_page_number(pdf, 0));
    pdf_set_name(pdf, object, "Type", "OBJR");
    pdf_set_ref(pdf, object, "Obj", pdf_owner(field));
    pdf_set(pdf, form, "K", object);
    number = pdf_add(pdf, form);
    pdf_push_ref(pdf, kids_of(pdf, top), number);

    key = key_after(pdf, nums);
    if (pdf_int(pdf_get(pdf, tree, "ParentTreeNextKey")) > key)
        key = pdf_int(pdf_get(pdf, tree, "ParentTreeNextKey"));
    pdf_push_int(pdf, nums, key);
    pdf_push_ref(pdf, nums, number);
    pdf_set_int(pdf, field, "StructParent", key);
    pdf_set_int(pdf, tree, "ParentTreeNextKey", key + 1);
    pdf_set_name(pdf, pdf_page(pdf, 0), "Tabs", "S");
    return NULL;
}
