/* Opening a document: header, end, cross-reference sections, trailer. ISO 32000-1, 7.5. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"

static int section_fault(struct pdf *pdf, size_t at, const char *what, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    return diag_at(d, &place, PDF_XREF, at, what);
}

/* ---- the end of a revision ------------------------------------------------------------------ */

/* Takes "startxref", the offset AT and "%%EOF" with one end of line. Returns where the revision
 * ends, or 0. */
static size_t revision_end(struct pdf_lex *lex, size_t at)
{
    size_t value;

    pdf_lex_blank(lex);
    if (!pdf_lex_word(lex, "startxref"))
        return 0;
    pdf_lex_blank(lex);
    if (pdf_lex_uint(lex, &value) || value != at)
        return 0;
    pdf_lex_blank(lex);
    if (lex->n - lex->at < 5 || memcmp(lex->bytes + lex->at, "%%EOF", 5))
        return 0;
    lex->at += 5;
    if (lex->at < lex->n && lex->bytes[lex->at] == '\r')
        lex->at++;
    if (lex->at < lex->n && lex->bytes[lex->at] == '\n')
        lex->at++;
    return lex->at;
}

/* The offset of the newest section. The file must end with it: no byte may follow. Returns 0, or
 * -1 after reporting. */
static int last_section(struct pdf *pdf, size_t *at, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };
    struct pdf_lex lex = { .pdf = pdf, .bytes = pdf->bytes, .n = pdf->n, .d = d };
    size_t back, start;

    /* "startxref", 10 digits, "%%EOF" and ends of line make less than 64 bytes. */
    start = pdf->n > 64 ? pdf->n - 64 : 0;
    for (back = pdf->n; back > start; back--) {
        lex.at = back - 1;
        if (!pdf_lex_word(&lex, "startxref"))
            continue;
        pdf_lex_blank(&lex);
        if (pdf_lex_uint(&lex, at))
            break;
        lex.at = back - 1;
        if (revision_end(&lex, *at) == pdf->n)
            return 0;
        break;
    }
    return diag_at(d, &place, PDF_NO_END);
}

/* ---- sections ------------------------------------------------------------------------------- */

struct section {
    size_t at;
    int index;             /* newest = 0 */
    struct pdf_obj *dict;  /* trailer, or the stream's dictionary */
    int is_stream;
    size_t highest;        /* object number listed */
};

/* An entry of the newest section that lists NUMBER counts; older ones are ignored. */
static int set_slot(struct pdf *pdf, struct section *s, size_t number, unsigned type, size_t place,
                    size_t index, struct diag *d)
{
    struct pdf_slot *slot;

    if (number >= PDF_MAX_OBJECTS)
        return section_fault(pdf, s->at, "an object number out of range", d);
    if (number > s->highest)
        s->highest = number;
    if (!number)
        return type ? section_fault(pdf, s->at, "object 0 is not free", d) : 0;
    if (type == 1 && (index || place > s->at))
        return section_fault(pdf, s->at, "an entry that is no object of this revision", d);
    slot = pdf_slot_at(pdf, (int)number);
    if (slot->state != PDF_SLOT_UNKNOWN) {
        if (slot->section == s->index)
            return section_fault(pdf, s->at, "an object is listed twice", d);
        return 0;
    }
    slot->section = (short)s->index;
    if (type == 0) {
        slot->state = PDF_SLOT_FREE;
    } else if (type == 1) {
        slot->state = PDF_SLOT_IN_FILE;
        slot->u.offset = place;
    } else {
        slot->state = PDF_SLOT_IN_STREAM;
        slot->u.stream = place < PDF_MAX_OBJECTS ? (int)place : -1;
        slot->u.index = index < PDF_MAX_OBJECTS ? (int)index : -1;
    }
    return 0;
}

/* N digits at S. Returns 0 or -1. */
static int fixed(const char *s, int n, size_t *value)
{
    *value = 0;
    while (n--) {
        if (*s < '0' || *s > '9')
            return -1;
        *value = *value * 10 + (size_t)(*s++ - '0');
    }
    return 0;
}

static int table_row(struct pdf *pdf, struct section *s, size_t number, const char *row,
                     struct diag *d)
{
    size_t place, generation;
    int eol = (row[18] == ' ' && (row[19] == '\n' || row[19] == '\r')) ||
              (row[18] == '\r' && row[19] == '\n');

