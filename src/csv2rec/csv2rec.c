#include "csv2rec.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "alloc.h"
#include "cells.h"
#include "docname.h"
#include "folder.h"
#include "keymap.h"
#include "messages.h"
#include "prov.h"
#include "sheet.h"
#include "worksheets.h"
#include "xmlrecords.h"
#include "xmlx.h"

enum { TABLES_MAX = 16 };

/* A row of certificates.csv, or a record of a file. */
struct certificate {
    const struct xmlrecord *record; /* NULL: a row */
    size_t reference; /* number in the map of references; KEYMAP_NONE: cannot be read */
    long long offset;
    long row, line;
    int faulty;   /* reported: broken shape, or given twice */
    int selected; /* by --only */
};

/* Rows of another table that follow each other and have one reference, chained with the others of it:
 * rows are mostly sorted, and there are many. */
struct run {
    long long offset; /* of the first */
    long row, line, rows;
    size_t next; /* number + 1 */
    enum { RUN_UNCHECKED, RUN_GOOD, RUN_FAULTY } state;
};

struct children {
    struct sheet *sheet; /* NULL: the job has no such table */
    struct run *runs;
    size_t n, cap;
    size_t *first, *last; /* by reference: number of the run + 1 */
    size_t growing;       /* the reference of the last run, while no other row followed it */
};

struct csv2rec {
    struct diag *d;
    char *folder;
    const char *kind_name;
    unsigned kind;
    const char *only;
    int values;
    struct sheet *sheet;      /* NULL: the records are files */
    struct xmlrecords records;
    struct certificate *certificates;
    size_t n, cap, at;
    struct keymap references, names;
    size_t *by_name;      /* number of the name -> certificate */
    size_t by_name_cap;
    char *withheld;       /* by reference: a row of it is broken */
    int incomplete;       /* rows are lost whose certificate is unknown */
    struct children children[TABLES_MAX]; /* parallel to columns_tables */
};

/* ---- the job --------------------------------------------------------------------------------- */

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

static int is_table(const struct csv2rec *c, const char *name)
{
    size_t len = strlen(name) - 4;
    const struct table *table;

    for (table = columns_tables; table->name; table++)
        if ((table->kinds & c->kind) && strlen(table->name) == len &&
            !strncmp(table->name, name, len) && !strcmp(name + len, ".csv"))
            return 1;
    return 0;
}

/* A table under a wrong name would be left out without a word. */
static int warn_stray_files(const struct csv2rec *c)
{
    struct folder files;
    struct stat st;
    int result = 0;
    size_t i;

    if (folder_read(&files, c->folder, ".csv") || stat(c->folder, &st))
        result = diag(c->d, CSV_NO_JOB, c->folder, strerror(errno));
    for (i = 0; i < files.n; i++) {
        char *path = xasprintf("%s/%s", c->folder, files.names[i]);
        struct diag_place place = { .file = path };

        if (!is_table(c, files.names[i]))
            diag_at(c->d, &place, CSV_STRAY_FILE, c->kind_name);
        free(path);
    }
    folder_release(&files);
    return result;
}

/* ---- certificates ---------------------------------------------------------------------------- */

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

/* Two that would be printed into the same file: neither can be trusted. */
static void report_twice(struct csv2rec *c, const struct diag_place *place,
                         struct certificate *this, struct certificate *other, const char *name)
{
    other->faulty = this->faulty = 1;
    if (!this->selected && !other->selected)
        return;
    if (this->reference == other->reference)
        diag_at(c->d, place, CSV_SAME_REFERENCE, c->references.keys[this->reference], other->row);
    else
        diag_at(c->d, place, CSV_SAME_NAME, c->references.keys[this->reference],
                c->references.keys[other->reference], other->row, name);
}

