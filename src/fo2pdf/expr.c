#include "expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "color.h"

#define MAX_DEPTH 50          /* of parentheses */
#define MAX_LENGTH 100000000. /* mpt: 35 m; keeps sums of many in range */

struct scan {
    const char *at, *end;
    const struct fo_expr_context *context;
    int depth;
    const char *error;
};

static int fail(struct scan *s, const char *why)
{
    if (!s->error)
        s->error = why;
    return -1;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static void skip(struct scan *s)
{
    while (s->at < s->end && is_space(*s->at))
        s->at++;
}

static int word(const struct scan *s, const char *w)
{
    size_t n = strlen(w);

    return (size_t)(s->end - s->at) >= n && !memcmp(s->at, w, n) &&
           ((size_t)(s->end - s->at) == n || !(is_name(s->at[n]) || s->at[n] == '-'));
}

/* Digits with a decimal point, always a point whatever the locale. */
static double number(struct scan *s)
{
    double n = 0, scale = 1;

    for (; s->at < s->end && is_digit(*s->at); s->at++)
        n = n * 10 + (*s->at - '0');
    if (s->at < s->end && *s->at == '.')
        for (s->at++; s->at < s->end && is_digit(*s->at); s->at++) {
            n = n * 10 + (*s->at - '0');
            scale *= 10;
        }
    return n / scale;
}

static const struct {
    const char *name;
    double mpt;
} units[] = {
    { "pt", 1000 }, { "mm", 72000 / 25.4 }, { "cm", 720000 / 25.4 }, { "in", 72000 },
    { "pc", 12000 }, { "px", 1000 }, { "mpt", 1 },
};

static int literal(struct scan *s, struct fo_value *v)
{
    const char *unit;
    size_t i, n;

    v->n = number(s);
    unit = s->at;
    if (s->at < s->end && *s->at == '%') {
        s->at++;
        v->kind = FO_V_LENGTH;
        v->pct = v->n / 100;
        v->n = 0;
        return 0;
    }
    while (s->at < s->end && (is_name(*s->at) || is_digit(*s->at)))
        s->at++;
    n = (size_t)(s->at - unit);
    v->kind = FO_V_NUMBER;
    if (!n)
        return 0;
    v->kind = FO_V_LENGTH;
    if (n == 2 && !memcmp(unit, "em", 2)) {
        v->n *= s->context->em;
        return 0;
    }
    for (i = 0; i < sizeof units / sizeof *units; i++)
        if (n == strlen(units[i].name) && !memcmp(unit, units[i].name, n)) {
            v->n *= units[i].mpt;
            return 0;
        }
    return fail(s, "unknown unit");
}

static int hex(char c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int hex_color(struct scan *s, struct fo_value *v)
{
    const char *p = ++s->at;
    unsigned c = 0;
    size_t n, i;

    while (s->at < s->end && hex(*s->at) >= 0)
        s->at++;
    n = (size_t)(s->at - p);
    if (n != 3 && n != 4 && n != 6 && n != 8)
        return fail(s, "a colour is written #rgb, #rgba, #rrggbb or #rrggbbaa");
    for (i = 0; i < n; i++) {
        c = c << 4 | (unsigned)hex(p[i]);
        if (n < 6)
            c = c << 4 | (unsigned)hex(p[i]);
    }
    v->kind = FO_V_COLOR;
    v->color = n % 4 == 0 ? c : c << 8 | 0xff;
    return 0;
}

static int sum(struct scan *s, struct fo_value *v);

/* The arguments of a function as values; leaves the scan after the parenthesis. */
static int arguments(struct scan *s, struct fo_value *v, int max)
{
    int n = 0;

    if (++s->depth > MAX_DEPTH)
        return fail(s, "nested too deep");
    skip(s);
    while (s->at < s->end && *s->at != ')') {
        if (n == max)
            return fail(s, "too many arguments");
        if (sum(s, &v[n++]))
            return -1;
        skip(s);
        if (s->at < s->end && *s->at == ',')
            s->at++;
        else if (s->at < s->end && *s->at != ')')
            return fail(s, "',' or ')' is missing");
    }
    if (s->at == s->end)
        return fail(s, "')' is missing");
    s->at++;
    s->depth--;
    return n;
}

static int rgb(struct scan *s, struct fo_value *v, const struct fo_value *a, int n)
{
    unsigned c = 0;
    int i;

    if (n < 3)
        return fail(s, "rgb() takes three numbers");
    for (i = 0; i < 3; i++) {
        double x = a[i].kind == FO_V_LENGTH ? a[i].pct * 255 : a[i].n;

        if (a[i].kind > FO_V_LENGTH || !(x >= 0 && x <= 255.5) || (a[i].kind && a[i].n != 0))
            return fail(s, "a colour component is a number from 0 to 255 or a percentage");
        c = c << 8 | (unsigned)(x + 0.5 > 255 ? 255 : x + 0.5);
    }
    v->kind = FO_V_COLOR;
    v->color = c << 8 | 0xff;
    return 0;
}

static int is(const char *name, size_t len, const char *what)
{
    return strlen(what) == len && !memcmp(name, what, len);
}

static int same_kind(const struct fo_value *a, const struct fo_value *b)
{
    return a->kind == b->kind && a->kind <= FO_V_LENGTH && a->pct == 0 && b->pct == 0 &&
           a->units == 0 && b->units == 0;
}

/* 5.10.2, rgb-icc(): of a profile that is not at hand the first three numbers are used, and the rest,
 * its name and colorants, is passed over. */
static int rgb_icc(struct scan *s, struct fo_value *v)
{
    struct fo_value a[3];
    int n = 0;

    memset(a, 0, sizeof a);
    for (;;) {
        if (sum(s, &a[n++]))
            return -1;
        skip(s);
        if (n == 3 || s->at == s->end || *s->at != ',')
            break;
        s->at++;
    }
    while (s->at < s->end && *s->at != ')')
        s->at++;
    if (s->at == s->end)
        return fail(s, "')' is missing");
    s->at++;
    return rgb(s, v, a, n);
}

static int arithmetic(struct scan *s, const char *name, size_t len, struct fo_value *v)
{
    struct fo_value a[3];
    int n;

    if (is(name, len, "rgb-icc"))
        return rgb_icc(s, v);
    n = arguments(s, a, 3);
    if (n < 0)
        return -1;
    if (is(name, len, "rgb"))
        return rgb(s, v, a, n);
    if (is(name, len, "proportional-column-width")) {
        double share = n != 1 ? -1 : a[0].kind == FO_V_NUMBER ? a[0].n
                     : a[0].kind == FO_V_LENGTH && a[0].n == 0 ? a[0].pct : -1;

        if (!(share >= 0))
            return fail(s, "proportional-column-width() takes one number or percentage");
        v->kind = FO_V_LENGTH;
        v->units = share;
        return 0;
    }
    if (n < 1 || a[0].kind > FO_V_LENGTH)
        return fail(s, "a number or length is missing in the parentheses");
    *v = a[0];
    if (is(name, len, "min") || is(name, len, "max")) {
        if (n != 2 || !same_kind(&a[0], &a[1]))
            return fail(s, "min() and max() take two numbers or two absolute lengths");
        if ((a[1].n < a[0].n) == (name[1] == 'i'))
            v->n = a[1].n;
        return 0;
    }
    if (n != 1 || v->pct != 0)
        return fail(s, "the function takes one number");
    v->n = is(name, len, "abs") ? fabs(v->n) : is(name, len, "round") ? floor(v->n + 0.5)
         : is(name, len, "floor") ? floor(v->n) : ceil(v->n);
    return 0;
}

static int function(struct scan *s, const char *name, size_t len, struct fo_value *v)
{
    static const char *const computed[] = {
        "abs", "ceiling", "floor", "max", "min", "proportional-column-width", "rgb", "rgb-icc",
            "round",
    };
    const char *argument, *why;
    size_t i;

    for (i = 0; i < sizeof computed / sizeof *computed; i++)
        if (is(name, len, computed[i]))
            return arithmetic(s, name, len, v);
    argument = s->at;
    while (s->at < s->end && *s->at != ')')
        s->at++;
    if (s->at == s->end)
        return fail(s, "')' is missing");
    i = (size_t)(s->at++ - argument);
    while (i && is_space(*argument))
        argument++, i--;
    while (i && is_space(argument[i - 1]))
        i--;
    if (!s->context->call)
        return fail(s, "the function cannot be used here");
    why = s->context->call(s->context->arg, name, len, argument, i, v);
    return why ? fail(s, why) : 0;
}

static int primary(struct scan *s, struct fo_value *v)
{
    const char *start;

    memset(v, 0, sizeof *v);
    skip(s);
    if (s->at == s->end)
        return fail(s, "a value is missing");
    if (is_digit(*s->at) || (*s->at == '.' && s->at + 1 < s->end && is_digit(s->at[1])))
        return literal(s, v);
    if (*s->at == '#')
        return hex_color(s, v);
    if (*s->at == '(') {
        s->at++;
        if (++s->depth > MAX_DEPTH)
            return fail(s, "nested too deep");
        if (sum(s, v))
            return -1;
        skip(s);
        if (s->at == s->end || *s->at != ')')
            return fail(s, "')' is missing");
        s->at++;
        s->depth--;
        return 0;
    }
    if (*s->at == '\'' || *s->at == '"') {
        char quote = *s->at++;

        v->kind = FO_V_STRING;
        v->text = s->at;
        while (s->at < s->end && *s->at != quote)
            s->at++;
        if (s->at == s->end)
            return fail(s, "the closing quote is missing");
        v->len = (size_t)(s->at++ - v->text);
        return 0;
    }
    if (!is_name(*s->at))
        return fail(s, "not an expression");
    start = s->at;
    while (s->at < s->end && (is_name(*s->at) || is_digit(*s->at) || *s->at == '-'))
        s->at++;
    v->kind = FO_V_NAME;
    v->text = start;
    v->len = (size_t)(s->at - start);
    if (s->at < s->end && *s->at == '(') {
        s->at++;
        return function(s, start, v->len, v);
    }
    return 0;
}

static int numeric(struct scan *s, const struct fo_value *v)
{
    return v->kind <= FO_V_LENGTH ? 0 : fail(s, "arithmetic needs numbers or lengths");
}

static int unary(struct scan *s, struct fo_value *v)
{
    int negative = 0;

    skip(s);
    while (s->at < s->end && (*s->at == '-' || *s->at == '+')) {
        negative ^= *s->at++ == '-';
        skip(s);
    }
    if (primary(s, v))
        return -1;
    if (negative) {
        if (numeric(s, v))
            return -1;
        v->n = -v->n;
        v->pct = -v->pct;
        v->units = -v->units;
    }
    return 0;
}

static void scale(struct fo_value *v, double by)
{
    v->n *= by;
    v->pct *= by;
    v->units *= by;
}

static int product(struct scan *s, struct fo_value *v)
{
    struct fo_value b;

    if (unary(s, v))
        return -1;
    for (;;) {
        int times, divide;

        skip(s);
        times = s->at < s->end && *s->at == '*';
        divide = !times && s->at < s->end && word(s, "div");
        if (!times && !divide && !(s->at < s->end && word(s, "mod")))
            return 0;
        s->at += times ? 1 : 3;
        if (unary(s, &b) || numeric(s, v) || numeric(s, &b))
            return -1;
        if (times && v->kind == FO_V_NUMBER) {
            double n = v->n;
            *v = b;
            scale(v, n);
        } else if (times) {
            if (b.kind != FO_V_NUMBER)
                return fail(s, "a length times a length is none");
            scale(v, b.n);
        } else if (divide && b.kind == FO_V_NUMBER) {
            if (b.n == 0)
                return fail(s, "division by zero");
            scale(v, 1 / b.n);
        } else {
            if (!same_kind(v, &b))
                return fail(s, "div and mod need numbers or absolute lengths");
            if (b.n == 0)
                return fail(s, "division by zero");
            v->n = divide ? v->n / b.n : fmod(v->n, b.n);
            if (divide)
                v->kind = FO_V_NUMBER;
        }
    }
}

static int sum(struct scan *s, struct fo_value *v)
{
    struct fo_value b;

    if (product(s, v))
        return -1;
    for (;;) {
        int sign;

        skip(s);
        if (s->at == s->end || (*s->at != '+' && *s->at != '-'))
            return 0;
        sign = *s->at++ == '-' ? -1 : 1;
        if (product(s, &b) || numeric(s, v) || numeric(s, &b))
            return -1;
        if (v->kind != b.kind)
            return fail(s, "a number and a length cannot be added");
        v->n += sign * b.n;
        v->pct += sign * b.pct;
        v->units += sign * b.units;
    }
}

/* Turns a colour's name into the colour; other names stay. */
static void name_color(struct fo_value *v)
{
    if (color_named(v->text, v->len, &v->color))
        v->color = 1; /* no colour has it: alpha 1 of nothing */
}

const char *fo_expr_eval(const char *text, size_t len, const struct fo_expr_context *context,
                         struct fo_value *out)
{
    struct scan s = { text, text + len, context, 0, NULL };

    if (sum(&s, out))
        return s.error;
    skip(&s);
    if (s.at != s.end)
        return "more than one value";
    if (out->kind == FO_V_LENGTH && (!(fabs(out->n) <= MAX_LENGTH) || !(fabs(out->pct) <= 1000) ||
                                     !(fabs(out->units) <= 1000000)))
        return "out of range";
    if (out->kind == FO_V_NUMBER && !(fabs(out->n) <= 2000000000.))
        return "out of range";
    if (out->kind == FO_V_NAME)
        name_color(out);
    return NULL;
}

size_t fo_expr_part(const char *s, const char **start)
{
    int depth = 0;
    char quote = 0;

    while (is_space(*s))
        s++;
    *start = s;
    for (; *s && (quote || depth || !is_space(*s)); s++) {
        if (quote)
            quote = *s == quote ? 0 : quote;
        else if (*s == '\'' || *s == '"')
            quote = *s;
        else if (*s == '(')
            depth++;
        else if (*s == ')' && depth)
            depth--;
    }
    return (size_t)(s - *start);
}
