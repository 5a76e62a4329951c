#ifndef VC_EDIT_H
#define VC_EDIT_H

#include "enrol.h"
#include "faults.h"
#include "holder.h"
#include "stream.h"
#include "table.h"

/*
 * The vendor list as somebody edited it in a spreadsheet, and the records by
 * which the list becomes what was edited.
 *
 * A cell was edited when it says otherwise than the list, printed in the
 * encoding of the table and read again: what only the way through a spreadsheet
 * has changed is no difference. Rows that are missing and columns that are
 * missing stay as they are.
 *
 * Invariant: all or nothing, and each record is one that rule_check() lets in
 * behind those before it.
 */

struct edit {
	const char *path, *by; /* borrowed: the table, and who edited it */
	struct text record;    /* the difference, a record a line */
	struct text notes;     /* what stays as it is, a line each */
	struct faults faults;
	struct enrol enrol; /* the list, with what is in record */
	struct table table;
	struct holder holder;
	json_t *at; /* id -> where its row begins */
};

#define EDIT_INIT \
	{ \
		.path = NULL \
	}

/*
 * Compare the table at `path` with LIST, a ledger or a table, print the
 * difference that BY made, and close S. EX_DATAERR: the table has faults, all
 * of which are told; else as owed_load() and table_open().
 */
int edit_put(
    struct edit *e, const char *list, const char *by, struct stream *s);

#endif
