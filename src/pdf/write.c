/* Writing a whole document, in a canonical order: equal documents give equal bytes. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "sha256.h"

#define OBJECTS_A_STREAM 200

struct writer {
    struct pdf *pdf;
    const struct pdf_write_options *options;
    struct diag *d;
    struct strbuf *out;
    size_t start;                 /* out->len at the beginning */
    int *order;                   /* old numbers in the order found */
    size_t order_n;
    int *map;                     /* old number -> new; 0: not reached */
    unsigned char *outside;       /* by place in order: must not lie in an object stream */
    struct arena unpacked;        /* the packed object that is being looked at */
    struct pdf_xref_row *rows;    /* by new number */
    int next;                     /* the next new number */
    int faults;
};

/* ---- what to write, and its order ----------------------------------------------------------- */

static int is_there(const struct pdf *pdf, int number)
{
    return number > 0 && (size_t)number < pdf->slots_n &&
           (pdf->slots[number].obj || pdf->slots[number].is_packed);
}

/* The object NUMBER, to look at until the next is asked for: what is packed stays so. */
static const struct pdf_obj *peek(struct writer *w, int number)
{
    const struct pdf_slot *slot = &w->pdf->slots[number];

    if (!slot->is_packed)
        return slot->obj;
    arena_clear(&w->unpacked);
    return pdf_unpack(&w->unpacked, number, slot->u.packed);
}

static void reach(struct writer *w, int number, int from)
{
    struct diag_place place = { .file = w->pdf->name };

    if (!is_there(w->pdf, number)) {
        if (w->faults++ < PDF_MAX_FAULTS)
            diag_at(w->d, &place, PDF_DANGLING, from, number);
        return;
    }
    if (w->map[number])
        return;
    w->map[number] = -1; /* found; numbered later */
    w->order[w->order_n++] = number;
}

static void scan(struct writer *w, const struct pdf_obj *obj, int from)
{
    size_t i;

    if (obj->kind == PDF_REF)
        reach(w, obj->u.ref, from);
    else if (obj->kind == PDF_ARRAY)
        for (i = 0; i < obj->u.array.n; i++)
            scan(w, obj->u.array.items[i], from);
    else if (obj->kind == PDF_DICT)
        for (i = 0; i < obj->u.dict.n; i++)
            scan(w, obj->u.dict.entries[i].value, from);
    else if (obj->kind == PDF_STREAM)
        scan(w, obj->u.stream.dict, from);
}

/* Breadth first from the catalog, then Info. */
static void find_objects(struct writer *w)
{
    size_t i;

    reach(w, pdf_ref_number(pdf_get_raw(w->pdf, w->pdf->trailer, "Root")), 0);
    for (i = 0; i < w->order_n; i++)
        scan(w, peek(w, w->order[i]), w->order[i]);
    if (pdf_get_raw(w->pdf, w->pdf->trailer, "Info"))
        reach(w, pdf_ref_number(pdf_get_raw(w->pdf, w->pdf->trailer, "Info")), 0);
    for (; i < w->order_n; i++)
        scan(w, peek(w, w->order[i]), w->order[i]);
}

/* Signature dictionaries must not lie in object streams; the catalog and the fields are what a seal
 * replaces, and simple readers look for them in the open. */
int pdf_stays_outside(const struct pdf *pdf, const struct pdf_obj *obj)
{
    size_t i;

    if (obj->kind == PDF_STREAM)
        return 1;
    for (i = 0; obj->kind == PDF_DICT && i < obj->u.dict.n; i++) {
        const struct pdf_entry *e = &obj->u.dict.entries[i];

        switch (*e->key) { /* most dictionaries are elements of structure, with other keys */
        case 'B':
            if (!strcmp(e->key, "ByteRange"))
                return 1;
            break;
        case 'F':
            if (!strcmp(e->key, "Fields") ||
                (!strcmp(e->key, "FT") && pdf_is_name(pdf_resolve(pdf, e->value), "Sig")))
                return 1;
            break;
        case 'T':
            if (!strcmp(e->key, "Type") &&
                (pdf_is_name(pdf_resolve(pdf, e->value), "Catalog") ||
                 pdf_is_name(pdf_resolve(pdf, e->value), "Sig")))
                return 1;
            break;
        default:
            break;
        }
    }
    return 0;
}

/* Of the packed ones it was asked when they were packed. */
static int stays_outside(const struct writer *w, int number)
{
    const struct pdf_slot *slot = &w->pdf->slots[number];

    return w->options->xref == PDF_XREF_TABLE ||
           (!slot->is_packed && pdf_stays_outside(w->pdf, slot->obj));
}

/* ---- writing -------------------------------------------------------------------------------- */

