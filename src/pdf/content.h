/* Content streams, operator by operator. ISO 32000-1, 7.8.2 and Annex A.
 *
 * For rewriting page content: every operator is given with the bytes it and its operands take, so
 * that a caller can copy spans and put marked content around them. Inline images (BI) are refused;
 * unknown operators are an error. Reports at byte offsets of the decoded stream. */
#ifndef CONTENT_H
#define CONTENT_H

#include <stddef.h>

#include "diag.h"

enum pdf_op_class {
    PDF_OP_STATE,      /* sets graphics or text state, clips (W, W*), makes paths (m, l, c, re ...) */
    PDF_OP_PAINT,      /* leaves marks: S s f F f* B B* b b* sh Do Tj TJ ' " */
    PDF_OP_PATH_END,   /* n: ends a path without painting */
    PDF_OP_SAVE,       /* q */
    PDF_OP_RESTORE,    /* Q */
    PDF_OP_TEXT_BEGIN, /* BT */
    PDF_OP_TEXT_END,   /* ET */
    PDF_OP_MARK_BEGIN, /* BMC BDC */
    PDF_OP_MARK_END,   /* EMC */
    PDF_OP_MARK_POINT, /* MP DP */
};

struct pdf_op {
    enum pdf_op_class class;
    char name[4];           /* the operator, NUL-terminated */
    size_t start, end;      /* from its first operand to the byte after the operator */
    size_t operator_at;     /* where the operator's own bytes begin */
    int operands_n;
    /* of BMC, BDC, MP, DP: */
    const char *tag;        /* without solidus, not NUL-terminated; points into the stream */
    size_t tag_len;
    long mcid;              /* of an inline property list; -1: none */
    /* of Do, gs, Tf, sh, cs, scn and BDC with a named property list: the (last) name operand */
    const char *resource;
    size_t resource_len;
};

/* A reader; all members are readable, none is to be written. After pdf_content_next the counts say
 * the state after that operator. */
struct pdf_content {
    const char *bytes;
    size_t n, at;
    const char *name;       /* in messages; borrowed */
    int in_text;            /* between BT and ET */
    int in_path;            /* a path was begun and not yet painted or ended */
    int marks;              /* open BMC and BDC */
    int saves;              /* open q */
};

/* Keeps BYTES (decoded content) and NAME. */
void pdf_content_init(struct pdf_content *c, const void *bytes, size_t n, const char *name);

/* Gives the next operator. Returns 1; 0 at the end of a stream whose q, BT and BMC are all closed;
 * -1 after reporting. */
int pdf_content_next(struct pdf_content *c, struct pdf_op *op, struct diag *d);

#endif
