/* The seals as PDF has them: where they lie, what they cover, what follows them. The signatures
 * themselves are judged by cms.c. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "strbuf.h"

enum { FIELD_DEPTH_LIMIT = 32, SEALS_LIMIT = 50 };

/* One signature dictionary. */
struct found {
    struct pdf_obj *sig;
    int number;
    struct check_hole hole; /* covers is 0 when ByteRange is wrong */
    char label[40];         /* in messages */
};

static char *text_or_null(struct check *c, const struct pdf_obj *dict, const char *key)
{
    struct strbuf text = STRBUF_INIT;

    if (!pdf_get(c->pdf, dict, key) || pdf_text(pdf_get(c->pdf, dict, key), &text)) {
        strbuf_release(&text);
        return NULL;
    }
    return strbuf_detach(&text, NULL);
}

/* ---- what a seal covers ---------------------------------------------------------------------- */

/* Whether the bytes of the hole are the hexadecimal string of Contents and nothing else; an
 * explanation, or NULL. One spelling is accepted, so that no byte of the hole is free. */
static const char *hole_fault(struct check *c, const struct check_hole *hole,
                              const struct pdf_obj *contents)
{
    static const char key[] = "/Contents";
    const size_t key_len = sizeof key - 1;
    size_t n = 0, i, digits = hole->end - hole->at - 2, before = hole->at;
    const unsigned char *value = (const unsigned char *)pdf_string(contents, &n);
    int upper = 0, lower = 0;

    if (c->bytes[hole->at] != '<' || c->bytes[hole->end - 1] != '>')
        return "it is not enclosed in '<' and '>'";
    if (before && c->bytes[before - 1] == ' ')
        before--;
    if (before < key_len || memcmp(c->bytes + before - key_len, key, key_len))
        return "no /Contents stands before it";
    if (!value || digits != 2 * n)
        return "its length is not that of Contents";
    for (i = 0; i < digits; i++) {
        char digit = c->bytes[hole->at + 1 + i];
        int nibble = i % 2 ? value[i / 2] & 15 : value[i / 2] >> 4;

        upper |= digit >= 'A' && digit <= 'F';
        lower |= digit >= 'a' && digit <= 'f';
        if (digit != "0123456789abcdef"[nibble] && digit != "0123456789ABCDEF"[nibble])
            return "it is not the value of Contents";
    }
    return upper && lower ? "its hexadecimal digits are in two spellings" : NULL;
}

/* Reads ByteRange into F. Returns 0, or -1 after reporting. */
static int read_byte_range(struct check *c, struct found *f)
{
    const struct pdf_obj *range = pdf_get(c->pdf, f->sig, "ByteRange");
    const struct pdf_obj *contents = pdf_get(c->pdf, f->sig, "Contents");
    long long r[4];
    const char *fault;
    size_t i;

    if (pdf_len(range) != 4)
        return check_find(c, CHECK_BYTE_RANGE, f->label, "it has not four numbers");
    for (i = 0; i < 4; i++) {
        if (pdf_kind(pdf_at(c->pdf, range, i)) != PDF_INT)
            return check_find(c, CHECK_BYTE_RANGE, f->label, "it has not four numbers");
        r[i] = pdf_int(pdf_at(c->pdf, range, i));
        if (r[i] < 0 || (unsigned long long)r[i] > c->n)
            return check_find(c, CHECK_BYTE_RANGE, f->label, "a number is not in the file");
    }
    if (r[0] || r[1] < 1 || r[2] < r[1] + 4 || (size_t)(r[2] + r[3]) > c->n)
        return check_find(c, CHECK_BYTE_RANGE, f->label,
                          "it is not the beginning of the file, a hole, and what follows it");
    f->hole.at = (size_t)r[1];
    f->hole.end = (size_t)r[2];
    fault = hole_fault(c, &f->hole, contents);
    if (fault)
        return check_find(c, CHECK_HOLE, f->label, fault);
    f->hole.covers = (size_t)(r[2] + r[3]);
    return 0;
}

static size_t revision_of(struct check *c, size_t covers)
{
    size_t i;

    for (i = 0; i < pdf_revisions(c->pdf); i++)
        if (pdf_revision_end(c->pdf, i) == covers)
            return i + 1;
    return 0;
}

/* ---- the form -------------------------------------------------------------------------------- */

