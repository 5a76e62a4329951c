#ifndef VC_REPORT_H
#define VC_REPORT_H

#include "clock.h"
#include "standing.h"

/*
 * How each case stands, and how it stands with each of its vendors, at one
 * time: `report` records, and the same as lines for people.
 *
 * not-notified, tried, sent, bounced, acknowledged, answered and silent never
 * merge into one another. What is due is told as {"what", "at"?}; of a draft,
 * of what was withdrawn and of what is public nothing is.
 */

struct report {
	struct clocks clocks;
	when_t now;
	bool due; /* only what is due */
};

/* NOW as for when_now(). As clocks_load(). */
int report_load(struct report *r, const char *now, struct fail *f);

/*
 * Give the reports of all cases, or of those that were given by themselves, to
 * PUT, a case at a time, in the order in which cases and vendors came: as lines
 * for people, or as RECORDS.
 */
void report_print(const struct report *r, const struct standing *s,
    bool records, void (*put)(void *arg, const struct text *out), void *arg);

#endif
