/* SHA-256 (FIPS 180-4), for fingerprints of files and records. Seals use OpenSSL's. */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t len; /* bytes taken so far */
    unsigned char block[64];
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);
void sha256_final(struct sha256 *s, unsigned char digest[32]);

/* The digest of N bytes as 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *bytes, size_t n, char hex[65]);

#endif
