/* fo(5) says of every object and property what the tables of the code say. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fo.h"
#include "parse.h"
#include "property.h"
#include "strbuf.h"

#define PAGE "src/fo2pdf/fo.5"

/* The words between the spaces of KEYWORDS, the first FIRST of which come after other alternatives. */
static void add_keywords(struct strbuf *out, const char *keywords, int first)
{
    const char *k = keywords;

    while (*(k += strspn(k, " "))) {
        size_t n = strcspn(k, " ");

        strbuf_addf(out, "%s%.*s", first ? "" : " | ", (int)n, k);
        first = 0;
        k += n;
    }
}

static const char *kind_of_value(const struct fo_property *p)
{
    switch (p->type) {
    case FO_T_LENGTH: return "length";
    case FO_T_NUMLEN: return "number";
    case FO_T_RANGE: return "length with .minimum, .optimum, .maximum";
    case FO_T_SPACE: return p->percent == FO_PCT_FONT
        ? "length or number with .minimum, .optimum, .maximum, .precedence, .conditionality"
        : "length with .minimum, .optimum, .maximum, .precedence, .conditionality";
    case FO_T_EDGE: return "length with .length, .conditionality";
    case FO_T_KEEP: return "number with .within-line, .within-column, .within-page";
    case FO_T_PAIR:
        return "length with .inline-progression-direction, .block-progression-direction";
    case FO_T_COLOR: return "colour";
    case FO_T_INT: return "number from 1";
    case FO_T_STRING: return "text";
    case FO_T_URI: return "address";
    case FO_T_FONT_SIZE: return "length | xx-small to xx-large";
    case FO_T_WEIGHT: return "100 to 900 | normal | bold | bolder | lighter";
    case FO_T_DECORATION: return "none | underline | overline | line-through | blink";
    case FO_T_CLIP: return "rect(top right bottom left)";
    case FO_T_ANGLE: return "0, 90, 180, 270 or less than nothing";
    default: return "";
    }
}

/* What stands under the property's name. */
static void describe(const struct fo_property *p, struct strbuf *out)
{
    const char *kind = kind_of_value(p);

    strbuf_addstr(out, kind);
    if (p->percent != FO_PCT_NONE)
        strbuf_addstr(out, " | percentage");
    add_keywords(out, p->keywords, !*kind);
    if (p->type == FO_T_ONLY)
        strbuf_addstr(out, "; nothing else");
    if (p->initial && (unsigned char)*p->initial > 127)
        strbuf_addstr(out, "; initially a hyphen");
    else if (p->initial && *p->initial)
        strbuf_addf(out, "; initially %s", p->initial);
    if (p->group != FO_G_NONE && fo_group_inherited(p->group))
        strbuf_addstr(out, "; inherited");
}

static char *page(void)
{
    struct strbuf text = STRBUF_INIT;

    ck_assert_msg(!strbuf_read_file(&text, PAGE, 1 << 20), "cannot read " PAGE);
    return strbuf_detach(&text, NULL);
}

/* The part of TEXT from the heading TITLE to the next one. */
static char *part(const char *text, const char *title)
{
    char *heading = xasprintf(".Ss %s\n", title), *found = strstr(text, heading), *out;
    const char *end;

    ck_assert_msg(found != NULL, PAGE " has no part '%s'", title);
    end = strstr(found + 1, "\n.S");
    out = xstrndup(found, end ? (size_t)(end - found) + 1 : strlen(found));
    free(heading);
    return out;
}

/* How many lines of TEXT begin with START. */
static int count(const char *text, const char *start)
{
    const char *at = text;
    int n = 0;

    for (; (at = strstr(at, start)); at++)
        n += at == text || at[-1] == '\n';
    return n;
}

static void ck_has(const char *text, const char *format, const char *name)
{
    struct strbuf line = STRBUF_INIT;

    strbuf_addf(&line, format, name);
    ck_assert_msg(strstr(text, line.buf) != NULL, PAGE " lacks: %s", line.buf);
    strbuf_release(&line);
}

START_TEST(objects)
{
    static const char *const names[] = {
#define X(id, name) name,
        FO_KINDS(X)
#undef X
    };
    char *text = page(), *taken = part(text, "Objects"), *refused = part(text, "Refused objects");
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        ck_has(taken, ".It Ic fo:%s\n", names[i]);
    ck_assert_int_eq(count(taken, ".It Ic "), (int)i);
    for (i = 0; fo_kind_refused((int)i); i++)
        ck_has(refused, ".Ic fo:%s", fo_kind_refused((int)i));
    ck_assert_int_eq(count(refused, ".Ic "), (int)i);
    free(taken);
    free(refused);
    free(text);
}
END_TEST

START_TEST(properties)
{
    char *text = page(), *taken = part(text, "Properties");
    char *ignored = part(text, "Properties without effect");
    int i, taken_n = 0, ignored_n = 0;

    for (i = 0; i < fo_property_count(); i++) {
        const struct fo_property *p = fo_property_get(i);
        struct strbuf item = STRBUF_INIT;

        if (p->type == FO_T_IGNORED) {
            ck_has(ignored, "\n.Ic %s", p->name);
            ignored_n++;
            continue;
        }
        strbuf_addf(&item, ".It Ic %s\n", p->name);
        describe(p, &item);
        strbuf_addch(&item, '\n');
        ck_has(taken, "%s", item.buf);
        taken_n++;
        strbuf_release(&item);
    }
    ck_assert_int_eq(count(taken, ".It Ic "), taken_n);
    ck_assert_int_eq(count(ignored, ".Ic "), ignored_n);
    free(taken);
    free(ignored);
    free(text);
}
END_TEST

START_TEST(other_names)
{
    char *text = page(), *short_ones = part(text, "Shorthands"), *others = part(text, "Other names");
    char *refused = part(text, "Refused properties"), *at;
    int i;

    for (i = 0; fo_shorthand_get(i); i++)
        ck_has(short_ones, ".Ic %s", fo_shorthand_get(i)->name);
    ck_assert_int_eq(count(short_ones, ".Ic "), i);
    for (i = 0; fo_alias_get(i); i++)
        ck_has(others, ".Ic %s", fo_alias_get(i));
    ck_assert_int_eq(count(others, ".Ic "), i);
    for (at = refused; (at = strstr(at, "\n.Ic ")); at++) {
        size_t n = strcspn(at + 5, " \n");

        ck_assert_msg(fo_property_find(at + 5, n) < 0, PAGE " says that '%.*s' is refused", (int)n,
                      at + 5);
    }
    free(short_ones);
    free(others);
    free(refused);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf manual");
    TCase *tables = tcase_create("tables");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tables, objects);
    tcase_add_test(tables, properties);
    tcase_add_test(tables, other_names);
    suite_add_tcase(suite, tables);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
