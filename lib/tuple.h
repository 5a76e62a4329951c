#ifndef VC_TUPLE_H
#define VC_TUPLE_H

#include "record.h"

/*
 * Lists of a vendor row whose items are objects of a few texts: in a cell of a
 * table an item is these texts with a blank between, and only the last one may
 * hold blanks. Which lists and which texts is a table here (vc-record(5)).
 */

enum {
	TUPLE_KEYS = 3, /* texts of an item, at most */
};

struct tuple {
	const char *field, *key[TUPLE_KEYS];
};

/* The tuple that the items of FIELD are, or NULL: they are plain texts. */
const struct tuple *tuple_find(const char *field);

/* The objects of a cell, a new array; what is missing in it is not there. */
json_t *tuple_split(const struct tuple *t, const char *cell);

/* The same as texts for items_join(), a new array. */
json_t *tuple_join(const struct tuple *t, const json_t *list);

/*
 * Is item I whole? EX_DATAERR: a text is missing, or WRONG says what is wrong
 * with it, by its key; a time and a hash are judged here.
 */
typedef const char *tuple_wrong(const char *key, const char *s);
int tuple_check(const struct tuple *t, const json_t *item, size_t i,
    tuple_wrong *wrong, struct fail *f);

#endif
