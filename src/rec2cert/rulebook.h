/* The rules that are in the program, because they need arithmetic, a grammar or a catalogue; and the
 * list of all rules. */
#ifndef RULEBOOK_H
#define RULEBOOK_H

#include <stddef.h>

#include "diag.h"
#include "rules.h"

struct rulebook_entry {
    const char *id;
    enum diag_level level;
    const char *text;   /* "…" and "n" stand for what a record has; the program's own: a format */
    const char *source; /* the clause, document or practice it follows */
};

/* The program's own rule ID, borrowed, or NULL. */
const struct rulebook_entry *rulebook_find(const char *id);

/* Appends the list of the program's own rules and of the N in ENTRIES, by family and number. */
void rulebook_write(const struct rulebook_entry *entries, size_t n, enum rules_format format,
                    struct strbuf *out);

#endif
