/* What rec2cert can say. Above a group of rules stands its source: OD-2037 and OD-2061 are IECEE's
 * operational documents, IECEx 02, OD 009, OD 011-2 and OD 033 those of IECEx; 17065 and 17021-1 are
 * ISO/IEC standards for certification bodies. "practice" is what published certificates show.
 * Families: REC any record, IECEE, IECEX, CSMS one kind, PROFILE the issuing body's profile, CAT the
 * installed lists. The manual page rec2cert.1 lists every id. */
#ifndef REC2CERT_MESSAGES_H
#define REC2CERT_MESSAGES_H

/* ---- the record's form (rec.5) ---- */
#define REC_NOT_RECORDS "REC-001", DIAG_ERROR, "not a record: the document element is '%s', not 'records' of urn:certpress:rec"
#define REC_VERSION "REC-002", DIAG_ERROR, "record version '%s' is not known; this program reads version '1'"
#define REC_NO_RECORD "REC-003", DIAG_ERROR, "there is no record"
#define REC_SEVERAL "REC-004", DIAG_ERROR, "there are several records; choose one with csv2rec --only"
#define REC_KIND "REC-005", DIAG_ERROR, "kind '%s' is not one of iecee, iecex, csms"
#define REC_UNKNOWN_FIELD "REC-006", DIAG_ERROR, "'%s' is not a field of %s"
#define REC_MISSING "REC-007", DIAG_ERROR, "'%s' is missing"
#define REC_TWICE "REC-008", DIAG_ERROR, "'%s' is given twice"
#define REC_NOT_DATE "REC-009", DIAG_ERROR, "'%s' is not a date of the form YYYY-MM-DD that exists"
#define REC_NOT_NUMBER "REC-010", DIAG_ERROR, "'%s' is not a whole number from 0 to 999999, written without leading zeros"
#define REC_NOT_YES_NO "REC-011", DIAG_ERROR, "'%s' is neither yes nor no"
#define REC_COUNTRY "REC-012", DIAG_ERROR, "'%s' is not a country code of ISO 3166-1 (two capital letters, as in 'NO')"
#define REC_NOT_TEXT "REC-013", DIAG_ERROR, "'%s' contains elements; text was expected"
#define REC_GROUP "REC-014", DIAG_ERROR, "'%s' is missing, which the address begun in '%s' needs"
#define REC_TOO_LONG "REC-015", DIAG_ERROR, "'%s' has %zu characters; at most %zu are printed"
#define REC_LANGUAGE "REC-016", DIAG_ERROR, "language '%s' is not one of %s"
#define REC_REFERENCE "REC-017", DIAG_ERROR, "reference '%s' does not begin with a letter or a digit"
#define REC_CHARACTER "REC-019", DIAG_ERROR, "'%s' contains the character U+%04lX, which is never printed"
#define REC_EMPTY_ITEM "REC-018", DIAG_ERROR, "the list '%s' has an empty entry"
#define REC_STRAY_TEXT "REC-034", DIAG_ERROR, "text stands outside of the fields of '%s'"
#define REC_ATTRIBUTE "REC-035", DIAG_ERROR, "'%s' is not an attribute of '%s'"
#define REC_TOO_MANY "REC-033", DIAG_ERROR, "the record has more than %d rows"

