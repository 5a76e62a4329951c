#ifndef VC_KEEP_H
#define VC_KEEP_H

#include "enrol.h"
#include "when.h"

/*
 * May a record be kept now? What vc-ledger asks beyond the table of types: a
 * step of registration in its turn (rule.h), a case whose fields say what they
 * mean (case.h), and the end of an embargo of a case that the ledger knows,
 * and a go-ahead for vendors that it names.
 *
 * The fold of a ledger. Invariant: an embargo has ended, and a case goes ahead,
 * only when somebody says who decided it and why, and not before it happened.
 */

struct keep {
	struct enrol enrol;
	json_t *cases; /* ids of those that the ledger knows */
	when_t now;
};

#define KEEP_INIT \
	{ \
		.enrol = ENROL_INIT \
	}

/* Fold a ledger; a missing one is an empty one. As enrol_open(). */
int keep_load(struct keep *k, const char *ledger, struct fail *f);

/* EX_DATAERR; the reason says what is missing or wrong. */
int keep_check(const struct keep *k, const json_t *r, struct fail *f);

/* Take a record in that keep_check() let by. */
void keep_take(struct keep *k, const json_t *r);

void keep_release(struct keep *k);

#endif
