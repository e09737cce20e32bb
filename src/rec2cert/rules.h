/* The rules that are data: Schematron files, read once, evaluated for every record. */
#ifndef RULES_H
#define RULES_H

#include <libxml/tree.h>

#include "diag.h"
#include "strbuf.h"

struct rules;

/* Reads common.sch, iecee.sch, iecex.sch and csms.sch of FOLDER, and OWN, a body's own file, unless
 * NULL. Returns new (release with rules_free), or NULL after reporting every fault at its line. */
struct rules *rules_load(const char *folder, const char *own, struct diag *d);
void rules_free(struct rules *rules);

/* Reports what RECORD and CERTIFICATE, made from it as far as it was understood, break; each breach
 * at its cell. */
void rules_check(const struct rules *rules, const xmlNode *record, const xmlNode *certificate,
                 struct diag *d);

enum rules_format { RULES_TEXT, RULES_CSV, RULES_MANUAL };

/* Appends the list of all rules, those of the program too: as lines to read, as CSV with a header,
 * or as the manual page certpress-rules(7). */
void rules_list(const struct rules *rules, enum rules_format format, struct strbuf *out);

#endif
