#ifndef VC_ENROL_H
#define VC_ENROL_H

#include "record.h"

/*
 * How a product developer becomes a registered vendor: the fold of the records
 * poc, step, key, change, confirm and vendor. It gives the rows of the vendor
 * list (row.h) and what may be kept next (rule.h).
 *
 * Invariant: it holds only what rule_check() lets in, whatever the ledger
 * holds: a step out of order moves nothing, and a key, an address or a mail
 * domain changes when a second person confirmed it.
 */

struct enrol {
	json_t *table;	/* order.h */
	json_t *vendor; /* id -> row, in the order of the ledger */
	json_t *stand;	/* id -> {state, reached, kind, paper, pin, begun_at,
			   done: {STEP: {by, done_at}}} */
	json_t *form;	/* id of a poc record -> its form */
	json_t *second; /* "key/FPR", "change/HASH" -> {vendor, by, counted,
			   confirmed: {"BY TIME": true}, change}; a key of the
			   centre's own has no vendor */
};

#define ENROL_INIT \
	{ \
		NULL, NULL, NULL, NULL, NULL \
	}

/* The types that enrol_take() folds, for kept_fold(). */
#define ENROL_TYPES "poc step key change confirm vendor"

/*
 * Fold a ledger; a missing one, and NULL, is an empty one. As kept_fold() and
 * order_load(). With enrol_load() each row has state, papers, pinned key and
 * the time when the vendor was heard of last.
 */
int enrol_open(struct enrol *e, const char *ledger, struct fail *f);
int enrol_load(struct enrol *e, const char *ledger, struct fail *f);

/* A row that stood in a table comes in, whatever its state. Steals. */
void enrol_row(struct enrol *e, json_t *row);

/* Take a record in, if rule_check() lets it. True when it counted. */
bool enrol_take(struct enrol *e, const json_t *r);

/* True when the vendor is on file, as whatever. */
bool enrol_knows(const struct enrol *e, const char *vendor);

/* What its registration asks for: a row of order.h. */
const json_t *enrol_order(const struct enrol *e, const char *vendor);

/* The keys and changes that wait for a second person: vendor -> ids, and "" ->
 * keys of the centre's own. New. */
json_t *enrol_waiting(const struct enrol *e);

void enrol_release(struct enrol *e);

#endif
