#include "press.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "cert2fo/cert2fo.h"
#include "fo2pdf/fo2pdf.h"
#include "isodate.h"
#include "messages.h"
#include "pdf.h"
#include "pdf2pdfa/pdf2pdfa.h"
#include "pdfsign/pdfsign.h"
#include "prov.h"
#include "rec2cert/rec2cert.h"
#include "sha256.h"
#include "xmlx.h"

#define ATTACHMENT_LIMIT ((size_t)64 << 20)

struct press {
    const struct job *job;
    time_t date;
    struct rec2cert *rec2cert;
    struct cert2fo *cert2fo;
    struct fo2pdf *fo2pdf;
    struct pdfsign *pdfsign; /* NULL: not sealed */
    struct isodate today;
    char seal[65];
    volatile int *stage;     /* NULL: nobody watches */
};

const char *const press_stage_names[] = { "reading",  "rec2cert", "cert2fo", "fo2pdf",
                                          "pdf2pdfa", "pdfsign",  "writing" };

void press_watch(struct press *press, volatile int *stage)
{
    press->stage = stage;
}

void press_note(struct press *press, enum press_stage stage)
{
    if (press->stage)
        *press->stage = stage;
}

const char *press_seal(const struct press *press)
{
    return press->pdfsign ? press->seal : NULL;
}

struct press *press_open(const struct job *job, const char *data, time_t date, time_t now,
                         enum press_extent extent, struct diag *d)
{
    struct press *press = xcalloc(1, sizeof *press);
    struct rec2cert_options rec_options = { .data = data, .job = job->folder,
                                            .profile = job->profile, .rules = job->rules,
                                            .lang = job->lang };
    const struct job_seal *seal = &job->seal;
    struct pdfsign_options sign_options = { .key = seal->key, .cert = seal->cert,
                                            .chain = seal->chain,
                                            .passphrase_file = seal->passphrase_file,
                                            .module = seal->module, .token = seal->token,
                                            .level = seal->level, .tsa = seal->tsa,
                                            .tsa_policy = seal->tsa_policy,
                                            .trust = seal->trust, .pss = seal->pss,
                                            .certify = seal->certify, .visible = seal->visible,
                                            .now = now };
    char *fonts = xasprintf("%s/fonts/fonts.conf", data);
    int is_open;

    press->job = job;
    press->date = date;
    /* A deed lies in the future when it lies after the date of printing, and after today. */
    isodate_of_moment(date > now ? date : now, &press->today);
    rec_options.today = &press->today;
    press->rec2cert = rec2cert_open(&rec_options, d);
    is_open = press->rec2cert != NULL;
    if (extent != PRESS_CERTIFICATES) {
        press->cert2fo = cert2fo_open(data, d);
        press->fo2pdf = fo2pdf_open(fonts, d);
        if (extent == PRESS_ALL && seal->key)
            press->pdfsign = pdfsign_open(&sign_options, d);
        if (press->pdfsign)
            pdfsign_fingerprint(press->pdfsign, press->seal);
        is_open = is_open && press->cert2fo && press->fo2pdf &&
                  (extent != PRESS_ALL || !seal->key || press->pdfsign);
    }
    free(fonts);
    if (!is_open) {
        press_close(press);
        return NULL;
    }
    return press;
}

void press_close(struct press *press)
{
    if (!press)
        return;
    rec2cert_close(press->rec2cert);
    cert2fo_close(press->cert2fo);
    fo2pdf_close(press->fo2pdf);
    pdfsign_close(press->pdfsign);
    free(press);
}

int press_certificate(struct press *press, const xmlDoc *record, xmlDoc **cert, struct diag *d)
{
    press_note(press, PRESS_REC2CERT);
    return rec2cert(press->rec2cert, record, cert, d);
}

void press_fingerprint(const xmlDoc *cert, char hex[65])
{
    struct strbuf xml = STRBUF_INIT;

    pdf2pdfa_certificate(cert, &xml);
    sha256_hex(xml.buf, xml.len, hex);
    strbuf_release(&xml);
}

