#include "datafile.h"

#include <stdlib.h>

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
