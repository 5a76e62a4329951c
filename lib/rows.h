#ifndef VC_ROWS_H
#define VC_ROWS_H

#include <stddef.h>

/*
 * Where lines and rows of a table in CSV (RFC 4180) begin and end, by nothing
 * but line ends and quotes: an end of a line is one of a row when an even
 * number of quotes stands before it. Where that is not so, the table is none,
 * and a parser that is given such a row finds out. Line ends are LF, CR, CRLF.
 */

/* Octets of the line that begins at p, with its end. */
size_t rows_line(const char *p, size_t n);

/* The number of the line that begins at p[at], from 1. */
size_t rows_number(const char *p, size_t at);

/* Where the row around p[at] begins, given one that begins at p[from]. */
size_t rows_begin(const char *p, size_t from, size_t at);

/* Where the row ends that begins at p[from], with the end of its line. */
size_t rows_end(const char *p, size_t n, size_t from);

#endif