/* ---- standards and levels: 17065 7.7.1 d) (standards with date); OD-2037 clause 11 (levels) ---- */
#define REC_STANDARD "REC-020", DIAG_ERROR, "standard '%s' is not known; the nearest are %s"
#define REC_STANDARD_TWICE "REC-021", DIAG_ERROR, "standard '%s' is listed twice"
#define REC_WITHDRAWN "REC-022", DIAG_WARNING, "standard '%s' has been withdrawn since %s"
#define REC_LEVEL "REC-023", DIAG_ERROR, "'%s' is not a level of '%s'; its levels are %s"
#define REC_LEVEL_TWICE "REC-024", DIAG_ERROR, "level '%s' of '%s' is given twice"
#define REC_LEVELS_MISSING "REC-025", DIAG_ERROR, "the levels of '%s' lack %s"
#define REC_LEVEL_FOREIGN "REC-026", DIAG_ERROR, "levels are given for '%s', which the certificate does not list"
#define REC_ABOVE_TOTAL "REC-027", DIAG_ERROR, "%ld requirements assessed of level '%s' are above its total of %ld"
#define REC_SUM_ABOVE_TOTAL "REC-028", DIAG_ERROR, "%ld assessed and %ld not applicable requirements of level '%s' are above its total of %ld"
#define REC_TOTAL_DIFFERS "REC-029", DIAG_WARNING, "the record's total of level '%s' is %ld, the catalogue of '%s' has %ld; the record's figure is printed"
#define REC_TOTAL_NEEDED "REC-031", DIAG_ERROR, "'total' is missing, which levels of '%s' need when no component type is given"
#define REC_TOTALS_FIT_NO_TYPE "REC-032", DIAG_WARNING, "the totals for '%s' are those of no component type; the record's figures are printed"
#define REC_TOTAL_PINNED "REC-064", DIAG_WARNING, "the profile's total of level '%s' is %ld, the catalogue of '%s' has %ld; the profile's figure is printed"
#define REC_REASON_UNUSED "REC-065", DIAG_WARNING, "there is a reason for another total, but the total of level '%s' is the catalogue's, %ld"
#define REC_LEVEL_OF_OTHER_TYPE "REC-066", DIAG_ERROR, "%ld requirements of level '%s' are assessed, which is for component types that are not given"

/* ---- verdicts by requirement: OD-2037 clause 11, IECEE TRF 62443 (worksheet) ---- */
#define REC_REQUIREMENT "REC-050", DIAG_ERROR, "'%s' is not a requirement of '%s'"
#define REC_REQUIREMENT_TWICE "REC-051", DIAG_ERROR, "requirement '%s' is given twice for the same role and component"
#define REC_REQUIREMENT_LEVEL "REC-052", DIAG_ERROR, "requirement '%s' belongs to level '%s', not to '%s'"
#define REC_REQUIREMENT_STANDARD "REC-053", DIAG_ERROR, "the requirement's 'standard' with its date is missing; the certificate lists %zu standards"
#define REC_REQUIREMENT_FOREIGN "REC-054", DIAG_ERROR, "requirements are given of '%s', which the certificate does not list"
#define REC_VERDICT "REC-055", DIAG_ERROR, "verdict '%s' is not one of Pass, Fail, N/A, N/E"
#define REC_FAILED "REC-056", DIAG_ERROR, "requirement '%s' failed; only a 'decision' of the body that begins with N/E leaves it out"
#define REC_DECISION "REC-057", DIAG_ERROR, "decision '%s' does not begin with N/E"
#define REC_DECISION_UNUSED "REC-058", DIAG_ERROR, "there is a 'decision', but the verdict is not Fail"
#define REC_NO_VERDICT "REC-059", DIAG_WARNING, "%zu rows of '%s' have no verdict and count as not evaluated: %s"
#define REC_NO_ROW "REC-060", DIAG_WARNING, "%zu requirements of '%s' have no row and count as not evaluated: %s"
#define REC_NO_MATURITY "REC-061", DIAG_WARNING, "%zu requirements of '%s' passed without a maturity level, which others have: %s"
#define REC_OTHER_TYPE "REC-062", DIAG_ERROR, "requirement '%s' passed, but it is for component type '%s', which is not given"
#define REC_COUNT_DIFFERS "REC-063", DIAG_ERROR, "'%s' of level '%s' is %ld, its requirements make %ld"
/* IEC 62443-2-4 and -4-1 (maturity); IEC 62443-3-3 annex A, IEC 62443-4-2 annex B (security level capability) */
#define REC_MATURITY_ABOVE "REC-067", DIAG_ERROR, "maturity level %d is claimed, but requirement '%s' is at level %d"
#define REC_SECURITY_ABOVE "REC-068", DIAG_ERROR, "SL-C %d is claimed, but requirement '%s', which SL-C %d selects, did not pass"

