#include "sheet.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "cells.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

/* ---- places ---------------------------------------------------------------------------------- */

struct diag_place sheet_place(const struct sheet *s, const struct csvrow *row, size_t cell)
{
    struct diag_place place = { .file = s->path, .line = row->line, .row = row->row };

    if (cell < row->n) {
        place.line = row->cells[cell].line;
        place.column = row->cells[cell].column;
    }
    if (cell < s->n && s->columns && s->columns[cell] && s->columns[cell] != &columns_ignored)
        place.field = s->columns[cell]->name;
    return place;
}

int sheet_has_shape(const struct sheet *s, const struct csvrow *row)
{
    size_t i;

    if (row->fault != CSVROW_GOOD || row->n < s->width)
        return 0;
    for (i = s->n; i < row->n; i++)
        if (row->cells[i].len)
            return 0;
    return 1;
}

const struct csvcell *sheet_cell(const struct sheet *s, const struct csvrow *row, const char *name)
{
    size_t whole = row->fault == CSVROW_GOOD ? row->n : row->n - 1, i;

    for (i = 0; i < s->n && i < whole; i++)
        if (s->columns[i] && !strcmp(s->columns[i]->name, name))
            return &row->cells[i];
    return NULL;
}

int sheet_is_clean(const struct csvcell *cell)
{
    struct cell_fault fault;

    return !cell_scan(cell->text, cell->len, &fault);
}

/* ---- the header ------------------------------------------------------------------------------ */

/* A row whose shape is broken: what is wrong, at the cell where it broke. */
static int report_shape(const struct sheet *s, const struct csvrow *row, struct diag *d)
{
    struct diag_place place = sheet_place(s, row, row->n - 1);

    switch (row->fault) {
    case CSVROW_OPEN_QUOTE:
        return diag_at(d, &place, CSV_OPEN_QUOTE);
    case CSVROW_STRAY_QUOTE:
        return diag_at(d, &place, CSV_STRAY_QUOTE);
    case CSVROW_HUGE:
        return diag_at(d, &place, CSV_HUGE_ROW, CSVTABLE_ROW_MAX);
    case CSVROW_GOOD:
        break;
    }
    return 0;
}

/* Characters that may not stand in any cell. */
static int report_characters(const struct sheet *s, const struct csvrow *row, size_t i,
                             struct diag *d)
{
    struct diag_place place = sheet_place(s, row, i);
    struct cell_fault fault;

    if (!cell_scan(row->cells[i].text, row->cells[i].len, &fault))
        return 0;
    if (fault.what)
        return diag_at(d, &place, CSV_BAD_CHARACTER, fault.before + 1, fault.code, fault.what);
    return diag_at(d, &place, CSV_BAD_BYTE, fault.before + 1, fault.code);
}

static void report_unknown(const struct sheet *s, const struct csvrow *row, size_t i,
                           struct diag *d)
{
    const struct column *nearest = columns_nearest(s->table, s->kind, row->cells[i].text);
    struct diag_place place = sheet_place(s, row, i);
    char *shown = cell_shown(row->cells[i].text);

    if (nearest)
        diag_at(d, &place, CSV_UNKNOWN_COLUMN, shown, nearest->name);
    else
        diag_at(d, &place, CSV_STRANGE_COLUMN, shown);
    free(shown);
}

