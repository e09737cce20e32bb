/* Packed objects: those of which a document has hundred thousands, the elements of its structure, in
 * some twelve bytes each instead of some four hundred.
 *
 * A value is a byte, and what that asks for: a small reference or a well-known name is in the byte
 * itself. References count from the one before, the first from the object's own number. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

enum token {
    TOKEN_NULL, TOKEN_TRUE, TOKEN_FALSE,
    TOKEN_INT,         /* zigzag */
    TOKEN_REAL,        /* a double; as pdf_new_real makes it */
    TOKEN_REAL_TEXT,   /* a double, and its text with NUL */
    TOKEN_NAME,        /* with NUL */
    TOKEN_STRING,      /* count, bytes and NUL */
    TOKEN_ARRAY,       /* count, values */
    TOKEN_DICT,        /* count, names and values */
    TOKEN_REF,         /* zigzag difference */
    TOKEN_KNOWN = 16,  /* and all below 128: a name of the list */
    TOKEN_NEAR = 128,  /* and all above: a reference, 64 more than the difference */
};

/* In the order of strcmp. */
static const char *const known[] = {
    "A", "Alt", "Art", "BBox", "BibEntry", "BlockQuote", "Caption", "Code", "ColSpan", "Column",
    "Contents", "Div", "Document", "Figure", "Form", "Formula", "H", "H1", "H2", "H3", "H4", "H5",
    "H6", "ID", "Index", "K", "L", "LBody", "LI", "Lang", "Layout", "Lbl", "Link", "MCID", "MCR",
    "NonStruct", "Note", "O", "OBJR", "Obj", "P", "Part", "Pg", "Private", "Quote", "Reference",
    "Row", "RowSpan", "S", "Scope", "Sect", "Span", "StructElem", "T", "TBody", "TD", "TFoot", "TH",
    "THead", "TOC", "TOCI", "TR", "Table", "Type",
};
enum { KNOWN_N = sizeof known / sizeof known[0] };
_Static_assert(TOKEN_KNOWN + KNOWN_N <= TOKEN_NEAR, "too many names");

/* ---- packing -------------------------------------------------------------------------------- */

struct packer {
    struct strbuf *out;
    int last;          /* number of the last reference */
};

static void put_number(struct packer *p, unsigned long long value)
{
    for (; value >= 128; value >>= 7)
        strbuf_addch(p->out, (char)(value | 128));
    strbuf_addch(p->out, (char)value);
}

static void put_signed(struct packer *p, long long value)
{
    put_number(p, value < 0 ? ~((unsigned long long)value << 1) : (unsigned long long)value << 1);
}

static void put_name(struct packer *p, const char *name)
{
    size_t from = 0, to = KNOWN_N;

    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = strcmp(name, known[middle]);

        if (!order) {
            strbuf_addch(p->out, (char)(TOKEN_KNOWN + middle));
            return;
        }
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    strbuf_addch(p->out, TOKEN_NAME);
    strbuf_add(p->out, name, strlen(name) + 1);
}

static void put_reference(struct packer *p, int number)
{
    int difference = number - p->last;

    p->last = number;
    if (difference >= -64 && difference < 64) {
        strbuf_addch(p->out, (char)(TOKEN_NEAR + 64 + difference));
        return;
    }
    strbuf_addch(p->out, TOKEN_REF);
    put_signed(p, difference);
}

static void put_value(struct packer *p, const struct pdf_obj *obj, int depth)
{
    size_t i;

    if (depth > 2 * PDF_MAX_DEPTH)
        abort(); /* an object that contains itself */
    switch ((enum pdf_kind)obj->kind) {
    case PDF_NULL:
        strbuf_addch(p->out, TOKEN_NULL);
        break;
    case PDF_BOOL:
        strbuf_addch(p->out, obj->u.boolean ? TOKEN_TRUE : TOKEN_FALSE);
        break;
    case PDF_INT:
        strbuf_addch(p->out, TOKEN_INT);
        put_signed(p, obj->u.integer);
        break;
    case PDF_REAL:
        strbuf_addch(p->out, obj->u.real.text ? TOKEN_REAL_TEXT : TOKEN_REAL);
        strbuf_add(p->out, &obj->u.real.value, sizeof obj->u.real.value);
        if (obj->u.real.text)
            strbuf_add(p->out, obj->u.real.text, strlen(obj->u.real.text) + 1);
        break;
    case PDF_NAME:
        put_name(p, obj->u.name);
        break;
    case PDF_STRING:
        strbuf_addch(p->out, TOKEN_STRING);
        put_number(p, obj->u.string.n);
        strbuf_add(p->out, obj->u.string.bytes, obj->u.string.n);
        strbuf_addch(p->out, '\0');
        break;
    case PDF_ARRAY:
        strbuf_addch(p->out, TOKEN_ARRAY);
        put_number(p, obj->u.array.n);
        for (i = 0; i < obj->u.array.n; i++)
            put_value(p, obj->u.array.items[i], depth + 1);
        break;
    case PDF_DICT:
        strbuf_addch(p->out, TOKEN_DICT);
        put_number(p, obj->u.dict.n);
        for (i = 0; i < obj->u.dict.n; i++) {
            put_name(p, obj->u.dict.entries[i].key);
            put_value(p, obj->u.dict.entries[i].value, depth + 1);
        }
        break;
    case PDF_REF:
        put_reference(p, obj->u.ref);
        break;
    case PDF_STREAM:
        abort(); /* its data are better left where they are */
    }
}

