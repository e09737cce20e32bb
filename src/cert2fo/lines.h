/* Line ends in a FO document, so that messages about it can name a line and people can read it. */
#ifndef LINES_H
#define LINES_H

#include <libxml/tree.h>

/* Puts a line end before each element of FO that stands where white space means nothing (XSL 1.1,
 * 4.7.2: between block-level objects). An indenting serializer finds text everywhere it looks, and
 * so leaves adjoining inline objects unparted. For documents that are written down; what goes from
 * stage to stage in memory is without. */
void lines_break(xmlDoc *fo);

#endif
