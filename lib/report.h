#ifndef VC_REPORT_H
#define VC_REPORT_H

#include "clock.h"
#include "standing.h"

/*
 * How each case stands, and how it stands with each of its vendors, at one
 * time: `report` records, and the same as lines for people.
 *
 * not-notified, tried, sent, bounced, acknowledged, answered and silent never
 * merge into one another. What is due is told as {"what", "at"?}; of a draft, of
 * what was withdrawn and of what is public nothing is.
 */

struct report {
	struct clocks clocks;
	when_t now;
	bool due; /* only what is due */
};

/* NOW as for when_now(). As clocks_load(). */
int report_load(struct report *r, const char *now, struct fail *f);

/* The reports of all cases; when some were given by themselves, of those. In
 * the order in which the cases and their vendors came. New. */
json_t *report_list(const struct report *r, const struct standing *s);

/* Append reports as records, or as lines. */
void report_records(const json_t *list, struct text *out);
void report_lines(
    const struct report *r, const json_t *list, struct text *out);

#endif
