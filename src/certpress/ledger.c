#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "isodate.h"
#include "messages.h"
#include "namemap.h"
#include "strbuf.h"

enum { LINE_MAX_BYTES = 1024, WAIT_STEPS = 40, WAIT_STEP_US = 50000 };

static const char heading[] =
    "# certpress ledger 1: what was printed from what, one line a document; see certpress(1).\n"
    "# Lines are only added. Keep this file as long as the documents.\n";

struct ledger {
    char *path;
    int fd, is_writer;
    struct namemap names; /* name -> offset of its last line */
    long long size;       /* of the whole lines */
    time_t latest;
    struct strbuf added;
    struct added {
        char *name;
        long long offset; /* in ADDED */
        time_t at;
    } *list;
    size_t list_n, list_cap;
};

/* ---- opening ----------------------------------------------------------------------------------- */

/* A run that was killed leaves workers that take a moment to die. */
static int lock(int fd, enum ledger_access access)
{
    int i, how = access == LEDGER_WRITE ? LOCK_EX : LOCK_SH;

    for (i = 0; i < WAIT_STEPS; i++) {
        if (!flock(fd, how | LOCK_NB))
            return 0;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return -1;
        usleep(WAIT_STEP_US);
    }
    return -1;
}

struct ledger *ledger_open(const char *path, enum ledger_access access, struct diag *d)
{
    struct ledger *l = xcalloc(1, sizeof *l);

    l->path = xstrdup(path);
    l->is_writer = access == LEDGER_WRITE;
    strbuf_init(&l->added);
    namemap_init(&l->names);
    l->fd = access == LEDGER_LOOK
                ? open(path, O_RDONLY | O_CLOEXEC)
                : open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (l->fd < 0 && access == LEDGER_LOOK && errno == ENOENT)
        return l;
    if (l->fd < 0 && access == LEDGER_LOOK) {
        diag(d, ENV_CANNOT_READ, path, strerror(errno));
    } else if (l->fd < 0) {
        diag(d, ENV_CANNOT_WRITE, path, strerror(errno));
    } else if (access != LEDGER_LOOK && lock(l->fd, access)) {
        if (errno == EWOULDBLOCK)
            diag(d, PRESS_LOCKED, path);
        else
            diag(d, PRESS_NO_LOCK, path, strerror(errno));
    } else {
        return l;
    }
    ledger_close(l);
    return NULL;
}

static void forget_added(struct ledger *l)
{
    size_t i;

    for (i = 0; i < l->list_n; i++)
        free(l->list[i].name);
    l->list_n = 0;
    strbuf_clear(&l->added);
}

void ledger_close(struct ledger *l)
{
    if (!l)
        return;
    forget_added(l);
    free(l->list);
    strbuf_release(&l->added);
    namemap_release(&l->names);
    if (l->fd >= 0)
        close(l->fd);
    free(l->path);
    free(l);
}

int ledger_fd(const struct ledger *l)
{
    return l->fd;
}

time_t ledger_latest(const struct ledger *l)
{
    return l->latest;
}

/* ---- lines ------------------------------------------------------------------------------------- */

static const char *const state_words[] = { "none", "printed", "issued" };

/* The next word of a line, cut out of it; NULL at the end. */
static char *word(char **line)
{
    char *start = *line, *end;

    if (!start)
        return NULL;
    end = strchr(start, ' ');
    if (end)
        *end++ = '\0';
    *line = end;
    return *start ? start : NULL;
}

/* The value of the next word KEY=value; NULL when that is not the next. */
static const char *value(char **line, const char *key)
{
    char *w = word(line);
    size_t n = strlen(key);

    return w && !strncmp(w, key, n) && w[n] == '=' ? w + n + 1 : NULL;
}

static int take_hash(char **line, const char *key, char hex[65])
{
    const char *s = value(line, key);

    if (!s || (strcmp(s, "-") && (strlen(s) != 64 || strspn(s, "0123456789abcdef") != 64)))
        return -1;
    memcpy(hex, s, strlen(s) + 1);
    return 0;
}

/* Parses LINE, which is cut into pieces. Returns its name, borrowed from it, or NULL. */
static const char *parse(char *line, struct ledger_entry *e)
{
    const char *at = word(&line), *state = word(&line), *name = word(&line), *date;

    memset(e, 0, sizeof *e);
    if (!at || !state || !name || isodate_parse_moment(at, &e->at))
        return NULL;
    e->state = !strcmp(state, state_words[LEDGER_ISSUED])    ? LEDGER_ISSUED
               : !strcmp(state, state_words[LEDGER_PRINTED]) ? LEDGER_PRINTED
                                                             : LEDGER_NONE;
    if (!e->state || take_hash(&line, "record", e->record) || take_hash(&line, "cert", e->cert) ||
        take_hash(&line, "data", e->data) || take_hash(&line, "file", e->file) ||
        !(date = value(&line, "date")) || isodate_parse_moment(date, &e->date) ||
        take_hash(&line, "seal", e->seal))
        return NULL;
    return name;
}

static int bad_line(const struct ledger *l, long number, struct diag *d)
{
    struct diag_place place = { .file = l->path, .line = number };

    return diag_at(d, &place, PRESS_LEDGER_LINE);
}

