#ifndef VC_ROUTE_H
#define VC_ROUTE_H

#include "letter.h"
#include "near.h"
#include "need.h"
#include "told.h"

/*
 * Whom to tell about a case, and what each may read of it. match.h says whom a
 * case means, policy.h who of these may be told, need.h what of the case,
 * told.h which letter it is; here they are put together, and whoever is not
 * told gets its reason.
 *
 * Invariant: whom a case should reach and cannot is never left out silently:
 * route_untold() gives it.
 */

struct route {
	struct roster roster;
	struct letter letter;
	struct match match;
	struct near near;
	struct told told;
	json_t *known;	    /* id -> case: what reports are about */
	json_t *seen;	    /* ids of the cases of this run */
	json_t *untold;	    /* [{why, of}] of the last record */
	const char *ledger; /* borrowed, or NULL: nobody was told before */
	const char *most;   /* parties that a case may reach, or NULL */
	when_t now;
	long limit;
	bool explain; /* give a `route` record for each vendor not chosen */
	bool dry;     /* no letters; only what the ledger holds otherwise */
	bool yes;     /* let a case reach more than MOST */
};

#define ROUTE_INIT \
	{ \
		.roster = ROSTER_INIT, .match = MATCH_INIT, \
		.letter = LETTER_INIT, .near = NEAR_INIT, .told = TOLD_INIT \
	}

/*
 * Load the roster and the cases of the file KNOWN, or NULL. TEMPLATE is the
 * template folder, borrowed, or NULL; NOW as for when_now(). As roster_load()
 * and kept_fold(); EX_USAGE without a roster, or when `most` is no count.
 */
int route_load(struct route *r, const char *roster, const char *template,
    const char *known, const char *now, struct fail *f);

/* True when the record is about a case that this run gave letters of: what it
 * gave must be in the ledger before route_record() looks there. */
bool route_again(const struct route *r, const json_t *in);

/*
 * The notices of a case in the order of the roster, of a report or of an
 * announcement, new in *OUT (always set). EX_NO: it reaches nobody. EX_DATAERR:
 * as told_read(), or a report about a case that nobody gave. EX_NOPERM: a
 * draft, or withdrawn; more parties than `most`; an announcement that is not
 * TLP:CLEAR. Else as letter_write(). Unless 0 or EX_NO there is no notice.
 */
int route_record(
    struct route *r, const json_t *in, json_t **out, struct fail *f);

/*
 * The next one whom the last record should have reached and did not: a notice
 * without a text, new, and the reason in F: EX_NOPERM, and a word of policy.h:
 * "unregistered: vendor 'x' is not registered". NULL at the end.
 */
json_t *route_untold(struct route *r, struct fail *f);

void route_release(struct route *r);

#endif
