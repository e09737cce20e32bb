/* Loading of every object that the cross-reference sections list. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"

static int object_fault(struct pdf *pdf, int number, const char *what, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    return diag_at(d, &place, PDF_BAD_OBJECT, number, what);
}

/* Takes "7 0 obj". Returns the number, or -1 after reporting. */
static int object_head(struct pdf_lex *lex, int wanted)
{
    size_t start = lex->at, number, generation;

    if (pdf_lex_uint(lex, &number))
        return pdf_lex_fail(lex, start, "an object does not begin here");
    pdf_lex_space(lex);
    if (pdf_lex_uint(lex, &generation))
        return pdf_lex_fail(lex, start, "an object does not begin here");
    pdf_lex_space(lex);
    if (!pdf_lex_word(lex, "obj"))
        return pdf_lex_fail(lex, start, "an object does not begin here");
    if (generation)
        return pdf_lex_fail(lex, start, "a generation other than 0");
    if (number < 1 || number >= PDF_MAX_OBJECTS || (wanted && number != (size_t)wanted))
        return pdf_lex_fail(lex, start, "another object's number");
    pdf_lex_space(lex);
    return (int)number;
}

/* The integer in the file as object NUMBER, for a stream's Length. Looks at no other kind, so that
 * a hostile file cannot have objects read again and again. Returns 0 or -1, silent. */
static int indirect_length(struct pdf_lex *from, int number, size_t *length)
{
    struct pdf_lex lex = *from;
    const struct pdf_slot *slot;
    size_t value;

    if ((size_t)number >= lex.pdf->slots_n)
        return -1;
    slot = &lex.pdf->slots[number];
    if (slot->state != PDF_SLOT_IN_FILE || slot->u.offset >= lex.n)
        return -1;
    lex.at = slot->u.offset;
    if (pdf_lex_uint(&lex, &value) || value != (size_t)number)
        return -1;
    pdf_lex_space(&lex);
    if (pdf_lex_uint(&lex, &value) || value)
        return -1;
    pdf_lex_space(&lex);
    if (!pdf_lex_word(&lex, "obj"))
        return -1;
    pdf_lex_space(&lex);
    if (pdf_lex_uint(&lex, length))
        return -1;
    pdf_lex_space(&lex);
    return pdf_lex_word(&lex, "endobj") ? 0 : -1;
}

static int take_eol(struct pdf_lex *lex)
{
    size_t start = lex->at;

    if (lex->at < lex->n && lex->bytes[lex->at] == '\r')
        lex->at++;
    if (lex->at < lex->n && lex->bytes[lex->at] == '\n')
        lex->at++;
    return lex->at > start;
}

/* After "stream": its data. Returns the stream object or NULL after reporting. */
static struct pdf_obj *stream_body(struct pdf_lex *lex, struct pdf_obj *dict, int direct_length)
{
    struct pdf_obj *stream, *l = pdf_get_raw(lex->pdf, dict, "Length");
    size_t at = lex->at, length = 0;
    const char *what = NULL;

    if (lex->n - at >= 2 && !memcmp(lex->bytes + at, "\r\n", 2))
        lex->at += 2;
    else if (at < lex->n && lex->bytes[at] == '\n')
        lex->at++;
    else
        what = "'stream' without a line feed after it";
    if (!what && pdf_kind(l) == PDF_INT && pdf_int(l) >= 0)
        length = (size_t)pdf_int(l);
    else if (!what && (direct_length || pdf_kind(l) != PDF_REF ||
                       indirect_length(lex, pdf_ref_number(l), &length)))
        what = "a stream without a usable Length";
    if (!what && length > lex->n - lex->at)
        what = "a stream longer than the file";
    if (what) {
        pdf_lex_fail(lex, at, what);
        return NULL;
    }
    /* A length object of its own is of no further use. */
    l->kind = PDF_INT;
    l->u.integer = (long long)length;
    stream = pdf_new_kind(lex->pdf, PDF_STREAM);
    stream->owner = lex->owner;
    stream->u.stream.dict = dict;
    stream->u.stream.raw = lex->bytes + lex->at;
    stream->u.stream.n = length;
    lex->at += length;
    at = lex->at;
    if (!take_eol(lex) || !pdf_lex_word(lex, "endstream")) {
        pdf_lex_fail(lex, at, "'endstream' on a line of its own does not follow the stream's data");
        return NULL;
    }
    return stream;
}

struct pdf_obj *pdf_load_indirect(struct pdf *pdf, int number, size_t at, int direct_length,
                                  size_t *end, struct diag *d)
{
    struct pdf_lex lex = { .pdf = pdf, .bytes = pdf->bytes, .n = pdf->n, .at = at, .d = d };
    struct pdf_obj *obj;

    number = object_head(&lex, number);
    if (number < 0)
        return NULL;
    lex.owner = number;
    obj = pdf_lex_object(&lex, 0);
    if (!obj)
        return NULL;
    pdf_lex_space(&lex);
    if (pdf_kind(obj) == PDF_DICT && pdf_lex_word(&lex, "stream")) {
        obj = stream_body(&lex, obj, direct_length);
        if (!obj)
            return NULL;
        pdf_lex_space(&lex);
    }
    if (!pdf_lex_word(&lex, "endobj")) {
        pdf_lex_fail(&lex, lex.at, "'endobj' is missing");
        return NULL;
    }
    *end = lex.at;
    return obj;
}

struct place {
    size_t offset;
    int number;
};

static int by_offset(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->number - y->number;
}

static int too_many(const struct pdf *pdf, long before, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    if (d->errors - before < PDF_MAX_FAULTS)
        return 0;
    diag_at(d, &place, PDF_TOO_MANY);
    return 1;
}

/* In the order of the file, each after the end of the one before: objects that overlap would let a
 * small file cost the square of its size, and would show different readers different things. */
