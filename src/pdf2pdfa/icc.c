#include "icc.h"

#include <stdint.h>
#include <string.h>

enum { HEADER = 128, TAGS = 10, TABLE = 4 + 12 * TAGS };

static void put32(struct strbuf *out, uint32_t v)
{
    char b[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };

    strbuf_add(out, b, 4);
}

/* s15Fixed16Number of a value in millionths */
static void put_fixed(struct strbuf *out, long millionths)
{
    long long scaled = (long long)millionths * 65536;

    put32(out, (uint32_t)(int32_t)((scaled + (scaled < 0 ? -500000 : 500000)) / 1000000));
}

static void put_type(struct strbuf *out, const char *type)
{
    strbuf_add(out, type, 4);
    put32(out, 0);
}

static void put_text(struct strbuf *out, const char *s)
{
    put_type(out, "mluc");
    put32(out, 1);
    put32(out, 12);
    strbuf_add(out, "enUS", 4);
    put32(out, (uint32_t)(2 * strlen(s)));
    put32(out, 28);
    for (; *s; s++) {
        strbuf_addch(out, 0);
        strbuf_addch(out, *s);
    }
}

/* Numbers in millionths, N of them. */
static void put_numbers(struct strbuf *out, const char *type, const long *values, size_t n)
{
    put_type(out, type);
    while (n--)
        put_fixed(out, *values++);
}

/* sRGB's curve: ((x + 0.055) / 1.055) ^ 2.4 from 0.04045 on, x / 12.92 below. */
static void put_curve(struct strbuf *out)
{
    static const long parameters[] = { 2400000, 947867, 52133, 77399, 40450 };
    size_t i;

    put_type(out, "para");
    put32(out, 3u << 16);
    for (i = 0; i < 5; i++)
        put_fixed(out, parameters[i]);
}

static void close_tag(struct strbuf *data, struct strbuf *table, const char *name, size_t at)
{
    strbuf_add(table, name, 4);
    put32(table, (uint32_t)(HEADER + TABLE + at));
    put32(table, (uint32_t)(data->len - at));
    while (data->len % 4)
        strbuf_addch(data, 0);
}

/* Tags and their table. The primaries are sRGB's, adapted to D50 with the Bradford matrix. */
static void put_tags(struct strbuf *data, struct strbuf *table)
{
    static const long d50[] = { 964203, 1000000, 824905 };
    static const long red[] = { 436066, 222488, 13916 };
    static const long green[] = { 385147, 716873, 97076 };
    static const long blue[] = { 143066, 60608, 714096 };
    static const long bradford[] = { 1047882, 22919, -50217, 29587, 990478,
                                     -17059, -9247, 15076, 751678 };
    size_t at = 0;

    put32(table, TAGS);
    put_text(data, "sRGB");
    close_tag(data, table, "desc", at);
    at = data->len;
    put_text(data, "No copyright, use freely");
    close_tag(data, table, "cprt", at);
    at = data->len;
    put_numbers(data, "XYZ ", d50, 3);
    close_tag(data, table, "wtpt", at);
    at = data->len;
    put_numbers(data, "sf32", bradford, 9);
    close_tag(data, table, "chad", at);
    at = data->len;
    put_numbers(data, "XYZ ", red, 3);
    close_tag(data, table, "rXYZ", at);
    at = data->len;
    put_numbers(data, "XYZ ", green, 3);
    close_tag(data, table, "gXYZ", at);
    at = data->len;
    put_numbers(data, "XYZ ", blue, 3);
    close_tag(data, table, "bXYZ", at);
    at = data->len;
    put_curve(data); /* shared by the three */
    close_tag(data, table, "rTRC", at);
    close_tag(data, table, "gTRC", at);
    close_tag(data, table, "bTRC", at);
}

void icc_srgb(struct strbuf *out)
{
    static const unsigned char date[] = { 7, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0 };
    static const long d50[] = { 964203, 1000000, 824905 };
    struct strbuf data = STRBUF_INIT, table = STRBUF_INIT;
    size_t start = out->len, i;

    put_tags(&data, &table);
    put32(out, (uint32_t)(HEADER + table.len + data.len));
    put32(out, 0);                    /* no preferred module */
    put32(out, 0x04200000);           /* version 4.2 */
    strbuf_add(out, "mntrRGB XYZ ", 12);
    strbuf_add(out, date, sizeof date);
    strbuf_add(out, "acsp", 4);
    for (i = 0; i < 7; i++)
        put32(out, 0);                /* platform, flags, device, attributes, perceptual intent */
    for (i = 0; i < 3; i++)
        put_fixed(out, d50[i]);
    while (out->len - start < HEADER)
        strbuf_addch(out, 0);         /* creator, profile id, reserved */
    strbuf_add(out, table.buf, table.len);
    strbuf_add(out, data.buf, data.len);
    strbuf_release(&data);
    strbuf_release(&table);
}
