/* Page numbers: how they are written, where they begin, how many pages a sequence must have. */
#include "folio.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "fo_messages.h"
#include "parse.h"

static void roman(int n, int upper, char *out, size_t size)
{
    static const struct { int value; const char *digits; } parts[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
        { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
    };
    size_t i, at = 0;

    for (i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value && at + 3 < size; n -= parts[i].value) {
            const char *d;

            for (d = parts[i].digits; *d; d++)
                out[at++] = upper ? (char)(*d - 'a' + 'A') : *d;
        }
    out[at] = '\0';
}

static void letters(int n, char first, char *out, size_t size)
{
    char reversed[16];
    size_t k = 0, at = 0;

    for (; n > 0 && k < sizeof reversed; n = (n - 1) / 26)
        reversed[k++] = (char)(first + (n - 1) % 26);
    while (k > 0 && at + 1 < size)
        out[at++] = reversed[--k];
    out[at] = '\0';
}

/* A format of decimal digits, in any script: zeros and a one. Returns the script's zero, and in *WIDTH
 * how many digits are asked for; 0 when FORMAT is something else. */
static gunichar zero_of(const char *format, int *width)
{
    gunichar zero = 0, c = 0;
    const char *f;

    *width = 0;
    for (f = format; *f; f = g_utf8_next_char(f), (*width)++) {
        c = g_utf8_get_char(f);
        if (!g_unichar_isdigit(c) || g_unichar_digit_value(c) != (*g_utf8_next_char(f) ? 0 : 1))
            return 0;
        if (zero && c != zero + (gunichar)g_unichar_digit_value(c))
            return 0;
        zero = c - (gunichar)g_unichar_digit_value(c);
    }
    return zero;
}

/* SEPARATOR stands between groups of SIZE digits, unless one of them is absent. */
static void decimal(int n, gunichar zero, int width, const char *separator, int size, char *out)
{
    char digits[40];
    int i, len = snprintf(digits, sizeof digits, "%0*d", width > 20 ? 20 : width, n);

    for (i = 0; i < len; i++) {
        if (separator && size > 0 && i > 0 && digits[i - 1] != '-' && (len - i) % size == 0) {
            const char *next = g_utf8_next_char(separator);

            memcpy(out, separator, (size_t)(next - separator));
            out += next - separator;
        }
        if (digits[i] == '-')
            *out++ = '-';
        else
            out += g_unichar_to_utf8(zero + (gunichar)(digits[i] - '0'), out);
    }
    *out = '\0';
}

const char *folio_label(struct setting *s, const struct fo_node *page_sequence, int number)
{
    const char *format = page_sequence->style->page->format;
    char text[400];
    int width;
    gunichar zero = zero_of(format ? format : "1", &width);

    if (!format)
        format = "1";
    if (number > 0 && number < 4000 && (!strcmp(format, "i") || !strcmp(format, "I")))
        roman(number, *format == 'I', text, sizeof text);
    else if (number > 0 && (!strcmp(format, "a") || !strcmp(format, "A")))
        letters(number, *format, text, sizeof text);
    else
        decimal(number, zero ? zero : '0', zero ? width : 1,
                page_sequence->style->page->grouping_separator,
                page_sequence->style->page->grouping_size, text);
    return arena_strdup(s->lasting, text);
}

void folio_check(struct setting *s, const struct fo_node *page_sequence)
{
    const char *f = page_sequence->style->page->format;
    int width;

    if (f && !zero_of(f, &width) && strcmp(f, "a") && strcmp(f, "A") &&
        strcmp(f, "i") && strcmp(f, "I"))
        fo_complain(s->d, s->fo, page_sequence, s->options->lenient, FO_FORMAT, f);
}

int folio_first(const struct fo_node *sequence, int next)
{
    const struct fo_length *l = &sequence->style->page->initial_page_number;
    int n = next;

    if (l->keyword == FO_KW_AUTO_ODD)
        return n + (n % 2 == 0);
    if (l->keyword == FO_KW_AUTO_EVEN)
        return n + (n % 2);
    return l->keyword ? n : l->v < 1 ? 1 : l->v;
}

int folio_missing(const struct fo_node *sequence, int count, int first)
{
    const struct fo_node *next;
    int last = first + count - 1;

    switch (sequence->style->page->force_page_count) {
    case FO_KW_EVEN: return count % 2;
    case FO_KW_ODD: return count % 2 == 0;
    case FO_KW_END_ON_EVEN: return last % 2;
    case FO_KW_END_ON_ODD: return last % 2 == 0;
    case FO_KW_DOUBLY_EVEN: return (4 - count % 4) % 4;
    case FO_KW_DOUBLY_ODD: return (7 - count % 4) % 4;
    case FO_KW_END_ON_DOUBLY_EVEN: return (4 - last % 4) % 4;
    case FO_KW_END_ON_DOUBLY_ODD: return (7 - last % 4) % 4;
    case FO_KW_AUTO: {
        const struct fo_length *l;

        for (next = sequence->next; next && next->kind != FO_PAGE_SEQUENCE; next = next->next)
            ;
        if (!next)
            return 0;
        l = &next->style->page->initial_page_number;
        if (l->keyword == FO_KW_AUTO_ODD || (!l->keyword && l->v % 2))
            return last % 2;
        if (l->keyword == FO_KW_AUTO_EVEN || (!l->keyword && l->v % 2 == 0))
            return last % 2 == 0;
        return 0;
    }
    default:
        return 0;
    }
}
