/* Fuzz target: hostile bytes as a record in XML. A certificate comes out, or a message. Run it in the
 * repository's root. */
#include <stdint.h>
#include <stdlib.h>

#include "rec2cert.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct rec2cert_options options = { .data = ".", .job = "tests/fuzz/rec" };
    static struct rec2cert *stage;
    xmlDoc *rec, *cert = NULL;
    struct diag d;
    int got;

    diag_init(&d, "fuzz");
    if (!stage) {
        xmlx_init();
        stage = rec2cert_open(&options, &d);
        if (!stage)
            abort();
    }
    d.out = NULL;
    rec = xmlx_parse((const char *)data, size, "fuzz", &d);
    if (rec) {
        got = rec2cert(stage, rec, &cert, &d);
        if ((got == 0) != (cert != NULL) || (got && !diag_failed(&d)))
            abort();
        xmlFreeDoc(cert);
    }
    xmlFreeDoc(rec);
    return 0;
}
