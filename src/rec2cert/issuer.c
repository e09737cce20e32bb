#include "issuer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "attachment.h"
#include "messages.h"
#include "prov.h"
#include "strbuf.h"
#include "xmlx.h"

#define PROFILE_NS "urn:certpress:profile"

struct issuer {
    xmlDoc *doc;
    const xmlNode *root;
    char *id;
    struct own_levels *levels;
};

static int is_one_of(const char *value, const char *values)
{
    size_t len = strlen(value);
    const char *p = values;

    for (; len && *p; p += strcspn(p, ", "), p += strspn(p, ", "))
        if (strcspn(p, ", ") == len && !strncmp(p, value, len))
            return 1;
    return 0;
}

/* Text of a required child, which must not be empty; reports, never keeps. */
static void need_text(const xmlNode *parent, const char *name, struct diag *d)
{
    char *text = xmlx_child_text(parent, name);

    if (!text[strspn(text, " \t\r\n")])
        prov_diag(d, parent, PROFILE_MISSING, name, (const char *)parent->name);
    free(text);
}

static void need_attribute(const xmlNode *node, const char *name, const char *values, struct diag *d)
{
    const char *value = xmlx_attr(node, name);

    if (!value || !*value)
        prov_diag(d, node, PROFILE_MISSING, name, (const char *)node->name);
    else if (values && !is_one_of(value, values))
        prov_diag(d, node, PROFILE_VALUE, name, (const char *)node->name, value, values);
}

/* Reports attributes of NODE that are not in NAMES: a mistyped one would be a setting that is not made. */
static void check_attributes(const xmlNode *node, const char *names, struct diag *d)
{
    const xmlAttr *a;

    for (a = node->properties; a; a = a->next)
        if (!a->ns && !is_one_of((const char *)a->name, names))
            prov_diag(d, node, PROFILE_ATTRIBUTE, (const char *)a->name, (const char *)node->name);
}

/* Reports children of NODE that are not in NAMES, and those given twice unless in SEVERAL. */
static void check_children(const xmlNode *node, const char *names, const char *several, struct diag *d)
{
    const xmlNode *child;

    for (child = xmlx_first_element(node); child; child = xmlx_next_element(child)) {
        const char *name = (const char *)child->name;

        if (!xmlx_is(child, PROFILE_NS, name) || (!is_one_of(name, names) && !is_one_of(name, several)))
            prov_diag(d, child, PROFILE_ELEMENT, name, (const char *)node->name);
        else if (!is_one_of(name, several) && xmlx_first(node, name) != child)
            prov_diag(d, child, PROFILE_TWICE, name);
    }
}

static void check_organization(const xmlNode *node, const struct lists *lists, struct diag *d)
{
    char *code = xmlx_child_text(node, "country");

    check_children(node, "name postcode city country", "street", d);
    need_text(node, "name", d);
    need_text(node, "city", d);
    need_text(node, "country", d);
    if (*code && !lists_country(lists, code, "en"))
        prov_diag(d, xmlx_first(node, "country"), PROFILE_COUNTRY, code);
    free(code);
}

static void check_mark(const xmlNode *node, const char *job, struct diag *d)
{
    const char *href = xmlx_attr(node, "href"), *type;
    char sha256[65];

    check_attributes(node, "href alt", d);
    need_attribute(node, "href", NULL, d);
    need_attribute(node, "alt", NULL, d);
    if (!href || !*href)
        return;
    switch (attachment_picture(job, href, NULL, &type, sha256, d)) {
    case ATTACHMENT_FINE:
        break;
    case ATTACHMENT_OUTSIDE:
        prov_diag(d, node, PROFILE_MARK, href, "its path leads out of the job");
        break;
    case ATTACHMENT_UNREADABLE:
        prov_diag(d, node, PROFILE_MARK, href, strerror(errno));
        break;
    case ATTACHMENT_OTHER_TYPE:
        prov_diag(d, node, PROFILE_MARK, href, "it is neither an SVG nor a PNG picture");
        break;
    }
}

static void check_verify(const xmlNode *node, struct diag *d)
{
    char *text = xmlx_text(node);
    const char *name = strstr(text, "{name}");

    if (strncmp(text, "https://", 8) || !name || strpbrk(text, " \t\r\n\"<>\\^`|") ||
        strcspn(text, "{}") != (size_t)(name - text) || strpbrk(name + 6, "{}"))
        prov_diag(d, node, PROFILE_VERIFY, text);
    free(text);
}