/* The field whose value is object NUMBER, or NULL. */
static const struct pdf_obj *field_with(struct check *c, const struct pdf_obj *fields, int number,
                                        int depth)
{
    const struct pdf_obj *field, *found;
    size_t i;

    if (depth > FIELD_DEPTH_LIMIT)
        return NULL;
    for (i = 0; i < pdf_len(fields) && !check_work(c, 1); i++) {
        field = pdf_at(c->pdf, fields, i);
        if (pdf_is_name(pdf_get(c->pdf, field, "FT"), "Sig") &&
            pdf_ref_number(pdf_get_raw(c->pdf, field, "V")) == number)
            return field;
        found = field_with(c, pdf_get(c->pdf, field, "Kids"), number, depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

static void check_field(struct check *c, const struct found *f, struct pdfcheck_seal *seal)
{
    const struct pdf_obj *form = pdf_get(c->pdf, pdf_catalog(c->pdf), "AcroForm"), *field;

    check_ask(c);
    field = field_with(c, pdf_get(c->pdf, form, "Fields"), f->number, 0);
    if (!field)
        check_find(c, CHECK_STRAY_SEAL, f->label);
    else
        seal->field = text_or_null(c, field, "T");
}

/* ---- one seal -------------------------------------------------------------------------------- */

static void check_entries(struct check *c, const struct found *f, struct pdfcheck_seal *seal)
{
    const struct pdf_obj *subfilter = pdf_get(c->pdf, f->sig, "SubFilter");
    const struct pdf_obj *m = pdf_get(c->pdf, f->sig, "M");

    c->report->checks += 3; /* SubFilter, M, Cert */
    if (!pdf_is_name(subfilter, "ETSI.CAdES.detached"))
        check_find(c, CHECK_SUBFILTER, f->label, pdf_name(subfilter) ? pdf_name(subfilter) : "");
    if (!m || pdf_date(m, &seal->claimed))
        check_find(c, CHECK_CLAIMED_TIME, f->label, "the claimed time (M) is missing or no date");
    if (pdf_get(c->pdf, f->sig, "Cert"))
        check_find(c, CHECK_SEAL_ENTRY, f->label, "Cert");
    seal->reason = text_or_null(c, f->sig, "Reason");
    seal->location = text_or_null(c, f->sig, "Location");
}

static void check_seal(struct check *c, struct found *f)
{
    struct pdfcheck_report *r = c->report;
    struct pdfcheck_seal *seal;
    const char *contents;
    size_t n = 0;

    ALLOC_GROW(r->seals, r->seals_n, r->seals_cap);
    seal = &r->seals[r->seals_n++];
    memset(seal, 0, sizeof *seal);
    seal->claimed = PDFCHECK_NO_DATE;
    seal->trusted = -1;
    check_field(c, f, seal);
    check_entries(c, f, seal);
    c->report->checks += 2; /* ByteRange, hole */
    if (!f->hole.covers)
        return;
    seal->covers = f->hole.covers;
    seal->revision = revision_of(c, f->hole.covers);
    if (!seal->revision)
        check_find(c, CHECK_UNCLEAR_END, f->label, f->hole.covers);
    contents = pdf_string(pdf_get(c->pdf, f->sig, "Contents"), &n);
    check_cms(c, seal, f->label, contents, n, &f->hole);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int compare_found(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    if (x->hole.covers != y->hole.covers)
        return x->hole.covers < y->hole.covers ? -1 : 1;
    return x->number - y->number;
}

/* Finds the signature dictionaries among all objects: one that no field shows counts too. */
static size_t find_all(struct check *c, struct found **found)
{
    size_t n = 0, cap = 0, i;
    int number;

    *found = NULL;
    for (number = 1; number < pdf_objects(c->pdf); number++) {
        struct pdf_obj *obj = pdf_object(c->pdf, number);
        const struct pdf_obj *type = pdf_get(c->pdf, obj, "Type");

        if (pdf_kind(obj) != PDF_DICT ||
            (!pdf_get_raw(c->pdf, obj, "ByteRange") && !pdf_is_name(type, "Sig") &&
             !pdf_is_name(type, "DocTimeStamp")))
            continue;
        ALLOC_GROW(*found, n, cap);
        memset(&(*found)[n], 0, sizeof **found);
        (*found)[n].sig = obj;
        (*found)[n].number = number;
        snprintf((*found)[n].label, sizeof (*found)[n].label, "seal in object %d", number);
        n++;
    }
    for (i = 0; i < n; i++)
        read_byte_range(c, &(*found)[i]);
    if (n)
        qsort(*found, n, sizeof **found, compare_found);
    if (n > SEALS_LIMIT) {
        check_find(c, CHECK_MANY_SEALS, n, SEALS_LIMIT);
        n = SEALS_LIMIT;
    }
    return n;
}

/* What follows the last seal is nobody's word. */
static void check_end(struct check *c, size_t covered)
{
    size_t last = pdf_revisions(c->pdf), first = 1, i;

    check_ask(c);
    if (!covered || covered >= c->n)
        return;
    for (i = 0; i < last; i++)
        if (pdf_revision_end(c->pdf, i) <= covered)
            first = i + 2;
    if (first > last)
        first = last;
    if (c->options->allow_revisions)
        check_find(c, CHECK_LATER_ALLOWED, c->n - covered, first, last);
    else
        check_find(c, CHECK_LATER, c->n - covered, first, last);
}

void check_seals(struct check *c)
{
    const struct pdf_obj *form = pdf_get(c->pdf, pdf_catalog(c->pdf), "AcroForm");
    long long flags = pdf_int(pdf_get(c->pdf, form, "SigFlags"));
    struct found *found;
    size_t n = find_all(c, &found), covered = 0, i;

    check_ask(c);
    if (!n && !c->options->unsealed)
        check_find(c, CHECK_NO_SEAL);
    if (n && (flags & 3) != 3)
        check_find(c, CHECK_SIG_FLAGS, flags);
    for (i = 0; i < n; i++) {
        if (pdf_is_name(pdf_get(c->pdf, found[i].sig, "Type"), "DocTimeStamp"))
            check_find(c, CHECK_TIME_STAMP, found[i].label);
        else
            check_seal(c, &found[i]);
        if (found[i].hole.covers > covered)
            covered = found[i].hole.covers;
    }
    if (n)
        check_end(c, covered);
    if (n && c->report->status && strcmp(c->report->status, "issued"))
        check_find(c, CHECK_SEALED_SPECIMEN);
    free(found);
}
