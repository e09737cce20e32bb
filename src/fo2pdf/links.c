/* Link annotations and destinations. ISO 32000-1, 12.5.6.5 and 12.3.2; ISO 14289-1, 7.18. */
#include "links.h"

#include <string.h>
#include <strings.h>

#include "destinations.h"
#include "messages.h"
#include "pdf.h"
#include "selection.h"
#include "tags_tree.h"

enum { ANNOTATION_PRINT = 4 };

void links_release(struct links *links)
{
    free(links->items);
    memset(links, 0, sizeof *links);
}

struct pdf_obj *links_destination(struct pdf *pdf, const struct area_document *areas,
                                  const char *id)
{
    const struct area_destination *to = destinations_find(areas, id);
    struct pdf_obj *dest;
    double height;

    if (!to || to->page_index < 0 || (size_t)to->page_index >= pdf_pages(pdf))
        return NULL;
    height = pdf_number(pdf_at(pdf, pdf_page_get(pdf, (size_t)to->page_index, "MediaBox"), 3));
    dest = pdf_new_array(pdf);
    pdf_push_ref(pdf, dest, pdf_page_number(pdf, (size_t)to->page_index));
    pdf_push(pdf, dest, pdf_new_name(pdf, "XYZ"));
    pdf_push(pdf, dest, pdf_new_real(pdf, to->x / 1000.0));
    pdf_push(pdf, dest, pdf_new_real(pdf, height - to->y / 1000.0));
    pdf_push(pdf, dest, pdf_new_null(pdf));
    return dest;
}

