#ifndef VC_PUBKEY_H
#define VC_PUBKEY_H

#include "fail.h"
#include "key.h"

/*
 * A public key as it stands in a file of the key store, read without gpg
 * (RFC 4880, 5.2 to 5.6, and 12.2): a store of thousands costs no process.
 *
 * Self-signatures are read, not verified: gpg did that when the key was
 * pinned. So this is for our own files only, never for a file that came.
 */

enum {
	PUBKEY_PARTS = 32, /* a primary key and its subkeys */
};

struct pubkey_part {
	char fpr[KEY_FPR];
	char algorithm[16]; /* as gpg writes it: "RSA", "EdDSA" */
	unsigned bits;
	when_t created, expires; /* expires 0: never */
	when_t told; /* when the self-signature that counts was made */
	bool revoked, can_sign, can_encrypt;
};

struct pubkey {
	size_t parts;
	struct pubkey_part part[PUBKEY_PARTS]; /* the primary key first */
};

/* EX_DATAERR: not exactly one public key of version 4 with its parts. */
int pubkey_read(struct pubkey *out, const char *p, size_t n, struct fail *f);

/* The part with this fingerprint, or NULL. Borrowed. */
const struct pubkey_part *pubkey_part(const struct pubkey *k, const char *fpr);

/* When a part ends: by itself or with the primary key; 0 is never. */
when_t pubkey_end(const struct pubkey *k, const struct pubkey_part *part);

/* The facts at NOW, as gpg would tell them. */
void pubkey_facts(const struct pubkey *k, when_t now, struct key *out);

#endif
