#ifndef CERTPRESS_MESSAGES_H
#define CERTPRESS_MESSAGES_H

#define PRESS_COMMAND "PRESS-001", DIAG_CANNOT, "there is no command '%s' (print, list, proof, merge, lint, rules, init)"
#define PRESS_NO_COMMAND "PRESS-002", DIAG_CANNOT, "a command is missing (print, list, proof, merge, lint, rules, init)"
#define PRESS_JOB_ELEMENT "PRESS-003", DIAG_ERROR, "'%s' has no place in a job"
#define PRESS_JOB_ROOT "PRESS-004", DIAG_ERROR, "this is no job: the root must be 'job' of urn:certpress:job"
#define PRESS_JOB_KIND "PRESS-005", DIAG_ERROR, "kind '%s' is not one of iecee, iecex, csms"
#define PRESS_JOB_ATTRIBUTE "PRESS-006", DIAG_ERROR, "'%s' needs the attribute '%s'"
#define PRESS_SUPERSEDED "PRESS-007", DIAG_WARNING, \
    "'%s' was issued before; that file is kept as '%s'"
#define PRESS_SUMMARY "PRESS-008", DIAG_NOTE, "%ld printed, %ld unchanged, %ld refused, %ld failed%s"
#define PRESS_XREF_INCOMPLETE "PRESS-009", DIAG_WARNING, \
    "the cross-reference '%s' is not printed, because certificates of the job failed"
#define PRESS_NOT_EMPTY "PRESS-010", DIAG_CANNOT, "'%s' exists and is not an empty folder"
#define PRESS_NO_RECORD "PRESS-011", DIAG_CANNOT, "the job has no certificate '%s'"
#define PRESS_ATTACHMENT "PRESS-012", DIAG_ERROR, "cannot read the attachment '%s': %s"
#define PRESS_UNSEALED "PRESS-013", DIAG_NOTE, "the job names no seal; the certificates are archived but not sealed"
#define PRESS_REISSUE "PRESS-014", DIAG_ERROR, \
    "'%s' was issued on %s and its data have changed since: a change is a re-issue, under a new reference or issue number"
#define PRESS_LOST "PRESS-015", DIAG_ERROR, \
    "'%s' was issued on %s and is not there: bring it back (SHA-256 %s), or print it once more with --again"
#define PRESS_FOREIGN "PRESS-016", DIAG_ERROR, "'%s' exists and is no document of certpress; it is left as it is"
#define PRESS_LOCKED "PRESS-017", DIAG_CANNOT, \
    "another run is at work on this job and holds '%s'; wait until it has ended"
#define PRESS_NO_LOCK "PRESS-018", DIAG_CANNOT, "cannot lock '%s': %s"
#define PRESS_LEDGER_LINE "PRESS-019", DIAG_CANNOT, \
    "this line of the ledger cannot be read; bring the file back from a copy, or take out the line"
#define PRESS_LEDGER_TORN "PRESS-020", DIAG_WARNING, \
    "the last line of '%s' was cut off while it was written, and is taken away; its document is printed again"
#define PRESS_LEDGER_CHANGED "PRESS-021", DIAG_CANNOT, "'%s' was changed while it was in use; run again"
#define PRESS_CLOCK "PRESS-022", DIAG_CANNOT, \
    "the clock says %s, but the ledger's last document was printed at %s: set the clock, or say the date with --date"
#define PRESS_NO_WORKER "PRESS-023", DIAG_CANNOT, "cannot start a worker: %s"
#define PRESS_DIED "PRESS-024", DIAG_ERROR, \
    "not printed: the worker was ended by signal %d (%s) in stage '%s'; the others go on"
#define PRESS_ENDED "PRESS-025", DIAG_ERROR, \
    "not printed: the worker gave up in stage '%s', mostly for want of memory (--memory is %ld MiB)"
#define PRESS_TIMED_OUT "PRESS-026", DIAG_ERROR, \
    "not printed: it took longer than %ld seconds (--timeout), at last in stage '%s'"
#define PRESS_INTERRUPTED "PRESS-027", DIAG_CANNOT, "interrupted; run again to print the rest"
#define PRESS_STOPPED "PRESS-028", DIAG_CANNOT, \
    "stopped, because documents cannot be written; what was printed stays, run again to print the rest"
#define PRESS_RECOVERED "PRESS-029", DIAG_NOTE, "'%s' was finished by an earlier run and is put in its place"
#define PRESS_NO_SUCH_KIND "PRESS-030", DIAG_CANNOT, "'%s' is not a kind of document (iecee, iecex, csms, xref)"
#define PRESS_DRY_SUMMARY "PRESS-031", DIAG_NOTE, \
    "%ld would be printed, %ld are unchanged, %ld would be refused, %ld are at fault"
#define PRESS_FORMAT "PRESS-050", DIAG_CANNOT, "'%s' is not a format of the list of rules (text, csv, manual)"
#define PRESS_NOT_PRINTED "PRESS-060", DIAG_ERROR, "'%s' is not printed yet; print the job first"
#define PRESS_NOT_IN_PROOF "PRESS-061", DIAG_WARNING, "'%s' is not printed yet and is left out of the proof"
#define PRESS_NOTHING "PRESS-062", DIAG_ERROR, "'%s' has no printed document"

#define PRESS_JOB_UNKNOWN "PRESS-070", DIAG_ERROR, "attribute '%s' is not one of '%s'"
#define PRESS_JOB_FLAG "PRESS-071", DIAG_ERROR, "attribute '%s' is 'yes' or 'no', not '%s'"

#endif
