/* Objects in memory: making, looking up, changing. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- life and table ------------------------------------------------------------------------- */

void pdf_free(struct pdf *pdf)
{
    if (!pdf)
        return;
    pdf_deflater_free(pdf->own_deflater);
    free(pdf->slots);
    free(pdf->pages);
    free(pdf->revisions);
    strbuf_release(&pdf->taken);
    strbuf_release(&pdf->pack_bytes);
    arena_release(&pdf->scratch);
    arena_release(&pdf->arena);
    free(pdf);
}

const char *pdf_name_of_file(const struct pdf *pdf)
{
    return pdf->name;
}

const char *pdf_bytes(const struct pdf *pdf, size_t *n)
{
    *n = pdf->n;
    return pdf->bytes;
}

size_t pdf_revisions(const struct pdf *pdf)
{
    return pdf->revisions_n;
}

size_t pdf_revision_end(const struct pdf *pdf, size_t i)
{
    return i < pdf->revisions_n ? pdf->revisions[pdf->revisions_n - 1 - i] : 0;
}

struct pdf_slot *pdf_slot_at(struct pdf *pdf, int number)
{
    size_t need = (size_t)number + 1;

    if (need > pdf->slots_cap) {
        size_t cap = pdf->slots_cap ? pdf->slots_cap * 2 : 128;

        if (cap < need)
            cap = need;
        pdf->slots = xrealloc(pdf->slots, cap, sizeof *pdf->slots);
        memset(pdf->slots + pdf->slots_cap, 0, (cap - pdf->slots_cap) * sizeof *pdf->slots);
        pdf->slots_cap = cap;
    }
    if (need > pdf->slots_n)
        pdf->slots_n = need;
    return &pdf->slots[number];
}

size_t pdf_values(const struct pdf *pdf)
{
    return pdf->values;
}

int pdf_objects(const struct pdf *pdf)
{
    return (int)pdf->slots_n;
}

/* A packed object is unpacked for good: the caller may change it. */
struct pdf_obj *pdf_object(const struct pdf *pdf, int number)
{
    struct pdf_slot *slot;

    if (number <= 0 || (size_t)number >= pdf->slots_n)
        return NULL;
    slot = &pdf->slots[number];
    if (slot->is_packed) {
        struct arena *arena = &((struct pdf *)(uintptr_t)pdf)->arena;

        slot->obj = pdf_unpack(arena, number, slot->u.packed);
        slot->is_packed = 0;
    }
    return slot->obj;
}

void pdf_replace(struct pdf *pdf, int number, struct pdf_obj *obj)
{
    struct pdf_slot *slot = pdf_slot_at(pdf, number);

    slot->obj = obj;
    slot->changed = 1;
    slot->is_packed = 0;
    if (slot->state == PDF_SLOT_UNKNOWN)
        slot->state = PDF_SLOT_NEW;
    pdf_own(obj, number);
}

int pdf_reserve(struct pdf *pdf)
{
    int number = pdf->slots_n ? (int)pdf->slots_n : 1;
    struct pdf_slot *slot;

    if (number >= 0x7ffffff0)
        abort(); /* more objects than any document of ours has bytes */
    slot = pdf_slot_at(pdf, number);
    slot->state = PDF_SLOT_NEW;
    slot->changed = 1;
    return number;
}

int pdf_add(struct pdf *pdf, struct pdf_obj *obj)
{
    int number = pdf_reserve(pdf);

    pdf_replace(pdf, number, obj);
    return number;
}

void pdf_remove(struct pdf *pdf, int number)
{
    if (!pdf_object(pdf, number))
        return;
    pdf_own(pdf->slots[number].obj, 0);
    pdf->slots[number].obj = NULL;
    pdf->slots[number].changed = 1;
}

int pdf_owner(const struct pdf_obj *obj)
{
    return obj ? obj->owner : 0;
}

/* A chain of references is possible (a reference as an indirect object), a ring too. */
struct pdf_obj *pdf_resolve(const struct pdf *pdf, struct pdf_obj *obj)
{
    int steps;

    for (steps = 0; obj && obj->kind == PDF_REF; steps++) {
        if (steps == 16)
            return NULL;
        obj = pdf_object(pdf, obj->u.ref);
    }
    return obj && obj->kind != PDF_NULL ? obj : NULL;
}

struct pdf_obj *pdf_trailer(const struct pdf *pdf)
{
    return pdf->trailer;
}

struct pdf_obj *pdf_catalog(const struct pdf *pdf)
{
    return pdf_get(pdf, pdf->trailer, "Root");
}

struct pdf_obj *pdf_info(struct pdf *pdf)
{
    struct pdf_obj *info = pdf_get(pdf, pdf->trailer, "Info");

