/* Refined property values, in groups that nodes share: a node whose element sets no property of an
 * inherited group has its parent's group, and of another group the initial one. property.c's table
 * says which property lies where; nothing else writes these. */
#ifndef STYLE_H
#define STYLE_H

#include "fo.h"
#include "property.h"

/* A length that may still depend on a base known to layout only, or a keyword.
 * FO_LENGTH: v + pct * base (pct 1.0 is 100 %) + units column units. */
struct fo_length {
    mpt v;
    float pct;
    float units;       /* proportional-column-width() */
    short keyword;     /* 0: a length; else an enum fo_keyword such as FO_KW_AUTO */
    short is_number;   /* v is a factor in thousandths (line-height="1.2") */
};

#define FO_FORCE 0x7fffffff /* precedence="force", keep="always" */

struct fo_space {
    struct fo_length min, opt, max;
    int precedence;    /* FO_FORCE: force */
    short retain;      /* enum fo_keyword: FO_KW_RETAIN or FO_KW_DISCARD */
};

struct fo_range {
    struct fo_length min, opt, max;
};

struct fo_edge {       /* a border's width or a padding */
    struct fo_length length;
    short retain;
};

struct fo_keep {       /* 0 auto, 1.. strength, FO_FORCE always */
    int line, column, page;
};

struct fo_pair {
    struct fo_length ipd, bpd;
};

struct style_font { /* inherited */
    const char *family;
    struct fo_length size;          /* absolute after refinement */
    int weight, style, variant, stretch;
    const char *features;
    const char *language, *country, *script;
};

struct style_text { /* inherited */
    fo_color color;
    struct fo_range letter_spacing, word_spacing;
    struct fo_space line_height;
    int line_stacking_strategy, line_height_shift_adjustment;
    int text_align, text_align_last;
    struct fo_length text_indent, last_line_end_indent;
    int text_transform, white_space_collapse, white_space_treatment, linefeed_treatment;
    int wrap_option, direction, visibility;
    int hyphenate, hyphenation_remain, hyphenation_push, hyphenation_keep;
    struct fo_length hyphenation_ladder;
    const char *hyphenation_character;
};

struct style_flow { /* inherited */
    struct fo_length start_indent, end_indent;
    int widows, orphans;
    struct fo_keep keep_together;
    int writing_mode, display_align, relative_align;
    int disable_balancing;          /* of columns, above what spans them */
    int border_collapse, empty_cells, caption_side;
    struct fo_pair border_separation;
    int leader_alignment, leader_pattern, rule_style;
    struct fo_range leader_length;
    struct fo_length leader_pattern_width, rule_thickness;
    struct fo_length provisional_distance, provisional_separation;
};

/* Sides are numbered as in area.h: top, right, bottom, left. */
struct style_box {
    struct fo_edge border_width[4], padding[4];
    int border_style[4];
    fo_color border_color[4];
    fo_color background_color;
    const char *background_image;
    int background_repeat;
    struct fo_length background_x, background_y;
    struct fo_length radius[4];     /* top left, top right, bottom right, bottom left */
    const struct fo_length *clip;   /* NULL, or four offsets, each of which may be auto */
};

struct style_block {
    struct fo_length margin[4];
    struct fo_space space_before, space_after;
    struct fo_keep keep_with_next, keep_with_previous;
    int break_before, break_after, span;
};

struct style_size {
    struct fo_range ipd, bpd;
    struct fo_length content_width, content_height;
    int scaling, overflow, absolute_position, reference_orientation;
    struct fo_length top, right, bottom, left;
    struct fo_length alignment_baseline, alignment_adjust, baseline_shift, dominant_baseline;
    struct fo_space space_start, space_end;
    int unicode_bidi;
    int decoration;                 /* enum area_flags: AREA_UNDERLINE ... */
};

struct style_table {
    struct fo_length column_number, column_width;
    int columns_repeated, columns_spanned, rows_spanned;
    int starts_row, ends_row, table_layout, omit_header, omit_footer;
    struct fo_length border_precedence[4];  /* before end after start; no number: the object's own */
};

struct style_page {
    struct fo_length width, height;
    const char *master_name, *master_reference, *region_name, *flow_name;
    struct fo_length extent;
    int precedence;
    int column_count;
    struct fo_length column_gap;
    int page_position, odd_or_even, blank_or_not_blank;
    struct fo_length maximum_repeats, initial_page_number;
    int force_page_count;
    const char *format, *grouping_separator;
    int grouping_size;              /* 0: digits are not grouped */
    const char *marker_class, *retrieve_class;
    int retrieve_position, retrieve_boundary;
    const char *ref_id, *internal_destination, *external_destination, *src, *character, *role,
        *alt, *transform;
    int starting_state, show_destination;
};

struct fo_style {
    const struct style_font *font;
    const struct style_text *text;
    const struct style_flow *flow;
    const struct style_box *box;
    const struct style_block *block;
    const struct style_size *size;
    const struct style_table *table;
    const struct style_page *page;
};

/* The length L with percentages of BASE, in mpt; a keyword gives FALLBACK. Parts of the base never
 * add up to more than it; what a float lost of a whole number is given back. */
static inline mpt fo_length_of(const struct fo_length *l, mpt base, mpt fallback)
{
    if (l->keyword)
        return fallback;
    return l->pct ? l->v + (mpt)((double)l->pct * base + (l->pct < 0 ? -0.1 : 0.1)) : l->v;
}

#endif
