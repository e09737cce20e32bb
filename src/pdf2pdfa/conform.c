#include "conform.h"

#include <string.h>

#include "messages.h"

enum { ANNOTATION_PRINT = 4, ANNOTATION_HIDING = 1 | 2 | 32 | 256 };

struct sweep {
    struct pdf *pdf;
    struct diag *d;
    struct diag_place place;
    int number;     /* of the object being looked at */
    int faulty;
};

/* 6.5.1 */
static const char *const actions[] = {
    "Launch", "Sound", "Movie", "ResetForm", "ImportData", "JavaScript", "Hide", "SetOCGState",
    "Rendition", "Trans", "GoTo3DView", "SubmitForm", NULL,
};
/* 6.1.7.2, 6.1.10 */
static const char *const filters[] = { "LZWDecode", "LZW", "Crypt", NULL };
/* 6.2.4.3: without an output intent of their own kind */
static const char *const colours[] = { "DeviceCMYK", NULL };

static int is_one_of(const struct pdf_obj *obj, const char *const *names)
{
    const char *name = pdf_name(obj);

    while (name && *names)
        if (!strcmp(*names++, name))
            return 1;
    return 0;
}

/* ---- fonts: 6.2.11 -------------------------------------------------------------------------- */

static int is_embedded(struct sweep *s, const struct pdf_obj *font)
{
    const struct pdf_obj *descriptor = pdf_get(s->pdf, font, "FontDescriptor");

    return pdf_get(s->pdf, descriptor, "FontFile") || pdf_get(s->pdf, descriptor, "FontFile2") ||
           pdf_get(s->pdf, descriptor, "FontFile3");
}

static void font(struct sweep *s, struct pdf_obj *obj)
{
    struct pdf_obj *subtype = pdf_get(s->pdf, obj, "Subtype");
    const char *name = pdf_name(pdf_get(s->pdf, obj, "BaseFont"));
    int is_cid = pdf_is_name(subtype, "CIDFontType0") || pdf_is_name(subtype, "CIDFontType2");
    int is_type0 = pdf_is_name(subtype, "Type0"), is_type3 = pdf_is_name(subtype, "Type3");

    if (!name)
        name = "";
    if (!is_type0 && !is_type3 && !is_embedded(s, obj))
        s->faulty = diag_at(s->d, &s->place, PDFA_FONT, s->number, name);
    if (!is_cid && !pdf_get(s->pdf, obj, "ToUnicode"))
        s->faulty = diag_at(s->d, &s->place, PDFA_TO_UNICODE, s->number, name);
    if (pdf_is_name(subtype, "CIDFontType2") && !pdf_get(s->pdf, obj, "CIDToGIDMap"))
        pdf_set_name(s->pdf, obj, "CIDToGIDMap", "Identity");
}

/* ---- everything else ------------------------------------------------------------------------ */

/* 6.3.2: printed, and not hidden. */
static void annotation(struct sweep *s, struct pdf_obj *obj)
{
    long long flags = pdf_int(pdf_get(s->pdf, obj, "F"));

    if (pdf_is_name(pdf_get(s->pdf, obj, "Subtype"), "Popup"))
        return;
    if ((flags | ANNOTATION_PRINT) != flags || (flags & ANNOTATION_HIDING))
        pdf_set_int(s->pdf, obj, "F", (flags | ANNOTATION_PRINT) & ~(long long)ANNOTATION_HIDING);
}

static void filter(struct sweep *s, const struct pdf_obj *value)
{
    size_t i;

    if (is_one_of(value, filters))
        s->faulty = diag_at(s->d, &s->place, PDFA_FILTER, s->number, pdf_name(value));
    for (i = 0; i < pdf_len(value); i++)
        filter(s, pdf_at(s->pdf, value, i));
}

static void forbid(struct sweep *s, const struct pdf_obj *dict, const char *key)
{
    if (pdf_get_raw(s->pdf, dict, key))
        s->faulty = diag_at(s->d, &s->place, PDFA_FORBIDDEN, s->number, key);
}

