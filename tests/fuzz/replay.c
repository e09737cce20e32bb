/* Runs a fuzz target's seeds as an ordinary test, without libFuzzer:
 *
 *     NAME-replay CHANGES FILE...
 *
 * feeds every file as it is, then as often as CHANGES says with some bytes changed or cut off; the
 * changes are the same in every run. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long long state = 19005;

static size_t below(size_t n)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (size_t)(state >> 24) % n;
}

/* Feeds a copy of its own, so that a sanitizer sees the end. */
static void feed(const void *bytes, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);

    if (!copy)
        exit(2);
    memcpy(copy, bytes, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static void change(struct strbuf *s)
{
    size_t i, n = 1 + below(4);

    if (!s->len)
        return;
    for (i = 0; i < n; i++)
        s->buf[below(s->len)] = (char)below(256);
    if (!below(4))
        s->len = below(s->len);
}

int main(int argc, char **argv)
{
    int i;
    long k, changes = argc > 1 ? strtol(argv[1], NULL, 10) : 0;

    for (i = 2; i < argc; i++) {
        struct strbuf seed = STRBUF_INIT;

        if (strbuf_read_file(&seed, argv[i], 1 << 24)) {
            fprintf(stderr, "replay: cannot read %s\n", argv[i]);
            return 2;
        }
        feed(seed.buf, seed.len);
        for (k = 0; k < changes; k++) {
            struct strbuf copy = STRBUF_INIT;

            strbuf_add(&copy, seed.buf, seed.len);
            change(&copy);
            feed(copy.buf, copy.len);
            strbuf_release(&copy);
        }
        strbuf_release(&seed);
    }
    return argc > 2 ? 0 : 2;
}
