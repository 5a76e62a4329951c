#ifndef VC_HOLDER_H
#define VC_HOLDER_H

#include "claim.h"
#include "record.h"

/*
 * Who holds what rows claim (claim.h), but ids, in a list that is not one yet.
 *
 * Invariant: what was claimed is held by the vendor that claimed it first.
 */

struct holder {
	json_t *of;   /* what -> id of the vendor */
	json_t *told; /* which were told */
	struct claims claims;
};

#define HOLDER_INIT \
	{ \
		NULL, NULL, CLAIMS_INIT \
	}

/* ID claims WHAT, the name of a field, which HOLDER holds. */
typedef void holder_told(
    void *arg, const char *id, const char *what, const char *holder);

/* TOLD hears once of each claim of a row that another one holds; with MAKE,
 * those that nobody holds are its own from now on. */
void holder_row(struct holder *h, const struct table_row *row, bool make,
    holder_told *told, void *arg);

void holder_release(struct holder *h);

#endif
