/* rec2cert: make a certificate from a record. Options and files only. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "args.h"
#include "datadir.h"
#include "jobfile.h"
#include "rec2cert.h"
#include "xmlx.h"

static struct args_common common;
static const char *job_folder, *profile, *lang;
static time_t date = ARGS_NO_DATE;

static const struct args_option options[] = {
    { "job", 0, ARGS_STRING, &job_folder, "folder", "the job: profile, language, pictures" },
    { "profile", 0, ARGS_STRING, &profile, "file", "the issuing body's profile, not the job's" },
    { "lang", 0, ARGS_STRING, &lang, "language", "of a record that names none, not the job's" },
    { "date", 0, ARGS_DATE, &date, "date", "refuse dates of deeds after this day" },
    ARGS_NAME(common),
    ARGS_OUTPUT(common),
    ARGS_WARNINGS(common),
    ARGS_END,
};

static const struct args_program program = {
    "rec2cert", "make a certificate from a record", "[file]",
    "csv2rec --only NO-EXA-0417 job | rec2cert --job job -o NO-EXA-0417.cert.xml", options,
};

static int run(const char *file, const struct rec2cert_options *use, struct diag *d)
{
    struct rec2cert *r = rec2cert_open(use, d);
    xmlDoc *rec = r ? xmlx_read(file, common.name, d) : NULL;
    xmlDoc *cert = NULL;

    if (rec && !rec2cert(r, rec, &cert, d))
        xmlx_write(cert, common.output, d);
    xmlFreeDoc(cert);
    xmlFreeDoc(rec);
    rec2cert_close(r);
    return diag_status(d);
}

int main(int argc, char **argv)
{
    struct rec2cert_options use = { 0 };
    char *job_profile = NULL, *job_rules = NULL, *job_lang = NULL, *data = NULL;
    struct isodate today;
    struct diag d;
    int first;

    diag_init(&d, program.name);
    xmlx_init();
    first = args_parse(&program, argc, argv, &d);
    if (first <= 0)
        return first ? diag_status(&d) : 0;
    if (args_apply(&common, &d) || !(data = datadir_find(&d)))
        return diag_status(&d);
    if (job_folder && jobfile_read(job_folder, &job_profile, &job_rules, &job_lang, &d))
        goto done;
    if (date != ARGS_NO_DATE) {
        isodate_of_moment(date, &today);
        use.today = &today;
    }
    use.data = data;
    use.job = job_folder;
    use.profile = profile ? profile : job_profile;
    use.rules = job_rules;
    use.lang = lang ? lang : job_lang;
    run(first < argc ? argv[first] : "-", &use, &d);
done:
    free(job_profile);
    free(job_rules);
    free(job_lang);
    free(data);
    return diag_status(&d);
}
