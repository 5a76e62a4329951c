#ifndef VC_ROUTE_H
#define VC_ROUTE_H

#include "letter.h"
#include "match.h"
#include "roster.h"
#include "when.h"

/*
 * Whom to tell about a case. One notice is for one vendor.
 *
 * Invariant (need to know): only registered vendors. Who registered as
 * `individual` is told before publication only what is about its own products
 * alone. `csirt` and `critical` are told only when the case names them. Whom
 * the case should reach and cannot is never left out silently:
 * route_untold() gives it.
 */

struct route {
	struct roster roster;
	struct letter letter;
	struct match match;
	json_t *untold; /* [{why, of}] of the last case */
	when_t now;
	bool
	    explain; /* give a `route` record for each vendor not chosen, too */
};

#define ROUTE_INIT \
	{ \
		.roster = ROSTER_INIT, .match = MATCH_INIT, \
		.letter = LETTER_INIT \
	}

/*
 * Load the roster. TEMPLATE is the template folder, borrowed, or NULL; NOW as
 * for when_now(). As roster_load(); EX_USAGE without a roster.
 */
int route_load(struct route *r, const char *roster, const char *template,
    const char *now, struct fail *f);

/*
 * The notices of a case in the order of the roster, new in *OUT (always set).
 * EX_NO: it reaches nobody. EX_NOPERM: a draft, or withdrawn. Else as
 * letter_write(), and then there is no notice at all.
 */
int route_case(
    struct route *r, const json_t *case_, json_t **out, struct fail *f);

/*
 * The next one whom the last case should have reached and did not: a notice
 * without a text, new, and the reason in F: EX_NOPERM "unregistered: ...",
 * "individual: ...", "unpinned: ..." or "no-address: ...". NULL at the end.
 */
json_t *route_untold(struct route *r, struct fail *f);

void route_release(struct route *r);

#endif
