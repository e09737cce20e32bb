/* A text file as lines of UTF-8, whatever encoding and line ends it has.
 *
 * Knows UTF-8 with and without byte-order mark, UTF-16 with one, and Windows-1252 as spreadsheets
 * still write it; line ends CR LF, LF and CR. Bytes that are not UTF-8 in a file that otherwise is
 * are handed on as they are: the reader above can name the cell. */
#ifndef CSVTEXT_H
#define CSVTEXT_H

#include "diag.h"
#include "strbuf.h"

struct csvtext;

/* Reads the file PATH once to tell its encoding. Returns new, release with csvtext_close, or NULL
 * after reporting. */
struct csvtext *csvtext_open(const char *path, struct diag *d);
void csvtext_close(struct csvtext *t);

/* Reads the next line into LINE, without its end, as UTF-8; at most LIMIT bytes of it are kept.
 * Returns 1, or 0 at the end or after reporting a read error. */
int csvtext_line(struct csvtext *t, struct strbuf *line, size_t limit, struct diag *d);

/* Where the next line starts; csvtext_seek goes back there. Returns 0, or -1 after reporting. */
long long csvtext_tell(const struct csvtext *t);
int csvtext_seek(struct csvtext *t, long long offset, struct diag *d);

int csvtext_is_windows_1252(const struct csvtext *t);

/* The number of bytes (1 to 4) of the well-formed UTF-8 sequence at S, N bytes long, and its
 * character in *C; 0 when there is none (Unicode 15, table 3-7). N must be 1 or more. */
int csvtext_utf8(const char *s, size_t n, unsigned *c);

#endif
