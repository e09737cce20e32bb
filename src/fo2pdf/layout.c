#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "amend.h"
#include "destinations.h"
#include "flow.h"
#include "fo_messages.h"
#include "pages.h"
#include "setting.h"

#define MAX_ROUNDS 6

/* The area document comes first, so that the one is the other. The rest is there to make the areas of
 * pages that were given up. */
struct result {
    struct area_document areas;
    struct arena arena;
    struct setting setting;
    struct pages pages;
    struct layout_options options;
    GHashTable *labels;
    struct diag mute;
};

/* Messages of a round are kept until it is known that the round is the last. */
struct message {
    struct diag_place place;
    enum diag_level level;
    const char *id;
    char *text;
};

struct messages {
    struct message *items;
    size_t n, cap;
    struct arena arena;
};

static void keep_message(void *arg, const struct diag_place *place, enum diag_level level,
                         const char *id,
                         const char *text)
{
    struct messages *m = arg;
    struct message *item;

    ALLOC_GROW(m->items, m->n, m->cap);
    item = &m->items[m->n++];
    memset(item, 0, sizeof *item);
    if (place) {
        item->place = *place;
        item->place.file = place->file ? arena_strdup(&m->arena, place->file) : NULL;
        item->place.field = place->field ? arena_strdup(&m->arena, place->field) : NULL;
    }
    item->level = level;
    item->id = id;
    item->text = arena_strdup(&m->arena, text);
}

static void give_messages(struct messages *m, struct diag *d)
{
    size_t i;

    for (i = 0; i < m->n; i++)
        diag_at(d, &m->items[i].place, m->items[i].id, m->items[i].level, "%s", m->items[i].text);
}

static void setting_init(struct setting *s, struct fo_document *fo,
                         const struct layout_options *options,
                         struct diag *d, struct arena *arena, GHashTable *labels)
{
    memset(s, 0, sizeof *s);
    s->fo = fo;
    s->options = options;
    s->d = d;
    s->lasting = s->arena = arena;
    s->fonts = options->fonts;
    s->labels = labels;
    s->faces = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->boxes = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->used = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->shown = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->marker_latest = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->retrieved = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->first_pages = g_hash_table_new(g_str_hash, g_str_equal);
    s->last_pages = g_hash_table_new(g_str_hash, g_str_equal);
}

static void setting_release(struct setting *s)
{
    table_release(s);
    g_hash_table_destroy(s->faces);
    g_hash_table_destroy(s->boxes);
    g_hash_table_destroy(s->used);
    g_hash_table_destroy(s->shown);
    g_hash_table_destroy(s->marker_latest);
    g_hash_table_destroy(s->retrieved);
    g_hash_table_destroy(s->first_pages);
    g_hash_table_destroy(s->last_pages);
    if (s->told)
        g_hash_table_destroy(s->told);
    free(s->markers);
    arena_release(&s->scratch);
}

static void release_round(struct result *r)
{
    pages_release(&r->pages);
    memset(&r->pages, 0, sizeof r->pages);
    setting_release(&r->setting);
}

/* The page that NODE, a citation, shows the number of; NULL: what it cites is on none. */
static const struct area_page *page_cited(struct setting *s, const struct fo_node *node)
{
    return g_hash_table_lookup(node->kind == FO_PAGE_NUMBER_CITATION ? s->first_pages
                               : s->last_pages,
                               node->style->page->ref_id);
}

/* Reports the citations in flows that show no page, in NODE and below. */
static void tell_lost(struct setting *s, const struct fo_node *node, struct diag *d)
{
    const struct fo_node *c;

    if (node->kind == FO_TEXT)
        return;
    if (node->kind != FO_PAGE_NUMBER && g_hash_table_contains(s->used, node) &&
        !page_cited(s, node))
        fo_complain(d, s->fo, node, s->options->lenient, FO_NO_PAGE_OF,
                    node->style->page->ref_id);
    for (c = node->first; c; c = c->next)
        tell_lost(s, c, d);
}

