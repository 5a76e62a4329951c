#ifndef VC_PUBLISHED_H
#define VC_PUBLISHED_H

#include "hash.h"
#include "record.h"
#include "tree.h"
#include "when.h"

/*
 * What is on a site, says the ledger: of each file its path, its hash, and the
 * hash of what it was made from. Files that change together are a unit: a note
 * with all that is made of it, or one index. What a unit had and no more has,
 * goes.
 *
 * Invariant: a file is taken for unchanged only when it was made from the same
 * and is there with its length.
 */

struct published {
	json_t *unit; /* name -> path -> "LENGTH HASH FROM"; done ones go */
	json_t *old;  /* of the unit that is being made, or NULL */
	const char *note, *from; /* of it; borrowed */
	struct text said;	 /* records that wait for the commit */
	when_t now;
};

#define PUBLISHED_INIT \
	{ \
		.unit = NULL \
	}

/* Fold LEDGER. As kept_fold(). */
int published_load(
    struct published *p, const char *ledger, when_t now, struct fail *f);

/* Was the note on the site when this run began? */
bool published_note(const struct published *p, const char *note);

/* Is all of the unit there, made from FROM? Then it is done. */
bool published_same(
    struct published *p, struct tree *t, const char *unit, const char *from);

/* Make a unit anew, of NOTE or, NULL, of none, from FROM: both borrowed until
 * its end, as is UNIT. */
void published_begin(
    struct published *p, const char *unit, const char *note, const char *from);

/* One file of it, in LANG or, NULL, of none. As tree_put(). */
int published_put(struct published *p, struct tree *t, const char *path,
    const char *lang, const struct text *octets, struct fail *f);

/* What it had and was not put goes. As tree_drop(). */
int published_end(struct published *p, struct tree *t, struct fail *f);

/* A note that was on the site and that nobody made or looked at, or NULL. */
const char *published_missing(const struct published *p);

/* The indexes that nobody made go. As tree_drop(). */
int published_sweep(struct published *p, struct tree *t, struct fail *f);

void published_release(struct published *p);

#endif
