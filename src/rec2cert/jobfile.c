#include "jobfile.h"

#include <stdlib.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define JOB_NS "urn:certpress:job"

/* The path that the child NAME of ROOT refers to, new; NULL when there is none. */
static char *reference(const char *folder, const xmlNode *root, const char *name, struct diag *d)
{
    const xmlNode *node = xmlx_first(root, name);
    const char *href = xmlx_attr(node, "href");

    if (!node)
        return NULL;
    if (!href || !*href) {
        prov_diag(d, node, REC_JOB_HREF, name);
        return NULL;
    }
    return *href == '/' ? xstrdup(href) : xasprintf("%s/%s", folder, href);
}

int jobfile_read(const char *folder, char **profile, char **rules, char **lang, struct diag *d)
{
    char *path = xasprintf("%s/job.xml", folder);
    long faults = d->errors + d->cannots;
    xmlDoc *doc = xmlx_read(path, NULL, d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const char *language = xmlx_attr(root, "lang");

    *profile = *rules = *lang = NULL;
    if (doc && !xmlx_is(root, JOB_NS, "job")) {
        prov_diag(d, root, REC_JOB, (const char *)root->name);
    } else if (doc) {
        *profile = reference(folder, root, "profile", d);
        *rules = reference(folder, root, "rules", d);
        if (language && *language)
            *lang = xstrdup(language);
    }
    xmlFreeDoc(doc);
    free(path);
    return d->errors + d->cannots == faults ? 0 : -1;
}