/* Adds a certificate, whose reference may be ""; it stands at PLACE, and may not be whole. */
static struct certificate *add_certificate(struct csv2rec *c, const char *reference,
                                           const char *issue, int is_whole,
                                           const struct diag_place *place)
{
    char *name = docname(reference, issue);
    size_t names = c->names.n, number;
    struct certificate *this;

    ALLOC_GROW(c->certificates, c->n, c->cap);
    this = &c->certificates[c->n++];
    memset(this, 0, sizeof *this);
    this->row = place->row ? place->row : place->line;
    this->line = place->line;
    this->faulty = !is_whole;
    this->reference = *reference ? keymap_add(&c->references, reference) : KEYMAP_NONE;
    /* One without a name could be the wanted one. */
    this->selected = !*reference || is_selected(c, reference, name);
    if (is_whole && *reference) {
        number = keymap_add(&c->names, name);
        if (number == names)
            note_name(c, number, c->n - 1);
        else
            report_twice(c, place, this, &c->certificates[c->by_name[number]], name);
    }
    free(name);
    return this;
}

static void index_row(struct csv2rec *c, const struct csvrow *row)
{
    const char *reference = readable(sheet_cell(c->sheet, row, "reference"));
    const char *issue = readable(sheet_cell(c->sheet, row, "issue"));
    struct diag_place place = sheet_place(c->sheet, row, c->sheet->key);
    int is_whole = sheet_has_shape(c->sheet, row);
    struct certificate *this;

    this = add_certificate(c, reference, issue, is_whole, &place);
    this->offset = row->offset;
    this->line = row->line;
    if (!is_whole && this->selected)
        sheet_check(c->sheet, row, 1, c->d);
}

static void index_record(struct csv2rec *c, const struct xmlrecord *record)
{
    struct diag_place place = xmlrecords_place(&c->records, record);

    add_certificate(c, record->reference, record->issue, 1, &place)->record = record;
}

/* Returns -1 after reporting when no record of the job can be read. */
static int index_certificates(struct csv2rec *c)
{
    char *path = table_path(c, "certificates");
    struct diag_place place = { .file = path };
    const struct csvrow *row;
    struct stat st;
    int is_absent = stat(path, &st) && errno == ENOENT, result = 0;
    size_t i;

    if (xmlrecords_read(&c->records, c->folder, c->kind_name, c->d))
        c->incomplete = 1;
    if (!is_absent && !(c->sheet = sheet_open(path, columns_tables, c->kind, c->d)))
        result = -1;
    while (c->sheet && (row = sheet_next(c->sheet, c->d)))
        index_row(c, row);
    for (i = 0; i < c->records.n; i++)
        index_record(c, &c->records.records[i]);
    c->withheld = xcalloc(c->references.n + 1, 1);
    if (!result && !c->n && !c->incomplete) {
        place.file = is_absent ? c->folder : path;
        if (is_absent)
            result = diag_at(c->d, &place, CSV_NO_CERTIFICATES);
        else
            diag_at(c->d, &place, CSV_NO_ROWS);
    }
    free(path);
    return result;
}

/* ---- the other tables ------------------------------------------------------------------------ */

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
    struct run *run;

    if (children->n && children->growing == reference) {
        children->runs[children->n - 1].rows++;
        return;
    }
    children->growing = reference;
    ALLOC_GROW(children->runs, children->n, children->cap);
    run = &children->runs[children->n++];
    memset(run, 0, sizeof *run);
    run->offset = row->offset;
    run->row = row->row;
    run->line = row->line;
    run->rows = 1;
    if (children->last[reference])
        children->runs[children->last[reference] - 1].next = children->n;
    else
        children->first[reference] = children->n;
    children->last[reference] = children->n;
}

