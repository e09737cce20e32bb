#include "xreftables.h"

#include <stdlib.h>

#include "alloc.h"
#include "cert2xref/tables.h"
#include "outfile.h"

int xreftables_write(const struct job *job, const char *name, const xmlDoc *xref, struct diag *d)
{
    static const struct {
        const char *suffix;
        void (*print)(const xmlDoc *xref, struct strbuf *out);
    } tables[] = { { "csv", tables_csv }, { "json", tables_json } };
    size_t i;
    int result = 0;

    for (i = 0; i < sizeof tables / sizeof *tables && !result; i++) {
        char *path = xasprintf("%s/out/%s.%s", job->folder, name, tables[i].suffix);
        struct strbuf text = STRBUF_INIT;

        tables[i].print(xref, &text);
        result = outfile_write(path, text.buf, text.len, 0, d);
        strbuf_release(&text);
        free(path);
    }
    return result;
}