/* Whether some citation in a flow shows no page. */
static int is_lost(struct setting *s)
{
    GHashTableIter i;
    gpointer key;

    g_hash_table_iter_init(&i, s->used);
    while (g_hash_table_iter_next(&i, &key, NULL))
        if (((const struct fo_node *)key)->kind != FO_PAGE_NUMBER && !page_cited(s, key))
            return 1;
    return 0;
}

/* Whether page number objects in flows show what they should; if not, notes what that is. */
static int settled(struct setting *s)
{
    GHashTableIter i;
    gpointer key, value;
    int same = 1;

    g_hash_table_iter_init(&i, s->used);
    while (g_hash_table_iter_next(&i, &key, &value)) {
        const struct fo_node *node = key;
        const struct area_page *page;
        const char *label;

        if (node->kind == FO_PAGE_NUMBER) {
            label = g_hash_table_lookup(s->shown, node);
        } else {
            page = page_cited(s, node);
            label = page ? page->label : NULL;
        }
        label = label ? label : "?";
        if (!strcmp(label, value))
            continue;
        same = 0;
        g_hash_table_replace(s->labels, key, xstrdup(label));
    }
    return same;
}

int layout(struct fo_document *fo, const struct layout_options *options,
           struct area_document **areas, struct diag *d)
{
    struct result *r = xcalloc(1, sizeof *r);
    struct setting *s = &r->setting;
    struct messages messages = { 0 };
    int round, same = 0, failed = 0;

    *areas = NULL;
    arena_init(&r->arena);
    r->options = *options;
    r->labels = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free);
    diag_init(&r->mute, d->program);
    r->mute.out = NULL;
    for (round = 0; round < MAX_ROUNDS && !same; round++) {
        struct diag quiet;

        if (round)
            release_round(r);
        diag_init(&quiet, d->program);
        quiet.warnings_are_errors = d->warnings_are_errors;
        quiet.sink = keep_message;
        quiet.sink_arg = &messages;
        messages.n = 0;
        arena_clear(&messages.arena);
        arena_clear(&r->arena);
        memset(&r->areas, 0, sizeof r->areas);
        setting_init(s, fo, &r->options, &quiet, &r->arena, r->labels);
        pages_set(&r->pages, s, &r->areas);
        r->areas.is_lazy = s->is_lazy;
        r->areas.destinations = s->destinations;
        r->areas.destinations_n = s->destinations_n;
        failed = quiet.errors + quiet.cannots > 0;
        same = failed || settled(s) ||
            (!s->is_lazy && !messages.n && !amend_pages(s) && !messages.n);
        s->d = &r->mute; /* what is made again was told */
        r->pages.d = d;
    }
    give_messages(&messages, d);
    free(messages.items);
    arena_release(&messages.arena);
    if (!same)
        diag(d, FO_NOT_STABLE, MAX_ROUNDS);
    if (!failed && is_lost(s))
        tell_lost(s, fo->root, d);
    if (failed) {
        pages_check(&r->pages);
        layout_free(&r->areas);
        return -1;
    }
    destinations_sort(&r->areas);
    *areas = &r->areas;
    return 0;
}

void layout_free(struct area_document *areas)
{
    struct result *r = (struct result *)areas;

    if (!r)
        return;
    release_round(r);
    g_hash_table_destroy(r->labels);
    arena_release(&r->arena);
    free(r);
}

void layout_page(struct area_document *areas, const struct area_page *page)
{
    if (areas->is_lazy)
        pages_fill(&((struct result *)areas)->pages, page->index);
}

void layout_page_done(struct area_document *areas, const struct area_page *page)
{
    if (areas->is_lazy)
        pages_drop(&((struct result *)areas)->pages, page->index);
}

void layout_check(struct area_document *areas)
{
    if (areas->is_lazy)
        pages_check(&((struct result *)areas)->pages);
}
