#include "property.h"

#include <stdlib.h>
#include <string.h>

#include "style.h"

#define STYLES "none hidden dotted dashed solid double groove ridge inset outset"
#define P(name, group, member, type, percent, initial, keywords) \
    { name, FO_T_##type, FO_G_##group, FO_PCT_##percent, GROUP_OFFSET_##group(member), initial, \
      " " keywords " " }
/* The element's own, and no value of its style: parse.c reads it. */
#define OWN(name) { name, FO_T_STRING, FO_G_NONE, FO_PCT_NONE, 0, NULL, "" }
#define IGNORED(name) { name, FO_T_IGNORED, FO_G_NONE, FO_PCT_NONE, 0, NULL, "" }
#define ONLY(name, keywords) { name, FO_T_ONLY, FO_G_NONE, FO_PCT_NONE, 0, NULL, " " keywords " " }
#define GROUP_OFFSET_FONT(m) offsetof(struct style_font, m)
#define GROUP_OFFSET_TEXT(m) offsetof(struct style_text, m)
#define GROUP_OFFSET_FLOW(m) offsetof(struct style_flow, m)
#define GROUP_OFFSET_BOX(m) offsetof(struct style_box, m)
#define GROUP_OFFSET_BLOCK(m) offsetof(struct style_block, m)
#define GROUP_OFFSET_SIZE(m) offsetof(struct style_size, m)
#define GROUP_OFFSET_TABLE(m) offsetof(struct style_table, m)
#define GROUP_OFFSET_PAGE(m) offsetof(struct style_page, m)

/* In ASCII order of the names. The initial values are the recommendation's; a group's inheritance
 * is the property's. */
