/* fo2pdf: options and files; see fo2pdf.1. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "args.h"
#include "common_messages.h"
#include "datadir.h"
#include "diag.h"
#include "fo2pdf.h"
#include "messages.h"
#include "outfile.h"
#include "pdf.h"
#include "sources.h"
#include "strbuf.h"
#include "watch.h"
#include "xmlx.h"

struct settings {
    struct args_common common;
    time_t date;
    const char *base, *pages, *fonts, *hyphenation;
    int lenient, png, svg, area_tree, watch;
    long page, dpi, keep;
};

/* The folder of PATH, which relative addresses count from; new. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return xstrdup("");
    return xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static int make(struct fo2pdf *f, const char *name, const struct settings *s,
                const struct fo2pdf_options *options, struct strbuf *out, struct diag *d)
{
    struct pdf *pdf;
    int bad;

    if (s->png)
        return fo2pdf_png(f, NULL, name, options, (int)s->page, (int)s->dpi, out, d);
    if (s->svg)
        return fo2pdf_svg(f, NULL, name, options, (int)s->page, out, d);
    if (s->area_tree)
        return fo2pdf_area_tree(f, NULL, name, options, out, d);
    if (fo2pdf(f, NULL, name, options, &pdf, d))
        return -1;
    bad = pdf_write(pdf, NULL, out, d);
    pdf_free(pdf);
    return bad;
}

struct watched {
    struct watch *watch;
    const char *base;
};

static void watch_element(void *arg, const xmlNode *element)
{
    const struct watched *w = arg;

    sources_watch(w->watch, element, w->base);
}

/* W: who watches what the document is made of, or NULL. */
static void run(const char *file, const struct settings *s, struct watch *w, struct diag *d)
{
    struct fo2pdf_options options = { .date = args_moment(s->date), .lenient = s->lenient, .pages = s->pages,
                                      .keep = s->keep < 0 ? NULL : &s->keep, .path = file };
    const char *name = strcmp(file, "-") || s->common.name ? s->common.name : "standard input";
    char *data = s->fonts ? NULL : datadir_find(d);
    char *fonts = s->fonts ? xstrdup(s->fonts) : data ? xasprintf("%s/fonts/fonts.conf", data) : NULL;
    char *folder = s->base ? xstrdup(s->base) : folder_of(file);
    struct fo2pdf *f = fonts ? fo2pdf_open(fonts, d) : NULL;
    struct watched watched = { w, folder };
    struct strbuf out = STRBUF_INIT;

    options.base = folder;
    options.seen = w ? watch_element : NULL;
    options.seen_arg = &watched;
    if (f && s->hyphenation)
        fo2pdf_hyphenation(f, s->hyphenation);
    if (f && !make(f, name ? name : file, s, &options, &out, d) && !diag_failed(d))
        outfile_write(s->common.output, out.buf, out.len,
                      s->svg || s->area_tree ? 0 : OUTFILE_BINARY, d);
    strbuf_release(&out);
    fo2pdf_close(f);
    free(folder);
    free(fonts);
    free(data);
}

/* Sets FILE on every save, until the user has enough. What cannot be set leaves the last product as it
 * was. */
static void watch(const char *file, const struct settings *s, struct diag *d)
{
    struct watch *w;
    struct diag round;
    int failed;

    if (!strcmp(file, "-") || !s->common.output || !strcmp(s->common.output, "-")) {
        diag(d, FO_WATCH_FILES);
        return;
    }
    w = watch_open(s->common.output, d);
    failed = !w || watch_file(w, file, d) || (s->fonts && watch_file(w, s->fonts, d));
    while (!failed) {
        round = *d;
        run(file, s, w, &round);
        printf("%s %s\n", diag_failed(&round) ? "not set:" : "set:", s->common.output);
        failed = fflush(stdout) ? diag(d, ENV_CANNOT_WRITE, "standard output", strerror(errno))
                                : !watch_wait(w);
    }
    watch_close(w);
}

static int check(const struct settings *s, struct diag *d)
{
    if (s->png + s->svg + s->area_tree > 1)
        return diag(d, FO_ONE_OUTPUT);
    if (s->pages && (s->png || s->svg))
        return diag(d, FO_ONE_PAGE);
    if (s->page < 1 || s->page > 1000000)
        return diag(d, FO_PAGE_OPTION);
    if (s->dpi < 10 || s->dpi > 1200)
        return diag(d, FO_DPI_OPTION);
    if (s->keep > 1000000)
        return diag(d, FO_KEEP_OPTION);
    return 0;
}

int main(int argc, char **argv)
{
    struct settings s = { .date = ARGS_NO_DATE, .page = 1, .dpi = 150, .keep = -1 };
    const struct args_option options[] = {
        { "date", 0, ARGS_DATE, &s.date, "date", "the date to write into the document" },
        { "base", 0, ARGS_STRING, &s.base, "folder", "where relative addresses count from" },
        { "fonts", 0, ARGS_STRING, &s.fonts, "file", "the font configuration" },
        { "hyphenation", 0, ARGS_STRING, &s.hyphenation, "folder", "the hyphenation dictionaries" },
        { "lenient", 0, ARGS_FLAG, &s.lenient, NULL, "warn of what is not supported, and go on" },
        { "png", 0, ARGS_FLAG, &s.png, NULL, "give one page as a PNG picture" },
        { "svg", 0, ARGS_FLAG, &s.svg, NULL, "give one page as SVG" },
        { "area-tree", 0, ARGS_FLAG, &s.area_tree, NULL, "give the area tree as XML" },
        { "pages", 0, ARGS_STRING, &s.pages, "list", "the pages to give, such as 1,3-5" },
        { "page", 0, ARGS_NUMBER, &s.page, "n", "the page of --png and --svg; 1 unless given" },
        { "dpi", 0, ARGS_NUMBER, &s.dpi, "n", "dots per inch of --png; 150 unless given" },
        { "keep", 0, ARGS_NUMBER, &s.keep, "MiB", "the most of the layout to keep; 32 unless given" },
        { "watch", 0, ARGS_FLAG, &s.watch, NULL, "set again on every save, until Ctrl-C" },
        ARGS_OUTPUT(s.common), ARGS_NAME(s.common), ARGS_WARNINGS(s.common), ARGS_END,
    };
    const struct args_program program = {
        "fo2pdf", "set XSL-FO as tagged PDF, or as pictures", "[file]",
        "fo2pdf -o certificate.pdf certificate.fo", options,
    };
    const char *file;
    struct diag d;
    int first;

    diag_init(&d, "fo2pdf");
    xmlx_init();
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0)
        return first ? diag_status(&d) : 0;
    if (args_apply(&s.common, &d) || check(&s, &d))
        return diag_status(&d);
    file = first < argc ? argv[first] : "-";
    if (argc - first > 1)
        diag(&d, FO_ONE_FILE, argc - first);
    else if (s.watch)
        watch(file, &s, &d);
    else
        run(file, &s, NULL, &d);
    return diag_status(&d);
}
