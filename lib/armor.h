#ifndef VC_ARMOR_H
#define VC_ARMOR_H

#include <stdbool.h>

#include "fail.h"
#include "text.h"

/*
 * ASCII armor (RFC 4880, 6.2), read strictly: a block is a whole text, or there
 * is none.
 */

enum {
	ARMOR_LINE = 78, /* octets of a line */
	ARMOR_SUM = 7,	 /* a line of a checksum and NUL */
};

/*
 * Decode exactly one block "-----BEGIN PGP KIND-----" with nothing but blank
 * lines around it. Only the header fields of RFC 4880 are let by, and without
 * a look at their values. EX_DATAERR: no such block, another kind, a wrong
 * checksum, anything before or after it.
 */
int armor_decode(const char *p, size_t n, const char *kind, struct text *out,
    struct fail *f);

/*
 * True when p[0..n), one block of KIND, has no checksum, which RFC 9580 (6.1)
 * asks for. gpg 2.2 reads over the end of such a block when it is not padded
 * either; LINE, at p + *at, spares it that.
 */
bool armor_unsummed(const char *p, size_t n, const char *kind, size_t *at,
    char line[ARMOR_SUM]);

#endif
