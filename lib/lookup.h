#ifndef VC_LOOKUP_H
#define VC_LOOKUP_H

#include "roster.h"
#include "table.h"

/*
 * The roster for a program that asks for few of its rows, such as one that is
 * started for a mail: the file is looked through for what is asked, and only
 * rows in which that stands are read.
 *
 * Invariant: a row that is given is the one that roster_load() would give. It
 * was compared with every row that has its id, one of its domains or its
 * fingerprint, and it alone owns what it owns. Faults of rows that have nothing
 * in common with what was asked are not seen: vc-roster(1) tells those.
 */

struct lookup {
	struct roster roster; /* of the rows that were read */
	json_t *asked;	      /* words that were looked for */
	json_t *read;	      /* where these rows begin in the file */
	struct text path;
	bool loaded; /* a ledger: wholly in roster */
};

#define LOOKUP_INIT \
	{ \
		.roster = ROSTER_INIT \
	}

/* PATH NULL: nobody is known. As roster_load() about the file and its first
 * row. */
int lookup_open(struct lookup *l, const char *path, struct fail *f);

/*
 * *ROW: as roster_by_address() and roster_by_fpr(), borrowed, or NULL.
 * EX_CONFIG: one of the rows that were read is wrong, or owns the same as
 * another, with FILE:LINE. As roster_load() for a ledger.
 */
int lookup_address(
    struct lookup *l, const char *address, const json_t **row, struct fail *f);
int lookup_fpr(
    struct lookup *l, const char *fpr, const json_t **row, struct fail *f);

void lookup_release(struct lookup *l);

#endif
