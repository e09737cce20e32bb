/* The files of a job that a certificate shows or carries: what they are, and their fingerprints. */
#ifndef ATTACHMENT_H
#define ATTACHMENT_H

#include "diag.h"

enum attachment_fault {
    ATTACHMENT_FINE,
    ATTACHMENT_OUTSIDE,  /* absolute, with "..", or leading out of the job through a link */
    ATTACHMENT_UNREADABLE, /* errno says why */
    ATTACHMENT_OTHER_TYPE,
};

/* The SVG pictures last found fine, so that one in many certificates is parsed once. Starts zeroed. */
struct attachment_known {
    char sha256[16][65];
    unsigned next;
};

/* Looks at JOB/PATH, which must lie inside the folder JOB. SHA256 receives its fingerprint as 64
 * hexadecimal digits and a NUL. A picture is SVG (without a document type declaration, whose faults
 * are reported at their lines) or PNG; TYPE receives its media type. A PDF begins as one does.
 * Nothing but faults inside an SVG is reported. KNOWN may be NULL. */
enum attachment_fault attachment_picture(const char *job, const char *path,
                                         struct attachment_known *known, const char **type,
                                         char sha256[65], struct diag *d);
enum attachment_fault attachment_pdf(const char *job, const char *path, char sha256[65]);

#endif