/* ---- files of the job; what is printed is what was assessed: 17065 7.7.1 d) ---- */
#define REC_FILE_OUTSIDE "REC-040", DIAG_ERROR, "'%s' is not a path inside the job"
#define REC_FILE "REC-041", DIAG_ERROR, "cannot read '%s': %s"
#define REC_NOT_PICTURE "REC-042", DIAG_ERROR, "'%s' is neither an SVG nor a PNG picture"
#define REC_NOT_PDF "REC-043", DIAG_ERROR, "'%s' is not a PDF"
#define REC_IN_FUTURE "REC-044", DIAG_ERROR, "'%s' %s lies after the date of printing, %s"
#define REC_JOB "REC-045", DIAG_CANNOT, "not a job: the document element is '%s', not 'job' of urn:certpress:job"
#define REC_JOB_HREF "REC-046", DIAG_CANNOT, "'%s' has no attribute 'href'"
#define REC_SELF_CHECK "REC-090", DIAG_CANNOT, "internal fault: the certificate '%s' does not fit its format; please report it"

/* ---- kind iecee ---- */
/* OD-2037 11.1: one of six types */
#define IECEE_TYPE "IECEE-001", DIAG_ERROR, "type '%s' is not one of product-capability, process-capability, solution-capability, product-application, process-application, solution-application"
/* OD-2061: the programme's standards */
#define IECEE_STANDARD "IECEE-002", DIAG_ERROR, "'%s' is not a standard of the programme; it has IEC 62443-2-4, -3-3, -4-1 and -4-2"
/* OD-2061: capability or its application, by standard */
#define IECEE_PAIR "IECEE-003", DIAG_WARNING, "type '%s' is unusual for '%s'"
/* practice: a re-issue keeps number and original date, and names what it replaces; 17065 7.7.1 */
#define IECEE_OTHER_BASE "IECEE-012", DIAG_WARNING, "reference '%s' does not continue that of the certificate it replaces, '%s'"
#define IECEE_SUFFIX "IECEE-013", DIAG_WARNING, "reference '%s' ends as a re-issue does, but the record says nothing of what it replaces"
/* IEC 62443-4-2 clause 4 (CCSC 4: developed to 4-1), 4.1 (component types) */
#define IECEE_NO_COMPONENT_TYPE "IECEE-016", DIAG_ERROR, "'component-types' is missing: the requirements of IEC 62443-4-2 depend on it"
#define IECEE_COMPONENT_TYPE "IECEE-017", DIAG_ERROR, "'%s' is not one of software application, embedded device, host device, network device"
#define IECEE_COMPONENT_TYPE_UNUSED "IECEE-018", DIAG_WARNING, "component types are given, but no IEC 62443-4-2 is listed"
/* OD-2037 11.1: test item description, version, diagram, each component described */
#define IECEE_LABEL_TWICE "IECEE-024", DIAG_ERROR, "component label '%s' is given twice"
/* IEC 62443-2-4 and -4-1 (maturity), IEC 62443-3-3 annex A (SL-T, SL-C, SL-A) */
#define IECEE_MATURITY "IECEE-026", DIAG_ERROR, "maturity level '%s' is not one of 1 to 4"
#define IECEE_SECURITY "IECEE-027", DIAG_ERROR, "security level '%s' is not one of SL-C 1 to SL-C 4"
#define IECEE_SECURITY_KIND "IECEE-028", DIAG_ERROR, "security level '%s': a certificate states capability (SL-C), not a target (SL-T) or what was achieved (SL-A)"
#define IECEE_NOTHING_ASSESSED "IECEE-030", DIAG_WARNING, "no requirement of level '%s' of '%s' was assessed"
#define IECEE_REFERENCED_STANDARD "IECEE-036", DIAG_WARNING, "the certificate '%s', which is referred to, is not to IEC 62443-4-1"
#define IECEE_REFERENCED_EXPIRED "IECEE-037", DIAG_WARNING, "the certificate '%s', which is referred to, expired on %s, before 'issue-date' %s"