    if (fixed(row, 10, &place) || row[10] != ' ' || fixed(row + 11, 5, &generation) ||
        row[16] != ' ' || (row[17] != 'n' && row[17] != 'f') || !eol)
        return section_fault(pdf, (size_t)(row - pdf->bytes), "not a line of 20 bytes", d);
    if (row[17] == 'f')
        return set_slot(pdf, s, number, 0, 0, 0, d);
    return set_slot(pdf, s, number, 1, place, generation, d);
}

/* "first count" and its lines, until "trailer". */
static int table_rows(struct pdf_lex *lex, struct section *s)
{
    for (;;) {
        size_t first, count, i, start;

        pdf_lex_blank(lex);
        if (pdf_lex_word(lex, "trailer"))
            return 0;
        start = lex->at;
        if (pdf_lex_uint(lex, &first) || lex->at >= lex->n || lex->bytes[lex->at++] != ' ' ||
            pdf_lex_uint(lex, &count))
            return section_fault(lex->pdf, start, "not a subsection", lex->d);
        pdf_lex_blank(lex);
        if (count > (lex->n - lex->at) / 20 || first > PDF_MAX_OBJECTS)
            return section_fault(lex->pdf, start, "a subsection longer than the file", lex->d);
        for (i = 0; i < count; i++, lex->at += 20)
            if (table_row(lex->pdf, s, first + i, lex->bytes + lex->at, lex->d))
                return -1;
    }
}

static int read_table(struct pdf *pdf, struct section *s, struct pdf_lex *lex)
{
    if (table_rows(lex, s))
        return -1;
    pdf_lex_blank(lex);
    if (lex->n - lex->at < 2 || memcmp(lex->bytes + lex->at, "<<", 2))
        return section_fault(pdf, lex->at, "the trailer has no dictionary", lex->d);
    s->dict = pdf_lex_object(lex, 0);
    return s->dict ? 0 : -1;
}

static size_t big_endian(const unsigned char *p, size_t n)
{
    size_t value = 0;

    while (n--)
        value = value << 8 | *p++;
    return value;
}

/* The rows of one subsection from *P on. */
static int stream_rows(struct pdf *pdf, struct section *s, size_t first, size_t count,
                       const size_t w[3], const unsigned char **p, struct diag *d)
{
    size_t i;

    for (i = 0; i < count; i++) {
        size_t type = big_endian(*p, w[0]);
        size_t place = big_endian(*p + w[0], w[1]);
        size_t index = big_endian(*p + w[0] + w[1], w[2]);

        if (type > 2)
            return section_fault(pdf, s->at, "an entry of unknown type", d);
        if (set_slot(pdf, s, first + i, (unsigned)type, place, index, d))
            return -1;
        *p += w[0] + w[1] + w[2];
    }
    return 0;
}

static int read_stream_rows(struct pdf *pdf, struct section *s, const struct strbuf *data,
                            struct diag *d)
{
    const struct pdf_obj *widths = pdf_get_raw(pdf, s->dict, "W");
    const struct pdf_obj *index = pdf_get_raw(pdf, s->dict, "Index");
    const unsigned char *p = (const unsigned char *)data->buf;
    size_t w[3], i, rows, left, subsections = index ? pdf_len(index) / 2 : 1;

    for (i = 0; i < 3; i++) {
        long long v = pdf_int(pdf_raw_at(widths, i));

        if (pdf_len(widths) != 3 || v < (i == 0) || v > 7)
            return section_fault(pdf, s->at, "W is not three widths up to 7", d);
        w[i] = (size_t)v;
    }
    if (index && (pdf_len(index) % 2 || !subsections))
        return section_fault(pdf, s->at, "Index is not pairs of numbers", d);
    rows = left = data->len / (w[0] + w[1] + w[2]);
    for (i = 0; i < subsections; i++) {
        long long first = index ? pdf_int(pdf_raw_at(index, 2 * i)) : 0;
        long long count = pdf_int(index ? pdf_raw_at(index, 2 * i + 1)
                                        : pdf_get_raw(pdf, s->dict, "Size"));

        if (first < 0 || first > PDF_MAX_OBJECTS || count < 0 || (size_t)count > left)
            return section_fault(pdf, s->at, "Index does not fit the stream's data", d);
        if (stream_rows(pdf, s, (size_t)first, (size_t)count, w, &p, d))
            return -1;
        left -= (size_t)count;
    }
    if (left || rows * (w[0] + w[1] + w[2]) != data->len)
        return section_fault(pdf, s->at, "Index does not fit the stream's data", d);
    return 0;
}

