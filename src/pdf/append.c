/* The incremental update: what changed, after the bytes that were read. ISO 32000-1, 7.5.6; the
 * signature's hole: 12.8.1. */
#include "pdf_int.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "sha256.h"

/* References in changed objects must lead somewhere. */
static int check_references(struct pdf *pdf, const struct pdf_obj *obj, int from, struct diag *d)
{
    struct diag_place place = { .file = pdf->name };
    int result = 0;
    size_t i;

    if (obj->kind == PDF_REF && !pdf_object(pdf, obj->u.ref))
        return diag_at(d, &place, PDF_DANGLING, from, obj->u.ref);
    if (obj->kind == PDF_ARRAY)
        for (i = 0; i < obj->u.array.n; i++)
            result |= check_references(pdf, obj->u.array.items[i], from, d);
    else if (obj->kind == PDF_DICT)
        for (i = 0; i < obj->u.dict.n; i++)
            result |= check_references(pdf, obj->u.dict.entries[i].value, from, d);
    else if (obj->kind == PDF_STREAM)
        result = check_references(pdf, obj->u.stream.dict, from, d);
    return result;
}

/* Writes the changed objects and lists them. Returns how many rows, or -1 after reporting. */
static long write_changed(struct pdf *pdf, const struct pdf_append_options *options,
                          struct pdf_print_hole *hole, struct pdf_xref_row *rows,
                          struct strbuf *out, struct diag *d)
{
    size_t i, n = 1, last_free = 0;
    int result = 0;

    rows[0] = (struct pdf_xref_row){ 0, 0, 0, 65535 };
    for (i = 1; i < pdf->slots_n; i++) {
        struct pdf_slot *slot = &pdf->slots[i];
        int is_signature = options->signature == (int)i;

        if (!slot->changed && !is_signature)
            continue;
        if (!pdf_object(pdf, (int)i)) {
            if (slot->state == PDF_SLOT_NEW)
                continue; /* made and removed again */
            /* Free entries form a list that begins at object 0. */
            rows[last_free].place = i;
            last_free = n;
            rows[n++] = (struct pdf_xref_row){ (int)i, 0, 0, 1 };
            continue;
        }
        result |= check_references(pdf, slot->obj, (int)i, d);
        rows[n++] = (struct pdf_xref_row){ (int)i, 1, pdf->n + out->len, 0 };
        pdf_print_indirect(slot->obj, (int)i, NULL, is_signature ? hole : NULL, out);
    }
    return result ? -1 : (long)n;
}

static void print_trailer(struct pdf *pdf, const struct strbuf *out, struct strbuf *trailer)
{
    static const char *const kept[] = { "Root", "Info" };
    struct pdf_obj *id = pdf_get(pdf, pdf->trailer, "ID");
    struct sha256 sha;
    unsigned char digest[32];
    size_t i, n;
    const char *first;

    for (i = 0; i < 2; i++) {
        const struct pdf_obj *value = pdf_get_raw(pdf, pdf->trailer, kept[i]);

        if (value) {
            pdf_print_name(kept[i], trailer);
            strbuf_addch(trailer, ' ');
            pdf_print(value, trailer);
        }
    }
    /* The first half names the document, the second this revision. */
    first = pdf_string(pdf_at(pdf, id, 0), &n);
    sha256_init(&sha);
    sha256_add(&sha, first ? first : "", n);
    sha256_add(&sha, out->buf, out->len);
    sha256_final(&sha, digest);
    id = pdf_new_array(pdf);
    pdf_push(pdf, id, first && n ? pdf_new_string(pdf, first, n)
                                 : pdf_new_string(pdf, digest, 16));
    pdf_push(pdf, id, pdf_new_string(pdf, digest, 16));
    strbuf_addstr(trailer, "/ID");
    pdf_print(id, trailer);
    strbuf_addf(trailer, "/Prev %zu", pdf->xref_at);
}

