/* putcert MODULE TOKEN PIN ID FILE - puts the certificate of a PEM file into a token, for the tests:
 * with the CKA_ID of a key, so that pdfsign finds that they belong together. ID is hexadecimal. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/pem.h>
#include <p11-kit/pkcs11.h>

int main(int argc, char **argv)
{
    CK_RV (*get)(CK_FUNCTION_LIST **);
    CK_FUNCTION_LIST *f;
    CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    CK_SLOT_ID slots[16];
    CK_ULONG n = 16, i;
    CK_TOKEN_INFO info;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE object;
    unsigned char *der = NULL, *subject = NULL, id[64];
    int der_len, subject_len, id_len = 0;
    void *library = argc == 6 ? dlopen(argv[1], RTLD_NOW) : NULL;
    FILE *file = library ? fopen(argv[5], "r") : NULL;
    X509 *cert = file ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;

    if (!cert)
        return 2;
    *(void **)&get = dlsym(library, "C_GetFunctionList");
    for (; id_len < 64 && sscanf(argv[4] + 2 * id_len, "%2hhx", &id[id_len]) == 1; id_len++)
        ;
    der_len = i2d_X509(cert, &der);
    subject_len = i2d_X509_NAME(X509_get_subject_name(cert), &subject);
    CK_ATTRIBUTE template[] = {
        { CKA_CLASS, &class, sizeof class },   { CKA_CERTIFICATE_TYPE, &type, sizeof type },
        { CKA_TOKEN, &yes, sizeof yes },       { CKA_PRIVATE, &no, sizeof no },
        { CKA_ID, id, (CK_ULONG)id_len },      { CKA_SUBJECT, subject, (CK_ULONG)subject_len },
        { CKA_VALUE, der, (CK_ULONG)der_len },
    };
    if (get(&f) != CKR_OK || f->C_Initialize(NULL) != CKR_OK ||
        f->C_GetSlotList(CK_TRUE, slots, &n) != CKR_OK)
        return 2;
    for (i = 0; i < n; i++)
        if (f->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
            !memcmp(info.label, argv[2], strlen(argv[2])))
            break;
    if (i == n ||
        f->C_OpenSession(slots[i], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) !=
            CKR_OK ||
        f->C_Login(session, CKU_USER, (CK_UTF8CHAR *)argv[3], strlen(argv[3])) != CKR_OK)
        return 2;
    return f->C_CreateObject(session, template, 7, &object) == CKR_OK ? 0 : 1;
}
