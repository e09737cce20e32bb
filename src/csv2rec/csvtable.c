#include "csvtable.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "csvtext.h"
#include "strbuf.h"

/* A cell while its row is read: its text lies in the row's buffer, which may still move. */
struct draft {
    size_t offset, len;
    long line, column;
};

struct csvtable {
    struct csvtext *text;
    struct csv_parser parser;
    char delimiter;
    long row, line; /* of the last line read */
    struct strbuf current; /* that line, with a newline */
    struct strbuf bytes;   /* the cells of the row, each with a NUL */
    struct draft *drafts;
    struct csvcell *cells;
    size_t n, cap, cells_cap;
    long cell_line, cell_column; /* where the cell being read starts */
    int cell_done, row_done;
    struct csvrow result;
};

/* ---- cells ------------------------------------------------------------------------------------- */

/* The bytes of white space at the end (or the start) of S: spaces, tabs, newlines, and the no-break
 * spaces that text copied out of word processors has. */
static size_t space_at(const char *s, size_t n, int at_end)
{
    static const char *const spaces[] = { " ", "\t", "\n", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x87",
                                          "\xe3\x80\x80" };
    size_t i;

    for (i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        size_t len = strlen(spaces[i]);

        if (n >= len && !memcmp(at_end ? s + n - len : s, spaces[i], len))
            return len;
    }
    return 0;
}

static void on_cell(void *bytes, size_t n, void *arg)
{
    struct csvtable *t = arg;
    const char *s = bytes;
    struct draft *draft;
    size_t space;

    while (n && (space = space_at(s, n, 0))) {
        s += space;
        n -= space;
    }
    while (n && (space = space_at(s, n, 1)))
        n -= space;
    ALLOC_GROW(t->drafts, t->n, t->cap);
    draft = &t->drafts[t->n++];
    draft->offset = t->bytes.len;
    draft->len = n;
    draft->line = t->cell_line;
    draft->column = t->cell_column;
    strbuf_add(&t->bytes, s, n);
    strbuf_addch(&t->bytes, '\0');
    t->cell_done = 1;
}

static void on_row(int end, void *arg)
{
    struct csvtable *t = arg;

    (void)end;
    t->row_done = 1;
}

static long characters(const char *s, size_t n)
{
    long count = 0;
    size_t i;

    for (i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xc0) != 0x80;
    return count;
}

