/* Messages of pdfcheck: id, level, clause (NULL: no standard's), text; given with check_find.
 * 001 up: seals; 030 up: archive form; 070 up: tags; 100 up: data. */
#ifndef PDFCHECK_MESSAGES_H
#define PDFCHECK_MESSAGES_H

#define UA "ISO 14289-1, "
#define A3 "ISO 19005-3, "
#define PADES "ETSI EN 319 142-1, "
#define ISO32K "ISO 32000-1, "

#define CHECK_NO_SEAL "CHECK-001", DIAG_ERROR, NULL, "carries no seal"
#define CHECK_CHANGED "CHECK-002", DIAG_ERROR, NULL, \
    "%s: the document was changed after it was sealed: the digest is another"
#define CHECK_SIGNATURE "CHECK-003", DIAG_ERROR, NULL, "%s: the signature does not verify: %s"
#define CHECK_BYTE_RANGE "CHECK-004", DIAG_ERROR, ISO32K "12.8.1", "%s: ByteRange is wrong: %s"
#define CHECK_HOLE "CHECK-005", DIAG_ERROR, ISO32K "12.8.1", \
    "%s: what the seal leaves out is not exactly its own signature: %s"
#define CHECK_LATER "CHECK-006", DIAG_ERROR, NULL, \
    "%zu bytes follow what the last seal covers: revision %zu of %zu is not sealed"
#define CHECK_LATER_ALLOWED "CHECK-007", DIAG_WARNING, NULL, \
    "%zu bytes follow what the last seal covers: revision %zu of %zu is not sealed"
#define CHECK_SUBFILTER "CHECK-008", DIAG_ERROR, PADES "6.3", \
    "%s: SubFilter is '%s', not %s"
#define CHECK_CMS "CHECK-009", DIAG_ERROR, ISO32K \
    "12.8.3.3", "%s: the signature is not sound CMS: %s"
#define CHECK_SIGNING_TIME "CHECK-010", DIAG_ERROR, PADES "6.3", \
    "%s: the signed attributes hold a signingTime"
#define CHECK_ESS "CHECK-011", DIAG_ERROR, PADES "6.3", "%s: signing-certificate-v2 %s"
#define CHECK_UNTRUSTED "CHECK-012", DIAG_ERROR, NULL, \
    "%s: the certificate of '%s' is not trusted: %s"
#define CHECK_SIGNER_USAGE "CHECK-013", DIAG_ERROR, "RFC 5280, 4.2.1.3", \
    "%s: the certificate of '%s' is not for sealing documents: %s"
#define CHECK_CLAIMED_TIME "CHECK-014", DIAG_ERROR, PADES "6.3", "%s: %s"
#define CHECK_SIGNER_TIME "CHECK-015", DIAG_ERROR, NULL, \
    "%s: the certificate of '%s' was not valid on %s"
#define CHECK_STRAY_SEAL "CHECK-016", DIAG_ERROR, ISO32K "12.7.4.5", \
    "%s: the signature is in no field of the form"
#define CHECK_SIG_FLAGS "CHECK-018", DIAG_ERROR, ISO32K "12.7.2", \
    "SigFlags is %lld, not 3, though the file is sealed"
#define CHECK_SEAL_ENTRY "CHECK-019", DIAG_ERROR, PADES "6.3", "%s: has an entry %s"
#define CHECK_TRUST_FILE "CHECK-020", DIAG_CANNOT, NULL, "no certificate in '%s'"
#define CHECK_ALGORITHM "CHECK-021", DIAG_ERROR, NULL, "%s: the algorithm '%s' %s"
#define CHECK_CRYPTO "CHECK-022", DIAG_CANNOT, NULL, "cannot compute: %s"
#define CHECK_UNCLEAR_END "CHECK-023", DIAG_ERROR, NULL, \
    "%s: covers %zu bytes, which is not where a revision ends"

#define CHECK_MANY_SEALS "CHECK-024", DIAG_ERROR, NULL, \
    "has %zu signatures; only the first %d are examined"
#define CHECK_INTRICATE "CHECK-025", DIAG_ERROR, NULL, \
    "is too intricate to be checked to the end: objects are used over and over"
#define CHECK_MANY_FINDINGS "CHECK-026", DIAG_ERROR, NULL, \
    "more than %d faults; the others are not shown"

#define CHECK_HEADER "CHECK-030", DIAG_ERROR, A3 "6.1.2", "the header is wrong: %s"
#define CHECK_ID "CHECK-031", DIAG_ERROR, A3 "6.1.3", "the trailer has no ID of two strings"
#define CHECK_EXTERNAL_STREAM "CHECK-033", DIAG_ERROR, A3 "6.1.7.1", \
    "object %d: the data of a stream lie in another file"
#define CHECK_FILTER "CHECK-034", DIAG_ERROR, A3 \
    "6.1.7.2", "object %d: the filter %s is not allowed"
