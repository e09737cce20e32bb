#include "xmlrecords.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "csv2rec.h"
#include "folder.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

static struct diag_place place_of(const char *path, const xmlNode *node)
{
    return (struct diag_place){ .file = path, .line = xmlGetLineNo((xmlNode *)(size_t)node) };
}

struct diag_place xmlrecords_place(const struct xmlrecords *r, const struct xmlrecord *record)
{
    return (struct diag_place){ .file = r->files[record->file], .line = record->line };
}

/* The text of a field without blanks around; new. */
static char *field(const xmlNode *record, const char *name)
{
    char *text = xmlx_child_text(record, name), *begin = text + strspn(text, " \t\r\n");
    size_t len = strlen(begin);

    while (len && strchr(" \t\r\n", begin[len - 1]))
        len--;
    memmove(text, begin, len);
    text[len] = '\0';
    return text;
}

static void close_file(struct xmlrecords *r)
{
    xmlFreeDoc(r->open);
    r->open = NULL;
    r->node = NULL;
}

static int open_file(struct xmlrecords *r, size_t file, struct diag *d)
{
    if (r->open && r->open_file == file)
        return 0;
    close_file(r);
    r->open = xmlx_read(r->files[file], NULL, d);
    r->open_file = file;
    return r->open ? 0 : -1;
}

static void index_record(struct xmlrecords *r, size_t at, const xmlNode *node)
{
    const xmlNode *reference = xmlx_first(node, "reference");
    struct xmlrecord record = { r->files_n - 1, at, field(node, "reference"), field(node, "issue"),
                                place_of(NULL, reference ? reference : node).line };

    ALLOC_GROW(r->records, r->n, r->cap);
    r->records[r->n++] = record;
}

/* Adds the records of the file that is open. Returns 0, or -1 after reporting. */
static int index_file(struct xmlrecords *r, const char *kind, struct diag *d)
{
    const char *path = r->files[r->open_file], *version;
    const xmlNode *root = xmlDocGetRootElement(r->open), *node;
    struct diag_place place = place_of(path, root);
    int result = 0;
    size_t at = 0;

    version = xmlx_attr(root, "version");
    if (!xmlx_is(root, CSV2REC_NS, "records") || !version || strcmp(version, "1"))
        return diag_at(d, &place, CSV_NOT_RECORDS, (const char *)root->name);
    for (node = xmlx_first_element(root); node; node = xmlx_next_element(node)) {
        const char *own = xmlx_attr(node, "kind");

        index_record(r, at++, node);
        place = place_of(path, node);
        if (!xmlx_is(node, CSV2REC_NS, "record"))
            result = diag_at(d, &place, CSV_NOT_RECORD, (const char *)node->name);
        else if (!own || strcmp(own, kind))
            result = diag_at(d, &place, CSV_OTHER_KIND, own ? own : "", kind);
        else if (!*r->records[r->n - 1].reference)
            result = diag_at(d, &place, CSV_EMPTY_CELL, "reference");
    }
    return result;
}

static int read_file(struct xmlrecords *r, const char *path, const char *kind, struct diag *d)
{
    ALLOC_GROW(r->files, r->files_n, r->files_cap);
    r->files[r->files_n++] = xstrdup(path);
    return open_file(r, r->files_n - 1, d) ? -1 : index_file(r, kind, d);
}

int xmlrecords_read(struct xmlrecords *r, const char *folder, const char *kind, struct diag *d)
{
    char *path = xasprintf("%s/records", folder), *file;
    struct folder entries;
    int result = 0;
    size_t i;

    memset(r, 0, sizeof *r);
    if (folder_read(&entries, path, ".xml"))
        result = diag(d, CSV_NO_FOLDER, path, strerror(errno));
    for (i = 0; i < entries.n; i++) {
        file = xasprintf("%s/%s", path, entries.names[i]);
        result |= read_file(r, file, kind, d);
        free(file);
    }
    folder_release(&entries);
    free(path);
    return result;
}

