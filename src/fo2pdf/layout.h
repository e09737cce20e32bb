/* Formatting: from a refined object tree to the area tree.
 *
 * Images' natural sizes come from the caller's measure function, so that layout knows nothing of
 * files or cairo. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "area.h"
#include "diag.h"

struct fonts; /* fonts.h: the closed font set, one for the life of the process */
struct hyphens; /* hyphens.h: the dictionaries, likewise */

struct layout_options {
    struct fonts *fonts;
    /* The natural size in mpt of the graphic that NODE shows. Returns 0, or -1 after reporting. */
    int (*measure)(void *arg, const struct fo_node *node, mpt *width, mpt *height, struct diag *d);
    void *measure_arg;
    struct hyphens *hyphens; /* NULL: nothing is hyphenated */
    int lenient; /* unsupported objects, properties and overflow are warnings */
    size_t keep; /* LAYOUT_KEEP or another; beyond this many bytes areas and cells are given up, and made again when wanted */
};

/* What a document of some dozen pages takes: those that are printed by the thousand are set once. */
#define LAYOUT_KEEP ((size_t)32 << 20)

/* Lays out FO, *kept* with D and all that OPTIONS point to. Returns 0 and sets *AREAS (new, release with
 * layout_free), or -1 after reporting every fault with its line. */
int layout(struct fo_document *fo, const struct layout_options *options,
           struct area_document **areas, struct diag *d);
void layout_free(struct area_document *areas);

/* The areas of PAGE are there only from layout_page to layout_page_done. Faults that show only when
 * they are made are reported. */
void layout_page(struct area_document *areas, const struct area_page *page);
void layout_page_done(struct area_document *areas, const struct area_page *page);

/* Reports the faults of pages whose areas were never made. */
void layout_check(struct area_document *areas);

#endif
