/* One process, many documents: how many a CPU second, where the time goes, how much memory.
 *
 *     warm fo DATA FO OUT.pdf BASE N          sets one FO N times: fo2pdf alone, with its XML
 *     warm batch DATA JOB OUT.pdf [plain]     all of JOB's records through all stages; plain: to the
 *                                             tagged PDF, no archive and no seal
 *
 * Every document is written over OUT.pdf.  Says "DOCUMENTS CPU-SECONDS PEAK-KIB", then for a batch the
 * share of each stage in percent, as a profiling timer saw it. */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "alloc.h"
#include "cert2fo/cert2fo.h"
#include "certpress/job.h"
#include "certpress/press.h"
#include "csv2rec/csv2rec.h"
#include "diag.h"
#include "fo2pdf/fo2pdf.h"
#include "pdf.h"
#include "xmlx.h"

/* Microseconds of CPU time between two looks: it varies, since documents come at equal distances. */
#define TICK_LEAST 3001
#define TICK_SPREAD 8009

static volatile int stage;
static long ticks[PRESS_WRITING + 1];

static void profile(void)
{
    static unsigned seed = 1;
    struct itimerval once = { { 0, 0 }, { 0, 0 } };

    seed = seed * 1103515245 + 12345;
    once.it_value.tv_usec = TICK_LEAST + (long)(seed >> 16) % TICK_SPREAD;
    setitimer(ITIMER_PROF, &once, NULL);
}

static void tick(int number)
{
    (void)number;
    ticks[stage]++;
    profile();
}

static double cpu_seconds(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void report(long documents)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    printf("%ld %.3f %ld\n", documents, cpu_seconds(), u.ru_maxrss);
}

static void write_file(const char *path, const struct strbuf *bytes)
{
    FILE *f = fopen(path, "w");

    if (!f || fwrite(bytes->buf, 1, bytes->len, f) != bytes->len || fclose(f))
        err(2, "%s", path);
}

static void set(struct fo2pdf *fo2pdf_set, xmlDoc *fo, const char *base, const char *path, struct strbuf *out,
                struct diag *d)
{
    struct fo2pdf_options options = { .base = base, .date = time(NULL) };
    struct pdf *pdf;

    strbuf_clear(out);
    if (fo2pdf(fo2pdf_set, fo, NULL, &options, &pdf, d) || pdf_write(pdf, NULL, out, d))
        errx(1, "a document failed");
    write_file(path, out);
    pdf_free(pdf);
}

static struct fo2pdf *open_fonts(const char *data, struct diag *d)
{
    char *fonts = xasprintf("%s/fonts/fonts.conf", data);
    struct fo2pdf *f = fo2pdf_open(fonts, d);

    if (!f)
        exit(2);
    free(fonts);
    return f;
}

static void many_fo(char **argv, int n, struct diag *d)
{
    struct fo2pdf *f = open_fonts(argv[0], d);
    struct strbuf out = STRBUF_INIT;
    int i;

    for (i = 0; i < n; i++) {
        xmlDoc *fo = xmlx_read(argv[1], NULL, d);

        if (!fo)
            exit(2);
        set(f, fo, argv[3], argv[2], &out, d);
        xmlFreeDoc(fo);
    }
    report(n);
    fo2pdf_close(f);
    strbuf_release(&out);
}

static void shares(void)
{
    long all = 0;
    int i;

    for (i = 0; i <= PRESS_WRITING; i++)
        all += ticks[i];
    for (i = 0; i <= PRESS_WRITING; i++)
        printf("%s %.1f\n", press_stage_names[i], 100.0 * (double)ticks[i] / (double)(all ? all : 1));
}

static void batch(char **argv, int plain, struct diag *d)
{
    time_t now = time(NULL);
    struct csv2rec_options options = { 0 };
    struct job *job = job_read(argv[1], d);
    struct press *press = job ? press_open(job, argv[0], now, now, PRESS_ALL, d) : NULL;
    struct cert2fo *cert2fo_set = plain ? cert2fo_open(argv[0], d) : NULL;
    struct fo2pdf *fo2pdf_set = plain ? open_fonts(argv[0], d) : NULL;
    struct csv2rec *records;
    struct strbuf out = STRBUF_INIT;
    xmlDoc *rec, *cert, *fo;
    long n = 0;

    if (!press)
        exit(2);
    press_watch(press, &stage);
    signal(SIGPROF, tick);
    profile();
    records = csv2rec_open(argv[1], &options, d);
    while (csv2rec_next(records, &rec) == 1) {
        if (press_certificate(press, rec, &cert, d))
            errx(1, "a record failed");
        if (plain) {
            if (cert2fo(cert2fo_set, cert, &fo, d))
                errx(1, "a certificate failed");
            set(fo2pdf_set, fo, argv[1], argv[2], &out, d);
            xmlFreeDoc(fo);
        } else if (press_document(press, cert, &out, d)) {
            errx(1, "a document failed");
        }
        press_note(press, PRESS_WRITING);
        if (!plain)
            write_file(argv[2], &out);
        xmlFreeDoc(cert);
        xmlFreeDoc(rec);
        press_note(press, PRESS_READING);
        n++;
    }
    report(n);
    if (!plain)
        shares();
    csv2rec_close(records);
    cert2fo_close(cert2fo_set);
    fo2pdf_close(fo2pdf_set);
    press_close(press);
    job_free(job);
    strbuf_release(&out);
}

int main(int argc, char **argv)
{
    struct diag d;

    diag_init(&d, "warm");
    xmlx_init();
    if (argc == 7 && !strcmp(argv[1], "fo"))
        many_fo(argv + 2, atoi(argv[6]), &d);
    else if (argc >= 5 && !strcmp(argv[1], "batch"))
        batch(argv + 2, argc > 5 && !strcmp(argv[5], "plain"), &d);
    else
        errx(2, "usage: warm fo DATA FO OUT.pdf BASE N | warm batch DATA JOB OUT.pdf [plain]");
    return diag_status(&d);
}
