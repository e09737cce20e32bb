/* Worker processes: forked, each doing one task after the other, and each replaceable. A worker that
 * dies or takes too long costs the task in its hand and nothing else.
 *
 * Workers are forked when the pool opens, from a process that has loaded what they need and little
 * else; one that was lost is forked anew when there is work for it. They ignore the interrupt of a
 * terminal, which is the parent's to answer, and die with the parent. */
#ifndef POOL_H
#define POOL_H

#include <sys/types.h>

#include "diag.h"
#include "strbuf.h"

struct pool;

struct pool_options {
    int workers;
    long seconds;   /* the most a task may take; 0: any time */
    long megabytes; /* the most memory a worker may allocate; 0: no limit */
    int keep_fd;    /* a file that stays open in the workers (a lock they hold with the parent); or -1 */
    /* Runs in the worker: does the task REQUEST and fills REPLY, which is empty. *STAGE is seen by the
     * parent: what the worker is at. */
    void (*work)(void *arg, const struct strbuf *request, struct strbuf *reply, volatile int *stage);
    void *arg;
};

/* *Keeps* WORK and ARG. Returns new, release with pool_close, or NULL after reporting. */
struct pool *pool_open(const struct pool_options *options, struct diag *d);

/* Ends the workers, at once when they are at work. */
void pool_close(struct pool *pool);

/* Whether a worker can take one more task: each has one in hand and one waiting. */
int pool_has_room(const struct pool *pool);
int pool_is_idle(const struct pool *pool);

/* Hands a task to the worker with the least to do. NUMBER is the caller's; REQUEST is emptied.
 * Returns 0, or -1 after reporting that no process can be made. */
int pool_send(struct pool *pool, long number, struct strbuf *request, struct diag *d);

struct pool_event {
    enum pool_outcome { POOL_DONE, POOL_DIED, POOL_ENDED, POOL_TIMED_OUT } outcome;
    long number;         /* of the task */
    int stage;           /* what the worker was at, when it was lost */
    int signal;          /* POOL_DIED: by which signal */
    struct strbuf reply; /* POOL_DONE */
};

/* Waits at most MILLISECONDS for something to happen to a task. Returns 1 with EVENT, whose reply is
 * new, or 0 when nothing happened or a signal came. */
int pool_wait(struct pool *pool, int milliseconds, struct pool_event *event);

/* Seconds by a clock that only goes forward. */
double pool_clock(void);

#endif
