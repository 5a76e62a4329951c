#ifndef VC_ONCE_H
#define VC_ONCE_H

#include "hash.h"
#include "keyring.h"

/*
 * What is the same for many is signed once: the last signatures, and over what
 * they are. An announcement needs two for all who read it, one in each
 * language.
 *
 * Invariant: a signature is given for the octets that it was made over, and
 * for no others.
 */

enum {
	ONCE_KEPT = 2,
};

struct once {
	struct once_kept {
		char sha256[HASH_LEN]; /* of what is covered; "": none */
		char micalg[16];
		struct text armor;
	} kept[ONCE_KEPT];
	size_t oldest;
};

#define ONCE_INIT \
	{ \
		.oldest = 0 \
	}

/* keyring_sign(), or what that gave for the same TEXT; *out is borrowed until
 * the next call. HOME and SIGNER are those of the last call. */
int once_sign(struct once *o, struct keyring *k, const char *home,
    const char *signer, const struct text *text, const struct once_kept **out,
    struct fail *f);

void once_release(struct once *o);

#endif
