/* The marking of an IECEx certificate against itself, the standards and the techniques. */
#include "iecex.h"

#include <stdlib.h>
#include <string.h>

#include "marking.h"
#include "messages.h"
#include "prov.h"
#include "xmlx.h"

/* Gas has gas levels; dust has dust levels and a temperature in degrees; mines have neither. */
static void check_group(struct iecex *x, const char *line, const struct marking *m)
{
    const xmlNode *place = draft_place(x->dr->record, "marking");
    int is_dust = !strncmp(m->group, "III", 3), is_mine = !strcmp(m->group, "I");
    char wanted = is_dust ? 'D' : is_mine ? 'M' : 'G';
    const char *level;

    for (level = m->level; *level; level += level[2] ? 3 : 2)
        if (*level != wanted) {
            prov_diag(x->dr->d, place, IECEX_MARKING_GROUP, line, m->group, level);
            break;
        }
    if ((is_dust || is_mine) && m->temperature == MARKING_CLASS)
        prov_diag(x->dr->d, place, IECEX_MARKING_GROUP, line, m->group, "a temperature class");
}

/* The level letter of a type of protection, 'a' to 'c', or 0 when it has none. */
static char level_letter(const char *code)
{
    size_t len = strlen(code);

    return len >= 2 && code[0] != 'n' && strchr("abc", code[len - 1]) ? code[len - 1] : 0;
}

/* Equipment is no better protected than the weakest of its types. */
static void check_level(struct iecex *x, const char *line, const struct marking *m)
{
    char weakest = 0;
    const char *code = "";
    size_t i;

    for (i = 0; i < m->n; i++) {
        char letter = level_letter(m->types[i].code);

        if (m->types[i].is_associated)
            continue;
        if (!letter)
            return;
        if (letter > weakest) {
            weakest = letter;
            code = m->types[i].code;
        }
    }
    if (weakest && strlen(m->level) == 2 && m->level[1] < weakest)
        prov_diag(x->dr->d, draft_place(x->dr->record, "marking"), IECEX_MARKING_LEVEL, line, m->level, code);
}

/* The technique of CODE; "" when it is not known. */
static const char *technique_of(struct iecex *x, const char *code)
{
    const char *name, *exposure;

    return lists_technique(x->dr->sources->lists, code, &name, &exposure) ? "" : name;
}

/* What all lines of a marking have. */
struct found {
    struct marking_type *types;
    size_t n, cap;
    int is_doubtful; /* a line was not understood */
};

static int has_code(const struct found *f, const char *code)
{
    size_t i;

    for (i = 0; i < f->n; i++)
        if (!strcmp(f->types[i].code, code))
            return 1;
    return 0;
}

static void read_line(struct iecex *x, const char *line, struct found *f)
{
    const xmlNode *place = draft_place(x->dr->record, "marking");
    struct marking m;
    const char *at;
    size_t len, i;

    switch (marking_parse(line, x->dr->sources->lists, &m, &at, &len)) {
    case 0:
        return;
    case 1:
        check_group(x, line, &m);
        check_level(x, line, &m);
        break;
    default:
        f->is_doubtful = 1;
        if (len)
            prov_diag(x->dr->d, place, IECEX_MARKING_WORD, line, (int)len, at);
        else
            prov_diag(x->dr->d, place, IECEX_MARKING_END, line);
    }
    for (i = 0; i < m.n; i++)
        if (!has_code(f, m.types[i].code)) {
            ALLOC_GROW(f->types, f->n, f->cap);
            f->types[f->n++] = m.types[i];
        }
}

/* Every type of protection by its standard, every standard of a technique by a type. */
static void check_standards(struct iecex *x, const struct found *f)
{
    const struct lists *lists = x->dr->sources->lists;
    size_t i, k;

    for (i = 0; i < f->n; i++) {
        for (k = 0; k < x->n; k++)
            if (lists_technique_standard(lists, technique_of(x, f->types[i].code),
                                         x->standards[k].edition->number))
                break;
        if (k == x->n)
            prov_diag(x->dr->d, draft_place(x->dr->record, "marking"), IECEX_MARKING_STANDARD,
                      f->types[i].code);
    }
    for (k = 0; k < x->n; k++) {
        const char *number = x->standards[k].edition->number;

        if (!lists_technique_standard(lists, NULL, number))
            continue;
        for (i = 0; i < f->n; i++)
            if (lists_technique_standard(lists, technique_of(x, f->types[i].code), number))
                break;
        if (i == f->n)
            prov_diag(x->dr->d, draft_place(x->standards[k].row, "standard"), IECEX_STANDARD_UNMARKED,
                      x->standards[k].edition->dated);
    }
}

/* The techniques that the record names, whose exposure is printed, are those of the marking. */
static void check_techniques(struct iecex *x, const struct found *f)
{
    const xmlNode *place = draft_place(x->dr->record, "techniques");
    const char **list;
    size_t i, k, n;

    list = draft_list(x->dr, x->dr->record, "techniques", &n);
    for (k = 0; k < n; k++) {
        const char *name = technique_of(x, list[k]);

        for (i = 0; i < f->n && strcmp(technique_of(x, f->types[i].code), name); i++)
            ;
        if (i == f->n && *name)
            prov_diag(x->dr->d, place, IECEX_TECHNIQUE_UNMARKED, list[k]);
    }
    for (i = 0; n && i < f->n; i++) {
        for (k = 0; k < n && strcmp(technique_of(x, list[k]), technique_of(x, f->types[i].code)); k++)
            ;
        if (k == n)
            prov_diag(x->dr->d, place, IECEX_TECHNIQUE_LACKS, f->types[i].code);
    }
}

void iecex_check_marking(struct iecex *x)
{
    const xmlNode *place = draft_place(x->dr->record, "marking");
    const char *text = draft_value(x->dr, x->dr->record, "marking");
    struct found f = { .n = 0 };

    if (!text)
        return;
    while (*text) {
        size_t len = strcspn(text, "\n");

        read_line(x, draft_one_line(x->dr, arena_strndup(&x->dr->memory, text, len)), &f);
        text += len;
        text += *text == '\n';
    }
    if (!f.n && !f.is_doubtful)
        prov_diag(x->dr->d, place, IECEX_MARKING);
    if (f.n && !f.is_doubtful) {
        if (!iecex_is_assembly(x) && iecex_has_ex_standard(x) && !x->has_faulty_standard)
            check_standards(x, &f);
        check_techniques(x, &f);
    }
    free(f.types);
}
