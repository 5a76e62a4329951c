#ifndef VC_COVERAGE_H
#define VC_COVERAGE_H

#include "standing.h"

/*
 * Was everybody told who is affected? A gap is a vendor of the case that
 *
 *	was never told		nothing was tried
 *	was not reached		tried, or refused on its way, and never sent
 *	bounced			and no letter or signed word came after
 *	asked for more time	its last signed status names a day after that
 *				of publish_at (in Japan), or one nobody can read
 *
 * and each of them keeps the case from being published until a `go-ahead`
 * names it, decided no earlier than the bounce or the answer. No gap: a vendor
 * that has no letter and that vc-route left out by a rule (policy_decides()).
 *
 * Invariant: it only closes. What nobody has signed fills no gap.
 */

enum {
	COVERAGE_LIST = 320, /* octets of the list in a reason, about */
};

/*
 * The vendors that the case names and those that S has of it. 0, or EX_NOPERM
 * with the gaps, in the order of the case, in one line; what is too much for it
 * is counted. Borrows both; S may be of many cases.
 */
int coverage_check(
    const struct standing *s, const json_t *case_, struct fail *f);

#endif
