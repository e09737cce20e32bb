/* Hyphenation dictionaries: where a word of a language may be parted. The one module that sees
 * libhyphen. Dictionaries are read when a document first asks for their language, and kept. */
#ifndef HYPHENS_H
#define HYPHENS_H

#define HYPHENS_FOLDER "/usr/share/hyphen"
#define HYPHENS_WORD_MAX 60      /* characters; longer words are not parted */

struct hyphens;

/* New (release with hyphens_close), for the dictionaries hyph_LANGUAGE_COUNTRY.dic of FOLDER. */
struct hyphens *hyphens_open(const char *folder);
void hyphens_close(struct hyphens *h);
const char *hyphens_folder(const struct hyphens *h);

/* True when there is a dictionary for LANGUAGE as COUNTRY (NULL: any) writes it, or, where the
 * country has none of its own, for the language. NULL is no language. */
int hyphens_has(struct hyphens *h, const char *language, const char *country);

/* Sets POINTS[I] to 1 where the word of N characters (LEN bytes of UTF-8) may be parted after its
 * character I, all others to 0. POINTS has room for N. Places where parting would change the
 * spelling are left out. A language without a dictionary has none. */
void hyphens_of(struct hyphens *h, const char *language, const char *country, const char *word,
                int len, int n, unsigned char *points);

#endif
