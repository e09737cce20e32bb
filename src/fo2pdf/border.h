/* Borders, backgrounds and rules. XSL 1.1, 7.8. */
#ifndef BORDER_H
#define BORDER_H

#include "area.h"
#include "canvas.h"

/* Draws background colour and borders of BOX whose border rectangle lies at X, Y with WIDTH and
 * HEIGHT, all in points. The background fills the padding rectangle; a background image is the
 * caller's. */
void border_paint(struct canvas *c, const struct area_box *box, double x, double y, double width,
                  double height);

/* Adds the (rounded) padding rectangle to the path. */
void border_padding_path(struct canvas *c, const struct area_box *box, double x, double y,
                         double width, double height);

/* True when BOX draws a background colour or a border. */
int border_visible(const struct area_box *box);

/* A line along the rectangle's longer axis. */
void border_rule(struct canvas *c, enum area_border_style style, fo_color color, double x, double y,
                 double width, double height);

#endif
