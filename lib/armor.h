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
};

/*
 * Decode exactly one block "-----BEGIN PGP KIND-----" with nothing but blank
 * lines around it. Only the header fields of RFC 4880 are let by, and without
 * a look at their values. EX_DATAERR: no such block, another kind, a wrong
 * checksum, anything before or after it.
 */
int armor_decode(const char *p, size_t n, const char *kind, struct text *out,
    struct fail *f);

#endif
