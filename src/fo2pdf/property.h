/* The one table of XSL-FO 1.1 properties (section 7 of the recommendation): name, where its value
 * lies, type, inheritance, initial value, keywords; with the aliases (writing-mode relative names)
 * and the shorthands that expand into it. Everything that knows a property's name is here. */
#ifndef PROPERTY_H
#define PROPERTY_H

#include <stddef.h>

/* Every keyword that a value may be. In ASCII order, for the search. */
#define FO_KEYWORDS(X) \
    X(ABSOLUTE, "absolute") X(ACTIVE, "active") X(AFTER, "after") X(AFTER_EDGE, "after-edge") \
    X(ALL, "all") X(ALPHABETIC, "alphabetic") X(ALWAYS, "always") X(ANY, "any") X(AUTO, "auto") \
    X(AUTO_EVEN, "auto-even") X(AUTO_ODD, "auto-odd") X(BACKSLANT, "backslant") \
    X(BASELINE, "baseline") X(BEFORE, "before") X(BEFORE_EDGE, "before-edge") \
    X(BIDI_OVERRIDE, "bidi-override") X(BLANK, "blank") X(BLINK, "blink") X(BOTTOM, "bottom") \
    X(CAPITALIZE, "capitalize") X(CENTER, "center") X(CENTRAL, "central") \
    X(COLLAPSE, "collapse") X(COLLAPSE_WITH_PRECEDENCE, "collapse-with-precedence") \
    X(COLUMN, "column") X(CONDENSED, "condensed") X(CONSIDER_SHIFTS, "consider-shifts") \
    X(DASHED, "dashed") X(DISCARD, "discard") X(DISREGARD_SHIFTS, "disregard-shifts") \
    X(DOCUMENT, "document") X(DOTS, "dots") X(DOTTED, "dotted") X(DOUBLE, "double") \
    X(DOUBLY_EVEN, "doubly-even") X(DOUBLY_ODD, "doubly-odd") X(EMBED, "embed") X(END, "end") \
    X(END_ON_DOUBLY_EVEN, "end-on-doubly-even") X(END_ON_DOUBLY_ODD, "end-on-doubly-odd") \
    X(END_ON_EVEN, "end-on-even") X(END_ON_ODD, "end-on-odd") \
    X(ERROR_IF_OVERFLOW, "error-if-overflow") X(EVEN, "even") X(EVEN_PAGE, "even-page") \
    X(EXPANDED, "expanded") X(EXTRA_CONDENSED, "extra-condensed") \
    X(EXTRA_EXPANDED, "extra-expanded") X(FALSE, "false") X(FIRST, "first") \
    X(FIRST_INCLUDING_CARRYOVER, "first-including-carryover") \
    X(FIRST_STARTING_WITHIN_PAGE, "first-starting-within-page") X(FIXED, "fixed") \
    X(FONT_HEIGHT, "font-height") X(FORCE, "force") X(GROOVE, "groove") X(HANGING, "hanging") \
    X(HIDDEN, "hidden") X(HIDE, "hide") X(IDEOGRAPHIC, "ideographic") X(IGNORE, "ignore") \
    X(IGNORE_IF_AFTER_LINEFEED, "ignore-if-after-linefeed") \
    X(IGNORE_IF_BEFORE_LINEFEED, "ignore-if-before-linefeed") \
    X(IGNORE_IF_SURROUNDING_LINEFEED, "ignore-if-surrounding-linefeed") \
    X(INDEFINITE, "indefinite") X(INHERIT, "inherit") X(INSET, "inset") X(INSIDE, "inside") \
    X(ITALIC, "italic") X(JUSTIFY, "justify") X(LARGER, "larger") X(LAST, "last") \
    X(LAST_ENDING_WITHIN_PAGE, "last-ending-within-page") \
    X(LAST_STARTING_WITHIN_PAGE, "last-starting-within-page") X(LEFT, "left") \
    X(LINE_HEIGHT, "line-height") X(LINE_THROUGH, "line-through") X(LINK, "link") \
    X(LOWERCASE, "lowercase") X(LR, "lr") X(LR_TB, "lr-tb") X(LTR, "ltr") \
    X(MATHEMATICAL, "mathematical") X(MAX_HEIGHT, "max-height") X(MIDDLE, "middle") \
    X(NARROWER, "narrower") X(NEW, "new") X(NO_CHANGE, "no-change") X(NO_FORCE, "no-force") \
    X(NO_LIMIT, "no-limit") X(NO_REPEAT, "no-repeat") X(NO_WRAP, "no-wrap") \
    X(NON_UNIFORM, "non-uniform") X(NONE, "none") X(NORMAL, "normal") X(NOT_BLANK, "not-blank") \
    X(OBLIQUE, "oblique") X(ODD, "odd") X(ODD_PAGE, "odd-page") X(ONLY, "only") \
    X(OUTSET, "outset") X(OUTSIDE, "outside") X(OVERLINE, "overline") X(PAGE, "page") \
    X(PAGE_SEQUENCE, "page-sequence") X(PRESERVE, "preserve") \
    X(REFERENCE_AREA, "reference-area") X(RELATIVE, "relative") X(REPEAT, "repeat") \
    X(REPEAT_X, "repeat-x") X(REPEAT_Y, "repeat-y") X(REPLACE, "replace") \
    X(RESET_SIZE, "reset-size") X(REST, "rest") X(RETAIN, "retain") X(RIDGE, "ridge") \
    X(RIGHT, "right") X(RL, "rl") X(RL_TB, "rl-tb") X(RTL, "rtl") X(RULE, "rule") \
    X(SCALE_DOWN_TO_FIT, "scale-down-to-fit") X(SCALE_TO_FIT, "scale-to-fit") \
    X(SCALE_UP_TO_FIT, "scale-up-to-fit") X(SCROLL, "scroll") \
    X(SEMI_CONDENSED, "semi-condensed") X(SEMI_EXPANDED, "semi-expanded") \
    X(SEPARATE, "separate") X(SHOW, "show") X(SMALL_CAPS, "small-caps") X(SMALLER, "smaller") \
    X(SOLID, "solid") X(SPACE, "space") X(START, "start") X(STATIC, "static") X(SUB, "sub") \
    X(SUPER, "super") X(TEXT_AFTER_EDGE, "text-after-edge") \
    X(TEXT_BEFORE_EDGE, "text-before-edge") X(TEXT_BOTTOM, "text-bottom") \
    X(TEXT_TOP, "text-top") X(TOP, "top") X(TRANSPARENT, "transparent") \
    X(TREAT_AS_SPACE, "treat-as-space") \
    X(TREAT_AS_ZERO_WIDTH_SPACE, "treat-as-zero-width-space") X(TRUE, "true") \
    X(ULTRA_CONDENSED, "ultra-condensed") X(ULTRA_EXPANDED, "ultra-expanded") \
    X(UNDERLINE, "underline") X(UNIFORM, "uniform") X(UPPERCASE, "uppercase") \
    X(USE_CONTENT, "use-content") X(USE_FONT_METRICS, "use-font-metrics") \
    X(USE_SCRIPT, "use-script") X(VISIBLE, "visible") X(WIDER, "wider") X(WRAP, "wrap")

