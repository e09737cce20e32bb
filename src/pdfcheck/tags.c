/* The tags of the file (ISO 14289-1; ISO 19005-3, 6.7): what a machine can tell of accessibility.
 * Whether the order and the words are right, people must judge. */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "content.h"
#include "messages.h"
#include "strbuf.h"
#include "xmp.h"

#define DC_NS "http://purl.org/dc/elements/1.1/"

enum { TREE_DEPTH_LIMIT = 200, NUMBER_TREE_DEPTH_LIMIT = 30, ROLE_LIMIT = 20 };

/* ---- claims ---------------------------------------------------------------------------------- */

static void check_claims(struct check *c)
{
    const struct pdf_obj *catalog = pdf_catalog(c->pdf);
    const struct pdf_obj *mark = pdf_get(c->pdf, catalog, "MarkInfo");
    const struct pdf_obj *lang = pdf_get(c->pdf, catalog, "Lang");
    const struct pdf_obj *viewer = pdf_get(c->pdf, catalog, "ViewerPreferences");
    char *title = c->xmp ? xmp_get(c->xmp, DC_NS, "title") : NULL;
    size_t n = 0;

    c->report->checks += 5; /* marked, part, title shown, title given, language */
    if (!pdf_bool(pdf_get(c->pdf, mark, "Marked")))
        check_find(c, CHECK_NOT_MARKED);
    if (pdf_bool(pdf_get(c->pdf, mark, "Suspects")))
        check_find(c, CHECK_MARKED, "its tags are marked as suspect");
    if (!c->report->ua || strcmp(c->report->ua, "1"))
        check_find(c, CHECK_UA_PART);
    if (!pdf_bool(pdf_get(c->pdf, viewer, "DisplayDocTitle")))
        check_find(c, CHECK_TITLE, "readers are not told to show the title (DisplayDocTitle)");
    if (!title || !*title)
        check_find(c, CHECK_TITLE, "the metadata have no title (dc:title)");
    if (!pdf_string(lang, &n) || !n)
        check_find(c, CHECK_LANG);
    free(title);
}

/* ---- the parent tree ------------------------------------------------------------------------- */

/* The parent tree, a number tree (ISO 32000-1 7.9.7), as a list in the order of its keys. */
struct parent {
    long long key;
    const struct pdf_obj *value;
};

struct parents {
    struct parent *list;
    size_t n, cap;
};

static void read_parents(struct check *c, const struct pdf_obj *node, int depth, struct parents *p)
{
    const struct pdf_obj *nums = pdf_get(c->pdf, node, "Nums");
    const struct pdf_obj *kids = pdf_get(c->pdf, node, "Kids");
    size_t i;

    if (depth > NUMBER_TREE_DEPTH_LIMIT)
        return;
    for (i = 0; i + 1 < pdf_len(nums) && !check_work(c, 1); i += 2) {
        ALLOC_GROW(p->list, p->n, p->cap);
        p->list[p->n].key = pdf_int(pdf_at(c->pdf, nums, i));
        p->list[p->n++].value = pdf_at(c->pdf, nums, i + 1);
    }
    for (i = 0; i < pdf_len(kids) && !check_work(c, 1); i++)
        read_parents(c, pdf_at(c->pdf, kids, i), depth + 1, p);
}

