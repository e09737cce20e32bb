/* Long words in narrow columns. */
#ifndef FIT_H
#define FIT_H

#include "strbuf.h"

/* The widest column, in characters. */
#define FIT_LONGEST 1000

/* Appends TEXT so that every word of it fits a column of about LONGEST (1 to FIT_LONGEST)
 * characters, by the rules of txt:fit in xsl/modules/text.xsl: a longer word may part (U+200B), a
 * number stays with its unit (U+00A0). Returns whether there was anything to do; if not, TEXT
 * stays as it is and nothing is appended. */
int fit(const char *text, double longest, struct strbuf *out);

#endif
