/* How many documents pdfsign seals in a second of CPU time, beside bare signatures with the same key.
 *
 *     seal PKI FILE.a3.pdf [N]
 *
 * PKI is a folder of samples/make-pki.sh; N documents a key, 500 by default. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "alloc.h"
#include "diag.h"
#include "pdfsign.h"
#include "strbuf.h"
#include "xmlx.h"

enum { ATTRIBUTES = 220, LIMIT = 1 << 28 }; /* bytes that a seal signs, about */

static double cpu(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double seals(const char *key, const char *cert, const struct strbuf *file, long n)
{
    struct pdfsign_options options = { .key = key, .cert = cert, .now = time(NULL) };
    struct pdfsign *sign;
    struct diag d;
    double begin;
    long i;

    diag_init(&d, "seal");
    sign = pdfsign_open(&options, &d);
    if (!sign)
        exit(2);
    begin = cpu();
    for (i = 0; i < n; i++) {
        struct strbuf pdf = STRBUF_INIT;

        strbuf_add(&pdf, file->buf, file->len);
        if (pdfsign(sign, &pdf, "bench", options.now, &d))
            exit(1);
        strbuf_release(&pdf);
    }
    pdfsign_close(sign);
    return (double)n / (cpu() - begin);
}

static double signatures(const char *path, const EVP_MD *md, long n)
{
    static const unsigned char data[ATTRIBUTES] = { 0 };
    FILE *file = fopen(path, "r");
    EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;
    double begin = cpu();
    long i;

    if (!key)
        exit(2);
    for (i = 0; i < n; i++) {
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        unsigned char signature[1024];
        size_t len = sizeof signature;

        if (EVP_DigestSignInit(ctx, NULL, md, NULL, key) != 1 ||
            EVP_DigestSign(ctx, signature, &len, data, sizeof data) != 1)
            exit(2);
        EVP_MD_CTX_free(ctx);
    }
    fclose(file);
    EVP_PKEY_free(key);
    return (double)n / (cpu() - begin);
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "seal", "pss", "p256", "p384" };
    static const char *const kinds[] = { "RSA 2048", "RSA-PSS 2048", "ECDSA P-256", "ECDSA P-384" };
    long n = argc > 3 ? atol(argv[3]) : 500;
    struct strbuf file = STRBUF_INIT;
    size_t i;

    if (argc < 3 || n < 1 || strbuf_read_file(&file, argv[2], LIMIT)) {
        fprintf(stderr, "usage: seal PKI FILE.a3.pdf [N]\n");
        return 2;
    }
    xmlx_init();
    printf("## Seals of a document of %zu KiB, B-B, in memory\n\n", file.len / 1024);
    printf("| key | documents a CPU second | bare signatures | ms a document beside the signature |\n"
           "|---|---|---|---|\n");
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        char *key = xasprintf("%s/%s.key", argv[1], names[i]);
        char *cert = xasprintf("%s/%s.pem", argv[1], names[i]);
        double sealed = seals(key, cert, &file, n);
        double bare = signatures(key, strcmp(names[i], "p384") ? EVP_sha256() : EVP_sha384(), n);

        printf("| %s | %.0f | %.0f | %.2f |\n", kinds[i], sealed, bare, 1000 / sealed - 1000 / bare);
        free(key);
        free(cert);
    }
    strbuf_release(&file);
    return 0;
}
