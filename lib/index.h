#ifndef VC_INDEX_H
#define VC_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An index of many keys: the hash of a key leads to the numbers that were added
 * for it, in their order. Keys themselves are kept nowhere, so that a million
 * of them cost 16 MB: what is found may be meant by another key of the same
 * hash, and whoever asks compares.
 */

struct index {
	struct index_slot *slot;
	struct index_entry *entry;
	size_t slots, used;    /* slots: a power of two */
	size_t entries, count; /* room, and how many there are */
};

#define INDEX_INIT \
	{ \
		NULL, NULL, 0, 0, 0, 0 \
	}

/* The hash of p[0..n) as a key of kind KIND. It differs from run to run. */
uint32_t index_hash(char kind, const void *p, size_t n);

/* This hash will be asked for soon. */
void index_soon(const struct index *x, uint32_t hash);

void index_add(struct index *x, uint32_t hash, uint32_t number);

/*
 * The next number for this hash: *AT is 0 for the first one and belongs to the
 * index. False when there are no more.
 */
bool index_next(
    const struct index *x, uint32_t hash, size_t *at, uint32_t *number);

void index_release(struct index *x);

#endif
