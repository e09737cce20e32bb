#include "paper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "cert2fo/cert2fo.h"
#include "common_messages.h"
#include "csv2rec/csv2rec.h"
#include "docname.h"
#include "fo2pdf/fo2pdf.h"
#include "import.h"
#include "job.h"
#include "messages.h"
#include "outfile.h"
#include "paths.h"
#include "pdf.h"
#include "select.h"
#include "strbuf.h"
#include "version.h"
#include "xmlx.h"

#define DOCUMENT_LIMIT ((size_t)256 << 20)
#define CERT_NS "urn:certpress:cert"

/* Outlines of one document that are followed: more is no outline of ours. */
enum { OUTLINE_MOST = 10000, OUTLINE_DEPTH = 32 };

/* The contact sheet, in points. Nine pages, their names below, the number of the sheet at the foot. */
enum { COLUMNS = 3, ROWS = 3, PER_SHEET = COLUMNS * ROWS };
static const double sheet_width = 595.276, sheet_height = 841.89, margin = 36, gap = 12, foot = 24,
                    caption = 18;

/* A page, as a form in the file that is made. */
struct leaf {
    char *name;            /* of its document */
    size_t page, pages;    /* from 1 */
    int form, is_draft;
    double width, height;
};

struct outline {
    int number, last;      /* of the dictionary that the items stand below, and of its last item */
    int n;
};

struct paper {
    const struct print_options *options;
    struct job *job;
    struct cert2fo *cert2fo;
    struct fo2pdf *fo2pdf;
    struct pdf *pdf;
    int stamp;             /* the form that marks a draft, 0: not made yet */
    struct outline outline;
    struct leaf *leaves;   /* of the proof */
    size_t leaves_n, leaves_cap;
    long documents;
    void (*take)(struct paper *p, struct pdf *from, const char *name, int is_draft);
    struct diag *d;
};

/* ---- forms --------------------------------------------------------------------------------- */

static void page_size(const struct pdf *pdf, size_t page, double *width, double *height)
{
    const struct pdf_obj *box = pdf_page_get(pdf, page, "MediaBox");

    *width = pdf_number(pdf_at(pdf, box, 2)) - pdf_number(pdf_at(pdf, box, 0));
    *height = pdf_number(pdf_at(pdf, box, 3)) - pdf_number(pdf_at(pdf, box, 1));
}

/* The stream of a page's content in PDF: its only one as it is stored, else all of them joined. */
static struct pdf_obj *content(struct pdf *pdf, struct pdf *from, size_t page, struct diag *d)
{
    const struct pdf_obj *contents = pdf_page_get(from, page, "Contents");
    struct pdf_obj *stream = pdf_new_stream(pdf);
    struct strbuf joined = STRBUF_INIT;
    size_t i, n;

    if (pdf_kind(contents) == PDF_STREAM) {
        const char *raw = pdf_stream_raw(contents, &n);
        const char *filter = pdf_name(pdf_get(from, contents, "Filter"));

        if ((!filter || !strcmp(filter, "FlateDecode")) && !pdf_get(from, contents, "DecodeParms")) {
            pdf_stream_set_raw(pdf, stream, raw, n);
            if (filter)
                pdf_set_name(pdf, stream, "Filter", filter);
            return stream;
        }
        pdf_stream_data(from, contents, &joined, d);
    }
    for (i = 0; i < pdf_len(contents); i++) {
        pdf_stream_data(from, pdf_at(from, contents, i), &joined, d);
        strbuf_addch(&joined, '\n');
    }
    pdf_stream_set(pdf, stream, joined.buf, joined.len, PDF_LEVEL);
    strbuf_release(&joined);
    return stream;
}

