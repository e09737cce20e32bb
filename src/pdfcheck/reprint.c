/* The proof that paper and data agree: prints the certificate inside the file again and compares
 * the pages with those that were sealed.
 *
 * The printing is done by the stages' own programs, each a process, so that this checker links
 * nothing of what it judges. What is embedded decides what they read, so it is laid out in a
 * scratch folder, and a file name that leads out of it is refused. */
#include "examine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "args.h"
#include "isodate.h"
#include "messages.h"
#include "outfile.h"
#include "xmlx.h"
#include "xmp.h"

enum { FILE_LIMIT = 256 << 20, CPU_SECONDS = 60, COMPARE_DEPTH = 64 };

/* A scratch folder and what was made in it, newest first, for its removal. */
struct scratch {
    char folder[64];
    char **made;
    size_t n, cap;
};

static char *scratch_path(struct scratch *s, const char *name)
{
    char *path = xasprintf("%s/%s", s->folder, name);

    ALLOC_GROW(s->made, s->n, s->cap);
    s->made[s->n++] = path;
    return path;
}

static void scratch_remove(struct scratch *s)
{
    while (s->n) {
        char *path = s->made[--s->n];

        if (unlink(path))
            rmdir(path);
        free(path);
    }
    if (s->folder[0])
        rmdir(s->folder);
    free(s->made);
}

