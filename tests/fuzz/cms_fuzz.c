/* Fuzz target: hostile bytes as the signature of a seal or of a time stamp (the first byte says which),
 * through the whole judgement of its signer. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cms.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char file[] = "a file of some bytes, with a hole in it";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdfcheck_options options = { .at = PDFCHECK_NO_DATE };
    struct pdfcheck_report report;
    struct pdfcheck_seal seal;
    struct check_hole hole = { .at = 5, .end = 10, .covers = sizeof file - 1 };
    struct check c = { .bytes = file, .n = sizeof file - 1, .options = &options, .report = &report,
                       .work = 1000000 };
    struct proofs p;
    struct cms *m, *stamp;
    struct diag d;

    if (!size)
        return 0;
    memset(&report, 0, sizeof report);
    memset(&seal, 0, sizeof seal);
    diag_init(&d, "fuzz");
    d.out = NULL;
    c.d = d;
    c.outer = &d;
    c.pdf = pdf_create("fuzz");
    proofs_read(&c, &p);
    m = cms_open(&c, &seal, "seal", *data & 1, (const char *)data + 1, size - 1, &hole);
    if (*data & 1)
        stamp_read(m, NULL, 0);
    stamp = *data & 1 ? NULL : stamp_of(m);
    if (m->intact)
        abort(); /* no seed is of this file */
    signer_judge(m, &p, 1790000000);
    if (stamp)
        signer_judge(stamp, &p, 1790000000);
    cms_free(stamp);
    cms_free(m);
    proofs_release(&p);
    pdf_free(c.pdf);
    free(seal.cms);
    free(seal.algorithm);
    return 0;
}