#define CHECK_INTENT "CHECK-035", DIAG_ERROR, A3 "6.2.3", "the output intent is wrong: %s"
#define CHECK_INTERPOLATE "CHECK-036", DIAG_ERROR, A3 "6.2.8", "object %d: an image is interpolated"
#define CHECK_IMAGE "CHECK-037", DIAG_ERROR, A3 "6.2.8", "object %d: an image has %s"
#define CHECK_XOBJECT "CHECK-038", DIAG_ERROR, A3 "6.2.9", "object %d: a form XObject has %s"
#define CHECK_FONT_FILE "CHECK-039", DIAG_ERROR, A3 "6.2.11.4.1", \
    "object %d: the font '%s' is not embedded"
#define CHECK_GID_MAP "CHECK-040", DIAG_ERROR, A3 "6.2.11.3.2", \
    "object %d: the font '%s' has no CIDToGIDMap"
#define CHECK_UNICODE "CHECK-041", DIAG_ERROR, A3 "6.2.11.7.2", \
    "object %d: the font '%s' has no ToUnicode map"
#define CHECK_ANNOT_TYPE "CHECK-042", DIAG_ERROR, A3 "6.3.1", \
    "object %d: annotations of type '%s' are not allowed"
#define CHECK_ANNOT_FLAGS "CHECK-043", DIAG_ERROR, A3 "6.3.2", \
    "object %d: the flags of an annotation (%lld) hide it or keep it from being printed"
#define CHECK_APPEARANCE "CHECK-044", DIAG_ERROR, A3 "6.3.3", \
    "object %d: a visible annotation has no appearance"
#define CHECK_FORM "CHECK-045", DIAG_ERROR, A3 "6.4.1", "the form is wrong: %s"
#define CHECK_ACTION "CHECK-046", DIAG_ERROR, A3 \
    "6.5.1", "object %d: the action '%s' is not allowed"
#define CHECK_TRIGGER "CHECK-047", DIAG_ERROR, A3 "6.5.2", "object %d: has additional actions"
#define CHECK_METADATA "CHECK-048", DIAG_ERROR, A3 "6.6.2.1", "the XMP metadata are wrong: %s"
#define CHECK_PART "CHECK-049", DIAG_ERROR, A3 "6.6.4", \
    "claims to be PDF/A part '%s', conformance '%s'; part 3 and A, U or B are expected"
#define CHECK_EXTENSION "CHECK-050", DIAG_ERROR, A3 "6.6.2.3.1", \
    "the XMP properties of '%s' are not described by an extension schema"
#define CHECK_FILE_SPEC "CHECK-051", DIAG_ERROR, A3 "6.8", "the attachment '%s' is wrong: %s"
#define CHECK_ALTERNATE "CHECK-052", DIAG_ERROR, A3 "6.10", "has %s"
#define CHECK_REQUIREMENTS "CHECK-053", DIAG_ERROR, A3 "6.11", "the catalog has Requirements"
#define CHECK_PERMS "CHECK-054", DIAG_ERROR, A3 "6.1.12", "the permissions hold '%s'"
#define CHECK_POSTSCRIPT "CHECK-055", DIAG_ERROR, A3 "6.2.9.3", "object %d: a PostScript XObject"
#define CHECK_PACKED_METADATA "CHECK-057", DIAG_ERROR, NULL, \
    "the XMP metadata are compressed, so that only readers of PDF find them"
#define CHECK_XFA "CHECK-058", DIAG_ERROR, A3 "6.4.2", "has an XFA form"
#define CHECK_DEVICE_COLOUR "CHECK-059", DIAG_ERROR, A3 "6.2.4.3", \
    "page %zu paints in %s, of which the output intent does not tell the colours"
#define CHECK_IMAGE_COLOUR "CHECK-060", DIAG_ERROR, A3 "6.2.4.3", \
    "object %d: an image in DeviceCMYK, of which the output intent does not tell the colours"
#define CHECK_OPTIONAL "CHECK-056", DIAG_WARNING, A3 \
    "6.9", "has optional content, which can be hidden"

#define CHECK_MARKED "CHECK-070", DIAG_ERROR, UA "7.1", "is not tagged: %s"
#define CHECK_UA_PART "CHECK-071", DIAG_ERROR, UA "5", "does not claim PDF/UA-1"
#define CHECK_TITLE "CHECK-072", DIAG_ERROR, UA "7.1", "%s"
#define CHECK_LANG "CHECK-073", DIAG_ERROR, UA "7.2", "the catalog has no Lang"
#define CHECK_STRUCT_PARENTS "CHECK-074", DIAG_ERROR, UA "7.1", \
    "page %zu is not tied to the structure tree (StructParents)"
#define CHECK_TABS "CHECK-075", DIAG_ERROR, UA "7.18.3", \
    "page %zu has annotations but not the tab order of the structure"
#define CHECK_ALT "CHECK-076", DIAG_ERROR, UA "7.3", "object %d: a figure has no alternative text"
#define CHECK_HEADINGS "CHECK-077", DIAG_ERROR, UA "7.4.2", \
    "object %d: a heading of level %d follows one of level %d"
#define CHECK_SCOPE "CHECK-078", DIAG_ERROR, UA "7.5", \
    "object %d: a header cell has neither Scope nor is it named by other cells"
