#include "cells.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "csvtext.h"
#include "isodate.h"
#include "messages.h"
#include "strbuf.h"

/* Why C may not stand in a cell; NULL when it may. */
static const char *objection(unsigned c)
{
    if (c == '\t' || c == '\n')
        return NULL;
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return "a control character";
    if ((c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe)
        return "not a character";
    if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return "an invisible change of the reading direction";
    if (c == 0x200b || c == 0x2060 || c == 0xfeff)
        return "invisible";
    if (c == 0xfffd)
        return "the sign for text that was damaged before";
    return NULL;
}

int cell_scan(const char *text, size_t len, struct cell_fault *fault)
{
    size_t i = 0;

    memset(fault, 0, sizeof *fault);
    while (i < len) {
        int n = csvtext_utf8(text + i, len - i, &fault->code);

        if (!n) {
            fault->code = (unsigned char)text[i];
            return -1;
        }
        fault->what = objection(fault->code);
        if (fault->what)
            return -1;
        fault->before++;
        i += (size_t)n;
    }
    return 0;
}

char *cell_shown(const char *text)
{
    enum { MOST = 60 };
    size_t n = strlen(text);

    if (n <= MOST)
        return xstrdup(text);
    n = MOST;
    while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return xasprintf("%.*s...", (int)n, text);
}

static int is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The digits and hyphens of a date, whether the day exists or not. */
static int looks_like_date(const char *s)
{
    size_t i;

    for (i = 0; s[i]; i++)
        if (i > 9 || (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9'))
            return 0;
    return i == 10;
}

static int is_integer(const char *s)
{
    size_t n = strspn(s, "0123456789");

    return n && n <= 9 && !s[n] && (n == 1 || *s != '0');
}

static int check_list(const char *text, const struct column *column, const struct diag_place *place,
                      struct diag *d)
{
    size_t item = 1, filled = 0;

    for (;; text++) {
        if (*text == '|' || !*text) {
            if (!filled)
                return diag_at(d, place, CSV_EMPTY_ITEM, item, column->name);
            if (!*text)
                return 0;
            item++;
            filled = 0;
        } else if (*text != ' ' && *text != '\t') {
            filled = 1;
        }
    }
}

static int check_form(const char *text, const struct column *column, const char *shown,
                      const struct diag_place *place, struct diag *d)
{
    struct isodate date;

    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_LINE:
        return 0;
    case COLUMN_LIST:
        return check_list(text, column, place, d);
    case COLUMN_DATE:
        if (!isodate_parse(text, &date))
            return 0;
        if (looks_like_date(text))
            return diag_at(d, place, CSV_DATE_UNREAL, shown);
        return diag_at(d, place, CSV_DATE_FORM, shown);
    case COLUMN_INTEGER:
        return is_integer(text) ? 0 : diag_at(d, place, CSV_INTEGER, shown);
    case COLUMN_YES_NO:
        return strcasecmp(text, "yes") && strcasecmp(text, "no")
                   ? diag_at(d, place, CSV_YES_NO, shown) : 0;
    case COLUMN_COUNTRY:
        return is_letter(text[0]) && is_letter(text[1]) && !text[2]
                   ? 0 : diag_at(d, place, CSV_COUNTRY, shown);
    }
    return 0;
}

int cell_check(const char *text, const struct column *column, const struct diag_place *place,
               struct diag *d)
{
    char *shown;
    int result;

    if (column->type != COLUMN_TEXT && strchr(text, '\n'))
        return diag_at(d, place, CSV_LINE_BREAK, column->name);
    if (!strcmp(column->name, "reference") && strlen(text) > CELL_REFERENCE_MAX)
        return diag_at(d, place, CSV_LONG_REFERENCE, strlen(text), CELL_REFERENCE_MAX);
    shown = cell_shown(text);
    result = check_form(text, column, shown, place, d);
    free(shown);
    return result;
}

/* Whether VALUE is one that has several spellings; others are left as they are, to be named so. */
static int is_spelt(const char *value, const struct column *column)
{
    if (column->type == COLUMN_YES_NO)
        return !strcasecmp(value, "yes") || !strcasecmp(value, "no");
    return column->type == COLUMN_COUNTRY && is_letter(value[0]) && is_letter(value[1]) && !value[2];
}

char *cell_value(const char *text, size_t len, const struct column *column)
{
    struct strbuf value = STRBUF_INIT;
    size_t i = 0;
    char *p;

    while (i < len) {
        unsigned c;
        int n = csvtext_utf8(text + i, len - i, &c);

        if (!n || objection(c))
            strbuf_addch(&value, '?');
        else
            strbuf_add(&value, text + i, (size_t)n);
        i += n ? (size_t)n : 1;
    }
    if (is_spelt(value.buf, column))
        for (p = value.buf; *p; p++)
            *p = (char)(column->type == COLUMN_COUNTRY ? *p & ~0x20 : *p | 0x20);
    return strbuf_detach(&value, NULL);
}
