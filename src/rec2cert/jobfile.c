#include "jobfile.h"

#include <stdlib.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define JOB_NS "urn:certpress:job"

int jobfile_read(const char *folder, char **profile, char **lang, struct diag *d)
{
    char *path = xasprintf("%s/job.xml", folder);
    xmlDoc *doc = xmlx_read(path, NULL, d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *node = xmlx_first(root, "profile");
    const char *href = xmlx_attr(node, "href"), *language = xmlx_attr(root, "lang");
    int result = doc ? 0 : -1;

    *profile = *lang = NULL;
    if (doc && !xmlx_is(root, JOB_NS, "job"))
        result = prov_diag(d, root, REC_JOB, (const char *)root->name);
    else if (node && (!href || !*href))
        result = prov_diag(d, node, REC_JOB_PROFILE);
    if (!result && node)
        *profile = *href == '/' ? xstrdup(href) : xasprintf("%s/%s", folder, href);
    if (!result && language && *language)
        *lang = xstrdup(language);
    xmlFreeDoc(doc);
    free(path);
    return result;
}
