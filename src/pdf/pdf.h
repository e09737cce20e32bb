/* PDF documents as objects in memory: a strict reader of what cairo and this module write, editing,
 * a full writer, and the incremental update that seals need. ISO 32000-1.
 *
 * Used by fo2pdf, pdf2pdfa, pdfsign and pdfcheck. It knows nothing of PDF/A, tags or signatures
 * beyond where their bytes must lie.
 *
 * The reader takes PDF 1.4 to 1.7 with cross-reference tables or streams, /Prev chains, object
 * streams, and no encryption; generation numbers are 0. Anything else, and any damage, is an error
 * that names the byte; nothing is repaired or guessed. pdf_parse reads every object, so what is in
 * memory afterwards is sound, and only the decoding of stream data can fail later.
 *
 * Ownership. All objects live in the document and die with it. A struct pdf_obj * is valid until
 * pdf_free. A direct object may stand in one place only: give it to one array, dictionary or
 * pdf_add; for a second place make a reference or pdf_copy.
 *
 * NULL. Functions that look things up return NULL for "absent", for the null object and for a
 * reference to nothing, and take NULL objects, so that look-ups can be chained:
 *     pdf_get(pdf, pdf_get(pdf, page, "Resources"), "Font") */
#ifndef PDF_H
#define PDF_H

#include <stddef.h>
#include <time.h>

#include "diag.h"
#include "strbuf.h"

struct pdf;
struct pdf_obj;

enum pdf_kind {
    PDF_NULL, PDF_BOOL, PDF_INT, PDF_REAL, PDF_NAME, PDF_STRING, PDF_ARRAY, PDF_DICT, PDF_STREAM,
    PDF_REF,
};

/* ---- life ---------------------------------------------------------------------------------- */

/* Reads a document. *Keeps* BYTES and NAME: both must outlive the struct pdf. Returns new (release
 * with pdf_free), or NULL after reporting. */
struct pdf *pdf_parse(const void *bytes, size_t n, const char *name, struct diag *d);

/* The same, but takes what BYTES holds (which is empty afterwards, also on failure) and copies
 * NAME. */
struct pdf *pdf_parse_take(struct strbuf *bytes, const char *name, struct diag *d);

/* An empty document with a catalog and an empty page tree; for tests and merged documents. */
struct pdf *pdf_create(const char *name);

void pdf_free(struct pdf *pdf);

const char *pdf_name_of_file(const struct pdf *pdf); /* as given; borrowed */

/* The bytes it was read from; NULL and 0 for pdf_create. Borrowed. */
const char *pdf_bytes(const struct pdf *pdf, size_t *n);

/* The file's revisions, oldest first: where each ends (the byte after its %%EOF line). I counts
 * from 0 to pdf_revisions - 1. */
size_t pdf_revisions(const struct pdf *pdf);
size_t pdf_revision_end(const struct pdf *pdf, size_t i);

/* ---- the object table ---------------------------------------------------------------------- */

/* Indirect objects have numbers from 1 to pdf_objects - 1; freed and unused ones give NULL. */
int pdf_objects(const struct pdf *pdf);
size_t pdf_values(const struct pdf *pdf); /* how many were read: the memory it takes goes by them */
struct pdf_obj *pdf_object(const struct pdf *pdf, int number);

/* Makes OBJ indirect. Returns its number. */
int pdf_add(struct pdf *pdf, struct pdf_obj *obj);
/* A number for an object that comes later, by pdf_replace or pdf_pack_end; until then there is none. */
int pdf_reserve(struct pdf *pdf);
void pdf_replace(struct pdf *pdf, int number, struct pdf_obj *obj);
void pdf_remove(struct pdf *pdf, int number);

/* The number of the indirect object that OBJ is or lies in; 0 while it is in none. */
int pdf_owner(const struct pdf_obj *obj);

/* OBJ, or what it refers to when it is a reference. */
struct pdf_obj *pdf_resolve(const struct pdf *pdf, struct pdf_obj *obj);

