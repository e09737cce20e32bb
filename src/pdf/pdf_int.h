/* The object layer's insides, shared by its own files only. */
#ifndef PDF_INT_H
#define PDF_INT_H

#include <stdint.h>

#include "alloc.h"
#include "pdf.h"

#define PDF_MAX_DEPTH 100           /* of arrays and dictionaries in one another */
#define PDF_MAX_OBJECTS 1000000     /* object numbers stay below */
#define PDF_MAX_VALUES 4000000      /* numbers, names ... of a file: bounds the memory it takes */
#define PDF_MAX_REVISIONS 1000
#define PDF_MAX_FILE ((size_t)0x7fffffff)
#define PDF_MAX_INFLATE ((size_t)256 << 20)
#define PDF_MAX_FAULTS 20          /* reported in one file */
#define PDF_MAX_LEVEL 9

struct pdf_entry {
    const char *key;
    struct pdf_obj *value;
};

struct pdf_obj {
    unsigned char kind; /* enum pdf_kind */
    int owner;          /* number of the indirect object it is or lies in; 0: none */
    union {
        int boolean, ref;
        long long integer;
        const char *name;
        struct {
            double value;
            const char *text;
        } real;
        struct {
            const char *bytes;
            size_t n;
        } string;
        struct {
            struct pdf_obj **items;
            size_t n, cap;
        } array;
        struct {
            struct pdf_entry *entries;
            size_t n, cap;
        } dict;
        struct {
            struct pdf_obj *dict;
            const char *raw;
            size_t n;
        } stream;
    } u;
};

enum pdf_slot_state {
    PDF_SLOT_UNKNOWN,   /* in no section */
    PDF_SLOT_FREE,
    PDF_SLOT_IN_FILE,   /* at offset */
    PDF_SLOT_IN_STREAM, /* object INDEX of object stream STREAM */
    PDF_SLOT_NEW,       /* made in memory */
};

struct pdf_slot {
    struct pdf_obj *obj;
    union {
        size_t offset;               /* PDF_SLOT_IN_FILE */
        struct {
            int stream, index;       /* PDF_SLOT_IN_STREAM */
        };
        const unsigned char *packed; /* when it is, which it is before OBJ was asked for */
    } u;
    short section;      /* the cross-reference section it was found in, newest = 0 */
    unsigned char state, changed, mark, is_packed;
};

struct pdf {
    struct arena arena;
    struct arena *making;     /* where new objects lie: ARENA, or SCRATCH for one that is packed */
    struct arena scratch;
    struct strbuf pack_bytes; /* of the object that is being packed */
    unsigned char *pack_at;   /* room for more packed objects */
    size_t pack_left;
    const char *name;
    const char *bytes;
    size_t n;
    struct strbuf taken;      /* owns BYTES after pdf_parse_take */
    struct pdf_slot *slots;
    size_t slots_n, slots_cap;
    struct pdf_obj *trailer;
    int *pages;               /* object numbers */
    size_t pages_n, pages_cap;
    size_t *revisions;        /* ends, newest first */
    size_t revisions_n;
    size_t xref_at;           /* the newest section */
    size_t appended_xref_at;  /* the section of the last pdf_append */
    int xref_is_stream;
    size_t values;            /* read so far, against PDF_MAX_VALUES */
    size_t inflated;          /* bytes inflated so far, against PDF_MAX_INFLATE */
    struct pdf_deflater *deflater, *own_deflater; /* the latter dies with the document */
};

/* object.c */
struct pdf_obj *pdf_new_kind(struct pdf *pdf, enum pdf_kind kind);
void pdf_own(struct pdf_obj *obj, int owner); /* marks OBJ and all direct objects in it as OWNER's */
struct pdf_slot *pdf_slot_at(struct pdf *pdf, int number); /* makes room for it */
void pdf_append_item(struct pdf *pdf, struct pdf_obj *array, struct pdf_obj *value);
void pdf_append_entry(struct pdf *pdf, struct pdf_obj *dict, const char *key,
                      struct pdf_obj *value);
