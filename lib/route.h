#ifndef VC_ROUTE_H
#define VC_ROUTE_H

#include "letter.h"
#include "roster.h"
#include "when.h"

/*
 * Whom to tell about a case. One notice is one vendor.
 *
 * Invariant (need to know): only registered vendors; those registered as
 * `individual` never before publication about a case that touches anybody
 * else; `csirt` and `critical` only when the case names them. A vendor that
 * the case names, or that must be told and cannot be, is never left out
 * silently: route_untold() gives it.
 */

struct route {
	struct roster roster;
	struct letter letter;
	json_t *index;	/* comparison key of a product or keyword -> [id] */
	json_t *untold; /* [{why, of}] of the last case */
	when_t now;
	bool explain; /* a `route` record for each vendor not chosen, too */
};

#define ROUTE_INIT                                                             \
	{                                                                      \
		.roster = ROSTER_INIT, .letter = LETTER_INIT                   \
	}

/* Load the roster and the templates below TEMPLATE; NOW as for when_now(). */
int route_load(struct route *r, const char *roster, const char *template,
    const char *now, struct fail *f);

/*
 * The notices of a case, in the order of the roster, new in *OUT. EX_NO: nobody
 * is to be told. EX_NOPERM: a draft, or withdrawn.
 */
int route_case(
    struct route *r, const json_t *case_, json_t **out, struct fail *f);

/*
 * The next vendor whom the last case should have reached and did not: a notice
 * without text, new, the reason (EX_NOPERM) in F. NULL when there is none.
 */
json_t *route_untold(struct route *r, struct fail *f);

void route_release(struct route *r);

#endif