static void fill_byterange(struct pdf *pdf, const struct pdf_print_hole *hole, struct strbuf *out)
{
    char range[PDF_BYTERANGE_LEN + 1];
    size_t before = pdf->n + hole->contents_at;
    size_t after = before + 2 * hole->contents_size + 2;
    int n = snprintf(range, sizeof range, "[0 %zu %zu %zu]", before, after,
                     pdf->n + out->len - after);

    assert(n > 0 && n <= PDF_BYTERANGE_LEN);
    memcpy(out->buf + hole->byterange_at, range, (size_t)n);
}

static void need_signature_entries(struct pdf *pdf, int number)
{
    struct pdf_obj *dict = pdf_object(pdf, number);

    if (pdf_kind(dict) != PDF_DICT)
        abort(); /* options->signature is no signature dictionary */
    if (!pdf_get_raw(pdf, dict, "ByteRange"))
        pdf_set(pdf, dict, "ByteRange", pdf_new_array(pdf));
    if (!pdf_get_raw(pdf, dict, "Contents"))
        pdf_set(pdf, dict, "Contents", pdf_new_string(pdf, "", 0));
}

int pdf_append(struct pdf *pdf, const struct pdf_append_options *options, struct strbuf *out,
               struct pdf_hole *hole, struct diag *d)
{
    struct pdf_print_hole print_hole = { .contents_size = options->contents_size };
    struct strbuf update = STRBUF_INIT, trailer = STRBUF_INIT;
    struct pdf_xref_row *rows = xcalloc(pdf->slots_n + 2, sizeof *rows);
    long n;

    if (!pdf->bytes)
        abort(); /* nothing to append to: pdf_write it first */
    if (options->signature)
        need_signature_entries(pdf, options->signature);
    if (pdf->bytes[pdf->n - 1] != '\n')
        strbuf_addch(&update, '\n');
    n = write_changed(pdf, options, &print_hole, rows, &update, d);
    pdf->appended_xref_at = pdf->n + update.len;
    if (n >= 0) {
        /* Object 0 is listed only where the list of free objects changes. */
        struct pdf_xref_row *from = rows[0].place ? rows : rows + 1;

        n -= from - rows;
        print_trailer(pdf, &update, &trailer);
        if (pdf->xref_is_stream)
            pdf_write_xref_stream(pdf, from, (size_t)n, (int)pdf->slots_n, trailer.buf, pdf->n,
                                  &update);
        else
            pdf_write_table(from, (size_t)n, (int)pdf->slots_n, trailer.buf, pdf->n, &update);
        if (options->signature)
            fill_byterange(pdf, &print_hole, &update);
        if (hole) {
            hole->contents_at = options->signature ? pdf->n + print_hole.contents_at : 0;
            hole->contents_len = options->signature ? 2 * options->contents_size + 2 : 0;
        }
        strbuf_add(out, update.buf, update.len);
        n = 0;
    }
    strbuf_release(&update);
    strbuf_release(&trailer);
    free(rows);
    return n < 0 ? -1 : 0;
}

void pdf_advance(struct pdf *pdf, const void *bytes, size_t n)
{
    size_t i;

    pdf->bytes = bytes;
    pdf->n = n;
    pdf->xref_at = pdf->appended_xref_at;
    for (i = 1; i < pdf->slots_n; i++) {
        pdf->slots[i].changed = 0;
        if (pdf->slots[i].state == PDF_SLOT_NEW)
            pdf->slots[i].state = PDF_SLOT_IN_FILE;
    }
    if (pdf->xref_is_stream) /* which took the next number */
        pdf_slot_at(pdf, (int)pdf->slots_n)->state = PDF_SLOT_IN_FILE;
}

int pdf_fill_hole(struct strbuf *file, const struct pdf_hole *hole, const void *bytes, size_t n)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *s = bytes;
    char *to;
    size_t i;

    if (hole->contents_len < 2 || n > (hole->contents_len - 2) / 2 ||
        hole->contents_at + hole->contents_len > file->len)
        return -1;
    to = file->buf + hole->contents_at + 1;
    for (i = 0; i < n; i++) {
        *to++ = digits[s[i] >> 4];
        *to++ = digits[s[i] & 15];
    }
    return 0;
}
