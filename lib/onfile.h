#ifndef VC_ONFILE_H
#define VC_ONFILE_H

#include "record.h"

/*
 * Who sends a form may be on file: as a row of the vendor list, or with an
 * earlier form. Organisations are compared by fold_name(). A form that is
 * found so is an update for a person to judge: a name is only claimed, and
 * being on file grants nothing.
 *
 * Invariant: a form is never on file by itself or by what came after it, so a
 * second run makes the same records.
 */

struct onfile {
	json_t *row;	    /* key -> ids of rows of the vendor list */
	json_t *form;	    /* key -> ids of forms, in the order they came in */
	json_t *came;	    /* id of a form -> its place in that order */
	const char *ledger; /* borrowed; NULL: only forms of this run */
	bool read;
};

#define ONFILE_INIT \
	{ \
		.row = NULL \
	}

/* ROSTER and LEDGER may be NULL; the ledger is read when the first form comes.
 * As roster_load(). */
int onfile_load(
    struct onfile *o, const char *roster, const char *ledger, struct fail *f);

/* As poc_record(); and *poc gets `on_file`, the ids that it is on file by, the
 * rows first, or nothing. As kept_fold() when the ledger cannot be read. */
int onfile_record(
    struct onfile *o, const json_t *in, json_t **poc, struct fail *f);

void onfile_release(struct onfile *o);

#endif