static const struct fo_property properties[] = {
    P("absolute-position", SIZE, absolute_position, ENUM, NONE, "auto", "auto absolute fixed"),
    IGNORED("active-state"),
    P("alignment-adjust", SIZE, alignment_adjust, LENGTH, LAYOUT, "auto", "auto baseline before-edge "
      "text-before-edge middle central after-edge text-after-edge ideographic alphabetic hanging "
      "mathematical"),
    P("alignment-baseline", SIZE, alignment_baseline, LENGTH, NONE, "auto", "auto baseline "
      "before-edge text-before-edge middle central after-edge text-after-edge ideographic alphabetic "
      "hanging mathematical"),
    IGNORED("auto-restore"),
    IGNORED("azimuth"),
    ONLY("background-attachment", "scroll"),
    P("background-color", BOX, background_color, COLOR, NONE, "transparent", ""),
    P("background-image", BOX, background_image, URI, NONE, "none", "none"),
    P("background-position-horizontal", BOX, background_x, LENGTH, LAYOUT, "0pt", "left center "
      "right"),
    P("background-position-vertical", BOX, background_y, LENGTH, LAYOUT, "0pt", "top center "
      "bottom"),
    P("background-repeat", BOX, background_repeat, ENUM, NONE, "repeat", "repeat repeat-x repeat-y "
      "no-repeat"),
    P("baseline-shift", SIZE, baseline_shift, LENGTH, LAYOUT, "baseline", "baseline sub super"),
    P("blank-or-not-blank", PAGE, blank_or_not_blank, ENUM, NONE, "any", "blank not-blank any"),
    P("block-progression-dimension", SIZE, bpd, RANGE, LAYOUT, "auto", "auto"),
    P("border-after-precedence", TABLE, border_precedence[2], NUMLEN, NONE, NULL, "force"),
    P("border-before-precedence", TABLE, border_precedence[0], NUMLEN, NONE, NULL, "force"),
    P("border-bottom-color", BOX, border_color[2], COLOR, NONE, "black", ""),
    P("border-bottom-style", BOX, border_style[2], ENUM, NONE, "none", STYLES),
    P("border-bottom-width", BOX, border_width[2], EDGE, NONE, "medium", ""),
    P("border-collapse", FLOW, border_collapse, ENUM, NONE, "collapse", "collapse "
      "collapse-with-precedence separate"),
    P("border-end-precedence", TABLE, border_precedence[1], NUMLEN, NONE, NULL, "force"),
    P("border-left-color", BOX, border_color[3], COLOR, NONE, "black", ""),
    P("border-left-style", BOX, border_style[3], ENUM, NONE, "none", STYLES),
    P("border-left-width", BOX, border_width[3], EDGE, NONE, "medium", ""),
    P("border-right-color", BOX, border_color[1], COLOR, NONE, "black", ""),
    P("border-right-style", BOX, border_style[1], ENUM, NONE, "none", STYLES),
    P("border-right-width", BOX, border_width[1], EDGE, NONE, "medium", ""),
    P("border-separation", FLOW, border_separation, PAIR, NONE, "0pt", ""),
    P("border-start-precedence", TABLE, border_precedence[3], NUMLEN, NONE, NULL, "force"),
    P("border-top-color", BOX, border_color[0], COLOR, NONE, "black", ""),
    P("border-top-style", BOX, border_style[0], ENUM, NONE, "none", STYLES),
    P("border-top-width", BOX, border_width[0], EDGE, NONE, "medium", ""),
    P("bottom", SIZE, bottom, LENGTH, LAYOUT, "auto", "auto"),
    P("break-after", BLOCK, break_after, ENUM, NONE, "auto", "auto column page even-page odd-page"),
    P("break-before", BLOCK, break_before, ENUM, NONE, "auto", "auto column page even-page "
      "odd-page"),
    P("caption-side", FLOW, caption_side, ENUM, NONE, "before", "before after top bottom"),
    IGNORED("case-name"),
    IGNORED("case-title"),
    P("character", PAGE, character, STRING, NONE, "", ""),
    IGNORED("clear"),
    P("clip", BOX, clip, CLIP, NONE, "auto", "auto"),
    P("color", TEXT, color, COLOR, NONE, "black", ""),
    P("column-count", PAGE, column_count, INT, NONE, "1", ""),
    P("column-gap", PAGE, column_gap, LENGTH, LAYOUT, "12pt", ""),
    P("column-number", TABLE, column_number, NUMLEN, NONE, "auto", "auto"),
    P("column-width", TABLE, column_width, LENGTH, LAYOUT, "auto", "auto"),
    P("content-height", SIZE, content_height, LENGTH, LAYOUT, "auto", "auto scale-to-fit "
      "scale-down-to-fit scale-up-to-fit"),
    IGNORED("content-type"),
    P("content-width", SIZE, content_width, LENGTH, LAYOUT, "auto", "auto scale-to-fit "
      "scale-down-to-fit scale-up-to-fit"),
    P("country", FONT, country, STRING, NONE, "none", ""),
    IGNORED("cue"),
    IGNORED("cue-after"),
    IGNORED("cue-before"),
    P("cx:font-features", FONT, features, STRING, NONE, "", ""),
    IGNORED("destination-placement-offset"),
    P("direction", TEXT, direction, ENUM, NONE, "ltr", "ltr rtl"),
    P("display-align", FLOW, display_align, ENUM, NONE, "auto", "auto before center after"),
    P("dominant-baseline", SIZE, dominant_baseline, LENGTH, NONE, "auto", "auto use-script "
      "no-change reset-size ideographic alphabetic hanging mathematical central middle "
      "text-after-edge text-before-edge"),
    IGNORED("elevation"),
    P("empty-cells", FLOW, empty_cells, ENUM, NONE, "show", "show hide"),
    P("end-indent", FLOW, end_indent, LENGTH, LAYOUT, "0pt", ""),
    P("ends-row", TABLE, ends_row, ENUM, NONE, "false", "true false"),
    P("extent", PAGE, extent, LENGTH, LAYOUT, "0pt", ""),
    P("external-destination", PAGE, external_destination, URI, NONE, "", ""),
    IGNORED("float"),
    P("flow-name", PAGE, flow_name, STRING, NONE, "", ""),
    P("font-family", FONT, family, STRING, NONE, "sans-serif", ""),
    IGNORED("font-selection-strategy"),
    P("font-size", FONT, size, FONT_SIZE, PARENT_FONT, "12pt", "larger smaller"),
    ONLY("font-size-adjust", "none"),
    P("font-stretch", FONT, stretch, STRETCH, NONE, "normal", "normal wider narrower "
      "ultra-condensed extra-condensed condensed semi-condensed semi-expanded expanded extra-expanded "
      "ultra-expanded"),
    P("font-style", FONT, style, ENUM, NONE, "normal", "normal italic oblique backslant"),
    P("font-variant", FONT, variant, ENUM, NONE, "normal", "normal small-caps"),
    P("font-weight", FONT, weight, WEIGHT, NONE, "400", ""),
    P("force-page-count", PAGE, force_page_count, ENUM, NONE, "auto", "auto even odd end-on-even "
      "end-on-odd no-force doubly-even doubly-odd end-on-doubly-even end-on-doubly-odd"),
    P("format", PAGE, format, STRING, NONE, "1", ""),
    P("fox:alt-text", PAGE, alt, STRING, NONE, "", ""),
    P("fox:border-after-end-radius", BOX, radius[2], LENGTH, NONE, "0pt", ""),
    P("fox:border-after-start-radius", BOX, radius[3], LENGTH, NONE, "0pt", ""),
    P("fox:border-before-end-radius", BOX, radius[1], LENGTH, NONE, "0pt", ""),
    P("fox:border-before-start-radius", BOX, radius[0], LENGTH, NONE, "0pt", ""),
    P("fox:disable-column-balancing", FLOW, disable_balancing, ENUM, NONE, "false",
      "true false"),
    P("fox:transform", PAGE, transform, STRING, NONE, "none", ""),
    ONLY("glyph-orientation-horizontal", "0deg 0"),
    ONLY("glyph-orientation-vertical", "auto 0deg 0"),
    P("grouping-separator", PAGE, grouping_separator, STRING, NONE, "", ""),
    P("grouping-size", PAGE, grouping_size, INT, NONE, NULL, ""),
    P("hyphenate", TEXT, hyphenate, ENUM, NONE, "false", "true false"),
    P("hyphenation-character", TEXT, hyphenation_character, STRING, NONE, "\342\200\220", ""),
    P("hyphenation-keep", TEXT, hyphenation_keep, ENUM, NONE, "auto", "auto column page"),
    P("hyphenation-ladder-count", TEXT, hyphenation_ladder, NUMLEN, NONE, "no-limit", "no-limit"),
    P("hyphenation-push-character-count", TEXT, hyphenation_push, INT, NONE, "2", ""),
    P("hyphenation-remain-character-count", TEXT, hyphenation_remain, INT, NONE, "2", ""),
    OWN("id"),
    IGNORED("indicate-destination"),
    P("initial-page-number", PAGE, initial_page_number, NUMLEN, NONE, "auto", "auto auto-odd "
      "auto-even"),
    P("inline-progression-dimension", SIZE, ipd, RANGE, LAYOUT, "auto", "auto"),
    P("internal-destination", PAGE, internal_destination, STRING, NONE, "", ""),
    IGNORED("intrusion-displace"),
    P("keep-together", FLOW, keep_together, KEEP, NONE, "auto", "auto always"),
    P("keep-with-next", BLOCK, keep_with_next, KEEP, NONE, "auto", "auto always"),
    P("keep-with-previous", BLOCK, keep_with_previous, KEEP, NONE, "auto", "auto always"),
    P("language", FONT, language, STRING, NONE, "none", ""),
    P("last-line-end-indent", TEXT, last_line_end_indent, LENGTH, LAYOUT, "0pt", ""),
    P("leader-alignment", FLOW, leader_alignment, ENUM, NONE, "none", "none reference-area page"),
    P("leader-length", FLOW, leader_length, RANGE, LAYOUT, "", ""),
    P("leader-pattern", FLOW, leader_pattern, ENUM, NONE, "space", "space rule dots use-content"),
    P("leader-pattern-width", FLOW, leader_pattern_width, LENGTH, LAYOUT, "use-font-metrics",
      "use-font-metrics"),
    P("left", SIZE, left, LENGTH, LAYOUT, "auto", "auto"),
    P("letter-spacing", TEXT, letter_spacing, RANGE, NONE, "normal", "normal"),
    ONLY("letter-value", "auto alphabetic"),
    P("line-height", TEXT, line_height, SPACE, FONT, "normal", "normal"),
    P("line-height-shift-adjustment", TEXT, line_height_shift_adjustment, ENUM, NONE,
      "consider-shifts", "consider-shifts disregard-shifts"),
    P("line-stacking-strategy", TEXT, line_stacking_strategy, ENUM, NONE, "max-height",
      "line-height font-height max-height"),
    P("linefeed-treatment", TEXT, linefeed_treatment, ENUM, NONE, "treat-as-space", "ignore "
      "preserve treat-as-space treat-as-zero-width-space"),
    P("margin-bottom", BLOCK, margin[2], LENGTH, LAYOUT, "0pt", "auto"),
    P("margin-left", BLOCK, margin[3], LENGTH, LAYOUT, "0pt", "auto"),
    P("margin-right", BLOCK, margin[1], LENGTH, LAYOUT, "0pt", "auto"),
    P("margin-top", BLOCK, margin[0], LENGTH, LAYOUT, "0pt", "auto"),
    P("marker-class-name", PAGE, marker_class, STRING, NONE, "", ""),
    P("master-name", PAGE, master_name, STRING, NONE, "", ""),
    P("master-reference", PAGE, master_reference, STRING, NONE, "", ""),
    P("maximum-repeats", PAGE, maximum_repeats, NUMLEN, NONE, "no-limit", "no-limit"),
    ONLY("media-usage", "auto paginate"),
    IGNORED("merge-pages-across-index-key-references"),
    IGNORED("merge-ranges-across-index-key-references"),
    IGNORED("merge-sequential-page-numbers"),
    P("number-columns-repeated", TABLE, columns_repeated, INT, NONE, "1", ""),
    P("number-columns-spanned", TABLE, columns_spanned, INT, NONE, "1", ""),
    P("number-rows-spanned", TABLE, rows_spanned, INT, NONE, "1", ""),
    P("odd-or-even", PAGE, odd_or_even, ENUM, NONE, "any", "odd even any"),
    P("orphans", FLOW, orphans, INT, NONE, "2", ""),
    P("overflow", SIZE, overflow, ENUM, NONE, "auto", "visible hidden scroll error-if-overflow "
      "auto"),
    P("padding-bottom", BOX, padding[2], EDGE, LAYOUT, "0pt", ""),
    P("padding-left", BOX, padding[3], EDGE, LAYOUT, "0pt", ""),
    P("padding-right", BOX, padding[1], EDGE, LAYOUT, "0pt", ""),
    P("padding-top", BOX, padding[0], EDGE, LAYOUT, "0pt", ""),
    ONLY("page-citation-strategy", "all"),
    P("page-height", PAGE, height, LENGTH, NONE, "auto", "auto"),
    IGNORED("page-number-treatment"),
    P("page-position", PAGE, page_position, ENUM, NONE, "any", "only first last rest any"),
    P("page-width", PAGE, width, LENGTH, NONE, "auto", "auto"),
    IGNORED("pause"),
    IGNORED("pause-after"),
    IGNORED("pause-before"),
    IGNORED("pitch"),
    IGNORED("pitch-range"),
    IGNORED("play-during"),
    P("precedence", PAGE, precedence, ENUM, NONE, "false", "true false"),
    P("provisional-distance-between-starts", FLOW, provisional_distance, LENGTH, LAYOUT, "24pt",
      ""),
    P("provisional-label-separation", FLOW, provisional_separation, LENGTH, LAYOUT, "6pt", ""),
    P("ref-id", PAGE, ref_id, STRING, NONE, "", ""),
    P("reference-orientation", SIZE, reference_orientation, ANGLE, NONE, "0", ""),
    P("region-name", PAGE, region_name, STRING, NONE, "", ""),
    P("relative-align", FLOW, relative_align, ENUM, NONE, "before", "before"),
    IGNORED("rendering-intent"),
    P("retrieve-boundary", PAGE, retrieve_boundary, ENUM, NONE, "page-sequence", "page "
      "page-sequence document"),
    P("retrieve-class-name", PAGE, retrieve_class, STRING, NONE, "", ""),
    P("retrieve-position", PAGE, retrieve_position, ENUM, NONE, "first-starting-within-page",
      "first-starting-within-page first-including-carryover last-starting-within-page "
      "last-ending-within-page"),
    IGNORED("richness"),
    P("right", SIZE, right, LENGTH, LAYOUT, "auto", "auto"),
    P("role", PAGE, role, STRING, NONE, "none", ""),
    P("rule-style", FLOW, rule_style, ENUM, NONE, "solid", "none dotted dashed solid double groove "
      "ridge"),
    P("rule-thickness", FLOW, rule_thickness, LENGTH, NONE, "1pt", ""),
    IGNORED("scale-option"),
    P("scaling", SIZE, scaling, ENUM, NONE, "uniform", "uniform non-uniform"),
    IGNORED("scaling-method"),
    ONLY("score-spaces", "true"),
    P("script", FONT, script, STRING, NONE, "auto", ""),
    P("show-destination", PAGE, show_destination, ENUM, NONE, "replace", "replace new"),
    IGNORED("source-document"),
    P("space-after", BLOCK, space_after, SPACE, LAYOUT, "0pt", ""),
    P("space-before", BLOCK, space_before, SPACE, LAYOUT, "0pt", ""),
    P("space-end", SIZE, space_end, SPACE, LAYOUT, "0pt", ""),
    P("space-start", SIZE, space_start, SPACE, LAYOUT, "0pt", ""),
    P("span", BLOCK, span, ENUM, NONE, "none", "none all"),
    IGNORED("speak"),
    IGNORED("speak-header"),
    IGNORED("speak-numeral"),
    IGNORED("speak-punctuation"),
    IGNORED("speech-rate"),
    P("src", PAGE, src, URI, NONE, "", ""),
    P("start-indent", FLOW, start_indent, LENGTH, LAYOUT, "0pt", ""),
    P("starting-state", PAGE, starting_state, ENUM, NONE, "show", "show hide"),
    P("starts-row", TABLE, starts_row, ENUM, NONE, "false", "true false"),
    IGNORED("stress"),
    ONLY("suppress-at-line-break", "auto"),
    IGNORED("switch-to"),
    P("table-layout", TABLE, table_layout, ENUM, NONE, "auto", "auto fixed"),
    P("table-omit-footer-at-break", TABLE, omit_footer, ENUM, NONE, "false", "true false"),
    P("table-omit-header-at-break", TABLE, omit_header, ENUM, NONE, "false", "true false"),
    IGNORED("target-presentation-context"),
    IGNORED("target-processing-context"),
    IGNORED("target-stylesheet"),
    P("text-align", TEXT, text_align, ENUM, NONE, "start", "start center end justify inside "
      "outside left right"),
    P("text-align-last", TEXT, text_align_last, ENUM, NONE, "relative", "relative start center end "
      "justify inside outside left right"),
    ONLY("text-altitude", "use-font-metrics"),
    P("text-decoration", SIZE, decoration, DECORATION, NONE, "none", ""),
    ONLY("text-depth", "use-font-metrics"),
    P("text-indent", TEXT, text_indent, LENGTH, LAYOUT, "0pt", ""),
    ONLY("text-shadow", "none"),
    P("text-transform", TEXT, text_transform, ENUM, NONE, "none", "none capitalize uppercase "
      "lowercase"),
    P("top", SIZE, top, LENGTH, LAYOUT, "auto", "auto"),
    ONLY("treat-as-word-space", "auto"),
    P("unicode-bidi", SIZE, unicode_bidi, ENUM, NONE, "normal", "normal embed bidi-override"),
    P("visibility", TEXT, visibility, ENUM, NONE, "visible", "visible hidden collapse"),
    IGNORED("voice-family"),
    IGNORED("volume"),
    P("white-space-collapse", TEXT, white_space_collapse, ENUM, NONE, "true", "true false"),
    P("white-space-treatment", TEXT, white_space_treatment, ENUM, NONE,
      "ignore-if-surrounding-linefeed", "ignore preserve ignore-if-before-linefeed "
      "ignore-if-after-linefeed ignore-if-surrounding-linefeed"),
    P("widows", FLOW, widows, INT, NONE, "2", ""),
    P("word-spacing", TEXT, word_spacing, RANGE, NONE, "normal", "normal"),
    P("wrap-option", TEXT, wrap_option, ENUM, NONE, "wrap", "wrap no-wrap"),
    P("writing-mode", FLOW, writing_mode, ENUM, NONE, "lr-tb", "lr-tb rl-tb lr rl"),
    IGNORED("xml:space"),
    ONLY("z-index", "auto"),
};

