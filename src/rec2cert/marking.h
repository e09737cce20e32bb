/* The marking of equipment for explosive atmospheres: IEC 60079-0 29.4. */
#ifndef MARKING_H
#define MARKING_H

#include <stddef.h>

#include "lists.h"

enum { MARKING_MOST_TYPES = 16 };

struct marking_type {
    char code[8];       /* as lists_technique knows it: "ia", "op is" */
    int is_associated;  /* in brackets: of a circuit that leads out */
};

struct marking {
    struct marking_type types[MARKING_MOST_TYPES];
    size_t n;
    char group[8];      /* "IIC", "IIB+H2", "I" */
    char level[12];     /* equipment protection level: "Gb", "Ga/Gb"; "" when there is none */
    enum { MARKING_NO_TEMPERATURE, MARKING_CLASS, MARKING_DEGREES } temperature; /* T4; T135 °C */
};

/* Takes apart the marking string in LINE, which may begin with words of its own and have an ambient
 * range. Returns 1; 0 when there is none ("Ex" does not stand in it); -1 when it is not understood from
 * *AT on, for *LEN bytes (borrowed from LINE; 0 bytes: something lacks there). */
int marking_parse(const char *line, const struct lists *lists, struct marking *m, const char **at,
                  size_t *len);

#endif
