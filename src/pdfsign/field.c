#include "field.h"

#include <stdio.h>
#include <string.h>

#include "messages.h"
#include "widget.h"

enum { FLAGS = 132 /* Print and Locked */, OUTSIDE = -9 };

static int fault(struct pdf *pdf, const char *what, struct diag *d)
{
    struct diag_place place = { .file = pdf_name_of_file(pdf) };

    return diag_at(d, &place, SEAL_FIELD, what);
}

static struct pdf_obj *fields_of(struct pdf *pdf)
{
    return pdf_get(pdf, pdf_get(pdf, pdf_catalog(pdf), "AcroForm"), "Fields");
}

/* The empty signature field that pdf2pdfa left, or NULL. */
static struct pdf_obj *find_empty(struct pdf *pdf)
{
    struct pdf_obj *fields = fields_of(pdf), *field;
    size_t i;

    for (i = 0; i < pdf_len(fields); i++) {
        field = pdf_at(pdf, fields, i);
        if (pdf_is_name(pdf_get(pdf, field, "FT"), "Sig") && !pdf_get(pdf, field, "V"))
            return field;
    }
    return NULL;
}

/* A new, invisible field called NAME on the first page, at the rectangle that is the point AT, AT. */
static struct pdf_obj *add_field(struct pdf *pdf, const char *name, int at, struct diag *d)
{
    struct diag_place place = { .file = pdf_name_of_file(pdf) };
    struct pdf_obj *field, *rect, *form;
    int number, i;

    if (!pdf_pages(pdf)) {
        diag_at(d, &place, SEAL_PAGE);
        return NULL;
    }
    field = pdf_new_dict(pdf);
    pdf_set_name(pdf, field, "Type", "Annot");
    pdf_set_name(pdf, field, "Subtype", "Widget");
    pdf_set_name(pdf, field, "FT", "Sig");
    pdf_set_text(pdf, field, "T", name);
    pdf_set_text(pdf, field, "TU", name);
    pdf_set_int(pdf, field, "F", FLAGS);
    rect = pdf_need_array(pdf, field, "Rect");
    for (i = 0; i < 4; i++)
        pdf_push_int(pdf, rect, at);
    pdf_set_ref(pdf, field, "P", pdf_page_number(pdf, 0));
    number = pdf_add(pdf, field);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_page(pdf, 0), "Annots"), number);
    form = pdf_need_dict(pdf, pdf_catalog(pdf), "AcroForm");
    pdf_push_ref(pdf, pdf_need_array(pdf, form, "Fields"), number);
    return field;
}

struct pdf_obj *field_for_seal(struct pdf *pdf, struct diag *d)
{
    struct pdf_obj *field = find_empty(pdf);
    const char *what = NULL;

    if (field)
        return field;
    field = add_field(pdf, "Seal", 0, d);
    if (field && pdf_get(pdf, pdf_catalog(pdf), "StructTreeRoot"))
        what = widget_tag(pdf, field);
    if (what)
        fault(pdf, what, d);
    return what ? NULL : field;
}

/* It lies outside the page, where it needs no place in the structure tree (ISO 14289-1 7.18.1): the
 * tree is sealed, and a validator would take a change of it for one of the content. */
struct pdf_obj *field_for_stamp(struct pdf *pdf, struct diag *d)
{
    char name[40];

    snprintf(name, sizeof name, "Archive time stamp %zu", pdf_len(fields_of(pdf)));
    return add_field(pdf, name, OUTSIDE, d);
}

/* ---- a seal to be seen ----------------------------------------------------------------------- */

/* The area that the figure called NAME takes, as its layout attributes say; NULL without. */
static const struct pdf_obj *area_of(struct pdf *pdf, const char *name, int *page)
{
    int i;

    for (i = 1; i < pdf_objects(pdf); i++) {
        struct pdf_obj *element = pdf_object(pdf, i), *box;
        const char *title = pdf_string(pdf_get(pdf, element, "T"), NULL);

        if (!title || strcmp(title, name) || !pdf_is_name(pdf_get(pdf, element, "S"), "Figure"))
            continue;
        box = pdf_get(pdf, pdf_get(pdf, element, "A"), "BBox");
        *page = pdf_ref_number(pdf_get_raw(pdf, element, "Pg"));
        return pdf_len(box) == 4 && *page ? box : NULL;
    }
    return NULL;
}

/* Puts FIELD on the page with the object number TO instead of the one it was on. */
static void move_field(struct pdf *pdf, struct pdf_obj *field, int to)
{
    int number = pdf_owner(field), from = pdf_ref_number(pdf_get_raw(pdf, field, "P")), i;
    struct pdf_obj *old = pdf_get(pdf, pdf_object(pdf, from), "Annots");
    struct pdf_obj *rest = pdf_new_array(pdf);
    size_t k;

    if (from == to)
        return;
    for (k = 0; k < pdf_len(old); k++)
        if (pdf_ref_number(pdf_raw_at(old, k)) != number)
            pdf_push(pdf, rest, pdf_copy(pdf, pdf_raw_at(old, k)));
    pdf_set(pdf, pdf_object(pdf, from), "Annots", pdf_len(rest) ? rest : NULL);
    pdf_push_ref(pdf, pdf_need_array(pdf, pdf_object(pdf, to), "Annots"), number);
    pdf_set_name(pdf, pdf_object(pdf, to), "Tabs", "S");
    pdf_set_ref(pdf, field, "P", to);
    for (i = 1; i < pdf_objects(pdf); i++) {
        struct pdf_obj *form = pdf_object(pdf, i);

        if (pdf_is_name(pdf_get(pdf, form, "S"), "Form") &&
            pdf_ref_number(pdf_get_raw(pdf, pdf_get(pdf, form, "K"), "Obj")) == number)
            pdf_set_ref(pdf, form, "Pg", to);
    }
}

int field_show(struct pdf *pdf, struct pdf_obj *field, const char *name,
               struct diag *d)
{
    struct pdf_obj *look, *box, *rect;
    const struct pdf_obj *area;
    int i, page = 0;

    area = area_of(pdf, name, &page);
    if (!area)
        return fault(pdf, "no page has a place for a visible seal (a figure called 'seal')",
                     d);
    move_field(pdf, field, page);
    look = pdf_new_stream(pdf);
    pdf_set_name(pdf, look, "Type", "XObject");
    pdf_set_name(pdf, look, "Subtype", "Form");
    box = pdf_need_array(pdf, look, "BBox");
    rect = pdf_new_array(pdf);
    for (i = 0; i < 4; i++) {
        double from = pdf_number(pdf_at(pdf, area, (size_t)(i & 1)));
        double to = pdf_number(pdf_at(pdf, area, (size_t)i));

        pdf_push(pdf, rect, pdf_new_real(pdf, to));
        pdf_push(pdf, box, pdf_new_real(pdf, to - from));
    }
    pdf_stream_set(pdf, look, "", 0, 0);
    pdf_set(pdf, field, "Rect", rect);
    pdf_set_ref(pdf, pdf_need_dict(pdf, field, "AP"), "N", pdf_add(pdf, look));
    return 0;
}
