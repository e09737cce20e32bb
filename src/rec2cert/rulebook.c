#include "rulebook.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "messages.h"

/* ---- sources of several rules ---- */
#define FORM "rec(5)"
#define STANDARDS "ISO/IEC 17065 7.7.1 d): standards with their date"
#define LEVELS "IECEE OD-2037 clause 11: requirements by level"
#define FILES "ISO/IEC 17065 7.7.1 d): what is printed is what was assessed"
#define GRANTED "ISO/IEC 17065 7.6, 7.7.1 b): granted on the report, by decision, not before it"
#define REISSUE "ISO/IEC 17065 7.7.1; practice: a re-issue names what it replaces and keeps its first date"
#define COMPONENT "IEC 62443-4-2 clause 4: developed to IEC 62443-4-1, by type of component"
#define VERDICTS "IECEE TRF for IEC 62443: verdicts by requirement"
#define ITEM "IECEE OD-2037 11.1: test item, version, diagram, components"
#define SL "IEC 62443-3-3 annex A: SL-T, SL-C, SL-A"
#define ISSUED_ON "IECEx 02 8.1.1: issued on an ExTR and a QAR"
#define WORKSHOP "IECEx workshop 2017: standards listed, IECEE certificate named and annexed"
#define MARKING "IEC 60079-0 29.4"
#define SOA "CSMS certification criteria 4.3: Statement of Applicability"
#define BODY "ISO/IEC 17065 7.7.1 a), 7.7.2; ISO/IEC 17021-1 8.2.2 g)"
#define LISTS "certpress-catalogue(5)"
#define RULES "certpress-rules(5)"