/* ---- kind iecex ---- */
/* OD 011-2 1.2.1, OD 009 */
#define IECEX_NUMBER "IECEX-001", DIAG_ERROR, "certificate number '%s' is not of the form 'IECEx BAS 09.0116X': body, two figures of the year, '.', four figures, X or U or nothing"
#define IECEX_NUMBER_NEAR "IECEX-002", DIAG_ERROR, "certificate number '%s' is not written as 'IECEx BAS 09.0116X' is; '%s' would be"
#define IECEX_OTHER_FAMILY "IECEX-003", DIAG_ERROR, "'%s' is the number of %s, not of an IECEx certificate of conformity for equipment"
/* OD 011-2 1.2.3 */
#define IECEX_HISTORY_GAP "IECEX-004", DIAG_ERROR, "the history lacks issue %s"
#define IECEX_HISTORY_TWICE "IECEX-005", DIAG_ERROR, "the history has issue %ld twice"
#define IECEX_HISTORY_LATER "IECEX-006", DIAG_ERROR, "the history has issue %ld, which lies after this issue, %ld"
#define IECEX_HISTORY_DATES "IECEX-007", DIAG_ERROR, "the date of issue %ld, %s, lies before that of issue %ld, %s"
#define IECEX_HISTORY_NEWEST "IECEX-008", DIAG_ERROR, "the history dates issue %ld %s, 'issue-date' is %s"
/* IECEx 02 8.1.1: issued on an ExTR and a QAR */
#define IECEX_NO_CHANGES "IECEX-020", DIAG_ERROR, "the changes of issue %ld are missing"
#define IECEX_CHANGES_OF_0 "IECEX-050", DIAG_ERROR, "issue 0 has no changes"
/* OD 009; a certificate rests on earlier reports: IECEx 02 8.1.1 */
#define IECEX_REPORT_KIND "IECEX-022", DIAG_ERROR, "report kind '%s' is neither ExTR nor QAR"
#define IECEX_EXTR "IECEX-023", DIAG_ERROR, "test report number '%s' is not of the form 'GB/BAS/ExTR10.0134/00'"
#define IECEX_QAR "IECEX-024", DIAG_ERROR, "quality assessment report number '%s' is not of the form 'GB/BAS/QAR14.0004/04'"
#define IECEX_REPORT_COUNTRY "IECEX-025", DIAG_ERROR, "'%s' in report number '%s' is not a country code of ISO 3166-1"
#define IECEX_REPORT_TWICE "IECEX-026", DIAG_ERROR, "report '%s' is given twice"
/* the IECEx workshop's proposal of 2017: standards listed, IECEE certificate named and annexed */
#define IECEX_CYBER_WITHOUT_EVIDENCE "IECEX-028", DIAG_ERROR, "'%s' is listed, but evidence.csv has no IECEE certificate to it"
#define IECEX_EVIDENCE_WITHOUT_CYBER "IECEX-029", DIAG_ERROR, "there is an IECEE certificate to '%s', which the certificate does not list"
#define IECEX_EVIDENCE_STANDARD "IECEX-030", DIAG_ERROR, "evidence is for IEC 62443 standards, not for '%s'"
#define IECEX_EVIDENCE_TWICE "IECEX-031", DIAG_ERROR, "IECEE certificate '%s' to '%s' is given twice"
#define IECEX_EVIDENCE_TYPE "IECEX-033", DIAG_ERROR, "type '%s' is not one of product-capability, process-capability, solution-capability, product-application, process-application, solution-application"
#define IECEX_LEVELS_FOREIGN "IECEX-034", DIAG_ERROR, "levels are given for '%s' of '%s', which evidence.csv does not have"
#define IECEX_LEVELS_NO_CERTIFICATE "IECEX-035", DIAG_ERROR, "'certificate' is missing, which says whose levels these are"
/* IECEx 02 8.1.1: every standard by a test report */
#define IECEX_UNCOVERED "IECEX-038", DIAG_ERROR, "'%s' is covered by none of the test reports"
#define IECEX_STANDARD_FOREIGN "IECEX-040", DIAG_WARNING, "report '%s' covers '%s', which the certificate does not list"
#define IECEX_EDITION_NUMBER "IECEX-041", DIAG_ERROR, "edition '%s' of '%s' differs from the known edition %s"
/* practice; IECEx 02 8.1.1 on editions; a QAR is valid for three years */
#define IECEX_YEAR "IECEX-042", DIAG_WARNING, "the year in number '%s' lies after its first date, %s"
#define IECEX_BODY "IECEX-043", DIAG_WARNING, "certification body '%s' in '%s' is not known"
#define IECEX_OLD_EDITION "IECEX-044", DIAG_WARNING, "'%s' is more than one edition behind '%s'"
/* IEC 60079-0 29.4; templates/techniques.xml */
#define IECEX_TECHNIQUE "IECEX-046", DIAG_ERROR, "technique '%s' is not known; known are %s"
#define IECEX_TECHNIQUE_TWICE "IECEX-047", DIAG_ERROR, "technique '%s' is given twice"
#define IECEX_COMPONENT_TYPE "IECEX-048", DIAG_ERROR, "'%s' is not one of software application, embedded device, host device, network device"
#define IECEX_MARKING "IECEX-049", DIAG_WARNING, "the marking has no line with 'Ex'"
#define IECEX_EXPOSED "IECEX-062", DIAG_WARNING, "a technique of the certificate may be exposed, but there is no IECEE certificate"
#define IECEX_NEWER_EXTR "IECEX-067", DIAG_WARNING, "test report '%s' is cited; '%s' is known, '%s' cites it"
#define IECEX_NEWER_QAR "IECEX-068", DIAG_WARNING, "quality assessment report '%s' is cited; '%s' is known, '%s' cites it"
#define IECEX_MARKING_WORD "IECEX-051", DIAG_WARNING, "marking '%s' is not understood at '%.*s'"
#define IECEX_MARKING_END "IECEX-052", DIAG_WARNING, "marking '%s' ends without all that a marking has"
#define IECEX_MARKING_GROUP "IECEX-053", DIAG_WARNING, "marking '%s': group %s does not go with %s"
#define IECEX_MARKING_LEVEL "IECEX-054", DIAG_WARNING, "marking '%s': level %s is better than type '%s' gives"
#define IECEX_MARKING_STANDARD "IECEX-055", DIAG_WARNING, "no listed standard is that of '%s' in the marking"
#define IECEX_STANDARD_UNMARKED "IECEX-056", DIAG_WARNING, "'%s' is listed, but the marking has no type of protection of it"
#define IECEX_TECHNIQUE_UNMARKED "IECEX-057", DIAG_WARNING, "technique '%s' is not in the marking"
#define IECEX_TECHNIQUE_LACKS "IECEX-058", DIAG_WARNING, "'%s' of the marking is not among the techniques"

