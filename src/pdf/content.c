#include "content.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "pdf_int.h"

#define MAX_OPERANDS 33 /* DeviceN colours and a name; everything else takes fewer */
#define MAX_NESTING 64  /* of arrays and dictionaries among operands */

struct op_row {
    char name[4];
    signed char operands; /* how many; -1: any number */
    unsigned char class;
};

/* Annex A, without the inline image operators; sorted by the bytes of the name. */
static const struct op_row op_rows[] = {
    { "\"", 3, PDF_OP_PAINT },      { "'", 1, PDF_OP_PAINT },
    { "B", 0, PDF_OP_PAINT },       { "B*", 0, PDF_OP_PAINT },
    { "BDC", 2, PDF_OP_MARK_BEGIN },{ "BMC", 1, PDF_OP_MARK_BEGIN },
    { "BT", 0, PDF_OP_TEXT_BEGIN }, { "BX", 0, PDF_OP_STATE },
    { "CS", 1, PDF_OP_STATE },      { "DP", 2, PDF_OP_MARK_POINT },
    { "Do", 1, PDF_OP_PAINT },      { "EMC", 0, PDF_OP_MARK_END },
    { "ET", 0, PDF_OP_TEXT_END },   { "EX", 0, PDF_OP_STATE },
    { "F", 0, PDF_OP_PAINT },       { "G", 1, PDF_OP_STATE },
    { "J", 1, PDF_OP_STATE },       { "K", 4, PDF_OP_STATE },
    { "M", 1, PDF_OP_STATE },       { "MP", 1, PDF_OP_MARK_POINT },
    { "Q", 0, PDF_OP_RESTORE },     { "RG", 3, PDF_OP_STATE },
    { "S", 0, PDF_OP_PAINT },       { "SC", -1, PDF_OP_STATE },
    { "SCN", -1, PDF_OP_STATE },    { "T*", 0, PDF_OP_STATE },
    { "TD", 2, PDF_OP_STATE },      { "TJ", 1, PDF_OP_PAINT },
    { "TL", 1, PDF_OP_STATE },      { "Tc", 1, PDF_OP_STATE },
    { "Td", 2, PDF_OP_STATE },      { "Tf", 2, PDF_OP_STATE },
    { "Tj", 1, PDF_OP_PAINT },      { "Tm", 6, PDF_OP_STATE },
    { "Tr", 1, PDF_OP_STATE },      { "Ts", 1, PDF_OP_STATE },
    { "Tw", 1, PDF_OP_STATE },      { "Tz", 1, PDF_OP_STATE },
    { "W", 0, PDF_OP_STATE },       { "W*", 0, PDF_OP_STATE },
    { "b", 0, PDF_OP_PAINT },       { "b*", 0, PDF_OP_PAINT },
    { "c", 6, PDF_OP_STATE },       { "cm", 6, PDF_OP_STATE },
    { "cs", 1, PDF_OP_STATE },      { "d", 2, PDF_OP_STATE },
    { "f", 0, PDF_OP_PAINT },       { "f*", 0, PDF_OP_PAINT },
    { "g", 1, PDF_OP_STATE },       { "gs", 1, PDF_OP_STATE },
    { "h", 0, PDF_OP_STATE },       { "i", 1, PDF_OP_STATE },
    { "j", 1, PDF_OP_STATE },       { "k", 4, PDF_OP_STATE },
    { "l", 2, PDF_OP_STATE },       { "m", 2, PDF_OP_STATE },
    { "n", 0, PDF_OP_PATH_END },    { "q", 0, PDF_OP_SAVE },
    { "re", 4, PDF_OP_STATE },      { "rg", 3, PDF_OP_STATE },
    { "ri", 1, PDF_OP_STATE },      { "s", 0, PDF_OP_PAINT },
    { "sc", -1, PDF_OP_STATE },     { "scn", -1, PDF_OP_STATE },
    { "sh", 1, PDF_OP_PAINT },      { "v", 4, PDF_OP_STATE },
    { "w", 1, PDF_OP_STATE },       { "y", 4, PDF_OP_STATE },
};

void pdf_content_init(struct pdf_content *c, const void *bytes, size_t n, const char *name)
{
    memset(c, 0, sizeof *c);
    c->bytes = bytes;
    c->n = n;
    c->name = name;
}

static int fault(const struct pdf_content *c, size_t at, const char *what, struct diag *d)
{
    struct diag_place place = { .file = c->name };

    return diag_at(d, &place, PDF_CONTENT, at, what);
}