struct pdf_obj *pdf_trailer(const struct pdf *pdf); /* Root, Info, ID; never NULL */
struct pdf_obj *pdf_catalog(const struct pdf *pdf); /* never NULL */
struct pdf_obj *pdf_info(struct pdf *pdf);          /* made when absent */

/* Pages in their order, counted from 0; the tree was checked by pdf_parse. */
size_t pdf_pages(const struct pdf *pdf);
int pdf_page_number(const struct pdf *pdf, size_t i); /* the page's object number */
struct pdf_obj *pdf_page(const struct pdf *pdf, size_t i);
/* KEY of page I, inherited from the page tree for Resources, MediaBox, CropBox and Rotate. */
struct pdf_obj *pdf_page_get(const struct pdf *pdf, size_t i, const char *key);

/* Makes PAGE (a dictionary without Type and Parent) the last page. Returns its number. */
int pdf_add_page(struct pdf *pdf, struct pdf_obj *page);

/* ---- reading ------------------------------------------------------------------------------- */

enum pdf_kind pdf_kind(const struct pdf_obj *obj); /* PDF_NULL for NULL */

/* Values; 0 or NULL for another kind. Numbers: PDF_INT and PDF_REAL both give both. */
int pdf_bool(const struct pdf_obj *obj);
long long pdf_int(const struct pdf_obj *obj);
double pdf_number(const struct pdf_obj *obj);
int pdf_ref_number(const struct pdf_obj *obj);
/* A name without its solidus, #xx undone; NUL-terminated, holds no NUL. Borrowed. */
const char *pdf_name(const struct pdf_obj *obj);
int pdf_is_name(const struct pdf_obj *obj, const char *name);
/* A string's bytes; also NUL-terminated. N may be NULL. Borrowed. */
const char *pdf_string(const struct pdf_obj *obj, size_t *n);
/* Appends a text string as UTF-8. Returns 0, or -1 when OBJ is no string or not valid text. */
int pdf_text(const struct pdf_obj *obj, struct strbuf *utf8);
/* A date string D:YYYYMMDDHHmmSS with Z, +hh'mm' or -hh'mm'. Returns 0 or -1. */
int pdf_date(const struct pdf_obj *obj, time_t *moment);

/* Arrays; n is 0 for anything else. pdf_at resolves references, pdf_raw_at does not. */
size_t pdf_len(const struct pdf_obj *array);
struct pdf_obj *pdf_at(const struct pdf *pdf, const struct pdf_obj *array, size_t i);
struct pdf_obj *pdf_raw_at(const struct pdf_obj *array, size_t i);

/* Dictionaries, and the dictionaries of streams; OBJ may be a reference to one. pdf_get resolves
 * the value, pdf_get_raw does not. */
struct pdf_obj *pdf_get(const struct pdf *pdf, const struct pdf_obj *obj, const char *key);
struct pdf_obj *pdf_get_raw(const struct pdf *pdf, const struct pdf_obj *obj, const char *key);
/* Entries in their order: *KEY borrowed, *VALUE unresolved. False when I is past the last. */
size_t pdf_dict_len(const struct pdf_obj *obj);
int pdf_dict_at(const struct pdf_obj *obj, size_t i, const char **key, struct pdf_obj **value);

/* ---- making and changing ------------------------------------------------------------------- */

/* Every change marks the indirect object it lies in, so that pdf_append knows what to write.
 * Text and bytes are copied. */
