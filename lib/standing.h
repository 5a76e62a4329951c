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
 * signed. Of the attempts the first counts, of letters and answers the last.
 *
 * Whom a case may be published without is in no report, and so kept apart: a
 * route that chose not to tell, a go-ahead that names it (coverage.h).
 */

struct standing {
	json_t *cases;	/* id -> {case?, day0_at?, ended_at?, vendor: {id ->
			   {noticed?, told_at..., ended?, why?}}} */
	json_t *letter; /* message id -> "case vendor address" */
	json_t *given;	/* id -> true: cases that were given by themselves */
	json_t *apart;	/* id -> {vendor -> {left_out?: why,
			   go_ahead?: {id -> decided_at}}} */
	json_t *ahead;	/* id -> go-ahead */
};

#define STANDING_INIT \
	{ \
		NULL, NULL, NULL, NULL, NULL \
	}

/* The types that standing_take() folds. */
#define STANDING_TYPES \
	"case notice try sent bounce message status reject embargo-ended " \
	"route go-ahead"

/* Fold a ledger, NULL: none; a missing one is an empty one. As kept_fold(). */
int standing_load(struct standing *s, const char *ledger, struct fail *f);

/* Take a record of one of these types as it is. */
void standing_take(struct standing *s, const json_t *r);

/* Take a record that is given: a case is wanted, and takes the place of its
 * fact. As case_check(). */
int standing_add(struct standing *s, const json_t *r, struct fail *f);

void standing_release(struct standing *s);

#endif
