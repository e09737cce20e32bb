/* Fuzz target: hostile bytes as certificates.csv and controls.csv of a job.
 * Whatever is delivered must be well-formed XML, and a faulty job must have a message. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv2rec.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/csv_fuzz.XXXXXX";
static char certificates[64], controls[64];

static void must(int holds)
{
    if (!holds)
        abort();
}

static void set_up(void)
{
    if (*certificates)
        return;
    must(mkdtemp(folder) != NULL);
    snprintf(certificates, sizeof certificates, "%s/certificates.csv", folder);
    snprintf(controls, sizeof controls, "%s/controls.csv", folder);
    xmlx_init();
}

static void put(const char *path, const uint8_t *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");

    must(f && fwrite(bytes, 1, n, f) == n && !fclose(f));
}

static void check(const xmlDoc *rec)
{
    struct strbuf text = STRBUF_INIT;
    struct diag d;
    xmlDoc *again;

    diag_init(&d, "fuzz");
    xmlx_serialize(rec, 0, &text);
    again = xmlx_parse(text.buf, text.len, "record", &d);
    must(again != NULL);
    xmlFreeDoc(again);
    strbuf_release(&text);
}

/* The first two bytes say where the one file ends and the other begins, and how to read them. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const kinds[] = { "csms", "iecee", "iecex" };
    struct csv2rec_options options = { 0 };
    struct csv2rec *c;
    struct diag d;
    xmlDoc *rec;
    size_t cut;
    int got;

    if (size < 2)
        return 0;
    set_up();
    cut = (size - 2) * data[0] / 255;
    options.kind = kinds[data[1] % 3];
    options.values = data[1] & 0x40;
    options.only = data[1] & 0x80 ? "R" : NULL;
    put(certificates, data + 2, cut);
    put(controls, data + 2 + cut, size - 2 - cut);
    diag_init(&d, "fuzz");
    d.out = NULL;
    c = csv2rec_open(folder, &options, &d);
    if (!c)
        must(diag_failed(&d));
    while (c && (got = csv2rec_next(c, &rec))) {
        must(got == 1 || diag_failed(&d));
        must(got != 1 || rec != NULL);
        if (rec)
            check(rec);
        xmlFreeDoc(rec);
    }
    must(d.cannots == 0);
    csv2rec_close(c);
    return 0;
}
