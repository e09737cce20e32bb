#include "datafile.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

xmlDoc *datafile_read(const char *folder, const char *name, const char *ns, const char *root_name,
                      struct diag *d)
{
    char *path = xasprintf("%s/%s", folder, name);
    xmlDoc *doc = xmlx_read(path, NULL, d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

    if (doc && !xmlx_is(root, ns, root_name)) {
        prov_diag(d, root, CAT_ROOT, (const char *)root->name, root_name, ns);
        xmlFreeDoc(doc);
        doc = NULL;
    } else if (doc && !xmlx_first_element(root)) {
        prov_diag(d, root, CAT_EMPTY, root_name);
        xmlFreeDoc(doc);
        doc = NULL;
    }
    free(path);
    return doc;
}

const char *datafile_attr(const xmlNode *node, const char *name, struct diag *d)
{
    const char *value = xmlx_attr(node, name);

    if (value && *value)
        return value;
    prov_diag(d, node, CAT_ATTRIBUTE, (const char *)node->name, name);
    return "";
}

static int is_listed(const xmlChar *name, const char *names)
{
    size_t len = strlen((const char *)name);

    for (; *names; names += strcspn(names, " "), names += strspn(names, " "))
        if (strcspn(names, " ") == len && !strncmp(names, (const char *)name, len))
            return 1;
    return 0;
}

void datafile_check(const xmlNode *node, const char *elements, const char *attributes, struct diag *d)
{
    const xmlNode *child;
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next)
        if (!a->ns && !is_listed(a->name, attributes))
            prov_diag(d, node, CAT_UNKNOWN_ATTRIBUTE, (const char *)a->name, (const char *)node->name);
    for (child = xmlx_first_element(node); child; child = xmlx_next_element(child))
        if (!is_listed(child->name, elements) || !child->ns || !node->ns ||
            strcmp((const char *)child->ns->href, (const char *)node->ns->href))
            prov_diag(d, child, CAT_ELEMENT, (const char *)child->name, (const char *)node->name);
}
