/* What the press and its workers say to each other: numbers, strings and messages one after the
 * other in a string of bytes. Both ends are one program, so nothing is checked but the length. */
#ifndef WIRE_H
#define WIRE_H

#include <stdint.h>

#include "diag.h"
#include "strbuf.h"

void wire_put_number(struct strbuf *out, int64_t value);
void wire_put_bytes(struct strbuf *out, const void *bytes, size_t n);
void wire_put_text(struct strbuf *out, const char *s); /* NULL stays NULL */

/* The part of a string of bytes that was not read yet. */
struct wire {
    const char *at, *end;
};

/* Each takes the next value from W; reading past the end is an abort. Texts and bytes are borrowed
 * from the string that W runs over. */
int64_t wire_number(struct wire *w);
const char *wire_bytes(struct wire *w, size_t *n);
const char *wire_text(struct wire *w);

/* A diag sink that appends each message to the string of bytes ARG. */
void wire_sink(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
               const char *text);

struct wire_message {
    struct diag_place place;
    enum diag_level level;
    const char *id, *text;
};

/* The next of the messages in W. Returns 1, or 0 when there is none left. */
int wire_message(struct wire *w, struct wire_message *m);

/* Reports the messages in MESSAGES to D, at OTHERWISE (may be NULL) those that name no place. */
void wire_report(const struct strbuf *messages, const struct diag_place *otherwise, struct diag *d);

#endif