/* Every message of messages.h. */
static const struct rulebook_entry book[] = {
    { REC_NOT_RECORDS, FORM },
    { REC_VERSION, FORM },
    { REC_NO_RECORD, FORM },
    { REC_SEVERAL, FORM },
    { REC_KIND, FORM },
    { REC_UNKNOWN_FIELD, FORM },
    { REC_MISSING, FORM },
    { REC_TWICE, FORM },
    { REC_NOT_DATE, FORM },
    { REC_NOT_NUMBER, FORM },
    { REC_NOT_YES_NO, FORM },
    { REC_COUNTRY, FORM },
    { REC_NOT_TEXT, FORM },
    { REC_GROUP, FORM },
    { REC_TOO_LONG, FORM },
    { REC_LANGUAGE, FORM },
    { REC_REFERENCE, FORM },
    { REC_EMPTY_ITEM, FORM },
    { REC_CHARACTER, FORM },
    { REC_STANDARD, STANDARDS },
    { REC_STANDARD_TWICE, STANDARDS },
    { REC_WITHDRAWN, STANDARDS },
    { REC_LEVEL, LEVELS },
    { REC_LEVEL_TWICE, LEVELS },
    { REC_LEVELS_MISSING, LEVELS },
    { REC_LEVEL_FOREIGN, LEVELS },
    { REC_ABOVE_TOTAL, LEVELS },
    { REC_SUM_ABOVE_TOTAL, LEVELS },
    { REC_TOTAL_DIFFERS, LEVELS },
    { REC_TOTAL_NEEDED, LEVELS },
    { REC_TOTALS_FIT_NO_TYPE, LEVELS },
    { REC_TOO_MANY, FORM },
    { REC_STRAY_TEXT, FORM },
    { REC_ATTRIBUTE, FORM },
    { REC_FILE_OUTSIDE, FILES },
    { REC_FILE, FILES },
    { REC_NOT_PICTURE, FILES },
    { REC_NOT_PDF, FILES },
    { REC_IN_FUTURE, GRANTED },
    { REC_JOB, "certpress(1), job.xml" },
    { REC_JOB_HREF, "certpress(1), job.xml" },
    { REC_REQUIREMENT, VERDICTS },
    { REC_REQUIREMENT_TWICE, VERDICTS },
    { REC_REQUIREMENT_LEVEL, VERDICTS },
    { REC_REQUIREMENT_STANDARD, VERDICTS },
    { REC_REQUIREMENT_FOREIGN, VERDICTS },
    { REC_VERDICT, VERDICTS },
    { REC_FAILED, VERDICTS },
    { REC_DECISION, VERDICTS },
    { REC_DECISION_UNUSED, VERDICTS },
    { REC_NO_VERDICT, VERDICTS },
    { REC_NO_ROW, VERDICTS },
    { REC_NO_MATURITY, VERDICTS },
    { REC_OTHER_TYPE, VERDICTS },
    { REC_COUNT_DIFFERS, VERDICTS },
    { REC_TOTAL_PINNED, LEVELS },
    { REC_REASON_UNUSED, LEVELS },
    { REC_LEVEL_OF_OTHER_TYPE, COMPONENT },
    { REC_MATURITY_ABOVE, "IEC 62443-2-4 and IEC 62443-4-1: maturity levels" },
    { REC_SECURITY_ABOVE, "IEC 62443-3-3 annex A; IEC 62443-4-2 annex B: security level capability" },
    { REC_SELF_CHECK, "cert(5)" },
    { IECEE_TYPE, "IECEE OD-2037 11.1: one of six types" },
    { IECEE_STANDARD, "IECEE OD-2061: the standards of the programme" },
    { IECEE_PAIR, "IECEE OD-2061: capability or its application, by standard" },
    { IECEE_OTHER_BASE, REISSUE },
    { IECEE_SUFFIX, REISSUE },
    { IECEE_NO_COMPONENT_TYPE, COMPONENT },
    { IECEE_COMPONENT_TYPE, COMPONENT },
    { IECEE_COMPONENT_TYPE_UNUSED, COMPONENT },
    { IECEE_LABEL_TWICE, ITEM },
    { IECEE_MATURITY, "IEC 62443-2-4 and IEC 62443-4-1: maturity levels" },
    { IECEE_SECURITY, SL },
    { IECEE_SECURITY_KIND, SL },
    { IECEE_NOTHING_ASSESSED, SL },
    { IECEE_REFERENCED_STANDARD, COMPONENT },
    { IECEE_REFERENCED_EXPIRED, COMPONENT },
    { IECEX_NUMBER, "IECEx OD 011-2 1.2.1; OD 009" },
    { IECEX_NUMBER_NEAR, "IECEx OD 011-2 1.2.1; OD 009" },
    { IECEX_OTHER_FAMILY, "IECEx OD 011-2 1.2.1; OD 009" },
    { IECEX_HISTORY_GAP, "IECEx OD 011-2 1.2.3" },
    { IECEX_HISTORY_TWICE, "IECEx OD 011-2 1.2.3" },
    { IECEX_HISTORY_LATER, "IECEx OD 011-2 1.2.3" },
    { IECEX_HISTORY_DATES, "IECEx OD 011-2 1.2.3" },
    { IECEX_HISTORY_NEWEST, "IECEx OD 011-2 1.2.3" },
    { IECEX_NO_CHANGES, ISSUED_ON },
    { IECEX_REPORT_KIND, "IECEx OD 009" },
    { IECEX_EXTR, "IECEx OD 009" },
    { IECEX_QAR, "IECEx OD 009" },
    { IECEX_REPORT_COUNTRY, "IECEx OD 009" },
    { IECEX_REPORT_TWICE, "IECEx OD 009" },
    { IECEX_CYBER_WITHOUT_EVIDENCE, WORKSHOP },
    { IECEX_EVIDENCE_WITHOUT_CYBER, WORKSHOP },
    { IECEX_EVIDENCE_STANDARD, WORKSHOP },
    { IECEX_EVIDENCE_TWICE, WORKSHOP },
    { IECEX_EVIDENCE_TYPE, WORKSHOP },
    { IECEX_LEVELS_FOREIGN, WORKSHOP },
    { IECEX_LEVELS_NO_CERTIFICATE, WORKSHOP },
    { IECEX_UNCOVERED, ISSUED_ON },
    { IECEX_STANDARD_FOREIGN, ISSUED_ON },
    { IECEX_EDITION_NUMBER, ISSUED_ON },
    { IECEX_YEAR, "practice in certificate numbers" },
    { IECEX_BODY, "practice in certificate numbers" },
    { IECEX_OLD_EDITION, "IECEx 02 8.1.1: the current edition or one before" },
    { IECEX_EXPOSED, WORKSHOP },
    { IECEX_NEWER_EXTR, ISSUED_ON },
    { IECEX_NEWER_QAR, ISSUED_ON },
    { IECEX_TECHNIQUE, MARKING },
    { IECEX_TECHNIQUE_TWICE, MARKING },
    { IECEX_COMPONENT_TYPE, WORKSHOP },
    { IECEX_MARKING, MARKING },
    { IECEX_CHANGES_OF_0, ISSUED_ON },
    { IECEX_MARKING_WORD, MARKING },
    { IECEX_MARKING_END, MARKING },
    { IECEX_MARKING_GROUP, MARKING },
    { IECEX_MARKING_LEVEL, MARKING },
    { IECEX_MARKING_STANDARD, MARKING },
    { IECEX_STANDARD_UNMARKED, MARKING },
    { IECEX_TECHNIQUE_UNMARKED, MARKING },
    { IECEX_TECHNIQUE_LACKS, MARKING },
    { CSMS_CRITERIA, "ISO/IEC 17021-1 8.2.2 e); CSMS certification criteria" },
    { CSMS_CONTROL, SOA },
    { CSMS_CONTROL_TWICE, SOA },
    { CSMS_CONTROLS_MISSING, SOA },
    { PROFILE_ROOT, BODY },
    { PROFILE_ELEMENT, BODY },
    { PROFILE_MISSING, BODY },
    { PROFILE_TWICE, BODY },
    { PROFILE_COUNTRY, BODY },
    { PROFILE_VALUE, BODY },
    { PROFILE_VERIFY, BODY },
    { PROFILE_MARK, BODY },
    { PROFILE_ATTRIBUTE, BODY },
    { PROFILE_STANDARD, BODY },
    { PROFILE_LEVEL, BODY },
    { PROFILE_TOTAL, BODY },
    { PROFILE_NO_REASON, BODY },
    { CAT_ROOT, LISTS },
    { CAT_ATTRIBUTE, LISTS },
    { CAT_TWICE, LISTS },
    { CAT_VALUE, LISTS },
    { CAT_EMPTY, LISTS },
    { CAT_ELEMENT, LISTS },
    { CAT_UNKNOWN_ATTRIBUTE, LISTS },
    { CAT_PARENT, LISTS },
    { CAT_FORM_LACKS, LISTS },
    { RULES_ROOT, RULES },
    { RULES_ELEMENT, RULES },
    { RULES_ATTRIBUTE, RULES },
    { RULES_UNKNOWN_ATTRIBUTE, RULES },
    { RULES_VALUE, RULES },
    { RULES_ID, RULES },
    { RULES_ID_TWICE, RULES },
    { RULES_ID_FOREIGN, RULES },
    { RULES_XPATH, RULES },
    { RULES_NAME, RULES },
    { RULES_LET, RULES },
    { RULES_NO_TEXT, RULES },
    { RULES_DIAGNOSTIC, RULES },
    { RULES_RUN, RULES },
};

