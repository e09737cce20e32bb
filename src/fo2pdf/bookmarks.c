/* Outlines, page labels, named destinations. */
#include "bookmarks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "links.h"
#include "messages.h"
#include "pdf.h"
#include "selection.h"
#include "property.h"
#include "strbuf.h"
#include "style.h"

struct outline {
    struct pdf *pdf;
    const struct fo_document *fo;
    const struct area_document *areas;
    struct diag *d;
    int bad;
};

static void set_title(struct outline *o, struct pdf_obj *item, const struct fo_node *bookmark)
{
    struct strbuf title = STRBUF_INIT;

    for (const struct fo_node *kid = bookmark->first; kid; kid = kid->next)
        if (kid->kind == FO_BOOKMARK_TITLE)
            links_words(kid, &title);
    while (title.len && title.buf[title.len - 1] == ' ')
        title.buf[--title.len] = '\0';
    pdf_set_text(o->pdf, item, "Title", title.buf);
    strbuf_release(&title);
}

static void set_target(struct outline *o, struct pdf_obj *item, const struct fo_node *bookmark)
{
    struct diag_place place = { .file = o->fo->name, .line = bookmark->line };

    if (bookmark->facts->external_destination && *bookmark->facts->external_destination) {
        struct strbuf uri = STRBUF_INIT;
        struct pdf_obj *action = pdf_new_dict(o->pdf);

        if (links_uri(bookmark->facts->external_destination, &uri))
            o->bad = diag_at(o->d, &place, FO_LINK_ADDRESS, bookmark->facts->external_destination);
        pdf_set_name(o->pdf, action, "S", "URI");
        pdf_set(o->pdf, action, "URI", pdf_new_string(o->pdf, uri.buf, uri.len));
        pdf_set(o->pdf, item, "A", action);
        strbuf_release(&uri);
    } else {
        const char *to = bookmark->facts->internal_destination, *id = to ? to : "";
        struct pdf_obj *dest = links_destination(o->pdf, o->areas, id);

        if (dest)
            pdf_set(o->pdf, item, "Dest", dest);
        else if (!selection_lacks(o->areas, id))
            o->bad = diag_at(o->d, &place, FO_DESTINATION, id);
    }
}

/* False when the place of BOOKMARK, and those of all below it, are on pages that are left out. */
static int leads_somewhere(const struct outline *o, const struct fo_node *bookmark)
{
    const struct fo_node *kid;

    if ((bookmark->facts->external_destination && *bookmark->facts->external_destination) ||
        !bookmark->facts->internal_destination ||
        !selection_lacks(o->areas, bookmark->facts->internal_destination))
        return 1;
    for (kid = bookmark->first; kid; kid = kid->next)
        if (kid->kind == FO_BOOKMARK && leads_somewhere(o, kid))
            return 1;
    return 0;
}

/* Links the bookmarks among NODE's children below the object PARENT. Returns how many items show
 * when PARENT is open. */
static int add_items(struct outline *o, const struct fo_node *node, int parent)
{
    int previous = 0, first = 0, shown = 0;

    for (const struct fo_node *kid = node->first; kid; kid = kid->next) {
        struct pdf_obj *item;
        int number, below, hidden;

        if (kid->kind != FO_BOOKMARK || !leads_somewhere(o, kid))
            continue;
        item = pdf_new_dict(o->pdf);
        number = pdf_add(o->pdf, item);
        set_title(o, item, kid);
        set_target(o, item, kid);
        pdf_set_ref(o->pdf, item, "Parent", parent);
        if (previous) {
            pdf_set_ref(o->pdf, item, "Prev", previous);
            pdf_set_ref(o->pdf, pdf_object(o->pdf, previous), "Next", number);
        } else {
            first = number;
        }
        below = add_items(o, kid, number);
        hidden = kid->style && kid->style->page && kid->style->page->starting_state == FO_KW_HIDE;
        if (below)
            pdf_set_int(o->pdf, item, "Count", hidden ? -below : below);
        shown += 1 + (hidden ? 0 : below);
        previous = number;
    }
    if (first) {
        struct pdf_obj *dict = pdf_object(o->pdf, parent);

        pdf_set_ref(o->pdf, dict, "First", first);
        pdf_set_ref(o->pdf, dict, "Last", previous);
    }
    return shown;
}

