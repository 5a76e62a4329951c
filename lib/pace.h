#ifndef VC_PACE_H
#define VC_PACE_H

#include <stdint.h>

#include "fail.h"

/*
 * How often something may be done: "60/min" is once a second.
 *
 * Invariant: when each pace_mark() is behind a pace_wait(), there is at least
 * the time that the rate says between two marks; the first does not wait.
 */

enum {
	PACE_MOST = 100000, /* the number in a rate */
};

struct pace {
	int64_t every; /* ns; 0: as often as one likes */
	int64_t next;  /* of the monotonic clock, in ns */
};

/* Understand NUMBER/s, NUMBER/min or NUMBER/h; NULL is no limit. EX_USAGE,
 * and the reason speaks of option '-m'. */
int pace_read(struct pace *p, const char *rate, struct fail *f);

/* Wait until it may be done again. */
void pace_wait(const struct pace *p);

/* It is done now. */
void pace_mark(struct pace *p);

#endif