#define CHECK_ROLE "CHECK-079", DIAG_ERROR, UA "7.1", \
    "object %d: '%s' is not a standard structure type"
#define CHECK_STRUCTURE "CHECK-080", DIAG_ERROR, UA \
    "7.1", "the structure tree is wrong: %s (object %d)"
#define CHECK_ANNOT_UNTAGGED "CHECK-081", DIAG_ERROR, UA "7.18.1", \
    "object %d: an annotation is not in the structure tree"
#define CHECK_LINK_CONTENTS "CHECK-082", DIAG_ERROR, UA \
    "7.18.5", "object %d: a link has no Contents"
#define CHECK_NOT_MARKED "CHECK-084", DIAG_ERROR, UA "6.2", \
    "is not tagged: the catalog has no MarkInfo with Marked true"
#define CHECK_NESTING "CHECK-085", DIAG_ERROR, UA "7.2", "object %d: %s may not be in %s"
#define CHECK_MCID "CHECK-086", DIAG_ERROR, UA "7.1", \
    "page %zu: the marked content %ld is in no element of the structure tree"
#define CHECK_UNTAGGED_CONTENT "CHECK-083", DIAG_ERROR, UA "7.1", \
    "page %zu paints something that is neither tagged nor an artifact"

#define CHECK_NO_DATA "CHECK-100", DIAG_ERROR, NULL, \
    "carries no certificate data (an attachment with the relationship Source)"
#define CHECK_DATA_ROOT "CHECK-101", DIAG_ERROR, NULL, \
    "the attachment '%s' is not certificate data of ours"
#define CHECK_DATA_HASH "CHECK-102", DIAG_ERROR, NULL, \
    "the certificate data are not those the file was made with: SHA-256 is %s, not %s"
#define CHECK_DATA_NO_HASH "CHECK-103", DIAG_ERROR, NULL, \
    "the XMP metadata do not tell the SHA-256 of the certificate data"
#define CHECK_DATA_DIFFERS "CHECK-104", DIAG_ERROR, NULL, \
    "%s is '%s' in the certificate data, but '%s' in the XMP metadata"
#define CHECK_SPECIMEN "CHECK-105", DIAG_ERROR, NULL, "is a specimen, not a certificate"
#define CHECK_SEALED_SPECIMEN "CHECK-106", DIAG_ERROR, NULL, "is a specimen, though it is sealed"
#define CHECK_TWO_SOURCES "CHECK-107", DIAG_ERROR, NULL, \
    "has more than one attachment with the relationship Source"
/* Given by the extraction, with diag_at. */
#define CHECK_EXTRACT_NAME "CHECK-108", DIAG_ERROR, \
    "the attachment '%s' is not extracted: its name is not that of a file"
#define CHECK_PROVENANCE "CHECK-109", DIAG_ERROR, NULL, \
    "the certificate data still tell where they came from"

/* Time stamps, proofs, later revisions. 017 was that time stamps are not examined. */
#define CHECK_STAMP_FORM "CHECK-130", DIAG_ERROR, "RFC 3161, 2.4.2", "%s: it is no time stamp"
#define CHECK_STAMP_IMPRINT "CHECK-131", DIAG_ERROR, "RFC 3161, 2.4.2", \
    "%s: it stamps something else than what it stands for"
#define CHECK_STAMPER_USAGE "CHECK-132", DIAG_ERROR, "RFC 3161, 2.3", \
    "%s: the certificate of '%s' is not for time stamps alone"
#define CHECK_CLAIMS_LATER "CHECK-133", DIAG_WARNING, NULL, \
    "%s: claims to be later than its time stamp"
#define CHECK_REVOKED "CHECK-134", DIAG_ERROR, NULL, \
    "%s: the certificate of '%s' was revoked on %s"
#define CHECK_STORE "CHECK-135", DIAG_ERROR, PADES "5.4.2", \
    "the validation data hold something else among %s, at place %zu"
#define CHECK_CHANGED_AFTER "CHECK-136", DIAG_ERROR, NULL, \
    "object %d was changed after the document was sealed: %s"

#define CHECK_REPRINT_FILE "CHECK-120", DIAG_ERROR, NULL, \
    "cannot be printed again: it does not carry the file '%s' that the certificate shows"
#define CHECK_REPRINT_PROGRAM "CHECK-121", DIAG_CANNOT, NULL, \
    "cannot print the certificate again: '%s': %s"
#define CHECK_REPRINT_FAILED "CHECK-122", DIAG_ERROR, NULL, \
    "the certificate inside cannot be printed again: %s says: %s"
#define CHECK_REPRINT_DATE "CHECK-123", DIAG_ERROR, NULL, \
    "cannot be printed again: the XMP metadata do not tell when it was printed"
#define CHECK_REPRINT_PAGES "CHECK-124", DIAG_ERROR, NULL, \
    "has %zu pages, but the certificate inside prints as %zu"
#define CHECK_REPRINT_PAGE "CHECK-125", DIAG_ERROR, NULL, \
    "page %zu is not what the certificate inside prints as"

#endif
