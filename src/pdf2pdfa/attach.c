#include "attach.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/xmlstring.h>

#include "alloc.h"
#include "messages.h"

const char *attach_mime(const char *name)
{
    static const char *const types[][2] = {
        { ".xml", "application/xml" }, { ".pdf", "application/pdf" },
        { ".svg", "image/svg+xml" },   { ".png", "image/png" },
        { ".jpg", "image/jpeg" },      { ".jpeg", "image/jpeg" },
        { ".csv", "text/csv" },        { ".txt", "text/plain" },
        { ".json", "application/json" },
    };
    const char *suffix = strrchr(name, '.');
    size_t i;

    for (i = 0; suffix && i < sizeof types / sizeof *types; i++)
        if (!strcasecmp(suffix, types[i][0]))
            return types[i][1];
    return "application/octet-stream";
}

static int is_file_name(const char *name)
{
    const char *c;

    for (c = name; *c; c++)
        if (*c == '/' || *c == '\\' || (unsigned char)*c < ' ' || *c == 0x7F)
            return 0;
    return *name && xmlCheckUTF8((const unsigned char *)name);
}

/* Returns the number of the file specification. */
static int embed(struct pdf *pdf, const struct pdf2pdfa_attachment *file, time_t date)
{
    struct pdf_obj *stream = pdf_new_stream(pdf), *params, *spec, *ef;
    int number;

    pdf_set_name(pdf, stream, "Type", "EmbeddedFile");
    pdf_set_name(pdf, stream, "Subtype", file->mime);
    params = pdf_need_dict(pdf, stream, "Params");
    pdf_set(pdf, params, "ModDate", pdf_new_date(pdf, date));
    pdf_set_int(pdf, params, "Size", (long long)file->n);
    pdf_stream_set(pdf, stream, file->bytes, file->n, PDF_LEVEL);
    number = pdf_add(pdf, stream);

    spec = pdf_new_dict(pdf);
    pdf_set_name(pdf, spec, "Type", "Filespec");
    pdf_set_text(pdf, spec, "F", file->name);
    pdf_set_text(pdf, spec, "UF", file->name);
    pdf_set_text(pdf, spec, "Desc", file->description);
    pdf_set_name(pdf, spec, "AFRelationship", file->relationship);
    ef = pdf_need_dict(pdf, spec, "EF");
    pdf_set_ref(pdf, ef, "F", number);
    pdf_set_ref(pdf, ef, "UF", number);
    return pdf_add(pdf, spec);
}

struct named {
    struct pdf_obj *key;
    int spec;
};

/* As the bytes of the keys, which is the order that a name tree needs. */
static int by_key(const void *a, const void *b)
{
    size_t n, m;
    const char *s = pdf_string(((const struct named *)a)->key, &n);
    const char *t = pdf_string(((const struct named *)b)->key, &m);
    int order = memcmp(s, t, n < m ? n : m);

    return order ? order : n < m ? -1 : n > m;
}

static int check_names(struct pdf *pdf, const struct pdf2pdfa_attachment *files, size_t n,
                       struct diag *d)
{
    struct diag_place place = { .file = pdf_name_of_file(pdf) };
    int result = 0;
    size_t i, k;

    for (i = 0; i < n; i++) {
        if (!is_file_name(files[i].name)) {
            result = diag_at(d, &place, PDFA_FILE_NAME);
            continue;
        }
        for (k = 0; k < i; k++)
            if (!strcmp(files[i].name, files[k].name))
                break;
        if (k < i)
            result = diag_at(d, &place, PDFA_FILE_TWICE, files[i].name);
    }
    return result;
}

int attach_files(struct pdf *pdf, const struct pdf2pdfa_attachment *files, size_t n, time_t date,
                 struct diag *d)
{
    struct pdf_obj *af, *tree, *names;
    struct named *named;
    size_t i;

    if (check_names(pdf, files, n, d))
        return -1;
    named = xcalloc(n, sizeof *named);
    af = pdf_need_array(pdf, pdf_catalog(pdf), "AF");
    for (i = 0; i < n; i++) {
        named[i].key = pdf_new_text(pdf, files[i].name);
        named[i].spec = embed(pdf, &files[i], date);
        pdf_push_ref(pdf, af, named[i].spec);
    }
    qsort(named, n, sizeof *named, by_key);
    tree = pdf_need_dict(pdf, pdf_need_dict(pdf, pdf_catalog(pdf), "Names"), "EmbeddedFiles");
    names = pdf_need_array(pdf, tree, "Names");
    for (i = 0; i < n; i++) {
        pdf_push(pdf, names, named[i].key);
        pdf_push_ref(pdf, names, named[i].spec);
    }
    free(named);
    return 0;
}
