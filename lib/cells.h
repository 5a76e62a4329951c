#ifndef VC_CELLS_H
#define VC_CELLS_H

#include "text.h"

/*
 * The cells of one row of CSV (RFC 4180), in one pass and without a copy of
 * the row. It takes what is surely right and leaves the rest to libcsv
 * (table.h), which says what is wrong; what both take is the same.
 */

enum {
	CELLS_MAX = 64,
};

struct cells {
	char *cell[CELLS_MAX]; /* each with its NUL, until the next row */
	size_t start[CELLS_MAX], size[CELLS_MAX];
	size_t n;
	size_t longest; /* octets that a cell may have */
	struct text text;
};

#define CELLS_INIT \
	{ \
		.text = TEXT_INIT \
	}

/*
 * Read the row that begins at p, which is no line end. Gives its octets with
 * the end of its line, or 0: a quote in the wrong place, a cell that is too
 * long, or too many.
 */
size_t cells_row(struct cells *c, const char *p, size_t n);

#endif
