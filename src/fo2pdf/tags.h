/* The structure of the document: what a reader that cannot see the page is told.
 *
 * From the formatting objects (and their role property) a tree of structure elements is made before
 * painting. While pages are painted everything is put into marked content: what belongs to an
 * element under its MCID, all else as an artifact. Afterwards tags_write writes the tree, with what
 * PDF/UA-1 and PDF/A-3a ask for (ISO 14289-1, 7; ISO 32000-1, 14.7, 14.8). */
#ifndef TAGS_H
#define TAGS_H

#include "area.h"
#include "canvas.h"
#include "diag.h"
#include "fo.h"

struct tags;
struct pdf;

/* Makes the elements for FO and sets the `tag` of its nodes. Keeps FO. With LENIENT what is missing
 * for PDF/UA is a warning. Returns new (release with tags_free); faults were reported. */
struct tags *tags_new(struct fo_document *fo, int lenient, struct diag *d);
void tags_free(struct tags *t);

/* ---- while painting ------------------------------------------------------------------------ */

void tags_page_begin(struct tags *t, const struct area_page *page);
void tags_page_end(struct tags *t, struct canvas *c);

/* What is drawn next is content of FO's element, or an artifact when FO stands for none. */
void tags_content(struct tags *t, struct canvas *c, const struct fo_node *fo);
/* What is drawn next is decoration. */
void tags_artifact(struct tags *t, struct canvas *c);

/* Ends what is open; to be called before the canvas is saved, restored or turned. */
void tags_close(struct tags *t, struct canvas *c);

/* Page furniture: what is drawn until tags_furniture_end is a pagination artifact. */
enum tags_furniture { TAGS_SIDE, TAGS_HEADER, TAGS_FOOTER };
void tags_furniture_begin(struct tags *t, struct canvas *c, enum tags_furniture kind);
void tags_furniture_end(struct tags *t, struct canvas *c);

/* The rectangle, in points from the page's top left corner, that FO (a graphic or a link) covers on
 * this page. A link may have several. */
struct tags_box {
    double x0, y0, x1, y1;
};
void tags_figure(struct tags *t, const struct fo_node *fo, const struct tags_box *box);
void tags_link(struct tags *t, const struct fo_node *fo, const struct tags_box *box);

/* ---- afterwards ---------------------------------------------------------------------------- */

/* Adds to PDF, which has the painted pages: structure tree, link annotations. Returns 0, or -1 after reporting. */
int tags_write(struct tags *t, struct pdf *pdf, const struct area_document *areas, struct diag *d);

#endif