/* Page PAGE of FROM as a form; its number. */
static int make_form(struct paper *p, struct pdf_import *import, struct pdf *from, size_t page)
{
    struct pdf_obj *form = content(p->pdf, from, page, p->d);

    pdf_set_name(p->pdf, form, "Type", "XObject");
    pdf_set_name(p->pdf, form, "Subtype", "Form");
    pdf_set(p->pdf, form, "BBox", pdf_import(import, pdf_page_get(from, page, "MediaBox")));
    pdf_set(p->pdf, form, "Resources", pdf_import(import, pdf_page_get(from, page, "Resources")));
    return pdf_add(p->pdf, form);
}

/* ---- pages that are set here ------------------------------------------------------------------ */

/* A certificate of kind "proof" for xsl/proof.xsl, in the job's language if there are words in it. Its
 * root; the document is the caller's. */
static xmlNode *new_proof(const struct paper *p, xmlDoc **doc)
{
    char *words = xasprintf("%s/templates/proof/wording.%s.xml", p->options->data, p->job->lang);
    xmlNode *root;

    *doc = xmlNewDoc(BAD_CAST "1.0");
    root = xmlNewDocNode(*doc, NULL, BAD_CAST "certificate", NULL);
    xmlDocSetRootElement(*doc, root);
    xmlSetNs(root, xmlNewNs(root, BAD_CAST CERT_NS, NULL));
    xmlNewProp(root, BAD_CAST "version", BAD_CAST "1");
    xmlNewProp(root, BAD_CAST "kind", BAD_CAST "proof");
    xmlNewProp(root, BAD_CAST "lang", BAD_CAST(access(words, R_OK) ? "en" : p->job->lang));
    free(words);
    return root;
}

static void add_number(xmlNode *node, const char *name, double value)
{
    char *text = xasprintf("%g", value);

    xmlNewProp(node, BAD_CAST name, BAD_CAST text);
    free(text);
}

/* Sets DOC, which is freed. NULL after reporting. */
static struct pdf *set(struct paper *p, xmlDoc *doc)
{
    struct fo2pdf_options options = { .base = p->job->folder, .date = p->options->date };
    struct pdf *pdf = NULL;
    xmlDoc *fo = NULL;

    if (!cert2fo(p->cert2fo, doc, &fo, p->d))
        fo2pdf(p->fo2pdf, fo, "proof", &options, &pdf, p->d);
    xmlFreeDoc(fo);
    xmlFreeDoc(doc);
    return pdf;
}

static int make_stamp(struct paper *p)
{
    struct pdf_import *import;
    struct pdf *from;
    xmlDoc *doc;

    xmlNewChild(new_proof(p, &doc), NULL, BAD_CAST "draft", NULL);
    from = set(p, doc);
    if (!from)
        return -1;
    import = pdf_import_new(p->pdf, from);
    p->stamp = make_form(p, import, from, 0);
    pdf_import_free(import);
    pdf_free(from);
    return 0;
}

/* ---- outlines ----------------------------------------------------------------------------------- */

/* Adds ITEM to the end of what stands below OUTLINE. Its number. */
static int add_item(struct paper *p, struct outline *outline, struct pdf_obj *item)
{
    int number = pdf_add(p->pdf, item);

    pdf_set_ref(p->pdf, item, "Parent", outline->number);
    if (outline->last) {
        pdf_set_ref(p->pdf, item, "Prev", outline->last);
        pdf_set_ref(p->pdf, pdf_object(p->pdf, outline->last), "Next", number);
    } else {
        pdf_set_ref(p->pdf, pdf_object(p->pdf, outline->number), "First", number);
    }
    pdf_set_ref(p->pdf, pdf_object(p->pdf, outline->number), "Last", number);
    outline->last = number;
    outline->n++;
    return number;
}

static int add_document_item(struct paper *p, const char *name, int page)
{
    struct pdf_obj *item = pdf_new_dict(p->pdf), *dest = pdf_new_array(p->pdf);

    pdf_set_text(p->pdf, item, "Title", name);
    pdf_push_ref(p->pdf, dest, page);
    pdf_push(p->pdf, dest, pdf_new_name(p->pdf, "Fit"));
    pdf_set(p->pdf, item, "Dest", dest);
    return add_item(p, &p->outline, item);
}

