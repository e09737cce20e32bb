#include "xmp.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "xmlx.h"

#define RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static char *trimmed(char *text)
{
    static const char space[] = " \t\r\n";
    size_t start = strspn(text, space), n = strlen(text + start);
    char *result;

    while (n && strchr(space, text[start + n - 1]))
        n--;
    result = xstrndup(text + start, n);
    free(text);
    return result;
}

char *xmp_get(const xmlDoc *xmp, const char *ns, const char *name)
{
    const xmlNode *root = xmlDocGetRootElement(xmp), *node, *child;
    const xmlAttr *a;

    if (!root)
        return NULL;
    node = xmlx_is(root, RDF_NS, "RDF") ? root : xmlx_first(root, "RDF");
    for (node = xmlx_first(node, "Description"); node; node = xmlx_next(node, "Description")) {
        for (a = node->properties; a; a = a->next)
            if (a->ns && !strcmp((const char *)a->ns->href, ns) &&
                !strcmp((const char *)a->name, name))
                return trimmed(xmlx_text((const xmlNode *)a));
        for (child = xmlx_first_element(node); child; child = xmlx_next_element(child))
            if (xmlx_is(child, ns, name))
                return trimmed(xmlx_text(child));
    }
    return NULL;
}
