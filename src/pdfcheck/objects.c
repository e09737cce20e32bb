/* What must not, or must, be in any object of an archive file (ISO 19005-3). All objects are
 * walked, also those that no page uses: a reader may find them. */
#include "examine.h"

#include <string.h>

#include "messages.h"

enum { DEPTH_LIMIT = 200 };

static int is_one_of(const struct pdf_obj *name, const char *const *list)
{
    for (; *list; list++)
        if (pdf_is_name(name, *list))
            return 1;
    return 0;
}

static const char *name_or(const struct pdf_obj *obj, const char *otherwise)
{
    return pdf_kind(obj) == PDF_NAME ? pdf_name(obj) : otherwise;
}

/* ---- streams --------------------------------------------------------------------------------- */

static void check_filter(struct check *c, int number, const struct pdf_obj *filter)
{
    static const char *const allowed[] = { "FlateDecode",    "DCTDecode",       "CCITTFaxDecode",
                                           "RunLengthDecode", "ASCIIHexDecode", "ASCII85Decode",
                                           "JBIG2Decode",    "JPXDecode",       NULL };
    size_t i;

    if (pdf_kind(filter) == PDF_ARRAY)
        for (i = 0; i < pdf_len(filter); i++) {
            const struct pdf_obj *one = pdf_at(c->pdf, filter, i);

            if (!is_one_of(one, allowed))
                check_find(c, CHECK_FILTER, number, name_or(one, "?"));
        }
    else if (filter && !is_one_of(filter, allowed))
        check_find(c, CHECK_FILTER, number, name_or(filter, "?"));
}

static void check_image(struct check *c, int number, const struct pdf_obj *image)
{
    const struct pdf_obj *space = pdf_get(c->pdf, image, "ColorSpace");

    if (pdf_is_name(pdf_at(c->pdf, space, 0), "Indexed"))
        space = pdf_at(c->pdf, space, 1);
    if (pdf_is_name(space, "DeviceCMYK"))
        check_find(c, CHECK_IMAGE_COLOUR, number);
    if (pdf_bool(pdf_get(c->pdf, image, "Interpolate")))
        check_find(c, CHECK_INTERPOLATE, number);
    if (pdf_get(c->pdf, image, "Alternates"))
        check_find(c, CHECK_IMAGE, number, "alternates");
    if (pdf_get(c->pdf, image, "OPI"))
        check_find(c, CHECK_IMAGE, number, "an OPI entry");
}

static void check_stream(struct check *c, int number, const struct pdf_obj *stream)
{
    const struct pdf_obj *subtype = pdf_get(c->pdf, stream, "Subtype");

    if (pdf_get(c->pdf, stream, "F") || pdf_get(c->pdf, stream, "FFilter") ||
        pdf_get(c->pdf, stream, "FDecodeParms"))
        check_find(c, CHECK_EXTERNAL_STREAM, number);
    check_filter(c, number, pdf_get(c->pdf, stream, "Filter"));
    if (pdf_is_name(subtype, "Image"))
        check_image(c, number, stream);
    if (pdf_is_name(subtype, "PS") || pdf_is_name(pdf_get(c->pdf, stream, "Subtype2"), "PS"))
        check_find(c, CHECK_POSTSCRIPT, number);
    if (pdf_is_name(subtype, "Form")) {
        if (pdf_get(c->pdf, stream, "OPI"))
            check_find(c, CHECK_XOBJECT, number, "an OPI entry");
        if (pdf_get(c->pdf, stream, "Ref"))
            check_find(c, CHECK_XOBJECT, number, "a reference to another file");
    }
}

/* ---- fonts ----------------------------------------------------------------------------------- */

/* Fonts whose codes are known without a map (6.2.11.7.2). */
static int has_known_codes(struct check *c, const struct pdf_obj *font)
{
    static const char *const known[] = { "WinAnsiEncoding", "MacRomanEncoding",
                                         "MacExpertEncoding", NULL };
    const struct pdf_obj *encoding = pdf_get(c->pdf, font, "Encoding");

    return is_one_of(encoding, known);
}

