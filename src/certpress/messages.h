#ifndef CERTPRESS_MESSAGES_H
#define CERTPRESS_MESSAGES_H

#define PRESS_COMMAND "PRESS-001", DIAG_CANNOT, "there is no command '%s' (print, list, init)"
#define PRESS_NO_COMMAND "PRESS-002", DIAG_CANNOT, "a command is missing (print, list, init)"
#define PRESS_JOB_ELEMENT "PRESS-003", DIAG_ERROR, "'%s' has no place in a job"
#define PRESS_JOB_ROOT "PRESS-004", DIAG_ERROR, "this is no job: the root must be 'job' of urn:certpress:job"
#define PRESS_JOB_KIND "PRESS-005", DIAG_ERROR, "kind '%s' is not one of iecee, iecex, csms"
#define PRESS_JOB_ATTRIBUTE "PRESS-006", DIAG_ERROR, "'%s' needs the attribute '%s'"
#define PRESS_SUPERSEDED "PRESS-007", DIAG_WARNING, \
    "'%s' was issued before; that file is kept as '%s'"
#define PRESS_SUMMARY "PRESS-008", DIAG_NOTE, "%ld printed, %ld unchanged, %ld failed"
#define PRESS_XREF_INCOMPLETE "PRESS-009", DIAG_WARNING, \
    "the cross-reference '%s' is not printed, because certificates of the job failed"
#define PRESS_NOT_EMPTY "PRESS-010", DIAG_CANNOT, "'%s' exists and is not an empty folder"
#define PRESS_NO_RECORD "PRESS-011", DIAG_CANNOT, "the job has no certificate '%s'"
#define PRESS_ATTACHMENT "PRESS-012", DIAG_ERROR, "cannot read the attachment '%s': %s"
#define PRESS_UNSEALED "PRESS-013", DIAG_NOTE, "the job names no seal; the certificates are archived but not sealed"

#endif