static void index_child(struct csv2rec *c, struct children *children, const struct csvrow *row)
{
    const struct sheet *s = children->sheet;
    const char *key = readable(sheet_cell(s, row, "reference"));
    size_t reference = *key ? keymap_find(&c->references, key) : KEYMAP_NONE;

    if (sheet_has_shape(s, row) && reference != KEYMAP_NONE) {
        add_child(children, row, reference);
        return;
    }
    children->growing = KEYMAP_NONE;
    if (!sheet_has_shape(s, row)) {
        withhold(c, s, row, reference);
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
    if (c->kind == KIND_IECEE)
        worksheets_check(c->folder, &c->names, d);
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
        free(c->children[i].runs);
        free(c->children[i].first);
        free(c->children[i].last);
    }
    sheet_close(c->sheet);
    xmlrecords_release(&c->records);
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

/* ---- records --------------------------------------------------------------------------------- */

/* Whether rows of the record are lost, or whose they are is open: looking further would find faults
 * that are none. */
static int is_lacking(const struct csv2rec *c, const struct certificate *this)
{
    size_t i;

    if (this->faulty || c->incomplete || (!this->record && c->sheet->header_faulty) ||
        this->reference == KEYMAP_NONE || c->withheld[this->reference])
        return 1;
    for (i = 1; columns_tables[i].name; i++)
        if (c->children[i].sheet && c->children[i].sheet->header_faulty &&
            c->children[i].first[this->reference])
            return 1;
    return 0;
}

static void append_child(struct sheet *s, const struct csvrow *row, int values, xmlNode *record)
{
    struct diag_place place = sheet_place(s, row, 0);
    xmlNode *node = xmlx_add(record, s->table->row);

    place.field = NULL;
    prov_set(node, &place);
    sheet_append(s, row, values ? 0 : SHEET_EMPTY, node);
}

/* Returns 0, or -1 when a row is faulty; each is checked and reported once. */
static int append_run(struct csv2rec *c, struct sheet *s, struct run *run, size_t reference, int values,
                      xmlNode *record)
{
    const struct csvrow *row = sheet_at(s, run->offset, run->row, run->line, c->d);
    int faulty = run->state == RUN_FAULTY;
    long i;

    for (i = 0; row && i < run->rows; i++) {
        if (i)
            row = sheet_next(s, c->d);
        if (!row || !sheet_has_shape(s, row) ||
            strcmp(readable(sheet_cell(s, row, "reference")), c->references.keys[reference]))
            return diag(c->d, CSV_CHANGED, s->path);
        if (run->state == RUN_UNCHECKED)
            faulty |= sheet_check(s, row, values, c->d) != 0;
        append_child(s, row, values, record);
    }
    run->state = faulty ? RUN_FAULTY : RUN_GOOD;
    return row && !faulty ? 0 : -1;
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
        for (at = children->first[reference]; at; at = children->runs[at - 1].next)
            faulty |= append_run(c, children->sheet, &children->runs[at - 1], reference, values,
                                 record);
    }
    return faulty;
}

static void fill_from_row(struct csv2rec *c, const struct csvrow *row, int values, xmlNode *record)
{
    struct diag_place place = sheet_place(c->sheet, row, 0);

    place.field = NULL;
    xmlx_set(record, "kind", c->kind_name);
    prov_set(record, &place);
    if (sheet_has_shape(c->sheet, row))
        sheet_append(c->sheet, row, values ? SHEET_KEY : SHEET_KEY | SHEET_EMPTY, record);
}

/* Appends the rows of the worksheets. Returns 0, or -1 when one is faulty. */
static int append_worksheets(struct csv2rec *c, size_t reference, int values, xmlNode *record)
{
    char *name = docname(c->references.keys[reference], NULL);
    int result = worksheets_append(c->folder, name, c->kind, values, record, c->d);

    free(name);
    return result;
}

/* Fills RECORD with the certificate's fields and the rows of the other tables. Returns 0, or -1
 * when it is faulty. */
static int fill(struct csv2rec *c, const struct certificate *this, const struct csvrow *row,
                int values, xmlNode *record)
{
    int faulty = 0;

    if (row && sheet_has_shape(c->sheet, row))
        faulty |= sheet_check(c->sheet, row, values, c->d);
    if (row)
        fill_from_row(c, row, values, record);
    else
        faulty |= xmlrecords_append(&c->records, this->record, record, c->d);
    if (this->reference == KEYMAP_NONE)
        return faulty;
    faulty |= append_children(c, this->reference, values, record);
    if (c->kind == KIND_IECEE)
        faulty |= append_worksheets(c, this->reference, values, record);
    return faulty;
}

/* The next record as a child of PARENT in *RECORD, which is NULL when there is none to look at.
 * Returns as csv2rec_next does. */
static int next_record(struct csv2rec *c, xmlNode *parent, xmlNode **record)
{
    const struct certificate *this;
    const struct csvrow *row = NULL;
    int lacking, faulty;

    *record = NULL;
    while (c->at < c->n && !c->certificates[c->at].selected)
        c->at++;
    if (c->at == c->n)
        return 0;
    this = &c->certificates[c->at++];
    if (!this->record && !(row = sheet_at(c->sheet, this->offset, this->row, this->line, c->d)))
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