/* scheme ":", RFC 3986, 3.1; those that run something are not addresses of documents. */
static int good_scheme(const char *address)
{
    static const char *const refused[] = { "javascript:", "vbscript:", "data:", "file:" };
    size_t n = strspn(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    if (!n || address[n] != ':')
        return 0;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (!strncasecmp(address, refused[i], strlen(refused[i])))
            return 0;
    return 1;
}

int links_uri(const char *address, struct strbuf *uri)
{
    int is_relative = *address && !address[strcspn(address, ":")];

    if (!is_relative && !good_scheme(address))
        return -1;
    for (const unsigned char *c = (const unsigned char *)address; *c; c++) {
        if (*c <= ' ' || *c == 127 || strchr("<>\"{}|\\^`", *c))
            return -1;
        if (*c > 127)
            strbuf_addf(uri, "%%%02X", *c);
        else
            strbuf_addch(uri, (char)*c);
    }
    return is_relative;
}

void links_words(const struct fo_node *node, struct strbuf *out)
{
    for (size_t i = 0; node->kind == FO_TEXT && i < fo_text_len(node); i++) {
        int blank = strchr(" \t\r\n", fo_text(node)[i]) != NULL;

        if (!blank || (out->len && out->buf[out->len - 1] != ' '))
            strbuf_addch(out, blank ? ' ' : fo_text(node)[i]);
    }
    if (node->facts->alt)
        strbuf_addstr(out, node->facts->alt);
    for (const struct fo_node *kid = node->first; kid; kid = kid->next)
        links_words(kid, out);
}

/* What a reader is told of the link before it is followed. */
static void set_contents(struct pdf *pdf, struct pdf_obj *annotation, const struct fo_node *fo)
{
    struct strbuf text = STRBUF_INIT;

    if (fo->facts->alt && *fo->facts->alt)
        strbuf_addstr(&text, fo->facts->alt);
    else
        links_words(fo, &text);
    if (!text.len)
        strbuf_addstr(&text, fo->facts->external_destination ? fo->facts->external_destination
                                                             : fo->facts->internal_destination);
    pdf_set_text(pdf, annotation, "Contents", text.buf);
    strbuf_release(&text);
}

static int set_target(struct tags *t, struct pdf *pdf, const struct area_document *areas,
                      struct pdf_obj *annotation, const struct fo_node *fo)
{
    const char *outside = fo->facts->external_destination, *inside = fo->facts->internal_destination;
    struct pdf_obj *action, *dest;
    struct strbuf uri = STRBUF_INIT;

    if (outside && *outside) {
        int is_relative = links_uri(outside, &uri);

        if (is_relative > 0)
            tags_fault(t, fo, FO_LINK_ADDRESS, outside);
        if (is_relative < 0 || (is_relative && !t->lenient)) {
            struct diag_place place = { .file = t->fo->name, .line = fo->line };

            strbuf_release(&uri);
            return is_relative > 0 ? -1 : diag_at(t->d, &place, FO_LINK_ADDRESS, outside);
        }
        action = pdf_new_dict(pdf);
        pdf_set_name(pdf, action, "S", "URI");
        pdf_set(pdf, action, "URI", pdf_new_string(pdf, uri.buf, uri.len));
        pdf_set(pdf, annotation, "A", action);
        strbuf_release(&uri);
        return 0;
    }
    dest = inside ? links_destination(pdf, areas, inside) : NULL;
    if (!dest) {
        struct diag_place place = { .file = t->fo->name, .line = fo->line };

        return diag_at(t->d, &place, FO_DESTINATION, inside ? inside : "");
    }
    pdf_set(pdf, annotation, "Dest", dest);
    return 0;
}

static int write_element_links(struct tags *t, struct pdf *pdf, const struct area_document *areas,
                               struct links *links, struct tag_element *e)
{
    const char *to = e->fo->facts->external_destination && *e->fo->facts->external_destination
        ? NULL : e->fo->facts->internal_destination;

    if (to && selection_lacks(areas, to)) {
        /* A link to nowhere is none. */
        tag_become(e, "Span");
        for (struct tag_kid *kid = e->first; kid; kid = kid->next)
            if (tag_link_of(kid))
                kid->kind = TAG_GONE;
        return 0;
    }
    for (struct tag_kid *kid = e->first; kid; kid = kid->next) {
        struct tag_place *box = tag_link_of(kid);
        struct pdf_obj *a, *border, *page;

        if (!box)
            continue;
        a = pdf_new_dict(pdf);
        border = pdf_new_array(pdf);
        page = pdf_page(pdf, (size_t)box->page);

        pdf_set_name(pdf, a, "Type", "Annot");
        pdf_set_name(pdf, a, "Subtype", "Link");
        pdf_set(pdf, a, "Rect", tags_rectangle(pdf, (size_t)box->page, &box->box));
        for (int i = 0; i < 3; i++)
            pdf_push_int(pdf, border, 0);
        pdf_set(pdf, a, "Border", border);
        pdf_set_int(pdf, a, "F", ANNOTATION_PRINT);
        set_contents(pdf, a, e->fo);
        pdf_set_int(pdf, a, "StructParent", t->pages_n + links->n);
        if (set_target(t, pdf, areas, a, e->fo))
            return -1;
        kid->number = pdf_add(pdf, a);
        pdf_push_ref(pdf, pdf_need_array(pdf, page, "Annots"), kid->number);
        ALLOC_GROW(links->items, links->n, links->cap);
        links->items[links->n++].element = e;
    }
    return 0;
}

static int write_below(struct tags *t, struct pdf *pdf, const struct area_document *areas,
                       struct links *links, struct tag_element *e)
{
    int bad = 0;

    if (!e->kid.number)
        return 0;
    if (tag_link_of(e->last)) /* those come last */
        bad |= write_element_links(t, pdf, areas, links, e);
    for (struct tag_kid *kid = e->first; kid; kid = kid->next)
        if (tag_element_of(kid))
            bad |= write_below(t, pdf, areas, links, tag_element_of(kid));
    return bad;
}

int links_write(struct tags *t, struct pdf *pdf, const struct area_document *areas,
                struct links *links)
{
    return write_below(t, pdf, areas, links, t->document);
}
