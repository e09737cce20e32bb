#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"

#define SAVES (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE)

enum {
    QUIET = 60,      /* milliseconds without an event: the save is over */
    PATIENCE = 20,   /* of these, then it has to do */
    DEEPEST = 16,
};

/* A folder that is watched. */
struct place {
    int wd;
    char *path;
    int whole;                 /* every file of it counts; else those of NAMES */
    const char *const *skip;
    char **names;
    size_t names_n, names_cap;
};

struct watch {
    int events, signals;
    sigset_t before;
    char *product;             /* its name */
    struct place *places;
    size_t places_n, places_cap;
};

/* The folder that PATH lies in; new. *NAME: the rest. */
static char *folder_of(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');

    *name = slash ? slash + 1 : path;
    return slash ? xstrndup(path, slash == path ? 1 : (size_t)(slash - path)) : xstrdup(".");
}

struct watch *watch_open(const char *product, struct diag *d)
{
    struct watch *w = xcalloc(1, sizeof *w);
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, &w->before);
    w->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (product) {
        const char *name;

        free(folder_of(product, &name));
        w->product = xstrdup(name);
    }
    if (w->events < 0 || w->signals < 0) {
        diag(d, ENV_CANNOT_WATCH, "files", strerror(errno));
        watch_close(w);
        return NULL;
    }
    return w;
}

void watch_close(struct watch *w)
{
    size_t i, k;

    if (!w)
        return;
    if (w->events >= 0)
        close(w->events);
    if (w->signals >= 0)
        close(w->signals);
    sigprocmask(SIG_SETMASK, &w->before, NULL);
    for (i = 0; i < w->places_n; i++) {
        for (k = 0; k < w->places[i].names_n; k++)
            free(w->places[i].names[k]);
        free(w->places[i].names);
        free(w->places[i].path);
    }
    free(w->places);
    free(w->product);
    free(w);
}

/* The place of the folder PATH, which is watched from now on; NULL after reporting. */
static struct place *place_at(struct watch *w, const char *path, struct diag *d)
{
    int wd = inotify_add_watch(w->events, path, SAVES | IN_ONLYDIR);
    struct place *place;
    size_t i;

    if (wd < 0) {
        diag(d, ENV_CANNOT_WATCH, path, strerror(errno));
        return NULL;
    }
    for (i = 0; i < w->places_n; i++)
        if (w->places[i].wd == wd)
            return &w->places[i];
    ALLOC_GROW(w->places, w->places_n, w->places_cap);
    place = &w->places[w->places_n++];
    memset(place, 0, sizeof *place);
    place->wd = wd;
    place->path = xstrdup(path);
    return place;
}

int watch_file(struct watch *w, const char *path, struct diag *d)
{
    const char *name;
    char *folder = folder_of(path, &name);
    struct place *place = place_at(w, folder, d);
    size_t i;

    free(folder);
    if (!place)
        return -1;
    for (i = 0; i < place->names_n; i++)
        if (!strcmp(place->names[i], name))
            return 0;
    ALLOC_GROW(place->names, place->names_n, place->names_cap);
    place->names[place->names_n++] = xstrdup(name);
    return 0;
}

static int is_listed(const char *const *list, const char *name)
{
    for (; list && *list; list++)
        if (!strcmp(*list, name))
            return 1;
    return 0;
}

static int add_folder(struct watch *w, const char *path, const char *const *skip, int depth,
                      struct diag *d)
{
    struct place *place = place_at(w, path, d);
    const struct dirent *e;
    DIR *dir;
    int result = 0;

    if (!place)
        return -1;
    place->whole = 1;
    place->skip = skip;
    dir = depth < DEEPEST ? opendir(path) : NULL;
    while (dir && (e = readdir(dir))) {
        char *child;
        struct stat st;

        if (*e->d_name == '.' || is_listed(skip, e->d_name))
            continue;
        child = xasprintf("%s/%s", path, e->d_name);
        if (!lstat(child, &st) && S_ISDIR(st.st_mode))
            result |= add_folder(w, child, skip, depth + 1, d);
        free(child);
    }
    if (dir)
        closedir(dir);
    return result;
}

int watch_folder(struct watch *w, const char *path, const char *const *skip, struct diag *d)
{
    return add_folder(w, path, skip, 0, d);
}

/* The product, or the temporary that becomes it. */
static int is_product(const struct watch *w, const char *name)
{
    return w->product && !strncmp(name, w->product, strlen(w->product));
}

static int is_counted(struct watch *w, const struct inotify_event *e)
{
    const struct place *place = NULL;
    size_t i, n = e->len ? strlen(e->name) : 0;

    if (e->mask & IN_Q_OVERFLOW)
        return 1;
    for (i = 0; i < w->places_n && !place; i++)
        if (w->places[i].wd == e->wd)
            place = &w->places[i];
    if (!place || !n)
        return 0;
    for (i = 0; i < place->names_n; i++)
        if (!strcmp(place->names[i], e->name))
            return !(e->mask & IN_CREATE);
    if (!place->whole || is_product(w, e->name) || *e->name == '.' || e->name[n - 1] == '~')
        return 0;
    if (e->mask & IN_ISDIR) {
        /* What lies in a new folder is watched too. */
        if (e->mask & (IN_CREATE | IN_MOVED_TO) && !is_listed(place->skip, e->name)) {
            char *path = xasprintf("%s/%s", place->path, e->name);
            struct diag silent = { 0 };

            add_folder(w, path, place->skip, 1, &silent);
            free(path);
        }
        return !is_listed(place->skip, e->name);
    }
    return !(e->mask & IN_CREATE);
}

/* Reads all events that are there; returns not 0 when one of them counts. */
static int read_events(struct watch *w)
{
    char buffer[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
    int counted = 0;
    ssize_t n;

    while ((n = read(w->events, buffer, sizeof buffer)) > 0) {
        const char *at = buffer;

        while (at < buffer + n) {
            const struct inotify_event *e = (const void *)at;

            counted |= is_counted(w, e);
            at += sizeof *e + e->len;
        }
    }
    return counted;
}

int watch_wait(struct watch *w)
{
    struct pollfd fds[2] = { { w->signals, POLLIN, 0 }, { w->events, POLLIN, 0 } };
    struct signalfd_siginfo taken;
    int changed = 0, rounds = 0;

    for (;;) {
        int n = poll(fds, 2, changed ? QUIET : -1);

        if (n < 0 && errno != EINTR)
            return 0;
        /* Taken, the signal does not end the program when it is let through again. */
        if (n > 0 && fds[0].revents && read(w->signals, &taken, sizeof taken) > 0)
            return 0;
        if (n > 0)
            changed |= read_events(w);
        if (changed && (n == 0 || ++rounds > PATIENCE))
            return 1;
    }
}