enum fo_keyword {
    FO_KW_NONE_GIVEN,
#define X(id, name) FO_KW_##id,
    FO_KEYWORDS(X)
#undef X
    FO_KW_COUNT
};

enum fo_type {
    FO_T_ENUM,      /* int: an enum fo_keyword */
    FO_T_LENGTH,    /* struct fo_length: a length, percentage or one of the keywords */
    FO_T_NUMLEN,    /* the same, of a number: v, or one of the keywords */
    FO_T_RANGE,     /* struct fo_range */
    FO_T_SPACE,     /* struct fo_space */
    FO_T_EDGE,      /* struct fo_edge */
    FO_T_KEEP,      /* struct fo_keep */
    FO_T_PAIR,      /* struct fo_pair */
    FO_T_COLOR,     /* fo_color */
    FO_T_INT,       /* int, 1 or more */
    FO_T_STRING,    /* const char * */
    FO_T_URI,       /* const char *, without url() */
    FO_T_FONT_SIZE, /* struct fo_length, absolute */
    FO_T_WEIGHT,    /* int, 100 to 900 */
    FO_T_STRETCH,   /* int: a keyword, relative ones resolved */
    FO_T_DECORATION,/* int: enum area_flags */
    FO_T_ANGLE,     /* int: 0, 90, 180, 270 */
    FO_T_CLIP,      /* const struct fo_length *: four of top right bottom left, or NULL */
    FO_T_ONLY,      /* nothing but the keywords, which ask for what is done anyway */
    FO_T_IGNORED,   /* accepted; has no effect in print */
};

enum fo_group {
    FO_G_FONT, FO_G_TEXT, FO_G_FLOW, FO_G_BOX, FO_G_BLOCK, FO_G_SIZE, FO_G_TABLE, FO_G_PAGE,
    FO_G_COUNT,
    FO_G_NONE = FO_G_COUNT
};

enum fo_percent { FO_PCT_NONE, FO_PCT_LAYOUT, FO_PCT_FONT, FO_PCT_PARENT_FONT };

struct fo_property {
    const char *name;
    enum fo_type type;
    enum fo_group group;
    enum fo_percent percent;
    size_t offset;           /* in the group's struct */
    const char *initial;     /* as an author would write it */
    const char *keywords;    /* those it takes, with a space on either side of each */
};

enum fo_expand {
    FO_EXPAND_FOUR,       /* one to four values for top right bottom left */
    FO_EXPAND_BORDER,     /* width, style, colour in any order, for the sides named */
    FO_EXPAND_FONT, FO_EXPAND_BACKGROUND, FO_EXPAND_BACKGROUND_POSITION, FO_EXPAND_WHITE_SPACE,
    FO_EXPAND_BREAK, FO_EXPAND_VERTICAL_ALIGN, FO_EXPAND_LANG, FO_EXPAND_POSITION, FO_EXPAND_SIZE,
    FO_EXPAND_PAIR
};

struct fo_shorthand {
    const char *name;
    int rank;                /* those of a higher rank are more precise and win */
    enum fo_expand expand;
    const char *targets;     /* property names; %s: the side, where there are several */
};

/* Look NAME up. The property's number, or -1. */
int fo_property_find(const char *name, size_t len);
const struct fo_property *fo_property_get(int number);
int fo_property_count(void);
int fo_group_inherited(enum fo_group group);
size_t fo_group_size(enum fo_group group);

/* The property (with component) that the writing-mode relative or otherwise synonymous NAME stands
 * for when lines run left to right, or (RTL) right to left; NULL: NAME is no such alias. */
const char *fo_property_alias(const char *name, size_t len, int rtl);

/* The Ith of these names, of the shorthands; NULL behind the last. */
const char *fo_alias_get(int i);
const struct fo_shorthand *fo_shorthand_get(int i);

/* The shorthand NAME, or NULL. */
const struct fo_shorthand *fo_shorthand_find(const char *name);

/* The keyword's number, 0 when it is none; the name of a number. */
enum fo_keyword fo_keyword_find(const char *name, size_t len);
const char *fo_keyword_name(enum fo_keyword keyword);

/* True when the property's list has the keyword of LEN bytes at NAME. */
int fo_property_takes(const struct fo_property *p, const char *name, size_t len);

#endif