/* ---- kind csms ---- */
/* 17021-1 8.2.2 e); CSMS certification criteria */
#define CSMS_CRITERIA "CSMS-001", DIAG_ERROR, "criteria '%s' are not an edition of IEC 62443-2-1"
/* CSMS 4.3: Statement of Applicability */
#define CSMS_CONTROL "CSMS-009", DIAG_ERROR, "'%s' is not a requirement of '%s'"
#define CSMS_CONTROL_TWICE "CSMS-010", DIAG_ERROR, "requirement '%s' is given twice"
#define CSMS_CONTROLS_MISSING "CSMS-011", DIAG_ERROR, "the Statement of Applicability lacks %zu of %zu requirements: %s"

/* ---- the profile of the issuing body: 17065 7.7.1 a), 7.7.2; 17021-1 8.2.2 g) ---- */
#define PROFILE_ROOT "PROFILE-001", DIAG_CANNOT, "not a profile: the document element is '%s', not 'profile' of urn:certpress:profile"
#define PROFILE_ELEMENT "PROFILE-002", DIAG_CANNOT, "'%s' is not an element of '%s'"
#define PROFILE_MISSING "PROFILE-003", DIAG_CANNOT, "'%s' of '%s' is missing or empty"
#define PROFILE_TWICE "PROFILE-004", DIAG_CANNOT, "'%s' is given twice"
#define PROFILE_COUNTRY "PROFILE-005", DIAG_CANNOT, "'%s' is not a country code of ISO 3166-1 (two capital letters, as in 'NO')"
#define PROFILE_VALUE "PROFILE-006", DIAG_CANNOT, "'%s' of '%s' is '%s', not one of %s"
#define PROFILE_VERIFY "PROFILE-007", DIAG_CANNOT, "address '%s' does not begin with https:// and contain {name} once, without blanks"
#define PROFILE_MARK "PROFILE-008", DIAG_CANNOT, "mark '%s' cannot be used: %s"
#define PROFILE_ATTRIBUTE "PROFILE-009", DIAG_CANNOT, "'%s' is not an attribute of '%s'"
#define PROFILE_STANDARD "PROFILE-010", DIAG_CANNOT, "'%s' is not an edition of a standard that has levels"
#define PROFILE_LEVEL "PROFILE-011", DIAG_CANNOT, "'%s' is not a level of '%s'"
#define PROFILE_TOTAL "PROFILE-012", DIAG_CANNOT, "total '%s' is not a whole number from 0 to 999999"
#define PROFILE_NO_REASON "PROFILE-013", DIAG_CANNOT, "a level's own total has no reason, which is printed"

