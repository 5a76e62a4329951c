#ifndef VC_READING_H
#define VC_READING_H

#include "keyring.h"
#include "message.h"
#include "record.h"
#include "verdict.h"

/*
 * One mail while it is verified: what is covered by which signature, and who
 * is allowed to have made it. The structure decides what gpg is asked; gpg's
 * answer goes to verdict.
 *
 * Invariant: `covered` is what the one signature covers, in the one form that
 * is hashed (canon.h), or, of a mail that was only encrypted, what came out as
 * it came out. Text is read from nothing else.
 */

struct lookup;

struct reading {
	struct keyring *keyring;
	struct lookup *lookup; /* these are borrowed */
	const char *store, *home;
	when_t at;

	struct verdict verdict;
	struct signature signature;
	const json_t *row;    /* of the sender, borrowed from the lookup */
	struct text row_home; /* GnuPG home of its pinned key */
	bool encrypted;
	bool entity; /* covered: a MIME entity, not bare text */
	struct text covered;
	size_t covered_n;
	char covered_sha256[HASH_LEN]; /* of what one signature covers */
	struct text charset;	       /* of bare text */
	struct message inner;	       /* the entity, over `covered` */
};

#define READING_INIT \
	{ \
		.verdict = { "error", "not judged" }, .inner = MESSAGE_INIT \
	}

/*
 * Judge the mail M. 0 also when the verdict is bad; else the machinery failed
 * (EX_TEMPFAIL, EX_UNAVAILABLE, EX_CONFIG) and nothing is known.
 */
int reading_judge(struct reading *r, const struct message *m, struct fail *f);

void reading_release(struct reading *r);

#endif
