/* Writes PDF files that cost as much as 50 MiB can, for hostile.t.
 *
 *     hostile KIND OUT [FILE]     FILE: a sealed file, for the kinds that go on from one
 *     hostile list */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "outfile.h"
#include "strbuf.h"

enum { SIZE = 50 << 20, OBJECTS = 2000000 };

struct out {
    struct strbuf bytes;
    size_t *at; /* of each object; 0: none */
    size_t n;
    const char *file;
};

static void die(const char *what)
{
    fprintf(stderr, "hostile: %s\n", what);
    exit(2);
}

static void begin(struct out *o)
{
    strbuf_addstr(&o->bytes, "%PDF-1.7\n%\xc7\xc8\xc9\xca\n");
}

/* Begins the next object. */
static void object(struct out *o)
{
    if (++o->n >= OBJECTS)
        die("too many objects");
    o->at[o->n] = o->bytes.len;
    strbuf_addf(&o->bytes, "%zu 0 obj\n", o->n);
}

static void end_object(struct out *o)
{
    strbuf_addstr(&o->bytes, "\nendobj\n");
}

/* Catalog, page tree and one page whose content is object CONTENTS, then the table. */
static void finish(struct out *o, size_t contents)
{
    size_t catalog = o->n + 1, i, xref;

    object(o);
    strbuf_addf(&o->bytes, "<</Type/Catalog/Pages %zu 0 R>>", catalog + 1);
    end_object(o);
    object(o);
    strbuf_addf(&o->bytes, "<</Type/Pages/Count 1/Kids[%zu 0 R]>>", catalog + 2);
    end_object(o);
    object(o);
    strbuf_addf(&o->bytes, "<</Type/Page/Parent %zu 0 R/MediaBox[0 0 9 9]/Contents %zu 0 R>>",
                catalog + 1, contents);
    end_object(o);
    xref = o->bytes.len;
    strbuf_addf(&o->bytes, "xref\n0 %zu\n0000000000 65535 f \n", o->n + 1);
    for (i = 1; i <= o->n; i++)
        strbuf_addf(&o->bytes, "%010zu 00000 n \n", o->at[i]);
    strbuf_addf(&o->bytes, "trailer\n<</Size %zu/Root %zu 0 R>>\nstartxref\n%zu\n%%%%EOF\n", o->n + 1,
                catalog, xref);
}

static void noise(struct out *o)
{
    unsigned long long random = 1;

    begin(o);
    while (o->bytes.len < SIZE) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        strbuf_addch(&o->bytes, (char)(random >> 40));
    }
}

static void repeat(struct out *o, const char *text, size_t size)
{
    while (o->bytes.len < size)
        strbuf_addstr(&o->bytes, text);
}

static void objects(struct out *o)
{
    begin(o);
    while (o->n < 900000) {
        object(o);
        strbuf_addstr(&o->bytes, "<</A 1>>");
        end_object(o);
    }
    finish(o, 1);
}

static void nested(struct out *o)
{
    begin(o);
    object(o);
    repeat(o, "[", SIZE);
    end_object(o);
    finish(o, 1);
}

static void values(struct out *o, const char *text)
{
    begin(o);
    object(o);
    strbuf_addstr(&o->bytes, "[");
    repeat(o, text, SIZE);
    strbuf_addstr(&o->bytes, "]");
    end_object(o);
    finish(o, 1);
}

static void numbers(struct out *o) { values(o, "1 "); }
static void dictionaries(struct out *o) { values(o, "<</A<</B()>>>>"); }

/* As many values as are read. */
static void full(struct out *o)
{
    size_t i;

    begin(o);
    object(o);
    strbuf_addstr(&o->bytes, "[");
    for (i = 0; i < 1300000; i++)
        strbuf_addstr(&o->bytes, "<</A[1]>>");
    repeat(o, "                        ", SIZE);
    strbuf_addstr(&o->bytes, "]");
    end_object(o);
    finish(o, 1);
}

