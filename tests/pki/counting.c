/* A PKCS#11 module for the tests: SoftHSM's, with every C_Login and C_Sign noted by one letter (L, S)
 * in the file that COUNTING_LOG names. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include <p11-kit/pkcs11.h>

static CK_FUNCTION_LIST counted, *real;

static void note(char letter)
{
    const char *path = getenv("COUNTING_LOG");
    FILE *file = path ? fopen(path, "a") : NULL;

    if (file) {
        fputc(letter, file);
        fclose(file);
    }
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG len)
{
    note('L');
    return real->C_Login(session, user, pin, len);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG n, CK_BYTE *signature,
                  CK_ULONG *len)
{
    note('S');
    return real->C_Sign(session, data, n, signature, len);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get)(CK_FUNCTION_LIST **);

    if (!library)
        return CKR_GENERAL_ERROR;
    *(void **)&get = dlsym(library, "C_GetFunctionList");
    if (!get || get(&real) != CKR_OK)
        return CKR_GENERAL_ERROR;
    counted = *real;
    counted.C_Login = login;
    counted.C_Sign = sign;
    *list = &counted;
    return CKR_OK;
}
