#include "rec2cert.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "docname.h"
#include "draft.h"
#include "kinds.h"
#include "messages.h"
#include "prov.h"
#include "record.h"
#include "rules.h"
#include "xmlx.h"

#define CERT_NS "urn:certpress:cert"

/* A reference becomes a file name with an ending or two. */
enum { REFERENCE_MOST = 100 };

struct rec2cert {
    struct standards *standards;
    struct lists *lists;
    struct issuer *issuer; /* NULL: specimens */
    struct rules *rules;
    struct xmlx_schema *schema;
    char *job, *lang;
    const struct isodate *today;
    struct attachment_known pictures;
};

/* cert.rng lies in src/formats of a source tree, in formats once installed. */
static struct xmlx_schema *load_schema(const char *data, struct diag *d)
{
    char *path = xasprintf("%s/src/formats/cert.rng", data);
    struct xmlx_schema *schema;

    if (access(path, R_OK)) {
        free(path);
        path = xasprintf("%s/formats/cert.rng", data);
    }
    schema = xmlx_schema_load(path, d);
    free(path);
    return schema;
}

struct rec2cert *rec2cert_open(const struct rec2cert_options *options, struct diag *d)
{
    struct rec2cert *r = xcalloc(1, sizeof *r);
    char *templates = xasprintf("%s/templates", options->data);
    char *rules = xasprintf("%s/xsl/rules", options->data);

    r->job = xstrdup(options->job ? options->job : ".");
    r->lang = xstrdup(options->lang && *options->lang ? options->lang : "en");
    r->today = options->today;
    r->standards = standards_load(templates, d);
    r->lists = lists_load(templates, d);
    r->schema = load_schema(options->data, d);
    r->rules = rules_load(rules, options->rules, d);
    if (options->profile && r->lists && r->standards)
        r->issuer = issuer_load(options->profile, r->job, r->standards, r->lists, d);
    free(templates);
    free(rules);
    if (!r->standards || !r->lists || !r->schema || !r->rules || (options->profile && !r->issuer)) {
        rec2cert_close(r);
        return NULL;
    }
    return r;
}

void rec2cert_close(struct rec2cert *r)
{
    if (!r)
        return;
    standards_free(r->standards);
    lists_free(r->lists);
    issuer_free(r->issuer);
    rules_free(r->rules);
    xmlx_schema_free(r->schema);
    free(r->job);
    free(r->lang);
    free(r);
}

/* The only record of REC, or NULL after reporting. */
static const xmlNode *only_record(const xmlDoc *rec, struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(rec), *record, *next;
    const char *version;

    if (!xmlx_is(root, RECORD_NS, "records")) {
        prov_diag(d, root, REC_NOT_RECORDS, root ? (const char *)root->name : "");
        return NULL;
    }
    version = xmlx_attr(root, "version");
    if (!version || strcmp(version, "1")) {
        prov_diag(d, root, REC_VERSION, version ? version : "");
        return NULL;
    }
    for (next = xmlx_first_element(root); next; next = xmlx_next_element(next))
        if (!xmlx_is(next, RECORD_NS, "record")) {
            prov_diag(d, next, REC_UNKNOWN_FIELD, (const char *)next->name, "records");
            return NULL;
        }
    record = xmlx_first_element(root);
    if (!record) {
        prov_diag(d, root, REC_NO_RECORD);
        return NULL;
    }
    next = xmlx_next_element(record);
    if (next) {
        prov_diag(d, next, REC_SEVERAL);
        return NULL;
    }
    return record;
}

/* The language of the certificate: the record's, else the run's; "en" after reporting one without
 * country names. */
static const char *language(struct draft *dr, const char *otherwise)
{
    const char *own = draft_value(dr, dr->record, "lang"), *lang = own ? own : otherwise;

    if (lists_has_language(dr->sources->lists, lang))
        return lang;
    prov_diag(dr->d, draft_place(dr->record, "lang"), REC_LANGUAGE, lang,
              lists_languages(dr->sources->lists));
    return "en";
}

static int is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Reference and the name of the document's files. */
static void add_names(struct draft *dr, const char *kind)
{
    const xmlNode *place = draft_place(dr->record, "reference");
    const char *reference = draft_value(dr, dr->record, "reference");
    const char *issue = strcmp(kind, "iecex") ? NULL : draft_value(dr, dr->record, "issue");
    char *name;

    if (!reference)
        return;
    if (strlen(reference) > REFERENCE_MOST)
        prov_diag(dr->d, place, REC_TOO_LONG, "reference", strlen(reference), (size_t)REFERENCE_MOST);
    if (!is_alphanumeric(*reference))
        prov_diag(dr->d, place, REC_REFERENCE, reference);
    name = docname(reference, issue);
    draft_add_text(dr->cert, "name", place, name);
    draft_line(dr, dr->cert, "reference", dr->record, "reference");
    free(name);
}

