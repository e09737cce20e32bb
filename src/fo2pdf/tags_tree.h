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

/* A run of marked content: the sequences MARKS belong to one element, between two of its kids. */
struct tag_mark {
    int page, mcid;
};

struct tag_slot {
    struct tag_element *element;
    struct tag_mark *marks;
    int marks_n, marks_cap;
};

struct tag_kid {
    struct tag_element *element; /* one of the two */
    struct tag_slot *slot;
    struct tag_kid *next;
};

struct tag_link_box {
    int page;
    struct tags_box box;
    int annotation;              /* object number, once written */
    struct tag_link_box *next;
};

struct tag_element {
    const struct tag_type *type;
    const struct fo_node *fo;    /* NULL: made for text that stands in a group, or an empty cell */
    struct tag_element *parent;
    struct tag_kid *first, *last;
    const char *lang;            /* in effect; NULL: unknown */
    const char *scope;           /* TH */
    int figure_page;             /* -1: no box */
    struct tags_box figure_box;
    struct tag_link_box *first_link, *last_link;
    int anonymous;
    int used;                    /* something of it was painted */
    int number;                  /* object number, once written */
};

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
    struct tag_slot **slots;     /* all, to free their marks */
    int slots_n, slots_cap;
    struct tag_element **links;  /* of page furniture: they join the document when they are used */
    int links_n, links_cap;
    struct tag_page *pages;
    int pages_n, pages_cap;
    int heading;                 /* level of the last heading met */
    /* while painting */
    const void *open;            /* the slot, or the struct tags for an artifact */
    int in_furniture;
    enum tags_furniture furniture;
};

struct tag_element *tag_element_new(struct tags *t, const struct tag_type *type,
                                    const struct fo_node *fo);
void tag_element_add(struct tags *t, struct tag_element *parent, struct tag_element *element);

/* Reports a fault in the structure at NODE: an error, or a warning when lenient. */
void tags_fault(struct tags *t, const struct fo_node *node, const char *id, enum diag_level level,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