struct alias {
    const char *name, *ltr, *rtl;
};

/* In ASCII order. Writing-mode relative names where lines are stacked downwards (lr-tb, rl-tb), and
 * width and height, which are the dimensions there. */
static const struct alias aliases[] = {
    { "border-after-color", "border-bottom-color", NULL },
    { "border-after-style", "border-bottom-style", NULL },
    { "border-after-width", "border-bottom-width", NULL },
    { "border-before-color", "border-top-color", NULL },
    { "border-before-style", "border-top-style", NULL },
    { "border-before-width", "border-top-width", NULL },
    { "border-end-color", "border-right-color", "border-left-color" },
    { "border-end-style", "border-right-style", "border-left-style" },
    { "border-end-width", "border-right-width", "border-left-width" },
    { "border-start-color", "border-left-color", "border-right-color" },
    { "border-start-style", "border-left-style", "border-right-style" },
    { "border-start-width", "border-left-width", "border-right-width" },
    { "height", "block-progression-dimension", NULL },
    { "max-height", "block-progression-dimension.maximum", NULL },
    { "max-width", "inline-progression-dimension.maximum", NULL },
    { "min-height", "block-progression-dimension.minimum", NULL },
    { "min-width", "inline-progression-dimension.minimum", NULL },
    { "padding-after", "padding-bottom", NULL },
    { "padding-before", "padding-top", NULL },
    { "padding-end", "padding-right", "padding-left" },
    { "padding-start", "padding-left", "padding-right" },
    { "width", "inline-progression-dimension", NULL },
};

