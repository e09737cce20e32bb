/* A page's content stream, written directly. */
#ifndef SHEET_H
#define SHEET_H

#include "canvas.h"
#include "stock.h"
#include "strbuf.h"

struct sheet_state {
    fo_color fill, stroke;
    unsigned alpha;
    int font;                 /* -1: none */
    double size, width;
    int caps;
    double on, off;
};

struct sheet {
    struct canvas canvas;     /* first */
    struct stock *stock;
    struct strbuf out;
    struct strbuf path;       /* gathered until it is used: colours must be set before it */
    fo_color color;           /* to draw with */
    struct sheet_state state, *saved;
    int saved_n, saved_cap;
    int in_text;              /* between BT and ET */
    long line_x, line_y;      /* where the text line begins, in 1/1000 point */
    /* a string of glyphs being gathered */
    int open;
    double pen, y;            /* where the next glyph would come to stand */
};

/* STOCK is *kept*. Release with sheet_release. */
void sheet_init(struct sheet *s, struct stock *stock);
void sheet_release(struct sheet *s);

/* Begins a page HEIGHT points high; sheet_end leaves its content in s->out. */
void sheet_begin(struct sheet *s, double height);
void sheet_end(struct sheet *s);

#endif
