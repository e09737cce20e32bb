/* Fields in the structure tree, for who puts a field on a page. ISO 14289-1, 7.18.1 and 7.18.4;
 * ISO 32000-1, 14.7.4.3. */
#ifndef WIDGET_H
#define WIDGET_H

#include "pdf.h"

/* Makes a Form element for the widget FIELD, an indirect object on the first page, below the first
 * element of the structure tree, the two leading to each other. Returns NULL, or what about the tree
 * is not as fo2pdf writes it; reports nothing. */
const char *widget_tag(struct pdf *pdf, struct pdf_obj *field);

#endif
