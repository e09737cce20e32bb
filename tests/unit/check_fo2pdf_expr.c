/* Expressions, the property table, refinement. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "expr.h"
#include "parse.h"
#include "property.h"
#include "style.h"
#include "xmlx.h"

static const char *eval(const char *s, struct fo_value *v)
{
    struct fo_expr_context context = { 10000, NULL, NULL };

    return fo_expr_eval(s, strlen(s), &context, v);
}

START_TEST(lengths)
{
    static const struct { const char *text; double n, pct; } rows[] = {
        { "1pt", 1000, 0 }, { "1in", 72000, 0 }, { "25.4mm", 72000, 0 }, { "2.54cm", 72000, 0 },
        { "1pc", 12000, 0 }, { "1.5em", 15000, 0 }, { "-2pt", -2000, 0 }, { "50%", 0, 0.5 },
        { "1pt + 2pt * 3", 7000, 0 }, { "(1pt + 2pt) * 3", 9000, 0 }, { "100% - 1cm", -28346.457, 1 },
        { "10pt div 4", 2500, 0 }, { "max(3pt, 2pt)", 3000, 0 }, { "min(3pt, 2pt)", 2000, 0 },
        { "abs(-4pt)", 4000, 0 }, { "10pt mod 3pt", 1000, 0 }, { ".5pt", 500, 0 },
    };
    struct fo_value v;
    const char *why;

    why = eval(rows[_i].text, &v);
    ck_assert_msg(!why, "%s: %s", rows[_i].text, why);
    ck_assert_int_eq(v.kind, FO_V_LENGTH);
    ck_assert_double_eq_tol(v.n, rows[_i].n, 0.001);
    ck_assert_double_eq_tol(v.pct, rows[_i].pct, 1e-9);
}
END_TEST

START_TEST(faults)
{
    static const char *const rows[] = {
        "", "(", "1pt)", "1 + 1pt", "1pt * 1pt", "1pt div 0", "1pt mod 0pt", "1xy", "1pt 2pt", "#12", "#12345",
        "rgb(1,2)", "rgb(300,0,0)", "max(1pt)", "max(1pt, 50%)", "nonsense(1)", "'open", "1e9pt", "99999999999pt",
        "proportional-column-width(-1)", "1pt +", "!", "((((((((((((((((((((((((((((((((((((((((((((((((((((1))",
    };
    struct fo_value v;

    ck_assert_msg(eval(rows[_i], &v) != NULL, "'%s' was taken", rows[_i]);
}
END_TEST

START_TEST(colours)
{
    static const struct { const char *text; fo_color color; } rows[] = {
        { "#123", 0x112233ff }, { "#1a2B3c", 0x1a2b3cff }, { "#01020380", 0x01020380 },
        { "rgb(255, 0, 10)", 0xff000aff }, { "rgb(100%, 0%, 50%)", 0xff0080ff }, { "navy", 0x000080ff },
        { "transparent", 0 },
    };
    struct fo_value v;

    ck_assert(!eval(rows[_i].text, &v));
    ck_assert_uint_eq(v.color, rows[_i].color);
}
END_TEST

/* The searches need the tables in order. */
START_TEST(tables_are_sorted)
{
    int i;

    for (i = 1; i < fo_property_count(); i++)
        ck_assert_msg(strcmp(fo_property_get(i - 1)->name, fo_property_get(i)->name) < 0, "%s",
                      fo_property_get(i)->name);
    for (i = 0; i < fo_property_count(); i++)
        ck_assert_int_eq(fo_property_find(fo_property_get(i)->name, strlen(fo_property_get(i)->name)), i);
    for (i = 1; i < FO_KW_COUNT; i++) {
        const char *name = fo_keyword_name((enum fo_keyword)i);

        ck_assert_msg(fo_keyword_find(name, strlen(name)) == (enum fo_keyword)i, "%s", name);
    }
    ck_assert_ptr_nonnull(fo_property_alias("padding-start", 13, 0));
    ck_assert_str_eq(fo_property_alias("padding-start", 13, 1), "padding-right");
    ck_assert_ptr_nonnull(fo_shorthand_find("xml:lang"));
    ck_assert_ptr_null(fo_shorthand_find("bordr"));
}
END_TEST

