/* Block-level layout. The content of a reference area becomes a list of items: boxes that cannot be
 * broken, and after each the gap to the next with what it costs to break there. Beside the list
 * stands the tree of what the items belong to. Breaking chooses gaps (breaker.h); then each part of
 * the list is made into areas (flow_emit).
 *
 * x is counted in the list's reference area (0 to width), y while emitting from the part's top. */
#ifndef FLOW_H
#define FLOW_H

#include "para.h"
#include "setting.h"

#define FLOW_NEVER 0x7fffffff

struct flow_item {
    mpt length;                /* of the box */
    mpt gap, gap_min, gap_max; /* to the next item when they are not parted */
    int penalty;               /* of parting: 0 none to FLOW_NEVER */
    int force;                 /* 0 or the keyword of the break that is asked for */
    mpt end_space, start_space;/* when parted: spaces that stay, before and after */
    mpt end_edges, start_edges;/* when parted: edges drawn again and repeated table parts */
    const struct fo_node *fo;  /* for messages */
    const struct rows_group *group; /* of whose parts it is one, or NULL */
    int step;                  /* the boundary in them that it ends at */
};

enum flow_kind {
    FLOW_BLOCK,                /* edges and children */
    FLOW_LINES,                /* a paragraph; one item a line */
    FLOW_LEAF,                 /* one item: a list set as a whole */
    FLOW_ROWS,                 /* cells side by side; one item a step; rows.h */
    FLOW_OUT,                  /* out of the flow: absolutely positioned; no item */
};

/* A footnote that an item cites. */
struct flow_note {
    int item;
    const struct fo_node *body;/* footnote-body */
};

/* Where emitting came to: parts of a list are emitted one after the other, and none must look at all
 * that went before. */
struct flow_reached {
    struct flow_node *node;    /* the first that was wanted; NULL: none yet */
    int from;                  /* by the part that begins with this item */
};

struct flow_list {
    struct setting *s;
    mpt width;
    struct flow_item *items;
    int items_n, items_cap;
    struct flow_node *first, *last;
    mpt lead, trail;           /* retained spaces at the start and the end */
    int is_cut;                /* there is more, which was not built */
    int first_force;           /* break-before of the first item */
    int last_force;            /* break-after of the last item */
    int first_keep, last_keep; /* strengths that keep them with what is outside */
    struct flow_reached reached;
    struct flow_note *notes;   /* in the order of items */
    int notes_n, notes_cap;
};

/* A place in a flow that can be found again when it is set anew in another width. */
struct flow_place {
    const struct fo_node *top; /* object around which are blocks of blocks only; NULL: the start */
    int ordinal;               /* of the node, in the order of opening, among those of TOP */
    int at;                    /* FLOW_LINES: character; FLOW_ROWS: step */
    const struct para *para;   /* FLOW_LINES: as it was set, unless it is soon given up */
};

struct flow_node {
    enum flow_kind kind;
    const struct fo_node *top; /* a child of the list's object, or the one of flow_place, around it */
    const struct fo_node *fo;
    const struct area_box *box;
    const struct area_box *cut;/* its edges at breaks, when they are others; NULL: the box's */
    mpt x, width;              /* content rectangle */
    int from, to;              /* items */
    short edge_before, edge_after;      /* has an item of its own for them */
    short retain_before, retain_after;  /* edges stay at breaks */
    int anonymous;             /* makes no area of its own */
    struct flow_node *parent, *first, *last, *next;
    struct flow_reached reached;        /* among its children */

    struct para *para;         /* FLOW_LINES; NULL: given up, see again.h */
    int may_overflow;          /* of it; its lines are as long as width says */
    struct flow_node *next_awake;
    struct flow_list *list;    /* FLOW_LEAF, FLOW_OUT */
    mpt space[2];              /* before and after: what resolution left of it */
    mpt retained[2];           /* ... at a break */
    mpt height;                /* FLOW_LEAF, FLOW_OUT: content height */
    int rotation;
    double stretch;            /* FLOW_LEAF, FLOW_OUT: of the gaps in it */
    unsigned flags;            /* for the area */
    struct flow_node *head, *foot;      /* table parts to repeat at breaks */
    struct table *anew;        /* of such a part: whose it is, when it is not the same on all pages */
    struct rows_group *group;  /* FLOW_ROWS */
    int begins;                /* ... with the first row of what it is for */
};

/* One open level while building. */
struct flow_level {
    struct flow_node *node;
    int keep;                  /* strength of keep-together, of this and the outer levels */
    mpt start_edges, end_edges;/* drawn at breaks, sums */
};

struct flow_builder {
    struct setting *s;
    struct flow_list *list;
    mpt width;                 /* of the reference area */
    int may_overflow;
    struct flow_level *levels;
    struct flow_place resume;
    long enough;               /* height from there on that is enough; 0: no bound */
    int passed;                /* it was set; what follows it is HIGH up to item SEEN */
    int seen;
    long high;
    const struct fo_node *top;
    int ordinal;               /* of the next node of TOP */
    int depth, depth_cap, low; /* low: the least depth since the last item */
    /* between the last item and the next */
    struct fo_space_value {
        mpt min, opt, max;
        int precedence, retain, after;
        struct flow_node *node;/* whose space it is; NULL until it is opened */
    } *spaces;
    struct flow_node *closed;  /* the last one that was */
    int spaces_n, spaces_cap;
    int keep, force, never;
    mpt inset[2];              /* left and right: of the inlines that lie around blocks */
    struct para *para;         /* being filled */
    const struct fo_node *para_block;
    int para_first;            /* nothing of the block was set before */
    int gives_up;              /* it is given up, and made in the scratch arena until it is measured */
};