/* Files that the certificate names and that belong into its archive: the body's mark, the diagram,
 * the certificates it rests on. */
struct attachments {
    struct pdf2pdfa_attachment *items;
    size_t n, cap;
};

static void attach(struct attachments *list, const struct job *job, const xmlNode *node,
                   const char *attribute, struct diag *d)
{
    const char *href = xmlx_attr(node, attribute), *slash;
    struct strbuf bytes = STRBUF_INIT;
    struct pdf2pdfa_attachment *a;
    char *path;

    if (!href || !*href)
        return;
    path = job_path(job, href);
    if (strbuf_read_file(&bytes, path, ATTACHMENT_LIMIT)) {
        prov_diag(d, node, PRESS_ATTACHMENT, path, strerror(errno));
        strbuf_release(&bytes);
    } else {
        ALLOC_GROW(list->items, list->n, list->cap);
        a = &list->items[list->n++];
        memset(a, 0, sizeof *a);
        slash = strrchr(href, '/');
        a->name = slash ? slash + 1 : href;
        a->bytes = strbuf_detach(&bytes, &a->n);
    }
    free(path);
}

static void collect_attachments(struct attachments *list, const struct job *job,
                                const xmlDoc *cert, struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(cert), *node;

    attach(list, job, xmlx_first(xmlx_first(root, "issuer"), "mark"), "href", d);
    attach(list, job, xmlx_first(xmlx_first(root, "item"), "diagram"), "href", d);
    for (node = xmlx_first(xmlx_first(root, "cyber"), "evidence"); node;
         node = xmlx_next(node, "evidence"))
        attach(list, job, node, "file", d);
}

static void attachments_release(struct attachments *list)
{
    size_t i;

    for (i = 0; i < list->n; i++)
        free((void *)(uintptr_t)list->items[i].bytes);
    free(list->items);
}

/* SEALED: it goes on to pdfsign. */
static int archive(const struct press *press, const xmlDoc *cert, struct pdf *pdf, int sealed,
                   struct strbuf *out, struct diag *d)
{
    struct attachments list = { 0 };
    long faults = d->errors + d->cannots;
    int result = -1;

    collect_attachments(&list, press->job, cert, d);
    if (d->errors + d->cannots == faults) {
        struct pdf2pdfa_options options = { .date = press->date, .attachments = list.items,
                                            .attachments_n = list.n };

        result = pdf2pdfa(pdf, cert, &options, d);
        if (!result)
            result = sealed ? pdf_write_on(pdf, out, d) : pdf_write(pdf, NULL, out, d);
    }
    attachments_release(&list);
    return result;
}

int press_seal_archive(struct press *press, const char *name, struct strbuf *file, struct diag *d)
{
    press_note(press, PRESS_PDFSIGN);
    return pdfsign(press->pdfsign, file, name, press->date, d);
}

int press_document(struct press *press, const xmlDoc *cert, struct strbuf *out, struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(cert);
    const char *status = xmlx_attr(root, "status");
    char *name = xmlx_child_text(root, "name");
    struct fo2pdf_options options = { .base = press->job->folder, .date = press->date };
    struct pdf *pdf = NULL;
    xmlDoc *fo = NULL;
    int sealed = press->pdfsign && status && !strcmp(status, "issued"), result;

    strbuf_clear(out);
    press_note(press, PRESS_CERT2FO);
    result = cert2fo(press->cert2fo, cert, &fo, d);
    if (!result) {
        press_note(press, PRESS_FO2PDF);
        result = fo2pdf(press->fo2pdf, fo, name, &options, &pdf, d);
    }
    if (!result) {
        press_note(press, PRESS_PDF2PDFA);
        result = archive(press, cert, pdf, sealed, out, d);
    }
    if (!result && sealed) {
        press_note(press, PRESS_PDFSIGN);
        result = pdfsign_made(press->pdfsign, pdf, out, press->date, d);
    }
    pdf_free(pdf);
    xmlFreeDoc(fo);
    free(name);
    return result;
}
