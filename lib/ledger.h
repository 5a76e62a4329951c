#ifndef VC_LEDGER_H
#define VC_LEDGER_H

#include "record.h"

/*
 * A stream that is kept: a file to which lines are only added (vc-ledger(5)).
 * This is how they are added; kept.h reads them.
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

#endif