/* In ASCII order. */
static const struct fo_shorthand shorthands[] = {
    { "background", 0, FO_EXPAND_BACKGROUND, NULL },
    { "background-position", 1, FO_EXPAND_BACKGROUND_POSITION, NULL },
    { "border", 0, FO_EXPAND_BORDER, "top right bottom left" },
    { "border-after", 3, FO_EXPAND_BORDER, "bottom" },
    { "border-before", 3, FO_EXPAND_BORDER, "top" },
    { "border-bottom", 4, FO_EXPAND_BORDER, "bottom" },
    { "border-color", 2, FO_EXPAND_FOUR, "border-%s-color" },
    { "border-end", 3, FO_EXPAND_BORDER, "end" },
    { "border-left", 4, FO_EXPAND_BORDER, "left" },
    { "border-right", 4, FO_EXPAND_BORDER, "right" },
    { "border-spacing", 0, FO_EXPAND_PAIR, "border-separation" },
    { "border-start", 3, FO_EXPAND_BORDER, "start" },
    { "border-style", 2, FO_EXPAND_FOUR, "border-%s-style" },
    { "border-top", 4, FO_EXPAND_BORDER, "top" },
    { "border-width", 2, FO_EXPAND_FOUR, "border-%s-width" },
    { "font", 0, FO_EXPAND_FONT, NULL },
    { "margin", 0, FO_EXPAND_FOUR, "margin-%s" },
    { "padding", 0, FO_EXPAND_FOUR, "padding-%s" },
    { "page-break-after", 0, FO_EXPAND_BREAK, "break-after keep-with-next" },
    { "page-break-before", 0, FO_EXPAND_BREAK, "break-before keep-with-previous" },
    { "page-break-inside", 0, FO_EXPAND_BREAK, "inside keep-together" },
    { "position", 0, FO_EXPAND_POSITION, NULL },
    { "size", 0, FO_EXPAND_SIZE, NULL },
    { "vertical-align", 0, FO_EXPAND_VERTICAL_ALIGN, NULL },
    { "white-space", 0, FO_EXPAND_WHITE_SPACE, NULL },
    { "xml:lang", 0, FO_EXPAND_LANG, NULL },
};

