#ifndef VC_MAILBOX_H
#define VC_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/*
 * One mailbox of a From field, by a grammar stricter than RFC 5322: what two
 * readers could understand differently is none. Comments and quoted display
 * names are allowed, and nothing in them counts; quoted local parts, domain
 * literals, groups, routes, and an unquoted @ outside the address are not.
 */

enum {
	MAILBOX_MAX = 254, /* octets of an address (RFC 5321) */
};

enum mailbox {
	MAILBOX_ONE,
	MAILBOX_MANY, /* a list or a group */
	MAILBOX_BAD,
};

/* Append the addr-spec of an unfolded value to OUT when it is exactly one. */
enum mailbox mailbox_read(const char *p, size_t n, struct text *out);

/*
 * Is a value of the everyday form, PHRASE <ADDRESS> or ADDRESS, of printable
 * ASCII, without comments, quotes and escapes? Then there are no two ways to
 * understand what mailbox_read() found in it.
 */
bool mailbox_plain(const char *p, size_t n);

#endif