enum { BOOK_N = sizeof book / sizeof *book };

const struct rulebook_entry *rulebook_find(const char *id)
{
    size_t i;

    for (i = 0; i < BOOK_N; i++)
        if (!strcmp(book[i].id, id))
            return &book[i];
    return NULL;
}

/* ---- the list ---- */

static const struct family {
    const char *name, *title;
} families[] = {
    { "REC", "Any record" },
    { "IECEE", "Certificates of kind iecee" },
    { "IECEX", "Certificates of kind iecex" },
    { "CSMS", "Certificates of kind csms" },
    { "", "Rules of the body" },
    { "PROFILE", "The profile of the issuing body" },
    { "CAT", "The installed lists" },
    { "RULES", "Files of rules" },
};

enum { FAMILIES_N = sizeof families / sizeof *families, FAMILY_OWN = 4 };

static size_t family_of(const char *id)
{
    size_t i, len = (size_t)(strrchr(id, '-') - id);

    for (i = 0; i < FAMILIES_N; i++)
        if (strlen(families[i].name) == len && !strncmp(families[i].name, id, len))
            return i;
    return FAMILY_OWN;
}

static int compare(const void *a, const void *b)
{
    const struct rulebook_entry *x = *(const struct rulebook_entry *const *)a;
    const struct rulebook_entry *y = *(const struct rulebook_entry *const *)b;
    size_t f = family_of(x->id), g = family_of(y->id);

    return f != g ? (f < g ? -1 : 1) : strcmp(x->id, y->id);
}

/* The text of E; a format's conversions become "…", and "n" for numbers. */
static void add_text(const struct rulebook_entry *e, struct strbuf *out)
{
    const char *p = e->text;

    while (*p) {
        size_t len = strcspn(p, "%");

        strbuf_add(out, p, len);
        p += len;
        if (!*p)
            break;
        p += 1 + strcspn(p + 1, "sduX%");
        strbuf_addstr(out, *p == 's' ? "…" : *p == 'X' ? "nnnn" : *p == '%' ? "%" : "n");
        p += *p != '\0';
    }
}

