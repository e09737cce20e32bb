/* The structure tree in memory, between tags.c (which makes and fills it) and tags_write.c. */
#ifndef TAGS_TREE_H
#define TAGS_TREE_H

#include "alloc.h"
#include "tags.h"

/* A standard structure type. ISO 32000-1, 14.8.4. */
enum tag_class {
    TAG_GROUP,  /* holds elements; text in it is put into a paragraph */
    TAG_BLOCK,  /* holds text and inline elements */
    TAG_CELL,   /* holds either */
    TAG_PART,   /* of a table or list: holds its own parts only */
    TAG_INLINE,
};

struct tag_type {
    const char *name;
    enum tag_class class;
    const char *parents; /* " A B " when it must stand in one of these; NULL: anywhere */
    const char *kids;    /* " A B " when it holds nothing but these; NULL: anything */
};

/* The type named NAME (N bytes), or NULL. */
const struct tag_type *tag_type_find(const char *name, size_t n);

/* What an element holds, in reading order. A table of a thousand pages has 200,000 elements and as many
 * texts: what few of them have is a kid too, and what all have is kept small. */
enum tag_kid_kind {
    TAG_ELEMENT, TAG_TEXT,
    TAG_BOX,  /* where it lies, a figure; comes first */
    TAG_LINK, /* where it lies, a link; those come last */
    TAG_GONE,
};

enum tag_flags {
    TAG_ANONYMOUS = 1,           /* text that comes next may join it */
    TAG_USED = 2,                /* something of it was painted */
    TAG_HEADS_COLUMN = 4, TAG_HEADS_ROW = 8,
    TAG_FURNITURE = 16,          /* a link outside of the text: its language is where it joins that */
};

struct tag_kid {
    struct tag_element *parent;
    struct tag_kid *next;
    unsigned char kind;          /* enum tag_kid_kind */
    unsigned char type, flags;   /* an element's: see tag_type; enum tag_flags */
    int number;                  /* an element's, a link annotation's object number, once it is
                                  * known; how many marks a text has; a figure's page */
};

struct tag_element {
    struct tag_kid kid;
    const struct fo_node *fo;    /* NULL: made for text that stands in a group, or an empty cell */
    struct tag_kid *first, *last;
};

struct tag_mark {
    int page, mcid;
};

/* TAG_TEXT: sequences of marked content that belong to its element, between two of its other kids. */
struct tag_slot {
    struct tag_kid kid;
    union {
        struct tag_mark one;     /* no more than one, as nearly always */
        struct tag_mark *many;   /* room for as many as the next power of two */
    } marks;
};

/* TAG_BOX, TAG_LINK */
struct tag_place {
    struct tag_kid kid;
    int page;
    struct tags_box box;
};

/* KID as what it is, or NULL when it is something else. */
static inline struct tag_element *tag_element_of(struct tag_kid *kid)
{
    return kid && kid->kind == TAG_ELEMENT ? (struct tag_element *)kid : NULL;
}

static inline struct tag_slot *tag_slot_of(struct tag_kid *kid)
{
    return kid && kid->kind == TAG_TEXT ? (struct tag_slot *)kid : NULL;
}

static inline struct tag_place *tag_link_of(struct tag_kid *kid)
{
    return kid && kid->kind == TAG_LINK ? (struct tag_place *)kid : NULL;
}

/* The place of a figure, or NULL. */
static inline struct tag_place *tag_box_of(const struct tag_element *e)
{
    return e->first && e->first->kind == TAG_BOX ? (struct tag_place *)e->first : NULL;
}

static inline const struct tag_mark *tag_marks(const struct tag_slot *slot)
{
    return slot->kid.number > 1 ? slot->marks.many : &slot->marks.one;
}

struct tag_page {
    struct tag_element **elements; /* by MCID */
    int elements_n, elements_cap;
};

struct tags {
    struct arena arena;
    struct fo_document *fo;
    int lenient;
    struct diag *d;
    struct tag_element *document;
    struct tag_element **links;  /* of page furniture: they join the document when they are used */
    int links_n, links_cap;
    struct tag_page *pages;
    int pages_n, pages_cap;
    int packs;                   /* while writing: many elements, which take less when packed */
    int heading;                 /* level of the last heading met */
    /* while painting */
    const void *open;            /* the slot, or the struct tags for an artifact */
    int in_furniture;
    enum tags_furniture furniture;
};

struct tag_element *tag_element_new(struct tags *t, const struct tag_type *type,
                                    const struct fo_node *fo);
void tag_element_add(struct tag_element *parent, struct tag_element *element);

const struct tag_type *tag_type(const struct tag_element *e);
int tag_is(const struct tag_element *e, const char *type);
void tag_become(struct tag_element *e, const char *type);
/* The language in effect; NULL: unknown. */
const char *tag_lang(const struct tag_element *e);

/* Reports a fault in the structure at NODE: an error, or a warning when lenient. */
void tags_fault(struct tags *t, const struct fo_node *node, const char *id, enum diag_level level,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