/* What is copied of a document's outline. */
struct copying {
    struct pdf_import *import;
    const struct pdf *from;
    const int *pages;      /* numbers of the document's pages in the new file */
    int most;
};

/* The destination, led to the page's new place; NULL when it is none of ours. */
static struct pdf_obj *destination(struct paper *p, const struct copying *c, const struct pdf_obj *dest)
{
    int page = pdf_ref_number(pdf_raw_at(dest, 0));
    struct pdf_obj *made;
    size_t i, k;

    for (i = 0; page && i < pdf_pages(c->from); i++)
        if (pdf_page_number(c->from, i) == page) {
            made = pdf_new_array(p->pdf);
            pdf_push_ref(p->pdf, made, c->pages[i]);
            for (k = 1; k < pdf_len(dest); k++)
                pdf_push(p->pdf, made, pdf_import(c->import, pdf_raw_at(dest, k)));
            return made;
        }
    return NULL;
}

static void copy_items(struct paper *p, struct copying *c, const struct pdf_obj *parent,
                       struct outline *outline, int depth)
{
    const struct pdf_obj *item = pdf_get(c->from, parent, "First");

    for (; item && depth && c->most-- > 0; item = pdf_get(c->from, item, "Next")) {
        struct pdf_obj *made = pdf_new_dict(p->pdf);
        struct pdf_obj *dest = destination(p, c, pdf_get(c->from, item, "Dest"));
        struct outline below = { 0 };

        pdf_set(p->pdf, made, "Title", pdf_import(c->import, pdf_get(c->from, item, "Title")));
        if (dest)
            pdf_set(p->pdf, made, "Dest", dest);
        below.number = add_item(p, outline, made);
        copy_items(p, c, item, &below, depth - 1);
        if (below.n)
            pdf_set_int(p->pdf, made, "Count", -below.n);
    }
}

/* ---- merging ------------------------------------------------------------------------------------ */

static void add_form(struct paper *p, struct pdf_obj *page, const char *name, int form)
{
    struct pdf_obj *forms = pdf_need_dict(p->pdf, pdf_need_dict(p->pdf, page, "Resources"), "XObject");

    pdf_set_ref(p->pdf, forms, name, form);
}

/* A page of SIZE with CONTENT; its number. */
static int add_page(struct paper *p, struct pdf_obj *page, double width, double height,
                    const struct strbuf *drawn)
{
    struct pdf_obj *box = pdf_new_array(p->pdf), *stream = pdf_new_stream(p->pdf);

    pdf_push_int(p->pdf, box, 0);
    pdf_push_int(p->pdf, box, 0);
    pdf_push(p->pdf, box, pdf_new_real(p->pdf, width));
    pdf_push(p->pdf, box, pdf_new_real(p->pdf, height));
    pdf_set(p->pdf, page, "MediaBox", box);
    pdf_need_dict(p->pdf, page, "Resources");
    pdf_stream_set(p->pdf, stream, drawn->buf, drawn->len, 0);
    pdf_set_ref(p->pdf, page, "Contents", pdf_add(p->pdf, stream));
    return pdf_add_page(p->pdf, page);
}

/* Draws the form NAME, WIDTH by HEIGHT, scaled by SCALE with its lower left corner at X, Y. */
static void draw(struct strbuf *out, const char *name, double x, double y, double sx, double sy)
{
    strbuf_addstr(out, "q ");
    pdf_print_real(sx, out);
    strbuf_addstr(out, " 0 0 ");
    pdf_print_real(sy, out);
    strbuf_addch(out, ' ');
    pdf_print_real(x, out);
    strbuf_addch(out, ' ');
    pdf_print_real(y, out);
    strbuf_addf(out, " cm /%s Do Q\n", name);
}