/* The language tag after the last colon of a header, or NULL. */
static const char *language_of(const char *header)
{
    const char *tag = strrchr(header, ':');
    size_t len = tag ? strspn(++tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;

    if (len < 2 || len > 3 || (tag[len] && tag[len] != '-'))
        return NULL;
    return tag[len + strspn(tag + len, "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] ? NULL : tag;
}

/* The column that a header names, with the language of its cells in *LANGUAGE, new or NULL. */
static const struct column *find_column(const struct sheet *s, const char *header, char **language)
{
    const struct column *column = columns_find(s->table, s->kind, header);
    const char *tag = column ? NULL : language_of(header);
    char *name;

    *language = NULL;
    if (!tag)
        return column;
    name = xstrndup(header, (size_t)(tag - 1 - header));
    column = columns_find(s->table, s->kind, name);
    free(name);
    if (column && column != &columns_ignored && (column->type == COLUMN_TEXT || column->type == COLUMN_LINE))
        *language = xstrdup(tag);
    else
        column = NULL;
    return column;
}

/* Matches header cell I. Returns 0, or -1 after reporting. */
static int match(struct sheet *s, const struct csvrow *row, size_t i, struct diag *d)
{
    const struct column *column;
    size_t j;

    if (!row->cells[i].len)
        return 0;
    s->width = i + 1;
    s->named[i] = 1;
    if (report_characters(s, row, i, d))
        return -1;
    column = find_column(s, row->cells[i].text, &s->languages[i]);
    if (!column) {
        report_unknown(s, row, i, d);
        return -1;
    }
    for (j = 0; j < i && column != &columns_ignored; j++) {
        if (s->columns[j] == column) {
            struct diag_place place = sheet_place(s, row, i);

            return diag_at(d, &place, CSV_DUPLICATE_COLUMN, column->name, j + 1);
        }
    }
    s->columns[i] = column;
    if (!s->standard && !strcmp(column->name, "id"))
        s->standard = columns_standard(row->cells[i].text);
    return 0;
}

/* The row with the header: the first, of a worksheet the first that has a column of identifiers. */
static const struct csvrow *find_header(struct sheet *s, struct diag *d)
{
    const struct csvrow *row = csvtable_next(s->csv, d);
    const struct column *column;
    size_t i;

    for (; s->table->is_worksheet && row && row->fault == CSVROW_GOOD;
         row = csvtable_next(s->csv, d))
        for (i = 0; i < row->n; i++) {
            column = columns_find(s->table, s->kind, row->cells[i].text);
            if (column && !strcmp(column->name, "id"))
                return row;
        }
    return row;
}

static int has_column(const struct sheet *s, const struct column *column)
{
    size_t i;

    for (i = 0; i < s->n; i++)
        if (s->columns[i] == column)
            return 1;
    return 0;
}

static int has_group(const struct sheet *s, const char *group)
{
    size_t i;

    for (i = 0; group && i < s->n; i++)
        if (s->columns[i] && s->columns[i]->group && !strcmp(s->columns[i]->group, group))
            return 1;
    return 0;
}

static int find_missing(struct sheet *s, const struct csvrow *row, struct diag *d)
{
    struct diag_place place = { .file = s->path, .line = row->line, .row = row->row };
    const struct column *c;
    int missing = 0;

    for (c = s->table->columns; c->name; c++) {
        if (!(c->kinds & s->kind) || has_column(s, c))
            continue;
        if ((c->required & s->kind) || (c->group_required && has_group(s, c->group)))
            missing |= diag_at(d, &place, CSV_NO_COLUMN, c->name);
    }
    return missing;
}

/* Returns 0, or -1 when no row can be read, after reporting. */
static int read_header(struct sheet *s, struct diag *d)
{
    struct diag_place place = { .file = s->path };
    long cannots = d->cannots;
    const struct csvrow *row = find_header(s, d);
    size_t i;

    if (!row && d->cannots > cannots)
        return -1;
    if (!row && s->table->is_worksheet)
        return diag_at(d, &place, CSV_NO_COLUMN, "id");
    if (!row)
        return diag_at(d, &place, CSV_EMPTY_FILE);
    if (row->fault != CSVROW_GOOD)
        return report_shape(s, row, d);
    s->n = row->n;
    s->columns = xcalloc(s->n, sizeof *s->columns);
    s->named = xcalloc(s->n, 1);
    s->languages = xcalloc(s->n, sizeof *s->languages);
    for (i = 0; i < s->n; i++)
        if (match(s, row, i, d))
            s->header_faulty = 1;
    if (find_missing(s, row, d))
        s->header_faulty = 1;
    for (s->key = 0; s->key < s->n; s->key++)
        if (s->columns[s->key] == s->table->columns)
            break;
    if (s->table->is_worksheet)
        s->key = s->n;
    return s->key < s->n || s->table->is_worksheet ? 0 : -1;
}

struct sheet *sheet_open(const char *path, const struct table *table, unsigned kind, struct diag *d)
{
    struct sheet *s = xcalloc(1, sizeof *s);

    s->table = table;
    s->kind = kind;
    s->path = xstrdup(path);
    s->csv = csvtable_open(path, d);
    if (!s->csv || read_header(s, d)) {
        sheet_close(s);
        return NULL;
    }
    return s;
}

void sheet_close(struct sheet *s)
{
    size_t i;

    if (!s)
        return;
    csvtable_close(s->csv);
    free(s->columns);
    free(s->named);
    for (i = 0; s->languages && i < s->n; i++)
        free(s->languages[i]);
    free(s->languages);
    free(s->standard);
    free(s->path);
    free(s);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static int is_filled(const struct csvrow *row)
{
    size_t i;

    if (row->fault != CSVROW_GOOD)
        return 1;
    for (i = 0; i < row->n; i++)
        if (row->cells[i].len)
            return 1;
    return 0;
}

static void warn_encoding(struct sheet *s, const struct csvrow *row, struct diag *d)
{
    size_t i, j;

    if (s->warned || !csvtable_is_windows_1252(s->csv))
        return;
    for (i = 0; i < row->n; i++) {
        for (j = 0; j < row->cells[i].len; j++) {
            if ((unsigned char)row->cells[i].text[j] >= 0x80) {
                struct diag_place place = sheet_place(s, row, i);
                char *shown = cell_shown(row->cells[i].text);

                diag_at(d, &place, CSV_WINDOWS_1252, shown);
                free(shown);
                s->warned = 1;
                return;
            }
        }
    }
}

const struct csvrow *sheet_next(struct sheet *s, struct diag *d)
{
    const struct csvrow *row;

    while ((row = csvtable_next(s->csv, d)))
        if (is_filled(row))
            break;
    if (row)
        warn_encoding(s, row, d);
    return row;
}

const struct csvrow *sheet_at(struct sheet *s, long long offset, long row, long line,
                              struct diag *d)
{
    const struct csvrow *found;

    if (csvtable_seek(s->csv, offset, row, line, d))
        return NULL;
    found = csvtable_next(s->csv, d);
    if (!found || found->offset != offset) {
        diag(d, CSV_CHANGED, s->path);
        return NULL;
    }
    return found;
}

/* The first filled cell of an address, or NULL. */
static const struct column *filled_in_group(const struct sheet *s, const struct csvrow *row,
                                            const char *group)
{
    size_t i;

    for (i = 0; group && i < s->width; i++)
        if (row->cells[i].len && s->columns[i] && s->columns[i]->group &&
            !strcmp(s->columns[i]->group, group))
            return s->columns[i];
    return NULL;
}

static int check_empty(const struct sheet *s, const struct csvrow *row, size_t i, struct diag *d)
{
    const struct column *c = s->columns[i];
    struct diag_place place = sheet_place(s, row, i);
    const struct column *filled;

    if (c->required & s->kind)
        return diag_at(d, &place, CSV_EMPTY_CELL, c->name);
    filled = c->group_required ? filled_in_group(s, row, c->group) : NULL;
    return filled ? diag_at(d, &place, CSV_EMPTY_PART, c->name, filled->name) : 0;
}

static int check_cell(const struct sheet *s, const struct csvrow *row, size_t i, int values,
                      struct diag *d)
{
    struct diag_place place = sheet_place(s, row, i);
    const struct csvcell *cell = &row->cells[i];

    if (report_characters(s, row, i, d))
        return -1;
    if (!s->columns[i]) {
        char *shown;

        /* A header that is not known was reported there. */
        if (!cell->len || s->named[i])
            return 0;
        shown = cell_shown(cell->text);
        diag_at(d, &place, CSV_NO_HEADER, shown);
        free(shown);
        return -1;
    }
    if (!values && i != s->key)
        return 0;
    if (!cell->len)
        return check_empty(s, row, i, d);
    return cell_check(cell->text, s->columns[i], &place, d);
}

int sheet_check(const struct sheet *s, const struct csvrow *row, int values, struct diag *d)
{
    struct diag_place place = { .file = s->path, .line = row->line, .row = row->row };
    int faulty = 0;
    size_t i;

    if (row->fault != CSVROW_GOOD)
        return report_shape(s, row, d);
    if (!sheet_has_shape(s, row)) {
        if (row->n < s->width)
            diag_at(d, &place, CSV_FEW_CELLS, row->n, s->width);
        else
            diag_at(d, &place, CSV_MANY_CELLS, row->n, s->n);
        for (i = 0; i < row->n; i++)
            report_characters(s, row, i, d);
        return -1;
    }
    for (i = 0; i < row->n && i < s->n; i++)
        faulty |= check_cell(s, row, i, values, d);
    return faulty;
}

void sheet_append(const struct sheet *s, const struct csvrow *row, unsigned flags, xmlNode *parent)
{
    size_t i;

    for (i = 0; i < s->width; i++) {
        const struct column *column = s->columns[i];
        const struct csvcell *cell = &row->cells[i];
        struct diag_place place = sheet_place(s, row, i);

        if (!column || column == &columns_ignored || (i == s->key && !(flags & SHEET_KEY)))
            continue;
        if (s->standard && cell->len && !strcmp(column->name, "id") &&
            !sheet_cell(s, row, "standard"))
            prov_set(xmlx_add_text(parent, "standard", s->standard), &place);
        if (cell->len) {
            char *value = cell_value(cell->text, cell->len, column);

            xmlNode *node = xmlx_add_text(parent, column->name, value);

            if (s->languages[i])
                xmlNodeSetLang(node, BAD_CAST s->languages[i]);
            prov_set(node, &place);
            free(value);
        } else if ((flags & SHEET_EMPTY) && (column->required & s->kind)) {
            prov_set(xmlx_add(parent, column->name), &place);
        }
    }
}