static int load_file_objects(struct pdf *pdf, struct diag *d)
{
    struct place *places = xmalloc(pdf->slots_n * sizeof *places);
    size_t n = 0, i, end = 0;
    long before = d->errors;

    for (i = 1; i < pdf->slots_n; i++)
        if (pdf->slots[i].state == PDF_SLOT_IN_FILE)
            places[n++] = (struct place){ pdf->slots[i].u.offset, (int)i };
    qsort(places, n, sizeof *places, by_offset);
    for (i = 0; i < n && !too_many(pdf, before, d); i++) {
        struct pdf_slot *slot = &pdf->slots[places[i].number];
        int section = slot->section;

        if (slot->u.offset < end)
            object_fault(pdf, places[i].number, "overlaps the object before it", d);
        else if ((size_t)section + 1 < pdf->revisions_n &&
                 slot->u.offset < pdf->revisions[section + 1])
            object_fault(pdf, places[i].number, "lies in an older revision than its entry", d);
        else
            slot->obj = pdf_load_indirect(pdf, places[i].number, slot->u.offset, 0, &end, d);
    }
    free(places);
    return d->errors == before ? 0 : -1;
}

/* Where object I of an object stream begins, its number, counted from the decoded stream's start. */
struct member {
    size_t number, at;
};

static struct member *read_members(struct pdf_lex *lex, size_t count, size_t first)
{
    struct member *members = xmalloc(count * sizeof *members);
    size_t i;

    for (i = 0; i < count; i++) {
        size_t start = lex->at;

        pdf_lex_space(lex);
        if (lex->at >= first || pdf_lex_uint(lex, &members[i].number))
            goto fault;
        pdf_lex_space(lex);
        if (lex->at >= first || pdf_lex_uint(lex, &members[i].at) || lex->at > first ||
            members[i].at > lex->n - first || (i && members[i].at + first < members[i - 1].at))
            goto fault;
        members[i].at += first;
        continue;
fault:
        pdf_lex_fail(lex, start, "the list of its objects is damaged");
        free(members);
        return NULL;
    }
    return members;
}

static void load_members(struct pdf_lex *lex, const struct member *members, size_t count)
{
    size_t whole = lex->n, i;
    long before = lex->d->errors;

    for (i = 0; i < count && !too_many(lex->pdf, before, lex->d); i++) {
        struct pdf_slot *slot;

        if (!members[i].number || members[i].number >= lex->pdf->slots_n)
            continue;
        slot = &lex->pdf->slots[members[i].number];
        if (slot->state != PDF_SLOT_IN_STREAM || slot->u.stream != lex->stream ||
            (size_t)slot->u.index != i)
            continue; /* superseded by a later revision */
        lex->at = members[i].at;
        lex->n = i + 1 < count ? members[i + 1].at : whole;
        lex->owner = (int)members[i].number;
        lex->failed = 0;
        pdf_lex_space(lex);
        slot->obj = pdf_lex_object(lex, 0);
        if (!slot->obj)
            continue;
        pdf_lex_space(lex);
        if (lex->at < lex->n)
            pdf_lex_fail(lex, lex->at, "something follows an object");
    }
}

static int load_object_stream(struct pdf *pdf, int number, struct diag *d)
{
    struct pdf_obj *stream = pdf_object(pdf, number);
    long long count = pdf_int(pdf_get_raw(pdf, stream, "N"));
    long long first = pdf_int(pdf_get_raw(pdf, stream, "First"));
    struct strbuf data = STRBUF_INIT;
    struct member *members = NULL;
    long before = d->errors;

    if (pdf_kind(stream) != PDF_STREAM || pdf->slots[number].state != PDF_SLOT_IN_FILE ||
        !pdf_is_name(pdf_get_raw(pdf, stream, "Type"), "ObjStm") ||
        pdf_get_raw(pdf, stream, "Extends"))
        return object_fault(pdf, number, "is not an object stream of the kind that we write", d);
    if (pdf_stream_data(pdf, stream, &data, d)) {
        strbuf_release(&data);
        return -1;
    }
    if (count < 1 || first < 0 || (unsigned long long)first > data.len ||
        count > PDF_MAX_OBJECTS) {
        object_fault(pdf, number, "N or First does not fit the object stream's data", d);
    } else {
        struct pdf_lex lex = { .pdf = pdf, .bytes = data.buf, .n = data.len, .stream = number,
                               .d = d };

        members = read_members(&lex, (size_t)count, (size_t)first);
        if (members)
            load_members(&lex, members, (size_t)count);
    }
    free(members);
    strbuf_release(&data);
    return d->errors == before ? 0 : -1;
}

static int load_stream_objects(struct pdf *pdf, struct diag *d)
{
    long before = d->errors;
    size_t i;

    for (i = 1; i < pdf->slots_n && !too_many(pdf, before, d); i++) {
        const struct pdf_slot *slot = &pdf->slots[i];

        if (slot->state != PDF_SLOT_IN_STREAM)
            continue;
        if (slot->u.stream <= 0 || (size_t)slot->u.stream >= pdf->slots_n) {
            object_fault(pdf, (int)i, "lies in an object stream that does not exist", d);
            continue;
        }
        if (!pdf->slots[slot->u.stream].mark) {
            pdf->slots[slot->u.stream].mark = 1;
            load_object_stream(pdf, slot->u.stream, d);
        }
        if (!slot->obj && d->errors == before)
            object_fault(pdf, (int)i, "is not in the object stream that should hold it", d);
    }
    return d->errors == before ? 0 : -1;
}

int pdf_load(struct pdf *pdf, struct diag *d)
{
    if (load_file_objects(pdf, d) || load_stream_objects(pdf, d))
        return -1;
    return 0;
}