static void write_outlines(struct outline *o)
{
    const struct fo_node *tree = o->fo->root ? o->fo->root->first : NULL;
    struct pdf_obj *outlines;
    int number, n;

    while (tree && tree->kind != FO_BOOKMARK_TREE)
        tree = tree->next;
    if (!tree)
        return;
    outlines = pdf_new_dict(o->pdf);
    number = pdf_add(o->pdf, outlines);
    pdf_set_name(o->pdf, outlines, "Type", "Outlines");
    n = add_items(o, tree, number);
    if (!n) {
        pdf_remove(o->pdf, number);
        return;
    }
    pdf_set_int(o->pdf, outlines, "Count", n);
    pdf_set_ref(o->pdf, pdf_catalog(o->pdf), "Outlines", number);
    pdf_set_name(o->pdf, pdf_catalog(o->pdf), "PageMode", "UseOutlines");
}

/* ---- page labels --------------------------------------------------------------------------- */

static int is_decimal(const struct area_page *page)
{
    char number[16];

    snprintf(number, sizeof number, "%d", page->number);
    return page->label && !strcmp(page->label, number);
}

static void write_labels(struct pdf *pdf, const struct area_document *areas)
{
    struct pdf_obj *numbers, *tree;
    const struct area_page *page;
    int i = 0, plain = 1, expected = 0;

    for (page = areas->first; page; page = page->next)
        plain &= is_decimal(page) && page->number == ++i;
    if (plain)
        return;
    numbers = pdf_new_array(pdf);
    i = 0;
    for (page = areas->first; page; page = page->next, i++) {
        struct pdf_obj *label;
        int decimal = is_decimal(page) && page->number > 0;

        if (i && decimal && page->number == expected) {
            expected++;
            continue;
        }
        label = pdf_new_dict(pdf);
        if (decimal) {
            pdf_set_name(pdf, label, "S", "D");
            if (page->number != 1)
                pdf_set_int(pdf, label, "St", page->number);
        } else {
            pdf_set_text(pdf, label, "P", page->label ? page->label : "");
        }
        expected = decimal ? page->number + 1 : -1;
        pdf_push_int(pdf, numbers, i);
        pdf_push(pdf, numbers, label);
    }
    tree = pdf_new_dict(pdf);
    pdf_set(pdf, tree, "Nums", numbers);
    pdf_set(pdf, pdf_catalog(pdf), "PageLabels", tree);
}

/* ---- named destinations (ISO 32000-1, 12.3.2.3) ---------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_destinations(struct outline *o)
{
    const struct fo_destination *to;
    const char **names = NULL;
    size_t n = 0, cap = 0;
    struct pdf_obj *leaf, *tree, *list;

    for (to = o->fo->first_destination; to; to = to->next) {
        ALLOC_GROW(names, n, cap);
        names[n++] = to->id;
    }
    if (!n)
        return;
    qsort(names, n, sizeof *names, by_name);
    list = pdf_new_array(o->pdf);
    for (size_t i = 0; i < n; i++) {
        struct pdf_obj *dest = links_destination(o->pdf, o->areas, names[i]);

        if (!dest || (i && !strcmp(names[i], names[i - 1])))
            continue; /* which one has no place was said when the document was read */
        pdf_push(o->pdf, list, pdf_new_string(o->pdf, names[i], strlen(names[i])));
        pdf_push(o->pdf, list, dest);
    }
    leaf = pdf_new_dict(o->pdf);
    pdf_set(o->pdf, leaf, "Names", list);
    tree = pdf_need_dict(o->pdf, pdf_catalog(o->pdf), "Names");
    pdf_set_ref(o->pdf, tree, "Dests", pdf_add(o->pdf, leaf));
    free(names);
}

int bookmarks_write(struct pdf *pdf, const struct fo_document *fo,
                    const struct area_document *areas, struct diag *d)
{
    struct outline o = { pdf, fo, areas, d, 0 };

    write_outlines(&o);
    write_labels(pdf, areas);
    write_destinations(&o);
    return o.bad;
}
