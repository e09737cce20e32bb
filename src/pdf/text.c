/* Text strings, dates and numbers in PDF's notation. ISO 32000-1, 7.9.2, 7.9.4 and Annex D. */
#include "pdf_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isodate.h"

/* Code points of PDFDocEncoding where it differs from ISO 8859-1; 0: undefined. */
static const unsigned short doc_18[8] = {
    0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC,
};
static const unsigned short doc_80[33] = {
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
    0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0,      0x20AC,
};

static unsigned from_doc_encoding(unsigned char c)
{
    if (c >= 0x18 && c <= 0x1F)
        return doc_18[c - 0x18];
    if (c >= 0x80 && c <= 0xA0)
        return doc_80[c - 0x80];
    if (c == 0x7F || c == 0xAD || (c < 0x18 && c != '\t' && c != '\n' && c != '\r'))
        return 0;
    return c;
}

static void add_utf8(struct strbuf *out, unsigned c)
{
    if (c < 0x80) {
        strbuf_addch(out, (char)c);
    } else if (c < 0x800) {
        strbuf_addch(out, (char)(0xC0 | c >> 6));
        strbuf_addch(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        strbuf_addch(out, (char)(0xE0 | c >> 12));
        strbuf_addch(out, (char)(0x80 | (c >> 6 & 0x3F)));
        strbuf_addch(out, (char)(0x80 | (c & 0x3F)));
    } else {
        strbuf_addch(out, (char)(0xF0 | c >> 18));
        strbuf_addch(out, (char)(0x80 | (c >> 12 & 0x3F)));
        strbuf_addch(out, (char)(0x80 | (c >> 6 & 0x3F)));
        strbuf_addch(out, (char)(0x80 | (c & 0x3F)));
    }
}

/* Takes one code point of valid UTF-8 from *S. Aborts on anything else: callers hold text that
 * libxml2 or a check has passed. */
static unsigned take_utf8(const unsigned char **s)
{
    unsigned c = *(*s)++;
    int more = c < 0x80 ? 0 : (c & 0xE0) == 0xC0 ? 1 : (c & 0xF0) == 0xE0 ? 2 :
               (c & 0xF8) == 0xF0 ? 3 : -1;

    if (more < 0)
        abort();
    if (more)
        c &= 0x3Fu >> more;
    while (more--) {
        if ((**s & 0xC0) != 0x80)
            abort();
        c = c << 6 | (*(*s)++ & 0x3F);
    }
    return c;
}

static void add_utf16(struct strbuf *out, unsigned c)
{
    if (c >= 0x10000) {
        c -= 0x10000;
        add_utf16(out, 0xD800 | c >> 10);
        c = 0xDC00 | (c & 0x3FF);
    }
    strbuf_addch(out, (char)(c >> 8));
    strbuf_addch(out, (char)(c & 0xFF));
}

/* True when UTF8 can stand in PDFDocEncoding without being taken for another encoding. */
static int as_doc_encoding(const char *utf8, struct strbuf *out)
{
    const unsigned char *s = (const unsigned char *)utf8;

    while (*s) {
        unsigned c = take_utf8(&s);

        if (c > 0xFF || from_doc_encoding((unsigned char)c) != c)
            return 0;
        strbuf_addch(out, (char)c);
    }
    return out->len < 2 || (memcmp(out->buf, "\xFE\xFF", 2) && memcmp(out->buf, "\xEF\xBB", 2));
}

struct pdf_obj *pdf_new_text(struct pdf *pdf, const char *utf8)
{
    const unsigned char *s = (const unsigned char *)utf8;
    struct strbuf bytes = STRBUF_INIT;
    struct pdf_obj *obj;

    if (!as_doc_encoding(utf8, &bytes)) {
        strbuf_clear(&bytes);
        strbuf_add(&bytes, "\xFE\xFF", 2);
        while (*s)
            add_utf16(&bytes, take_utf8(&s));
    }
    obj = pdf_new_string(pdf, bytes.buf, bytes.len);
    strbuf_release(&bytes);
    return obj;
}

static int text_utf16(const unsigned char *s, size_t n, struct strbuf *utf8)
{
    size_t i;

    if (n % 2)
        return -1;
    for (i = 0; i < n; i += 2) {
        unsigned c = (unsigned)s[i] << 8 | s[i + 1];

        if (c >= 0xD800 && c < 0xDC00 && i + 3 < n && s[i + 2] >= 0xDC && s[i + 2] < 0xE0) {
            c = 0x10000 + ((c & 0x3FF) << 10 | ((unsigned)(s[i + 2] & 3) << 8 | s[i + 3]));
            i += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            return -1;
        }
        if (!c)
            return -1;
        add_utf8(utf8, c);
    }
    return 0;
}

int pdf_text(const struct pdf_obj *obj, struct strbuf *utf8)
{
    size_t n, i;
    const unsigned char *s = (const unsigned char *)pdf_string(obj, &n);

    if (!s)
        return -1;
    if (n >= 2 && s[0] == 0xFE && s[1] == 0xFF)
        return text_utf16(s + 2, n - 2, utf8);
    for (i = 0; i < n; i++) {
        unsigned c = from_doc_encoding(s[i]);

        if (!c)
            return -1;
        add_utf8(utf8, c);
    }
    return 0;
}

struct pdf_obj *pdf_new_date(struct pdf *pdf, time_t moment)
{
    char iso[21], s[18];

    isodate_print_moment(moment, iso); /* YYYY-MM-DDThh:mm:ssZ */
    snprintf(s, sizeof s, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", iso, iso + 5, iso + 8, iso + 11, iso + 14,
             iso + 17);
    return pdf_new_string(pdf, s, 17);
}

static int two_digits(const char *s, int most, int *value)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return -1;
    *value = (s[0] - '0') * 10 + s[1] - '0';
    return *value > most ? -1 : 0;
}