struct pdf_obj *pdf_new_null(struct pdf *pdf);
struct pdf_obj *pdf_new_bool(struct pdf *pdf, int value);
struct pdf_obj *pdf_new_int(struct pdf *pdf, long long value);
struct pdf_obj *pdf_new_real(struct pdf *pdf, double value); /* written with up to 5 decimals */
struct pdf_obj *pdf_new_name(struct pdf *pdf, const char *name); /* unescaped: "text/xml" */
struct pdf_obj *pdf_new_string(struct pdf *pdf, const void *bytes, size_t n);
struct pdf_obj *pdf_new_text(struct pdf *pdf, const char *utf8); /* PDFDocEncoding or UTF-16BE */
struct pdf_obj *pdf_new_date(struct pdf *pdf, time_t moment);    /* D:YYYYMMDDHHmmSSZ */
struct pdf_obj *pdf_new_array(struct pdf *pdf);
struct pdf_obj *pdf_new_dict(struct pdf *pdf);
struct pdf_obj *pdf_new_stream(struct pdf *pdf); /* no data yet; made indirect with pdf_add */
struct pdf_obj *pdf_new_ref(struct pdf *pdf, int number);
struct pdf_obj *pdf_copy(struct pdf *pdf, const struct pdf_obj *obj); /* deep; references stay */

/* Sets KEY to VALUE (NULL: removes it) in a dictionary, a stream's dictionary or what DICT refers
 * to. The short forms make the value. */
void pdf_set(struct pdf *pdf, struct pdf_obj *dict, const char *key, struct pdf_obj *value);
void pdf_set_bool(struct pdf *pdf, struct pdf_obj *dict, const char *key, int value);
void pdf_set_int(struct pdf *pdf, struct pdf_obj *dict, const char *key, long long value);
void pdf_set_name(struct pdf *pdf, struct pdf_obj *dict, const char *key, const char *name);
void pdf_set_text(struct pdf *pdf, struct pdf_obj *dict, const char *key, const char *utf8);
void pdf_set_ref(struct pdf *pdf, struct pdf_obj *dict, const char *key, int number);
/* The dictionary or array at KEY (resolved); a new direct one is put there when absent. */
struct pdf_obj *pdf_need_dict(struct pdf *pdf, struct pdf_obj *dict, const char *key);
struct pdf_obj *pdf_need_array(struct pdf *pdf, struct pdf_obj *dict, const char *key);

void pdf_push(struct pdf *pdf, struct pdf_obj *array, struct pdf_obj *value);
void pdf_push_ref(struct pdf *pdf, struct pdf_obj *array, int number);
void pdf_push_int(struct pdf *pdf, struct pdf_obj *array, long long value);
void pdf_put_at(struct pdf *pdf, struct pdf_obj *array, size_t i, struct pdf_obj *value);

/* ---- packed objects ------------------------------------------------------------------------- */

/* Where there are hundred thousands of them, small objects can be packed, to a thirtieth of the memory.
 * To pdf_object they are as all others, but then they are unpacked for good; pdf_write leaves them.
 *
 * What is made between the two is for the object that pdf_pack_end packs, and is void after it: nothing
 * else may be made or changed there. NUMBER was reserved; OBJ is none of those that pdf_write leaves
 * outside of object streams. */
void pdf_pack_begin(struct pdf *pdf);
void pdf_pack_end(struct pdf *pdf, int number, const struct pdf_obj *obj);

/* ---- streams ------------------------------------------------------------------------------- */

/* The data as stored. Borrowed until the stream is set again. */
const char *pdf_stream_raw(const struct pdf_obj *stream, size_t *n);

/* Appends the decoded data: no filter, or FlateDecode with no predictor or a PNG predictor; other
 * filters are reported. Returns 0, or -1 after reporting. What all calls for one document inflate is
 * limited (256 MiB), so that a small file cannot fill the memory. */
int pdf_stream_data(struct pdf *pdf, const struct pdf_obj *stream, struct strbuf *out,
                    struct diag *d);

/* The level for what is made anew with every document: 4 takes half as long again for a
 * twenty-fifth less. */
enum { PDF_LEVEL = 1 };

/* Stores a copy of BYTES, deflated at LEVEL 1 (fast) to 9 (small), or unfiltered at 0; sets Length
 * and Filter and removes DecodeParms. */
void pdf_stream_set(struct pdf *pdf, struct pdf_obj *stream, const void *bytes, size_t n,
                    int level);
