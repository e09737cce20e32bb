/* The files that a document is made of, for who watches them. */
#ifndef SOURCES_H
#define SOURCES_H

#include <libxml/tree.h>

#include "diag.h"
#include "watch.h"

/* Watches the files that ELEMENT names as graphic and background, whose relative addresses count from
 * the folder BASE. What cannot be watched is passed over: setting tells what is wrong with it. */
void sources_watch(struct watch *w, const xmlNode *element, const char *base);

#endif
