#include "words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include "alloc.h"
#include "fit.h"
#include "xmlx.h"

#define TEXT_NS "urn:certpress:xsl:text"
#define ORGANIZATION_NS "urn:certpress:xsl:organization"

/* ---- what is looked up ------------------------------------------------------------------------- */

/* A variable at the top of the stylesheet, new; NULL when there is none. No local variable where a
 * text is asked for may have the names below. */
static xmlXPathObject *variable(xsltTransformContext *ctxt, const char *name, const char *ns)
{
    return xsltVariableLookup(ctxt, BAD_CAST name, BAD_CAST ns);
}

static char *string_variable(xsltTransformContext *ctxt, const char *name)
{
    xmlXPathObject *value = variable(ctxt, name, NULL);
    xmlChar *s = value ? xmlXPathCastToString(value) : NULL;
    char *result = xstrdup(s ? (const char *)s : "");

    xmlFree(s);
    xmlXPathFreeObject(value);
    return result;
}

/* The file that the first node of a variable stands in; NULL when the variable is empty. */
static const struct kept_file *file_variable(struct words *words, xsltTransformContext *ctxt,
                                             const char *name, const char *ns, const char *element,
                                             const char *key)
{
    xmlXPathObject *value = variable(ctxt, name, ns);
    const struct kept_file *file = NULL;

    if (value && value->type == XPATH_NODESET && value->nodesetval && value->nodesetval->nodeNr) {
        const xmlNode *node = value->nodesetval->nodeTab[0];

        file = kept_words(words->kept, ctxt, node->doc, element, key);
        if (!file)
            words->state = WORDS_UNUSUAL;
    }
    xmlXPathFreeObject(value);
    return file;
}

static void look_up(struct words *words, xsltTransformContext *ctxt)
{
    words->state = WORDS_READY;
    words->own = xmlx_first(xmlDocGetRootElement(ctxt->initialContextDoc), "wording");
    words->lang = string_variable(ctxt, "lang");
    words->second_lang = string_variable(ctxt, "second-lang");
    words->era = string_variable(ctxt, "era");
    words->kind = file_variable(words, ctxt, "wording-kind", NULL, "text", "key");
    words->common = file_variable(words, ctxt, "wording-common", NULL, "text", "key");
    words->second_kind = file_variable(words, ctxt, "second-kind", NULL, "text", "key");
    words->second_common = file_variable(words, ctxt, "second-common", NULL, "text", "key");
    words->names = file_variable(words, ctxt, "_names", TEXT_NS, "name", "en");
    words->countries = file_variable(words, ctxt, "countries", ORGANIZATION_NS, "address", "country");
    if (!words->kind || !words->common)
        words->state = WORDS_UNUSUAL; /* a fault, which the stylesheet words */
}

void words_release(struct words *words)
{
    free(words->lang);
    free(words->second_lang);
    free(words->era);
}

/* The word of KEY for this era, else the one for all; NULL when FILE has none. */
static const char *of_file(const struct kept_file *file, const char *key, const char *era)
{
    const struct kept_word *word = file ? kept_find(file, key) : NULL, *general = NULL;

    for (; word; word = kept_next(file, word)) {
        if (word->era && !strcmp(word->era, era))
            return word->text;
        if (!word->era && !general)
            general = word;
    }
    return general ? general->text : NULL;
}

/* The issuing body's own text, new (release with free), or NULL. */
static char *own_text(const struct words *words, const char *key, int second)
{
    const xmlNode *node = xmlx_first(words->own, "text");

    for (; node; node = xmlx_next(node, "text")) {
        const char *lang = xmlx_attr(node, "lang"), *its_key = xmlx_attr(node, "key");

        if (!its_key || strcmp(its_key, key))
            continue;
        if (second ? lang && !strcmp(lang, words->second_lang) : !lang || !strcmp(lang, words->lang))
            return xmlx_text(node);
    }
    return NULL;
}

/* The text of KEY, in the SECOND language of the form or its first: the issuing body's own, else the
 * kind's, else the common one. New (release with free); NULL when there is none. */
static char *find(const struct words *words, const char *key, int second)
{
    char *own = own_text(words, key, second);
    const char *text = NULL;

    if (!own)
        text = of_file(second ? words->second_kind : words->kind, key, words->era);
    if (!own && !text)
        text = of_file(second ? words->second_common : words->common, key, words->era);
    return text ? xstrdup(text) : own;
}

/* ---- the functions ----------------------------------------------------------------------------- */

/* What the certificate's functions look up, or NULL after the stylesheet's function has answered:
 * when this is no ordinary call with N arguments. */
static struct words *ordinary(xmlXPathParserContext *ctxt, int given, int n)
{
    xsltTransformContext *transform = xsltXPathGetTransformContext(ctxt);
    struct words *words = transform->_private;

    if (words->state == WORDS_NEW)
        look_up(words, transform);
    if (words->state == WORDS_READY && given == n)
        return words;
    words->by_stylesheet(ctxt, given);
    return NULL;
}

/* The topmost argument as a string in place; borrowed from the stack. */
static const char *top_string(xmlXPathParserContext *ctxt)
{
    xmlXPathObject *value;

    if (ctxt->value->type != XPATH_STRING) {
        value = valuePop(ctxt);
        valuePush(ctxt, xmlXPathConvertString(value));
    }
    return (const char *)ctxt->value->stringval;
}

/* Puts TEXT in the place of the topmost argument, which is a string. */
static void answer(xmlXPathParserContext *ctxt, const char *text)
{
    xmlChar *copy = xmlStrdup(BAD_CAST text);

    xmlFree(ctxt->value->stringval);
    ctxt->value->stringval = copy;
}