/* What deflating needs, set up once for many documents. Returns new, release with
 * pdf_deflater_free. */
struct pdf_deflater *pdf_deflater_new(void);
void pdf_deflater_free(struct pdf_deflater *deflater);

/* PDF deflates with DEFLATER (*kept*) instead of one of its own. */
void pdf_use_deflater(struct pdf *pdf, struct pdf_deflater *deflater);

/* Stores a copy of BYTES that are encoded already; Filter is the caller's business. */
void pdf_stream_set_raw(struct pdf *pdf, struct pdf_obj *stream, const void *bytes, size_t n);

/* ---- writing ------------------------------------------------------------------------------- */

enum pdf_xref {
    PDF_XREF_STREAM, /* object streams and a cross-reference stream: smaller */
    PDF_XREF_TABLE,  /* everything in the open, classic table */
};

struct pdf_write_options {
    enum pdf_xref xref;
    int level;                /* level of object streams, 1 to 9; 0 means PDF_LEVEL */
    const unsigned char *id;  /* 16 bytes; NULL: first 16 bytes of the SHA-256 of the body */
};

/* Appends the whole document as PDF 1.7 to OUT: what can be reached from the trailer, renumbered in
 * the order of a walk from the catalog, so equal documents give equal bytes. The catalog, metadata
 * streams, AcroForm fields and signature dictionaries stay outside object streams. OPTIONS may be
 * NULL. The document in memory does not change. Returns 0, or -1 after reporting (a reference to
 * nothing). */
int pdf_write(struct pdf *pdf, const struct pdf_write_options *options, struct strbuf *out,
              struct diag *d);

/* The same with the usual options into OUT, which must be empty; and PDF goes on as if it had been
 * read from OUT, the bytes of which it *keeps*: its objects have their numbers in the file (those
 * known before are void), and pdf_append writes the next revision. */
int pdf_write_on(struct pdf *pdf, struct strbuf *out, struct diag *d);

/* Where the seal goes in a file (offsets from its start): CONTENTS_AT is the '<' of the hole,
 * CONTENTS_LEN counts from '<' to '>' inclusive. The seal covers all bytes of the file outside. */
struct pdf_hole {
    size_t contents_at, contents_len;
};

struct pdf_append_options {
    int signature;            /* number of the signature dictionary, 0 when there is none: its
                               * ByteRange is made and filled in, and its Contents becomes a hole */
    size_t contents_size;     /* bytes of signature to leave room for */
};

/* Appends to OUT the update that follows the file's original bytes: changed, new and removed
 * objects, and a cross-reference section of the kind the file ends with. The caller joins original
 * and update; OUT must not be the buffer the document was read from. HOLE (may be NULL without a
 * signature) is in offsets of the joined file. Returns 0, or -1 after reporting. */
int pdf_append(struct pdf *pdf, const struct pdf_append_options *options, struct strbuf *out,
               struct pdf_hole *hole, struct diag *d);

/* Goes on from the joined file, the N bytes at BYTES (kept, as by pdf_parse): what pdf_append wrote
 * counts as read, so that a next pdf_append writes the revision after it. The bytes read first must
 * live on too. What pdf_revisions tells stays what it was. */
void pdf_advance(struct pdf *pdf, const void *bytes, size_t n);

/* Writes N bytes of signature in hexadecimal into the hole of FILE (the joined file), the rest of
 * the hole stays zeros. Returns 0, or -1 when they do not fit. */
int pdf_fill_hole(struct strbuf *file, const struct pdf_hole *hole, const void *bytes, size_t n);

/* Appends OBJ in PDF syntax, with its own numbers in references; streams as their dictionary. */
void pdf_print(const struct pdf_obj *obj, struct strbuf *out);

/* Append a name's PDF syntax (with solidus and #xx), a real number's (up to 5 decimals, no
 * exponent). */
void pdf_print_name(const char *name, struct strbuf *out);
void pdf_print_real(double value, struct strbuf *out);

#endif
