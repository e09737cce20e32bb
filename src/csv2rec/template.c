#include <stdlib.h>

#include "alloc.h"
#include "columns.h"
#include "csv2rec.h"
#include "messages.h"
#include "outfile.h"
#include "strbuf.h"

static void add_header(struct strbuf *out, const struct table *table, unsigned kind)
{
    const struct column *c;
    const char *separator = "";

    for (c = table->columns; c->name; c++) {
        if (!(c->kinds & kind))
            continue;
        strbuf_addf(out, "%s%s", separator, c->name);
        separator = ",";
    }
    strbuf_addch(out, '\n');
}

int csv2rec_template(const char *kind_name, const char *dir, struct diag *d)
{
    unsigned kind = columns_kind(kind_name);
    struct strbuf out = STRBUF_INIT;
    const struct table *table;
    int result = 0;

    if (!kind)
        return diag(d, CSV_NO_KIND, kind_name, columns_kind_names);
    for (table = columns_tables; table->name; table++) {
        if (!(table->kinds & kind))
            continue;
        if (dir) {
            char *path = xasprintf("%s/%s.csv", dir, table->name);

            strbuf_clear(&out);
            add_header(&out, table, kind);
            result |= outfile_write(path, out.buf, out.len, OUTFILE_KEEP, d);
            free(path);
        } else {
            strbuf_addf(&out, "# %s.csv\n", table->name);
            add_header(&out, table, kind);
        }
    }
    if (!dir)
        result = outfile_write(NULL, out.buf, out.len, 0, d);
    strbuf_release(&out);
    return result;
}
