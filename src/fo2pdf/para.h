/* Paragraphs: runs of inline-level content, from text to shaped glyphs to lines.
 *
 * A paragraph is filled (para_add ...), shaped once, broken into lines, and its lines are made into
 * areas when layout knows where they lie. All of it lives in the setting's arena. */
#ifndef PARA_H
#define PARA_H

#include "baseline.h"
#include "setting.h"

struct para_line {
    int start, end, next;      /* characters shown; where the next line begins */
    mpt indent;                /* of its start edge */
    mpt available;             /* width for content, and what of it a last line leaves empty */
    mpt end_indent;
    mpt ascent, descent;       /* around the baseline, without leading */
    mpt leading;               /* half of it, above; may be negative */
    mpt height;                /* what the line takes, leading included */
    short forced;              /* ends the paragraph, or before a preserved linefeed */
    short hyphen;              /* ends with a hyphen that the text does not have */
};

struct para {
    struct setting *s;
    const struct fo_node *block;
    const struct fonts_face *face;
    struct baseline baseline;  /* of its lines */
    mpt width;
    struct {
        mpt x, width;          /* of the block's content in it; its own */
        mpt from_start;        /* of its start edge from the page's */
    } reference;               /* the area that leaders are aligned with */
    int may_overflow;
    int rtl;

    char *text;                /* UTF-8; U+FFFC stands for objects */
    size_t text_len, text_cap;
    unsigned short *flags;     /* by character */
    int *bytes;                /* by character: where it begins in text; one more for the end */
    long *pos;                 /* by character: sum of the advances before it, Pango units */
    int chars_n, chars_cap;
    unsigned pending;          /* flags for the next character */
    int after_space;           /* a white space that is next in the same object collapses */

    struct para_span *spans;
    int spans_n, spans_cap;
    struct para_inline *inlines;
    int inlines_n, inlines_cap;
    struct para_object *objects;
    int objects_n, objects_cap;
    struct para_anchor *anchors;
    int anchors_n, anchors_cap;
    struct para_anchor *notes; /* footnote-body, and a character of what cites it */
    int notes_n, notes_cap;
    struct para_run *runs;
    int runs_n, runs_cap;
    PangoLogAttr *log;
    int open;                  /* innermost inline being filled, or -1 */
    int has_retained;          /* an inline has edges at breaks of lines */
    int has_leaders, has_text, hyphenate;
    int guesses;               /* shows the number of a page that is not known yet */
    int of_page;               /* shows the number of the one page that it was set for */
    int letter_spaced;         /* some of it has letter-spacing */
    int spreads;               /* some of it is of scripts that write no spaces */
    int bidi;                  /* some of it runs from the right */
    int resume;                /* the character that a line begins with, whatever stands before */
    long enough;               /* height from there on that is set at least; 0: all */
    int is_cut;                /* there is more, which was not set */

    struct para_line *lines;
    int lines_n, lines_cap;
};

enum para_flags {
    PARA_SPACE = 1,            /* an adjustable space */
    PARA_TRIM_START = 2,       /* vanishes at the start of a line */
    PARA_TRIM_END = 256,       /* vanishes at the end of a line */
    PARA_TRIM = PARA_TRIM_START | PARA_TRIM_END,
    PARA_FORCE = 4,            /* a line ends after it */
    PARA_NO_WRAP = 8,
    PARA_BREAK = 16,           /* a line may begin with it */
    PARA_NO_BREAK = 32,        /* no line may begin with it */
    PARA_SHY = 64,
        /* a line may begin with it; the one before then ends with a hyphen */
    PARA_OBJECT = 128,
    PARA_BLANK = 512,          /* white space that was written as such, no no-break space */
    PARA_HYPHEN = 1024,        /* as PARA_SHY, but the language's rules say so, not the author */
    PARA_PARTED = PARA_SHY | PARA_HYPHEN,
};

struct para_span {             /* characters from one source */
    int start, end;
    const struct fo_node *node;   /* FO_TEXT, character, page number, graphic, leader */
    const struct fo_style *style;
    const struct fonts_face *face;
    int inl;                   /* innermost inline, or -1 */
    struct baseline_place top; /* of its text, in its own font, or of its object's border */
    mpt shifts;                /* of that what baseline-shift did */
    unsigned decoration;
};

