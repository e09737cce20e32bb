/* The colours that the pages' numbers mean: sRGB (IEC 61966-2-1) as an ICC profile (ISO 15076-1,
 * version 4.2). Made here from the published numbers, so no profile is shipped. */
#ifndef PDF2PDFA_ICC_H
#define PDF2PDFA_ICC_H

#include "strbuf.h"

/* Appends the profile; always the same bytes. */
void icc_srgb(struct strbuf *out);

#endif
