#include "csv2rec.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "alloc.h"
#include "cells.h"
#include "docname.h"
#include "keymap.h"
#include "messages.h"
#include "prov.h"
#include "sheet.h"
#include "xmlx.h"

enum { TABLES_MAX = 16 };

/* A row of certificates.csv. */
struct certificate {
    size_t reference; /* number in the map of references; KEYMAP_NONE: cannot be read */
    long long offset;
    long row, line;
    int faulty;   /* reported: broken shape, or given twice */
    int selected; /* by --only */
};

/* A row of another table, chained with the others of its reference. */
struct child {
    long long offset;
    long row, line;
    size_t next; /* number + 1 */
    enum { CHILD_UNCHECKED, CHILD_GOOD, CHILD_FAULTY } state;
};

struct children {
    struct sheet *sheet; /* NULL: the job has no such table */
    struct child *rows;
    size_t n, cap;
    size_t *first, *last; /* by reference: number of the row + 1 */
};

struct csv2rec {
    struct diag *d;
    char *folder;
    const char *kind_name;
    unsigned kind;
    const char *only;
    int values;
    struct sheet *sheet;
    struct certificate *certificates;
    size_t n, cap, at;
    struct keymap references, names;
    size_t *by_name;      /* number of the name -> certificate */
    size_t by_name_cap;
    char *withheld;       /* by reference: a row of it is broken */
    int incomplete;       /* rows are lost whose certificate is unknown */
    struct children children[TABLES_MAX]; /* parallel to columns_tables */
};

/* ---- the job ----------------------------------------------------------------------------------- */

static char *table_path(const struct csv2rec *c, const char *table)
{
    return xasprintf("%s/%s.csv", c->folder, table);
}

static int read_kind(struct csv2rec *c, const char *kind)
{
    static const char *const names[] = { "iecee", "iecex", "csms" };
    char *path = NULL;
    xmlDoc *doc = NULL;
    size_t i;

    if (!kind) {
        xmlNode *root;

        path = xasprintf("%s/job.xml", c->folder);
        doc = xmlx_read(path, NULL, c->d);
        free(path);
        if (!doc)
            return -1;
        root = xmlDocGetRootElement(doc);
        if (!xmlx_is(root, "urn:certpress:job", "job")) {
            prov_diag(c->d, root, CSV_JOB_ROOT, (const char *)root->name);
            xmlFreeDoc(doc);
            return -1;
        }
        kind = xmlx_attr(root, "kind");
        kind = kind ? kind : "";
    }
    c->kind = columns_kind(kind);
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(kind, names[i]))
            c->kind_name = names[i];
    if (!c->kind)
        diag(c->d, CSV_NO_KIND, kind, columns_kind_names);
    xmlFreeDoc(doc);
    return c->kind ? 0 : -1;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A table under a wrong name would be left out without a word. */
static int warn_stray_files(const struct csv2rec *c)
{
    DIR *dir = opendir(c->folder);
    char **names = NULL;
    size_t n = 0, cap = 0, i;
    const struct dirent *entry;

    if (!dir)
        return diag(c->d, CSV_NO_JOB, c->folder, strerror(errno));
    while ((entry = readdir(dir))) {
        const struct table *table;
        size_t len = strlen(entry->d_name);

        if (len < 5 || strcasecmp(entry->d_name + len - 4, ".csv") || *entry->d_name == '.')
            continue;
        for (table = columns_tables; table->name; table++)
            if ((table->kinds & c->kind) && strlen(table->name) + 4 == len &&
                !strncmp(table->name, entry->d_name, len - 4) &&
                !strcmp(entry->d_name + len - 4, ".csv"))
                break;
        if (!table->name) {
            ALLOC_GROW(names, n, cap);
            names[n++] = xstrdup(entry->d_name);
        }
    }
    closedir(dir);
    if (n)
        qsort(names, n, sizeof *names, by_name);
    for (i = 0; i < n; i++) {
        char *path = xasprintf("%s/%s", c->folder, names[i]);
        struct diag_place place = { .file = path };

        diag_at(c->d, &place, CSV_STRAY_FILE, c->kind_name);
        free(path);
        free(names[i]);
    }
    free(names);
    return 0;
}

/* ---- certificates ------------------------------------------------------------------------------ */

static int is_selected(const struct csv2rec *c, const char *reference, const char *name)
{
    return !c->only || !strcmp(c->only, reference) || !strcmp(c->only, name);
}

