#ifndef VC_HASH_H
#define VC_HASH_H

#include <stdbool.h>
#include <stddef.h>

/* SHA-256 (FIPS 180-4) by libgcrypt, as 64 lower-case hex digits and NUL. */

enum {
	HASH_LEN = 65,
};

void hash_sha256(const void *p, size_t n, char out[HASH_LEN]);

/* SHA-512, where a standard asks for both; 128 digits and NUL. */
enum {
	HASH_LONG = 129,
};

void hash_sha512(const void *p, size_t n, char out[HASH_LONG]);

/* Is S a SHA-256, by its form? */
bool hash_is(const char *s);

/* SHA-1, for nothing but the fingerprints of OpenPGP keys (RFC 4880, 12.2). */
void hash_sha1(const void *p, size_t n, unsigned char out[20]);

/* The same piece by piece; close() gives the digest and frees. */
struct hash {
	void *state;
};

void hash_open(struct hash *h);
void hash_add(struct hash *h, const void *p, size_t n);
void hash_close(struct hash *h, char out[HASH_LEN]);

#endif