struct para_inline {
    const struct fo_node *node;
    int parent, start, end;
    const struct fonts_face *face;
    const struct area_box *box;
    mpt space_start, space_end;
    mpt before, after;         /* all that stands before its first and after its last character */
    int first, last;           /* character that does not vanish at the edges of lines */
    mpt break_start, break_end;/* edges drawn again at breaks of lines */
    int resumed;
    struct baseline baseline;
};

struct para_object {
    int at;
    const struct fo_node *node;
    const struct area_box *box;
    mpt width, height;         /* content rectangle */
    mpt extent;                /* height of its border rectangle */
    mpt space_start, space_end;
    mpt leader_min, leader_max;
    mpt unit, step;            /* a dot's or the content's width; from one to the next */
    PangoGlyph dot;
    struct para *content;      /* what the leader repeats, as one line */
    mpt above, below;          /* how much more room that needs than text of the leader's font */
    struct area_image *image;
};

struct para_anchor {           /* an object without content */
    int at;
    const struct fo_node *node;
};

struct para_run {
    int start, end;
    PangoFont *font;
    PangoGlyphString *glyphs;
    int level;
};

/* New, for BLOCK's content of WIDTH. */
struct para *para_new(struct setting *s, const struct fo_node *block, mpt width);

/* New, and filled with the content of BLOCK, which has nothing but inline-level content. */
struct para *para_whole(struct setting *s, const struct fo_node *block, mpt width);

/* New, with the content of P, which was set, for lines of another WIDTH: it shares text and glyphs with
 * P, which must outlast it. NULL when these are not the same in another width, or on another page. */
struct para *para_resumed(const struct para *p, mpt width);

/* Add an inline-level NODE with all it contains; or enter and leave one, for an inline
 * whose content is
 * interrupted by blocks. */
void para_add(struct para *p, const struct fo_node *node);
void para_enter(struct para *p, const struct fo_node *node, int resumed);
void para_leave(struct para *p);

/* The paragraph ends, but not the inlines that are open: they are left, and entered again in the
 * next one with RESUMED. */
void para_suspend(struct para *p);

/* BOX of the inline NODE, without the borders and padding at its start or end when it does not begin
 * or end there, but those that are to be retained. */
const struct area_box *para_part_box(struct setting *s, const struct fo_node *node,
                                     const struct area_box *box, int starts, int ends);

/* Shapes and breaks. FIRST: the block's first line, which is indented. Faults are reported. */
void para_set(struct para *p, int first);

/* Line I as an area, child of PARENT, with its line rectangle's top at Y and the block's
 * content edge at X. */
struct area *para_line_area(struct para *p, int i, struct area *parent, mpt x, mpt y);

/* Inside of para: shape.c, hyphenate.c, lines.c and line_areas.c. */
#define PARA_TOLERANCE 20 /* mpt: sums of rounded lengths */
void para_shape(struct para *p);
void para_break(struct para *p, int first);
void para_hyphenate(struct para *p);

/* True where a justified line may be spread after character C though there is no space: between
 * characters of scripts that write none. */
int para_spreads_after(const struct para *p, int c);
int para_writes_no_spaces(gunichar c);

/* What letter-spacing adds after character C, in Pango units: half of its own and half of the next
 * one's (7.16.2); nothing at the paragraph's end. */
long para_letter_space(const struct para *p, int c);
/* The first span that ends after character C; the object at C, or NULL. */
int para_first_span(const struct para *p, int c);
const struct para_object *para_object_at(const struct para *p, int c);
/* What a line from START that breaks before C shows; how the block's lines, or those that end a
 * paragraph (LAST), are aligned: start, end, center or justify. */
mpt para_line_width(const struct para *p, int start, int c);
int para_alignment(const struct para *p, int last);
/* The hyphen of a line that ends before character C: the character, its glyph and advance. */
gunichar para_hyphen(const struct para *p, int c, PangoGlyph *glyph, int *width);

mpt para_line_height(const struct fo_style *style);
static inline mpt para_mpt(long units)
{
    return (mpt)((units * 1000 + (units < 0 ? -512 : 512)) / 1024);
}
static inline long para_units(mpt v)
{
    return ((long)v * 1024 + (v < 0 ? -500 : 500)) / 1000;
}

/* The natural width in mpt of the characters from A to B: PARA_WIDE when it is that or more, as that of
 * a long paragraph on one line would be. */
#define PARA_WIDE 1000000000
static inline mpt para_width(const struct para *p, int a, int b)
{
    long units = p->pos[b] - p->pos[a];

    return units < PARA_WIDE ? para_mpt(units) : PARA_WIDE;
}

#endif
