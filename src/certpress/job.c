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

static char *text_attribute(const xmlNode *node, const char *name)
{
    const char *value = xmlx_attr(node, name);

    return value && *value ? xstrdup(value) : NULL;
}

/* An attribute that is yes or no; no when it is not there. */
static int flag_attribute(const xmlNode *node, const char *name, struct diag *d)
{
    const char *value = xmlx_attr(node, name);

    if (value && strcmp(value, "yes") && strcmp(value, "no"))
        prov_diag(d, node, PRESS_JOB_FLAG, name, value);
    return value && !strcmp(value, "yes");
}

/* A word that is misspelt must not make a seal of a lower level than was meant. */
static void check_seal_attributes(const xmlNode *node, struct diag *d)
{
    static const char *const known[] = { "key", "cert", "chain", "passphrase-file", "module",
                                         "token", "trust", "level", "tsa", "tsa-policy", "pss",
                                         "certify", "visible" };
    const xmlAttr *attribute;
    size_t i, n = sizeof known / sizeof *known;

    for (attribute = node->properties; attribute; attribute = attribute->next) {
        for (i = 0; i < n && strcmp(known[i], (const char *)attribute->name); i++)
            ;
        if (i == n && !attribute->ns)
            prov_diag(d, node, PRESS_JOB_UNKNOWN, (const char *)attribute->name,
                      (const char *)node->name);
    }
}

static void read_seal(struct job *job, const xmlNode *node, struct diag *d)
{
    struct job_seal *seal = &job->seal;

    check_seal_attributes(node, d);
    seal->module = path_attribute(job, node, "module");
    seal->key = need(seal->module ? text_attribute(node, "key") : path_attribute(job, node, "key"),
                     node, "key", d);
    seal->cert = path_attribute(job, node, "cert");
    seal->chain = path_attribute(job, node, "chain");
    seal->passphrase_file = path_attribute(job, node, "passphrase-file");
    seal->trust = path_attribute(job, node, "trust");
    seal->token = text_attribute(node, "token");
    seal->level = text_attribute(node, "level");
    seal->tsa = text_attribute(node, "tsa");
    seal->tsa_policy = text_attribute(node, "tsa-policy");
    seal->pss = flag_attribute(node, "pss", d);
    seal->certify = flag_attribute(node, "certify", d);
    seal->visible = flag_attribute(node, "visible", d);
}

static void release_seal(struct job_seal *seal)
{
    free(seal->key);
    free(seal->cert);
    free(seal->chain);
    free(seal->passphrase_file);
    free(seal->module);
    free(seal->trust);
    free(seal->token);
    free(seal->level);
    free(seal->tsa);
    free(seal->tsa_policy);
}

static void read_child(struct job *job, const xmlNode *node, struct diag *d)
{
    if (xmlx_is(node, JOB_NS, "profile")) {
        job->profile = need(path_attribute(job, node, "href"), node, "href", d);
    } else if (xmlx_is(node, JOB_NS, "rules")) {
        job->rules = need(path_attribute(job, node, "href"), node, "href", d);
    } else if (xmlx_is(node, JOB_NS, "seal")) {
        read_seal(job, node, d);
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
    release_seal(&job->seal);
    free(job->cross_reference);
    free(job);
}
