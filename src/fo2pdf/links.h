/* Link annotations and destinations. */
#ifndef LINKS_H
#define LINKS_H

#include "area.h"
#include "strbuf.h"
#include "tags.h"

struct pdf;
struct pdf_obj;
struct tag_element;

/* The annotations written, in the order of their StructParent numbers, which follow the pages'. */
struct links {
    struct links_item {
        struct tag_element *element;
    } *items;
    int n, cap;
};

/* Writes an annotation for every box of every link element that has a number. Returns 0, or -1
 * after reporting. LINKS is to be released either way. */
int links_write(struct tags *t, struct pdf *pdf, const struct area_document *areas,
                struct links *links);
void links_release(struct links *links);

/* An explicit destination [page /XYZ x y null] for ID, or NULL when AREAS does not have it. */
struct pdf_obj *links_destination(struct pdf *pdf, const struct area_document *areas,
                                  const char *id);

/* Appends ADDRESS as a URI: characters beyond ASCII percent-encoded (RFC 3987, 3.1). Returns 0; 1
 * when it is relative, which leads nowhere once the document is moved; or -1 when it holds a character
 * that neither a URI nor an IRI may have, or names a scheme that is not one of the web. */
int links_uri(const char *address, struct strbuf *uri);

/* Appends the words below NODE, white space made single, and what stands for graphics. */
void links_words(const struct fo_node *node, struct strbuf *out);

/* BOX, in points from the top left corner of page PAGE (from 0), as a PDF rectangle. */
struct pdf_obj *tags_rectangle(struct pdf *pdf, size_t page, const struct tags_box *box);

#endif
