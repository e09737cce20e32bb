/* Objects from bytes: the syntax of ISO 32000-1, 7.2 and 7.3. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"

#define MAX_NAME 127  /* ISO 32000-1, Annex C */
#define MAX_DICT 4095

/* 1: white space, 2: delimiter */
static const unsigned char classes[256] = {
    [0] = 1, ['\t'] = 1, ['\n'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1,
    ['('] = 2, [')'] = 2, ['<'] = 2, ['>'] = 2, ['['] = 2, [']'] = 2, ['{'] = 2, ['}'] = 2,
    ['/'] = 2, ['%'] = 2,
};

int pdf_is_space(int c)
{
    return c >= 0 && classes[(unsigned char)c] == 1;
}

int pdf_is_delimiter(int c)
{
    return c >= 0 && classes[(unsigned char)c] == 2;
}

int pdf_lex_fail(struct pdf_lex *lex, size_t at, const char *what)
{
    struct diag_place place = { .file = lex->pdf->name };

    lex->failed = 1;
    if (lex->stream)
        return diag_at(lex->d, &place, PDF_IN_STREAM, lex->stream, at, what);
    return diag_at(lex->d, &place, PDF_SYNTAX, at, what);
}

static struct pdf_obj *fail(struct pdf_lex *lex, size_t at, const char *what)
{
    pdf_lex_fail(lex, at, what);
    return NULL;
}

void pdf_lex_blank(struct pdf_lex *lex)
{
    while (lex->at < lex->n && classes[(unsigned char)lex->bytes[lex->at]] == 1)
        lex->at++;
}

/* cairo numbers its pages in comments. */
void pdf_lex_space(struct pdf_lex *lex)
{
    for (;;) {
        pdf_lex_blank(lex);
        if (lex->at >= lex->n || lex->bytes[lex->at] != '%')
            return;
        while (lex->at < lex->n && lex->bytes[lex->at] != '\n' && lex->bytes[lex->at] != '\r')
            lex->at++;
    }
}

static int ends_token(const struct pdf_lex *lex, size_t at)
{
    return at >= lex->n || classes[(unsigned char)lex->bytes[at]];
}

int pdf_lex_word(struct pdf_lex *lex, const char *word)
{
    size_t n = strlen(word);

    if (lex->n - lex->at < n || memcmp(lex->bytes + lex->at, word, n) ||
        !ends_token(lex, lex->at + n))
        return 0;
    lex->at += n;
    return 1;
}

int pdf_lex_uint(struct pdf_lex *lex, size_t *value)
{
    size_t at = lex->at, v = 0;

    while (at < lex->n && lex->bytes[at] >= '0' && lex->bytes[at] <= '9' && at - lex->at < 18)
        v = v * 10 + (size_t)(lex->bytes[at++] - '0');
    if (at == lex->at || !ends_token(lex, at))
        return -1;
    lex->at = at;
    *value = v;
    return 0;
}

static struct pdf_obj *new_obj(struct pdf_lex *lex, enum pdf_kind kind)
{
    struct pdf_obj *obj = pdf_new_kind(lex->pdf, kind);

    obj->owner = lex->owner;
    return obj;
}

/* "7 0 R" when that stands at the unsigned integer FIRST that was just read; else NULL and nothing
 * is taken, or a fault. */
static struct pdf_obj *reference(struct pdf_lex *lex, size_t start, long long first)
{
    size_t back = lex->at, generation;
    struct pdf_obj *obj;

    pdf_lex_space(lex);
    if (lex->at == back || pdf_lex_uint(lex, &generation))
        goto none;
    pdf_lex_space(lex);
    if (!pdf_lex_word(lex, "R"))
        goto none;
    if (generation)
        return fail(lex, start, "a generation other than 0");
    if (first < 1 || first >= PDF_MAX_OBJECTS)
        return fail(lex, start, "an object number out of range");
    obj = new_obj(lex, PDF_REF);
    obj->u.ref = (int)first;
    return obj;
none:
    lex->at = back;
    return NULL;
}

static double real_value(const char *s, size_t n)
{
    double value = 0, scale = 1;
    size_t i = *s == '-' || *s == '+';
    int after = 0;

    for (; i < n; i++) {
        if (s[i] == '.') {
            after = 1;
            continue;
        }
        value = value * 10 + (s[i] - '0');
        if (after)
            scale *= 10;
    }
    value /= scale;
    return *s == '-' ? -value : value;
}

static struct pdf_obj *number(struct pdf_lex *lex)
{
    const char *s = lex->bytes;
    size_t start = lex->at, at = start, digits = 0, points = 0;
    long long value = 0;
    struct pdf_obj *obj;

    if (s[at] == '-' || s[at] == '+')
        at++;
    for (; at < lex->n; at++) {
        if (s[at] == '.')
            points++;
        else if (s[at] >= '0' && s[at] <= '9')
            digits++;
        else
            break;
    }
    if (!digits || digits > 18 || points > 1 || !ends_token(lex, at))
        return fail(lex, start, "not a number");
    lex->at = at;
    if (points) {
        obj = new_obj(lex, PDF_REAL);
        obj->u.real.value = real_value(s + start, at - start);
        obj->u.real.text = pdf_keep(lex->pdf, s + start, at - start);
        return obj;
    }
    for (at = start; at < lex->at; at++)
        if (s[at] >= '0')
            value = value * 10 + (s[at] - '0');
    if (s[start] >= '0') {
        obj = reference(lex, start, value);
        if (obj || lex->failed)
            return obj;
    }
    obj = new_obj(lex, PDF_INT);
    obj->u.integer = s[start] == '-' ? -value : value;
    return obj;
}

static int hex(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
           c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Takes a name with its solidus. Returns a kept copy, or NULL after reporting. */
static const char *name(struct pdf_lex *lex)
{
    char decoded[MAX_NAME + 1];
    size_t start = lex->at, n = 0;

    for (lex->at++; !ends_token(lex, lex->at); lex->at++) {
        unsigned char c = (unsigned char)lex->bytes[lex->at];

        if (c < '!' || c > '~') {
            pdf_lex_fail(lex, lex->at, "an unescaped byte in a name");
            return NULL;
        }
        if (c == '#') {
            int high = lex->n - lex->at > 2 ? hex(lex->bytes[lex->at + 1]) : -1;
            int low = high >= 0 ? hex(lex->bytes[lex->at + 2]) : -1;

            if (low < 0 || !(high || low)) {
                pdf_lex_fail(lex, lex->at, "'#' in a name without two hexadecimal digits");
                return NULL;
            }
            c = (unsigned char)(high << 4 | low);
            lex->at += 2;
        }
        if (n == MAX_NAME) {
            pdf_lex_fail(lex, start, "a name of more than 127 bytes");
            return NULL;
        }
        decoded[n++] = (char)c;
    }
    return pdf_keep(lex->pdf, decoded, n);
}

/* Appends what the escape at lex->at (after the reversed solidus) stands for. */
static void string_escape(struct pdf_lex *lex, struct strbuf *out)
{
    static const char letters[] = "n\nr\rt\tb\bf\f";
    char c = lex->bytes[lex->at++];
    const char *letter;
    int value = 0, i;

    if (c >= '0' && c <= '7') {
        value = c - '0';
        for (i = 0; i < 2 && lex->at < lex->n; i++, lex->at++) {
            c = lex->bytes[lex->at];
            if (c < '0' || c > '7')
                break;
            value = value * 8 + c - '0';
        }
        strbuf_addch(out, (char)(value & 0xFF));
    } else if (c == '\r' || c == '\n') {
        if (c == '\r' && lex->at < lex->n && lex->bytes[lex->at] == '\n')
            lex->at++;
    } else {
        for (letter = letters; *letter && *letter != c; letter += 2)
            ;
        strbuf_addch(out, *letter ? letter[1] : c);
    }
}

static struct pdf_obj *literal_string(struct pdf_lex *lex, struct strbuf *out)
{
    size_t start = lex->at, open = 1;

    for (lex->at++; lex->at < lex->n;) {
        char c = lex->bytes[lex->at++];

        if (c == '\\' && lex->at < lex->n) {
            string_escape(lex, out);
            continue;
        }
        if (c == '(')
            open++;
        if (c == ')' && !--open) {
            struct pdf_obj *obj = new_obj(lex, PDF_STRING);

            obj->u.string.bytes = pdf_keep(lex->pdf, out->buf, out->len);
            obj->u.string.n = out->len;
            return obj;
        }
        if (c == '\r') {
            if (lex->at < lex->n && lex->bytes[lex->at] == '\n')
                lex->at++;
            c = '\n';
        }
        strbuf_addch(out, c);
    }
    return fail(lex, start, "a string without end");
}

static struct pdf_obj *hex_string(struct pdf_lex *lex)
{
    size_t start = lex->at, end, n = 0, i;
    const char *close = memchr(lex->bytes + start, '>', lex->n - start);
    struct pdf_obj *obj;
    char *bytes;
    int half = -1;

    if (!close)
        return fail(lex, start, "a hexadecimal string without end");
    end = (size_t)(close - lex->bytes);
    bytes = arena_alloc(&lex->pdf->arena, (end - start) / 2 + 2);
    for (i = start + 1; i < end; i++) {
        int v = hex(lex->bytes[i]);

        if (v < 0 && !pdf_is_space((unsigned char)lex->bytes[i]))
            return fail(lex, i, "not a hexadecimal digit");
        if (v < 0)
            continue;
        if (half < 0) {
            half = v;
        } else {
            bytes[n++] = (char)(half << 4 | v);
            half = -1;
        }
    }
    if (half >= 0)
        bytes[n++] = (char)(half << 4);
    lex->at = end + 1;
    obj = new_obj(lex, PDF_STRING);
    obj->u.string.bytes = bytes;
    obj->u.string.n = n;
    return obj;
}

static struct pdf_obj *array(struct pdf_lex *lex, int depth)
{
    struct pdf_obj *obj = new_obj(lex, PDF_ARRAY), *item;
    size_t start = lex->at++;

    for (;;) {
        pdf_lex_space(lex);
        if (lex->at >= lex->n)
            return fail(lex, start, "an array without end");
        if (lex->bytes[lex->at] == ']') {
            lex->at++;
            return obj;
        }
        item = pdf_lex_object(lex, depth + 1);
        if (!item)
            return NULL;
        pdf_append_item(lex->pdf, obj, item);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct pdf_entry *x = a, *y = b;
    return strcmp(x->key, y->key);
}

/* The larger dictionaries are sorted for it: a hostile one must not cost the square of its size. */
static int has_double_key(const struct pdf_obj *dict)
{
    struct pdf_entry *sorted;
    size_t n = dict->u.dict.n, i, k;
    int twice = 0;

    if (n <= 16) {
        for (i = 1; i < n; i++)
            for (k = 0; k < i; k++)
                if (!strcmp(dict->u.dict.entries[i].key, dict->u.dict.entries[k].key))
                    return 1;
        return 0;
    }
    sorted = xmalloc(n * sizeof *sorted);
    memcpy(sorted, dict->u.dict.entries, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_key);
    for (i = 1; i < n && !twice; i++)
        twice = !strcmp(sorted[i - 1].key, sorted[i].key);
    free(sorted);
    return twice;
}

static struct pdf_obj *dictionary(struct pdf_lex *lex, int depth)
{
    struct pdf_obj *obj = new_obj(lex, PDF_DICT), *value;
    size_t start = lex->at;
    const char *key;

    lex->at += 2;
    for (;;) {
        pdf_lex_space(lex);
        if (lex->n - lex->at >= 2 && !memcmp(lex->bytes + lex->at, ">>", 2)) {
            lex->at += 2;
            return has_double_key(obj) ? fail(lex, start, "a dictionary with a key twice") : obj;
        }
        if (lex->at >= lex->n)
            return fail(lex, start, "a dictionary without end");
        if (lex->bytes[lex->at] != '/')
            return fail(lex, lex->at, "not a dictionary key");
        if (obj->u.dict.n == MAX_DICT)
            return fail(lex, start, "a dictionary of more than 4095 entries");
        key = name(lex);
        if (!key)
            return NULL;
        pdf_lex_space(lex);
        value = pdf_lex_object(lex, depth + 1);
        if (!value)
            return NULL;
        pdf_append_entry(lex->pdf, obj, key, value);
    }
}

struct pdf_obj *pdf_lex_object(struct pdf_lex *lex, int depth)
{
    struct strbuf bytes = STRBUF_INIT;
    struct pdf_obj *obj;
    size_t start = lex->at;

    if (lex->at >= lex->n)
        return fail(lex, lex->at, "an object is missing");
    if (++lex->pdf->values > PDF_MAX_VALUES)
        return fail(lex, lex->at, "more values than any document of ours has");
    if (depth > PDF_MAX_DEPTH)
        return fail(lex, lex->at, "arrays or dictionaries nested too deep");
    switch (lex->bytes[lex->at]) {
    case '/':
        obj = new_obj(lex, PDF_NAME);
        obj->u.name = name(lex);
        return obj->u.name ? obj : NULL;
    case '(':
        obj = literal_string(lex, &bytes);
        strbuf_release(&bytes);
        return obj;
    case '<':
        if (lex->n - lex->at > 1 && lex->bytes[lex->at + 1] == '<')
            return dictionary(lex, depth);
        return hex_string(lex);
    case '[':
        return array(lex, depth);
    case '+': case '-': case '.':
    case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
        return number(lex);
    default:
        break;
    }
    if (pdf_lex_word(lex, "null"))
        return new_obj(lex, PDF_NULL);
    obj = new_obj(lex, PDF_BOOL);
    if (pdf_lex_word(lex, "true"))
        obj->u.boolean = 1;
    else if (!pdf_lex_word(lex, "false"))
        return fail(lex, start, "not an object");
    return obj;
}