static void write_indirect(struct writer *w, int number)
{
    int new_number = w->map[number];

    w->rows[new_number] = (struct pdf_xref_row){ new_number, 1, w->out->len - w->start, 0 };
    pdf_print_indirect(peek(w, number), new_number, w->map, NULL, w->out);
}

/* The objects order[from..to) that may, as one object stream with the number CONTAINER. */
static void write_object_stream(struct writer *w, const int *members, size_t n, int container)
{
    struct strbuf head = STRBUF_INIT, body = STRBUF_INIT, packed = STRBUF_INIT;
    int level = w->options->level ? w->options->level : PDF_LEVEL;
    size_t i, first;

    for (i = 0; i < n; i++) {
        int new_number = w->map[members[i]];

        pdf_print_int(new_number, &head);
        strbuf_addch(&head, ' ');
        pdf_print_int((long long)body.len, &head);
        strbuf_addch(&head, i + 1 < n ? ' ' : '\n');
        pdf_print_object(peek(w, members[i]), w->map, NULL, &body);
        strbuf_addch(&body, '\n');
        w->rows[new_number] = (struct pdf_xref_row){ new_number, 2, (size_t)container, (int)i };
    }
    first = head.len;
    strbuf_add(&head, body.buf, body.len);
    pdf_deflate(w->pdf, head.buf, head.len, level, &packed);
    w->rows[container] = (struct pdf_xref_row){ container, 1, w->out->len - w->start, 0 };
    strbuf_addf(w->out, "%d 0 obj\n<</Type/ObjStm/N %zu/First %zu/Filter/FlateDecode/Length %zu>>"
                "\nstream\n", container, n, first, packed.len);
    strbuf_add(w->out, packed.buf, packed.len);
    strbuf_addstr(w->out, "\nendstream\nendobj\n");
    strbuf_release(&head);
    strbuf_release(&body);
    strbuf_release(&packed);
}

/* Numbers first what lies in the open, then what lies in object streams, then those streams. */
static void write_body(struct writer *w)
{
    int *packed = xmalloc((w->order_n + 1) * sizeof *packed);
    size_t i, packed_n = 0;

    for (i = 0; i < w->order_n; i++) {
        if (!(w->outside[i] = (unsigned char)stays_outside(w, w->order[i])))
            packed[packed_n++] = w->order[i];
        else
            w->map[w->order[i]] = w->next++;
    }
    for (i = 0; i < packed_n; i++)
        w->map[packed[i]] = w->next++;
    for (i = 0; i < w->order_n; i++)
        if (w->outside[i])
            write_indirect(w, w->order[i]);
    for (i = 0; i < packed_n; i += OBJECTS_A_STREAM) {
        size_t n = packed_n - i < OBJECTS_A_STREAM ? packed_n - i : OBJECTS_A_STREAM;

        write_object_stream(w, packed + i, n, w->next++);
    }
    free(packed);
}

/* Returns the ID. */
static struct pdf_obj *print_trailer(const struct writer *w, struct strbuf *trailer)
{
    static const char *const kept[] = { "Root", "Info" };
    unsigned char digest[32];
    struct pdf_obj *id;
    size_t i;

    for (i = 0; i < 2; i++) {
        const struct pdf_obj *value = pdf_get_raw(w->pdf, w->pdf->trailer, kept[i]);

        if (value) {
            pdf_print_name(kept[i], trailer);
            strbuf_addch(trailer, ' ');
            pdf_print_object(value, w->map, NULL, trailer);
        }
    }
    if (w->options->id) {
        memcpy(digest, w->options->id, 16);
    } else {
        struct sha256 sha;

        sha256_init(&sha);
        sha256_add(&sha, w->out->buf + w->start, w->out->len - w->start);
        sha256_final(&sha, digest);
    }
    id = pdf_new_array(w->pdf);
    pdf_push(w->pdf, id, pdf_new_string(w->pdf, digest, 16));
    pdf_push(w->pdf, id, pdf_new_string(w->pdf, digest, 16));
    strbuf_addstr(trailer, "/ID");
    pdf_print(id, trailer);
    return id;
}

/* ---- going on from what was written ---------------------------------------------------------- */

/* OBJ becomes (a part of) the object NUMBER, and refers to others by their new numbers. */
static void renumber(struct pdf_obj *obj, int number, const int *map)
{
    size_t i;

    obj->owner = number;
    if (obj->kind == PDF_REF)
        obj->u.ref = map[obj->u.ref];
    else if (obj->kind == PDF_ARRAY)
        for (i = 0; i < obj->u.array.n; i++)
            renumber(obj->u.array.items[i], number, map);
    else if (obj->kind == PDF_DICT)
        for (i = 0; i < obj->u.dict.n; i++)
            renumber(obj->u.dict.entries[i].value, number, map);
    else if (obj->kind == PDF_STREAM)
        renumber(obj->u.stream.dict, number, map);
}

