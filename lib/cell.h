#ifndef VC_CELL_H
#define VC_CELL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a cell of a table says, and what a spreadsheet is not to take it for.
 *
 * A cell that begins with = + - @ TAB or CR, or with the full-width form of
 * one, would be a formula and is written with a ' in front: the guard. One that
 * begins with ' and then such a character gets it, too, so that exactly what
 * was written is read: the guard is one ' and comes off once.
 */

/* Does a cell with this content need the guard? */
bool cell_needs_guard(const char *s);

/*
 * What is said by a cell of N octets and its NUL, inside s: without the guard,
 * else without the blanks round it; CRLF and CR are LF.
 */
char *cell_read(char *s, size_t n);

#endif