static int compare_parents(const void *a, const void *b)
{
    const struct parent *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

/* What StructParent or StructParents KEY leads to, or NULL. */
static const struct pdf_obj *parent_of(const struct parents *p, const struct pdf_obj *key)
{
    struct parent wanted = { pdf_int(key), NULL }, *found;

    if (pdf_kind(key) != PDF_INT || !p->n)
        return NULL;
    found = bsearch(&wanted, p->list, p->n, sizeof *p->list, compare_parents);
    return found ? found->value : NULL;
}

/* ---- the structure tree ---------------------------------------------------------------------- */

struct tree {
    struct check *c;
    unsigned char *seen; /* by object number */
    int heading;         /* level of the last heading, 0: none yet */
    int faults;          /* of the tree's own form; the walk ends at too many */
};

/* ISO 32000-1 14.8.4. */
static int is_standard_type(const char *type)
{
    static const char *const standard[] = {
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
        "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
        "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
        "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT",
        "WP", "Figure", "Formula", "Form", NULL
    };
    const char *const *s;

    for (s = standard; *s; s++)
        if (!strcmp(type, *s))
            return 1;
    return 0;
}

/* The standard type that ELEMENT's type stands for, or NULL; borrowed. */
static const char *standard_type(struct check *c, const struct pdf_obj *element)
{
    const struct pdf_obj *roles =
        pdf_get(c->pdf, pdf_get(c->pdf, pdf_catalog(c->pdf), "StructTreeRoot"), "RoleMap");
    const char *type = pdf_name(pdf_get(c->pdf, element, "S"));
    int i;

    for (i = 0; type && i < ROLE_LIMIT; i++) {
        if (is_standard_type(type))
            return type;
        if (check_work(c, pdf_dict_len(roles)))
            return NULL;
        type = pdf_name(pdf_get(c->pdf, roles, type));
    }
    return NULL;
}

static int has_text(struct check *c, const struct pdf_obj *element, const char *key)
{
    size_t n = 0;

    return pdf_string(pdf_get(c->pdf, element, key), &n) && n;
}

/* An attribute of an element's A: a dictionary, or an array of them and revision numbers. */
static struct pdf_obj *attribute(struct check *c, const struct pdf_obj *element, const char *key)
{
    const struct pdf_obj *a = pdf_get(c->pdf, element, "A");
    struct pdf_obj *value;
    size_t i;

    if (pdf_kind(a) != PDF_ARRAY)
        return pdf_get(c->pdf, a, key);
    for (i = 0; i < pdf_len(a) && !check_work(c, 1); i++)
        if ((value = pdf_get(c->pdf, pdf_at(c->pdf, a, i), key)))
            return value;
    return NULL;
}

/* True when the words of LIST, separated by single spaces, have WORD. */
static int has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    const char *p;

    for (p = list; (p = strstr(p, word)); p++)
        if ((p == list || p[-1] == ' ') && (!p[n] || p[n] == ' '))
            return 1;
    return 0;
}

/* ISO 32000-1 14.8.4.3: of what tables and lists consist, and where their parts may be. */
static void check_nesting(struct check *c, int number, const char *type, const char *parent)
{
    static const struct {
        const char *type, *others;
    } homes[] = {
        { "TR", "Table THead TBody TFoot" }, { "TH", "TR" }, { "TD", "TR" }, { "THead", "Table" },
        { "TBody", "Table" }, { "TFoot", "Table" }, { "LI", "L" }, { "LBody", "LI" },
        { "TOCI", "TOC" },
    }, contents[] = {
        { "Table", "TR THead TBody TFoot Caption" }, { "THead", "TR" }, { "TBody", "TR" },
        { "TFoot", "TR" }, { "TR", "TH TD" }, { "L", "L LI Caption" }, { "LI", "Lbl LBody" },
        { "TOC", "TOC TOCI Caption" },
    };
    size_t i;

    for (i = 0; i < sizeof homes / sizeof *homes; i++)
        if (!strcmp(type, homes[i].type) && !has_word(homes[i].others, parent)) {
            check_find(c, CHECK_NESTING, number, type, *parent ? parent : "the tree's root");
            return;
        }
    for (i = 0; i < sizeof contents / sizeof *contents; i++)
        if (!strcmp(parent, contents[i].type) && !has_word(contents[i].others, type))
            check_find(c, CHECK_NESTING, number, type, parent);
}

static void check_element(struct tree *t, const struct pdf_obj *element, int number,
                          const char *parent)
{
    struct check *c = t->c;
    const char *type = standard_type(c, element);
    int level;

    if (!type) {
        const char *given = pdf_name(pdf_get(c->pdf, element, "S"));

        check_find(c, CHECK_ROLE, number, given ? given : "");
        return;
    }
    check_nesting(c, number, type, parent);
    if (!strcmp(type, "Figure") && !has_text(c, element, "Alt") &&
        !has_text(c, element, "ActualText"))
        check_find(c, CHECK_ALT, number);
    if (type[0] == 'H' && type[1] >= '1' && type[1] <= '6' && !type[2]) {
        level = type[1] - '0';
        if (level > t->heading + 1)
            check_find(c, CHECK_HEADINGS, number, level, t->heading);
        t->heading = level;
    }
    if (!strcmp(type, "TH") && !attribute(c, element, "Scope") && !pdf_get(c->pdf, element, "ID"))
        check_find(c, CHECK_SCOPE, number);
}

static void tree_fault(struct tree *t, const char *what, int number)
{
    t->faults++;
    check_find(t->c, CHECK_STRUCTURE, what, number);
}

static void walk_kids(struct tree *t, const struct pdf_obj *parent, int parent_number, int depth);

