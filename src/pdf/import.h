/* Objects of one document brought into another, with all they refer to: for merged documents. */
#ifndef IMPORT_H
#define IMPORT_H

#include "pdf.h"

struct pdf_import;

/* From FROM into TO; both are *kept* until pdf_import_free. Each indirect object comes over once. */
struct pdf_import *pdf_import_new(struct pdf *to, const struct pdf *from);
void pdf_import_free(struct pdf_import *i);

/* A copy in TO of OBJ (an object of FROM, or a reference), new as with pdf_copy. What it refers to is copied too, so nothing that leads to a page tree may be given. NULL
 * gives NULL. */
struct pdf_obj *pdf_import(struct pdf_import *i, const struct pdf_obj *obj);

#endif
