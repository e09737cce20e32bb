#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "messages.h"

/* An address sanitizer's own memory is beyond any limit. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMITED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LIMITED 0
#endif
#endif
#ifndef LIMITED
#define LIMITED 1
#endif

enum { IN_HAND = 2 };

struct task {
    long number;
    struct strbuf request; /* kept until it is answered: a worker that is lost may not have begun it */
};

struct worker {
    pid_t pid;       /* 0: none */
    int fd;
    volatile int *stage;
    struct task tasks[IN_HAND]; /* the first is in its hand */
    int n;
    struct strbuf out; /* to be written to it */
    size_t written;
    struct strbuf in;  /* read from it: a length and that many bytes */
    double began;      /* the task in hand */
    int timed_out;     /* killed for it */
    int spared;        /* killed, and the answer came after all */
};

struct pool {
    struct pool_options options;
    struct worker *workers;
    int *stages; /* shared with the workers */
};

double pool_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- in the worker ----------------------------------------------------------------------------- */

static int transfer(int fd, char *bytes, size_t n, int writing)
{
    while (n) {
        ssize_t done = writing ? send(fd, bytes, n, MSG_NOSIGNAL) : read(fd, bytes, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return -1;
        bytes += done;
        n -= (size_t)done;
    }
    return 0;
}

static void serve(const struct pool *pool, int fd, volatile int *stage)
{
    struct strbuf request = STRBUF_INIT, reply = STRBUF_INIT;
    uint64_t len;

    while (!transfer(fd, (char *)&len, sizeof len, 0)) {
        strbuf_clear(&request);
        strbuf_grow(&request, len);
        if (transfer(fd, request.buf, len, 0))
            break;
        request.len = len;
        request.buf[len] = '\0';
        strbuf_clear(&reply);
        pool->options.work(pool->options.arg, &request, &reply, stage);
        *stage = 0;
        len = reply.len;
        if (transfer(fd, (char *)&len, sizeof len, 1) || transfer(fd, reply.buf, len, 1))
            break;
    }
    strbuf_release(&request);
    strbuf_release(&reply);
}

/* No file of the parent stays open: an exit in a library would move its position. */
static void close_files(int fd, int keep)
{
    int low = fd < keep ? fd : keep, high = fd < keep ? keep : fd;

    if (low > 3)
        close_range(3, (unsigned)low - 1, 0);
    else if (low < 0 && high > 3)
        close_range(3, (unsigned)high - 1, 0);
    if (low >= 0 && high > low + 1)
        close_range((unsigned)low + 1, (unsigned)high - 1, 0);
    close_range((unsigned)high + 1, ~0U, 0);
}

static void be_worker(const struct pool *pool, int fd, volatile int *stage, pid_t parent)
{
    rlim_t bytes = (rlim_t)pool->options.megabytes << 20;
    struct rlimit limit = { bytes, bytes }, none = { 0, 0 };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(2);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    close_files(fd, pool->options.keep_fd);
    setrlimit(RLIMIT_CORE, &none);
    if (LIMITED && bytes)
        setrlimit(RLIMIT_DATA, &limit);
    serve(pool, fd, stage);
    _exit(0);
}

/* ---- in the parent ----------------------------------------------------------------------------- */

static int start(struct pool *pool, struct worker *w, struct diag *d)
{
    pid_t parent = getpid(), pid;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return diag(d, PRESS_NO_WORKER, strerror(errno));
    /* What is buffered would be written by both. */
    fflush(NULL);
    *w->stage = 0;
    pid = fork();
    if (pid < 0) {
        diag(d, PRESS_NO_WORKER, strerror(errno));
        close(pair[0]);
        close(pair[1]);
        return -1;
    }
    if (!pid)
        be_worker(pool, pair[1], w->stage, parent);
    close(pair[1]);
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    w->pid = pid;
    w->fd = pair[0];
    w->timed_out = w->spared = 0;
    w->written = 0;
    strbuf_clear(&w->out);
    strbuf_clear(&w->in);
    return 0;
}

struct pool *pool_open(const struct pool_options *options, struct diag *d)
{
    struct pool *pool = xcalloc(1, sizeof *pool);
    size_t n = (size_t)options->workers, i;
    void *shared = mmap(NULL, n * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                        -1, 0);

    if (shared == MAP_FAILED) {
        diag(d, PRESS_NO_WORKER, strerror(errno));
        free(pool);
        return NULL;
    }
    pool->options = *options;
    pool->stages = shared;
    pool->workers = xcalloc(n, sizeof *pool->workers);
    for (i = 0; i < n; i++) {
        struct worker *w = &pool->workers[i];
        int t;

        w->stage = &pool->stages[i];
        strbuf_init(&w->out);
        strbuf_init(&w->in);
        for (t = 0; t < IN_HAND; t++)
            strbuf_init(&w->tasks[t].request);
    }
    for (i = 0; i < n; i++)
        if (start(pool, &pool->workers[i], d)) {
            pool_close(pool);
            return NULL;
        }
    return pool;
}

static int reap(struct worker *w)
{
    int status = 0;

    close(w->fd);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    return status;
}

void pool_close(struct pool *pool)
{
    int i, t;

    if (!pool)
        return;
    for (i = 0; i < pool->options.workers; i++) {
        struct worker *w = &pool->workers[i];

        if (w->pid && w->n)
            kill(w->pid, SIGKILL);
        if (w->pid)
            reap(w);
        strbuf_release(&w->out);
        strbuf_release(&w->in);
        for (t = 0; t < IN_HAND; t++)
            strbuf_release(&w->tasks[t].request);
    }
    munmap(pool->stages, (size_t)pool->options.workers * sizeof(int));
    free(pool->workers);
    free(pool);
}

static struct worker *least_busy(const struct pool *pool)
{
    struct worker *least = &pool->workers[0];
    int i;

    for (i = 1; i < pool->options.workers; i++)
        if (pool->workers[i].n < least->n)
            least = &pool->workers[i];
    return least;
}

int pool_has_room(const struct pool *pool)
{
    return least_busy(pool)->n < IN_HAND;
}

int pool_is_idle(const struct pool *pool)
{
    int i;

    for (i = 0; i < pool->options.workers; i++)
        if (pool->workers[i].n)
            return 0;
    return 1;
}

/* What can be written without waiting. A worker that is gone is noticed when it is read from. */
static void flush_to(struct worker *w)
{
    while (w->written < w->out.len) {
        ssize_t n = send(w->fd, w->out.buf + w->written, w->out.len - w->written, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        w->written += (size_t)n;
    }
    if (w->written == w->out.len) {
        strbuf_clear(&w->out);
        w->written = 0;
    }
}

static void say(struct worker *w, const struct strbuf *request)
{
    uint64_t len = request->len;

    strbuf_add(&w->out, &len, sizeof len);
    strbuf_add(&w->out, request->buf, request->len);
    flush_to(w);
}

int pool_send(struct pool *pool, long number, struct strbuf *request, struct diag *d)
{
    struct worker *w = least_busy(pool);
    struct task *task;

    if (!w->pid && start(pool, w, d))
        return -1;
    task = &w->tasks[w->n];
    task->number = number;
    strbuf_clear(&task->request);
    strbuf_add(&task->request, request->buf, request->len);
    strbuf_clear(request);
    if (!w->n++)
        w->began = pool_clock();
    say(w, &task->request);
    return 0;
}

static void drop_first_task(struct worker *w)
{
    struct task first = w->tasks[0];
    int i;

    for (i = 1; i < w->n; i++)
        w->tasks[i - 1] = w->tasks[i];
    w->n--;
    w->tasks[w->n] = first;
    w->began = pool_clock();
}

/* Takes a whole reply out of what was read. */
static int take_reply(struct worker *w, struct pool_event *event)
{
    uint64_t len;
    size_t rest;

    if (w->in.len < sizeof len)
        return 0;
    memcpy(&len, w->in.buf, sizeof len);
    if (w->in.len - sizeof len < len)
        return 0;
    event->outcome = POOL_DONE;
    event->number = w->tasks[0].number;
    strbuf_add(&event->reply, w->in.buf + sizeof len, len);
    rest = w->in.len - sizeof len - len;
    memmove(w->in.buf, w->in.buf + sizeof len + len, rest);
    w->in.len = rest;
    w->in.buf[rest] = '\0';
    drop_first_task(w);
    w->spared = w->timed_out;
    return 1;
}

/* A worker is gone. Its task in hand is lost; those that waited go to another in its place. Returns 1
 * with EVENT when there was one in hand. */
static int lose(struct pool *pool, struct worker *w, struct pool_event *event)
{
    int status = reap(w), is_lost = w->n && !w->spared, i;
    struct diag silent = { 0 };

    if (is_lost) {
        event->number = w->tasks[0].number;
        event->stage = *w->stage;
        event->outcome = w->timed_out ? POOL_TIMED_OUT : WIFSIGNALED(status) ? POOL_DIED : POOL_ENDED;
        event->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        drop_first_task(w);
    }
    if (w->n && !start(pool, w, &silent))
        for (i = 0; i < w->n; i++)
            say(w, &w->tasks[i].request);
    return is_lost;
}

/* Returns -1 when the worker is gone. */
static int read_from(struct worker *w)
{
    ssize_t n;

    do {
        strbuf_grow(&w->in, 65536);
        n = read(w->fd, w->in.buf + w->in.len, 65536);
        if (n > 0) {
            w->in.len += (size_t)n;
            w->in.buf[w->in.len] = '\0';
        }
    } while (n == 65536 || (n < 0 && errno == EINTR));
    return n > 0 || (n < 0 && errno == EAGAIN) ? 0 : -1;
}

static int serve_worker(struct pool *pool, struct worker *w, short events, struct pool_event *event)
{
    if (events & POLLOUT)
        flush_to(w);
    if (!(events & (POLLIN | POLLHUP | POLLERR)))
        return 0;
    /* What it had answered before it was lost still counts. */
    if (!read_from(w))
        return take_reply(w, event);
    return take_reply(w, event) || lose(pool, w, event);
}

/* Kills who is at one task for too long. */
static void watch_time(struct pool *pool)
{
    double now = pool_clock();
    int i;

    for (i = 0; i < pool->options.workers; i++) {
        struct worker *w = &pool->workers[i];

        if (pool->options.seconds && w->pid && w->n && !w->timed_out &&
            now - w->began > (double)pool->options.seconds) {
            w->timed_out = 1;
            kill(w->pid, SIGKILL);
        }
    }
}

/* A task whose worker could not be replaced is lost with it. */
static int orphaned(struct pool *pool, struct pool_event *event)
{
    int i;

    for (i = 0; i < pool->options.workers; i++) {
        struct worker *w = &pool->workers[i];

        if (w->pid || !w->n)
            continue;
        event->outcome = POOL_ENDED;
        event->number = w->tasks[0].number;
        drop_first_task(w);
        return 1;
    }
    return 0;
}

int pool_wait(struct pool *pool, int milliseconds, struct pool_event *event)
{
    struct pollfd *fds = xcalloc((size_t)pool->options.workers, sizeof *fds);
    int i, found = 0;

    memset(event, 0, sizeof *event);
    strbuf_init(&event->reply);
    for (i = 0; i < pool->options.workers && !found; i++)
        found = pool->workers[i].pid && take_reply(&pool->workers[i], event);
    if (!found)
        found = orphaned(pool, event);
    if (!found) {
        watch_time(pool);
        for (i = 0; i < pool->options.workers; i++) {
            fds[i].fd = pool->workers[i].pid ? pool->workers[i].fd : -1;
            fds[i].events = (short)(POLLIN | (pool->workers[i].out.len ? POLLOUT : 0));
        }
        if (poll(fds, (nfds_t)pool->options.workers, milliseconds) > 0)
            for (i = 0; i < pool->options.workers && !found; i++)
                if (fds[i].revents)
                    found = serve_worker(pool, &pool->workers[i], fds[i].revents, event);
    }
    free(fds);
    return found;
}