static void draw_leaf(struct paper *p, struct pdf_obj *page, struct strbuf *out, const char *name, int form,
                      int is_draft, double x, double y, double width, double height, double scale)
{
    if (is_draft) {
        add_form(p, page, "Draft", p->stamp);
        draw(out, "Draft", x, y, width / sheet_width * scale, height / sheet_height * scale);
    }
    add_form(p, page, name, form);
    draw(out, name, x, y, scale, scale);
}

static void take_for_merge(struct paper *p, struct pdf *from, const char *name, int is_draft)
{
    size_t i, n = pdf_pages(from);
    int *pages = xcalloc(n + 1, sizeof *pages);
    struct copying c = { pdf_import_new(p->pdf, from), from, pages, OUTLINE_MOST };
    struct outline below = { 0 };
    double width = 0, height = 0;
    struct strbuf drawn = STRBUF_INIT;

    if (p->documents && pdf_pages(p->pdf) % 2) {
        page_size(p->pdf, pdf_pages(p->pdf) - 1, &width, &height);
        add_page(p, pdf_new_dict(p->pdf), width, height, &drawn);
    }
    for (i = 0; i < n; i++) {
        struct pdf_obj *page = pdf_new_dict(p->pdf);

        page_size(from, i, &width, &height);
        strbuf_clear(&drawn);
        draw_leaf(p, page, &drawn, "Page", make_form(p, c.import, from, i), is_draft, 0, 0, width, height, 1);
        pages[i] = add_page(p, page, width, height, &drawn);
    }
    below.number = add_document_item(p, name, pages[0]);
    copy_items(p, &c, pdf_get(from, pdf_catalog(from), "Outlines"), &below, OUTLINE_DEPTH);
    if (below.n)
        pdf_set_int(p->pdf, pdf_object(p->pdf, below.number), "Count", -below.n);
    pdf_import_free(c.import);
    strbuf_release(&drawn);
    free(pages);
}

/* ---- the proof ---------------------------------------------------------------------------------- */

static void take_for_proof(struct paper *p, struct pdf *from, const char *name, int is_draft)
{
    struct pdf_import *import = pdf_import_new(p->pdf, from);
    size_t i;

    for (i = 0; i < pdf_pages(from); i++) {
        struct leaf leaf = { xstrdup(name), i + 1, pdf_pages(from), make_form(p, import, from, i), is_draft, 0, 0 };

        page_size(from, i, &leaf.width, &leaf.height);
        ALLOC_GROW(p->leaves, p->leaves_n, p->leaves_cap);
        p->leaves[p->leaves_n++] = leaf;
    }
    pdf_import_free(import);
}

/* Where the I-th page of a sheet lies: its column's left edge, its row's lower edge; and its room. */
static void cell(size_t i, double *x, double *y, double *width, double *height)
{
    *width = (sheet_width - 2 * margin - (COLUMNS - 1) * gap) / COLUMNS;
    *height = (sheet_height - 2 * margin - foot - (ROWS - 1) * gap) / ROWS;
    *x = margin + (double)(i % COLUMNS) * (*width + gap);
    *y = sheet_height - margin - *height - (double)(i / COLUMNS) * (*height + gap);
    *y += caption;
    *height -= caption;
}

/* The words of a sheet, as a PDF of one page. */
static struct pdf *set_words(struct paper *p, size_t first, size_t n)
{
    xmlDoc *doc;
    xmlNode *sheet = xmlNewChild(new_proof(p, &doc), NULL, BAD_CAST "sheet", NULL);
    double x, y, width, height;
    size_t i;

    add_number(sheet, "number", (double)(first / PER_SHEET + 1));
    add_number(sheet, "of", (double)((p->leaves_n + PER_SHEET - 1) / PER_SHEET));
    for (i = 0; i < n; i++) {
        const struct leaf *leaf = &p->leaves[first + i];
        xmlNode *page = xmlNewChild(sheet, NULL, BAD_CAST "page", NULL);

        cell(i, &x, &y, &width, &height);
        add_number(page, "left", x);
        add_number(page, "top", sheet_height - y + 2);
        add_number(page, "width", width);
        add_number(page, "height", caption - 2);
        add_number(page, "number", (double)leaf->page);
        add_number(page, "of", (double)leaf->pages);
        xmlNewProp(page, BAD_CAST "name", BAD_CAST leaf->name);
        if (leaf->is_draft)
            xmlNewProp(page, BAD_CAST "draft", BAD_CAST "yes");
    }
    return set(p, doc);
}

