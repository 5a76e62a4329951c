#ifndef VC_NEAR_H
#define VC_NEAR_H

#include "record.h"

/*
 * Near misses: what of a case would mean a vendor if it were spelled as in the
 * vendor list. Only said, never acted on: a person looks, and corrects the case
 * or the list.
 *
 * Invariant: what is said names places, never words of the case. It costs
 * nothing before near_find() is called, and then time for each pair of a name
 * in the case and one in the list.
 */

enum {
	NEAR_KEY = 64,	  /* octets of a key that is compared by letters */
	NEAR_NAMES = 256, /* names of a case that are looked at */
	NEAR_VENDOR = 4,  /* misses that are told of one vendor */
	NEAR_CASE = 100,  /* and of one case */
};

struct near {
	json_t *list;  /* vendor -> its names, made ready */
	json_t *names; /* those of the case */
	size_t told;
};

#define NEAR_INIT \
	{ \
		NULL, NULL, 0 \
	}

/* Make ready for a case. */
void near_case(struct near *n, const json_t *case_);

/*
 * "product[0] differs from a product of vendor 'x' by 1 letter", "by a word" or
 * "by version words": a new array, or NULL when nothing is near to
 * this row. The names of a row are made ready once.
 */
json_t *near_find(struct near *n, const json_t *row);

void near_release(struct near *n);

#endif
