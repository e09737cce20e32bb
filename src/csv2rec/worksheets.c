#include "worksheets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "folder.h"
#include "messages.h"
#include "prov.h"
#include "sheet.h"
#include "xmlx.h"

void worksheets_check(const char *folder, const struct keymap *names, struct diag *d)
{
    char *path = xasprintf("%s/worksheets", folder);
    struct folder entries;
    size_t i;

    if (folder_read(&entries, path, ""))
        diag(d, CSV_NO_FOLDER, path, strerror(errno));
    for (i = 0; i < entries.n; i++) {
        size_t len = strlen(entries.names[i]);
        int is_table = len > 4 && !strcmp(entries.names[i] + len - 4, ".csv");
        char *name = xstrndup(entries.names[i], is_table ? len - 4 : len);
        char *file = xasprintf("%s/%s", path, entries.names[i]);
        struct diag_place place = { .file = file };

        if (keymap_find(names, name) == KEYMAP_NONE)
            diag_at(d, &place, CSV_WORKSHEET_ORPHAN, name);
        free(file);
        free(name);
    }
    folder_release(&entries);
    free(path);
}

/* A line between the requirements: a heading of the worksheet. */
static int is_heading(const struct sheet *s, const struct csvrow *row)
{
    const struct csvcell *id = sheet_cell(s, row, "id"), *verdict = sheet_cell(s, row, "verdict");

    return (!id || !id->len) && (!verdict || !verdict->len);
}

static int append_file(const char *path, unsigned kind, int values, xmlNode *record, struct diag *d)
{
    struct sheet *s = sheet_open(path, &columns_worksheet, kind, d);
    const struct csvrow *row;
    int faulty = 0;

    if (!s)
        return -1;
    faulty = s->header_faulty;
    while ((row = sheet_next(s, d))) {
        struct diag_place place = sheet_place(s, row, 0);
        xmlNode *node;

        if (sheet_has_shape(s, row) && is_heading(s, row))
            continue;
        if (sheet_check(s, row, values || !sheet_has_shape(s, row), d)) {
            faulty = -1;
            if (!sheet_has_shape(s, row))
                continue;
        }
        place.field = NULL;
        node = xmlx_add(record, s->table->row);
        prov_set(node, &place);
        sheet_append(s, row, values ? 0 : SHEET_EMPTY, node);
    }
    sheet_close(s);
    return faulty ? -1 : 0;
}

int worksheets_append(const char *folder, const char *name, unsigned kind, int values,
                      xmlNode *record, struct diag *d)
{
    char *path = xasprintf("%s/worksheets/%s", folder, name), *file = xasprintf("%s.csv", path);
    struct folder entries;
    struct stat st;
    int result = 0;
    size_t i;

    if (!stat(file, &st) || errno != ENOENT)
        result |= append_file(file, kind, values, record, d);
    free(file);
    if (folder_read(&entries, path, ".csv"))
        result = diag(d, CSV_NO_FOLDER, path, strerror(errno));
    for (i = 0; i < entries.n; i++) {
        file = xasprintf("%s/%s", path, entries.names[i]);
        result |= append_file(file, kind, values, record, d);
        free(file);
    }
    folder_release(&entries);
    free(path);
    return result;
}
