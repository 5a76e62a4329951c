#ifndef VC_DELIVER_H
#define VC_DELIVER_H

#include "delivery.h"
#include "pace.h"
#include "stream.h"

/*
 * Sealed mails, handed over: `try` is on disk before a mail leaves, what became
 * of it before the next leaves and before anyone is told. Mails for a Maildir
 * that are ready together share their syncs, since a second run finds there
 * what had arrived; sendmail and servers get them one by one, and the record of
 * a mail shares the sync of the next one's `try`: at most one is ever in doubt.
 *
 * Invariant: whatever stops this program, a second run loses no mail, sends
 * none to another address, and at most once more what was in doubt, with the
 * same Message-ID.
 */

enum {
	DELIVER_BATCH = 128,	   /* mails looked up together */
	DELIVER_OCTETS = 32 << 20, /* octets of them */
};

struct deliver {
	struct recipient recipient;
	struct journal journal;
	struct post post;
	struct pace pace;
	const char *now;      /* option -N, or NULL: the clock */
	const char *rate;     /* -m: so many in a time, or NULL */
	const char *most;     /* -M: so many in one connection, or NULL */
	const char *wait;     /* -W: seconds for a server's reply, or NULL */
	const char *password; /* -P: the file, or NULL */
	const char *proof; /* -p: the first goes here, and no other, or NULL */
	bool hold;	   /* keep mails that are in doubt for a person */
	bool again;	   /* send what bounced, too */
	bool dry;	   /* check everything and send nothing */
	struct text said;  /* DRY: a line for each mail, for stderr */
	struct delivery *batch;
	size_t n, octets;
	bool proved; /* the proof copy is out */
};

#define DELIVER_INIT \
	{ \
		.recipient = RECIPIENT_INIT, .journal = JOURNAL_INIT, \
		.post = POST_INIT \
	}

/*
 * Read the roster, find the transport SPEC of post.h. EX_USAGE: no ledger, or
 * what the parts say. A DRY one makes nothing and keeps nothing.
 */
int deliver_open(struct deliver *d, const char *roster, const char *store,
    const char *ledger, const char *spec, struct fail *f);

/*
 * Take a sealed record into the batch. When no other is ready behind it, or
 * the batch is full, hand the batch over, and put a `sent` record or a reject
 * for each mail, in their order. With `proof`: put the record on, and when it
 * is the first that may leave, a `proof` record.
 */
void deliver_record(struct deliver *d, struct stream *s, const json_t *sealed);

void deliver_release(struct deliver *d);

#endif
