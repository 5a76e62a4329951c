#ifndef VC_LEDGER_H
#define VC_LEDGER_H

#include "record.h"

/*
 * A stream that is kept: a file to which lines are only added (vc-ledger(5)).
 *
 * Invariant: after ledger_sync() returned 0, every fact added before it is on
 * disk as a whole line, in order, and each line carries as `prev` the SHA-256
 * of the exact octets of the line before it (without LF). One lock (flock) is
 * around tail check, write and fdatasync, so writers never mix.
 */

enum {
	LEDGER_WAIT = 60, /* seconds to wait for the lock, then EX_TEMPFAIL */
};

struct ledger {
	const char *path; /* borrowed */
	int fd;
	json_t *queue; /* facts that wait for ledger_sync() */
	size_t queued; /* their number */
	long long end; /* length of the file when we last wrote it */
	char prev[65]; /* hash of the last line then; "" in a new file */
};

#define LEDGER_INIT \
	{ \
		.fd = -1 \
	}

/*
 * Open or make (0600, folder synced). A ledger that is a folder, a link, or
 * writable by others is EX_CONFIG; one that cannot be made EX_CANTCREAT.
 */
int ledger_open(struct ledger *l, const char *path, struct fail *f);

/* Queue the fact of a record; nothing is on disk yet. */
void ledger_add(struct ledger *l, const json_t *r);

/*
 * Write what is queued with one fdatasync. A torn last line is ended and
 * marked {"type":"torn"} first. On failure nothing of the queue counts: what
 * was written of it is left behind as torn. EX_TEMPFAIL on a full disk or a
 * lock held too long, EX_IOERR else.
 */
int ledger_sync(struct ledger *l, struct fail *f);

void ledger_release(struct ledger *l);

/*
 * Call TAKE for each record whose type is one of TYPES (separated by blanks,
 * "*" is all); lines of other types are not parsed. TAKE borrows the record and
 * returns 0, or a code that ends the fold. Torn lines are stepped over; any
 * other unreadable line is EX_DATAERR with its number. A missing file is
 * EX_NOINPUT.
 */
int ledger_fold(const char *path, const char *types,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f);

/* The same, but only for records whose id is a key of IDS; others of our own
 * writing are not parsed. TAKE must look at the id all the same. */
int ledger_find(const char *path, const char *types, const json_t *ids,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f);

/*
 * Walk the chain. 0: unbroken, *lines counted, LAST the hash of the last line.
 * EX_NO: broken, the reason names the first line that does not hold.
 */
int ledger_verify(
    const char *path, size_t *lines, char last[65], struct fail *f);

#endif
