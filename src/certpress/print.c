#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "cert2xref/cert2xref.h"
#include "common_messages.h"
#include "csv2rec/csv2rec.h"
#include "datahash.h"
#include "docname.h"
#include "isodate.h"
#include "job.h"
#include "ledger.h"
#include "messages.h"
#include "paths.h"
#include "pool.h"
#include "press.h"
#include "progress.h"
#include "prov.h"
#include "recover.h"
#include "results.h"
#include "select.h"
#include "sha256.h"
#include "task.h"
#include "unprinted.h"
#include "wire.h"
#include "xmlx.h"
#include "xreftables.h"

/* Documents between the record read last and the one delivered last: they are delivered in the order
 * of the records, so that everything a run writes is the same with any number of workers. */
enum { WINDOW = 512, GROUP = 32, TICK_MS = 100 };

/* The longest that a finished document waits for others, to be synced with them. */
static const double group_wait = 0.25;

/* A little less time than this is no clock set back. */
enum { CLOCK_TOLERANCE = 300 };

/* A document on its way, from its record to its delivery. */
struct slot {
    int is_done;
    int is_faulty;              /* by what the reader said: it may not be printed */
    long row;
    char *name, *file;          /* NULL: unknown; where the record names it: */
    char *field;
    struct diag_place place;
    struct strbuf messages;     /* wire.h */
    enum task_outcome outcome;
    char *why;
    struct ledger_entry entry;
    char fingerprint[65];
    double seconds;
    struct strbuf certificate;
};

struct run {
    const struct print_options *options;
    struct diag *d;
    struct job *job;
    struct ledger *ledger;
    struct ledger *whole;       /* of the job, when this run prints a part of it and has its own; else NULL */
    struct selection selection;
    struct task_setup setup;
    struct pool *pool;
    struct csv2rec *reader;
    struct diag reader_diag;
    struct results *results;    /* NULL: dry */
    struct progress progress;
    struct tally tally;
    struct unprinted unprinted;
    struct cert2xref *xref;     /* NULL: the job has no cross-reference */
    struct sha256 xref_sum;     /* of the certificates in it */
    struct slot slots[WINDOW];  /* by number of the document, modulo */
    long head, tail;            /* delivered up to here; read up to here */
    struct slot *reading;       /* whom the reader's messages belong to */
    int out_fd;
    int at_end, is_stopped;
    double began, waiting_since; /* of the first document that is finished and not delivered */
};

/* The first interrupt lets the documents in hand be finished, the second one ends the program. */
static volatile sig_atomic_t interrupts;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupts = 1;
}

static void catch_interrupts(void)
{
    struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESETHAND | SA_RESTART };

    interrupts = 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static struct slot *slot_of(struct run *run, long number)
{
    return &run->slots[number % WINDOW];
}

/* ---- from the reader to the workers ------------------------------------------------------------ */

static void from_reader(void *arg, const struct diag_place *place, enum diag_level level,
                        const char *id, const char *text)
{
    struct run *run = arg;

    if (run->reading)
        wire_sink(&run->reading->messages, place, level, id, text);
    else
        diag_at(run->d, place, id, level, "%s", text);
}

static void slot_clear(struct slot *slot)
{
    free(slot->name);
    free(slot->file);
    free(slot->field);
    free(slot->why);
    strbuf_release(&slot->messages);
    strbuf_release(&slot->certificate);
}

static struct slot *slot_new(struct run *run)
{
    struct slot *slot = slot_of(run, run->tail);

    memset(slot, 0, sizeof *slot);
    strbuf_init(&slot->messages);
    strbuf_init(&slot->certificate);
    return slot;
}

static void slot_finish(struct run *run, struct slot *slot, enum task_outcome outcome)
{
    slot->is_done = 1;
    slot->outcome = outcome;
    if (run->waiting_since == 0)
        run->waiting_since = pool_clock();
}

static void set_place(struct slot *slot, const xmlNode *node)
{
    struct prov_space space;

    free(slot->file);
    free(slot->field);
    prov_place(node, &space, &slot->place);
    slot->file = slot->place.file ? xstrdup(slot->place.file) : NULL;
    slot->field = slot->place.field ? xstrdup(slot->place.field) : NULL;
    slot->place.file = slot->file;
    slot->place.field = slot->field;
    slot->row = slot->place.row;
}