int pdf_date(const struct pdf_obj *obj, time_t *moment)
{
    size_t n;
    const char *s = pdf_string(obj, &n);
    char iso[21];
    int h, m;

    if (!s || n < 17 || memcmp(s, "D:", 2) || strlen(s) != n)
        return -1;
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s + 2, s + 6, s + 8, s + 10,
             s + 12, s + 14);
    if (isodate_parse_moment(iso, moment))
        return -1;
    if (!strcmp(s + 16, "Z") || !strcmp(s + 16, "Z00'00'") || !strcmp(s + 16, "Z00'00"))
        return 0;
    if ((s[16] != '+' && s[16] != '-') || n < 22 || n > 23 || two_digits(s + 17, 23, &h) ||
        s[19] != '\'' || two_digits(s + 20, 59, &m) || (n == 23 && s[22] != '\''))
        return -1;
    *moment += (s[16] == '+' ? -1 : 1) * (h * 3600 + m * 60);
    return 0;
}

void pdf_print_int(long long value, struct strbuf *out)
{
    char digits[24];
    int i = sizeof digits;
    unsigned long long v = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;

    do
        digits[--i] = (char)('0' + v % 10);
    while (v /= 10);
    if (value < 0)
        digits[--i] = '-';
    strbuf_add(out, digits + i, sizeof digits - (size_t)i);
}

void pdf_print_real(double value, struct strbuf *out)
{
    char fraction[8];
    long long scaled;
    int n = 5;

    if (!(value > -1e12 && value < 1e12))
        abort(); /* no measure of ours is so large, nor is it NaN */
    scaled = llround(value * 100000);
    if (scaled < 0) {
        strbuf_addch(out, '-');
        scaled = -scaled;
    }
    pdf_print_int(scaled / 100000, out);
    scaled %= 100000;
    if (!scaled)
        return;
    snprintf(fraction, sizeof fraction, "%05d", (int)scaled);
    while (fraction[n - 1] == '0')
        n--;
    strbuf_addch(out, '.');
    strbuf_add(out, fraction, (size_t)n);
}
