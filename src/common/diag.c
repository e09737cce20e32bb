#include "diag.h"

#include <string.h>

#include "strbuf.h"

void diag_init(struct diag *d, const char *program)
{
    memset(d, 0, sizeof *d);
    d->program = program;
    d->out = stderr;
}

const char *diag_level_name(enum diag_level level)
{
    switch (level) {
    case DIAG_NOTE:
        return "note";
    case DIAG_WARNING:
        return "warning";
    case DIAG_ERROR:
    case DIAG_CANNOT:
        break;
    }
    return "error";
}

static void print(struct diag *d, const struct diag_place *p, enum diag_level level, const char *id,
                  const char *text)
{
    struct strbuf line = STRBUF_INIT;

    strbuf_addstr(&line, p && p->file ? p->file : d->program);
    if (p && p->line > 0) {
        strbuf_addf(&line, ":%ld", p->line);
        if (p->column > 0)
            strbuf_addf(&line, ":%ld", p->column);
    }
    strbuf_addf(&line, ": %s: %s", diag_level_name(level), text);
    if (p && p->row > 0 && p->field)
        strbuf_addf(&line, " (row %ld, column '%s')", p->row, p->field);
    else if (p && p->row > 0)
        strbuf_addf(&line, " (row %ld)", p->row);
    else if (p && p->field)
        strbuf_addf(&line, " (column '%s')", p->field);
    if (id && *id)
        strbuf_addf(&line, " [%s]", id);
    strbuf_addch(&line, '\n');
    fwrite(line.buf, 1, line.len, d->out);
    strbuf_release(&line);
}

/* A message is one line of visible characters, whatever the data in it hold. */
static void one_line(struct strbuf *text)
{
    size_t i;

    for (i = 0; i < text->len; i++)
        if ((unsigned char)text->buf[i] < ' ' || text->buf[i] == 0x7f)
            text->buf[i] = ' ';
    while (text->len && text->buf[text->len - 1] == ' ')
        text->buf[--text->len] = '\0';
}

int diag_vat(struct diag *d, const struct diag_place *place, const char *id, enum diag_level level,
             const char *format, va_list ap)
{
    struct strbuf text = STRBUF_INIT;

    if (level == DIAG_WARNING)
        d->warnings++;
    else if (level == DIAG_ERROR)
        d->errors++;
    else if (level == DIAG_CANNOT)
        d->cannots++;
    strbuf_vaddf(&text, format, ap);
    one_line(&text);
    if (d->sink)
        d->sink(d->sink_arg, place, level, id, text.buf);
    else if (d->out)
        print(d, place, level, id, text.buf);
    strbuf_release(&text);
    return -1;
}

int diag_at(struct diag *d, const struct diag_place *place, const char *id, enum diag_level level,
            const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    diag_vat(d, place, id, level, format, ap);
    va_end(ap);
    return -1;
}

int diag(struct diag *d, const char *id, enum diag_level level, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    diag_vat(d, NULL, id, level, format, ap);
    va_end(ap);
    return -1;
}

long diag_faults(const struct diag *d)
{
    return d->errors + d->cannots + (d->warnings_are_errors ? d->warnings : 0);
}

int diag_failed(const struct diag *d)
{
    return diag_faults(d) != 0;
}

int diag_status(const struct diag *d)
{
    if (d->cannots)
        return 2;
    return diag_failed(d) ? 1 : 0;
}
