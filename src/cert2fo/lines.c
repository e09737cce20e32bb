#include "lines.h"

#include <string.h>

#include "xmlx.h"

#define FO_NS "http://www.w3.org/1999/XSL/Format"

static int is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (xmlx_is(node, FO_NS, *names))
            return 1;
    return 0;
}

/* Whether NODE lays its children out one below the other. */
static int stacks(const xmlNode *node)
{
    static const char *const always[] = {
        "root", "layout-master-set", "simple-page-master", "page-sequence-master",
        "repeatable-page-master-alternatives", "bookmark-tree", "bookmark", "page-sequence",
        "static-content", "flow", "block-container", "table", "table-header", "table-footer",
        "table-body", "table-row", "table-cell", "list-block", "list-item", "list-item-label",
        "list-item-body", NULL,
    };
    static const char *const levels[] = { "block", "block-container", "table", "list-block", NULL };
    const xmlNode *child;

    if (is_one_of(node, always))
        return 1;
    if (!xmlx_is(node, FO_NS, "block") || !node->children)
        return 0;
    for (child = node->children; child; child = child->next)
        if (!is_one_of(child, levels))
            return 0;
    return 1;
}

static void add_break(xmlNode *before)
{
    xmlAddPrevSibling(before, xmlNewDocText(before->doc, BAD_CAST "\n"));
}

void lines_break(xmlDoc *fo)
{
    xmlNode *node = xmlDocGetRootElement(fo), *next;

    while (node) {
        int inside = node->type == XML_ELEMENT_NODE && stacks(node);
        xmlNode *child;

        for (child = inside ? node->children : NULL; child; child = next) {
            next = child->next;
            if (child->type == XML_ELEMENT_NODE)
                add_break(child);
        }
        /* Document order, without recursion; only what stacks has anything to part inside. */
        if (inside && node->children) {
            node = node->children;
            continue;
        }
        while (node && !node->next)
            node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
        node = node ? node->next : NULL;
    }
}
