#ifndef VC_MATCH_H
#define VC_MATCH_H

#include "roster.h"

/*
 * Whom a case means: rows of the roster whose products or keywords it has, or
 * that it names. Nothing is decided here; why is said by place in the case
 * ("product[0]", "keyword[1]", "vendor[0]"), never by its words.
 *
 * Products are compared by fold_bare(), or by brand_key() when they are a purl
 * or a CPE; keywords by fold_key(). A product that says whose it is, by id or
 * by name, means that vendor and no other.
 */

struct match {
	const struct roster *roster; /* borrowed */
	struct index index;	     /* comparison keys -> rows */
	struct text key, item;	     /* the ones at hand */
	json_t *hit;		     /* vendor -> why, for the last case */
	json_t *place;	      /* "product[0]" and so on that mean somebody */
	size_t n, *row, room; /* who is hit, in the order of the roster */
};

#define MATCH_INIT \
	{ \
		.roster = NULL \
	}

/* Index a roster; it must stay as it is. */
void match_load(struct match *m, const struct roster *r);

/* Find whom a case means. */
void match_case(struct match *m, const json_t *case_);

/* Why the case means this vendor, borrowed; NULL: it does not. */
json_t *match_why(const struct match *m, const char *vendor);

/* True when WHAT[I] of the case means this vendor. */
bool match_by(
    const struct match *m, const char *vendor, const char *what, size_t i);

void match_release(struct match *m);

#endif
