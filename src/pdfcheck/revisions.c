/* What was appended to the file after it was sealed. Allowed are validation data (the catalog's DSS)
 * and archive time stamps, as pdfsign appends them (EN 319 142-1 5.4, 5.5): new objects that nothing
 * else refers to. Whatever else another reader could show differently is a change: incremental
 * saving, shadow attacks and the attacks on certified documents all need one. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "strbuf.h"

enum { FAULTS_SHOWN = 20, STORE_DEPTH_LIMIT = 20 };
enum { VALUES_LIMIT = 2000000 }; /* twice that many are in memory when the file is compared */

struct changes {
    struct check *c;
    struct pdf *old;       /* the file as it was sealed */
    unsigned char *judged; /* by object number: its change is allowed, or was reported */
    int faults;
};

static void fault(struct changes *ch, int number, const char *what)
{
    if (ch->faults++ < FAULTS_SHOWN && !ch->c->options->allow_revisions)
        check_find(ch->c, CHECK_CHANGED_AFTER, number, what);
}

static int same(struct changes *ch, const struct pdf_obj *old, const struct pdf_obj *new)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    int same;

    if (!old || !new || pdf_kind(old) != pdf_kind(new))
        return !old && !new;
    pdf_print(old, &a);
    pdf_print(new, &b);
    same = a.len == b.len && !memcmp(a.buf, b.buf, a.len);
    check_work(ch->c, (a.len + b.len) / 16 + 1);
    if (same && pdf_kind(old) == PDF_STREAM) {
        size_t n, m;
        const char *raw = pdf_stream_raw(old, &n), *other = pdf_stream_raw(new, &m);

        check_work(ch->c, n / 64);
        same = n == m && (!n || !memcmp(raw, other, n));
    }
    strbuf_release(&a);
    strbuf_release(&b);
    return same;
}

static int is_new(const struct changes *ch, int number)
{
    return number > 0 && !pdf_object(ch->old, number);
}

/* Whether all entries but those called KEYS (NULL at the end) are the same. */
static int same_but(struct changes *ch, const struct pdf_obj *old, const struct pdf_obj *new,
                    const char *const *keys)
{
    const struct pdf_obj *of[2] = { old, new };
    const char *key;
    struct pdf_obj *value;
    size_t i, k, side;

    for (side = 0; side < 2; side++)
        for (i = 0; pdf_dict_at(of[side], i, &key, &value); i++) {
            for (k = 0; keys[k] && strcmp(keys[k], key); k++)
                ;
            if (!keys[k] && !same(ch, pdf_get_raw(ch->old, old, key),
                                  pdf_get_raw(ch->c->pdf, new, key)))
                return 0;
        }
    return 1;
}

/* Marks the new objects that VALUE leads to. One that was there before is compared like any. */
static void allow_new(struct changes *ch, struct pdf_obj *value, int depth)
{
    struct pdf *pdf = ch->c->pdf;
    int number = pdf_ref_number(value);
    const char *key;
    size_t i;

    if (depth > STORE_DEPTH_LIMIT || check_work(ch->c, 1))
        return;
    if (number) {
        if (!is_new(ch, number) || ch->judged[number])
            return;
        ch->judged[number] = 1;
    }
    value = pdf_resolve(pdf, value);
    for (i = 0; i < pdf_len(value); i++)
        allow_new(ch, pdf_raw_at(value, i), depth + 1);
    if (pdf_kind(value) == PDF_DICT || pdf_kind(value) == PDF_STREAM) {
        struct pdf_obj *entry;

        for (i = 0; pdf_dict_at(value, i, &key, &entry); i++)
            allow_new(ch, entry, depth + 1);
    }
}

/* An archive time stamp's field: a widget without extent or appearance, so that nothing is shown. */
static int is_stamp_field(struct changes *ch, int number)
{
    static const char *const known[] = { "Type", "Subtype", "FT", "T", "TU", "F", "Rect", "P", "V",
                                         NULL };
    struct pdf *pdf = ch->c->pdf;
    const struct pdf_obj *field = pdf_object(pdf, number), *rect = pdf_get(pdf, field, "Rect");
    const struct pdf_obj *stamp = pdf_get(pdf, field, "V");
    int stamp_number = pdf_ref_number(pdf_get_raw(pdf, field, "V"));
    const char *key;
    struct pdf_obj *value;
    size_t i, k;

    if (!is_new(ch, number) || pdf_kind(field) != PDF_DICT || !is_new(ch, stamp_number))
        return 0;
    for (i = 0; pdf_dict_at(field, i, &key, &value); i++) {
        for (k = 0; known[k] && strcmp(known[k], key); k++)
            ;
        if (!known[k])
            return 0;
    }
    if (!pdf_is_name(pdf_get(pdf, field, "FT"), "Sig") || pdf_len(rect) != 4 ||
        pdf_number(pdf_at(pdf, rect, 0)) != pdf_number(pdf_at(pdf, rect, 2)) ||
        pdf_number(pdf_at(pdf, rect, 1)) != pdf_number(pdf_at(pdf, rect, 3)) ||
        !pdf_is_name(pdf_get(pdf, stamp, "Type"), "DocTimeStamp"))
        return 0;
    ch->judged[number] = ch->judged[stamp_number] = 1;
    return 1;
}

