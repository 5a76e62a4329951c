#ifndef VC_JOURNAL_H
#define VC_JOURNAL_H

#include "record.h"

/*
 * What the ledger says about mails on their way (vc-ledger(5)): `try` is kept
 * before a mail is handed over, one of the others after.
 *
 *	none		not sent
 *	try		in doubt: handed over, or not
 *	deferred	surely not taken, and goes again
 *	bounce		surely not taken, and goes again when a person says so
 *	sent		sent, and never again
 *
 * Invariant: between journal_lock() and journal_unlock() no other process
 * hands over a mail that this ledger is the journal of.
 */

enum {
	JOURNAL_WAIT = 600, /* seconds to wait for another, then EX_TEMPFAIL */
};

struct journal {
	const char *ledger; /* borrowed */
	int lock;
	json_t *known; /* id -> what is known of it */
};

#define JOURNAL_INIT \
	{ \
		.lock = -1 \
	}

/* Take the lock, the file LEDGER.lock. EX_TEMPFAIL, EX_CANTCREAT. */
int journal_lock(struct journal *j, struct fail *f);
void journal_unlock(struct journal *j);

/* Forget everything; then ask for the ids that journal_look() is to find. */
void journal_clear(struct journal *j);
void journal_ask(struct journal *j, const char *id);

/* Read the ledger as it is now. A missing one knows nothing. EX_DATAERR. */
int journal_look(struct journal *j, struct fail *f);

/* The kept `notice`, `sent`, `bounce`, or `try` that is in doubt, of an id that
 * was asked for: borrowed, as it was before it was kept; NULL when there is
 * none. The last one counts, but of tries in doubt the first. */
const json_t *journal_of(
    const struct journal *j, const char *type, const char *id);

void journal_release(struct journal *j);

#endif
