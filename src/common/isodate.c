#include "isodate.h"

#include <stdio.h>
#include <string.h>

static int digits(const char *s, int n, int *value)
{
    *value = 0;
    while (n--) {
        if (*s < '0' || *s > '9')
            return -1;
        *value = *value * 10 + (*s++ - '0');
    }
    return 0;
}

static int is_leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int isodate_parse(const char *s, struct isodate *d)
{
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-' || digits(s, 4, &d->year) ||
        digits(s + 5, 2, &d->month) || digits(s + 8, 2, &d->day))
        return -1;
    if (d->year < 1900 || d->year > 2999 || d->month < 1 || d->month > 12 || d->day < 1 ||
        d->day > days_in(d->year, d->month))
        return -1;
    return 0;
}

int isodate_compare(const struct isodate *a, const struct isodate *b)
{
    if (a->year != b->year)
        return a->year - b->year;
    if (a->month != b->month)
        return a->month - b->month;
    return a->day - b->day;
}

void isodate_print(const struct isodate *d, char s[11])
{
    char wide[40];

    snprintf(wide, sizeof wide, "%04d-%02d-%02d", d->year, d->month, d->day);
    memcpy(s, wide, 10);
    s[10] = '\0';
}

/* Days from 1970-01-01 to a civil date (proleptic Gregorian), counting years from March. */
static long days_from_civil(const struct isodate *d)
{
    long y = d->month <= 2 ? d->year - 1 : d->year;
    long era = y / 400, of_era = y - era * 400;
    long of_year = (153 * (d->month + (d->month > 2 ? -3 : 9)) + 2) / 5 + d->day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int isodate_parse_moment(const char *s, time_t *moment)
{
    struct isodate d;
    char day[11];
    int h = 0, m = 0, sec = 0;

    if (strlen(s) < 10)
        return -1;
    memcpy(day, s, 10);
    day[10] = '\0';
    if (isodate_parse(day, &d))
        return -1;
    s += 10;
    if (*s) {
        if (strlen(s) != 10 || s[0] != 'T' || s[3] != ':' || s[6] != ':' || s[9] != 'Z' ||
            digits(s + 1, 2, &h) || digits(s + 4, 2, &m) || digits(s + 7, 2, &sec) || h > 23 ||
            m > 59 || sec > 59)
            return -1;
    }
    *moment = (time_t)days_from_civil(&d) * 86400 + h * 3600 + m * 60 + sec;
    return 0;
}

static time_t clamp(time_t t)
{
    const time_t first = -2208988800, last = 32503679999; /* 1900-01-01, 2999-12-31T23:59:59 */
    return t < first ? first : t > last ? last : t;
}

void isodate_of_moment(time_t moment, struct isodate *d)
{
    time_t t = clamp(moment);
    struct tm tm;

    gmtime_r(&t, &tm);
    d->year = tm.tm_year + 1900;
    d->month = tm.tm_mon + 1;
    d->day = tm.tm_mday;
}

void isodate_print_moment(time_t moment, char s[21])
{
    time_t t = clamp(moment);
    struct tm tm;

    gmtime_r(&t, &tm);
    strftime(s, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
}
