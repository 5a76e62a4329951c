#ifndef VC_PIN_H
#define VC_PIN_H

#include "keyring.h"
#include "pubkey.h"
#include "record.h"

/*
 * The key store: the keys that vendors' papers vouch for, one by one.
 *
 *	STORE/FPR.asc  the public key, exactly one primary key in the file
 *	STORE/FPR/     a GnuPG home that holds that key alone
 *
 * Invariant: both are there or neither counts, and what is there was usable
 * and strong when it came. A key that is here lets nobody sign: for that its
 * fingerprint must stand in a row of the roster.
 */

/*
 * Bring the key of KEYFILE (at most 256 KiB, one primary public key, usable
 * and strong) into STORE, all or nothing, and give a new `key` record without
 * a vendor. A key that is there already is brought in anew (it may have been
 * extended). EX_NOPERM "TOKEN: ..." with a token of key_reason(); EX_DATAERR
 * for a file that is no such key; EX_CANTCREAT for the store.
 */
int pin_key(struct keyring *k, const char *keyfile, const char *store,
    when_t now, json_t **record, struct fail *f);

/*
 * The facts of the pinned key FPR at NOW, out of its file in STORE and without
 * gpg. EX_NOPERM "unpinned: ..." when there is none, EX_CONFIG when the file
 * is another's.
 */
int pin_read(const char *store, const char *fpr, when_t now, struct key *out,
    struct fail *f);

/* The same, when it may be encrypted to at NOW; else EX_NOPERM, and the reason
 * begins with one of: expired revoked disabled cannot-encrypt weak unpinned. */
int pin_usable(const char *store, const char *fpr, when_t now, struct key *out,
    struct fail *f);

/* Look up primary, bits and key_expires of a signature whose key should be
 * FPR or a subkey of it; no primary when it is not. */
int pin_signer(
    const char *store, const char *fpr, struct signature *s, struct fail *f);

/* True when FPR has file and home in STORE. */
bool pin_is(const char *store, const char *fpr);

/* The path of the file or home of FPR in STORE; false when FPR is not one. */
bool pin_file(const char *store, const char *fpr, struct text *path);
bool pin_home(const char *store, const char *fpr, struct text *path);

#endif
