/* The numbers of IECEx certificates and reports: OD 009 and OD 011-2. */
#ifndef EXNUMBER_H
#define EXNUMBER_H

enum { EXNUMBER_BODY_MAX = 6 };

struct exnumber {
    char body[EXNUMBER_BODY_MAX]; /* code of the certification body, "BAS" */
    char country[3];              /* of a report's body; "" in certificate numbers */
    int year;                     /* 2009 of "09": of allocation, not of issue */
    char suffix;                  /* 'X', 'U' or 0 */
};

/* Parses exactly "IECEx BAS 09.0116X". Returns 0 or -1. */
int exnumber_certificate(const char *text, struct exnumber *n);

/* Parses exactly "GB/BAS/ExTR10.0134/00", with KIND "ExTR" or "QAR". Returns 0 or -1. */
int exnumber_report(const char *text, const char *kind, struct exnumber *n);

/* The certificate number that TEXT, wrongly written, must mean ("IEC Ex BAS 04-0053x"); new, or NULL
 * when none can be told. */
char *exnumber_repaired(const char *text);

/* What TEXT numbers when it is of another family ("an ATEX certificate"); borrowed, or NULL. */
const char *exnumber_other_family(const char *text);

#endif