    if (pdf_kind(info) != PDF_DICT) {
        info = pdf_new_dict(pdf);
        pdf_set_ref(pdf, pdf->trailer, "Info", pdf_add(pdf, info));
    }
    return info;
}

/* ---- making --------------------------------------------------------------------------------- */

struct pdf_obj *pdf_new_kind(struct pdf *pdf, enum pdf_kind kind)
{
    struct pdf_obj *obj = arena_alloc(pdf->making, sizeof *obj);

    obj->kind = (unsigned char)kind;
    return obj;
}

const char *pdf_keep(struct pdf *pdf, const void *bytes, size_t n)
{
    char *copy = arena_alloc(pdf->making, n + 1);

    if (n)
        memcpy(copy, bytes, n);
    return copy;
}

struct pdf_obj *pdf_new_null(struct pdf *pdf)
{
    return pdf_new_kind(pdf, PDF_NULL);
}

struct pdf_obj *pdf_new_bool(struct pdf *pdf, int value)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_BOOL);

    obj->u.boolean = !!value;
    return obj;
}

struct pdf_obj *pdf_new_int(struct pdf *pdf, long long value)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_INT);

    obj->u.integer = value;
    return obj;
}

struct pdf_obj *pdf_new_real(struct pdf *pdf, double value)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_REAL);

    obj->u.real.value = value;
    return obj;
}

struct pdf_obj *pdf_new_name(struct pdf *pdf, const char *name)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_NAME);

    obj->u.name = pdf_keep(pdf, name, strlen(name));
    return obj;
}

struct pdf_obj *pdf_new_string(struct pdf *pdf, const void *bytes, size_t n)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_STRING);

    obj->u.string.bytes = pdf_keep(pdf, bytes, n);
    obj->u.string.n = n;
    return obj;
}

struct pdf_obj *pdf_new_array(struct pdf *pdf)
{
    return pdf_new_kind(pdf, PDF_ARRAY);
}

struct pdf_obj *pdf_new_dict(struct pdf *pdf)
{
    return pdf_new_kind(pdf, PDF_DICT);
}

struct pdf_obj *pdf_new_stream(struct pdf *pdf)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_STREAM);

    obj->u.stream.dict = pdf_new_dict(pdf);
    obj->u.stream.raw = "";
    pdf_set_int(pdf, obj, "Length", 0);
    return obj;
}

struct pdf_obj *pdf_new_ref(struct pdf *pdf, int number)
{
    struct pdf_obj *obj = pdf_new_kind(pdf, PDF_REF);

    if (number <= 0)
        abort();
    obj->u.ref = number;
    return obj;
}

static struct pdf_obj *copy_at(struct pdf *pdf, const struct pdf_obj *obj, int depth)
{
    struct pdf_obj *copy = pdf_new_kind(pdf, obj->kind);
    size_t i;

    if (depth > 2 * PDF_MAX_DEPTH)
        abort(); /* an object that contains itself */
    switch ((enum pdf_kind)obj->kind) {
    case PDF_ARRAY:
        for (i = 0; i < obj->u.array.n; i++)
            pdf_append_item(pdf, copy, copy_at(pdf, obj->u.array.items[i], depth + 1));
        break;
    case PDF_DICT:
        for (i = 0; i < obj->u.dict.n; i++)
            pdf_append_entry(pdf, copy, obj->u.dict.entries[i].key,
                             copy_at(pdf, obj->u.dict.entries[i].value, depth + 1));
        break;
    case PDF_STREAM:
        copy->u.stream = obj->u.stream;
        copy->u.stream.dict = copy_at(pdf, obj->u.stream.dict, depth + 1);
        break;
    default:
        copy->u = obj->u;
    }
    return copy;
}

struct pdf_obj *pdf_copy(struct pdf *pdf, const struct pdf_obj *obj)
{
    return obj ? copy_at(pdf, obj, 0) : NULL;
}

/* ---- reading -------------------------------------------------------------------------------- */

enum pdf_kind pdf_kind(const struct pdf_obj *obj)
{
    return obj ? (enum pdf_kind)obj->kind : PDF_NULL;
}

int pdf_bool(const struct pdf_obj *obj)
{
    return obj && obj->kind == PDF_BOOL && obj->u.boolean;
}

long long pdf_int(const struct pdf_obj *obj)
{
    if (obj && obj->kind == PDF_REAL && obj->u.real.value > -1e15 && obj->u.real.value < 1e15)
        return (long long)obj->u.real.value;
    return obj && obj->kind == PDF_INT ? obj->u.integer : 0;
}

double pdf_number(const struct pdf_obj *obj)
{
    if (obj && obj->kind == PDF_REAL)
        return obj->u.real.value;
    return obj && obj->kind == PDF_INT ? (double)obj->u.integer : 0;
}

