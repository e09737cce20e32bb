/* The list of a job: every certificate and its state, made without a worker or a seal. */
#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "common_messages.h"
#include "csv2rec/csv2rec.h"
#include "datahash.h"
#include "docname.h"
#include "job.h"
#include "ledger.h"
#include "press.h"
#include "sha256.h"
#include "task.h"
#include "wire.h"
#include "xmlx.h"

struct list {
    const struct print_options *options;
    struct job *job;
    struct ledger *ledger;
    struct task_setup setup;
    struct sha256 certificates; /* of all fingerprints: what the cross-reference is printed from */
    int is_incomplete;          /* a certificate cannot be made */
    struct diag *d;
};

static const char *state_word(const struct task_reply *reply, const struct ledger_entry *known)
{
    if (reply->outcome == TASK_PRINTED)
        return known->state ? "changed" : "not printed";
    if (reply->outcome == TASK_REFUSED)
        return reply->why;
    return reply->outcome == TASK_FOUND || known->state == LEDGER_ISSUED ? "issued" : "printed";
}

static void list_one(const struct list *list, const char *name, const char *reference,
                     const char *state)
{
    if (list->options->names)
        printf("%s\n", name);
    else
        printf("%-36s %-30s %s\n", name, reference, state);
}

static void list_record(struct list *list, const xmlDoc *rec)
{
    const xmlNode *record = xmlx_first(xmlDocGetRootElement(rec), "record");
    char *reference = xmlx_child_text(record, "reference"), *issue = xmlx_child_text(record, "issue");
    char *name = docname(reference, strcmp(list->job->kind, "iecex") ? NULL : issue);
    struct task_request request = { .kind = TASK_RECORD, .is_wanted = 1 };
    struct strbuf bytes = STRBUF_INIT, sent = STRBUF_INIT, answer = STRBUF_INIT;
    struct task_reply reply;
    volatile int stage;

    xmlx_serialize(rec, 0, &bytes);
    request.bytes = bytes.buf;
    request.n = bytes.len;
    if (!ledger_find(list->ledger, name, &request.known, list->d)) {
        task_put_request(&sent, &request);
        task_work(&list->setup, &sent, &answer, &stage);
        task_get_reply(&answer, &reply);
        sha256_add(&list->certificates, reply.fingerprint, sizeof reply.fingerprint);
        if (reply.outcome == TASK_FAILED) {
            struct strbuf messages = STRBUF_INIT;

            list->is_incomplete = 1;
            strbuf_add(&messages, reply.messages.at,
                       (size_t)(reply.messages.end - reply.messages.at));
            wire_report(&messages, NULL, list->d);
            strbuf_release(&messages);
        } else {
            list_one(list, name, reference, state_word(&reply, &request.known));
        }
    }
    strbuf_release(&bytes);
    strbuf_release(&sent);
    strbuf_release(&answer);
    free(reference);
    free(issue);
    free(name);
}

static int open_list(struct list *list, const char *folder)
{
    const struct print_options *o = list->options;
    char *path;

    list->job = job_read(folder, list->d);
    if (!list->job)
        return -1;
    path = xasprintf("%s/ledger", list->job->folder);
    list->ledger = ledger_open(path, LEDGER_LOOK, list->d);
    free(path);
    sha256_init(&list->certificates);
    list->setup.job = list->job;
    list->setup.dry = 1;
    list->setup.warnings_are_errors = list->d->warnings_are_errors;
    if (!list->ledger || ledger_load(list->ledger, list->d) ||
        datahash(o->data, list->job, list->setup.data, list->d))
        return -1;
    list->setup.press = press_open(list->job, o->data, o->date, o->now,
                                   PRESS_CERTIFICATES, list->d);
    return list->setup.press ? 0 : -1;
}

/* The cross-reference is made of the certificates; see print.c. */
static void list_cross_reference(struct list *list)
{
    const char *reference = list->job->cross_reference, *state = "not printed";
    char *name = docname(reference, NULL), made_of[65];
    struct ledger_entry known;
    unsigned char digest[32];

    sha256_final(&list->certificates, digest);
    sha256_hex(digest, sizeof digest, made_of);
    if (!ledger_find(list->ledger, name, &known, list->d)) {
        if (list->is_incomplete)
            state = "waits for a faulty record";
        else if (known.state && strcmp(known.record, made_of))
            state = "changed";
        else if (known.state == LEDGER_PRINTED)
            state = strcmp(known.data, list->setup.data) ? "changed" : "printed";
        else if (known.state == LEDGER_ISSUED)
            state = "issued";
        list_one(list, name, reference, state);
    }
    free(name);
}

static void list_records(struct list *list)
{
    struct csv2rec_options options = { .kind = list->job->kind };
    struct csv2rec *reader = csv2rec_open(list->job->folder, &options, list->d);
    xmlDoc *rec = NULL;
    int got;

    if (!reader)
        return;
    while ((got = csv2rec_next(reader, &rec))) {
        if (got > 0)
            list_record(list, rec);
        else
            list->is_incomplete = 1;
        xmlFreeDoc(rec);
        rec = NULL;
    }
    csv2rec_close(reader);
    if (list->job->cross_reference)
        list_cross_reference(list);
}

int list_job(const char *folder, const struct print_options *options, struct diag *d)
{
    struct list list = { .options = options, .d = d };

    if (!open_list(&list, folder))
        list_records(&list);
    press_close(list.setup.press);
    ledger_close(list.ledger);
    job_free(list.job);
    if (fflush(stdout) || ferror(stdout))
        diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
    return diag_failed(d) ? -1 : 0;
}
