/* The messages of csv2rec. */
#ifndef CSV2REC_MESSAGES_H
#define CSV2REC_MESSAGES_H

#define CSV_NO_JOB "CSV-001", DIAG_CANNOT, "'%s' is not a job folder: %s"
#define CSV_NO_KIND "CSV-002", DIAG_CANNOT, "kind '%s' is not one of %s"
#define CSV_NO_COLUMN "CSV-003", DIAG_ERROR, "column '%s' is missing"
#define CSV_UNKNOWN_COLUMN "CSV-004", DIAG_ERROR, "column '%s' is not known here; did you mean '%s'?"
#define CSV_STRANGE_COLUMN "CSV-005", DIAG_ERROR, "column '%s' is not known here"
#define CSV_DUPLICATE_COLUMN "CSV-006", DIAG_ERROR, "column '%s' stands here and in cell %zu of the header"
#define CSV_NO_HEADER "CSV-007", DIAG_ERROR, "'%s' stands in a column without a header"
#define CSV_FEW_CELLS "CSV-008", DIAG_ERROR, "the row has %zu cells, the header has %zu"
#define CSV_MANY_CELLS "CSV-009", DIAG_ERROR, "the row has %zu cells, the header has %zu"
#define CSV_EMPTY_CELL "CSV-010", DIAG_ERROR, "'%s' must be given"
#define CSV_EMPTY_PART "CSV-011", DIAG_ERROR, "'%s' must be given since '%s' is"
#define CSV_DATE_FORM "CSV-012", DIAG_ERROR, "'%s' is not a date of the form YYYY-MM-DD"
#define CSV_DATE_UNREAL "CSV-013", DIAG_ERROR, "the date '%s' does not exist"
#define CSV_INTEGER "CSV-014", DIAG_ERROR, "'%s' is not a whole number, 0 or more"
#define CSV_YES_NO "CSV-015", DIAG_ERROR, "'%s' is not 'yes' or 'no'"
#define CSV_COUNTRY "CSV-016", DIAG_ERROR, "'%s' is not a country code of two letters"
#define CSV_LINE_BREAK "CSV-017", DIAG_ERROR, "'%s' has a line break"
#define CSV_EMPTY_ITEM "CSV-018", DIAG_ERROR, "item %zu of the list '%s' is empty"
#define CSV_LONG_REFERENCE "CSV-019", DIAG_ERROR, "the reference has %zu bytes, at most %d are allowed"
#define CSV_BAD_BYTE "CSV-020", DIAG_ERROR, \
    "character %zu of the cell is the byte 0x%02X, which is not UTF-8"
#define CSV_BAD_CHARACTER "CSV-021", DIAG_ERROR, "character %zu of the cell, U+%04X, is %s"
#define CSV_OPEN_QUOTE "CSV-022", DIAG_ERROR, "the quote that opens here is not closed at the end of a cell"
#define CSV_STRAY_QUOTE "CSV-023", DIAG_ERROR, \
    "a quote stands inside the cell; quote the whole cell and double the quotes inside it"
#define CSV_HUGE_ROW "CSV-024", DIAG_ERROR, "the row is longer than %zu bytes"
#define CSV_EMPTY_FILE "CSV-025", DIAG_ERROR, "the file is empty"
#define CSV_NO_ROWS "CSV-026", DIAG_ERROR, "there is a header and no certificate"
#define CSV_NOT_TEXT "CSV-027", DIAG_ERROR, "not text in UTF-8, UTF-16 with a byte-order mark or Windows-1252"
#define CSV_WINDOWS_1252 "CSV-028", DIAG_WARNING, \
    "the file is not UTF-8 and is read as Windows-1252; the first such cell says '%s'"
#define CSV_SAME_REFERENCE "CSV-029", DIAG_ERROR, "'%s' stands here and in row %ld"
#define CSV_SAME_NAME "CSV-030", DIAG_ERROR, "'%s' and '%s' of row %ld give the same file name '%s'"
#define CSV_ORPHAN "CSV-031", DIAG_ERROR, "no certificate has the reference '%s'"
#define CSV_ORPHAN_NEAR "CSV-032", DIAG_ERROR, "no certificate has the reference '%s'; did you mean '%s'?"
#define CSV_NO_CERTIFICATES "CSV-033", DIAG_ERROR, "the job has no certificates.csv and no records/*.xml"
#define CSV_STRAY_FILE "CSV-034", DIAG_WARNING, "the file is not a table of kind '%s' and is not read"
#define CSV_NOT_FOUND "CSV-035", DIAG_ERROR, "no certificate is '%s'"
#define CSV_CHANGED "CSV-036", DIAG_CANNOT, "'%s' changed while it was being read"
#define CSV_WHOSE "CSV-037", DIAG_ERROR, \
    "it cannot be told which certificate this belongs to, so none of the job is delivered"
#define CSV_JOB_ROOT "CSV-038", DIAG_ERROR, "the root element is '%s', not 'job' in urn:certpress:job"
#define CSV_NOT_FILE "CSV-039", DIAG_CANNOT, "'%s' is not a regular file"
#define CSV_NO_FOLDER "CSV-040", DIAG_CANNOT, "cannot read the folder '%s': %s"
#define CSV_NOT_RECORDS "CSV-041", DIAG_ERROR, \
    "the root element is '%s', not 'records' of version 1 in urn:certpress:rec"
#define CSV_NOT_RECORD "CSV-042", DIAG_ERROR, "'%s' is not a record"
#define CSV_OTHER_KIND "CSV-043", DIAG_ERROR, "the record is of kind '%s', the job of kind '%s'"
#define CSV_WORKSHEET_ORPHAN "CSV-044", DIAG_ERROR, "no certificate's files are called '%s'"

#endif