/* Every keyword that a property lists, and its initial value's, is a known one. */
START_TEST(keywords_are_known)
{
    int i;

    for (i = 0; i < fo_property_count(); i++) {
        const char *k = fo_property_get(i)->keywords;

        while (*(k += strspn(k, " "))) {
            size_t n = strcspn(k, " ");

            if (fo_property_get(i)->type != FO_T_FONT_SIZE &&
                fo_property_get(i)->type != FO_T_URI && fo_property_get(i)->type != FO_T_ONLY)
                ck_assert_msg(fo_keyword_find(k, n), "%s: %.*s", fo_property_get(i)->name, (int)n, k);
            k += n;
        }
    }
}
END_TEST

static struct diag d;

#define FO "xmlns:fo='http://www.w3.org/1999/XSL/Format'"

/* The first block of a flow whose content is CONTENT. */
static struct fo_document *parse(const char *attributes, xmlDoc **xml)
{
    struct strbuf text = STRBUF_INIT;
    struct fo_document *doc = NULL;

    strbuf_addf(&text, "<fo:root " FO " font-size='20pt' start-indent='3pt'><fo:layout-master-set/>"
                "<fo:page-sequence master-reference='x'><fo:flow flow-name='y'><fo:block %s/></fo:flow>"
                "</fo:page-sequence></fo:root>", attributes);
    diag_init(&d, "check");
    d.out = NULL;
    *xml = xmlx_parse(text.buf, text.len, "t", &d);
    ck_assert_ptr_nonnull(*xml);
    fo_parse(*xml, "t", NULL, 0, &doc, &d);
    strbuf_release(&text);
    return doc;
}

static const struct fo_style *block_style(const struct fo_document *doc)
{
    return doc->root->last->first->first->style;
}

START_TEST(values)
{
    xmlDoc *xml;
    struct fo_document *doc = parse(
        "border='2pt solid red' border-left='1pt dashed blue' border-top-width='thick' padding='1pt 2pt' "
        "margin-left='1em' font-size='50%' line-height='1.5' space-before.optimum='6pt' keep-together='always' "
        "keep-with-next.within-page='3' start-indent='inherit' width='5cm'", &xml);
    const struct fo_style *s;

    ck_assert_ptr_nonnull(doc);
    s = block_style(doc);
    ck_assert_int_eq(s->font->size.v, 10000);
    ck_assert_int_eq(s->box->border_width[0].length.v, 2000);
    ck_assert_int_eq(s->box->border_width[1].length.v, 2000);
    ck_assert_int_eq(s->box->border_width[3].length.v, 1000);
    ck_assert_int_eq(s->box->border_style[3], FO_KW_DASHED);
    ck_assert_uint_eq(s->box->border_color[0], 0xff0000ff);
    ck_assert_int_eq(s->box->padding[1].length.v, 2000);
    ck_assert_int_eq(s->flow->start_indent.v, 3000);
    ck_assert_int_eq(s->text->line_height.opt.v, 1500);
    ck_assert(s->text->line_height.opt.is_number);
    ck_assert_int_eq(s->block->space_before.opt.v, 6000);
    ck_assert_int_eq(s->block->space_before.max.v, 6000);
    ck_assert_int_eq(s->flow->keep_together.page, FO_FORCE);
    ck_assert_int_gt(s->block->keep_with_next.page, 0);
    ck_assert_int_eq(s->size->ipd.opt.v, 141732);
    fo_free(doc);
    xmlFreeDoc(xml);
}
END_TEST