/* The content of NODE (its children) in a reference area of WIDTH, unbroken. In the arena. */
struct flow_list *flow_build(struct setting *s, const struct fo_node *node, mpt width,
                             int may_overflow);

/* The content of the flow NODE from RESUME's object to END (excluded, NULL: to its end), in which what
 * stands before RESUME's place in that object may be set anyhow, and before that nothing: the list, and
 * in *FROM the item that the place now is. ENOUGH (0: no bound): objects that begin further than this
 * below the place are left out, and lines of the paragraph that the place is in. The list shares what it can with RESUME's
 * paragraph, which must outlast it. */
struct flow_list *flow_build_from(struct setting *s, const struct fo_node *node,
                                  const struct fo_node *end, mpt width, int may_overflow,
                                  const struct flow_place *resume, long enough, int *from);

/* The place of item I of LIST. */
void flow_find(const struct flow_list *list, int i, struct flow_place *place);

/* The end of what cannot be set anew from item I on, because its cells or its columns have begun before:
 * of a table, or of a list item; I itself when there is nothing of that kind. *FO gets what it is. */
int flow_kept(const struct flow_list *list, int i, const struct fo_node **fo);

/* The item of LIST that PLACE now is; 0 when it is not found. */
int flow_item_at(const struct flow_list *list, const struct flow_place *place);

/* Natural height of items FROM to TO (excluded) as one part. */
long flow_height(const struct flow_list *list, int from, int to);

/* What that height differs by from the sum of lengths, gaps and what stands at the breaks: when both
 * ends are inside the same rows, the sum knows only how each of them would go with the whole. */
long flow_excess(const struct flow_list *list, int from, int to);

/* The stretch (-1 to 0) that makes LIST fit in ROOM; *HEIGHT becomes what it is then. */
double flow_shrink(const struct flow_list *list, mpt room, mpt *height);

/* Where a part is drawn. */
struct flow_target {
    struct area *reference;    /* for absolutely positioned content: its content rectangle */
    struct area *region;       /* the page's region, parent of fixed content */
    mpt region_x, region_y;    /* of its content rectangle on the page */
    mpt page_width, page_height;
    const struct area_page *page;
    unsigned flags;            /* for all areas: AREA_ARTIFACT */
    double stretch;            /* of gaps: -1 (least) to 1 (most) */
};

/* Makes areas of items FROM to TO below PARENT, whose content rectangle is the reference area's;
 * the first box lies at Y. Returns where the last ends. */
mpt flow_emit(struct flow_list *list, int from, int to, struct area *parent, mpt y,
              const struct flow_target *target);

/* For rows.c, table.c. */
struct flow_node *flow_open(struct flow_builder *b, enum flow_kind kind, const struct fo_node *fo);
void flow_close(struct flow_builder *b);
void flow_item(struct flow_builder *b, mpt length, const struct fo_node *fo);
void flow_space(struct flow_builder *b, const struct fo_space *space, int after);
void flow_gap(struct flow_builder *b, mpt length);
void flow_note(struct flow_builder *b, int item, const struct fo_node *body);
void flow_notes(struct flow_builder *b, int item, const struct flow_list *list, int from, int to);
void flow_edges(struct flow_builder *b, struct flow_node *node, const struct area_box *box);
void flow_block_start(struct flow_builder *b, const struct fo_node *fo);
void flow_block_end(struct flow_builder *b, const struct fo_node *fo);
void flow_keep(struct flow_builder *b, const struct fo_keep *keep);
void flow_break(struct flow_builder *b, int force);
int flow_stronger(int force, int other);  /* 0 or FO_KW_AUTO: none; of two breaks the stronger */
int flow_strength(const struct fo_keep *keep);
void flow_frame(struct flow_builder *b, const struct fo_node *fo, mpt *x, mpt *width);
const struct area_box *flow_part_box(struct setting *s, const struct area_box *box, int top,
                                     int bottom);
mpt flow_align(const struct fo_node *fo, mpt room);

/* One block-level object, or what may stand in its place; a block-container. */
void flow_children(struct flow_builder *b, const struct fo_node *fo);
void flow_container(struct flow_builder *b, const struct fo_node *fo);

/* At the end of NODE: the edge after; an item when it is empty but on a page of its own. */
void flow_edge_after(struct flow_builder *b, struct flow_node *node);
void flow_place_breaks(struct flow_builder *b, const struct flow_node *node);

/* The inline-level content of NODE, which is BLOCK or an inline in it, and blocks among it, for
 * lines of WIDTH; and the end of the paragraph that was begun. */
void flow_inlines(struct flow_builder *b, const struct fo_node *block, const struct fo_node *node,
                  mpt width);
void flow_flush_para(struct flow_builder *b);
int flow_is_blank(const struct fo_node *node); /* among blocks it makes no paragraph */

void table_build(struct flow_builder *b, const struct fo_node *table);

/* The list of a header or footer N for PAGE, in the arena: N's own, unless it shows page numbers. */
struct flow_list *table_repeat(struct setting *s, const struct flow_node *n,
                               const struct area_page *page);

/* The rows of G, whose table gave them up, in the setting's arena. */
struct rows *table_rows(struct setting *s, const struct rows_group *g);

/* Frees the tables that table_repeat and table_rows needed. */
void table_release(struct setting *s);

void table_captioned(struct flow_builder *b, const struct fo_node *fo);
void list_build(struct flow_builder *b, const struct fo_node *list);

#endif
