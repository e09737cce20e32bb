/* What a document needs besides its page contents: fonts with the glyphs it uses, and graphics.
 *
 * The pages are walked once over stock_canvas. Then stock_make embeds the fonts, and has cairo draw
 * every graphic on a page of its own, which becomes a form. The pages themselves are written by
 * sheet.h. That is several times as fast as cairo's way to a page, and leaves the marks in the
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

/* A canvas that notes what is drawn on it. Borrowed. */
struct canvas *stock_canvas(struct stock *s);

/* Puts fonts and graphics into PDF. Returns 0, or -1 after reporting. */
int stock_make(struct stock *s, struct images *images, struct pdf *pdf, struct diag *d);

/* Makes the text of a glyph plain where only line breaking tells it from another: no-break spaces
 * become spaces, hyphens of all kinds U+002D. Faces have one glyph for them, and readers that search
 * know the plain ones. */
void stock_plain(const char **text, int *n);

/* A face of a size, to be looked up once for a run. */
struct stock_font;
const struct stock_font *stock_font(struct stock *s, PangoFont *font);
double stock_font_size(const struct stock_font *font);
int stock_font_resource(const struct stock_font *font); /* /F<n> */
const struct embed_glyph *stock_glyph(const struct stock_font *font, unsigned glyph);

/* The resource /X<n> of IMAGE and its natural size in points. */
int stock_image(struct stock *s, const struct image *image, double *width, double *height);

/* The resource /A<n> of alpha N is wanted. */
void stock_alpha(struct stock *s, unsigned alpha);

/* The number of the resource dictionary that all pages share; complete when stock_end was called. */
int stock_resources(const struct stock *s);
void stock_end(struct stock *s, struct pdf *pdf);

#endif
