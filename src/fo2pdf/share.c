#include "share.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "strbuf.h"
#include "style.h"

#define FOX_NS "http://xmlgraphics.apache.org/fop/extensions"
#define CX_NS "urn:certpress:fo"

/* Powers of two. Each entry holds what came last: a document has some dozens of either. Styles that
 * fall on one place lie in the WAYS behind it, so that two of a large table cannot turn each other out. */
enum { NAMES = 128, STYLES = 1024, GROUPS = 256, WAYS = 4 };

struct kept_style {
    unsigned hash;
    enum fo_kind kind;
    const struct style_font *font; /* the parent's inherited groups */
    const struct style_text *text;
    const struct style_flow *flow;
    const struct fo_style *style;  /* NULL: empty */
    char *said;                    /* the attributes, as add_attribute has them */
    size_t said_len;
};

struct kept_group {
    const void *values;
    size_t size;
};

struct share {
    struct share_name names[NAMES];
    char *full[NAMES];
    struct kept_style styles[STYLES];
    struct kept_group groups[GROUPS];
    struct kept_style asked;   /* for last */
    struct strbuf said;        /* what it says; empty: not to be kept */
    unsigned turn;             /* of the ways of a place that is full */
};

struct share *share_new(void)
{
    struct share *s = xcalloc(1, sizeof *s);

    strbuf_init(&s->said);
    return s;
}

void share_free(struct share *s)
{
    if (!s)
        return;
    for (int i = 0; i < NAMES; i++)
        free(s->full[i]);
    for (int i = 0; i < STYLES; i++)
        free(s->styles[i].said);
    strbuf_release(&s->said);
    free(s);
}

static unsigned mix(unsigned h, const void *p)
{
    uintptr_t v = (uintptr_t)p >> 3;

    return (h ^ (unsigned)v ^ (unsigned)(v >> 29)) * 16777619u;
}

/* ---- names --------------------------------------------------------------------------------- */

/* Of a namespace that means something here, one string each; else NULL. */
static const char *prefix_of(const xmlNs *ns)
{
    const char *href = ns ? (const char *)ns->href : NULL;

    return !href ? "" : !strcmp(href, FOX_NS) ? "fox:" : !strcmp(href, CX_NS) ? "cx:"
         : !strcmp(href, (const char *)XML_XML_NAMESPACE) ? "xml:" : NULL;
}

int share_is_own(const xmlAttr *a)
{
    return !a->ns && !strcmp((const char *)a->name, "id");
}

static void look_up(struct share_name *n)
{
    size_t len = strlen(n->full);

    n->shorthand = fo_shorthand_find(n->full);
    for (int rtl = 0; rtl < 2; rtl++) {
        const char *alias = fo_property_alias(n->full, len, rtl);

        n->property[rtl] = alias ? fo_property_find(alias, strlen(alias))
                                 : fo_property_find(n->full, len);
        n->is_alias = alias != NULL;
    }
}

const struct share_name *share_name_of(struct share *s, const xmlAttr *a)
{
    static const struct share_name none = { .property = { -1, -1 } };
    const char *prefix = prefix_of(a->ns);
    struct share_name *n;
    unsigned i;

    if (!prefix)
        return &none;
    i = mix(mix(2166136261u, a->name), prefix);
    i = (i ^ i >> 15) % NAMES;
    n = &s->names[i];
    if (n->name == a->name && n->prefix == prefix)
        return n;
    free(s->full[i]);
    *n = (struct share_name){ .name = a->name, .prefix = prefix };
    n->full = s->full[i] = xasprintf("%s%s", prefix, (const char *)a->name);
    n->is_own = share_is_own(a);
    look_up(n);
    return n;
}

/* ---- groups -------------------------------------------------------------------------------- */

const void *share_group(struct share *s, const void *values, size_t size)
{
    struct kept_group *known;
    unsigned h = 2166136261u + (unsigned)size, word;

    for (size_t i = 0; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, (const char *)values + i, sizeof word);
        h = (h ^ word) * 16777619u;
    }
    h ^= h >> 15;
    known = &s->groups[h % GROUPS];
    if (known->size == size && !memcmp(known->values, values, size))
        return known->values;
    *known = (struct kept_group){ values, size };
    return values;
}

/* ---- styles -------------------------------------------------------------------------------- */

/* A's value; NULL when it is no plain text, or may ask for more than the parent's inherited groups:
 * it calls a function, or inherits what is not inherited otherwise. */
static const char *plain_text(const xmlAttr *a)
{
    const char *s;

    if (!a->children)
        return "";
    if (a->children->next || a->children->type != XML_TEXT_NODE)
        return NULL;
    s = a->children->content ? (const char *)a->children->content : "";
    return strchr(s, '(') || strstr(s, "inherit") ? NULL : s;
}

/* A's name, which is known by its pointer, and its TEXT. */
static void add_attribute(struct strbuf *said, const xmlAttr *a, const char *prefix, const char *text)
{
    const void *name[2] = { a->name, prefix };

    strbuf_add(said, name, sizeof name);
    strbuf_add(said, text, strlen(text) + 1);
}

const struct fo_style *share_find(struct share *s, enum fo_kind kind, const struct fo_style *parent,
                                  const xmlNode *element)
{
    const struct kept_style *known;
    const xmlAttr *a;
    unsigned h;

    strbuf_clear(&s->said);
    if (!parent)
        return NULL;
    h = mix(mix(mix(2166136261u + kind, parent->font), parent->text), parent->flow);
    for (a = element->properties; a; a = a->next) {
        const char *text, *prefix = prefix_of(a->ns);

        if (!prefix || share_is_own(a))
            continue;
        text = plain_text(a);
        if (!text) {
            strbuf_clear(&s->said);
            return NULL;
        }
        add_attribute(&s->said, a, prefix, text);
        h = mix(h, a->name);
        for (; *text; text++)
            h = (h ^ (unsigned char)*text) * 16777619u;
    }
    h ^= h >> 15;
    s->asked = (struct kept_style){ .hash = h, .kind = kind, .font = parent->font,
                                    .text = parent->text, .flow = parent->flow };
    strbuf_addch(&s->said, 1); /* that nothing is said, too, can be kept */
    for (unsigned way = 0; way < WAYS; way++) {
        known = &s->styles[(h + way) % STYLES];
        if (!known->style)
            break;
        if (known->hash == h && known->kind == kind && known->font == parent->font &&
            known->text == parent->text && known->flow == parent->flow &&
            known->said_len == s->said.len && !memcmp(known->said, s->said.buf, s->said.len))
            return known->style;
    }
    return NULL;
}

void share_keep(struct share *s, const struct fo_style *style)
{
    struct kept_style *kept;
    unsigned way = 0;

    if (!s->said.len)
        return;
    while (way < WAYS && s->styles[(s->asked.hash + way) % STYLES].style)
        way++;
    if (way == WAYS)
        way = s->turn++ % WAYS;
    kept = &s->styles[(s->asked.hash + way) % STYLES];
    s->asked.said = xrealloc(kept->said, s->said.len, 1);
    s->asked.said_len = s->said.len;
    s->asked.style = style;
    memcpy(s->asked.said, s->said.buf, s->said.len);
    *kept = s->asked;
    s->asked.said = NULL;
}
