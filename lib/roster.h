#ifndef VC_ROSTER_H
#define VC_ROSTER_H

#include "claim.h"
#include "index.h"
#include "record.h"
#include "scan.h"

/*
 * The vendor list: who may be told, where, and with which key. A fold of the
 * ledger, or a table that people edit; the first octet decides ('{': ledger).
 * A row is a `vendor` record, see vc-record(5); it stays a row of the table
 * until somebody asks for it.
 *
 * Invariant: an id, an address and a fingerprint each belong to at most one
 * row. Rows that withdrew stay in the list and own no address and no key. A
 * fingerprint out of a ledger was confirmed by a second person.
 */

struct roster {
	size_t n; /* rows, in the order of the list */
	struct table table;
	struct scan *scan;
	struct text held; /* the table, when it comes out of a ledger */
	size_t *at;	  /* where each row begins in it */
	json_t **row;	  /* those that were asked for */
	size_t room;
	struct index owner; /* of what rows claim -> number of the row */
	struct claims claims;
};

#define ROSTER_INIT \
	{ \
		.n = 0 \
	}

/*
 * EX_NOINPUT: the file cannot be read. EX_CONFIG: others can write it, a row is
 * wrong, or two rows own the same; with FILE:LINE in a table. As kept_fold()
 * for a damaged ledger. All or nothing.
 */
int roster_load(struct roster *r, const char *path, struct fail *f);

/* The two halves of it, for lookup.h: an empty list, and whether the file is a
 * table; and one more row of it, with all that it owns. EX_DATAERR: it is
 * wrong, or another row owns the same. */
int roster_begin(
    struct roster *r, const char *path, bool *table, struct fail *f);
int roster_add(struct roster *r, const struct table_row *cells, struct fail *f);

/* Row I of the list, borrowed and kept: for those that are asked for by name.
 */
const json_t *roster_row(const struct roster *r, size_t i);

/* The same, new and not kept: for who goes through all of them once; and its
 * cells, until the next call. */
json_t *roster_new_row(const struct roster *r, size_t i);
const struct table_row *roster_cells(const struct roster *r, size_t i);

/* The row with this id, of any state, or NULL; and which one it is. */
const json_t *roster_vendor(const struct roster *r, const char *id);
bool roster_find(const struct roster *r, const char *id, uint32_t *i);

/*
 * The row that an addr-spec (RFC 5322 3.4.1, ASCII) belongs to, or NULL: the
 * same as its email, its contact's or one of its mail, or in exactly a domain
 * that it lists. The local part is compared as it is, the domain without case.
 */
const json_t *roster_by_address(const struct roster *r, const char *address);

/* The row that this fingerprint is pinned for, or NULL. */
const json_t *roster_by_fpr(const struct roster *r, const char *fpr);

/* True for "registered" and nothing else: may be told what is not public. */
bool roster_registered(const json_t *vendor);

void roster_release(struct roster *r);

#endif
