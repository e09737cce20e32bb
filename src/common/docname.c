#include "docname.h"

#include "alloc.h"

static int is_kept(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '.' || c == '-';
}

char *docname(const char *reference, const char *issue)
{
    char *name = issue && *issue ? xasprintf("%s_issue%s", reference, issue) : xstrdup(reference);
    char *p;

    for (p = name; *p; p++)
        if (!is_kept(*p) || (p == name && *p == '.'))
            *p = '_';
    return name;
}