/* The text of the cell when it can be trusted, else "". */
static const char *readable(const struct csvcell *cell)
{
    return cell && cell->len && sheet_is_clean(cell) ? cell->text : "";
}

static void note_name(struct csv2rec *c, size_t name, size_t certificate)
{
    while (c->by_name_cap < c->names.n)
        ALLOC_GROW(c->by_name, c->by_name_cap, c->by_name_cap);
    c->by_name[name] = certificate;
}

/* Two rows that would be printed into the same file: neither can be trusted. */
static void report_twice(struct csv2rec *c, const struct csvrow *row, struct certificate *this,
                         struct certificate *other, const char *name)
{
    struct diag_place place = sheet_place(c->sheet, row, c->sheet->key);

    other->faulty = this->faulty = 1;
    if (!this->selected && !other->selected)
        return;
    if (this->reference == other->reference)
        diag_at(c->d, &place, CSV_SAME_REFERENCE, c->references.keys[this->reference], other->row);
    else
        diag_at(c->d, &place, CSV_SAME_NAME, c->references.keys[this->reference],
                c->references.keys[other->reference], other->row, name);
}

static void index_certificate(struct csv2rec *c, const struct csvrow *row)
{
    const char *reference = readable(sheet_cell(c->sheet, row, "reference"));
    const char *issue = readable(sheet_cell(c->sheet, row, "issue"));
    char *name = docname(reference, issue);
    struct certificate *this;
    size_t names = c->names.n, number;

    ALLOC_GROW(c->certificates, c->n, c->cap);
    this = &c->certificates[c->n++];
    memset(this, 0, sizeof *this);
    this->offset = row->offset;
    this->row = row->row;
    this->line = row->line;
    this->reference = *reference ? keymap_add(&c->references, reference) : KEYMAP_NONE;
    /* A row without a name could be the wanted one. */
    this->selected = !*reference || is_selected(c, reference, name);
    if (!sheet_has_shape(c->sheet, row)) {
        this->faulty = 1;
        if (this->selected)
            sheet_check(c->sheet, row, 1, c->d);
    } else if (*reference) {
        number = keymap_add(&c->names, name);
        if (number == names)
            note_name(c, number, c->n - 1);
        else
            report_twice(c, row, this, &c->certificates[c->by_name[number]], name);
    }
    free(name);
}

static int index_certificates(struct csv2rec *c)
{
    char *path = table_path(c, "certificates");
    struct diag_place place = { .file = path };
    const struct csvrow *row;
    struct stat st;
    int result = -1;

    if (stat(path, &st) && errno == ENOENT) {
        place.file = c->folder;
        diag_at(c->d, &place, CSV_NO_CERTIFICATES);
    } else if ((c->sheet = sheet_open(path, columns_tables, c->kind, c->d))) {
        while ((row = sheet_next(c->sheet, c->d)))
            index_certificate(c, row);
        c->withheld = xcalloc(c->references.n + 1, 1);
        if (!c->n)
            diag_at(c->d, &place, CSV_NO_ROWS);
        result = 0;
    }
    free(path);
    return result;
}

/* ---- the other tables -------------------------------------------------------------------------- */

static int is_wanted(const struct csv2rec *c, size_t reference)
{
    size_t i;

    if (!c->only)
        return 1;
    for (i = 0; i < c->n; i++)
        if (c->certificates[i].selected && c->certificates[i].reference == reference)
            return 1;
    return 0;
}

static void report_orphan(const struct csv2rec *c, const struct sheet *s, const struct csvrow *row,
                          const char *key)
{
    struct diag_place place = sheet_place(s, row, s->key);
    const char *nearest = NULL;
    char *shown = cell_shown(key);
    size_t best = strlen(key) < 8 ? 2 : 3, i;

    /* In a long register many references are alike and the hint is worth nothing. */
    for (i = 0; i < c->references.n && c->references.n <= 1000; i++) {
        size_t distance = columns_distance(key, c->references.keys[i], best - 1);

        if (distance < best) {
            best = distance;
            nearest = c->references.keys[i];
        }
    }
    if (nearest)
        diag_at(c->d, &place, CSV_ORPHAN_NEAR, shown, nearest);
    else
        diag_at(c->d, &place, CSV_ORPHAN, shown);
    free(shown);
}

