/* The files of templates/ that stylesheets read with document(): parsed once for all certificates,
 * where libxslt would read them anew for each. */
#ifndef KEPT_H
#define KEPT_H

#include <libxslt/xsltInternals.h>

/* An element of such a file, by its key. */
struct kept_word {
    const xmlNode *node;
    const char *key;  /* borrowed from NODE */
    const char *era;  /* the same; NULL: of every era */
    char *text;
    int place;        /* in the file, from 0 */
};

struct kept_file {
    xmlDoc *doc;
    struct kept_word *words; /* by key, those of one key in the order of the file */
    size_t words_n;
    int is_indexed;
};

struct kept {
    struct kept_file **files;
    size_t n, cap;
};

void kept_release(struct kept *kept);

/* Before a stylesheet is applied: document() finds in CTXT what is kept already. The files stay
 * ours; CTXT must be freed before them. */
void kept_lend(const struct kept *kept, xsltTransformContext *ctxt);

/* After it has been applied: keeps what it read besides. There is a bound to how many files are
 * kept; what is beyond it stays CTXT's, and is read again. */
void kept_take(struct kept *kept, xsltTransformContext *ctxt);

/* The file that DOC is, with its elements ELEMENT below the root as words whose keys are in the
 * attribute KEY. Takes it from CTXT if need be. Borrowed; NULL when there are too many files. */
const struct kept_file *kept_words(struct kept *kept, xsltTransformContext *ctxt, const xmlDoc *doc,
                                   const char *element, const char *key);

/* The first word of KEY, and the one after WORD with the same key; NULL when there is none. */
const struct kept_word *kept_find(const struct kept_file *file, const char *key);
const struct kept_word *kept_next(const struct kept_file *file, const struct kept_word *word);

#endif
