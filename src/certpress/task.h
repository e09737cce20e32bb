/* One document of a job, from its record to the finished temporary: what a worker does. */
#ifndef TASK_H
#define TASK_H

#include "job.h"
#include "ledger.h"
#include "press.h"
#include "strbuf.h"
#include "wire.h"

enum task_kind {
    TASK_RECORD,      /* the bytes are a record: rec.xml(5) */
    TASK_CERTIFICATE, /* the bytes are a finished certificate that no record stands for */
};

enum task_outcome {
    TASK_PRINTED,   /* in the temporary (or would be: dry) */
    TASK_UNCHANGED, /* is printed already */
    TASK_FOUND,     /* is issued already, but the ledger does not know */
    TASK_REFUSED,   /* is issued, and something else should take its name */
    TASK_FAILED,    /* reported */
    TASK_SKIPPED,   /* not wanted */
};

/* What does not change between the documents of a run. */
struct task_setup {
    const struct job *job;
    struct press *press;
    char data[65];  /* datahash() */
    time_t date, now;
    double began;   /* pool_clock() when it was NOW; 0: the clock stands still */
    int again;      /* print drafts that are unchanged, and issued documents that were lost */
    int dry;        /* write nothing */
    int warnings_are_errors;
};

struct task_request {
    enum task_kind kind;
    int is_wanted;             /* 0: the certificate is made, and nothing of it */
    int wants_certificate;     /* send it back */
    int replaces;              /* may take the place of an issued document, which is kept */
    struct ledger_entry known; /* what the ledger says of its name */
    char record[65];           /* TASK_CERTIFICATE: the hash that stands for its record */
    const char *bytes;
    size_t n;
};

struct task_reply {
    enum task_outcome outcome;
    const char *why;            /* a phrase, or NULL */
    const char *name;           /* NULL: unknown */
    struct ledger_entry entry;  /* PRINTED, FOUND: for the ledger; UNCHANGED: what it says already */
    char fingerprint[65];       /* of the certificate, "" when there is none */
    double seconds;
    const char *certificate;    /* or NULL */
    size_t certificate_n;
    struct wire messages;
};

void task_put_request(struct strbuf *out, const struct task_request *request);

/* REPLY's strings are borrowed from BYTES. */
void task_get_reply(const struct strbuf *bytes, struct task_reply *reply);

/* The pool's function; SETUP is a struct task_setup. *STAGE is an enum press_stage. */
void task_work(void *setup, const struct strbuf *request, struct strbuf *reply, volatile int *stage);

#endif
