#ifndef VC_SCAN_H
#define VC_SCAN_H

#include "cells.h"
#include "table.h"

/*
 * Rows of a table in little time, and any of them again: each is read by
 * cells.h, and by libcsv where that is in doubt, which says what is wrong.
 *
 * Invariant: rows, cells and faults are those of table_rows().
 */

struct scan {
	const struct table *table; /* borrowed */
	struct cells next, again;
	const char *cell[2][2 * TABLE_COLUMN];
	struct table_row row;
};

#define SCAN_INIT \
	{ \
		.table = NULL \
	}

/* Begin with an open table. */
void scan_table(struct scan *s, const struct table *t);

/* Begin with rows in memory, borrowed: what table_write() made of all columns,
 * without their names. T becomes that table; no limits hold for it. */
void scan_text(struct scan *s, struct table *t, const struct text *rows,
    const char *const *column);

/* As table_rows(), all of them. */
int scan_rows(struct scan *s, table_take *take, void *arg, struct fail *f);

/* The row at AT, where TAKE was called with one; until the next call. */
const struct table_row *scan_row(struct scan *s, size_t at);

void scan_release(struct scan *s);

#endif