/* Room for N packed bytes, one object's after the other's. */
static unsigned char *room(struct pdf *pdf, size_t n)
{
    enum { CHUNK = 16 * 1024 };
    unsigned char *at;

    if (n > pdf->pack_left) {
        pdf->pack_left = n > CHUNK ? n : CHUNK;
        pdf->pack_at = arena_alloc(&pdf->arena, pdf->pack_left);
    }
    at = pdf->pack_at;
    pdf->pack_at += n;
    pdf->pack_left -= n;
    return at;
}

const unsigned char *pdf_pack(struct pdf *pdf, int number, const struct pdf_obj *obj)
{
    struct packer p = { &pdf->pack_bytes, number };
    unsigned char *packed;

    strbuf_clear(p.out);
    put_value(&p, obj, 0);
    packed = room(pdf, p.out->len);
    memcpy(packed, p.out->buf, p.out->len);
    return packed;
}

void pdf_pack_begin(struct pdf *pdf)
{
    if (pdf->making != &pdf->arena)
        abort(); /* one at a time */
    pdf->making = &pdf->scratch;
}

void pdf_pack_end(struct pdf *pdf, int number, const struct pdf_obj *obj)
{
    struct pdf_slot *slot = pdf_slot_at(pdf, number);

    if (pdf->making != &pdf->scratch || slot->obj || slot->state != PDF_SLOT_NEW ||
        pdf_stays_outside(pdf, obj))
        abort();
    slot->u.packed = pdf_pack(pdf, number, obj);
    slot->is_packed = 1;
    pdf->making = &pdf->arena;
    arena_clear(&pdf->scratch);
}

/* ---- unpacking ------------------------------------------------------------------------------ */

struct unpacker {
    struct arena *arena;
    const unsigned char *at;
    int owner, last;
};

static unsigned long long take_number(struct unpacker *u)
{
    unsigned long long value = 0;
    int shift = 0;

    for (; *u->at & 128; shift += 7)
        value |= (unsigned long long)(*u->at++ & 127) << shift;
    return value | (unsigned long long)*u->at++ << shift;
}

static long long take_signed(struct unpacker *u)
{
    unsigned long long value = take_number(u);

    return (long long)(value & 1 ? ~(value >> 1) : value >> 1);
}

/* What follows TOKEN_NAME, or a text of its own. */
static const char *take_text(struct unpacker *u)
{
    const char *text = (const char *)u->at;

    u->at += strlen(text) + 1;
    return text;
}

static const char *take_name(struct unpacker *u)
{
    unsigned char token = *u->at++;

    return token == TOKEN_NAME ? take_text(u) : known[token - TOKEN_KNOWN];
}

static struct pdf_obj *take_value(struct unpacker *u);

static void take_array(struct unpacker *u, struct pdf_obj *obj)
{
    size_t n = (size_t)take_number(u), i;

    obj->kind = PDF_ARRAY;
    obj->u.array.n = obj->u.array.cap = n;
    obj->u.array.items = n ? arena_alloc(u->arena, n * sizeof *obj->u.array.items) : NULL;
    for (i = 0; i < n; i++)
        obj->u.array.items[i] = take_value(u);
}

static void take_dict(struct unpacker *u, struct pdf_obj *obj)
{
    size_t n = (size_t)take_number(u), i;

    obj->kind = PDF_DICT;
    obj->u.dict.n = obj->u.dict.cap = n;
    obj->u.dict.entries = n ? arena_alloc(u->arena, n * sizeof *obj->u.dict.entries) : NULL;
    for (i = 0; i < n; i++) {
        obj->u.dict.entries[i].key = take_name(u);
        obj->u.dict.entries[i].value = take_value(u);
    }
}

static struct pdf_obj *take_value(struct unpacker *u)
{
    struct pdf_obj *obj = arena_alloc(u->arena, sizeof *obj);
    unsigned char token = *u->at;

    obj->owner = u->owner;
    if (token == TOKEN_NAME || (token >= TOKEN_KNOWN && token < TOKEN_NEAR)) {
        obj->kind = PDF_NAME;
        obj->u.name = take_name(u);
        return obj;
    }
    u->at++;
    if (token >= TOKEN_NEAR || token == TOKEN_REF) {
        obj->kind = PDF_REF;
        u->last += token == TOKEN_REF ? (int)take_signed(u) : token - TOKEN_NEAR - 64;
        obj->u.ref = u->last;
        return obj;
    }
    switch (token) {
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        obj->kind = PDF_BOOL;
        obj->u.boolean = token == TOKEN_TRUE;
        break;
    case TOKEN_INT:
        obj->kind = PDF_INT;
        obj->u.integer = take_signed(u);
        break;
    case TOKEN_REAL:
    case TOKEN_REAL_TEXT:
        obj->kind = PDF_REAL;
        memcpy(&obj->u.real.value, u->at, sizeof obj->u.real.value);
        u->at += sizeof obj->u.real.value;
        if (token == TOKEN_REAL_TEXT)
            obj->u.real.text = take_text(u);
        break;
    case TOKEN_STRING:
        obj->kind = PDF_STRING;
        obj->u.string.n = (size_t)take_number(u);
        obj->u.string.bytes = (const char *)u->at;
        u->at += obj->u.string.n + 1;
        break;
    case TOKEN_ARRAY:
        take_array(u, obj);
        break;
    case TOKEN_DICT:
        take_dict(u, obj);
        break;
    default:
        break; /* null */
    }
    return obj;
}

struct pdf_obj *pdf_unpack(struct arena *arena, int number, const unsigned char *packed)
{
    struct unpacker u = { arena, packed, number, number };

    return take_value(&u);
}
