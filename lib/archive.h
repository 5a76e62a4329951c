#ifndef VC_ARCHIVE_H
#define VC_ARCHIVE_H

#include "key.h"
#include "roster.h"

/*
 * The archive key: a key of the centre's own that can open what is sealed for
 * vendors, for who has to know later what was told. A site says that there is
 * one (option -R); then it can open every sealed mail, and else none.
 *
 * Invariant: it is pinned as a vendor's key is, and it is no vendor's.
 */

#define ARCHIVE_WANTS \
	"option '-R' wants a fingerprint: 40 upper-case hex digits"

struct archive {
	const char *fpr; /* option -R, or NULL: there is none */
	struct key key;	 /* after archive_open() */
};

#define ARCHIVE_INIT \
	{ \
		.fpr = NULL \
	}

/*
 * Read the key out of STORE; nothing when there is none. ROSTER was loaded from
 * PATH; when that is a ledger, it holds the `key` record of it and the
 * `confirm` of another person. EX_USAGE: no fingerprint. EX_CONFIG: the key
 * cannot be used, or is a vendor's; the reason is one of pin_usable(), too.
 */
int archive_open(struct archive *a, const struct roster *roster,
    const char *path, const char *store, when_t now, struct fail *f);

#endif
