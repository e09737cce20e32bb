#include "csvtext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "common_messages.h"
#include "messages.h"

/* UTF-16 is converted in memory; spreadsheets that write it are far smaller. */
#define UTF16_MAX ((size_t)256 << 20)

struct csvtext {
    FILE *file;
    char *path;
    char *converted; /* the text FILE reads when it was UTF-16 */
    long long offset; /* of the next byte */
    long long start;  /* of the first byte after the byte-order mark */
    int windows_1252;
};

int csvtext_utf8(const char *text, size_t n, unsigned *c)
{
    const unsigned char *s = (const unsigned char *)text;
    unsigned low = 0x80, high = 0xbf;
    int len, i;

    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if ((size_t)len > n)
        return 0;
    if (s[0] == 0xe0)
        low = 0xa0;
    else if (s[0] == 0xed)
        high = 0x9f;
    else if (s[0] == 0xf0)
        low = 0x90;
    else if (s[0] == 0xf4)
        high = 0x8f;
    *c = s[0] & (0xff >> (len + 1));
    for (i = 1; i < len; i++) {
        if (s[i] < low || s[i] > high)
            return 0;
        *c = *c << 6 | (s[i] & 0x3f);
        low = 0x80;
        high = 0xbf;
    }
    return len;
}

static void add_utf8(struct strbuf *out, unsigned c)
{
    if (c < 0x80) {
        strbuf_addch(out, (char)c);
    } else if (c < 0x800) {
        strbuf_addch(out, (char)(0xc0 | c >> 6));
        strbuf_addch(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        strbuf_addch(out, (char)(0xe0 | c >> 12));
        strbuf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
        strbuf_addch(out, (char)(0x80 | (c & 0x3f)));
    } else {
        strbuf_addch(out, (char)(0xf0 | c >> 18));
        strbuf_addch(out, (char)(0x80 | (c >> 12 & 0x3f)));
        strbuf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
        strbuf_addch(out, (char)(0x80 | (c & 0x3f)));
    }
}

/* ---- what the bytes are ------------------------------------------------------------------------ */

/* Windows-1252, 0x80 to 0x9f; 0: not assigned. */
static const unsigned short windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

struct census {
    size_t bytes, nuls, sequences; /* sequences: well-formed UTF-8 of more than one byte */
    size_t bad;                    /* bytes that are not UTF-8 */
    size_t unlikely;               /* those among them that make no sense as Windows-1252 */
    unsigned char last;            /* the byte before the next */
};

static int is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xc0;
}

/* Signs that stand between words or figures, not inside a word: the euro, daggers, bullets, most of
 * the Latin-1 symbols. */
static int is_sign(unsigned char c)
{
    static const char inside_words[] = "\x83\x85\x8a\x8c\x8e\x91\x92\x93\x94\x96\x97\x99\x9a\x9c\x9e\x9f"
                                       "\xa0\xa9\xaa\xad\xae\xb4\xb5\xb7\xba";

    return (c < 0xc0 && !strchr(inside_words, c)) || c == 0xd7 || c == 0xf7;
}

/* A broken UTF-8 file must not be taken for Windows-1252: y-diaeresis and thorn are what stray bytes
 * 0xff and 0xfe look like, an A with circumflex or tilde before something that is no letter is the
 * first half of a sequence that lost its second, and a sign inside a word the second half. */
static int is_likely(unsigned char before, unsigned char c, unsigned char next)
{
    if (c < 0xa0 && !windows_1252[c - 0x80])
        return 0;
    if (c == 0xff || c == 0xfe)
        return 0;
    if (c == 0xc2 || c == 0xc3)
        return is_letter(next);
    return !is_sign(c) || !is_letter(before) || !is_letter(next);
}

/* Counts what BYTES hold; stops short of the end by up to 3 bytes unless LAST. Returns the number
 * of bytes taken. */
static size_t count(struct census *census, const char *bytes, size_t n, int last)
{
    size_t i = 0;

    while (i < n) {
        unsigned c;
        int len;

        if ((unsigned char)bytes[i] < 0x80) {
            census->nuls += !bytes[i];
            census->last = (unsigned char)bytes[i++];
            continue;
        }
        if (!last && n - i < 4)
            break;
        len = csvtext_utf8(bytes + i, n - i, &c);
        if (len) {
            census->sequences++;
            i += (size_t)len;
        } else {
            census->bad++;
            census->unlikely += !is_likely(census->last, (unsigned char)bytes[i],
                                           i + 1 < n ? (unsigned char)bytes[i + 1] : ' ');
            census->last = (unsigned char)bytes[i++];
        }
    }
    census->bytes += i;
    return i;
}

static int take_census(struct csvtext *t, struct census *census, struct diag *d)
{
    enum { CHUNK = 1 << 16 };
    char *bytes = xmalloc(CHUNK);
    size_t have = 0;

    memset(census, 0, sizeof *census);
    for (;;) {
        size_t got = fread(bytes + have, 1, CHUNK - have, t->file), taken;

        have += got;
        if (!got && ferror(t->file)) {
            free(bytes);
            return diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
        }
        taken = count(census, bytes, have, !got);
        memmove(bytes, bytes + taken, have - taken);
        have -= taken;
        if (!got)
            break;
    }
    free(bytes);
    return csvtext_seek(t, t->start, d);
}