static void skip_space(struct pdf_content *c)
{
    while (c->at < c->n && pdf_is_space((unsigned char)c->bytes[c->at]))
        c->at++;
}

static int is_regular(const struct pdf_content *c, size_t at)
{
    unsigned char b;

    if (at >= c->n)
        return 0;
    b = (unsigned char)c->bytes[at];
    return !pdf_is_space(b) && !pdf_is_delimiter(b);
}

static int skip_string(struct pdf_content *c, struct diag *d)
{
    size_t start = c->at, open = 0;

    for (; c->at < c->n; c->at++) {
        char b = c->bytes[c->at];

        if (b == '\\')
            c->at++;
        else if (b == '(')
            open++;
        else if (b == ')' && !--open) {
            c->at++;
            return 0;
        }
    }
    return fault(c, start, "a string without end", d);
}

static int skip_hex_string(struct pdf_content *c, struct diag *d)
{
    size_t start = c->at++;

    for (; c->at < c->n; c->at++) {
        char b = c->bytes[c->at];

        if (b == '>') {
            c->at++;
            return 0;
        }
        if (!((b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F') ||
              pdf_is_space((unsigned char)b)))
            break;
    }
    return fault(c, start, "a hexadecimal string that is damaged or without end", d);
}

static int skip_number(struct pdf_content *c, struct diag *d)
{
    size_t start = c->at, digits = 0, points = 0;

    if (c->bytes[c->at] == '-' || c->bytes[c->at] == '+')
        c->at++;
    for (; is_regular(c, c->at); c->at++) {
        if (c->bytes[c->at] == '.')
            points++;
        else if (c->bytes[c->at] >= '0' && c->bytes[c->at] <= '9')
            digits++;
        else
            return fault(c, start, "not a number", d);
    }
    return digits && points <= 1 ? 0 : fault(c, start, "not a number", d);
}

/* true, false and null. Returns 1 when one stood there. */
static int skip_word(struct pdf_content *c)
{
    static const char *const words[] = { "true", "false", "null" };
    size_t i;

    for (i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);

        if (c->n - c->at >= n && !memcmp(c->bytes + c->at, words[i], n) &&
            !is_regular(c, c->at + n)) {
            c->at += n;
            return 1;
        }
    }
    return 0;
}

static void skip_name(struct pdf_content *c)
{
    c->at++;
    while (is_regular(c, c->at))
        c->at++;
}

/* Skips one operand. Returns 1, 0 when none stands there (an operator), -1 after reporting. */
static int skip_operand(struct pdf_content *c, int depth, struct diag *d)
{
    char b = c->bytes[c->at], close;
    size_t start = c->at;

    if (depth > MAX_NESTING)
        return fault(c, start, "operands nested too deep", d);
    if (b == '/') {
        skip_name(c);
        return 1;
    }
    if (b == '(')
        return skip_string(c, d) ? -1 : 1;
    if ((b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.')
        return skip_number(c, d) ? -1 : 1;
    if (b == '<' && (c->at + 1 >= c->n || c->bytes[c->at + 1] != '<'))
        return skip_hex_string(c, d) ? -1 : 1;
    if (b != '[' && b != '<')
        return skip_word(c);
    close = b == '[' ? ']' : '>';
    for (c->at += b == '[' ? 1 : 2;;) {
        int result;

        skip_space(c);
        if (c->at >= c->n)
            return fault(c, start, "an array or dictionary without end", d);
        if (c->bytes[c->at] == close && (close == ']' || (c->at + 1 < c->n &&
                                                          c->bytes[c->at + 1] == '>'))) {
            c->at += close == ']' ? 1 : 2;
            return 1;
        }
        result = skip_operand(c, depth + 1, d);
        if (result <= 0)
            return result < 0 ? -1 : fault(c, c->at, "not an operand", d);
    }
}

static int compare_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct op_row *)row)->name);
}

/* Reads the operator's name into OP. Returns its row or NULL after reporting. */
static const struct op_row *operator_name(struct pdf_content *c, struct pdf_op *op, struct diag *d)
{
    const struct op_row *row = NULL;
    size_t n = 0;

    op->operator_at = c->at;
    while (is_regular(c, c->at + n))
        n++;
    if (n && n < sizeof op->name) {
        memcpy(op->name, c->bytes + c->at, n);
        op->name[n] = '\0';
        row = bsearch(op->name, op_rows, sizeof op_rows / sizeof *op_rows, sizeof *op_rows,
                      compare_name);
    }
    if (!row) {
        fault(c, c->at, n == 2 && !memcmp(c->bytes + c->at, "BI", 2)
                            ? "an inline image, which is not supported" : "not an operator", d);
        return NULL;
    }
    c->at += n;
    op->end = c->at;
    op->class = (enum pdf_op_class)row->class;
    return row;
}

