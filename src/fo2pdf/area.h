/* The area tree: pages of rectangles, lines and glyphs that layout gives to paint.
 *
 * Geometry. Lengths are millipoints; x grows to the right and y down. An area's x, y say where its
 * border rectangle's top left corner lies, counted from the top left corner of its parent's content
 * rectangle (for a page's own children: from the page's corner); width and height are those of
 * its content rectangle. So
 *     content corner = parent's content corner + (x + border[left] + padding[left],
 *                                                 y + border[top] + padding[top]).
 * A rotated area (reference-orientation) says so in `rotation`: degrees counter-clockwise, 0, 90, 180, 270;
 * its own border rectangle is placed unrotated at x, y with its width and height as seen from the
 * parent, and its children are laid out in the turned coordinates inside (width and height swapped
 * for 90 and 270).
 * Children are painted in order, each after its parent's background and border.
 *
 * Areas live in the layout's arena; PangoFonts and glyph strings are owned by the layout too. */
#ifndef AREA_H
#define AREA_H

#include <pango/pango.h>

#include "fo.h"

enum area_kind {
    AREA_REGION, /* a region's reference area; fo is its flow or static-content, or the region */
    AREA_BLOCK,  /* any block-level rectangle: blocks, containers, tables, rows, cells, lists */
    AREA_LINE,   /* baseline is set */
    AREA_INLINE, /* inline, wrapper, link: children are inline-level areas */
    AREA_TEXT,   /* one run of glyphs in one font */
    AREA_IMAGE,  /* external-graphic or instream-foreign-object: content rectangle = viewport */
    AREA_RULE,   /* leader-pattern="rule": drawn as a line of rule_style along the content's height */
};

enum area_side { AREA_TOP, AREA_RIGHT, AREA_BOTTOM, AREA_LEFT };

enum area_border_style {
    AREA_BORDER_NONE, AREA_BORDER_SOLID, AREA_BORDER_DASHED, AREA_BORDER_DOTTED,
    AREA_BORDER_DOUBLE, AREA_BORDER_GROOVE, AREA_BORDER_RIDGE, AREA_BORDER_INSET,
    AREA_BORDER_OUTSET,
};

enum area_flags {
    AREA_ARTIFACT = 1,       /* and all below: page furniture, repeated table heads */
    AREA_CLIP = 2,           /* children are clipped to the padding rectangle */
    AREA_UNDERLINE = 4, AREA_OVERLINE = 8, AREA_LINE_THROUGH = 16, /* AREA_TEXT */
    AREA_HIDDEN = 32,        /* visibility: takes room, draws nothing */
    AREA_BLINK = 64,         /* AREA_TEXT: it would, if a page could */
    AREA_NOTES = 128,        /* the footnotes of a page, in its body's region */
    AREA_ATTACHED = 256,     /* an anonymous part of what is drawn for the cell that follows it */
};

/* Borders that lie on the lines of a table's grid, half of each on either side (XSL-FO 1.1, 6.7.10);
 * by enum area_side. */
struct area_shared {
    mpt width[4];                              /* all of it; the box has what this area draws */
    mpt outside[4];                            /* what of that is beyond the line: at the table's edge */
};

struct style_box;

/* What is drawn behind an area's content; shared between areas. */
struct area_box {
    mpt border[4], padding[4];                 /* by enum area_side */
    fo_color border_color[4];
    enum area_border_style border_style[4];
    mpt radius[4];                             /* top left, top right, bottom right, bottom left */
    fo_color background;
    const char *background_image;              /* an address; NULL: none */
    const struct style_box *placing;           /* of background_image; NULL: all over */
    const struct area_shared *shared;          /* of collapsed borders; else NULL */
    const mpt *clip;                           /* by enum area_side, inwards from the padding rectangle: where
                                                * AREA_CLIP clips; NULL: at it */
};

struct area_text {
    PangoFont *font;             /* at its final size; positions in Pango units of 1/1024 pt */
    const char *family;          /* of the font-family list, of which FONT is; NULL: it is another */
    PangoGlyphString *glyphs;    /* one glyph a cluster where the script allows; spaces as glyphs */
    const char *utf8;            /* what the glyphs stand for, not NUL-terminated */
    const char *hyphen;          /* what is shown for the soft hyphen that utf8 ends with; or NULL */
    int utf8_len;
    int rtl;                     /* glyphs are in visual order, clusters run backwards */
    fo_color color;
    int space_after;             /* the line ended at a space or linefeed, which has no glyph here */
    mpt letter_space;            /* between its letters; already in the glyph widths */
    mpt word_space;              /* added to each U+0020 by justification; already in the glyph widths */
};

struct area_image {
    const char *src;             /* address, or NULL for an instream foreign object (fo->foreign) */
    mpt x, y, width, height;     /* where the scaled image lies in the viewport (content rectangle) */
};

struct area {
    enum area_kind kind;
    unsigned flags;
    const struct fo_node *fo;    /* what generated it; NULL for anonymous areas */
    mpt x, y, width, height;
    int rotation;
    const double *transform;     /* NULL, or a b c d e f around its border rectangle's corner */
    int bidi;                    /* level of embedding and 1, of a line with bidirectional text and
                                  * what is inline in it; 0: all runs from the left */
    mpt space_before, space_after; /* that are left of it here, outside of its border rectangle */
    mpt baseline;                /* AREA_LINE, AREA_TEXT: from the top of its content rectangle */
    const struct area_box *box;  /* NULL: no border, padding or background */
    const struct area_text *text;
    const struct area_image *image;
    fo_color rule_color;         /* AREA_RULE */
    enum area_border_style rule_style;
    struct area *first, *last, *next;
};

struct area_page {
    struct area_page *next;
    mpt width, height;
    int index;                   /* among all pages of the layout, from 0 */
    int number;                  /* as page-number counts */
    const char *label;           /* the number as printed by the page-sequence's format */
    const struct fo_node *page_sequence;
    const struct fo_node *page_master;
    int is_blank;                /* made for the count of pages, not for content */
    struct area *first, *last;   /* viewport areas in painting order */
};

/* Where an id came to lie: for links, bookmarks and citations. */
struct area_destination {
    const char *id;
    const struct area_page *page;
    int page_index;              /* from 0 */
    mpt x, y;                    /* on the page */
};

struct area_document {
    struct area_page *first, *last;
    int pages_n;
    int is_lazy;                 /* areas of pages are to be had by layout_page() of layout.h */
    struct area_destination *destinations; /* by id: see destinations.h */
    size_t destinations_n;
};

#endif
