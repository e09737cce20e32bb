#include "hyphens.h"

#include <glib.h>
#include <hyphen.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"

struct dictionary {
    HyphenDict *patterns;        /* NULL: there are none */
    iconv_t conversion;          /* from UTF-8; (iconv_t)-1 when they are in UTF-8 themselves */
};

struct hyphens {
    char *folder;
    GHashTable *dictionaries;    /* "en_US" -> struct dictionary */
};

static void dictionary_free(gpointer p)
{
    struct dictionary *d = p;

    if (d->patterns)
        hnj_hyphen_free(d->patterns);
    if (d->conversion != (iconv_t)-1)
        iconv_close(d->conversion);
    free(d);
}

struct hyphens *hyphens_open(const char *folder)
{
    struct hyphens *h = xcalloc(1, sizeof *h);

    h->folder = xstrdup(folder);
    h->dictionaries = g_hash_table_new_full(g_str_hash, g_str_equal, free, dictionary_free);
    return h;
}

void hyphens_close(struct hyphens *h)
{
    if (!h)
        return;
    g_hash_table_destroy(h->dictionaries);
    free(h->folder);
    free(h);
}

const char *hyphens_folder(const struct hyphens *h)
{
    return h->folder;
}

/* Letters only: the names become part of a path. */
static int is_code(const char *s)
{
    size_t n = strlen(s);

    return n >= 2 && n <= 8 && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

static void load(struct dictionary *d, const char *path)
{
    const char *set;

    if (access(path, R_OK) || !(d->patterns = hnj_hyphen_load(path)) || d->patterns->utf8)
        return;
    set = d->patterns->cset;
    if (!strncmp(set, "microsoft-", 10))
        set += 10;
    d->conversion = iconv_open(set, "UTF-8");
    if (d->conversion == (iconv_t)-1) {
        hnj_hyphen_free(d->patterns);
        d->patterns = NULL;
    }
}

static struct dictionary *named(struct hyphens *h, const char *name)
{
    struct dictionary *d = g_hash_table_lookup(h->dictionaries, name);

    if (!d) {
        char *path = xasprintf("%s/hyph_%s.dic", h->folder, name);

        d = xcalloc(1, sizeof *d);
        d->conversion = (iconv_t)-1;
        load(d, path);
        free(path);
        g_hash_table_insert(h->dictionaries, xstrdup(name), d);
    }
    return d->patterns ? d : NULL;
}

static struct dictionary *find(struct hyphens *h, const char *language, const char *country)
{
    struct dictionary *d = NULL;
    char name[32], *c;

    if (!language || !is_code(language))
        return NULL;
    snprintf(name, sizeof name, "%s", language);
    for (c = name; *c; c++)
        *c = g_ascii_tolower(*c);
    if (country && is_code(country)) {
        size_t n = strlen(name);

        snprintf(name + n, sizeof name - n, "_%s", country);
        for (c = name + n; *c; c++)
            *c = g_ascii_toupper(*c);
        d = named(h, name);
        name[n] = '\0';
    }
    return d ? d : named(h, name);
}

int hyphens_has(struct hyphens *h, const char *language, const char *country)
{
    return find(h, language, country) != NULL;
}

/* The word in small letters and the dictionary's encoding, in OUT of SIZE bytes. Returns its length,
 * or -1 when it cannot be written in that. */
static int encode(const struct dictionary *d, const char *word, int len, char *out, size_t size)
{
    char small[HYPHENS_WORD_MAX * 6 + 1], *from = small, *to = out;
    size_t n = 0, left = size;
    const char *s;

    for (s = word; s < word + len; s = g_utf8_next_char(s))
        n += (size_t)g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(s)), small + n);
    if (d->conversion == (iconv_t)-1) {
        memcpy(out, small, n);
        return (int)n;
    }
    iconv(d->conversion, NULL, NULL, NULL, NULL);
    return iconv(d->conversion, &from, &n, &to, &left) == 0 ? (int)(size - left) : -1;
}

void hyphens_of(struct hyphens *h, const char *language, const char *country, const char *word,
                int len, int n, unsigned char *points)
{
    struct dictionary *d = find(h, language, country);
    char encoded[HYPHENS_WORD_MAX * 6 + 1], marks[HYPHENS_WORD_MAX * 6 + 6];
    char **rep = NULL;
    int *pos = NULL, *cut = NULL, size, i;

    memset(points, 0, (size_t)n);
    if (!d || n > HYPHENS_WORD_MAX)
        return;
    size = encode(d, word, len, encoded, sizeof encoded - 1);
    if (size < n || (size > n && d->conversion != (iconv_t)-1))
        return;
    encoded[size] = '\0';
    memset(marks, 0, sizeof marks);
    if (!hnj_hyphen_hyphenate3(d->patterns, encoded, size, marks, NULL, &rep, &pos, &cut, 0, 0, 0, 0))
        for (i = 0; i + 1 < n; i++)
            points[i] = (marks[i] & 1) && !(rep && rep[i]);
    for (i = 0; rep && i < size; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}
