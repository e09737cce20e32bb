#include "datadir.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"

static int holds_data(const char *folder)
{
    char *xsl = xasprintf("%s/xsl", folder), *templates = xasprintf("%s/templates", folder);
    int both = !access(xsl, R_OK) && !access(templates, R_OK);

    free(xsl);
    free(templates);
    return both;
}

/* Shortens PATH by its last part; 0 when nothing is left. */
static int up(char *path)
{
    char *slash = strrchr(path, '/');

    if (!slash || slash == path)
        return 0;
    *slash = '\0';
    return 1;
}

char *datadir_find(struct diag *d)
{
    const char *given = getenv("CERTPRESS_DATA");
    char exe[PATH_MAX];
    ssize_t n;
    char *folder;
    int level;

    if (given && *given) {
        if (holds_data(given))
            return xstrdup(given);
        diag(d, ENV_NO_DATA);
        return NULL;
    }
    n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        exe[n] = '\0';
        for (level = 0; level < 5 && up(exe); level++) {
            folder = xasprintf("%s/share/certpress", exe);
            if (holds_data(folder))
                return folder;
            free(folder);
            if (holds_data(exe))
                return xstrdup(exe);
        }
    }
    diag(d, ENV_NO_DATA);
    return NULL;
}
