/* The seals and document time stamps as PDF has them: where they lie, what they cover, what follows
 * them, and the level that they reach together (EN 319 142-1 6). The signatures themselves are
 * judged by cms.c, stamp.c and signer.c, later revisions by revisions.c. */
#include "cms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "strbuf.h"

enum { FIELD_DEPTH_LIMIT = 32, SEALS_LIMIT = 50, CLOCK_TOLERANCE = 3600 };

/* One signature dictionary. */
struct found {
    struct pdf_obj *sig;
    int number, is_stamp;
    struct check_hole hole;  /* covers is 0 when ByteRange is wrong */
    char label[40];          /* in messages */
    int sound;               /* what PDF says of it has no fault */
    struct cms *cms, *stamp; /* NULL: there is none, or it was not looked at */
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
    const char *wanted = f->is_stamp ? "ETSI.RFC3161" : "ETSI.CAdES.detached";

    c->report->checks += 3; /* SubFilter, M, Cert */
    if (!pdf_is_name(subfilter, wanted))
        check_find(c, CHECK_SUBFILTER, f->label, pdf_name(subfilter) ? pdf_name(subfilter) : "",
                   wanted);
    if (!f->is_stamp && (!m || pdf_date(m, &seal->claimed)))
        check_find(c, CHECK_CLAIMED_TIME, f->label, "the claimed time (M) is missing or no date");
    if (pdf_get(c->pdf, f->sig, "Cert"))
        check_find(c, CHECK_SEAL_ENTRY, f->label, "Cert");
    seal->reason = text_or_null(c, f->sig, "Reason");
    seal->location = text_or_null(c, f->sig, "Location");
}

/* Reads one signature: its place, its entries, its CMS, the time that it tells or was told. */
static void read_seal(struct check *c, struct found *f, struct pdfcheck_seal *seal)
{
    const char *contents;
    long errors = c->d.errors;
    size_t n = 0;

    seal->claimed = seal->stamped = PDFCHECK_NO_DATE;
    seal->trusted = seal->revoked = -1;
    seal->time_stamp = f->is_stamp;
    check_field(c, f, seal);
    check_entries(c, f, seal);
    c->report->checks += 2; /* ByteRange, hole */
    if (!f->hole.covers)
        return;
    seal->covers = f->hole.covers;
    seal->revision = revision_of(c, f->hole.covers);
    if (!seal->revision)
        check_find(c, CHECK_UNCLEAR_END, f->label, f->hole.covers);
    f->sound = c->d.errors == errors;
    contents = pdf_string(pdf_get(c->pdf, f->sig, "Contents"), &n);
    f->cms = cms_open(c, seal, f->label, f->is_stamp, contents, n, &f->hole);
    if (f->is_stamp)
        stamp_read(f->cms, NULL, 0);
    else
        f->stamp = stamp_of(f->cms);
    seal->intact = f->cms->intact;
    if (f->cms->name) {
        seal->signer = xstrdup(f->cms->name);
        seal->issuer = check_common_name(X509_get_issuer_name(f->cms->cert));
    }
}

/* ---- time, trust, level ---------------------------------------------------------------------- */

static int is_reliable(const struct cms *stamp)
{
    return stamp && stamp->sound && stamp->trusted;
}

/* The earliest moment at which F is proved to have been there; PDFCHECK_NO_DATE without proof. */
static time_t proved_time(const struct found *f, const struct found *all, size_t n)
{
    size_t i;

    if (is_reliable(f->stamp))
        return f->stamp->stamped;
    for (i = 0; i < n; i++)
        if (all[i].is_stamp && all[i].hole.covers > f->hole.covers && is_reliable(all[i].cms))
            return all[i].cms->stamped;
    return PDFCHECK_NO_DATE;
}

static void judge_stamp(struct check *c, struct cms *stamp, const struct proofs *p)
{
    if (stamp && stamp->intact)
        signer_judge(stamp, p,
                     c->options->at != PDFCHECK_NO_DATE ? c->options->at : stamp->stamped);
}

