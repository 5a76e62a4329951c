#ifndef VC_ENROL_H
#define VC_ENROL_H

#include "record.h"
#include "step.h"

/*
 * The vendors that a ledger knows: its forms, steps, keys and vendor records,
 * folded into rows of the vendor list (row.h).
 *
 * Invariant: what the steps say overrules what a row says of itself; state,
 * papers and pinned key are those of step.h.
 */

struct enrol {
	json_t *vendor; /* id -> row, in the order of the ledger */
	json_t *form;	/* id of a poc record -> its form */
	struct step step;
};

#define ENROL_INIT \
	{ \
		NULL, NULL, STEP_INIT \
	}

/* Fold a ledger; a missing one is an empty one. As kept_fold(). */
int enrol_load(struct enrol *e, const char *ledger, struct fail *f);

void enrol_release(struct enrol *e);

#endif