int pdf_ref_number(const struct pdf_obj *obj)
{
    return obj && obj->kind == PDF_REF ? obj->u.ref : 0;
}

const char *pdf_name(const struct pdf_obj *obj)
{
    return obj && obj->kind == PDF_NAME ? obj->u.name : NULL;
}

int pdf_is_name(const struct pdf_obj *obj, const char *name)
{
    return obj && obj->kind == PDF_NAME && !strcmp(obj->u.name, name);
}

const char *pdf_string(const struct pdf_obj *obj, size_t *n)
{
    int is = obj && obj->kind == PDF_STRING;

    if (n)
        *n = is ? obj->u.string.n : 0;
    return is ? obj->u.string.bytes : NULL;
}

size_t pdf_len(const struct pdf_obj *array)
{
    return array && array->kind == PDF_ARRAY ? array->u.array.n : 0;
}

struct pdf_obj *pdf_raw_at(const struct pdf_obj *array, size_t i)
{
    return i < pdf_len(array) ? array->u.array.items[i] : NULL;
}

struct pdf_obj *pdf_at(const struct pdf *pdf, const struct pdf_obj *array, size_t i)
{
    return pdf_resolve(pdf, pdf_raw_at(array, i));
}

/* The dictionary that OBJ is, has (a stream) or refers to; or NULL. */
static struct pdf_obj *dict_of(const struct pdf *pdf, const struct pdf_obj *obj)
{
    int steps;

    for (steps = 0; obj && obj->kind == PDF_REF; steps++) {
        if (steps == 16)
            return NULL;
        obj = pdf_object(pdf, obj->u.ref);
    }
    if (obj && obj->kind == PDF_STREAM)
        obj = obj->u.stream.dict;
    return obj && obj->kind == PDF_DICT ? (struct pdf_obj *)(uintptr_t)obj : NULL;
}

static struct pdf_entry *entry_of(const struct pdf_obj *dict, const char *key)
{
    size_t i;

    for (i = 0; dict && i < dict->u.dict.n; i++)
        if (!strcmp(dict->u.dict.entries[i].key, key))
            return &dict->u.dict.entries[i];
    return NULL;
}

struct pdf_obj *pdf_get_raw(const struct pdf *pdf, const struct pdf_obj *obj, const char *key)
{
    struct pdf_entry *e = entry_of(dict_of(pdf, obj), key);

    return e ? e->value : NULL;
}

struct pdf_obj *pdf_get(const struct pdf *pdf, const struct pdf_obj *obj, const char *key)
{
    return pdf_resolve(pdf, pdf_get_raw(pdf, obj, key));
}

size_t pdf_dict_len(const struct pdf_obj *obj)
{
    const struct pdf_obj *dict = obj && obj->kind == PDF_STREAM ? obj->u.stream.dict : obj;

    return dict && dict->kind == PDF_DICT ? dict->u.dict.n : 0;
}

int pdf_dict_at(const struct pdf_obj *obj, size_t i, const char **key, struct pdf_obj **value)
{
    const struct pdf_obj *dict = obj && obj->kind == PDF_STREAM ? obj->u.stream.dict : obj;

    if (i >= pdf_dict_len(dict))
        return 0;
    *key = dict->u.dict.entries[i].key;
    *value = dict->u.dict.entries[i].value;
    return 1;
}

/* ---- changing ------------------------------------------------------------------------------- */

static void own_at(struct pdf_obj *obj, int owner, int depth)
{
    size_t i;

    if (obj->owner == owner)
        return;
    if (depth > 2 * PDF_MAX_DEPTH)
        abort(); /* an object that contains itself */
    obj->owner = owner;
    if (obj->kind == PDF_ARRAY)
        for (i = 0; i < obj->u.array.n; i++)
            own_at(obj->u.array.items[i], owner, depth + 1);
    else if (obj->kind == PDF_DICT)
        for (i = 0; i < obj->u.dict.n; i++)
            own_at(obj->u.dict.entries[i].value, owner, depth + 1);
    else if (obj->kind == PDF_STREAM)
        own_at(obj->u.stream.dict, owner, depth + 1);
}

/* What lies in an object has the same owner as the object: own_at keeps it so, and relies on it. */
void pdf_own(struct pdf_obj *obj, int owner)
{
    own_at(obj, owner, 0);
}

static void touch(struct pdf *pdf, const struct pdf_obj *obj)
{
    if (obj->owner > 0 && (size_t)obj->owner < pdf->slots_n)
        pdf->slots[obj->owner].changed = 1;
}

