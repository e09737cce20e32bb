/* What a document needs besides its page contents: fonts with the glyphs it uses, and graphics.
 *
 * The pages are written by sheet.h, which asks for every glyph and graphic as it comes. When all are
 * written, stock_end embeds the fonts, and has cairo draw every graphic on a page of its own, which
 * becomes a form. That is several times as fast as cairo's way to a page, and leaves the marks in the
 * content to us. */
#ifndef STOCK_H
#define STOCK_H

#include "canvas.h"
#include "diag.h"
#include "embed.h"
#include "image.h"

struct stock;
struct pdf;

/* Returns new, release with stock_free. */
struct stock *stock_new(void);
void stock_free(struct stock *s);

/* Makes the text of a glyph plain where only line breaking tells it from another: no-break spaces
 * become spaces, hyphens of all kinds U+002D. Faces have one glyph for them, and readers that search
 * know the plain ones. */
void stock_plain(const char **text, int *n);

/* A face of a size, to be looked up once for a run. */
struct stock_font;
const struct stock_font *stock_font(struct stock *s, PangoFont *font);
double stock_font_size(const struct stock_font *font);
int stock_font_resource(const struct stock_font *font); /* /F<n> */

/* GLYPH of FONT, which is taken into stock. The N bytes at TEXT are what it stands for; WEAK: its share
 * of a text that several glyphs stand for together. Borrowed until the next call. */
const struct embed_glyph *stock_glyph(struct stock *s, const struct stock_font *font,
                                      unsigned glyph, const char *text, int n, int weak);

/* The resource /X<n> of IMAGE, used by NODE, and its natural size in points. */
int stock_image(struct stock *s, const struct image *image, const struct fo_node *node,
                double *width, double *height);

/* The resource /A<n> of alpha N is wanted. */
void stock_alpha(struct stock *s, unsigned alpha);

/* The number of the resource dictionary that all pages share; complete when stock_end was called. */
int stock_resources(struct stock *s, struct pdf *pdf);

/* Puts fonts and graphics into PDF. Returns 0, or -1 after reporting. */
int stock_end(struct stock *s, struct images *images, struct pdf *pdf, struct diag *d);

#endif
