/* The ledger of a job: which documents were printed, from what, and when. A text file, one line a
 * document, in the order of printing:
 *
 *     2026-11-22T08:15:30Z issued XX-EXA-0428 record=… cert=… data=… file=… date=… seal=…
 *
 * Lines are only ever added and reach the disk before a document gets its name, so that a document
 * that bears its name is in the ledger, and one in the ledger can be brought to its name. The last
 * line of a name counts. */
#ifndef LEDGER_H
#define LEDGER_H

#include <time.h>

#include "diag.h"

enum ledger_state {
    LEDGER_NONE,
    LEDGER_PRINTED, /* a draft or an unsealed document: may be printed anew */
    LEDGER_ISSUED,  /* sealed: stays */
};

struct ledger_entry {
    enum ledger_state state;
    time_t at;       /* by the clock */
    time_t date;     /* that the document bears */
    char record[65]; /* SHA-256 in hexadecimal: the record and the files it names, */
    char cert[65];   /* the certificate as it is embedded, */
    char data[65];   /* stylesheets, templates, fonts and profile, */
    char file[65];   /* the document, */
    char seal[65];   /* the certificate of the seal; "-": none */
};

struct ledger;

enum ledger_access {
    LEDGER_LOOK,  /* read; neither made nor locked */
    LEDGER_SHARE, /* read by several runs at a time, while none writes; made when it is not there */
    LEDGER_WRITE, /* read and added to by one run at a time; made when it is not there */
};

/* Opens PATH, which need not exist. A run that has it open against us is waited for briefly, then this
 * one is refused. What was not written to its end when a run was cut off is cut away by the next that
 * writes. Returns new, release with ledger_close, or NULL after reporting. */
struct ledger *ledger_open(const char *path, enum ledger_access access, struct diag *d);
void ledger_close(struct ledger *l);

/* Its file descriptor, which holds the lock; -1: none. */
int ledger_fd(const struct ledger *l);

/* Reads what stands in it. Memory: some 60 bytes a document. Returns 0, or -1 after reporting a line
 * that is none. */
int ledger_load(struct ledger *l, struct diag *d);

/* The last line of NAME; ENTRY->state LEDGER_NONE when there is none. Returns 0, or -1 after
 * reporting that it cannot be read. */
int ledger_find(const struct ledger *l, const char *name, struct ledger_entry *entry, struct diag *d);

/* When the last line was written; 0: there is none. */
time_t ledger_latest(const struct ledger *l);

/* Notes one more document, to be written by ledger_commit. */
void ledger_add(struct ledger *l, const char *name, const struct ledger_entry *entry);

/* Writes and syncs what was added. Returns 0, or -1 after reporting, with the ledger as it was
 * before. */
int ledger_commit(struct ledger *l, struct diag *d);

#endif
