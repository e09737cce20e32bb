/* What the parts of the area tree's writer share. There is no white space between elements, so that
 * an element's text is what is on the page; lines end inside of start tags. */
#ifndef AREAXML_PARTS_H
#define AREAXML_PARTS_H

#include "area.h"
#include "strbuf.h"

struct diag;
struct images;

struct areaxml {
    struct strbuf *out;
    const struct area_document *document;
    struct images *images;
    struct diag *d;
    const struct area *table; /* the innermost */
    mpt up;                 /* how far down a link's content lies, more than its area says */
    int level;              /* of bidirectional text: 1 where everything runs from the right */
    mpt added;              /* to each space of a justified line, whole millipoints */
    mpt rest;               /* what that leaves to the last text with spaces in it */
    const struct area *last;
    mpt item;               /* width of the list item in hand */
    mpt left, width;        /* of the parent's content in its reference area; that one's width */
};

/* A start tag: begin, attributes, then open; or empty, which needs no finish. */
void areaxml_begin(struct areaxml *w, const char *name);
void areaxml_open(struct areaxml *w);
void areaxml_empty(struct areaxml *w);
void areaxml_finish(struct areaxml *w, const char *name);
void areaxml_number(struct areaxml *w, const char *name, mpt v);
void areaxml_string(struct areaxml *w, const char *name, const char *v); /* NULL: no attribute */
void areaxml_color(struct areaxml *w, const char *name, fo_color c);
void areaxml_escaped(struct strbuf *out, const char *s, size_t n);

/* Border and padding. Of a collapsed border either neighbour has all, and the table nothing. */
mpt areaxml_edge(const struct area *a, int side);
const char *areaxml_style_name(enum area_border_style style);

/* The width of A without the rounding of each of its glyphs to a unit of pango's. */
mpt areaxml_width(struct areaxml *w, const struct area *a);

/* What the glyphs of the text A take up, in mpt: exactly, and rounded to units of pango's; what
 * justification adds to spaces, and how many spaces. */
struct areaxml_text {
    double natural, rounded, added;
    int spaces;
};
void areaxml_measure(const struct area *a, struct areaxml_text *m);

/* What every area has: its sizes and traits. */
void areaxml_common(struct areaxml *w, const struct area *a);
/* The four sizes of an area without border and padding. */
void areaxml_sizes(struct areaxml *w, mpt ipd, mpt bpd);
void areaxml_offsets(struct areaxml *w, mpt left, mpt top);

/* 4.9: the matrix of coordinates turned by ROTATION in a viewport of WIDTH and HEIGHT at X, Y. */
void areaxml_matrix(struct areaxml *w, int rotation, mpt x, mpt y, mpt width, mpt height);

/* ELEMENT of another namespace, with all it holds. */
void areaxml_foreign(struct areaxml *w, const struct _xmlNode *element);

/* Attributes of other namespaces, which the area has from FO, to be handed on. */
void areaxml_foreign_attributes(struct areaxml *w, const struct fo_node *fo);

/* Where the object with the id DEST came to lie, as `(Ppage,id)`. */
void areaxml_internal_link(struct areaxml *w, const char *dest);

/* Where a link or bookmark leads. */
void areaxml_link(struct areaxml *w, const struct fo_node *fo);

/* FIRST and what follows it, each by its kind. */
void areaxml_areas(struct areaxml *w, const struct area *first);
void areaxml_text(struct areaxml *w, const struct area *a);
/* The text from S to END, which is of an embedding LEVEL (or -1), as words and spaces in the order in
 * which they stand, with HYPHEN (or NULL) after it. */
void areaxml_words(struct areaxml *w, const char *s, const char *end, int level,
                   const char *hyphen);
void areaxml_line(struct areaxml *w, const struct area *a);

/* Any inline-level area but text. */
void areaxml_inline(struct areaxml *w, const struct area *a);

#endif
