#include "wire.h"

#include <stdlib.h>
#include <string.h>

void wire_put_number(struct strbuf *out, int64_t value)
{
    strbuf_add(out, &value, sizeof value);
}

void wire_put_bytes(struct strbuf *out, const void *bytes, size_t n)
{
    wire_put_number(out, (int64_t)n);
    strbuf_add(out, bytes, n);
    strbuf_addch(out, '\0');
}

void wire_put_text(struct strbuf *out, const char *s)
{
    if (s)
        wire_put_bytes(out, s, strlen(s));
    else
        wire_put_number(out, -1);
}

static const char *take(struct wire *w, size_t n)
{
    const char *bytes = w->at;

    if ((size_t)(w->end - w->at) < n)
        abort();
    w->at += n;
    return bytes;
}

int64_t wire_number(struct wire *w)
{
    int64_t value;

    memcpy(&value, take(w, sizeof value), sizeof value);
    return value;
}

const char *wire_bytes(struct wire *w, size_t *n)
{
    int64_t len = wire_number(w);

    *n = len < 0 ? 0 : (size_t)len;
    return len < 0 ? NULL : take(w, *n + 1);
}

const char *wire_text(struct wire *w)
{
    size_t n;

    return wire_bytes(w, &n);
}

void wire_sink(void *arg, const struct diag_place *place, enum diag_level level, const char *id,
               const char *text)
{
    static const struct diag_place nowhere;
    struct strbuf *out = arg;

    place = place ? place : &nowhere;
    wire_put_text(out, place->file);
    wire_put_text(out, place->field);
    wire_put_number(out, place->line);
    wire_put_number(out, place->column);
    wire_put_number(out, place->row);
    wire_put_number(out, level);
    wire_put_text(out, id);
    wire_put_text(out, text);
}

int wire_message(struct wire *w, struct wire_message *m)
{
    if (w->at == w->end)
        return 0;
    m->place.file = wire_text(w);
    m->place.field = wire_text(w);
    m->place.line = (long)wire_number(w);
    m->place.column = (long)wire_number(w);
    m->place.row = (long)wire_number(w);
    m->level = (enum diag_level)wire_number(w);
    m->id = wire_text(w);
    m->text = wire_text(w);
    return 1;
}

void wire_report(const struct strbuf *messages, const struct diag_place *otherwise, struct diag *d)
{
    struct wire w = { messages->buf, messages->buf + messages->len };
    struct wire_message m;

    while (wire_message(&w, &m))
        diag_at(d, m.place.file ? &m.place : otherwise, m.id, m.level, "%s", m.text);
}
