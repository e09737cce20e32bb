/* The functions of xsl/modules/ that a page calls hundreds of times, in C.
 *
 * The stylesheet stays the law: it defines the same functions, which xsltproc uses, and whatever is
 * out of the ordinary (a key without a text, an argument too few) is left to it here too. */
#ifndef WORDS_H
#define WORDS_H

#include "kept.h"

/* Of one certificate that is being printed; the context's _private. */
struct words {
    const char *folder;  /* keeps: what document() may read lies in it */
    struct kept *kept;   /* keeps */
    /* What the functions look up; words.c's own. */
    enum { WORDS_NEW, WORDS_READY, WORDS_UNUSUAL } state;
    xmlXPathFunction by_stylesheet;
    const xmlNode *own;
    const struct kept_file *kind, *common, *second_kind, *second_common, *names, *countries;
    char *lang, *second_lang, *era;
};

/* Has CTXT, which WORDS is the _private of, call the functions here instead of those of the same
 * name that its stylesheet has. */
void words_register(struct words *words, xsltTransformContext *ctxt);

/* Frees what was looked up. */
void words_release(struct words *words);

#endif