static const char *const keyword_names[FO_KW_COUNT] = {
    "",
#define X(id, name) name,
    FO_KEYWORDS(X)
#undef X
};

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

static int compare(const char *key, size_t len, const char *name)
{
    int c = strncmp(key, name, len);

    return c ? c : name[len] ? -1 : 0;
}

int fo_property_find(const char *name, size_t len)
{
    int lo = 0, hi = COUNT(properties) - 1;

    while (lo <= hi) {
        int mid = (lo + hi) / 2, c = compare(name, len, properties[mid].name);

        if (c == 0)
            return mid;
        if (c < 0)
            hi = mid - 1;
        else
            lo = mid + 1;
    }
    return -1;
}

const struct fo_property *fo_property_get(int number)
{
    return &properties[number];
}

int fo_property_count(void)
{
    return COUNT(properties);
}

int fo_group_inherited(enum fo_group group)
{
    return group == FO_G_FONT || group == FO_G_TEXT || group == FO_G_FLOW;
}

size_t fo_group_size(enum fo_group group)
{
    static const size_t sizes[FO_G_COUNT] = {
        sizeof(struct style_font), sizeof(struct style_text), sizeof(struct style_flow),
        sizeof(struct style_box), sizeof(struct style_block), sizeof(struct style_size),
        sizeof(struct style_table), sizeof(struct style_page),
    };

    return sizes[group];
}

