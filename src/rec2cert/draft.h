/* A certificate being made from a record: reading fields, adding elements that remember their cell. */
#ifndef DRAFT_H
#define DRAFT_H

#include <libxml/tree.h>

#include "alloc.h"
#include "attachment.h"
#include "diag.h"
#include "isodate.h"
#include "issuer.h"
#include "lists.h"
#include "standards.h"

/* What every certificate of one run is made with; all borrowed. */
struct draft_sources {
    const struct standards *standards;
    const struct lists *lists;
    const struct issuer *issuer;  /* NULL: specimens */
    const char *job;              /* folder that files count from */
    const struct isodate *today;  /* NULL: dates in the future are not looked for */
    struct attachment_known *pictures;
};

struct draft {
    const struct draft_sources *sources;
    const xmlNode *record;
    xmlNode *cert;
    const char *lang;
    struct arena memory; /* of every string that a function here returns */
    struct diag *d;
};

/* The field of ROW, blanks around it cut; NULL when it is absent or empty. */
const char *draft_value(struct draft *dr, const xmlNode *row, const char *field);
/* Its element, or ROW when it is absent: where to report. */
const xmlNode *draft_place(const xmlNode *row, const char *field);
/* Its date. Returns 0, or -1 when it is absent or no date (which record_check has reported). */
int draft_date_value(struct draft *dr, const xmlNode *row, const char *field, struct isodate *date);
/* Its number, or -1 when it is absent or none. */
long draft_number(struct draft *dr, const xmlNode *row, const char *field);
/* Its entries between '|', *N of them; reports empty ones. */
const char **draft_list(struct draft *dr, const xmlNode *row, const char *field, size_t *n);
/* How many rows of TABLE the record has. */
size_t draft_rows(const struct draft *dr, const char *table);
/* TEXT with every run of blanks as one blank. */
const char *draft_one_line(struct draft *dr, const char *text);

/* Reports with the given message, which takes the value, every row of TABLE whose FIELD another row has
 * before it. */
void draft_report_repeated(struct draft *dr, const char *table, const char *field, const char *id,
                           enum diag_level level, const char *format)
    __attribute__((format(printf, 6, 0)));

/* Notes in TO that it comes from the cell FROM: by its provenance, else by its line in the record. */
void draft_remember(xmlNode *to, const xmlNode *from);
/* Each adds an element and returns it; it comes from the cell FROM. */
xmlNode *draft_add(xmlNode *parent, const char *name, const xmlNode *from);
xmlNode *draft_add_text(xmlNode *parent, const char *name, const xmlNode *from, const char *text);

/* Each adds the element NAME made from FIELD of ROW, or nothing and returns NULL when it is empty. */
xmlNode *draft_line(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field);
xmlNode *draft_text(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field);                             /* with p elements */
xmlNode *draft_date(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                    const char *field);
/* The address in the fields PREFIX-name …, PREFIX "" of a row of its own. */
xmlNode *draft_organization(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *row,
                            const char *prefix);

/* Adds paragraphs of TEXT to PARENT. */
void draft_paragraphs(struct draft *dr, xmlNode *parent, const xmlNode *from, const char *text);
/* Sets ATTRIBUTE of NODE to FIELD of ROW, when there is one. */
void draft_attribute(struct draft *dr, xmlNode *node, const char *attribute, const xmlNode *row,
                     const char *field);

/* A standard a cell names. Returns borrowed, or NULL after reporting that it is not known. */
const struct standards_edition *draft_standard(struct draft *dr, const xmlNode *from, const char *text);
/* Adds <standard> or another NAME with the edition's attributes and title; warns of a withdrawn one. */
xmlNode *draft_add_standard(struct draft *dr, xmlNode *parent, const char *name, const xmlNode *from,
                            const struct standards_edition *edition);

#endif
