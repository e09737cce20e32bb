#include "standards.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "datafile.h"
#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

#define STANDARDS_NS "urn:certpress:standards"

struct loaded {
    const char *name;
    struct catalogue *catalogue;
};

struct standards {
    struct standards_edition *editions;
    size_t n, cap;
    struct loaded *catalogues;
    size_t catalogues_n, catalogues_cap;
    struct arena memory;
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* TEXT as it is compared: capitals, no blanks, "+A1:2017" for every way to write an amendment, years
 * without month, no "CSV". New. */
static char *key_of(const char *text)
{
    struct strbuf key = STRBUF_INIT;
    const char *p;

    for (p = text; *p; p++) {
        if (*p == ' ' || *p == '\t' || *p == '\n')
            continue;
        if (!strncmp(p, "\xc2\xa0", 2)) {
            p++;
        } else if ((*p == '/' || *p == '+') && (!strncasecmp(p + 1, "AMD", 3) || !strncasecmp(p + 1, "AM", 2))) {
            strbuf_addstr(&key, "+A");
            p += !strncasecmp(p + 1, "AMD", 3) ? 3 : 2;
        } else if (*p == '/' && (p[1] == 'A' || p[1] == 'a') && is_digit(p[2])) {
            strbuf_addstr(&key, "+A");
            p++;
        } else if (*p == '-' && key.len >= 5 && key.buf[key.len - 5] == ':' && is_digit(p[1]) &&
                   is_digit(p[2]) && !is_digit(p[3])) {
            p += 2;
        } else {
            strbuf_addch(&key, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
        }
    }
    if (key.len > 3 && !strcmp(key.buf + key.len - 3, "CSV"))
        key.buf[key.len -= 3] = '\0';
    return strbuf_detach(&key, NULL);
}

static const struct catalogue *load_catalogue(struct standards *s, const char *templates,
                                              const char *name, struct diag *d)
{
    struct loaded *l;
    char *folder;
    size_t i;

    for (i = 0; i < s->catalogues_n; i++)
        if (!strcmp(s->catalogues[i].name, name))
            return s->catalogues[i].catalogue;
    ALLOC_GROW(s->catalogues, s->catalogues_n, s->catalogues_cap);
    l = &s->catalogues[s->catalogues_n++];
    folder = xasprintf("%s/catalogue", templates);
    l->name = arena_strdup(&s->memory, name);
    l->catalogue = catalogue_load(folder, name, d);
    free(folder);
    return l->catalogue;
}

static void read_edition(struct standards *s, const char *templates, const xmlNode *standard,
                         const xmlNode *node, struct diag *d)
{
    struct standards_edition *e;
    const char *withdrawn = xmlx_attr(node, "withdrawn");
    const char *class = datafile_attr(standard, "class", d), *catalogue;
    char *title = xmlx_child_text(node, "title"), *key, *dated;

    ALLOC_GROW(s->editions, s->n, s->cap);
    e = &s->editions[s->n];
    memset(e, 0, sizeof *e);
    e->number = arena_strdup(&s->memory, datafile_attr(standard, "number", d));
    e->edition = arena_strdup(&s->memory, datafile_attr(node, "edition", d));
    e->edition_number = arena_strdup(&s->memory, datafile_attr(node, "number", d));
    e->title = arena_strdup(&s->memory, title);
    dated = xasprintf("%s:%s", e->number, e->edition);
    e->dated = arena_strdup(&s->memory, dated);
    key = key_of(dated);
    e->key = arena_strdup(&s->memory, key);
    e->is_cyber = !strcmp(class, "cyber");
    if (!e->is_cyber && strcmp(class, "ex"))
        prov_diag(d, standard, CAT_VALUE, class, "class");
    if (!*title)
        prov_diag(d, node, CAT_EMPTY, "title");
    if (withdrawn) {
        e->is_withdrawn = 1;
        if (isodate_parse(withdrawn, &e->withdrawn))
            prov_diag(d, node, CAT_VALUE, withdrawn, "withdrawn");
    }
    if (e->is_cyber && *(catalogue = datafile_attr(node, "catalogue", d)))
        e->catalogue = load_catalogue(s, templates, catalogue, d);
    if (standards_find(s, e->dated))
        prov_diag(d, node, CAT_TWICE, e->dated);
    s->n++;
    free(dated);
    free(key);
    free(title);
}

/* Editions of a standard stand together, oldest first. */
static void note_newest(struct standards *s)
{
    const struct standards_edition *newest = NULL;
    size_t i;

    for (i = s->n; i-- > 0;) {
        if (!newest || strcmp(newest->number, s->editions[i].number))
            newest = &s->editions[i];
        s->editions[i].newest = newest;
    }
}

struct standards *standards_load(const char *templates, struct diag *d)
{
    long cannots = d->cannots, errors = d->errors;
    xmlDoc *doc = datafile_read(templates, "standards.xml", STANDARDS_NS, "standards", d);
    struct standards *s;
    const xmlNode *standard, *node;

    if (!doc)
        return NULL;
    s = xcalloc(1, sizeof *s);
    arena_init(&s->memory);
    for (standard = xmlx_first_element(xmlDocGetRootElement(doc)); standard;
         standard = xmlx_next_element(standard))
        for (node = xmlx_first(standard, "edition"); node; node = xmlx_next(node, "edition"))
            read_edition(s, templates, standard, node, d);
    note_newest(s);
    xmlFreeDoc(doc);
    if (d->cannots != cannots || d->errors != errors) {
        standards_free(s);
        return NULL;
    }
    return s;
}

void standards_free(struct standards *s)
{
    size_t i;

    if (!s)
        return;
    for (i = 0; i < s->catalogues_n; i++)
        catalogue_free(s->catalogues[i].catalogue);
    free(s->catalogues);
    free(s->editions);
    arena_release(&s->memory);
    free(s);
}

const struct standards_edition *standards_find(const struct standards *s, const char *text)
{
    const struct standards_edition *found = NULL;
    char *key = key_of(text);
    size_t i;

    for (i = 0; i < s->n && !found; i++)
        if (!strcmp(s->editions[i].key, key))
            found = &s->editions[i];
    free(key);
    return found;
}

int standards_is_number(const struct standards_edition *edition, const char *text)
{
    char *key = key_of(text);
    size_t len = strlen(key);
    int is = !strncmp(edition->key, key, len) && edition->key[len] == ':';

    free(key);
    return is;
}

/* Levenshtein distance of two keys, of at most 80 characters each. */
static int distance(const char *a, const char *b)
{
    int row[81], la = (int)strnlen(a, 80), lb = (int)strnlen(b, 80), i, k;

    for (k = 0; k <= lb; k++)
        row[k] = k;
    for (i = 1; i <= la; i++) {
        int diagonal = row[0];

        row[0] = i;
        for (k = 1; k <= lb; k++) {
            int best = diagonal + (a[i - 1] != b[k - 1]);

            diagonal = row[k];
            if (row[k] + 1 < best)
                best = row[k] + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            row[k] = best;
        }
    }
    return row[lb];
}

char *standards_nearest(const struct standards *s, const char *text)
{
    enum { SHOWN = 3 };
    const struct standards_edition *best[SHOWN] = { NULL };
    int far[SHOWN], k, at;
    struct strbuf list = STRBUF_INIT;
    char *key = key_of(text);
    size_t i;

    for (i = 0; i < s->n; i++) {
        int d = distance(s->editions[i].key, key);

        for (at = 0; at < SHOWN && best[at] && far[at] <= d; at++)
            ;
        for (k = SHOWN - 1; k > at; k--) {
            best[k] = best[k - 1];
            far[k] = far[k - 1];
        }
        if (at < SHOWN) {
            best[at] = &s->editions[i];
            far[at] = d;
        }
    }
    for (k = 0; k < SHOWN && best[k]; k++)
        strbuf_addf(&list, "%s'%s'", k ? ", " : "", best[k]->dated);
    free(key);
    return strbuf_detach(&list, NULL);
}

int standards_withdrawn(const struct standards_edition *edition, const struct isodate *date)
{
    return edition->is_withdrawn && isodate_compare(&edition->withdrawn, date) <= 0;
}

static int same_edition(const char *a, const char *b)
{
    return atoi(a) == atoi(b);
}

int standards_behind(const struct standards *s, const struct standards_edition *edition)
{
    const struct standards_edition *e, *end = s->editions + s->n;
    int behind = 0;

    for (e = edition + 1; e < end && !strcmp(e->number, edition->number); e++)
        if (!same_edition(e->edition_number, e[-1].edition_number))
            behind++;
    return behind;
}
