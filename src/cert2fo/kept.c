#include "kept.h"

#include <stdlib.h>
#include <string.h>

#include <libxslt/documents.h>

#include "alloc.h"
#include "xmlx.h"

/* Kinds times languages, and the lists beside them, with room to spare. */
#define KEPT_MAX 256

void kept_release(struct kept *kept)
{
    size_t i, k;

    for (i = 0; i < kept->n; i++) {
        for (k = 0; k < kept->files[i]->words_n; k++)
            free(kept->files[i]->words[k].text);
        free(kept->files[i]->words);
        xmlFreeDoc(kept->files[i]->doc);
        free(kept->files[i]);
    }
    free(kept->files);
    memset(kept, 0, sizeof *kept);
}

void kept_lend(const struct kept *kept, xsltTransformContext *ctxt)
{
    size_t i;

    for (i = 0; i < kept->n; i++) {
        xsltDocument *lent = xsltNewDocument(ctxt, kept->files[i]->doc);

        if (lent)
            lent->main = 1; /* libxslt does not free what is marked so */
    }
}

static struct kept_file *take(struct kept *kept, xsltDocument *from)
{
    struct kept_file *file;

    if (kept->n == KEPT_MAX)
        return NULL;
    file = xcalloc(1, sizeof *file);
    file->doc = from->doc;
    from->main = 1;
    ALLOC_GROW(kept->files, kept->n, kept->cap);
    kept->files[kept->n++] = file;
    return file;
}

void kept_take(struct kept *kept, xsltTransformContext *ctxt)
{
    xsltDocument *from;

    for (from = ctxt->docList; from; from = from->next)
        if (!from->main && from->doc && from->doc->URL)
            take(kept, from);
}

static struct kept_file *find_file(struct kept *kept, xsltTransformContext *ctxt, const xmlDoc *doc)
{
    xsltDocument *from;
    size_t i;

    for (i = 0; i < kept->n; i++)
        if (kept->files[i]->doc == doc)
            return kept->files[i];
    for (from = ctxt->docList; from; from = from->next)
        if (from->doc == doc && !from->main)
            return take(kept, from);
    return NULL;
}

/* By key, and by place in the file. */
static int compare(const void *a, const void *b)
{
    const struct kept_word *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : x->place - y->place;
}

static void index_words(struct kept_file *file, const char *element, const char *key)
{
    const xmlNode *node = xmlx_first(xmlDocGetRootElement(file->doc), element);
    size_t cap = 0;

    for (; node; node = xmlx_next(node, element)) {
        struct kept_word *word;

        if (!xmlx_attr(node, key))
            continue;
        ALLOC_GROW(file->words, file->words_n, cap);
        word = &file->words[file->words_n];
        word->place = (int)file->words_n++;
        word->node = node;
        word->key = xmlx_attr(node, key);
        word->era = xmlx_attr(node, "era");
        word->text = xmlx_text(node);
    }
    if (file->words_n)
        qsort(file->words, file->words_n, sizeof *file->words, compare);
    file->is_indexed = 1;
}

const struct kept_file *kept_words(struct kept *kept, xsltTransformContext *ctxt, const xmlDoc *doc,
                                   const char *element, const char *key)
{
    struct kept_file *file = find_file(kept, ctxt, doc);

    if (file && !file->is_indexed)
        index_words(file, element, key);
    return file;
}

const struct kept_word *kept_find(const struct kept_file *file, const char *key)
{
    size_t low = 0, high = file->words_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(file->words[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->words_n && !strcmp(file->words[low].key, key) ? &file->words[low] : NULL;
}

const struct kept_word *kept_next(const struct kept_file *file, const struct kept_word *word)
{
    const struct kept_word *next = word + 1;

    return next < file->words + file->words_n && !strcmp(next->key, word->key) ? next : NULL;
}