static void add_replaces(struct draft *dr)
{
    xmlNode *node = draft_line(dr, dr->cert, "replaces", dr->record, "replaces");

    if (node)
        draft_attribute(dr, node, "date", dr->record, "replaces-date");
}

/* A signatory of the record stands for the profile's; both name and position, or neither. */
static void add_issuer(struct draft *dr, const char *kind)
{
    const char *signatory = draft_value(dr, dr->record, "signatory");
    const char *position = draft_value(dr, dr->record, "signatory-position");
    char *name = xmlx_child_text(dr->cert, "name");

    if (signatory && !position)
        prov_diag(dr->d, draft_place(dr->record, "signatory"), REC_MISSING, "signatory-position");
    if (position && !signatory)
        prov_diag(dr->d, draft_place(dr->record, "signatory-position"), REC_MISSING, "signatory");
    issuer_add(dr->sources->issuer, dr->cert, kind, dr->lang, name,
               signatory ? draft_one_line(dr, signatory) : NULL,
               position ? draft_one_line(dr, position) : NULL, dr->sources->lists);
    free(name);
}

static void make(struct draft *dr, const char *kind, const char *lang)
{
    dr->lang = language(dr, lang);
    xmlx_set(dr->cert, "version", "1");
    xmlx_set(dr->cert, "kind", kind);
    xmlx_set(dr->cert, "lang", dr->lang);
    xmlx_set(dr->cert, "status", dr->sources->issuer ? "issued" : "specimen");
    draft_remember(dr->cert, dr->record);
    add_names(dr, kind);
    draft_date(dr, dr->cert, "issue-date", dr->record, "issue-date");
    draft_date(dr, dr->cert, "decision-date", dr->record, "decision-date");
    draft_date(dr, dr->cert, "original-issue-date", dr->record, "original-issue-date");
    draft_date(dr, dr->cert, "expiry-date", dr->record, "expiry-date");
    add_replaces(dr);
    add_issuer(dr, kind);
    if (!strcmp(kind, "iecee"))
        iecee_add(dr);
    else if (!strcmp(kind, "iecex"))
        iecex_add(dr);
    else
        csms_add(dr);
}

/* A certificate without faults fits its schema; when it does not, this program is at fault. */
static void self_check(struct rec2cert *r, xmlDoc *cert, const xmlNode *record, struct diag *d)
{
    struct prov_hidden hidden;
    char *reference;
    int fits;

    /* Two thirds of the attributes are provenance, which the schema takes anywhere. */
    prov_hide(cert, &hidden);
    fits = xmlx_is_valid(r->schema, cert);
    prov_show(&hidden);
    if (fits || !xmlx_validate(r->schema, cert, NULL, d))
        return;
    reference = xmlx_child_text(record, "reference");
    prov_diag(d, record, REC_SELF_CHECK, reference);
    free(reference);
}

int rec2cert(struct rec2cert *r, const xmlDoc *rec, xmlDoc **cert, struct diag *d)
{
    struct draft_sources sources = { r->standards, r->lists, r->issuer, r->job, r->today,
                                     &r->pictures };
    struct draft dr = { .sources = &sources, .d = d };
    long faults = d->errors + d->cannots, warnings = d->warnings;
    const struct record_kind *kind;
    const char *kind_name;
    xmlDoc *doc;

    *cert = NULL;
    dr.record = only_record(rec, d);
    if (!dr.record)
        return -1;
    kind_name = xmlx_attr(dr.record, "kind");
    kind = record_kind(kind_name ? kind_name : "");
    if (!kind)
        return prov_diag(d, dr.record, REC_KIND, kind_name ? kind_name : "");
    arena_init(&dr.memory);
    doc = xmlx_new(CERT_NS, "certificate");
    dr.cert = xmlDocGetRootElement(doc);
    if (!record_check(dr.record, kind, r->lists, d)) {
        make(&dr, kind->name, r->lang);
        rules_check(r->rules, dr.record, dr.cert, d);
    }
    if (d->errors + d->cannots == faults)
        self_check(r, doc, dr.record, d);
    arena_release(&dr.memory);
    if (d->errors + d->cannots != faults || (d->warnings_are_errors && d->warnings != warnings)) {
        xmlFreeDoc(doc);
        return -1;
    }
    *cert = doc;
    return 0;
}
