#ifndef VC_DELIVER_H
#define VC_DELIVER_H

#include "recipient.h"
#include "journal.h"
#include "post.h"
#include "stream.h"

/*
 * Sealed mails, handed over: `try` is on disk before a mail leaves, `sent` is
 * on disk before anyone is told. Mails for a Maildir that are ready together
 * share the two syncs, since a second run finds there what had arrived;
 * sendmail is asked mail by mail, so that at most one is ever in doubt.
 *
 * Invariant: whatever stops this program, a second run loses no mail, sends
 * none to another address, and at most once more what was in doubt, with the
 * same Message-ID.
 */

enum {
	DELIVER_BATCH = 128,	   /* mails handed over together */
	DELIVER_OCTETS = 32 << 20, /* octets of them */
};

struct delivery;

struct deliver {
	struct recipient recipient;
	struct journal journal;
	struct post post;
	const char *now;  /* option -N, or NULL: the clock */
	bool hold;	  /* keep mails that are in doubt for a person */
	bool dry;	  /* check everything and send nothing */
	struct text said; /* DRY: a line for each mail, for stderr */
	struct delivery *batch;
	size_t n, octets;
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
 * for each mail, in their order.
 */
void deliver_record(struct deliver *d, struct stream *s, const json_t *sealed);

void deliver_release(struct deliver *d);

#endif
