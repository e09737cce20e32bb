/* A certificate to XSL-FO: the stage's public face.
 *
 * The pages are designed by stylesheets, xsl/KIND.xsl, which take every visible word from
 * templates/KIND/wording.LANG.xml. A struct cert2fo holds compiled stylesheets and serves any
 * number of certificates, one after the other. */
#ifndef CERT2FO_H
#define CERT2FO_H

#include <libxml/tree.h>

#include "diag.h"

struct cert2fo;

/* DATA is the folder with xsl/ and templates/. Returns new (release with cert2fo_close), or NULL
 * after reporting. Stylesheets are compiled when their kind first comes; libxslt reports faults in
 * a stylesheet to one handler per process, so the first certificate of a kind must not be printed
 * in two threads at once. */
struct cert2fo *cert2fo_open(const char *data, struct diag *d);
void cert2fo_close(struct cert2fo *c);

/* Gives the pages of CERT, *FO new (release with xmlFreeDoc). CERT is not changed. Returns 0, or
 * -1 after reporting every fault at the cell it came from; *FO is then NULL. */
int cert2fo(struct cert2fo *c, const xmlDoc *cert, xmlDoc **fo, struct diag *d);

#endif