/* The row of a record that could not be read: what its messages say. */
static long row_of_messages(const struct strbuf *messages)
{
    struct wire w = { messages->buf, messages->buf + messages->len };
    struct wire_message m;

    while (wire_message(&w, &m))
        if (m.place.row)
            return m.place.row;
    return 0;
}

/* What is known of NAME. A part does not issue: what the whole job's ledger calls issued stays so. */
static int find_known(const struct run *run, const char *name, struct ledger_entry *known)
{
    struct ledger_entry own;

    memset(known, 0, sizeof *known);
    if ((run->whole && ledger_find(run->whole, name, known, run->d)) ||
        ledger_find(run->ledger, name, &own, run->d))
        return -1;
    if (own.state && known->state != LEDGER_ISSUED)
        *known = own;
    return 0;
}

static void send_task(struct run *run, struct slot *slot, struct task_request *request)
{
    struct strbuf bytes = STRBUF_INIT;
    int result = 0;

    if (slot->name)
        result = find_known(run, slot->name, &request->known);
    if (!result) {
        task_put_request(&bytes, request);
        result = pool_send(run->pool, run->tail, &bytes, run->d);
        strbuf_release(&bytes);
    }
    if (result) {
        run->is_stopped = 1;
        slot_clear(slot);
    } else {
        run->tail++;
    }
}

/* Hands a record to a worker, unless nobody asks for it. */
static void take_record(struct run *run, struct slot *slot, const xmlDoc *rec)
{
    const xmlNode *record = xmlx_first(xmlDocGetRootElement(rec), "record");
    char *reference = xmlx_child_text(record, "reference"), *issue = xmlx_child_text(record, "issue");
    char *date = xmlx_child_text(record, "issue-date");
    struct task_request request = { .kind = TASK_RECORD, .wants_certificate = run->xref != NULL };
    struct strbuf bytes = STRBUF_INIT;
    int is_wanted;

    if (*reference)
        slot->name = docname(reference, strcmp(run->job->kind, "iecex") ? NULL : issue);
    set_place(slot, xmlx_first(record, "reference"));
    if (!slot->row)
        set_place(slot, record);
    is_wanted = select_wants(&run->selection, slot->name, reference, run->job->kind, date) &&
                select_in_shard(run->options, slot->name ? slot->name : "");
    if (is_wanted || run->xref) {
        request.is_wanted = is_wanted && !slot->is_faulty;
        xmlx_serialize(rec, 0, &bytes);
        request.bytes = bytes.buf;
        request.n = bytes.len;
        send_task(run, slot, &request);
    } else {
        slot_clear(slot);
    }
    strbuf_release(&bytes);
    free(reference);
    free(issue);
    free(date);
}

static void read_record(struct run *run)
{
    struct slot *slot = slot_new(run);
    long before = diag_faults(&run->reader_diag);
    xmlDoc *rec = NULL;
    int got;

    run->reading = slot;
    got = csv2rec_next(run->reader, &rec);
    run->reading = NULL;
    slot->is_faulty = got < 0 || diag_faults(&run->reader_diag) != before;
    if (!got) {
        run->at_end = 1;
        wire_report(&slot->messages, NULL, run->d);
        slot_clear(slot);
    } else if (rec) {
        take_record(run, slot, rec);
    } else {
        slot->row = row_of_messages(&slot->messages);
        slot_finish(run, slot, TASK_FAILED);
        run->tail++;
    }
    xmlFreeDoc(rec);
}

/* ---- from the workers -------------------------------------------------------------------------- */

