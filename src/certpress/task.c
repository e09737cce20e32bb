#include "task.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "common_messages.h"
#include "isodate.h"
#include "messages.h"
#include "paths.h"
#include "pool.h"
#include "prov.h"
#include "sha256.h"
#include "xmlx.h"

#define ARCHIVE_LIMIT ((size_t)256 << 20)

/* ---- what is said between press and worker ----------------------------------------------------- */

void task_put_request(struct strbuf *out, const struct task_request *r)
{
    wire_put_number(out, r->kind);
    wire_put_number(out, r->is_wanted);
    wire_put_number(out, r->wants_certificate);
    wire_put_number(out, r->replaces);
    wire_put_bytes(out, &r->known, sizeof r->known);
    wire_put_text(out, r->record);
    wire_put_bytes(out, r->bytes, r->n);
}

static void get_request(const struct strbuf *bytes, struct task_request *r)
{
    struct wire w = { bytes->buf, bytes->buf + bytes->len };
    size_t n;

    memset(r, 0, sizeof *r);
    r->kind = (enum task_kind)wire_number(&w);
    r->is_wanted = (int)wire_number(&w);
    r->wants_certificate = (int)wire_number(&w);
    r->replaces = (int)wire_number(&w);
    memcpy(&r->known, wire_bytes(&w, &n), sizeof r->known);
    strcpy(r->record, wire_text(&w));
    r->bytes = wire_bytes(&w, &r->n);
}

static void put_reply(struct strbuf *out, const struct task_reply *r, const struct strbuf *messages)
{
    wire_put_number(out, r->outcome);
    wire_put_text(out, r->why);
    wire_put_text(out, r->name);
    wire_put_bytes(out, &r->entry, sizeof r->entry);
    wire_put_text(out, r->fingerprint);
    wire_put_bytes(out, &r->seconds, sizeof r->seconds);
    if (r->certificate)
        wire_put_bytes(out, r->certificate, r->certificate_n);
    else
        wire_put_text(out, NULL);
    strbuf_add(out, messages->buf, messages->len);
}

void task_get_reply(const struct strbuf *bytes, struct task_reply *r)
{
    struct wire w = { bytes->buf, bytes->buf + bytes->len };
    size_t n;

    memset(r, 0, sizeof *r);
    r->outcome = (enum task_outcome)wire_number(&w);
    r->why = wire_text(&w);
    r->name = wire_text(&w);
    memcpy(&r->entry, wire_bytes(&w, &n), sizeof r->entry);
    strcpy(r->fingerprint, wire_text(&w));
    memcpy(&r->seconds, wire_bytes(&w, &n), sizeof r->seconds);
    r->certificate = wire_bytes(&w, &r->certificate_n);
    r->messages = w;
}

/* ---- what to do -------------------------------------------------------------------------------- */

/* A document on its way. */
struct document {
    const struct task_setup *setup;
    const struct task_request *request;
    const xmlNode *place; /* where its record names it */
    xmlDoc *cert;
    char *name, *path;
    struct ledger_entry entry; /* what the ledger would say of it */
    int is_issued;             /* it will be sealed */
    struct task_reply *reply;
    struct diag *d;
};

static int same(const char *a, const char *b)
{
    return !strcmp(a, b);
}

static int refuse(struct document *doc, const char *why)
{
    doc->reply->outcome = TASK_REFUSED;
    doc->reply->why = why;
    return 0;
}

static int leave(struct document *doc, const char *why)
{
    doc->reply->outcome = TASK_UNCHANGED;
    doc->reply->why = why;
    doc->reply->entry = doc->request->known;
    return 0;
}

static int print(struct document *doc, const char *why)
{
    doc->reply->why = why;
    return 1;
}

static int refuse_change(struct document *doc, const char *issued_on)
{
    prov_diag(doc->d, doc->place, PRESS_REISSUE, doc->name, issued_on);
    return refuse(doc, "issued with other data");
}

