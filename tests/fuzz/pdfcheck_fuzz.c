/* Fuzzing pdfcheck: whatever the bytes, it ends with a verdict. Seeds: sealed and unsealed samples. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "diag.h"
#include "pdfcheck.h"
#include "strbuf.h"
#include "xmlx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct pdfcheck_options options = { .at = PDFCHECK_NO_DATE, .unsealed = 1 };
    struct pdfcheck_report report;
    struct strbuf out = STRBUF_INIT;
    struct diag d;
    static int ready;

    if (!ready++)
        xmlx_init();
    diag_init(&d, "fuzz");
    d.out = NULL;
    if (pdfcheck(bytes, n, "fuzz.pdf", &options, &report, &d) && !diag_failed(&d))
        abort(); /* a refusal says why */
    pdfcheck_print(&report, &out);
    pdfcheck_print_json(&report, &out);
    pdfcheck_release(&report);
    strbuf_release(&out);
    return 0;
}
