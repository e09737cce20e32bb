/* Hyphenation of a paragraph: its words, and where each of them may be parted. */
#include "fo_messages.h"
#include "hyphens.h"
#include "para.h"

/* No dictionary: said once for a language. Returns not 0 when there is one. */
static int known(struct para *p, const struct para_span *span)
{
    const struct style_font *f = span->style->font;
    struct hyphens *h = p->s->options->hyphens;
    char tag[64];

    if (!h)
        return 0;
    if (hyphens_has(h, f->language, f->country))
        return 1;
    snprintf(tag, sizeof tag, "%s%s%s", f->language ? f->language : "none", f->country ? "-" : "",
             f->country ? f->country : "");
    if (setting_once(p->s, tag))
        fo_report(p->s->d, p->s->fo, span->node, FO_NO_HYPHENS, tag, hyphens_folder(h));
    return 0;
}

static int is_letter(gunichar c)
{
    return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* An apostrophe between letters is part of the word. */
static int in_word(const struct para *p, int c)
{
    gunichar here = g_utf8_get_char(p->text + p->bytes[c]);

    if (is_letter(here))
        return 1;
    return (here == '\'' || here == 0x2019) && c > 0 && c + 1 < p->chars_n &&
           is_letter(g_utf8_get_char(p->text + p->bytes[c + 1]));
}

/* The word from A to B, all set by SPAN's values. A word whose places to part it are marked by hand
 * is left alone. */
static void part(struct para *p, int a, int b, const struct para_span *span)
{
    const struct style_text *t = span->style->text;
    unsigned char points[HYPHENS_WORD_MAX];
    int c;

    if (b - a < t->hyphenation_remain + t->hyphenation_push || b - a > HYPHENS_WORD_MAX)
        return;
    for (c = a; c < b; c++)
        if (p->flags[c] & (PARA_NO_WRAP | (c > a ? PARA_SHY | PARA_BREAK | PARA_NO_BREAK : 0)))
            return;
    hyphens_of(p->s->options->hyphens, span->style->font->language, span->style->font->country,
               p->text + p->bytes[a], p->bytes[b] - p->bytes[a], b - a, points);
    for (c = a + t->hyphenation_remain; c <= b - t->hyphenation_push; c++)
        if (points[c - 1 - a])
            p->flags[c] |= PARA_HYPHEN;
}

static int same_language(const struct para_span *a, const struct para_span *b)
{
    return a->style->text->hyphenate == b->style->text->hyphenate &&
           a->style->font->language == b->style->font->language &&
           a->style->font->country == b->style->font->country;
}

void para_hyphenate(struct para *p)
{
    int i, c, start = -1;
    const struct para_span *span = NULL; /* of the word's start */

    for (i = 0; i < p->spans_n; i++) {
        const struct para_span *here = &p->spans[i];

        for (c = here->start; c < here->end; c++) {
            int word = in_word(p, c) && !(p->flags[c] & PARA_OBJECT);

            if (start >= 0 && (!word || (c == here->start && !same_language(span, here)))) {
                part(p, start, c, span);
                start = -1;
            }
            if (word && start < 0 && here->style->text->hyphenate == FO_KW_TRUE && known(p, here)) {
                start = c;
                span = here;
            }
        }
    }
    if (start >= 0)
        part(p, start, p->chars_n, span);
}
