/* Transformations in the words of SVG 1.1, 7.6: "translate(10) rotate(45)". Lengths in points,
 * angles in degrees, clockwise on the page. */
#ifndef TRANSFORM_H
#define TRANSFORM_H

/* Reads TEXT into MATRIX (a b c d e f). Returns 0, or -1 when it is no list of transformations. */
int transform_parse(const char *text, double matrix[6]);

#endif