/* The same for the packed object NUMBER, which SLOT gets, packed. */
static void repack(struct writer *w, int number, struct pdf_slot *slot)
{
    struct pdf_obj *obj;

    arena_clear(&w->unpacked);
    obj = pdf_unpack(&w->unpacked, number, w->pdf->slots[number].u.packed);
    renumber(obj, w->map[number], w->map);
    slot->u.packed = pdf_pack(w->pdf, w->map[number], obj);
    slot->is_packed = 1;
}

/* Makes the document in memory what pdf_parse would make of the file. The trailer's references are
 * changed last of all: what is found through them has moved by then. */
static void settle(struct writer *w, size_t xref_at)
{
    struct pdf *pdf = w->pdf;
    int is_stream = w->options->xref == PDF_XREF_STREAM;
    size_t n = (size_t)w->next + (is_stream ? 1 : 0), i, pages_n = 0;
    struct pdf_slot *slots = xcalloc(n, sizeof *slots);

    for (i = 1; i < n; i++) {
        slots[i].state = PDF_SLOT_IN_FILE;
        slots[i].u.offset = w->rows[i].place;
        if (w->rows[i].type == 2)
            slots[i].state = PDF_SLOT_IN_STREAM;
    }
    for (i = 0; i < w->order_n; i++) {
        int number = w->map[w->order[i]];

        if (pdf->slots[w->order[i]].is_packed) {
            repack(w, w->order[i], &slots[number]);
        } else {
            slots[number].obj = pdf->slots[w->order[i]].obj;
            renumber(slots[number].obj, number, w->map);
        }
    }
    for (i = 0; i < pdf->pages_n; i++)
        if (w->map[pdf->pages[i]])
            pdf->pages[pages_n++] = w->map[pdf->pages[i]];
    free(pdf->slots);
    free(pdf->revisions);
    pdf->slots = slots;
    pdf->slots_n = pdf->slots_cap = n;
    pdf->pages_n = pages_n;
    pdf->bytes = w->out->buf;
    pdf->n = w->out->len;
    pdf->revisions = xcalloc(1, sizeof *pdf->revisions);
    pdf->revisions[0] = pdf->n;
    pdf->revisions_n = 1;
    pdf->xref_at = xref_at;
    pdf->xref_is_stream = is_stream;
    renumber(pdf->trailer, 0, w->map);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static int write_all(struct pdf *pdf, const struct pdf_write_options *options, int go_on,
                     struct strbuf *out, struct diag *d)
{
    static const struct pdf_write_options usual;
    struct writer w = { .pdf = pdf, .options = options ? options : &usual, .d = d, .out = out,
                        .start = out->len, .next = 1 };
    struct strbuf trailer = STRBUF_INIT;
    size_t most = pdf->slots_n + pdf->slots_n / OBJECTS_A_STREAM + 4, xref_at;
    struct pdf_obj *id;

    arena_init(&w.unpacked);
    w.order = xcalloc(pdf->slots_n + 1, sizeof *w.order);
    w.map = xcalloc(pdf->slots_n + 1, sizeof *w.map);
    w.outside = xmalloc(pdf->slots_n + 1);
    w.rows = xcalloc(most, sizeof *w.rows);
    find_objects(&w);
    if (!w.faults) {
        strbuf_addstr(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        w.rows[0] = (struct pdf_xref_row){ 0, 0, 0, 65535 };
        write_body(&w);
        id = print_trailer(&w, &trailer);
        xref_at = out->len - w.start;
        if (w.options->xref == PDF_XREF_STREAM)
            pdf_write_xref_stream(pdf, w.rows, (size_t)w.next, w.next, trailer.buf, 0, out);
        else
            pdf_write_table(w.rows, (size_t)w.next, w.next, trailer.buf, 0, out);
        if (go_on) {
            settle(&w, xref_at);
            pdf_set(pdf, pdf->trailer, "ID", id);
        }
    }
    strbuf_release(&trailer);
    free(w.order);
    free(w.map);
    free(w.rows);
    free(w.outside);
    arena_release(&w.unpacked);
    return w.faults ? -1 : 0;
}

int pdf_write(struct pdf *pdf, const struct pdf_write_options *options, struct strbuf *out,
              struct diag *d)
{
    return write_all(pdf, options, 0, out, d);
}

int pdf_write_on(struct pdf *pdf, struct strbuf *out, struct diag *d)
{
    if (out->len)
        abort(); /* offsets would not be those of a file */
    return write_all(pdf, NULL, 1, out, d);
}