void xmlrecords_release(struct xmlrecords *r)
{
    size_t i;

    close_file(r);
    for (i = 0; i < r->n; i++) {
        free(r->records[i].reference);
        free(r->records[i].issue);
    }
    for (i = 0; i < r->files_n; i++)
        free(r->files[i]);
    free(r->files);
    free(r->records);
    memset(r, 0, sizeof *r);
}

static int has_provenance(const xmlNode *node)
{
    return xmlHasNsProp((xmlNode *)(size_t)node, BAD_CAST "at", BAD_CAST PROV_NS) != NULL;
}

/* Gives TO, a copy of FROM, and the elements below the places of theirs. */
static void set_places(const char *path, xmlNode *to, const xmlNode *from)
{
    struct diag_place place = place_of(path, from);

    if (!has_provenance(from)) {
        place.field = xmlx_first_element(from) ? NULL : (const char *)from->name;
        prov_set(to, &place);
    }
    for (to = xmlx_first_element(to), from = xmlx_first_element(from); to && from;
         to = xmlx_next_element(to), from = xmlx_next_element(from))
        set_places(path, to, from);
}

/* Puts NODE and what is below it under the namespace of RECORD's own declaration, instead of one
 * each. */
static void adopt(xmlNode *node, const xmlNode *record)
{
    xmlNs **def = &node->nsDef;
    xmlNode *child;

    for (child = xmlx_first_element(node); child; child = xmlx_next_element(child))
        adopt(child, record);
    if (!node->ns || strcmp((const char *)node->ns->href, CSV2REC_NS))
        return;
    node->ns = record->ns;
    while (*def)
        if (!(*def)->prefix && !strcmp((const char *)(*def)->href, CSV2REC_NS)) {
            xmlNs *own = *def;

            *def = own->next;
            own->next = NULL;
            xmlFreeNs(own);
        } else {
            def = &(*def)->next;
        }
}

static void append(const char *path, const xmlNode *from, xmlNode *record)
{
    struct diag_place place = place_of(path, from);
    const xmlNode *child;
    const xmlAttr *a;

    prov_set(record, &place);
    for (a = from->properties; a; a = a->next)
        if (!a->ns && a->children)
            xmlx_set(record, (const char *)a->name, (const char *)a->children->content);
    for (child = from->children; child; child = child->next) {
        xmlNode *copy;

        if (xmlIsBlankNode((xmlNode *)(size_t)child) || child->type == XML_COMMENT_NODE)
            continue;
        copy = xmlDocCopyNode((xmlNode *)(size_t)child, record->doc, 1);
        if (!copy)
            abort(); /* out of memory, which libxml2 has said */
        xmlAddChild(record, copy);
        if (child->type != XML_ELEMENT_NODE)
            continue;
        adopt(copy, record);
        set_places(path, copy, child);
    }
}

/* The element that RECORD was, in the file that is open; NULL: there is none any more. */
static const xmlNode *find(struct xmlrecords *r, const struct xmlrecord *record)
{
    char *reference;
    int is_it;

    if (!r->node || r->at > record->at) {
        r->node = xmlx_first_element(xmlDocGetRootElement(r->open));
        r->at = 0;
    }
    while (r->node && r->at < record->at) {
        r->node = xmlx_next_element(r->node);
        r->at++;
    }
    if (!r->node)
        return NULL;
    reference = field(r->node, "reference");
    is_it = !strcmp(reference, record->reference);
    free(reference);
    return is_it ? r->node : NULL;
}

int xmlrecords_append(struct xmlrecords *r, const struct xmlrecord *record, xmlNode *to,
                      struct diag *d)
{
    const xmlNode *node;

    if (open_file(r, record->file, d))
        return -1;
    node = find(r, record);
    if (!node)
        return diag(d, CSV_CHANGED, r->files[record->file]);
    append(r->files[record->file], node, to);
    return 0;
}