static void start_parser(struct csvtable *t)
{
    /* Fails for a null pointer only. */
    csv_init(&t->parser, CSV_STRICT);
    csv_set_delim(&t->parser, (unsigned char)t->delimiter);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static int read_line(struct csvtable *t, struct diag *d)
{
    if (!csvtext_line(t->text, &t->current, CSVTABLE_ROW_MAX, d))
        return 0;
    strbuf_addch(&t->current, '\n');
    t->line++;
    return 1;
}

/* Feeds the current line, cut behind every delimiter: a cell that ends, ends with a piece. Returns
 * 0, or -1 when a quote stands inside a cell. */
static int feed(struct csvtable *t)
{
    const char *s = t->current.buf;
    size_t i, from = 0, n = t->current.len, counted = 0;
    long column = 1;

    for (i = 0; i < n; i++) {
        if (s[i] != t->delimiter && s[i] != '\n')
            continue;
        t->cell_done = 0;
        if (csv_parse(&t->parser, s + from, i + 1 - from, on_cell, on_row, t) != i + 1 - from)
            return -1;
        from = i + 1;
        if (t->cell_done && s[i] != '\n') {
            column += characters(s + counted, from - counted);
            counted = from;
            t->cell_line = t->line;
            t->cell_column = column;
        }
    }
    return 0;
}

static int is_blank(const struct strbuf *line)
{
    return strspn(line->buf, " \t\n") == line->len;
}

/* The cell that is cut off: what was read of it is not needed. */
static void add_broken_cell(struct csvtable *t)
{
    on_cell(strbuf_empty, 0, t);
}

/* Reads on until the row ends. */
static enum csvrow_fault read_row(struct csvtable *t, struct diag *d)
{
    size_t bytes = 0;

    t->n = 0;
    t->row_done = 0;
    strbuf_clear(&t->bytes);
    t->cell_line = t->line;
    t->cell_column = 1;
    for (;;) {
        bytes += t->current.len;
        if (bytes > CSVTABLE_ROW_MAX)
            return CSVROW_HUGE;
        if (feed(t))
            return CSVROW_STRAY_QUOTE;
        if (t->row_done)
            return CSVROW_GOOD;
        if (!read_line(t, d))
            return CSVROW_OPEN_QUOTE;
    }
}

/* A quote that is never closed, or closed by the next cell's, swallows the rows behind it. They are
 * read again from the line after the one where it opened, so that their own faults are found. */
static int recover(struct csvtable *t, long long next_offset, struct diag *d)
{
    struct csvrow *r = &t->result;
    int swallowed = t->line > t->cell_line || r->fault == CSVROW_OPEN_QUOTE;

    add_broken_cell(t);
    csv_free(&t->parser);
    start_parser(t);
    if (!swallowed)
        return 0;
    if (r->fault == CSVROW_STRAY_QUOTE)
        r->fault = CSVROW_OPEN_QUOTE;
    if (csvtext_seek(t->text, next_offset, d))
        return -1;
    t->line = r->line;
    while (t->line < t->cell_line)
        if (!read_line(t, d))
            return -1;
    return 0;
}

static void publish(struct csvtable *t)
{
    size_t i;

    while (t->cells_cap < t->n)
        ALLOC_GROW(t->cells, t->cells_cap, t->cells_cap);
    for (i = 0; i < t->n; i++) {
        t->cells[i].text = t->bytes.buf + t->drafts[i].offset;
        t->cells[i].len = t->drafts[i].len;
        t->cells[i].line = t->drafts[i].line;
        t->cells[i].column = t->drafts[i].column;
    }
    t->result.cells = t->cells;
    t->result.n = t->n;
}

const struct csvrow *csvtable_next(struct csvtable *t, struct diag *d)
{
    struct csvrow *r = &t->result;
    long long next_offset;

    do {
        r->offset = csvtext_tell(t->text);
        if (!read_line(t, d))
            return NULL;
        t->row++;
    } while (is_blank(&t->current));
    next_offset = csvtext_tell(t->text);
    r->row = t->row;
    r->line = t->line;
    r->fault = read_row(t, d);
    if (r->fault != CSVROW_GOOD && recover(t, next_offset, d))
        return NULL;
    publish(t);
    return r;
}

int csvtable_seek(struct csvtable *t, long long offset, long row, long line, struct diag *d)
{
    t->row = row - 1;
    t->line = line - 1;
    return offset == csvtext_tell(t->text) ? 0 : csvtext_seek(t->text, offset, d);
}

/* ---- opening ----------------------------------------------------------------------------------- */

static char most_frequent(const struct strbuf *line)
{
    static const char delimiters[] = { ',', ';', '\t' };
    size_t best = 0, most = 0, i, j;

    for (i = 0; i < sizeof delimiters; i++) {
        size_t n = 0;
        int quoted = 0;

        for (j = 0; j < line->len; j++) {
            if (line->buf[j] == '"')
                quoted = !quoted;
            else if (!quoted && line->buf[j] == delimiters[i])
                n++;
        }
        if (n > most) {
            most = n;
            best = i;
        }
    }
    return delimiters[best];
}

/* Excel's own way to name the delimiter, quoted or not; 0 when LINE is none. */
static char named_delimiter(const struct strbuf *line)
{
    const char *s = line->buf;
    size_t n = line->len - 1; /* without the newline */

    if (n >= 2 && s[0] == '"' && s[n - 1] == '"') {
        s++;
        n -= 2;
    }
    return n == 5 && !strncasecmp(s, "sep=", 4) && strchr(",;\t", s[4]) ? s[4] : 0;
}

static int find_delimiter(struct csvtable *t, struct diag *d)
{
    long long start = csvtext_tell(t->text);
    long line = 0;

    while (read_line(t, d)) {
        if (t->line == 1) {
            t->delimiter = named_delimiter(&t->current);
            if (t->delimiter) {
                start = csvtext_tell(t->text);
                line = 1;
                break;
            }
        }
        if (!is_blank(&t->current))
            break;
    }
    if (!t->delimiter)
        t->delimiter = t->line ? most_frequent(&t->current) : ',';
    t->line = line;
    return csvtext_seek(t->text, start, d);
}

struct csvtable *csvtable_open(const char *path, struct diag *d)
{
    struct csvtable *t = xcalloc(1, sizeof *t);

    strbuf_init(&t->current);
    strbuf_init(&t->bytes);
    t->text = csvtext_open(path, d);
    if (!t->text || find_delimiter(t, d)) {
        csvtable_close(t);
        return NULL;
    }
    start_parser(t);
    return t;
}

void csvtable_close(struct csvtable *t)
{
    if (!t)
        return;
    csv_free(&t->parser);
    csvtext_close(t->text);
    strbuf_release(&t->current);
    strbuf_release(&t->bytes);
    free(t->drafts);
    free(t->cells);
    free(t);
}

int csvtable_is_windows_1252(const struct csvtable *t)
{
    return csvtext_is_windows_1252(t->text);
}
