#include "exnumber.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"

static int is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes N digits at *P. Returns their value, or -1. */
static int take_digits(const char **p, int n)
{
    int value = 0;

    while (n--) {
        if (!is_digit(**p))
            return -1;
        value = value * 10 + (*(*p)++ - '0');
    }
    return value;
}

/* Takes the code of a body, a capital and one to four letters more. */
static int take_body(const char **p, char body[EXNUMBER_BODY_MAX])
{
    size_t n = 0;

    if (!is_upper(**p))
        return -1;
    while (is_letter(**p) && n + 1 < EXNUMBER_BODY_MAX)
        body[n++] = *(*p)++;
    body[n] = '\0';
    return n < 2 ? -1 : 0;
}

static int take(const char **p, const char *literal)
{
    size_t len = strlen(literal);

    if (strncmp(*p, literal, len))
        return -1;
    *p += len;
    return 0;
}

int exnumber_certificate(const char *text, struct exnumber *n)
{
    const char *p = text;

    memset(n, 0, sizeof *n);
    if (take(&p, "IECEx ") || take_body(&p, n->body) || take(&p, " ") ||
        (n->year = take_digits(&p, 2)) < 0 || take(&p, ".") || take_digits(&p, 4) < 0)
        return -1;
    n->year += 2000;
    if (*p == 'X' || *p == 'U')
        n->suffix = *p++;
    return *p ? -1 : 0;
}

int exnumber_report(const char *text, const char *kind, struct exnumber *n)
{
    const char *p = text;

    memset(n, 0, sizeof *n);
    if (!is_upper(p[0]) || !is_upper(p[1]))
        return -1;
    memcpy(n->country, p, 2);
    p += 2;
    if (take(&p, "/") || take_body(&p, n->body) || take(&p, "/") || take(&p, kind) ||
        (n->year = take_digits(&p, 2)) < 0 || take(&p, ".") || take_digits(&p, 4) < 0 ||
        take(&p, "/") || take_digits(&p, 2) < 0)
        return -1;
    n->year += 2000;
    return *p ? -1 : 0;
}

static void skip(const char **p, const char *any)
{
    *p += strspn(*p, any);
}

char *exnumber_repaired(const char *text)
{
    const char *p = text, *body;
    size_t len = 0;
    int year, serial;
    char suffix[2] = "", *repaired;
    struct exnumber n;

    if (strncasecmp(p, "IEC", 3))
        return NULL;
    p += 3;
    skip(&p, " ");
    if (strncasecmp(p, "Ex", 2))
        return NULL;
    p += 2;
    skip(&p, " -_");
    for (body = p; is_letter(*p); p++)
        len++;
    skip(&p, " -_");
    year = take_digits(&p, 2);
    skip(&p, ".- ");
    serial = year < 0 ? -1 : take_digits(&p, 4);
    skip(&p, " ");
    if (*p && strchr("XUxu", *p))
        suffix[0] = *p++ == 'x' || p[-1] == 'X' ? 'X' : 'U';
    if (serial < 0 || *p || len < 2 || len >= EXNUMBER_BODY_MAX)
        return NULL;
    repaired = xasprintf("IECEx %.*s %02d.%04d%s", (int)len, body, year, serial, suffix);
    if (!exnumber_certificate(repaired, &n))
        return repaired;
    for (body = repaired + 6; is_letter(*body); body++)
        if (!is_upper(*body))
            repaired[body - repaired] = (char)(*body - 'a' + 'A');
    return repaired;
}

const char *exnumber_other_family(const char *text)
{
    if (strstr(text, "ATEX"))
        return "an ATEX certificate";
    if (strstr(text, "CoPC"))
        return "an IECEx certificate of personnel competence";
    if (!strncmp(text, "IECEx ", 6) && strstr(text, " SF "))
        return "an IECEx certified service facility";
    if (strstr(text, "ExTR"))
        return "an IECEx test report";
    if (strstr(text, "QAR"))
        return "an IECEx quality assessment report";
    return NULL;
}