/* Above the document element there are the initial values. */
START_TEST(functions_at_the_root)
{
    static const char text[] = "<fo:root " FO " font-size='from-parent(font-size) * 2' "
        "color='inherited-property-value(color)' text-indent='from-nearest-specified-value(text-indent) + 1pt'/>";
    struct fo_document *doc;
    xmlDoc *xml;

    diag_init(&d, "check");
    d.out = NULL;
    xml = xmlx_parse(text, strlen(text), "t", &d);
    ck_assert_ptr_nonnull(xml);
    ck_assert_int_eq(fo_parse(xml, "t", NULL, 0, &doc, &d), 0);
    ck_assert_int_eq(doc->root->style->font->size.v, 24000);
    ck_assert_uint_eq(doc->root->style->text->color, 0x000000ff);
    ck_assert_int_eq(doc->root->style->text->text_indent.v, 1000);
    fo_free(doc);
    xmlFreeDoc(xml);
}
END_TEST

/* 5.3.2: a margin makes the indent, from the inherited one, over padding and border. */
START_TEST(margins_make_indents)
{
    xmlDoc *xml;
    struct fo_document *doc = parse("margin-left='4pt' padding-left='2pt' border-left='1pt solid black' "
                                    "margin-top='9pt' end-indent='7pt'", &xml);
    const struct fo_style *s;

    ck_assert_ptr_nonnull(doc);
    s = block_style(doc);
    ck_assert_int_eq(s->flow->start_indent.v, 3000 + 4000 + 2000 + 1000);
    ck_assert_int_eq(s->flow->end_indent.v, 7000);
    ck_assert_int_eq(s->block->space_before.opt.v, 9000);
    fo_free(doc);
    xmlFreeDoc(xml);
}
END_TEST

START_TEST(start_is_right_where_text_runs_left)
{
    xmlDoc *xml;
    struct fo_document *doc = parse("writing-mode='rl-tb' padding-start='5pt' border-end='1pt solid red'", &xml);
    const struct fo_style *s;

    ck_assert_ptr_nonnull(doc);
    s = block_style(doc);
    ck_assert_int_eq(s->box->padding[1].length.v, 5000);
    ck_assert_int_eq(s->box->border_style[3], FO_KW_SOLID);
    fo_free(doc);
    xmlFreeDoc(xml);
}
END_TEST

START_TEST(refused)
{
    static const struct { const char *attributes; int errors; } rows[] = {
        { "foo='1'", 1 }, { "color='rad'", 1 }, { "text-align='middle'", 1 }, { "font-size='x'", 1 },
        { "margin='1pt 2pt 3pt 4pt 5pt'", 1 }, { "font-weight='550'", 1 }, { "space-before.middle='1pt'", 1 },
        { "padding-top='-1pt'", 1 }, { "widows='x'", 1 }, { "foo='1' bar='2' color=''", 3 },
        { "keep-together='sometimes'", 1 }, { "reference-orientation='45'", 1 }, { "start-indent='7'", 1 },
    };
    xmlDoc *xml;

    ck_assert_ptr_null(parse(rows[_i].attributes, &xml));
    ck_assert_int_eq(d.errors, rows[_i].errors);
    xmlFreeDoc(xml);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fo2pdf_expr");
    TCase *expressions = tcase_create("expressions"), *refinement = tcase_create("refinement");
    SRunner *runner = srunner_create(suite);
    int failed;

    xmlx_init();
    tcase_add_loop_test(expressions, lengths, 0, 17);
    tcase_add_loop_test(expressions, faults, 0, 23);
    tcase_add_loop_test(expressions, colours, 0, 7);
    tcase_add_test(refinement, tables_are_sorted);
    tcase_add_test(refinement, keywords_are_known);
    tcase_add_test(refinement, values);
    tcase_add_test(refinement, functions_at_the_root);
    tcase_add_test(refinement, margins_make_indents);
    tcase_add_test(refinement, start_is_right_where_text_runs_left);
    tcase_add_loop_test(refinement, refused, 0, 13);
    suite_add_tcase(suite, expressions);
    suite_add_tcase(suite, refinement);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