void pdf_append_item(struct pdf *pdf, struct pdf_obj *array, struct pdf_obj *value)
{
    if (array->u.array.n == array->u.array.cap) {
        size_t cap = array->u.array.cap ? array->u.array.cap * 2 : 4;
        struct pdf_obj **items = arena_alloc(pdf->making, cap * sizeof *items);

        if (array->u.array.n)
            memcpy(items, array->u.array.items, array->u.array.n * sizeof *items);
        array->u.array.items = items;
        array->u.array.cap = cap;
    }
    array->u.array.items[array->u.array.n++] = value;
}

void pdf_append_entry(struct pdf *pdf, struct pdf_obj *dict, const char *key,
                      struct pdf_obj *value)
{
    if (dict->u.dict.n == dict->u.dict.cap) {
        size_t cap = dict->u.dict.cap ? dict->u.dict.cap * 2 : 4;
        struct pdf_entry *entries = arena_alloc(pdf->making, cap * sizeof *entries);

        if (dict->u.dict.n)
            memcpy(entries, dict->u.dict.entries, dict->u.dict.n * sizeof *entries);
        dict->u.dict.entries = entries;
        dict->u.dict.cap = cap;
    }
    dict->u.dict.entries[dict->u.dict.n].key = key;
    dict->u.dict.entries[dict->u.dict.n++].value = value;
}

void pdf_set(struct pdf *pdf, struct pdf_obj *obj, const char *key, struct pdf_obj *value)
{
    struct pdf_obj *dict = dict_of(pdf, obj);
    struct pdf_entry *e;

    if (!dict)
        abort(); /* the caller looked up something else than a dictionary */
    e = entry_of(dict, key);
    if (value)
        pdf_own(value, dict->owner);
    if (e && value) {
        e->value = value;
    } else if (value) {
        pdf_append_entry(pdf, dict, pdf_keep(pdf, key, strlen(key)), value);
    } else if (e) {
        size_t after = dict->u.dict.n - (size_t)(e - dict->u.dict.entries) - 1;

        memmove(e, e + 1, after * sizeof *e);
        dict->u.dict.n--;
    } else {
        return;
    }
    touch(pdf, dict);
}

void pdf_set_bool(struct pdf *pdf, struct pdf_obj *dict, const char *key, int value)
{
    pdf_set(pdf, dict, key, pdf_new_bool(pdf, value));
}

void pdf_set_int(struct pdf *pdf, struct pdf_obj *dict, const char *key, long long value)
{
    pdf_set(pdf, dict, key, pdf_new_int(pdf, value));
}

void pdf_set_name(struct pdf *pdf, struct pdf_obj *dict, const char *key, const char *name)
{
    pdf_set(pdf, dict, key, pdf_new_name(pdf, name));
}

void pdf_set_text(struct pdf *pdf, struct pdf_obj *dict, const char *key, const char *utf8)
{
    pdf_set(pdf, dict, key, pdf_new_text(pdf, utf8));
}

void pdf_set_ref(struct pdf *pdf, struct pdf_obj *dict, const char *key, int number)
{
    pdf_set(pdf, dict, key, pdf_new_ref(pdf, number));
}

struct pdf_obj *pdf_need_dict(struct pdf *pdf, struct pdf_obj *dict, const char *key)
{
    struct pdf_obj *value = pdf_get(pdf, dict, key);

    if (pdf_kind(value) == PDF_DICT)
        return value;
    value = pdf_new_dict(pdf);
    pdf_set(pdf, dict, key, value);
    return value;
}

struct pdf_obj *pdf_need_array(struct pdf *pdf, struct pdf_obj *dict, const char *key)
{
    struct pdf_obj *value = pdf_get(pdf, dict, key);

    if (pdf_kind(value) == PDF_ARRAY)
        return value;
    value = pdf_new_array(pdf);
    pdf_set(pdf, dict, key, value);
    return value;
}

void pdf_push(struct pdf *pdf, struct pdf_obj *array, struct pdf_obj *value)
{
    array = pdf_resolve(pdf, array);
    if (pdf_kind(array) != PDF_ARRAY)
        abort();
    pdf_own(value, array->owner);
    pdf_append_item(pdf, array, value);
    touch(pdf, array);
}

void pdf_push_ref(struct pdf *pdf, struct pdf_obj *array, int number)
{
    pdf_push(pdf, array, pdf_new_ref(pdf, number));
}

void pdf_push_int(struct pdf *pdf, struct pdf_obj *array, long long value)
{
    pdf_push(pdf, array, pdf_new_int(pdf, value));
}

void pdf_put_at(struct pdf *pdf, struct pdf_obj *array, size_t i, struct pdf_obj *value)
{
    array = pdf_resolve(pdf, array);
    if (i >= pdf_len(array))
        abort();
    pdf_own(value, array->owner);
    array->u.array.items[i] = value;
    touch(pdf, array);
}
