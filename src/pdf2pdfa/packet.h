/* The XMP packet (ISO 16684-1; ISO 19005-3, 6.6). Used by pdf2pdfa.c. */
#ifndef PDF2PDFA_PACKET_H
#define PDF2PDFA_PACKET_H

#include <time.h>

#include "strbuf.h"

/* What the packet says; UTF-8. NULL: left out. */
struct packet {
    const char *title, *language, *creator, *producer;
    time_t date;
    int tagged;                /* PDF/A-3a and PDF/UA-1, else PDF/A-3u */
    /* of the certificate: */
    const char *kind, *reference, *status;
    const char *file_name;     /* of the embedded certificate */
    const char *sha256;        /* of its bytes, in hexadecimal */
};

/* Appends the packet, read-only, without padding. */
void packet_write(const struct packet *p, struct strbuf *out);

#endif
