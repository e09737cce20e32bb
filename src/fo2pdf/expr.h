/* Values of properties: XSL-FO 1.1 section 5.9 (expressions, units, core functions) and colours. */
#ifndef EXPR_H
#define EXPR_H

#include <stddef.h>

#include "fo.h"

enum fo_value_kind {
    FO_V_NUMBER,   /* n */
    FO_V_LENGTH,   /* n millipoints + pct * base + units column units */
    FO_V_NAME,     /* an identifier: text, len */
    FO_V_STRING,   /* a quoted literal: text, len */
    FO_V_COLOR,    /* color */
};

struct fo_value {
    enum fo_value_kind kind;
    double n, pct, units;
    fo_color color;
    const char *text;
    size_t len;
};

struct fo_expr_context {
    mpt em;                    /* the font size */
    /* Functions that look at other properties: FUNCTION is the name, ARGUMENT (may be empty) what
     * stands in the parentheses. Returns NULL and fills OUT, or what is wrong. May be NULL. */
    const char *(*call)(void *arg, const char *function, size_t function_len, const char *argument,
                        size_t argument_len, struct fo_value *out);
    void *arg;
};

/* Evaluates the LEN bytes at S, all of them. Returns NULL and fills OUT (its text is borrowed from
 * S), or what is wrong, as static text. */
const char *fo_expr_eval(const char *s, size_t len, const struct fo_expr_context *context,
                         struct fo_value *out);

/* The first of the blank-separated parts of S, not splitting inside parentheses and quotes: sets
 * *START and returns its length, 0 at the end. Call again with the end of the part. */
size_t fo_expr_part(const char *s, const char **start);

#endif
