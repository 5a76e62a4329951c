#ifndef VC_INFLATE_H
#define VC_INFLATE_H

#include <stdbool.h>

#include "text.h"

/*
 * Deflated octets made whole again (RFC 1951, RFC 1950), no further than a
 * limit, so that a thousand octets do not become a billion.
 */

enum inflate {
	INFLATE_GOOD,
	INFLATE_BAD,  /* damaged, cut off, or more follows its end */
	INFLATE_FULL, /* more than the limit comes out */
};

/* Append what comes out of p[0..n), at most MAX octets. ZLIB: with the header
 * and checksum of RFC 1950. When it is not GOOD, OUT is wiped. */
enum inflate inflate_octets(
    const void *p, size_t n, bool zlib, size_t max, struct text *out);

#endif