/* The level that the seal F reaches: 0 none, 1 B-B to 4 B-LTA. */
static int level_of(struct check *c, const struct found *f, const struct found *all, size_t n,
                    const struct proofs *p)
{
    size_t i;

    if (!f->sound || !f->cms->sound || !f->cms->trusted || f->cms->revoked == 1)
        return 0;
    if (proved_time(f, all, n) == PDFCHECK_NO_DATE)
        return 1;
    if (!p->stored || f->cms->revoked || (f->stamp && f->stamp->revoked))
        return 2;
    for (i = 0; i < n; i++)
        if (all[i].is_stamp && all[i].sound && is_reliable(all[i].cms) &&
            all[i].hole.covers > f->hole.covers && check_had_store(c, all[i].hole.covers))
            return 4;
    return 3;
}

static void judge_seal(struct check *c, const struct found *f, struct pdfcheck_seal *seal,
                       const struct found *all, size_t n, const struct proofs *p)
{
    time_t proved = proved_time(f, all, n), at = proved;

    seal->stamped = f->is_stamp ? f->cms->stamped : proved;
    if (is_reliable(f->stamp))
        seal->stamper = xstrdup(f->stamp->name);
    if (!f->is_stamp) {
        if (at == PDFCHECK_NO_DATE)
            at = seal->claimed;
        signer_judge(f->cms, p, c->options->at != PDFCHECK_NO_DATE ? c->options->at : at);
        if (proved != PDFCHECK_NO_DATE && seal->claimed > proved + CLOCK_TOLERANCE)
            check_find(c, CHECK_CLAIMS_LATER, f->label);
        seal->level = level_of(c, f, all, n, p);
    }
    seal->trusted = f->cms->trusted;
    seal->revoked = f->cms->revoked;
}

static void judge_all(struct check *c, struct found *found, size_t n)
{
    struct proofs p;
    size_t i;

    proofs_read(c, &p);
    for (i = 0; i < n; i++) {
        if (found[i].is_stamp)
            judge_stamp(c, found[i].cms, &p);
        judge_stamp(c, found[i].stamp, &p);
    }
    for (i = 0; i < n; i++)
        if (found[i].cms)
            judge_seal(c, &found[i], &c->report->seals[i], found, n, &p);
    proofs_release(&p);
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
        (*found)[n].is_stamp = pdf_is_name(type, "DocTimeStamp");
        snprintf((*found)[n].label, sizeof (*found)[n].label, "%s in object %d",
                 (*found)[n].is_stamp ? "time stamp" : "seal", number);
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

/* What follows the first seal is nobody's word but for its proofs. SEALED: the bytes it covers. */
static void check_end(struct check *c, size_t sealed)
{
    size_t last = pdf_revisions(c->pdf), first = 1, end, i;

    check_ask(c);
    end = last ? pdf_revision_end(c->pdf, last - 1) : 0;
    if (!sealed || sealed >= c->n)
        return;
    c->report->changed_later = check_changes(c, sealed) || end != c->n;
    if (!c->report->changed_later)
        return;
    for (i = 0; i < last; i++)
        if (pdf_revision_end(c->pdf, i) <= sealed)
            first = i + 2;
    if (first > last)
        first = last;
    if (c->options->allow_revisions)
        check_find(c, CHECK_LATER_ALLOWED, c->n - sealed, first, last);
    else
        check_find(c, CHECK_LATER, c->n - sealed, first, last);
}

void check_seals(struct check *c)
{
    const struct pdf_obj *form = pdf_get(c->pdf, pdf_catalog(c->pdf), "AcroForm");
    struct pdfcheck_report *r = c->report;
    long long flags = pdf_int(pdf_get(c->pdf, form, "SigFlags"));
    struct found *found;
    size_t n = find_all(c, &found), sealed = 0, seals = 0, i;

    check_ask(c);
    if (n && (flags & 3) != 3)
        check_find(c, CHECK_SIG_FLAGS, flags);
    r->seals = n ? xcalloc(n, sizeof *r->seals) : NULL;
    r->seals_n = r->seals_cap = n;
    for (i = 0; i < n; i++) {
        read_seal(c, &found[i], &r->seals[i]);
        seals += !found[i].is_stamp;
        if (!found[i].is_stamp && !sealed)
            sealed = found[i].hole.covers;
    }
    if (!seals && !c->options->unsealed)
        check_find(c, CHECK_NO_SEAL);
    if (n)
        judge_all(c, found, n);
    if (seals)
        check_end(c, sealed);
    if (n && r->status && strcmp(r->status, "issued"))
        check_find(c, CHECK_SEALED_SPECIMEN);
    for (i = 0; i < n; i++) {
        cms_free(found[i].cms);
        cms_free(found[i].stamp);
    }
    free(found);
}
