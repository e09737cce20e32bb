#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct pdf_import {
    struct pdf *to;
    const struct pdf *from;
    int *numbers;              /* by number in FROM: the number in TO, 0 when not yet known */
    int *waiting;              /* numbers in FROM whose objects are yet to be copied */
    size_t waiting_n, waiting_cap;
};

struct pdf_import *pdf_import_new(struct pdf *to, const struct pdf *from)
{
    struct pdf_import *i = xcalloc(1, sizeof *i);

    i->to = to;
    i->from = from;
    i->numbers = xcalloc((size_t)pdf_objects(from) + 1, sizeof *i->numbers);
    return i;
}

void pdf_import_free(struct pdf_import *i)
{
    if (!i)
        return;
    free(i->numbers);
    free(i->waiting);
    free(i);
}

/* A reference to the copy of object NUMBER, which is copied now or later. */
static struct pdf_obj *refer(struct pdf_import *i, int number)
{
    if (number < 1 || number >= pdf_objects(i->from) || !pdf_object(i->from, number))
        return pdf_new_null(i->to);
    if (!i->numbers[number]) {
        i->numbers[number] = pdf_add(i->to, pdf_new_null(i->to));
        ALLOC_GROW(i->waiting, i->waiting_n, i->waiting_cap);
        i->waiting[i->waiting_n++] = number;
    }
    return pdf_new_ref(i->to, i->numbers[number]);
}

static struct pdf_obj *copy(struct pdf_import *i, const struct pdf_obj *obj);

static void copy_entries(struct pdf_import *i, struct pdf_obj *to, const struct pdf_obj *from)
{
    const char *key;
    struct pdf_obj *value;
    size_t n;

    for (n = 0; pdf_dict_at(from, n, &key, &value); n++)
        if (pdf_kind(from) != PDF_STREAM || strcmp(key, "Length"))
            pdf_set(i->to, to, key, copy(i, value));
}

static struct pdf_obj *copy(struct pdf_import *i, const struct pdf_obj *obj)
{
    struct pdf_obj *made;
    const char *bytes;
    size_t n, k;

    switch (pdf_kind(obj)) {
    case PDF_NULL:
        return pdf_new_null(i->to);
    case PDF_BOOL:
        return pdf_new_bool(i->to, pdf_bool(obj));
    case PDF_INT:
        return pdf_new_int(i->to, pdf_int(obj));
    case PDF_REAL:
        return pdf_new_real(i->to, pdf_number(obj));
    case PDF_NAME:
        return pdf_new_name(i->to, pdf_name(obj));
    case PDF_STRING:
        bytes = pdf_string(obj, &n);
        return pdf_new_string(i->to, bytes, n);
    case PDF_REF:
        return refer(i, pdf_ref_number(obj));
    case PDF_ARRAY:
        made = pdf_new_array(i->to);
        for (k = 0; k < pdf_len(obj); k++)
            pdf_push(i->to, made, copy(i, pdf_raw_at(obj, k)));
        return made;
    case PDF_DICT:
        made = pdf_new_dict(i->to);
        copy_entries(i, made, obj);
        return made;
    case PDF_STREAM:
        made = pdf_new_stream(i->to);
        bytes = pdf_stream_raw(obj, &n);
        pdf_stream_set_raw(i->to, made, bytes, n);
        copy_entries(i, made, obj);
        return made;
    }
    return NULL;
}

struct pdf_obj *pdf_import(struct pdf_import *i, const struct pdf_obj *obj)
{
    struct pdf_obj *made = obj ? copy(i, obj) : NULL;

    while (i->waiting_n) {
        int number = i->waiting[--i->waiting_n];

        pdf_replace(i->to, i->numbers[number], copy(i, pdf_object(i->from, number)));
    }
    return made;
}
