#include "job.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

#define JOB_NS "urn:certpress:job"

char *job_path(const struct job *job, const char *path)
{
    return *path == '/' ? xstrdup(path) : xasprintf("%s/%s", job->folder, path);
}

static char *path_attribute(const struct job *job, const xmlNode *node, const char *name)
{
    const char *value = xmlx_attr(node, name);

    return value && *value ? job_path(job, value) : NULL;
}

static char *need(char *value, const xmlNode *node, const char *name, struct diag *d)
{
    if (!value)
        prov_diag(d, node, PRESS_JOB_ATTRIBUTE, (const char *)node->name, name);
    return value;
}

static void read_child(struct job *job, const xmlNode *node, struct diag *d)
{
    if (xmlx_is(node, JOB_NS, "profile")) {
        job->profile = need(path_attribute(job, node, "href"), node, "href", d);
    } else if (xmlx_is(node, JOB_NS, "rules")) {
        job->rules = need(path_attribute(job, node, "href"), node, "href", d);
    } else if (xmlx_is(node, JOB_NS, "seal")) {
        job->key = need(path_attribute(job, node, "key"), node, "key", d);
        job->cert = path_attribute(job, node, "cert");
        job->chain = path_attribute(job, node, "chain");
        job->passphrase_file = path_attribute(job, node, "passphrase-file");
    } else if (xmlx_is(node, JOB_NS, "cross-reference")) {
        const char *name = xmlx_attr(node, "name");

        job->cross_reference = need(name && *name ? xstrdup(name) : NULL, node, "name", d);
    } else {
        prov_diag(d, node, PRESS_JOB_ELEMENT, (const char *)node->name);
    }
}

static void read_root(struct job *job, const xmlNode *root, struct diag *d)
{
    static const char *const kinds[] = { "iecee", "iecex", "csms" };
    const char *kind = xmlx_attr(root, "kind"), *lang = xmlx_attr(root, "lang");
    const xmlNode *node;
    size_t i;

    if (!xmlx_is(root, JOB_NS, "job")) {
        prov_diag(d, root, PRESS_JOB_ROOT);
        return;
    }
    job->kind = need(kind ? xstrdup(kind) : NULL, root, "kind", d);
    for (i = 0; job->kind && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(job->kind, kinds[i]))
            break;
    if (i == sizeof kinds / sizeof *kinds)
        prov_diag(d, root, PRESS_JOB_KIND, job->kind);
    job->lang = xstrdup(lang && *lang ? lang : "en");
    for (node = xmlx_first_element(root); node; node = xmlx_next_element(node))
        read_child(job, node, d);
}

struct job *job_read(const char *folder, struct diag *d)
{
    struct job *job = xcalloc(1, sizeof *job);
    size_t len = strlen(folder);
    long faults = d->errors + d->cannots;
    char *path;
    xmlDoc *doc;

    while (len > 1 && folder[len - 1] == '/')
        len--;
    job->folder = xstrndup(folder, len);
    path = job_path(job, "job.xml");
    doc = xmlx_read(path, NULL, d);
    if (doc)
        read_root(job, xmlDocGetRootElement(doc), d);
    xmlFreeDoc(doc);
    free(path);
    if (d->errors + d->cannots != faults) {
        job_free(job);
        return NULL;
    }
    return job;
}

void job_free(struct job *job)
{
    if (!job)
        return;
    free(job->folder);
    free(job->kind);
    free(job->lang);
    free(job->profile);
    free(job->rules);
    free(job->key);
    free(job->cert);
    free(job->chain);
    free(job->passphrase_file);
    free(job->cross_reference);
    free(job);
}
