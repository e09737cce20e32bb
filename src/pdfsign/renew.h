/* The newest seal or time stamp of a sealed document, which the next archive time stamp goes over. */
#ifndef PDFSIGN_RENEW_H
#define PDFSIGN_RENEW_H

#include <stddef.h>

#include "diag.h"
#include "pdf.h"

/* Its Contents, with padding; borrowed from the document. */
struct renew_last {
    const char *contents;
    size_t n;
};

/* Finds it, and checks that it fits what it covers. Who signed, and what came after, is not asked.
 * Returns 0, or -1 after reporting. */
int renew_find(struct pdf *pdf, struct renew_last *last, struct diag *d);

#endif