/* UTF-16 to UTF-8. A lone surrogate becomes three bytes that are no UTF-8, so that it is found with
 * its cell. */
static void from_utf16(const unsigned char *in, size_t n, int big_endian, struct strbuf *out)
{
    size_t i;

    for (i = 0; i + 1 < n; i += 2) {
        unsigned c = big_endian ? in[i] << 8u | in[i + 1] : in[i + 1] << 8u | in[i];

        if (c >= 0xd800 && c < 0xdc00 && i + 3 < n) {
            unsigned e = big_endian ? in[i + 2] << 8u | in[i + 3] : in[i + 3] << 8u | in[i + 2];

            if (e >= 0xdc00 && e < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (e - 0xdc00);
                i += 2;
            }
        }
        add_utf8(out, c);
    }
    if (i < n)
        strbuf_addch(out, (char)0xff);
}

static int convert_utf16(struct csvtext *t, int big_endian, struct diag *d)
{
    struct strbuf raw = STRBUF_INIT, text = STRBUF_INIT;
    size_t len;

    if (strbuf_read_file(&raw, t->path, UTF16_MAX)) {
        diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
        strbuf_release(&raw);
        return -1;
    }
    from_utf16((const unsigned char *)raw.buf + 2, raw.len < 2 ? 0 : raw.len - 2, big_endian, &text);
    strbuf_release(&raw);
    fclose(t->file);
    t->converted = strbuf_detach(&text, &len);
    /* glibc's fmemopen takes no empty buffer */
    t->file = len ? fmemopen(t->converted, len, "r") : fopen("/dev/null", "r");
    if (!t->file)
        return diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
    return 0;
}

static int find_encoding(struct csvtext *t, struct diag *d)
{
    unsigned char mark[4] = { 0 };
    size_t n = fread(mark, 1, 4, t->file);
    struct diag_place place = { .file = t->path };
    struct census census;

    if (ferror(t->file))
        return diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
    if (n >= 2 && mark[0] == 0xff && mark[1] == 0xfe)
        return n == 4 && !mark[2] && !mark[3] ? diag_at(d, &place, CSV_NOT_TEXT)
                                              : convert_utf16(t, 0, d);
    if (n >= 2 && mark[0] == 0xfe && mark[1] == 0xff)
        return convert_utf16(t, 1, d);
    t->start = n >= 3 && mark[0] == 0xef && mark[1] == 0xbb && mark[2] == 0xbf ? 3 : 0;
    if (csvtext_seek(t, t->start, d) || take_census(t, &census, d))
        return -1;
    if (census.nuls > census.bytes / 8)
        return diag_at(d, &place, CSV_NOT_TEXT);
    t->windows_1252 = !t->start && census.bad && !census.sequences && !census.unlikely;
    return 0;
}

/* ---- reading ----------------------------------------------------------------------------------- */

struct csvtext *csvtext_open(const char *path, struct diag *d)
{
    struct csvtext *t = xcalloc(1, sizeof *t);
    struct stat st;

    t->path = xstrdup(path);
    /* A pipe could not be read twice, and a missing writer would hang us. */
    if (stat(path, &st))
        diag(d, ENV_CANNOT_READ, path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        diag(d, CSV_NOT_FILE, path);
    else if (!(t->file = fopen(path, "rb")))
        diag(d, ENV_CANNOT_READ, path, strerror(errno));
    else if (!find_encoding(t, d))
        return t;
    csvtext_close(t);
    return NULL;
}

void csvtext_close(struct csvtext *t)
{
    if (!t)
        return;
    if (t->file)
        fclose(t->file);
    free(t->converted);
    free(t->path);
    free(t);
}

static void add_byte(const struct csvtext *t, struct strbuf *line, int c)
{
    if (!t->windows_1252 || c < 0x80)
        strbuf_addch(line, (char)c);
    else
        add_utf8(line, c < 0xa0 ? windows_1252[c - 0x80] : (unsigned)c);
}

int csvtext_line(struct csvtext *t, struct strbuf *line, size_t limit, struct diag *d)
{
    int c, any = 0;

    strbuf_clear(line);
    while ((c = getc_unlocked(t->file)) != EOF) {
        any = 1;
        t->offset++;
        if (c == '\n')
            return 1;
        if (c == '\r') {
            c = getc_unlocked(t->file);
            if (c == '\n')
                t->offset++;
            else if (c != EOF)
                ungetc(c, t->file);
            return 1;
        }
        if (line->len < limit)
            add_byte(t, line, c);
    }
    if (ferror(t->file)) {
        diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
        return 0;
    }
    return any;
}

long long csvtext_tell(const struct csvtext *t)
{
    return t->offset;
}

int csvtext_seek(struct csvtext *t, long long offset, struct diag *d)
{
    if (fseeko(t->file, (off_t)offset, SEEK_SET))
        return diag(d, ENV_CANNOT_READ, t->path, strerror(errno));
    t->offset = offset;
    return 0;
}

int csvtext_is_windows_1252(const struct csvtext *t)
{
    return t->windows_1252;
}