static void walk_kid(struct tree *t, const struct pdf_obj *parent, struct pdf_obj *raw,
                     int parent_number, int depth)
{
    struct check *c = t->c;
    const char *parent_type;
    struct pdf_obj *kid = pdf_resolve(c->pdf, raw);
    const struct pdf_obj *type = pdf_get(c->pdf, kid, "Type");
    int number = pdf_owner(kid);

    if (pdf_kind(kid) == PDF_INT || pdf_is_name(type, "MCR") || pdf_is_name(type, "OBJR"))
        return;
    if (pdf_kind(kid) != PDF_DICT || pdf_kind(raw) != PDF_REF || number <= 0) {
        tree_fault(t, "a child is neither element nor content", parent_number);
        return;
    }
    if (t->seen[number]) {
        tree_fault(t, "an element has two places", number);
        return;
    }
    t->seen[number] = 1;
    if (pdf_ref_number(pdf_get_raw(c->pdf, kid, "P")) != parent_number)
        tree_fault(t, "an element does not know its parent", number);
    parent_type = standard_type(c, parent);
    check_element(t, kid, number, parent_type ? parent_type : "");
    walk_kids(t, kid, number, depth + 1);
}

static void walk_kids(struct tree *t, const struct pdf_obj *parent, int parent_number, int depth)
{
    struct pdf_obj *kids = pdf_get_raw(t->c->pdf, parent, "K");
    const struct pdf_obj *list = pdf_resolve(t->c->pdf, kids);
    size_t i;

    if (!kids || t->faults > 20)
        return;
    if (depth > TREE_DEPTH_LIMIT) {
        tree_fault(t, "it is nested too deep", parent_number);
        return;
    }
    if (pdf_kind(list) != PDF_ARRAY) {
        walk_kid(t, parent, kids, parent_number, depth);
        return;
    }
    for (i = 0; i < pdf_len(list) && !check_work(t->c, 1); i++)
        walk_kid(t, parent, pdf_raw_at(list, i), parent_number, depth);
}