static void draw_cell(struct paper *p, struct pdf_obj *page, struct strbuf *out, size_t i, const struct leaf *leaf)
{
    char *name = xasprintf("P%zu", i);
    double x, y, width, height, scale;

    cell(i, &x, &y, &width, &height);
    scale = width / leaf->width < height / leaf->height ? width / leaf->width : height / leaf->height;
    y += height - leaf->height * scale;
    draw_leaf(p, page, out, name, leaf->form, leaf->is_draft, x, y, leaf->width, leaf->height, scale);
    strbuf_addstr(out, "0.6 G 0.5 w ");
    pdf_print_real(x, out);
    strbuf_addch(out, ' ');
    pdf_print_real(y, out);
    strbuf_addch(out, ' ');
    pdf_print_real(leaf->width * scale, out);
    strbuf_addch(out, ' ');
    pdf_print_real(leaf->height * scale, out);
    strbuf_addstr(out, " re S\n");
    free(name);
}

static void add_sheet(struct paper *p, size_t first, size_t n)
{
    struct pdf *words = set_words(p, first, n);
    struct pdf_obj *page = pdf_new_dict(p->pdf);
    struct pdf_import *import;
    struct strbuf drawn = STRBUF_INIT;
    int number;
    size_t i;

    if (!words)
        return;
    import = pdf_import_new(p->pdf, words);
    add_form(p, page, "Words", make_form(p, import, words, 0));
    draw(&drawn, "Words", 0, 0, 1, 1);
    for (i = 0; i < n; i++)
        draw_cell(p, page, &drawn, i, &p->leaves[first + i]);
    number = add_page(p, page, sheet_width, sheet_height, &drawn);
    for (i = 0; i < n; i++)
        if (p->leaves[first + i].page == 1)
            add_document_item(p, p->leaves[first + i].name, number);
    strbuf_release(&drawn);
    pdf_import_free(import);
    pdf_free(words);
}

/* ---- the documents of the job ------------------------------------------------------------------- */

static void take_document(struct paper *p, const char *name)
{
    char *path = paths_document(p->job, name);
    struct strbuf bytes = STRBUF_INIT;
    struct pdf *from;
    int is_draft;

    if (strbuf_read_file(&bytes, path, DOCUMENT_LIMIT)) {
        if (errno == ENOENT && p->take == take_for_proof)
            diag(p->d, PRESS_NOT_IN_PROOF, name);
        else if (errno == ENOENT)
            diag(p->d, PRESS_NOT_PRINTED, name);
        else
            diag(p->d, ENV_CANNOT_READ, path, strerror(errno));
        strbuf_release(&bytes);
        free(path);
        return;
    }
    is_draft = !memmem(bytes.buf, bytes.len, "/ByteRange", strlen("/ByteRange"));
    from = pdf_parse_take(&bytes, path, p->d);
    if (from && pdf_pages(from) && (!is_draft || p->stamp || !make_stamp(p))) {
        p->take(p, from, name, is_draft);
        p->documents++;
    }
    pdf_free(from);
    strbuf_release(&bytes);
    free(path);
}

