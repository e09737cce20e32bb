#include "lists.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "datafile.h"
#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

struct lists {
    xmlDoc *countries, *techniques, *excb;
};

/* Every code once; every country in every language. */
static void check_countries(const xmlDoc *doc, struct diag *d)
{
    const xmlNode *root = xmlDocGetRootElement(doc), *node, *other;
    const char *languages = datafile_attr(root, "languages", d), *p;

    for (node = xmlx_first_element(root); node; node = xmlx_next_element(node)) {
        const char *code = datafile_attr(node, "code", d);

        for (p = languages; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
            char *lang = xstrndup(p, strcspn(p, " "));

            datafile_attr(node, lang, d);
            free(lang);
        }
        other = xmlx_next_element(node);
        if (other && strcmp(code, datafile_attr(other, "code", d)) >= 0)
            prov_diag(d, other, CAT_TWICE, datafile_attr(other, "code", d)); /* they are in order */
    }
}

static void check_techniques(const xmlDoc *doc, struct diag *d)
{
    const xmlNode *node;

    for (node = xmlx_first_element(xmlDocGetRootElement(doc)); node; node = xmlx_next_element(node)) {
        const char *exposure = datafile_attr(node, "exposure", d);

        datafile_attr(node, "name", d);
        if (strcmp(exposure, "possible") && strcmp(exposure, "no") && strcmp(exposure, "not-assessed"))
            prov_diag(d, node, CAT_VALUE, exposure, "exposure");
    }
}

struct lists *lists_load(const char *templates, struct diag *d)
{
    long faults = d->cannots + d->errors;
    struct lists *l = xcalloc(1, sizeof *l);

    l->countries = datafile_read(templates, "countries.xml", "urn:certpress:countries", "countries", d);
    l->techniques = datafile_read(templates, "techniques.xml", "urn:certpress:techniques", "techniques", d);
    l->excb = datafile_read(templates, "excb.xml", "urn:certpress:excb", "excb", d);
    if (l->countries)
        check_countries(l->countries, d);
    if (l->techniques)
        check_techniques(l->techniques, d);
    if (d->cannots + d->errors != faults) {
        lists_free(l);
        return NULL;
    }
    return l;
}

void lists_free(struct lists *l)
{
    if (!l)
        return;
    xmlFreeDoc(l->countries);
    xmlFreeDoc(l->techniques);
    xmlFreeDoc(l->excb);
    free(l);
}

/* The child of DOC's root whose attribute "code" is CODE. */
static const xmlNode *by_code(const xmlDoc *doc, const char *code)
{
    const xmlNode *node;

    for (node = xmlx_first_element(xmlDocGetRootElement(doc)); node; node = xmlx_next_element(node)) {
        const char *own = xmlx_attr(node, "code");

        if (own && !strcmp(own, code))
            return node;
    }
    return NULL;
}

const char *lists_languages(const struct lists *l)
{
    return xmlx_attr(xmlDocGetRootElement(l->countries), "languages");
}

int lists_has_language(const struct lists *l, const char *lang)
{
    const char *p = lists_languages(l);
    size_t len = strlen(lang);

    for (; len && *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == len && !strncmp(p, lang, len))
            return 1;
    return 0;
}

const char *lists_country(const struct lists *l, const char *code, const char *lang)
{
    const xmlNode *node = by_code(l->countries, code);

    return node && lists_has_language(l, lang) ? xmlx_attr(node, lang) : NULL;
}

int lists_technique(const struct lists *l, const char *code, const char **name, const char **exposure)
{
    const xmlNode *node, *child;

    for (node = xmlx_first_element(xmlDocGetRootElement(l->techniques)); node;
         node = xmlx_next_element(node))
        for (child = xmlx_first(node, "code"); child; child = xmlx_next(child, "code")) {
            char *text = xmlx_text(child);
            int same = !strcmp(text, code);

            free(text);
            if (same) {
                *name = xmlx_attr(node, "name");
                *exposure = xmlx_attr(node, "exposure");
                return 0;
            }
        }
    return -1;
}

int lists_technique_standard(const struct lists *l, const char *name, const char *number)
{
    const xmlNode *node, *child;
    int same = 0;

    for (node = xmlx_first_element(xmlDocGetRootElement(l->techniques)); node && !same;
         node = xmlx_next_element(node)) {
        if (name && strcmp(xmlx_attr(node, "name"), name))
            continue;
        for (child = xmlx_first(node, "standard"); child && !same; child = xmlx_next(child, "standard")) {
            char *text = xmlx_text(child);

            same = !strcmp(text, number);
            free(text);
        }
    }
    return same;
}

char *lists_technique_codes(const struct lists *l)
{
    struct strbuf list = STRBUF_INIT;
    const xmlNode *node, *child;

    for (node = xmlx_first_element(xmlDocGetRootElement(l->techniques)); node;
         node = xmlx_next_element(node))
        for (child = xmlx_first(node, "code"); child; child = xmlx_next(child, "code")) {
            char *text = xmlx_text(child);

            strbuf_addf(&list, "%s%s", list.len ? ", " : "", text);
            free(text);
        }
    return strbuf_detach(&list, NULL);
}

int lists_excb(const struct lists *l, const char *code)
{
    return by_code(l->excb, code) != NULL;
}
