#ifndef VC_PIN_H
#define VC_PIN_H

#include "keyring.h"
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
 * The facts of the pinned key FPR, out of its file in STORE. EX_NOPERM
 * "unpinned: ..." when FPR is no fingerprint or its file is missing.
 */
int pin_read(struct keyring *k, const char *store, const char *fpr,
    struct key *out, struct fail *f);

/* The path of the file or home of FPR in STORE; false when FPR is not one. */
bool pin_file(const char *store, const char *fpr, struct text *path);
bool pin_home(const char *store, const char *fpr, struct text *path);

#endif
