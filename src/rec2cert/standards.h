/* The standards that certificates may name, with their editions (templates/standards.xml). */
#ifndef STANDARDS_H
#define STANDARDS_H

#include <stddef.h>

#include "catalogue.h"
#include "diag.h"
#include "isodate.h"

struct standards;

struct standards_edition {
    const char *number;        /* "IEC 62443-4-1" */
    const char *edition;       /* "2018" */
    const char *dated;         /* "IEC 62443-4-1:2018" */
    const char *edition_number;/* "1.0" */
    const char *title;
    int is_cyber;              /* IEC 62443; else a standard for explosive atmospheres */
    int is_withdrawn;          /* from WITHDRAWN on */
    struct isodate withdrawn;
    const struct catalogue *catalogue; /* of every IEC 62443 standard; else NULL */
    const char *key;           /* the dated number as it is compared */
    const struct standards_edition *newest; /* of the same standard */
};

/* Reads TEMPLATES/standards.xml and the catalogues it names. Returns new (release with
 * standards_free) or NULL after reporting. */
struct standards *standards_load(const char *templates, struct diag *d);
void standards_free(struct standards *s);

/* The edition meant by TEXT: blanks and case do not count, "/AMD1:" and "+AMD1:" are "+A1:", a month
 * after the year is left out. Borrowed, or NULL. */
const struct standards_edition *standards_find(const struct standards *s, const char *text);

/* True when TEXT is the number of EDITION without a date, "IEC 62443-2-4". */
int standards_is_number(const struct standards_edition *edition, const char *text);

/* The known editions that are most like TEXT, in quotes with commas between; new. */
char *standards_nearest(const struct standards *s, const char *text);

/* True when EDITION was withdrawn by DATE. */
int standards_withdrawn(const struct standards_edition *edition, const struct isodate *date);

/* How many editions lie after EDITION; amendments do not count. */
int standards_behind(const struct standards *s, const struct standards_edition *edition);

#endif