/* An issued document that the ledger knows. */
static int decide_issued(struct document *doc)
{
    const struct ledger_entry *known = &doc->request->known;
    int is_lost = access(doc->path, F_OK) && errno == ENOENT, same_record;
    struct isodate day;
    char issued_on[11];

    isodate_of_moment(known->at, &day);
    isodate_print(&day, issued_on);
    /* Issued paper stays when only the stylesheets, wordings or the profile changed. */
    same_record = same(known->record, doc->entry.record) || same(known->cert, doc->entry.cert);
    if (!same_record && !doc->request->replaces)
        return refuse_change(doc, issued_on);
    if (!same_record)
        return print(doc, "the record changed");
    if (!is_lost)
        return leave(doc, "issued");
    if (doc->setup->again)
        return print(doc, "asked for again: the issued file is not there");
    prov_diag(doc->d, doc->place, PRESS_LOST, doc->path, issued_on, known->file);
    return refuse(doc, "issued, but its file is not there");
}

static int decide_draft(struct document *doc, enum paths_found found)
{
    const struct ledger_entry *known = &doc->request->known;

    if (found == FOUND_NOTHING)
        return print(doc, "its file is not there");
    if (!same(known->record, doc->entry.record) && !same(known->cert, doc->entry.cert))
        return print(doc, "the record changed");
    if (!same(known->data, doc->entry.data))
        return print(doc, "stylesheets, templates, fonts or profile changed");
    if (doc->is_issued)
        return print(doc, "it can be sealed now");
    return doc->setup->again ? print(doc, "asked for again") : leave(doc, "printed");
}

/* Returns 1 when the document must be printed; else its outcome and why are in the reply. */
static int decide(struct document *doc)
{
    enum paths_found found;

    if (doc->request->known.state == LEDGER_ISSUED)
        return decide_issued(doc);
    found = paths_look(doc->path, doc->entry.cert);
    if (found == FOUND_FOREIGN) {
        prov_diag(doc->d, doc->place, PRESS_FOREIGN, doc->path);
        return refuse(doc, "its name is taken");
    }
    if (found == FOUND_SAME) {
        doc->reply->outcome = TASK_FOUND;
        doc->reply->why = "issued, but not in the ledger";
        return 0;
    }
    if (found == FOUND_ISSUED && !doc->request->replaces)
        return refuse_change(doc, "a day that the ledger does not know");
    if (doc->request->known.state == LEDGER_PRINTED)
        return decide_draft(doc, found);
    return print(doc, found == FOUND_NOTHING ? "new" : "not in the ledger");
}

/* ---- doing it ---------------------------------------------------------------------------------- */

static void fail(struct document *doc)
{
    doc->reply->outcome = TASK_FAILED;
    doc->reply->why = NULL;
}

/* Hashes of files that the record names are in its certificate; they change as the record does. */
static void add_named_files(const xmlNode *node, struct strbuf *out)
{
    for (; node; node = xmlx_next_element(node)) {
        const char *sum = xmlx_attr(node, "sha256");

        if (sum)
            strbuf_addf(out, "%s\n", sum);
        add_named_files(xmlx_first_element(node), out);
    }
}

/* Of the record without its places, which move when a row is added above. */
static void hash_record(xmlDoc *rec, const xmlDoc *cert, char hex[65])
{
    struct strbuf text = STRBUF_INIT;

    prov_strip(rec);
    xmlx_serialize(rec, 0, &text);
    add_named_files(xmlDocGetRootElement(cert), &text);
    sha256_hex(text.buf, text.len, hex);
    strbuf_release(&text);
}

/* Reads the document that was printed without a seal from the same, to be sealed as it is. False when
 * there is none. */
static int read_archive(const struct document *doc, struct strbuf *pdf)
{
    const struct ledger_entry *known = &doc->request->known, *wanted = &doc->entry;
    char hex[65];

    if (known->state != LEDGER_PRINTED || !doc->is_issued || known->date != wanted->date ||
        !same(known->record, wanted->record) || !same(known->cert, wanted->cert) ||
        !same(known->data, wanted->data) || strbuf_read_file(pdf, doc->path, ARCHIVE_LIMIT))
        return 0;
    sha256_hex(pdf->buf, pdf->len, hex);
    if (same(hex, known->file))
        return 1;
    strbuf_clear(pdf);
    return 0;
}

static void print_document(struct document *doc)
{
    struct strbuf pdf = STRBUF_INIT;
    long before = diag_faults(doc->d);
    int result = read_archive(doc, &pdf)
                     ? press_seal_archive(doc->setup->press, doc->name, &pdf, doc->d)
                     : press_document(doc->setup->press, doc->cert, &pdf, doc->d);

    if (result || diag_faults(doc->d) != before) {
        fail(doc);
    } else {
        sha256_hex(pdf.buf, pdf.len, doc->entry.file);
        press_note(doc->setup->press, PRESS_WRITING);
        if (paths_write_temporary(doc->setup->job, doc->name, &pdf, doc->d))
            fail(doc);
    }
    strbuf_release(&pdf);
}