static char *dup_or_null(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

static const char *id_of(const char *id, enum diag_level level, const char *format)
{
    (void)level;
    (void)format;
    return id;
}

/* A place that cannot be written to will not take the next document either. */
static int cannot_write(const struct slot *slot)
{
    struct wire w = { slot->messages.buf, slot->messages.buf + slot->messages.len };
    struct wire_message m;

    while (wire_message(&w, &m))
        if (!strcmp(m.id, id_of(ENV_CANNOT_WRITE)))
            return 1;
    return 0;
}

static void take_reply(struct run *run, struct slot *slot, const struct strbuf *bytes)
{
    struct task_reply reply;

    task_get_reply(bytes, &reply);
    if (reply.name && !slot->name)
        slot->name = xstrdup(reply.name);
    slot->why = dup_or_null(reply.why);
    slot->entry = reply.entry;
    slot->seconds = reply.seconds;
    memcpy(slot->fingerprint, reply.fingerprint, sizeof slot->fingerprint);
    if (reply.certificate)
        strbuf_add(&slot->certificate, reply.certificate, reply.certificate_n);
    strbuf_add(&slot->messages, reply.messages.at, (size_t)(reply.messages.end - reply.messages.at));
    slot_finish(run, slot, slot->is_faulty ? TASK_FAILED : reply.outcome);
    if (slot->outcome == TASK_FAILED && cannot_write(slot))
        run->is_stopped = 1;
}

static void take_loss(struct run *run, struct slot *slot, const struct pool_event *event)
{
    const char *stage = press_stage_names[event->stage];
    struct diag d = { .sink = wire_sink, .sink_arg = &slot->messages };

    if (event->outcome == POOL_TIMED_OUT)
        diag_at(&d, &slot->place, PRESS_TIMED_OUT, run->options->seconds, stage);
    else if (event->outcome == POOL_DIED)
        diag_at(&d, &slot->place, PRESS_DIED, event->signal, strsignal(event->signal), stage);
    else
        diag_at(&d, &slot->place, PRESS_ENDED, stage, run->options->megabytes);
    slot_finish(run, slot, TASK_FAILED);
}

static void wait_for_worker(struct run *run, int milliseconds)
{
    struct pool_event event;

    if (!pool_wait(run->pool, milliseconds, &event))
        return;
    if (event.outcome == POOL_DONE)
        take_reply(run, slot_of(run, event.number), &event.reply);
    else
        take_loss(run, slot_of(run, event.number), &event);
    strbuf_release(&event.reply);
}

/* ---- delivery ---------------------------------------------------------------------------------- */

static int is_written(const struct run *run, const struct slot *slot)
{
    return slot->outcome == TASK_PRINTED && !run->options->dry_run;
}

static int is_for_ledger(const struct run *run, const struct slot *slot)
{
    return is_written(run, slot) || (slot->outcome == TASK_FOUND && !run->options->dry_run);
}

static void withdraw(struct run *run, struct slot *slot)
{
    char *temporary = paths_temporary(run->job, slot->name);

    if (is_written(run, slot))
        unlink(temporary);
    free(temporary);
    slot->outcome = TASK_FAILED;
}

/* Syncs the temporaries of N documents, and then notes them in the ledger. Only after that may they be
 * given their names. When it fails none of them is printed, and the run stops. */
static void note_in_ledger(struct run *run, long n)
{
    long i, noted = 0;
    int failed = 0;

    for (i = run->head; i < run->head + n; i++)
        if (is_for_ledger(run, slot_of(run, i))) {
            ledger_add(run->ledger, slot_of(run, i)->name, &slot_of(run, i)->entry);
            noted++;
        }
    if (!noted)
        return;
    if (syncfs(run->out_fd)) {
        char *out = paths_out(run->job);

        failed = diag(run->d, ENV_CANNOT_WRITE, out, strerror(errno));
        free(out);
    }
    if (failed || ledger_commit(run->ledger, run->d)) {
        for (i = run->head; i < run->head + n; i++)
            if (is_for_ledger(run, slot_of(run, i)))
                withdraw(run, slot_of(run, i));
        run->is_stopped = 1;
    }
}

static void write_out(struct run *run, const struct strbuf *line)
{
    if (fwrite(line->buf, 1, line->len, stdout) == line->len && !fflush(stdout))
        return;
    if (!run->is_stopped)
        diag(run->d, ENV_CANNOT_WRITE, "standard output", strerror(errno));
    run->is_stopped = 1;
}

static const char *outcome_word(const struct run *run, enum task_outcome outcome)
{
    switch (outcome) {
    case TASK_PRINTED:
        return run->options->dry_run ? "would-be-printed" : "printed";
    case TASK_UNCHANGED:
    case TASK_FOUND:
        return "unchanged";
    case TASK_REFUSED:
        return "refused";
    case TASK_FAILED:
    case TASK_SKIPPED:
        break;
    }
    return "failed";
}

static void count(struct tally *tally, enum task_outcome outcome)
{
    if (outcome == TASK_PRINTED)
        tally->printed++;
    else if (outcome == TASK_UNCHANGED || outcome == TASK_FOUND)
        tally->unchanged++;
    else if (outcome == TASK_REFUSED)
        tally->refused++;
    else
        tally->failed++;
}

/* Tells what became of a document: in the table, on standard output, on standard error. */
static void tell(struct run *run, const struct slot *slot)
{
    int has_file = slot->outcome == TASK_PRINTED || slot->outcome == TASK_UNCHANGED ||
                   slot->outcome == TASK_FOUND;
    char *path = slot->name ? paths_document(run->job, slot->name) : NULL;
    struct strbuf line = STRBUF_INIT;
    struct result result = { slot->row, slot->name, outcome_word(run, slot->outcome), slot->why,
                             has_file && path ? path + strlen(run->job->folder) + 1 : NULL,
                             has_file ? slot->entry.file : NULL, slot->seconds, &slot->messages };

    progress_clear(&run->progress);
    wire_report(&slot->messages, slot->file ? &slot->place : NULL, run->d);
    if (run->results)
        results_add(run->results, &result);
    if (slot->outcome == TASK_FAILED || slot->outcome == TASK_REFUSED)
        unprinted_add(&run->unprinted, &result);
    if (run->options->json)
        results_json(&result, &line);
    else if (run->options->dry_run && slot->outcome == TASK_PRINTED)
        strbuf_addf(&line, "%s: %s\n", path, slot->why);
    else if (slot->outcome == TASK_PRINTED)
        strbuf_addf(&line, "%s\n", path);
    if (line.len)
        write_out(run, &line);
    strbuf_release(&line);
    free(path);
}

static void add_to_cross_reference(struct run *run, const struct slot *slot)
{
    xmlDoc *cert;

    if (!slot->certificate.len)
        return;
    cert = xmlx_parse(slot->certificate.buf, slot->certificate.len, run->job->folder, run->d);
    if (cert)
        cert2xref_add(run->xref, cert, run->d);
    xmlFreeDoc(cert);
    sha256_add(&run->xref_sum, slot->fingerprint, sizeof slot->fingerprint);
}

static void deliver(struct run *run, struct slot *slot)
{
    struct diag d = { .sink = wire_sink, .sink_arg = &slot->messages };

    if (is_written(run, slot) && paths_deliver(run->job, slot->name, &d)) {
        slot->outcome = TASK_FAILED;
        run->is_stopped = 1;
    }
    if (slot->outcome != TASK_SKIPPED) {
        count(&run->tally, slot->outcome);
        tell(run, slot);
    }
    if (run->xref)
        add_to_cross_reference(run, slot);
    slot_clear(slot);
}

/* Delivers the documents that are finished, as far as all before them are: in groups, because the disk
 * is waited for once a group. */
static void deliver_finished(struct run *run)
{
    long n = 0, i;

    while (run->head + n < run->tail && slot_of(run, run->head + n)->is_done)
        n++;
    if (!n || (n < GROUP && !pool_is_idle(run->pool) &&
               pool_clock() - run->waiting_since < group_wait))
        return;
    note_in_ledger(run, n);
    for (i = 0; i < n; i++)
        deliver(run, slot_of(run, run->head + i));
    run->head += n;
    run->waiting_since = run->head < run->tail ? pool_clock() : 0;
}

/* ---- a run ------------------------------------------------------------------------------------- */

static int may_read(const struct run *run)
{
    return !run->at_end && !run->is_stopped && !interrupts && run->tail - run->head < WINDOW;
}

static void finish_all(struct run *run)
{
    while (run->head < run->tail) {
        wait_for_worker(run, pool_is_idle(run->pool) ? 0 : TICK_MS);
        deliver_finished(run);
        progress_tell(&run->progress, &run->tally, run->head, pool_clock());
    }
}

static void print_records(struct run *run)
{
    while (may_read(run)) {
        while (may_read(run) && pool_has_room(run->pool))
            read_record(run);
        if (!pool_is_idle(run->pool))
            wait_for_worker(run, TICK_MS);
        deliver_finished(run);
        progress_tell(&run->progress, &run->tally, run->head, pool_clock());
        while (run->tail - run->head == WINDOW) {
            wait_for_worker(run, TICK_MS);
            deliver_finished(run);
        }
    }
    finish_all(run);
}

static void print_cross_reference(struct run *run)
{
    const char *name = run->job->cross_reference;
    char date[21];
    struct task_request request = { .kind = TASK_CERTIFICATE, .is_wanted = 1, .replaces = 1 };
    struct strbuf bytes = STRBUF_INIT;
    xmlDoc *xref = NULL;
    struct slot *slot;
    unsigned char digest[32];
    long printed = run->tally.printed;
    char *stem;

    isodate_print_moment(run->options->date, date);
    date[10] = '\0';
    if (!run->xref || run->is_stopped || interrupts ||
        !select_wants(&run->selection, name, name, "xref", date))
        return;
    if (run->tally.failed || run->tally.refused) {
        diag(run->d, PRESS_XREF_INCOMPLETE, name);
        return;
    }
    slot = slot_new(run);
    slot->name = docname(name, NULL);
    run->reading = slot;
    if (cert2xref_finish(run->xref, &xref, &run->reader_diag)) {
        slot_finish(run, slot, TASK_FAILED);
        run->tail++;
    } else {
        sha256_final(&run->xref_sum, digest);
        sha256_hex(digest, sizeof digest, request.record);
        xmlx_serialize(xref, 0, &bytes);
        request.bytes = bytes.buf;
        request.n = bytes.len;
        send_task(run, slot, &request);
        strbuf_release(&bytes);
    }
    run->reading = NULL;
    finish_all(run);
    /* The tables are of the document that lies beside them. */
    stem = docname(name, NULL);
    if (xref && run->tally.printed > printed && !run->options->dry_run)
        xreftables_write(run->job, stem, xref, run->d);
    free(stem);
    xmlFreeDoc(xref);
}

/* A clock that was set back would give seals a time before that of older ones. */
static int check_clock(const struct run *run)
{
    time_t latest = ledger_latest(run->ledger), now = run->options->now;
    char is[21], was[21];

    if (run->options->date_given || latest <= now + CLOCK_TOLERANCE)
        return 0;
    isodate_print_moment(now, is);
    isodate_print_moment(latest, was);
    return diag(run->d, PRESS_CLOCK, is, was);
}

static int open_files(struct run *run)
{
    const char *folder = run->job->folder;
    const struct print_options *o = run->options;
    char *part = o->shards ? xasprintf(".%ld-of-%ld", o->shard, o->shards) : xstrdup("");
    char *ledger = xasprintf("%s/ledger%s", folder, part), *out = paths_out(run->job);
    char *results = xasprintf("%s/out/results%s.csv", folder, part);
    char *whole = xasprintf("%s/ledger", folder);
    int dry = run->options->dry_run, result = -1;

    if (!dry && paths_make_folder(out, run->d))
        goto done;
    run->ledger = ledger_open(ledger, dry ? LEDGER_LOOK : LEDGER_WRITE, run->d);
    if (run->ledger && o->shards)
        run->whole = ledger_open(whole, dry ? LEDGER_LOOK : LEDGER_SHARE, run->d);
    if (!run->ledger || (o->shards && !run->whole))
        goto done;
    if (!dry) {
        run->out_fd = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (run->out_fd < 0) {
            diag(run->d, ENV_CANNOT_READ, out, strerror(errno));
            goto done;
        }
        run->results = results_open(results, run->d);
        if (!run->results)
            goto done;
    }
    result = 0;
done:
    free(part);
    free(ledger);
    free(results);
    free(whole);
    free(out);
    return result;
}

static int open_press(struct run *run)
{
    struct task_setup *setup = &run->setup;
    const struct print_options *o = run->options;

    setup->job = run->job;
    setup->date = o->date;
    setup->now = o->now;
    setup->began = o->date_given ? 0 : run->began;
    setup->again = o->again;
    setup->dry = o->dry_run;
    setup->warnings_are_errors = run->d->warnings_are_errors;
    if (datahash(o->data, run->job, setup->data, run->d))
        return -1;
    setup->press = press_open(run->job, o->data, o->date, o->now,
                              o->unsealed ? PRESS_NO_SEAL : PRESS_ALL, run->d);
    return setup->press ? 0 : -1;
}

static int open_pool(struct run *run)
{
    struct pool_options options = { .workers = (int)run->options->workers,
                                    .seconds = run->options->seconds,
                                    .megabytes = run->options->megabytes,
                                    .keep_fd = ledger_fd(run->ledger),
                                    .work = task_work, .arg = &run->setup };

    run->pool = pool_open(&options, run->d);
    return run->pool ? 0 : -1;
}

static int open_records(struct run *run)
{
    struct csv2rec_options options = { .kind = run->job->kind };

    run->reader_diag = *run->d;
    run->reader_diag.sink = from_reader;
    run->reader_diag.sink_arg = run;
    run->reader = csv2rec_open(run->job->folder, &options, &run->reader_diag);
    return run->reader ? 0 : -1;
}

static void open_cross_reference(struct run *run)
{
    struct cert2xref_options options = { .name = run->job->cross_reference,
                                         .date = run->options->date };

    if (!run->job->cross_reference || run->options->shards)
        return;
    run->xref = cert2xref_open(&options, run->d);
    sha256_init(&run->xref_sum);
}

/* The workers are forked before the registers of a large job are read: they stay small. */
static int open_run(struct run *run, const char *folder)
{
    run->job = job_read(folder, run->d);
    if (!run->job || select_open(&run->selection, run->options, run->d) || open_files(run) ||
        open_press(run) || open_pool(run) || ledger_load(run->ledger, run->d) ||
        (run->whole && ledger_load(run->whole, run->d)) || check_clock(run) ||
        (!run->options->dry_run && recover(run->job, run->options, run->ledger, run->d)) || open_records(run))
        return -1;
    open_cross_reference(run);
    return 0;
}

static void close_run(struct run *run)
{
    cert2xref_close(run->xref);
    csv2rec_close(run->reader);
    pool_close(run->pool);
    press_close(run->setup.press);
    results_close(run->results, run->d);
    ledger_close(run->ledger);
    ledger_close(run->whole);
    if (run->out_fd >= 0)
        close(run->out_fd);
    select_release(&run->selection);
    job_free(run->job);
}

static void summarize(struct run *run)
{
    double seconds = pool_clock() - run->began;
    const struct tally *t = &run->tally;
    char duration[32];
    char *rate;

    progress_clear(&run->progress);
    if (run->options->dry_run) {
        diag(run->d, PRESS_DRY_SUMMARY, t->printed, t->unchanged, t->refused, t->failed);
        return;
    }
    progress_duration(seconds, duration);
    if (!run->options->json)
        unprinted_tell(&run->unprinted, run->d->out, run->job->folder);
    rate = seconds < 1 ? xstrdup("")
                       : xasprintf(" in %s, %.1f a second", duration, (double)run->head / seconds);
    diag(run->d, PRESS_SUMMARY, t->printed, t->unchanged, t->refused, t->failed, rate);
    free(rate);
}

int print_job(const char *folder, const struct print_options *options, struct diag *d)
{
    struct run *run = xcalloc(1, sizeof *run);

    run->options = options;
    run->d = d;
    unprinted_init(&run->unprinted);
    run->out_fd = -1;
    run->began = pool_clock();
    catch_interrupts();
    if (!open_run(run, folder)) {
        progress_begin(&run->progress, options->json ? NULL : d->out, options->progress, run->began);
        run->progress.total = (long)csv2rec_count(run->reader);
        print_records(run);
        print_cross_reference(run);
        if (interrupts)
            diag(d, PRESS_INTERRUPTED);
        else if (run->is_stopped)
            diag(d, PRESS_STOPPED);
        else if (!run->tally.failed)
            select_report_missing(&run->selection, d);
        summarize(run);
    }
    close_run(run);
    unprinted_release(&run->unprinted);
    free(run);
    return diag_failed(d) ? -1 : 0;
}