/* The integer after the key MCID on the top level of the inline property list at AT; -1: none. */
static long mcid_of(const struct pdf_content *from, size_t at, struct diag *d)
{
    struct pdf_content c = *from;
    long value;

    c.at = at + 2;
    for (;;) {
        size_t key, key_len;

        skip_space(&c);
        if (c.bytes[c.at] != '/')
            return -1;
        key = c.at + 1;
        skip_name(&c);
        key_len = c.at - key;
        skip_space(&c);
        if (key_len == 4 && !memcmp(c.bytes + key, "MCID", 4)) {
            for (value = 0; c.bytes[c.at] >= '0' && c.bytes[c.at] <= '9' && value < 100000000;)
                value = value * 10 + (c.bytes[c.at++] - '0');
            return is_regular(&c, c.at) ? -1 : value;
        }
        /* The list was passed over once already without a fault. */
        if (skip_operand(&c, 0, d) <= 0)
            return -1;
    }
}

static int update_state(struct pdf_content *c, const struct pdf_op *op, struct diag *d)
{
    const char *what = NULL;

    switch (op->class) {
    case PDF_OP_SAVE:
        c->saves++;
        break;
    case PDF_OP_RESTORE:
        if (--c->saves < 0)
            what = "Q without q";
        break;
    case PDF_OP_TEXT_BEGIN:
        if (c->in_text++)
            what = "BT inside a text object";
        break;
    case PDF_OP_TEXT_END:
        if (!c->in_text--)
            what = "ET without BT";
        break;
    case PDF_OP_MARK_BEGIN:
        c->marks++;
        break;
    case PDF_OP_MARK_END:
        if (--c->marks < 0)
            what = "EMC without BMC or BDC";
        break;
    case PDF_OP_PAINT:
    case PDF_OP_PATH_END:
        c->in_path = 0;
        break;
    case PDF_OP_STATE:
        if (!strcmp(op->name, "m") || !strcmp(op->name, "re"))
            c->in_path = 1;
        break;
    case PDF_OP_MARK_POINT:
        break;
    }
    return what ? fault(c, op->start, what, d) : 0;
}

static int at_end(const struct pdf_content *c, struct diag *d)
{
    if (c->in_text)
        return fault(c, c->n, "the stream ends inside a text object", d);
    if (c->saves)
        return fault(c, c->n, "the stream ends with an open q", d);
    if (c->marks)
        return fault(c, c->n, "the stream ends with open marked content", d);
    return 0;
}

int pdf_content_next(struct pdf_content *c, struct pdf_op *op, struct diag *d)
{
    size_t first = 0, last = 0;
    const struct op_row *row;
    int result;

    skip_space(c);
    if (c->at >= c->n)
        return at_end(c, d);
    memset(op, 0, sizeof *op);
    op->mcid = -1;
    op->start = c->at;
    for (;;) {
        size_t at = c->at;

        result = skip_operand(c, 0, d);
        if (result < 0)
            return -1;
        if (!result)
            break;
        if (!op->operands_n++)
            first = at;
        last = at;
        if (c->bytes[at] == '/') {
            op->resource = c->bytes + at + 1;
            op->resource_len = c->at - at - 1;
        }
        skip_space(c);
        if (c->at >= c->n || op->operands_n > MAX_OPERANDS)
            return fault(c, op->start, "operands without an operator", d);
    }
    row = operator_name(c, op, d);
    if (!row)
        return -1;
    if (row->operands >= 0 && row->operands != op->operands_n)
        return fault(c, op->start, "an operator with the wrong number of operands", d);
    if (op->class == PDF_OP_MARK_BEGIN || op->class == PDF_OP_MARK_POINT) {
        struct pdf_content tag = *c;

        if (c->bytes[first] != '/')
            return fault(c, first, "marked content whose tag is no name", d);
        tag.at = first;
        skip_name(&tag);
        op->tag = c->bytes + first + 1;
        op->tag_len = tag.at - first - 1;
        if (last == first)
            op->resource = NULL;
        else if (c->bytes[last] == '<')
            op->mcid = mcid_of(c, last, d);
        if (last != first && c->bytes[last] != '/')
            op->resource = NULL;
        if (!op->resource)
            op->resource_len = 0;
    }
    return update_state(c, op, d) ? -1 : 1;
}