/* A stream that holds N times TEXT, deflated. */
static void deflated(struct out *o, const char *text, size_t n)
{
    size_t len = strlen(text), i, at;
    z_stream z;

    object(o);
    memset(&z, 0, sizeof z);
    if (deflateInit(&z, 1) != Z_OK)
        die("zlib");
    {
        struct strbuf data = STRBUF_INIT;
        unsigned char buffer[1 << 16], in[1 << 12];

        for (i = 0; i + len <= sizeof in; i += len)
            memcpy(in + i, text, len);
        at = i;
        for (i = 0; i <= n; i++) {
            z.next_in = in;
            z.avail_in = i < n ? (unsigned)at : 0;
            do {
                z.next_out = buffer;
                z.avail_out = sizeof buffer;
                deflate(&z, i < n ? Z_NO_FLUSH : Z_FINISH);
                strbuf_add(&data, buffer, sizeof buffer - z.avail_out);
            } while (!z.avail_out);
        }
        deflateEnd(&z);
        strbuf_addf(&o->bytes, "<</Filter/FlateDecode/Length %zu>>\nstream\n", data.len);
        strbuf_add(&o->bytes, data.buf, data.len);
        strbuf_addstr(&o->bytes, "\nendstream");
        strbuf_release(&data);
    }
    end_object(o);
}

static void bomb(struct out *o)
{
    begin(o);
    deflated(o, "0 0 1 1 re f\n", 300000);
    finish(o, 1);
}

static void big_content(struct out *o)
{
    begin(o);
    deflated(o, "0 0 1 1 re f\n", 50000);
    finish(o, 1);
}

/* A plain stream of the whole size, as an honest large attachment is. */
static void stream(struct out *o)
{
    size_t data;

    begin(o);
    object(o);
    strbuf_addf(&o->bytes, "<</Length %d>>\nstream\n", SIZE);
    data = o->bytes.len;
    repeat(o, "0 0 1 1 re f\n", data + SIZE);
    o->bytes.len = data + SIZE;
    strbuf_addstr(&o->bytes, "\nendstream");
    end_object(o);
    finish(o, 1);
}

static void circle(struct out *o)
{
    begin(o);
    repeat(o, "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R/Prev 15>>\n", SIZE);
    strbuf_addstr(&o->bytes, "startxref\n15\n%%EOF\n");
}

static void revisions(struct out *o)
{
    size_t previous = 0;

    begin(o);
    while (o->bytes.len < SIZE) {
        size_t here = o->bytes.len;

        strbuf_addf(&o->bytes, "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R");
        if (previous)
            strbuf_addf(&o->bytes, "/Prev %zu", previous);
        strbuf_addf(&o->bytes, ">>\nstartxref\n%zu\n%%%%EOF\n", here);
        previous = here;
    }
}

static void after_seal(struct out *o)
{
    if (!o->file || strbuf_read_file(&o->bytes, o->file, SIZE))
        die("no sealed file");
    repeat(o, "%%EOF\n", SIZE);
}

static const struct {
    const char *name;
    void (*make)(struct out *);
} kinds[] = {
    { "noise", noise }, { "objects", objects }, { "nested", nested }, { "numbers", numbers },
    { "dictionaries", dictionaries }, { "full", full }, { "bomb", bomb },
    { "big-content", big_content }, { "stream", stream }, { "circle", circle },
    { "revisions", revisions }, { "after-seal", after_seal },
};

int main(int argc, char **argv)
{
    struct out o = { .bytes = STRBUF_INIT, .file = argc > 3 ? argv[3] : NULL };
    struct diag d;
    size_t i;

    diag_init(&d, "hostile");
    o.at = calloc(OBJECTS, sizeof *o.at);
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (argc == 2)
            puts(kinds[i].name);
        else if (argc > 2 && !strcmp(argv[1], kinds[i].name))
            kinds[i].make(&o);
    if (argc > 2 && !o.bytes.len)
        die("no such kind");
    if (argc > 2)
        outfile_write(argv[2], o.bytes.buf, o.bytes.len, OUTFILE_BINARY, &d);
    strbuf_release(&o.bytes);
    free(o.at);
    return diag_status(&d);
}
