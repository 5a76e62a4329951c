#ifndef VC_VERIFY_H
#define VC_VERIFY_H

#include "keyring.h"
#include "record.h"
#include "replay.h"

/*
 * Who signed exactly what: the verdict on a mail. The words are a closed set:
 *
 *	signed unsigned partial bad mismatch unknown-key expired revoked weak
 *	future replay ambiguous ambiguous-from bad-from malformed toolarge
 *	unsupported error
 *
 * Only `signed` passes a gate, and it needs all of: one signature that covers
 * the whole of what is read, by the key that is pinned for the vendor whose
 * address stands in From, strong, and made at about the time the mail came, for
 * the first time.
 *
 * Invariant: text stands under `signed` only when the verdict is `signed`, and
 * then it is exactly the octets that covered_sha256 and covered_n name. Of a
 * record that comes in, only raw_b64 is believed.
 */

struct folder;
struct lookup;

struct verify {
	struct lookup *lookup; /* of senders in the roster */
	const char *store;     /* key store, NULL: nobody is pinned */
	const char *home;      /* the centre's GnuPG home, or NULL */
	struct folder *folder; /* attachments are kept there, or NULL */
	when_t at;	       /* when the mail came */
	struct keyring keyring;
	struct replay replay; /* its ledger, or NULL, is the caller's to set */
};

#define VERIFY_INIT \
	{ \
		.keyring = KEYRING_INIT, .replay = REPLAY_INIT \
	}

/*
 * Verify the mail in raw_b64 of a mail, message, poc or status record. *out is
 * a new record: a message for a mail, else of the type of IN, made again from
 * the octets, with the fields of IN that are not ours kept. EX_DATAERR: a
 * record without octets, or the form is gone. EX_TEMPFAIL and the like: the
 * machinery failed, which says nothing about the mail; *out is the message with
 * the verdict `error` then, to be rejected and not to be kept. Else *out is
 * NULL when not 0. An attachment that *out names is kept by then.
 */
int verify_record(
    struct verify *v, const json_t *in, json_t **out, struct fail *f);

/* True when the verdict of the record is `signed`. */
bool verify_passed(const json_t *r);

void verify_release(struct verify *v);

#endif
