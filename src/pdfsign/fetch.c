#include "fetch.h"

#include <stdio.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/http.h>

#include "key.h"

static int fail(char why[256], const char *reason)
{
    snprintf(why, 256, "%s", reason);
    ERR_clear_error();
    return -1;
}

static int drain(BIO *from, struct strbuf *answer)
{
    char bytes[4096];
    int n;

    while ((n = BIO_read(from, bytes, sizeof bytes)) > 0)
        strbuf_add(answer, bytes, (size_t)n);
    return answer->len ? 0 : -1;
}

int fetch(const char *url, const char *type, const void *question, size_t n, const char *expected,
          struct strbuf *answer, char why[256])
{
    char *host = NULL, *port = NULL, *path = NULL;
    BIO *body = NULL, *from = NULL;
    int tls = 0, result = -1;

    if (!OSSL_HTTP_parse_url(url, &tls, NULL, &host, &port, NULL, &path, NULL, NULL))
        return fail(why, "it is no address of the form http://host/path");
    if (tls || strncmp(url, "http://", 7)) {
        fail(why, "only http:// is spoken; what comes back is signed anyway");
        goto done;
    }
    if (question) {
        body = BIO_new_mem_buf(question, (int)n);
        from = body ? OSSL_HTTP_transfer(NULL, host, port, path, 0, NULL, NULL, NULL, NULL, NULL,
                                         NULL, 0, NULL, type, body, expected, 1, FETCH_LIMIT,
                                         FETCH_SECONDS, 0)
                    : NULL;
    } else {
        from = OSSL_HTTP_get(url, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, expected, 1,
                             FETCH_LIMIT, FETCH_SECONDS);
    }
    if (!from)
        seal_openssl_error(why);
    else if (drain(from, answer))
        fail(why, "the answer is empty");
    else
        result = 0;
done:
    BIO_free_all(from);
    BIO_free(body);
    OPENSSL_free(host);
    OPENSSL_free(port);
    OPENSSL_free(path);
    return result;
}
