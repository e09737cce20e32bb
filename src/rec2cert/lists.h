/* Countries, techniques of explosion protection, and codes of Ex certification bodies. */
#ifndef LISTS_H
#define LISTS_H

#include "diag.h"

struct lists;

/* Reads countries.xml, techniques.xml and excb.xml of TEMPLATES. Returns new (release with
 * lists_free) or NULL after reporting. */
struct lists *lists_load(const char *templates, struct diag *d);
void lists_free(struct lists *l);

/* The name of country CODE in LANG; borrowed; NULL when the code or the language is not known. */
const char *lists_country(const struct lists *l, const char *code, const char *lang);

/* True when countries have names in LANG; the languages, with blanks between, borrowed. */
int lists_has_language(const struct lists *l, const char *lang);
const char *lists_languages(const struct lists *l);

/* The technique with this CODE as markings write it ("ia"): its name ("intrinsic-safety") and exposure
 * ("possible", "no", "not-assessed"), borrowed. Returns 0, or -1 when it is not known. */
int lists_technique(const struct lists *l, const char *code, const char **name, const char **exposure);
/* True when the technique NAME (NULL: any) has the standard NUMBER ("IEC 60079-11"). */
int lists_technique_standard(const struct lists *l, const char *name, const char *number);
/* All codes with commas between; new. */
char *lists_technique_codes(const struct lists *l);

/* True when CODE is a known Ex certification body. */
int lists_excb(const struct lists *l, const char *code);

#endif
