#ifndef VC_STANDING_H
#define VC_STANDING_H

#include "record.h"

/*
 * How it stands with each vendor of each case: the fold of what is kept about
 * letters and of what came back.
 *
 * Invariant: only what a record says is in it. A message counts for a vendor
 * when it answers a letter to that vendor, and comes from the address that the
 * letter went to or is signed by that vendor; a status counts when it is
 * signed. Of the attempts the first counts, of the letters the last.
 */

struct standing {
	json_t *cases;	/* id -> {case?, day0_at?, ended_at?, vendor: {id ->
			   {noticed?, told_at..., ended?, why?}}} */
	json_t *letter; /* message id -> "case vendor address" */
	json_t *given;	/* id -> true: cases that were given by themselves */
};

#define STANDING_INIT \
	{ \
		NULL, NULL, NULL \
	}

/* The types that standing_take() folds. */
#define STANDING_TYPES \
	"case notice try sent bounce message status reject embargo-ended"

/* Fold a ledger, NULL: none; a missing one is an empty one. As kept_fold(). */
int standing_load(struct standing *s, const char *ledger, struct fail *f);

/* Take a record that is given: a case is wanted, and takes the place of its
 * fact. As case_check(). */
int standing_add(struct standing *s, const json_t *r, struct fail *f);

void standing_release(struct standing *s);

#endif
