#include "progress.h"

#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 24 };

static const double bar_interval = 0.1;

void progress_begin(struct progress *p, FILE *out, long interval, double now)
{
    memset(p, 0, sizeof *p);
    p->out = interval ? out : NULL;
    p->is_terminal = p->out && isatty(fileno(out));
    p->interval = p->is_terminal ? bar_interval : (double)interval;
    p->began = p->said = now;
}

void progress_duration(double seconds, char s[32])
{
    long n = (long)(seconds + 0.5);

    if (seconds < 10)
        snprintf(s, 32, "%.1f s", seconds);
    else if (n < 60)
        snprintf(s, 32, "%ld s", n);
    else if (n < 3600)
        snprintf(s, 32, "%ld min %02ld s", n / 60, n % 60);
    else
        snprintf(s, 32, "%ld h %02ld min", n / 3600, n / 60 % 60);
}

void progress_clear(struct progress *p)
{
    if (!p->bar_stands)
        return;
    fputs("\r\033[K", p->out);
    fflush(p->out);
    p->bar_stands = 0;
}

static void bar(FILE *out, long done, long total)
{
    int filled = total ? (int)(BAR_WIDTH * done / total) : 0, i;

    fputs("\r\033[K[", out);
    for (i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '=' : ' ', out);
    fputs("] ", out);
}

void progress_tell(struct progress *p, const struct tally *tally, long done, double now)
{
    double rate = now > p->began ? (double)done / (now - p->began) : 0;
    long bad = tally->refused + tally->failed;
    char left[32];

    if (!p->out || now - p->said < p->interval)
        return;
    p->said = now;
    if (p->is_terminal)
        bar(p->out, done, p->total);
    else
        fputs("certpress: ", p->out);
    fprintf(p->out, "%ld of %ld done", done, p->total);
    if (bad)
        fprintf(p->out, ", %ld not printed", bad);
    fprintf(p->out, ", %.1f a second", rate);
    if (rate > 0 && done < p->total) {
        progress_duration((double)(p->total - done) / rate, left);
        fprintf(p->out, ", %s left", left);
    }
    if (!p->is_terminal)
        fputc('\n', p->out);
    fflush(p->out);
    p->bar_stands = p->is_terminal;
}
