/* Messages that every program can give. */
#ifndef COMMON_MESSAGES_H
#define COMMON_MESSAGES_H

#define ENV_NO_MEMORY "ENV-001", DIAG_CANNOT, "out of memory"
#define ENV_CANNOT_READ "ENV-002", DIAG_CANNOT, "cannot read '%s': %s"
#define ENV_CANNOT_WRITE "ENV-003", DIAG_CANNOT, "cannot write '%s': %s"
#define ENV_TERMINAL "ENV-004", DIAG_CANNOT, "will not write binary data to a terminal; give -o FILE"
#define ENV_EXISTS "ENV-005", DIAG_CANNOT, "'%s' exists and is left as it is"
#define ENV_NO_DATA "ENV-006", DIAG_CANNOT, \
    "cannot find the installed data ('xsl' and 'templates'); set CERTPRESS_DATA to their folder"
#define ENV_USAGE "ENV-007", DIAG_CANNOT, "%s"
#define ENV_DATE "ENV-008", DIAG_CANNOT, "'%s' is not a date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"
#define ENV_CANNOT_WATCH "ENV-009", DIAG_CANNOT, "cannot watch '%s': %s"
#define XML_SYNTAX "XML-001", DIAG_ERROR, "not well-formed XML: %s"
#define XML_DOCTYPE "XML-002", DIAG_ERROR, "a document type declaration is not accepted"
#define XML_SCHEMA "XML-003", DIAG_ERROR, "does not fit the schema: %s"

#endif
