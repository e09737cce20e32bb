/* A TEST service on loopback: time stamps (RFC 3161), OCSP (RFC 6960), CRLs; honest ones and, under
 * further paths, lying ones. Built and started by the tests only.
 *
 *     responder DIR
 *
 * DIR holds the keys and certificates of make-pki.sh. Writes the port it listens to into DIR/port, the
 * path of each request into DIR/log, and ends after ten minutes or by a signal.
 *
 *     /tsa             an honest time stamp; under the policy asked for, or 1.2.3.4.1
 *     /tsa-nonce /tsa-imprint /tsa-policy /tsa-time   one with that thing wrong
 *     /tsa-foreign     one from a service of another authority
 *     /tsa-usage       one signed by a certificate that is not for time stamps
 *     /tsa-refuses /tsa-garbage /tsa-hangs /tsa-fails  no time stamp
 *     /ocsp-NAME       OCSP for what NAME issued; /NAME.crl, /NAME.pem  files of DIR */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/ts.h>

enum { LIFETIME = 600, LIMIT = 1 << 20 };

static const char *dir;
static long serial = 1000;

static void die(const char *what)
{
    fprintf(stderr, "responder: %s\n", what);
    exit(2);
}

static char *in_dir(const char *name, const char *suffix)
{
    static char paths[4][4096];
    static int next;
    char *path = paths[next++ & 3];

    snprintf(path, sizeof paths[0], "%s/%s%s", dir, name, suffix);
    return path;
}

/* ---- time stamps ----------------------------------------------------------------------------- */

static ASN1_INTEGER *give_serial(TS_RESP_CTX *ctx, void *arg)
{
    ASN1_INTEGER *number = ASN1_INTEGER_new();

    (void)ctx;
    (void)arg;
    ASN1_INTEGER_set(number, serial++);
    return number;
}

static int wrong_time(TS_RESP_CTX *ctx, void *arg, long *seconds, long *micros)
{
    (void)ctx;
    (void)arg;
    *seconds = (long)time(NULL) - 30 * 86400;
    *micros = 0;
    return 1;
}

static X509 *read_cert(const char *name)
{
    FILE *file = fopen(in_dir(name, ".pem"), "r");
    X509 *cert = file ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;

    if (!cert)
        die(name);
    fclose(file);
    return cert;
}

static EVP_PKEY *read_key(const char *name)
{
    FILE *file = fopen(in_dir(name, ".key"), "r");
    EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;

    if (!key)
        die(name);
    fclose(file);
    return key;
}

/* Changes in the request what the answer shall have wrong. */
static BIO *change_request(TS_REQ *request, const char *how)
{
    BIO *bio = BIO_new(BIO_s_mem());

    if (!strcmp(how, "-nonce")) {
        ASN1_INTEGER *nonce = ASN1_INTEGER_new();

        ASN1_INTEGER_set(nonce, 42);
        TS_REQ_set_nonce(request, nonce);
        ASN1_INTEGER_free(nonce);
    } else if (!strcmp(how, "-imprint")) {
        ASN1_OCTET_STRING *digest = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(request));

        ((unsigned char *)(uintptr_t)ASN1_STRING_get0_data(digest))[0] ^= 1;
    } else if (!strcmp(how, "-policy")) {
        ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.2", 1);

        TS_REQ_set_policy_id(request, policy);
        ASN1_OBJECT_free(policy);
    }
    i2d_TS_REQ_bio(bio, request);
    return bio;
}

static TS_RESP *time_stamp(const char *how, const unsigned char *bytes, size_t n)
{
    const char *name = !strcmp(how, "-foreign") ? "foreign-tsa" : "tsa";
    TS_RESP_CTX *ctx = TS_RESP_CTX_new();
    TS_REQ *request = d2i_TS_REQ(NULL, &bytes, (long)n);
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.1", 1), *other = OBJ_txt2obj("1.2.3.4.2", 1);
    STACK_OF(X509) *chain = sk_X509_new_null();
    TS_RESP *response;
    BIO *bio;

    if (!request)
        return NULL;
    if (strcmp(name, "tsa") == 0)
        sk_X509_push(chain, read_cert("issuing"));
    TS_RESP_CTX_set_signer_cert(ctx, read_cert(name));
    TS_RESP_CTX_set_signer_key(ctx, read_key(name));
    TS_RESP_CTX_set_certs(ctx, chain);
    TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256());
    TS_RESP_CTX_set_ess_cert_id_digest(ctx, EVP_sha256());
    TS_RESP_CTX_add_md(ctx, EVP_sha256());
    TS_RESP_CTX_add_md(ctx, EVP_sha384());
    TS_RESP_CTX_add_md(ctx, EVP_sha512());
    TS_RESP_CTX_set_def_policy(ctx, policy);
    TS_RESP_CTX_add_policy(ctx, other);
    TS_RESP_CTX_set_serial_cb(ctx, give_serial, NULL);
    if (!strcmp(how, "-time"))
        TS_RESP_CTX_set_time_cb(ctx, wrong_time, NULL);
    bio = change_request(request, how);
    response = TS_RESP_create_response(ctx, bio);
    BIO_free(bio);
    TS_REQ_free(request);
    TS_RESP_CTX_free(ctx);
    return response;
}