static void text_of(xmlXPathParserContext *ctxt, int n, int second)
{
    struct words *words = ordinary(ctxt, n, 1);
    const char *key;
    char *text;

    if (!words)
        return;
    key = top_string(ctxt);
    if (second && (!*words->second_lang || !*key)) {
        answer(ctxt, "");
        return;
    }
    text = find(words, key, second);
    if (text)
        answer(ctxt, text);
    else
        words->by_stylesheet(ctxt, n);
    free(text);
}

static void words_of(xmlXPathParserContext *ctxt, int n)
{
    text_of(ctxt, n, 0);
}

static void words_second(xmlXPathParserContext *ctxt, int n)
{
    text_of(ctxt, n, 1);
}

static void words_has(xmlXPathParserContext *ctxt, int n)
{
    struct words *words = ordinary(ctxt, n, 1);
    char *text;

    if (!words)
        return;
    text = find(words, top_string(ctxt), 0);
    xmlXPathFreeObject(valuePop(ctxt));
    valuePush(ctxt, xmlXPathNewBoolean(text != NULL));
    free(text);
}

static void words_name(xmlXPathParserContext *ctxt, int n)
{
    struct words *words = ordinary(ctxt, n, 1);
    const struct kept_word *word;
    const char *english;

    if (!words)
        return;
    english = top_string(ctxt);
    word = words->names ? kept_find(words->names, english) : NULL;
    if (word && *word->text)
        answer(ctxt, word->text);
}

static void words_or(xmlXPathParserContext *ctxt, int n)
{
    struct words *words = ordinary(ctxt, n, 2);
    xmlXPathObject *otherwise;
    char *text;

    if (!words)
        return;
    otherwise = valuePop(ctxt);
    text = find(words, top_string(ctxt), 0);
    if (text) {
        answer(ctxt, text);
        xmlXPathFreeObject(otherwise);
    } else {
        xmlXPathFreeObject(valuePop(ctxt));
        valuePush(ctxt, xmlXPathConvertString(otherwise));
    }
    free(text);
}

static void words_put(xmlXPathParserContext *ctxt, int n)
{
    xmlXPathObject *value, *name;
    const char *text, *at;
    struct strbuf slot = STRBUF_INIT;

    if (!ordinary(ctxt, n, 3))
        return;
    value = xmlXPathConvertString(valuePop(ctxt));
    name = xmlXPathConvertString(valuePop(ctxt));
    text = top_string(ctxt);
    strbuf_addf(&slot, "{%s}", (const char *)name->stringval);
    at = strstr(text, slot.buf);
    if (at) {
        size_t before = (size_t)(at - text), len = slot.len;

        strbuf_clear(&slot);
        strbuf_add(&slot, text, before);
        strbuf_addstr(&slot, (const char *)value->stringval);
        strbuf_addstr(&slot, at + len);
        answer(ctxt, slot.buf);
    }
    strbuf_release(&slot);
    xmlXPathFreeObject(name);
    xmlXPathFreeObject(value);
}

static void words_fit(xmlXPathParserContext *ctxt, int n)
{
    struct strbuf fitted = STRBUF_INIT;
    double longest;

    if (n != 2 || ctxt->value->type != XPATH_NUMBER || !(ctxt->value->floatval >= 1) ||
        !(ctxt->value->floatval <= FIT_LONGEST)) {
        ordinary(ctxt, n, -1);
        return;
    }
    longest = ctxt->value->floatval;
    xmlXPathFreeObject(valuePop(ctxt));
    if (fit(top_string(ctxt), longest, &fitted))
        answer(ctxt, fitted.buf);
    strbuf_release(&fitted);
}

static void words_rules(xmlXPathParserContext *ctxt, int n)
{
    struct words *words = ordinary(ctxt, n, 1);
    const struct kept_word *country;

    if (!words)
        return;
    country = words->countries ? kept_find(words->countries, top_string(ctxt)) : NULL;
    xmlXPathFreeObject(valuePop(ctxt));
    valuePush(ctxt, xmlXPathNewNodeSet(country ? (xmlNode *)(uintptr_t)country->node : NULL));
}

void words_register(struct words *words, xsltTransformContext *ctxt)
{
    static const struct {
        const char *ns, *name;
        xmlXPathFunction function;
    } functions[] = {
        { TEXT_NS, "of", words_of },   { TEXT_NS, "second", words_second },
        { TEXT_NS, "has", words_has }, { TEXT_NS, "or", words_or },
        { TEXT_NS, "put", words_put }, { TEXT_NS, "name", words_name },
        { TEXT_NS, "fit", words_fit }, { ORGANIZATION_NS, "rules", words_rules },
    };
    xmlXPathContext *xpath = ctxt->xpathCtxt;
    size_t i;

    /* A stylesheet with none but functions of its own has no txt:fit. */
    words->by_stylesheet = xmlXPathFunctionLookupNS(xpath, BAD_CAST "fit", BAD_CAST TEXT_NS);
    for (i = 0; words->by_stylesheet && i < sizeof functions / sizeof *functions; i++) {
        const xmlChar *name = BAD_CAST functions[i].name, *ns = BAD_CAST functions[i].ns;

        /* A name that is taken stays as it is, so it is freed first. */
        if (xmlXPathRegisterFuncNS(xpath, name, ns, NULL) == 0)
            xmlXPathRegisterFuncNS(xpath, name, ns, functions[i].function);
    }
}
