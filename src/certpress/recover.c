#include "recover.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "messages.h"
#include "paths.h"
#include "select.h"

static int recover_one(const struct job *job, const struct ledger *ledger, const char *name,
                       struct diag *d)
{
    char *temporary = paths_temporary(job, name), *path = paths_document(job, name);
    struct ledger_entry known;
    char hex[65];
    int result = 0;

    if (ledger_find(ledger, name, &known, d)) {
        result = -1;
    } else if (known.state && !paths_hash(temporary, hex) && !strcmp(hex, known.file)) {
        result = paths_deliver(job, name, d);
        if (!result)
            diag(d, PRESS_RECOVERED, path);
    } else if (unlink(temporary)) {
        result = diag(d, ENV_CANNOT_WRITE, temporary, strerror(errno));
    }
    free(temporary);
    free(path);
    return result;
}

int recover(const struct job *job, const struct print_options *options,
            const struct ledger *ledger, struct diag *d)
{
    char *folder = paths_out(job);
    DIR *dir = opendir(folder);
    const struct dirent *e;
    int result = 0;

    if (!dir)
        result = diag(d, ENV_CANNOT_READ, folder, strerror(errno));
    while (dir && !result && (e = readdir(dir))) {
        char *name = paths_name_of_temporary(e->d_name);

        if (name && select_in_shard(options, name))
            result = recover_one(job, ledger, name, d);
        free(name);
    }
    if (dir)
        closedir(dir);
    free(folder);
    return result;
}
