#ifndef VC_TOLD_H
#define VC_TOLD_H

#include "record.h"

/*
 * What the ledger says of one case: who was told, in which revision and for
 * which day. It says which letter a vendor gets next.
 *
 *	publication	the case is public
 *	embargo-ended	told before, and the embargo ended early since
 *	date-change	told of another day in a revision before
 *	update		told of the same day in a revision before
 *	disclosure	never told in a revision before
 *
 * Invariant: a letter of the revision that is asked about changes no answer,
 * so asking again after the letters were kept gives the same.
 */

struct told {
	char at[32];	/* the day of the case, "" for never */
	long long n;	/* its revision */
	json_t *before; /* vendor -> {n, at?}: its last letter of before */
	json_t *ended;	/* vendor -> true: told when the embargo ended */
	json_t *ever;	/* vendor -> true: had a letter of any revision */
	json_t *asked;	/* vendor -> when a letter was first handed over */
	json_t *fact;	/* id -> what is kept of notices and routes */
	bool moved;	/* a letter of this revision names another day */
	bool over;	/* the embargo ended before its day */
};

#define TOLD_INIT \
	{ \
		.before = NULL \
	}

/* The revision of a case: 1 when it says none. And the one at the end of the id
 * of a letter about it, or -1: it is of none. */
long long told_revision(const json_t *case_);
long long told_number(const char *id, const char *case_);

/*
 * Ask LEDGER (NULL: nobody was told) about a case. FACTS: keep what it has of
 * notices and routes. EX_DATAERR: letters of this very revision name another
 * day; revision_n must be raised. Else as kept_fold().
 */
int told_read(struct told *t, const char *ledger, const json_t *case_,
    bool facts, struct fail *f);

/* The kind of the next letter; PUBLISHED: the case is public. */
const char *told_kind(const struct told *t, const char *vendor, bool published);

/*
 * Whom a letter is owed, whatever the case means now: vendor -> kind, new.
 * Everybody who ever had one is owed date-change, embargo-ended, publication.
 */
json_t *told_owed(const struct told *t, bool published);

/* The day that a vendor was told before, or NULL. */
const char *told_former(const struct told *t, const char *vendor);

/* When the first letter to it was tried, or NULL. */
const char *told_asked(const struct told *t, const char *vendor);

void told_release(struct told *t);

#endif