static void check_tree(struct check *c, const struct pdf_obj *root)
{
    struct tree t = { .c = c };

    c->report->checks += 6; /* types, nesting, figures, headings, header cells, the tree's form */
    t.seen = xcalloc((size_t)pdf_objects(c->pdf) + 1, 1);
    if (!pdf_get(c->pdf, root, "K"))
        tree_fault(&t, "it is empty", pdf_owner(root));
    walk_kids(&t, root, pdf_owner(root), 0);
    free(t.seen);
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* Appends the page's content, its streams run together. Returns 0, or -1 after reporting. */
static int page_content(struct check *c, const struct pdf_obj *page, struct strbuf *out)
{
    const struct pdf_obj *contents = pdf_get(c->pdf, page, "Contents");
    size_t i;

    if (pdf_kind(contents) == PDF_STREAM)
        return pdf_stream_data(c->pdf, contents, out, &c->d);
    for (i = 0; i < pdf_len(contents) && !check_work(c, 1); i++) {
        if (pdf_kind(pdf_at(c->pdf, contents, i)) == PDF_STREAM &&
            pdf_stream_data(c->pdf, pdf_at(c->pdf, contents, i), out, &c->d))
            return -1;
        strbuf_addch(out, '\n');
    }
    return 0;
}

/* The number of the marked content that OP begins, or -1. */
static long content_number(struct check *c, size_t page, const struct pdf_op *op)
{
    const struct pdf_obj *properties, *mcid;
    char *name;

    if (op->mcid >= 0 || !op->resource)
        return op->mcid;
    name = xstrndup(op->resource, op->resource_len);
    properties = pdf_get(c->pdf, pdf_page_get(c->pdf, page, "Resources"), "Properties");
    mcid = pdf_get(c->pdf, pdf_get(c->pdf, properties, name), "MCID");
    free(name);
    return pdf_kind(mcid) == PDF_INT ? (long)pdf_int(mcid) : -1;
}

/* Whether marked content begun by OP is in the structure tree or an artifact. ELEMENTS has the
 * page's elements by number. */
static int is_accounted(struct check *c, size_t page, const struct pdf_op *op,
                        const struct pdf_obj *elements)
{
    long number;

    if (op->tag_len == 8 && !memcmp(op->tag, "Artifact", 8))
        return 1;
    number = content_number(c, page, op);
    if (number < 0)
        return 0;
    if (pdf_kind(elements) == PDF_ARRAY &&
        pdf_kind(pdf_at(c->pdf, elements, (size_t)number)) != PDF_DICT)
        check_find(c, CHECK_MCID, page + 1, number);
    return 1;
}

/* ISO 19005-3, 6.2.4.3: the colours of the device are those of the output intent, which is RGB. */
static const char *foreign_colours(const struct pdf_op *op)
{
    if (!strcmp(op->name, "k") || !strcmp(op->name, "K") ||
        ((!strcmp(op->name, "cs") || !strcmp(op->name, "CS")) && op->resource_len == 10 &&
         !memcmp(op->resource, "DeviceCMYK", 10)))
        return "DeviceCMYK";
    return NULL;
}

/* 7.1: everything that leaves a mark is tagged or an artifact. */
static void check_content(struct check *c, size_t page, const struct pdf_obj *elements)
{
    struct strbuf bytes = STRBUF_INIT;
    struct pdf_content content;
    struct pdf_op op;
    int accounted = 0; /* depth of marked content at which it began to be; 0: it is not */
    int untagged = 0, coloured = 0;

    if (page_content(c, pdf_page(c->pdf, page), &bytes) || check_work(c, bytes.len / 16 + 1))
        goto done;
    pdf_content_init(&content, bytes.buf, bytes.len, c->place.file);
    while (pdf_content_next(&content, &op, &c->d) > 0) {
        if (op.class == PDF_OP_MARK_BEGIN && !accounted && is_accounted(c, page, &op, elements))
            accounted = content.marks;
        else if (op.class == PDF_OP_MARK_END && content.marks < accounted)
            accounted = 0;
        else if (op.class == PDF_OP_PAINT && !accounted && !untagged++)
            check_find(c, CHECK_UNTAGGED_CONTENT, page + 1);
        if (op.class == PDF_OP_STATE && foreign_colours(&op) && !coloured++)
            check_find(c, CHECK_DEVICE_COLOUR, page + 1, foreign_colours(&op));
    }
done:
    strbuf_release(&bytes);
}

/* ISO 14289-1 7.18.1 lets annotations outside the page be: nobody meets them. */
static int is_outside(struct check *c, size_t page, const struct pdf_obj *annot)
{
    const struct pdf_obj *rect = pdf_get(c->pdf, annot, "Rect");
    const struct pdf_obj *box = pdf_page_get(c->pdf, page, "MediaBox");

    size_t axis;

    if (pdf_len(rect) != 4 || pdf_len(box) != 4)
        return 0;
    for (axis = 0; axis < 2; axis++) {
        double a = pdf_number(pdf_at(c->pdf, rect, axis));
        double b = pdf_number(pdf_at(c->pdf, rect, axis + 2));
        double low = pdf_number(pdf_at(c->pdf, box, axis));
        double high = pdf_number(pdf_at(c->pdf, box, axis + 2));

        if ((a < low && b < low) || (a > high && b > high))
            return 1;
    }
    return 0;
}

static void check_annots(struct check *c, const struct parents *parents, size_t page)
{
    const struct pdf_obj *annots = pdf_get(c->pdf, pdf_page(c->pdf, page), "Annots"), *annot;
    const struct pdf_obj *element, *subtype;
    const char *type;
    size_t i;

    for (i = 0; i < pdf_len(annots) && !check_work(c, 1); i++) {
        annot = pdf_at(c->pdf, annots, i);
        subtype = pdf_get(c->pdf, annot, "Subtype");
        if (pdf_is_name(subtype, "Popup") || pdf_is_name(subtype, "PrinterMark") ||
            is_outside(c, page, annot))
            continue;
        element = parent_of(parents, pdf_get(c->pdf, annot, "StructParent"));
        type = element ? standard_type(c, element) : NULL;
        if (!type || (pdf_is_name(subtype, "Link") && strcmp(type, "Link")) ||
            (pdf_is_name(subtype, "Widget") && strcmp(type, "Form")))
            check_find(c, CHECK_ANNOT_UNTAGGED, pdf_owner(annot));
        if (pdf_is_name(subtype, "Link") && !has_text(c, annot, "Contents"))
            check_find(c, CHECK_LINK_CONTENTS, pdf_owner(annot));
    }
    if (pdf_len(annots) && !pdf_is_name(pdf_get(c->pdf, pdf_page(c->pdf, page), "Tabs"), "S"))
        check_find(c, CHECK_TABS, page + 1);
}

void check_tags(struct check *c)
{
    const struct pdf_obj *root = pdf_get(c->pdf, pdf_catalog(c->pdf), "StructTreeRoot");
    struct parents parents = { 0 };
    size_t i;

    check_claims(c);
    if (pdf_kind(root) != PDF_DICT) {
        check_find(c, CHECK_MARKED, "there is no structure tree");
        return;
    }
    check_tree(c, root);
    read_parents(c, pdf_get(c->pdf, root, "ParentTree"), 0, &parents);
    if (parents.n)
        qsort(parents.list, parents.n, sizeof *parents.list, compare_parents);
    c->report->checks += 5; /* pages, annotations, tab order, content, its colours */
    for (i = 0; i < pdf_pages(c->pdf) && !check_work(c, 1); i++) {
        const struct pdf_obj *key = pdf_get(c->pdf, pdf_page(c->pdf, i), "StructParents");

        if (pdf_kind(parent_of(&parents, key)) != PDF_ARRAY)
            check_find(c, CHECK_STRUCT_PARENTS, i + 1);
        check_annots(c, &parents, i);
        check_content(c, i, parent_of(&parents, key));
    }
    free(parents.list);
}