static int read_stream(struct pdf *pdf, struct section *s, struct pdf_lex *lex)
{
    struct strbuf data = STRBUF_INIT;
    struct pdf_obj *stream = pdf_load_indirect(pdf, 0, s->at, 1, &lex->at, lex->d);
    int result = -1;

    if (!stream)
        return -1;
    if (pdf_kind(stream) != PDF_STREAM ||
        !pdf_is_name(pdf_get_raw(pdf, stream, "Type"), "XRef"))
        return section_fault(pdf, s->at, "not a cross-reference stream", lex->d);
    s->dict = stream->u.stream.dict;
    s->is_stream = 1;
    if (!pdf_stream_data(pdf, stream, &data, lex->d))
        result = read_stream_rows(pdf, s, &data, lex->d);
    strbuf_release(&data);
    return result;
}

static const char *const trailer_keys[] = { "Size", "Prev", "Root", "Info", "ID", NULL };
static const char *const stream_keys[] = { "Size", "Prev", "Root", "Info", "ID", "Type", "W",
                                           "Index", "Length", "Filter", "DecodeParms", NULL };

static int check_trailer(struct pdf *pdf, const struct section *s, struct diag *d)
{
    const char *const *known;
    struct diag_place place = { .file = pdf->name };
    struct pdf_obj *value;
    const char *key;
    size_t i;

    if (pdf_get_raw(pdf, s->dict, "Encrypt"))
        return diag_at(d, &place, PDF_ENCRYPTED);
    for (i = 0; pdf_dict_at(s->dict, i, &key, &value); i++) {
        for (known = s->is_stream ? stream_keys : trailer_keys; *known; known++)
            if (!strcmp(*known, key))
                break;
        if (!*known)
            return section_fault(pdf, s->at, "a trailer entry that we do not write", d);
    }
    if (pdf_kind(pdf_get_raw(pdf, s->dict, "Root")) != PDF_REF)
        return section_fault(pdf, s->at, "the trailer has no Root", d);
    if (pdf_get_raw(pdf, s->dict, "Info") &&
        pdf_kind(pdf_get_raw(pdf, s->dict, "Info")) != PDF_REF)
        return section_fault(pdf, s->at, "Info is not a reference", d);
    if (pdf_int(pdf_get_raw(pdf, s->dict, "Size")) <= (long long)s->highest ||
        pdf_int(pdf_get_raw(pdf, s->dict, "Size")) > PDF_MAX_OBJECTS)
        return section_fault(pdf, s->at, "Size does not fit the objects listed", d);
    return 0;
}

static void keep_trailer(struct pdf *pdf, const struct section *s)
{
    static const char *const kept[] = { "Root", "Info", "ID" };
    size_t i;

    pdf->trailer = pdf_new_dict(pdf);
    pdf->xref_at = s->at;
    pdf->xref_is_stream = s->is_stream;
    for (i = 0; i < 3; i++) {
        struct pdf_obj *value = pdf_get_raw(pdf, s->dict, kept[i]);

        if (value)
            pdf_set(pdf, pdf->trailer, kept[i], pdf_copy(pdf, value));
    }
}

/* Reads the section at S->at and where its revision ends; *PREV is 0 without an older one. */
static int read_section(struct pdf *pdf, struct section *s, size_t *prev, struct diag *d)
{
    struct pdf_lex lex = { .pdf = pdf, .bytes = pdf->bytes, .n = pdf->n, .at = s->at, .d = d };
    struct pdf_obj *p;
    size_t end;

    if (pdf_lex_word(&lex, "xref") ? read_table(pdf, s, &lex) : read_stream(pdf, s, &lex))
        return -1;
    if (check_trailer(pdf, s, d))
        return -1;
    end = revision_end(&lex, s->at);
    if (!end)
        return section_fault(pdf, s->at, "'startxref' with its offset does not follow it", d);
    if (s->index == 0)
        keep_trailer(pdf, s);
    else if (s->is_stream != pdf->xref_is_stream)
        return section_fault(pdf, s->at, "tables and streams are mixed", d);
    pdf->revisions[s->index] = end;
    pdf->revisions_n = (size_t)s->index + 1;
    p = pdf_get_raw(pdf, s->dict, "Prev");
    *prev = 0;
    if (p) {
        /* Always backwards, so the chain has an end. */
        if (pdf_kind(p) != PDF_INT || pdf_int(p) <= 0 || (size_t)pdf_int(p) >= s->at)
            return section_fault(pdf, s->at, "Prev does not point to an older section", d);
        *prev = (size_t)pdf_int(p);
    }
    return 0;
}