/* ---- the installed lists in templates/ ---- */
#define CAT_ROOT "CAT-001", DIAG_CANNOT, "the document element is '%s', not '%s' of %s"
#define CAT_ATTRIBUTE "CAT-002", DIAG_CANNOT, "'%s' has no attribute '%s'"
#define CAT_TWICE "CAT-003", DIAG_CANNOT, "'%s' is listed twice"
#define CAT_VALUE "CAT-004", DIAG_CANNOT, "'%s' is not a value of '%s'"
#define CAT_EMPTY "CAT-005", DIAG_CANNOT, "'%s' is empty"
#define CAT_ELEMENT "CAT-006", DIAG_CANNOT, "'%s' is not an element of '%s'"
#define CAT_UNKNOWN_ATTRIBUTE "CAT-007", DIAG_CANNOT, "'%s' is not an attribute of '%s'"
#define CAT_PARENT "CAT-008", DIAG_CANNOT, "'%s', which '%s' enhances, is not above it"
#define CAT_FORM_LACKS "CAT-009", DIAG_CANNOT, "'%s' is in no group of the form"

/* ---- files of rules: certpress-rules(5) ---- */
#define RULES_ROOT "RULES-001", DIAG_CANNOT, "not a file of rules: the document element is '%s', not 'schema' of Schematron"
#define RULES_ELEMENT "RULES-002", DIAG_CANNOT, "'%s' has no place in '%s'"
#define RULES_ATTRIBUTE "RULES-003", DIAG_CANNOT, "'%s' has no attribute '%s'"
#define RULES_UNKNOWN_ATTRIBUTE "RULES-004", DIAG_CANNOT, "'%s' is not an attribute of '%s'"
#define RULES_VALUE "RULES-005", DIAG_CANNOT, "'%s' of '%s' is '%s', not one of %s"
#define RULES_ID "RULES-006", DIAG_CANNOT, "id '%s' is not capitals, a hyphen and three figures, as in 'OWN-001'"
#define RULES_ID_TWICE "RULES-007", DIAG_CANNOT, "rule '%s' is given twice"
#define RULES_ID_FOREIGN "RULES-008", DIAG_CANNOT, "rule '%s' is of a family that is installed; a body's own rules have one of their own"
#define RULES_XPATH "RULES-009", DIAG_CANNOT, "'%s' is not XPath 1.0: %s"
#define RULES_NAME "RULES-010", DIAG_CANNOT, "'%s' uses the %s '%s', which is not known"
#define RULES_LET "RULES-011", DIAG_CANNOT, "'%s' is not the name of a variable, or is that of another"
#define RULES_NO_TEXT "RULES-012", DIAG_CANNOT, "'%s' says nothing"
#define RULES_DIAGNOSTIC "RULES-013", DIAG_CANNOT, "there is no diagnostic '%s'"
#define RULES_RUN "RULES-014", DIAG_CANNOT, "an expression cannot be evaluated: %s"

#endif
