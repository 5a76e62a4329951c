#ifndef VC_CLOCK_H
#define VC_CLOCK_H

#include "record.h"
#include "when.h"

/*
 * The clocks of coordination (DOMAIN.md section 5). They run in days of the
 * calendar in Japan, from the day on which something happened; how long each
 * runs is data (label/clock.json).
 *
 *	reminder	a letter that nobody reacted to (7 days, ISO/IEC 29147)
 *	target		publication, from the first attempt on (45 days)
 *	product		the product of a developer who cannot be reached is
 *			named, from the day its own name was (3 months)
 *	unreachable	nobody answers, from the first attempt on (6 months)
 *	finder		the finder may speak, from the first attempt on (1 year)
 *
 * A month later is the same day of that month, or its last day when it is
 * shorter: six months after August 31 is the last day of February.
 */

enum clock {
	CLOCK_REMINDER,
	CLOCK_TARGET,
	CLOCK_PRODUCT,
	CLOCK_UNREACHABLE,
	CLOCK_FINDER,
	CLOCKS,
};

struct clocks {
	struct {
		int days, months;
	} after[CLOCKS];
};

/* EX_NOINPUT, EX_CONFIG: a clock is missing, or does not run. */
int clocks_load(struct clocks *c, struct fail *f);

/* When the day begins in Japan on which the clock that started at FROM ends. */
when_t clock_due(const struct clocks *c, enum clock which, when_t from);

/* Has the day in Japan come that T is on? */
bool clock_come(when_t t, when_t now);

#endif
