#include "prov.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* The namespace as the nearest element with declarations declares it, so that nothing between can
 * hide it; NULL when it does not. */
static xmlNs *declared_ns(const xmlNode *node)
{
    xmlNs *ns;

    while (node->parent && node->parent->type == XML_ELEMENT_NODE && !node->nsDef)
        node = node->parent;
    for (ns = node->nsDef; ns; ns = ns->next)
        if (ns->prefix && !strcmp((const char *)ns->href, PROV_NS))
            return ns;
    return NULL;
}

static xmlNs *prov_ns(xmlNode *node)
{
    xmlNs *ns = declared_ns(node);

    if (!ns)
        ns = xmlSearchNsByHref(node->doc, node, BAD_CAST PROV_NS);
    if (!ns) {
        xmlNode *root = xmlDocGetRootElement(node->doc);
        xmlNode *top = node;

        while (top->parent && top->parent->type == XML_ELEMENT_NODE)
            top = top->parent;
        ns = xmlNewNs(root && top == root ? root : top, BAD_CAST PROV_NS, BAD_CAST "p");
    }
    return ns;
}

/* The value of a provenance attribute of NODE; borrowed; NULL when absent. */
static const char *get(const xmlNode *node, const char *name)
{
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next)
        if (a->ns && !strcmp((const char *)a->ns->href, PROV_NS) &&
            !strcmp((const char *)a->name, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

static const xmlNode *nearest(const xmlNode *node)
{
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
        if (get(node, "at"))
            return node;
    return NULL;
}

/* The attributes are written in this order. */
static void set_all(xmlNode *node, const char *at, const char *row, const char *field)
{
    const char *const names[] = { "at", "row", "field" }, *const values[] = { at, row, field };
    xmlNs *ns = prov_ns(node);
    int i;

    for (i = 0; i < 3; i++)
        if (values[i] && get(node, names[i]))
            xmlSetNsProp(node, ns, BAD_CAST names[i], BAD_CAST values[i]);
        else if (values[i])
            xmlNewNsProp(node, ns, BAD_CAST names[i], BAD_CAST values[i]);
}

void prov_set(xmlNode *node, const struct diag_place *place)
{
    char row[32];
    char *at;

    if (!place->file)
        return;
    at = place->column > 0 ? xasprintf("%s:%ld:%ld", place->file, place->line, place->column)
         : place->line > 0 ? xasprintf("%s:%ld", place->file, place->line)
                           : xstrdup(place->file);
    snprintf(row, sizeof row, "%ld", place->row);
    set_all(node, at, place->row > 0 ? row : NULL, place->field);
    free(at);
}

int prov_copy(xmlNode *to, const xmlNode *from)
{
    const xmlNode *source = nearest(from);

    if (source)
        set_all(to, get(source, "at"), get(source, "row"), get(source, "field"));
    return source != NULL;
}

static void copy(char *to, size_t size, const char *from)
{
    size_t n = strnlen(from, size - 1);

    memcpy(to, from, n);
    to[n] = '\0';
}

/* Cuts a final ":digits" off S. Returns the number, or 0 when there is none. */
static long cut_number(char *s)
{
    char *colon = strrchr(s, ':'), *end;
    long value;

    if (!colon || !colon[1])
        return 0;
    value = strtol(colon + 1, &end, 10);
    if (*end || value <= 0)
        return 0;
    *colon = '\0';
    return value;
}

int prov_said(const xmlNode *node, struct prov_said *said)
{
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next)
        if (a->ns && !strcmp((const char *)a->ns->href, PROV_NS))
            break;
    if (!a || !(said->at = get(node, "at")))
        return 0;
    said->row = get(node, "row");
    said->field = get(node, "field");
    return 1;
}

void prov_said_place(const struct prov_said *said, struct prov_space *space, struct diag_place *place)
{
    long last, before;

    memset(place, 0, sizeof *place);
    copy(space->file, sizeof space->file, said->at);
    place->file = space->file;
    last = cut_number(space->file);
    before = last ? cut_number(space->file) : 0;
    place->line = before ? before : last;
    place->column = before ? last : 0;
    if (said->row)
        place->row = strtol(said->row, NULL, 10);
    if (said->field) {
        copy(space->field, sizeof space->field, said->field);
        place->field = space->field;
    }
}

void prov_place(const xmlNode *node, struct prov_space *space, struct diag_place *place)
{
    const xmlNode *from;
    struct prov_said said;

    memset(place, 0, sizeof *place);
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    from = nearest(node);
    if (!from) {
        if (node) {
            if (node->doc && node->doc->URL) {
                copy(space->file, sizeof space->file, (const char *)node->doc->URL);
                place->file = space->file;
            }
            place->line = xmlGetLineNo(node);
        }
        return;
    }
    prov_said(from, &said);
    prov_said_place(&said, space, place);
}

int prov_diag(struct diag *d, const xmlNode *node, const char *id, enum diag_level level,
              const char *format, ...)
{
    struct prov_space space;
    struct diag_place place;
    va_list ap;

    prov_place(node, &space, &place);
    va_start(ap, format);
    diag_vat(d, &place, id, level, format, ap);
    va_end(ap);
    return -1;
}

/* The element after NODE in the order of the document, or NULL. */
static xmlNode *next_element(xmlNode *node)
{
    xmlNode *next = node->children;

    do {
        while (next && next->type != XML_ELEMENT_NODE)
            next = next->next;
        if (next)
            return next;
        next = node->next;
        node = node->parent;
    } while (node && node->type == XML_ELEMENT_NODE);
    return NULL;
}

void prov_hide(xmlDoc *doc, struct prov_hidden *hidden)
{
    xmlNode *node;
    xmlAttr *a;

    memset(hidden, 0, sizeof *hidden);
    for (node = xmlDocGetRootElement(doc); node; node = next_element(node))
        for (a = node->properties; a; a = a->next) {
            if (!a->ns || strcmp((const char *)a->ns->href, PROV_NS))
                continue;
            if (a->prev)
                a->prev->next = a->next;
            else
                node->properties = a->next;
            if (a->next)
                a->next->prev = a->prev;
            ALLOC_GROW(hidden->attributes, hidden->n, hidden->cap);
            hidden->attributes[hidden->n++] = a;
        }
}

/* Backwards, each finds its neighbours as they were when it left. */
void prov_show(struct prov_hidden *hidden)
{
    while (hidden->n) {
        xmlAttr *a = hidden->attributes[--hidden->n];

        if (a->prev)
            a->prev->next = a;
        else
            a->parent->properties = a;
        if (a->next)
            a->next->prev = a;
    }
    free(hidden->attributes);
    memset(hidden, 0, sizeof *hidden);
}

static void strip_below(xmlNode *node)
{
    for (; node; node = node->next) {
        xmlAttr *a, *next_attr;
        xmlNs **ns;

        if (node->type != XML_ELEMENT_NODE)
            continue;
        for (a = node->properties; a; a = next_attr) {
            next_attr = a->next;
            if (a->ns && !strcmp((const char *)a->ns->href, PROV_NS))
                xmlRemoveProp(a);
        }
        strip_below(node->children);
        for (ns = &node->nsDef; *ns;) {
            if (!strcmp((const char *)(*ns)->href, PROV_NS)) {
                xmlNs *gone = *ns;

                *ns = gone->next;
                xmlFreeNs(gone);
            } else {
                ns = &(*ns)->next;
            }
        }
    }
}

void prov_strip(xmlDoc *doc)
{
    strip_below(xmlDocGetRootElement(doc));
}
