/* The verdict in words and in JSON, and the parts of the file as files. */
#include "pdfcheck.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "common_messages.h"
#include "isodate.h"
#include "messages.h"
#include "outfile.h"

static size_t count(const struct pdfcheck_report *r, enum diag_level level)
{
    size_t i, n = 0;

    for (i = 0; i < r->findings_n; i++)
        n += r->findings[i].level == level;
    return n;
}

const char *pdfcheck_verdict(const struct pdfcheck_report *r)
{
    if (count(r, DIAG_CANNOT))
        return "not checked";
    return count(r, DIAG_ERROR) ? "does not conform" : "conforms";
}

/* ---- for people ------------------------------------------------------------------------------ */

static const char *const levels[] = { NULL, "B-B", "B-T", "B-LT", "B-LTA" };

/* The time that S is proved to have been there at, and what is known of revocation. */
static void print_proofs(const struct pdfcheck_seal *s, struct strbuf *out)
{
    char when[21];

    if (s->stamped != PDFCHECK_NO_DATE && s->intact) {
        isodate_print_moment(s->stamped, when);
        strbuf_addf(out, "            %s %s%s%s\n",
                    s->time_stamp ? "stamped at" : "was there at", when,
                    s->stamper ? ", time stamp by " : "", s->stamper ? s->stamper : "");
    }
    if (s->intact)
        strbuf_addf(out, "            %s\n",
                    s->revoked < 0 ? "revocation not known: the file does not tell"
                    : s->revoked   ? "REVOKED"
                                   : "not revoked, as the file proves");
    if (s->level)
        strbuf_addf(out, "            PAdES level %s\n", levels[s->level]);
}

static void print_seal(const struct pdfcheck_seal *s, size_t number,
                       const struct pdfcheck_report *r, struct strbuf *out)
{
    char when[21];

    strbuf_addf(out, "  %s %zu   %s%s", s->time_stamp ? "stamp" : "seal", number,
                s->time_stamp ? "" : " ",
                s->intact ? "intact" : s->cms ? "BROKEN" : "UNREADABLE");
    if (s->signer)
        strbuf_addf(out, ", by %s", s->signer);
    if (s->claimed != PDFCHECK_NO_DATE) {
        isodate_print_moment(s->claimed, when);
        strbuf_addf(out, ", claims %s", when);
    }
    strbuf_addstr(out, "\n");
    if (s->issuer)
        strbuf_addf(out, "            %s, issued by %s\n",
                    s->trusted > 0   ? "trusted"
                    : s->trusted < 0 ? "trust not judged (no --trust)"
                                     : "NOT TRUSTED",
                    s->issuer);
    print_proofs(s, out);
    if (s->algorithm)
        strbuf_addf(out, "            %s\n", s->algorithm);
    if (s->covers == r->size)
        strbuf_addstr(out, "            covers the whole file\n");
    else if (s->covers)
        strbuf_addf(out, "            covers revision %zu of %zu (%zu of %zu bytes)\n", s->revision,
                    r->revisions, s->covers, r->size);
    if (s->reason)
        strbuf_addf(out, "            reason: %s\n", s->reason);
    if (s->location)
        strbuf_addf(out, "            location: %s\n", s->location);
}

/* What REVISION, which is later than the seal, is; without changes it can be nothing else. */
static const char *later_revision(const struct pdfcheck_report *r, size_t revision)
{
    size_t i;

    for (i = 0; i < r->seals_n; i++)
        if (r->seals[i].revision == revision)
            return r->seals[i].time_stamp ? "archive time stamp" : "seal";
    return r->changed_later ? "not known" : "validation data";
}

/* The first revision after the first seal; one more than there are without a seal. */
static size_t first_later(const struct pdfcheck_report *r)
{
    size_t i;

    for (i = 0; i < r->seals_n; i++)
        if (!r->seals[i].time_stamp && r->seals[i].revision)
            return r->seals[i].revision + 1;
    return r->revisions + 1;
}

/* One line of a person's report holds no line break or control character out of the file. */
static void one_line_each(struct strbuf *out, size_t from)
{
    size_t i;

    for (i = from; i < out->len; i++)
        if ((unsigned char)out->buf[i] < ' ' && out->buf[i] != '\n')
            out->buf[i] = ' ';
}