static void take_records(struct paper *p)
{
    struct csv2rec_options options = { .kind = p->job->kind };
    struct csv2rec *reader = csv2rec_open(p->job->folder, &options, p->d);
    struct selection selection;
    xmlDoc *rec = NULL;
    int got;

    if (!reader)
        return;
    if (!select_open(&selection, p->options, p->d)) {
        while ((got = csv2rec_next(reader, &rec))) {
            const xmlNode *record = got > 0 ? xmlx_first(xmlDocGetRootElement(rec), "record") : NULL;
            char *reference = xmlx_child_text(record, "reference"), *issue = xmlx_child_text(record, "issue");
            char *date = xmlx_child_text(record, "issue-date");
            char *name = docname(reference, strcmp(p->job->kind, "iecex") ? NULL : issue);

            if (record && select_wants(&selection, name, reference, p->job->kind, date))
                take_document(p, name);
            free(name);
            free(date);
            free(issue);
            free(reference);
            xmlFreeDoc(rec);
            rec = NULL;
        }
        if (p->job->cross_reference &&
            select_wants(&selection, p->job->cross_reference, p->job->cross_reference, "xref", ""))
            take_document(p, p->job->cross_reference);
        select_report_missing(&selection, p->d);
    }
    select_release(&selection);
    csv2rec_close(reader);
}

static int begin(struct paper *p, const char *folder)
{
    char *fonts = xasprintf("%s/fonts/fonts.conf", p->options->data);
    struct pdf_obj *outlines;

    p->job = job_read(folder, p->d);
    p->cert2fo = cert2fo_open(p->options->data, p->d);
    p->fo2pdf = fo2pdf_open(fonts, p->d);
    free(fonts);
    p->pdf = pdf_create("paper");
    outlines = pdf_new_dict(p->pdf);
    pdf_set_name(p->pdf, outlines, "Type", "Outlines");
    p->outline.number = pdf_add(p->pdf, outlines);
    return p->job && p->cert2fo && p->fo2pdf ? 0 : -1;
}

static void write_out(struct paper *p, const char *output)
{
    struct pdf_obj *info = pdf_info(p->pdf);
    struct strbuf out = STRBUF_INIT;

    pdf_set_text(p->pdf, info, "Producer", "certpress " CERTPRESS_VERSION);
    pdf_set(p->pdf, info, "CreationDate", pdf_new_date(p->pdf, p->options->date));
    pdf_set_int(p->pdf, pdf_object(p->pdf, p->outline.number), "Count", p->outline.n);
    pdf_set_ref(p->pdf, pdf_catalog(p->pdf), "Outlines", p->outline.number);
    pdf_set_name(p->pdf, pdf_catalog(p->pdf), "PageMode", "UseOutlines");
    if (!pdf_write(p->pdf, NULL, &out, p->d))
        outfile_write(output, out.buf, out.len, OUTFILE_BINARY, p->d);
    strbuf_release(&out);
}

static int end(struct paper *p)
{
    size_t i;

    for (i = 0; i < p->leaves_n; i++)
        free(p->leaves[i].name);
    free(p->leaves);
    pdf_free(p->pdf);
    fo2pdf_close(p->fo2pdf);
    cert2fo_close(p->cert2fo);
    job_free(p->job);
    return diag_failed(p->d) ? -1 : 0;
}

int paper_merge(const char *folder, const struct print_options *options, const char *output,
                struct diag *d)
{
    struct paper p = { .options = options, .take = take_for_merge, .d = d };

    if (!begin(&p, folder)) {
        take_records(&p);
        if (!diag_failed(d) && !p.documents)
            diag(d, PRESS_NOTHING, folder);
        if (!diag_failed(d))
            write_out(&p, output);
    }
    return end(&p);
}

int paper_proof(const char *folder, const struct print_options *options, const char *output,
                struct diag *d)
{
    struct paper p = { .options = options, .take = take_for_proof, .d = d };
    size_t i;

    if (!begin(&p, folder)) {
        take_records(&p);
        for (i = 0; i < p.leaves_n; i += PER_SHEET)
            add_sheet(&p, i, p.leaves_n - i < PER_SHEET ? p.leaves_n - i : PER_SHEET);
        if (!p.documents)
            diag(d, PRESS_NOTHING, folder);
        else
            write_out(&p, output);
    }
    return end(&p);
}
