/* XSL-FO 1.1 to pages: the stage's public face.
 *
 * A struct fo2pdf holds what is loaded once per process (the closed font set, fontconfig, caches);
 * it serves any number of documents one after the other. */
#ifndef FO2PDF_H
#define FO2PDF_H

#include <libxml/tree.h>
#include <time.h>

#include "diag.h"
#include "strbuf.h"

struct fo2pdf;
struct pdf; /* src/pdf/pdf.h */

struct fo2pdf_options {
    const char *base;   /* folder that relative image addresses count from; NULL: working folder */
    time_t date;        /* the creation date to write */
    int lenient;
    const char *pages;  /* the pages to give, such as "1,3-5"; NULL: all */
    const long *keep;   /* MiB of layout that are kept, see LAYOUT_KEEP; NULL: as many */
    const char *path;   /* where FO is NULL: read this file ("-": standard input), piece by piece */
    void (*seen)(void *arg, const xmlNode *element); /* may be NULL; is shown PATH's elements */
    void *seen_arg;
};

/* FONTS is the path of fonts.conf. Returns new (release with fo2pdf_close) or NULL after
 * reporting. */
struct fo2pdf *fo2pdf_open(const char *fonts, struct diag *d);
void fo2pdf_close(struct fo2pdf *f);

/* Takes hyphenation dictionaries from FOLDER instead of hyphens.h's. */
void fo2pdf_hyphenation(struct fo2pdf *f, const char *folder);

/* Sets FO and gives the tagged PDF as an object model, *PDF new (release with pdf_free, before
 * fo2pdf_close). NAME is the document's name in messages (NULL: FO's URL,
 * or the path). FO may be NULL, when OPTIONS have a path. Returns 0, or -1 after reporting every fault. */
int fo2pdf(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
           struct pdf **pdf, struct diag *d);

/* Draws page PAGE (from 1) of FO as a PNG of DPI dots per inch, or as SVG. Returns 0 or -1. */
int fo2pdf_png(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
               int page, int dpi, struct strbuf *png, struct diag *d);
int fo2pdf_svg(struct fo2pdf *f, xmlDoc *fo, const char *name, const struct fo2pdf_options *options,
               int page, struct strbuf *svg, struct diag *d);

/* The area tree as XML, appended to XML: what the formatter's tests read. Returns 0 or -1. */
int fo2pdf_area_tree(struct fo2pdf *f, xmlDoc *fo, const char *name,
                     const struct fo2pdf_options *options, struct strbuf *xml, struct diag *d);

#endif