int pdf_read_sections(struct pdf *pdf, struct diag *d)
{
    size_t at, prev = 0;
    int i;

    if (last_section(pdf, &at, d))
        return -1;
    pdf->revisions = xcalloc(PDF_MAX_REVISIONS, sizeof *pdf->revisions);
    for (i = 0; at || !i; i++, at = prev) {
        struct section s = { .at = at, .index = i };

        if (!at || at >= pdf->n || i == PDF_MAX_REVISIONS)
            return section_fault(pdf, at, "no section is there, or too many revisions", d);
        if (read_section(pdf, &s, &prev, d))
            return -1;
        if (prev && i && pdf->revisions[i] > pdf->revisions[i - 1])
            return section_fault(pdf, at, "revisions overlap", d);
    }
    for (i = 1; (size_t)i < pdf->revisions_n; i++)
        if (pdf->revisions[i] >= pdf->revisions[i - 1])
            return section_fault(pdf, pdf->xref_at, "revisions overlap", d);
    return 0;
}

/* ---- opening -------------------------------------------------------------------------------- */

static struct pdf *new_pdf(const char *name)
{
    struct pdf *pdf = xcalloc(1, sizeof *pdf);

    arena_init(&pdf->arena);
    arena_init(&pdf->scratch);
    pdf->making = &pdf->arena;
    strbuf_init(&pdf->taken);
    strbuf_init(&pdf->pack_bytes);
    pdf->name = name;
    return pdf;
}

static int parse(struct pdf *pdf, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };

    if (pdf->n > PDF_MAX_FILE)
        return diag_at(d, &place, PDF_TOO_BIG, PDF_MAX_FILE);
    if (pdf->n < 16 || memcmp(pdf->bytes, "%PDF-1.", 7) || pdf->bytes[7] < '4' ||
        pdf->bytes[7] > '7' || (pdf->bytes[8] != '\n' && pdf->bytes[8] != '\r'))
        return diag_at(d, &place, PDF_NOT_PDF);
    if (pdf_read_sections(pdf, d) || pdf_load(pdf, d))
        return -1;
    return pdf_pages_load(pdf, d);
}

struct pdf *pdf_parse(const void *bytes, size_t n, const char *name, struct diag *d)
{
    struct pdf *pdf = new_pdf(name);

    pdf->bytes = bytes;
    pdf->n = n;
    if (parse(pdf, d)) {
        pdf_free(pdf);
        return NULL;
    }
    return pdf;
}

struct pdf *pdf_parse_take(struct strbuf *bytes, const char *name, struct diag *d)
{
    struct pdf *pdf = new_pdf(NULL);

    pdf->name = arena_strdup(&pdf->arena, name);
    pdf->taken = *bytes;
    strbuf_init(bytes);
    pdf->bytes = pdf->taken.buf;
    pdf->n = pdf->taken.len;
    if (parse(pdf, d)) {
        pdf_free(pdf);
        return NULL;
    }
    return pdf;
}

struct pdf *pdf_create(const char *name)
{
    struct pdf *pdf = new_pdf(NULL);
    struct pdf_obj *catalog, *pages;
    int number;

    pdf->name = arena_strdup(&pdf->arena, name);
    pdf->trailer = pdf_new_dict(pdf);
    catalog = pdf_new_dict(pdf);
    pages = pdf_new_dict(pdf);
    number = pdf_add(pdf, catalog);
    pdf_set_ref(pdf, pdf->trailer, "Root", number);
    pdf_set_name(pdf, catalog, "Type", "Catalog");
    pdf_set_name(pdf, pages, "Type", "Pages");
    pdf_set(pdf, pages, "Kids", pdf_new_array(pdf));
    pdf_set_int(pdf, pages, "Count", 0);
    pdf_set_ref(pdf, catalog, "Pages", pdf_add(pdf, pages));
    return pdf;
}
