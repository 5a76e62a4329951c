#ifndef VC_HASH_H
#define VC_HASH_H

#include <stddef.h>

/* SHA-256 (FIPS 180-4) by libgcrypt, as 64 lower-case hex digits. */

enum {
	HASH_LEN = 65,
};

void hash_sha256(const void *p, size_t n, char out[HASH_LEN]);

#endif
