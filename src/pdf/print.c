/* Objects as bytes. ISO 32000-1, 7.3; ISO 19005-3, 6.1.6 to 6.1.9 for the ends of line. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* strbuf_add for the few bytes of a token, without a call: a document has ten thousands of them. */
static inline void put(struct strbuf *out, const void *bytes, size_t n)
{
    if (out->cap - out->len <= n)
        strbuf_grow(out, n);
    memcpy(out->buf + out->len, bytes, n);
    out->len += n;
    out->buf[out->len] = '\0';
}

static inline void putch(struct strbuf *out, char c)
{
    put(out, &c, 1);
}

static int is_plain(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != '#' && !pdf_is_delimiter(c);
}

void pdf_print_name(const char *name, struct strbuf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *s = (const unsigned char *)name;

    putch(out, '/');
    while (*s) {
        const unsigned char *run = s;
        char escaped[3];

        while (is_plain(*s))
            s++;
        put(out, run, (size_t)(s - run));
        if (!*s)
            return;
        escaped[0] = '#';
        escaped[1] = digits[*s >> 4];
        escaped[2] = digits[*s++ & 15];
        put(out, escaped, 3);
    }
}

static void print_hex(const unsigned char *s, size_t n, struct strbuf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    char *to;

    strbuf_grow(out, 2 * n + 2);
    to = out->buf + out->len;
    *to++ = '<';
    for (; n; n--, s++) {
        *to++ = digits[*s >> 4];
        *to++ = digits[*s & 15];
    }
    *to++ = '>';
    *to = '\0';
    out->len = (size_t)(to - out->buf);
}

/* Text as a literal string, anything with bytes outside printing ASCII in hexadecimal. */
static void print_string(const char *s, size_t n, struct strbuf *out)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (s[i] < ' ' || s[i] > '~') {
            print_hex((const unsigned char *)s, n, out);
            return;
        }
    putch(out, '(');
    for (i = 0; i < n; i++) {
        if (s[i] == '(' || s[i] == ')' || s[i] == '\\')
            putch(out, '\\');
        putch(out, s[i]);
    }
    putch(out, ')');
}

struct printer {
    const int *map;
    struct pdf_print_hole *hole;
    struct strbuf *out;
};

static void print(struct printer *p, const struct pdf_obj *obj, int depth);

/* A space is needed unless a delimiter stands on either side. */
static void separate(struct strbuf *out, const struct pdf_obj *next)
{
    char last = out->len ? out->buf[out->len - 1] : ' ';

    if (pdf_is_delimiter((unsigned char)last) && last != '/')
        return;
    switch (pdf_kind(next)) {
    case PDF_NAME: case PDF_STRING: case PDF_ARRAY: case PDF_DICT:
        return;
    default:
        putch(out, ' ');
    }
}

/* Room for what is known only when the file is complete. Returns 1 when KEY is such an entry. */
static int print_hole(struct printer *p, const char *key)
{
    if (!p->hole)
        return 0;
    if (!strcmp(key, "ByteRange")) {
        p->hole->byterange_at = p->out->len;
        strbuf_grow(p->out, PDF_BYTERANGE_LEN);
        memset(p->out->buf + p->out->len, ' ', PDF_BYTERANGE_LEN);
        p->out->len += PDF_BYTERANGE_LEN;
    } else if (!strcmp(key, "Contents")) {
        size_t n = 2 * p->hole->contents_size;

        p->hole->contents_at = p->out->len;
        strbuf_grow(p->out, n + 2);
        p->out->buf[p->out->len] = '<';
        memset(p->out->buf + p->out->len + 1, '0', n);
        p->out->buf[p->out->len + 1 + n] = '>';
        p->out->len += n + 2;
    } else {
        return 0;
    }
    p->out->buf[p->out->len] = '\0';
    return 1;
}

/* STREAM is the stream whose dictionary it is; its Length is what the data have. */
static void print_dict(struct printer *p, const struct pdf_obj *dict,
                       const struct pdf_obj *stream, int depth)
{
    size_t i;

    put(p->out, "<<", 2);
    for (i = 0; i < dict->u.dict.n; i++) {
        const struct pdf_entry *e = &dict->u.dict.entries[i];

        pdf_print_name(e->key, p->out);
        if (!depth && print_hole(p, e->key))
            continue;
        if (stream && !strcmp(e->key, "Length")) {
            putch(p->out, ' ');
            pdf_print_int((long long)stream->u.stream.n, p->out);
            continue;
        }
        separate(p->out, e->value);
        print(p, e->value, depth + 1);
    }
    put(p->out, ">>", 2);
}

static void print(struct printer *p, const struct pdf_obj *obj, int depth)
{
    size_t i;

    if (depth > 2 * PDF_MAX_DEPTH)
        abort(); /* an object that contains itself */
    switch ((enum pdf_kind)obj->kind) {
    case PDF_NULL:
        put(p->out, "null", 4);
        break;
    case PDF_BOOL:
        strbuf_addstr(p->out, obj->u.boolean ? "true" : "false");
        break;
    case PDF_INT:
        pdf_print_int(obj->u.integer, p->out);
        break;
    case PDF_REAL:
        if (obj->u.real.text)
            strbuf_addstr(p->out, obj->u.real.text);
        else
            pdf_print_real(obj->u.real.value, p->out);
        break;
    case PDF_NAME:
        pdf_print_name(obj->u.name, p->out);
        break;
    case PDF_STRING:
        print_string(obj->u.string.bytes, obj->u.string.n, p->out);
        break;
    case PDF_ARRAY:
        putch(p->out, '[');
        for (i = 0; i < obj->u.array.n; i++) {
            separate(p->out, obj->u.array.items[i]);
            print(p, obj->u.array.items[i], depth + 1);
        }
        putch(p->out, ']');
        break;
    case PDF_DICT:
        print_dict(p, obj, NULL, depth);
        break;
    case PDF_STREAM:
        print_dict(p, obj->u.stream.dict, obj, depth);
        break;
    case PDF_REF:
        pdf_print_int(p->map ? p->map[obj->u.ref] : obj->u.ref, p->out);
        put(p->out, " 0 R", 4);
        break;
    }
}

void pdf_print_object(const struct pdf_obj *obj, const int *map, struct pdf_print_hole *hole,
                      struct strbuf *out)
{
    struct printer p = { map, hole, out };

    print(&p, obj, 0);
}

void pdf_print(const struct pdf_obj *obj, struct strbuf *out)
{
    if (obj)
        pdf_print_object(obj, NULL, NULL, out);
    else
        put(out, "null", 4);
}

void pdf_print_indirect(const struct pdf_obj *obj, int number, const int *map,
                        struct pdf_print_hole *hole, struct strbuf *out)
{
    pdf_print_int(number, out);
    put(out, " 0 obj\n", 7);
    pdf_print_object(obj, map, hole, out);
    if (obj->kind == PDF_STREAM) {
        put(out, "\nstream\n", 8);
        put(out, obj->u.stream.raw, obj->u.stream.n);
        put(out, "\nendstream", 10);
    }
    put(out, "\nendobj\n", 8);
}
