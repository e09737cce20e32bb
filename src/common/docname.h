/* The name of a document's files. */
#ifndef DOCNAME_H
#define DOCNAME_H

/* The file name stem of the certificate with this reference: every character outside A-Z, a-z,
 * 0-9, '.' and '-' becomes '_', a leading '.' too. ISSUE (may be NULL) is the issue number of a kind
 * that counts issues: "IECEx EXB 26.0012X", "2" gives IECEx_EXB_26.0012X_issue2. New, release with
 * free. */
char *docname(const char *reference, const char *issue);

#endif
