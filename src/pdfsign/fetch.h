/* HTTP, as time-stamp services, OCSP responders and CRL distribution points speak it: one question,
 * one answer in DER, within bounds of size and time. Used by tsa.c and revocation.c.
 *
 * The answers are signed, so the way they come is not; https is refused. A proxy is used when the
 * environment names one (http_proxy, no_proxy: OpenSSL reads them). */
#ifndef PDFSIGN_FETCH_H
#define PDFSIGN_FETCH_H

#include <stddef.h>

#include "strbuf.h"

enum { FETCH_SECONDS = 12, FETCH_LIMIT = 16 << 20 };

/* Sends the N bytes of QUESTION, or asks without any when it is NULL, and appends the ASN.1 that
 * comes back to ANSWER. Returns 0, or -1 with the reason in WHY; reports nothing. TYPE and EXPECTED
 * are media types; EXPECTED NULL: any. */
int fetch(const char *url, const char *type, const void *question, size_t n, const char *expected,
          struct strbuf *answer, char why[256]);

#endif
