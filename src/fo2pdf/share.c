#include "share.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "style.h"

#define FOX_NS "http://xmlgraphics.apache.org/fop/extensions"
#define CX_NS "urn:certpress:fo"

/* Powers of two. Each entry holds what came last: a document has some dozens of either. */
enum { NAMES = 128, STYLES = 1024, GROUPS = 256 };

struct kept_style {
    unsigned hash;
    enum fo_kind kind;
    const struct style_font *font; /* the parent's inherited groups */
    const struct style_text *text;
    const struct style_flow *flow;
    const struct fo_style *style;  /* NULL: empty */
    const xmlNode *element;
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
    struct kept_style asked;   /* for last; element NULL: not to be kept */
};

struct share *share_new(void)
{
    return xcalloc(1, sizeof(struct share));
}

void share_free(struct share *s)
{
    if (!s)
        return;
    for (int i = 0; i < NAMES; i++)
        free(s->full[i]);
    free(s);
}

static unsigned mix(unsigned h, const void *p)
{
    uintptr_t v = (uintptr_t)p >> 3;

    return (h ^ (unsigned)v ^ (unsigned)(v >> 29)) * 16777619u;
}

/* ---- names --------------------------------------------------------------------------------- */

static const char *prefix_of(const xmlNs *ns)
{
    const char *href = ns ? (const char *)ns->href : NULL;

    return !href ? "" : !strcmp(href, FOX_NS) ? "fox:" : !strcmp(href, CX_NS) ? "cx:"
         : !strcmp(href, (const char *)XML_XML_NAMESPACE) ? "xml:" : NULL;
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
    unsigned i = mix(mix(2166136261u, a->name), a->ns);
    struct share_name *n;
    const char *prefix;

    i = (i ^ i >> 15) % NAMES;
    n = &s->names[i];
    if (n->name == a->name && n->ns == a->ns)
        return n;
    free(s->full[i]);
    s->full[i] = NULL;
    *n = (struct share_name){ .name = a->name, .ns = a->ns, .property = { -1, -1 } };
    prefix = prefix_of(a->ns);
    if (prefix) {
        n->full = s->full[i] = xasprintf("%s%s", prefix, (const char *)a->name);
        look_up(n);
    }
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

static int are_alike(const xmlNode *x, const xmlNode *y)
{
    const xmlAttr *a = x->properties, *b = y->properties;

    for (; a && b; a = a->next, b = b->next)
        if (a->name != b->name || a->ns != b->ns || strcmp(plain_text(a), plain_text(b)))
            return 0;
    return !a && !b;
}

const struct fo_style *share_find(struct share *s, enum fo_kind kind, const struct fo_style *parent,
                                  const xmlNode *element)
{
    const struct kept_style *known;
    const xmlAttr *a;
    unsigned h;

    s->asked.element = NULL;
    if (!parent)
        return NULL;
    h = mix(mix(mix(2166136261u + kind, parent->font), parent->text), parent->flow);
    for (a = element->properties; a; a = a->next) {
        const char *text = plain_text(a);

        if (!text)
            return NULL;
        h = mix(h, a->name);
        for (; *text; text++)
            h = (h ^ (unsigned char)*text) * 16777619u;
    }
    h ^= h >> 15;
    s->asked = (struct kept_style){ h, kind, parent->font, parent->text, parent->flow,
                                    NULL, element };
    known = &s->styles[h % STYLES];
    return known->style && known->hash == h && known->kind == kind &&
           known->font == parent->font && known->text == parent->text &&
           known->flow == parent->flow && are_alike(known->element, element) ? known->style : NULL;
}

void share_keep(struct share *s, const struct fo_style *style)
{
    if (!s->asked.element)
        return;
    s->asked.style = style;
    s->styles[s->asked.hash % STYLES] = s->asked;
}
