/* The views of a cross-reference as elements of its document. */
#ifndef VIEWS_H
#define VIEWS_H

#include <libxml/tree.h>

#include "findings.h"

struct views {
    const struct facts_coc *cocs; /* in the order of the cross-reference */
    size_t n;
    struct findings_cites tests, qualities;
    struct findings *findings; /* of each certificate */
};

/* Each appends one element to ROOT. */
void views_add_counts(const struct views *v, xmlNode *root);
void views_add_cocs(const struct views *v, xmlNode *root);            /* A: by certificate */
void views_add_test_reports(const struct views *v, xmlNode *root);    /* B: by test report */
void views_add_standards(const struct views *v, xmlNode *root);       /* C: by standard */
void views_add_quality_reports(const struct views *v, xmlNode *root); /* D: by quality report */
void views_add_findings(const struct views *v, xmlNode *root);

/* Copies the element NODE and what is below it, text and attributes without namespace. */
void views_copy(xmlNode *parent, const xmlNode *node);

#endif