static void add_quoted(const char *text, struct strbuf *out)
{
    strbuf_addch(out, '"');
    for (; *text; text++)
        strbuf_addf(out, *text == '"' ? "\"\"" : "%c", *text);
    strbuf_addch(out, '"');
}

/* TEXT as a line of a manual page. */
static void add_roff(const char *text, struct strbuf *out)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            strbuf_addstr(out, *text == '\'' ? "\\(aq" : "\\e");
        else
            strbuf_addch(out, *text);
    }
}

static void add_manual(const struct rulebook_entry *e, const char *text, struct strbuf *out)
{
    strbuf_addf(out, ".It Sy %s , %s\n", e->id, diag_level_name(e->level));
    add_roff(text, out);
    strbuf_addstr(out, ".\n.br\nSource: ");
    add_roff(e->source, out);
    strbuf_addstr(out, ".\n");
}

static void add_entry(const struct rulebook_entry *e, enum rules_format format, struct strbuf *out)
{
    const char *level = diag_level_name(e->level);
    struct strbuf text = STRBUF_INIT;

    add_text(e, &text);
    if (format == RULES_MANUAL) {
        add_manual(e, text.buf, out);
    } else if (format == RULES_CSV) {
        strbuf_addf(out, "%s,%s,", e->id, level);
        add_quoted(text.buf, out);
        strbuf_addch(out, ',');
        add_quoted(e->source, out);
        strbuf_addch(out, '\n');
    } else {
        strbuf_addf(out, "%-11s %-7s  %s\n%21s[%s]\n", e->id, level, text.buf, "", e->source);
    }
    strbuf_release(&text);
}

static const char manual_head[] =
    ".\\\" Written by: certpress rules --format manual\n"
    ".Dd November 22, 2026\n"
    ".Dt CERTPRESS-RULES 7\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm certpress-rules\n"
    ".Nd the rules that records and certificates are checked against\n"
    ".Sh DESCRIPTION\n"
    "A record that breaks a rule is named at the cell that breaks it, by the rule's id.\n"
    "An error keeps the certificate from being made; a warning does with\n"
    ".Fl W Cm error .\n"
    "In the list, \xe2\x80\xa6 stands for what the record has, and n for a number.\n"
    "As a table, with those of a body's own file:\n"
    ".Pp\n"
    ".Dl certpress rules --format csv job\n"
    ".Pp\n"
    "Rules that compare what a record says lie in\n"
    ".Pa xsl/rules/ ,\n"
    "as Schematron; those that need arithmetic, a grammar or a catalogue are part of\n"
    ".Xr rec2cert 1 .\n"
    "No text of a standard is repeated here: a source says where to read on.\n";

static const char manual_foot[] =
    ".Sh SEE ALSO\n"
    ".Xr certpress 1 ,\n"
    ".Xr rec2cert 1 ,\n"
    ".Xr certpress-rules 5\n"
    ".Sh CAVEATS\n"
    "Sources were read in what is published about them; the operational documents of IECEE and IECEx\n"
    "themselves were not at hand.\n";

void rulebook_write(const struct rulebook_entry *entries, size_t n, enum rules_format format,
                    struct strbuf *out)
{
    const struct rulebook_entry **all = xcalloc(BOOK_N + n, sizeof *all);
    size_t i, family, last = FAMILIES_N;

    for (i = 0; i < BOOK_N; i++)
        all[i] = &book[i];
    for (i = 0; i < n; i++)
        all[BOOK_N + i] = &entries[i];
    qsort(all, BOOK_N + n, sizeof *all, compare);
    if (format != RULES_TEXT)
        strbuf_addstr(out, format == RULES_CSV ? "id,level,text,source\n" : manual_head);
    for (i = 0; i < BOOK_N + n; i++) {
        family = family_of(all[i]->id);
        if (format == RULES_MANUAL && family != last)
            strbuf_addf(out, "%s.Ss %s\n.Bl -tag -width Ds\n", i ? ".El\n" : "", families[family].title);
        last = family;
        add_entry(all[i], format, out);
    }
    if (format == RULES_MANUAL)
        strbuf_addf(out, ".El\n%s", manual_foot);
    free(all);
}