/* The languages of a form, "en fr": one or two that the lists know. */
static void check_languages(const xmlNode *node, const struct lists *lists, struct diag *d)
{
    const char *value = xmlx_attr(node, "lang"), *p;
    int n = 0;

    for (p = value ? value + strspn(value, " ") : ""; *p; n++) {
        char *lang = xstrndup(p, strcspn(p, " "));

        if (!lists_has_language(lists, lang))
            prov_diag(d, node, PROFILE_VALUE, "lang", "form", lang, lists_languages(lists));
        free(lang);
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    if (value && (n < 1 || n > 2))
        prov_diag(d, node, PROFILE_VALUE, "lang", "form", value, "one or two languages");
}

static void check_form(const xmlNode *node, const struct lists *lists, struct diag *d)
{
    const char *kind = xmlx_attr(node, "kind");

    need_attribute(node, "kind", "iecee, iecex", d);
    check_attributes(node, kind && !strcmp(kind, "iecee") ? "kind edition notation basis annex lang"
                                                          : "kind era assembly-cyber annex", d);
    if (kind && !strcmp(kind, "iecee")) {
        if (xmlx_attr(node, "edition"))
            need_attribute(node, "edition", "2017, 2024", d);
        if (xmlx_attr(node, "notation"))
            need_attribute(node, "notation", "three-numbers, ratio", d);
        if (xmlx_attr(node, "basis"))
            need_attribute(node, "basis", "standard, certificate-form", d);
        if (xmlx_attr(node, "annex"))
            need_attribute(node, "annex", "requirements", d);
        check_languages(node, lists, d);
    }
    if (kind && !strcmp(kind, "iecex")) {
        if (xmlx_attr(node, "era"))
            need_attribute(node, "era", "2010, 2016, 2019", d);
        if (xmlx_attr(node, "assembly-cyber"))
            need_attribute(node, "assembly-cyber", "yes, no", d);
        if (xmlx_attr(node, "annex"))
            need_attribute(node, "annex", "exposure", d);
    }
}

static void check_wording(const xmlNode *node, struct diag *d)
{
    const xmlNode *text;

    need_attribute(node, "kind", "iecee, iecex, csms, xref", d);
    need_attribute(node, "lang", NULL, d);
    check_attributes(node, "kind lang", d);
    check_children(node, "", "text", d);
    if (!xmlx_first(node, "text"))
        prov_diag(d, node, PROFILE_MISSING, "text", "wording");
    for (text = xmlx_first(node, "text"); text; text = xmlx_next(text, "text"))
        need_attribute(text, "key", NULL, d);
}

static void check_profile(const xmlNode *root, const char *job, const struct lists *lists,
                          struct diag *d)
{
    const xmlNode *node;

    need_attribute(root, "id", NULL, d);
    check_attributes(root, "id", d);
    check_children(root, "organization signatory mark accreditation verify", "form wording level", d);
    if (!xmlx_first(root, "organization"))
        prov_diag(d, root, PROFILE_MISSING, "organization", "profile");
    if (!xmlx_first(root, "signatory"))
        prov_diag(d, root, PROFILE_MISSING, "signatory", "profile");
    for (node = xmlx_first_element(root); node; node = xmlx_next_element(node)) {
        const char *name = (const char *)node->name;

        if (!strcmp(name, "organization")) {
            check_organization(node, lists, d);
        } else if (!strcmp(name, "signatory")) {
            check_children(node, "name position", "", d);
            need_text(node, "name", d);
            need_text(node, "position", d);
        } else if (!strcmp(name, "mark")) {
            check_mark(node, job, d);
        } else if (!strcmp(name, "accreditation")) {
            check_attributes(node, "body number", d);
            need_attribute(node, "body", NULL, d);
            need_attribute(node, "number", NULL, d);
        } else if (!strcmp(name, "verify")) {
            check_verify(node, d);
        } else if (!strcmp(name, "form")) {
            check_form(node, lists, d);
        } else if (!strcmp(name, "wording")) {
            check_wording(node, d);
        }
    }
}

struct issuer *issuer_load(const char *path, const char *job, const struct standards *standards,
                           const struct lists *lists, struct diag *d)
{
    long faults = d->cannots + d->errors;
    xmlDoc *doc = xmlx_read(path, NULL, d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct issuer *issuer;

    if (!doc)
        return NULL;
    issuer = xcalloc(1, sizeof *issuer);
    issuer->doc = doc;
    issuer->root = root;
    if (!xmlx_is(root, PROFILE_NS, "profile")) {
        prov_diag(d, root, PROFILE_ROOT, (const char *)root->name);
    } else {
        check_profile(root, job, lists, d);
        issuer->levels = own_levels_load(root, standards, d);
    }
    if (d->cannots + d->errors != faults) {
        issuer_free(issuer);
        return NULL;
    }
    issuer->id = xstrdup(xmlx_attr(root, "id"));
    return issuer;
}

void issuer_free(struct issuer *issuer)
{
    if (!issuer)
        return;
    xmlFreeDoc(issuer->doc);
    own_levels_free(issuer->levels);
    free(issuer->id);
    free(issuer);
}

const char *issuer_id(const struct issuer *issuer)
{
    return issuer->id;
}

/* The text of NODE with every run of blanks as one blank; new. */
static char *line_of(const xmlNode *node)
{
    char *text = xmlx_text(node), *from, *to = text;

    for (from = text; *from; from++) {
        if (!strchr(" \t\r\n", *from))
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

static xmlNode *add_copy(xmlNode *parent, const xmlNode *from, const char *name)
{
    const xmlNode *child = xmlx_first(from, name);
    xmlNode *added = NULL;
    char *line;

    if (child) {
        line = line_of(child);
        if (*line)
            added = xmlx_add_text(parent, name, line);
        free(line);
    }
    return added;
}

static void add_organization(xmlNode *parent, const xmlNode *from, const char *lang,
                             const struct lists *lists)
{
    char *code = line_of(xmlx_first(from, "country"));
    const char *country = lists_country(lists, code, lang);
    const xmlNode *street;

    add_copy(parent, from, "name");
    for (street = xmlx_first(from, "street"); street; street = xmlx_next(street, "street")) {
        char *line = line_of(street);

        if (*line)
            xmlx_add_text(parent, "street", line);
        free(line);
    }
    add_copy(parent, from, "postcode");
    add_copy(parent, from, "city");
    xmlx_set(xmlx_add_text(parent, "country", country ? country : code), "code", code);
    free(code);
}

/* The address of verification with {name} replaced. */
static void add_verify(xmlNode *parent, const xmlNode *from, const char *name)
{
    struct strbuf address = STRBUF_INIT;
    char *text = line_of(from), *at = strstr(text, "{name}");

    strbuf_add(&address, text, (size_t)(at - text));
    strbuf_addstr(&address, name);
    strbuf_addstr(&address, at + 6);
    xmlx_add_text(parent, "verify", address.buf);
    strbuf_release(&address);
    free(text);
}

static void copy_attributes(xmlNode *to, const xmlNode *from, const char *first, const char *second)
{
    xmlx_set(to, first, xmlx_attr(from, first));
    xmlx_set(to, second, xmlx_attr(from, second));
}

static void add_issuer(const struct issuer *issuer, xmlNode *cert, const char *lang, const char *name,
                       const char *signatory, const char *position, const struct lists *lists)
{
    xmlNode *node = xmlx_add(cert, "issuer"), *sign;
    const xmlNode *from;

    xmlx_set(node, "id", issuer->id);
    add_organization(node, xmlx_first(issuer->root, "organization"), lang, lists);
    sign = xmlx_add(node, "signatory");
    if (signatory && position) {
        xmlx_add_text(sign, "name", signatory);
        xmlx_add_text(sign, "position", position);
    } else {
        add_copy(sign, xmlx_first(issuer->root, "signatory"), "name");
        add_copy(sign, xmlx_first(issuer->root, "signatory"), "position");
    }
    if ((from = xmlx_first(issuer->root, "mark")))
        copy_attributes(xmlx_add(node, "mark"), from, "href", "alt");
    if ((from = xmlx_first(issuer->root, "accreditation")))
        copy_attributes(xmlx_add(node, "accreditation"), from, "body", "number");
    if ((from = xmlx_first(issuer->root, "verify")))
        add_verify(node, from, name);
}

/* The profile's <form> for KIND, or NULL. */
static const xmlNode *form_of(const struct issuer *issuer, const char *kind)
{
    const xmlNode *node = issuer ? xmlx_first(issuer->root, "form") : NULL;

    while (node && strcmp(xmlx_attr(node, "kind"), kind))
        node = xmlx_next(node, "form");
    return node;
}

const struct own_levels *issuer_levels(const struct issuer *issuer)
{
    return issuer ? issuer->levels : NULL;
}

int issuer_counts_by_form(const struct issuer *issuer)
{
    const xmlNode *form = form_of(issuer, "iecee");
    const char *basis = form ? xmlx_attr(form, "basis") : NULL;

    return basis && !strcmp(basis, "certificate-form");
}

int issuer_wants_requirements(const struct issuer *issuer)
{
    const xmlNode *form = form_of(issuer, "iecee");

    return form && xmlx_attr(form, "annex") != NULL;
}

int issuer_wants_exposure(const struct issuer *issuer)
{
    const xmlNode *form = form_of(issuer, "iecex");

    return form && xmlx_attr(form, "annex") != NULL;
}

/* The language beside LANG on a form in two languages, or NULL; new. */
static char *second_language(const xmlNode *form, const char *lang)
{
    const char *value = form ? xmlx_attr(form, "lang") : NULL, *p;
    char *other = NULL;
    int has_first = 0;

    for (p = value ? value + strspn(value, " ") : ""; *p; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");

        if (len == strlen(lang) && !strncmp(p, lang, len)) {
            has_first = 1;
        } else {
            free(other);
            other = xstrndup(p, len);
        }
        p += len;
    }
    if (has_first)
        return other;
    free(other);
    return NULL;
}

static void set_or(xmlNode *node, const char *name, const xmlNode *from, const char *otherwise)
{
    const char *value = from ? xmlx_attr(from, name) : NULL;

    xmlx_set(node, name, value ? value : otherwise);
}

static void add_form(const struct issuer *issuer, xmlNode *cert, const char *kind, const char *second)
{
    const xmlNode *from = form_of(issuer, kind);
    xmlNode *form;

    if (!strcmp(kind, "iecee")) {
        form = xmlx_add(cert, "form");
        set_or(form, "edition", from, "2024");
        set_or(form, "notation", from, "three-numbers");
        if (issuer_wants_requirements(issuer))
            xmlx_set(form, "annex", "requirements");
        if (second)
            xmlx_set(form, "second-lang", second);
    } else if (!strcmp(kind, "iecex")) {
        form = xmlx_add(cert, "form");
        set_or(form, "era", from, "2019");
        if (from && xmlx_attr(from, "assembly-cyber"))
            xmlx_set(form, "assembly-cyber", xmlx_attr(from, "assembly-cyber"));
    }
}

/* Texts of the SECOND language say so. */
static void add_wording(const struct issuer *issuer, xmlNode *cert, const char *kind, const char *lang,
                        const char *second)
{
    const xmlNode *from, *text;
    xmlNode *wording = NULL, *copy;

    for (from = xmlx_first(issuer->root, "wording"); from; from = xmlx_next(from, "wording")) {
        int is_second = second && !strcmp(xmlx_attr(from, "lang"), second);

        if (strcmp(xmlx_attr(from, "kind"), kind) || (strcmp(xmlx_attr(from, "lang"), lang) && !is_second))
            continue;
        if (!wording)
            wording = xmlx_add(cert, "wording");
        for (text = xmlx_first(from, "text"); text; text = xmlx_next(text, "text")) {
            char *line = line_of(text);

            copy = xmlx_add_text(wording, "text", line);
            xmlx_set(copy, "key", xmlx_attr(text, "key"));
            if (is_second)
                xmlx_set(copy, "lang", second);
            free(line);
        }
    }
}

void issuer_add(const struct issuer *issuer, xmlNode *cert, const char *kind, const char *lang,
                const char *name, const char *signatory, const char *position,
                const struct lists *lists)
{
    char *second = second_language(form_of(issuer, kind), lang);

    if (issuer)
        add_issuer(issuer, cert, lang, name, signatory, position, lists);
    add_form(issuer, cert, kind, second);
    if (issuer)
        add_wording(issuer, cert, kind, lang, second);
    free(second);
}