/* A row whose shape is broken: the certificate it belongs to is not complete without it. */
static void withhold(struct csv2rec *c, const struct sheet *s, const struct csvrow *row,
                     size_t reference)
{
    if (reference != KEYMAP_NONE) {
        c->withheld[reference] = 1;
        if (is_wanted(c, reference))
            sheet_check(s, row, 1, c->d);
    } else {
        struct diag_place place = sheet_place(s, row, s->key);

        sheet_check(s, row, 1, c->d);
        diag_at(c->d, &place, CSV_WHOSE);
        c->incomplete = 1;
    }
}

static void add_child(struct children *children, const struct csvrow *row, size_t reference)
{
    struct child *child;

    ALLOC_GROW(children->rows, children->n, children->cap);
    child = &children->rows[children->n++];
    memset(child, 0, sizeof *child);
    child->offset = row->offset;
    child->row = row->row;
    child->line = row->line;
    if (children->last[reference])
        children->rows[children->last[reference] - 1].next = children->n;
    else
        children->first[reference] = children->n;
    children->last[reference] = children->n;
}

static void index_child(struct csv2rec *c, struct children *children, const struct csvrow *row)
{
    const struct sheet *s = children->sheet;
    const char *key = readable(sheet_cell(s, row, "reference"));
    size_t reference = *key ? keymap_find(&c->references, key) : KEYMAP_NONE;

    if (!sheet_has_shape(s, row)) {
        withhold(c, s, row, reference);
    } else if (reference != KEYMAP_NONE) {
        add_child(children, row, reference);
    } else if (!*key) {
        sheet_check(s, row, 1, c->d);
    } else if (!c->only) {
        report_orphan(c, s, row, key);
        sheet_check(s, row, 1, c->d);
    }
}

static void index_children(struct csv2rec *c, const struct table *table, struct children *children)
{
    char *path = table_path(c, table->name);
    const struct csvrow *row;
    struct stat st;

    if (!stat(path, &st) || errno != ENOENT) {
        children->sheet = sheet_open(path, table, c->kind, c->d);
        if (!children->sheet)
            c->incomplete = 1;
    }
    free(path);
    if (!children->sheet)
        return;
    children->first = xcalloc(c->references.n + 1, sizeof *children->first);
    children->last = xcalloc(c->references.n + 1, sizeof *children->last);
    while ((row = sheet_next(children->sheet, c->d)))
        index_child(c, children, row);
}

static void check_found(const struct csv2rec *c)
{
    size_t i;

    for (i = 0; i < c->n; i++)
        if (c->certificates[i].selected && c->certificates[i].reference != KEYMAP_NONE)
            return;
    if (c->only)
        diag(c->d, CSV_NOT_FOUND, c->only);
}

struct csv2rec *csv2rec_open(const char *job, const struct csv2rec_options *options, struct diag *d)
{
    struct csv2rec *c = xcalloc(1, sizeof *c);
    size_t len = strlen(job), i;

    c->d = d;
    c->only = options->only;
    c->values = options->values;
    keymap_init(&c->references);
    keymap_init(&c->names);
    while (len > 1 && job[len - 1] == '/')
        len--;
    c->folder = xstrndup(job, len);
    if (read_kind(c, options->kind) || warn_stray_files(c) || index_certificates(c)) {
        csv2rec_close(c);
        return NULL;
    }
    for (i = 1; columns_tables[i].name; i++)
        if (columns_tables[i].kinds & c->kind)
            index_children(c, &columns_tables[i], &c->children[i]);
    check_found(c);
    return c;
}

void csv2rec_close(struct csv2rec *c)
{
    size_t i;

    if (!c)
        return;
    for (i = 0; i < TABLES_MAX; i++) {
        sheet_close(c->children[i].sheet);
        free(c->children[i].rows);
        free(c->children[i].first);
        free(c->children[i].last);
    }
    sheet_close(c->sheet);
    keymap_release(&c->references);
    keymap_release(&c->names);
    free(c->certificates);
    free(c->by_name);
    free(c->withheld);
    free(c->folder);
    free(c);
}

size_t csv2rec_count(const struct csv2rec *c)
{
    return c->n;
}

/* ---- records ----------------------------------------------------------------------------------- */

/* Whether rows of the record are lost, or whose they are is open: looking further would find faults
 * that are none. */
static int is_lacking(const struct csv2rec *c, const struct certificate *this)
{
    size_t i;

    if (this->faulty || c->incomplete || c->sheet->header_faulty || this->reference == KEYMAP_NONE ||
        c->withheld[this->reference])
        return 1;
    for (i = 1; columns_tables[i].name; i++)
        if (c->children[i].sheet && c->children[i].sheet->header_faulty &&
            c->children[i].first[this->reference])
            return 1;
    return 0;
}

