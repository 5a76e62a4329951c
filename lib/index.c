#include "index.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "process.h"

/* Entries of one hash are a ring: the slot has the last, which has the first.
 * Entry 0 is none. */
struct index_slot {
	uint32_t hash, last;
};

struct index_entry {
	uint32_t number, next;
};

enum {
	LEAST = 64, /* slots */
};

static uint64_t seed;

static uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint32_t
index_hash(char kind, const void *p, size_t n)
{
	const uint64_t odd = 0xa0761d6478bd642fu;
	const unsigned char *s = p;
	uint64_t h, w;

	if (seed == 0 && getrandom(&seed, sizeof seed, GRND_NONBLOCK) < 0)
		seed = odd;
	seed |= 1;
	h = seed ^ mix(n ^ odd, seed ^ (unsigned char)kind);
	for (; n >= sizeof w; n -= sizeof w, s += sizeof w) {
		memcpy(&w, s, sizeof w);
		h = mix(h ^ w, odd);
	}
	w = 0;
	memcpy(&w, s, n);
	h = mix(h ^ w, seed);
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of a hash, or the empty one where it belongs. */
static struct index_slot *
find(struct index_slot *slot, size_t slots, uint32_t hash)
{
	size_t i = hash & (slots - 1);

	while (slot[i].last != 0 && slot[i].hash != hash)
		i = (i + 1) & (slots - 1);
	return &slot[i];
}

static void *
zeroed(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		process_nomem();
	return p;
}

static void
grow(struct index *x)
{
	size_t slots = x->slots == 0 ? LEAST : 2 * x->slots;
	struct index_slot *slot = zeroed(slots, sizeof *slot);

	for (size_t i = 0; i < x->slots; i++)
		if (x->slot[i].last != 0)
			*find(slot, slots, x->slot[i].hash) = x->slot[i];
	free(x->slot);
	x->slot = slot;
	x->slots = slots;
}

static uint32_t
entry(struct index *x, uint32_t number)
{
	if (x->count + 1 >= x->entries) {
		x->entries = x->entries == 0 ? LEAST : 2 * x->entries;
		x->entry = realloc(x->entry, x->entries * sizeof *x->entry);
		if (x->entry == NULL || x->entries > UINT32_MAX)
			process_nomem();
	}
	x->entry[++x->count].number = number;
	return (uint32_t)x->count;
}

void
index_soon(const struct index *x, uint32_t hash)
{
	if (x->slots > 0)
		__builtin_prefetch(&x->slot[hash & (x->slots - 1)], 1);
}

void
index_add(struct index *x, uint32_t hash, uint32_t number)
{
	uint32_t e = entry(x, number);
	struct index_slot *s;

	if (2 * x->used >= x->slots)
		grow(x);
	s = find(x->slot, x->slots, hash);
	if (s->last == 0) {
		x->used++;
		s->hash = hash;
		x->entry[e].next = e;
	} else {
		x->entry[e].next = x->entry[s->last].next;
		x->entry[s->last].next = e;
	}
	s->last = e;
}

bool
index_next(const struct index *x, uint32_t hash, size_t *at, uint32_t *number)
{
	const struct index_slot *s;

	if (x->slots == 0)
		return false;
	s = find(x->slot, x->slots, hash);
	if (s->last == 0 || *at == s->last)
		return false;
	*at = x->entry[*at == 0 ? s->last : *at].next;
	*number = x->entry[*at].number;
	return true;
}

void
index_release(struct index *x)
{
	free(x->slot);
	free(x->entry);
	*x = (struct index)INDEX_INIT;
}
