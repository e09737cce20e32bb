/* An assessor's worksheets, as the scheme's test report forms have them, saved as CSV: each row a
 * verdict on a requirement. worksheets/NAME.csv and worksheets/NAME/ANY.csv belong to the
 * certificate whose files are called NAME. */
#ifndef WORKSHEETS_H
#define WORKSHEETS_H

#include <libxml/tree.h>

#include "diag.h"
#include "keymap.h"

/* Reports the entries of FOLDER/worksheets/ that belong to none of NAMES. */
void worksheets_check(const char *folder, const struct keymap *names, struct diag *d);

/* Appends the rows of the worksheets of NAME to RECORD, values checked when VALUES is set. Returns
 * 0, or -1 after reporting when one is faulty. */
int worksheets_append(const char *folder, const char *name, unsigned kind, int values,
                      xmlNode *record, struct diag *d);

#endif
