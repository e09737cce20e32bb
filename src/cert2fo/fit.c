#include "fit.h"

#include <math.h>
#include <string.h>

#define SPACES " \t\n\r"
#define MARKS "/-_.:;,@=&?+#|"

/* Words of more characters than this are cut by halves first. */
enum { HALVED = 400 };

static int begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The bytes of the first CHARACTERS characters of S, at most N. */
static size_t bytes_of(const char *s, size_t n, size_t characters)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (begins_character(s[i]) && characters-- == 0)
            break;
    return i;
}

static size_t characters(const char *s, size_t n)
{
    size_t i, count = 0;

    for (i = 0; i < n; i++)
        count += (size_t)begins_character(s[i]);
    return count;
}

/* Small letters, digits and marks are narrow; whatever else counts for 1.3 of them. */
static int is_wide(char c)
{
    return begins_character(c) && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
           (!c || !strchr(".,:;-/_", c));
}

static double width(const char *word, size_t n)
{
    size_t i, wide = 0;

    for (i = 0; i < n; i++)
        wide += (size_t)is_wide(word[i]);
    return (double)characters(word, n) + 0.3 * (double)wide;
}

/* Whether WORD without its punctuation is a unit. Punctuation alone counts as one: it stays where
 * a number is before it. */
static int is_unit(const char *word, size_t n)
{
    static const char *const units[] = {
        "%",   "°C",  "K",   "A",   "mA", "µA", "V",  "mV", "kV", "VA", "kVA", "W",   "mW",
        "kW",  "MW",  "Hz",  "kHz", "MHz", "GHz", "J", "mJ", "µJ", "F", "µF",  "nF",  "pF",
        "H",   "mH",  "µH",  "Ω",   "kΩ", "MΩ", "bar", "mbar", "Pa", "kPa", "MPa", "N", "Nm",
        "kg",  "g",   "mm",  "cm",  "m",  "km", "min", "h", "s",  "ms", "MB", "GB",
    };
    char bare[5]; /* the longest is of four bytes */
    size_t i, len = 0;

    for (i = 0; i < n; i++) {
        char c = word[i];

        if (c == '.' || c == ',' || c == ';' || c == ':' || c == '(' || c == ')')
            continue;
        if (len == sizeof bare - 1)
            return 0;
        bare[len++] = c;
    }
    bare[len] = '\0';
    for (i = 0; len && i < sizeof units / sizeof *units; i++)
        if (*bare == *units[i] && !strcmp(bare, units[i]))
            return 1;
    return !len;
}

/* Cuts WORD behind punctuation, else every STEP characters. */
static void part(const char *word, size_t n, size_t step, struct strbuf *out)
{
    size_t count = characters(word, n);

    if (count > HALVED) {
        size_t half = bytes_of(word, n, count / 2);

        part(word, half, step, out);
        strbuf_addstr(out, "\u200B");
        part(word + half, n - half, step, out);
        return;
    }
    while (n) {
        size_t piece = bytes_of(word, n, step), i;

        for (i = 0; i < piece; i++)
            if (strchr(MARKS, word[i])) {
                piece = i + 1;
                break;
            }
        strbuf_add(out, word, piece);
        word += piece;
        n -= piece;
        if (n)
            strbuf_addstr(out, "\u200B");
    }
}

/* The next word from *AT on, of *N bytes; *AT is left behind it. NULL at the end. */
static const char *next_word(const char **at, size_t *n)
{
    const char *word = *at + strspn(*at, SPACES);

    *n = strcspn(word, SPACES);
    *at = word + *n;
    return *n ? word : NULL;
}

static int needs_fitting(const char *text, double longest)
{
    const char *word;
    size_t n;

    if ((double)characters(text, strlen(text)) * 1.3 <= longest)
        return 0;
    while ((word = next_word(&text, &n)))
        if (is_unit(word, n) || width(word, n) > longest)
            return 1;
    return 0;
}

int fit(const char *text, double longest, struct strbuf *out)
{
    const char *word, *before = NULL;
    size_t n;

    if (!needs_fitting(text, longest))
        return 0;
    for (; (word = next_word(&text, &n)); before = word + n) {
        if (before && is_unit(word, n) && before[-1] >= '0' && before[-1] <= '9')
            strbuf_addstr(out, "\u00A0");
        else if (before)
            strbuf_addch(out, ' ');
        if (width(word, n) > longest)
            part(word, n, (size_t)ceil(longest / 2), out);
        else
            strbuf_add(out, word, n);
    }
    return 1;
}
