/* Time stamps, RFC 3161: what they stamp, and when. */
#include "cms.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/ts.h>

#include "alloc.h"
#include "messages.h"

/* The time in TIME, which RFC 3161 2.4.2 wants in UTC. Returns 0 or -1. */
static int read_time(const ASN1_GENERALIZEDTIME *time, time_t *moment)
{
    struct tm tm;

    memset(&tm, 0, sizeof tm);
    if (!time || !ASN1_TIME_to_tm(time, &tm))
        return -1;
    *moment = timegm(&tm);
    return *moment == (time_t)-1 ? -1 : 0;
}

static int imprint_fits(struct cms *m, TS_TST_INFO *info, const void *stamped, size_t n)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT *algorithm = NULL;
    const ASN1_OCTET_STRING *message;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    const EVP_MD *md;
    int nid;

    X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    nid = OBJ_obj2nid(algorithm);
    md = nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 ? EVP_get_digestbynid(nid)
                                                                      : NULL;
    if (!md)
        return 0;
    if (m->hole ? cms_digest(m->c, m->hole, md, digest, &len)
                : EVP_Digest(stamped, n, digest, &len, md, NULL) != 1)
        return 0;
    message = TS_MSG_IMPRINT_get_msg(imprint);
    return ASN1_STRING_length(message) == (int)len &&
           !memcmp(ASN1_STRING_get0_data(message), digest, len);
}

void stamp_read(struct cms *m, const void *stamped, size_t n)
{
    ASN1_OCTET_STRING **content = m->intact ? CMS_get0_content(m->info) : NULL;
    const unsigned char *p = content && *content ? ASN1_STRING_get0_data(*content) : NULL, *begin = p;
    TS_TST_INFO *info = p ? d2i_TS_TST_INFO(NULL, &p, ASN1_STRING_length(*content)) : NULL;

    m->c->report->checks += 2;
    if (!m->intact)
        return;
    if (!info || p != begin + ASN1_STRING_length(*content) || TS_TST_INFO_get_version(info) != 1 ||
        read_time(TS_TST_INFO_get_time(info), &m->stamped)) {
        check_find(m->c, CHECK_STAMP_FORM, m->label);
        m->sound = m->intact = 0;
    } else if (!imprint_fits(m, info, stamped, n)) {
        check_find(m->c, CHECK_STAMP_IMPRINT, m->label);
        m->sound = m->intact = 0;
    }
    ERR_clear_error();
    TS_TST_INFO_free(info);
}

struct cms *stamp_of(const struct cms *m)
{
    int at = m->signer ? CMS_unsigned_get_attr_by_NID(m->signer, NID_id_smime_aa_timeStampToken, -1)
                       : -1;
    X509_ATTRIBUTE *attribute = at < 0 ? NULL : CMS_unsigned_get_attr(m->signer, at);
    const ASN1_TYPE *value;
    const ASN1_OCTET_STRING *signature;
    struct cms *stamp;
    char *label;

    if (!attribute)
        return NULL;
    label = xasprintf("%s: its time stamp", m->label);
    value = X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
    stamp = NULL;
    if (!value || value->type != V_ASN1_SEQUENCE ||
        CMS_unsigned_get_attr_by_NID(m->signer, NID_id_smime_aa_timeStampToken, at) >= 0) {
        check_find(m->c, CHECK_STAMP_FORM, label);
    } else {
        stamp = cms_open(m->c, m->seal, label, 1,
                         (const char *)ASN1_STRING_get0_data(value->value.sequence),
                         (size_t)ASN1_STRING_length(value->value.sequence), NULL);
        signature = CMS_SignerInfo_get0_signature(m->signer);
        stamp_read(stamp, ASN1_STRING_get0_data(signature), (size_t)ASN1_STRING_length(signature));
    }
    free(label);
    return stamp;
}