static void stream(struct sweep *s, struct pdf_obj *obj)
{
    struct pdf_obj *subtype = pdf_get(s->pdf, obj, "Subtype");
    struct pdf_obj *space = pdf_get(s->pdf, obj, "ColorSpace");

    filter(s, pdf_get(s->pdf, obj, "Filter"));
    forbid(s, obj, "F"); /* the data of a stream in another file: 6.1.7.1 */
    if (pdf_is_name(subtype, "Image")) {
        pdf_set(s->pdf, obj, "Interpolate", NULL); /* 6.2.8 */
        forbid(s, obj, "Alternates");
        forbid(s, obj, "OPI");
        if (is_one_of(space, colours) || is_one_of(pdf_at(s->pdf, space, 0), colours))
            s->faulty = diag_at(s->d, &s->place, PDFA_COLOUR, s->number,
                                pdf_name(space) ? pdf_name(space) : pdf_name(pdf_at(s->pdf, space, 0)));
    } else if (pdf_is_name(subtype, "Form")) {
        forbid(s, obj, "OPI");
        forbid(s, obj, "PS");
        forbid(s, obj, "Ref");
    } else if (pdf_is_name(subtype, "PS")) {
        s->faulty = diag_at(s->d, &s->place, PDFA_FORBIDDEN, s->number, "PS");
    }
}

static void dictionary(struct sweep *s, struct pdf_obj *obj)
{
    struct pdf_obj *type = pdf_get(s->pdf, obj, "Type");
    struct pdf_obj *action = pdf_get(s->pdf, obj, "A");

    if (pdf_is_name(type, "Font"))
        font(s, obj);
    else if (pdf_is_name(type, "Annot"))
        annotation(s, obj);
    else if (pdf_is_name(type, "Action") && is_one_of(pdf_get(s->pdf, obj, "S"), actions))
        s->faulty = diag_at(s->d, &s->place, PDFA_ACTION, s->number,
                            pdf_name(pdf_get(s->pdf, obj, "S")));
    else if (pdf_is_name(type, "Catalog") || pdf_is_name(type, "Page"))
        forbid(s, obj, "AA");
    if (pdf_is_name(type, "Catalog") && pdf_kind(pdf_get(s->pdf, obj, "OpenAction")) == PDF_DICT)
        action = pdf_get(s->pdf, obj, "OpenAction");
    if (pdf_kind(action) == PDF_DICT && !pdf_get(s->pdf, action, "Type") &&
        is_one_of(pdf_get(s->pdf, action, "S"), actions))
        s->faulty = diag_at(s->d, &s->place, PDFA_ACTION, s->number,
                            pdf_name(pdf_get(s->pdf, action, "S")));
    if (is_one_of(pdf_get(s->pdf, obj, "CS"), colours))
        s->faulty = diag_at(s->d, &s->place, PDFA_COLOUR, s->number,
                            pdf_name(pdf_get(s->pdf, obj, "CS")));
}

/* All dictionaries of an object; the reader and the makers of objects keep them shallow. */
static void look(struct sweep *s, struct pdf_obj *obj)
{
    struct pdf_obj *value;
    const char *key;
    size_t i;

    if (pdf_kind(obj) == PDF_STREAM)
        stream(s, obj);
    if (pdf_kind(obj) == PDF_DICT)
        dictionary(s, obj);
    for (i = 0; pdf_dict_at(obj, i, &key, &value); i++)
        if (pdf_kind(value) == PDF_DICT || pdf_kind(value) == PDF_ARRAY)
            look(s, value);
    for (i = 0; i < pdf_len(obj); i++) {
        value = pdf_raw_at(obj, i);
        if (pdf_kind(value) == PDF_DICT || pdf_kind(value) == PDF_ARRAY)
            look(s, value);
    }
}

int conform(struct pdf *pdf, struct diag *d)
{
    struct sweep s = { .pdf = pdf, .d = d, .place = { .file = pdf_name_of_file(pdf) } };

    for (s.number = 1; s.number < pdf_objects(pdf); s.number++)
        look(&s, pdf_object(pdf, s.number));
    return s.faulty;
}