static void answer_tsa(const char *how, const unsigned char *bytes, size_t n, BIO *out)
{
    TS_RESP *response;

    if (!strcmp(how, "-garbage")) {
        BIO_write(out, "\x30\x03\x02\x01\x07", 5);
        return;
    }
    response = time_stamp(how, bytes, n);
    if (response && !strcmp(how, "-refuses")) {
        TS_STATUS_INFO *status = TS_STATUS_INFO_new();
        TS_RESP *refusal = TS_RESP_new();

        TS_STATUS_INFO_set_status(status, TS_STATUS_REJECTION);
        TS_RESP_set_status_info(refusal, status);
        i2d_TS_RESP_bio(out, refusal);
    } else if (response) {
        i2d_TS_RESP_bio(out, response);
    }
    TS_RESP_free(response);
}

/* ---- OCSP and files -------------------------------------------------------------------------- */

static void give_file(const char *path, BIO *out)
{
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t n;

    while (file && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        BIO_write(out, bytes, (int)n);
    if (file)
        fclose(file);
}

static void answer_ocsp(const char *issuer, const unsigned char *bytes, size_t n, BIO *out)
{
    char command[16384];
    FILE *file = fopen(in_dir("ocsp", ".req"), "wb");

    if (!file || fwrite(bytes, 1, n, file) != n || fclose(file))
        die("cannot write the OCSP request");
    snprintf(command, sizeof command,
             "cd '%s' && openssl ocsp -index index -CA %s.pem -rsigner %s-ocsp.pem "
             "-rkey %s-ocsp.key -ndays 1 -reqin ocsp.req -respout ocsp.resp >ocsp.log 2>&1",
             dir, issuer, issuer, issuer);
    if (!system(command))
        give_file(in_dir("ocsp", ".resp"), out);
}

/* ---- HTTP ------------------------------------------------------------------------------------ */

static void answer(const char *path, const unsigned char *body, size_t n, int to)
{
    const char *type = "application/octet-stream";
    BIO *out = BIO_new(BIO_s_mem());
    char head[256];
    char *bytes;
    long len;
    FILE *log = fopen(in_dir("log", ""), "a");

    if (log) {
        fprintf(log, "%s\n", path);
        fclose(log);
    }
    if (!strcmp(path, "/tsa-hangs"))
        sleep(30);
    if (!strncmp(path, "/tsa", 4) && strcmp(path, "/tsa-fails")) {
        type = "application/timestamp-reply";
        answer_tsa(path + 4, body, n, out);
    } else if (!strncmp(path, "/ocsp-", 6) && !strchr(path + 6, '/') && !strchr(path, '\'')) {
        type = "application/ocsp-response";
        answer_ocsp(path + 6, body, n, out);
    } else if (!strchr(path + 1, '/')) {
        give_file(in_dir(path + 1, ""), out);
    }
    len = BIO_get_mem_data(out, &bytes);
    snprintf(head, sizeof head,
             "HTTP/1.0 %s\r\nContent-Type: %s\r\nContent-Length: %ld\r\n\r\n",
             len ? "200 OK" : "404 Not Found", type, len);
    if (write(to, head, strlen(head)) < 0 || (len && write(to, bytes, (size_t)len) < 0))
        fprintf(stderr, "responder: the caller has gone\n");
    BIO_free(out);
}

static void serve(int connection)
{
    static char bytes[LIMIT];
    char path[256] = "";
    const char *length;
    char *body = NULL;
    size_t n = 0, want = 0;
    ssize_t got;

    while (n < sizeof bytes - 1 && (!body || (size_t)(bytes + n - body) < want) &&
           (got = read(connection, bytes + n, sizeof bytes - 1 - n)) > 0) {
        n += (size_t)got;
        bytes[n] = '\0';
        if (!body && (body = strstr(bytes, "\r\n\r\n"))) {
            body += 4;
            length = strstr(bytes, "Content-Length:");
            want = length && length < body ? strtoul(length + 15, NULL, 10) : 0;
        }
    }
    if (body && sscanf(bytes, "%*s %255s", path) == 1)
        answer(path, (const unsigned char *)body, (size_t)(bytes + n - body), connection);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), connection;
    FILE *port;

    if (argc != 2)
        die("usage: responder DIR");
    dir = argv[1];
    signal(SIGPIPE, SIG_IGN);
    alarm(LIFETIME);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) || listen(listener, 16) ||
        getsockname(listener, (struct sockaddr *)&address, &size))
        die("cannot listen");
    port = fopen(in_dir("port.new", ""), "w");
    if (!port || fprintf(port, "%d\n", ntohs(address.sin_port)) < 0 || fclose(port) ||
        rename(in_dir("port.new", ""), in_dir("port", "")))
        die("cannot write the port");
    while ((connection = accept(listener, NULL, NULL)) >= 0) {
        serve(connection);
        close(connection);
    }
    return 2;
}
