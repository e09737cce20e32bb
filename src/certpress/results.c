#include "results.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "wire.h"

struct results {
    char *path, *temporary;
    FILE *file;
};

/* FOLDER/NAME becomes FOLDER/.NAME.new. */
static char *temporary_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;

    return xasprintf("%.*s.%s.new", folder, path, path + folder);
}

struct results *results_open(const char *path, struct diag *d)
{
    struct results *r = xcalloc(1, sizeof *r);

    r->path = xstrdup(path);
    r->temporary = temporary_of(path);
    r->file = fopen(r->temporary, "we");
    if (!r->file) {
        diag(d, ENV_CANNOT_WRITE, r->temporary, strerror(errno));
        free(r->path);
        free(r->temporary);
        free(r);
        return NULL;
    }
    fputs("row,name,outcome,file,SHA-256,seconds\r\n", r->file);
    return r;
}

void results_add(struct results *r, const struct result *result)
{
    if (result->row)
        fprintf(r->file, "%ld", result->row);
    fprintf(r->file, ",%s,%s,%s,%s,%.3f\r\n", result->name ? result->name : "", result->outcome,
            result->file ? result->file : "", result->sha256 ? result->sha256 : "", result->seconds);
}

int results_close(struct results *r, struct diag *d)
{
    int result = 0, failed;

    if (!r)
        return 0;
    failed = fflush(r->file) || ferror(r->file);
    if (fclose(r->file) || failed || rename(r->temporary, r->path)) {
        result = diag(d, ENV_CANNOT_WRITE, r->path, strerror(errno));
        unlink(r->temporary);
    }
    free(r->path);
    free(r->temporary);
    free(r);
    return result;
}

/* ---- JSON (RFC 8259) --------------------------------------------------------------------------- */

static void json_string(struct strbuf *out, const char *s)
{
    strbuf_addch(out, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            strbuf_addf(out, "\\%c", *s);
        else if ((unsigned char)*s < ' ')
            strbuf_addf(out, "\\u%04x", (unsigned char)*s);
        else
            strbuf_addch(out, *s);
    }
    strbuf_addch(out, '"');
}

static void member(struct strbuf *out, const char *key, const char *value)
{
    if (!value || !*value)
        return;
    if (out->buf[out->len - 1] != '{')
        strbuf_addch(out, ',');
    strbuf_addf(out, "\"%s\":", key);
    json_string(out, value);
}

static void number(struct strbuf *out, const char *key, long value)
{
    if (value)
        strbuf_addf(out, "%s\"%s\":%ld", out->buf[out->len - 1] == '{' ? "" : ",", key, value);
}

static void json_messages(struct strbuf *out, const struct strbuf *messages)
{
    struct wire w = { messages->buf, messages->buf + messages->len };
    struct wire_message m;

    strbuf_addstr(out, ",\"messages\":[");
    while (wire_message(&w, &m)) {
        strbuf_addstr(out, out->buf[out->len - 1] == '[' ? "{" : ",{");
        member(out, "level", diag_level_name(m.level));
        member(out, "id", m.id);
        member(out, "text", m.text);
        member(out, "file", m.place.file);
        number(out, "line", m.place.line);
        number(out, "column", m.place.column);
        number(out, "row", m.place.row);
        member(out, "field", m.place.field);
        strbuf_addch(out, '}');
    }
    strbuf_addch(out, ']');
}

void results_json(const struct result *r, struct strbuf *out)
{
    strbuf_addch(out, '{');
    number(out, "row", r->row);
    member(out, "name", r->name);
    member(out, "outcome", r->outcome);
    member(out, "why", r->why);
    member(out, "file", r->file);
    member(out, "sha256", r->sha256);
    strbuf_addf(out, ",\"seconds\":%.3f", r->seconds);
    json_messages(out, r->messages);
    strbuf_addstr(out, "}\n");
}
