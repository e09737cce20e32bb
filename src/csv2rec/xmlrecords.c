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

struct diag_place xmlrecords_place(const struct xmlrecord *r, const xmlNode *node)
{
    return (struct diag_place){ .file = r->path, .line = xmlGetLineNo((xmlNode *)(size_t)node) };
}

/* Adds the records of one document. Returns 0, or -1 after reporting. */
static int add_records(struct xmlrecords *r, const xmlDoc *doc, const char *path, const char *kind,
                       struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(doc), *node;
    const char *version = xmlx_attr(root, "version");
    struct xmlrecord record = { root, path };
    struct diag_place place = xmlrecords_place(&record, root);
    int result = 0;

    if (!xmlx_is(root, CSV2REC_NS, "records") || !version || strcmp(version, "1"))
        return diag_at(d, &place, CSV_NOT_RECORDS, (const char *)root->name);
    for (node = xmlx_first_element(root); node; node = xmlx_next_element(node)) {
        const char *own = xmlx_attr(node, "kind");
        char *reference = xmlx_child_text(node, "reference");

        record.node = node;
        place = xmlrecords_place(&record, node);
        if (!xmlx_is(node, CSV2REC_NS, "record"))
            result = diag_at(d, &place, CSV_NOT_RECORD, (const char *)node->name);
        else if (!own || strcmp(own, kind))
            result = diag_at(d, &place, CSV_OTHER_KIND, own ? own : "", kind);
        else if (!reference[strspn(reference, " \t\r\n")])
            result = diag_at(d, &place, CSV_EMPTY_CELL, "reference");
        free(reference);
        ALLOC_GROW(r->records, r->n, r->cap);
        r->records[r->n++] = record;
    }
    return result;
}

static int read_file(struct xmlrecords *r, const char *path, const char *kind, struct diag *d)
{
    xmlDoc *doc = xmlx_read(path, NULL, d);

    if (!doc)
        return -1;
    ALLOC_GROW(r->files, r->files_n, r->files_cap);
    r->files[r->files_n].doc = doc;
    r->files[r->files_n++].path = xstrdup(path);
    return add_records(r, doc, r->files[r->files_n - 1].path, kind, d);
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

    for (i = 0; i < r->files_n; i++) {
        xmlFreeDoc(r->files[i].doc);
        free(r->files[i].path);
    }
    free(r->files);
    free(r->records);
    memset(r, 0, sizeof *r);
}

static int has_provenance(const xmlNode *node)
{
    return xmlHasNsProp((xmlNode *)(size_t)node, BAD_CAST "at", BAD_CAST PROV_NS) != NULL;
}

/* Gives TO, a copy of FROM, and the elements below the places of theirs. */
static void set_places(const struct xmlrecord *r, xmlNode *to, const xmlNode *from)
{
    struct diag_place place = xmlrecords_place(r, from);

    if (!has_provenance(from)) {
        place.field = xmlx_first_element(from) ? NULL : (const char *)from->name;
        prov_set(to, &place);
    }
    for (to = xmlx_first_element(to), from = xmlx_first_element(from); to && from;
         to = xmlx_next_element(to), from = xmlx_next_element(from))
        set_places(r, to, from);
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

void xmlrecords_append(const struct xmlrecord *r, xmlNode *record)
{
    const xmlNode *from;
    const xmlAttr *a;

    for (a = r->node->properties; a; a = a->next)
        if (!a->ns && a->children)
            xmlx_set(record, (const char *)a->name, (const char *)a->children->content);
    for (from = r->node->children; from; from = from->next) {
        xmlNode *copy;

        if (xmlIsBlankNode((xmlNode *)(size_t)from) || from->type == XML_COMMENT_NODE)
            continue;
        copy = xmlDocCopyNode((xmlNode *)(size_t)from, record->doc, 1);
        if (!copy)
            abort(); /* out of memory, which libxml2 has said */
        xmlAddChild(record, copy);
        if (from->type != XML_ELEMENT_NODE)
            continue;
        adopt(copy, record);
        set_places(r, copy, from);
    }
}
