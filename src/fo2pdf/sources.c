#include "sources.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* The address in a value, without url() and quotes; new, or NULL when it is no file's. */
static char *file_of(const char *value, const char *base)
{
    static const char blanks[] = " \t\r\n'\"";
    size_t n;

    value += strspn(value, blanks);
    if (!strncmp(value, "url(", 4))
        value += 4;
    value += strspn(value, blanks);
    if (!strncmp(value, "file:", 5))
        value += strncmp(value, "file://", 7) ? 5 : 7;
    n = strcspn(value, ")'\"");
    while (n && strchr(blanks, value[n - 1]))
        n--;
    if (!n || memchr(value, ':', n) || *value == '#')
        return NULL;
    if (*value == '/' || !*base)
        return xstrndup(value, n);
    return xasprintf("%s/%.*s", base, (int)n, value);
}

static void watch_value(struct watch *w, const xmlNode *node, const char *name, const char *base)
{
    struct diag silent = { 0 };
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST name);
    char *path = value ? file_of((const char *)value, base) : NULL;

    if (path)
        watch_file(w, path, &silent);
    free(path);
    xmlFree(value);
}

void sources_watch(struct watch *w, const xmlNode *element, const char *base)
{
    watch_value(w, element, "src", base);
    watch_value(w, element, "background-image", base);
}
