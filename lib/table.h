#ifndef VC_TABLE_H
#define VC_TABLE_H

#include "fail.h"
#include "saved.h"

/*
 * Tables as CSV (RFC 4180), read and written with libcsv: the vendor list.
 *
 * In: UTF-8 with or without BOM, or CP932 (saved.h); the first row names the
 * columns, in any order. Quoting is strict, and every row has as many cells as
 * there are columns. Rows of empty cells and columns of empty cells without a
 * name are none; blanks round a cell do not count, and line ends inside one
 * become LF. The first fault ends the reading with "FILE:LINE: ...", so that a
 * caller who uses nothing of a table that failed takes all of it or nothing.
 * Out: no cell is a formula (cell.h).
 */

enum {
	TABLE_MAX = 1 << 30,	/* octets of a file */
	TABLE_FIELD = 64 << 10, /* octets of a cell */
	TABLE_ROW = 1 << 20,	/* octets of a row, quotes included */
	TABLE_COLUMN = 64,	/* columns */
};

struct table {
	const char *path;	   /* borrowed */
	const char *const *column; /* borrowed: those that a table may have */
	const char *p;		   /* the table in UTF-8 without BOM */
	size_t n, body;		   /* body: the rows below the first */
	size_t known;		   /* where some row begins */
	const void *mapped;	   /* the file */
	size_t size, columns;	   /* columns: of the file */
	struct saved saved;
	/* Set to hear of every fault; 0 and an empty *f: go on behind it. */
	int (*fault)(void *arg, struct fail *f);
	void *arg;
	size_t place[TABLE_COLUMN]; /* column of the file -> index in COLUMN */
};

#define TABLE_INIT \
	{ \
		.path = NULL \
	}

struct table_row {
	size_t at;	   /* where it begins in the file */
	const char **cell; /* by index in COLUMN; NULL: no such column */
};

typedef int table_take(void *arg, const struct table_row *row, struct fail *f);

/*
 * Open a table and read its first row. COLUMN ends in NULL and has the columns
 * that a table may have; the first must be there, any other name is refused.
 * EX_NOINPUT: cannot be read or is too long; EX_DATAERR: is no such table. T is
 * TABLE_INIT, but for `fault` and `arg`.
 */
int table_open(struct table *t, const char *path, const char *const *column,
    struct fail *f);

/* Call TAKE for each row (in less time: scan_rows()), or for those in N octets
 * from FROM on. It returns 0, or a code that ends the reading; FILE:LINE is put
 * before its reason. */
int table_rows(
    const struct table *t, table_take *take, void *arg, struct fail *f);
int table_part(const struct table *t, size_t from, size_t n, table_take *take,
    void *arg, struct fail *f);

/* Only for rows in which SEEK (of seek.h) finds WORD; others are not read. */
int table_find(struct table *t,
    const char *(*seek)(const char *p, size_t n, const char *word),
    const char *word, table_take *take, void *arg, struct fail *f);

void table_close(struct table *t);

/* Append a row of N cells, quoted where needed, guarded; NULL is empty. */
void table_write(struct text *out, const char *const *cell, size_t n);

#endif
