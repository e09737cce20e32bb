/* The seeds of the fuzz target as an ordinary test, with every byte flipped and every length cut. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fuzz/pdf_fuzz.c"

static void feed(const struct strbuf *seed)
{
    uint8_t *copy = malloc(seed->len);
    size_t i;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, seed->buf, seed->len);
    LLVMFuzzerTestOneInput(copy, seed->len);
    for (i = 0; i < seed->len; i++) {
        copy[i] ^= 1;
        LLVMFuzzerTestOneInput(copy, seed->len);
        copy[i] ^= 1 ^ 0x40;
        LLVMFuzzerTestOneInput(copy, seed->len);
        copy[i] ^= 0x40;
    }
    free(copy);
    for (i = 0; i < seed->len; i++) {
        copy = malloc(i ? i : 1);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, seed->buf, i);
        LLVMFuzzerTestOneInput(copy, i);
        free(copy);
    }
}

START_TEST(seeds)
{
    static const char folder[] = "tests/fuzz/pdf";
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int n = 0;

    ck_assert_msg(dir != NULL, "%s is not there: run it in the repository's root", folder);
    while ((entry = readdir(dir))) {
        struct strbuf seed = STRBUF_INIT;
        char path[512];

        if (*entry->d_name == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ck_assert_int_eq(strbuf_read_file(&seed, path, 1 << 20), 0);
        feed(&seed);
        strbuf_release(&seed);
        n++;
    }
    closedir(dir);
    ck_assert_int_ge(n, 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pdf_fuzz");
    TCase *tc = tcase_create("seeds");
    SRunner *sr = srunner_create(suite);
    int failed;

    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, seeds);
    suite_add_tcase(suite, tc);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? 1 : 0;
}
