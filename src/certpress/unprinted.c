#include "unprinted.h"

#include "wire.h"

enum { SHOWN = 20 };

void unprinted_init(struct unprinted *u)
{
    strbuf_init(&u->lines);
    u->n = 0;
}

void unprinted_release(struct unprinted *u)
{
    strbuf_release(&u->lines);
}

static void add_first_fault(const struct result *result, struct strbuf *out)
{
    struct wire_message m;
    int least;

    /* Under -W error it may be a warning. */
    for (least = DIAG_ERROR; least >= DIAG_WARNING; least--) {
        struct wire w = { result->messages->buf, result->messages->buf + result->messages->len };

        while (wire_message(&w, &m))
            if ((int)m.level >= least) {
                strbuf_addf(out, "%s [%s]\n", m.text, m.id);
                return;
            }
    }
    strbuf_addf(out, "%s\n", result->why ? result->why : "told above, when the tables were read");
}

void unprinted_add(struct unprinted *u, const struct result *result)
{
    if (u->n++ >= SHOWN)
        return;
    if (result->row)
        strbuf_addf(&u->lines, "%8ld", result->row);
    else
        strbuf_addf(&u->lines, "%8s", "-");
    strbuf_addf(&u->lines, "  %-20s  %-8s  ", result->name ? result->name : "-", result->outcome);
    add_first_fault(result, &u->lines);
}

void unprinted_tell(const struct unprinted *u, FILE *out, const char *folder)
{
    if (!u->n || !out)
        return;
    fprintf(out, "\n%8s  %-20s  %-8s  %s\n%s", "row", "name", "outcome", "first fault", u->lines.buf);
    if (u->n > SHOWN)
        fprintf(out, "%8s  and %ld more, see %s/out/results.csv\n", "", u->n - SHOWN, folder);
    fputc('\n', out);
}