static void check_font(struct check *c, int number, const struct pdf_obj *font)
{
    static const char *const simple[] = { "Type1", "MMType1", "TrueType", NULL };
    static const char *const cid[] = { "CIDFontType0", "CIDFontType2", NULL };
    const struct pdf_obj *subtype = pdf_get(c->pdf, font, "Subtype");
    const struct pdf_obj *descriptor = pdf_get(c->pdf, font, "FontDescriptor");
    const char *name = name_or(pdf_get(c->pdf, font, "BaseFont"), "?");

    if ((is_one_of(subtype, simple) || is_one_of(subtype, cid)) &&
        pdf_kind(pdf_get(c->pdf, descriptor, "FontFile")) != PDF_STREAM &&
        pdf_kind(pdf_get(c->pdf, descriptor, "FontFile2")) != PDF_STREAM &&
        pdf_kind(pdf_get(c->pdf, descriptor, "FontFile3")) != PDF_STREAM)
        check_find(c, CHECK_FONT_FILE, number, name);
    if (pdf_is_name(subtype, "CIDFontType2") && !pdf_get(c->pdf, font, "CIDToGIDMap"))
        check_find(c, CHECK_GID_MAP, number, name);
    if (!is_one_of(subtype, cid) && pdf_kind(pdf_get(c->pdf, font, "ToUnicode")) != PDF_STREAM &&
        !has_known_codes(c, font))
        check_find(c, CHECK_UNICODE, number, name);
}

/* ---- annotations and actions ----------------------------------------------------------------- */

enum { ANNOT_INVISIBLE = 1, ANNOT_HIDDEN = 2, ANNOT_PRINT = 4, ANNOT_NO_VIEW = 32,
       ANNOT_TOGGLE_NO_VIEW = 256 };

static int has_no_area(struct check *c, const struct pdf_obj *annot)
{
    const struct pdf_obj *rect = pdf_get(c->pdf, annot, "Rect");

    return pdf_len(rect) == 4 &&
           pdf_number(pdf_at(c->pdf, rect, 0)) == pdf_number(pdf_at(c->pdf, rect, 2)) &&
           pdf_number(pdf_at(c->pdf, rect, 1)) == pdf_number(pdf_at(c->pdf, rect, 3));
}

static void check_annot(struct check *c, int number, const struct pdf_obj *annot)
{
    static const char *const allowed[] = {
        "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
        "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment",
        "Widget", "PrinterMark", "TrapNet", "Watermark", "Redact", NULL
    };
    const struct pdf_obj *subtype = pdf_get(c->pdf, annot, "Subtype");
    long long flags = pdf_int(pdf_get(c->pdf, annot, "F"));

    if (!is_one_of(subtype, allowed))
        check_find(c, CHECK_ANNOT_TYPE, number, name_or(subtype, "?"));
    if (!pdf_is_name(subtype, "Popup") &&
        (!(flags & ANNOT_PRINT) || (flags & (ANNOT_INVISIBLE | ANNOT_HIDDEN | ANNOT_NO_VIEW |
                                             ANNOT_TOGGLE_NO_VIEW))))
        check_find(c, CHECK_ANNOT_FLAGS, number, flags);
    if (!pdf_is_name(subtype, "Popup") && !pdf_is_name(subtype, "Link") && !has_no_area(c, annot) &&
        !pdf_get(c->pdf, pdf_get(c->pdf, annot, "AP"), "N"))
        check_find(c, CHECK_APPEARANCE, number);
    if (pdf_is_name(subtype, "Widget") && (pdf_get(c->pdf, annot, "A")))
        check_find(c, CHECK_FORM, "a field has an action");
}