/* Whether the list at KEY is what it was, with fields of archive time stamps after it. */
static int only_stamps_added(struct changes *ch, const struct pdf_obj *old,
                             const struct pdf_obj *new, const char *key)
{
    struct pdf_obj *raw = pdf_get_raw(ch->c->pdf, new, key);
    const struct pdf_obj *was = pdf_get(ch->old, old, key), *is = pdf_get(ch->c->pdf, new, key);
    int number = pdf_ref_number(raw);
    size_t i;

    if (pdf_len(is) < pdf_len(was) ||
        (number && number != pdf_ref_number(pdf_get_raw(ch->old, old, key)) && !is_new(ch, number)))
        return 0;
    for (i = 0; i < pdf_len(is) && !check_work(ch->c, 1); i++)
        if (i < pdf_len(was) ? !same(ch, pdf_raw_at(was, i), pdf_raw_at(is, i))
                             : !is_stamp_field(ch, pdf_ref_number(pdf_raw_at(is, i))))
            return 0;
    if (number)
        ch->judged[number] = 1;
    return 1;
}

static void check_form(struct changes *ch, const struct pdf_obj *old, const struct pdf_obj *new)
{
    static const char *const may_change[] = { "Fields", NULL };
    const struct pdf_obj *form = pdf_get(ch->c->pdf, new, "AcroForm");
    const struct pdf_obj *was = pdf_get(ch->old, old, "AcroForm");
    int number = pdf_ref_number(pdf_get_raw(ch->c->pdf, new, "AcroForm"));

    if (!form && !was)
        return;
    if (number != pdf_ref_number(pdf_get_raw(ch->old, old, "AcroForm")) ||
        !same_but(ch, was, form, may_change) || !only_stamps_added(ch, was, form, "Fields"))
        fault(ch, number ? number : pdf_owner(new), "the form");
    if (number)
        ch->judged[number] = 1;
}

static void check_root(struct changes *ch)
{
    static const char *const may_change[] = { "DSS", "Extensions", "AcroForm", NULL };
    const struct pdf_obj *old = pdf_catalog(ch->old), *new = pdf_catalog(ch->c->pdf);
    int number = pdf_owner(new);

    if (!same(ch, pdf_get_raw(ch->old, pdf_trailer(ch->old), "Root"),
              pdf_get_raw(ch->c->pdf, pdf_trailer(ch->c->pdf), "Root")) ||
        !same(ch, pdf_get_raw(ch->old, pdf_trailer(ch->old), "Info"),
              pdf_get_raw(ch->c->pdf, pdf_trailer(ch->c->pdf), "Info")) ||
        !same_but(ch, old, new, may_change))
        fault(ch, number, "the catalog");
    ch->judged[number] = 1;
    check_form(ch, old, new);
    allow_new(ch, pdf_get_raw(ch->c->pdf, new, "DSS"), 0);
    allow_new(ch, pdf_get_raw(ch->c->pdf, new, "Extensions"), 0);
}

static void check_pages(struct changes *ch)
{
    static const char *const may_change[] = { "Annots", NULL };
    size_t i;

    if (pdf_pages(ch->old) != pdf_pages(ch->c->pdf)) {
        fault(ch, pdf_owner(pdf_catalog(ch->c->pdf)), "the number of pages");
        return;
    }
    for (i = 0; i < pdf_pages(ch->old) && !check_work(ch->c, 1); i++) {
        const struct pdf_obj *old = pdf_page(ch->old, i), *new = pdf_page(ch->c->pdf, i);
        int number = pdf_page_number(ch->c->pdf, i);

        if (number != pdf_page_number(ch->old, i) || !same_but(ch, old, new, may_change) ||
            !only_stamps_added(ch, old, new, "Annots"))
            fault(ch, number, "a page");
        ch->judged[number] = 1;
    }
}

static void check_rest(struct changes *ch)
{
    struct pdf *pdf = ch->c->pdf;
    int number, n = pdf_objects(pdf), m = pdf_objects(ch->old);

    for (number = 1; number < n || number < m; number++) {
        const struct pdf_obj *old = number < m ? pdf_object(ch->old, number) : NULL;
        const struct pdf_obj *new = number < n ? pdf_object(pdf, number) : NULL;

        if (ch->judged[number] || (!old && !new) || check_work(ch->c, 1))
            continue;
        if (!old && (pdf_is_name(pdf_get(pdf, new, "Type"), "XRef") ||
                     pdf_is_name(pdf_get(pdf, new, "Type"), "ObjStm")))
            continue;
        if (!same(ch, old, new))
            fault(ch, number, !old ? "it was added" : !new ? "it was removed" : "its content");
    }
}

/* The file as it was with COVERS bytes; NULL after reporting. Release with pdf_free. */
static struct pdf *as_it_was(struct check *c, size_t covers)
{
    if (pdf_values(c->pdf) <= VALUES_LIMIT)
        return pdf_parse(c->bytes, covers, c->place.file, &c->d);
    check_find(c, CHECK_INTRICATE);
    return NULL;
}

int check_changes(struct check *c, size_t covers)
{
    struct changes ch = { .c = c };
    int n;

    check_ask(c);
    ch.old = as_it_was(c, covers);
    if (!ch.old)
        return 1;
    n = pdf_objects(c->pdf) > pdf_objects(ch.old) ? pdf_objects(c->pdf) : pdf_objects(ch.old);
    ch.judged = xcalloc((size_t)n + 1, 1);
    check_root(&ch);
    check_pages(&ch);
    check_rest(&ch);
    free(ch.judged);
    pdf_free(ch.old);
    return ch.faults;
}

int check_had_store(struct check *c, size_t covers)
{
    struct pdf *old = as_it_was(c, covers);
    int had = old && pdf_kind(pdf_get(old, pdf_catalog(old), "DSS")) == PDF_DICT;

    pdf_free(old);
    return had;
}
