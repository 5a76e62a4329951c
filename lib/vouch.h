#ifndef VC_VOUCH_H
#define VC_VOUCH_H

#include "keyring.h"
#include "roster.h"

/*
 * The first of the two persons behind a public key: brings it into the key
 * store and says whose it is, a vendor's or, as archive.h has it, the centre's.
 * Until another person confirms the `key` record, it pins nothing.
 */

struct vouch {
	const char *keyfile, *store;
	const char *vendor;  /* NULL: the key is ARCHIVE */
	const char *archive; /* option -R, or NULL */
	const char *by;	     /* NULL: who took the vendor's application */
	when_t now;
	struct keyring keyring;
};

#define VOUCH_INIT \
	{ \
		.keyring = KEYRING_INIT \
	}

/*
 * Give the `key` record, new. EX_DATAERR: the roster has no such vendor, the
 * key is pinned for another one, or it should be the archive key and is not, or
 * the other way round. Else as pin_key().
 */
int vouch_key(
    struct vouch *v, const struct roster *r, json_t **key, struct fail *f);

void vouch_release(struct vouch *v);

#endif