/* 6.5.1 names what is forbidden; anything unknown is forbidden here too. */
static void check_action(struct check *c, int number, const struct pdf_obj *action)
{
    static const char *const allowed[] = { "GoTo", "GoToR", "GoToE", "Thread", "URI", "Named",
                                           "SubmitForm", NULL };
    static const char *const named[] = { "NextPage", "PrevPage", "FirstPage", "LastPage", NULL };
    const struct pdf_obj *s = pdf_get(c->pdf, action, "S");

    if (pdf_kind(action) != PDF_DICT)
        return;
    if (!is_one_of(s, allowed))
        check_find(c, CHECK_ACTION, number, name_or(s, "?"));
    else if (pdf_is_name(s, "Named") && !is_one_of(pdf_get(c->pdf, action, "N"), named))
        check_find(c, CHECK_ACTION, number, name_or(pdf_get(c->pdf, action, "N"), "Named"));
}

static int is_action_key(const char *key)
{
    return !strcmp(key, "A") || !strcmp(key, "OpenAction") || !strcmp(key, "Next");
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void check_dict(struct check *c, int number, const struct pdf_obj *dict)
{
    const struct pdf_obj *type = pdf_get(c->pdf, dict, "Type");

    if (pdf_is_name(type, "Font"))
        check_font(c, number, dict);
    if (pdf_is_name(type, "Annot"))
        check_annot(c, number, dict);
    if (pdf_is_name(type, "Action"))
        check_action(c, number, dict);
    if (pdf_get(c->pdf, dict, "JS"))
        check_find(c, CHECK_ACTION, number, "JavaScript");
    if (pdf_get(c->pdf, dict, "JavaScript"))
        check_find(c, CHECK_ACTION, number, "JavaScript in the name tree");
    if (pdf_get(c->pdf, dict, "AA") && dict != pdf_catalog(c->pdf))
        check_find(c, CHECK_TRIGGER, number);
}

static void walk(struct check *c, int number, const struct pdf_obj *obj, int depth)
{
    const char *key;
    struct pdf_obj *value;
    size_t i;

    if (depth > DEPTH_LIMIT || check_work(c, 1))
        return;
    switch (pdf_kind(obj)) {
    case PDF_ARRAY:
        for (i = 0; i < pdf_len(obj); i++)
            walk(c, number, pdf_raw_at(obj, i), depth + 1);
        break;
    case PDF_STREAM:
        check_stream(c, number, obj);
        /* fall through */
    case PDF_DICT:
        check_dict(c, number, obj);
        for (i = 0; pdf_dict_at(obj, i, &key, &value); i++) {
            /* An action without /Type is one by its place; one with it is met as itself. */
            if (is_action_key(key) &&
                !pdf_is_name(pdf_get(c->pdf, pdf_resolve(c->pdf, value), "Type"), "Action") &&
                pdf_get(c->pdf, pdf_resolve(c->pdf, value), "S") &&
                !pdf_is_name(pdf_get(c->pdf, obj, "Type"), "StructElem"))
                check_action(c, number, pdf_resolve(c->pdf, value));
            walk(c, number, value, depth + 1);
        }
        break;
    default:
        break;
    }
}

/* Annotations may leave their Type out; on a page they are what they are. */
static void check_page_annots(struct check *c, size_t page)
{
    const struct pdf_obj *annots = pdf_get(c->pdf, pdf_page(c->pdf, page), "Annots"), *annot;
    size_t i;

    for (i = 0; i < pdf_len(annots) && !check_work(c, 1); i++) {
        annot = pdf_at(c->pdf, annots, i);
        if (!pdf_is_name(pdf_get(c->pdf, annot, "Type"), "Annot"))
            check_annot(c, pdf_owner(annot), annot);
    }
}

void check_objects(struct check *c)
{
    size_t page;
    int i;

    c->report->checks += 9; /* streams, filters, images, forms, fonts (3), annotations, actions */
    for (i = 1; i < pdf_objects(c->pdf); i++)
        walk(c, i, pdf_object(c->pdf, i), 0);
    for (page = 0; page < pdf_pages(c->pdf); page++)
        check_page_annots(c, page);
}
