/* How far a batch is, for a person who waits: a bar on a terminal, else a line each so many seconds,
 * on standard error. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdio.h>

/* What became of the documents so far. */
struct tally {
    long printed, unchanged, refused, failed;
};

struct progress {
    FILE *out;         /* NULL: say nothing */
    int is_terminal;
    double interval;   /* seconds between two lines */
    double began, said;
    long total;        /* 0: not known */
    int bar_stands;
};

/* INTERVAL in seconds; 0: nothing is said. NOW is pool_clock(). */
void progress_begin(struct progress *p, FILE *out, long interval, double now);

/* Says how far it is, when it is time to. DONE counts all documents that are finished. */
void progress_tell(struct progress *p, const struct tally *tally, long done, double now);

/* Takes the bar away, before something else is written. */
void progress_clear(struct progress *p);

/* "42 s", "7 min 03 s", "2 h 05 min" into S. */
void progress_duration(double seconds, char s[32]);

#endif