/* Reads the lines of FILE. What follows the last line break was cut off while it was written. */
static int load_lines(struct ledger *l, FILE *file, struct diag *d)
{
    char line[LINE_MAX_BYTES];
    long number = 0;
    int result = 0;

    while (fgets(line, sizeof line, file)) {
        size_t len = strlen(line);
        struct ledger_entry e;
        const char *name;

        if (!len || line[len - 1] != '\n') {
            int c;

            /* Nothing, a NUL or half a line: the rest must be without a line break. */
            while ((c = getc(file)) != EOF && c != '\n')
                ;
            if (c == '\n')
                result = bad_line(l, number + 1, d);
            break;
        }
        number++;
        line[len - 1] = '\0';
        if (*line && *line != '#') {
            name = parse(line, &e);
            if (!name) {
                result = bad_line(l, number, d);
                break;
            }
            namemap_put(&l->names, name, l->size);
            l->latest = e.at;
        }
        l->size += (long long)len;
    }
    if (ferror(file))
        result = diag(d, ENV_CANNOT_READ, l->path, strerror(errno));
    return result;
}

/* Writes N bytes at the end and syncs; undoes it when that fails. */
static int append(struct ledger *l, const char *bytes, size_t n)
{
    size_t done = 0;
    int error = 0;

    while (done < n && !error) {
        ssize_t w = write(l->fd, bytes + done, n - done);

        if (w >= 0)
            done += (size_t)w;
        else if (errno != EINTR)
            error = errno;
    }
    if (!error && fsync(l->fd))
        error = errno;
    if (error) {
        if (ftruncate(l->fd, l->size))
            error = errno;
        errno = error;
        return -1;
    }
    l->size += (long long)n;
    return 0;
}

static int cut_torn_line(struct ledger *l, struct diag *d)
{
    struct stat st;

    if (fstat(l->fd, &st))
        return diag(d, ENV_CANNOT_READ, l->path, strerror(errno));
    if (st.st_size == l->size || !l->is_writer)
        return 0;
    diag(d, PRESS_LEDGER_TORN, l->path);
    if (ftruncate(l->fd, l->size) || fsync(l->fd))
        return diag(d, ENV_CANNOT_WRITE, l->path, strerror(errno));
    return 0;
}

int ledger_load(struct ledger *l, struct diag *d)
{
    FILE *file;
    int fd, result;

    if (l->fd < 0)
        return 0;
    fd = dup(l->fd);
    file = fd < 0 ? NULL : fdopen(fd, "r");
    if (!file) {
        diag(d, ENV_CANNOT_READ, l->path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    rewind(file);
    result = load_lines(l, file, d);
    fclose(file);
    if (!result)
        result = cut_torn_line(l, d);
    if (!result && !l->size && l->is_writer && append(l, heading, sizeof heading - 1))
        result = diag(d, ENV_CANNOT_WRITE, l->path, strerror(errno));
    return result;
}

int ledger_find(const struct ledger *l, const char *name, struct ledger_entry *entry, struct diag *d)
{
    char line[LINE_MAX_BYTES], *end;
    long long offset = namemap_get(&l->names, name);
    const char *found;
    ssize_t n;

    memset(entry, 0, sizeof *entry);
    if (offset < 0)
        return 0;
    n = pread(l->fd, line, sizeof line - 1, (off_t)offset);
    if (n < 0)
        return diag(d, ENV_CANNOT_READ, l->path, strerror(errno));
    line[n] = '\0';
    end = strchr(line, '\n');
    if (end)
        *end = '\0';
    found = end ? parse(line, entry) : NULL;
    if (!found || strcmp(found, name)) {
        memset(entry, 0, sizeof *entry);
        return diag(d, PRESS_LEDGER_CHANGED, l->path);
    }
    return 0;
}

/* ---- writing ----------------------------------------------------------------------------------- */

void ledger_add(struct ledger *l, const char *name, const struct ledger_entry *e)
{
    struct added *a;
    char at[21], date[21];

    ALLOC_GROW(l->list, l->list_n, l->list_cap);
    a = &l->list[l->list_n++];
    a->name = xstrdup(name);
    a->offset = (long long)l->added.len;
    a->at = e->at;
    isodate_print_moment(e->at, at);
    isodate_print_moment(e->date, date);
    strbuf_addf(&l->added, "%s %s %s record=%s cert=%s data=%s file=%s date=%s seal=%s\n", at,
                state_words[e->state], name, e->record, e->cert, e->data, e->file, date, e->seal);
}

int ledger_commit(struct ledger *l, struct diag *d)
{
    long long base = l->size;
    size_t i;

    if (!l->list_n)
        return 0;
    if (append(l, l->added.buf, l->added.len)) {
        diag(d, ENV_CANNOT_WRITE, l->path, strerror(errno));
        forget_added(l);
        return -1;
    }
    for (i = 0; i < l->list_n; i++) {
        namemap_put(&l->names, l->list[i].name, base + l->list[i].offset);
        l->latest = l->list[i].at;
    }
    forget_added(l);
    return 0;
}
