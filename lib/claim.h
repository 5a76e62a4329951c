#ifndef VC_CLAIM_H
#define VC_CLAIM_H

#include <stdint.h>

#include "table.h"

/*
 * What a row of the vendor list owns and no other row may: its id, the
 * addresses and domains from which mail is the vendor's, its fingerprint. Of
 * who withdrew that is the id alone.
 */

enum {
	CLAIM_ADDRESS = 254, /* octets of an address (RFC 5321 4.5.3.1.3) */
};

enum claim_kind {
	CLAIM_ID = 'i',
	CLAIM_MAIL =
	    'm', /* "local@domain" or "@domain", domain in lower case */
	CLAIM_FPR = 'f',
};

struct claim {
	enum claim_kind kind;
	const char *what; /* where it stands in the row */
	uint32_t hash;
	size_t at, n; /* in the keys */
};

struct claims {
	struct claim *one;
	size_t n, room;
	struct text keys, item;
};

#define CLAIMS_INIT \
	{ \
		NULL, 0, 0, TEXT_INIT, TEXT_INIT \
	}

/* Take the claims of a row, in place of those before. */
void claims_of(struct claims *c, const struct table_row *cells);

/* Is one of them the key p[0..n)? */
bool claims_have(
    const struct claims *c, enum claim_kind kind, const char *p, size_t n);

/* The key of an address: "local@Domain" with its domain in lower case, without
 * LOCAL "@domain". It has no '@' or is too long: 0 octets. */
size_t claim_address(
    const char *address, bool local, char key[CLAIM_ADDRESS + 1]);

void claims_release(struct claims *c);

#endif