/* Whether NAME stays below the folder it counts from. */
static int is_inside(const char *name)
{
    const char *p;

    if (!*name || *name == '/' || strlen(name) > 1000)
        return 0;
    for (p = name; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
        if (!strncmp(p, "..", 2) && (p[2] == '/' || !p[2]))
            return 0;
    return 1;
}

/* Writes a file below the scratch folder, with the folders on the way. */
static int put(struct check *c, struct scratch *s, const char *name, const char *bytes, size_t n)
{
    const char *slash = name;
    char *path;

    while ((slash = strchr(slash, '/'))) {
        char *folder = xstrndup(name, (size_t)(slash - name));

        path = xasprintf("%s/%s", s->folder, folder);
        if (mkdir(path, 0700) == 0)
            scratch_path(s, folder);
        free(path);
        free(folder);
        slash++;
    }
    path = scratch_path(s, name);
    return outfile_write(path, bytes, n, OUTFILE_KEEP, &c->d);
}

static const struct pdfcheck_file *attachment(const struct check *c, const char *href)
{
    const char *slash = strrchr(href, '/');
    const char *name = slash ? slash + 1 : href;
    size_t i;

    for (i = 0; i < c->report->files_n; i++)
        if (!strcmp(c->report->files[i].name, name))
            return &c->report->files[i];
    return NULL;
}

/* Lays out the file that NODE names in ATTRIBUTE, where the pages will look for it. */
static int put_named(struct check *c, struct scratch *s, const xmlNode *node,
                     const char *attribute)
{
    const char *href = xmlx_attr(node, attribute);
    const struct pdfcheck_file *file;

    if (!href || !*href)
        return 0;
    file = is_inside(href) ? attachment(c, href) : NULL;
    if (!file)
        return check_find(c, CHECK_REPRINT_FILE, href);
    return put(c, s, href, file->bytes, file->len);
}

static int put_named_files(struct check *c, struct scratch *s, const xmlNode *root)
{
    const xmlNode *node;
    int result = put_named(c, s, xmlx_first(xmlx_first(root, "issuer"), "mark"), "href") ||
                 put_named(c, s, xmlx_first(xmlx_first(root, "item"), "diagram"), "href");

    for (node = xmlx_first(xmlx_first(root, "cyber"), "evidence"); node && !result;
         node = xmlx_next(node, "evidence"))
        result = put_named(c, s, node, "file");
    return result ? -1 : 0;
}

static void become(const char *program, char **argv, const char *messages)
{
    const struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS }, size = { FILE_LIMIT, FILE_LIMIT };
    int in = open("/dev/null", O_RDWR), err = open(messages, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (in >= 0 && err >= 0 && dup2(in, 0) >= 0 && dup2(in, 1) >= 0 && dup2(err, 2) >= 0) {
        setrlimit(RLIMIT_CPU, &cpu);
        setrlimit(RLIMIT_FSIZE, &size);
        execv(program, argv);
    }
    _exit(127);
}

/* Runs a stage's program; ARGV[0] is its name. What it says is quoted when it fails. */
static int run(struct check *c, struct scratch *s, char **argv)
{
    char *program = xasprintf("%s/%s", c->options->programs, argv[0]);
    char *messages = xasprintf("%s/messages", s->folder);
    struct strbuf said = STRBUF_INIT;
    int status = 0, result = -1;
    pid_t child = access(program, X_OK) ? -1 : fork();

    if (child == 0)
        become(program, argv, messages);
    if (child < 0) {
        check_find(c, CHECK_REPRINT_PROGRAM, program, strerror(errno));
    } else {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
        result = WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
        if (result) {
            strbuf_read_file(&said, messages, 1 << 16);
            said.buf[strcspn(said.buf, "\n")] = '\0';
            check_find(c, CHECK_REPRINT_FAILED, argv[0], said.len ? said.buf : "no message");
        }
        unlink(messages);
    }
    strbuf_release(&said);
    free(messages);
    free(program);
    return result;
}

/* The date that the file was printed with, as an argument; NULL after reporting. */
static char *printing_date(struct check *c)
{
    char *date = c->xmp ? xmp_get(c->xmp, "http://ns.adobe.com/xap/1.0/", "CreateDate") : NULL;
    time_t moment;

    if (!date || isodate_parse_moment(date, &moment)) {
        check_find(c, CHECK_REPRINT_DATE);
        free(date);
        return NULL;
    }
    return date;
}

/* cert2fo, fo2pdf and pdf2pdfa over what was laid out. Returns the archive file's path, borrowed
 * from S, or NULL after reporting. */
static const char *print_again(struct check *c, struct scratch *s, char *cert, char *date)
{
    char *fo = scratch_path(s, "again.fo"), *pdf = scratch_path(s, "again.pdf");
    char *archive = scratch_path(s, "again.a3.pdf");
    char *to_fo[] = { (char[]){ "cert2fo" }, (char[]){ "-o" }, fo, cert, NULL };
    char *to_pdf[] = { (char[]){ "fo2pdf" }, (char[]){ "--base" }, s->folder, (char[]){ "--date" },
                       date, (char[]){ "-o" }, pdf, fo, NULL };
    char attach[] = "--attach";
    char **to_archive = xcalloc(2 * c->report->files_n + 10, sizeof *to_archive);
    size_t i, n = 0;
    int result;

    to_archive[n++] = (char[]){ "pdf2pdfa" };
    to_archive[n++] = (char[]){ "--cert" };
    to_archive[n++] = cert;
    to_archive[n++] = (char[]){ "--date" };
    to_archive[n++] = date;
    result = run(c, s, to_fo) || run(c, s, to_pdf);
    for (i = 0; i < c->report->files_n && !result; i++) {
        const struct pdfcheck_file *f = &c->report->files[i];
        char *name;

        if (!strcmp(f->relationship, "Source"))
            continue;
        name = xasprintf("attached/%s", f->name);
        result = !is_inside(name) || put(c, s, name, f->bytes, f->len);
        free(name);
        to_archive[n++] = attach;
        to_archive[n++] = s->made[s->n - 1];
    }
    to_archive[n++] = (char[]){ "-o" };
    to_archive[n++] = archive;
    to_archive[n++] = pdf;
    result = result || run(c, s, to_archive);
    free(to_archive);
    return result ? NULL : archive;
}

/* ---- comparison ------------------------------------------------------------------------------ */

struct pair {
    struct check *c;
    const struct pdf *a, *b;
};

static int same_streams(struct pair *p, const struct pdf_obj *a, const struct pdf_obj *b)
{
    struct strbuf one = STRBUF_INIT, other = STRBUF_INIT;
    size_t a_n, b_n;
    const char *a_raw = pdf_stream_raw(a, &a_n), *b_raw = pdf_stream_raw(b, &b_n);
    int same = a_n == b_n && !memcmp(a_raw, b_raw, a_n);

    if (!same && !pdf_stream_data((struct pdf *)(uintptr_t)p->a, a, &one, &p->c->d) &&
        !pdf_stream_data((struct pdf *)(uintptr_t)p->b, b, &other, &p->c->d))
        same = one.len == other.len && !memcmp(one.buf, other.buf, one.len);
    strbuf_release(&one);
    strbuf_release(&other);
    return same;
}

/* Whether two objects draw the same: equal values, whatever their object numbers. */
static int same(struct pair *p, struct pdf_obj *a, struct pdf_obj *b, int depth)
{
    const char *one, *other;
    enum pdf_kind kind;
    size_t i, n, m;

    a = pdf_resolve(p->a, a);
    b = pdf_resolve(p->b, b);
    kind = pdf_kind(a);
    if (kind != pdf_kind(b) || depth > COMPARE_DEPTH || check_work(p->c, 1))
        return 0;
    switch (kind) {
    case PDF_ARRAY:
        for (i = 0; i < pdf_len(a); i++)
            if (!same(p, pdf_raw_at(a, i), pdf_raw_at(b, i), depth + 1))
                return 0;
        return pdf_len(a) == pdf_len(b);
    case PDF_STREAM:
    case PDF_DICT:
        for (i = 0; i < pdf_dict_len(a); i++) {
            const char *key;
            struct pdf_obj *value;

            pdf_dict_at(a, i, &key, &value);
            if (!strcmp(key, "Parent") || (kind == PDF_STREAM && !strcmp(key, "Length")))
                continue;
            if (!same(p, value, pdf_get_raw(p->b, b, key), depth + 1))
                return 0;
        }
        return pdf_dict_len(a) == pdf_dict_len(b) && (kind == PDF_DICT || same_streams(p, a, b));
    case PDF_STRING:
        one = pdf_string(a, &n);
        other = pdf_string(b, &m);
        return n == m && !memcmp(one, other, n);
    case PDF_NAME:
        return !strcmp(pdf_name(a), pdf_name(b));
    default:
        return pdf_bool(a) == pdf_bool(b) && pdf_number(a) == pdf_number(b);
    }
}

static void compare_pages(struct check *c, const struct pdf *again)
{
    static const char *const keys[] = { "Contents", "Resources", "MediaBox", "Rotate" };
    struct pair p = { c, c->pdf, again };
    size_t i, k;

    if (pdf_pages(c->pdf) != pdf_pages(again)) {
        check_find(c, CHECK_REPRINT_PAGES, pdf_pages(c->pdf), pdf_pages(again));
        return;
    }
    for (i = 0; i < pdf_pages(again); i++)
        for (k = 0; k < sizeof keys / sizeof *keys; k++)
            if (!same(&p, pdf_page_get(c->pdf, i, keys[k]), pdf_page_get(again, i, keys[k]), 0)) {
                check_find(c, CHECK_REPRINT_PAGE, i + 1);
                break;
            }
}

static void compare(struct check *c, const char *path)
{
    struct strbuf again = STRBUF_INIT;
    size_t sealed = pdf_revisions(c->pdf) ? pdf_revision_end(c->pdf, 0) : 0;
    struct pdf *pdf;

    check_ask(c);
    if (strbuf_read_file(&again, path, FILE_LIMIT)) {
        check_find(c, CHECK_REPRINT_FAILED, "pdf2pdfa", strerror(errno));
    } else if (again.len == sealed && !memcmp(again.buf, c->bytes, sealed)) {
        c->report->reprinted = PDFCHECK_SAME_BYTES;
    } else {
        long errors = c->d.errors;

        pdf = pdf_parse(again.buf, again.len, path, &c->d);
        if (pdf)
            compare_pages(c, pdf);
        pdf_free(pdf);
        if (c->d.errors == errors)
            c->report->reprinted = PDFCHECK_SAME_PAGES;
    }
    strbuf_release(&again);
}

static const struct pdfcheck_file *source(const struct check *c)
{
    size_t i;

    for (i = 0; i < c->report->files_n; i++)
        if (!strcmp(c->report->files[i].relationship, "Source"))
            return &c->report->files[i];
    return NULL;
}

void check_reprint(struct check *c)
{
    const struct pdfcheck_file *data = source(c);
    struct scratch s = { .folder = "/tmp/pdfcheck.XXXXXX" };
    char *date;
    const char *archive = NULL;
    xmlDoc *cert;

    check_ask(c);
    if (!data)
        return; /* reported by check_data */
    date = printing_date(c);
    cert = date ? xmlx_parse(data->bytes, data->len, data->name, &c->d) : NULL;
    if (cert && !mkdtemp(s.folder)) {
        check_find(c, CHECK_REPRINT_PROGRAM, s.folder, strerror(errno));
        s.folder[0] = '\0';
    } else if (cert) {
        if (!put_named_files(c, &s, xmlDocGetRootElement(cert)) &&
            !put(c, &s, "again.cert.xml", data->bytes, data->len))
            archive = print_again(c, &s, s.made[s.n - 1], date);
        if (archive)
            compare(c, archive);
    } else {
        s.folder[0] = '\0';
    }
    scratch_remove(&s);
    xmlFreeDoc(cert);
    free(date);
}
