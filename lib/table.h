#ifndef VC_TABLE_H
#define VC_TABLE_H

#include "record.h"

/*
 * Tables as CSV (RFC 4180), read and written with libcsv: the form in which
 * people edit the vendor list.
 *
 * In: UTF-8, with or without BOM; the first row names the columns, in any
 * order. Quoting is strict, every row has as many cells as there are columns,
 * and the first fault ends the reading with "FILE:LINE: ...", so that a caller
 * who uses nothing of a table that failed takes all of it or nothing.
 * Out: no cell is a formula. A cell that begins with = + - @ TAB or CR, or with
 * the full-width form of one, gets a ' in front, which reading takes off again.
 */

enum {
	TABLE_MAX = 64 << 20,	/* octets of a file */
	TABLE_FIELD = 64 << 10, /* octets of a cell */
	TABLE_ROW = 1 << 20,	/* octets of a row, quotes included */
	TABLE_COLUMN = 64,	/* columns */
};

struct table_row {
	size_t line;	   /* where the row begins, from 1 */
	const char **cell; /* by index in COLUMN; NULL: no such column */
};

/*
 * Call TAKE for each row below the first. COLUMN is the NULL-terminated list
 * of columns that a table may have; the first one must be there, any other
 * name is refused. TAKE returns 0, or a code that ends the reading; FILE:LINE
 * is put before its reason. EX_NOINPUT: the file cannot be read or is too
 * long; EX_DATAERR: it is no such table.
 */
int table_read(const char *path, const char *const *column,
    int (*take)(void *arg, const struct table_row *row, struct fail *f),
    void *arg, struct fail *f);

/* Append a row of N cells, quoted where needed, guarded; NULL is empty. */
void table_write(struct text *out, const char *const *cell, size_t n);

/*
 * A list inside a cell: items with | between them, \| and \\ for these two
 * characters. Blanks round an item and empty items do not count. split() gives
 * a new array; join() appends the strings of an array.
 */
json_t *table_split(const char *cell);
void table_join(const json_t *list, struct text *out);

#endif
