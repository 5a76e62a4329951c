#ifndef VC_KEY_H
#define VC_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "when.h"

/*
 * What is known of an OpenPGP key and of a signature: facts without judgement,
 * as keyring finds them, and the one question that is asked of a key.
 */

enum {
	KEY_FPR = 41,	  /* 40 upper-case hex digits and NUL */
	KEY_ID = 17,	  /* 16 of them and NUL */
	KEY_SUBKEYS = 16, /* encryption subkeys told of one key */
};

/* A public key: the first primary key of a file, with its subkeys. */
struct key {
	size_t primaries; /* primary keys in the file */
	char fpr[KEY_FPR];
	char algorithm[16]; /* "RSA", "EdDSA" */
	unsigned bits;
	when_t created, expires; /* expires 0: never */
	when_t ends; /* when nothing can be encrypted to it; 0: never, and as
			gpg tells it */
	bool secret, expired, revoked, disabled;
	bool can_sign, can_encrypt; /* by a key that is usable now */
	bool weak;		    /* RSA < 2048, DSA, in any usable part */
	char encryption[KEY_SUBKEYS][KEY_ID];
	size_t encryptions; /* usable encryption subkeys */
};

enum signature_state {
	SIGNATURE_ERROR, /* gpg could not judge: unknown algorithm, MD5 */
	SIGNATURE_GOOD,
	SIGNATURE_BAD,
	SIGNATURE_UNKNOWN_KEY, /* its key is not in the home */
	SIGNATURE_EXPIRED_KEY,
	SIGNATURE_EXPIRED,
	SIGNATURE_REVOKED_KEY,
};

/* The first signature, and how many there are in all. */
struct signature {
	size_t count; /* 0: the rest says nothing */
	enum signature_state state;
	char fpr[KEY_FPR]; /* of the key or subkey that signed, or "" */
	char hash[16];	   /* "SHA256" */
	char algorithm[16];
	when_t created;
	bool wrong_usage; /* by a key that may not sign */
	/* Not said by gpg; the key is looked up (pin_signer). */
	char primary[KEY_FPR]; /* of its primary key, or "" when not pinned */
	unsigned bits;	       /* of the key that signed */
	when_t key_expires;    /* 0: never */
};

/*
 * Why nothing may be encrypted to KEY at NOW: one of no-key expired revoked
 * disabled cannot-encrypt weak, or NULL when it is fine. Static.
 */
const char *key_reason(const struct key *key, when_t now);

/* True for an algorithm name and length that may sign or be encrypted to. */
bool key_strong(const char *algorithm, unsigned bits);

/* True when S is a fingerprint: 40 upper-case hex digits, nothing else. */
bool key_is_fpr(const char *s);

#endif
