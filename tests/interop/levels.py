"""levels.py ROOT FILE...: says of each sealed file, one a line, the PAdES level that pyHanko finds.

B: the seal is intact, trusted and followed by nothing but validation data; T: it bears a trusted time
stamp; LT: it can be validated, revocation and all, from the file alone; LTA: a trusted document time
stamp covers the file to its end. What fails shows as a line of its own.
"""
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (DocumentSecurityStore, SignatureCoverageLevel,
                                     validate_pdf_signature, validate_pdf_timestamp)
from pyhanko_certvalidator import ValidationContext


def level_of(path, root):
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        seals = reader.embedded_regular_signatures
        if len(seals) != 1:
            return "no seal"
        offline = {"trust_roots": [root], "allow_fetching": False}
        status = validate_pdf_signature(seals[0], ValidationContext(**offline))
        if not status.bottom_line:
            return "invalid: " + status.summary()
        if not status.timestamp_validity:
            return "B"
        if not status.timestamp_validity.valid or not status.timestamp_validity.trusted:
            return "invalid time stamp"
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except Exception:
            return "T"
        context = lambda: store.as_validation_context(
            {**offline, "revocation_mode": "require"})
        status = validate_pdf_signature(seals[0], context(), context())
        if not status.bottom_line or not status.timestamp_validity.trusted:
            return "invalid validation data"
        stamps = reader.embedded_timestamp_signatures
        if not stamps:
            return "LT"
        for i, stamp in enumerate(stamps):
            status = validate_pdf_timestamp(stamp, ValidationContext(**offline))
            if not (status.valid and status.intact and status.trusted):
                return "invalid archive time stamp"
            if i == len(stamps) - 1 and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
                return "uncovered end"
        return "LTA"


logging.disable(logging.CRITICAL)
anchor = load_cert_from_pemder(sys.argv[1])
for name in sys.argv[2:]:
    try:
        print(name, level_of(name, anchor))
    except Exception as fault:
        print(name, "failed:", fault)
