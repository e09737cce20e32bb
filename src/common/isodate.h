/* Calendar dates and moments in UTC, without locale and without the system's time zone. */
#ifndef ISODATE_H
#define ISODATE_H

#include <time.h>

struct isodate {
    int year, month, day;
};

/* Parses exactly YYYY-MM-DD, years 1900 to 2999, and a day that exists. Returns 0 or -1; reports
 * nothing. */
int isodate_parse(const char *s, struct isodate *date);

/* <0, 0, >0 as A lies before, on or after B. */
int isodate_compare(const struct isodate *a, const struct isodate *b);

/* Writes YYYY-MM-DD into S. */
void isodate_print(const struct isodate *date, char s[11]);

/* Seconds since 1970-01-01T00:00:00Z of YYYY-MM-DD (midnight) or YYYY-MM-DDThh:mm:ssZ.
 * Returns 0 or -1. */
int isodate_parse_moment(const char *s, time_t *moment);

/* Writes YYYY-MM-DDThh:mm:ssZ into S. Moments outside the years 1900 to 2999 are clamped. */
void isodate_print_moment(time_t moment, char s[21]);

void isodate_of_moment(time_t moment, struct isodate *date);

#endif
