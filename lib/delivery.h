#ifndef VC_DELIVERY_H
#define VC_DELIVERY_H

#include "journal.h"
#include "post.h"
#include "recipient.h"

/*
 * One sealed record on its way out: may it leave, and what is kept of how it
 * went.
 *
 *	try		before it is handed over
 *	sent		it was taken
 *	deferred	it surely was not, and goes again
 *	bounce		it was refused for good
 *
 * Invariant: `go` only when the mail was read, is for its vendor and nobody
 * else, and the ledger knows nothing that speaks against it.
 */

struct delivery {
	json_t *in, *out; /* sealed; what leaves instead, or NULL */
	size_t line;	  /* of IN in the input */
	size_t twin; /* an earlier one with the same id, or its own place */
	struct text mail;
	struct envelope envelope;
	struct fail fail;
	when_t tried; /* first time in doubt, or 0: not in doubt */
	bool go;      /* it may leave */
};

/*
 * Read the mail of E, believing no record: fails as recipient.h says, and
 * EX_NOPERM when hash or Message-ID are not those of the record.
 */
int delivery_read(struct delivery *e, struct recipient *r, struct fail *f);

/*
 * May it leave now? Sets `go`, or `out` to the `sent` of an earlier run, or
 * `fail`. HOLD: not what is in doubt. AGAIN: also what bounced.
 */
void delivery_check(struct delivery *e, struct recipient *r,
    const struct journal *j, bool hold, bool again);

/* The `try` of it. New. */
json_t *delivery_try(const struct delivery *e, when_t now);

/* It as a parcel; NOW is the time that its `try` says. */
struct parcel delivery_parcel(const struct delivery *e, when_t now);

/*
 * What became of it: `out` is `sent`, or `fail` is set, and what is to be kept
 * besides is returned: new, NULL for nothing.
 */
json_t *delivery_end(struct delivery *e, const struct parcel *p,
    const struct journal *j, const char *via, when_t now);

void delivery_release(struct delivery *e);

#endif