const char *pdf_keep(struct pdf *pdf, const void *bytes, size_t n); /* a copy with a final NUL */

/* pack.c: OBJ, which is to be object NUMBER, in few bytes, which live as long as PDF; and back, a
 * new object in ARENA, the texts of which are in PACKED. */
const unsigned char *pdf_pack(struct pdf *pdf, int number, const struct pdf_obj *obj);
struct pdf_obj *pdf_unpack(struct arena *arena, int number, const unsigned char *packed);

/* write.c: true when OBJ must not lie in an object stream. */
int pdf_stays_outside(const struct pdf *pdf, const struct pdf_obj *obj);

/* parse.c: objects from bytes */
struct pdf_lex {
    struct pdf *pdf;
    const char *bytes;
    size_t n, at;
    int owner;   /* number of the object being read */
    int stream;  /* the object stream that BYTES come from; 0: the file */
    int failed;  /* a fault was reported */
    struct diag *d;
};
int pdf_lex_fail(struct pdf_lex *lex, size_t at, const char *what); /* reports; returns -1 */
void pdf_lex_space(struct pdf_lex *lex); /* skips white space and comments */
void pdf_lex_blank(struct pdf_lex *lex); /* skips white space */
int pdf_lex_word(struct pdf_lex *lex, const char *word); /* takes WORD if it stands next */
int pdf_lex_uint(struct pdf_lex *lex, size_t *value);    /* unsigned digits only; 0 or -1, silent */
struct pdf_obj *pdf_lex_object(struct pdf_lex *lex, int depth); /* NULL after reporting */
int pdf_is_space(int c);
int pdf_is_delimiter(int c);

/* stream.c */
void pdf_deflate(struct pdf *pdf, const void *bytes, size_t n, int level, struct strbuf *out);

/* load.c: everything that the table of slots points to */
struct pdf_obj *pdf_load_indirect(struct pdf *pdf, int number, size_t at, int direct_length,
                                  size_t *end, struct diag *d); /* NUMBER 0: whichever it is */
int pdf_load(struct pdf *pdf, struct diag *d);

/* read.c: the cross-reference sections and the trailer */
int pdf_read_sections(struct pdf *pdf, struct diag *d);

/* pages.c */
int pdf_pages_load(struct pdf *pdf, struct diag *d);

/* print.c: MAP translates object numbers; NULL leaves them. HOLE (may be NULL) is for a signature
 * dictionary: ByteRange and Contents are given room, and where they lie in OUT is stored. */
struct pdf_print_hole {
    size_t byterange_at, contents_at; /* of the '[' and the '<' */
    size_t contents_size;             /* bytes of signature */
};
#define PDF_BYTERANGE_LEN 48 /* "[0 nnnnnnnnnn nnnnnnnnnn nnnnnnnnnn]" and spaces */
void pdf_print_object(const struct pdf_obj *obj, const int *map, struct pdf_print_hole *hole,
                      struct strbuf *out);
void pdf_print_int(long long value, struct strbuf *out);
/* An indirect object: number, obj, endobj, stream data. */
void pdf_print_indirect(const struct pdf_obj *obj, int number, const int *map,
                        struct pdf_print_hole *hole, struct strbuf *out);

/* xref.c: writing sections */
struct pdf_xref_row {
    int number;
    unsigned char type;    /* as in cross-reference streams: 0 free, 1 in file, 2 in object stream */
    size_t place;          /* next free number, offset, or object stream's number */
    int index;             /* generation or index in the object stream */
};
/* Appends a section for ROWS (ascending numbers) and the end of file. BASE is the file offset of
 * out->buf[0]. A stream section gets the number STREAM_NUMBER and its own row. TRAILER: the entries
 * Root, Info, ID, Prev in PDF syntax. */
void pdf_write_table(const struct pdf_xref_row *rows, size_t n, int size, const char *trailer,
                     size_t base, struct strbuf *out);
void pdf_write_xref_stream(struct pdf *pdf, struct pdf_xref_row *rows, size_t n, int stream_number,
                           const char *trailer, size_t base, struct strbuf *out);

#endif
