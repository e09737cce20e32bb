#include "datahash.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "common_messages.h"
#include "sha256.h"
#include "strbuf.h"
#include "version.h"
#include "xmlx.h"

#define FILE_LIMIT ((size_t)64 << 20)

enum { DEEPEST = 8 };

static int add_file(struct strbuf *list, const char *name, const char *path, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    char hex[65];
    int result = 0;

    if (strbuf_read_file(&bytes, path, FILE_LIMIT)) {
        result = diag(d, ENV_CANNOT_READ, path, strerror(errno));
    } else {
        sha256_hex(bytes.buf, bytes.len, hex);
        strbuf_addf(list, "%s %s\n", hex, name);
    }
    strbuf_release(&bytes);
    return result;
}

static int is_counted(const struct dirent *e)
{
    return *e->d_name != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Adds the folder NAME (counted from where the caller began) at PATH. The skeleton of new jobs makes
 * no document. */
static int add_folder(struct strbuf *list, const char *name, const char *path, int depth,
                      struct diag *d)
{
    struct dirent **entries = NULL;
    int n = 0, result = 0, i;

    if (depth < DEEPEST && strcmp(name, "templates/job"))
        n = scandir(path, &entries, is_counted, by_bytes);
    if (n < 0)
        return diag(d, ENV_CANNOT_READ, path, strerror(errno));
    for (i = 0; i < n; i++) {
        char *child = xasprintf("%s/%s", path, entries[i]->d_name);
        char *child_name = xasprintf("%s/%s", name, entries[i]->d_name);
        struct stat st;

        if (stat(child, &st))
            result = diag(d, ENV_CANNOT_READ, child, strerror(errno));
        else if (S_ISDIR(st.st_mode))
            result |= add_folder(list, child_name, child, depth + 1, d);
        else if (S_ISREG(st.st_mode))
            result |= add_file(list, child_name, child, d);
        free(child);
        free(child_name);
        free(entries[i]);
    }
    free(entries);
    return result;
}

/* The profile, and the picture of its mark. A profile that cannot be read is reported by who uses it. */
static int add_profile(struct strbuf *list, const struct job *job, struct diag *d)
{
    struct diag silent = { 0 };
    const char *href;
    xmlDoc *doc;
    int result;

    if (!job->profile)
        return 0;
    result = add_file(list, "profile", job->profile, d);
    doc = xmlx_read(job->profile, NULL, &silent);
    href = doc ? xmlx_attr(xmlx_first(xmlDocGetRootElement(doc), "mark"), "href") : NULL;
    if (href && *href) {
        char *path = job_path(job, href);

        add_file(list, "mark", path, &silent);
        free(path);
    }
    xmlFreeDoc(doc);
    return result;
}

int datahash(const char *data, const struct job *job, char hex[65], struct diag *d)
{
    static const char *const folders[] = { "fonts", "templates", "xsl" };
    struct strbuf list = STRBUF_INIT;
    int result = 0;
    size_t i;

    strbuf_addf(&list, "%s %s\n", CERTPRESS_VERSION, job->lang);
    for (i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = xasprintf("%s/%s", data, folders[i]);

        result |= add_folder(&list, folders[i], path, 0, d);
        free(path);
    }
    result |= add_profile(&list, job, d);
    sha256_hex(list.buf, list.len, hex);
    strbuf_release(&list);
    return result;
}
