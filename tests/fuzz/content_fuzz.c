/* Fuzz target: hostile bytes as a content stream. Operators come in order, inside the bytes, and a
 * refusal has a message. */
#include <stdint.h>
#include <stdlib.h>

#include "content.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdf_content c;
    struct pdf_op op;
    struct diag d;
    size_t at = 0;
    int got;

    diag_init(&d, "fuzz");
    d.out = NULL;
    pdf_content_init(&c, data, size, "fuzz");
    while ((got = pdf_content_next(&c, &op, &d)) > 0) {
        if (op.start < at || op.operator_at < op.start || op.end < op.operator_at || op.end > size)
            abort();
        at = op.end;
    }
    if ((got < 0) != (d.errors > 0))
        abort();
    return 0;
}