void pdfcheck_print(const struct pdfcheck_report *r, struct strbuf *out)
{
    size_t i, from = out->len, errors = count(r, DIAG_ERROR), warnings = count(r, DIAG_WARNING);

    strbuf_addf(out, "%s: %s\n", r->name, pdfcheck_verdict(r));
    if (!r->revisions)
        strbuf_addstr(out, "  file      cannot be read as PDF of ours\n");
    else
        strbuf_addf(out, "  file      %zu bytes, %zu page%s, %zu revision%s\n", r->size, r->pages,
                    r->pages == 1 ? "" : "s", r->revisions, r->revisions == 1 ? "" : "s");
    if (r->reference)
        strbuf_addf(out, "  data      %s certificate %s, %s\n", r->kind, r->reference, r->status);
    if (r->part)
        strbuf_addf(out, "  archive   claims PDF/A-%s%s%s%s\n", r->part,
                    r->conformance ? r->conformance : "", r->ua ? " and PDF/UA-" : "",
                    r->ua ? r->ua : "");
    for (i = 0; i < r->files_n; i++)
        strbuf_addf(out, "  attached  %s (%s, %s, %zu bytes)\n", r->files[i].name,
                    r->files[i].relationship, r->files[i].mime, r->files[i].len);
    for (i = 0; i < r->seals_n; i++)
        print_seal(&r->seals[i], i + 1, r, out);
    if (r->revisions && !r->seals_n)
        strbuf_addstr(out, "  seal      none\n");
    for (i = first_later(r); i <= r->revisions; i++)
        strbuf_addf(out, "  revision  %zu: %s\n", i, later_revision(r, i));
    if (r->reprinted)
        strbuf_addf(out, "  reprint   %s\n",
                    r->reprinted == PDFCHECK_SAME_BYTES
                        ? "the certificate inside prints as these very bytes"
                        : "the certificate inside prints as these pages");
    strbuf_addf(out, "  checks    %d asked, %zu error%s, %zu warning%s\n", r->checks, errors,
                errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
    one_line_each(out, from);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

/* The length of the UTF-8 character at S, or 0 when it is not well-formed. */
static size_t utf8_length(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t n = *p < 0x80 ? 1 : *p >= 0xc2 && *p < 0xe0 ? 2 : *p >= 0xe0 && *p < 0xf0 ? 3
             : *p >= 0xf0 && *p < 0xf5 ? 4 : 0, i;

    for (i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((n == 3 && ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f))) ||
        (n == 4 && ((*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))))
        return 0;
    return n;
}

static void json_string(struct strbuf *out, const char *s)
{
    size_t n;

    if (!s) {
        strbuf_addstr(out, "null");
        return;
    }
    strbuf_addch(out, '"');
    for (; *s; s += n ? n : 1) {
        n = utf8_length(s);
        if (!n)
            strbuf_addstr(out, "\\ufffd");
        else if (*s == '"' || *s == '\\')
            strbuf_addf(out, "\\%c", *s);
        else if ((unsigned char)*s < ' ')
            strbuf_addf(out, "\\u%04x", (unsigned)*s);
        else
            strbuf_add(out, s, n);
    }
    strbuf_addch(out, '"');
}

static void json_member(struct strbuf *out, const char *key, const char *value)
{
    strbuf_addf(out, "\"%s\":", key);
    json_string(out, value);
    strbuf_addch(out, ',');
}

static void json_seal(const struct pdfcheck_seal *s, struct strbuf *out)
{
    char when[21];

    strbuf_addch(out, '{');
    json_member(out, "type", s->time_stamp ? "time stamp" : "seal");
    json_member(out, "level", levels[s->level]);
    json_member(out, "signer", s->signer);
    json_member(out, "issuer", s->issuer);
    json_member(out, "algorithm", s->algorithm);
    json_member(out, "field", s->field);
    json_member(out, "reason", s->reason);
    json_member(out, "location", s->location);
    if (s->claimed != PDFCHECK_NO_DATE)
        isodate_print_moment(s->claimed, when);
    json_member(out, "claimed", s->claimed != PDFCHECK_NO_DATE ? when : NULL);
    if (s->stamped != PDFCHECK_NO_DATE)
        isodate_print_moment(s->stamped, when);
    json_member(out, "stamped", s->stamped != PDFCHECK_NO_DATE ? when : NULL);
    json_member(out, "stamper", s->stamper);
    strbuf_addf(out, "\"revoked\":%s,", s->revoked < 0 ? "null" : s->revoked ? "true" : "false");
    strbuf_addf(out, "\"intact\":%s,\"trusted\":%s,\"revision\":%zu,\"covers\":%zu}",
                s->intact ? "true" : "false",
                s->trusted < 0 ? "null" : s->trusted ? "true" : "false", s->revision, s->covers);
}

static void json_file(const struct pdfcheck_file *f, struct strbuf *out)
{
    strbuf_addch(out, '{');
    json_member(out, "name", f->name);
    json_member(out, "mime", f->mime);
    json_member(out, "relationship", f->relationship);
    json_member(out, "sha256", f->sha256);
    strbuf_addf(out, "\"size\":%zu}", f->len);
}

static void json_finding(const struct pdfcheck_finding *f, struct strbuf *out)
{
    strbuf_addch(out, '{');
    json_member(out, "id", f->id);
    json_member(out, "level", diag_level_name(f->level));
    json_member(out, "clause", f->clause);
    strbuf_addstr(out, "\"text\":");
    json_string(out, f->text);
    strbuf_addch(out, '}');
}

void pdfcheck_print_json(const struct pdfcheck_report *r, struct strbuf *out)
{
    size_t i;

    strbuf_addch(out, '{');
    json_member(out, "file", r->name);
    json_member(out, "verdict", pdfcheck_verdict(r));
    json_member(out, "kind", r->kind);
    json_member(out, "reference", r->reference);
    json_member(out, "status", r->status);
    json_member(out, "pdfa_part", r->part);
    json_member(out, "pdfa_conformance", r->conformance);
    json_member(out, "pdfua_part", r->ua);
    json_member(out, "reprint", r->reprinted == PDFCHECK_SAME_BYTES   ? "same bytes"
                                : r->reprinted == PDFCHECK_SAME_PAGES ? "same pages"
                                                                      : NULL);
    strbuf_addf(out, "\"size\":%zu,\"pages\":%zu,\"revisions\":%zu,\"checks\":%d,\"seals\":[",
                r->size, r->pages, r->revisions, r->checks);
    for (i = 0; i < r->seals_n; i++) {
        strbuf_addstr(out, i ? "," : "");
        json_seal(&r->seals[i], out);
    }
    strbuf_addstr(out, "],\"later_revisions\":[");
    for (i = first_later(r); i <= r->revisions; i++)
        strbuf_addf(out, "%s\"%s\"", i == first_later(r) ? "" : ",", later_revision(r, i));
    strbuf_addstr(out, "],\"attachments\":[");
    for (i = 0; i < r->files_n; i++) {
        strbuf_addstr(out, i ? "," : "");
        json_file(&r->files[i], out);
    }
    strbuf_addstr(out, "],\"findings\":[");
    for (i = 0; i < r->findings_n; i++) {
        strbuf_addstr(out, i ? "," : "");
        json_finding(&r->findings[i], out);
    }
    strbuf_addstr(out, "]}\n");
}

/* ---- extraction ------------------------------------------------------------------------------ */

/* A name from the file is used only if it stays in the folder and shows itself there. */
static int is_plain_name(const char *name)
{
    const char *p;

    if (!*name || *name == '.' || *name == '-' || strlen(name) > 200)
        return 0;
    for (p = name; *p; p++)
        if ((unsigned char)*p < ' ' || *p == '/' || *p == '\\' || *p == 0x7f)
            return 0;
    return 1;
}

int pdfcheck_extract(const struct pdfcheck_report *r, const char *folder, struct diag *d)
{
    struct diag_place place = { .file = r->name };
    int result = 0;
    char *path;
    size_t i;

    if (mkdir(folder, 0777) && errno != EEXIST)
        return diag(d, ENV_CANNOT_WRITE, folder, strerror(errno));
    for (i = 0; i < r->files_n; i++) {
        const struct pdfcheck_file *f = &r->files[i];

        if (!is_plain_name(f->name)) {
            result = diag_at(d, &place, CHECK_EXTRACT_NAME, f->name);
            continue;
        }
        path = xasprintf("%s/%s", folder, f->name);
        if (outfile_write(path, f->bytes, f->len, OUTFILE_KEEP, d))
            result = -1;
        free(path);
    }
    for (i = 0; i < r->seals_n; i++) {
        if (!r->seals[i].cms)
            continue;
        path = xasprintf("%s/seal-%zu.p7s", folder, i + 1);
        if (outfile_write(path, r->seals[i].cms, r->seals[i].cms_len, OUTFILE_KEEP, d))
            result = -1;
        free(path);
    }
    return result;
}
