#ifndef VC_STEP_H
#define VC_STEP_H

#include "record.h"

/*
 * How a product developer becomes a registered vendor: the five steps and the
 * seven papers of order.h, each in its turn, and a key that two people saw.
 *
 * The fold of the records poc, step, key, confirm and vendor. Invariant: it
 * holds only what step_check() lets in, whatever the ledger holds: a step out
 * of order moves nothing, and a key counts when a second person confirmed it.
 */

struct step {
	json_t *vendor; /* id -> {state, reached, paper, by, pin, done} */
	json_t *poc;	/* ids seen */
	json_t *key;	/* "key/FPR" -> {vendor, by, confirmed} */
};

#define STEP_INIT \
	{ \
		NULL, NULL, NULL \
	}

/* The types that step_take() folds, for kept_fold(). */
#define STEP_TYPES "poc step key confirm vendor"

/* Fold a ledger; a missing one is an empty one. As kept_fold(). */
int step_load(struct step *s, const char *ledger, struct fail *f);

/*
 * May the record be kept now? Other types than step, key, confirm and vendor
 * always may. EX_DATAERR: the reason names the step, the papers or the person
 * that is missing.
 */
int step_check(const struct step *s, const json_t *r, struct fail *f);

/* Take a record in, if it may be. True when it counted. */
bool step_take(struct step *s, const json_t *r);

/* State, pinned fingerprint and papers of a vendor, borrowed; NULL: none. */
const char *step_state(const struct step *s, const char *vendor);
const char *step_pin(const struct step *s, const char *vendor);
const json_t *step_paper(const struct step *s, const char *vendor);

void step_release(struct step *s);

#endif