static void finish(struct document *doc)
{
    const char *seal = press_seal(doc->setup->press);

    strcpy(doc->entry.data, doc->setup->data);
    doc->entry.at = doc->setup->now;
    if (doc->setup->began > 0)
        doc->entry.at += (time_t)(pool_clock() - doc->setup->began);
    doc->entry.date = doc->setup->date;
    doc->is_issued = seal && same(xmlx_attr(xmlDocGetRootElement(doc->cert), "status"), "issued");
    doc->entry.state = doc->is_issued ? LEDGER_ISSUED : LEDGER_PRINTED;
    strcpy(doc->entry.seal, doc->is_issued ? seal : "-");
    if (decide(doc)) {
        doc->reply->outcome = TASK_PRINTED;
        if (!doc->setup->dry)
            print_document(doc);
    }
    if (doc->reply->outcome == TASK_FOUND) {
        /* Who sealed it, from what stylesheets and when: nobody knows any more. */
        doc->entry.state = LEDGER_ISSUED;
        strcpy(doc->entry.data, "-");
        strcpy(doc->entry.seal, "-");
        if (paths_hash(doc->path, doc->entry.file)) {
            diag(doc->d, ENV_CANNOT_READ, doc->path, strerror(errno));
            fail(doc);
        }
    }
    if (doc->reply->outcome == TASK_PRINTED || doc->reply->outcome == TASK_FOUND)
        doc->reply->entry = doc->entry;
}

/* Reads what was sent and makes the certificate of it. Returns 0, or -1 after reporting. */
static int make_certificate(struct document *doc, xmlDoc **rec)
{
    const struct task_request *r = doc->request;
    long before = diag_faults(doc->d);
    xmlDoc *sent = xmlx_parse(r->bytes, r->n, doc->setup->job->folder, doc->d);

    if (!sent)
        return -1;
    if (r->kind == TASK_CERTIFICATE) {
        doc->cert = sent;
        strcpy(doc->entry.record, r->record);
        return 0;
    }
    *rec = sent;
    doc->place = xmlx_first(xmlx_first(xmlDocGetRootElement(sent), "record"), "reference");
    if (press_certificate(doc->setup->press, sent, &doc->cert, doc->d))
        return -1;
    return diag_faults(doc->d) == before ? 0 : -1;
}

void task_work(void *arg, const struct strbuf *bytes, struct strbuf *out, volatile int *stage)
{
    const struct task_setup *setup = arg;
    struct strbuf messages = STRBUF_INIT, certificate = STRBUF_INIT;
    double began = pool_clock();
    struct task_request request;
    struct task_reply reply = { .outcome = TASK_FAILED };
    struct diag d = { .program = "certpress", .sink = wire_sink, .sink_arg = &messages,
                      .warnings_are_errors = setup->warnings_are_errors };
    struct document doc = { .setup = setup, .request = &request, .reply = &reply, .d = &d };
    xmlDoc *rec = NULL, *copy;

    get_request(bytes, &request);
    press_watch(setup->press, stage);
    if (!make_certificate(&doc, &rec)) {
        doc.name = xmlx_child_text(xmlDocGetRootElement(doc.cert), "name");
        doc.path = paths_document(setup->job, doc.name);
        press_fingerprint(doc.cert, doc.entry.cert);
        strcpy(reply.fingerprint, doc.entry.cert);
        if (request.wants_certificate)
            xmlx_serialize(doc.cert, 0, &certificate);
        if (rec) {
            copy = xmlCopyDoc(rec, 1);
            hash_record(copy, doc.cert, doc.entry.record);
            xmlFreeDoc(copy);
        }
        if (request.is_wanted)
            finish(&doc);
        else
            reply.outcome = TASK_SKIPPED;
    }
    reply.name = doc.name;
    reply.certificate = certificate.len ? certificate.buf : NULL;
    reply.certificate_n = certificate.len;
    reply.seconds = pool_clock() - began;
    put_reply(out, &reply, &messages);
    xmlFreeDoc(doc.cert);
    xmlFreeDoc(rec);
    free(doc.name);
    free(doc.path);
    strbuf_release(&certificate);
    strbuf_release(&messages);
}
