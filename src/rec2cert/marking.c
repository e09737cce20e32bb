#include "marking.h"

#include <string.h>

#include "alloc.h"

struct reader {
    const struct lists *lists;
    struct marking *m;
    const char *p;      /* the token */
    size_t len;
    int in_brackets;
};

static size_t blank_len(const char *p)
{
    return *p == ' ' ? 1 : !strncmp(p, "\xc2\xa0", 2) ? 2 : !strncmp(p, "\xe2\x80\xaf", 3) ? 3 : 0;
}

/* Finds the token at or after P: a bracket, or what stands up to a blank or a bracket. */
static void find_token(struct reader *r, const char *p)
{
    size_t n;

    while ((n = blank_len(p)))
        p += n;
    r->p = p;
    r->len = 0;
    if (*p == '[' || *p == ']') {
        r->len = 1;
        return;
    }
    while (p[r->len] && !blank_len(p + r->len) && p[r->len] != '[' && p[r->len] != ']')
        r->len++;
}

static void next(struct reader *r)
{
    find_token(r, r->p + r->len);
}

static int is(const struct reader *r, const char *word)
{
    return r->len == strlen(word) && !strncmp(r->p, word, r->len);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Adds one code of LEN bytes when it is known. */
static int add_type(struct reader *r, const char *code, size_t len)
{
    struct marking_type *type = &r->m->types[r->m->n];
    const char *name, *exposure;

    if (!len || len >= sizeof type->code || r->m->n == MARKING_MOST_TYPES)
        return -1;
    memcpy(type->code, code, len);
    type->code[len] = '\0';
    if (lists_technique(r->lists, type->code, &name, &exposure))
        return -1;
    type->is_associated = r->in_brackets;
    r->m->n++;
    return 0;
}

/* Takes "ia", "ia/ib" or "op is". */
static int take_type(struct reader *r)
{
    const char *p = r->p, *end = r->p + r->len, *slash;
    char optical[8];
    size_t n = r->m->n;

    if (is(r, "op")) {
        next(r);
        if (r->len != 2)
            return -1;
        memcpy(optical, "op ", 3);
        memcpy(optical + 3, r->p, 2);
        if (add_type(r, optical, 5))
            return -1;
        next(r);
        return 0;
    }
    for (;; p = slash + 1) {
        slash = memchr(p, '/', (size_t)(end - p));
        if (add_type(r, p, (size_t)((slash ? slash : end) - p))) {
            r->m->n = n;
            return -1;
        }
        if (!slash)
            break;
    }
    next(r);
    return 0;
}

static int take_group(struct reader *r)
{
    static const char *const groups[] = { "I",   "II",   "IIA",  "IIB",    "IIC",
                                          "III", "IIIA", "IIIB", "IIIC", "IIB+H2" };
    size_t i;

    for (i = 0; i < sizeof groups / sizeof *groups; i++)
        if (is(r, groups[i])) {
            if (!r->in_brackets)
                memcpy(r->m->group, groups[i], strlen(groups[i]) + 1);
            next(r);
            while (is(r, "+") || is(r, "H2") || is(r, "+H2"))
                next(r);
            return 0;
        }
    return -1;
}

/* Takes "Gb" or "Ga/Gb". */
static int take_level(struct reader *r)
{
    size_t i;

    if (r->len < 2 || r->len >= sizeof r->m->level || r->len % 3 != 2)
        return -1;
    for (i = 0; i < r->len; i += 3)
        if (!strchr("GDM", r->p[i]) || !strchr("abc", r->p[i + 1]) || (i + 2 < r->len && r->p[i + 2] != '/'))
            return -1;
    if (!r->in_brackets) {
        memcpy(r->m->level, r->p, r->len);
        r->m->level[r->len] = '\0';
    }
    next(r);
    return 0;
}

/* The length of a mark at P that joins two temperatures, or of the unit; 0 when there is none. */
static size_t joint_len(const char *p, size_t len)
{
    static const char *const joints[] = { "...", "..", "\xe2\x80\xa6", "/", "to", "\302\260C", "\302\260", "C" };
    size_t i;

    for (i = 0; i < sizeof joints / sizeof *joints; i++)
        if (strlen(joints[i]) <= len && !strncmp(p, joints[i], strlen(joints[i])))
            return strlen(joints[i]);
    return 0;
}

/* Reads a token of a temperature: "T4", "T6...T3", "T135", "135", "°C", "to". BARE: a number may
 * stand without T. Returns -1 when it is none, else what it says of KIND; *BARE is for the next. */
static int temperature_token(const char *p, size_t len, int kind, int *bare)
{
    const char *end = p + len;

    while (p < end) {
        int has_t = *p == 'T';
        const char *digits = p + has_t;
        size_t joint;

        for (p = digits; p < end && is_digit(*p); p++)
            ;
        if (p - digits == 1 && has_t && *digits >= '1' && *digits <= '6') {
            kind = MARKING_CLASS;
        } else if (p - digits > 1 && (has_t || *bare)) {
            kind = MARKING_DEGREES;
        } else if (p > digits || (has_t && p < end)) {
            return -1;
        }
        *bare = has_t && p == digits;
        if (has_t || p > digits)
            continue;
        joint = joint_len(p, (size_t)(end - p));
        if (!joint)
            return -1;
        p += joint;
        *bare = 1;
    }
    return kind;
}

/* Takes "T4", "T6...T3", "T4 to T1", "T135 °C", "T 135 °C". */
static void take_temperature(struct reader *r)
{
    int bare = 0, kind;

    if (*r->p != 'T')
        return;
    while (r->len && (kind = temperature_token(r->p, r->len, r->m->temperature, &bare)) >= 0) {
        r->m->temperature = kind;
        next(r);
    }
}

/* Passes over an ambient range, which ends at an equipment protection level or the end. */
static void pass_ambient(struct reader *r)
{
    struct reader before;

    if (!r->len || !(strchr("(+-", *r->p) || is_digit(*r->p) || !strncmp(r->p, "\xe2\x88\x92", 3) ||
                     !strncmp(r->p, "Ta", 2)))
        return;
    while (r->len) {
        char level[sizeof r->m->level];

        before = *r;
        memcpy(level, r->m->level, sizeof level);
        if (!take_level(r)) {
            memcpy(r->m->level, level, sizeof level);
            *r = before;
            return;
        }
        next(r);
    }
}

/* Takes "[ia IIC Ga]" or, at the beginning, "[Ex ia Ga]". */
static int take_brackets(struct reader *r)
{
    size_t n = r->m->n;

    r->in_brackets = 1;
    next(r);
    if (is(r, "Ex"))
        next(r);
    while (!take_type(r))
        ;
    if (r->m->n == n)
        return -1;
    take_group(r);
    take_level(r);
    if (!is(r, "]"))
        return -1;
    next(r);
    r->in_brackets = 0;
    return 0;
}

/* The "Ex" of LINE, or the bracket before it; NULL when there is none. */
static const char *find_begin(const char *line)
{
    const char *p = line;

    while ((p = strstr(p, "Ex"))) {
        int starts = p == line || strchr(" [(", p[-1]) || (p > line + 1 && !strncmp(p - 2, "\xc2\xa0", 2));

        if (starts && blank_len(p + 2))
            return p > line && p[-1] == '[' ? p - 1 : p;
        p += 2;
    }
    return NULL;
}

static int read_marking(struct reader *r)
{
    if (is(r, "Ex"))
        next(r);
    for (;;) {
        if (is(r, "[")) {
            if (take_brackets(r))
                return -1;
        } else if (take_type(r)) {
            break;
        }
    }
    if (!r->m->n || take_group(r))
        return -1;
    take_temperature(r);
    pass_ambient(r);
    take_level(r);
    pass_ambient(r);
    return r->len ? -1 : 0;
}

int marking_parse(const char *line, const struct lists *lists, struct marking *m, const char **at,
                  size_t *len)
{
    struct reader r = { .lists = lists, .m = m };
    const char *begin = find_begin(line);

    memset(m, 0, sizeof *m);
    if (!begin)
        return 0;
    find_token(&r, begin);
    if (!read_marking(&r))
        return 1;
    *at = r.p;
    *len = r.len;
    return -1;
}
