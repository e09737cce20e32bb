#include "transform.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define RADIANS (3.14159265358979323846 / 180)

/* M becomes what does N first and then M. */
static void apply(double m[6], const double n[6])
{
    const double r[6] = {
        m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5],
    };

    memcpy(m, r, sizeof r);
}

static void rotate(double m[6], double degrees, double x, double y)
{
    double c = cos(degrees * RADIANS), s = sin(degrees * RADIANS);
    const double there[6] = { 1, 0, 0, 1, x, y }, turn[6] = { c, s, -s, c, 0, 0 };
    const double back[6] = { 1, 0, 0, 1, -x, -y };

    apply(m, there);
    apply(m, turn);
    apply(m, back);
}

/* Applies the transformation NAME with N numbers V to M. */
static int take(double m[6], const char *name, size_t len, const double *v, int n)
{
    static const struct { const char *name; int least, most; } known[] = {
        { "matrix", 6, 6 }, { "translate", 1, 2 }, { "scale", 1, 2 }, { "rotate", 1, 3 },
        { "skewX", 1, 1 }, { "skewY", 1, 1 },
    };
    double step[6] = { 1, 0, 0, 1, 0, 0 };
    size_t i;

    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == len && !strncmp(known[i].name, name, len))
            break;
    if (i == sizeof known / sizeof *known || n < known[i].least || n > known[i].most)
        return -1;
    switch (i) {
    case 0: memcpy(step, v, sizeof step); break;
    case 1: step[4] = v[0], step[5] = n > 1 ? v[1] : 0; break;
    case 2: step[0] = v[0], step[3] = n > 1 ? v[1] : v[0]; break;
    case 3:
        if (n == 2)
            return -1;
        rotate(m, v[0], n == 3 ? v[1] : 0, n == 3 ? v[2] : 0);
        return 0;
    case 4: step[2] = tan(v[0] * RADIANS); break;
    default: step[1] = tan(v[0] * RADIANS);
    }
    apply(m, step);
    return 0;
}

int transform_parse(const char *text, double matrix[6])
{
    static const double identity[6] = { 1, 0, 0, 1, 0, 0 };
    const char *s = text, *name;
    int i;

    memcpy(matrix, identity, sizeof identity);
    for (;;) {
        double v[6];
        size_t len;
        int n = 0;

        s += strspn(s, " \t\r\n,");
        if (!*s)
            break;
        name = s;
        len = strspn(s, "abcdefghijklmnopqrstuvwxyzXY");
        s += len;
        s += strspn(s, " \t\r\n");
        if (*s++ != '(')
            return -1;
        for (s += strspn(s, " \t\r\n"); *s != ')'; s += strspn(s, " \t\r\n,")) {
            char *end;

            if (n == 6 || strspn(s, "+-.0123456789") == 0)
                return -1;
            v[n++] = g_ascii_strtod(s, &end);
            if (end == s)
                return -1;
            s = end;
        }
        s++;
        if (take(matrix, name, len, v, n))
            return -1;
    }
    for (i = 0; i < 6; i++)
        if (!isfinite(matrix[i]) || fabs(matrix[i]) > 1e6)
            return -1;
    return 0;
}