const char *fo_property_alias(const char *name, size_t len, int rtl)
{
    int lo = 0, hi = COUNT(aliases) - 1;

    while (lo <= hi) {
        int mid = (lo + hi) / 2, c = compare(name, len, aliases[mid].name);

        if (c == 0)
            return rtl && aliases[mid].rtl ? aliases[mid].rtl : aliases[mid].ltr;
        if (c < 0)
            hi = mid - 1;
        else
            lo = mid + 1;
    }
    return NULL;
}

const char *fo_alias_get(int i)
{
    return i < COUNT(aliases) ? aliases[i].name : NULL;
}

const struct fo_shorthand *fo_shorthand_get(int i)
{
    return i < COUNT(shorthands) ? &shorthands[i] : NULL;
}

const struct fo_shorthand *fo_shorthand_find(const char *name)
{
    int lo = 0, hi = COUNT(shorthands) - 1;

    while (lo <= hi) {
        int mid = (lo + hi) / 2, c = strcmp(name, shorthands[mid].name);

        if (c == 0)
            return &shorthands[mid];
        if (c < 0)
            hi = mid - 1;
        else
            lo = mid + 1;
    }
    return NULL;
}

enum fo_keyword fo_keyword_find(const char *name, size_t len)
{
    int lo = 1, hi = FO_KW_COUNT - 1;

    while (lo <= hi) {
        int mid = (lo + hi) / 2, c = compare(name, len, keyword_names[mid]);

        if (c == 0)
            return (enum fo_keyword)mid;
        if (c < 0)
            hi = mid - 1;
        else
            lo = mid + 1;
    }
    return FO_KW_NONE_GIVEN;
}

const char *fo_keyword_name(enum fo_keyword keyword)
{
    return keyword_names[keyword];
}

int fo_property_takes(const struct fo_property *p, const char *name, size_t len)
{
    const char *at = p->keywords;

    while ((at = strstr(at, " "))) {
        at++;
        if (!strncmp(at, name, len) && at[len] == ' ')
            return len > 0;
    }
    return 0;
}