/* Returns 0, or -1 when the row is faulty. */
static int append_child(struct csv2rec *c, struct sheet *s, struct child *child, int values,
                        xmlNode *record)
{
    const struct csvrow *row = sheet_at(s, child->offset, child->row, child->line, c->d);
    struct diag_place place;
    xmlNode *node;

    if (!row)
        return -1;
    if (!sheet_has_shape(s, row))
        return diag(c->d, CSV_CHANGED, s->path);
    if (child->state == CHILD_UNCHECKED)
        child->state = sheet_check(s, row, values, c->d) ? CHILD_FAULTY : CHILD_GOOD;
    place = sheet_place(s, row, 0);
    place.field = NULL;
    node = xmlx_add(record, s->table->row);
    prov_set(node, &place);
    sheet_append(s, row, values ? 0 : SHEET_EMPTY, node);
    return child->state == CHILD_FAULTY ? -1 : 0;
}

/* Appends the rows of all other tables. Returns 0, or -1 when one is faulty. */
static int append_children(struct csv2rec *c, size_t reference, int values, xmlNode *record)
{
    int faulty = 0;
    size_t i, at;

    for (i = 1; columns_tables[i].name; i++) {
        struct children *children = &c->children[i];

        if (!children->sheet)
            continue;
        for (at = children->first[reference]; at; at = children->rows[at - 1].next)
            faulty |= append_child(c, children->sheet, &children->rows[at - 1], values, record);
    }
    return faulty;
}

/* Fills RECORD with the cells of ROW and the rows of the other tables. Returns 0, or -1 when it is
 * faulty. */
static int fill(struct csv2rec *c, const struct certificate *this, const struct csvrow *row, int values,
                xmlNode *record)
{
    struct diag_place place = sheet_place(c->sheet, row, 0);
    int faulty = 0;

    place.field = NULL;
    xmlx_set(record, "kind", c->kind_name);
    prov_set(record, &place);
    if (sheet_has_shape(c->sheet, row)) {
        faulty |= sheet_check(c->sheet, row, values, c->d);
        sheet_append(c->sheet, row, values ? SHEET_KEY : SHEET_KEY | SHEET_EMPTY, record);
    }
    if (this->reference != KEYMAP_NONE)
        faulty |= append_children(c, this->reference, values, record);
    return faulty;
}

/* The next record as a child of PARENT in *RECORD, which is NULL when there is none to look at.
 * Returns as csv2rec_next does. */
static int next_record(struct csv2rec *c, xmlNode *parent, xmlNode **record)
{
    const struct certificate *this;
    const struct csvrow *row;
    int lacking, faulty;

    *record = NULL;
    while (c->at < c->n && !c->certificates[c->at].selected)
        c->at++;
    if (c->at == c->n)
        return 0;
    this = &c->certificates[c->at++];
    row = sheet_at(c->sheet, this->offset, this->row, this->line, c->d);
    if (!row)
        return -1;
    lacking = is_lacking(c, this);
    *record = xmlx_add(parent, "record");
    /* Nobody looks at the values of what is not handed on. */
    faulty = fill(c, this, row, c->values || lacking, *record);
    if (lacking) {
        xmlUnlinkNode(*record);
        xmlFreeNode(*record);
        *record = NULL;
    }
    return faulty || lacking ? -1 : 1;
}

int csv2rec_append(struct csv2rec *c, xmlNode *parent)
{
    xmlNode *record;
    int result = next_record(c, parent, &record);

    if (result < 0 && record) {
        xmlUnlinkNode(record);
        xmlFreeNode(record);
    }
    return result;
}

xmlDoc *csv2rec_new(void)
{
    xmlDoc *doc = xmlx_new(CSV2REC_NS, "records");
    xmlNode *root = xmlDocGetRootElement(doc);

    xmlx_set(root, "version", "1");
    /* Declared once at the top, not at every record. */
    xmlNewNs(root, BAD_CAST PROV_NS, BAD_CAST "p");
    return doc;
}

int csv2rec_next(struct csv2rec *c, xmlDoc **rec)
{
    xmlNode *record;
    int result;

    *rec = csv2rec_new();
    result = next_record(c, xmlDocGetRootElement(*rec), &record);
    if (!record) {
        xmlFreeDoc(*rec);
        *rec = NULL;
    }
    return result;
}
